"""From the nodes that were made to a graph: what nothing needs is left out, and every body is given its nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from policy.frozen import replace
from policy.graph.nodes import Body, Graph, MemberOf, Named, Node

Free: TypeAlias = Sequence[frozenset[int]]
"""For each node, the members that it depends on."""


def arrange(nodes: Sequence[Node], free: Free, named: Mapping[str, int], about: Mapping[str, Named]) -> Graph:
    """The graph of what the named nodes need, numbered anew, children before their parents."""
    kept = sorted(needed(nodes, named.values()))
    new = {old: i for i, old in enumerate(kept)}
    made = []
    for old in kept:
        node = nodes[old]
        body = None
        if node.body is not None:
            inside = tuple(new[n] for n in _inside(nodes, free, node.body))
            body = Body(new[node.body.parameter], inside, new[node.body.result])
        value = node.value
        if isinstance(value, MemberOf):
            value = replace(value, list=new[value.list])
        made.append(replace(node, args=tuple(new[arg] for arg in node.args), value=value, body=body))
    order = tuple(new[old] for old in kept if not free[old])
    return Graph(tuple(made), order, {name: new[number] for name, number in named.items()}, dict(about))


def needed(nodes: Sequence[Node], wanted: Iterable[int]) -> set[int]:
    """The nodes that these are made of, themselves included."""
    needed: set[int] = set()
    pending = list(wanted)
    while pending:
        number = pending.pop()
        if number not in needed:
            needed.add(number)
            node = nodes[number]
            pending += node.args
            if node.body is not None:
                pending += (node.body.parameter, node.body.result)
    return needed


def _inside(nodes: Sequence[Node], free: Free, body: Body) -> list[int]:
    """The nodes that stand in a body: they depend on its member, and on no member of a body further inside."""
    reached: set[int] = set()
    further: set[int] = set()
    pending = [body.result]
    while pending:
        number = pending.pop()
        if number in reached or body.parameter not in free[number]:
            continue
        reached.add(number)
        node = nodes[number]
        pending += node.args
        if node.body is not None:
            further.add(node.body.parameter)
            pending.append(node.body.result)
    return sorted(n for n in reached if n != body.parameter and free[n].isdisjoint(further))
