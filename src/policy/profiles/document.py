"""A document as a tree of data, each datum with its place in the text where the format tells it.

What a datum means is decided later, by the type wanted in its place: the tree keeps what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from policy.diagnostics import Diagnostic, Mistakes
from policy.frozen import dataclass
from policy.profiles import errors
from policy.profiles.errors import Place
from policy.profiles.numerals import TOO_LONG, decimal_from_text, exact, show_number
from policy.text import Span

DEEPEST: Final = 50
"""How many lists and mappings may stand inside one another."""

LARGEST: Final = 200_000
"""How many values a dictionary may hold, those inside one another counted."""

UNUSABLE: Final = re.compile("[\x00\ud800-\udfff]")
"""Characters no text may hold: NUL, and halves of a character."""

ScalarValue: TypeAlias = str | int | Decimal | Fraction | date | time | None
"""`bool` is among the `int` and `datetime` among the `date`."""
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ScalarDatum:
    """One value.

    `plain` text stood in its document without quotes: whether it is a number, a yes or a text is not decided yet.
    """

    value: ScalarValue
    span: Span | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ListDatum:
    """Data in order."""

    items: tuple[Datum, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A key and what stands under it."""

    key: str
    value: Datum
    key_span: Span | None = None


@dataclass(frozen=True, slots=True, eq=False)
class MappingDatum:
    """Data under keys, in the order written; no key twice."""

    entries: tuple[Entry, ...]
    span: Span | None = None

    def get(self, key: str) -> Entry | None:
        """The entry with this key, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)


Datum: TypeAlias = ScalarDatum | ListDatum | MappingDatum


def descend(datum: Datum, path: Path) -> Datum | None:
    """What stands at a path, or None."""
    for step in path:
        match datum, step:
            case MappingDatum(), str():
                entry = datum.get(step)
                if entry is None:
                    return None
                datum = entry.value
            case ListDatum(items=items), int() if step < len(items):
                datum = items[step]
            case _:
                return None
    return datum


def places(datum: Datum, path: Path = ()) -> Iterator[tuple[Path, Span | None]]:
    """Every path of a document, with its place."""
    yield path, datum.span
    match datum:
        case MappingDatum(entries=entries):
            for entry in entries:
                yield from places(entry.value, (*path, entry.key))
        case ListDatum(items=items):
            for i, item in enumerate(items):
                yield from places(item, (*path, i))


def path_text(path: Path, base: str = "") -> str:
    """A path as people write it, list members counted from 0: `jobs[1].start`."""
    text = base
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif re.fullmatch(r"\w+(\.\w+)*", step):
            text += f".{step}" if text else step
        else:
            text += f'["{short_text(step)}"]'
    return text


def short_text(text: str, longest: int = 40) -> str:
    """A person's words fit for a message: one line, no strange characters, cut when long."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def shown(datum: Datum) -> str:
    """What was written, fit for a message: quotes and digits as the author put them where the text is at hand."""
    match datum:
        case ScalarDatum(value=str(value)):
            return short_text(value)
        case ScalarDatum(value=value, span=None):
            match value:
                case bool():
                    return "true" if value else "false"
                case None:
                    return "null"
                case Fraction():
                    return short_text(show_number(value))
                case date() | time():
                    return value.isoformat()
                case _:
                    return short_text(str(value))
        case ScalarDatum(span=Span() as span):
            return short_text(span.text)
        case ListDatum():
            return "[…]"
        case _:
            return "{…}"


def from_python(value: object) -> Datum:
    """A dictionary given by a caller as a datum, with paths for places.

    Takes text, int, bool, None, Decimal, Fraction, date, datetime, mappings with text keys, lists and tuples; a float
    counts as the decimal number it prints as. Anything else raises `Mistakes`, all of them together.
    """
    builder = _Builder()
    datum = builder.datum(value, ())
    if builder.mistakes:
        raise Mistakes(builder.mistakes)
    return datum


class _Builder:
    """Counts as it goes: what holds itself, or one thing in many places, would otherwise never end."""

    def __init__(self) -> None:
        self.mistakes: list[Diagnostic] = []
        self.count = 0

    def datum(self, value: object, path: Path) -> Datum:
        place = Place(path=path_text(path) or None)
        self.count += 1
        if self.count > LARGEST:
            raise Mistakes([*self.mistakes, errors.too_many_values(LARGEST)])
        match value:
            case Mapping() | list() | tuple() if len(path) >= DEEPEST:
                raise Mistakes([*self.mistakes, errors.too_deep(place, DEEPEST)])
            case Mapping():
                entries = []
                for key, inner in value.items():
                    if not isinstance(key, str):
                        self.mistakes.append(errors.unusable_key(place, type(key).__name__))
                    elif UNUSABLE.search(key):
                        self.mistakes.append(errors.unusable_character(place))
                    else:
                        entries.append(Entry(_bare(key), self.datum(inner, (*path, _bare(key)))))
                return MappingDatum(tuple(entries))
            case list() | tuple():
                return ListDatum(tuple(self.datum(inner, (*path, i)) for i, inner in enumerate(value)))
            case str():
                if UNUSABLE.search(value):
                    self.mistakes.append(errors.unusable_character(place))
                return ScalarDatum(_bare(value))
            case None | bool() | date() | time():
                return ScalarDatum(value)
            case int() | Decimal() | Fraction() | float():
                return ScalarDatum(self.number(value, place))
            case _:
                self.mistakes.append(errors.unusable_value(place, type(value).__name__))
                return ScalarDatum(None)

    def number(self, value: float | Decimal | Fraction, place: Place) -> ScalarValue:
        number = decimal_from_text(repr(float(value))) if isinstance(value, float) else value
        if isinstance(number, Decimal) and not number.is_finite():
            self.mistakes.append(errors.not_a_number(place, str(number)))
            return None
        if number is TOO_LONG or exact(number) is TOO_LONG:
            self.mistakes.append(errors.number_too_long(place))
            return None
        return int(number) if isinstance(number, int) else number


def _bare(text: str) -> str:
    """The text alone, when a caller gave a member of an enumeration of texts."""
    return str.__str__(text)
