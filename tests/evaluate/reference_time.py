"""The plain reading of time in spells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

from reference_values import Many, Value, doubt_in, many, number, special, together

from policy.model import calendar
from policy.model.values import Elapsed, Part, Record


@dataclass(frozen=True)
class Days:
    """A spell: the days it may have, whether these are its days for certain, and whether it is just they."""

    start: date
    until: date
    sure: bool
    settled: bool
    exact: bool
    rate: Fraction | None
    record: Record


def days_of(list_: Many) -> list[Days]:
    return [_days(record, sure) for record, sure in list_.pairs]


def _days(record: Record, sure: bool) -> Days:
    rate = record.fields.get("hours_per_week")
    weekly = max(Fraction(0), Fraction(rate)) if isinstance(rate, (int, Fraction)) else None
    if isinstance(record, Part):
        return Days(*record.reach, sure, sure, False, weekly, record)
    start, end = record.fields["start"], record.fields["end"]
    known = isinstance(start, date) and (end is None or isinstance(end, date))
    first = start if isinstance(start, date) else date.min
    until = calendar.add_days(end, 1) if isinstance(end, date) else date.max
    return Days(first, until, sure, sure and known, known, weekly, record)


def known_ends(spell: Days) -> bool:
    return isinstance(spell.record, Part) or spell.exact


def stretches(spells: Sequence[Days], start: date, until: date) -> list[tuple[date, date]]:
    """A window cut wherever a spell begins or ends."""
    turns = {start, until, *(day for s in spells for day in (s.start, s.until) if start < day < until)}
    return list(pairwise(sorted(turns)))


def on(spell: Days, day: date) -> bool:
    return spell.start <= day < spell.until


def doubt_of_days(list_: Many) -> Value:
    whys = [list_.why]
    for record in list_.items:
        for day in (record.fields["start"], record.fields["end"]):
            whys.append(None if day is None else doubt_in(day))
    return together(*whys)


def doubt_of_rates(list_: Many) -> Value:
    return together(*(doubt_in(record.fields.get("hours_per_week")) for record in list_.items))


def credited(_: object, list_: Many, cap: Any, start: date, until: date) -> Value:
    spells, cap = days_of(list_), max(Fraction(cap), Fraction(0))
    low = high = Fraction(0)
    for first, last in stretches(spells, start, until) if start < until else []:
        length = Fraction((last - first).days, 7)
        certain = [s.rate for s in spells if on(s, first) and s.settled and s.rate is not None]
        possible = [cap if s.rate is None else s.rate for s in spells if on(s, first)]
        low += length * min(cap, sum(certain, Fraction(0)))
        high += length * min(cap, sum(possible, Fraction(0)))
    return number(low) if low == high else together(doubt_of_days(list_), doubt_of_rates(list_))


def runs(names: tuple[str, ...], list_: Many, *arguments: Any) -> Many:
    given = dict(zip(names, arguments, strict=True))
    spells = days_of(list_)
    needed = given.get("at_least")
    start, until = given.get("from", date.min), given.get("until", date.max)

    def found(sure_only: bool) -> list[tuple[date, date]]:
        joined: list[tuple[date, date]] = []
        for first, last in stretches(spells, start, until) if start < until else []:
            there = [s for s in spells if on(s, first) and (not sure_only or s.settled)]
            if needed is not None:
                there = [s for s in there if not sure_only or s.rate is not None]
                if not there or sum(needed if s.rate is None else s.rate for s in there) < needed:
                    continue
            if not there:
                continue
            if joined and (first - joined[-1][1]).days <= max(given["gap"], 0):
                first = joined.pop()[0]
            joined.append((first, last))
        return joined

    why = together(doubt_of_days(list_), None if needed is None else doubt_of_rates(list_))
    certain = set(found(sure_only=True))
    made = []
    for first, last in found(sure_only=False):
        sure = (first, last) in certain
        members = []
        for spell in spells:
            begin, end = max(spell.start, first), min(spell.until, last)
            if begin < end:
                record = piece(spell, begin, end, sure and spell.exact and known_ends(spell), why)
                members.append((record, sure and spell.settled))
        fields = {
            "start": first if sure else why,
            "end": (last_day(last) if sure else why),
            "length": Elapsed(first, last) if sure else why,
            "members": many(members, why),
        }
        made.append((Record("", fields), sure))
    return many(made, why)


def last_day(until: date) -> date | None:
    return None if until == date.max else until - timedelta(days=1)


def piece(spell: Days, start: date, until: date, exact: bool, why: Value) -> Record:
    """Some days of a spell as a record."""
    record = spell.record
    if exact is spell.exact and known_ends(spell) and (start, until) == (spell.start, spell.until):
        return record
    days = {"start": start, "end": last_day(until)} if exact else {"start": why, "end": why}
    fields = {**record.fields, **days}
    if exact:
        return Record(record.type, fields, record.path)
    return Part(record.type, fields, record.path, whole=record, reach=(start, until))


def cut(keep: bool) -> Callable[..., Value]:
    """`inside` keeps the days that a cutter has, `outside` the others."""

    def operation(_: object, of: Value, by: Value) -> Value:
        if special(of):
            return doubt_in(of)
        cutters = [] if special(by) else days_of(by)
        why = together(doubt_of_days(of), doubt_in(by) if special(by) else doubt_of_days(by))

        def label(day: date) -> str:
            surely = any(on(c, day) and c.settled for c in cutters)
            maybe = special(by) or any(on(c, day) for c in cutters)
            if surely:
                return "kept" if keep else "gone"
            return "doubt" if maybe else "gone" if keep else "kept"

        made = []
        for spell in days_of(of):
            parts = [(a, b, label(a)) for a, b in stretches(cutters, spell.start, spell.until) if a < b]
            labels = {name for _, _, name in parts}
            if labels <= {"gone"}:
                continue
            if not known_ends(spell):
                met = "doubt" in labels or ("kept" if keep else "gone") in labels
                record = piece(spell, spell.start, spell.until, False, why) if met else spell.record
                made.append((record, spell.sure and not met))
                continue
            for gone, block in groupby(parts, lambda part: part[2] == "gone"):
                if not gone:
                    made += _block(spell, list(block), why)
        return many(made, why)

    return operation


def _block(spell: Days, block: list[tuple[date, date, str]], why: Value) -> list[tuple[Record, bool]]:
    """The pieces of a stretch of which some parts may be in doubt: if so, nobody knows where they begin and end."""
    exact = spell.exact and all(name == "kept" for _, _, name in block)
    made = []
    for sure, group in groupby(block, lambda part: spell.sure and part[2] == "kept"):
        found = list(group)
        made.append((piece(spell, found[0][0], found[-1][1], exact, why), sure))
    return made
