"""What a profile may hold: inputs, records, enums, quantities and datasets, with their names in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from policy.frozen import dataclass, field
from policy.model.types import Type


@dataclass(frozen=True, slots=True)
class Labels:
    """A name in English and in French; empty where the author gave none."""

    en: str = ""
    fr: str = ""

    def get(self, language: str) -> str:
        """The name in `en` or `fr`; the other one when that is missing, so that nothing shown is blank."""
        return (self.fr or self.en) if language == "fr" else (self.en or self.fr)


@dataclass(frozen=True, slots=True)
class FieldShape:
    """An input, or a field of a record: its type, its label, the question that asks for it, notes that explain it.

    `conditional` says that it applies only when something else in the record holds.
    """

    name: str
    type: Type
    label: Labels = Labels()
    question: Labels = Labels()
    conditional: bool = False
    unconfirmed: Labels | None = None


@dataclass(frozen=True, slots=True)
class RecordShape:
    """A record: full name, label, fields in order. A spell has `start` and an optional `end` among them."""

    name: str
    label: Labels
    fields: Mapping[str, FieldShape]
    spell: bool = False


@dataclass(frozen=True, slots=True)
class EnumShape:
    """An enum: full name, label, and the label of each value in order."""

    name: str
    label: Labels
    values: Mapping[str, Labels]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class DatasetShape:
    """A dataset: full name, label, its rows by key (each a mapping of column to value), and the title of each key."""

    name: str
    label: Labels
    rows: Mapping[str, Mapping[str, object]]
    titles: Mapping[str, Labels]
    columns: Mapping[str, Type]
    key: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything a profile may hold. Records, enums, quantities and datasets are found by full name.

    `questions` are the open questions, by full name: a profile may carry their answers.
    """

    inputs: Mapping[str, FieldShape]
    records: Mapping[str, RecordShape] = field(default_factory=dict)
    enums: Mapping[str, EnumShape] = field(default_factory=dict)
    quantities: Mapping[str, Labels] = field(default_factory=dict)
    datasets: Mapping[str, DatasetShape] = field(default_factory=dict)
    questions: Mapping[str, FieldShape] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)
    """The sign of each quantity that is money."""
    per_record: Mapping[str, str] = field(default_factory=dict)
    """The open questions that are asked about each record rather than once, with the kind of record by full name."""
