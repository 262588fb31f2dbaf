"""Hours, cuts and unbroken periods: what is to come out, example by example."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from made_spells import FULL, day, spell, year

from policy.model.spells import Spell, credited, inside, length_reaches, outside, runs

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
