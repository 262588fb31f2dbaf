"""The published schema: valid, bilingual, exact, and of one mind with what a profile is judged by."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from workshop_catalog import CATALOG, field, mistakes

from policy.model.catalog import Catalog, Labels
from policy.model.types import Anything, GroupOf, Key, ListOf, Number, OptionalOf, RowOf, Text, Type, YesNo
from policy.profiles import profile_schema, schema_text


def properties(type: Type) -> object:
    """What the schema says of an input of a type, without its label."""
    schema = profile_schema(Catalog({"it": field("it", type)}, datasets=CATALOG.datasets))
    written = schema["properties"]
    assert isinstance(written, dict)
    return written["it"]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text(CATALOG)))


def test_the_text_says_what_the_dictionary_says() -> None:
    for language in ("en", "fr", None):
        read_back = json.loads(schema_text(CATALOG, language=language), parse_float=Decimal)
        assert read_back == profile_schema(CATALOG, language=language)


def test_labels_and_questions_stand_in_both_languages() -> None:
    in_english, in_french = (
        json.loads(schema_text(CATALOG, language=language))["properties"]["born"] for language in (None, "fr")
    )
    marks = {"en": "the register is lost", "fr": "le registre est perdu"}
    assert in_english == {
        "title": "Date of birth",
        "description": "When were you born?",
        "x-fr": {"title": "Date de naissance", "description": "Quand êtes-vous né?"},
        "type": "string",
        "format": "date",
        "x-unconfirmed": marks,
    }
    assert in_french == {
        "title": "Date de naissance",
        "description": "Quand êtes-vous né?",
        "x-en": {"title": "Date of birth", "description": "When were you born?"},
        "type": "string",
        "format": "date",
        "x-unconfirmed": marks,
    }


@pytest.mark.parametrize(
    ("type", "expected"),
    [
        (YesNo(), {"type": "boolean"}),
        (OptionalOf(Text()), {"type": ["string", "null"]}),
        (ListOf(OptionalOf(YesNo())), {"type": "array", "items": {"type": ["boolean", "null"]}}),
        (
            OptionalOf(Number("", choices=(Fraction(5), Fraction(7)))),
            {"type": ["number", "null"], "enum": [5, 7, None]},
        ),
        (Number("hours", whole=True, low=Fraction(1)), {"type": "integer", "minimum": 1, "x-unit": {"name": "hours"}}),
        (
            Number("", step=Fraction(1, 8), high=Fraction(100)),
            {"type": "number", "maximum": 100, "multipleOf": Decimal("0.125")},
        ),
        (Number("", step=Fraction(1, 3)), {"type": "number", "x-multipleOf": "1/3"}),
        (Key("workshop.crafts"), {"$ref": "#/$defs/workshop.crafts.key"}),
        (
            OptionalOf(RowOf("workshop.shelves")),
            {"anyOf": [{"$ref": "#/$defs/workshop.shelves.row"}, {"type": "null"}]},
        ),
        (OptionalOf(Anything()), {}),
        (GroupOf(Text(), Text()), {"not": {}}),
    ],
)
def test_each_type_has_its_schema(type: Type, expected: object) -> None:
    assert properties(type) == expected


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (Fraction(1, 100), "0.01"),
        (Fraction(1, 10**20), "0.00000000000000000001"),
        (Fraction(10**25 + 1, 2), "5000000000000000000000000.5"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(10**20), "100000000000000000000"),
    ],
)
def test_numbers_keep_all_their_digits(number: Fraction, digits: str) -> None:
    text = schema_text(Catalog({"it": field("it", Number("", low=number))}))
    assert f'"minimum": {digits}' in text


def test_nothing_is_required_and_nothing_is_added() -> None:
    text = schema_text(CATALOG)
    assert '"required"' not in text
    schema = json.loads(text)
    for part in (schema, *schema["$defs"].values(), schema["properties"]["answers"]):
        if part.get("type") == "object":
            assert part["additionalProperties"] is False


def test_a_label_that_one_language_lacks_is_shown_in_the_other() -> None:
    catalog = Catalog({"it": field("it", Text(), "It")})
    assert json.loads(schema_text(catalog, language="fr"))["properties"]["it"] == {
        "title": "It",
        "x-en": {"title": "It"},
        "type": "string",
    }
    assert Labels("It").get("fr") == "It"


PROFILES = st.fixed_dictionaries(
    {},
    optional={
        "born": st.sampled_from(["2000-02-29", "2000-02-30", 3, None]),
        "children": st.sampled_from([0, 30, 31, 2.5, "2", None]),
        "fee": st.sampled_from([0, 0.25, -1, True, []]),
        "grade": st.sampled_from([5, 6, "5"]),
        "favourite": st.sampled_from([None, "yard", "none", "moon"]),
        "shelf": st.sampled_from([None, "1a", "1b", {"height": 3}, {"height": "3"}, {"width": 1}, []]),
        "marks": st.sampled_from([{}, {"carving": 1}, {"carving": "x"}, {"sewing": 1}, [], None]),
        "jobs": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "hours": st.sampled_from([0, 37.5, 168, 168.5, 7.25]),
                    "craft": st.sampled_from(["00100", "100", 100]),
                    "tools": st.sampled_from([[], [{"code": "12345"}], [{"code": "1234"}], {}]),
                    "end": st.sampled_from([None, "2020-01-01"]),
                },
            ),
            max_size=2,
        ),
        "answers": st.sampled_from([{}, {"workshop.tie": 5}, {"workshop.tie": 4}, {"tie": 5}, [], None]),
        "extra": st.just(1),
    },
)


@given(PROFILES)
def test_a_profile_is_right_exactly_when_the_published_schema_says_so(profile: dict[str, object]) -> None:
    text = json.dumps(profile)
    schema = json.loads(schema_text(CATALOG))
    checker = jsonschema.FormatChecker(("date",))
    fits = jsonschema.Draft202012Validator(schema, format_checker=checker).is_valid(json.loads(text))
    assert fits == (not mistakes(text, "json"))
