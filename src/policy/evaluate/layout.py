"""Where the values of a graph stand: one flat row of them for the whole graph, and one for each member of a list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from policy.graph import Graph


def origin(graph: Graph, number: int) -> int:
    """The node whose value a node has: itself, or what it names if it is a definition."""
    while graph.nodes[number].op == "definition":
        number = graph.nodes[number].args[0]
    return number


class Layout:
    """The places of one frame's values in its row.

    A row holds the values of the nodes in `kept`, in order, then for each list node in `walks` the rows of its body,
    one for each member. What is written in the graph (constants) has no place, and what only names another node
    (definitions) has the place of that one.
    """

    def __init__(self, graph: Graph, order: tuple[int, ...], bodies: dict[int, Layout]) -> None:
        self.graph = graph
        self.order = order
        self._bodies = bodies
        self.kept = tuple(number for number in order if graph.nodes[number].op not in {"const", "definition"})
        self.walks = tuple(number for number in order if graph.nodes[number].body is not None)

    @cached_property
    def inside(self) -> frozenset[int]:
        """The nodes of this frame."""
        return frozenset(self.order)

    @cached_property
    def place(self) -> Mapping[int, int]:
        """Where in the row the value of a node is."""
        return {number: at for at, number in enumerate(self.kept)}

    @cached_property
    def rows(self) -> Mapping[int, int]:
        """Where in the row the rows of a list node are."""
        return {number: at for at, number in enumerate(self.walks, start=len(self.kept))}

    def within(self, number: int) -> Layout:
        """The layout of the body that a list node runs."""
        if number not in self._bodies:
            body = self.graph.nodes[number].body
            assert body is not None
            self._bodies[number] = Layout(self.graph, body.nodes, self._bodies)
        return self._bodies[number]


def layout_of(graph: Graph) -> Layout:
    """The layout of a whole graph."""
    return Layout(graph, graph.order, {})
