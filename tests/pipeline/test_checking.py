"""Checking a folder: every mistake once and at its place, and every example whose rules are sound."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pytest
from pool_policies import POOL, change, copy_of_pool

from policy.diagnostics import Diagnostic
from policy.pipeline.checking import Findings, check_library
from policy.pipeline.opening import open_library
from policy.text import shown

FIRST: Final = "fees/2020-01-01.policy"
SECOND: Final = "fees/2022-07-01.policy"
LESSONS: Final = "lessons/2021-03-01.policy"
VISITOR: Final = "visitor.policy"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_pool(tmp_path)


def checked(folder: Path, files: Iterable[str] | None = None) -> Findings:
    return check_library(open_library(folder), None if files is None else [shown(folder / file) for file in files])


def told(folder: Path, files: Iterable[str] | None = None) -> list[str]:
    """Each mistake as `file:line: message [code]`."""
    return [line(mistake) for mistake in checked(folder, files).mistakes]


def line(mistake: Diagnostic) -> str:
    assert mistake.span is not None
    path = Path(mistake.span.source.name)
    name = path.name if path.parent.name == "pool" else f"{path.parent.name}/{path.name}"
    return f"{name}:{mistake.span.position.line}: {mistake.message} [{mistake.code.name}]"


def example(*given: str, expect: str = "resident is unknown", on: str = "2020-06-01", law: str = "") -> str:
    """The text of an example."""
    facts = "\n".join(f"    - {fact}" for fact in given)
    return f'\nexample "Tried"\n  on {on}{law}\n  given\n{facts}\n  expect\n    - {expect}\n'


def add(folder: Path, file: str, text: str) -> int:
    """Write more text at the end of a file; the number of its first line that is not blank."""
    before = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(before + text, encoding="utf-8")
    return before.count("\n") + 2


# ------------------------------------------------------------------ what is counted


def test_a_sound_folder_has_no_mistakes_and_runs_all_examples() -> None:
    assert checked(POOL) == Findings((), files=5, examples=4, examples_run=4)
    assert checked(POOL).sound


def test_of_a_folder_that_cannot_be_read_that_is_all_there_is_to_tell(tmp_path: Path) -> None:
    for folder, code in ((tmp_path, "no-policies"), (tmp_path / "nowhere", "unreadable")):
        findings = checked(folder)
        assert [mistake.code.name for mistake in findings.mistakes] == [code]
        assert (findings.files, findings.examples, findings.sound) == (0, 0, False)


def test_only_what_touches_the_chosen_files_is_told_and_run(folder: Path) -> None:
    change(folder / LESSONS, "cap: 10 hours", "cap: 10")
    change(folder / FIRST, "price is 4.25", "price is 4.50")
    assert told(folder, [FIRST]) == [
        "fees/2020-01-01.policy:58: `price` should be `4.50`, but is $4.25 [example-fails]"
    ]
    assert told(folder, [VISITOR]) == []
    findings = checked(folder, [FIRST])
    assert (findings.files, findings.examples, findings.examples_run) == (1, 2, 2)


def test_mistakes_come_by_place_and_each_once_however_many_days_have_it(folder: Path) -> None:
    change(folder / FIRST, 'en "Age" fr "Âge"', 'en "Age"')
    change(folder / FIRST, "is lives_in_town", "is lives_in_twon")
    change(folder / VISITOR, 'en "Stroke" fr "Nage"\n  value', 'en "Stroke"\n  value')
    assert told(folder) == [
        "fees/2020-01-01.policy:9: `age` has no French text [missing-label]",
        "fees/2020-01-01.policy:17: unknown name `lives_in_twon` [unknown-name]",
        "visitor.policy:11: `stroke` has no French text [missing-label]",
    ]


def test_a_mistake_that_comes_with_a_later_file_says_so(folder: Path) -> None:
    law = 'policy roads\n  en "Roads" fr "Routes"\n  effective 2021-01-01\n  cites BYLAW 9\n  uses tolls\n'
    rule = '\ndefine dear : integer\n  en "Dear" fr "Cher"\n  is toll + 1\n'
    toll = '\ndefine toll : integer\n  en "Toll" fr "Péage"\n  is 3\n'
    for name, text in (
        ("roads/2021-01-01", law + rule),
        (
            "tolls/2020-01-01",
            law.replace("roads", "tolls").replace("2021", "2020").replace("  uses tolls\n", "") + toll,
        ),
        (
            "tolls/2023-01-01",
            (
                "policy tolls\n  effective 2023-01-01\n  amends 2020-01-01\n  cites BYLAW 10\n\n"
                "replace define toll(n: integer) : integer\n  is n\n"
            ),
        ),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.policy").write_text(text, encoding="utf-8")
    (found,) = checked(folder).mistakes
    assert found.message == "`toll` needs n"
    (note,) = found.notes
    assert note.message == "this is so from 2023-01-01 on, when this takes effect"
    assert note.span is not None
    assert note.span.source.name.endswith("tolls/2023-01-01.policy")


# ------------------------------------------------------------------ what only follows from another mistake


def test_a_declaration_that_cannot_be_read_is_missed_by_nobody(folder: Path) -> None:
    change(folder / VISITOR, "input birth_date : date", "input birth_date = date")
    (found,) = told(folder)
    assert found.startswith("visitor.policy:28: ")
    assert found.endswith("[syntax]")


def test_a_file_whose_head_cannot_be_read_is_missed_by_nobody(folder: Path) -> None:
    change(folder / FIRST, "policy fees\n", "policy 12\n")
    (found,) = told(folder)
    assert found.startswith("fees/2020-01-01.policy:3: ")
    assert found.endswith("[syntax]")


def test_what_has_nothing_to_do_with_it_is_still_told(folder: Path) -> None:
    change(folder / VISITOR, "input birth_date : date", "input birth_date = date")
    change(folder / FIRST, "is lives_in_town", "is lives_in_twon")
    assert [found.rpartition(" ")[2] for found in told(folder)] == ["[unknown-name]", "[syntax]"]


# ------------------------------------------------------------------ examples run where the rest is sound

Break: Final[dict[str, Callable[[Path], None]]] = {
    "nothing": lambda folder: None,
    "the later fees": lambda folder: change(folder / SECOND, "- age < 20 years", "- age < 20 hours"),
    "the later fees, unreadable": lambda folder: change(folder / SECOND, "- age < 20 years", "- age < < 20 years"),
    "lessons": lambda folder: change(folder / LESSONS, "cap: 10 hours", "cap: 10 days"),
    "lessons, unreadable": lambda folder: change(folder / LESSONS, "cap: 10 hours", "cap: ?"),
    "visitors": lambda folder: change(folder / VISITOR, "hours_per_week > 0 hours", "hours_per_week > no"),
    "visitors, unreadable": lambda folder: change(folder / VISITOR, "hours_per_week > 0 hours", "hours_per_week > >"),
    "sources": lambda folder: change(folder / "rules.policy", "source BYLAW", "source STATUTE"),
}


@pytest.mark.parametrize(
    ("broken", "run"),
    [
        ("nothing", 4),
        ("the later fees", 3),
        ("the later fees, unreadable", 3),
        ("lessons", 2),  # the later fees use lessons
        ("lessons, unreadable", 2),
        ("visitors", 0),
        ("visitors, unreadable", 0),
        ("sources", 0),
    ],
)
def test_an_example_runs_when_what_it_needs_is_sound(folder: Path, broken: str, run: int) -> None:
    Break[broken](folder)
    findings = checked(folder)
    assert (findings.examples, findings.examples_run) == (4, run)
    assert findings.sound is (broken == "nothing")


def test_a_failing_example_is_told_beside_what_is_wrong_elsewhere(folder: Path) -> None:
    Break["lessons"](folder)
    change(folder / FIRST, "price is 4.25", "price is 4.50")
    assert [found.rpartition(" ")[2] for found in told(folder)] == ["[example-fails]", "[unit-mismatch]"]


def test_an_example_is_run_under_the_law_of_its_own_day(folder: Path) -> None:
    add(folder, SECOND, example("birth_date is 2002-01-01", "answers is {}", expect="reduced is unknown"))
    assert told(folder) == []
    later = example("birth_date is 2002-08-01", expect="reduced is met", on="2022-07-02")
    add(folder, FIRST, later)
    assert told(folder) == []


def test_an_example_may_name_the_law_of_another_day(folder: Path) -> None:
    given = ("like townsman", "birth_date is 2002-08-01", "hardship is no")
    law = " under the law of 2022-07-01"
    add(folder, FIRST, example(*given, expect="reduced is met", on="2022-06-30", law=law))
    add(folder, FIRST, example(*given, expect="reduced is not met", on="2022-06-30"))
    assert told(folder) == []


# ------------------------------------------------------------------ what examples expect


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ("resident is met", None),
        ("resident is yes", None),
        ("resident is not met", "`resident` should be not met, but is met"),
        ("resident is unknown", "`resident` should be unknown, but is met"),
        ("resident is 5", "`resident` should be `5`, but is met"),
        ("fees.resident is met", None),
        ("price is 4.25", None),
        ("price is $4.25", None),
        ("price is 4.2", None),
        ("price is 4", None),
        ("price is 4.250", None),
        ("price is 4.3", "`price` should be `4.3`, but is $4.25"),
        ("price is met", "`price` should be met, but is $4.25"),
        ("price is four", "`price` should be `four`, but is $4.25"),
        ("price is 4/0", "`price` should be `4/0`, but is $4.25"),
        ("price is not applicable", "`price` should be not applicable, but is $4.25"),
        ("price is 4.25 hours", "`price` is `dollars`, not an amount in `hours`"),
        ("age is 40 years", None),
        ("age is 40 year", None),
        ("age is 40", None),
        ("age is 41 years", "`age` should be `41 years`, but is 40\N{NO-BREAK SPACE}years"),
        ("age is 40 months", "`age` is `years`, not an amount in `months`"),
        ("hardship is met", "`hardship` should be met, but is unknown"),
        ("reduced is unknown", None),
        ("redused is met", "there is no outcome `redused`"),
        ("fees.redused is met", "there is no outcome `fees.redused`"),
        ("fee is 4.25", "`fees.fee` takes age, resident, so it cannot be asked for by itself"),
        ("lessons.swimmer is not met", "`lessons.swimmer` is not in force before 2021-03-01 (asked for 2020-06-01)"),
    ],
)
def test_an_outcome_is_compared_with_what_is_expected(folder: Path, expected: str, message: str | None) -> None:
    first = add(folder, FIRST, example("like townsman", expect=expected))
    found = checked(folder).mistakes
    assert [mistake.message for mistake in found] == ([] if message is None else [message])
    assert [mistake.span.position.line for mistake in found if mistake.span] == [first + 5 for _ in found]


def test_nothing_is_expected_of_what_is_repealed(folder: Path) -> None:
    add(folder, SECOND, example("like townsman", expect="family is not met", on="2022-07-01"))
    (found,) = checked(folder).mistakes
    assert found.message == "`fees.family` has not been in force since 2022-07-01 (asked for 2022-07-01)"


def test_amounts_below_zero_are_dropped_towards_zero_too(folder: Path) -> None:
    text = '\ndefine third : number\n  en "A third" fr "Un tiers"\n  is 0 - 1 / 3\n'
    add(folder, FIRST, text + example("like townsman", expect="third is -0.33"))
    assert told(folder) == []
    add(folder, FIRST, example("like townsman", expect="third is -0.34"))
    assert [found.rpartition(": ")[2] for found in told(folder)] == [
        "`third` should be `-0.34`, but is -0.33 [example-fails]"
    ]


# ------------------------------------------------------------------ what examples are given

COURSE: Final = "courses is [{like: crawl_course, stroke: crawl}]"


@pytest.mark.parametrize(
    ("given", "message", "place"),
    [
        ("birth_dat is 1980-05-01", "unknown key `birth_dat` in the profile", "birth_dat"),
        ("lives_in_town is maybe", "`maybe` is not yes or no", "maybe"),
        ("courses is [{stroke: butterfly}]", "`butterfly` is not a value of `stroke`", "butterfly"),
        ("fees.hardshp is yes", "unknown key `fees.hardshp` in the profile", "fees.hardshp"),
        ("hardship is perhaps", "`perhaps` is not yes or no", "perhaps"),
        ("like townsmen", "there is no sample `townsmen`", "townsmen"),
        ("like crawl_course", "the sample `crawl_course` is of `course`, not of `profile`", "crawl_course"),
        ("courses is [{like: crowl_course}]", "there is no sample `crowl_course`", "crowl_course"),
        ("courses is [{stroke: crawl, stroke: crawl}]", "`stroke` is given twice", "stroke"),
        (COURSE, None, ""),
    ],
)
def test_a_wrong_fact_is_told_at_its_place(folder: Path, given: str, message: str | None, place: str) -> None:
    first = add(folder, FIRST, example(given))
    found = checked(folder).mistakes
    assert [mistake.message for mistake in found] == ([] if message is None else [message])
    for mistake in found:
        assert mistake.span is not None
        assert (mistake.span.position.line, mistake.span.text) == (first + 3, place)


def test_a_fact_given_twice_is_a_mistake(folder: Path) -> None:
    first = add(folder, FIRST, example("lives_in_town is yes", "lives_in_town is no"))
    (found,) = checked(folder).mistakes
    assert found.message == "`lives_in_town` is given twice"
    assert [span.position.line for span in (found.span, found.notes[0].span) if span] == [first + 4, first + 3]


def test_a_wrong_fact_in_a_sample_is_told_in_the_sample_with_the_example_that_uses_it(folder: Path) -> None:
    change(folder / VISITOR, "{stroke: crawl, start: 2021-01-04", "{stroke: crawl, start: 2021-02-30")
    users = {SECOND: ("A swimmer from elsewhere", 20), LESSONS: ("A course of crawl", 15)}
    assert len(checked(folder).mistakes) == 1
    for file, (name, number) in users.items():
        (found,) = checked(folder, [file]).mistakes
        assert line(found) == "visitor.policy:41: `2021-02-30` is not a date: February 2021 has 28 days [not-a-date]"
        assert found.path == "courses[0].start"
        (note,) = found.notes
        assert note.message == f"the example “{name}” uses this"
        assert note.span is not None
        assert note.span.position.line == number


def test_a_sample_that_is_like_itself_is_a_mistake(folder: Path) -> None:
    samples = "\nsample a : course is {like: b}\n\nsample b : course is {like: a, stroke: crawl}\n"
    add(folder, FIRST, samples + example("courses is [{like: a}]"))
    assert [found.rpartition(": ")[2] for found in told(folder)] == ["the sample `a` is like itself [example-facts]"]


def test_what_is_given_stands_over_the_samples_wherever_they_are_named(folder: Path) -> None:
    for record in ("{like: crawl_course, passed: no}", "{passed: no, like: crawl_course}"):
        add(folder, LESSONS, example(f"courses is [{record}]", expect="swimmer is not met", on="2021-06-01"))
    assert told(folder) == []
    add(folder, FIRST, example("lives_in_town is no", "like townsman", expect="resident is not met"))
    assert told(folder) == []


def test_a_later_sample_stands_over_an_earlier_one(folder: Path) -> None:
    add(folder, VISITOR, "\nsample stranger : profile is {lives_in_town: no}\n")
    add(folder, FIRST, example("like townsman", "like stranger", expect="resident is not met"))
    add(folder, FIRST, example("like stranger", "like townsman", expect="resident is met"))
    assert told(folder) == []


def test_an_open_question_is_answered_by_its_name(folder: Path) -> None:
    add(folder, FIRST, example("like townsman", "hardship is yes", expect="reduced is met"))
    add(folder, FIRST, example("like townsman", "fees.hardship is yes", expect="reduced is met"))
    assert told(folder) == []


JUDGED: Final = """
open question steady(c: course) : yes_no
  en "Did the person come each time?" fr "La personne est-elle venue chaque fois?"

decision steady_swimmer
  en "Steady" fr "Assidu"
  is all of (steady(c) for each c in courses)
"""
TWO: Final = ("courses is [{like: crawl_course}, {like: crawl_course}]",)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), "unknown"),
        (("courses[0].steady is yes",), "unknown"),
        (("courses[0].steady is yes", "courses[1].lessons.steady is yes"), "met"),
        (("courses[1].steady is no",), "not met"),
    ],
)
def test_a_question_about_a_record_is_answered_behind_its_place(
    folder: Path, answers: tuple[str, ...], expected: str
) -> None:
    add(folder, LESSONS, JUDGED)
    add(folder, LESSONS, example(*TWO, *answers, expect=f"steady_swimmer is {expected}", on="2021-06-01"))
    assert told(folder) == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("steady is yes", "`steady` is asked about each record"),
        ("courses[2].steady is yes", 'answers.lessons.steady["courses[2]"]: the profile holds no record `courses[2]`'),
        ("courses[0].stedy is yes", "`stedy` is no open question about a record"),
        ("courses[0].passed is no", "`passed` is no open question about a record"),
        ("courses[0].steady is perhaps", "`perhaps` is not yes or no"),
        ("courses[0].hardship is yes", "`hardship` is no open question about a record"),
        ("courses[0].fees.hardship is yes", "`hardship` is asked once, and not about a record"),
    ],
)
def test_an_answer_about_nothing_is_a_mistake_where_it_is_written(folder: Path, given: str, message: str) -> None:
    add(folder, LESSONS, JUDGED)
    at = add(folder, LESSONS, example(*TWO, given, expect="swimmer is met", on="2021-06-01"))
    (said,) = told(folder)
    assert message.removeprefix('answers.lessons.steady["courses[2]"]: ') in said
    assert said.startswith(f"lessons/2021-03-01.policy:{at + 4}:")


def test_an_example_from_before_the_first_text_is_a_mistake(folder: Path) -> None:
    add(folder, FIRST, example("like townsman", on="2019-06-01"))
    add(folder, LESSONS, example("like townsman", on="2020-06-01"))
    add(folder, VISITOR, example("like townsman", on="2019-06-01"))
    assert [found.rpartition(": ")[2] for found in told(folder)] == [
        f"this policy is not in force on {day} [before-first-day]" for day in ("2019-06-01", "2020-06-01", "2019-06-01")
    ]


def test_an_example_on_a_day_that_is_none_is_told_of_once(folder: Path) -> None:
    add(folder, FIRST, example("like townsman", on="2022-02-30"))
    assert [found.rpartition(" ")[2] for found in told(folder)] == ["[bad-date]"]


def test_a_check_tells_how_far_it_is() -> None:
    heard: list[tuple[int, int]] = []
    found = check_library(open_library(POOL), told=lambda done, of: heard.append((done, of)))
    steps = len(open_library(POOL).epochs) + found.examples
    assert heard == [(done, steps) for done in range(1, steps + 1)]


def test_a_version_that_cannot_be_read_is_one_mistake(folder: Path) -> None:
    (folder / "fees/2024-01-01.policy").write_text(
        "policy fees\n  effective 2024-01-01\n  amends 2022-07-01\n  cites BYLAW 7\n\n"
        "replace requirement strict\n  is discount > 3\n\nrepeal lenient\n",
        encoding="utf-8",
    )
    (folder / SECOND).write_bytes(b"policy fees \xff")
    assert told(folder) == ["fees/2022-07-01.policy:1: the file is not UTF-8 text (byte 12) [not-text]"]
