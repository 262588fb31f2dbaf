"""Checking a folder of policies: every file, the policies of every day, and the examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from policy.check.across import check_across
from policy.check.doubts import doubts
from policy.diagnostics import Diagnostic, Severity
from policy.pipeline.days import since
from policy.pipeline.examples import law_of, run_example
from policy.pipeline.invariants import check_invariants
from policy.pipeline.library import Library
from policy.pipeline.sound import SoundParts
from policy.syntax.tree import Example


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found: the mistakes by place, how many files it was about, how many examples, and how many ran."""

    mistakes: tuple[Diagnostic, ...]
    files: int
    examples: int
    examples_run: int

    @property
    def sound(self) -> bool:
        """Whether nothing was found but warnings."""
        return not any(mistake.severity is Severity.ERROR for mistake in self.mistakes)


Told: TypeAlias = Callable[[int, int], None]
"""Is told how many steps are done, and of how many."""


def check_library(library: Library, files: Iterable[str] | None = None, told: Told | None = None) -> Findings:
    """Everything wrong with a folder, or with some of its files: reading, the policies of every day, and the examples.

    Everything is checked without the texts that are only proposed, and with them. An example runs when nothing is
    wrong, on its day, with its policy and those that this one uses: one in a proposed text as if this were law.
    `told` hears after each day and each example how far the work is.
    """
    chosen = frozenset(library.files if files is None else files)
    of_law = _examples(library, chosen, proposed=False)
    of_proposals = [] if library.proposing is None else _examples(library.proposing, chosen, proposed=True)
    days = len(library.epochs) + (0 if library.proposing is None else len(library.proposing.epochs))
    step = _Steps(days + len(of_law) + len(of_proposals), told)
    both = [_check(library, chosen, of_law, step)]
    if library.proposing is not None:
        both.append(_check(library.proposing, chosen, of_proposals, step))
    found = [mistake for one in both for mistake in one.mistakes]
    if files is not None:
        found = [mistake for mistake in found if _touches(mistake, chosen)]
    return Findings(
        _in_order(found), len(chosen), sum(one.examples for one in both), sum(one.examples_run for one in both)
    )


class _Steps:
    """Counts steps and tells of each."""

    def __init__(self, of: int, told: Told | None) -> None:
        self._done = 0
        self._of = of
        self._told = told

    def done(self) -> None:
        self._done += 1
        if self._told is not None:
            self._told(self._done, self._of)


def _examples(library: Library, chosen: frozenset[str], *, proposed: bool) -> list[tuple[str, Example]]:
    """The examples of some files with their policies: those of law, or those of the proposed texts."""
    return [
        (policy, example)
        for policy, timeline in library.timelines.items()
        for module, example in timeline.examples
        if module.source.name in chosen
        and (module.header is not None and module.header.proposed is not None) is proposed
    ]


def _check(library: Library, chosen: frozenset[str], examples: list[tuple[str, Example]], step: _Steps) -> Findings:
    """What is wrong with the texts that are law, or with these and the proposed ones together, and with examples."""
    on_days: list[tuple[date, tuple[Diagnostic, ...]]] = []
    for day in library.epochs:
        checked = library.compiled_on(day).checked
        mistakes = (*checked.diagnostics, *check_across(checked, library.checked_on_all_days))
        on_days.append((day, (*mistakes, *doubts(checked))))
        step.done()
    found = [*library.diagnostics, *since(library.timelines, on_days)]
    parts = SoundParts(library)
    ran = 0
    for policy, example in examples:
        part = parts.on(law_of(example))
        if policy in part.timelines and not any(_within(mistake, example) for mistake in library.diagnostics):
            ran += 1
            found += run_example(part, policy, example)
        step.done()
    found += check_invariants(parts)
    return Findings(tuple(found), len(chosen), len(examples), ran)


def _within(mistake: Diagnostic, example: Example) -> bool:
    """Whether a mistake in reading stands in an example: what the example says is then not what was meant."""
    span, whole = mistake.span, example.span
    return span is not None and span.source is whole.source and whole.start <= span.start < whole.end


def _touches(mistake: Diagnostic, files: frozenset[str]) -> bool:
    """Whether a mistake, or a place that it points to, is in one of the files; one without a place is everyone's."""
    spans = (mistake.span, *(note.span for note in mistake.notes))
    return mistake.span is None or any(span is not None and span.source.name in files for span in spans)


def _in_order(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By place, each once: what is wrong on several days is one mistake, whatever else the days have to propose."""
    once = {(mistake.code, mistake.span, mistake.path, mistake.message): mistake for mistake in reversed(found)}
    return tuple(sorted(once.values(), key=_place))


def _place(mistake: Diagnostic) -> tuple[str, int, str]:
    span = mistake.span
    return ("", 0, mistake.message) if span is None else (span.source.name, span.start, mistake.message)
