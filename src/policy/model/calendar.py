"""Adding and counting calendar months and years: one algorithm, a page long.

Three conventions hold wherever days are counted.

**Months clamp.** Adding months keeps the day of the month, or takes the last day of a month too short for it:
31 January + 1 month = 28 February (29 in a leap year), 29 February 2024 + 2 years = 28 February 2026. Years are
twelve months each. Because of the clamp adding and subtracting are not inverse: 29 February 2024 + 2 years is
28 February 2026, but 28 February 2026 - 2 years is 28 February 2024. So what runs forward (how long something stays
valid, how old someone is) is written forward, and only what looks back (the last three years) subtracts. Nor may one
sum be taken in steps: 31 January + 1 month + 1 month is 28 March, 31 January + 2 months is 31 March.

**Windows are half-open.** A window is `from <= day < until`, and so is the stretch between any two days here. The
last day a person counts is therefore the day before `until`; a stretch both of whose ends count runs to the day after
its last, and the length of a stretch in days is plainly `until - from`.

**The calendar has ends.** Days exist from 1 January of year 1 (`date.min`) to 31 December 9999 (`date.max`). A sum
that would leave the calendar stops at its end instead of failing, so a period too long to add is as long as can be.

Everything here is pure, takes days and whole numbers, and never raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""How many days each month has at least."""


def add_months(day: date, n: int) -> date:
    """The same day of the month `n` months later (earlier when negative), or that month's last day.

    Clamped to `date.min` and `date.max` when the month lies outside the calendar.

    >>> add_months(date(2024, 1, 31), 1), add_months(date(2024, 3, 31), -1)
    (datetime.date(2024, 2, 29), datetime.date(2024, 2, 29))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if year < MINYEAR:
        return date.min
    if year > MAXYEAR:
        return date.max
    if day.day <= LENGTHS[month]:
        return date(year, month + 1, day.day)
    from calendar import monthrange  # loads what knows the names of days in every language

    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, n: int) -> date:
    """The same day of the year `n` years later (earlier when negative); 29 February becomes 28 in a common year.

    Clamped to `date.min` and `date.max` when the year lies outside the calendar.

    >>> add_years(date(2024, 2, 29), 2)
    datetime.date(2026, 2, 28)
    """
    year = day.year + n
    if MINYEAR <= year <= MAXYEAR and day.day <= LENGTHS[day.month - 1]:
        return date(year, day.month, day.day)
    return add_months(day, 12 * n)


def add_days(day: date, n: int) -> date:
    """The day `n` days later (earlier when negative), clamped to `date.min` and `date.max`."""
    ordinal = day.toordinal() + n
    if ordinal < date.min.toordinal():
        return date.min
    if ordinal > date.max.toordinal():
        return date.max
    return date.fromordinal(ordinal)


def add_weeks(day: date, n: int) -> date:
    """The day `n` weeks of seven days later (earlier when negative), clamped to `date.min` and `date.max`."""
    return add_days(day, 7 * n)


MOVES: Final[Mapping[str, Callable[[date, int], date]]] = {
    "years": add_years,
    "months": add_months,
    "weeks": add_weeks,
    "days": add_days,
}
"""How a day is moved by each unit of calendar periods."""


def completed_months(from_: date, to: date) -> int:
    """How many whole months have passed on `to`: the largest n with `from_` + n months <= `to`.

    Counted forward from the start, each time from the start itself, and clamped: a month from 31 January is complete
    on the last day of February. 0 when `to` lies before `from_`: nothing is complete before it began.

    Only sums inside the calendar count; the clamp at `date.max` completes nothing.
    """
    months = (to.year - from_.year) * 12 + to.month - from_.month
    # The sum falls in the month of `to`, so one month more would always be too late and the calendar never ends first.
    if from_.day > to.day and add_months(from_, months) > to:
        months -= 1
    return max(months, 0)


def completed_years(from_: date, to: date) -> int:
    """How many whole years have passed on `to`: the largest n with `from_` + n years <= `to`; so, an age.

    Counted forward and clamped: who is born on 29 February completes a year on 28 February of a common year, and on
    29 February of a leap year. 0 when `to` lies before `from_`.

    >>> completed_years(date(2008, 2, 29), date(2026, 2, 27)), completed_years(date(2008, 2, 29), date(2026, 2, 28))
    (17, 18)
    """
    return completed_months(from_, to) // 12
