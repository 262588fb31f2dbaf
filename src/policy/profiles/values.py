"""From data to values, in two steps with the schema's judgement between them.

`typed` gives each scalar the kind that its place wants, in the words of JSON: numbers as int or Fraction, dates as
text. `Building` makes the values that rules work on, every declared field there, what was left out `UNKNOWN`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from policy.diagnostics import Diagnostic
from policy.model.catalog import Catalog
from policy.model.types import (
    Anything,
    Date,
    ListOf,
    MapBy,
    Moment,
    Number,
    RecordOf,
    RowOf,
    Text,
    YesNo,
)
from policy.model.values import UNKNOWN, MapValue, Record
from policy.profiles import errors
from policy.profiles.document import Datum, ListDatum, MappingDatum, Path, ScalarDatum, path_text, short_text
from policy.profiles.errors import Place
from policy.profiles.numerals import TOO_LONG, exact, number_from_text
from policy.profiles.shapes import (
    ANSWERS,
    Answers,
    AnswersByRecord,
    Wanted,
    WholeProfile,
    choices,
    given,
    in_words,
    member,
    optional,
)

NONE_WORDS: Final = ("null", "~", "none")
YES_NO_WORDS: Final = {"yes": True, "true": True, "no": False, "false": False}
NO_NUMBER: Final = re.compile(r"[-+]?\.?(nan|inf|infinity)", re.IGNORECASE)

DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[-+][0-9]{2}:[0-9]{2})"
)


def day_of(text: str) -> date:
    """The day that `2024-05-31` names; anything else is a ValueError."""
    if DAY.fullmatch(text) is None:
        raise ValueError("not year-month-day")
    return date.fromisoformat(text)


def moment_of(text: str) -> datetime:
    """The instant that `2024-05-31T14:30:00-04:00` names, as RFC 3339 has it; anything else is a ValueError."""
    if MOMENT.fullmatch(text) is None:
        raise ValueError("not an instant with its offset")
    moment = datetime.fromisoformat(text.upper())
    try:
        moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("outside the calendar once its offset is taken off") from None
    return moment


class Typing:
    """Gives data the kinds that a catalog wants, and keeps what the schema could not see to be wrong, by path."""

    def __init__(self, catalog: Catalog, base: str = "") -> None:
        self.catalog = catalog
        self.base = base
        self.mistakes: dict[Path, Diagnostic] = {}

    def typed(self, datum: Datum, wanted: Wanted | None, path: Path = (), key: str | None = None) -> object:
        """The datum in the words of JSON; what stands where nothing is wanted becomes null, the schema tells of it."""
        match datum:
            case _ if wanted is None:
                return None
            case MappingDatum(entries=entries):
                return {
                    entry.key: self.typed(
                        entry.value, member(wanted, entry.key, self.catalog), (*path, entry.key), entry.key
                    )
                    for entry in entries
                }
            case ListDatum(items=items):
                return [self.typed(item, member(wanted, i, self.catalog), (*path, i)) for i, item in enumerate(items)]
            case ScalarDatum(value=str(text), plain=True):
                return self.plain(text, datum, wanted, path, key)
            case ScalarDatum(value=value):
                return self.scalar(value, datum, wanted, path)

    def plain(self, text: str, datum: ScalarDatum, wanted: Wanted, path: Path, key: str | None) -> object:
        """Text without quotes: a number, yes or no, none or a text, as its place wants."""
        inner = given(wanted)
        place = Place(datum.span, path_text(path, self.base) or None)
        if isinstance(inner, Anything):
            return None
        if text == "":
            instead = "write `null` if there is none, or " if optional(wanted) else _instead(inner)
            help = instead + leave_out(path, wanted)
            self.mistakes[path] = errors.empty_value(place, key if key is None else short_text(key), help)
            return None
        if text.casefold() in NONE_WORDS:
            named = text in choices(inner, self.catalog)
            if optional(wanted):
                if named:
                    self.mistakes[path] = errors.ambiguous_none(place, text)
                return None
            if not named:
                self.mistakes[path] = not_optional(place, text, wanted, path, self.catalog)
                return None
        match inner:
            case YesNo():
                return YES_NO_WORDS.get(text.casefold(), text)
            case Number():
                if NO_NUMBER.fullmatch(text):
                    self.mistakes[path] = errors.not_a_number(place, text)
                number = number_from_text(text)
                if number is TOO_LONG:
                    self.mistakes[path] = errors.number_too_long(place)
                return text if number is None or number is TOO_LONG else number
            case _:
                return text

    def scalar(self, value: object, datum: ScalarDatum, wanted: Wanted, path: Path) -> object:
        """A value whose kind its format has told."""
        match value:
            case bool():
                return value
            case int() | Decimal() | Fraction():
                number = exact(value)
                if number is TOO_LONG:
                    self.mistakes[path] = errors.number_too_long(Place(datum.span, path_text(path, self.base) or None))
                    return None
                return number
            case datetime() if isinstance(given(wanted), Moment):
                return value.isoformat()
            case date() if isinstance(given(wanted), Date) and not isinstance(value, datetime):
                return value.isoformat()
            case _:
                return value


def not_optional(place: Place, word: str, wanted: Wanted, path: Path, catalog: Catalog) -> Diagnostic:
    """None is given for what cannot be absent."""
    help = _instead(wanted) + leave_out(path, wanted)
    if isinstance(wanted, Text):
        help += "; put it in quotes if the word is meant"
    return errors.not_optional(place, word, in_words(wanted, catalog), help)


def _instead(wanted: Wanted) -> str:
    """What may be written in place of nothing."""
    match wanted:
        case ListOf():
            return "write `[]` if it is known to be empty, or "
        case YesNo():
            return "write yes or no, or "
        case _:
            return ""


def leave_out(path: Path, wanted: Wanted) -> str:
    """How to say that a value is not known."""
    if isinstance(wanted, WholeProfile):
        return "write `{}` if nothing is known"
    what = "the key" if path and isinstance(path[-1], str) else "it"
    return f"leave {what} out if it is not known"


class Building:
    """Makes values of what the schema has found right; whatever stands at a wrong path is unknown for the moment."""

    def __init__(self, catalog: Catalog, base: str, wrong: Container[Path]) -> None:
        self.catalog = catalog
        self.base = base
        self.wrong = wrong
        self.records: dict[Path, Record] = {}

    def value(self, instance: object, wanted: Wanted, path: Path = ()) -> object:
        """The value of an instance that `typed` gave."""
        inner = given(wanted)
        if path in self.wrong or isinstance(inner, Anything):
            return UNKNOWN
        if instance is None:
            return None
        match inner:
            case WholeProfile():
                return self.members(instance, inner, self.catalog.inputs, path)
            case Answers() | AnswersByRecord():
                assert isinstance(instance, dict)
                return self.members(instance, inner, instance, path)
            case RecordOf(name=name):
                fields = self.members(instance, inner, self.catalog.records[name].fields, path)
                record = self.records[path] = Record(name, fields, path_text(path, self.base))
                return record
            case RowOf(dataset=dataset):
                shape = self.catalog.datasets[dataset]
                if isinstance(instance, str):
                    return Record(dataset, shape.rows[instance], path_text(path, self.base))
                fields = self.members(instance, inner, shape.columns, path)
                return Record(dataset, fields, path_text(path, self.base))
            case MapBy(by=by):
                return MapValue(self.members(instance, inner, dict.fromkeys(by.values), path))
            case ListOf(of=of):
                assert isinstance(instance, list)
                return tuple(self.value(item, of, (*path, i)) for i, item in enumerate(instance))
            case Date():
                assert isinstance(instance, str)
                return day_of(instance)
            case Moment():
                assert isinstance(instance, str)
                return moment_of(instance)
            case _:
                return instance

    def answers(self, instance: object) -> dict[str, object]:
        """The answers that a whole profile gives."""
        given_here = instance.get(ANSWERS, {}) if isinstance(instance, dict) else {}
        answers = self.value(given_here, Answers(), (ANSWERS,))
        return answers if isinstance(answers, dict) else {}

    def members(self, instance: object, wanted: Wanted, known: Mapping[str, object], path: Path) -> dict[str, object]:
        """A value for each known key, in their order."""
        assert isinstance(instance, dict)
        values: dict[str, object] = {}
        for key in known:
            inner = member(wanted, key, self.catalog)
            given_here = key in instance and inner is not None
            values[key] = (
                self.value(instance[key], inner, (*path, key)) if given_here and inner is not None else UNKNOWN
            )
        return values
