"""Tables ready to be looked up: which rows some keys hit, and whether every key that is not known hits exactly one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, product
from math import ceil, floor, prod
from typing import Any, Final

from policy.frozen import dataclass
from policy.model.cells import Matcher
from policy.model.types import Code, Date, Enum, Key, Number, Text, Type, YesNo, without_none

MOST_TRIED: Final = 4096
"""How many combinations of unknown keys are tried before it is left open whether they all hit one row."""

SOMETHING_ELSE: Final = object()
"""A value that is none of those a table names."""


@dataclass(frozen=True, slots=True)
class Column:
    """The rows that one key hits, ready to be looked up. Rows are the bits of a number: row 0 is its last bit.

    `anyway` are hit by any value, `words` by one value each. Ranges are cut at all their `ends`: `stretches` holds the
    rows of the ranges before the first end, on it, between it and the second one, and so on.
    """

    anyway: int
    words: Mapping[object, int]
    ends: tuple[Any, ...]
    stretches: tuple[int, ...]

    def hits(self, value: Any) -> int:
        """The rows that a known value hits."""
        at = bisect_left(self.ends, value)
        on_end = at < len(self.ends) and self.ends[at] == value
        return self.anyway | self.words.get(value, 0) | self.stretches[2 * at + on_end]


def _column(cells: Sequence[tuple[Matcher, ...]]) -> Column:
    """The cells of one key, from the first row to the last, as a column."""
    anyway, words = 0, dict[object, int]()
    ranges: list[tuple[int, Matcher]] = []
    for i, cell in enumerate(cells):
        for matcher in cell:
            if matcher.kind == "any":
                anyway |= 1 << i
            elif matcher.kind == "value":
                words[matcher.value] = words.get(matcher.value, 0) | 1 << i
            else:
                ranges.append((i, matcher))
    ends: Any = sorted({end for _, m in ranges for end in (m.low, m.high) if end is not None})
    stretches = [0] * (2 * len(ends) + 1)
    for i, matcher in ranges:
        first = 0 if matcher.low is None else 2 * ends.index(matcher.low) + 1
        last = len(stretches) if matcher.high is None else 2 * ends.index(matcher.high) + 1 + (not matcher.below)
        for at in range(first, last):
            stretches[at] |= 1 << i
    return Column(anyway, words, tuple(ends), tuple(stretches))


@dataclass(frozen=True)
class Grid:
    """A table ready to be looked up: for each row, what its key cells accept, and where the row stands in the text.

    The node's arguments are the keys, then one output for each row. `cells[i][k]` are alternatives. `domains` are the
    types that the keys are known to have.
    """

    name: str
    keys: tuple[str, ...]
    cells: tuple[tuple[tuple[Matcher, ...], ...], ...]
    rows: tuple[int, ...]
    """The number of the printed row that each row of the grid is from."""
    domains: tuple[Type, ...]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The cells by key, ready to be looked up."""
        return tuple(_column(column) for column in zip(*self.cells, strict=True))

    def hits(self, values: tuple[object, ...], known: tuple[bool, ...]) -> list[int]:
        """The rows that these keys hit; a key that is not known may be anything."""
        rows = (1 << len(self.cells)) - 1
        for column, value, sure in zip(self.columns, values, known, strict=True):
            if sure:
                rows &= column.hits(value)
        found = []
        while rows:
            found.append(rows.bit_length() - 1)
            rows ^= 1 << found[-1]
        return found[::-1]

    def hits_one(self, hits: list[int], known: tuple[bool, ...]) -> bool:
        """Whether exactly one of these rows is hit whatever the keys are that are not known.

        It says no where that is too much to find out. What was found is kept: the same rows are asked about again.
        """
        key = (tuple(hits), known)
        if key not in self._ones:
            self._ones[key] = self._hits_one(hits, known)
        return self._ones[key]

    @cached_property
    def _ones(self) -> dict[tuple[tuple[int, ...], tuple[bool, ...]], bool]:
        return {}

    def _hits_one(self, hits: list[int], known: tuple[bool, ...]) -> bool:
        rows = [[cell for cell, sure in zip(self.cells[i], known, strict=True) if not sure] for i in hits]
        open_domains = (domain for domain, sure in zip(self.domains, known, strict=True) if not sure)
        tried = [
            _witnesses(domain, [m for cell in column for m in cell])
            for domain, column in zip(open_domains, zip(*rows, strict=True), strict=True)
        ]
        if prod(len(values) for values in tried) > MOST_TRIED:
            return False
        return all(
            sum(all(_accepted(value, cell) for value, cell in zip(values, row, strict=True)) for row in rows) == 1
            for values in product(*tried)
        )


def _accepted(value: object, cell: tuple[Matcher, ...]) -> bool:
    if value is SOMETHING_ELSE:
        return any(matcher.kind == "any" for matcher in cell)
    return any(matcher.accepts(value) for matcher in cell)


def _witnesses(domain: Type, matchers: Iterable[Matcher]) -> list[object]:
    """Values of a type such that no two values that these cells tell apart are without a witness."""
    named = {end for m in matchers for end in (m.value, m.low, m.high) if end is not None}
    match without_none(domain):
        case YesNo():
            return [True, False]
        case Enum(values=values):
            return list(values)
        case Number(choices=choices) if choices:
            return list(choices)
        case Number() as number:
            return list(_numbers(number, named))
        case Date():
            return list(_days(named))
        case Code() | Key() | Text():
            return [*named, SOMETHING_ELSE]
        case _:
            return [SOMETHING_ELSE]


def _numbers(of: Number, named: Iterable[Any]) -> Iterator[Fraction]:
    """The named numbers and their neighbours, so far as a key can be them: between any two, and beyond them all."""
    grain = of.step or (Fraction(1) if of.whole else None)
    ends = [Fraction(end) for end in {*named, of.low, of.high} if end is not None] or [Fraction(0)]
    ordered = sorted(set(ends))
    if grain is None:
        found = {ordered[0] - 1, ordered[-1] + 1, *ordered, *((a + b) / 2 for a, b in pairwise(ordered))}
    else:
        found = {grain * n for end in ordered for n in (ceil(end / grain) - 1, floor(end / grain) + 1)}
        found |= {end for end in ordered if end % grain == 0}
    for number in found:
        if (of.low is None or number >= of.low) and (of.high is None or number <= of.high):
            yield number


def _days(named: Iterable[Any]) -> Iterator[date]:
    """The named days and those beside them."""
    days = [day for day in named if isinstance(day, date)]
    if not days:
        yield date(2000, 1, 1)
    for day in days:
        yield day
        if day > date.min:
            yield day - timedelta(days=1)
        if day < date.max:
            yield day + timedelta(days=1)
