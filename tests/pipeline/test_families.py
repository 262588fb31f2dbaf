"""A rule over an enum has an outcome for each word, asked for like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

import policy
from policy.explain.report import State
from policy.pipeline.checking import check_library
from small_policies import load, rules

POLICY: Final = """
enum kind
  value book
  value film
  value game
input owned : list of kind
input which : kind
input hours : integer
decision member(k: kind) is k in owned applies when k is not game
points worth(k: kind) : up to 8 points is (when member(k) then hours * 1 point otherwise 1 point)
requirement asked is member(which)
define plain(k: kind) : yes_no is k in owned
requirement several(k: kind, n: integer) is k in owned and hours > n
requirement of_hours(n: integer) is hours > n
points best is greatest of (worth(k) for each k in kind)
"""
FACTS: Final[dict[str, Any]] = {"owned": ["book"], "which": "book", "hours": 5}


def answer(folder: Path, facts: dict[str, Any], **assume: Any) -> policy.explain.Answer:
    return rules(folder, POLICY).evaluate(facts, assume=assume.get("assume"))


def test_there_is_an_outcome_for_each_word(tmp_path: Path) -> None:
    found = answer(tmp_path, FACTS)
    assert {name: found[name].value for name in found if name.count(".") == 2} == {
        "club.member.book": True,
        "club.member.film": False,
        "club.member.game": policy.NOT_APPLICABLE,
        "club.worth.book": 5,
        "club.worth.film": 1,
        "club.worth.game": found["club.worth.game"].value,
    }
    assert found["club.asked"].value is True
    assert found.decisions() == ("club.member.book", "club.member.film", "club.member.game")


@pytest.mark.parametrize("name", ["plain.book", "several.book", "of_hours.1"])
def test_only_decisions_requirements_and_points_over_one_enum_are_families(name: str, tmp_path: Path) -> None:
    with pytest.raises(policy.Mistakes):
        answer(tmp_path, FACTS)[f"club.{name}"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("club.member", "takes k, so it cannot be asked for by itself"),
        ("club.member.map", "there is no outcome `club.member.map`"),
        ("club.member.boo", "did you mean `club.member.book`"),
        ("club.several", "takes k, n, so it cannot be asked for by itself"),
    ],
)
def test_what_is_no_outcome_of_a_family_is_told(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(policy.Mistakes, match=message):
        answer(tmp_path, FACTS)[name]


def test_the_label_says_the_word_in_both_languages(tmp_path: Path) -> None:
    text = POLICY.replace("value book", 'value book en "Book" fr "Livre"')
    labelled = text.replace("decision member(k: kind)", 'decision member(k: kind) en "Member" fr "Membre"')
    for language, label in (("en", "Member: Book"), ("fr", "Membre\u00a0: Livre")):
        of = rules(tmp_path, labelled).evaluate(FACTS)
        step = of.tree("club.member.book", language)
        assert (step.title, step.name, step.state) == (label, "club.member.book", State.MET)
        assert of["club.member.book"].label.get(language) == label


def test_a_word_is_assumed_wherever_the_family_is_called(tmp_path: Path) -> None:
    assumed = {"club.member.film": True}
    found = answer(tmp_path, {**FACTS, "which": "film"}, assume=assumed)
    assert (found["club.asked"].value, found["club.worth.film"].value) == (True, 5)
    assert found["club.asked"].assumed == ("club.member.film",)
    unknown = answer(tmp_path, {"owned": ["book"], "hours": 5}, assume={"club.member.game": True})
    assert unknown["club.asked"].value is policy.UNKNOWN
    with pytest.raises(policy.Mistakes, match="takes k, so it cannot be assumed"):
        answer(tmp_path, FACTS, assume={"club.member": True})


EXAMPLE: Final = """
example "words"
  on 2024-07-01
  given
    - owned is [book]
    - hours is 5
  expect
    - member.book is met
    - club.member.film is not met
    - member.game is not applicable
    - worth.book is 5 points
"""


def test_examples_expect_words(tmp_path: Path) -> None:
    assert check_library(load(tmp_path, POLICY + EXAMPLE)).mistakes == ()
    wrong = EXAMPLE.replace("member.book is met", "member.boo is met").replace("member.game", "member")
    found = check_library(load(tmp_path, POLICY + wrong)).mistakes
    assert [mistake.code.name for mistake in found] == ["unknown-outcome", "unknown-outcome"]
    assert "club.member" in found[1].message
