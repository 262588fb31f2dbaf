"""The graph and its nodes.

A node is a value: its operation, the numbers of earlier nodes it takes, and a constant part. Operations:

=============================== =====================================================================================
`const`                         the constant
`input`, `assessed_on`          a fact of the profile; the day on which facts are measured
`question`                      the answer to an open question; about the record in its argument, if it has one
`member`                        inside a body: the member, or the group; the constant is a `MemberOf`
`definition`                    what a named declaration gives; then the arguments of the call
`assumed`                       a value given in place of what a declaration would work out; the constant is its name
`elsewhere`                     the rules of other days; given with the facts, under the constant
`at`                            a rule by the law of another day: the rules of other days, the day, what is assumed
`field`, `row`                  a field of a record; the row of a dataset by key
`and`, `or`, `not`              three-valued logic; a fault beside a settled side is discarded
`all`, `any`, `at_least`        members written out; one that does not apply is left out
`sum`, `greatest`, `least`      of members written out; one that does not apply is left out; the constant is the enum
                                that they were walked over, or the values of the ordered enum that they are compared by
`sum_greatest`, `sum_least`     the sum of the greatest, or least, of members written out; the constant is a `Best`
`different`                     how many different values there are among members written out
`is`, `is_not`, `ge` `le` `gt` `lt`  comparisons; the constant lists the values of an ordered enum
`length_ge`, `length_lt`        the length of a run against a number of years, months, weeks or days
`is_none`, `is_given`           absence
`in`, `in_set`, `in_list`       membership of a set written out, a declared set of codes, a list
`add` `subtract` `multiply` `divide` `shift`  arithmetic; `shift` moves a date by a calendar period
`shift_moment`, `day_of`        a moment moved by a calendar period, and its day; the constant has the zone for both
`round`                         a multiple of a step; the constant is a `Rounding`
`choice`                        condition, value, condition, value …, otherwise
`table`                         the output of the one row that its keys hit
`capped`, `applies`             the lesser of value and limit; value if the condition holds, else `does not apply`
`filter` `the_one` `group` `most` `fewest` `each`  walk a list with a body graph
`all_in` `any_in` `sum_in` `greatest_in` `least_in` `different_in` `count`  reduce a list
`sum_greatest_in`, `sum_least_in`  the sum of the greatest, or least, of a list; the constant is a `Best`
`outside`, `inside`             spells cut by spells
`credited`, `runs`              time in spells
`map`, `index`                  a value for each value of an enum
`completed_years` `completed_months` `floor` `prefix` `digit` `multiple`  functions of the language
=============================== =====================================================================================
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Final

from policy.frozen import dataclass
from policy.model.catalog import Labels
from policy.model.types import Enum, Type
from policy.syntax.clauses import Reference
from policy.text import Span

ELSEWHERE: Final = "at"
"""The key among the facts under which the rules of other days are given: a word of the language, so no fact has it."""


@dataclass(frozen=True, slots=True)
class Body:
    """The small graph that a list node runs for each member: its parameter, its nodes in order, its result.

    The result may be a node outside the body, when it does not depend on the member.
    """

    parameter: int
    nodes: tuple[int, ...]
    result: int


@dataclass(frozen=True, slots=True)
class Node:
    """One operation. `args` are numbers of earlier nodes, of this graph or, inside a body, of one around it."""

    op: str
    args: tuple[int, ...]
    value: Hashable
    type: Type
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class MemberOf:
    """Whose member a body works on: the number of the list, and how many walks of that list are around the body."""

    list: int
    around: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the rules of another day: the full name of an outcome, and of those assumed for it."""

    name: str
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field of a record, a column of a dataset, or a part of a group or run (`owner` is then empty)."""

    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class Best:
    """How many of the greatest, or least, are summed, and the enum that they were walked over, if it was one."""

    count: int
    over: Enum | None = None


@dataclass(frozen=True, slots=True)
class Rounding:
    """Where a number goes, `down`, `up` or to the nearest with halves `half up`, and the step whose multiples count."""

    direction: str
    step: Fraction

    def of(self, value: int | Fraction) -> int | Fraction:
        """A number rounded."""
        steps = Fraction(value) / self.step
        match self.direction:
            case "down":
                return floor(steps) * self.step
            case "up":
                return ceil(steps) * self.step
            case _:
                return floor(steps + Fraction(1, 2)) * self.step


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A declared set of codes: exact codes, prefixes that end in `*`, and exceptions to them."""

    name: str
    patterns: tuple[str, ...]
    exceptions: tuple[str, ...]

    def holds(self, code: str) -> bool:
        """Whether a code is in the set."""
        return _matches(code, self.patterns) and not _matches(code, self.exceptions)


def _matches(code: str, patterns: tuple[str, ...]) -> bool:
    return any(code.startswith(p[:-1]) if p.endswith("*") else code == p for p in patterns)


@dataclass(frozen=True, slots=True)
class Named:
    """What a named node says of itself: its kind, labels, citations, marks, place, and the file it is from."""

    full_name: str
    kind: str
    label: Labels
    cites: tuple[Reference, ...]
    unconfirmed: tuple[Labels, ...]
    span: Span
    since: date | None
    parameters: tuple[str, ...] = ()
    read_on: date | None = None
    """The day whose text it is, for what is read as it was on an earlier day."""

    @property
    def policy(self) -> str:
        """The policy it belongs to."""
        return self.full_name.partition(".")[0]

    @property
    def name(self) -> str:
        """Its name within the policy."""
        return self.full_name.partition(".")[2]


def bits(numbers: Iterable[int]) -> int:
    """Numbers of nodes as a set of them that is quick to compare: a bit for each."""
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


@dataclass(frozen=True)
class Graph:
    """Everything that one program computes. `named` gives the node of each outcome, `about` what it says of itself."""

    nodes: tuple[Node, ...]
    order: tuple[int, ...]
    """The nodes outside all bodies, in evaluation order."""
    named: Mapping[str, int]
    about: Mapping[str, Named]

    @cached_property
    def reads(self) -> tuple[int, ...]:
        """For each node itself and all that its value rests on, the nodes of bodies included: a bit for each number."""
        found: list[int] = []
        for number, node in enumerate(self.nodes):
            mask = 1 << number
            for other in node.args if node.body is None else (*node.args, node.body.result):
                mask |= found[other]
            found.append(mask)
        return tuple(found)

    @cached_property
    def inputs(self) -> frozenset[str]:
        """The facts that the graph reads."""
        return frozenset(str(node.value) for node in self.nodes if node.op == "input")

    @cached_property
    def asks_elsewhere(self) -> bool:
        """Whether rules of other days are asked."""
        return any(node.op == "elsewhere" for node in self.nodes)
