"""Whether exactly one row of a table is hit, whatever its keys are: what no row takes, and what two rows take.

Each row is a box: for each key, the stretches of it that its cell accepts. Two boxes that share a stretch of every key
overlap. If none do, their sizes add up to that of everything there is, or something is left out; and what is left out
is found stretch by stretch, where too little is taken. So the work grows with the rows, and not with all that the keys
can be together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Final, TypeAlias

from policy.check.axes import Axis

MOST_GAPS: Final = 3
"""How many gaps of one table are told at once."""

MOST_OVERLAPS: Final = 12
"""How many pairs of rows that overlap are told at once."""

Box: TypeAlias = tuple[int, ...]
"""For each key a set of its stretches, as the bits of a number."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rows, by their place in the table, and what both of them take."""

    first: int
    second: int
    both: Box


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is wrong with the rows of a table. Where `overlaps` are many, gaps are not looked for."""

    gaps: tuple[Box, ...]
    overlaps: tuple[Overlap, ...]


def coverage(rows: Sequence[Box], axes: Sequence[Axis]) -> Coverage:
    """The gaps and overlaps of some rows."""
    overlaps = _overlaps(rows, axes)
    if len(overlaps) >= MOST_OVERLAPS:
        return Coverage((), overlaps)
    apart = list(rows)
    for overlap in overlaps:
        apart[overlap.second] = tuple(0 for _ in axes)
    boxes = [box for box in apart if all(box)]
    for second in dict.fromkeys(overlap.second for overlap in overlaps):
        before = [rows[overlap.first] for overlap in overlaps if overlap.second == second]
        boxes += _without(rows[second], before)
    return Coverage(tuple(_gaps(boxes, axes)), overlaps)


# ------------------------------------------------------------------ overlaps


def _overlaps(rows: Sequence[Box], axes: Sequence[Axis]) -> tuple[Overlap, ...]:
    """The pairs of rows that overlap, as long as they are few, in the order of the second.

    Rows are compared that are in hand at once when going along one key: the key that most rows divide among them.
    """

    def in_hand_at_once(k: int) -> Fraction:
        return Fraction(sum(box[k].bit_length() - _lowest(box[k]) for box in rows), max(axes[k].size, 1))

    along = min(range(len(axes)), key=in_hand_at_once)
    others = sorted((k for k in range(len(axes)) if k != along), key=lambda k: -axes[k].size)
    found: list[Overlap] = []
    in_hand: list[int] = []
    for at in sorted((i for i, box in enumerate(rows) if all(box)), key=lambda i: _lowest(rows[i][along])):
        box = rows[at]
        start = _lowest(box[along])
        in_hand = [i for i in in_hand if rows[i][along].bit_length() > start]
        for i in in_hand:
            other = rows[i]
            if box[along] & other[along] and all(box[k] & other[k] for k in others):
                both = tuple(a & b for a, b in zip(box, other, strict=True))
                found.append(Overlap(min(i, at), max(i, at), both))
                if len(found) == MOST_OVERLAPS:
                    return tuple(sorted(found, key=lambda overlap: (overlap.second, overlap.first)))
        in_hand.append(at)
    return tuple(sorted(found, key=lambda overlap: (overlap.second, overlap.first)))


def _lowest(stretches: int) -> int:
    """The place of the first of some stretches."""
    return (stretches & -stretches).bit_length() - 1


def _without(box: Box, others: Iterable[Box]) -> list[Box]:
    """What is left of a box without some others, as boxes that do not overlap."""
    left = [box]
    for other in others:
        left = [piece for part in left for piece in _less(part, other)]
    return left


def _less(box: Box, other: Box) -> Iterator[Box]:
    """What is left of a box without another."""
    shared = tuple(a & b for a, b in zip(box, other, strict=True))
    if not all(shared):
        yield box
        return
    for k, (stretches, both) in enumerate(zip(box, shared, strict=True)):
        if rest := stretches & ~both:
            yield (*shared[:k], rest, *box[k + 1 :])


# ------------------------------------------------------------------ gaps


def _gaps(boxes: list[Box], axes: Sequence[Axis]) -> Iterator[Box]:
    """What no box takes, of boxes that do not overlap, a box at a time and not more than a few."""
    everything = tuple((1 << axis.size) - 1 for axis in axes)
    taken = sum(map(_size, boxes))
    for _ in range(MOST_GAPS):
        if taken == _size(everything):
            return
        gap = _widened(_free(boxes, everything), boxes, axes)
        yield gap
        taken += _size(gap)
        boxes = [*boxes, gap]


def _size(box: Box) -> int:
    """How many single places a box takes."""
    return prod(stretches.bit_count() for stretches in box)


def _free(boxes: Sequence[Box], everything: Box) -> list[int]:
    """A single place that no box takes, as a stretch of each key: the first, key by key, behind which some are left."""
    found: list[int] = []
    for k, stretches in enumerate(everything):
        size = stretches.bit_length()
        steps = [0] * (size + 1)
        for box in boxes:
            behind = _size(box[k + 1 :])
            for first, last in _rows_of(box[k]):
                steps[first] += behind
                steps[last] -= behind
        wanted, taken = _size(everything[k + 1 :]), 0
        for at in range(size):
            taken += steps[at]
            if taken < wanted:
                break
        found.append(at)
        boxes = [box for box in boxes if box[k] >> at & 1]
    return found


def _rows_of(stretches: int) -> Iterator[tuple[int, int]]:
    """The unbroken rows of some stretches: the place of the first of each, and that after its last."""
    at = 0
    while stretches:
        skipped = _lowest(stretches)
        stretches >>= skipped
        at += skipped
        length = _lowest(~stretches)
        yield at, at + length
        stretches >>= length
        at += length


def _widened(place: Sequence[int], boxes: Sequence[Box], axes: Sequence[Axis]) -> Box:
    """A box around a free place that no box touches, as wide in each key as can be named in one breath."""
    gap = [1 << at for at in place]
    for k, axis in enumerate(axes):
        free = (1 << axis.size) - 1
        for box in boxes:
            if all(box[other] & gap[other] for other in range(len(axes)) if other != k):
                free &= ~box[k]
        gap[k] = axis.around(free, place[k])
    return tuple(gap)
