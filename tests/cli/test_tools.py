"""`policy check`, `consolidate` and `schema`: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import jsonschema
import pytest
from commands import policy
from pool_policies import POOL, change, copy_of_pool

FEES: Final = "fees/2020-01-01.policy"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the policies, in the folder in which we are; nothing wrong with them."""
    monkeypatch.chdir(tmp_path)
    return copy_of_pool(tmp_path).relative_to(tmp_path)


# ------------------------------------------------------------------ check


def test_a_sound_folder_is_counted(folder: Path) -> None:
    done = policy("check", folder)
    assert (done.status, done.err) == (0, "")
    assert done.out == "5 policy files, 4 examples: nothing wrong\n"


DOUBTFUL = """policy doubtful
  en "Doubtful" fr "Douteux"
  cites BYLAW 1

source BYLAW
  en "By-law" fr "Règlement"

input ended_on : optional date
  en "Ended on" fr "Terminé le"
  asks en "When did it end?" fr "Quand cela s’est-il terminé?"

requirement over
  en "Over" fr "Terminé"
  is ended_on < assessed_on
"""


def test_warnings_are_told_and_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "doubtful.policy").write_text(DOUBTFUL, encoding="utf-8")
    done = policy("check", tmp_path)
    assert (done.status, done.out) == (0, "1 policy file, 0 examples: nothing wrong, 1 warning\n")
    assert ": warning: `ended_on` may be none, and is read here without a guard [unguarded-none]\n" in done.err
    found = json.loads(policy("check", tmp_path, "--format", "json").out)["mistakes"]
    assert [(mistake["code"], mistake["severity"]) for mistake in found] == [("unguarded-none", "warning")]


def test_mistakes_and_warnings_are_counted_apart(tmp_path: Path) -> None:
    for name, text in (
        ("doubtful/2020-01-01.policy", DOUBTFUL.replace("  cites", "  effective 2020-01-01\n  cites", 1)),
        ("later/2024-01-01.policy", 'policy later\n  en "Later" fr "Suite"\n  effective 2024-01-01\n  uses earlier\n'),
    ):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = policy("check", tmp_path)
    assert (done.status, done.out) == (1, "")
    assert done.err.endswith("\n\n1 mistake and 1 warning in 2 policy files\n")


def test_without_a_path_the_policies_here_are_checked_or_those_that_ship(folder: Path) -> None:
    folder.rename("policies")
    assert policy("check").out == "5 policy files, 4 examples: nothing wrong\n"
    Path("policies").rename("pool")
    done = policy("check")
    assert done.status == 0
    assert not done.out.startswith("5 policy files")


def test_mistakes_are_told_and_counted(folder: Path) -> None:
    change(folder / FEES, "is lives_in_town", "is lives_in_twon")
    done = policy("check", folder)
    assert (done.status, done.out) == (1, "")
    assert done.err == (
        "pool/fees/2020-01-01.policy:17:6: error: unknown name `lives_in_twon` [unknown-name]\n"
        "  17 |   is lives_in_twon\n"
        "     |      ^^^^^^^^^^^^^\n"
        "  next: did you mean `lives_in_town`?\n"
        "\n"
        "1 mistake in 5 policy files; 1 of 4 examples run\n"
    )


def test_an_example_that_fails_says_what_was_wanted_and_what_came(folder: Path) -> None:
    change(folder / FEES, "price is 4.25", "price is 4.50")
    done = policy("check", folder)
    assert done.status == 1
    assert "pool/fees/2020-01-01.policy:58:5: error: `price` should be `4.50`, but is $4.25 [example-fails]" in done.err
    assert done.err.endswith("\n1 mistake in 5 policy files\n")


def test_mistakes_are_told_to_programs_too(folder: Path) -> None:
    assert json.loads(policy("check", folder, "--format", "json").out) == {
        "mistakes": [],
        "files": 5,
        "examples": 4,
        "examples_run": 4,
    }
    change(folder / FEES, "is lives_in_town", "is lives_in_twon")
    done = policy("check", folder, "-f", "json")
    assert (done.status, done.err) == (1, "")
    document = json.loads(done.out)
    assert (document["files"], document["examples"], document["examples_run"]) == (5, 4, 1)
    (mistake,) = document["mistakes"]
    assert (mistake["code"], mistake["file"]) == ("unknown-name", "pool/fees/2020-01-01.policy")
    assert (mistake["line"], mistake["column"]) == (17, 6)


def test_a_single_file_is_checked_with_its_folder_and_alone_told_of(folder: Path) -> None:
    change(folder / "visitor.policy", 'en "Stroke" fr "Nage"\n  value', 'en "Stroke"\n  value')
    done = policy("check", folder / FEES)
    assert (done.status, done.out) == (0, "1 policy file, 2 examples: nothing wrong\n")
    done = policy("check", folder / "visitor.policy")
    assert done.status == 1
    assert done.err.endswith("\n1 mistake in 1 policy file\n")


def test_a_single_file_is_found_from_inside_its_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "fees")
    assert policy("check", "2022-07-01.policy").out == "1 policy file, 1 example: nothing wrong\n"
    assert policy("check", ".").out == "2 policy files, 3 examples: nothing wrong\n"
    assert policy("check", "../visitor.policy").out == "1 policy file, 0 examples: nothing wrong\n"


def test_the_folder_of_one_policy_is_checked_with_the_others(folder: Path) -> None:
    assert policy("check", folder / "fees").out == "2 policy files, 3 examples: nothing wrong\n"


def test_several_paths_are_checked_each_once(folder: Path) -> None:
    other = copy_of_pool(Path("other_place"))
    assert policy("check", folder, other).out == "10 policy files, 8 examples: nothing wrong\n"
    assert policy("check", folder, folder / FEES, folder).out == "5 policy files, 4 examples: nothing wrong\n"
    assert policy("check", folder / FEES, folder).out == "5 policy files, 4 examples: nothing wrong\n"
    files = (folder / FEES, folder / FEES, folder / "visitor.policy")
    assert policy("check", *files).out == "2 policy files, 2 examples: nothing wrong\n"


def test_a_file_outside_any_folder_is_checked_by_itself(tmp_path: Path) -> None:
    deep = tmp_path / "home/projects/garden"
    deep.mkdir(parents=True)
    (deep / "broken.policy").write_text("no policy at all\n", encoding="utf-8")  # too deep to belong to the file above
    file = tmp_path / "home/notes.policy"
    file.write_text('policy notes\n  en "Notes" fr "Notes"\n', encoding="utf-8")
    assert policy("check", file).out == "1 policy file, 0 examples: nothing wrong\n"
    file.write_text('policy notes\n  en "Notes"\n  uses visitor\n', encoding="utf-8")
    done = policy("check", file)
    assert done.status == 1
    assert ["[missing-label]" in done.err, "[bad-use]" in done.err] == [True, True]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\0", "not-text"),
        (b"\xff\xfe", "not-text"),
        (b"hello\n", "syntax"),
        (b"policy\n", "syntax"),
        (b"", "empty-file"),
        (b"# nothing yet\n", "empty-file"),
    ],
)
def test_no_content_of_a_policy_file_is_more_than_a_mistake(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "odd.policy").write_bytes(content)
    for path in (tmp_path, tmp_path / "odd.policy"):
        done = policy("check", path)
        assert (done.status, done.out) == (1, "")
        assert f"[{code}]" in done.err


def test_a_file_of_another_name_is_read_as_policy_text_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text("hello\n", encoding="utf-8")
    assert "[syntax]" in policy("check", tmp_path / "odd.txt").err
    done = policy("check", tmp_path)
    assert done.status == 2
    assert "[no-policies]" in done.err


def test_a_path_must_be_there(folder: Path) -> None:
    done = policy("check", folder, "nowhere", "neither")
    assert (done.status, done.out) == (2, "")
    assert ["`nowhere`" in done.err, "`neither`" in done.err] == [True, True]
    done = policy("check", "nowhere", "-f", "json")
    assert done.status == 2
    assert [mistake["code"] for mistake in json.loads(done.out)["mistakes"]] == ["no-such-path"]


# ------------------------------------------------------------------ consolidate


def test_a_text_in_force_is_printed() -> None:
    done = policy("consolidate", "fees@2021-05-05", "-p", POOL)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("# fees as in force on 2021-05-05\n# text of 2020-01-01: BYLAW 2\npolicy fees\n")
    assert done.out.endswith("\n")
    assert not done.out.endswith("\n\n")


def test_a_text_is_had_as_json() -> None:
    text = policy("consolidate", "fees@2023-01-01", "-p", POOL).out
    done = policy("consolidate", "fees@2023-01-01", "-p", POOL, "--format", "json")
    assert json.loads(done.out) == {"policy": "fees", "effective": "2022-07-01", "text": text}
    assert json.loads(policy("consolidate", "rules", "-p", POOL, "-f", "json").out)["effective"] is None


def test_an_undated_text_needs_no_day() -> None:
    text = policy("consolidate", "rules", "-p", POOL)
    assert text.status == 0
    assert policy("consolidate", "rules@2022-01-01", "-p", POOL) == text


@pytest.mark.parametrize(
    ("wanted", "code", "said"),
    [
        ("fee@2022-01-01", "no-such-policy", "did you mean `fees`?"),
        ("zoo", "no-such-policy", "choose one of fees, lessons, rules, visitor"),
        ("", "no-such-policy", "choose one of"),
        ("fees", "no-day", "write `fees@2022-07-01` for its latest text"),
        ("fees@", "no-day", "write `fees@2022-07-01` for its latest text"),
        ("fees@soon", "bad-day", "`soon` is not a day of the calendar"),
        ("fees@2022-02-31", "bad-day", "`2022-02-31` is not a day of the calendar"),
        ("lessons@2021-02-28", "before-first-day", "the first text here is of 2021-03-01"),
    ],
)
def test_a_text_that_is_not_there_is_a_wrong_question(wanted: str, code: str, said: str) -> None:
    done = policy("consolidate", wanted, "-p", POOL)
    assert (done.status, done.out) == (2, "")
    assert f"[{code}]" in done.err
    assert said in done.err
    done = policy("consolidate", wanted, "-p", POOL, "-f", "json")
    assert (done.status, done.err) == (2, "")
    assert [mistake["code"] for mistake in json.loads(done.out)["mistakes"]] == [code]


def test_a_text_is_printed_although_a_rule_in_it_is_wrong(folder: Path) -> None:
    change(folder / FEES, "is lives_in_town", "is lives_in_twon")
    assert policy("consolidate", "fees@2021-01-01", "-p", folder).status == 0
    change(folder / FEES, "is lives_in_twon", "is >")
    assert policy("consolidate", "fees@2021-01-01", "-p", folder).status == 1


# ------------------------------------------------------------------ schema


@pytest.mark.parametrize(
    "words", [(), ("-l", "fr"), ("--on", "2021-01-01"), ("--on", "2022-07-01", "--language", "fr")]
)
def test_the_schema_is_json_schema(words: tuple[str, ...]) -> None:
    for policies in ((), ("-p", POOL)):
        done = policy("schema", *words, *policies)
        assert (done.status, done.err) == (0, "")
        schema = json.loads(done.out)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        jsonschema.Draft202012Validator.check_schema(schema)
        assert jsonschema.Draft202012Validator(schema).is_valid({})
        assert schema["title"] == ("Profil" if "fr" in words else "Profile")


def test_the_schema_of_every_day_takes_the_same_profiles() -> None:
    def keys(*words: str) -> list[set[str]]:
        properties = json.loads(policy("schema", "-p", POOL, *words).out)["properties"]
        return [set(properties), set(properties["answers"]["properties"])]

    assert keys() == keys("--on", "2020-01-01")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--on", "soon"), 2),
        (("--on", "2019-01-01"), 2),
        (("--language", "de"), 2),
        (("--policies", "nowhere"), 2),
    ],
)
def test_a_wrong_question_for_a_schema_ends_with_2(words: tuple[str, ...], status: int) -> None:
    done = policy("schema", *(words if "--policies" in words else (*words, "-p", POOL)))
    assert (done.status, done.out) == (status, "")
    assert "rror: " in done.err


def test_the_schema_of_broken_policies_is_refused(folder: Path) -> None:
    change(folder / FEES, "is lives_in_town", "is lives_in_twon")
    assert policy("schema", "-p", folder).status == 1
