"""What the operations on spells do: between records of a profile and the spells that time is reckoned in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final, TypeAlias

from policy.evaluate.lists import doubt_of
from policy.evaluate.operations import Doubt, doubt, exact, settle
from policy.model import spells
from policy.model.calendar import add_days
from policy.model.spells import Credit, Spell
from policy.model.values import Elapsed, Fault, Listing, Part, Record, Unknown, items_of, listing

RATE: Final = "hours_per_week"
"""The field of a spell that holds its hours a week."""

ANY_TIME: Final = Spell(None, None, None, certain=False)
"""What a wholly unknown list of spells may hold."""

Cut: TypeAlias = Callable[[Sequence[Spell], Sequence[Spell]], tuple[Spell, ...]]


# ------------------------------------------------------------------ records as spells, and spells as records


def spells_of(values: object) -> list[Spell]:
    """The spells of a list of records: the day after the last, the weekly rate, and what is not known left open."""
    items, certain = items_of(values)
    return [_spell(item, sure) for item, sure in zip(items, certain, strict=True)]


def _spell(item: object, certain: bool) -> Spell:
    assert isinstance(item, Record)
    rate = item.fields.get(RATE)
    weekly = max(Fraction(rate), Fraction(0)) if isinstance(rate, (int, Fraction)) else None
    if isinstance(item, Part):
        return Spell(*item.reach, weekly, certain, item, exact=False)
    start, end = item.fields["start"], item.fields["end"]
    until = add_days(end, 1) if isinstance(end, date) else date.max if end is None else None
    return Spell(start if isinstance(start, date) else None, until, weekly, certain, item)


def _records(pieces: Sequence[Spell], why: Doubt) -> tuple[object, ...] | Listing:
    """Spells as records again. `why` is what the days of those in doubt are."""
    return listing(tuple(_record(piece, why) for piece in pieces), tuple(piece.certain for piece in pieces), why)


def _record(piece: Spell, why: Doubt) -> Record:
    """A piece keeps every field but its first and last day; a spell that was left as it is, is itself."""
    item = piece.item
    assert isinstance(item, Record)
    whole = _spell(item, piece.certain)
    if (whole.start, whole.until) == (piece.start, piece.until) and whole.exact is piece.exact:
        return item
    reach = (piece.start or date.min, piece.until or date.max)
    fields = {**item.fields, **_days(*reach, None if piece.exact else why)}
    if piece.exact:
        return Record(item.type, fields, item.path)
    return Part(item.type, fields, item.path, whole=item.whole if isinstance(item, Part) else item, reach=reach)


def _days(start: date, until: date, why: Doubt) -> dict[str, object]:
    """The first and the last day, none if there is none."""
    if why is not None:
        return {"start": why, "end": why}
    return {"start": start, "end": None if until == date.max else until - timedelta(days=1)}


# ------------------------------------------------------------------ cutting


def outside(of: object, by: object) -> object:
    """Spells without the days of other spells."""
    return _cut(of, by, spells.outside)


def inside(of: object, by: object) -> object:
    """The parts of spells on the days of other spells."""
    return _cut(of, by, spells.inside)


def _cut(of: object, by: object, cut: Cut) -> object:
    found = settle(of)
    if found is not None:
        return found
    cutting = settle(by)
    cutters = spells_of(by) if cutting is None else [ANY_TIME]
    why = doubt(_ends(of), _ends(by) if cutting is None else cutting)
    return _records(cut(spells_of(of), cutters), why)


def _ends(values: object) -> Doubt:
    """Why it is not certain on which days these spells are."""
    items, _ = items_of(values)
    days = (day for item in items if isinstance(item, Record) for day in (item.fields["start"], item.fields["end"]))
    return doubt(doubt_of(values), *(settle(day) for day in days if day is not None))


def _rates(values: object) -> Doubt:
    """Why it is not certain how many hours a week these spells have."""
    items, _ = items_of(values)
    return doubt(*(settle(item.fields.get(RATE)) for item in items if isinstance(item, Record)))


# ------------------------------------------------------------------ hours


def credit(of: object, cap: Any, from_: Any, until: Any) -> Credit | Fault | Unknown:
    """The hours credited in a window, with the stretches they come from."""
    found = settle(of, cap, from_, until)
    if found is not None:
        return found
    return spells.credited(spells_of(of), cap=max(Fraction(cap), Fraction(0)), from_=from_, until=until)


def credited(_: object, of: object, cap: Any, from_: Any, until: Any) -> object:
    """The hours credited, where certain and possible spells agree on them."""
    found = credit(of, cap, from_, until)
    if not isinstance(found, Credit):
        return found
    return exact(found.low) if found.known else doubt(_ends(of), _rates(of))


# ------------------------------------------------------------------ unbroken periods


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
    why = doubt(_ends(of), None if at_least is None else _rates(of))
    made = (
        Record("", _run(run.start, run.until, _records(run.members, why), None if run.certain else why))
        for run in periods
    )
    return listing(tuple(made), tuple(run.certain for run in periods), why)


def _run(start: date, until: date, members: object, why: Doubt) -> dict[str, object]:
    """The fields of an unbroken period; where there is doubt that it is one, its members are only possible."""
    if why is not None:
        items, _ = items_of(members)
        return {**_days(start, until, why), "length": why, "members": listing(items, (False,) * len(items), why)}
    return {**_days(start, until, None), "length": Elapsed(start, until), "members": members}
