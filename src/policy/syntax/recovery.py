"""What can still be said of text that cannot be read, so that one mistake does not cause others elsewhere.

A declaration that cannot be read leaves its name, and the words that its values would have had: whoever uses them is
not told that they are unknown. A head that cannot be read, or is missing, is put together from the words that can be
recognised in it and from the place of the file.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath
from typing import Final

from policy.syntax.days import SOME_DAY, read_day
from policy.syntax.tree import Clauses, Header
from policy.text import Source, Span

QUOTED: Final = re.compile(r'"[^"\n]*"|#[^\n]*')
DECLARED: Final = re.compile(r"(?:replace\s+)?(?:open\s+question|\w+)\s+([A-Za-z_][\w-]*(?:\s*,\s*[A-Za-z_]\w*)*)")
VALUE: Final = re.compile(r"\n\s*value\s+([A-Za-z_]\w*)")
SYMBOL: Final = re.compile(r'\bsymbol\s+"([^"\n]*)"')
USES: Final = re.compile(r"\buses\s+([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)")
NAME: Final = re.compile(r"[A-Za-z_]\w*")
STATUS: Final = re.compile(r"\bstatus\s+proposed\b")
DAY: Final = r"\s+(\d{4}-\d{2}-\d{2})"


def names_in(text: str) -> frozenset[str]:
    """The names that an unreadable declaration was probably to give: its own, and those of enum values or money."""
    bare = QUOTED.sub("", text)
    declared = DECLARED.match(bare)
    own = re.split(r"\s*,\s*", declared[1]) if declared else []
    return frozenset((*own, *VALUE.findall(bare), *SYMBOL.findall(text)))


def header_in(source: Source, start: int, end: int) -> Header | None:
    """A head put together from an unreadable one; None when not even the policy's name can be told."""
    text = source.text[start:end]
    written = re.match(r"policy\s+([A-Za-z_]\w*)", text)
    name_span = source.span(start + written.start(1), start + written.end(1)) if written else source.span(start, start)
    name = written[1] if written else name_of_file(source)
    if name is None:
        return None
    bare = QUOTED.sub(lambda match: " " * len(match[0]), text)
    effective = read_day(source.stem) or _day_after("effective", bare)
    if effective is None and "effective" in bare.split():
        effective = SOME_DAY
    uses = tuple(
        (word[0], Span(source, start + found.start(1) + word.start(), start + found.start(1) + word.end()))
        for found in USES.finditer(bare)
        for word in NAME.finditer(found[1])
    )
    span = source.span(start, start + len(text.rstrip()))
    amends = _day_after("amends", bare)
    amends_span = name_span if "amends" in bare.split() else None
    proposed = name_span if STATUS.search(bare) else None
    return Header(
        span, name, name_span, Clauses(), effective, None, amends, amends_span, uses, proposed=proposed, readable=False
    )


def name_of_file(source: Source) -> str | None:
    """The policy that a file is of by its place: its folder for a dated file, else its own name."""
    path = PurePath(source.name)
    name = path.parent.name if read_day(path.stem) else path.stem
    return name if NAME.fullmatch(name) else None


def _day_after(word: str, text: str) -> date | None:
    """The day that is written after a word."""
    found = re.search(rf"\b{word}{DAY}", text)
    return read_day(found[1]) if found else None
