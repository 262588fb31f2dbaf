"""Diagnostics as text with the source line and a caret, or as JSON-ready dictionaries."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from policy.diagnostics.diagnostic import Diagnostic
from policy.text import Span

LONGEST_LINE = 160
"""Characters of a source line that are shown; a longer one is cut around the place."""

BEFORE_THE_CUT = 60
"""Characters kept before the place when a line is cut."""

SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""They colour the sign before them and take no place of their own."""


def as_text(diagnostics: Iterable[Diagnostic]) -> str:
    """One paragraph per mistake: place, message, source line with a caret, notes, next step."""
    return "\n\n".join(_paragraph(diagnostic) for diagnostic in diagnostics)


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """The mistake as a dictionary: code, severity, message, help, path, file, line, column, end, notes."""
    return {
        "code": diagnostic.code.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "path": diagnostic.path,
        **_place(diagnostic.span),
        "notes": [{"message": note.message, **_place(note.span)} for note in diagnostic.notes],
    }


def _place(span: Span | None) -> dict[str, object]:
    """A place as the keys of a dictionary; all None for no place."""
    if span is None:
        return {"file": None, "line": None, "column": None, "end_line": None, "end_column": None}
    start, end = span.position, span.source.position(span.end)
    return {
        "file": span.source.name,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def _paragraph(diagnostic: Diagnostic) -> str:
    """One mistake as text."""
    place = f"{diagnostic.span}: " if diagnostic.span else ""
    path = f"{diagnostic.path}: " if diagnostic.path else ""
    lines = [f"{place}{diagnostic.severity.value}: {path}{diagnostic.message} [{diagnostic.code.name}]"]
    if diagnostic.span is not None:
        lines += _excerpt(diagnostic.span)
    for note in diagnostic.notes:
        lines.append(f"  note: {note.message}" + (f" ({note.span})" if note.span else ""))
    if diagnostic.help:
        lines.append(f"  next: {diagnostic.help}")
    return "\n".join(lines)


def _excerpt(span: Span) -> list[str]:
    """The source line and carets under the stretch; nothing for a line that is blank."""
    position = span.position
    line = span.source.line(position.line)
    if not line.strip():
        return []
    before = position.column - 1
    length = max(1, min(span.end - span.start, len(line) - before))
    if len(line) > LONGEST_LINE:
        line, before = _cut(line, before)
        length = max(1, min(length, LONGEST_LINE - before))
    shown = "".join(_shown(character) for character in line)
    carets = "^" * max(1, _width(shown[before : before + length]))
    gutter = f"{position.line} | "
    return [
        f"  {gutter}{shown}".rstrip(),
        f"  {' ' * (len(gutter) - 2)}| {' ' * _width(shown[:before])}{carets}",
    ]


def _cut(line: str, before: int) -> tuple[str, int]:
    """The part of a long line around a place, with a mark where it is cut, and how far into that part the place is."""
    start = max(0, before - BEFORE_THE_CUT)
    end = min(len(line), start + LONGEST_LINE)
    left, right = "…" if start else "", "…" if end < len(line) else ""
    return left + line[start:end] + right, before - start + len(left)


def _shown(character: str) -> str:
    """A character as it may be printed: a tab and odd spaces as a space, what is invisible or steers as a mark."""
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    return character if character.isprintable() else "\N{REPLACEMENT CHARACTER}"


def _width(text: str) -> int:
    """Columns a terminal gives this text: wide characters take two, marks on another character none."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    """Columns of one character."""
    if unicodedata.category(character) in {"Mn", "Me"} or character in SKIN_TONES:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
