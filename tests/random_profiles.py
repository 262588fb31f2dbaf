"""Profiles drawn at random from what a catalog says a profile may hold, and the same with facts left out.

Values are made without the detour over a document, so that many can be drawn. They are as valid as those that are read:
records keep their conditions, and a field that does not apply is absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from policy.check.checked import Checked
from policy.evaluate import Program, compile_graph
from policy.graph import Graph, Grid
from policy.graph.build import build_conditions
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

Facts = Mapping[str, object]
Answers = Mapping[str, object]

WORDS = ("a", "b", "c")

CHANGES = ("2024-03-10T05:00:00Z", "2024-11-03T04:00:00Z", "2023-03-12T05:00:00Z", "2022-11-06T04:00:00Z")
"""Hours in which clocks are changed in Toronto."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Facts and answers to open questions."""

    facts: Facts
    answers: Answers


class Drawer:
    """Draws profiles for one program. `around` is the day near which days are drawn; `figures` are likely numbers."""

    def __init__(self, checked: Checked, random: Random, around: date, figures: Sequence[Fraction | int] = ()) -> None:
        self.checked = checked
        self.catalog = checked.catalog
        self.random = random
        self.around = around
        self.figures = figures
        self.longest = 3
        self._conditions: dict[str, Program] = {}
        self._numbers: dict[Number, tuple[list[int | Fraction], list[int | Fraction]]] = {}

    # -------------------------------------------------------------- complete profiles

    def complete(self) -> Drawn:
        """A profile in which no fact is left out and every question is answered."""
        facts = {name: self.value(shape.type, name) for name, shape in self.catalog.inputs.items()}
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
        """A value of a type, nothing in it unknown."""
        random = self.random
        match type_:
            case OptionalOf(of=of):
                return None if random.random() < 0.25 else self.value(of, path)
            case YesNo():
                return random.random() < 0.6
            case Number():
                return self.number(type_)
            case Date():
                return self.around + timedelta(days=round(random.triangular(-900, 200, -200)))
            case Moment():
                if random.random() < 0.4:
                    return datetime.fromisoformat(random.choice(CHANGES)) + timedelta(minutes=random.randrange(240))
                return datetime.combine(self.value(Date(), path), time(random.randrange(24)), UTC)
            case Enum(values=values):
                return random.choice(values)
            case Text():
                return random.choice(WORDS)
            case Code(digits=digits):
                return "".join(random.choice("01237") for _ in range(digits or 4))
            case Key(dataset=dataset):
                return random.choice(list(self.catalog.datasets[dataset].rows))
            case ListOf(of=of):
                count = random.choice([0, 1, 1, 2, 2, self.longest])
                return tuple(self.value(of, f"{path}[{i}]") for i in range(count))
            case MapBy(of=of, by=by):
                return MapValue({key: self.value(of, f"{path}.{key}") for key in by.values})
            case RowOf(dataset=dataset):
                return Record(dataset, random.choice(list(self.catalog.datasets[dataset].rows.values())), path)
            case RecordOf(name=name):
                return self.record(name, path)
            case _:
                raise AssertionError(f"a profile holds no {type_}")

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
        near = [step * (round(figure / step) + shift) for figure in self.figures for shift in (-1, 0, 0, 1)]
        steps = int((high - low) / step)
        spread = [low + step * (steps * part // 60) for part in range(61)]
        return [plain(number) for number in near if low <= number <= high], [plain(number) for number in spread]

    def record(self, name: str, path: str, given: Facts | None = None) -> Record:
        """A record that keeps the conditions of its kind; after many vain attempts, whatever was drawn last.

        Fields that are given stay as they are.
        """
        shape, given = self.catalog.records[name], given or {}
        for _ in range(300):
            fields = {
                key: self.filled(given.get(key, UNKNOWN), field.type, f"{path}.{key}")
                for key, field in shape.fields.items()
            }
            start, end = fields.get("start"), fields.get("end")
            if shape.spell and isinstance(start, date) and isinstance(end, date) and end < start:
                late = given.get("end", UNKNOWN) is UNKNOWN
                fields["end" if late else "start"] = start if late else end
            record = self.applicable(Record(name, fields, path))
            if self.valid(record):
                break
        return record

    def applicable(self, record: Record) -> Record:
        """The record without the fields that do not apply."""
        conditions = self.conditions(record.type)
        for name in conditions.graph.named:
            kind, _, field = name.partition(".")
            if kind == "applies":
                values = conditions.evaluate({"": record}, {}, None)
                if values.outcome(name) is False:
                    record = replace(record, fields={**record.fields, field: UNKNOWN})
        return record

    def valid(self, record: Record) -> bool:
        """Whether no condition of the record is broken."""
        conditions = self.conditions(record.type)
        values = conditions.evaluate({"": record}, {}, None)
        return not any(values.outcome(name) is False for name in conditions.graph.named if name.startswith("valid."))

    def conditions(self, record: str) -> Program:
        """What must hold in a record, ready to run."""
        if record not in self._conditions:
            self._conditions[record] = compile_graph(build_conditions(self.checked, record), self.catalog)
        return self._conditions[record]

    def completed(self, drawn: Drawn) -> Drawn:
        """The profile with everything that was left out drawn anew."""
        facts = {name: self.filled(drawn.facts[name], shape.type, name) for name, shape in self.catalog.inputs.items()}
        others = self.answered(facts)
        answers = {name: _over(drawn.answers.get(name), answer) for name, answer in others.items()}
        return Drawn(facts, answers)

    def filled(self, value: Any, type_: Type, path: str) -> Any:
        """A value of a type of which nothing is unknown any more."""
        match value, type_:
            case _ if value is UNKNOWN:
                return self.value(type_, path)
            case _, OptionalOf(of=of):
                return self.filled(value, of, path)
            case tuple(), ListOf(of=of):
                return tuple(self.filled(item, of, f"{path}[{i}]") for i, item in enumerate(value))
            case MapValue(values=values), MapBy(of=of):
                return MapValue({key: self.filled(held, of, f"{path}.{key}") for key, held in values.items()})
            case Record(), RecordOf(name=name):
                return self.record(name, path, value.fields)
            case _:
                return value

    # -------------------------------------------------------------- facts left out

    def partial(self, drawn: Drawn, share: float) -> Drawn:
        """The same profile with about this share of its facts left out at each depth."""
        facts = {name: self.blurred(value, share) for name, value in drawn.facts.items()}
        answers: dict[str, object] = {}
        for name, given in drawn.answers.items():
            if isinstance(given, Mapping):
                answers[name] = {path: value for path, value in given.items() if self.random.random() >= share}
            elif self.random.random() >= share:
                answers[name] = given
        return Drawn(facts, answers)

    def blurred(self, value: Any, share: float) -> Any:
        """A value of which parts, or all of it, are left out."""
        if self.random.random() < share:
            return UNKNOWN
        match value:
            case tuple():
                return tuple(self.within(item, share) for item in value)
            case Record() | MapValue():
                return self.within(value, share)
            case _:
                return value

    def within(self, value: Any, share: float) -> Any:
        """A value that is there, with parts left out; a member of a list is always there."""
        match value:
            case Record(type=type_, fields=fields, path=path) if type_ in self.catalog.records:
                return Record(type_, {key: self.blurred(held, share) for key, held in fields.items()}, path)
            case MapValue(values=values):
                return MapValue({key: self.blurred(held, share) for key, held in values.items()})
            case tuple():
                return tuple(self.within(item, share) for item in value)
            case _:
                return value


def _over(given: object, drawn: object) -> object:
    """An answer that was given, or else the one drawn; of answers about records, each."""
    if isinstance(given, Mapping) and isinstance(drawn, Mapping):
        return {**drawn, **given}
    return drawn if given is None else given


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


def figures_of(graph: Graph) -> list[Fraction | int]:
    """The numbers that rules speak of: those written out, and the bounds of tables."""
    found: dict[Fraction | int, None] = {}
    for node in graph.nodes:
        values: list[object] = [node.value] if node.op == "const" else []
        if isinstance(node.value, Grid):
            matchers = (matcher for row in node.value.cells for cell in row for matcher in cell)
            values = [end for matcher in matchers for end in (matcher.value, matcher.low, matcher.high)]
        for value in values:
            if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
                found[value] = None
    return list(found)
