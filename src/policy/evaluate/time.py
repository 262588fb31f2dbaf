"""What the operations on spells do: between records of a profile and the spells that time is reckoned in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from policy.evaluate.operations import exact, settle
from policy.model import spells
from policy.model.spells import Credit, Spell
from policy.model.values import UNKNOWN, Elapsed, Fault, Listing, Record, Unknown, items_of, listing

ANY_TIME = Spell(None, None, None, certain=False)
"""What a wholly unknown list of spells may hold."""


def spells_of(values: object) -> list[Spell]:
    """The spells of a list of records: the day after the last, the weekly rate, and what is not known left open."""
    items, certain = items_of(values)
    return [_spell(item, sure) for item, sure in zip(items, certain, strict=True)]


def _spell(item: object, certain: bool) -> Spell:
    assert isinstance(item, Record)
    start, end, rate = item.fields["start"], item.fields["end"], item.fields.get("hours_per_week", UNKNOWN)
    until = None if end is UNKNOWN else date.max if end is None else _day_after(end)
    return Spell(
        start if isinstance(start, date) else None,
        until,
        Fraction(rate) if isinstance(rate, (int, Fraction)) else None,
        certain,
        item,
    )


def _day_after(day: Any) -> date:
    return date.max if day == date.max else day + timedelta(days=1)


def _records(pieces: Sequence[Spell]) -> object:
    """Spells as records again: a piece keeps every field but its first and last day."""
    return listing(tuple(_record(piece) for piece in pieces), tuple(piece.certain for piece in pieces))


def _record(piece: Spell) -> Record:
    item = piece.item
    assert isinstance(item, Record)
    whole = _spell(item, piece.certain)
    if (whole.start, whole.until) == (piece.start, piece.until):
        return item
    end = UNKNOWN if piece.until is None else None if piece.until == date.max else piece.until - timedelta(days=1)
    start = UNKNOWN if piece.start is None else piece.start
    return Record(item.type, {**item.fields, "start": start, "end": end}, item.path)


def outside(of: object, by: object) -> object:
    """Spells without the days of other spells."""
    return _cut(of, by, spells.outside)


def inside(of: object, by: object) -> object:
    """The parts of spells on the days of other spells."""
    return _cut(of, by, spells.inside)


def _cut(of: object, by: object, cut: Any) -> object:
    found = settle(of)
    if found is not None:
        return found
    cutting = settle(by)
    if isinstance(cutting, Fault):
        return cutting
    cutters = [ANY_TIME] if cutting is not None else spells_of(by)
    return _records(cut(spells_of(of), cutters))


def credit(of: object, cap: Any, from_: Any, until: Any) -> Credit | Fault | Unknown:
    """The hours credited in a window, with the stretches they come from."""
    found = settle(of, cap, from_, until)
    if found is not None:
        return found
    return spells.credited(spells_of(of), cap=Fraction(cap), from_=from_, until=until)


def credited(_: object, of: object, cap: Any, from_: Any, until: Any) -> object:
    """The hours credited, where certain and possible spells agree on them."""
    found = credit(of, cap, from_, until)
    if not isinstance(found, Credit):
        return found
    return exact(found.low) if found.known else UNKNOWN


def runs(names: tuple[str, ...], of: object, *arguments: Any) -> object:
    """The unbroken periods. Of one that is only possible, the days and the length are not known."""
    found = settle(of, *arguments)
    if found is not None:
        return found
    given = dict(zip(names, arguments, strict=True))
    at_least = given.get("at_least")
    periods = spells.runs(
        spells_of(of),
        gap_days=int(given["gap"]),
        at_least=None if at_least is None else Fraction(at_least),
        from_=given.get("from"),
        until=given.get("until"),
    )
    return listing(tuple(_run(period) for period in periods), tuple(period.certain for period in periods))


def _run(period: spells.Run) -> Record:
    members = _records(period.members)
    if not period.certain:
        return Record("", {"start": UNKNOWN, "end": UNKNOWN, "length": UNKNOWN, "members": _unsure(members)})
    last = None if period.until == date.max else period.until - timedelta(days=1)
    length = Elapsed(period.start, period.until)
    return Record("", {"start": period.start, "end": last, "length": length, "members": members})


def _unsure(members: object) -> Listing:
    items, _ = items_of(members)
    return Listing(items, (False,) * len(items))
