"""Rules by the law of another day, in explanations: what is asked, and the evaluation that answered it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from policy.evaluate import Evaluation, Frame
from policy.evaluate.elsewhere import OtherDays
from policy.explain.context import Context
from policy.graph import Asked, Graph, Node
from policy.model.values import Fault


@dataclass(frozen=True, slots=True)
class Answered:
    """What the rules of another day said: the day, their evaluation, and what its explanation needs to know."""

    day: date
    evaluation: Evaluation
    context: Context

    @property
    def number(self) -> int:
        """The node of what was asked."""
        (number,) = self.context.graph.named.values()
        return number


def asked_of(node: Node) -> Asked:
    """What a node asks of the rules of another day."""
    assert isinstance(node.value, Asked)
    return node.value


def day_of(node: Node, frame: Frame) -> date | None:
    """The day on which a node asks, if it is known."""
    day = frame.value(node.args[1])
    return day if isinstance(day, date) and not isinstance(day, datetime) else None


def answered(node: Node, frame: Frame, context: Context) -> Answered | Fault | None:
    """The answer of another day; the fault that it was not in force; None when the day is not known."""
    others, day = frame.value(node.args[0]), day_of(node, frame)
    if day is None or not isinstance(others, OtherDays) or context.elsewhere is None:
        return None
    asked = asked_of(node)
    found = others.seen(asked, day, tuple(frame.reach(argument) for argument in node.args[2:]))
    return found if isinstance(found, Fault) else Answered(day, found, context.elsewhere.context(asked, day))


def suppositions(node: Node) -> dict[str, int]:
    """The nodes of the values that another day is to take for granted, by the full names of what they are for."""
    return dict(zip(asked_of(node).assumed, node.args[2:], strict=True))


def label_of(graph: Graph, name: str, language: str) -> str:
    """What is asked of another day, or set for it, as it is called here."""
    about = graph.about.get(name)
    return name if about is None else about.label.get(language)
