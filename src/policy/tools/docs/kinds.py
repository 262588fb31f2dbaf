"""Types in words."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from policy.explain.show import show_amount, show_number
from policy.model.types import (
    Anything,
    Code,
    Date,
    Enum,
    GroupOf,
    Key,
    Length,
    ListOf,
    MapBy,
    Moment,
    Number,
    OptionalOf,
    RecordOf,
    RowOf,
    RunOf,
    SetOf,
    Text,
    Type,
    YesNo,
)
from policy.tools.docs.naming import EXACT
from policy.tools.docs.sentences import Sentences
from policy.tools.docs.wording import Words, joined


def type_in_words(type_: Type, s: Sentences) -> Words:
    """What values of a type are: `hours, in steps of 0.5, from 0 to 168`."""
    match type_:
        case YesNo():
            return s.fill("type yes_no")
        case Text():
            return s.fill("type text")
        case Date():
            return s.fill("type date")
        case Moment():
            return s.fill("type moment")
        case Length():
            return s.fill("length")
        case Anything():
            return ()
        case Code(digits=None):
            return s.fill("type code")
        case Code(digits=digits):
            return s.fill("type code of", n=str(digits))
        case Key(dataset=name):
            return s.fill("type key", dataset=s.named(name))
        case RowOf(dataset=name):
            return s.fill("type row", dataset=s.named(name))
        case Enum(name=name) | RecordOf(name=name):
            return s.named(name)
        case GroupOf(member=member):
            return s.fill("type group", of=type_in_words(member, s))
        case RunOf(member=member):
            return s.fill("type run", of=type_in_words(member, s))
        case ListOf(of=of) | SetOf(of=of):
            return s.fill("type list", of=type_in_words(of, s))
        case OptionalOf(of=of):
            return s.fill("type optional", of=type_in_words(of, s))
        case MapBy(of=of, by=by):
            return s.fill("type by", of=type_in_words(of, s), by=s.named(by.name))
        case Number():
            return number_in_words(type_, s)
        case _:
            assert_never(type_)


def number_in_words(type_: Number, s: Sentences, own: bool = False) -> Words:
    """What numbers of a type are; `own` says that it is the quantity's own page, which need not name it."""
    if type_.choices:
        shown: list[Words] = [(show_number(choice, s.language, EXACT),) for choice in type_.choices]
        return s.fill("one of", values=joined(shown, ", "))
    unit = type_.unit or ""
    if unit in s.catalog.quantities and not own:
        return s.named(unit)
    whole = "type integer" if type_.whole else "type number"
    name = s.fill(f"type {unit}" if unit and unit not in s.catalog.quantities else whole)
    limits: list[Words] = []
    if type_.step is not None and not (type_.whole and type_.step == 1):
        limits.append(s.fill("in steps", step=_amount(type_.step, type_, s)))
    if type_.low is not None and type_.high is not None:
        limits.append(s.fill("from to", low=_amount(type_.low, type_, s), high=_amount(type_.high, type_, s)))
    elif type_.low is not None:
        limits.append(s.fill("at least", value=_amount(type_.low, type_, s)))
    elif type_.high is not None:
        limits.append(s.fill("at most", value=_amount(type_.high, type_, s)))
    return joined([name, *limits], ", ")


def _amount(value: Fraction, type_: Number, s: Sentences) -> str:
    """An end or step of a range: money with its sign, other numbers bare, since their unit has been named."""
    return show_amount(value, type_.unit if type_.unit in s.catalog.symbols else "", s.language, s.catalog, EXACT)
