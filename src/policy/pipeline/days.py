"""From which day on something is wrong, where that is not the day of the file that it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from policy.diagnostics import Diagnostic, Note
from policy.frozen import replace
from policy.model.versions import Timeline
from policy.pipeline.library import place_of

MOST_FILES: Final = 3
"""How many files are named that take effect on the day."""


def since(
    timelines: Mapping[str, Timeline], found: Sequence[tuple[date, Sequence[Diagnostic]]]
) -> Iterator[Diagnostic]:
    """What was found wrong on each day, earliest first, each mistake once.

    One in a text that was sound when it took effect has a note of the day on which it came to be wrong, and of the
    files that took effect then: what was changed there is behind it.
    """
    first: dict[Diagnostic, tuple[date, Diagnostic]] = {}
    for day, mistakes in found:
        for mistake in mistakes:
            first.setdefault(mistake, (day, mistake))
    for day, mistake in first.values():
        policy, own = ("", date.min) if mistake.span is None else place_of(mistake.span.source.name)
        late = day > max(own, found[0][0])
        yield replace(mistake, notes=(*mistake.notes, *_notes(timelines, policy, day))) if late else mistake


def _notes(timelines: Mapping[str, Timeline], policy: str, day: date) -> Iterator[Note]:
    """The file of a policy that takes effect on a day; where it has none, those of the others."""
    changed = {name: timeline for name, timeline in timelines.items() if day in timeline.days}
    texts = [timeline.on(day) for name, timeline in changed.items() if name == policy or policy not in changed]
    for text in texts[:MOST_FILES]:
        if text is not None:
            yield Note(f"this is so from {day} on, when this takes effect", text.header.name_span)
