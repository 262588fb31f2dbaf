"""Looking up tables: the rows that are hit, and whether all that is not known would hit exactly one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.graph import Grid, Matcher
from policy.model.types import Code, Date, Enum, Moment, Number, OptionalOf, Type, YesNo

ANY = Matcher("any")
SIZES = Enum("club.size", ("small", "medium", "large"))


def cell(text: str) -> tuple[Matcher, ...]:
    """A cell as it is printed: `-`, `..4`, `5..<9`, `7, 9`, `small`."""
    return tuple(matcher(part.strip()) for part in text.split(","))


def matcher(text: str) -> Matcher:
    if text == "-":
        return ANY
    if ".." not in text:
        return Matcher("value", number(text))
    low, _, high = text.partition("..")
    return Matcher(
        "range",
        low=number(low) if low else None,
        high=number(high.lstrip("<")) if high else None,
        below=high.startswith("<"),
    )


def number(text: str) -> Fraction | str | date | bool:
    if text in {"yes", "no"}:
        return text == "yes"
    if text.count("-") == 2:
        return date.fromisoformat(text)
    return Fraction(text) if text[0].isdigit() or text[0] == "-" else text


def grid(rows: list[str], *domains: Type) -> Grid:
    """A grid from its rows, cells divided by bars."""
    cells = tuple(tuple(cell(part) for part in row.split("|")) for row in rows)
    return Grid("club.table", tuple("abc"[: len(domains)]), cells, tuple(range(1, len(rows) + 1)), domains)


WHOLE = Number("", whole=True)
TO_TWENTY = Number("", whole=True, low=Fraction(0), high=Fraction(20))
HALVES = Number("", low=Fraction(0), high=Fraction(9), step=Fraction(1, 2))

COVERED: list[tuple[list[str], Type, bool]] = [
    (["..4", "5.."], WHOLE, True),
    (["..4", "6.."], WHOLE, False),
    (["..5", "5.."], WHOLE, False),
    (["..4", "5.."], Number(""), False),
    (["..<5", "5.."], Number(""), True),
    (["0..4", "5..20"], TO_TWENTY, True),
    (["0..4", "5..20"], WHOLE, False),
    (["0..4", "5..20"], OptionalOf(TO_TWENTY), True),
    (["0..4, 6", "5, 7..20"], TO_TWENTY, True),
    (["..6.5", "7.0.."], HALVES, True),
    (["..6.5", "7.5.."], HALVES, False),
    (["5", "7"], Number("", choices=(Fraction(5), Fraction(7))), True),
    (["5"], Number("", choices=(Fraction(5), Fraction(7))), False),
    (["yes", "no"], YesNo(), True),
    (["yes"], YesNo(), False),
    (["small, medium", "large"], SIZES, True),
    (["small", "large"], SIZES, False),
    (["..2023-12-31", "2024-01-01.."], Date(), True),
    (["..2023-12-31", "2024-01-02.."], Date(), False),
    (["word", "-"], Code(), False),
    (["word", "other"], Code(), False),
    (["-"], Code(), True),
    (["-"], Moment(), True),
]


@pytest.mark.parametrize(("rows", "domain", "covered"), COVERED)
def test_whether_one_row_is_hit_whatever_the_key_is(rows: list[str], domain: Type, covered: bool) -> None:
    made = grid(rows, domain)
    hits = made.hits((None,), (False,))
    assert hits == list(range(len(rows)))
    assert made.hits_one(hits, (False,)) is covered


def test_only_keys_that_are_not_known_are_tried() -> None:
    made = grid(["..4 | small", "5.. | small, medium", "..4 | medium, large", "5.. | large"], WHOLE, SIZES)
    assert made.hits_one(made.hits((3, None), (True, False)), (True, False))
    assert made.hits_one(made.hits((None, None), (False, False)), (False, False))
    gap = grid(["..4 | small", "5.. | small, medium", "..4 | large", "5.. | large"], WHOLE, SIZES)
    assert not gap.hits_one(gap.hits((3, None), (True, False)), (True, False))
    assert gap.hits_one(gap.hits((7, None), (True, False)), (True, False))


NUMBERS = st.integers(-2, 8).map(Fraction) | st.fractions(-2, 8, max_denominator=2)
MATCHERS = st.one_of(
    st.just(ANY),
    NUMBERS.map(lambda value: Matcher("value", value)),
    st.builds(
        lambda low, high, below: Matcher("range", low=low, high=high, below=below),
        st.none() | NUMBERS,
        st.none() | NUMBERS,
        st.booleans(),
    ),
)
CELLS = st.lists(MATCHERS, min_size=1, max_size=2).map(tuple)
ROWS = st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4)
WORLD = [Fraction(n, 4) for n in range(-16, 41)]


@given(ROWS, NUMBERS, NUMBERS)
def test_a_row_is_hit_when_each_of_its_cells_accepts_the_key(
    rows: list[tuple[tuple[Matcher, ...], tuple[Matcher, ...]]], a: Fraction, b: Fraction
) -> None:
    made = Grid("club.table", ("a", "b"), tuple(rows), tuple(range(len(rows))), (Number(""), Number("")))
    for known in product((True, False), repeat=2):
        expected = [
            i
            for i, row in enumerate(rows)
            if all(not k or any(m.accepts(v) for m in c) for c, v, k in zip(row, (a, b), known, strict=True))
        ]
        assert made.hits((a, b), known) == expected


@given(ROWS)
def test_one_row_is_hit_by_every_number_that_is_tried(
    rows: list[tuple[tuple[Matcher, ...], tuple[Matcher, ...]]],
) -> None:
    """The few values that are tried stand for all the others."""
    made = Grid("club.table", ("a", "b"), tuple(rows), tuple(range(len(rows))), (Number(""), Number("")))
    always = all(len(made.hits(pair, (True, True))) == 1 for pair in product(WORLD, repeat=2))
    assert made.hits_one(list(range(len(rows))), (False, False)) is always
