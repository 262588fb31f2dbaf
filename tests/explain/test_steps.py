"""Explanations of a small policy, as a reader sees them: profile, then answer, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from syrupy.assertion import SnapshotAssertion

import policy
from policy.explain.report import State, Step
from policy.explain.text import as_text

FOLDER: Final = Path(__file__).parent / "volunteers"
RULES: Final = policy.load(FOLDER).on("2024-07-01")

NORTH: Final = {"branch": "north", "hours_per_week": 4, "paid": False, "praised": True}
HELPER: Final[dict[str, Any]] = {
    "born_on": "2000-02-29",
    "marks": {"sorting": 7, "telling": 5},
    "leaves": [{"start": "2024-01-01", "end": "2024-01-14"}],
    "shifts": [
        {**NORTH, "start": "2023-01-01", "end": "2024-03-31"},
        {**NORTH, "branch": "south", "start": "2024-04-01", "end": None},
        {**NORTH, "hours_per_week": 9, "start": "2024-03-01", "end": "2024-03-31"},
        {**NORTH, "paid": True, "start": "2020-01-01", "end": "2020-12-31"},
    ],
    "answers": {"volunteers.character_ok": True},
}

PROFILES: Final[dict[str, dict[str, Any]]] = {
    "a helper who is accepted": HELPER,
    "too few hours and too few points": {
        **HELPER,
        "born_on": "2010-01-01",
        "marks": {"sorting": 6, "telling": 0},
        "shifts": [{**NORTH, "start": "2024-05-01", "end": "2024-06-30"}],
    },
    "facts are missing": {
        "marks": {"sorting": 9},
        "leaves": [],
        "shifts": [
            {**NORTH, "start": "2024-01-01", "end": "2024-03-31"},
            {"branch": "north", "hours_per_week": 10, "start": "2023-08-01", "end": "2023-12-31"},
        ],
    },
    "nothing is known": {},
    "everything is empty": {**HELPER, "shifts": [], "leaves": []},
}


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_explanation_reads_well(name: str, language: str, snapshot: SnapshotAssertion) -> None:
    assert as_text(RULES.evaluate(PROFILES[name]).report(language=language)) == snapshot


def all_steps(step: Step) -> list[Step]:
    return [step, *(inner for child in step.children for inner in all_steps(child))]


def find(name: str, step: Step) -> Step:
    return next(found for found in all_steps(step) if found.name == name)


def test_a_figure_stands_against_its_threshold_with_the_margin() -> None:
    tree = RULES.evaluate(PROFILES["too few hours and too few points"]).tree("volunteers.accepted")
    hours = find("volunteers.enough_hours", tree)
    assert hours.state is State.NOT_MET
    assert hours.details[0] == "34.85 of 100\u00a0hours, 65.15 short"
    assert find("volunteers.enough_points", tree).details[0] == "4 of 8\u00a0points, 4 short"


def test_each_member_of_a_list_says_whether_it_counts_and_why_not() -> None:
    tree = RULES.evaluate(HELPER).tree("volunteers.enough_hours")
    members = [step for step in find("volunteers.counted", tree).children if step.title.startswith("Shift")]
    assert [step.state for step in members] == [
        State.COUNTED,
        State.NOT_COUNTED,
        State.COUNTED,
        State.NOT_COUNTED,
    ]
    assert members[1].details == ("Branch: South; must be North",)
    assert members[3].details == ("Paid: yes",)


def test_what_is_explained_once_is_not_explained_again() -> None:
    tree = RULES.evaluate(HELPER).tree("volunteers.accepted")
    explained = [step.name for step in all_steps(tree) if step.name == "volunteers.age_points" and step.details]
    assert len(explained) == 1


def test_missing_facts_are_named_with_their_questions() -> None:
    report = RULES.evaluate(PROFILES["facts are missing"]).report()
    paths = {missing.path for missing in report.missing}
    assert {"shifts[1].paid", "born_on", "marks.telling"} <= paths
    assert "shifts" not in paths
    assert {missing.question for missing in report.missing} >= {"Were you paid?", "When were you born?"}


def test_the_two_languages_say_the_same() -> None:
    def shape(step: Step) -> tuple[object, ...]:
        return (step.state, step.name, len(step.details), len(step.cites), tuple(shape(c) for c in step.children))

    for facts in PROFILES.values():
        answer = RULES.evaluate(facts)
        assert shape(answer.tree("volunteers.accepted", "en")) == shape(answer.tree("volunteers.accepted", "fr"))


def test_a_language_without_explanations_is_refused() -> None:
    answer = RULES.evaluate({})
    with pytest.raises(policy.Mistakes, match="nothing is written in the language `de`"):
        answer.explain(language="de")


def test_what_an_unknown_amount_can_still_be_is_given_in_order() -> None:
    answer = RULES.evaluate(PROFILES["facts are missing"])
    assert answer["volunteers.total"].bounds == (4, 12)
    assert answer["volunteers.accepted"].bounds == (False, True)
