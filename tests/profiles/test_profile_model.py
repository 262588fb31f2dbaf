"""The pydantic model takes the documents that the schema and the reader take, and hands on the same facts."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import jsonschema
import pytest
from any_documents import bare, documents
from hypothesis import example, given
from pydantic import BaseModel, ValidationError
from workshop_catalog import CATALOG, field, record

import policy
from policy.diagnostics import Mistakes
from policy.model.catalog import Catalog
from policy.model.types import Enum, GroupOf, ListOf, MapBy, Number, OptionalOf, RecordOf, Text, Type, YesNo
from policy.model.values import UNKNOWN
from policy.profiles import from_python, load_profile, read, schema_text
from policy.profiles.judging import FORMATS
from policy.profiles.model import profile_model
from policy.text import Source


def exactly(text: str) -> Any:
    """JSON with its fractions as they are written: a judge that counts in binary finds 0.07 no multiple of 0.01."""
    return json.loads(text, parse_float=lambda figure: int(n) if (n := Decimal(figure)) == n.to_integral() else n)


MODEL: Final[Any] = profile_model(CATALOG)
SCHEMA: Final = jsonschema.Draft202012Validator(exactly(schema_text(CATALOG)), format_checker=FORMATS)
OWN_SCHEMA: Final = jsonschema.Draft202012Validator(
    exactly(json.dumps(MODEL.model_json_schema())), format_checker=FORMATS
)

BEYOND_TYPES: Final = {"end-before-start", "unknown-record"}
"""What the reader finds wrong that is not about the type of a value; neither schema nor model looks for it."""

NOT_IN_SCHEMA: Final = {"unusable-character", "number-too-long"}
"""What no document may hold, whatever a schema says of it."""


def wrong_with(document: object) -> set[str]:
    """The codes of what the reader finds wrong."""
    try:
        load_profile(read(Source("case", json.dumps(document)), "json"), CATALOG, {})
    except Mistakes as found:
        return {mistake.code.name for mistake in found.diagnostics}
    return set()


def taken(model: type[BaseModel], document: object) -> Any:
    """The model of a document, or None if it is refused; the same from Python and from JSON."""
    found: list[BaseModel | None] = []
    for validate, given_ in ((model.model_validate, document), (model.model_validate_json, json.dumps(document))):
        try:
            found.append(validate(given_))  # type: ignore[arg-type]
        except ValidationError:
            found.append(None)
    assert (found[0] is None) == (found[1] is None)
    return found[0]


@given(documents(CATALOG))
@example({"fee": 0.07})
@example({"fee": 7.0})
def test_reader_schema_and_model_take_the_same_documents(document: object) -> None:
    wrong = wrong_with(document)
    model = taken(MODEL, document)
    assert (model is not None) == (not wrong - BEYOND_TYPES)
    if not wrong & NOT_IN_SCHEMA:
        as_written = exactly(json.dumps(document))
        assert (model is not None) == SCHEMA.is_valid(as_written) == OWN_SCHEMA.is_valid(as_written)


@given(documents(CATALOG))
def test_facts_come_through_the_model_as_they_are(document: object) -> None:
    model = taken(MODEL, document)
    if model is None or wrong_with(document):
        return
    profile = load_profile(from_python(document), CATALOG, {})
    for handed_on in (model.model_dump(), json.loads(model.model_dump_json())):
        through = load_profile(from_python(handed_on), CATALOG, {})
        assert bare(dict(through.facts)) == bare(dict(profile.facts))
        assert bare(dict(through.answers)) == bare(dict(profile.answers))
        assert through.supplied == profile.supplied


def test_what_was_never_set_is_unknown_and_none_is_none() -> None:
    model = MODEL(nickname=None, jobs=[{"start": date(2020, 1, 1)}])
    assert (model.nickname, model.name, model.jobs[0].end) == (None, UNKNOWN, UNKNOWN)
    assert model.model_dump() == {"nickname": None, "jobs": [{"start": date(2020, 1, 1)}]}


def test_values_are_those_that_people_work_with() -> None:
    opened_at = datetime(2024, 5, 31, tzinfo=UTC)
    model = MODEL(fee=Decimal("12.50"), children=2.0, opened_at=opened_at, marks={"carving": Fraction(1, 3)})
    assert (model.fee, type(model.fee)) == (Decimal("12.5"), Decimal)
    assert (model.children, type(model.children)) == (2, int)
    assert model.opened_at == datetime(2024, 5, 31, tzinfo=UTC)
    assert model.marks.carving == Fraction(1, 3)
    with pytest.raises(ValueError, match="more digits than a number in JSON keeps"):
        model.model_dump_json()


def test_labels_and_questions_are_titles_and_descriptions() -> None:
    for language, title, question in (
        ("en", "Date of birth", "When were you born?"),
        ("fr", "Date de naissance", "Quand êtes-vous né?"),
    ):
        about = profile_model(CATALOG, language).model_fields["born"]  # type: ignore[arg-type]
        assert (about.title, about.description) == (title, question)
        schema = profile_model(CATALOG, language).model_json_schema()  # type: ignore[arg-type]
        assert schema["properties"]["born"] == {
            "title": title,
            "description": question,
            "type": "string",
            "format": "date",
        }


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"fee": -1}, "this must be a number of crowns from 0 in steps of 1/100"),
        ({"favourite": "yrd"}, "this must be a value of `site`, such as yard"),
        ({"born": "2000-02-30"}, "out of range"),
        ({"born": datetime(2000, 1, 1, tzinfo=UTC)}, "a day alone"),
        ({"jobs": [{"tools": [{"code": "12"}]}]}, "this must be a code of 5 digits"),
        ({"nme": "x"}, "Extra inputs are not permitted"),
        ({"member": 1}, "valid boolean"),
        ({"name": "\0"}, "NUL"),
    ],
)
def test_what_is_wrong_is_said(given_: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        MODEL.model_validate(given_)


def test_any_name_can_be_a_fact() -> None:
    names = ["json", "copy", "_secret", "secret", "model_dump", "class", "json_", "Schema"]
    kind = Enum("case.kind", ("_a", "dict", "is"))
    catalog = Catalog(
        {
            **{name: field(name, YesNo()) for name in names},
            "box": field("box", RecordOf("workshop.box")),
            "by": field("by", MapBy(Number(), kind)),
        },
        {"workshop.box": record("box", *(field(name, YesNo()) for name in names))},
        questions={"case.a_b": field("a_b", YesNo()), "case_a.b": field("b", YesNo())},
    )
    yes = dict.fromkeys(names, True)
    document = {
        **yes,
        "box": yes,
        "by": {"_a": 1, "dict": 2, "is": 3},
        "answers": {"case.a_b": True, "case_a.b": False},
    }
    model = profile_model(catalog).model_validate(document)
    assert model.model_dump() == document
    assert json.loads(model.model_dump_json()) == document
    assert model.secret is True  # type: ignore[attr-defined]


def test_a_record_may_hold_records_of_its_kind() -> None:
    box = record("box", field("inner", OptionalOf(RecordOf("workshop.box"))), field("many", ListOf(RecordOf(box_name))))
    model = profile_model(Catalog({"box": field("box", RecordOf(box_name))}, {box_name: box}))
    document = {"box": {"inner": {"many": [{"inner": None}, {}]}}}
    assert model.model_validate(document).model_dump() == document
    with pytest.raises(ValidationError):
        model.model_validate({"box": {"inner": {"many": [{"other": None}]}}})


box_name: Final = "workshop.box"


@pytest.mark.parametrize("type_", [GroupOf(Text(), Text()), ListOf(GroupOf(Text(), Text()))])
def test_what_is_computed_cannot_be_given(type_: Type) -> None:
    model = profile_model(Catalog({"it": field("it", type_)}))
    assert model.model_validate({}).model_dump() == {}
    with pytest.raises(ValidationError):
        model.model_validate({"it": [1]})


def test_rules_evaluate_their_models() -> None:
    rules = policy.load().on("2026-01-21")
    model: Any = rules.profile_model()
    assert rules.profile_model() is model
    assert policy.load().profile_model("fr").model_fields.keys() == model.model_fields.keys()
    profile = {"destination": "QC", "jobs": [{"start": "2024-01-01", "hours_per_week": 37.5, "country": "CA"}]}
    answer = rules.evaluate(model.model_validate(profile))
    assert answer["cec.outside_quebec"].value is False
    assert answer.json() == rules.evaluate(profile).json()
    with pytest.raises(Mistakes, match="before the start"):
        rules.evaluate(model(jobs=[{"start": "2024-01-01", "end": "2023-01-01"}]))
    with pytest.raises(Mistakes, match="language"):
        rules.profile_model("de")
