"""What each operation does with one value or several.

Two promises hold for every operation here and in `lists`, `records` and `time`.

**Total.** It gives a value for any operands, never an exception.

**What is known stays.** An unknown operand may turn out to be any value, none, something that does not apply, or a
fault. An answer other than unknown is given only when all of these lead to it (to some fault, if it is a fault), so
filling in facts never changes it. It follows that a fault counts only where it can make a difference: not beside a
settled side of `and`, not in a branch that is not taken, and not in a condition whose branches agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import floor as whole
from typing import Any, Final, TypeAlias

from policy.graph import CodeSet, Rounding
from policy.model import calendar, clock
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault, Listing, MapValue, Record, Unknown

NONE_READ: Final = Fault("none", "something that is none was read")
DOES_NOT_APPLY: Final = Fault("does-not-apply", "something that does not apply was used")
NO_ROW: Final = Fault("no-row", "no row of the table is hit")
SEVERAL_ROWS: Final = Fault("several-rows", "several rows of the table are hit")
NO_KEY: Final = Fault("no-key", "the dataset has no such key")
EMPTY: Final = Fault("empty", "there is nothing to take the greatest or least of")
DIVISION: Final = Fault("division", "a number was divided by zero")

Doubt: TypeAlias = Fault | Unknown | None
"""What keeps an answer from being had: a fault, or unknown facts; None when nothing does."""


def doubt(*causes: Doubt) -> Doubt:
    """The doubt that several make together: a fault stands only if nothing unknown could still make it harmless."""
    found: Doubt = None
    for cause in causes:
        if cause is UNKNOWN:
            return UNKNOWN
        if found is None:
            found = cause
    return found


def settle(*values: object) -> Doubt:
    """What an ordinary operation gives at once; None when all values are ordinary.

    A fault for a fault, none or what does not apply, since whatever becomes known beside it there is a fault; else
    unknown for unknown.
    """
    unknown: Unknown | None = None
    for value in values:
        if value is UNKNOWN:
            unknown = UNKNOWN
        elif value is None or value is NOT_APPLICABLE or isinstance(value, Fault):
            return as_fault(value)
    return unknown


def as_fault(value: object) -> Fault:
    """The fault that a value is when something ordinary was wanted."""
    if isinstance(value, Fault):
        return value
    return NONE_READ if value is None else DOES_NOT_APPLY


def alike(one: object, other: object) -> object:
    """Whether two values are the same, or unknown: also of values of which parts are unknown, and of special ones."""
    if type(one) in PLAIN and type(other) in PLAIN:
        return one == other
    if one is UNKNOWN or other is UNKNOWN:
        return UNKNOWN
    if one is other or (isinstance(one, Fault) and isinstance(other, Fault)):
        return True
    if isinstance(one, Listing) or isinstance(other, Listing):
        return UNKNOWN
    if isinstance(one, tuple) and isinstance(other, tuple):
        if len(one) != len(other):
            return False
        return conjunction(*map(alike, one, other))
    if isinstance(one, MapValue) and isinstance(other, MapValue):
        return conjunction(*(alike(value, other.values[key]) for key, value in one.values.items()))
    if isinstance(one, Record) and isinstance(other, Record):
        return _same_record(one, other)
    return one == other


PLAIN: Final = frozenset({bool, int, str, date})
"""Types of values that are the same when they are equal."""


def agreed(values: Sequence[object]) -> object:
    """Whether all of some values are the same, or unknown."""
    found: object = True
    for other in values[1:]:
        match = alike(values[0], other)
        if match is False:
            return False
        if match is UNKNOWN:
            found = UNKNOWN
    return found


def _same_record(one: Record, other: Record) -> object:
    """A record of the profile is told by its path, a piece of it also by its days, a group or run by what it holds."""
    if one.fields is other.fields:
        return True
    if one.type != other.type or one.path != other.path:
        return False
    held = ("start", "end") if one.path else one.fields
    return conjunction(*(alike(one.fields.get(name), other.fields.get(name)) for name in held))


# ------------------------------------------------------------------ logic


def conjunction(*values: object) -> object:
    """`no` if any is no; a fault stands only if nothing unknown could still settle it."""
    return _logic(values, settled=False)


def disjunction(*values: object) -> object:
    """`yes` if any is yes; a fault stands only if nothing unknown could still settle it."""
    return _logic(values, settled=True)


def all_of(*values: object) -> object:
    """Like `and`, leaving out what does not apply."""
    return _logic([value for value in values if value is not NOT_APPLICABLE], settled=False)


def any_of(*values: object) -> object:
    """Like `or`, leaving out what does not apply."""
    return _logic([value for value in values if value is not NOT_APPLICABLE], settled=True)


def _logic(values: Iterable[object], settled: bool) -> object:
    fault: Fault | None = None
    unknown = False
    for value in values:
        if value is settled:
            return settled
        if value is UNKNOWN:
            unknown = True
        elif value is not (not settled) and fault is None:
            fault = as_fault(value)
    if unknown:
        return UNKNOWN
    return (not settled) if fault is None else fault


def negation(value: object) -> object:
    """The other of yes and no."""
    found = settle(value)
    return (not value) if found is None else found


def at_least(count: int, *values: object) -> object:
    """Whether enough members hold."""
    yes = sum(value is True for value in values)
    if yes >= count:
        return True
    unknown = sum(value is UNKNOWN for value in values)
    faults = [value for value in values if value is None or isinstance(value, Fault)]
    if yes + unknown + len(faults) < count:
        return False
    return UNKNOWN if unknown or not faults else as_fault(faults[0])


def choice(*values: object) -> object:
    """The value of the first branch that holds.

    Where a condition is unknown, or is a fault, it is the value that all branches still possible agree on; without one,
    unknown or the fault.
    """
    return _choice(values, 0)


def _choice(values: tuple[object, ...], first: int) -> object:
    for at in range(first, len(values) - 1, 2):
        condition = values[at]
        if condition is True:
            return values[at + 1]
        if condition is not False:
            return _undecided(condition, values[at + 1], _choice(values, at + 2))
    return values[-1]


def _undecided(condition: object, one: object, other: object) -> object:
    """What comes of a condition that says neither yes nor no."""
    same_anyway = alike(one, other)
    if same_anyway is True:
        return one
    return UNKNOWN if condition is UNKNOWN or same_anyway is UNKNOWN else as_fault(condition)


def applies(condition: object, value: object) -> object:
    """The value where the condition holds, else `does not apply`."""
    if condition is True:
        return value
    if condition is False:
        return NOT_APPLICABLE
    return UNKNOWN if condition is UNKNOWN else as_fault(condition)


# ------------------------------------------------------------------ comparison


def same(one: object, other: object) -> object:
    """Whether two values are equal."""
    found = settle(one, other)
    return alike(one, other) if found is None else found


def differs(one: object, other: object) -> object:
    """Whether two values are different."""
    return negation(same(one, other))


def _ordering(compare: Callable[[Any, Any], bool]) -> Callable[..., object]:
    def operation(order: tuple[str, ...] | None, one: Any, other: Any) -> object:
        found = settle(one, other)
        if found is not None:
            return found
        if order is not None:
            return compare(order.index(one), order.index(other))
        return compare(one, other)

    return operation


at_or_above = _ordering(lambda one, other: bool(one >= other))
at_or_below = _ordering(lambda one, other: bool(one <= other))
above = _ordering(lambda one, other: bool(one > other))
below = _ordering(lambda one, other: bool(one < other))


def length_reaches(unit: str, length: Any, amount: Any) -> object:
    """Whether an unbroken period lasts at least so many years, months, weeks or days."""
    found = settle(length, amount)
    return (calendar.MOVES[unit](length.start, amount) <= length.until) if found is None else found


def length_falls_short(unit: str, length: Any, amount: Any) -> object:
    """The contrary of `length_reaches`."""
    return negation(length_reaches(unit, length, amount))


def is_none(value: object) -> object:
    """Whether a value is known to be absent."""
    if value is None:
        return True
    found = settle(value)
    return False if found is None else found


def is_given(value: object) -> object:
    """Whether a value is there."""
    return negation(is_none(value))


def member_of(shape: tuple[Any, ...], value: Any, *ends: Any) -> object:
    """Whether a value is one of the elements, or in one of the ranges, written out."""
    found = settle(value)
    if found is not None:
        return found
    given = (value, *ends)
    results = []
    for kind, *where in shape:
        if kind == "value":
            results.append(same(value, given[where[0]]))
        else:
            low, high, open_end, order = where
            over = True if low is None else at_or_above(order, value, given[low])
            under = True if high is None else (below if open_end else at_or_below)(order, value, given[high])
            results.append(conjunction(over, under))
    return disjunction(*results)


def member_of_codes(codes: CodeSet, value: Any) -> object:
    """Whether a code is in a declared set."""
    found = settle(value)
    return codes.holds(value) if found is None else found


# ------------------------------------------------------------------ arithmetic


def total(*values: object) -> object:
    """The sum; what does not apply adds nothing."""
    kept = [value for value in values if value is not NOT_APPLICABLE]
    found = settle(*kept)
    return exact(sum(kept)) if found is None else found


def _extreme(pick: Callable[..., Any]) -> Callable[..., object]:
    def operation(order: tuple[str, ...] | None, *values: Any) -> object:
        kept = [value for value in values if value is not NOT_APPLICABLE]
        if not kept:
            return EMPTY
        found = settle(*kept)
        if found is not None:
            return found
        return pick(kept, key=order.index) if isinstance(order, tuple) else pick(kept)

    return operation


greatest = _extreme(max)
least = _extreme(min)


def different(*values: object) -> object:
    """How many different values there are. A value alone is one, whatever it is."""
    if len(values) == 1:
        return 1
    found = settle(*values)
    return count_different(values) if found is None else found


def count_different(values: Sequence[object]) -> object:
    """How many of these values are different from all before them."""
    kinds: list[object] = []
    for value in values:
        known = disjunction(*(alike(value, kind) for kind in kinds))
        if known is UNKNOWN:
            return UNKNOWN
        if known is False:
            kinds.append(value)
    return len(kinds)


def capped(value: Any, limit: Any) -> object:
    """The lesser of a value and its limit; what does not apply stays so, whatever the limit is."""
    if value is NOT_APPLICABLE or value is UNKNOWN:
        return value
    found = settle(value, limit)
    return min(value, limit) if found is None else found


def exact(value: Any) -> object:
    """A number as rules hold it: whole ones are `int`."""
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def _arithmetic(compute: Callable[[Any, Any], Any]) -> Callable[[Any, Any], object]:
    def operation(one: Any, other: Any) -> object:
        found = settle(one, other)
        return exact(compute(one, other)) if found is None else found

    return operation


add = _arithmetic(lambda one, other: one + other)
subtract = _arithmetic(lambda one, other: one - other)
multiply = _arithmetic(lambda one, other: one * other)


def divide(one: Any, other: Any) -> object:
    """An exact quotient."""
    found = settle(one, other)
    if found is not None:
        return found
    return DIVISION if other == 0 else exact(Fraction(one) / Fraction(other))


def shift(how: tuple[str, int], day: Any, amount: Any) -> object:
    """A date moved by a calendar period."""
    found = settle(day, amount)
    return calendar.MOVES[how[0]](day, how[1] * amount) if found is None else found


def shift_moment(how: tuple[str, int, str], moment: Any, amount: Any) -> object:
    """A moment moved by a calendar period, by the clock of a zone."""
    found = settle(moment, amount)
    unit, sign, zone = how
    return clock.moved(moment, zone, unit, sign * amount) if found is None else found


def day_of(zone: str, moment: Any) -> object:
    """The day of a moment in a zone."""
    found = settle(moment)
    return clock.day_of(moment, zone) if found is None else found


def completed(count: Callable[[date, date], int]) -> Callable[..., object]:
    """A count of whole years or months between two days."""

    def operation(_: object, start: Any, end: Any) -> object:
        found = settle(start, end)
        return count(start, end) if found is None else found

    return operation


def floor(_: object, value: Any) -> object:
    """The whole part."""
    found = settle(value)
    return whole(value) if found is None else found


def rounded(how: Rounding, value: Any) -> object:
    """A multiple of a step."""
    found = settle(value)
    return exact(how.of(value)) if found is None else found


def prefix(_: object, code: Any, length: Any) -> object:
    """The first digits of a code."""
    found = settle(code, length)
    return code[: max(length, 0)] if found is None else found


def digit(_: object, code: Any, place: Any) -> object:
    """One digit of a code, counted from 1."""
    found = settle(code, place)
    if found is not None:
        return found
    if not 1 <= place <= len(code) or code[place - 1] not in DIGITS:
        return Fault("no-digit", f"the code {code} has no digit {place}")
    return int(code[place - 1])


DIGITS: Final = "0123456789"


def multiple(_: object, value: Any, of: Any) -> object:
    """Whether a number is a whole multiple of another."""
    found = settle(value, of)
    if found is not None:
        return found
    return DIVISION if of == 0 else Fraction(value) % Fraction(of) == 0
