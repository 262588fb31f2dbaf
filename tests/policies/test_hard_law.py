"""The hard parts of the law that are not shipped yet, written as an author would: the policies under `hard_law`.

They stand on the shipped files, and say themselves, in their examples, how cases come out.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest
from syrupy.assertion import SnapshotAssertion

import policy
from policy.diagnostics import as_text
from policy.pipeline.checking import check_library

FOLDER: Final = Path(__file__).parent / "hard_law"
SHIPPED: Final = Path(__file__).parents[2] / "policies"

WELDER: Final[dict[str, object]] = {
    "in_canada": True,
    "visa_on": None,
    "trade": {"noc_2021": "72106"},
    "certificates": [],
    "jobs": [
        {
            "noc_2021": "72106",
            "employer": "Iron Works",
            "country": "CA",
            "hours_per_week": 40,
            "start": "2023-06-01",
            "end": None,
        }
    ],
    "permits": [
        {
            "basis": "section_204_c",
            "employers": ["Iron Works", "Boiler Yard"],
            "noc_2021": "72106",
            "start": "2023-06-01",
            "end": "2025-05-31",
        }
    ],
    "offers": [
        {
            "employer": name,
            "noc_2021": "72106",
            "full_time": True,
            "length_after_visa": 6,
            "lmia": False,
            "employer_bars": [],
        }
        for name in ("Iron Works", "Boiler Yard")
    ],
}
MECHANIC: Final[dict[str, object]] = {
    "round": "434",
    "score": 470,
    "meets": {"fsw": True},
    "submitted_at": "2025-10-11T10:55:48-04:00",
    "jobs": [
        {
            "noc_2021": "72404",
            "country": "CA",
            "hours_per_week": 40,
            "paid": True,
            "duties_match": True,
            "start": "2024-01-01",
            "end": "2025-01-31",
        },
        {"noc_2021": "73300", "country": "CA", "hours_per_week": 40, "start": "2023-01-01", "end": "2023-12-31"},
    ],
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> policy.Library:
    folder = tmp_path_factory.mktemp("law") / "policies"
    shutil.copytree(SHIPPED, folder)
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    return policy.load(folder)


def test_nothing_in_it_ships() -> None:
    written = {path.relative_to(FOLDER) for path in FOLDER.rglob("*") if path.is_file()}
    assert {path for path in written if (SHIPPED / path).exists()} == set()


def test_its_examples_come_out_as_they_say(library: policy.Library) -> None:
    findings = check_library(library)
    assert as_text(findings.mistakes) == ""
    here = sum(path.read_text("utf-8").count("\nexample ") for path in FOLDER.rglob("*.policy"))
    assert findings.examples_run == findings.examples > here > 40


def test_the_class_of_who_may_be_of_two_is_one_of_the_two(library: policy.Library) -> None:
    answer = library.on("2026-08-07").evaluate(MECHANIC)
    assert answer["rounds.class_invited"].bounds == ("cec", "fsw")
    assert answer["rounds.class_invited"].missing == ("meets.cec",)
    assert answer["rounds.invited"].value is True


def test_what_is_left_to_judgment_is_told(library: policy.Library) -> None:
    answer = library.on("2024-07-01").evaluate(WELDER)
    assert answer["fst.offer_or_certificate"].value is policy.UNKNOWN
    assert answer["fst.offer_or_certificate"].missing == ("answers.fst.will_be_authorized",)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_five_routes_read_well(library: policy.Library, language: str, snapshot: SnapshotAssertion) -> None:
    answer = library.on("2024-07-01").evaluate(WELDER)
    assert answer.explain("fst.offer_or_certificate", language) == snapshot


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_round_reads_well(library: policy.Library, language: str, snapshot: SnapshotAssertion) -> None:
    answer = library.on("2026-08-07").evaluate(MECHANIC)
    assert answer.explain("rounds.invited", language) == snapshot
