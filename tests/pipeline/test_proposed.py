"""What is only proposed is no law: left out unless it is wanted, and checked both ways."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from pool_policies import TOWNSMAN, copy_of_pool

import policy
from policy.pipeline.checking import check_library
from policy.pipeline.opening import open_library
from policy.text import shown

PROPOSED: Final = "fees/2030-01-01.policy"
TEXT: Final = """\
policy fees
  effective 2030-01-01
  amends 2022-07-01
  status proposed
  cites BYLAW "2029-1" / "2029-1"

replace table fee(age: years, resident: yes_no) -> dollars across resident
  | age | yes | no |
  | -   |  1  | 1  |

example "As proposed"
  on 2030-01-01
  given
    - like townsman
  expect
    - price is 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pool = copy_of_pool(tmp_path)
    (pool / PROPOSED).write_text(TEXT, encoding="utf-8")
    return pool


def price(library: policy.Library, day: str) -> object:
    return library.on(day).evaluate(TOWNSMAN)["fees.price"].value


def test_what_is_proposed_is_taken_as_law_only_when_it_is_wanted(folder: Path) -> None:
    law, proposed = policy.load(folder), policy.load(folder, proposed=True)
    assert [str(day) for day in law.since("fees")] == ["2020-01-01", "2022-07-01"]
    assert [str(day) for day in proposed.since("fees")] == ["2020-01-01", "2022-07-01", "2030-01-01"]
    assert price(law, "2029-12-31") == price(proposed, "2029-12-31") == price(law, "2030-01-01") != 1
    assert price(proposed, "2030-01-01") == 1


def test_without_a_proposed_text_to_want_one_changes_nothing(folder: Path) -> None:
    (folder / PROPOSED).unlink()
    assert price(policy.load(folder, proposed=True), "2030-01-01") == price(policy.load(folder), "2030-01-01")


def test_examples_of_law_run_without_it_and_its_own_with_it(folder: Path) -> None:
    findings = check_library(open_library(folder))
    assert (findings.mistakes, findings.files, findings.examples, findings.examples_run) == ((), 6, 5, 5)
    law = folder / "fees/2022-07-01.policy"
    law.write_text(law.read_text("utf-8") + TEXT[TEXT.index("example") :].replace("As p", "P"), encoding="utf-8")
    assert [mistake.message for mistake in check_library(open_library(folder)).mistakes] == [
        "`price` should be `1`, but is $4.25"
    ]


def test_a_proposed_text_is_checked_even_if_nobody_wants_it(folder: Path) -> None:
    (folder / PROPOSED).write_text(TEXT.replace("resident: yes_no", "resident: yes_now"), encoding="utf-8")
    findings = check_library(open_library(folder))
    assert [mistake.message for mistake in findings.mistakes] == ["unknown type `yes_now`"]
    assert (findings.examples, findings.examples_run) == (5, 4)
    assert check_library(open_library(folder), [shown(folder / PROPOSED)]).examples == 1
    assert price(policy.load(folder), "2030-01-01") == Fraction("4.25")


def test_law_that_stands_only_with_what_is_proposed_is_a_mistake(folder: Path) -> None:
    (folder / PROPOSED).write_text(TEXT + '\ndefine rate : integer\n  en "Rate" fr "Taux"\n  is 1\n', "utf-8")
    lessons = folder / "lessons/2030-01-01.policy"
    lessons.write_text(
        "policy lessons\n  effective 2030-01-01\n  amends 2021-03-01\n  cites BYLAW 9\n  uses fees\n\n"
        'requirement dear\n  en "Dear" fr "Cher"\n  is fees.rate > 3\n',
        encoding="utf-8",
    )
    said = [mistake.message for mistake in check_library(open_library(folder)).mistakes]
    assert "`fees` has no `rate`" in said


def test_a_folder_with_nothing_but_proposals_says_so(tmp_path: Path) -> None:
    (tmp_path / "fees").mkdir()
    (tmp_path / PROPOSED).write_text(
        'policy fees\n  en "Fees" fr "Tarifs"\n  effective 2030-01-01\n  status proposed\n  cites BYLAW 1\n', "utf-8"
    )
    with pytest.raises(policy.Mistakes, match="is only proposed") as raised:
        policy.load(tmp_path).on("2030-01-01")
    assert [mistake.code.name for mistake in raised.value.diagnostics] == ["no-policies"]
    assert policy.load(tmp_path, proposed=True).since("fees")
