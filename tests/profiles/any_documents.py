"""Documents drawn for a catalog: mostly right, here and there with something in them that may be wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from hypothesis import strategies as st

from policy.model.catalog import Catalog, FieldShape
from policy.model.types import (
    Code,
    Date,
    Enum,
    Key,
    ListOf,
    MapBy,
    Moment,
    Number,
    OptionalOf,
    RecordOf,
    RowOf,
    Text,
    Type,
    YesNo,
)
from policy.model.values import UNKNOWN, MapValue, Record
from policy.profiles.numerals import decimal_of

Documents = st.SearchStrategy[Any]

ODD: Final = st.one_of(
    st.sampled_from([None, True, False, 0, 1, -1, 7, 0.5, 2.25, 7.0, 1e300, -0.0, 10**99, 10**100, 12345]),
    st.sampled_from(["", " ", "x", "5", "none", "null", "yes", "a b", "a\nb", "é", "\u2003", "١٢٣٤٥"]),
    st.sampled_from(["12345", "1234", "00100", "2024-02-30", "20240229", "2024-W09-4", "2024-060", "2024-2-9"]),
    st.sampled_from(["2024-02-29 ", "２０２４-02-29", "0000-01-01", "2024-02-29T10:00:00", "2024-02-29T10:00:00Z"]),
    st.sampled_from(["2024-02-29T10:00:00+25:00", "0001-01-01T00:00:00+10:00"]),
    st.sampled_from([[], [{}], [None], {}, {"x": 1}, {"jobs[0]": True}, {"jobs[0]": 3}, [[]]]),
)
"""What may be wrong where it stands, in the kinds that JSON has."""

PYTHONS: Final = st.one_of(
    st.sampled_from([Decimal("0.5"), Decimal("7"), Decimal("7.000"), Decimal("1." + "0" * 101), Decimal("NaN")]),
    st.sampled_from(
        [Decimal("1e999"), Decimal("-0"), Decimal("Infinity"), Fraction(1, 2), Fraction(7), Fraction(1, 3)]
    ),
    st.sampled_from([float("nan"), float("inf"), 0.1, 10**101, date(2024, 2, 29), datetime(2024, 2, 29, tzinfo=UTC)]),
    st.sampled_from([(), ({},), b"x", UNKNOWN, object(), "\0", "\ud800"]),
)
"""What only Python can give."""


def documents(catalog: Catalog, odd: Documents = ODD) -> Documents:
    """Documents for a catalog. Each part is as its type wants it, nine times out of ten; else it is an odd value."""
    return _Drawing(catalog, odd).profile()


class _Drawing:
    def __init__(self, catalog: Catalog, odd: Documents) -> None:
        self.catalog = catalog
        self.odd = odd

    def profile(self) -> Documents:
        inputs = {name: self.field(field) for name, field in self.catalog.inputs.items()}
        questions = {
            name: st.dictionaries(st.sampled_from(["jobs[0]", "jobs[1]", "card"]), self.value(field.type), max_size=1)
            if name in self.catalog.per_record
            else self.value(field.type)
            for name, field in self.catalog.questions.items()
        }
        answers = self.mostly(st.fixed_dictionaries({}, optional=questions))
        rest: dict[str, Documents] = {"answers": answers} if questions else {}
        return self.few(inputs | rest)

    def few(self, members: dict[str, Documents]) -> Documents:
        """A mapping with some of these members, seldom with one that nobody knows."""
        extra = st.sampled_from([{}] * 19 + [{"unheard_of": 1}])
        chosen = st.sets(st.sampled_from(sorted(members)), max_size=6) if members else st.just(set[str]())
        return st.builds(
            lambda known, more: {**known, **more},
            chosen.flatmap(lambda keys: st.fixed_dictionaries({key: members[key] for key in sorted(keys)})),
            extra,
        )

    def field(self, field: FieldShape) -> Documents:
        return self.mostly(st.deferred(lambda: self.value(field.type)))

    def mostly(self, good: Documents) -> Documents:
        return st.integers(0, 9).flatmap(lambda chance: self.odd if chance == 0 else good)

    def value(self, type_: Type) -> Documents:
        """Values of a type as a document has them; of numbers, those at the ends and between."""
        match type_:
            case OptionalOf(of=of):
                return st.none() | self.value(of)
            case YesNo():
                return st.booleans()
            case Text():
                return st.text(max_size=5)
            case Date():
                return st.dates(date(1890, 1, 1), date(2040, 1, 1)).map(date.isoformat)
            case Moment():
                return st.sampled_from(["2024-05-31T14:30:00-04:00", "2024-05-31T14:30:00.5Z"])
            case Code(digits=digits):
                return st.text("0123456789", min_size=digits or 1, max_size=digits or 6)
            case Key(dataset=dataset):
                return st.sampled_from(sorted(self.catalog.datasets[dataset].rows))
            case RowOf(dataset=dataset):
                shape = self.catalog.datasets[dataset]
                columns = {name: self.mostly(self.value(column)) for name, column in shape.columns.items()}
                return self.value(Key(dataset)) | self.few(columns)
            case Enum(values=values):
                return st.sampled_from(values)
            case Number():
                return self.number(type_)
            case MapBy(of=of, by=by):
                return self.few({key: self.mostly(self.value(of)) for key in by.values})
            case ListOf(of=of):
                return st.lists(self.mostly(self.value(of)), max_size=3)
            case RecordOf(name=name):
                fields = self.catalog.records[name].fields
                return self.few({key: self.field(field) for key, field in fields.items()})
            case _:
                raise AssertionError(f"a profile holds no {type_}")

    def number(self, type_: Number) -> Documents:
        step = type_.step or (Fraction(1) if type_.whole else Fraction(1, 4))
        low = type_.low if type_.low is not None else Fraction(-10)
        high = type_.high if type_.high is not None else low + 1000
        numbers = [*type_.choices] or [low, high, high + step, low - step, low + step / 2]
        some = st.integers(0, int((high - low) / step)).map(lambda steps: low + steps * step)
        return (st.sampled_from(numbers) | some).map(_written)


def _written(number: Fraction) -> int | float:
    """A number as JSON has it."""
    decimal = decimal_of(number)
    assert decimal is not None
    return int(number) if number.denominator == 1 else float(decimal)


def bare(value: object) -> object:
    """A value of a profile in parts that can be compared, kinds of numbers and places included."""
    match value:
        case Record(type=kind, fields=fields, path=path):
            return (kind, path, {key: bare(held) for key, held in fields.items()})
        case MapValue(values=values):
            return ("map", {key: bare(held) for key, held in values.items()})
        case tuple():
            return [bare(item) for item in value]
        case dict():
            return {key: bare(held) for key, held in value.items()}
        case _:
            return (type(value).__name__, value)
