"""Which nodes depend on which others alone: when such a node is not an ordinary value, all that follows is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from policy.evaluate.layout import origin
from policy.graph import Graph


class Needs:
    """What each node of a graph needs: the values that it is worked out from, constants and mere names aside."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._found: dict[int, frozenset[int]] = {}

    def of(self, number: int) -> frozenset[int]:
        """The nodes that a node needs; for one with a body also what the body needs from outside it."""
        if number not in self._found:
            node = self.graph.nodes[number]
            found = {origin(self.graph, argument) for argument in node.args}
            if node.body is not None:
                inner = [n for n in node.body.nodes if self.graph.nodes[n].op != "definition"]
                found |= {origin(self.graph, node.body.result)}.union(*map(self.of, inner))
                found -= {*node.body.nodes, node.body.parameter}
            self._found[number] = frozenset(n for n in found if self.graph.nodes[n].op != "const")
        return self._found[number]


class Regions:
    """The nodes of one frame that are worked out, and for each the last one that all it depends on goes through.

    What stands outside the frame, and what depends on nothing but the day (`settled`), is always there and is not
    counted. A body has the member that it is run for (`given`).
    """

    def __init__(self, needs: Needs, order: Sequence[int], given: int | None = None) -> None:
        nodes = needs.graph.nodes
        worked = [number for number in order if nodes[number].op not in {"const", "definition", "assessed_on"}]
        self._above: dict[int, int] = {}
        self._depth: dict[int, int] = {-1: 0}
        if given is not None:
            self._put(given, -1)
        settled: list[int] = []
        for number in worked:
            found = [need for need in needs.of(number) if need in self._depth]
            leaf = not nodes[number].args and nodes[number].body is None
            if found or leaf or given is not None:
                self._put(number, self._meeting(found))
            else:
                settled.append(number)
        self.settled = tuple(settled)
        self.order = tuple(number for number in worked if number in self._depth)

    def _put(self, number: int, above: int) -> None:
        self._above[number] = above
        self._depth[number] = self._depth[above] + 1

    def _meeting(self, nodes: Sequence[int]) -> int:
        """The last node that all of these go through; -1 when there is none."""
        if not nodes:
            return -1
        one, *others = nodes
        for other in others:
            while one != other:
                if self._depth[one] < self._depth[other]:
                    one, other = other, one
                one = self._above[one]
        return one

    @cached_property
    def _below(self) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = {}
        for number, above in self._above.items():
            found.setdefault(above, []).append(number)
        return found

    def size(self, number: int) -> int:
        """How many nodes depend on a node alone, counted up to two."""
        below = self._below.get(number, ())
        return 2 if len(below) > 1 or any(one in self._below for one in below) else len(below)

    def under(self, number: int) -> list[int]:
        """All nodes that depend on a node alone, in order."""
        found: list[int] = []
        pending = list(self._below.get(number, ()))
        while pending:
            found.append(pending.pop())
            pending += self._below.get(found[-1], ())
        return sorted(found)
