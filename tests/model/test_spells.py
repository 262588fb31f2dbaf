"""Hours, cuts and unbroken periods agree with counting day by day, and enclose whatever is unknown."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.model.spells import Credit, Spell, adding, credited, inside, length_reaches, outside, runs

FULL = Fraction(30)
UNHURRIED = settings(deadline=None)


def day(text: str) -> date:
    return date.fromisoformat(text)


def spell(start: str | None, last: str | None, rate: Fraction | int | None = 30, certain: bool = True) -> Spell:
    """A spell from its first and last day, both included; `ongoing` as last day has no end."""
    until = None if last is None else date.max if last == "ongoing" else day(last) + timedelta(days=1)
    return Spell(None if start is None else day(start), until, None if rate is None else Fraction(rate), certain)


def year(*spells: Spell, cap: Fraction = FULL) -> Credit:
    return credited(spells, cap=cap, from_=day("2023-01-01"), until=day("2024-01-01"))


# Facts to pin: a week is seven equal days, and months are not hours.

FACTS = [
    ("six months full-time from January", [spell("2023-01-01", "2023-06-30")], Fraction(5430, 7)),
    ("a year full-time", [spell("2023-01-01", "2023-12-31")], Fraction(10950, 7)),
    ("40 hours for 3 days, then 10 for 4",
     [spell("2023-03-01", "2023-03-03", 40), spell("2023-03-04", "2023-03-07", 10)], Fraction(130, 7)),
    ("two half jobs at once for 52 weeks", [spell("2023-01-01", "2023-12-30", 15)] * 2, Fraction(1560)),
    ("double hours for 26 weeks", [spell("2023-01-01", "2023-07-01", 60)], Fraction(780)),
    ("a rate that is no whole number", [spell("2023-01-01", "2023-12-30", Fraction("29.25"))], Fraction(1521)),
    ("only the days in the window", [spell("2022-12-01", "2023-01-07"), spell("2023-12-25", "ongoing")], Fraction(60)),
    ("nothing", [], Fraction(0)),
    ("an end before the start", [spell("2023-06-30", "2023-01-01")], Fraction(0)),
]  # fmt: skip


@pytest.mark.parametrize(("spells", "hours"), [fact[1:] for fact in FACTS], ids=[fact[0] for fact in FACTS])
def test_hours_are_exact(spells: list[Spell], hours: Fraction) -> None:
    credit = year(*spells)
    assert credit.known
    assert credit.high == hours


def test_six_calendar_months_can_fall_short_of_their_hours() -> None:
    credit = year(spell("2023-01-01", "2023-06-30"))
    assert credit.by_spell[0].days_in_window == 181
    assert credit.high == 775 + Fraction(5, 7)
    assert credit.high < 780
    assert length_reaches(day("2023-01-01"), day("2023-07-01"), months=6)


def test_the_window_leaves_out_its_last_day() -> None:
    assert year(spell("2024-01-01", "ongoing")).high == 0
    assert credited([spell("2023-01-01", "ongoing")], cap=FULL, from_=date.max, until=date.min).high == 0


def test_hours_above_the_cap_go_to_the_first_in_the_list() -> None:
    credit = year(
        spell("2023-01-01", "2023-01-14", 20), spell("2023-01-08", "2023-01-21", 25), spell("2023-01-08", "2023-01-14")
    )
    assert [(str(one.start), str(one.until), one.members) for one in credit.segments] == [
        ("2023-01-01", "2023-01-08", (0,)),
        ("2023-01-08", "2023-01-15", (0, 1, 2)),
        ("2023-01-15", "2023-01-22", (1,)),
    ]
    assert [one.rate for one in credit.segments] == [20, 75, 25]
    assert [one.credited for one in credit.segments] == [20, 30, 25]
    assert [one.hours for one in credit.segments] == [20, 30, 25]
    assert [one.days_in_window for one in credit.by_spell] == [14, 14, 7]
    assert [one.hours_in_window for one in credit.by_spell] == [40, 50, 30]
    assert [one.hours_added for one in credit.by_spell] == [40, 35, 0]


# Unknowns: the low reading leaves out, the high reading reaches as far as it can.

UNKNOWNS = [
    (spell("2023-01-01", "2023-01-07", None), 0, 30),
    (spell("2023-01-01", "2023-01-07", certain=False), 0, 30),
    (spell(None, "2023-01-07", 20), 0, 20),
    (spell("2023-12-25", None, 20), 0, 20),
    (spell(None, "2022-12-31", None), 0, 0),
    (spell("2024-01-01", None, None), 0, 0),
]


@pytest.mark.parametrize(("unknown", "low", "high"), UNKNOWNS)
def test_what_is_unknown_counts_in_the_high_reading_only(unknown: Spell, low: int, high: int) -> None:
    credit = year(unknown)
    assert credit.low == low
    assert credit.high == high
    assert credit.known == (low == high)


def test_an_unknown_that_the_cap_swallows_makes_no_difference() -> None:
    credit = year(spell("2023-01-01", "2023-12-31"), spell("2023-02-01", "2023-03-01", None, certain=False))
    assert credit.known
    assert credit.by_spell[1].hours_added == 0


def test_of_a_list_of_which_nothing_is_known_anything_may_be_cut() -> None:
    anything = [Spell(None, None, None, certain=False)]
    job = spell("2023-01-01", "2023-12-31")
    assert outside([job], anything) == inside([job], anything) == (replace(job, certain=False),)
    credit = year(*outside([job], anything))
    assert credit.low == 0
    assert credit.high == year(job).high
    assert outside([job], []) == (job,)
    assert inside([job], []) == ()


# Cutting.

CUTTERS: list[tuple[str, list[Spell], list[str], list[str]]] = [
    ("first and last day are in", [spell("2023-03-01", "2023-03-31")],
     ["2023-01-01..2023-02-28", "2023-04-01..2023-12-31"], ["2023-03-01..2023-03-31"]),
    ("no days shared", [spell("2022-01-01", "2022-12-31"), spell("2024-01-01", "ongoing")],
     ["2023-01-01..2023-12-31"], []),
    ("wholly covered", [spell("2022-01-01", "ongoing")], [], ["2023-01-01..2023-12-31"]),
    ("touching pieces are one", [spell("2023-03-01", "2023-03-31"), spell("2023-04-01", "2023-04-30")],
     ["2023-01-01..2023-02-28", "2023-05-01..2023-12-31"], ["2023-03-01..2023-04-30"]),
    ("only possible", [spell("2023-03-01", "2023-03-31", certain=False)],
     ["2023-01-01..2023-02-28", "2023-03-01..2023-03-31?", "2023-04-01..2023-12-31"], ["2023-03-01..2023-03-31?"]),
    ("certain in the middle of possible", [spell("2023-03-01", None), spell("2023-05-01", "2023-05-31")],
     ["2023-01-01..2023-02-28", "2023-03-01..2023-04-30?", "2023-06-01..2023-12-31?"],
     ["2023-03-01..2023-04-30?", "2023-05-01..2023-05-31", "2023-06-01..2023-12-31?"]),
]  # fmt: skip


def shown(pieces: Iterable[Spell]) -> list[str]:
    """Each piece by its first and last day, with `?` when it is only possible."""
    return [
        f"{piece.start}..{piece.until - timedelta(days=1)}{'' if piece.certain else '?'}"
        for piece in pieces
        if piece.until is not None
    ]


@pytest.mark.parametrize(("cutters", "out", "in_"), [row[1:] for row in CUTTERS], ids=[row[0] for row in CUTTERS])
def test_cutting_is_day_arithmetic(cutters: list[Spell], out: list[str], in_: list[str]) -> None:
    job = replace(spell("2023-01-01", "2023-12-31", 20), item="the job")
    assert shown(outside([job], cutters)) == out
    assert shown(inside([job], cutters)) == in_
    assert all(piece.item == "the job" and piece.rate == 20 for piece in outside([job], cutters))


def test_pieces_of_a_possible_spell_are_possible_and_as_few_as_can_be() -> None:
    job = spell("2023-01-01", "2023-12-31", certain=False)
    cutters = [spell("2023-03-01", "2023-05-31", certain=False), spell("2023-05-01", "2023-05-31")]
    assert shown(outside([job], cutters)) == ["2023-01-01..2023-04-30?", "2023-06-01..2023-12-31?"]
    assert shown(inside([job], cutters)) == ["2023-03-01..2023-05-31?"]


def test_a_spell_of_unknown_dates_is_kept_whole_where_a_cutter_may_meet_it() -> None:
    open_end, open_start = spell("2023-01-01", None), spell(None, "2023-12-31")
    studies = [spell("2023-06-01", "2023-06-30")]
    possible = (replace(open_end, certain=False), replace(open_start, certain=False))
    assert outside([open_end, open_start], studies) == inside([open_end, open_start], studies) == possible
    before = [spell("2022-06-01", "2022-06-30")]
    assert outside([open_end], before) == outside([open_end], []) == (open_end,)
    assert inside([open_end], before) == inside([open_end], []) == ()


def test_pieces_come_in_the_order_of_their_spells() -> None:
    later, earlier = spell("2023-06-01", "2023-06-30"), spell("2023-01-01", "2023-01-31")
    cutters = [spell("2023-06-10", "2023-06-20"), spell("2023-01-31", "2023-01-31")]
    assert shown(outside([later, earlier], cutters)) == [
        "2023-06-01..2023-06-09",
        "2023-06-21..2023-06-30",
        "2023-01-01..2023-01-30",
    ]


# Unbroken periods.

JOBS = [spell("2023-01-02", "2023-03-31", 20), spell("2023-02-01", "2023-04-28", 10), spell("2023-05-01", "2023-05-31")]

RUNS: list[tuple[int, int | None, list[str]]] = [
    (0, None, ["2023-01-02..2023-04-28", "2023-05-01..2023-05-31"]),
    (-9, None, ["2023-01-02..2023-04-28", "2023-05-01..2023-05-31"]),
    (1, None, ["2023-01-02..2023-04-28", "2023-05-01..2023-05-31"]),
    (2, None, ["2023-01-02..2023-05-31"]),
    (0, 30, ["2023-02-01..2023-03-31", "2023-05-01..2023-05-31"]),
    (30, 30, ["2023-02-01..2023-05-31"]),
    (0, 20, ["2023-01-02..2023-03-31", "2023-05-01..2023-05-31"]),
    (0, 31, []),
]


@pytest.mark.parametrize(("gap_days", "at_least", "expected"), RUNS)
def test_runs_join_over_gaps_no_longer_than_allowed(gap_days: int, at_least: int | None, expected: list[str]) -> None:
    found = runs(JOBS, gap_days=gap_days, at_least=None if at_least is None else Fraction(at_least))
    assert [f"{run.start}..{run.until - timedelta(days=1)}" for run in found] == expected
    assert all(run.certain for run in found)


def test_members_are_the_spells_clipped_to_the_run() -> None:
    first, second = runs(JOBS, gap_days=0, at_least=FULL, from_=day("2023-02-15"), until=day("2023-05-11"))
    assert shown(first.members) == ["2023-02-15..2023-03-31", "2023-02-15..2023-03-31"]
    assert [member.rate for member in first.members] == [20, 10]
    assert shown(second.members) == ["2023-05-01..2023-05-10"]


def test_a_run_does_not_start_or_end_in_a_gap() -> None:
    (run,) = runs(JOBS, gap_days=5, from_=day("2023-04-29"), until=day("2023-12-31"))
    assert (run.start, run.until) == (day("2023-05-01"), day("2023-06-01"))


def test_a_run_is_certain_when_nothing_unknown_can_change_it() -> None:
    job = spell("2023-01-01", "2023-06-30")
    for extra, at_least, certain in [
        (spell("2023-02-01", "2023-02-28", certain=False), FULL, True),
        (spell("2023-07-01", "2023-07-31", certain=False), FULL, False),
        (spell("2023-07-01", "2023-07-31", None), FULL, False),
        (spell("2023-07-01", "2023-07-31", None), None, True),
        (spell("2023-02-01", None), FULL, False),
    ]:
        (run,) = runs([job, extra], gap_days=0, at_least=at_least, until=day("2024-01-01"))
        assert run.certain is certain, extra


def test_an_unknown_spell_is_an_only_possible_member() -> None:
    (run,) = runs([spell("2023-01-01", None)], gap_days=0, until=day("2024-01-01"))
    assert not run.certain
    assert shown(run.members) == ["2023-01-01..2023-12-31?"]


LENGTHS = [
    ("2023-01-01", "2023-07-01", {"months": 6}, True),
    ("2023-01-01", "2023-06-30", {"months": 6}, False),
    ("2023-01-31", "2023-02-28", {"months": 1}, True),
    ("2024-01-31", "2024-02-28", {"months": 1}, False),
    ("2024-02-29", "2026-02-27", {"years": 2}, False),
    ("2024-02-29", "2026-02-28", {"years": 2}, True),
    ("2023-01-01", "2023-12-31", {"weeks": 52}, True),
    ("2023-01-01", "2023-12-31", {"weeks": 52, "days": 1}, False),
    ("2023-12-31", "2025-03-01", {"years": 1, "months": 2}, True),
    ("2023-01-01", "2023-01-01", {}, True),
    ("2023-01-01", "9999-12-31", {"years": 9999}, True),
]


@pytest.mark.parametrize(("start", "until", "period", "expected"), LENGTHS)
def test_a_length_is_counted_forward_from_the_start(
    start: str, until: str, period: dict[str, int], expected: bool
) -> None:
    assert length_reaches(day(start), day(until), **period) is expected


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


def test_two_hundred_spells_are_quick() -> None:
    jobs = [
        Spell(
            date(1980, 1, 1) + timedelta(days=61 * n), date(2000, 1, 1) + timedelta(days=83 * n), Fraction(n, 3 + n % 7)
        )
        for n in range(200)
    ]
    studies = [Spell(date(1981, 1, 1) + timedelta(days=70 * n), date(1981, 1, 20) + timedelta(days=70 * n), None)
               for n in range(200)]  # fmt: skip
    began = time.perf_counter()
    credit = credited(jobs, cap=FULL, from_=date(1990, 1, 1), until=date(2020, 1, 1))
    pieces = outside(jobs, studies)
    found = runs(pieces, gap_days=30, at_least=FULL)
    elapsed = time.perf_counter() - began
    assert sum(share.hours_added for share in credit.by_spell) == credit.high
    assert len(pieces) > 5000
    assert found
    assert elapsed < 10, "a sweep over boundaries takes a fraction of this"
