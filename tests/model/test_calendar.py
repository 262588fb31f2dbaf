"""Months and years are added clamped and counted forward, and nothing leaves the calendar."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.model.calendar import add_days, add_months, add_weeks, add_years, completed_months, completed_years


def day(text: str) -> date:
    return date.fromisoformat(text)


ADDED = [
    (add_months, "2023-01-31", 1, "2023-02-28"),
    (add_months, "2024-01-31", 1, "2024-02-29"),
    (add_months, "2024-01-31", 2, "2024-03-31"),
    (add_months, "2024-03-31", -1, "2024-02-29"),
    (add_months, "2024-03-31", -4, "2023-11-30"),
    (add_months, "2023-12-15", 1, "2024-01-15"),
    (add_months, "2024-01-15", -1, "2023-12-15"),
    (add_months, "2024-05-17", 0, "2024-05-17"),
    (add_years, "2024-02-29", 2, "2026-02-28"),
    (add_years, "2026-02-28", -2, "2024-02-28"),
    (add_years, "2024-02-29", 4, "2028-02-29"),
    (add_years, "2000-02-29", 100, "2100-02-28"),
    (add_years, "2024-02-29", -1, "2023-02-28"),
    (add_weeks, "2024-02-26", 1, "2024-03-04"),
    (add_weeks, "2024-03-04", -1, "2024-02-26"),
    (add_days, "2023-12-31", 1, "2024-01-01"),
    (add_days, "2024-03-01", -1, "2024-02-29"),
]


@pytest.mark.parametrize(("add", "start", "n", "expected"), ADDED)
def test_sums_clamp_to_the_end_of_the_month(
    add: Callable[[date, int], date], start: str, n: int, expected: str
) -> None:
    assert add(day(start), n) == day(expected)


@pytest.mark.parametrize("add", [add_days, add_weeks, add_months, add_years])
@pytest.mark.parametrize("start", [date.min, date(2024, 2, 29), date.max])
def test_sums_stop_at_the_ends_of_the_calendar(add: Callable[[date, int], date], start: date) -> None:
    assert add(start, 10**9) == date.max
    assert add(start, -(10**9)) == date.min
    assert add(date.max, 1) == date.max
    assert add(date.min, -1) == date.min


def test_the_last_month_and_the_first_are_inside_the_calendar() -> None:
    assert add_months(date(9999, 11, 30), 1) == date(9999, 12, 30)
    assert add_months(date(9999, 12, 30), 1) == date.max
    assert add_months(date(1, 2, 3), -1) == date(1, 1, 3)
    assert add_months(date(1, 1, 3), -1) == date.min


YEARS = [
    ("2008-02-29", "2026-02-27", 17),
    ("2008-02-29", "2026-02-28", 18),
    ("2008-02-29", "2024-02-28", 15),
    ("2008-02-29", "2024-02-29", 16),
    ("1990-06-15", "2020-06-14", 29),
    ("1990-06-15", "2020-06-15", 30),
    ("2020-01-01", "2020-01-01", 0),
    ("2020-01-01", "2019-12-31", 0),
    ("2020-01-01", "1999-12-31", 0),
    ("0001-01-01", "9999-12-31", 9998),
]


@pytest.mark.parametrize(("start", "to", "expected"), YEARS)
def test_years_are_counted_forward_from_the_start(start: str, to: str, expected: int) -> None:
    assert completed_years(day(start), day(to)) == expected


MONTHS = [
    ("2023-01-31", "2023-02-27", 0),
    ("2023-01-31", "2023-02-28", 1),
    ("2023-01-31", "2023-03-30", 1),
    ("2023-01-31", "2023-03-31", 2),
    ("2024-01-31", "2024-02-28", 0),
    ("2023-12-31", "2024-01-30", 0),
    ("2023-12-15", "2024-02-15", 2),
    ("2024-02-29", "2025-02-28", 12),
    ("2024-03-31", "2024-02-29", 0),
]


@pytest.mark.parametrize(("start", "to", "expected"), MONTHS)
def test_months_are_counted_forward_from_the_start(start: str, to: str, expected: int) -> None:
    assert completed_months(day(start), day(to)) == expected


def test_two_years_forward_are_not_two_years_backward() -> None:
    issued, asked = day("2024-02-29"), day("2026-02-28")
    assert not asked < add_years(issued, 2)
    assert add_years(asked, -2) < issued


ANY = st.dates()
NEAR = st.dates(day("1990-01-01"), day("2060-12-31"))


@given(ANY, st.integers(-150_000, 150_000))
def test_a_sum_of_months_is_the_same_day_or_the_last_of_the_month(start: date, n: int) -> None:
    got = add_months(start, n)
    month = (start.year * 12 + start.month - 1) + n
    if month < 12:
        assert got == date.min
    elif month >= 120_000:
        assert got == date.max
    else:
        assert got.year * 12 + got.month - 1 == month
        assert got.day == min(start.day, calendar.monthrange(got.year, got.month)[1])


@given(ANY, ANY, st.integers(-2000, 2000))
def test_adding_keeps_the_order_of_days(one: date, other: date, n: int) -> None:
    first, second = sorted((one, other))
    assert add_months(first, n) <= add_months(second, n)
    assert add_years(first, n) <= add_years(second, n)


@given(NEAR, st.integers(-20_000, 20_000))
def test_days_are_the_days_of_the_clock(start: date, n: int) -> None:
    assert add_days(start, n) == start + timedelta(days=n)
    assert add_weeks(start, n // 7) == start + timedelta(weeks=n // 7)


@given(NEAR, NEAR)
def test_the_count_is_the_largest_that_still_fits(start: date, to: date) -> None:
    for count, add in ((completed_months(start, to), add_months), (completed_years(start, to), add_years)):
        assert count >= 0
        assert add(start, count) <= max(start, to)
        assert add(start, count + 1) > to


@given(ANY, ANY)
def test_counting_never_raises_and_a_year_is_twelve_months(start: date, to: date) -> None:
    assert completed_years(start, to) == completed_months(start, to) // 12
