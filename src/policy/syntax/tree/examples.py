"""The nodes of samples and examples, and of the data in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from policy.syntax.clauses import Clauses
from policy.text import Span


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """A word, number or date as written."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Quoted:
    """A text in quotes."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class ListData:
    """`[…]`."""

    span: Span
    items: tuple[Data, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MapData:
    """`{name: …}`."""

    span: Span
    pairs: tuple[tuple[str, Span, Data], ...]


Data: TypeAlias = Plain | Quoted | ListData | MapData


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """`sample`: a named record, or part of a profile, for examples to build on."""

    span: Span
    name: str
    name_span: Span
    clauses: Clauses
    record: str
    record_span: Span
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
