"""`sum of the 2 greatest`, `sum of the 2 least`: exactly, and within bounds.

What may or may not be there changes such a sum in more ways than one. Where too few others are there, it is added even
if it lowers the sum; where there are enough, it can only displace one that is worse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from policy.evaluate.lists import doubt_of
from policy.evaluate.operations import Doubt, doubt, exact, settle
from policy.evaluate.possible import ABSENT, FAULT, NONE, NOTHING, Could, Open, could, is_faulty, numbers, settled
from policy.graph import Best
from policy.model.values import NOT_APPLICABLE, Fault, Listing, items_of

Numbers = Sequence[Any]


def sum_of_best(sign: int) -> Callable[..., object]:
    """The sum of the greatest members written out, or with sign -1 of the least; fewer than enough are all taken."""

    def operation(best: Best, *values: Any) -> object:
        kept = [value for value in values if value is not NOT_APPLICABLE]
        found = settle(*kept)
        return exact(sign * _best(best.count, [sign * value for value in kept])) if found is None else found

    return operation


def sum_of_best_in(sign: int) -> Callable[..., object]:
    """The sum of the greatest members of a list, or with sign -1 of the least; 0 for an empty one."""

    def operation(best: Best, values: object) -> object:
        found = settle(values)
        if found is not None:
            return found
        why = doubt_of(values)
        sure: list[Any] = []
        possible: list[Any] = []
        doubts: list[Doubt] = []
        special = False
        value: Any
        for value, certain in zip(*items_of(values), strict=True):
            if value is NOT_APPLICABLE:
                continue
            found = settle(value)
            if certain and isinstance(found, Fault):  # a certain fault stays, whatever becomes of the others
                return found
            special = special or found is not None
            doubts.append(doubt(found, None if certain else why))
            if found is None:
                (sure if certain else possible).append(sign * value)
        if not special:
            low, high = _ends(best.count, sure, possible * best.count)
            if low == high:
                return exact(sign * low)
        return doubt(*doubts)

    return operation


def _best(count: int, values: Numbers) -> Any:
    """The sum of the greatest of some numbers."""
    return sum(sorted(values, reverse=True)[:count])


def _ends(count: int, sure: Numbers, possible: Numbers) -> tuple[Any, Any]:
    """The least and the greatest sum, whichever of the possible numbers turn out to be there."""
    return _lowest(count, sure, possible), _highest(count, sure, possible)


def _lowest(count: int, sure: Numbers, possible: Numbers) -> Any:
    """The least sum: of those with some of the least possible numbers."""
    worst = sorted(possible)
    return min(_best(count, [*sure, *worst[:number]]) for number in range(len(worst) + 1))


def _highest(count: int, sure: Numbers, possible: Numbers) -> Any:
    """The greatest sum: of those with some of the greatest possible numbers."""
    best = sorted(possible, reverse=True)
    return max(_best(count, [*sure, *best[:number]]) for number in range(len(best) + 1))


# ------------------------------------------------------------------ within bounds


def bounds_of_best(sign: int) -> Callable[..., object]:
    """What the sum of the greatest, or least, of members written out can be: what may not apply may be left out."""

    def operation(best: Best, *values: object) -> object:
        return _within(sign, best.count, [(value, True) for value in values], NOTHING)

    return operation


def bounds_of_best_in(sign: int) -> Callable[..., object]:
    """What the sum of the greatest, or least, of a list can be: a possible member may be left out."""

    def operation(best: Best, values: object) -> object:
        if not isinstance(values, (tuple, Listing)):
            return Could(specials=frozenset({FAULT}) if could(values).specials else NOTHING)
        pairs = list(zip(*items_of(values), strict=True))
        if isinstance(values, Open) and values.several:
            pairs += [pair for pair in pairs if not pair[1]] * (best.count - 1)
        return _within(sign, best.count, pairs, frozenset({FAULT}) if is_faulty(values) else NOTHING)

    return operation


def _within(sign: int, count: int, pairs: list[tuple[object, bool]], specials: frozenset[str]) -> object:
    """The ends of a sum of the greatest, for members of which some may be left out."""
    lows: tuple[list[Any], list[Any]] = [], []
    highs: tuple[list[Any], list[Any]] = [], []
    fault: Fault | None = None
    for value, certain in pairs:
        one = could(value)
        fault = one.fault if fault is None else fault
        if one.specials & {NONE, FAULT}:
            specials |= {FAULT}
        if one.ordinary:
            low, high = numbers(one) if sign > 0 else _turned(numbers(one))
            optional = not certain or ABSENT in one.specials
            lows[optional].append(low)
            highs[optional].append(high)
    known = [low for low in lows[False] if low is not None]
    low = _best(count, known)
    if len(known) < count:
        low = None if None in (*lows[False], *lows[True]) else _lowest(count, *lows)
    high = None if None in (*highs[False], *highs[True]) else _highest(count, *highs)
    ends = (low, high) if sign > 0 else _turned((low, high))
    return settled(Could(*ends, None, specials, fault))


def _turned(ends: tuple[Any, Any]) -> tuple[Any, Any]:
    """The ends of what has the other sign."""
    low, high = ends
    return (None if high is None else -high), (None if low is None else -low)
