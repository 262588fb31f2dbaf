"""Reading the rest of a `cites` line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy.diagnostics import Diagnostic
from policy.syntax.errors import bad_citation
from policy.syntax.tree import Reference
from policy.text import Span

SOURCE = re.compile(r"(?P<source>[A-Z][A-Za-z0-9-]*)(?:\s+(?P<rest>.*))?$", re.DOTALL)
PROVISION = r"\d[0-9.]*(?:\([0-9A-Za-z.]+\))*"
PROVISIONS = re.compile(rf"{PROVISION}(?:(?:\s*,\s*|\s+)(?:(?:to|and|or)\s+)?(?:{PROVISION}|(?:\([0-9A-Za-z.]+\))+))*$")
QUOTED = re.compile(r'"(?P<en>[^"]*)"(?:\s*/\s*"(?P<fr>[^"]*)")?$')


def read_citations(span: Span, text: str) -> Iterator[Reference | Diagnostic]:
    """The references of a citation line, or a mistake for each that cannot be read.

    `span` is that of the line; each reference gets the span of its own part.
    """
    body = text[len("cites") :]
    offset = span.start + len("cites")
    for part in _split(_without_comment(body)):
        stripped = part.strip()
        start = offset + (len(part) - len(part.lstrip()))
        offset += len(part) + 1
        place = Span(span.source, start, start + len(stripped))
        yield _reference(place, stripped)


def _reference(place: Span, text: str) -> Reference | Diagnostic:
    match = SOURCE.match(text)
    if match is None:
        return bad_citation(place, text)
    rest = " ".join((match["rest"] or "").split())
    if quoted := QUOTED.match(rest):
        return Reference(place, match["source"], quoted["en"], quoted["fr"])
    if rest and not PROVISIONS.match(rest):
        return bad_citation(place, text)
    return Reference(place, match["source"], rest)


def _split(text: str) -> Iterator[str]:
    """The parts between semicolons that are not inside quotes."""
    part, quoted = "", False
    for character in text:
        quoted ^= character == '"'
        if character == ";" and not quoted:
            yield part
            part = ""
        else:
            part += character
    yield part


def _without_comment(text: str) -> str:
    quoted = False
    for i, character in enumerate(text):
        quoted ^= character == '"'
        if character == "#" and not quoted:
            return text[:i]
    return text
