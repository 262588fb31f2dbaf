"""The JSON Schema of a profile, in both languages: to validate with, to make forms from, to read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from policy.model.catalog import Catalog, FieldShape, Labels
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
)
from policy.profiles.numerals import decimal_of
from policy.profiles.shapes import ANSWERS, Answers, AnswersByRecord, Wanted, WholeProfile, choices

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

NO_LABELS: Final = Labels()
PROFILE: Final = Labels("Profile", "Profil")
PROFILE_TEXT: Final = Labels(
    "Facts about one case. A key left out is unknown, `null` is none, `[]` is a list known to be empty.",
    "Les faits d'un cas. Une clé omise est inconnue, `null` signifie aucun, `[]` une liste que l'on sait vide.",
)
ANSWERS_LABEL: Final = Labels("Answers to open questions", "Réponses aux questions ouvertes")
BY_RECORD_TEXT: Final = Labels(
    "One answer for each record, under its path, such as `things[0]`.",
    "Une réponse pour chaque enregistrement, sous son chemin, par exemple `things[0]`.",
)

Language: TypeAlias = Literal["en", "fr"]
Schema: TypeAlias = dict[str, object]


def profile_schema(catalog: Catalog, *, language: Language | None = None) -> Schema:
    """The schema as a dictionary. Numbers that are not whole are `Decimal`, which `schema_text` writes exactly.

    Titles and descriptions are in `language`, English unless given; those in the other one stand beside them under
    `x-fr` or `x-en`. Nothing is required: a fact left out is unknown.
    """
    return _Writer(catalog, language or "en", _published).whole(WholeProfile())


def schema_text(catalog: Catalog, *, language: Language | None = None) -> str:
    """The schema as JSON text, every number with exactly its digits."""
    return _json(profile_schema(catalog, language=language), "") + "\n"


def checking_schema(wanted: Wanted, catalog: Catalog) -> Schema:
    """The same schema for anything wanted, with exact numbers to calculate with."""
    return _Writer(catalog, "en", lambda number: number).whole(wanted)


def numeric_schema(type_: Number, catalog: Catalog, language: Language) -> Schema:
    """What the schema says of a number, with numbers as Python writes them in JSON."""
    return _Writer(catalog, language, lambda number: number if isinstance(number, int) else float(number)).numeric(
        type_
    )


def _published(number: int | Fraction) -> object:
    return number if isinstance(number, int) else decimal_of(number)


class _Writer:
    """Collects the definitions that a schema refers to."""

    def __init__(self, catalog: Catalog, language: Language, number: Callable[[int | Fraction], object]) -> None:
        self.catalog = catalog
        self.language: Language = language
        self.number = number
        self.definitions: dict[str, Schema] = {}

    def whole(self, wanted: Wanted) -> Schema:
        schema = {"$schema": DIALECT, **self.schema(wanted)}
        return {**schema, "$defs": self.definitions} if self.definitions else schema

    def schema(self, wanted: Wanted) -> Schema:
        """What a value of this type looks like."""
        match wanted:
            case WholeProfile():
                fields = {name: self.field(field) for name, field in self.catalog.inputs.items()}
                return self.mapping({**fields, ANSWERS: self.schema(Answers())}, PROFILE, PROFILE_TEXT)
            case Answers():
                return self.mapping({n: self.question(n, q) for n, q in self.catalog.questions.items()}, ANSWERS_LABEL)
            case AnswersByRecord(of=of):
                return {
                    "type": "object",
                    "additionalProperties": {**self.said(Labels(), BY_RECORD_TEXT), **self.schema(of)},
                }
            case OptionalOf(of=of):
                return _or_none(self.schema(of))
            case YesNo():
                return {"type": "boolean"}
            case Text():
                return {"type": "string"}
            case Date():
                return {"type": "string", "format": "date"}
            case Moment():
                return {"type": "string", "format": "date-time"}
            case Code(digits=digits):
                return {"type": "string", "pattern": r"^\S+$" if digits is None else f"^[0-9]{{{digits}}}$"}
            case Number():
                return self.numeric(wanted)
            case Enum(name=name):
                return self.defined(name, lambda: self.words(wanted))
            case Key(dataset=dataset):
                return self.defined(f"{dataset}.key", lambda: self.words(wanted))
            case RecordOf(name=name):
                return self.defined(name, lambda: self.record(name))
            case RowOf(dataset=dataset):
                return self.defined(f"{dataset}.row", lambda: self.row(dataset))
            case ListOf(of=of):
                return {"type": "array", "items": self.schema(of)}
            case MapBy(of=of, by=by):
                value = self.schema(of)
                labels = choices(by, self.catalog)
                return self.mapping({key: {**self.said(labels[key]), **value} for key in by.values})
            case Anything():
                return {}
            case _:  # what is computed and never given
                return {"not": {}}

    def field(self, field: FieldShape, wanted: Wanted | None = None) -> Schema:
        """An input, a field of a record or a question, with its label and what is asked."""
        schema = {**self.said(field.label, field.question), **self.schema(wanted or field.type)}
        if field.conditional:
            schema["x-conditional"] = True
        if field.unconfirmed is not None:
            schema["x-unconfirmed"] = _both(field.unconfirmed)
        return schema

    def question(self, name: str, field: FieldShape) -> Schema:
        by_record = name in self.catalog.per_record
        return self.field(field, AnswersByRecord(field.type) if by_record else field.type)

    def record(self, name: str) -> Schema:
        shape = self.catalog.records[name]
        return self.mapping({key: self.field(field) for key, field in shape.fields.items()}, shape.label)

    def row(self, dataset: str) -> Schema:
        """The key of a row, or a row written out."""
        shape = self.catalog.datasets[dataset]
        columns = self.mapping({column: self.schema(type_) for column, type_ in shape.columns.items()})
        return {**self.said(shape.label), "anyOf": [self.schema(Key(dataset)), columns]}

    def words(self, wanted: Type) -> Schema:
        """One of a closed list of texts."""
        labels = choices(wanted, self.catalog)
        shape = self.catalog.enums.get(wanted.name) if isinstance(wanted, Enum) else None
        if isinstance(wanted, Key):
            shape_label = self.catalog.datasets[wanted.dataset].label
        else:
            shape_label = shape.label if shape else Labels()
        schema = {**self.said(shape_label), "type": "string", "enum": list(labels)}
        shown = {value: _both(label) for value, label in labels.items() if label.get("en")}
        return {**schema, "x-labels": shown} if shown else schema

    def numeric(self, type_: Number) -> Schema:
        schema: Schema = {"type": "integer" if type_.whole else "number"}
        limits = {"minimum": type_.low, "maximum": type_.high, "multipleOf": type_.step}
        for keyword, limit in limits.items():
            if limit is not None:
                written = self.number(_plain(limit))
                schema[keyword if written is not None else f"x-{keyword}"] = str(limit) if written is None else written
        if type_.choices:
            schema["enum"] = [self.number(_plain(choice)) for choice in type_.choices]
        if type_.unit:
            labels = self.catalog.quantities.get(type_.unit, Labels())
            schema["x-unit"] = {"name": short(type_.unit), **_both(labels)}
        return schema

    def mapping(self, properties: Mapping[str, Schema], title: Labels = NO_LABELS, text: Labels = NO_LABELS) -> Schema:
        return {
            **self.said(title, text),
            "type": "object",
            "additionalProperties": False,
            "properties": dict(properties),
        }

    def defined(self, name: str, write: Callable[[], Schema]) -> Schema:
        """A reference to a definition, which is written once; it may refer to itself."""
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = write()
        return {"$ref": f"#/$defs/{name}"}

    def said(self, title: Labels, text: Labels = NO_LABELS) -> Schema:
        """Title and description in the schema's language, and beside them those in the other one."""
        other: Language = "fr" if self.language == "en" else "en"
        parts = (("title", title), ("description", text))
        plain = {key: labels.get(self.language) for key, labels in parts if labels.get(self.language)}
        beside = {key: _both(labels)[other] for key, labels in parts if other in _both(labels)}
        return {**plain, **({f"x-{other}": beside} if beside else {})}


def _both(labels: Labels) -> Schema:
    return {language: said for language, said in (("en", labels.en), ("fr", labels.fr)) if said}


def _plain(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


def _or_none(schema: Schema) -> Schema:
    """The same, or null."""
    if "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]} if schema else {}
    values = schema.get("enum")
    with_none: Schema = {"enum": [*values, None]} if isinstance(values, list) else {}
    return {**schema, "type": [schema["type"], "null"], **with_none}


def _json(value: object, indent: str) -> str:
    """JSON text; the standard library would write a Decimal as a binary float."""
    inner = indent + "  "
    match value:
        case dict() if value:
            lines = (
                f"{inner}{json.dumps(key, ensure_ascii=False)}: {_json(item, inner)}" for key, item in value.items()
            )
            return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
        case list() if value and any(isinstance(item, dict | list) for item in value):
            return "[\n" + ",\n".join(inner + _json(item, inner) for item in value) + f"\n{indent}]"
        case list():
            return "[" + ", ".join(_json(item, inner) for item in value) + "]"
        case dict() | str() | bool() | int() | None:
            return json.dumps(value, ensure_ascii=False)
        case _:
            return f"{value:f}"
