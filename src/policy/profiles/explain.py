"""What the schema's judgement means, in plain words: from an error of the validator to a diagnostic."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from policy.diagnostics import Diagnostic, nearest
from policy.model.catalog import Catalog, Labels
from policy.model.types import Code, Date, Key, ListOf, MapBy, Moment, Number, RecordOf, RowOf, Text, YesNo, short
from policy.profiles import errors
from policy.profiles.document import (
    Datum,
    ListDatum,
    MappingDatum,
    Path,
    ScalarDatum,
    descend,
    path_text,
    short_text,
    shown,
)
from policy.profiles.errors import Place, listed
from policy.profiles.numerals import TOO_LONG, number_from_text, show_number
from policy.profiles.shapes import (
    Answers,
    AnswersByRecord,
    Wanted,
    WholeProfile,
    choices,
    given,
    in_words,
    keys,
    unit,
    wanted_at,
)
from policy.profiles.values import MOMENT, YES_NO_WORDS, day_of, not_optional

if TYPE_CHECKING:
    from jsonschema import ValidationError

RANK: Final = ("type", "not", "enum", "pattern", "format", "minimum", "maximum", "multipleOf")
"""Of several errors about one value the first of these is told."""

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def explain(
    error: ValidationError, root: Datum, wanted: Wanted, catalog: Catalog, base: str
) -> Iterator[tuple[Path, int, Diagnostic]]:
    """Each mistake that an error tells of: its path, its rank among those about one value, and what to say."""
    path: Path = tuple(error.absolute_path)
    datum, here = descend(root, path), wanted_at(wanted, path, catalog)
    assert datum is not None, "an error is about something given"
    place = Place(datum.span, path_text(path, base) or None)
    keyword = str(error.validator)
    match keyword:
        case "anyOf":
            # Of what may be given or null, the first; of the key of a row or the row itself, the one that was tried.
            branches = error.validator_value
            or_null = isinstance(branches, list) and branches[-1] == {"type": "null"}
            branch = 1 if not or_null and isinstance(error.instance, dict) else 0
            for inner in error.context or ():
                if inner.relative_schema_path[0] == branch:
                    yield from explain(inner, root, wanted, catalog, base)
            return
        case "enum" if not isinstance(datum, ScalarDatum):
            return  # its type is wrong too, and says it better
        case "additionalProperties":
            assert isinstance(datum, MappingDatum)
            known = keys(here, catalog)
            for entry in datum.entries:
                if entry.key not in known:
                    at = (*path, entry.key)
                    place = Place(entry.key_span, path_text(at, base))
                    yield at, 0, _unknown_key(place, entry.key, here, known)
            return
    told = _told(keyword, datum, error.instance, place, path, here, catalog)
    yield path, RANK.index(keyword), told


def _told(
    keyword: str, datum: Datum, value: object, place: Place, path: Path, wanted: Wanted, catalog: Catalog
) -> Diagnostic:
    inner = given(wanted)
    match keyword:
        case "enum":
            return _unknown_value(place, datum, wanted, catalog)
        case "pattern":
            wanted_digits = inner.digits if isinstance(inner, Code) else None
            help = "write it without blanks" if wanted_digits is None else f"write exactly {wanted_digits} digits"
            return errors.malformed_code(place, shown(datum), in_words(wanted, catalog), help)
        case "format":
            text = shown(datum)
            if isinstance(inner, Date):
                return errors.not_a_date(place, text, *_date_trouble(text))
            return errors.not_a_moment(place, text, *_moment_trouble(text))
        case "minimum" | "maximum" | "multipleOf":
            assert isinstance(inner, Number)
            assert isinstance(value, int | Fraction)
            return _off_limits(keyword, place, shown(datum), value, inner, catalog)
        case "not":
            return errors.cannot_be_given(place, str(inner))
        case _:
            assert keyword == "type", "the schema uses no other keyword"
            return _wrong_type(place, datum, wanted, path, catalog)


# Words that are not known


def suggestion(word: str, known: Mapping[str, Labels]) -> str | None:
    """The key of a closed list that was probably meant: by its name first, then by its label in either language."""
    by_label = {said.casefold(): key for key, label in known.items() for said in (label.en, label.fr) if said}
    if (key := by_label.get(word.casefold())) is not None and word not in known:
        return key
    if (key := nearest(word, known)) is not None:
        return key
    label = nearest(word, by_label)
    return None if label is None else by_label[label]


def _help(word: str, known: Mapping[str, Labels], what: str) -> str:
    """Proposes the nearest, or lists what there is."""
    if (key := suggestion(word, known)) is not None:
        label = known[key].get("en")
        return (
            f"did you mean `{key}`?" if label.casefold() in ("", key.casefold()) else f"did you mean `{key}` ({label})?"
        )
    return f"{what} {listed(list(known))}" if known else "leave it out"


def _unknown_key(place: Place, key: str, wanted: Wanted, known: Mapping[str, Labels]) -> Diagnostic:
    word = short_text(key)
    match given(wanted):
        case Answers():
            by_last = {short(name): name for name in known}
            help = f"did you mean `{by_last[key]}`?" if key in by_last else _help(key, known, "the questions are")
            return errors.unknown_question(place, word, help)
        case WholeProfile():
            of = "the profile"
        case RecordOf(name=name):
            of = f"`{short(name)}`"
        case MapBy(by=by):
            of = f"a mapping by `{short(by.name)}`"
        case _:
            of = "the row"
    return errors.unknown_key(place, word, of, _help(key, known, "the keys are"))


def _unknown_value(place: Place, datum: Datum, wanted: Wanted, catalog: Catalog) -> Diagnostic:
    inner = given(wanted)
    known = choices(inner, catalog)
    assert isinstance(datum, ScalarDatum)
    if isinstance(inner, Number):
        choice_words = [show_number(choice) for choice in inner.choices]
        help = f"write {' or '.join(choice_words)}" if choice_words else None
        return errors.unknown_value(place, shown(datum), in_words(inner, catalog), help)
    what = "the codes are" if isinstance(inner, Key | RowOf) else "the values are"
    lengths = {len(code) for code in known} if isinstance(inner, Key) else set()
    if len(lengths) == 1 and len(str(datum.value)) not in lengths:
        help = f"write a code of {next(iter(lengths))} digits"
        return errors.unknown_value(place, shown(datum), in_words(inner, catalog), help)
    return errors.unknown_value(place, shown(datum), in_words(inner, catalog), _help(str(datum.value), known, what))


# Numbers and dates


def _off_limits(
    keyword: str, place: Place, text: str, value: int | Fraction, type_: Number, catalog: Catalog
) -> Diagnostic:
    words = unit(type_, catalog)
    if keyword == "multipleOf":
        assert type_.step is not None
        below = value // type_.step * type_.step
        near = [
            f"`{show_number(number)}`"
            for number in (below, below + type_.step)
            if (type_.low is None or number >= type_.low) and (type_.high is None or number <= type_.high)
        ]
        help = f"the nearest values are {' and '.join(near)}" if len(near) == 2 else f"the nearest value is {near[0]}"
        return errors.off_step(place, text, show_number(type_.step), help)
    limit = type_.low if keyword == "minimum" else type_.high
    assert limit is not None
    low, high = (None if bound is None else show_number(bound) for bound in (type_.low, type_.high))
    within = f"from {low} to {high}" if low and high else f"from {low} up" if low else f"up to {high}"
    side = "less than" if keyword == "minimum" else "more than"
    bound = f"{show_number(limit)} {words}".rstrip()
    return errors.out_of_range(place, text, side, bound, f"give {in_words(type_, catalog)} {within}")


def _date_trouble(text: str) -> tuple[str, str]:
    """Why a text is not a date, and what to do."""
    form = "write year-month-day, as `2024-05-31`"
    if (parts := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)) is not None:
        year, month, day = (int(part) for part in parts.groups())
        if year == 0:
            return ": there is no year 0", form
        if not 1 <= month <= 12:
            return f": there is no month {month}", form
        days = monthrange(year, month)[1]
        if not 1 <= day <= days:
            return f": {MONTHS[month - 1]} {year} has {days} days", "give a day of that month"
        return "", f"write it with all its digits: `{year:04}-{month:02}-{day:02}`"
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]", text):
        return ": it has a time of day", f"write the day alone: `{text[:10]}`"
    return "", form


def _moment_trouble(text: str) -> tuple[str, str]:
    """Why a text is not a moment, and what to do."""
    form = "write it as `2024-05-31T14:30:00-04:00`, or with `Z` for UTC"
    parts = re.fullmatch(r"([0-9-]+)(?:([Tt ])([0-9]{2}:[0-9]{2})(:[0-9]{2}(?:\.[0-9]+)?)?(.*))?", text)
    if parts is None:
        return "", form
    try:
        day_of(parts[1])
    except ValueError:
        return _date_trouble(parts[1])[0], form
    for part, name in ((parts[3], "time of day"), (parts[5], "offset from UTC"), (parts[4], "seconds")):
        if not part:
            return f": it has no {name}", form
    if parts[2] == " ":
        return ": a `T` is wanted between day and time", form
    return ": there is no such time or offset" if MOMENT.fullmatch(text) else "", form


# Kinds


def _wrong_type(place: Place, datum: Datum, wanted: Wanted, path: Path, catalog: Catalog) -> Diagnostic:
    inner = given(wanted)
    words = in_words(wanted, catalog)
    text = shown(datum)
    match datum:
        case ScalarDatum(value=None):
            return not_optional(place, "null", wanted, path, catalog)
        case ScalarDatum(value=bool()):
            message = f"`{text}` is given where {words} is wanted"
        case ScalarDatum(value=int() | Decimal() | Fraction()):
            if isinstance(inner, Code | Key | RowOf):
                return errors.number_for_code(place, text, words)
            message = f"`{text}` is not {words}" if isinstance(inner, Number) else _kind(text, "a number", words)
        case ScalarDatum(value=datetime()):
            message = _kind(text, "a moment", words)
        case ScalarDatum(value=date()):
            message = _kind(text, "a date", words)
        case ScalarDatum(value=time()):
            message = _kind(text, "a time of day", words)
        case ScalarDatum(plain=True):
            message = f"`{text}` is not {words}"
        case ScalarDatum():
            message = _kind(text, "text", words)
        case ListDatum():
            message = f"a list is given where {words} is wanted"
        case MappingDatum():
            message = f"keys and values are given where {words} is wanted"
    return errors.wrong_type(place, message, _next_step(datum, inner, catalog))


def _kind(text: str, kind: str, wanted: str) -> str:
    return f"`{text}` is {kind}, where {wanted} is wanted"


def _next_step(datum: Datum, inner: Wanted, catalog: Catalog) -> str | None:
    """What to do about a value of the wrong kind."""
    match inner, datum:
        case ListOf(), _:
            return "write a list, even of one: `-` before each member, or `[` and `]` around them"
        case AnswersByRecord(), _:
            name = next((name for name, field in catalog.inputs.items() if isinstance(field.type, ListOf)), "name")
            return f"the question is asked about each record: write `{name}[0]: answer` and so on below it"
        case WholeProfile() | Answers() | RecordOf() | MapBy(), _:
            return "write keys and their values"
        case _, ListDatum() | MappingDatum():
            return "write one value"
        case YesNo(), ScalarDatum(value=str(text), plain=False) if text.casefold() in YES_NO_WORDS:
            return "write it without quotes: `true` or `false`"
        case YesNo(), ScalarDatum(plain=plain):
            return "write `yes` or `no`" if plain else "write `true` or `false`"
        case Number(), ScalarDatum(value=str(text), plain=False) if number_from_text(text) is not None:
            return "write it without quotes"
        case Number(whole=True), ScalarDatum(value=str(text)) if number_from_text(text) is not None:
            return "give a whole number"
        case Number(), ScalarDatum(value=str(text)) if (number := number_from_text(text.lstrip("0"))) is not None:
            return f"write `{text.lstrip('0')}`" if number is not TOO_LONG else None
        case Number(), ScalarDatum(value=str() | bool()):
            return "write digits alone, with a point for decimals, as `1560` or `37.5`"
        case Number(whole=True), ScalarDatum(value=int() | Decimal() | Fraction()):
            return "give a whole number"
        case Date(), ScalarDatum(value=datetime()):
            return "give the day alone"
        case Date(), _:
            return 'write it as text, year-month-day: `"2024-05-31"`'
        case Moment(), _:
            return 'write it as text: `"2024-05-31T14:30:00-04:00"`'
        case Text(), _:
            return "put it in quotes"
        case _:
            known = choices(inner, catalog)
            return f"the values are {listed(list(known))}" if known else None
