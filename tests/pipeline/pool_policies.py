"""A made-up set of policies: a pool, its visitors, its fees and lessons, as they changed. See the folder `pool`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

POOL: Final = Path(__file__).parent / "pool"

TOWNSMAN: Final = {"birth_date": "1980-05-01", "lives_in_town": True, "courses": []}
SWIMMER: Final = {
    "birth_date": "1980-05-01",
    "lives_in_town": False,
    "courses": [
        {"stroke": "crawl", "start": "2021-01-04", "end": "2021-03-26", "hours_per_week": 2, "passed": True},
        {"stroke": "breast", "start": "2022-01-10", "end": None, "hours_per_week": 1},
    ],
}


def copy_of_pool(folder: Path) -> Path:
    """A copy of the policies to change."""
    return Path(shutil.copytree(POOL, folder / "pool"))


def change(file: Path, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")
