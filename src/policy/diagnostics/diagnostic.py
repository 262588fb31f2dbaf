"""A mistake as a value."""

from __future__ import annotations

from enum import StrEnum

from policy.frozen import dataclass, field
from policy.text import Span


class Severity(StrEnum):
    """How much it matters: an error stops the work, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """The name of one kind of mistake, a word never reused, and what it means in a sentence."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Note:
    """Another place that a mistake is about, and what is there."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake: where, what (one line, lower case, the author's words in backticks), and what to do next.

    `path` is the place inside a document that has no lines of its own (`jobs[1].start`); `span` is the place in a text.
    Either may be missing. Two are equal when they say the same of the same place: a text that is checked for several
    days is told once, though what could be proposed may differ from day to day.
    """

    code: Code
    message: str
    span: Span | None = None
    help: str | None = field(default=None, compare=False)
    path: str | None = None
    notes: tuple[Note, ...] = field(default=(), compare=False)
    severity: Severity = Severity.ERROR
