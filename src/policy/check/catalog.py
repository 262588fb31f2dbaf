"""The catalog of a program: everything that a profile may hold."""

from __future__ import annotations

from dataclasses import replace

from policy.check.shapes import SPELL_FIELDS, Shapes, labels
from policy.model.catalog import Catalog, DatasetShape, EnumShape, FieldShape, Labels, RecordShape
from policy.model.types import RecordOf, Type
from policy.model.versions import Entry
from policy.syntax import tree as t


def catalog_of(shapes: Shapes) -> Catalog:
    """Everything a profile may hold, with its names in both languages."""
    inputs: dict[str, FieldShape] = {}
    records: dict[str, RecordShape] = {}
    enums: dict[str, EnumShape] = {}
    quantities: dict[str, Labels] = {}
    datasets: dict[str, DatasetShape] = {}
    questions: dict[str, FieldShape] = {}
    symbols: dict[str, str] = {}
    per_record: dict[str, str] = {}
    program = shapes.program
    for entry in (*program.entries(), *program.asked_otherwise):
        label = labels(entry.clauses.label)
        match entry.declaration:
            case t.InputDeclaration(type=written):
                inputs[entry.name] = _field(entry.name, shapes.type_of(written, entry.policy), entry.clauses)
            case t.RecordDeclaration() as record:
                records[entry.full_name] = _record(shapes, entry, record)
            case t.EnumDeclaration(values=values, ordered=ordered):
                named = {value.name: labels(value.clauses.label) for value in values}
                enums[entry.full_name] = EnumShape(entry.full_name, label, named, ordered)
            case t.QuantityDeclaration(symbol=symbol):
                quantities[entry.full_name] = label
                if symbol:
                    symbols[entry.full_name] = symbol
            case t.DatasetDeclaration():
                datasets[entry.full_name] = shapes.dataset(entry.full_name)
            case t.Question(type=written, parameters=parameters):
                type_of = shapes.type_of if program.find(entry.full_name) else shapes.type_elsewhere
                type_ = type_of(written, entry.policy)
                questions[entry.full_name] = _field(entry.full_name, type_, entry.clauses)
                if parameters:
                    about = type_of(parameters[0].type, entry.policy)
                    per_record[entry.full_name] = about.name if isinstance(about, RecordOf) else ""
            case _:
                pass
    return Catalog(inputs, records, enums, quantities, datasets, questions, symbols, per_record)


def _record(shapes: Shapes, entry: Entry, record: t.RecordDeclaration) -> RecordShape:
    """A record with its fields, those of a spell first."""
    fields = dict(SPELL_FIELDS) if record.spell else {}
    for field in record.fields:
        shape = _field(field.name, shapes.type_of(field.type, entry.policy), field.clauses)
        fields[field.name] = replace(shape, conditional=field.applies is not None)
    return RecordShape(entry.full_name, labels(entry.clauses.label), fields, record.spell)


def _field(name: str, type_: Type, clauses: t.Clauses) -> FieldShape:
    """An input, field or question with its texts."""
    marks = clauses.unconfirmed
    return FieldShape(
        name, type_, labels(clauses.label), labels(clauses.asks), False, labels(marks[0]) if marks else None
    )
