"""What else holds when a condition is taken to hold: the guards that rules write are seen through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policy.evaluate.possible import NONE, Could, could, settled
from policy.graph import Graph

Value = Callable[[int], object]


def consequences(graph: Graph, number: int, holds: bool, value: Value) -> dict[int, object]:
    """The values that nodes have when a yes/no node is taken to be yes, or no.

    Only what follows for sure is given: the members of a conjunction that holds, the absence that was tested for, the
    word that something was found to be. `value` gives what is known of a node without the assumption.
    """
    found: dict[int, object] = {}
    pending = [(number, holds)]
    while pending:
        current, truth = pending.pop()
        if current in found:
            continue
        found[current] = truth
        node = graph.nodes[current]
        match node.op:
            case "definition":
                pending.append((node.args[0], truth))
            case "not":
                pending.append((node.args[0], not truth))
            case "and" if truth:
                pending += [(member, True) for member in node.args]
            case "or" if not truth:
                pending += [(member, False) for member in node.args]
            case "is" | "is_not" if truth is (node.op == "is"):
                found |= _equal(node.args, value)
            case "is_none" | "is_given":
                found |= _presence(node.args[0], truth is (node.op == "is_none"), value)
            case _:
                pass
    return found


def _equal(args: tuple[int, ...], value: Value) -> dict[int, object]:
    """Two nodes found equal: what is known of one is true of the other."""
    one, other = (value(arg) for arg in args)
    if isinstance(one, Could) and not isinstance(other, Could):
        return {args[0]: other}
    if isinstance(other, Could) and not isinstance(one, Could):
        return {args[1]: one}
    return {}


def _presence(argument: int, absent: bool, value: Value) -> dict[int, object]:
    """Something found to be none, or to be given."""
    held: Any = value(argument)
    if not isinstance(held, Could):
        return {}
    if absent:
        return {argument: None}
    one = could(held)
    return {argument: settled(Could(one.low, one.high, one.words, one.specials - {NONE}, one.fault))}
