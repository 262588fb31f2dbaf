"""What `policy.load` promises: the rules of any day, answers for any profile, and `Mistakes` for whatever is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, Literal

import jsonschema
import pytest
from pool_policies import POOL, SWIMMER, TOWNSMAN, change, copy_of_pool
from pydantic import BaseModel

import policy
from policy.profiles import read_file

LIBRARY: Final = policy.load(POOL)
LANGUAGES: Final = ("en", "fr")


def codes(problem: pytest.ExceptionInfo[policy.Mistakes]) -> list[str]:
    return [diagnostic.code.name for diagnostic in problem.value.diagnostics]


# ------------------------------------------------------------------ loading


def test_without_a_folder_the_shipped_policies_are_loaded() -> None:
    library = policy.load()
    assert library.folder.name == "policies"
    assert library.timelines
    assert library.first_day == date(2015, 1, 1)


@pytest.mark.parametrize("folder", [POOL, str(POOL)])
def test_a_folder_may_be_a_path_or_text(folder: Path | str) -> None:
    assert sorted(policy.load(folder).timelines) == ["fees", "lessons", "rules", "visitor"]


def test_a_missing_folder_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(policy.Mistakes, match=r"cannot read `.*nowhere`: there is no such folder") as problem:
        policy.load(tmp_path / "nowhere")
    assert codes(problem) == ["unreadable"]


def test_a_file_is_no_folder() -> None:
    with pytest.raises(policy.Mistakes, match="it is not a folder") as problem:
        policy.load(POOL / "rules.policy")
    assert codes(problem) == ["unreadable"]


@pytest.mark.parametrize("name", ["with a NUL \0", "much too long " * 100])
def test_a_path_that_is_none_is_a_mistake(name: str) -> None:
    with pytest.raises(policy.Mistakes) as problem:
        policy.load(name)
    assert codes(problem) == ["unreadable"]


def test_an_empty_folder_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(policy.Mistakes, match="holds no policy files") as problem:
        policy.load(tmp_path)
    assert codes(problem) == ["no-policies"]


def test_everything_wrong_with_the_files_is_told_at_once(tmp_path: Path) -> None:
    folder = copy_of_pool(tmp_path)
    (folder / "notes.policy").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    (folder / "empty.policy").write_text("# nothing here\n", encoding="utf-8")
    (folder / "folder.policy").mkdir()  # not a file
    change(folder / "visitor.policy", "enum stroke", "enum 5")
    change(folder / "fees/2022-07-01.policy", "amends 2020-01-01", "amends 2020-01-02")
    with pytest.raises(policy.Mistakes) as problem:
        policy.load(folder)
    found = {(Path(d.span.source.name).name, d.code.name) for d in problem.value.diagnostics if d.span}
    assert found == {
        ("notes.policy", "not-text"),
        ("empty.policy", "empty-file"),
        ("visitor.policy", "syntax"),
        ("2022-07-01.policy", "broken-chain"),
    }


def test_policies_with_errors_answer_nothing_but_on_the_days_that_are_sound(tmp_path: Path) -> None:
    folder = copy_of_pool(tmp_path)
    change(folder / "fees/2022-07-01.policy", "- age < 20 years", '- age < "20"')
    library = policy.load(folder)
    assert library.on("2022-06-30").evaluate(TOWNSMAN)["fees.reduced"].value is policy.UNKNOWN
    for _ in range(2):
        with pytest.raises(policy.Mistakes) as problem:
            library.on("2022-07-01")
        assert codes(problem) == ["type-mismatch"]


# ------------------------------------------------------------------ days


@pytest.mark.parametrize("day", ["2022-07-01", " 2022-07-01 ", date(2022, 7, 1)])
def test_a_day_is_a_date_or_text(day: date | str) -> None:
    assert LIBRARY.on(day).day == date(2022, 7, 1)


@pytest.mark.parametrize(
    "day",
    [
        *(
            "",
            "tomorrow",
            "2022-02-31",
            "2022-7-1",
            "20220701",
            "2022-W26-5",
            "22-07-01",
            "2022-07-01T00:00",
            "٢٠٢٢-07-01",
        ),
        *(None, 20220701, True, b"2022-07-01", ["2022-07-01"], datetime(2022, 7, 1, 12, tzinfo=UTC)),
    ],
)
def test_anything_else_is_no_day(day: Any) -> None:
    with pytest.raises(policy.Mistakes, match="is not a day of the calendar") as problem:
        LIBRARY.on(day)
    assert codes(problem) == ["bad-day"]
    with pytest.raises(policy.Mistakes):
        LIBRARY.on("2022-07-01", assessed_on="" if day is None else day)


def test_before_the_first_text_there_are_no_rules() -> None:
    with pytest.raises(policy.Mistakes, match="the first text here is of 2020-01-01") as problem:
        LIBRARY.on("2019-12-31")
    assert codes(problem) == ["before-first-day"]


@pytest.mark.parametrize("day", ["2099-01-01", "9999-12-31", date.max])
def test_years_ahead_the_latest_text_holds(day: date | str) -> None:
    rules = LIBRARY.on(day)
    assert rules.texts.texts["fees"].effective == date(2022, 7, 1)
    assert rules.evaluate(TOWNSMAN)["fees.resident"].value is True


def test_one_stretch_of_time_is_compiled_once() -> None:
    first, second, later = (LIBRARY.on(day) for day in ("2022-07-01", "2023-01-01", "2022-06-30"))
    assert first.graph is second.graph
    assert first.graph is not later.graph
    assert (first.day, second.day) == (date(2022, 7, 1), date(2023, 1, 1))
    assert second.texts.day == date(2023, 1, 1)


def test_facts_are_measured_on_the_day_of_the_law_unless_the_two_are_parted() -> None:
    def age(on: str, assessed_on: str | None = None) -> object:
        return LIBRARY.on(on, assessed_on).evaluate(TOWNSMAN)["fees.age"].value

    assert age("2022-07-01") == 42
    assert age("2022-07-01", "1990-05-01") == 10
    assert age("2022-07-01", "1990-04-30") == 9
    assert age("2022-07-01", "0001-01-01") == 0
    assert LIBRARY.on("2020-01-01", "2030-05-01").evaluate(TOWNSMAN)["fees.reduced"].value is policy.UNKNOWN


@pytest.mark.parametrize("assessed_on", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_like_any_other(assessed_on: str) -> None:
    answer = LIBRARY.on("2022-07-01", assessed_on).evaluate(SWIMMER)
    assert {answer["fees.resident"].value, answer["lessons.swimmer"].value} == {False, True}
    assert answer.explain()


def test_the_days_of_a_policy_can_be_asked_for() -> None:
    assert LIBRARY.since("fees") == (date(2020, 1, 1), date(2022, 7, 1))
    assert LIBRARY.since("visitor") == ()
    with pytest.raises(policy.Mistakes, match="did you mean `fees`") as problem:
        LIBRARY.since("fee")
    assert codes(problem) == ["no-such-policy"]


def test_policies_without_any_day_hold_on_all_days(tmp_path: Path) -> None:
    folder = copy_of_pool(tmp_path)
    for name in ("fees", "lessons"):
        for file in (folder / name).iterdir():
            file.unlink()
    library = policy.load(folder)
    assert library.first_day == date.min
    assert library.on("0001-01-01").evaluate(TOWNSMAN).decisions() == ()
    assert library.profile_schema()


# ------------------------------------------------------------------ profiles


class Person(BaseModel):
    birth_date: date | None = None
    lives_in_town: bool | None = None
    courses: list[Mapping[str, object]] = []


@pytest.mark.parametrize(
    "profile",
    [
        TOWNSMAN,
        json.dumps(TOWNSMAN),
        json.dumps(TOWNSMAN).encode(),
        b"\xef\xbb\xbf" + json.dumps(TOWNSMAN).encode(),
        Person(birth_date=date(1980, 5, 1), lives_in_town=True, courses=[]),
    ],
)
def test_a_profile_is_a_dictionary_json_text_bytes_or_a_model(profile: Any) -> None:
    answer = LIBRARY.on("2020-06-01").evaluate(profile)
    assert answer["fees.age"].value == 40
    assert answer["fees.resident"].value is True


def test_what_is_not_set_in_a_model_is_unknown() -> None:
    answer = LIBRARY.on("2020-06-01").evaluate(Person(birth_date=date(1980, 5, 1)))
    assert answer["fees.resident"].value is policy.UNKNOWN
    assert answer["fees.price"].missing == ("lives_in_town",)


def test_a_document_read_from_a_file_is_a_profile(tmp_path: Path) -> None:
    (tmp_path / "me.yaml").write_text("birth_date: 1980-05-01\n", encoding="utf-8")
    answer = LIBRARY.on("2020-06-01").evaluate(read_file(tmp_path / "me.yaml"))
    assert answer["fees.age"].value == 40


class Whole:
    """Looks like a model, and gives something else."""

    def model_dump(self, *, exclude_unset: bool = False) -> list[int]:
        return [1]


LOOP: Final[dict[str, object]] = {}
LOOP["courses"] = [LOOP]


@pytest.mark.parametrize(
    "profile",
    [
        *(None, True, 42, 4.2, float("nan"), object(), Person, Whole(), date(2020, 1, 1), Path("me.yaml"), iter([])),
        *([], [1], (), {1: 2}, {None: 1}, {"courses": {1, 2}}, LOOP, {"birth_date": float("inf")}, {"a\0": 1}),
        *("", " ", "me.yaml", "birth_date: 1980-05-01", "{", "[1]", "null", "1", "[" * 100_000, '{"courses": [NaN]}'),
        *(b"", b"\xff\xfe", b'{"birth_date": "\xff"}', b"\0", '{"birth_date": "1980-05-01"}'.encode("utf-16")),
    ],
)
def test_whatever_is_no_profile_is_told_as_mistakes(profile: Any) -> None:
    with pytest.raises(policy.Mistakes) as problem:
        LIBRARY.on("2022-07-01").evaluate(profile)
    assert problem.value.diagnostics
    assert str(problem.value)


def test_everything_wrong_with_a_profile_is_told_at_once() -> None:
    course = {"stroke": "crawl", "start": "2021-03-26", "end": "2021-01-04", "hours_per_week": 0, "passed": True}
    with pytest.raises(policy.Mistakes) as problem:
        LIBRARY.on("2022-07-01").evaluate(
            {
                "birth_dat": "1980-05-01",
                "lives_in_town": "maybe",
                "courses": [course],
                "answers": {"fees.hardshp": True},
            }
        )
    assert [(d.path, d.code.name) for d in problem.value.diagnostics] == [
        ("birth_dat", "unknown-key"),
        ("lives_in_town", "wrong-type"),
        ("courses[0]", "invalid-record"),
        ("courses[0].end", "end-before-start"),
        ("answers.fees.hardshp", "unknown-question"),
    ]


def test_an_answer_to_an_open_question_counts() -> None:
    def reduced(answer: bool | None) -> object:
        given = {} if answer is None else {"answers": {"fees.hardship": answer}}
        return LIBRARY.on("2020-06-01").evaluate({**TOWNSMAN, **given})["fees.reduced"].value

    assert reduced(None) is policy.UNKNOWN
    assert reduced(True) is True
    assert reduced(False) is False


# ------------------------------------------------------------------ outcomes


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("fees.redused", "there is no outcome `fees.redused` .*did you mean `fees.reduced`"),
        ("reduced", "there is no outcome `reduced` .*did you mean `fees.reduced`"),
        ("fees.fee", "`fees.fee` takes age, resident, so it cannot be asked for by itself"),
        ("visitor.birth_date", "`visitor.birth_date` has no value"),
        ("", "write it as `policy.name`"),
        ("zoo.lion", "write it as `policy.name`"),
    ],
)
def test_an_unknown_outcome_is_a_mistake_with_the_nearest_name(name: str, message: str) -> None:
    answer = LIBRARY.on("2022-07-01").evaluate(TOWNSMAN)
    with pytest.raises(policy.Mistakes, match=f"(?s){message}") as problem:
        answer[name]
    assert codes(problem) == ["unknown-outcome"]
    assert name not in answer


def test_an_outcome_is_never_no_where_its_text_is_not_in_force() -> None:
    early = LIBRARY.on("2020-06-01").evaluate(SWIMMER)
    with pytest.raises(policy.Mistakes, match=r"`lessons\.swimmer` is not in force before 2021-03-01") as problem:
        early["lessons.swimmer"]
    assert codes(problem) == ["not-in-force"]
    assert early["fees.family"].value is False

    late = LIBRARY.on("2022-07-01").evaluate(SWIMMER)
    with pytest.raises(policy.Mistakes, match=r"`fees\.family` has not been in force since 2022-07-01") as problem:
        late["fees.family"]
    assert codes(problem) == ["not-in-force"]
    with pytest.raises(policy.Mistakes, match="has not been in force"):
        late.explain("fees.family")


def test_an_outcome_of_a_later_version_is_not_in_force_yet(tmp_path: Path) -> None:
    folder = copy_of_pool(tmp_path)
    later = folder / "fees" / "2022-07-01.policy"
    grown = '\nrequirement grown\n  en "Grown" fr "Adulte"\n  is age >= 18 years\n'
    later.write_text(later.read_text("utf-8") + grown, "utf-8")
    early = policy.load(folder).on("2020-06-01").evaluate(SWIMMER)
    with pytest.raises(policy.Mistakes, match=r"`fees\.grown` is not in force before 2022-07-01") as problem:
        early["fees.grown"]
    assert codes(problem) == ["not-in-force"]


def test_an_outcome_says_what_it_is_and_what_it_waits_for() -> None:
    outcome = LIBRARY.on("2022-07-01").evaluate({"birth_date": "1980-05-01"})["fees.reduced"]
    assert (outcome.name, outcome.kind, outcome.label.fr) == ("fees.reduced", "decision", "Paie le tarif réduit")
    assert outcome.value is policy.UNKNOWN
    assert outcome.missing == ("lives_in_town", "courses")  # until then nobody need answer the question


# ------------------------------------------------------------------ explanations


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["explain", "markdown", "html", "json"])
def test_an_answer_explains_itself_in_every_form(language: str, form: str) -> None:
    answer = LIBRARY.on("2022-07-01").evaluate(SWIMMER)
    whole = getattr(answer, form)(language=language)
    one = getattr(answer, form)("lessons.swimmer", language)
    said = {"en": ("Can swim", "Pays the reduced fee"), "fr": ("Sait nager", "Paie le tarif réduit")}[language]
    assert all(text in whole for text in said)
    assert said[0] in one
    assert said[1] not in one
    if form == "json":
        assert sorted(step["name"] for step in json.loads(whole)["outcomes"]) == ["fees.reduced", "lessons.swimmer"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_of_every_day_can_be_explained(language: str) -> None:
    for day in LIBRARY.epochs:
        for profile in ({}, TOWNSMAN, SWIMMER):
            answer = LIBRARY.on(day).evaluate(profile)
            for name in LIBRARY.on(day).outcomes():
                assert answer.explain(name, language)


# ------------------------------------------------------------------ the schema


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_schema_is_one_and_judges_profiles(language: Literal["en", "fr"]) -> None:
    schema = LIBRARY.on("2022-07-01").profile_schema(language)
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    right: list[object] = [{}, TOWNSMAN, SWIMMER, {**TOWNSMAN, "answers": {"fees.hardship": False}}]
    wrong: list[object] = [{"birth_dat": "1980-05-01"}, {"lives_in_town": "yes"}, {"courses": [{"stroke": "fly"}]}, []]
    for profile in right:
        assert judge.is_valid(profile)
    for profile in wrong:
        assert not judge.is_valid(profile)
    title = schema["properties"]["birth_date"]["title"]  # type: ignore[index]
    assert title == {"en": "Date of birth", "fr": "Date de naissance"}[language]


def test_the_schema_of_a_library_is_that_of_its_latest_texts() -> None:
    assert LIBRARY.profile_schema("fr") == LIBRARY.on("2022-07-01").profile_schema("fr")


@pytest.mark.parametrize("language", ["de", "EN", "", None, 5])
def test_another_language_is_a_mistake(language: Any) -> None:
    with pytest.raises(policy.Mistakes, match="choose `en` or `fr`") as problem:
        LIBRARY.profile_schema(language)
    assert codes(problem) == ["unknown-language"]
