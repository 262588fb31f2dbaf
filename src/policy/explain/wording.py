"""What explanations say of the policies of a day beside values: labels, sources, rows as they are printed.

Of the text in force this is all that an answer needs to be explained, and little enough to be kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from policy.model.catalog import Labels
from policy.syntax.clauses import Pair

if TYPE_CHECKING:
    from policy.model.program import Program


@dataclass(frozen=True, slots=True)
class PolicyWording:
    """A policy in force: its label, its first day, and the policies that it uses."""

    label: Labels
    effective: date | None
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceWording:
    """A source: its abbreviation, how a place in it is written, and where it is published."""

    abbreviated: Labels
    form: Labels | None
    link: Labels | None


@dataclass(frozen=True, slots=True)
class RowWording:
    """A row of a table: its cells as they are printed, and what could not be confirmed of it."""

    cells: str
    unconfirmed: tuple[Labels, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said of policies. Declarations are found by full name, policies and sources by name."""

    policies: Mapping[str, PolicyWording]
    before: Mapping[str, date]
    """The policies that are not yet in force, with their first day."""
    sources: Mapping[str, SourceWording]
    repealed: Mapping[str, date | None]
    """What was repealed, and the first day of the file that repealed it."""
    parameters: Mapping[str, tuple[str, ...]]
    """What each declaration takes, for all that are in force."""
    sets: Mapping[str, Labels]
    rows: Mapping[str, tuple[RowWording, ...]]


def wording(program: Program) -> Wording:
    """What is said of the policies of a program."""
    # These are what texts are read into: an answer from what was kept of them does without.
    from policy.syntax.tree import SetDeclaration, Table

    entries = {entry.full_name: entry for entry in program.entries()}
    return Wording(
        policies={
            name: PolicyWording(_labels(text.label), text.effective, tuple(used for used, _ in text.uses))
            for name, text in program.texts.items()
        },
        before=dict(program.before),
        sources={
            name: SourceWording(
                _labels(source.abbreviated, name),
                None if source.form is None else _labels(source.form),
                None if source.link is None else _labels(source.link),
            )
            for name, source in program.sources.items()
        },
        repealed={
            f"{policy}.{name}": module.header.effective if module.header else None
            for policy, text in program.texts.items()
            for name, module in text.repealed.items()
        },
        parameters={
            name: tuple(parameter.name for parameter in getattr(entry.declaration, "parameters", ()))
            for name, entry in entries.items()
        },
        sets={
            name: _labels(entry.clauses.label)
            for name, entry in entries.items()
            if isinstance(entry.declaration, SetDeclaration)
        },
        rows={
            name: tuple(
                RowWording(
                    " | ".join(cell.span.text.strip() for cell in row.cells), tuple(map(_labels, row.unconfirmed))
                )
                for row in entry.declaration.rows
            )
            for name, entry in entries.items()
            if isinstance(entry.declaration, Table)
        },
    )


def _labels(pair: Pair | None, otherwise: str = "") -> Labels:
    if pair is None or not (pair.en or pair.fr):
        return Labels(otherwise, otherwise)
    return Labels(pair.en or "", pair.fr or "")
