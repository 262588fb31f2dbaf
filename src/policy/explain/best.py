"""Which members of `sum of the 2 greatest` add to it, and which are those `with most`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from policy.evaluate import Frame
from policy.explain.members import ordinary, unknown
from policy.explain.phrases import Speaker
from policy.explain.report import State, Step
from policy.frozen import replace
from policy.graph import Best, Node
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Listing, items_of

BEST: Final = frozenset({"sum_greatest", "sum_least"})
"""Operations on members written out."""

BEST_IN: Final = frozenset({"sum_greatest_in", "sum_least_in"})
"""Operations on lists."""


def ranked(speaker: Speaker, node: Node, frame: Frame, steps: Sequence[Step]) -> list[Step]:
    """The lines of members, each that adds nothing to the sum marked so; the last lines are those of the members.

    Nothing is said where not all are known: then more than one outcome is possible.
    """
    assert isinstance(node.value, Best)
    values: list[Any]
    if node.op in BEST:
        values = [frame.value(argument) for argument in node.args]
    else:
        held = frame.value(node.args[0])
        values = list(held) if isinstance(held, tuple) else [UNKNOWN]
    places = [i for i, value in enumerate(values) if value is not NOT_APPLICABLE]
    if len(values) > len(steps) or any(unknown(values[i]) or not ordinary(values[i]) for i in places):
        return list(steps)
    most = node.op.startswith("sum_greatest")
    beyond = sorted(places, key=lambda i: values[i], reverse=most)[node.value.count :]
    alone = "" if node.value.count > 1 else " alone"
    reason = speaker.say(f"not {'greatest' if most else 'least'}{alone}", n=node.value.count)
    first = len(steps) - len(values)
    return [
        replace(step, state=State.NOT_COUNTED, details=(reason, *step.details)) if i - first in beyond else step
        for i, step in enumerate(steps)
    ]


def place_among(speaker: Speaker, node: Node, member: object, chosen: object) -> tuple[str, ...]:
    """Whether a member is the one with the most, or the least; nothing for one that is not."""
    if not isinstance(chosen, (tuple, Listing)):
        return ()
    items, certain = items_of(chosen)
    here = [sure for item, sure in zip(items, certain, strict=True) if item is member]
    if not here:
        return ()
    what = speaker.say("the most" if node.op == "most" else "the least")
    if sum(certain) > 1 and here[0]:
        what = f"{what}, {speaker.say('tied')}"
    return (what if here[0] else speaker.say("perhaps", what=what),)
