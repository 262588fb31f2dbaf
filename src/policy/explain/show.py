"""Values as people write them in each language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from math import floor
from typing import Final

from policy.evaluate.possible import Could, span
from policy.explain.words import FAULTS, MONTHS, NBSP, UNITS, say
from policy.model.calendar import completed_months
from policy.model.catalog import Catalog
from policy.model.clock import in_zone
from policy.model.types import Code, Enum, Key, ListOf, MapBy, Number, OptionalOf, SetOf, Type, without_none
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Elapsed, Fault, Listing, MapValue, Record, items_of

MOST_WORDS: Final = 3
"""How many words that something can still be are named."""


def show_number(value: Fraction | int, language: str, places: int = 2) -> str:
    """A number with thousands set apart; more decimals than asked for are dropped downward, never rounded up."""
    scaled = floor(abs(Fraction(value)) * 10**places)
    whole, rest = divmod(scaled, 10**places)
    sign = "-" if value < 0 else ""
    text = f"{whole:,}"
    digits = f"{rest:0{places}d}".rstrip("0")
    if language == "fr":
        return sign + text.replace(",", NBSP) + ("," + digits if digits else "")
    return sign + text + ("." + digits if digits else "")


def show_date(day: date, language: str) -> str:
    """A day in a sentence."""
    month = MONTHS[language][day.month - 1]
    if language == "fr":
        return f"{'1er' if day.day == 1 else day.day}{NBSP}{month} {day.year}"
    return f"{month} {day.day}, {day.year}"


def show_amount(value: Fraction | int, unit: str | None, language: str, catalog: Catalog, places: int = 2) -> str:
    """A number with its unit, in the singular where the language wants it."""
    number = show_number(value, language, places)
    if unit is not None and unit in UNITS:
        french = language == "fr"
        size = abs(Fraction(value))
        single = size < 2 if french else size == 1
        word = UNITS[unit][french][0 if single else 1]
        return f"{number}{NBSP}{word}"
    label = catalog.quantities.get(unit or "")
    if label is not None and (symbol := catalog.symbols.get(unit or "")):
        cents = number + "0" if Fraction(value).denominator > 1 and len(number) > 1 and number[-2] in ".," else number
        sign = "-" if value < 0 else ""
        return f"{cents}{NBSP}{symbol}" if language == "fr" else f"{sign}{symbol}{cents.removeprefix('-')}"
    return number


def show(value: object, type_: Type, language: str, catalog: Catalog) -> str:
    """Any value, as people write it."""
    if value is UNKNOWN:
        return say("unknown", language)
    if value is NOT_APPLICABLE:
        return say("not applicable", language)
    if value is None:
        return say("none", language)
    if isinstance(value, Could):
        return within(value, language, lambda one: show(one, type_, language, catalog))
    if isinstance(value, Fault):
        return FAULTS[value.kind][language == "fr"]
    if isinstance(type_, OptionalOf):
        type_ = type_.of
    return _ordinary(value, type_, language, catalog)


def within(reach: Could, language: str, shown: Callable[[object], str]) -> str:
    """What something can still be: between two ends, or one of a few words."""
    ends = span(reach)
    words = reach.words or frozenset()
    if reach.specials or any(isinstance(word, bool) for word in words):
        return say("unknown", language)
    if ends is not None and None not in ends:
        low, high = map(shown, ends)
        return say("between", language, low=low, high=high)
    if 0 < len(words) <= MOST_WORDS:
        return say("or", language).join(sorted(map(shown, words)))
    return say("unknown", language)


def _ordinary(value: object, type_: Type, language: str, catalog: Catalog) -> str:
    match value:
        case bool():
            return ("oui" if value else "non") if language == "fr" else ("yes" if value else "no")
        case int() | Fraction():
            unit = type_.unit if isinstance(type_, Number) else ""
            return show_amount(value, unit, language, catalog)
        case datetime():
            return _clock(value)
        case date():
            return value.isoformat()
        case Elapsed(start=start, until=until):
            months = completed_months(start, until)
            return show_amount(months, "months", language, catalog)
        case MapValue(values=values):
            assert isinstance(type_, MapBy)
            shape = catalog.enums[type_.by.name]
            parts = (
                say(
                    "colon",
                    language,
                    label=shape.values[key].get(language),
                    value=show(inner, type_.of, language, catalog),
                )
                for key, inner in values.items()
            )
            return "; ".join(parts)
        case tuple() | Listing():
            return show_list(value, type_, language, catalog)
        case Record():
            return show_record(value, language, catalog)
        case str():
            return show_word(value, type_, language, catalog)
        case _:
            return str(value)


def show_moment(moment: datetime, zone: str) -> str:
    """A moment as the clock of a zone shows it, with its offset and the zone: alike in both languages."""
    return f"{_clock(in_zone(moment, zone))} ({zone})"


def _clock(moment: datetime) -> str:
    return f"{moment.date().isoformat()} {moment:%H:%M:%S} {moment:%Z}"


def show_word(value: str, type_: Type, language: str, catalog: Catalog) -> str:
    """An enum value by its label, a code with the title it has in its dataset, a text as it is."""
    match type_:
        case Enum(name=name):
            labels = catalog.enums[name].values.get(value)
            return labels.get(language) if labels else value
        case Key(dataset=dataset):
            titles = catalog.datasets[dataset].titles.get(value)
            return f"{value} {titles.get(language)}" if titles else value
        case _:
            return value


def show_list(value: object, type_: Type, language: str, catalog: Catalog) -> str:
    """A list: its members when they are few and plain, otherwise how many there are."""
    items, _ = items_of(value)
    of = type_.of if isinstance(type_, (ListOf, SetOf)) else type_
    if not items:
        return say("empty", language)
    if all(isinstance(item, (str, int, Fraction)) for item in items) and len(items) <= 8:
        return ", ".join(show(item, of, language, catalog) for item in items)
    return say("item", language) if len(items) == 1 else say("items", language, n=len(items))


def show_record(record: Record, language: str, catalog: Catalog) -> str:
    """A record in a line: its kind and number, what identifies it, and when."""
    shape = catalog.records.get(record.type)
    if shape is None:
        return _unnamed(record, language, catalog)
    parts: list[str] = []
    for wanted, most in (((Key, Code), 2), ((Enum,), 1)):
        told = [
            show(held, type_, language, catalog)
            for name, field in shape.fields.items()
            if isinstance(type_ := without_none(field.type), wanted)
            and isinstance(held := record.fields.get(name), str)
        ]
        parts += told[:most]
    if shape.spell:
        parts.append(show_span(record, language))
    else:
        days = (held for held in record.fields.values() if isinstance(held, date) and not isinstance(held, datetime))
        day = next(days, None)
        parts += [day.isoformat()] if day else []
    number = record.path.rsplit("[", 1)[-1].rstrip("]") if record.path.endswith("]") else ""
    kind = shape.label.get(language) + (f" {int(number) + 1}" if number.isdigit() else "")
    return say("colon", language, label=kind, value=", ".join(parts)) if parts else kind


def _unnamed(record: Record, language: str, catalog: Catalog) -> str:
    """A group, a run or a row of a dataset."""
    if record.type in catalog.datasets:
        shape = catalog.datasets[record.type]
        key = record.fields.get(shape.key)
        if not isinstance(key, str):
            return say("row of", language, dataset=shape.label.get(language))
        titles = shape.titles.get(key)
        return f"{key} {titles.get(language)}" if titles else key
    if "key" in record.fields:
        return str(record.fields["key"])
    return say("colon", language, label=say("run", language), value=show_span(record, language))


def show_span(record: Record, language: str) -> str:
    """When a spell was."""
    start, end = record.fields.get("start"), record.fields.get("end")
    first = start.isoformat() if isinstance(start, date) else say("unknown start", language)
    if end is None:
        return say("ongoing", language, start=first)
    last = end.isoformat() if isinstance(end, date) else say("unknown end", language)
    return say("span", language, start=first, end=last)
