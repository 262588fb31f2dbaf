"""What one key of a table can be, cut into stretches that no cell divides, and such stretches in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final, Protocol

from policy.check.fitting import figure
from policy.model.cells import Matcher
from policy.model.types import Code, Date, Enum, Key, Number, Text, Type, YesNo, without_none

MOST_WORDS: Final = 4
"""How many words of a stretch are named before the rest is left out."""


class Axis(Protocol):
    """The stretches of one key, from the first to the last. A set of them is a number, whose last bit is the first."""

    size: int

    def covers(self, cell: Sequence[Matcher]) -> int:
        """The stretches that a cell accepts."""
        ...

    def around(self, stretches: int, one: int) -> int:
        """Those of some stretches that can be named in one breath with one of them."""
        ...

    def say(self, stretches: int) -> str:
        """Stretches in words."""
        ...

    def limit(self, stretches: int) -> str | None:
        """What a type says that leaves these stretches out, if one can."""
        ...


def axis_of(type_: Type, cells: Collection[Sequence[Matcher]], keys: Collection[str] | None) -> Axis:
    """The stretches of a key of this type between which these cells tell.

    `keys` are those of the dataset, for a key of one whose rows are known.
    """
    named = {end for cell in cells for m in cell for end in (m.value, m.low, m.high) if end is not None}
    match without_none(type_):
        case YesNo():
            return Words((True, False))
        case Enum(values=values):
            return Words(values)
        case Number(choices=choices) if choices:
            return Words(choices)
        case Number() as number:
            return Line(tuple(_numbers(number, named)))
        case Date():
            return Line(tuple(_days(named)))
        case Key() if keys is not None:
            return Words((*sorted(map(str, named)), *_first(key for key in keys if key not in named)))
        case Code(digits=int(digits)) if len(named) == 10**digits:
            return Words(tuple(sorted(map(str, named))))
        case Code() | Key() | Text():
            return Words((*sorted(map(str, named)), None))
        case _:
            return Words((None,))


def _first(keys: Iterator[str]) -> list[str]:
    """The first of some keys, which stands for them all."""
    return [key for key in (next(keys, None),) if key is not None]


# ------------------------------------------------------------------ words


class Words:
    """A key that is one of some values; None among them is any other value than those."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = tuple(values)
        self.size = len(self.values)
        self._places = {value: place for place, value in enumerate(self.values)}

    def covers(self, cell: Sequence[Matcher]) -> int:
        """The values that a cell accepts."""
        found = 0
        for matcher in cell:
            if matcher.kind == "any":
                return (1 << self.size) - 1
            if matcher.kind == "value":
                found |= 1 << self._places[matcher.value] if matcher.value in self._places else 0
            else:
                found |= sum(1 << place for value, place in self._places.items() if matcher.accepts(value))
        return found

    def around(self, stretches: int, one: int) -> int:
        """All of them."""
        return stretches

    def limit(self, stretches: int) -> str | None:
        """Words have no limits."""
        return None

    def say(self, stretches: int) -> str:
        """`book, film`."""
        chosen = [value for place, value in enumerate(self.values) if stretches >> place & 1]
        shown = ["anything else" if value is None else _word(value) for value in chosen[:MOST_WORDS]]
        return ", ".join(shown) + (" …" if chosen[MOST_WORDS:] else "")


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return figure(value) if isinstance(value, Fraction) else str(value)


# ------------------------------------------------------------------ numbers and days


@dataclass(frozen=True, slots=True)
class Stretch:
    """The numbers or days from one end to another, without the lower one if it is `above` that, or the upper one if it
    is `below` that. An end that is None is open.
    """

    low: Any
    high: Any
    above: bool = False
    below: bool = False


class Line:
    """A key that is a number or a day, from the least to the greatest."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = tuple(stretches)
        self.size = len(self.stretches)

    def covers(self, cell: Sequence[Matcher]) -> int:
        """The stretches that a cell accepts."""
        found = 0
        for matcher in cell:
            if matcher.kind == "any":
                return (1 << self.size) - 1
            low, high = (matcher.value, matcher.value) if matcher.kind == "value" else (matcher.low, matcher.high)
            first = 0 if low is None else self._find(lambda s, low=low: s.low is not None and s.low >= low)
            last = self.size if high is None else self._find(_beyond(high, matcher.below))
            found |= (1 << last) - (1 << first) if last > first else 0
        return found

    def _find(self, holds: Any) -> int:
        """The place of the first stretch for which something holds that then holds for all that follow."""
        low, high = 0, self.size
        while low < high:
            middle = (low + high) // 2
            if holds(self.stretches[middle]):
                high = middle
            else:
                low = middle + 1
        return low

    def around(self, stretches: int, one: int) -> int:
        """The unbroken row of stretches with this one in it."""
        first = last = one
        while first and stretches >> (first - 1) & 1:
            first -= 1
        while stretches >> (last + 1) & 1:
            last += 1
        return (1 << (last + 1)) - (1 << first)

    def say(self, stretches: int) -> str:
        """`30 to 34`, `more than 1559 and less than 1560`: of the first unbroken row of them."""
        low, high = self._ends(stretches)
        if low.low is not None and low.low == high.high:
            return _shown(low.low)
        if not (low.above or high.below):
            if low.low is None:
                return f"up to {_shown(high.high)}"
            return f"from {_shown(low.low)}" if high.high is None else f"{_shown(low.low)} to {_shown(high.high)}"
        ends = []
        if low.low is not None:
            ends.append(f"{'more than' if low.above else 'from'} {_shown(low.low)}")
        if high.high is not None:
            ends.append(f"{'less than' if high.below else 'up to'} {_shown(high.high)}")
        return " and ".join(ends)

    def limit(self, stretches: int) -> str | None:
        """What a type says that leaves an end of the line out, such as `from 18`; None for stretches at no end."""
        first, last = self._ends(stretches)
        if first is self.stretches[0]:
            rest = self.stretches[self.stretches.index(last) + 1]
            return None if rest.above else f"from {_shown(rest.low)}"
        if last is self.stretches[-1]:
            rest = self.stretches[self.stretches.index(first) - 1]
            return None if rest.below else f"to {_shown(rest.high)}"
        return None

    def _ends(self, stretches: int) -> tuple[Stretch, Stretch]:
        """The first and the last of the first unbroken row of some stretches."""
        first = (stretches & -stretches).bit_length() - 1
        row = self.around(stretches, first)
        return self.stretches[first], self.stretches[row.bit_length() - 1]


def _beyond(high: Any, below: bool) -> Any:
    """Whether a stretch lies beyond the upper end of a range."""
    if below:
        return lambda s: s.low is not None and s.low >= high
    return lambda s: s.low is not None and (s.low > high or (s.low == high and s.above))


def _shown(value: object) -> str:
    """An end as a cell writes it."""
    return figure(Fraction(value)) if isinstance(value, (int, Fraction)) else str(value)


def _numbers(of: Number, named: Collection[Any]) -> Iterator[Stretch]:
    """The stretches of a number type between the numbers that cells name."""
    grain = of.step or (Fraction(1) if of.whole else None)
    ends = sorted({Fraction(end) for end in named if _within(Fraction(end), of)})
    if grain is not None:
        base = of.low or Fraction(0)
        yield from _grained(
            ends,
            of.low,
            of.high,
            lambda end: (end - base) % grain == 0,
            lambda end: base + grain * (floor((end - base) / grain) + 1),
            lambda end: base + grain * (ceil((end - base) / grain) - 1),
        )
        return
    before, above = of.low, False
    for end in ends:
        if before is None or before < end:
            yield Stretch(before, end, above=above, below=True)
        yield Stretch(end, end)
        before, above = end, True
    if not above or before != of.high:
        yield Stretch(before, of.high, above=above)


def _within(value: Fraction, of: Number) -> bool:
    return (of.low is None or value >= of.low) and (of.high is None or value <= of.high)


def _grained(ends: Any, low: Any, high: Any, hits: Any, after: Any, before: Any) -> Iterator[Stretch]:
    """The stretches between ends of what has a next and a last before it: each from its first value to its last."""
    start = low
    for end in ends:
        last = before(end)
        if start is None or start <= last:
            yield Stretch(start, last)
        if hits(end):
            yield Stretch(end, end)
        start = after(end)
    if high is None or start is None or start <= high:
        yield Stretch(start, high)


def _days(named: Collection[Any]) -> Iterator[Stretch]:
    """The stretches of days between those that cells name."""
    one = timedelta(days=1)
    start: date | None = None
    for day in sorted(named):
        if day > date.min and (start is None or start < day):
            yield Stretch(start, day - one)
        yield Stretch(day, day)
        if day == date.max:
            return
        start = day + one
    yield Stretch(start, None)
