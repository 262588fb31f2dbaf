"""An explanation as data: what the schema promises is what is written, and nothing of the report is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from library_reports import ENGLISH, FRENCH, HOSTILE_LINKS, HOSTILE_TEXTS, deep, empty, hostile
from pydantic import ValidationError
from syrupy.assertion import SnapshotAssertion

from policy.explain.document import AnswerDocument, StepDocument, as_document, document_schema
from policy.explain.markdown import web_link
from policy.explain.plain import as_json
from policy.explain.report import Citation, Missing, Report, State, Step

REPORTS: Final = {"english": ENGLISH, "french": FRENCH, "deep": deep(20), "empty": empty()}
SCHEMA: Final = Draft202012Validator(document_schema())


def to_report(document: AnswerDocument) -> Report:
    """A document back into the report it was made from."""
    data = document.model_dump()
    data["outcomes"], data["remarks"] = (tuple(map(to_step, data[name])) for name in ("outcomes", "remarks"))
    data["missing"] = tuple(Missing(**fact) for fact in data["missing"])
    return Report(**data)


def to_step(data: dict[str, Any]) -> Step:
    cites = tuple(Citation(**cite) for cite in data["cites"])
    return Step(**{**data, "cites": cites, "children": tuple(map(to_step, data["children"]))})


@pytest.mark.parametrize("name", ["english", "french"])
def test_a_report_as_json(name: str, snapshot: SnapshotAssertion) -> None:
    assert as_json(REPORTS[name]) == snapshot


def test_the_schema(snapshot: SnapshotAssertion) -> None:
    assert json.dumps(document_schema(), indent=2, ensure_ascii=False) == snapshot


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_nothing_of_a_report_is_lost(report: Report) -> None:
    assert to_report(AnswerDocument.model_validate_json(as_json(report))) == report


@pytest.mark.parametrize("report", [*REPORTS.values(), *map(hostile, HOSTILE_TEXTS)])
def test_what_is_written_is_as_the_schema_says(report: Report) -> None:
    written = json.loads(as_json(report))
    assert list(SCHEMA.iter_errors(written)) == []
    assert AnswerDocument.model_validate(written) == as_document(report)


@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    assert AnswerDocument.model_validate_json(as_json(hostile(text)).encode("utf-8")) == as_document(hostile(text))


def test_days_are_iso_and_states_are_words_in_every_language() -> None:
    written = json.loads(as_json(FRENCH))
    assert (written["language"], written["day"]) == ("fr", "2026-01-21")
    assert written["outcomes"][0]["state"] == "unknown"


def test_keys_are_in_the_order_of_the_schema() -> None:
    written = json.loads(as_json(ENGLISH))
    schema = document_schema()
    properties, definitions = schema["properties"], schema["$defs"]
    assert isinstance(properties, dict)
    assert isinstance(definitions, dict)
    assert list(written) == list(properties)
    assert list(written["outcomes"][0]) == list(definitions["StepDocument"]["properties"])


def test_every_field_says_what_it_means() -> None:
    assert [place for place, described in fields(document_schema()) if not described] == []


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each model and field of a schema, and whether it has a description."""
    for name, model in {"AnswerDocument": schema, **schema["$defs"]}.items():
        yield name, "description" in model
        for field, about in model.get("properties", {}).items():
            yield f"{name}.{field}", "description" in about


def test_a_document_does_not_change_and_has_no_other_fields() -> None:
    document = as_document(ENGLISH)
    with pytest.raises(ValidationError, match="frozen"):
        document.heading = "Another"
    with pytest.raises(ValidationError, match="extra"):
        AnswerDocument.model_validate({**document.model_dump(), "more": 1})
    with pytest.raises(ValidationError, match="state"):
        StepDocument.model_validate({**document.outcomes[0].model_dump(), "state": "perhaps"})


def test_links_lead_to_the_web_or_are_null() -> None:
    (child,) = as_document(hostile("x")).outcomes[0].children
    assert [cite.link for cite in child.cites] == [web_link(link) for link in HOSTILE_LINKS]
    assert {state.value for state in State} == {step.state.value for step in as_document(hostile("x")).outcomes}
