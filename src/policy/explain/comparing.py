"""Which pattern says a comparison or a range: of explanations, where values are known, and of pages, where none is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policy.model.types import Date, Moment, Type, without_none

COMPARED: Final[Mapping[str, tuple[str, str]]] = {
    "ge": ("at least", "on or after"),
    "le": ("at most", "on or before"),
    "gt": ("more than", "after"),
    "lt": ("less than", "before"),
    "length_ge": ("at least", "at least"),
    "length_lt": ("less than", "less than"),
}
"""What is said of amounts, and of days."""


def comparison_pattern(operation: str, left: Type) -> str:
    """The pattern for what something of a type must be: `at least` of amounts is `on or after` of days."""
    return COMPARED[operation][isinstance(without_none(left), (Date, Moment))]


def range_pattern(low: object, high: object, below: bool) -> str:
    """The pattern for a range with these ends, None where it is open."""
    if low is None:
        return "below only" if below else "up to"
    if high is None:
        return "from"
    return "below" if below else "range"
