"""The cells of comma-separated text, with the place of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from policy.syntax.sources import CONTROL
from policy.text import Source, Span

QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"')
BARE: Final = re.compile(r"[^,\n]*")


class Cell(NamedTuple):
    """What a cell holds, and where it begins and ends in the text."""

    text: str
    start: int
    end: int


class Malformed(Exception):
    """The text is not comma-separated values from some place on; the reason is in words."""

    def __init__(self, span: Span, reason: str, help: str) -> None:
        super().__init__(reason)
        self.span = span
        self.reason = reason
        self.help = help


def rows_in(source: Source) -> Iterator[list[Cell]]:
    """The cells of each line that is not blank. A text with commas, quotes or line ends in it stands between quotes.

    Raises Malformed where that cannot be read on.
    """
    at, text = 0, source.text
    if control := CONTROL.search(text):
        reason = f"the control character U+{ord(control[0]):04X} stands here"
        raise Malformed(source.span(*control.span()), reason, "take it out")
    while at < len(text):
        row: list[Cell] = []
        going_on = True
        while going_on:
            cell = _cell(source, at)
            row.append(cell)
            at = cell.end
            going_on = text[at : at + 1] == ","
            at += 1
        if len(row) > 1 or row[0].text or row[0].end > row[0].start:
            yield row


def _cell(source: Source, at: int) -> Cell:
    """The cell that begins at a place."""
    if not source.text.startswith('"', at):
        bare = BARE.match(source.text, at)
        assert bare is not None
        return Cell(bare[0], at, bare.end())
    quoted = QUOTED.match(source.text, at)
    if quoted is None:
        reason = 'this text begins with `"` and does not end'
        raise Malformed(source.span(at, at + 1), reason, 'write `"` at its end; within it, `"` is written twice')
    if source.text[quoted.end() : quoted.end() + 1] not in {"", ",", "\n"}:
        reason = 'more stands here after the text between `"`'
        help = 'write `"` within a text twice, and a comma after it'
        raise Malformed(source.span(quoted.end(), quoted.end() + 1), reason, help)
    return Cell(quoted[1].replace('""', '"'), at, quoted.end())
