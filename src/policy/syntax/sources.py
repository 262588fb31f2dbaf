"""From the bytes of a policy file to its text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from policy.diagnostics import Diagnostic
from policy.text import Source

CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_source(path: Path, name: str | None = None) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The text of a file with line ends made plain, or the mistake that it is not text."""
    return source_of(path.read_bytes(), name or str(path))


def source_of(data: bytes, name: str) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The same for bytes that have been read."""
    # What was read before has no mistakes, and the words for them take longer to load than the text.
    from policy.syntax import errors

    try:
        source = text_of(data, name)
    except UnicodeDecodeError as error:
        empty = Source(name, "")
        return empty, (errors.not_text(empty, error.start),)
    control = CONTROL.search(source.text)
    return source, () if control is None else (errors.control_character(source.span(*control.span())),)


def text_of(data: bytes, name: str) -> Source:
    """The text in bytes that are known to be text. Raises UnicodeDecodeError."""
    return Source(name, data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
