"""Diagnostics as text with the source line and a caret, or as JSON-ready dictionaries."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from policy.diagnostics.diagnostic import Diagnostic
from policy.text import Span

LONGEST_LINE = 160


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
    """The source line and a caret line under the stretch; a very long line is cut around it."""
    position = span.position
    line = span.source.line(position.line).replace("\t", " ")
    before = position.column - 1
    length = max(1, min(span.end - span.start, len(line) - before))
    if len(line) > LONGEST_LINE:
        cut = max(0, before - 60)
        line, before = line[cut : cut + LONGEST_LINE], before - cut
        length = max(1, min(length, LONGEST_LINE - before))
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    gutter = f"{position.line} | "
    pad = _width(shown[:before])
    return [
        f"  {gutter}{shown}",
        f"  {' ' * (len(gutter) - 2)}| {' ' * pad}{'^' * max(1, _width(shown[before : before + length]))}",
    ]


def _width(text: str) -> int:
    """Columns a terminal gives this text: wide characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
