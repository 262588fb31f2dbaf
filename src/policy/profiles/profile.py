"""A profile that was found right, and what may be wrong with a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from policy.frozen import dataclass
from policy.model.values import Record

if TYPE_CHECKING:
    from policy.profiles.document import Path
    from policy.text import Span


@dataclass(frozen=True, slots=True)
class Violation:
    """A condition that a record breaks: the field to blame, if one, and the condition in words."""

    field: str | None
    en: str
    kind: Literal["invalid", "does-not-apply"]


RecordCheck: TypeAlias = Callable[[Record], Iterable[Violation]]
"""Yields what is wrong with a record; nothing where that cannot be told because facts are unknown."""


@dataclass(frozen=True)
class Profile:
    """A profile found right.

    `facts` has every input, `UNKNOWN` where left out. `answers` has the answers given to open questions, by full name;
    for a question about each record they stand under the paths of records. `places` gives every path of the document,
    with its place where that is known.
    """

    facts: Mapping[str, object]
    answers: Mapping[str, object | Mapping[str, object]]
    places: Callable[[], Iterable[tuple[Path, Span | None]]]

    @cached_property
    def supplied(self) -> frozenset[str]:
        """The path of every fact given, at each depth: `jobs`, `jobs[1]`, `jobs[1].start`."""
        from policy.profiles.document import path_text
        from policy.profiles.shapes import ANSWERS

        return frozenset(path_text(path) for path, _ in self.places() if path and path[0] != ANSWERS)

    @cached_property
    def spans(self) -> Mapping[str, Span]:
        """The places of facts and answers, where known."""
        from policy.profiles.document import path_text

        return {path_text(path): span for path, span in self.places() if span is not None}
