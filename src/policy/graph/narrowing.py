"""A part of a graph: some of its outcomes, and all that they need."""

from __future__ import annotations

from collections.abc import Collection

from policy.frozen import replace
from policy.graph.arrange import needed
from policy.graph.nodes import Body, Graph, MemberOf, Node


def narrowed(graph: Graph, only: Collection[str | None]) -> Graph:
    """The graph of some outcomes alone. What they need stands in the same bodies and the same order."""
    wanted = {name: number for name, number in graph.named.items() if name in only}
    kept = sorted(needed(graph.nodes, wanted.values()))
    place = {number: at for at, number in enumerate(kept)}
    nodes = tuple(_placed(graph.nodes[number], place) for number in kept)
    order = tuple(place[number] for number in graph.order if number in place)
    return Graph(nodes, order, {name: place[number] for name, number in wanted.items()}, graph.about)


def _placed(node: Node, place: dict[int, int]) -> Node:
    """A node whose numbers are places among the nodes that are kept."""
    body = node.body
    if body is not None:
        nodes = tuple(place[number] for number in body.nodes if number in place)
        body = Body(place[body.parameter], nodes, place[body.result])
    value = replace(node.value, list=place[node.value.list]) if isinstance(node.value, MemberOf) else node.value
    return Node(node.op, tuple(place[argument] for argument in node.args), value, node.type, body)
