"""`sum of the 2 greatest` says which members add to the sum."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from policy.explain.report import State, Step
from small_policies import rules

SHELVES: Final = """
enum kind
  value book
  value film
  value game
record shelf
  field metres : optional integer
input shelves : list of shelf
input loans : integer by kind
define longest : integer is sum of the 2 greatest (s.metres for each s in shelves)
define shortest : integer is sum of the 1 least (s.metres for each s in shelves)
define most_lent : integer is sum of the 2 greatest (loans(k) for each k in kind)
define written_out : integer is sum of the 1 greatest (loans(book), loans(film))
"""
FACTS: Final[dict[str, Any]] = {
    "shelves": [{"metres": 4}, {"metres": 9}, {"metres": 4}],
    "loans": {"book": 7, "film": 3, "game": 5},
}


def members(name: str, folder: Path, facts: dict[str, Any], language: str = "en") -> tuple[Step, ...]:
    return rules(folder, SHELVES).evaluate(facts).tree(f"club.{name}", language).children


@pytest.mark.parametrize(
    ("name", "beyond"), [("longest", [2]), ("shortest", [1, 2]), ("most_lent", [1]), ("written_out", [1])]
)
def test_what_is_not_among_the_best_does_not_count(name: str, beyond: list[int], tmp_path: Path) -> None:
    found = members(name, tmp_path, FACTS)
    assert [i for i, step in enumerate(found) if step.state is State.NOT_COUNTED] == beyond


@pytest.mark.parametrize(
    ("language", "reasons"),
    [
        ("en", ("not among the 2 greatest", "not the least")),
        ("fr", ("pas parmi les 2 plus élevés", "n’est pas le moins élevé")),
    ],
)
def test_the_reason_is_told(language: str, reasons: tuple[str, str], tmp_path: Path) -> None:
    several, alone = (members(name, tmp_path, FACTS, language)[2] for name in ("longest", "shortest"))
    assert (several.details[0], alone.details[0]) == reasons


def test_members_walked_over_an_enum_are_called_by_its_words(tmp_path: Path) -> None:
    assert [step.title for step in members("most_lent", tmp_path, FACTS)] == ["label"] * 3
    assert "label, label" in [step.title for step in members("written_out", tmp_path, FACTS)]


def test_nothing_is_said_to_count_while_a_member_is_unknown(tmp_path: Path) -> None:
    found = members("longest", tmp_path, {"shelves": [{"metres": 4}, {}, {"metres": 1}]})
    assert State.NOT_COUNTED not in [step.state for step in found]
