"""The nodes of expressions. A node is a place: two that look alike stay two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from policy.text import Span


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """`7`, `7.5`, `1560 hours`. The text is kept: `00` and `7.50` are shown as written."""

    span: Span
    value: Fraction
    unit: str | None
    text: str

    @property
    def amount(self) -> Fraction:
        """The number that it is: 50% is one half."""
        return self.value / 100 if self.unit == "%" else self.value


@dataclass(frozen=True, slots=True, eq=False)
class Money:
    """`$14,690`: an amount and the sign of its quantity."""

    span: Span
    value: Fraction
    symbol: str

    @property
    def amount(self) -> Fraction:
        """The number that it is, in units of its quantity."""
        return self.value


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """`"…"`."""

    span: Span
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class DateLiteral:
    """`2024-03-01`."""

    span: Span
    value: date


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """`00012`: digits that begin with 0."""

    span: Span
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class YesNo:
    """`yes` or `no`."""

    span: Span
    value: bool


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A word, not yet known to be a parameter, a declaration, an enum value or a policy."""

    span: Span
    id: str


@dataclass(frozen=True, slots=True, eq=False)
class FieldOf:
    """`job.employer`, or `policy.name`."""

    span: Span
    of: Expression
    name: str
    name_span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """`rate(code)`, `credited(spells, cap: 30 hours)`, `scores(reading)`, `unit_groups(code)`."""

    span: Span
    function: Expression
    arguments: tuple[Expression, ...]
    named: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """`not x`."""

    span: Span
    of: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Logic:
    """`a and b and c`, or `a or b`: never mixed without parentheses."""

    span: Span
    operator: Literal["and", "or"]
    members: tuple[Expression, ...]


Comparator: TypeAlias = Literal[">=", "<=", ">", "<", "is", "is not"]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two values and the relation between them."""

    span: Span
    operator: Comparator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """`x is given`, `x is none`."""

    span: Span
    of: Expression
    given: bool


@dataclass(frozen=True, slots=True, eq=False)
class Membership:
    """`x in {…}`, `x not in some_set`."""

    span: Span
    of: Expression
    container: Expression
    negated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Arithmetic:
    """`a + b` and its sisters; a date and a period as well as two numbers."""

    span: Span
    operator: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression


Direction: TypeAlias = Literal["down", "up", "half up"]


@dataclass(frozen=True, slots=True, eq=False)
class Rounding:
    """`x rounded down to 0.01`: the multiple of a step that is next below, next above, or nearest."""

    span: Span
    of: Expression
    direction: Direction
    step: Number | Money


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """`when … then … otherwise …`."""

    span: Span
    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """`jobs as j where (…)`: the members for which it holds. Without a binder, bare names are fields."""

    span: Span
    of: Expression
    binder: str | None
    condition: Expression
    binder_span: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """`jobs as j grouped by (j.code)`: groups with `key` and `members`."""

    span: Span
    of: Expression
    binder: str | None
    key: Expression
    binder_span: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class Extreme:
    """`groups as g with most (…)`: every member that ties for the most, or the least."""

    span: Span
    of: Expression
    binder: str | None
    measure: Expression
    most: bool
    binder_span: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """`jobs outside studies`, `jobs inside permits`: spells cut by other spells."""

    span: Span
    of: Expression
    by: Expression
    inside: bool


@dataclass(frozen=True, slots=True, eq=False)
class TheOne:
    """`the one tests as t where (…)`: none if there is none, unknown if there are several."""

    span: Span
    of: Expression
    binder: str | None
    condition: Expression
    binder_span: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """`count of jobs`."""

    span: Span
    of: Expression


@dataclass(frozen=True, slots=True, eq=False)
class DayOf:
    """`day of sent_at`: the date of a moment, by the clock of the policy's zone."""

    span: Span
    of: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Each:
    """`x.hours for each x in jobs`: one value for each member of a list, or of an enum."""

    span: Span
    body: Expression
    binder: str
    domain: Expression
    binder_span: Span


@dataclass(frozen=True, slots=True, eq=False)
class But:
    """`but age is 17 years`: what a rule of another day is to take for granted."""

    span: Span
    name: Name | FieldOf
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class OnDay:
    """`eligible at invited_on`: a rule by the law of another day, with facts measured on it."""

    span: Span
    of: Expression
    day: Expression
    but: tuple[But, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AsRead:
    """`required(size) as it read on 2025-07-06`: a rule by an earlier text, measured on the same day."""

    span: Span
    of: Expression
    day: date


GatherKind: TypeAlias = Literal["all", "any", "sum", "greatest", "least", "at least", "sum greatest", "sum least"]


@dataclass(frozen=True, slots=True, eq=False)
class Gather:
    """`all of`, `at least 2 of`, `sum of the 2 greatest` … members written out, each kept in the trace."""

    span: Span
    kind: GatherKind
    members: tuple[Expression, ...]
    count: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Aggregate:
    """`any of (… for each …)` and its sisters, with `if none` for the extremes of an empty list.

    `count` says of how many members `sum of the 2 greatest` is.
    """

    span: Span
    kind: Literal["all", "any", "sum", "greatest", "least", "different", "sum greatest", "sum least"]
    each: Each
    if_none: Expression | None
    count: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """`..17`, `20..29`, `45..`, `0..<3120`. An open end is None."""

    span: Span
    low: Expression | None
    high: Expression | None
    below: bool


@dataclass(frozen=True, slots=True, eq=False)
class SetLiteral:
    """`{0..3}`, `{citizen, permanent_resident}`."""

    span: Span
    elements: tuple[Expression | Range, ...]


Expression: TypeAlias = (
    Number
    | Money
    | Text
    | DateLiteral
    | Code
    | YesNo
    | Name
    | FieldOf
    | Call
    | Not
    | Logic
    | Comparison
    | Presence
    | Membership
    | Arithmetic
    | Rounding
    | Choice
    | Filter
    | Grouping
    | Extreme
    | Cut
    | TheOne
    | Count
    | DayOf
    | Each
    | Gather
    | Aggregate
    | SetLiteral
    | OnDay
    | AsRead
)
