"""What is wanted where: from the whole profile down to each value, one step per key or list member.

Reading scalars, writing the schema, explaining a mistake and building values all take these steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from policy.frozen import dataclass
from policy.model.catalog import Catalog, Labels
from policy.model.types import (
    Anything,
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
    short,
    without_none,
)
from policy.profiles.numerals import show_number

ANSWERS: Final = "answers"
"""The key of a profile under which the answers to open questions stand; no input may have this name."""


@dataclass(frozen=True, slots=True)
class WholeProfile:
    """The profile: a key per input, and the answers."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers: a key per open question."""


@dataclass(frozen=True, slots=True)
class AnswersByRecord:
    """The answers to a question that is asked about each record: a key per record, its path."""

    of: Type


Wanted: TypeAlias = Type | WholeProfile | Answers | AnswersByRecord


def optional(wanted: Wanted) -> bool:
    """Whether none may stand here."""
    return isinstance(wanted, OptionalOf | Anything)


def given(wanted: Wanted) -> Wanted:
    """What is wanted here when it is not none."""
    return without_none(wanted) if isinstance(wanted, OptionalOf) else wanted


def member(wanted: Wanted, step: str | int, catalog: Catalog) -> Wanted | None:
    """What is wanted one step further in, or None where nothing may stand."""
    if isinstance(step, int):
        inner = given(wanted)
        return inner.of if isinstance(inner, ListOf) else None
    match given(wanted):
        case WholeProfile():
            return Answers() if step == ANSWERS else field.type if (field := catalog.inputs.get(step)) else None
        case Answers():
            question = catalog.questions.get(step)
            if question is None:
                return None
            return AnswersByRecord(question.type) if step in catalog.per_record else question.type
        case AnswersByRecord(of=of):
            return of
        case RecordOf(name=name):
            return field.type if (field := catalog.records[name].fields.get(step)) else None
        case RowOf(dataset=dataset):
            return catalog.datasets[dataset].columns.get(step)
        case MapBy(of=of, by=by):
            return of if step in by.values else None
        case _:
            return None


def keys(wanted: Wanted, catalog: Catalog) -> Mapping[str, Labels]:
    """The keys that may stand here, with their labels."""
    match given(wanted):
        case WholeProfile():
            return {name: field.label for name, field in catalog.inputs.items()} | {ANSWERS: Labels()}
        case Answers():
            return {name: field.label for name, field in catalog.questions.items()}
        case RecordOf(name=name):
            return {name: field.label for name, field in catalog.records[name].fields.items()}
        case RowOf(dataset=dataset):
            return dict.fromkeys(catalog.datasets[dataset].columns, Labels())
        case MapBy(by=by):
            return choices(by, catalog)
        case _:
            return {}


def choices(wanted: Wanted, catalog: Catalog) -> Mapping[str, Labels]:
    """The texts of which one is wanted here, with their labels; empty where any text will do."""
    match given(wanted):
        case Enum(name=name, values=values):
            labels = shape.values if (shape := catalog.enums.get(name)) else {}
            return {value: labels.get(value, Labels()) for value in values}
        case Key(dataset=dataset) | RowOf(dataset=dataset):
            shape_ = catalog.datasets[dataset]
            return {key: shape_.titles.get(key, Labels()) for key in shape_.rows}
        case _:
            return {}


def wanted_at(wanted: Wanted, path: tuple[str | int, ...], catalog: Catalog) -> Wanted:
    """What is wanted at a path where something may stand."""
    for step in path:
        inner = member(wanted, step, catalog)
        assert inner is not None, "nothing may stand here"
        wanted = inner
    return wanted


# In words


def unit(type_: Number, catalog: Catalog) -> str:
    """The unit of a number in words, or "" for a plain count."""
    if not type_.unit:
        return ""
    return catalog.quantities.get(type_.unit, Labels()).get("en") or short(type_.unit)


def in_words(wanted: Wanted, catalog: Catalog) -> str:
    """What is wanted, as a person would say it: `a number of hours`."""
    match given(wanted):
        case WholeProfile():
            return "a profile"
        case Answers():
            return "a mapping of questions and answers"
        case AnswersByRecord():
            return "a mapping with an answer for each record"
        case YesNo():
            return "yes or no"
        case Text():
            return "text"
        case Date():
            return "a date"
        case Moment():
            return "a moment"
        case Code(digits=None):
            return "a code"
        case Code(digits=digits):
            return f"a code of {digits} digits"
        case Key(dataset=dataset):
            return f"a code of {_named(catalog.datasets[dataset].label, dataset)}"
        case Number(choices=numbers) if numbers:
            return f"one of {', '.join(show_number(number) for number in numbers)}"
        case Number(whole=whole) as number:
            kind = "a whole number" if whole else "a number"
            return f"{kind} of {words}" if (words := unit(number, catalog)) else kind
        case Enum(name=name):
            return f"a value of `{short(name)}`"
        case RecordOf(name=name):
            return f"a record `{short(name)}`"
        case RowOf(dataset=dataset):
            return f"a row of {_named(catalog.datasets[dataset].label, dataset)}"
        case ListOf():
            return "a list"
        case MapBy(by=by):
            return f"a mapping with one value for each `{short(by.name)}`"
        case other:
            return f"a {other}"


def _named(label: Labels, full_name: str) -> str:
    return f"`{label.get('en') or short(full_name)}`"
