"""What is known for a partial profile stays known, whatever the missing facts turn out to be, and nothing raises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from knowing import keeps

from policy.evaluate import Evaluation
from policy.model.values import UNKNOWN
from small_policies import shown
from worlds import World, random_world, shipped_days, shipped_world


def broken(world: World, profiles: int) -> Iterator[str]:
    """Each node that takes back something it gave for a profile with fewer facts."""
    for few, more, complete in islice(world.profiles(), profiles):
        at_first, later, in_the_end = (world.evaluate(drawn) for drawn in (few, more, complete))
        yield from taken_back(at_first, in_the_end)
        yield from taken_back(later, in_the_end)


def taken_back(before: Evaluation, after: Evaluation) -> Iterator[str]:
    for number in before.order:
        if not keeps(before.value(number), after.value(number)):
            node = before.graph.nodes[number]
            yield f"node {number}, {node.op}: {shown(before.value(number))} became {shown(after.value(number))}"


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_what_a_random_policy_knows_stays_known(seed: int) -> None:
    assert list(broken(random_world(seed), profiles=10)) == []


@pytest.mark.parametrize("day", shipped_days(), ids=str)
def test_what_the_shipped_policies_know_stays_known(day: date) -> None:
    assert list(broken(shipped_world(day, seed=day.toordinal()), profiles=5)) == []


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
@example(100157)
def test_bounds_know_all_that_is_known_without_them(seed: int) -> None:
    world = random_world(seed)
    for few, more, _ in islice(world.profiles(), 5):
        for drawn in (few, more):
            exact = world.evaluate(drawn)
            bound = world.program.bound(drawn.facts, drawn.answers, world.today)
            for number in exact.order:
                assert keeps(exact.value(number), bound.value(number)), (number, world.graph.nodes[number])


def test_a_good_part_of_what_is_asked_is_known_and_a_good_part_is_not() -> None:
    """Otherwise the properties above would say little."""
    known, unknown = 0, 0
    for seed in range(10):
        world = random_world(seed)
        for few, _, _ in islice(world.profiles(), 10):
            values = world.evaluate(few)
            found = [values.outcome(name) for name in world.graph.named]
            unknown += sum(value is UNKNOWN for value in found)
            known += sum(value is not UNKNOWN for value in found)
    assert 0.2 < unknown / (known + unknown) < 0.8
