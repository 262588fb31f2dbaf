"""Tables laid out so that known keys find their output by counting: a flat tuple, and what each key adds to the place.

Only for tables of moderate size whose keys are words, yes or no, or numbers; the others are looked up row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor, lcm, prod
from typing import Any, Final

from policy.evaluate.kinds import NUMBERS, Kinds, outputs_of, values_of
from policy.evaluate.layout import origin
from policy.evaluate.operations import NO_ROW, SEVERAL_ROWS, exact
from policy.frozen import dataclass
from policy.graph import Graph, Grid
from policy.graph.grids import Column
from policy.model.values import Fault

LARGEST: Final = 4096
"""How many places a table may have."""

FINEST: Final = 12
"""Into how many parts the bounds of a table may cut a unit."""


@dataclass(frozen=True, slots=True)
class Words:
    """What each word adds to the place, and what any other word does; None when there are no others."""

    argument: int
    places: Mapping[object, int]
    otherwise: int | None


@dataclass(frozen=True, slots=True)
class Steps:
    """Places for the numbers from `low` to `high`, counted in steps.

    All below are as the first, all above as the last, unless there are none (`closed`). With a `scale`, a step is half
    of one part in so many, so that what lies between two parts has a place of its own.
    """

    argument: int
    low: int
    high: int
    stride: int
    scale: int | None
    closed: bool


@dataclass(frozen=True, slots=True)
class Lookup:
    """A table laid out. `cells` holds the outputs or, when they are not all constants, which of them it is."""

    keys: tuple[Words | Steps, ...]
    cells: tuple[object, ...]
    constant: bool

    @property
    def gapless(self) -> bool:
        """Whether every key hits exactly one row."""
        return not any(isinstance(cell, Fault) for cell in self.cells)


def scales(graph: Graph, kinds: Kinds) -> Mapping[int, int]:
    """Into how many parts a unit is cut for each number that is a key of tables: enough for all their bounds."""
    found: dict[int, int] = {}
    for node in graph.nodes:
        if isinstance(node.value, Grid):
            for argument, column in zip(node.args, node.value.columns, strict=False):
                key = origin(graph, argument)
                if kinds[key] == "number":
                    ends = [Fraction(end) for end in (*column.ends, *column.words)]
                    found[key] = lcm(found.get(key, 1), *(end.denominator for end in ends))
    return found


def lookup(graph: Graph, kinds: Kinds, scaled: Mapping[int, int], number: int) -> Lookup | None:
    """How a table is laid out; None when it is not. `scaled` are the scales of all keys."""
    node = graph.nodes[number]
    grid = node.value
    assert isinstance(grid, Grid)
    rows = (1 << len(grid.cells)) - 1
    axes: list[tuple[int, list[int], _Axis]] = []
    for argument, column, domain in zip(node.args, grid.columns, grid.domains, strict=False):
        key = graph.nodes[origin(graph, argument)]
        if key.op == "const":
            rows &= column.hits(key.value)
            continue
        if not column.words and not column.ends:
            rows &= column.anyway
            continue
        # What a test of the key makes sure of is the range of its own type: only there is no need to look beyond it.
        values = values_of(key.type) if values_of(key.type) == values_of(domain) else ()
        axis = _axis(column, kinds[argument], values, scaled.get(origin(graph, argument), 1))
        if axis is None:
            return None
        axes.append((argument, axis.hits(column), axis))
    sizes = [len(hits) for _, hits, _ in axes]
    if prod(sizes) > LARGEST:
        return None
    outputs = [graph.nodes[origin(graph, output)] for output in outputs_of(node)]
    constant = all(output.op == "const" for output in outputs)
    chosen: Sequence[object] = [output.value for output in outputs] if constant else range(len(outputs))
    cells = tuple(_cell(_both(rows, hits), chosen) for hits in product(*(hits for _, hits, _ in axes)))
    keys = tuple(axis.key(argument, prod(sizes[i + 1 :])) for i, (argument, _, axis) in enumerate(axes))
    return Lookup(keys, cells, constant)


def _both(rows: int, hits: Sequence[int]) -> int:
    for hit in hits:
        rows &= hit
    return rows


def _cell(rows: int, outputs: Sequence[object]) -> object:
    """The output of the one row that is hit."""
    if rows == 0:
        return NO_ROW
    return SEVERAL_ROWS if rows & (rows - 1) else outputs[rows.bit_length() - 1]


@dataclass(frozen=True, slots=True)
class _Axis:
    """The values of a key that a table tells apart: words, perhaps one more for all others; or numbers in steps."""

    words: tuple[object, ...] = ()
    others: bool = False
    low: int = 0
    high: int = 0
    scale: int | None = None
    closed: bool = False

    def hits(self, column: Column) -> list[int]:
        """The rows that each of the values hits."""
        if self.words:
            return [column.hits(word) for word in self.words] + [column.anyway] * self.others
        parts = 1 if self.scale is None else 2 * self.scale
        ends: list[Any] = [exact(end * parts) for end in column.ends]
        words = {number * parts: rows for number, rows in column.words.items() if isinstance(number, (int, Fraction))}
        found = []
        at = 0
        for step in range(self.low, self.high + 1):
            while at < len(ends) and ends[at] < step:
                at += 1
            on_end = at < len(ends) and ends[at] == step
            found.append(column.anyway | column.stretches[2 * at + on_end] | words.get(step, 0))
        return found

    def key(self, argument: int, stride: int) -> Words | Steps:
        if self.words:
            places = {word: i * stride for i, word in enumerate(self.words)}
            return Words(argument, places, len(self.words) * stride if self.others else None)
        return Steps(argument, self.low, self.high, stride, self.scale, self.closed)


def _axis(column: Column, kind: str, values: tuple[Any, ...], scale: int) -> _Axis | None:
    """The values that a column tells apart. `values` are all that the key can be, if they are but a few."""
    if kind in {"word", "yes_no"} and not column.ends:
        return _Axis(words=values or tuple(column.words), others=not values)
    if kind not in NUMBERS:
        return None
    ends = [Fraction(end) for end in (*column.ends, *column.words)]
    if kind == "whole" and values:
        return _Axis(low=min(values), high=max(values), closed=True)
    if kind == "whole":
        return _Axis(low=floor(min(ends)) - 1, high=ceil(max(ends)) + 1)
    if scale > FINEST:
        return None
    return _Axis(low=floor(min(ends) * 2 * scale) - 1, high=ceil(max(ends) * 2 * scale) + 1, scale=scale)
