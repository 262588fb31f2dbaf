"""What a cell of a table accepts."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Literal

from policy.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Matcher:
    """What a cell accepts: anything, one value, or a range with open ends; `below` leaves the upper end out."""

    kind: Literal["any", "value", "range"]
    value: Hashable = None
    low: Hashable = None
    high: Hashable = None
    below: bool = False

    def accepts(self, value: Any) -> bool:
        """Whether a known value is in the cell."""
        if self.kind == "any":
            return True
        if self.kind == "value":
            return bool(value == self.value)
        if self.low is not None and value < self.low:
            return False
        if self.high is None:
            return True
        return bool(value < self.high if self.below else value <= self.high)
