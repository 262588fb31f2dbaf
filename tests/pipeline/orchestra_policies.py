"""A made-up set of policies: seats in an orchestra, and deposits, with law that speaks of other days."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

ORCHESTRA: Final = Path(__file__).parent / "orchestra"

PLAYER: Final[dict[str, Any]] = {
    "birth_date": "1994-06-15",
    "engagements": [{"start": "2022-01-01", "end": None, "hours_per_week": 10}],
    "invited_on": "2024-02-01",
    "applied_on": "2024-07-01",
    "seated_on": None,
    "household": 3,
    "answers": {"seats.good_ear": True},
}
