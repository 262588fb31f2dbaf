"""The generated code and a second, plain reading of the same graph agree at every node, in every body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

import pytest
from agreeing import evaluated
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import Reference
from reference_values import plain

from policy.evaluate import Frame
from small_policies import shown
from worlds import World, random_world, shipped_days, shipped_world


def disagreements(world: World, profiles: int) -> Iterator[str]:
    """Each node of which the two say different things."""
    for drawn in islice(world.profiles(), profiles):
        for one in drawn:
            reference = Reference(world.graph, world.drawer.catalog, one.facts, one.answers, world.today)
            yield from within(evaluated(world.program, one.facts, one.answers, world.today), reference, {})


def within(frame: Frame, reference: Reference, members: Mapping[int, object]) -> Iterator[str]:
    """The disagreements of a frame and of the frames inside it."""
    for number in frame.order:
        node = frame.graph.nodes[number]
        if plain(frame.value(number)) != plain(reference.value(number, members)):
            yield f"node {number}, {node.op}: {shown(frame.value(number))}"
            return
        inner = list(frame.frames(number))
        if node.body is None or not inner:
            continue
        walked = reference.value(node.args[0], members).items
        for below, member in zip(inner, walked, strict=True):
            yield from within(below, reference, {**members, node.body.parameter: member})


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_random_policies_are_read_alike(seed: int) -> None:
    assert list(disagreements(random_world(seed), profiles=5)) == []


@pytest.mark.parametrize("day", shipped_days(), ids=str)
def test_the_shipped_policies_are_read_alike(day: date) -> None:
    assert list(disagreements(shipped_world(day, seed=day.toordinal()), profiles=2)) == []
