"""Checking a folder of policies: every file, the policies of every day, and the examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policy.check.doubts import doubts
from policy.diagnostics import Diagnostic, Severity
from policy.pipeline.examples import law_of, run_example
from policy.pipeline.library import Library
from policy.pipeline.sound import SoundParts


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


def check_library(library: Library, files: Iterable[str] | None = None) -> Findings:
    """Everything wrong with a folder, or with some of its files: reading, the policies of every day, and the examples.

    Everything is checked without the texts that are only proposed, and with them. An example runs when nothing is
    wrong, on its day, with its policy and those that this one uses: one in a proposed text as if this were law.
    """
    chosen = frozenset(library.files if files is None else files)
    both = [_check(library, chosen)]
    if library.proposing is not None:
        both.append(_check(library.proposing, chosen, proposed=True))
    found = [mistake for one in both for mistake in one.mistakes]
    if files is not None:
        found = [mistake for mistake in found if _touches(mistake, chosen)]
    return Findings(
        _in_order(found), len(chosen), sum(one.examples for one in both), sum(one.examples_run for one in both)
    )


def _check(library: Library, chosen: frozenset[str], *, proposed: bool = False) -> Findings:
    """What is wrong with the texts that are law, or with these and the proposed ones together.

    Its examples are those of law; those of the proposed texts where these are taken in.
    """
    found = list(library.diagnostics)
    for day in library.epochs:
        checked = library.compiled_on(day).checked
        found += [*checked.diagnostics, *doubts(checked)]
    parts = SoundParts(library)
    examples = ran = 0
    for policy, timeline in library.timelines.items():
        for module, example in timeline.examples:
            of_proposal = module.header is not None and module.header.proposed is not None
            if module.source.name in chosen and of_proposal is proposed:
                examples += 1
                part = parts.on(law_of(example))
                if policy in part.timelines:
                    ran += 1
                    found += run_example(part, policy, example)
    return Findings(tuple(found), len(chosen), examples, ran)


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
