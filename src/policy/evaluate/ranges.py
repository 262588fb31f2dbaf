"""Comparison and reckoning with sets of values: from the ends of both sides, or word by word when the words are few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from policy.evaluate import operations
from policy.evaluate.logic import conjunction, disjunction, negation, yes_no
from policy.evaluate.possible import (
    ABSENT,
    FAULT,
    NO_VALUE,
    NONE,
    NOTHING,
    Could,
    broken,
    combine,
    could,
    numbers,
    settled,
    span,
    strict,
    union,
)
from policy.graph import Rounding
from policy.model.values import UNKNOWN, Fault

# ------------------------------------------------------------------ comparison


def same(one: object, other: object) -> object:
    """`is`."""
    ordinary, specials, fault = strict((one, other))
    if not ordinary:
        return yes_no(False, False, specials, fault)
    tried = combine(one, other, lambda a, b: a == b)
    if tried is not None:
        return tried
    a, b = span(could(one)), span(could(other))
    apart = a is not None and b is not None and (surely_below(a[1], b[0]) or surely_below(b[1], a[0]))
    return yes_no(not apart, True, specials, fault)


def differs(one: object, other: object) -> object:
    """`is not`."""
    return negation(same(one, other))


def surely_below(one: Any, other: Any) -> bool:
    """Whether an end lies surely below another; an open end does not."""
    return one is not None and other is not None and one < other


def ordering(exact: Callable[..., object], turned: bool, strictly: bool) -> Callable[..., object]:
    """A comparison by order, from the ends of both sides."""

    def operation(order: tuple[str, ...] | None, one: object, other: object) -> object:
        ordinary, specials, fault = strict((one, other))
        if not ordinary:
            return yes_no(False, False, specials, fault)
        tried = combine(one, other, lambda a, b: exact(order, a, b))
        if tried is not None:
            return tried
        a, b = span(could(one)), span(could(other))
        if a is None or b is None:
            return yes_no(True, True, specials, fault)
        (low, high), (least, most) = (b, a) if turned else (a, b)
        # now: is the first at or above (strictly: above) the second?
        can_hold = not (surely_below(high, least) or (strictly and high is not None and high == least))
        can_fail = not (surely_below(most, low) or (not strictly and low is not None and low == most))
        return yes_no(can_hold, can_fail, specials, fault)

    return operation


def is_none(value: object) -> object:
    """`is none`."""
    one = could(value)
    wrong = bool(one.specials & {ABSENT, FAULT})
    return yes_no(NONE in one.specials, one.ordinary, frozenset({FAULT}) if wrong else NOTHING, one.fault)


def is_given(value: object) -> object:
    """`is given`."""
    return negation(is_none(value))


def member_of(shape: tuple[Any, ...], value: object, *ends: object) -> object:
    """`in` a set written out."""
    given = (value, *ends)
    ordinary, specials, fault = strict((value,))
    if not ordinary:
        return yes_no(False, False, specials, fault)
    results: list[object] = []
    for kind, *where in shape:
        if kind == "value":
            results.append(same(value, given[where[0]]))
            continue
        low, high, open_end, order = where
        over = True if low is None else AT_OR_ABOVE(order, value, given[low])
        under = True if high is None else (BELOW if open_end else AT_OR_BELOW)(order, value, given[high])
        results.append(conjunction(over, under))
    one = could(value)
    if one.words is not None and not any(isinstance(end, Could) or end is UNKNOWN for end in ends):
        found = union(operations.member_of(shape, word, *ends) for word in one.words)
        return union([found, *broken(specials, fault)])
    return disjunction(*results)


# ------------------------------------------------------------------ numbers and dates


def _sum(pairs: Sequence[tuple[Any, Any]]) -> tuple[Any, Any]:
    lows, highs = [low for low, _ in pairs], [high for _, high in pairs]
    return (None if None in lows else sum(lows)), (None if None in highs else sum(highs))


def total(*values: object) -> object:
    """`sum of`: what may not apply may add nothing."""
    bad = any(could(value).specials & {NONE, FAULT} for value in values)
    fault = next((one.fault for one in map(could, values) if one.fault is not None), None)
    low, high = _sum([_with_nothing(value) for value in values])
    return settled(Could(low, high, None, frozenset({FAULT}) if bad else NOTHING, fault))


def _with_nothing(value: object) -> tuple[Any, Any]:
    one = could(value)
    if not one.ordinary:
        return 0, 0
    low, high = numbers(one)
    if ABSENT not in one.specials:
        return low, high
    return (None if low is None else min(low, 0)), (None if high is None else max(high, 0))


def extreme(pick: Callable[..., Any]) -> Callable[..., object]:
    """`greatest of`, `least of`: what may not apply may be left out."""
    up = pick is max

    def operation(order: object, *values: object) -> object:
        if isinstance(order, tuple):
            return _words(order, operation(None, *(_places(order, value) for value in values)), values)
        sets = [could(value) for value in values]
        bad = any(one.specials & {NONE, FAULT} for one in sets) or all(ABSENT in one.specials for one in sets)
        specials = frozenset({FAULT}) if bad else NOTHING
        pairs = [(numbers(one), ABSENT in one.specials) for one in sets if one.ordinary]
        if not pairs:
            return settled(Could(words=NO_VALUE, specials=specials))
        lows, highs = [pair[0] for pair, _ in pairs], [pair[1] for pair, _ in pairs]
        sure = [pair for pair, absent in pairs if not absent]
        if up:
            high = None if None in highs else max(highs)
            known = [pair[0] for pair in sure if pair[0] is not None]
            low = max(known) if known else (None if None in lows or not lows else min(lows))
        else:
            low = None if None in lows else min(lows)
            known = [pair[1] for pair in sure if pair[1] is not None]
            high = min(known) if known else (None if None in highs or not highs else max(highs))
        return settled(Could(low, high, None, specials))

    return operation


def _places(order: tuple[str, ...], value: object) -> Could:
    """The places, in the order of an enum, of the words that something can be."""
    one = could(value)
    places = range(len(order)) if one.words is None else map(order.index, one.words)
    return Could(words=frozenset(places), specials=one.specials, fault=one.fault)


def _words(order: tuple[str, ...], found: object, values: Sequence[object]) -> object:
    """The words at the places found that one of the values can be."""
    one = could(found)
    low, high = numbers(one)
    if low is None or high is None:
        return found
    words = frozenset(word for word in order[low : high + 1] if any(could(value).can_be(word) for value in values))
    return settled(Could(words=words, specials=one.specials, fault=one.fault))


def different(*values: object) -> object:
    """`number of different`."""
    _, specials, fault = strict(values)
    sure = {next(iter(one.words)) for one in map(could, values) if one.words is not None and len(one.words) == 1}
    unsure = sum(1 for value in values if isinstance(value, Could))
    return settled(Could(max(len(sure), min(1, len(values))), len(sure) + unsure, None, specials, fault))


def capped(value: object, limit: object) -> object:
    """`up to`."""
    one = could(value)
    if one.specials == {ABSENT} and not one.ordinary:
        return value
    _, specials, fault = strict(
        (settled(Could(one.low, one.high, one.words, one.specials - {ABSENT}, one.fault)), limit)
    )
    (low, high), (least, most) = numbers(one), numbers(limit)
    lowest = None if low is None or least is None else min(low, least)
    known = [end for end in (high, most) if end is not None]
    kept = one.specials & {ABSENT}
    return settled(Could(lowest, min(known) if known else None, None, specials | kept, fault))


def arithmetic(exact: Callable[[Any, Any], object], how: str) -> Callable[[object, object], object]:
    """`+`, `-`, `*`, `/` on ends."""

    def operation(one: object, other: object) -> object:
        ordinary, specials, fault = strict((one, other))
        if not ordinary:
            return settled(Could(words=NO_VALUE, specials=specials, fault=fault))
        tried = combine(one, other, exact)
        if tried is not None and not any(isinstance(w, Fault) for w in could(tried).words or ()):
            return tried
        (low, high), (least, most) = numbers(one), numbers(other)
        if how == "add":
            ends = _sum([(low, high), (least, most)])
        elif how == "subtract":
            ends = (
                None if low is None or most is None else low - most,
                None if high is None or least is None else high - least,
            )
        else:
            ends, specials = _scaled(exact, (low, high), (least, most), how, specials)
        return settled(Could(*ends, None, specials, fault))

    return operation


def _scaled(
    exact: Callable[[Any, Any], object],
    one: tuple[Any, Any],
    other: tuple[Any, Any],
    how: str,
    specials: frozenset[str],
) -> tuple[tuple[Any, Any], frozenset[str]]:
    """The ends of a product or quotient; open where an operand is, or where a divisor can be zero."""
    if how == "divide" and (None in other or other[0] <= 0 <= other[1]):
        return (None, None), specials | {FAULT}
    if None in one or None in other:
        if other[0] is not None and (other[0] > 0 if how == "divide" else other[0] >= 0):
            low = None if one[0] is None or one[0] < 0 else 0
            return (low, None), specials
        return (None, None), specials
    corners: list[Any] = [exact(a, b) for a in one for b in other]
    return (min(corners), max(corners)), specials


def shift(how: tuple[str, int], day: object, amount: object) -> object:
    """A date moved: both ends of it, when the period is known."""
    _, specials, fault = strict((day, amount))
    low, high = numbers(day)
    if isinstance(amount, Could) or amount is UNKNOWN or not isinstance(amount, int):
        return Could(None, None, None, specials, fault)
    ends = [None if end is None else operations.shift(how, end, amount) for end in (low, high)]
    return settled(Could(ends[0], ends[1], None, specials, fault))


def shift_moment(how: tuple[str, int, str], moment: object, amount: object) -> object:
    """A moment moved: each that it can be, or a day more than both ends of it, since clocks that change turn about."""
    _, specials, fault = strict((moment, amount))
    if isinstance(amount, Could) or not isinstance(amount, int):
        return Could(None, None, None, specials, fault)
    return _by_the_clock(moment, lambda one: operations.shift_moment(how, one, amount), specials, fault)


def day_of(zone: str, moment: object) -> object:
    """The day of a moment: of each that it can be, or of a day more than both ends of it."""
    _, specials, fault = strict((moment,))
    return _by_the_clock(moment, lambda one: operations.day_of(zone, one), specials, fault)


def _by_the_clock(moment: object, exact: Callable[[Any], Any], specials: frozenset[str], fault: Fault | None) -> object:
    one = could(moment)
    if one.words is not None:
        return settled(Could(words=frozenset(map(exact, one.words)), specials=specials, fault=fault))
    low = None if one.low is None else _a_day_further(exact(one.low), -1)
    high = None if one.high is None else _a_day_further(exact(one.high), 1)
    return Could(low, high, None, specials, fault)


def _a_day_further(found: object, sign: int) -> object:
    """A moment, or a day, a day before or after it."""
    if isinstance(found, datetime):
        return operations.shift_moment(("days", sign, "UTC"), found, 1)
    return operations.shift(("days", sign), found, 1)


def completed(exact: Callable[..., object]) -> Callable[..., object]:
    """Whole years or months between days: more for an earlier start and for a later end."""

    def operation(_: object, start: object, end: object) -> object:
        ordinary, specials, fault = strict((start, end))
        if not ordinary:
            return settled(Could(words=NO_VALUE, specials=specials, fault=fault))
        (first, last), (soonest, latest) = numbers(start), numbers(end)
        low: Any = 0 if last is None or soonest is None else exact(None, last, soonest)
        high: Any = None if first is None or latest is None else exact(None, first, latest)
        return settled(Could(low, high, None, specials, fault))

    return operation


def floor(_: object, value: object) -> object:
    """`floor`."""
    _ordinary, specials, fault = strict((value,))
    ends = [None if end is None else operations.floor(None, end) for end in numbers(value)]
    return settled(Could(ends[0], ends[1], None, specials, fault))


def rounded(how: Rounding, value: object) -> object:
    """`rounded`: each of the few values, or both ends."""
    _, specials, fault = strict((value,))
    one = could(value)
    if one.words is not None:
        words = frozenset(operations.rounded(how, word) for word in one.words)
        return settled(Could(words=words, specials=specials, fault=fault))
    ends = [None if end is None else operations.rounded(how, end) for end in numbers(one)]
    return settled(Could(ends[0], ends[1], None, specials, fault))


def of_code(exact: Callable[..., object]) -> Callable[..., object]:
    """`prefix`, `digit`: tried on each code it can be."""

    def operation(_: object, code: object, place: object) -> object:
        tried = combine(code, place, lambda c, p: exact(None, c, p))
        if tried is not None and not any(isinstance(w, Fault) for w in could(tried).words or ()):
            return tried
        return Could(specials=frozenset({FAULT}))

    return operation


def multiple(_: object, value: object, of: object) -> object:
    """`multiple`."""
    return yes_no(True, True, strict((value, of))[1])


AT_OR_ABOVE: Final = ordering(operations.at_or_above, turned=False, strictly=False)
ABOVE: Final = ordering(operations.above, turned=False, strictly=True)
AT_OR_BELOW: Final = ordering(operations.at_or_below, turned=True, strictly=False)
BELOW: Final = ordering(operations.below, turned=True, strictly=True)
