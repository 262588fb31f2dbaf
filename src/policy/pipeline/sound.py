"""The policies of a folder that can be evaluated although something is wrong with others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from policy.diagnostics import Diagnostic, Severity
from policy.pipeline.library import Library, place_of


class SoundParts:
    """For each day, the policies that nothing wrong touches: neither in themselves nor in what they use."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.errors = _errors(library.diagnostics)
        self._parts: dict[frozenset[str], Library] = {}

    def on(self, day: date) -> Library:
        """These policies alone. What mistakes have to do with which policies shows when the broken ones are gone."""
        broken = frozenset(self._unread(day))
        while True:
            part = self._without(broken, day)
            wrong = _errors(part.mistakes_on(day))
            if not wrong:
                return part
            named = self._policies(wrong) & set(part.timelines)
            broken |= named or set(part.timelines)

    def _unread(self, day: date) -> Iterator[str]:
        """The policies with a mistake in a file in force by that day; all of them for a file that has no place."""
        for mistake in self.errors:
            if mistake.span is None:
                yield from self.library.timelines
                continue
            policy, first = place_of(mistake.span.source.name)
            if first <= day:
                yield policy
                yield from self._policies([mistake])

    def _policies(self, mistakes: Iterable[Diagnostic]) -> set[str]:
        """The policies by whose heads these mistakes stand."""
        names = {mistake.span.source.name for mistake in mistakes if mistake.span is not None}
        return {policy for name in names if (policy := self.library.modules.get(name))}

    def _without(self, broken: frozenset[str], day: date) -> Library:
        """The library without some policies, and without those that use them on that day."""
        texts = [text for timeline in self.library.timelines.values() if (text := timeline.on(day))]
        while using := {t.name for t in texts if t.name not in broken and broken & {name for name, _ in t.uses}}:
            broken |= using
        if not self.errors and broken.isdisjoint(self.library.timelines):
            return self.library
        if broken not in self._parts:
            kept = {name: timeline for name, timeline in self.library.timelines.items() if name not in broken}
            self._parts[broken] = Library(self.library.folder, kept)
        return self._parts[broken]


def _errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
