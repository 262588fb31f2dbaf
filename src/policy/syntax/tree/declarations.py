"""The nodes of declarations, and of the file that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from policy.syntax.clauses import Clauses, Pair, Reference
from policy.syntax.tree.examples import Example, Sample
from policy.syntax.tree.expressions import Expression, Name, Range
from policy.syntax.tree.types import TypeExpression
from policy.text import Source, Span


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """`s: sitting`."""

    span: Span
    name: str
    name_span: Span
    type: TypeExpression


DefinitionKind: TypeAlias = Literal["define", "requirement", "decision", "points", "invariant"]


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A `define`, `requirement`, `decision`, `points` or `invariant`: one kind of thing, with a word for the reader."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    kind: DefinitionKind
    parameters: tuple[Parameter, ...]
    type: TypeExpression | None
    up_to: Expression | None
    body: Expression
    applies: Expression | None


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell of a table: its alternatives, or none of them for `-`, which stands for anything."""

    span: Span
    elements: tuple[Expression | Range, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of a table, with what it cites and its marks."""

    span: Span
    cells: tuple[Cell, ...]
    cites: tuple[Reference, ...]
    unconfirmed: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table that hits one row, or a `scale` of lower bounds whose highest reached row gives the value."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    parameters: tuple[Parameter, ...]
    type: TypeExpression
    across: str | None
    across_span: Span | None
    rows: tuple[Row, ...]
    scale: bool
    below: Expression | None


@dataclass(frozen=True, slots=True, eq=False)
class EnumValue:
    """One word of an enum."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses


@dataclass(frozen=True, slots=True, eq=False)
class EnumDeclaration:
    """`enum`."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    ordered: bool
    values: tuple[EnumValue, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FieldDeclaration:
    """One field of a record."""

    span: Span
    name: str
    name_span: Span
    type: TypeExpression
    clauses: Clauses
    applies: Expression | None


@dataclass(frozen=True, slots=True, eq=False)
class ValidWhen:
    """What must hold in every record of a kind, and how to say so."""

    span: Span
    condition: Expression
    clauses: Clauses


@dataclass(frozen=True, slots=True, eq=False)
class RecordDeclaration:
    """`record`."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    spell: bool
    fields: tuple[FieldDeclaration, ...]
    valid: tuple[ValidWhen, ...]


@dataclass(frozen=True, slots=True, eq=False)
class InputDeclaration:
    """`input`: a fact that a profile may give."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    type: TypeExpression


@dataclass(frozen=True, slots=True, eq=False)
class QuantityDeclaration:
    """`quantity`: a number with a name of its own, and for money its sign."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    type: TypeExpression
    symbol: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a dataset."""

    span: Span
    name: str
    name_span: Span
    type: TypeExpression
    key: bool


@dataclass(frozen=True, slots=True, eq=False)
class DatasetDeclaration:
    """`dataset`: a CSV file under the policies' `data` folder, found by its key."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    file: str
    file_span: Span
    titles: tuple[str, str] | None
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """`those code in trades where (…)`: what a column holds in the rows of a dataset for which something holds."""

    span: Span
    column: Name
    dataset: str
    dataset_span: Span
    binder: str | None
    binder_span: Span | None
    condition: Expression | None


@dataclass(frozen=True, slots=True, eq=False)
class SetDeclaration:
    """`set`: codes, and prefixes of codes that end in `*`, with exceptions; the spans are those of the patterns.

    A set that is `drawn` from a dataset has no patterns, and may have parameters.
    """

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    parameters: tuple[Parameter, ...]
    type: TypeExpression
    patterns: tuple[str, ...]
    exceptions: tuple[str, ...]
    pattern_spans: tuple[Span, ...]
    exception_spans: tuple[Span, ...]
    drawn: Drawn | None


@dataclass(frozen=True, slots=True, eq=False)
class SourceDeclaration:
    """`source`: a document that is cited, its abbreviation, how a place in it is written and where it is published."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    abbreviated: Pair | None
    form: Pair | None
    link: Pair | None


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """`open question`: what a person must decide."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    parameters: tuple[Parameter, ...]
    type: TypeExpression
    asked_when: Expression | None


@dataclass(frozen=True, slots=True, eq=False)
class Remark:
    """`remark`: what is shown when something holds, and never counts."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    when: Expression


Declaration: TypeAlias = (
    Definition
    | Table
    | EnumDeclaration
    | RecordDeclaration
    | InputDeclaration
    | QuantityDeclaration
    | DatasetDeclaration
    | SetDeclaration
    | SourceDeclaration
    | Question
    | Remark
    | Sample
    | Example
)


# ------------------------------------------------------------------ a file


@dataclass(frozen=True, slots=True, eq=False)
class Uncertain:
    """`between … and …`: the days on one of which a text took effect, both included."""

    span: Span
    first: date
    last: date


@dataclass(frozen=True, slots=True, eq=False)
class Verified:
    """`verified until …`: the last day on which a text is known to have been in force as it stands."""

    span: Span
    day: date


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """`zone "…"`: the place by whose clock moments are read."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Header:
    """The head of a file.

    One that is not `readable` was put together from what can be read of it, and from the place of the file. It amends
    some version if it has an `amends_span`, even where the day cannot be read. It is `proposed`, and no law yet, where
    that is said.
    """

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    effective: date | None
    effective_span: Span | None
    amends: date | None
    amends_span: Span | None
    uses: tuple[tuple[str, Span], ...]
    uncertain: Uncertain | None = None
    verified: Verified | None = None
    proposed: Span | None = None
    zone: Zone | None = None
    readable: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Replace:
    """A declaration that takes the place of the one with its name."""

    span: Span
    declaration: Declaration


@dataclass(frozen=True, slots=True, eq=False)
class Repeal:
    """Names that are in force no longer."""

    span: Span
    names: tuple[tuple[str, Span], ...]
    cites: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Revive:
    """A name whose declaration is taken back in as it read on an earlier day; None for a day that cannot be read."""

    span: Span
    name: str
    name_span: Span
    day: date | None
    day_span: Span
    clauses: Clauses


Item: TypeAlias = Declaration | Replace | Repeal | Revive


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """One policy file: its head, its items in order, and the names that unreadable declarations were to give.

    The head is None when there is none and the place of the file does not say what it would be.
    """

    source: Source
    header: Header | None
    items: tuple[Item, ...]
    broken: frozenset[str] = frozenset()
