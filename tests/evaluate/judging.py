"""What random cases are tried for: the evaluators and the plain reading say the same, and what is said holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from agreeing import evaluated
from knowing import keeps
from reference import Reference
from reference_values import plain

from policy.evaluate import Frame
from policy.model.values import Fault
from random_profiles import Drawn
from reaching import holds
from small_policies import shown
from worlds import World


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


def broken_promises(world: World, few: Drawn, complete: Drawn) -> Iterator[str]:
    """Each node that takes back what it gave for fewer facts, or comes out otherwise than was said to be possible.

    Outcomes that cannot be worked out are left out: not each of them is foreseen.
    """
    before = world.evaluate(few)
    reach = world.program.bound(few.facts, few.answers, world.today)
    after = world.evaluate(complete)
    for number in world.graph.order:
        op, known, value = world.graph.nodes[number].op, before.value(number), after.value(number)
        if not keeps(known, value):
            yield f"node {number}, {op}: {shown(known)} became {shown(value)}"
        if not keeps(known, reach.value(number)):
            yield f"node {number}, {op}: {shown(known)} is not what its bounds say"
        if not isinstance(value, Fault) and not holds(reach.reach(number), value):
            yield f"node {number}, {op}: {shown(value)} lies outside its bounds"
