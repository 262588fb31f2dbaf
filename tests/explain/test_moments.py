"""Moments in explanations: by the clock of the policy that speaks of them, and with the zone that this is of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

import policy
from small_policies import LABELS, load

SENT: Final = {"sent": "2024-07-01T02:30:00Z"}
TEXT: Final = """
input sent : moment
define due : moment is sent + 8 months
requirement in_june is day of sent < 2024-07-01
requirement before is sent < due
"""
WEST: Final = f"""policy west
  {LABELS}
  zone "America/Vancouver"
  uses club
  cites RULES 1

requirement soon
  en "Soon" fr "Bientôt"
  is sent < club.due
"""


@pytest.fixture
def library(tmp_path: Path) -> policy.Library:
    (tmp_path / "west.policy").write_text(WEST, encoding="utf-8")
    return load(tmp_path, TEXT)


def said(library: policy.Library, name: str, language: str) -> str:
    return library.on("2024-07-01").evaluate(SENT).explain(name, language).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_moment_is_shown_by_the_clock_of_its_policy(library: policy.Library, language: str) -> None:
    assert "2025-02-28 22:30:00 UTC-05:00 (America/Toronto)" in said(library, "club.due", language)
    before = said(library, "club.before", language)
    assert "2024-06-30 22:30:00 UTC-04:00 (America/Toronto)" in before
    assert "2025-02-28 22:30:00 UTC-05:00 (America/Toronto)" in before


def test_each_policy_that_speaks_of_moments_shows_them_by_its_own_clock(library: policy.Library) -> None:
    soon = said(library, "west.soon", "en")
    assert "2024-06-30 19:30:00 UTC-07:00 (America/Vancouver)" in soon
    assert "2025-02-28 22:30:00 UTC-05:00 (America/Toronto)" in soon


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "label (day, by the clock of America/Toronto): 2024-06-30"),
        ("fr", "libellé (jour, à l’heure de America/Toronto) : 2024-06-30"),
    ],
)
def test_the_day_of_a_moment_says_where_it_is_that_day(library: policy.Library, language: str, wanted: str) -> None:
    assert wanted in said(library, "club.in_june", language)


def test_for_programs_a_moment_is_an_instant_with_its_offset(library: policy.Library) -> None:
    answer = library.on("2024-07-01").evaluate(SENT)
    assert json.loads(answer.json("club.due"))["outcomes"][0]["data"] == "2025-03-01T03:30:00+00:00"


def test_without_a_zone_a_moment_is_shown_as_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "plain.policy").write_text(
        WEST.replace("policy west", "policy plain").replace('  zone "America/Vancouver"\n', ""), encoding="utf-8"
    )
    plain = said(load(tmp_path, TEXT), "plain.soon", "en")
    assert "2024-07-01 02:30:00 UTC" in plain


def test_the_day_of_an_unknown_moment_is_unknown_and_the_moment_is_missing(library: policy.Library) -> None:
    outcome = library.on("2024-07-01").evaluate({})["club.in_june"]
    assert (outcome.value, outcome.missing) == (policy.UNKNOWN, ("sent",))
