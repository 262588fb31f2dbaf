"""A profile found right becomes values: exact, nothing lost, and unknown where left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from workshop_catalog import CATALOG, CHECKS, HOURS, SKILL, brief, load

from policy.diagnostics import Mistakes
from policy.model.types import (
    Anything,
    Code,
    Date,
    GroupOf,
    Length,
    ListOf,
    MapBy,
    Moment,
    Number,
    OptionalOf,
    RecordOf,
    RowOf,
    SetOf,
    Text,
    Type,
    YesNo,
)
from policy.model.values import UNKNOWN, MapValue, Record
from policy.profiles import Entry, MappingDatum, Profile, ScalarDatum, from_python, load_profile, read, value_from
from policy.text import Source

YAML = """\
name: 007
born: 1980-02-29
jobs:
- {start: 2020-01-01, end: null, hours: 37.5, paid: Yes, craft: 00100, site: none, tools: [{code: 00001, maker: no}]}
- start: 2020-01-01
  end: 2020-01-01
card: none
children: 3.0
fee: 1.250e1
opened_at: 2024-05-31T14:30:00-04:00
marks: {joinery: -3}
grade: 7
shelf: 1a
nickname: ~
answers:
  workshop.tie: 5
  workshop.counts: {"jobs[1]": false}
"""

JSON = """\
{"name": "007", "born": "1980-02-29", "card": null, "children": 3, "fee": 12.50, "marks": {"joinery": -3},
 "jobs": [{"start": "2020-01-01", "end": null, "hours": 37.5, "paid": true, "craft": "00100", "site": "none",
           "tools": [{"code": "00001", "maker": "no"}]},
          {"start": "2020-01-01", "end": "2020-01-01"}],
 "opened_at": "2024-05-31T14:30:00-04:00", "grade": 7, "shelf": "1a", "nickname": null,
 "answers": {"workshop.tie": 5, "workshop.counts": {"jobs[1]": false}}}
"""

PYTHON: dict[str, object] = {
    "name": "007",
    "born": date(1980, 2, 29),
    "jobs": (
        {
            "start": date(2020, 1, 1),
            "end": None,
            "hours": 37.5,
            "paid": True,
            "craft": "00100",
            "site": "none",
            "tools": [{"code": "00001", "maker": "no"}],
        },
        {"start": "2020-01-01", "end": date(2020, 1, 1)},
    ),
    "card": None,
    "children": 3,
    "fee": Fraction(25, 2),
    "opened_at": datetime(2024, 5, 31, 14, 30, tzinfo=timezone(timedelta(hours=-4))),
    "marks": {"joinery": -3},
    "grade": 7,
    "shelf": "1a",
    "nickname": None,
    "answers": {"workshop.tie": 5, "workshop.counts": {"jobs[1]": False}},
}


def bare(value: object) -> object:
    """A value with records as dictionaries of what is known, to compare."""
    match value:
        case Record(type=type, fields=fields, path=path):
            known = {key: bare(inner) for key, inner in fields.items() if inner is not UNKNOWN}
            return {"": f"{type} at {path}", **known}
        case MapValue(values=values):
            return dict(values)
        case tuple():
            return [bare(item) for item in value]
        case _:
            return value


FACTS = {
    "name": "007",
    "born": date(1980, 2, 29),
    "jobs": [
        {
            "": "workshop.job at jobs[0]",
            "start": date(2020, 1, 1),
            "end": None,
            "hours": Fraction(75, 2),
            "paid": True,
            "craft": "00100",
            "site": "none",
            "tools": [{"": "workshop.tool at jobs[0].tools[0]", "code": "00001", "maker": "no"}],
        },
        {"": "workshop.job at jobs[1]", "start": date(2020, 1, 1), "end": date(2020, 1, 1)},
    ],
    "card": None,
    "children": 3,
    "fee": Fraction(25, 2),
    "opened_at": datetime(2024, 5, 31, 18, 30, tzinfo=UTC),
    "marks": {"carving": UNKNOWN, "joinery": -3},
    "grade": 7,
    "shelf": {"": "workshop.shelves at shelf", "key": "1a", "height": 3, "painted": None},
    "member": UNKNOWN,
    "favourite": UNKNOWN,
    "nickname": None,
}


@pytest.mark.parametrize(
    "profile",
    [load(YAML), load(JSON, "json"), load_profile(from_python(PYTHON), CATALOG, CHECKS)],
    ids=["yaml", "json", "python"],
)
def test_every_format_gives_the_same_facts(profile: Profile) -> None:
    assert {name: bare(fact) for name, fact in profile.facts.items()} == FACTS
    assert list(profile.facts) == list(CATALOG.inputs)
    assert profile.answers == {"workshop.tie": 5, "workshop.counts": {"jobs[1]": False}}


def test_whole_numbers_are_ints_and_others_fractions() -> None:
    facts = load(YAML).facts
    assert type(facts["children"]) is int
    assert type(facts["fee"]) is Fraction
    assert type(load('{"fee": 12.00}', "json").facts["fee"]) is int


def test_every_declared_field_is_there() -> None:
    jobs = load("jobs: [{}]").facts["jobs"]
    assert isinstance(jobs, tuple)
    assert list(jobs[0].fields) == list(CATALOG.records["workshop.job"].fields)
    assert all(value is UNKNOWN for value in jobs[0].fields.values())


def test_an_empty_profile_knows_nothing() -> None:
    profile = load("{}")
    assert all(fact is UNKNOWN for fact in profile.facts.values())
    assert profile.answers == {}
    assert profile.supplied == frozenset()


def test_an_empty_list_is_known_to_be_empty() -> None:
    assert load("jobs: []").facts["jobs"] == ()


def test_what_was_supplied_is_remembered_at_each_depth() -> None:
    profile = load("jobs: [{start: 2020-01-01, tools: [{code: 12345}]}]\ncard: ~\nanswers: {workshop.tie: 5}")
    assert profile.supplied == {
        "jobs",
        "jobs[0]",
        "jobs[0].start",
        "jobs[0].tools",
        "jobs[0].tools[0]",
        "jobs[0].tools[0].code",
        "card",
    }
    assert profile.spans["jobs[0].start"].text == "2020-01-01"
    assert profile.spans["answers.workshop.tie"].text == "5"


def test_a_row_may_be_written_out() -> None:
    shelf = load("shelf: {height: 4, painted: null}").facts["shelf"]
    assert bare(shelf) == {"": "workshop.shelves at shelf", "height": 4, "painted": None}
    assert isinstance(shelf, Record)
    assert shelf.fields["key"] is UNKNOWN


def test_toml_says_the_same_where_it_can() -> None:
    profile = load('born = 1980-02-29\nfee = 12.50\nopened_at = 2024-05-31T18:30:00Z\n[[jobs]]\ncraft = "9A"\n', "toml")
    facts = profile.facts
    assert (facts["born"], facts["fee"], facts["opened_at"]) == (FACTS["born"], FACTS["fee"], FACTS["opened_at"])
    assert bare(facts["jobs"]) == [{"": "workshop.job at jobs[0]", "craft": "9A"}]


@pytest.mark.parametrize("word", ["null", "~", "none", "Null", "NONE"])
def test_words_for_none_are_none_only_where_there_may_be_none(word: str) -> None:
    assert load(f"nickname: {word}").facts["nickname"] is None
    assert load(f"nickname: '{word}'").facts["nickname"] == word
    assert load("jobs: [{site: none}]").supplied == {"jobs", "jobs[0]", "jobs[0].site"}


def test_text_stays_as_it_was_written() -> None:
    assert load("name: 2024-02-31").facts["name"] == "2024-02-31"
    assert load("name: 1.50").facts["name"] == "1.50"
    assert load("name: .nan").facts["name"] == ".nan"
    assert load("name: NO").facts["name"] == "NO"


# One value


@pytest.mark.parametrize(
    ("text", "type", "expected"),
    [
        ("37.5", HOURS, Fraction(75, 2)),
        ("+.5", HOURS, Fraction(1, 2)),
        ("yes", YesNo(), True),
        ("021", Code(3), "021"),
        ("none", OptionalOf(Date()), None),
        ("2024-02-29", OptionalOf(Date()), date(2024, 2, 29)),
        ("2024-02-29T00:00:00Z", Moment(), datetime(2024, 2, 29, tzinfo=UTC)),
        ("[a, b]", ListOf(Text()), ("a", "b")),
        ("{carving: 1}", MapBy(Number(), SKILL), MapValue({"carving": 1, "joinery": UNKNOWN})),
        ("anything", Anything(), UNKNOWN),
    ],
)
def test_one_value_of_any_type(text: str, type: Type, expected: object) -> None:
    assert value_from(read(Source("case", text), "yaml"), type, CATALOG, "it") == expected


def test_one_value_has_paths_that_begin_where_it_stands() -> None:
    datum = read(Source("case", "[{start: 2020-01-02, end: 2020-01-01}, {hours: 400}]"), "yaml")
    with pytest.raises(Mistakes) as found:
        value_from(datum, ListOf(RecordOf("workshop.job")), CATALOG, "given.jobs")
    assert [mistake.path for mistake in found.value.diagnostics] == ["given.jobs[0].end", "given.jobs[1].hours"]
    value = value_from(read(Source("case", "[{}]"), "yaml"), ListOf(RecordOf("workshop.job")), CATALOG, "jobs")
    assert isinstance(value, tuple)
    assert value[0].path == "jobs[0]"


def test_records_of_one_value_are_checked_when_asked() -> None:
    datum = read(Source("case", "{start: 1800-01-01}"), "yaml")
    assert value_from(datum, RecordOf("workshop.job"), CATALOG, "it")
    with pytest.raises(Mistakes, match="1900 or later"):
        value_from(datum, RecordOf("workshop.job"), CATALOG, "it", CHECKS)


def test_a_datum_may_be_made_by_hand() -> None:
    datum = MappingDatum((Entry("code", ScalarDatum("00021", plain=True)), Entry("maker", ScalarDatum("none"))))
    value = value_from(datum, RecordOf("workshop.tool"), CATALOG, "it")
    assert bare(value) == {"": "workshop.tool at it", "code": "00021", "maker": "none"}


@pytest.mark.parametrize("type", [GroupOf(Text(), Text()), SetOf(Text()), Length(), OptionalOf(Length())])
def test_what_is_computed_cannot_be_given(type: Type) -> None:
    with pytest.raises(Mistakes) as found:
        value_from(read(Source("case", "[1]"), "yaml"), type, CATALOG, "it")
    assert [mistake.code.name for mistake in found.value.diagnostics] == ["cannot-be-given"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", "1 it: number-for-code: `3` is a number, where a row of `Shelves` is wanted: codes are text"),
        ("null", "1 it: not-optional: `null` says that there is none, where a row of `Shelves` is wanted"),
        ('{"height": 2.5}', "1 it.height: wrong-type: `2.5` is not a whole number"),
        ("[]", "1 it: wrong-type: a list is given where a row of `Shelves` is wanted"),
    ],
)
def test_a_row_given_wrong_is_told(text: str, expected: str) -> None:
    with pytest.raises(Mistakes) as found:
        value_from(read(Source("case", text), "json"), RowOf("workshop.shelves"), CATALOG, "it")
    assert [brief(mistake).split(" -> ")[0] for mistake in found.value.diagnostics] == [expected]
