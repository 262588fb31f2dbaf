"""Reading profiles that are right, quickly: the code that `writing` makes, and the documents it is tried on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import CodeType
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeAlias, cast

from policy.frozen import dataclass
from policy.model.catalog import Catalog
from policy.model.types import Number
from policy.model.values import UNKNOWN, MapValue, Record
from policy.profiles.numerals import LIMIT, LONGEST, TOO_LONG, decimal_from_text, exact
from policy.profiles.profile import Profile, RecordCheck
from policy.profiles.stand_ins import CheckOf, Reading, RowsOf
from policy.text import Source, Span

if TYPE_CHECKING:
    from json import JSONDecoder

    from policy.profiles.document import Datum, Path

MOST_REMEMBERED: Final = 4096
"""How many numbers of one type, and how many verdicts on records of one kind, are remembered."""

LONGEST_TEXT: Final = 1_000_000
"""How many characters a text may have that is read here."""

Facts: TypeAlias = tuple[dict[str, object], dict[str, Any]]
"""Facts and answers, as a `Profile` has them."""


class Declined(Exception):
    """The code does not know that a document is right."""


class Reader:
    """Reads profiles of one catalog. Each way of reading gives the profile, or None where it declines."""

    def __init__(self, catalog: Catalog, read: Callable[[object], Facts] | None) -> None:
        self.catalog = catalog
        self._read = read

    def of_python(self, document: object) -> Profile | None:
        """The profile in a dictionary as a caller gives it."""
        found = self._facts(document)
        if found is None:
            return None
        facts = found[0]
        return Profile(*found, lambda: ((path, None) for path in given_in(facts, (), self.catalog)))

    def of_json(self, source: Source) -> Profile | None:
        """The profile in JSON text."""
        if len(source.text) > LONGEST_TEXT:
            return None
        try:
            document = json_decoder().decode(source.text)
        except (Declined, ValueError, RecursionError):
            return None
        found = self._facts(document)
        return None if found is None else Profile(*found, lambda: _places_in_json(source))

    def of_datum(self, datum: Datum) -> Profile | None:
        """The profile in a document that has been read with its places."""
        from policy.profiles.document import places
        from policy.profiles.shapes import WholeProfile
        from policy.profiles.values import Typing

        typing = Typing(self.catalog)
        instance = typing.typed(datum, WholeProfile())
        found = None if typing.mistakes else self._facts(instance)
        return None if found is None else Profile(*found, lambda: places(datum))

    def _facts(self, document: object) -> Facts | None:
        if self._read is None:
            return None
        try:
            return self._read(document)
        except (Declined, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Written:
    """The code that reads profiles of a catalog, and its constants."""

    code: CodeType
    constants: Mapping[str, object]


LAST_WRITTEN: Final[deque[tuple[Catalog, Mapping[str, Reading], Written | None]]] = deque(maxlen=4)
"""The code written last, and for what: most days of a set of policies have profiles of one kind."""


def written(catalog: Catalog, readings: Mapping[str, Reading]) -> Written | None:
    """The code for a catalog; None where there is none. `readings` are of the records that have conditions."""
    for other, others, found in LAST_WRITTEN:
        if other == catalog and others == readings:
            return found
    # Where the code was kept, nothing needs to be written.
    from policy.profiles.writing import NotReadable, write

    made = None
    with suppress(NotReadable):
        module, constants = write(catalog, readings)
        made = Written(compile(module, "<profile>", "exec"), constants)
    LAST_WRITTEN.append((catalog, readings, made))
    return made


def make_reader(written: Written | None, catalog: Catalog, checks: Mapping[str, RecordCheck]) -> Reader:
    """The reader with some code, the constants given their meaning. `checks` are of the records with conditions."""
    if written is None:
        return Reader(catalog, None)
    space = {**NAMES, **{name: _bound(value, catalog, checks) for name, value in written.constants.items()}}
    exec(written.code, space)
    return Reader(catalog, cast(Callable[[object], Facts], space["read"]))


def _places_in_json(source: Source) -> Iterable[tuple[Path, Span | None]]:
    """The places in a text that has been read without them."""
    from policy.profiles.document import places
    from policy.profiles.json_reading import read_json

    return places(read_json(source))


def given_in(value: object, path: Path, catalog: Catalog) -> Iterator[Path]:
    """The path of every value that is given in facts; a row named by its key is one value."""
    inside: Iterable[tuple[str | int, object]] = ()
    match value:
        case _ if value is UNKNOWN:
            return
        case dict():
            inside = value.items()
        case tuple():
            inside = enumerate(value)
        case Record(type=kind, fields=fields) if kind in catalog.records:
            inside = fields.items()
        case MapValue(values=values):
            inside = values.items()
    yield path
    for step, held in inside:
        yield from given_in(held, (*path, step), catalog)


# What the code uses


def _bound(constant: object, catalog: Catalog, checks: Mapping[str, RecordCheck]) -> object:
    match constant:
        case Number():
            return number_reading(constant)
        case RowsOf(dataset=dataset):
            return catalog.datasets[dataset].rows
        case CheckOf(record=record, keyed=keyed):
            return verdicts(checks[record], keyed)
        case _:
            return constant


def number_reading(type_: Number) -> Callable[[object], int | Fraction]:
    """What makes a number of this type exact, or declines it. Numbers that are not whole come again: half hours."""
    known: dict[object, int | Fraction] = {}

    def read(value: object) -> int | Fraction:
        kind = type(value)
        if kind is int or kind is Fraction:
            return allowed(cast("int | Fraction", value))
        if kind is not float and kind is not Decimal:
            raise Declined
        key = value if kind is float else str(value)
        number = known.get(key)
        if number is None:
            decimal = decimal_from_text(repr(value)) if kind is float else cast(Decimal, value)
            if isinstance(decimal, Decimal) and not decimal.is_finite():
                raise Declined
            number = allowed(exact(decimal))
            if len(known) < MOST_REMEMBERED:
                known[key] = number
        return number

    def allowed(number: object) -> int | Fraction:
        if isinstance(number, Fraction):
            number = exact(number)
        if number is TOO_LONG or not isinstance(number, int | Fraction) or not -LIMIT < number < LIMIT:
            raise Declined
        outside = (type_.low is not None and number < type_.low) or (type_.high is not None and number > type_.high)
        if outside or (type_.whole and type(number) is not int) or (type_.step is not None and number % type_.step):
            raise Declined
        if type_.choices and number not in type_.choices:
            raise Declined
        return number

    return read


def verdicts(check: RecordCheck, keyed: bool) -> Callable[[object, Record], bool]:
    """Whether a record breaks no condition. Records that agree in all that decides are judged once."""
    known: dict[object, bool] = {}

    def holds(key: object, record: Record) -> bool:
        verdict = known.get(key) if keyed else None
        if verdict is None:
            verdict = not any(
                violation.kind == "invalid" or violation.field is None or record.fields[violation.field] is not UNKNOWN
                for violation in check(record)
            )
            if keyed and len(known) < MOST_REMEMBERED:
                known[key] = verdict
        return verdict

    return holds


def _ratio(value: object) -> object:
    """A number as two whole ones, which are quicker to look up; anything else as it is."""
    return value.as_integer_ratio() if isinstance(value, int | Fraction) else value


def _ratios(value: object) -> object:
    return tuple(map(_ratio, value.values.values())) if isinstance(value, MapValue) else value


def _moment(value: object) -> datetime:
    from policy.profiles.values import moment_of

    return moment_of(value.isoformat() if isinstance(value, datetime) else cast(str, value))


NAMES: Final[Mapping[str, object]] = {
    "__builtins__": {},
    "MapValue": MapValue,
    "Record": Record,
    "date": date,
    "day": date.fromisoformat,
    "declined": Declined,
    "dict": dict,
    "enumerate": enumerate,
    "len": len,
    "list": list,
    "moment": _moment,
    "ratio": _ratio,
    "ratios": _ratios,
    "str": str,
    "int": int,
    "tuple": tuple,
    "type": type,
    "unknown": UNKNOWN,
}


# JSON


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A mapping in which no key stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Declined
    return found


def _decimal(text: str) -> Decimal:
    if len(text) > LONGEST:
        raise Declined
    return Decimal(text)


def _no_number(_: str) -> NoReturn:
    raise Declined


@cache
def json_decoder() -> JSONDecoder:
    """What reads JSON text into dictionaries; only for those who give text."""
    from json import JSONDecoder

    return JSONDecoder(object_pairs_hook=_once, parse_float=_decimal, parse_constant=_no_number)
