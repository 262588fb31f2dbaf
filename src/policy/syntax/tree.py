"""The tree of one policy file: its head and its declarations, with the expressions they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from policy.syntax.expressions import (
    Aggregate,
    Arithmetic,
    Call,
    Choice,
    ChoiceType,
    Code,
    CodeType,
    Comparator,
    Comparison,
    Count,
    Cut,
    Data,
    DateLiteral,
    Each,
    Expression,
    Extreme,
    FieldOf,
    Filter,
    Gather,
    GatherKind,
    Grouping,
    KeyType,
    ListData,
    ListType,
    Logic,
    MapData,
    MapType,
    Membership,
    Money,
    Name,
    NamedType,
    Not,
    Number,
    OptionalType,
    Plain,
    Presence,
    Quoted,
    Range,
    RowType,
    SetLiteral,
    Text,
    TheOne,
    TypeExpression,
    YesNo,
)
from policy.text import Source, Span

# ------------------------------------------------------------------ declarations


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """One text in English and in French; None where it was not given."""

    en: str | None = None
    fr: str | None = None

    @property
    def whole(self) -> bool:
        """Whether both are there."""
        return bool(self.en) and bool(self.fr)


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """One provision or document: the abbreviation of a source, and the place in it as written in each language."""

    span: Span
    source: str
    locator: str
    locator_fr: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Clauses:
    """What any declaration may carry: labels, citations, marks, and the question that asks for it."""

    label: Pair = field(default_factory=Pair)
    cites: tuple[Reference, ...] = ()
    unconfirmed: tuple[Pair, ...] = ()
    asks: Pair | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """`s: sitting`."""

    span: Span
    name: str
    type: TypeExpression


DefinitionKind: TypeAlias = Literal["define", "requirement", "decision", "points"]


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A `define`, `requirement`, `decision` or `points`: one kind of thing, four words for the reader."""

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
    rows: tuple[Row, ...]
    scale: bool
    below: Expression | None


@dataclass(frozen=True, slots=True, eq=False)
class EnumValue:
    """One word of an enum."""

    span: Span
    name: str
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
class SetDeclaration:
    """`set`: codes and prefixes of codes, with exceptions."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    type: TypeExpression
    patterns: tuple[str, ...]
    exceptions: tuple[str, ...]


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


# ------------------------------------------------------------------ samples and examples


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """`sample`: a named record, or part of a profile, for examples to build on."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    record: str
    data: MapData


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What an example expects of one outcome."""

    span: Span
    name: str
    outcome: Literal["met", "not met", "unknown", "not applicable", "value"]
    value: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """`example`: facts, a day, and what must come out."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    on: date
    law_of: date | None
    like: tuple[tuple[str, Span], ...]
    given: tuple[tuple[str, Span, Data], ...]
    expected: tuple[Expected, ...]


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
class Header:
    """The head of a file."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    effective: date | None
    effective_span: Span | None
    amends: date | None
    amends_span: Span | None
    uses: tuple[tuple[str, Span], ...]


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


Item: TypeAlias = Declaration | Replace | Repeal


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """One policy file: its head, if it has a readable one, and its items in order."""

    source: Source
    header: Header | None
    items: tuple[Item, ...]


__all__ = [
    "Aggregate",
    "Arithmetic",
    "Call",
    "Cell",
    "Choice",
    "ChoiceType",
    "Clauses",
    "Code",
    "CodeType",
    "Column",
    "Comparator",
    "Comparison",
    "Count",
    "Cut",
    "Data",
    "DatasetDeclaration",
    "DateLiteral",
    "Declaration",
    "Definition",
    "DefinitionKind",
    "Each",
    "EnumDeclaration",
    "EnumValue",
    "Example",
    "Expected",
    "Expression",
    "Extreme",
    "FieldDeclaration",
    "FieldOf",
    "Filter",
    "Gather",
    "GatherKind",
    "Grouping",
    "Header",
    "InputDeclaration",
    "Item",
    "KeyType",
    "ListData",
    "ListType",
    "Logic",
    "MapData",
    "MapType",
    "Membership",
    "Module",
    "Money",
    "Name",
    "NamedType",
    "Not",
    "Number",
    "OptionalType",
    "Pair",
    "Parameter",
    "Plain",
    "Presence",
    "QuantityDeclaration",
    "Question",
    "Quoted",
    "Range",
    "RecordDeclaration",
    "Reference",
    "Remark",
    "Repeal",
    "Replace",
    "Row",
    "RowType",
    "Sample",
    "SetDeclaration",
    "SetLiteral",
    "SourceDeclaration",
    "Table",
    "Text",
    "TheOne",
    "TypeExpression",
    "ValidWhen",
    "YesNo",
]
