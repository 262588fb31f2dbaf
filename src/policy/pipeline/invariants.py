"""Trying invariants: what must hold of the rules for every profile, on every day on which a text changes.

Each is tried on the empty profile, within bounds: what is certain there holds, or fails, for everybody. What is left
open is tried on the profiles of examples and samples, and on some drawn at random. Unknown is no failure. Of a profile
for which one fails, as little is told as makes it fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from random import Random
from typing import Final, TypeAlias

from policy.check.checked import Checked
from policy.check.families import is_invariant
from policy.diagnostics import Diagnostic, Mistakes
from policy.evaluate import Program, beforehand, compile_graph
from policy.evaluate.elsewhere import OtherDays
from policy.graph import ELSEWHERE
from policy.graph.build import build_graph
from policy.model.values import Fault, Record
from policy.model.versions import Entry
from policy.pipeline import errors
from policy.pipeline.drawing import Answers, Drawer, Drawn, Facts, likely_in, records_in
from policy.pipeline.example_facts import PROFILE, ExampleFacts
from policy.pipeline.library import Library
from policy.pipeline.smallest import in_a_line, smallest
from policy.pipeline.sound import SoundParts
from policy.profiles import load_profile
from policy.syntax import tree as t
from policy.text import Span

FEWEST_DRAWN: Final = 15
"""How many profiles are drawn for one day at least."""

MOST_DRAWN: Final = 400
"""How many profiles are drawn for all days together, where that gives each of them enough."""

SOME_DAY: Final = date(2020, 1, 1)
"""The day on which facts are measured where no text has a date and no example a day."""

Origin: TypeAlias = t.Example | t.Sample | None
"""The example or sample that a profile is of; None for one that was drawn, or that is empty."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A profile, the day on which its facts are measured, and where it is from."""

    drawn: Drawn
    day: date
    origin: Origin = None


def check_invariants(parts: SoundParts) -> Iterator[Diagnostic]:
    """Each invariant that fails, or that cannot be worked out for some profile: once, on the first day it does."""
    library = parts.library
    days = [day for day in library.epochs if _invariants(library.compiled_on(day).texts.entries())]
    told: set[t.Declaration] = set()
    for day in days:
        epoch = _Epoch(parts.on(day), day, max(FEWEST_DRAWN, MOST_DRAWN // len(days)))
        for entry in epoch.invariants:
            if entry.declaration not in told and (found := epoch.tried(entry)) is not None:
                told.add(entry.declaration)
                yield found


def _invariants(entries: Iterator[Entry]) -> list[Entry]:
    return [entry for entry in entries if is_invariant(entry)]


class _Epoch:
    """The invariants in force on a day, and the profiles that they are tried on."""

    def __init__(self, library: Library, day: date, count: int) -> None:
        self.library = library
        self.compiled = compiled = library.compiled_on(day)
        self.day = day
        self.count = count
        self.invariants = _invariants(compiled.texts.entries())

    @property
    def checked(self) -> Checked:
        return self.compiled.checked

    @cached_property
    def program(self) -> Program:
        """The invariants alone."""
        names = frozenset(entry.full_name for entry in self.invariants)
        graph = beforehand(build_graph(self.checked, only=names), self.compiled.catalog)
        return compile_graph(graph, self.compiled.catalog)

    @cached_property
    def measured(self) -> date:
        """The day on which the facts of a profile are measured that has no day of its own."""
        if self.day != date.min:
            return self.day
        return max((example.on for _, example in self.examples), default=SOME_DAY)

    @cached_property
    def examples(self) -> list[tuple[str, t.Example]]:
        """The examples in the texts of the day, with their policies."""
        return [
            (text.name, item)
            for text in self.compiled.texts.texts.values()
            for module in text.modules
            for item in module.items
            if isinstance(item, t.Example)
        ]

    @cached_property
    def profiles(self) -> Sequence[Tried]:
        """The profiles of examples and samples, then those drawn."""
        given = [*self.given()]
        return [*given, *self.drawn(given)]

    def given(self) -> Iterator[Tried]:
        """The profiles of examples, and of samples of a whole profile, so far as they are right."""
        written: list[tuple[str, t.Example | t.Sample]] = [*self.examples]
        for entry in self.compiled.texts.entries():
            if isinstance(entry.declaration, t.Sample) and entry.declaration.record == PROFILE:
                written.append((entry.policy, entry.declaration))
        for policy, origin in written:
            facts = ExampleFacts(self.compiled.texts, self.compiled.catalog, policy)
            document = facts.document(origin) if isinstance(origin, t.Example) else facts.of_sample(origin)
            if facts.mistakes:
                continue  # told of where the example runs
            try:
                profile = self.compiled.reader.of_datum(document)
                if profile is None:
                    profile = load_profile(document, self.compiled.catalog, self.compiled.record_checks)
            except Mistakes:
                continue
            day = origin.on if isinstance(origin, t.Example) else self.measured
            yield Tried(Drawn(profile.facts, profile.answers), day, origin)

    def drawn(self, given: Sequence[Tried]) -> Iterator[Tried]:
        """Profiles drawn at random, the same ones each time, so far as their records could be made to be right."""
        records: dict[str, list[Record]] = {}
        for one in given:
            for record in (record for value in one.drawn.facts.values() for record in records_in(value)):
                records.setdefault(record.type, []).append(record)
        random, likely = Random(self.measured.toordinal()), replace(likely_in(self.program.graph), records=records)
        drawer = Drawer(self.compiled.catalog, self.compiled.record_checks, random, self.measured, likely)
        graph = self.program.graph
        read = None if graph.asks_elsewhere else graph.inputs
        for _ in range(self.count):
            drawn = drawer.complete(read)
            if all(drawer.valid(record) for value in drawn.facts.values() for record in records_in(value)):
                yield Tried(drawn, self.measured)

    def tried(self, entry: Entry) -> Diagnostic | None:
        """What is wrong with an invariant, if something is."""
        name = entry.full_name
        anybody = Tried(Drawn({}, {}), self.measured)
        try:
            return self._tried(entry, name, anybody)
        except Mistakes:
            return None  # of the law of another day that is asked for: told where it stands

    def _tried(self, entry: Entry, name: str, anybody: Tried) -> Diagnostic | None:
        certain = self.program.bound(*self.case(anybody.drawn, anybody.day)).outcome(name)
        if certain is True:
            return None
        if _fails(certain):
            return self.told(entry, anybody, certain)
        for one in self.profiles:
            found = self.outcome(name, one.drawn, one.day)
            if _fails(found):
                return self.told(entry, self.least(name, one, found), found)
        return None

    def least(self, name: str, one: Tried, found: object) -> Tried:
        """As little of a profile as makes an invariant fail in the same way."""

        def still_fails(drawn: Drawn) -> bool:
            other = self.outcome(name, drawn, one.day)
            return other is False if found is False else isinstance(other, Fault)

        return Tried(smallest(one.drawn, still_fails), one.day, one.origin)

    def outcome(self, name: str, drawn: Drawn, day: date) -> object:
        """What an invariant comes to for a profile."""
        return self.program.evaluate(*self.case(drawn, day)).outcome(name)

    def case(self, drawn: Drawn, day: date) -> tuple[Facts, Answers, date]:
        """What an invariant is worked out from: with the rules of other days, where they are asked for."""
        facts = drawn.facts
        if self.program.graph.asks_elsewhere:
            facts = {**facts, ELSEWHERE: OtherDays(self.library.every_day, drawn.facts, drawn.answers)}
        return facts, drawn.answers, day

    def told(self, entry: Entry, one: Tried, found: object) -> Diagnostic:
        """The failure of an invariant, with the profile."""
        return errors.invariant_fails(
            entry.declaration.name_span,
            entry.name,
            found.reason if isinstance(found, Fault) else None,
            in_a_line(one.drawn.facts, one.drawn.answers),
            (self.day, one.day),
            _named(one.origin),
        )


def _named(origin: Origin) -> tuple[str, Span] | None:
    """An example or sample in words, and where it stands."""
    if origin is None:
        return None
    kind = "example" if isinstance(origin, t.Example) else "sample"
    return f"{kind} `{origin.name}`", origin.name_span


def _fails(value: object) -> bool:
    return value is False or isinstance(value, Fault)
