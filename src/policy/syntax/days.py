"""Days as policy text and file names write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

WRITTEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

SOME_DAY: Final = date(2000, 1, 1)
"""What stands for a day that cannot be read; it is never evaluated, since its mistake has been reported."""


def read_day(text: str) -> date | None:
    """The day written as year-month-day, or None for other words and for days that are not in the calendar."""
    if not WRITTEN.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
