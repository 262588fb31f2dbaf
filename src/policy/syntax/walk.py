"""Going through trees: the nodes below a node, and whether two trees read the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Final, TypeVar, overload

from policy.text import Source, Span

T = TypeVar("T")

PARTS: Final[dict[type, tuple[str, ...]]] = {}
"""What `_parts` has found for each type, since every tree asks for the same few."""


@overload
def walk(node: object) -> Iterator[object]: ...
@overload
def walk(node: object, *kinds: type[T]) -> Iterator[T]: ...
def walk(node: object, *kinds: type[Any]) -> Iterator[Any]:
    """A node and every node below it, a node before what it holds; with `kinds`, only nodes of these."""
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, tuple):
            pending += reversed(current)
        elif parts := _parts(type(current)):
            if not kinds or isinstance(current, kinds):
                yield current
            pending += [getattr(current, name) for name in reversed(parts)]


def children(node: object) -> Iterator[object]:
    """The nodes right below a node, in the order in which it holds them."""
    pending = [getattr(node, name) for name in reversed(_parts(type(node)))]
    while pending:
        current = pending.pop()
        if isinstance(current, tuple):
            pending += reversed(current)
        elif is_node(current):
            yield current


def same_shape(one: object, other: object) -> bool:
    """Whether two trees say the same, wherever they stand: everything but places is compared."""
    pending: list[tuple[object, object]] = [(one, other)]
    while pending:
        a, b = pending.pop()
        if type(a) is not type(b):
            return False
        if isinstance(a, tuple) and isinstance(b, tuple):
            if len(a) != len(b):
                return False
            pending += zip(a, b, strict=True)
        elif is_node(a):
            pending += ((getattr(a, name), getattr(b, name)) for name in _parts(type(a)))
        elif not isinstance(a, Span | Source) and a != b:
            return False
    return True


def is_node(value: object) -> bool:
    """Whether a value is a node of a tree, not a place in a text nor a plain value."""
    return bool(_parts(type(value)))


def _parts(kind: type) -> tuple[str, ...]:
    """The names of what a node of a kind holds beside its place; none for what is no node."""
    known = PARTS.get(kind)
    if known is None:
        node = is_dataclass(kind) and not issubclass(kind, Span | Source)
        known = PARTS[kind] = tuple(field.name for field in fields(kind) if field.name != "span") if node else ()
    return known
