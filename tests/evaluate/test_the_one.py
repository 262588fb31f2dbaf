"""`the one … where` of several: not which is meant is known, but what is the same for each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

import policy
from policy.explain.report import Step
from small_policies import rules

TESTS: Final = """
enum skill
  value reading
  value writing
record sitting
  field first : yes_no
  field on : date
  field marks : integer by skill
input sittings : list of sitting
define chosen : optional sitting is the one sittings as s where (s.first)
define mark : integer is chosen.marks(reading)
define least : integer is least of (chosen.marks(a) for each a in skill)
requirement enough is least >= 5
requirement some is chosen is given
requirement recent is chosen.on >= 2024-01-01
"""


def sitting(reading: int, writing: int, first: bool | None = True) -> dict[str, Any]:
    known = {} if first is None else {"first": first}
    return {"on": "2024-02-01", "marks": {"reading": reading, "writing": writing}, **known}


def answer(folder: Path, *sittings: dict[str, Any]) -> policy.explain.Answer:
    return rules(folder, TESTS).evaluate({"sittings": list(sittings)})


@pytest.mark.parametrize(
    ("sittings", "enough", "bounds"),
    [
        ([sitting(7, 6), sitting(8, 5)], True, (7, 8)),
        ([sitting(7, 6), sitting(8, 4)], policy.UNKNOWN, (7, 8)),
        ([sitting(3, 6), sitting(4, 8)], False, (3, 4)),
        ([sitting(7, 6), sitting(8, 5), sitting(0, 0, first=False)], True, (7, 8)),
        ([sitting(7, 6), sitting(8, 5, first=None)], True, (7, 8)),
        ([sitting(7, 6), sitting(0, 0, first=None)], policy.UNKNOWN, (0, 7)),
    ],
)
def test_what_is_the_same_for_each_is_known(
    sittings: list[dict[str, Any]], enough: object, bounds: tuple[int, int], tmp_path: Path
) -> None:
    found = answer(tmp_path, *sittings)
    assert found["club.enough"].value is enough
    assert found["club.mark"].bounds == bounds
    assert (found["club.some"].value, found["club.recent"].value) == (True, True)


def test_one_that_may_be_none_is_not_known_to_be_given(tmp_path: Path) -> None:
    found = answer(tmp_path, sitting(7, 6, first=None), sitting(8, 5, first=None))
    assert found["club.some"].value is policy.UNKNOWN
    assert found["club.enough"].bounds is None


def lines(step: Step) -> list[str]:
    return [*step.details, *(line for child in step.children for line in lines(child))]


@pytest.mark.parametrize(
    ("language", "told"), [("en", "several possible: say which"), ("fr", "plusieurs possibles\u00a0: précisez")]
)
def test_the_explanation_says_that_several_are_possible(language: str, told: str, tmp_path: Path) -> None:
    several = answer(tmp_path, sitting(7, 6), sitting(8, 4))
    assert told in lines(several.tree("club.enough", language))
    assert told not in lines(answer(tmp_path, sitting(7, 6)).tree("club.enough", language))
