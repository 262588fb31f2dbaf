"""Time in spells: how many hours, how long unbroken, and what is left when other spells are cut away.

A spell is a stretch of days with a weekly rate of hours. Everything here is exact (rational hours, whole days, no
binary floats), works from boundary to boundary and never day by day, and never raises on odd facts: a spell that ends
before it starts has no days and is passed over. Stretches are half-open, `start <= day < until`; where a person gives
a last day that counts, `until` is the day after it.

**What is unknown has two readings.** A spell may be only possibly a member of its list, and its start, its end or its
rate may be unknown. The *low* reading keeps what is certain: certain spells whose dates and rate are known. The *high*
reading keeps everything, and stretches each unknown as far as it can go: from `date.min`, to `date.max`, at a rate
that is enough. (So a list of which nothing at all is known is `[Spell(None, None, None, certain=False)]`; a list known
to be empty is `[]`.) The truth lies between, for hours and for days:

- `credited` gives both ends, and shows the high reading in detail;
- `outside` and `inside` keep as certain what every completion of the facts would keep, and as only possible what some
  completion would, so that hours credited to their pieces still enclose the truth;
- `runs` marks as certain the runs that every completion has; every real run lies inside some run that is given.

The promise is about days, not about numbers of pieces: a piece that is only possible may, once the facts are known,
turn out to be shorter, to be several, or to join its neighbours. Whatever this can happen to, the neighbours included,
is not `exact`: its days are told, but not where it begins and ends. Nor do runs given answer "are all of them long
enough?" while one of them is only possible.

Rates and caps are hours a week and never negative; the caller sees to that. A day counts one seventh of a week.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby, pairwise
from math import lcm
from typing import TypeAlias

from policy.frozen import dataclass, field, replace
from policy.model.calendar import add_days, add_months, add_weeks

Stretch: TypeAlias = tuple[date, date]
Covered: TypeAlias = tuple[date, date, bool | None]
"""A stretch, and whether a cutter is in progress on it; None where that is not certain."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of days with a weekly rate of hours; what it is a stretch of travels along."""

    start: date | None
    """The first day; None when unknown."""
    until: date | None
    """The day after the last; None when unknown, `date.max` when it is still going on."""
    rate: Fraction | None
    """Hours a week; None when unknown."""
    certain: bool = True
    """False when it is only possibly a member of the list it is in."""
    item: object = None
    """Whatever it belongs to, carried through untouched."""
    exact: bool = field(default=True, compare=False)
    """False for what is left of a spell, or for a part of a run, whose ends the unknown facts may put elsewhere."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch on which the same spells are in progress, under the high reading."""

    start: date
    until: date
    members: tuple[int, ...]
    """Which spells, as positions in the list, in order; never empty."""
    rate: Fraction
    """Hours a week of all of them together, before the cap."""
    credited: Fraction
    """Hours a week that count: the rate or the cap, whichever is less."""
    hours: Fraction
    """Hours credited over the whole stretch."""


@dataclass(frozen=True, slots=True)
class SpellCredit:
    """What one spell brings, under the high reading."""

    days_in_window: int
    hours_in_window: Fraction
    """Its own hours in the window, before the cap; an unknown rate is read as the cap."""
    hours_added: Fraction
    """Its share of the hours credited."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Hours credited in a window: at least `low`, at most `high`, and where the high reading comes from."""

    low: Fraction
    high: Fraction
    segments: tuple[Segment, ...]
    """In order of time. Their hours add up to `high`."""
    by_spell: tuple[SpellCredit, ...]
    """One per spell, in the order given. Their `hours_added` add up to `high`."""

    @property
    def known(self) -> bool:
        """Whether nothing unknown makes a difference."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Run:
    """An unbroken period."""

    start: date
    until: date
    members: tuple[Spell, ...]
    """The spells with a day in it, in order, clipped to it; one of unknown dates is there as only possible."""
    certain: bool
    """Whether it is this very run whatever the unknown facts turn out to be."""


def credited(spells: Sequence[Spell], *, cap: Fraction, from_: date, until: date) -> Credit:
    """The hours credited from day `from_` up to, not including, `until`: day by day, capped at `cap` hours a week.

    On each day the rates of all spells in progress are added, and a seventh of the sum, or of the cap when that is
    less, is credited. The cap is thus a cap on each day, which needs no first day of the week; in a week in which the
    rate changes it credits less than a cap on the week would.

    Where spells share a capped stretch, the hours go to the first in the list up to its own rate, then to the next.
    """
    rates = [cap if spell.rate is None else spell.rate for spell in spells]
    stretches = [_clip(_widest(spell), from_, until) for spell in spells]
    scale = lcm(cap.denominator, *(rate.denominator for rate in rates))
    most, weekly = _whole(cap, scale), [_whole(rate, scale) for rate in rates]

    added = [0] * len(spells)
    segments = []
    for start, end, members in _sweep(stretches, range(len(spells))):
        days, left = (end - start).days, most
        for index in members:
            share = min(weekly[index], left)
            added[index] += share * days
            left -= share
            if not left:
                break
        segments.append(
            Segment(
                start=start,
                until=end,
                members=members,
                rate=Fraction(sum(weekly[index] for index in members), scale),
                credited=Fraction(most - left, scale),
                hours=Fraction((most - left) * days, 7 * scale),
            )
        )

    known = [index for index, spell in enumerate(spells) if _settled(spell) and spell.rate is not None]
    low = sum(
        min(sum(weekly[index] for index in members), most) * (end - start).days
        for start, end, members in _sweep(stretches, known)
    )
    return Credit(
        low=Fraction(low, 7 * scale),
        high=Fraction(sum(added), 7 * scale),
        segments=tuple(segments),
        by_spell=tuple(
            SpellCredit((end - start).days, rate * (end - start).days / 7, Fraction(share, 7 * scale))
            for (start, end), rate, share in zip(stretches, rates, added, strict=True)
        ),
    )


def adding(spells: Sequence[Spell], *, cap: Fraction, from_: date, until: date) -> frozenset[int]:
    """Which spells can add to the hours credited: beside those that are certain, on all days that they can have.

    A spell can when on some day in the window the certain others leave room under the cap.
    """
    rates = [cap if spell.rate is None else spell.rate for spell in spells]
    stretches = [_clip(_widest(spell), from_, until) for spell in spells]
    scale = lcm(cap.denominator, *(rate.denominator for rate in rates))
    most, weekly = _whole(cap, scale), [_whole(rate, scale) for rate in rates]
    window = len(spells)
    known = {index for index, spell in enumerate(spells) if _settled(spell) and spell.rate is not None}
    parts = [
        (start, end, frozenset(members), sum(weekly[index] for index in members if index != window))
        for start, end, members in _sweep([*stretches, (from_, until)], [*known, window])
    ]

    def has_room(index: int) -> bool:
        first, last = stretches[index]
        return weekly[index] > 0 and any(
            max(start, first) < min(end, last) and taken - (weekly[index] if index in members else 0) < most
            for start, end, members, taken in parts
        )

    return frozenset(filter(has_room, range(len(spells))))


def outside(spells: Sequence[Spell], cutters: Sequence[Spell]) -> tuple[Spell, ...]:
    """The parts of `spells` on days when no cutter is in progress.

    Pieces keep rate and item, and come in the order of their spells, then of time. A piece is certain when its spell
    is and no cutter can reach it; under a cutter that is only possible, or whose dates are not both known, it is only
    possible. (A cutter's certain days cut, its possible days leave doubt: the two change places.)

    A spell of unknown start or end that may meet a cutter is kept whole, as only possible: true, if not the tightest.
    One that meets none stays as it is, and of one that a cutter covers however long it is nothing is left.
    """
    return _cut(spells, cutters, keep=False)


def inside(spells: Sequence[Spell], cutters: Sequence[Spell]) -> tuple[Spell, ...]:
    """The parts of `spells` on days when some cutter is in progress.

    Pieces keep rate and item, and come in the order of their spells, then of time. A piece is certain when its spell
    is and a certain cutter of known dates covers it; otherwise it is only possible.

    A spell of unknown start or end that may meet a cutter is kept whole, as only possible: true, if not the tightest.
    One that meets none has nothing inside, so without cutters nothing is left at all.
    """
    return _cut(spells, cutters, keep=True)


def runs(
    spells: Sequence[Spell],
    *,
    gap_days: int,
    at_least: Fraction | None = None,
    from_: date | None = None,
    until: date | None = None,
) -> tuple[Run, ...]:
    """The unbroken periods, in order of time.

    They are made of the days on which the spells in progress together reach `at_least` hours a week or, without it,
    on which any spell is in progress (a day without a spell never counts). Two stretches of such days belong to one
    run when at most `gap_days` days lie between them; a negative gap is as none. With a window the days outside it
    are dropped first, so that a run neither starts nor ends inside a gap.

    A run is found by the high reading. It is certain when the low reading, over the certain spells of known dates
    (and known rate, where rates matter) alone, finds the same run, from the same first day to the same last: more
    days can only lengthen and join runs, so then every completion of the facts has exactly this run. A run that is
    certain to exist but whose ends are in doubt is therefore only possible.
    """
    needed = Fraction(0) if at_least is None else at_least
    rates = [needed if spell.rate is None else spell.rate for spell in spells]
    stretches = [_clip(_widest(spell), from_ or date.min, until or date.max) for spell in spells]
    scale = lcm(needed.denominator, *(rate.denominator for rate in rates))
    enough, weekly = _whole(needed, scale), [_whole(rate, scale) for rate in rates]

    def found(chosen: Iterable[int]) -> list[Stretch]:
        """The runs that the chosen spells make."""
        reaching = (
            (start, end)
            for start, end, members in _sweep(stretches, chosen)
            if sum(weekly[index] for index in members) >= enough
        )
        return _joined(reaching, max(gap_days, 0))

    known = [
        index for index, spell in enumerate(spells) if _settled(spell) and (at_least is None or spell.rate is not None)
    ]
    certain = set(found(known))
    return tuple(
        Run(start, end, tuple(_members(spells, stretches, start, end, sure)), certain=sure)
        for start, end in found(range(len(spells)))
        for sure in [(start, end) in certain]
    )


def length_reaches(start: date, until: date, *, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> bool:
    """Whether the stretch from `start` up to, not including, `until` is at least so long: start + period <= until.

    Counted forward from the start: years and months first, in one sum that clamps to the month's end, then weeks and
    days. From 31 January a month is therefore complete when `until` is the last day of February. A period beyond the
    calendar ends on `date.max`, and only what never ends reaches it.
    """
    return add_days(add_weeks(add_months(start, 12 * years + months), weeks), days) <= until


def _settled(spell: Spell) -> bool:
    """Whether the days of a spell are certain to be there."""
    return spell.certain and spell.start is not None and spell.until is not None


def _widest(spell: Spell) -> Stretch:
    """The days a spell can have at most."""
    return spell.start or date.min, spell.until or date.max


def _clip(stretch: Stretch, from_: date, until: date) -> Stretch:
    """What a stretch and a window share; without days, and never of negative length, when they share none."""
    start = max(stretch[0], from_)
    return start, max(start, min(stretch[1], until))


def _whole(number: Fraction, scale: int) -> int:
    """A number counted in parts of which `scale` make one: sums over many stretches then stay whole and quick."""
    return number.numerator * (scale // number.denominator)


def _sweep(stretches: Sequence[Stretch], chosen: Iterable[int]) -> Iterator[tuple[date, date, tuple[int, ...]]]:
    """The stretches on which the same ones of the chosen are in progress, in order of time, where any is."""
    turns: dict[date, set[int]] = {}
    for index in chosen:
        start, until = stretches[index]
        if start < until:
            turns.setdefault(start, set()).add(index)
            turns.setdefault(until, set()).add(index)
    active: set[int] = set()
    for day, following in pairwise(sorted(turns)):
        # Each stretch turns twice, on two different days: first it enters, then it leaves.
        active ^= turns[day]
        if active:
            yield day, following, tuple(sorted(active))


def _joined(stretches: Iterable[Stretch], gap_days: int) -> list[Stretch]:
    """Stretches in order of time, those with at most so many days between them made one."""
    joined: list[Stretch] = []
    for start, until in stretches:
        if joined and (start - joined[-1][1]).days <= gap_days:
            start, _ = joined.pop()
        joined.append((start, until))
    return joined


def _members(
    spells: Sequence[Spell], stretches: Sequence[Stretch], from_: date, until: date, sure: bool
) -> Iterator[Spell]:
    """The spells with a day in the run, clipped to it: exact ones only of a run and a spell that are not in doubt."""
    for spell, stretch in zip(spells, stretches, strict=True):
        start, end = _clip(stretch, from_, until)
        if start < end:
            exact = sure and spell.exact and spell.start is not None and spell.until is not None
            yield replace(spell, start=start, until=end, certain=_settled(spell), exact=exact)


def _cover(cutters: Sequence[Spell]) -> Iterator[Covered]:
    """All days in order, in stretches that tell whether a cutter is in progress."""
    day = date.min
    for start, until, members in _sweep([_widest(cutter) for cutter in cutters], range(len(cutters))):
        if day < start:
            yield day, start, False
        yield start, until, any(_settled(cutters[index]) for index in members) or None
        day = until
    if day < date.max:
        yield day, date.max, False


def _cut(spells: Sequence[Spell], cutters: Sequence[Spell], *, keep: bool) -> tuple[Spell, ...]:
    """The parts of spells on days that a cutter covers (`keep`) or leaves free (not `keep`), or may."""
    cover, dropped = tuple(_cover(cutters)), not keep
    kept: list[Spell] = []
    for spell in spells:
        start, until = _widest(spell)
        parts = [
            (max(start, first), min(until, last), covered)
            for first, last, covered in cover
            if max(start, first) < min(until, last)
        ]
        if spell.start is not None and spell.until is not None:
            kept += _pieces(spell, (part for part in parts if part[2] is not dropped))
        elif all(covered is dropped for _, _, covered in parts):
            continue
        elif any(covered is not False for _, _, covered in parts):
            kept.append(replace(spell, certain=False, exact=False))
        else:
            kept.append(spell)
    return tuple(kept)


def _pieces(spell: Spell, parts: Iterable[Covered]) -> Iterator[Spell]:
    """The parts as spells, touching ones of one certainty made one; a part is in doubt where its cover is.

    Where a part in doubt touches others, none of them is known to begin or to end where it does.
    """
    for block in _touching(parts):
        exact = spell.exact and all(covered is not None for _, _, covered in block)
        for certain, group in groupby(block, lambda part: spell.certain and part[2] is not None):
            first, *rest = group
            last = rest[-1] if rest else first
            yield replace(spell, start=first[0], until=last[1], certain=certain, exact=exact)


def _touching(parts: Iterable[Covered]) -> Iterator[list[Covered]]:
    """The parts, in order of time, that touch one another put together."""
    block: list[Covered] = []
    for part in parts:
        if block and block[-1][1] < part[0]:
            yield block
            block = []
        block.append(part)
    if block:
        yield block
