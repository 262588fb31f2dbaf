"""Gaps and overlaps of tables: those that are found are there, none is missed, and large tables take little time."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from time import process_time
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.check.axes import Axis, axis_of
from policy.check.coverage import MOST_GAPS, MOST_OVERLAPS, Box, Coverage, coverage
from policy.model.cells import Matcher
from policy.model.types import Date, Enum, Number, Type, YesNo

Cell = tuple[Matcher, ...]

SECONDS: Final = 5
"""Many times what it takes, so that only something out of all proportion fails."""

WHOLE: Final = Number("", whole=True)
KINDS: Final = Enum("club.kind", ("a", "b", "c"))
FIRST: Final = date(2024, 1, 1)

WORLDS: Final[dict[str, tuple[Type, Sequence[Hashable]]]] = {
    "whole": (WHOLE, [Fraction(n) for n in range(-8, 11)]),
    "limited": (Number("", whole=True, low=Fraction(-2), high=Fraction(5)), [Fraction(n) for n in range(-2, 6)]),
    "halves": (
        Number("", low=Fraction(-3), high=Fraction(4), step=Fraction(1, 2)),
        [Fraction(n, 2) for n in range(-6, 9)],
    ),
    "any": (Number(""), [Fraction(n, 4) for n in range(-28, 37)]),
    "from": (Number("", low=Fraction(-1)), [Fraction(n, 4) for n in range(-4, 37)]),
    "chosen": (Number("", choices=(Fraction(3), Fraction(-1), Fraction(7))), [Fraction(3), Fraction(-1), Fraction(7)]),
    "days": (Date(), [FIRST + timedelta(days=n) for n in range(-8, 11)]),
    "kinds": (KINDS, KINDS.values),
    "member": (YesNo(), (True, False)),
}
"""For each type, values of which every value that cells of these tests can tell apart has one like it."""

ENDS: Final = st.integers(-6, 8).map(Fraction) | st.integers(-8, 12).map(lambda n: Fraction(n, 2))


def cells(world: str) -> st.SearchStrategy[Cell]:
    """Cells under a key."""
    anything = st.just(Matcher("any"))
    if world in {"kinds", "member"}:
        one = st.sampled_from(WORLDS[world][1]).map(lambda value: Matcher("value", value))
        return st.lists(anything | one, min_size=1, max_size=2).map(tuple)
    ends = st.integers(-6, 8).map(lambda n: FIRST + timedelta(days=n)) if world == "days" else ENDS
    ranges = st.builds(
        lambda low, high, below: Matcher("range", low=low, high=high, below=below and high is not None),
        st.none() | ends,
        st.none() | ends,
        st.booleans(),
    )
    return st.lists(anything | ends.map(lambda value: Matcher("value", value)) | ranges, min_size=1, max_size=2).map(
        tuple
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[tuple[Cell, ...]]]:
    """A few rows under one to three keys."""
    keys = draw(st.lists(st.sampled_from(sorted(WORLDS)), min_size=1, max_size=3))
    while sum(len(WORLDS[key][1]) > 30 for key in keys) > 1:
        keys.remove(next(key for key in keys if len(WORLDS[key][1]) > 30))
    return keys, draw(st.lists(st.tuples(*map(cells, keys)), min_size=1, max_size=4))


def boxes_of(
    types: Sequence[Type], rows: Sequence[tuple[Cell, ...]], told_apart: Sequence[Sequence[Hashable]] = ()
) -> tuple[list[Axis], list[Box]]:
    """The axes of some keys, and the rows as boxes. Values that are to be told apart have a stretch each."""
    axes = []
    for k, type_ in enumerate(types):
        apart = [[Matcher("value", value)] for value in told_apart[k]] if told_apart else []
        axes.append(axis_of(type_, [*(row[k] for row in rows), *apart], None))
    return axes, [tuple(axis.covers(cell) for axis, cell in zip(axes, row, strict=True)) for row in rows]


def takes(row: tuple[Cell, ...], values: tuple[object, ...]) -> bool:
    return all(any(m.accepts(value) for m in cell) for cell, value in zip(row, values, strict=True))


@settings(deadline=None)
@given(tables())
def test_what_is_told_is_what_is_so(table: tuple[list[str], list[tuple[Cell, ...]]]) -> None:
    keys, rows = table
    worlds = [WORLDS[key][1] for key in keys]
    axes, boxes = boxes_of([WORLDS[key][0] for key in keys], rows, worlds)
    found = coverage(boxes, axes)
    hits = {values: [i for i, row in enumerate(rows) if takes(row, values)] for values in product(*worlds)}
    pairs = {(i, j) for rows_hit in hits.values() for i in rows_hit for j in rows_hit if i < j}
    told = {(overlap.first, overlap.second) for overlap in found.overlaps}
    assert told == pairs
    left_out = {values for values, rows_hit in hits.items() if not rows_hit}
    in_gaps = {values for values in hits if any(holds(axes, gap, values) for gap in found.gaps)}
    assert in_gaps <= left_out
    assert in_gaps == left_out or len(found.gaps) == MOST_GAPS


def holds(axes: Sequence[Axis], box: Box, values: Sequence[Hashable]) -> bool:
    """Whether a box has a place with these values."""
    places = (axis.covers([Matcher("value", value)]) for axis, value in zip(axes, values, strict=True))
    return all(place & part for place, part in zip(places, box, strict=True))


def row(*cells_: Matcher) -> tuple[Cell, ...]:
    return tuple((cell,) for cell in cells_)


def span(low: int | None, high: int | None) -> Matcher:
    return Matcher("range", low=low, high=high)


N: Final = 5000
LARGE: Final[dict[str, tuple[list[Type], list[tuple[Cell, ...]]]]] = {
    "one key": ([WHOLE], [row(span(i * 10, i * 10 + 9)) for i in range(N)]),
    "a grid": (
        [WHOLE, WHOLE],
        [row(span(a * 5, a * 5 + 4), span(b * 3, b * 3 + 2)) for a in range(70) for b in range(70)],
    ),
    "a cube": ([WHOLE, WHOLE, WHOLE], [row(*(span(v, v) for v in place)) for place in product(range(17), repeat=3)]),
    "stairs": ([WHOLE, WHOLE], [row(span(None, i), Matcher("value", i)) for i in range(N)]),
    "two stairs": (
        [WHOLE, WHOLE, YesNo()],
        [row(span(None, i), span(i, None), Matcher("value", i % 2 == 0)) for i in range(N // 50)],
    ),
    "twenty conditions": (
        [YesNo()] * 20,
        [row(*(Matcher("value", k == i) if k <= i else Matcher("any") for k in range(20))) for i in range(20)],
    ),
    "many words": (
        [Enum("club.word", tuple(f"w{i}" for i in range(N))), YesNo()],
        [row(Matcher("value", f"w{i}"), Matcher("any")) for i in range(N - 1)],
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_tables_take_little_time(name: str) -> None:
    types, rows = LARGE[name]
    start = process_time()
    axes, boxes = boxes_of(types, rows)
    found = coverage(boxes, axes)
    assert process_time() - start < SECONDS
    assert found.gaps or found.overlaps


def test_a_table_that_is_whole_has_nothing_wrong() -> None:
    rows = [row(Matcher("value", yes), *(Matcher("any") for _ in range(19))) for yes in (True, False)]
    axes, boxes = boxes_of([YesNo()] * 20, rows)
    assert coverage(boxes, axes) == Coverage((), ())


def test_of_many_overlaps_some_are_told() -> None:
    axes, boxes = boxes_of([WHOLE], [row(span(None, i)) for i in range(N)])
    assert len(coverage(boxes, axes).overlaps) == MOST_OVERLAPS
