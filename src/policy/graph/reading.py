"""What the outcomes of a graph rest on."""

from __future__ import annotations

from collections.abc import Iterable

from policy.graph.arrange import needed
from policy.graph.nodes import Graph


def facts_read(graph: Graph, names: Iterable[str]) -> frozenset[str]:
    """The facts that these outcomes may read, by their keys in a profile: inputs, and answers to open questions."""
    found = (graph.nodes[number] for number in needed(graph.nodes, (graph.named[name] for name in names)))
    keys = {"input": "{}", "question": "answers.{}"}
    return frozenset(keys[node.op].format(node.value) for node in found if node.op in keys)


def assumed_in(graph: Graph, name: str) -> tuple[str, ...]:
    """The assumptions that an outcome rests on, by full name."""
    found = (graph.nodes[number] for number in sorted(needed(graph.nodes, [graph.named[name]])))
    return tuple(str(node.value) for node in found if node.op == "assumed")
