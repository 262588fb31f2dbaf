"""Profiles drawn at random from what a catalog says a profile may hold: the same ones for the same seed.

Values are made without the detour over a document, so that many can be drawn. They are as valid as those that are read:
records keep their conditions, and a field that does not apply is absent. Nothing is known of the rules but the values
that they speak of, which are drawn more often than others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from random import Random
from typing import Any, Final

from policy.graph import CodeSet, Graph, Grid
from policy.model.catalog import Catalog
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
from policy.model.values import UNKNOWN, FixedList, MapValue, Record
from policy.profiles.profile import RecordCheck

Facts = Mapping[str, object]
Answers = Mapping[str, object]

WORDS: Final = ("a", "b", "c")

MOST_ATTEMPTS: Final = 100
"""How often fields of a record are drawn anew that breaks its conditions."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Facts and answers to open questions."""

    facts: Facts
    answers: Answers


@dataclass(frozen=True, slots=True)
class Likely:
    """Values that rules and examples speak of: numbers, days, codes or beginnings of codes, records."""

    figures: Sequence[Fraction | int] = ()
    days: Sequence[date] = ()
    codes: Sequence[str] = ()
    records: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    """Records that keep the conditions of their kinds, by the kinds' full names: drawn ones are often like them."""


class Drawer:
    """Draws profiles. `around` is the day near which days are drawn."""

    def __init__(
        self,
        catalog: Catalog,
        checks: Mapping[str, RecordCheck],
        random: Random,
        around: date,
        likely: Likely | None = None,
    ) -> None:
        self.catalog = catalog
        self.checks = checks
        self.random = random
        self.around = around
        self.likely = likely or Likely()
        self.longest = 3
        self._numbers: dict[Number, tuple[list[int | Fraction], list[int | Fraction]]] = {}

    def complete(self, names: Collection[str] | None = None) -> Drawn:
        """A profile in which no fact is left out, or none of some, and every question is answered."""
        inputs = self.catalog.inputs if names is None else {n: s for n, s in self.catalog.inputs.items() if n in names}
        facts = {name: self.value(shape.type, name) for name, shape in inputs.items()}
        return Drawn(facts, self.answered(facts))

    def answered(self, facts: Facts) -> Answers:
        """An answer to every question; to those about records, about each record."""
        paths = [record.path for value in facts.values() for record in records_in(value)]
        answers: dict[str, object] = {}
        for name, shape in self.catalog.questions.items():
            if name in self.catalog.per_record:
                answers[name] = {path: self.value(shape.type, "") for path in paths}
            else:
                answers[name] = self.value(shape.type, "")
        return answers

    def value(self, type_: Type, path: str) -> Any:
        """A value of a type, nothing in it unknown; unknown itself where the type has no value."""
        random = self.random
        match type_:
            case OptionalOf(of=of):
                return None if random.random() < 0.25 else self.value(of, path)
            case YesNo():
                return random.random() < 0.6
            case Number():
                return self.number(type_)
            case Date():
                return self.day()
            case Moment():
                return datetime.combine(self.day(), time(random.randrange(24)), UTC)
            case Enum(values=values) if values:
                return random.choice(values)
            case Text():
                return random.choice(WORDS)
            case Code(digits=digits):
                return self.code(digits or 4)
            case Key(dataset=dataset) if self.catalog.datasets[dataset].rows:
                return random.choice(list(self.catalog.datasets[dataset].rows))
            case ListOf(of=of):
                count = random.choice([0, 1, 1, 2, 2, self.longest])
                return tuple(self.value(of, f"{path}[{i}]") for i in range(count))
            case MapBy(of=of, by=by):
                return MapValue({key: self.value(of, f"{path}.{key}") for key in by.values})
            case RowOf(dataset=dataset) if self.catalog.datasets[dataset].rows:
                return Record(dataset, random.choice(list(self.catalog.datasets[dataset].rows.values())), path)
            case RecordOf(name=name):
                return self.record(name, path)
            case _:
                return UNKNOWN

    def day(self) -> date:
        """A day, now and then one of those that rules speak of or one beside it."""
        if self.likely.days and self.random.random() < 0.2:
            return self.random.choice(self.likely.days) + timedelta(days=self.random.choice((-1, 0, 1)))
        return self.around + timedelta(days=round(self.random.triangular(-900, 200, -200)))

    def code(self, digits: int) -> str:
        """A code of so many digits, often one that rules speak of."""
        begins = [code for code in self.likely.codes if len(code) <= digits]
        start = self.random.choice(begins) if begins and self.random.random() < 0.6 else ""
        return start + "".join(self.random.choice("01237") for _ in range(digits - len(start)))

    def number(self, of: Number) -> int | Fraction:
        """A number in its range, often one of those that rules speak of or one beside it."""
        if of.choices:
            return plain(self.random.choice(of.choices))
        if of not in self._numbers:
            self._numbers[of] = self.candidates(of)
        likely, anywhere = self._numbers[of]
        return self.random.choice(likely if likely and self.random.random() < 0.6 else anywhere)

    def candidates(self, of: Number) -> tuple[list[int | Fraction], list[int | Fraction]]:
        """Numbers of a type: those that rules speak of with their neighbours, and some from all over its range."""
        low = of.low if of.low is not None else Fraction(-3)
        high = of.high if of.high is not None else max(low, Fraction(0)) + 12
        step = of.step or (Fraction(1) if of.whole else Fraction(1, 2))
        near = [step * (round(figure / step) + shift) for figure in self.likely.figures for shift in (-1, 0, 0, 1)]
        steps = int((high - low) / step)
        spread = [low + step * (steps * part // 60) for part in range(61)]
        return [plain(number) for number in near if low <= number <= high], [plain(number) for number in spread]

    def record(self, name: str, path: str, given: Facts | None = None) -> Record:
        """A record that keeps the conditions of its kind, or nearly: fields are drawn anew as long as it breaks some.

        Fields that are given stay as they are.
        """
        types = {key: field.type for key, field in self.catalog.records[name].fields.items()}
        held = given or {}

        def drawn(key: str) -> Any:
            return self.filled(held.get(key, UNKNOWN), types[key], f"{path}.{key}")

        known = () if held else self.likely.records.get(name, ())
        if known and self.random.random() < 0.9:
            like = self.random.choice(known).fields
            fields = {key: drawn(key) if like[key] is UNKNOWN else like[key] for key in types}
            attempts = self.random.choice((0, 1, 2, 4))
        else:
            fields, attempts = {key: drawn(key) for key in types}, MOST_ATTEMPTS
        record, wrong = self._judged(Record(name, fields, path), held)
        for _ in range(attempts):
            if not wrong and attempts == MOST_ATTEMPTS:
                break
            few = self.random.sample(list(types), min(len(types), self.random.choice((1, 1, 2, 3))))
            others = {**fields, **{key: drawn(key) for key in few}}
            other, still_wrong = self._judged(Record(name, others, path), held)
            if still_wrong <= wrong:
                fields, record, wrong = others, other, still_wrong
        return record

    def _judged(self, record: Record, given: Facts) -> tuple[Record, int]:
        """The record with its days in order and without fields that do not apply; how many conditions it breaks."""
        start, end = record.fields.get("start"), record.fields.get("end")
        if (
            self.catalog.records[record.type].spell
            and isinstance(start, date)
            and isinstance(end, date)
            and end < start
        ):
            late = given.get("end", UNKNOWN) is UNKNOWN
            record = replace(record, fields={**record.fields, "end" if late else "start": start if late else end})
        check = self.checks.get(record.type)
        if check is None:
            return record, 0
        found = list(check(record))
        absent = {violation.field: UNKNOWN for violation in found if violation.field is not None}
        if absent:
            record = replace(record, fields={**record.fields, **absent})
            found = list(check(record))
        return record, sum(violation.kind == "invalid" for violation in found)

    def filled(self, held: Any, type_: Type, path: str) -> Any:
        """A value that is held, or one drawn in its place."""
        return self.value(type_, path) if held is UNKNOWN else held

    def valid(self, record: Record) -> bool:
        """Whether no condition of the record is broken."""
        check = self.checks.get(record.type)
        return check is None or all(violation.kind != "invalid" for violation in check(record))


def records_in(value: object) -> list[Record]:
    """The records in a value, those within records included."""
    match value:
        case Record(fields=fields):
            return [value, *(record for held in fields.values() for record in records_in(held))]
        case tuple():
            return [record for item in value for record in records_in(item)]
        case _:
            return []


def plain(number: Fraction) -> int | Fraction:
    """A number as values hold it."""
    return int(number) if number.denominator == 1 else number


def likely_in(graph: Graph) -> Likely:
    """The values that rules speak of: those written out, the bounds of tables, and what is in sets."""
    figures: dict[Fraction | int, None] = {}
    days: dict[date, None] = {}
    codes: dict[str, None] = {}
    for node in graph.nodes:
        values: list[object] = [node.value] if node.op == "const" else []
        if isinstance(node.value, Grid):
            matchers = (matcher for row in node.value.cells for cell in row for matcher in cell)
            values = [end for matcher in matchers for end in (matcher.value, matcher.low, matcher.high)]
        elif isinstance(node.value, CodeSet):
            values = [pattern.rstrip("*") for pattern in (*node.value.patterns, *node.value.exceptions)]
        elif isinstance(node.value, FixedList):
            values = list(node.value)
        for value in values:
            match value:
                case bool():
                    pass
                case int() | Fraction():
                    figures[value] = None
                case date() if not isinstance(value, datetime):
                    days[value] = None
                case str() if value.isdigit():
                    codes[value] = None
    return Likely(list(figures), list(days), list(codes))
