"""The Canadian experience class once more in plain Python, day by day, against the policy files on random profiles.

Written from the provisions, not from the policy text: R73(1), R74(1), R87.1 and clause 3(4) of the Instructions.
Slow and obvious on purpose.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import policy

POLICIES: Final = Path(__file__).parents[2] / "policies"
LIBRARY: Final = policy.load(POLICIES)
ABILITIES: Final = ("reading", "writing", "listening", "speaking")
NOC_2021_FROM: Final = date(2022, 11, 16)
PHYSICIANS_FROM: Final = date(2023, 4, 25)
DAYS: Final = [
    date(2016, 2, 29),
    date(2016, 11, 19),
    date(2022, 11, 15),
    date(2022, 11, 16),
    date(2024, 2, 29),
    date(2026, 1, 21),
]

with (POLICIES / "data" / "noc2021_unit_groups.csv").open(encoding="utf-8") as rows:
    TEER: Final = {row["code"]: int(row["teer"]) for row in csv.DictReader(rows)}


def back(day: date, years: int) -> date:
    """So many years earlier; 29 February falls back to the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def forward(day: date, years: int) -> date:
    """So many years later; 29 February falls back to the 28th."""
    return back(day, -years)


def band(job: dict[str, Any], on: date) -> int | None:
    """7 or 5 for an occupation that counts, None for one that does not."""
    if on >= NOC_2021_FROM:
        teer = TEER.get(job["noc_2021"]) if job["noc_2021"] else None
        return None if teer is None or teer > 3 else 7 if teer < 2 else 5
    code = job["noc_2016"]
    if code is None:
        return None
    if code[0] == "0" or code[1] in "01":
        return 7
    return 5 if code[1] in "23" else None


def days_of(spell: dict[str, Any], on: date) -> set[date]:
    """The days of a spell in the three years before."""
    first, last = spell["start"], spell["end"] or date.max
    found, day = set(), back(on, 3)
    while day < on:
        if first <= day <= last:
            found.add(day)
        day += timedelta(days=1)
    return found


def hours(jobs: list[dict[str, Any]], away: set[date], on: date) -> Fraction:
    """Hours credited: on each day at most a seventh of thirty."""
    by_day: dict[date, Fraction] = {}
    for job in jobs:
        for day in days_of(job, on) - away:
            by_day[day] = by_day.get(day, Fraction(0)) + Fraction(job["hours_per_week"]) / 7
    return sum((min(total, Fraction(30, 7)) for total in by_day.values()), Fraction(0))


def judged(profile: dict[str, Any], on: date) -> tuple[bool | None, Fraction]:
    """Whether the class is met (None: an officer must decide), and the hours."""
    away = {day for study in profile["studies"] if study["full_time"] for day in days_of(study, on)}
    counted = [
        job
        for job in profile["jobs"]
        if job["country"] == "CA"
        and job["paid"]
        and job["duties_match"]
        and job["authorized"]
        and job["temporary_resident"]
        and not job["self_employed"]
        and band(job, on) is not None
    ]
    total = hours(counted, away, on)
    if total < 1560 or profile["destination"] == "QC":
        return False, total
    code = "noc_2021" if on >= NOC_2021_FROM else "noc_2016"
    amounts = {job[code]: hours([j for j in counted if j[code] == job[code]], away, on) for job in counted}
    bands = {band(job, on) for job in counted if amounts[job[code]] == max(amounts.values())}
    valid = [s for s in profile["sittings"] if s["result_on"] <= on < forward(s["result_on"], 2)]
    level = min(min(10, int(valid[0]["scores"][a])) for a in ABILITIES) if valid else 0
    level = level if level >= 4 else 0
    if all(level >= needed for needed in bands if needed):
        return True, total
    if all(level < needed for needed in bands if needed):
        return False, total
    return None, total


CODES: Final[list[tuple[str | None, str | None]]] = [
    ("2173", "21231"),
    ("6322", "63200"),
    ("7511", "73300"),
    ("5254", "54100"),
    ("0011", "00010"),
    (None, "22221"),
    ("5134", None),
]


@st.composite
def cases(draw: st.DrawFn) -> tuple[date, dict[str, Any]]:
    """A day, and a person with everything known."""
    on = draw(st.sampled_from(DAYS))
    near = st.integers(-1500, 40).map(lambda n: on + timedelta(days=n))
    mostly = st.sampled_from([*[True] * 9, False])

    def spell() -> dict[str, Any]:
        start = draw(near)
        end = draw(st.one_of(st.none(), st.integers(0, 900).map(lambda n: start + timedelta(days=n))))
        return {"start": start, "end": end}

    jobs = []
    for _ in range(draw(st.integers(0, 4))):
        old, new = draw(st.sampled_from(CODES))
        country = draw(st.sampled_from(["CA", "CA", "CA", "IN"]))
        job = {
            **spell(),
            "noc_2016": old,
            "noc_2021": new,
            "employer": None,
            "country": country,
            "hours_per_week": draw(st.sampled_from([10, 15, 20, 30, 30, 40, 60])),
            "paid": draw(mostly),
            "duties_match": draw(mostly),
            "self_employed": not draw(mostly),
        }
        if country == "CA":
            job |= {"authorized": draw(mostly), "temporary_resident": draw(mostly)}
            if job["self_employed"]:
                job["publicly_funded_medicine"] = False
        jobs.append(job)
    studies = [
        {**spell(), "country": "FR", "full_time": draw(mostly)} for _ in range(draw(st.sampled_from([0, 0, 1, 2])))
    ]
    scores = {ability: draw(st.sampled_from([3, 4, 5, 6, 7, 7, 8, 9, 10, 11])) for ability in ABILITIES}
    sittings = [
        {
            "test": "celpip",
            "result_on": draw(st.sampled_from([back(on, 2), back(on, 2) + timedelta(days=1), on - timedelta(days=90)])),
            "scores": scores,
        }
    ]
    return on, {
        "destination": draw(st.sampled_from(["ON", "ON", "ON", "QC"])),
        "jobs": jobs,
        "studies": studies,
        "first_language": "english",
        "sittings": draw(st.sampled_from([sittings, sittings, sittings, []])),
    }


@settings(max_examples=250, deadline=None)
@given(cases())
def test_policy_files_and_plain_python_agree(case: tuple[date, dict[str, Any]]) -> None:
    on, profile = case
    full = [{"authorized": False, "temporary_resident": False, **job} for job in profile["jobs"]]
    wanted, total = judged({**profile, "jobs": full}, on)
    answer = LIBRARY.on(on).evaluate(profile)
    assert answer["cec.counted_hours"].value == total
    assert answer["cec.eligible"].value is (policy.UNKNOWN if wanted is None else wanted)


@pytest.mark.parametrize("wanted", [True, False])
def test_the_random_people_are_varied_enough(wanted: bool) -> None:
    """Eligible and not eligible people both come up, so agreement means something."""

    def is_wanted(case: tuple[date, dict[str, Any]]) -> bool:
        on, profile = case
        full = [{"authorized": False, "temporary_resident": False, **job} for job in profile["jobs"]]
        return judged({**profile, "jobs": full}, on)[0] is wanted

    find(
        cases(), is_wanted, settings=settings(max_examples=3000, phases=[Phase.generate], deadline=None, database=None)
    )
