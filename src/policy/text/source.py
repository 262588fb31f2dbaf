"""A named text, and stretches of it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from pathlib import Path

from policy.frozen import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A line and a column, both counted from 1, as an editor shows them."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """A text and the name a person knows it by: a path, or a word such as `<profile>`."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line begins."""
        return (0, *(i + 1 for i, character in enumerate(self.text) if character == "\n"))

    def position(self, offset: int) -> Position:
        """The line and column of a character offset."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """One line of the text, without its line end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def span(self, start: int, end: int) -> Span:
        """The stretch from one offset up to another."""
        return Span(self, start, end)

    @property
    def stem(self) -> str:
        """The file name without folder and ending."""
        return Path(self.name).stem


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source: characters from `start` up to, not including, `end`."""

    source: Source
    start: int
    end: int

    @property
    def position(self) -> Position:
        """Where the stretch begins."""
        return self.source.position(self.start)

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.source.text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """The smallest stretch that holds both; they must be of one source."""
        return Span(self.source, min(self.start, other.start), max(self.end, other.end))

    def __str__(self) -> str:
        position = self.position
        return f"{self.source.name}:{position.line}:{position.column}"


def shown(path: Path) -> str:
    """A path as a person would type it: from here when it is below here."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
