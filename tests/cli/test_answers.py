"""`policy evaluate` and `policy explain`: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from commands import Done, policy
from pool_policies import POOL, TOWNSMAN, change, copy_of_pool

ON: Final = ("--on", "2022-07-01")
POLICIES: Final = ("--policies", POOL)
ME: Final = "birth_date: 1980-05-01\nlives_in_town: yes\ncourses: []\n"


@pytest.fixture
def me(tmp_path: Path) -> Path:
    """A profile without a mistake."""
    file = tmp_path / "me.yaml"
    file.write_text(ME, encoding="utf-8")
    return file


def mistakes(done: Done) -> list[tuple[str, str | None]]:
    """Code and path of each mistake told as JSON; nothing else must have been said."""
    assert done.err == ""
    return [(mistake["code"], mistake["path"]) for mistake in json.loads(done.out)["mistakes"]]


# ------------------------------------------------------------------ what is printed


def test_evaluate_explains_all_decisions(me: Path) -> None:
    done = policy("evaluate", me, *ON, *POLICIES)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Answer for July 1, 2022\n\nRules in force on July 1, 2022.\n")
    assert "\n✗ Can swim — not met " in done.out
    assert "\n? Pays the reduced fee — cannot tell yet " in done.out
    assert done.out.endswith(".\n")
    assert not done.out.endswith("\n\n")


def test_only_some_outcomes_when_they_are_named(me: Path) -> None:
    done = policy("evaluate", me, *ON, *POLICIES, "--only", "fees.age", "--only", "fees.price", "--only", "fees.age")
    assert done.status == 0
    assert "Can swim" not in done.out
    assert done.out.count("\n• Age: 42 years") == 1
    assert "Price of a ticket: $4.25" in done.out


def test_explain_is_about_one_outcome_of_any_kind(me: Path) -> None:
    done = policy("explain", "fees.price", me, *ON, *POLICIES)
    assert done.status == 0
    assert "Price of a ticket: $4.25" in done.out
    assert "Can swim" not in done.out


@pytest.mark.parametrize("language", [("--language", "fr"), ("-l", "fr")])
def test_answers_come_in_french(me: Path, language: tuple[str, str]) -> None:
    done = policy("evaluate", me, *ON, *POLICIES, *language)
    assert done.status == 0
    assert "Paie le tarif réduit" in done.out
    assert "Pays the reduced fee" not in done.out


@pytest.mark.parametrize(
    ("form", "begins"), [("text", "Answer"), ("json", "{"), ("markdown", "# Answer"), ("html", "<!DOCTYPE html>")]
)
@pytest.mark.parametrize("verb", [("evaluate",), ("explain", "fees.price")])
def test_answers_come_in_every_form(me: Path, form: str, begins: str, verb: tuple[str, ...]) -> None:
    for option in ("--format", "-f"):
        done = policy(*verb, me, *ON, *POLICIES, option, form)
        assert (done.status, done.err) == (0, "")
        assert done.out.startswith(begins)
        assert "Price of a ticket" in done.out or verb == ("evaluate",)


def test_json_is_one_document_for_programs(me: Path) -> None:
    document = json.loads(policy("evaluate", me, *ON, *POLICIES, "-f", "json").out)
    assert {outcome["name"]: outcome["state"] for outcome in document["outcomes"]} == {
        "fees.reduced": "unknown",
        "lessons.swimmer": "not met",
    }
    assert (document["language"], document["day"]) == ("en", "2022-07-01")


@pytest.mark.parametrize("ending", ["json", "toml"])
def test_profiles_may_be_json_and_toml(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"me.{ending}"
    toml = "birth_date = 1980-05-01\nlives_in_town = true\ncourses = []\n"
    file.write_text(json.dumps(TOWNSMAN) if ending == "json" else toml, encoding="utf-8")
    assert "Price of a ticket: $4.25" in policy("explain", "fees.price", file, *ON, *POLICIES).out


def test_facts_may_be_measured_on_another_day(me: Path) -> None:
    done = policy("explain", "fees.age", me, *ON, *POLICIES, "--assessed-on", "1990-05-01")
    assert "Age: 10 years" in done.out
    assert "Facts measured on May 1, 1990." in done.out


def test_without_a_folder_the_shipped_policies_are_asked(tmp_path: Path) -> None:
    (tmp_path / "me.json").write_text("{}", encoding="utf-8")
    done = policy("evaluate", tmp_path / "me.json", "--on", "2026-01-21")
    assert (done.status, done.err) == (0, "")
    assert "cannot tell yet" in done.out


# ------------------------------------------------------------------ how it ends: a wrong question


@pytest.mark.parametrize("verb", [("evaluate",), ("explain", "fees.price")])
def test_a_day_must_be_given(me: Path, verb: tuple[str, ...]) -> None:
    done = policy(*verb, me, *POLICIES)
    assert (done.status, done.out) == (2, "")
    assert "no day is given" in done.err
    assert "add `--on` and the day whose law applies, such as `--on 2026-01-21`" in done.err


@pytest.mark.parametrize("day", ["tomorrow", "2022-02-31", "2022-7-1", "31-02-2022", "", "1"])
@pytest.mark.parametrize("option", ["--on", "--assessed-on"])
def test_a_day_must_be_one(me: Path, option: str, day: str) -> None:
    words = ("evaluate", me, *POLICIES, *(ON if option != "--on" else ()), option, day)
    done = policy(*words)
    assert (done.status, done.out) == (2, "")
    assert f"`{day}` is not a day of the calendar" in done.err
    assert "such as 2026-01-21" in done.err
    assert policy(*words, "-f", "json").status == 2
    assert mistakes(policy(*words, "-f", "json")) == [("bad-day", None)]


def test_a_day_before_the_first_text_is_a_wrong_question(me: Path) -> None:
    done = policy("evaluate", me, *POLICIES, "--on", "2019-12-31")
    assert (done.status, done.out) == (2, "")
    assert "the first text here is of 2020-01-01" in done.err
    (tmp := me.parent / "shipped.json").write_text("{}", encoding="utf-8")
    assert policy("evaluate", tmp, "--on", "2014-12-31").status == 2


@pytest.mark.parametrize(
    ("path", "said"),
    [("nowhere.yaml", "there is no such file"), (".", "it is a folder")],
)
def test_a_profile_must_be_there(tmp_path: Path, path: str, said: str) -> None:
    done = policy("evaluate", f"{tmp_path}/{path}", *ON, *POLICIES)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert mistakes(policy("evaluate", f"{tmp_path}/{path}", *ON, *POLICIES, "-f", "json")) == [
        ("unreadable-file", None)
    ]


@pytest.mark.parametrize(
    ("folder", "code"), [("nowhere", "unreadable"), ("empty", "no-policies"), ("me.yaml", "unreadable")]
)
def test_a_folder_of_policies_must_be_one(me: Path, folder: str, code: str) -> None:
    (me.parent / "empty").mkdir()
    words = ("evaluate", me, *ON, "--policies", me.parent / folder)
    done = policy(*words)
    assert (done.status, done.out) == (2, "")
    assert f"[{code}]" in done.err
    assert mistakes(policy(*words, "-f", "json")) == [(code, None)]


def test_all_wrong_names_of_outcomes_are_told(me: Path) -> None:
    words = ("evaluate", me, *ON, *POLICIES, "--only", "fees.redused", "--only", "fees.age", "--only", "fees.family")
    done = policy(*words)
    assert (done.status, done.out) == (2, "")
    assert "did you mean `fees.reduced`" in done.err
    assert "`fees.family` has not been in force since 2022-07-01" in done.err
    assert mistakes(policy(*words, "-f", "json")) == [("unknown-outcome", None), ("not-in-force", None)]


@pytest.mark.parametrize(
    "words",
    [
        ("evaluate",),
        ("evaluate", "--on"),
        ("evaluate", "me.yaml", "--on", "2022-07-01", "--format", "xml"),
        ("evaluate", "me.yaml", "--on", "2022-07-01", "--language", "de"),
        ("evaluate", "me.yaml", "more.yaml", "--on", "2022-07-01"),
        ("explain", "fees.age"),
        ("sing",),
        ("--verbose",),
    ],
)
def test_a_wrong_command_line_is_told_plainly(words: tuple[str, ...]) -> None:
    done = policy(*words)
    assert (done.status, done.out) == (2, "")
    assert "Error: " in done.err
    assert "Traceback" not in done.err
    assert not set(done.err) & set("╭│╰─")


# ------------------------------------------------------------------ how it ends: mistakes


def test_all_mistakes_in_a_profile_are_told_at_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    file.write_text("birth_dat: 1980-05-01\nlives_in_town: maybe\ncourses:\n  - stroke: fly\n", encoding="utf-8")
    done = policy("evaluate", file, *ON, *POLICIES)
    assert (done.status, done.out) == (3, "")
    assert [f"{file}:{place}: error: " in done.err for place in ("1:1", "2:16", "4:13")] == [True] * 3
    assert "did you mean `birth_date`" in done.err
    done = policy("evaluate", file, *ON, *POLICIES, "--format", "json")
    assert done.status == 3
    assert [path for _, path in mistakes(done)] == ["birth_dat", "lives_in_town", "courses[0].stroke"]
    assert [mistake["line"] for mistake in json.loads(done.out)["mistakes"]] == [1, 2, 4]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_mistakes_never_mix_with_an_answer(tmp_path: Path, form: str) -> None:
    (tmp_path / "me.yaml").write_text("- 1\n", encoding="utf-8")
    done = policy("evaluate", tmp_path / "me.yaml", *ON, *POLICIES, "-f", form)
    assert (done.status, done.out) == (3, "")
    assert "error: " in done.err


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\0", b"a: [", b"a: 1\na: 2\n", b"\0", b"&a [*a]", b"[" * 10_000])
@pytest.mark.parametrize("ending", ["yaml", "json", "toml"])
def test_no_content_of_a_profile_is_more_than_a_mistake(tmp_path: Path, content: bytes, ending: str) -> None:
    file = tmp_path / f"me.{ending}"
    file.write_bytes(content)
    done = policy("evaluate", file, *ON, *POLICIES)
    assert (done.status, done.out) == (3, "")
    assert "error: " in done.err


def test_policies_with_mistakes_answer_nothing(me: Path) -> None:
    folder = copy_of_pool(me.parent)
    change(folder / "fees/2022-07-01.policy", "- age < 20 years", "- age < 20 hours")
    done = policy("evaluate", me, *ON, "-p", folder)
    assert (done.status, done.out) == (1, "")
    assert "[unit-mismatch]" in done.err
    assert mistakes(policy("evaluate", me, *ON, "-p", folder, "-f", "json")) == [("unit-mismatch", None)]
    assert policy("evaluate", me, "--on", "2022-06-30", "-p", folder).status == 0
    change(folder / "visitor.policy", "enum stroke", "enum 5")
    done = policy("evaluate", me, "--on", "2022-06-30", "-p", folder)
    assert (done.status, done.out) == (1, "")
    assert "[syntax]" in done.err


# ------------------------------------------------------------------ what is only proposed


def test_what_is_proposed_is_law_only_for_who_wants_it(tmp_path: Path, me: Path) -> None:
    pool = copy_of_pool(tmp_path)
    (pool / "fees/2030-01-01.policy").write_text(
        "policy fees\n  effective 2030-01-01\n  amends 2022-07-01\n  status proposed\n  cites BYLAW 5\n\n"
        "replace decision reduced\n  is age < 99 years\n",
        encoding="utf-8",
    )
    asked = ("explain", "fees.reduced", me, "--on", "2030-01-01", "--policies", pool)
    law, proposed = policy(*asked), policy(*asked, "--proposed")
    assert (law.status, proposed.status) == (0, 0)
    assert "proposed" not in law.out
    assert "? Pays the reduced fee" in law.out
    assert "This answer rests on proposed text, which is not law." in proposed.out
    assert "✓ Pays the reduced fee" in proposed.out
    assert json.loads(policy(*asked, "--proposed", "--format", "json").out)["proposed"] is True
    assert json.loads(policy(*asked, "--format", "json").out)["proposed"] is False
    printed = policy("consolidate", "fees@2030-01-01", "--policies", pool, "--proposed")
    assert "  status proposed\n" in printed.out
    assert "status" not in policy("consolidate", "fees@2030-01-01", "--policies", pool).out
    assert policy("schema", "--policies", pool, "--proposed").status == 0


# ------------------------------------------------------------------ assumptions


def test_outcomes_are_assumed_as_they_are_written_in_a_profile(me: Path) -> None:
    done = policy(
        "explain", "fees.price", me, *ON, *POLICIES, "--assume", "fees.age = 12", "--assume", "fees.resident=no"
    )
    assert done.status == 0
    assert "Assumed, not worked out\n  • Age: 12 years" in done.out
    assert "\n• Price of a ticket: $3.50" in done.out


def test_wrong_assumptions_are_a_wrong_use(me: Path) -> None:
    wrong = ("fees.age=twelve", "fees.aeg=12", "birth_date=2000-01-01")
    done = policy("evaluate", me, *ON, *POLICIES, "--format", "json", *(w for one in wrong for w in ("--assume", one)))
    assert done.status == 2
    assert mistakes(done) == [("wrong-type", "fees.age"), ("unknown-outcome", None), ("not-assumable", None)]


@pytest.mark.parametrize("written", ["fees.age", "fees.age=", "=12", "fees.age: 12"])
def test_an_assumption_is_a_name_and_a_value(me: Path, written: str) -> None:
    done = policy("evaluate", me, *ON, *POLICIES, "--format", "json", "--assume", written)
    assert (done.status, mistakes(done)) == (2, [("bad-assumption", None)])


def test_nothing_is_assumed_twice(me: Path) -> None:
    done = policy("evaluate", me, *ON, *POLICIES, "-f", "json", "--assume", "fees.age=1", "--assume", "fees.age=2")
    assert (done.status, mistakes(done)) == (2, [("bad-assumption", None)])
