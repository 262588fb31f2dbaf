"""What the outcomes of a graph rest on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from policy.graph.arrange import needed
from policy.graph.nodes import Asked, Graph


class OtherRules(Protocol):
    """What knows which facts rules read by the law of other days."""

    def facts(self, asked: Asked) -> frozenset[str]:
        """The facts that a rule may read by the law of any day."""
        ...


def facts_read(graph: Graph, names: Iterable[str], elsewhere: OtherRules | None = None) -> frozenset[str]:
    """The facts that these outcomes may read, by their keys in a profile: inputs, and answers to open questions."""
    read: set[str] = set()
    for number in needed(graph.nodes, (graph.named[name] for name in names)):
        node = graph.nodes[number]
        if node.op == "input":
            read.add(str(node.value))
        elif node.op == "question":
            read.add(f"answers.{node.value}")
        elif node.op == "at" and isinstance(node.value, Asked) and elsewhere is not None:
            read |= elsewhere.facts(node.value)
    return frozenset(read)


def assumed_in(graph: Graph, name: str) -> tuple[str, ...]:
    """The assumptions that an outcome rests on, by full name."""
    found = (graph.nodes[number] for number in sorted(needed(graph.nodes, [graph.named[name]])))
    return tuple(str(node.value) for node in found if node.op == "assumed")
