"""Hours, cuts and unbroken periods agree with counting day by day, and enclose whatever is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from made_spells import FULL, UNHURRIED, day

from policy.model.spells import Credit, Spell, adding, credited, inside, outside, runs

# Against the obvious: one day at a time, over a few weeks.

BASE, DAYS = day("2024-02-10"), 45
HORIZON = [BASE + timedelta(days=n) for n in range(DAYS)]
RATES = [Fraction(text) for text in ("0", "10", "15", "29.25", "100/3", "40")]


@st.composite
def spells_of(draw: st.DrawFn, unknowns: bool = True) -> Spell:
    """A spell of some days among the first of the horizon, now and then empty, backward or without end."""
    start = draw(st.integers(0, 30))
    until = date.max if draw(st.integers(0, 5)) == 0 else BASE + timedelta(days=start + draw(st.integers(-2, 12)))
    rate = draw(st.sampled_from(RATES))
    unknown = draw(st.sampled_from(["start", "until", "rate", "certain", "", "", ""])) if unknowns else ""
    return Spell(
        None if unknown == "start" else BASE + timedelta(days=start),
        None if unknown == "until" else until,
        None if unknown == "rate" else rate,
        unknown != "certain",
        draw(st.integers(0, 1)),
    )


@st.composite
def with_completion(draw: st.DrawFn) -> tuple[list[Spell], list[Spell]]:
    """Spells with unknowns, and what the same spells may turn out to be."""
    partial = draw(st.lists(spells_of(), max_size=5))
    complete = []
    for one in partial:
        if one.certain or draw(st.booleans()):
            other = draw(spells_of(unknowns=False))
            start, until = one.start or other.start, one.until or other.until
            rate = other.rate if one.rate is None else one.rate
            complete.append(replace(one, start=start, until=until, rate=rate, certain=True))
    return partial, complete


SPELLS = st.lists(spells_of(), max_size=6)
CAPS = st.sampled_from([Fraction(0), Fraction(15), FULL, Fraction(75, 2)])
OFFSETS = st.integers(0, DAYS)


def on(one: Spell, today: date) -> bool:
    """Whether a spell may be in progress."""
    return (one.start is None or one.start <= today) and (one.until is None or today < one.until)


def surely_on(one: Spell, today: date) -> bool:
    return one.certain and None not in (one.start, one.until) and on(one, today)


def stretches(days: Iterable[tuple[date, object]]) -> Iterator[tuple[date, date, object]]:
    """Consecutive days with the same label, other than None, as stretches."""
    for label, group in groupby(days, key=lambda pair: pair[1]):
        if label is not None:
            found = [today for today, _ in group]
            yield found[0], found[-1] + timedelta(days=1), label


@UNHURRIED
@given(SPELLS, CAPS, OFFSETS, OFFSETS)
def test_credited_is_what_counting_each_day_gives(spells: list[Spell], cap: Fraction, first: int, after: int) -> None:
    window = HORIZON[first:after]
    credit = credited(spells, cap=cap, from_=BASE + timedelta(days=first), until=BASE + timedelta(days=after))

    def hours(counts: Callable[[Spell, date], bool]) -> Fraction:
        total = Fraction(0)
        for today in window:
            rates = [cap if one.rate is None else one.rate for one in spells if counts(one, today)]
            total += min(cap, sum(rates, Fraction(0))) / 7
        return total

    assert credit.low == hours(lambda one, today: surely_on(one, today) and one.rate is not None)
    assert credit.high == hours(on)

    together = [(today, tuple(index for index, one in enumerate(spells) if on(one, today)) or None) for today in window]
    assert [(one.start, one.until, one.members) for one in credit.segments] == list(stretches(together))
    assert sum(segment.hours for segment in credit.segments) == credit.high
    assert sum(share.hours_added for share in credit.by_spell) == credit.high
    assert all(0 <= share.hours_added <= share.hours_in_window for share in credit.by_spell if cap)
    assert [share.days_in_window for share in credit.by_spell] == [
        sum(on(one, today) for today in window) for one in spells
    ]


@UNHURRIED
@given(SPELLS, CAPS)
def test_a_share_is_what_a_spell_adds_to_those_before_it(spells: list[Spell], cap: Fraction) -> None:
    def high(some: Sequence[Spell]) -> Fraction:
        return credited(some, cap=cap, from_=BASE, until=HORIZON[-1]).high

    shares = credited(spells, cap=cap, from_=BASE, until=HORIZON[-1]).by_spell
    assert [share.hours_added for share in shares] == [
        high(spells[: index + 1]) - high(spells[:index]) for index in range(len(spells))
    ]


@UNHURRIED
@given(SPELLS, CAPS, OFFSETS, OFFSETS)
def test_a_spell_can_add_when_at_its_most_it_adds_to_what_is_certain(
    spells: list[Spell], cap: Fraction, first: int, after: int
) -> None:
    start, until = BASE + timedelta(days=first), BASE + timedelta(days=after)

    def certain_hours(some: list[Spell]) -> Fraction:
        return credited(some, cap=cap, from_=start, until=until).low

    def can_add(place: int) -> bool:
        one, others = spells[place], [*spells[:place], *spells[place + 1 :]]
        most = Spell(one.start or date.min, one.until or date.max, cap if one.rate is None else one.rate)
        return certain_hours([*others, most]) > certain_hours(others)

    assert adding(spells, cap=cap, from_=start, until=until) == frozenset(filter(can_add, range(len(spells))))


def cut_by_day(spells: list[Spell], cutters: list[Spell], keep: bool) -> list[Spell]:
    """What cutting leaves, worked out one day of the horizon at a time."""
    kept = []
    for one in spells:

        def label(today: date, one: Spell = one) -> bool | None:
            """Whether the day is kept for certain (yes), perhaps (no) or not at all (None)."""
            surely = any(surely_on(cutter, today) for cutter in cutters)
            maybe = any(on(cutter, today) for cutter in cutters)
            if not on(one, today) or (not maybe if keep else surely):
                return None
            return one.certain and surely == maybe

        if one.start is None or one.until is None:
            days = [today for today in [date.min, *HORIZON, date.max - timedelta(days=1)] if on(one, today)]
            if not keep and all(any(surely_on(cutter, today) for cutter in cutters) for today in days):
                continue
            if any(on(cutter, today) for cutter in cutters for today in days):
                kept.append(replace(one, certain=False))
            elif not keep:
                kept.append(one)
        else:
            for start, until, certain in stretches([(today, label(today)) for today in HORIZON]):
                kept.append(replace(one, start=start, until=until, certain=certain is True))
    return kept


@UNHURRIED
@given(SPELLS, SPELLS, st.booleans())
def test_cutting_is_what_looking_at_each_day_gives(spells: list[Spell], cutters: list[Spell], keep: bool) -> None:
    end = HORIZON[-1] + timedelta(days=1)
    pieces = [
        replace(piece, until=min(piece.until, end)) if piece.start and piece.until else piece
        for piece in (inside if keep else outside)(spells, cutters)
    ]
    assert pieces == cut_by_day(spells, cutters, keep)


@UNHURRIED
@given(SPELLS)
def test_without_cutters_nothing_is_cut(spells: list[Spell]) -> None:
    some = [one for one in spells if one.start is None or one.until is None or one.start < one.until]
    assert list(outside(spells, [])) == some
    assert inside(spells, []) == ()


@UNHURRIED
@given(SPELLS, st.integers(0, 8), st.sampled_from([None, *RATES]), OFFSETS, OFFSETS)
def test_runs_are_what_looking_at_each_day_gives(
    spells: list[Spell], gap_days: int, at_least: Fraction | None, first: int, after: int
) -> None:
    def by_day(counts: Callable[[Spell, date], bool]) -> list[tuple[date, date]]:
        found: list[tuple[date, date]] = []
        for today in HORIZON[first:after]:
            rates = [at_least if one.rate is None else one.rate for one in spells if counts(one, today)]
            if rates and (at_least is None or sum(rate or 0 for rate in rates) >= at_least):
                near = found and (today - found[-1][1]).days <= gap_days
                found.append((found.pop()[0] if near else today, today + timedelta(days=1)))
        return found

    got = runs(
        spells,
        gap_days=gap_days,
        at_least=at_least,
        from_=BASE + timedelta(days=first),
        until=BASE + timedelta(days=after),
    )
    sure = by_day(lambda one, today: surely_on(one, today) and (at_least is None or one.rate is not None))
    assert [(run.start, run.until) for run in got] == by_day(on)
    assert [run.certain for run in got] == [(run.start, run.until) in sure for run in got]
    for run in got:
        assert [(member.item, member.rate) for member in run.members] == [
            (one.item, one.rate)
            for one in spells
            if any(on(one, today) for today in HORIZON if run.start <= today < run.until)
        ]
        assert all(m.start and m.until and run.start <= m.start < m.until <= run.until for m in run.members)


# Whatever the unknown facts turn out to be, the truth lies between.


@UNHURRIED
@given(with_completion(), with_completion(), CAPS)
def test_hours_enclose_every_completion(
    work: tuple[list[Spell], list[Spell]], study: tuple[list[Spell], list[Spell]], cap: Fraction
) -> None:
    def credit(spells: Sequence[Spell]) -> Credit:
        return credited(spells, cap=cap, from_=HORIZON[3], until=HORIZON[-3])

    uncut: tuple[tuple[Spell, ...], tuple[Spell, ...]] = (tuple(work[0]), tuple(work[1]))
    for partial, complete in [
        uncut,
        (outside(work[0], study[0]), outside(work[1], study[1])),
        (inside(work[0], study[0]), inside(work[1], study[1])),
    ]:
        assert credit(complete).known
        assert credit(partial).low <= credit(complete).high <= credit(partial).high


@UNHURRIED
@given(with_completion(), with_completion(), st.integers(0, 5), st.sampled_from([None, *RATES]))
def test_certain_runs_are_in_every_completion(
    work: tuple[list[Spell], list[Spell]],
    study: tuple[list[Spell], list[Spell]],
    gap_days: int,
    at_least: Fraction | None,
) -> None:
    got = runs(outside(work[0], study[0]), gap_days=gap_days, at_least=at_least)
    real = runs(outside(work[1], study[1]), gap_days=gap_days, at_least=at_least)
    assert {(run.start, run.until) for run in got if run.certain} <= {(run.start, run.until) for run in real}
    assert all(any(run.start <= one.start and one.until <= run.until for run in got) for one in real)
