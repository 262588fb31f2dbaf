"""Evaluating both ways, node by node and by generated code, which must give the very same values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from policy.evaluate import Evaluation, Frame, Program
from policy.model.values import Listing, MapValue, Part, Record
from small_policies import shown


def evaluated(
    program: Program, facts: Mapping[str, object], answers: Mapping[str, object], assessed_on: date | None
) -> Evaluation:
    """The values by generated code, found to be those that come node by node."""
    fast = Evaluation(program.general.layout, program.fast(facts, answers, assessed_on))
    assert list(differences(fast, program.evaluate_plainly(facts, answers, assessed_on))) == []
    return fast


def differences(one: Frame, other: Frame) -> Iterator[str]:
    """Each node that has one value in one frame and another in the other, in the bodies too."""
    for number in one.order:
        if not identical(one.value(number), other.value(number)):
            node = one.graph.nodes[number]
            yield f"node {number}, {node.op}: {shown(one.value(number))}, not {shown(other.value(number))}"
        if one.graph.nodes[number].body is not None:
            for below, beside in zip(one.frames(number), other.frames(number), strict=True):
                yield from differences(below, beside)


def identical(one: object, other: object) -> bool:
    """Whether two values are of one type and equal in every part."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    match one, other:
        case tuple(), tuple():
            return len(one) == len(other) and all(map(identical, one, other))
        case Listing(), Listing():
            return one.certain == other.certain and one.fault == other.fault and identical(one.items, other.items)
        case MapValue(), MapValue():
            return identical_fields(one.values, other.values)
        case Part(), Part() if one.reach != other.reach or not identical(one.whole, other.whole):
            return False
        case Record(), Record():
            return one.type == other.type and one.path == other.path and identical_fields(one.fields, other.fields)
        case _:
            return one == other


def identical_fields(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two mappings have the same keys in the same order, with identical values."""
    return list(one) == list(other) and all(identical(held, other[name]) for name, held in one.items())
