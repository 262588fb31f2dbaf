"""The clock of a place: what day it is there, and what a period is, also where clocks are changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.model.clock import FIRST, LAST, day_of, in_zone, known_zones, moved

TORONTO = "America/Toronto"
ZONES = (TORONTO, "America/St_Johns", "Pacific/Apia", "America/Havana", "Australia/Lord_Howe", "UTC")

moments = st.datetimes(datetime(1950, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-01-21T04:59:59Z", TORONTO, "2026-01-20"),
        ("2026-01-21T05:00:00Z", TORONTO, "2026-01-21"),
        ("2026-07-21T03:59:59Z", TORONTO, "2026-07-20"),
        ("2026-07-21T04:00:00Z", TORONTO, "2026-07-21"),
        ("2026-01-21T23:30:00-08:00", TORONTO, "2026-01-22"),
        ("2026-01-21T23:30:00-08:00", "America/Vancouver", "2026-01-21"),
        ("2026-01-21T23:30:00-08:00", "UTC", "2026-01-22"),
        ("2011-12-30T10:00:00Z", "Pacific/Apia", "2011-12-31"),
        ("2011-12-30T09:59:59Z", "Pacific/Apia", "2011-12-29"),
    ],
)
def test_the_day_is_that_of_the_zone(moment: str, zone: str, day: str) -> None:
    assert day_of(at(moment), zone) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("moment", "unit", "n", "later"),
    [
        # a year to the time of the clock: 8,760 hours, or an hour less or more over a change of clocks
        ("2025-01-15T12:00:00-05:00", "years", 1, "2026-01-15T12:00:00-05:00"),
        ("2025-03-08T23:00:00-05:00", "years", 1, "2026-03-08T23:00:00-04:00"),
        ("2024-11-02T12:00:00-04:00", "years", 1, "2025-11-02T12:00:00-05:00"),
        ("2026-03-07T12:00:00-05:00", "days", 1, "2026-03-08T12:00:00-04:00"),
        ("2026-10-31T12:00:00-04:00", "days", 1, "2026-11-01T12:00:00-05:00"),
        ("2026-03-08T12:00:00-04:00", "days", -1, "2026-03-07T12:00:00-05:00"),
        ("2026-02-22T12:00:00-05:00", "weeks", 2, "2026-03-08T12:00:00-04:00"),
        # the end of the month
        ("2024-02-29T10:15:30.5-05:00", "years", 2, "2026-02-28T10:15:30.5-05:00"),
        ("2026-01-31T23:59:59-05:00", "months", 1, "2026-02-28T23:59:59-05:00"),
        # the clock is that of the zone, wherever the moment was written down
        ("2026-03-08T04:30:00+00:00", "days", 1, "2026-03-08T23:30:00-04:00"),
        ("2026-03-07T09:00:00-08:00", "days", 1, "2026-03-08T12:00:00-04:00"),
        # half past two does not exist on 8 March 2026
        ("2026-03-07T02:30:00-05:00", "days", 1, "2026-03-08T03:30:00-04:00"),
        ("2026-03-09T02:30:00-04:00", "days", -1, "2026-03-08T03:30:00-04:00"),
        ("2025-03-08T02:00:00-05:00", "years", 1, "2026-03-08T03:00:00-04:00"),
        ("2025-03-08T01:59:59-05:00", "years", 1, "2026-03-08T01:59:59-05:00"),
        # half past one comes twice on 1 November 2026
        ("2026-10-31T01:30:00-04:00", "days", 1, "2026-11-01T01:30:00-04:00"),
        ("2026-11-02T01:30:00-05:00", "days", -1, "2026-11-01T01:30:00-05:00"),
        ("2025-11-10T01:30:00-05:00", "years", 0, "2025-11-10T01:30:00-05:00"),
        ("2026-11-01T01:30:00-05:00", "days", 0, "2026-11-01T01:30:00-05:00"),
        ("2026-11-01T01:30:00-04:00", "days", 0, "2026-11-01T01:30:00-04:00"),
        ("2026-11-01T01:30:00-05:00", "days", 1, "2026-11-02T01:30:00-05:00"),
    ],
)
def test_a_period_keeps_the_time_of_the_clock(moment: str, unit: str, n: int, later: str) -> None:
    assert moved(at(moment), TORONTO, unit, n) == at(later)


def test_a_year_over_a_change_of_clocks_is_an_hour_less() -> None:
    start = at("2025-03-08T23:00:00-05:00")
    assert moved(start, TORONTO, "years", 1) - start == timedelta(hours=8759)


@pytest.mark.parametrize("zone", ZONES)
@given(moment=moments)
def test_to_add_nothing_changes_nothing(zone: str, moment: datetime) -> None:
    for unit in ("years", "months", "weeks", "days"):
        assert moved(moment, zone, unit, 0) == moment


@pytest.mark.parametrize("zone", ZONES)
@given(moment=moments, n=st.integers(-60, 60))
def test_the_clock_shows_the_same_time_or_later_as_far_as_it_was_put_forward(
    zone: str, moment: datetime, n: int
) -> None:
    here, there = in_zone(moment, zone), in_zone(moved(moment, zone, "days", n), zone)
    shown = here.replace(tzinfo=None) + timedelta(days=n)
    late = there.replace(tzinfo=None) - shown
    assert timedelta(0) <= late <= timedelta(days=1)
    if late:
        before, after = (in_zone(there + timedelta(days=d), zone).utcoffset() for d in (-2, 2))
        assert before is not None
        assert after is not None
        assert after - before == late or zone == "Pacific/Apia"


@pytest.mark.parametrize("zone", ZONES)
@given(moment=moments)
def test_a_moment_in_a_zone_is_the_same_moment(zone: str, moment: datetime) -> None:
    assert in_zone(moment, zone) == moment
    assert in_zone(moment, zone).date() == day_of(moment, zone)


@pytest.mark.parametrize("hours", [-14, 0, 14])
@pytest.mark.parametrize("edge", [datetime.min, datetime.max])
@pytest.mark.parametrize("zone", ZONES)
def test_nothing_lies_beyond_the_calendar(edge: datetime, zone: str, hours: int) -> None:
    moment = edge.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert day_of(moment, zone).year in (1, 9999)
    for n in (-1, 0, 1, 10**6, -(10**6)):
        assert FIRST <= moved(moment, zone, "years", n) <= LAST


def test_zones_are_those_of_the_database() -> None:
    assert {TORONTO, "UTC", "Europe/Paris"} <= known_zones()
    assert "Toronto" not in known_zones()
