"""Operations on lists and spells as generated code calls them: quick where everything in them is ordinary.

Each gives what the operation of the same name gives in `lists`, `time` or `operations`, and leaves to that one whatever
holds something unknown, absent, inapplicable or faulty. Lists come here as tuples: all their members are certain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import lcm
from typing import Any, Final, TypeAlias

from policy.evaluate import lists, time
from policy.evaluate.operations import EMPTY, Doubt, doubt, exact, settle
from policy.evaluate.time import RATE
from policy.graph import CodeSet
from policy.model.values import UNKNOWN, Record, listing, record

Items: TypeAlias = tuple[Any, ...]
Results: TypeAlias = Sequence[Any]

# ------------------------------------------------------------------ numbers


def at_or_above(one: Any, other: Any) -> bool:
    """Whether a number, often a fraction, is at least another."""
    return bool(_numerator(one) * _denominator(other) >= _numerator(other) * _denominator(one))


def above(one: Any, other: Any) -> bool:
    """Whether a number, often a fraction, is more than another."""
    return bool(_numerator(one) * _denominator(other) > _numerator(other) * _denominator(one))


def _numerator(number: Any) -> Any:
    return number if type(number) is int else number._numerator


def _denominator(number: Any) -> Any:
    return 1 if type(number) is int else number._denominator


def placed(number: Any, scale: int) -> int:
    """The place of a number on a line of half steps, `scale` whole steps to a unit: odd between two whole steps."""
    step, rest = divmod(_numerator(number) * scale, _denominator(number))
    return int(2 * step + (rest != 0))


def sevenths(number: int) -> int | Fraction:
    """A seventh of a whole number."""
    whole, rest = divmod(number, 7)
    return whole if rest == 0 else reduced(number, 7)


def reduced(numerator: int, denominator: int) -> Fraction:
    """The fraction of two numbers without a common divisor: not looking for one saves most of the time."""
    made: Any = object.__new__(Fraction)
    made._numerator = numerator
    made._denominator = denominator
    fraction: Fraction = made
    return fraction


def holds(codes: CodeSet) -> Callable[[str], bool]:
    """The test whether a code is in a declared set, with its patterns sorted out beforehand."""
    exact_in, starts_in = _sorted(codes.patterns)
    exact_out, starts_out = _sorted(codes.exceptions)

    def test(code: str) -> bool:
        return (code in exact_in or code.startswith(starts_in)) and not (
            code in exact_out or code.startswith(starts_out)
        )

    return test


def _sorted(patterns: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The patterns that are whole codes, and the beginnings that the others ask for."""
    return (
        frozenset(pattern for pattern in patterns if not pattern.endswith("*")),
        tuple(pattern[:-1] for pattern in patterns if pattern.endswith("*")),
    )


# ------------------------------------------------------------------ finishing a walk


def _certain(items: Items) -> tuple[bool, ...]:
    return (True,) * len(items)


def kept(items: Items, results: Results) -> object:
    """`where`."""
    found = []
    doubts: list[Doubt] = []
    ordinary = True
    for item, result in zip(items, results, strict=True):
        if result is not False:
            found.append(item)
            if result is True:
                doubts.append(None)
            else:
                doubts.append(settle(result))
                ordinary = False
    if ordinary:
        return tuple(found)
    return listing(tuple(found), tuple([one is None for one in doubts]), doubt(*doubts))


def kept_by_rows(items: Items, rows: Sequence[Items], place: int) -> object:
    """`where`, the results being at one place of each row."""
    return kept(items, [row[place] for row in rows])


def the_one(items: Items, results: Results) -> object:
    """`the one … where`."""
    found = None
    count = 0
    doubts: list[Doubt] = []
    for item, result in zip(items, results, strict=True):
        if result is True:
            found = item
            count += 1
        elif result is not False:
            doubts.append(settle(result))
    if count > 1:
        return UNKNOWN
    return doubt(*doubts) if doubts else found


def grouped(items: Items, keys: Results) -> object:
    """`grouped by`."""
    found: dict[Any, list[object]] = {}
    for item, key in zip(items, keys, strict=True):
        if type(key) is not str and type(key) is not int:
            return lists.grouped(items, _certain(items), keys, None)
        if key in found:
            found[key].append(item)
        else:
            found[key] = [item]
    return tuple([record("", {"key": key, "members": tuple(members)}) for key, members in found.items()])


def most(items: Items, measures: Results) -> object:
    """`with most`."""
    return (*items,) if len(items) == 1 else _ties("most", max, items, measures)


def fewest(items: Items, measures: Results) -> object:
    """`with least`."""
    return (*items,) if len(items) == 1 else _ties("fewest", min, items, measures)


def _ties(name: str, pick: Callable[[Results], Any], items: Items, measures: Results) -> object:
    for measure in measures:
        if type(measure) is not int and type(measure) is not Fraction:
            return lists.FINISH[name](items, _certain(items), measures, None)
    if not items:
        return items
    best = pick(measures)
    return tuple([item for item, measure in zip(items, measures, strict=True) if measure == best])


def each(_: Items, results: Results) -> object:
    """`for each`."""
    return tuple(results)


FINISH: Final = {
    "filter": kept,
    "the_one": the_one,
    "group": grouped,
    "most": most,
    "fewest": fewest,
    "each": each,
}

# ------------------------------------------------------------------ reducing a list


def any_in(values: Items) -> object:
    """Whether any member holds."""
    ordinary = True
    for value in values:
        if value is True:
            return True
        if value is not False:
            ordinary = False
    return False if ordinary else lists.any_in(None, values)


def all_in(values: Items) -> object:
    """Whether every member holds."""
    ordinary = True
    for value in values:
        if value is False:
            return False
        if value is not True:
            ordinary = False
    return True if ordinary else lists.all_in(None, values)


def sum_in(values: Items) -> object:
    """The sum over a list."""
    for value in values:
        if type(value) is not int:
            return lists.sum_in(None, values)
    return sum(values)


def greatest_in(values: Items, if_none: object = EMPTY) -> object:
    """The greatest of a list of numbers."""
    for value in values:
        if type(value) is not int:
            return lists.greatest_in(None, values, if_none)
    return max(values) if values else if_none


def least_in(values: Items, if_none: object = EMPTY) -> object:
    """The least of a list of numbers."""
    for value in values:
        if type(value) is not int:
            return lists.least_in(None, values, if_none)
    return min(values) if values else if_none


# ------------------------------------------------------------------ time

LAST: Final = date.max.toordinal()

Hours: TypeAlias = dict[tuple[object, ...], tuple[Items, object]]
"""What one evaluation has reckoned already, by the identities of the spells, which are kept alive in it."""


def credited(hours: Hours, of: Items, cap: Any, from_: date, until: date) -> object:
    """The hours credited in a window."""
    key = (cap, from_, until, *map(id, of))
    if key not in hours:
        hours[key] = of, _credited(of, cap, from_, until)
    return hours[key][1]


def _credited(of: Items, cap: Any, from_: date, until: date) -> object:
    first, after = from_.toordinal(), until.toordinal()
    most = cap if cap > 0 else 0
    whole = type(cap) is int
    stretches: list[tuple[int, int, Any]] = []
    for spell in of:
        if type(spell) is not Record:
            return time.credited(None, of, cap, from_, until)
        fields = spell.fields
        start, end, rate = fields["start"], fields["end"], fields.get(RATE)
        if type(rate) is not int:
            if type(rate) is not Fraction:
                return time.credited(None, of, cap, from_, until)
            whole = False
        if type(start) is not date:
            return time.credited(None, of, cap, from_, until)
        start_at, end_at = start.toordinal(), after
        if type(end) is date:
            end_at = end.toordinal() + 1
            if end_at > after:
                end_at = after
        elif end is not None:
            return time.credited(None, of, cap, from_, until)
        if start_at < first:
            start_at = first
        if start_at < end_at and rate > 0:
            stretches.append((start_at, end_at, rate))
    if whole:
        return sevenths(_together(stretches, most))
    scale = lcm(_denominator(most), *[_denominator(rate) for _, _, rate in stretches])
    parts = [(start, end, int(rate * scale)) for start, end, rate in stretches]
    return exact(Fraction(_together(parts, int(most * scale)), 7 * scale))


def _together(stretches: Sequence[tuple[int, int, int]], most: int) -> int:
    """Hours a week times days, day by day at most so many, in whole numbers."""
    if len(stretches) == 1:
        start, end, rate = stretches[0]
        return (rate if rate < most else most) * (end - start)
    changes: dict[int, int] = {}
    for start, end, rate in stretches:
        changes[start] = changes.get(start, 0) + rate
        changes[end] = changes.get(end, 0) - rate
    total = rate = before = 0
    for day in sorted(changes):
        total += (rate if rate < most else most) * (day - before)
        rate += changes[day]
        before = day
    return total


def outside(of: Items, by: Items) -> object:
    """Spells without the days of other spells."""
    if not by and all(map(_lasts, of)):
        return (*of,)
    cutters = []
    for spell in by:
        days = _days(spell)
        if days is None:
            return time.outside(of, by)
        if days[0] < days[1]:
            cutters.append(days)
    cutters.sort()
    found: list[object] = []
    for spell in of:
        days = _days(spell)
        if days is None:
            return time.outside(of, by)
        found += _left(spell, *days, cutters)
    return tuple(found)


def _lasts(spell: object) -> bool:
    """Whether a spell is known to have a day."""
    if type(spell) is not Record:
        return False
    start, end = spell.fields["start"], spell.fields["end"]
    return type(start) is date and (end is None or (type(end) is date and start <= end))


def _days(spell: object) -> tuple[int, int] | None:
    """The first day of a spell and the day after its last, counted; None when they are not both known for certain."""
    if type(spell) is not Record:
        return None
    start, end = spell.fields["start"], spell.fields["end"]
    if type(start) is not date:
        return None
    if end is None:
        return start.toordinal(), LAST
    return (start.toordinal(), min(end.toordinal() + 1, LAST)) if type(end) is date else None


def _left(spell: Record, start: int, until: int, cutters: Sequence[tuple[int, int]]) -> Sequence[Record]:
    """What is left of a spell when the days of the cutters, in order, are taken out."""
    pieces = []
    at = start
    for first, after in cutters:
        if after <= at:
            continue
        if first >= until:
            break
        if first > at:
            pieces.append((at, first))
        at = after
    if at < until:
        if at == start:
            return (spell,)
        pieces.append((at, until))
    return [record(spell.type, {**spell.fields, **_between(*piece)}, spell.path) for piece in pieces]


def _between(start: int, until: int) -> dict[str, object]:
    end = None if until == LAST else date.fromordinal(until) - timedelta(days=1)
    return {"start": date.fromordinal(start), "end": end}
