"""The generated code and a second, plain reading of the same graph agree at every node, in every body."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import disagreements

from worlds import random_world, shipped_days, shipped_world


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_random_policies_are_read_alike(seed: int) -> None:
    assert list(disagreements(random_world(seed), profiles=5)) == []


@pytest.mark.parametrize("day", shipped_days(), ids=str)
def test_the_shipped_policies_are_read_alike(day: date) -> None:
    assert list(disagreements(shipped_world(day, seed=day.toordinal()), profiles=2)) == []
