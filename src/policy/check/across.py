"""What rules ask of other days must be there and mean one thing: checked over the programs of all days together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias, cast

from policy.check import day_errors
from policy.check.checked import Checked
from policy.check.infer import AskedAsRead, AskedOnDay
from policy.diagnostics import Diagnostic
from policy.model.types import (
    Enum,
    GroupOf,
    Key,
    ListOf,
    MapBy,
    Number,
    OptionalOf,
    RecordOf,
    RowOf,
    RunOf,
    SetOf,
    Type,
)
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.syntax.walk import walk

Rules: TypeAlias = list[tuple[Checked, str]]
"""Declarations of several days: the program of the day, and the full name."""


def asks_of_other_days(checked: Checked) -> bool:
    """Whether rules of a day are asked for by the law of another one."""
    return bool(checked.meaning.on_days)


def check_across(here: Checked, days: Callable[[], Sequence[Checked]]) -> Iterator[Diagnostic]:
    """Report what a program asks of other days and is not the same there; `days` gives those of all days, in order."""
    for node, asked in here.meaning.on_days.items():
        yield from _check_on_day(node, asked, here, days())
    for read, named in here.meaning.as_read.items():
        yield from _check_as_read(read, named, here)


def rests_on(checked: Checked, name: str) -> Rules:
    """The declarations that one is made of, itself included: of that day, and of the earlier texts that it reads."""
    found: dict[tuple[int, str], tuple[Checked, str]] = {}
    pending = [(checked, name)]
    while pending:
        at, current = pending.pop()
        if (id(at), current) in found:
            continue
        found[id(at), current] = at, current
        pending += ((at, used) for used in at.meaning.uses.get(current, ()))
        pending += ((at.earlier[read.day], read.name) for read in at.meaning.as_read.values() if read.within == current)
    return list(found.values())


# ------------------------------------------------------------------ by the law of another day


def _check_on_day(node: t.OnDay, asked: AskedOnDay, here: Checked, days: Sequence[Checked]) -> Iterator[Diagnostic]:
    """What is wrong with a rule on the days on which it may be asked for: one mistake of each kind."""
    there = [day for day in days if asked.name in day.signatures]
    for day in there:
        if (type_ := day.signatures[asked.name].result) != asked.type or day.parameters.get(asked.name):
            yield day_errors.other_type_on_day(node.of.span, asked.name, day.program.day, type_, asked.type)
            return
    used = [(day.program.day, rests_on(day, asked.name)) for day in there]
    for on, rules in used:
        asking = (inside for at, name in rules for inside in at.meaning.on_days.values() if inside.within == name)
        if (inner := next(asking, None)) is not None:
            yield day_errors.on_day_inside(node.of.span, asked.name, inner.name, inner.within, on)
            return
    for on, rules in used:
        for at, name in rules:
            if (odd := _other_fact(name, here, at)) is not None:
                yield day_errors.other_fact_on_day(node.of.span, asked.name, odd, on)
                return
    reached = {name for _, rules in used for _, name in rules}
    for but, name in zip(node.but, asked.assumed, strict=False):
        if name not in reached:
            yield day_errors.bad_but(
                but.name.span,
                f"`{asked.name}` does not rest on `{name}` on any day",
                "leave it out, or name something that it rests on",
            )
        for day in there:
            if name in day.signatures and day.signatures[name].result != here.signatures[name].result:
                wanted, found = here.signatures[name].result, day.signatures[name].result
                yield day_errors.other_type_on_day(but.name.span, name, day.program.day, found, wanted)
                break


def _other_fact(name: str, here: Checked, there: Checked) -> str | None:
    """A fact or answer that rules of another day read, and that a profile of this day does not hold in the same way."""
    entry = there.program.find(name)
    if entry is None or here is there:
        return None
    match entry.declaration:
        case t.InputDeclaration():
            mine, theirs = here.catalog.inputs.get(entry.name), there.catalog.inputs[entry.name]
        case t.Question():
            mine, theirs = here.catalog.questions.get(name), there.catalog.questions[name]
        case _:
            return None
    if mine is None or mine.type != theirs.type:
        return name
    return next((f"{name}, {odd}" for odd in _other_kinds(theirs.type, here, there)), None)


# ------------------------------------------------------------------ by an earlier text


def _check_as_read(node: t.AsRead, read: AskedAsRead, here: Checked) -> Iterator[Diagnostic]:
    """An earlier text is read as part of this one: what it speaks of must be what is spoken of here."""
    for at, name in rests_on(here.earlier[read.day], read.name):
        entry = at.program.find(name)
        if entry is None:
            continue
        odd = _other_fact(name, here, at) or next((k for k in kinds_in(at, entry) if not _same(k, here, at)), None)
        if odd is not None:
            yield day_errors.other_fact_on_day(node.of.span, read.name, odd, read.day)
            return


# ------------------------------------------------------------------ what is the same


def _other_kinds(type_: Type, here: Checked, there: Checked) -> Iterator[str]:
    """The records, enums, quantities and datasets in a type that are not the same declarations in two programs."""
    return (name for name in sorted(set(_named_in(type_, there))) if not _same(name, here, there))


def _same(name: str, here: Checked, there: Checked) -> bool:
    """Whether two programs have the same declaration of a name."""
    mine, theirs = here.program.find(name), there.program.find(name)
    return mine is not None and theirs is not None and mine.declaration is theirs.declaration


def kinds_in(checked: Checked, entry: Entry) -> list[str]:
    """The full names of the records, enums, quantities and datasets that a declaration speaks of."""
    known = cast(Mapping[object, Type], checked.meaning.types)
    types = {type_ for part in walk(entry.declaration) if (type_ := known.get(part)) is not None}
    if (signature := checked.signatures.get(entry.full_name)) is not None:
        types |= {signature.result, *(type_ for _, type_ in signature.parameters)}
    return sorted({name for type_ in types for name in _named_in(type_, checked)})


def _named_in(type_: Type, checked: Checked) -> Iterator[str]:
    """The full names of all declarations that a type rests on."""
    seen: set[str] = set()
    pending: list[Type] = [type_]
    while pending:
        match pending.pop():
            case OptionalOf(of=of) | ListOf(of=of) | SetOf(of=of):
                pending.append(of)
            case MapBy(of=of, by=by):
                pending += [of, by]
            case GroupOf(key=key, member=member):
                pending += [key, member]
            case RunOf(member=member):
                pending.append(member)
            case Enum(name=name) | Key(dataset=name) | RowOf(dataset=name):
                yield name
            case Number(unit=str(unit)) if "." in unit:
                yield unit
            case RecordOf(name=name) if name not in seen:
                seen.add(name)
                yield name
                shape = checked.catalog.records.get(name)
                pending += [] if shape is None else [field.type for field in shape.fields.values()]
            case _:
                pass


def earlier_texts(checked: Checked) -> dict[date, Checked]:
    """The programs of the earlier days whose texts one reads, and whose texts these read in turn."""
    found: dict[date, Checked] = {}
    pending = [*checked.earlier.items()]
    while pending:
        day, earlier = pending.pop()
        if day not in found:
            found[day] = earlier
            pending += earlier.earlier.items()
    return found
