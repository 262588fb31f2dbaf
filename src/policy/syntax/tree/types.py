"""The nodes of types as written."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from policy.text import Span


@dataclass(frozen=True, slots=True, eq=False)
class NamedType:
    """`date`, `grade`, `score step 0.5 from 0 to 9`."""

    span: Span
    name: str
    step: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ListType:
    """`list of job`."""

    span: Span
    of: TypeExpression


@dataclass(frozen=True, slots=True, eq=False)
class OptionalType:
    """`optional date`."""

    span: Span
    of: TypeExpression


@dataclass(frozen=True, slots=True, eq=False)
class KeyType:
    """`key of unit_groups`."""

    span: Span
    dataset: str


@dataclass(frozen=True, slots=True, eq=False)
class RowType:
    """`row of rounds`."""

    span: Span
    dataset: str


@dataclass(frozen=True, slots=True, eq=False)
class CodeType:
    """`code of 4 digits`."""

    span: Span
    digits: int


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceType:
    """`one of (5, 7)`."""

    span: Span
    choices: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MapType:
    """`grade by subject`."""

    span: Span
    of: str
    by: str


TypeExpression: TypeAlias = NamedType | ListType | OptionalType | KeyType | RowType | CodeType | ChoiceType | MapType
