"""The Canadian experience class of 2024 as somebody would write it by hand in Python: the answer only, for valid facts.

Written from the provisions, for speed: R73(1), R74(1), R87.1 and clause 3(4) of the Instructions.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parents[2] / "policies" / "data" / "noc2021_unit_groups.csv"
with DATA.open(encoding="utf-8") as rows:
    TEER: Final = {row["code"]: int(row["teer"]) for row in csv.DictReader(rows)}

ABILITIES: Final = ("reading", "writing", "listening", "speaking")
PHYSICIANS: Final = {"31100", "31101", "31102"}
LANGUAGE: Final = {"ielts": "english", "celpip": "english", "pte_core": "english"}
FROM_4: Final = (0, 4, 5, 6, 7, 8, 9, 10)
FROM_3: Final = (0, 3, 4, 5, 6, 7, 8, 9, 10)
NCLC_2019: Final = (300, 350, 400, 450, 500, 533, 566)
CHARTS: Final[Mapping[str, tuple[tuple[int, ...], Sequence[Sequence[float]]]]] = {
    "ielts": (
        FROM_4,
        (
            (3.5, 4, 5, 6, 6.5, 7, 8),
            (4, 5, 5.5, 6, 6.5, 7, 7.5),
            (4.5, 5, 5.5, 6, 7.5, 8, 8.5),
            (4, 5, 5.5, 6, 6.5, 7, 7.5),
        ),
    ),
    "celpip": (FROM_4, ((4, 5, 6, 7, 8, 9, 10),) * 4),
    "pte_core": (
        FROM_3,
        (
            (24, 33, 42, 51, 60, 69, 78, 88),
            (32, 41, 51, 60, 69, 79, 88, 90),
            (18, 28, 39, 50, 60, 71, 82, 89),
            (34, 42, 51, 59, 68, 76, 84, 89),
        ),
    ),
    "tcf": (
        FROM_4,
        (
            (342, 375, 406, 453, 499, 524, 549),
            (4, 6, 7, 10, 12, 14, 16),
            (331, 369, 398, 458, 503, 523, 549),
            (4, 6, 7, 10, 12, 14, 16),
        ),
    ),
    "tef_old": (
        FROM_4,
        (
            (121, 151, 181, 207, 233, 248, 263),
            (181, 226, 271, 310, 349, 371, 393),
            (145, 181, 217, 249, 280, 298, 316),
            (181, 226, 271, 310, 349, 371, 393),
        ),
    ),
    "tef_2019": (FROM_4, (NCLC_2019,) * 4),
    "tef_2023": (
        FROM_4,
        (
            (306, 352, 393, 434, 462, 503, 546),
            (268, 330, 379, 428, 472, 512, 558),
            (306, 352, 393, 434, 462, 503, 546),
            (328, 387, 422, 456, 494, 518, 556),
        ),
    ),
}
"""For each test the levels, and in each ability the least scores for them."""

Spell = tuple[int, int, Any, str | None]


def years_from(day: date, years: int) -> date:
    """So many years later or earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def eligible(facts: Mapping[str, Any], today: date) -> bool | None:
    """Whether a person meets the class; None where an officer has to decide."""
    if facts["destination"] == "QC":
        return False
    spells = worked(facts, years_from(today, -3).toordinal(), today.toordinal())
    if hours(spells) < 7 * 1560:
        return False
    by_code: dict[str | None, list[Spell]] = {}
    for spell in spells:
        by_code.setdefault(spell[3], []).append(spell)
    amounts = {code: hours(group) for code, group in by_code.items()}
    most = max(amounts.values())
    needed = {7 if TEER[str(code)] < 2 else 5 for code, amount in amounts.items() if amount == most}
    level = lowest_level(facts, today)
    if level is None:
        return None
    met = {level >= least for least in needed}
    return met.pop() if len(met) == 1 else None


def worked(facts: Mapping[str, Any], first: int, after: int) -> list[Spell]:
    """The stretches of skilled work in the window, without those of full-time study."""
    away = [days(study, first, after) for study in facts["studies"] if study["full_time"]]
    away.sort()
    found: list[Spell] = []
    for job in facts["jobs"]:
        if job["country"] != "CA" or not job["paid"] or not job["duties_match"]:
            continue
        if not job["authorized"] or not job["temporary_resident"]:
            continue
        code = job["noc_2021"]
        if code is None or TEER[code] > 3:
            continue
        if job["self_employed"] and not (job.get("publicly_funded_medicine") and code in PHYSICIANS):
            continue
        start, until = days(job, first, after)
        rate = job["hours_per_week"]
        for left, right in away:
            if left < until and right > start:
                if left > start:
                    found.append((start, left, rate, code))
                start = right
        if start < until:
            found.append((start, until, rate, code))
    return found


def days(spell: Mapping[str, Any], first: int, after: int) -> tuple[int, int]:
    """The first day of a spell within a window, and the day after its last."""
    start, end = spell["start"].toordinal(), spell["end"]
    until = after if end is None else min(end.toordinal() + 1, after)
    return max(start, first), until


def hours(spells: Sequence[Spell]) -> Any:
    """Seven times the hours, at most 30 a week on each day."""
    changes: dict[int, Any] = {}
    for start, until, rate, _ in spells:
        changes[start] = changes.get(start, 0) + rate
        changes[until] = changes.get(until, 0) - rate
    total: Any = 0
    rate = before = 0
    for day in sorted(changes):
        total += min(rate, 30) * (day - before)
        rate += changes[day]
        before = day
    return total


def lowest_level(facts: Mapping[str, Any], today: date) -> int | None:
    """The lowest level in the four abilities by the one valid result; None when it has to be said which one counts."""
    language = facts["first_language"]
    usable = [
        sitting
        for sitting in facts["sittings"]
        if LANGUAGE.get(sitting["test"], "french") == language
        and sitting["result_on"] <= today < years_from(sitting["result_on"], 2)
    ]
    if len(usable) > 1:
        usable = [sitting for sitting in usable if sitting["relied_on"]]
        if len(usable) > 1:
            return None
    if not usable:
        return 0
    sitting = usable[0]
    test = sitting["test"]
    if test == "tef":
        sat = sitting["sat_on"]
        test = "tef_old" if sat < date(2019, 10, 1) else "tef_2019" if sat < date(2023, 12, 11) else "tef_2023"
    elif test == "tef_equivalent_old":
        test = "tef_old"
    levels, chart = CHARTS[test]
    scores = sitting["scores"]
    return min(levels[bisect_right(bounds, scores[ability])] for ability, bounds in zip(ABILITIES, chart, strict=True))
