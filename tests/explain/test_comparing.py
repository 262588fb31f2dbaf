"""Comparisons and ranges are said by the same patterns in explanations and on pages."""

from __future__ import annotations

import pytest

from policy.explain.comparing import comparison_pattern, range_pattern
from policy.explain.words import say
from policy.model.types import Date, Moment, Number, OptionalOf, Type


@pytest.mark.parametrize(
    ("operation", "left", "pattern"),
    [
        ("ge", Number("hours"), "at least"),
        ("ge", Date(), "on or after"),
        ("lt", OptionalOf(Moment()), "before"),
        ("length_lt", Date(), "less than"),
    ],
)
def test_amounts_and_days_are_compared_in_their_own_words(operation: str, left: Type, pattern: str) -> None:
    assert comparison_pattern(operation, left) == pattern


@pytest.mark.parametrize(
    ("low", "high", "below", "english", "french"),
    [
        (None, 17, False, "up to 17", "jusqu’à 17"),
        (None, 17, True, "less than 17", "moins de 17"),
        (18, None, False, "18 or more", "18 ou plus"),
        (18, 34, False, "18 to 34", "18 à 34"),
        (18, 34, True, "18 to less than 34", "18 à moins de 34"),
    ],
)
def test_a_range_says_whether_its_end_is_in_it(
    low: int | None, high: int | None, below: bool, english: str, french: str
) -> None:
    pattern = range_pattern(low, high, below)
    parts = {"low": low, "high": high, "value": high if low is None else low}
    assert say(pattern, "en", **parts) == english
    assert say(pattern, "fr", **parts) == french
