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


def read_citations(span: Span, text: str) -> Iterator[tuple[Reference, Diagnostic | None]]:
    """The references of a citation line, with a mistake for each that cannot be read.

    `span` is that of the line; each reference gets the span of its own part. One that cannot be read has no source, and
    one quoted in English only has an empty French place.
    """
    body = text[len("cites") :]
    offset = span.start + len("cites")
    for part in _split(_without_comment(body)):
        stripped = part.strip()
        start = offset + (len(part) - len(part.lstrip()))
        offset += len(part) + 1
        place = Span(span.source, start, start + len(stripped))
        yield _reference(place, stripped)


def _reference(place: Span, text: str) -> tuple[Reference, Diagnostic | None]:
    """One citation, and the mistake in it if it cannot be read."""
    match = SOURCE.match(text)
    rest = " ".join((match["rest"] or "").split()) if match else ""
    if match and (quoted := QUOTED.match(rest)):
        return Reference(place, match["source"], quoted["en"], quoted["fr"] or ""), None
    if match is None or (rest and not PROVISIONS.match(rest)):
        return Reference(place, "", text), bad_citation(place, text)
    return Reference(place, match["source"], rest), None


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
    """The text before a `#` that is not inside quotes."""
    quoted = False
    for i, character in enumerate(text):
        quoted ^= character == '"'
        if character == "#" and not quoted:
            return text[:i]
    return text
