"""A number that a rule rounds is shown as it was before, with how it was rounded."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from small_policies import rules

POLICY: Final = """
input time : hours
define counted : hours is time / 4 rounded half up to 5 hours
define lower : hours is time rounded down to 0.5 hours
define higher : hours is time rounded up to 1 hours
"""


@pytest.mark.parametrize(
    ("name", "language", "told"),
    [
        ("counted", "en", "27.77\u00a0hours, rounded to the nearest, halves up, in steps of 5\u00a0hours"),
        (
            "counted",
            "fr",
            "27,77\u00a0heures; arrondissement au plus proche, les demies vers le haut, par tranches de 5\u00a0heures",
        ),
        ("lower", "en", "111.1\u00a0hours, rounded down in steps of 0.5\u00a0hours"),
        ("lower", "fr", "111,1\u00a0heures; arrondissement vers le bas, par tranches de 0,5\u00a0heure"),
        ("higher", "en", "111.1\u00a0hours, rounded up in steps of 1\u00a0hour"),
        ("higher", "fr", "111,1\u00a0heures; arrondissement vers le haut, par tranches de 1\u00a0heure"),
    ],
)
def test_the_number_is_told_as_it_was(name: str, language: str, told: str, tmp_path: Path) -> None:
    step = rules(tmp_path, POLICY).evaluate({"time": Decimal("111.1")}).tree(f"club.{name}", language)
    assert step.details == (told,)


def test_nothing_is_told_of_a_number_that_is_not_known(tmp_path: Path) -> None:
    assert rules(tmp_path, POLICY).evaluate({}).tree("club.lower").details == ()


def test_what_is_within_bounds_stays_so_when_it_is_rounded(tmp_path: Path) -> None:
    text = "input few : integer from 3 to 8\ndefine tens : integer is few rounded up to 10"
    assert rules(tmp_path, text).evaluate({})["club.tens"].value == 10
