"""How far work is that takes longer: a line on a terminal, which goes when the work is done."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE: Final = 1.0
"""How many seconds a person waits without a word."""

PAUSE: Final = 0.1
"""How many seconds are between one word and the next."""


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int], None] | None]:
    """What is to be told how many steps are done, and of how many; None where nobody would see it."""
    if not getattr(sys.stderr, "isatty", bool)() or os.environ.get("TERM") == "dumb":
        yield None
        return
    next_word = time.monotonic() + PATIENCE
    longest = 0

    def told(done: int, of: int) -> None:
        nonlocal next_word, longest
        if time.monotonic() >= next_word:
            next_word = time.monotonic() + PAUSE
            line = f"{doing}: {done} of {of}"
            longest = max(longest, len(line))
            print(f"\r{line:<{longest}}", end="", file=sys.stderr, flush=True)

    try:
        yield told
    finally:
        if longest:
            print(f"\r{'':<{longest}}\r", end="", file=sys.stderr, flush=True)
