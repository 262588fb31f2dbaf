"""What is the same for every profile, worked out once: the lists that rules draw from datasets."""

from __future__ import annotations

from typing import Final

from policy.evaluate.general import General, Part
from policy.graph import Graph, Node
from policy.graph.arrange import arrange
from policy.model.catalog import Catalog
from policy.model.types import ListOf, without_none
from policy.model.values import FixedList

FROM_OUTSIDE: Final = frozenset({"input", "assumed", "elsewhere", "assessed_on", "question", "member"})
"""Operations whose values differ from profile to profile, or from member to member."""


def beforehand(graph: Graph, catalog: Catalog) -> Graph:
    """The graph with each list that depends on no profile as a constant, ready to be looked up."""
    if not any(node.op == "const" and isinstance(node.value, tuple) for node in graph.nodes):
        return graph
    fixed = _fixed(graph)
    lists = tuple(number for number in graph.order if number in fixed and _makes_list(graph.nodes[number]))
    part = Part(tuple(number for number in graph.order if number in fixed), (), lists)
    found = dict(zip(lists, General(graph, catalog).part(part)((), {}), strict=True))
    nodes = [
        Node("const", (), FixedList(value), node.type) if isinstance(value := found.get(number), tuple) else node
        for number, node in enumerate(graph.nodes)
    ]
    return arrange(nodes, _free(nodes), graph.named, graph.about)


def _makes_list(node: Node) -> bool:
    """Whether a node makes a list of its own."""
    return isinstance(without_none(node.type), ListOf) and node.op not in {"const", "definition"}


def _fixed(graph: Graph) -> frozenset[int]:
    """The nodes that depend on nothing from outside."""
    outside: dict[int, frozenset[int]] = {}
    for number, node in enumerate(graph.nodes):
        found = frozenset({number}) if node.op in FROM_OUTSIDE else frozenset[int]()
        found = found.union(*(outside[argument] for argument in node.args))
        if node.body is not None:
            found |= outside[node.body.result] - {node.body.parameter}
        outside[number] = found
    return frozenset(number for number, found in outside.items() if not found)


def _free(nodes: list[Node]) -> list[frozenset[int]]:
    """For each node, the members that it depends on."""
    free: list[frozenset[int]] = []
    for number, node in enumerate(nodes):
        found = frozenset({number}) if node.op == "member" else frozenset[int]()
        found = found.union(*(free[argument] for argument in node.args))
        if node.body is not None:
            found |= free[node.body.result] - {node.body.parameter}
        free.append(found)
    return free
