"""An explanation as data: what `plain` writes for programs to read, as models and as a published schema."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from policy.explain.plain import as_plain
from policy.explain.report import Report, State


class Document(BaseModel):
    """What all parts of an answer document share: they do not change, and hold nothing undeclared."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class CitationDocument(Document):
    """A provision."""

    text: str
    """The provision as people write it in the language of the document."""

    link: str | None
    """Where the provision is published, an http or https address; null when that is not known."""


class StepDocument(Document):
    """One line of an explanation, and the lines beneath it."""

    name: str
    """The full name of what is declared in the policy, `policy.name`; empty for a line that is not a declaration."""

    title: str
    """What the line is about."""

    state: State
    """How it came out: a condition is met or not met, a member of a list counted or not counted, anything else has a
    value; each can be unknown, not applicable, or a fault. These words are the same in every language."""

    value: str
    """The value as people write it; empty where the state says all."""

    data: bool | int | str | None
    """The value for programs, the same in every language: true or false, a whole number, any other number as an exact
    fraction such as `11880/7`, a day as year-month-day, a word or code; null where it is none of these or not known."""

    details: tuple[str, ...]
    """Figures against their thresholds, and reasons, a sentence or phrase each."""

    cites: tuple[CitationDocument, ...]
    """The provisions that the line rests on."""

    marks: tuple[str, ...]
    """Why something here is unconfirmed, a sentence or phrase each."""

    children: tuple[StepDocument, ...]
    """The lines that explain this one."""

    day: date | None
    """The day of whose text this line is, and those beneath it; null where that is the day of the answer."""


class MissingDocument(Document):
    """A fact that is not known, or a question that somebody must decide, on which an outcome waits."""

    path: str
    """Where it goes in the profile, such as `visits[0].end`."""

    label: str
    """What it is called."""

    question: str
    """The question that asks for it; empty when there is none."""

    decision: str | None
    """For a question left to judgment, the provision under which somebody decides, which may be empty; null for a
    plain fact."""


class UnreadDocument(Document):
    """A fact that the profile gives and that was not looked at because of an assumption."""

    path: str
    """Where it stands in the profile: the key of a fact, or `answers.` and the name of a question."""

    label: str
    """What it is called."""


class AnswerDocument(Document):
    """The explanation of one or several outcomes for one profile on one day. All texts are in one language."""

    language: Literal["en", "fr"]
    """The language of the texts."""

    day: date
    """The day whose rules were applied."""

    assessed_on: date
    """The day on which facts were measured; the same day unless the caller parted the two."""

    proposed: bool
    """Whether the answer rests on text that is only proposed, and is not law."""

    heading: str
    """What the document is, in a line."""

    intro: tuple[str, ...]
    """Sentences to read first: which texts were in force, when facts were measured."""

    outcomes: tuple[StepDocument, ...]
    """Each outcome with the tree of lines that explains it."""

    missing: tuple[MissingDocument, ...]
    """What is not known and would settle more, each fact once."""

    remarks: tuple[StepDocument, ...]
    """What the reader should know and what never counts for or against an outcome."""

    closing: tuple[str, ...]
    """Sentences to read last."""

    assumed: tuple[StepDocument, ...]
    """The values that were given in place of what the rules would work out."""

    unread: tuple[UnreadDocument, ...]
    """Facts of the profile that would matter to these outcomes, and were not looked at because of what is assumed."""


def as_document(report: Report) -> AnswerDocument:
    """A report as a document. Its texts are on one line each, and free of control characters."""
    return AnswerDocument.model_validate(as_plain(report))


def document_schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of what `as_json` writes."""
    schema = AnswerDocument.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
