"""The generated reader gives what the slow reading gives, or declines; what is right and plain it does not decline."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import pytest
from any_documents import ODD, PYTHONS, bare, documents
from hypothesis import given
from workshop_catalog import CATALOG, CHECKS, field, record

from policy.diagnostics import Mistakes
from policy.model.catalog import Catalog
from policy.model.types import Anything, ListOf, RecordOf, SetOf, Text, Type
from policy.profiles import Profile, from_python, load_profile, read
from policy.profiles.reader import Reader, make_reader, written
from policy.profiles.stand_ins import Reading
from policy.profiles.writing import LONGEST
from policy.text import Source

KEYED: Final = {"workshop.job": Reading(("site", "start", "hours", "paid"), ("permit",))}
UNKEYED: Final = {"workshop.job": Reading(None, ("permit",))}
READERS: Final = [make_reader(written(CATALOG, readings), CATALOG, CHECKS) for readings in (KEYED, UNKEYED)]


def reader_of(catalog: Catalog) -> Reader:
    return make_reader(written(catalog, {}), catalog, {})


def slowly(read_: Callable[[], Any]) -> Profile | None:
    """The profile by the slow reading, or None if it finds mistakes."""
    try:
        return load_profile(read_(), CATALOG, CHECKS)
    except Mistakes:
        return None


def told(profile: Profile | None) -> object:
    """All that a profile holds, for comparing."""
    if profile is None:
        return None
    facts = {name: bare(fact) for name, fact in profile.facts.items()}
    return list(facts.items()), bare(dict(profile.answers)), profile.supplied, dict(profile.spans)


@given(documents(CATALOG, ODD | PYTHONS))
def test_what_is_read_from_python_is_what_the_slow_reading_gives(document: object) -> None:
    slow = slowly(lambda: from_python(document))
    for reader in READERS:
        quick = reader.of_python(document)
        assert quick is None or told(quick) == told(slow)


@given(documents(CATALOG))
def test_what_is_read_from_json_is_what_the_slow_reading_gives(document: object) -> None:
    source = Source("case", json.dumps(document))
    slow = slowly(lambda: read(source, "json"))
    for reader in READERS:
        for quick in (reader.of_json(source), reader.of_python(document)):
            assert quick is None or bare(dict(quick.facts)) == bare(dict(slow.facts if slow else {}))
        quick = reader.of_json(source)
        assert quick is None or told(quick) == told(slow)
        if slow is not None:
            quick = reader.of_datum(read(source, "json"))
            assert quick is None or told(quick) == told(slow)


@given(documents(CATALOG))
def test_what_is_right_is_seldom_declined(document: dict[str, object]) -> None:
    """Only a row that is written out, and text of several lines or with rare blanks, is left to the slow reading."""
    plain = not isinstance(document.get("shelf"), dict) and "\\" not in json.dumps(document, ensure_ascii=False)
    slow = slowly(lambda: from_python(document))
    if slow is not None and plain and json.dumps(document, ensure_ascii=False).isprintable():
        assert all(reader.of_python(document) is not None for reader in READERS)


@pytest.mark.parametrize("reader", READERS, ids=["keyed", "unkeyed"])
def test_a_record_is_judged_by_all_that_decides(reader: Reader) -> None:
    for _ in range(2):
        assert reader.of_python({"jobs": [{"site": "yard", "permit": True}]}) is not None
        assert reader.of_python({"jobs": [{"site": "bench"}]}) is not None
        assert reader.of_python({"jobs": [{"site": "bench", "permit": True}]}) is None
        assert reader.of_python({"jobs": [{"permit": True}]}) is not None
        assert reader.of_python({"jobs": [{"hours": 0, "paid": True}]}) is None
        assert reader.of_python({"jobs": [{"hours": 0.5, "paid": True}]}) is not None
        assert reader.of_python({"jobs": [{"hours": 0, "paid": False}]}) is not None
        assert reader.of_python({"jobs": [{"start": "1899-12-31"}]}) is None
        assert reader.of_python({"jobs": [{"start": "2020-01-02", "end": "2020-01-01"}]}) is None


@pytest.mark.parametrize(
    "text",
    [
        '{"children": 1, "children": 1}',
        '{"fee": NaN}',
        '{"fee": 1e400}',
        '{"fee": 1' + "0" * 5000 + "}",
        '{"fee": 1.' + "0" * 200 + "}",
        '{"name": "\\u0000"}',
        '{"name": "\\ud800"}',
        '{"children": 1} x',
        '\ufeff{"children": 1}',
        "[" * 100_000,
        "{",
        "",
        "[]",
        "null",
    ],
)
def test_json_that_is_not_plainly_right_is_declined(text: str) -> None:
    assert READERS[0].of_json(Source("case", text)) is None


def test_numbers_that_come_again_are_what_they_were() -> None:
    for _ in range(2):
        for number, expected in ((0.5, Fraction(1, 2)), (Decimal("0.50"), Fraction(1, 2)), (2.0, 2), (Fraction(3), 3)):
            profile = READERS[0].of_python({"fee": number})
            assert profile is not None
            assert bare(profile.facts["fee"]) == bare(expected)
        assert READERS[0].of_python({"fee": Decimal("0." + "5" + "0" * 101)}) is None


def test_days_may_be_days() -> None:
    profile = READERS[0].of_python({"born": date(2000, 2, 29)})
    assert profile is not None
    assert profile.facts["born"] == date(2000, 2, 29)


def test_lists_longer_than_a_person_has_are_left_to_the_slow_reading() -> None:
    catalog = Catalog({"words": field("words", ListOf(Text()))})
    reader = reader_of(catalog)
    assert reader.of_python({"words": ["a"] * LONGEST}) is not None
    assert reader.of_python({"words": ["a"] * (LONGEST + 1)}) is None


def test_however_lists_stand_in_lists_no_document_is_read_that_is_too_large() -> None:
    deep = ListOf(ListOf(ListOf(ListOf(Text()))))
    reader = reader_of(Catalog({"words": field("words", deep)}))
    assert reader.of_python({"words": [[[["a"] * 5]]]}) is not None
    assert reader.of_python({"words": [[[["a"] * 50]]]}) is None


@pytest.mark.parametrize("type_", [SetOf(Text()), Anything(), RecordOf("workshop.box")])
def test_a_catalog_of_what_is_never_given_or_stands_in_itself_has_no_quick_reading(type_: Type) -> None:
    box = record("box", field("inner", ListOf(RecordOf("workshop.box"))))
    reader = reader_of(Catalog({"it": field("it", type_)}, {box.name: box}))
    assert reader.of_python({}) is None
    assert reader.of_json(Source("case", "{}")) is None
