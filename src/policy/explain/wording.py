"""What explanations say of the policies of a day beside values: labels, sources, rows as they are printed.

Of the text in force this is all that an answer needs to be explained, and little enough to be kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from policy.frozen import dataclass, field, replace
from policy.model.catalog import Labels
from policy.syntax.clauses import Pair, Reference

if TYPE_CHECKING:
    from policy.model.program import Program
    from policy.model.versions import Text


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The first day of a text, what its file cites, and the days between which it lies if it is uncertain."""

    effective: date
    cites: tuple[Reference, ...]
    between: tuple[date, date] | None

    def perhaps(self, day: date) -> date | None:
        """The earliest day on which the text may have taken effect, if it may have done so by a day before its own."""
        return None if self.between is None or day < self.between[0] else self.between[0]

    def perhaps_until(self, day: date) -> date | None:
        """The latest day on which the text may have taken effect, if it may have done so only after a day."""
        return None if self.between is None or day >= self.between[1] else self.between[1]


NO_EARLIER: Final[Mapping[date, Program]] = {}


@dataclass(frozen=True, slots=True)
class PolicyWording:
    """A policy in force: its label, its first day, and the policies that it uses.

    By the clock of its `zone` moments are shown. What is uncertain about its text: until when it was verified, whether
    it is only `proposed`, its own first day, that of the version before it, and that of the next.
    """

    label: Labels
    effective: date | None
    uses: tuple[str, ...]
    cites: tuple[Reference, ...] = ()
    verified: date | None = None
    proposed: bool = False
    zone: str | None = None
    began: FirstDay | None = None
    preceding: date | None = None
    following: FirstDay | None = None


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
    before: Mapping[str, FirstDay]
    """The policies that are not yet in force, with their first day."""
    sources: Mapping[str, SourceWording]
    repealed: Mapping[str, date | None]
    """What was repealed, and the first day of the file that repealed it."""
    later: Mapping[str, FirstDay]
    """What only later versions declare, and the first day of the first that does."""
    parameters: Mapping[str, tuple[str, ...]]
    """What each declaration takes, for all that are in force."""
    sets: Mapping[str, Labels]
    rows: Mapping[str, tuple[RowWording, ...]]
    earlier: Mapping[date, Mapping[str, PolicyWording]] = field(default_factory=dict)
    """The policies of earlier days whose texts are read, by the day."""


def wording(program: Program, earlier: Mapping[date, Program] = NO_EARLIER) -> Wording:
    """What is said of the policies of a program; of `earlier` texts that it reads, under names with their day."""
    here = _wording(program)
    sources, sets, rows = dict(here.sources), dict(here.sets), dict(here.rows)
    policies: dict[date, Mapping[str, PolicyWording]] = {}
    for day, other in earlier.items():
        there = _wording(other)
        policies[day] = there.policies
        sources = {**there.sources, **sources}
        sets |= {f"{name}@{day}": label for name, label in there.sets.items()}
        rows |= {f"{name}@{day}": lines for name, lines in there.rows.items()}
    return replace(here, sources=sources, sets=sets, rows=rows, earlier=policies)


def _wording(program: Program) -> Wording:
    """What is said of the policies of a program alone."""
    # These are what texts are read into: an answer from what was kept of them does without.
    from policy.syntax.tree import SetDeclaration, Table

    entries = {entry.full_name: entry for entry in program.entries()}
    return Wording(
        policies={
            name: PolicyWording(
                _labels(text.label),
                text.effective,
                tuple(used for used, _ in text.uses),
                text.header.clauses.cites,
                text.verified,
                text.header.proposed is not None,
                None if text.zone is None else text.zone.name,
                _first_day(text),
                program.preceding[name].effective if name in program.preceding else None,
                _first_day(program.following.get(name)),
            )
            for name, text in program.texts.items()
        },
        before={name: first for name in program.before if (first := _first_day(program.following[name]))},
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
        later={name: first for name, text in program.later.items() if (first := _first_day(text))},
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


def _first_day(text: Text | None) -> FirstDay | None:
    """The first day of a text, where there is one."""
    if text is None or text.effective is None:
        return None
    uncertain = text.header.uncertain
    between = None if uncertain is None else (uncertain.first, uncertain.last)
    return FirstDay(text.effective, text.header.clauses.cites, between)


def _labels(pair: Pair | None, otherwise: str = "") -> Labels:
    if pair is None or not (pair.en or pair.fr):
        return Labels(otherwise, otherwise)
    return Labels(pair.en or "", pair.fr or "")
