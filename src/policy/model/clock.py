"""The clock of a place: the day of a moment there, and periods added to the time that its clock shows.

A moment is an instant; what day it is, and what the clock shows, depends on the place. Adding a period to a moment is
adding it to that day and keeping the time of the clock, so that a year from noon is noon, though it may be an hour more
or less than 365 days. Where clocks are changed, two things can happen to that time.

**It does not exist**, because the clock was put forward over it. Then it is as much later as the clock was put forward:
half past two, an hour lost at two, is half past three. Nothing that runs until then ends sooner than it says.

**It comes twice**, because the clock was put back. Then it is the one with the offset of the moment that the period is
added to, if it is one of them, so that adding nothing changes nothing; else the first.

The result is in UTC: Python compares two times of one place by what their clocks show, not by when they are. Instants
end with the calendar; what would lie beyond is its first or last instant. Everything here is pure and never raises.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache

from policy.model import calendar

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)


def day_of(moment: datetime, zone: str) -> date:
    """The day that it is in a zone at a moment."""
    return _there(moment, zone)[0].date()


def moved(moment: datetime, zone: str, unit: str, n: int) -> datetime:
    """The moment a number of years, months, weeks or days later (earlier when negative), by the clock of a zone."""
    there, offset = _there(moment, zone)
    shown = datetime.combine(calendar.MOVES[unit](there.date(), n), there.time())
    first, second = (_offset(shown.replace(fold=fold), zone) for fold in (0, 1))
    return _instant(shown, second if offset == second < first else first)


def in_zone(moment: datetime, zone: str) -> datetime:
    """A moment with the offset that the clock of a zone has at it."""
    there, offset = _there(moment, zone)
    return datetime.combine(there.date(), there.time(), timezone(offset))


def _there(moment: datetime, zone: str) -> tuple[datetime, timedelta]:
    """What the clock of a zone shows at a moment, and its offset from UTC."""
    try:
        there = moment.astimezone(_zone(zone))
    except OverflowError:
        there = (LAST if moment.year > LAST.year // 2 else FIRST).replace(tzinfo=_zone(zone))
    return there.replace(tzinfo=None, fold=0), there.utcoffset() or timedelta()


def _offset(shown: datetime, zone: str) -> timedelta:
    """The offset of a zone when its clock shows a time."""
    return shown.replace(tzinfo=_zone(zone)).utcoffset() or timedelta()


def _instant(shown: datetime, offset: timedelta) -> datetime:
    """The moment at which a clock with an offset shows a time."""
    try:
        return (shown - offset).replace(tzinfo=UTC, fold=0)
    except OverflowError:
        return LAST if shown.year > LAST.year // 2 else FIRST


@cache
def known_zones() -> frozenset[str]:
    """The names of all zones."""
    from zoneinfo import available_timezones

    return frozenset(available_timezones())


@cache
def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # only for those who have moments

    return ZoneInfo(name)
