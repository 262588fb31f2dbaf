"""The facts of samples and examples as people read them: labels for names, words for values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from policy.check.declarations import PROFILE
from policy.model.catalog import FieldShape
from policy.model.types import Date, Enum, ListOf, MapBy, Number, RecordOf, Text, Type, YesNo, without_none
from policy.pipeline.example_facts import question_named
from policy.syntax import tree as t
from policy.syntax.days import read_day
from policy.tools.docs.sentences import Sentences
from policy.tools.docs.wording import Line, Term, Words

LIKE = "like"
PLACE: Final = re.compile(r"(?P<list>\w+)\[(?P<number>\d+)\]")


def sample_type(sample: t.Sample, s: Sentences, policy: str) -> Type | None:
    """What a sample is of; None for a part of a whole profile."""
    if sample.record == PROFILE:
        return None
    return s.checked.shapes.type_of(t.NamedType(sample.record_span, sample.record), policy)


def fact_lines(data: t.MapData, type_: Type | None, s: Sentences, policy: str) -> tuple[Line, ...]:
    """The facts of a record, or of a profile where there is no type."""
    lines = []
    for name, _, value in data.pairs:
        if name == LIKE and isinstance(value, t.Plain):
            lines.append(like(value.text, s, policy))
        else:
            label, of = _called(name, type_, s)
            lines.append(fact(label, value, of, s, policy))
    return tuple(lines)


def like(name: str, s: Sentences, policy: str) -> Line:
    """Facts that are those of a sample."""
    found = [e for e in s.checked.program.visible(policy, name) if isinstance(e.declaration, t.Sample)]
    sample: Words = s.link(found[0]) if found else (Term(name),)
    return Line(s.fill("like", sample=sample))


def given(name: str, data: t.Data, s: Sentences, policy: str) -> Line:
    """A fact of a profile, or the answer to an open question."""
    question, record = question_named(name, policy, s.catalog)
    if question is None:
        label, type_ = _called(name, None, s)
        return fact(label, data, type_, s, policy)
    label = s.named(question)
    if record is not None:
        label = s.fill("arguments", label=label, arguments=_place(record, s))
    return fact(label, data, s.catalog.questions[question].type, s, policy)


def _place(place: str, s: Sentences) -> Words:
    """Which record is meant, as the facts number them: `jobs[0]` is the first job."""
    found = PLACE.fullmatch(place)
    shape = s.catalog.inputs.get(found["list"]) if found else None
    if found is None or shape is None or not isinstance(shape.type, ListOf):
        return (Term(place),)
    return (*s.kind(shape.type.of), f" {int(found['number']) + 1}")


def fact(label: Words, data: t.Data, type_: Type, s: Sentences, policy: str) -> Line:
    """A fact with its value, in one line, or with lines below it."""
    bare = without_none(type_)
    match data:
        case t.Plain(text=text) | t.Quoted(text=text):
            return Line(s.fill("colon", label=label, value=_value(text, bare, s)))
        case t.ListData(items=()):
            return Line(s.fill("colon", label=label, value=s.fill("none")))
        case t.ListData(items=items):
            of = bare.of if isinstance(bare, ListOf) else bare
            kind = s.kind(of) or s.fill("item alone")
            below = tuple(fact((*kind, f" {n}"), item, of, s, policy) for n, item in enumerate(items, start=1))
            return Line(s.fill("intro", what=label), below)
        case t.MapData():
            return Line(s.fill("intro", what=label), fact_lines(data, bare, s, policy))


def _called(name: str, owner: Type | None, s: Sentences) -> tuple[Words, Type]:
    """What a fact is called, and its type."""
    fields: Mapping[str, FieldShape] = s.catalog.inputs
    match owner:
        case RecordOf(name=record):
            fields = s.catalog.records[record].fields
        case MapBy(of=of, by=by):
            return s.value(name, by), of
        case None:
            if name in fields:
                return s.named_input(name), fields[name].type
        case _:
            return (Term(name),), Text()
    if name not in fields:
        return (Term(name),), Text()
    return (fields[name].label.get(s.language) or name,), fields[name].type


def _value(text: str, type_: Type, s: Sentences) -> Words:
    """A value as written in a policy file, in words."""
    if text == "none":
        return s.fill("none")
    match type_:
        case YesNo() if text in {"yes", "no"}:
            return s.fill("yes" if text == "yes" else "no")
        case Date() if (day := read_day(text)) is not None:
            return s.day(day)
        case Number(unit=unit):
            return _number(text, unit, s)
        case Enum() as enum if text in enum.values:
            return s.value(text, enum)
        case _:
            return s.value(text, type_)


def _number(text: str, unit: str | None, s: Sentences) -> Words:
    sign = s.catalog.symbols.get(unit or "", "")
    try:
        return s.amount(Fraction(text.removeprefix(sign)), unit)
    except ValueError:
        return (text,)
