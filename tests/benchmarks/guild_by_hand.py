"""The rules of the benchmarks as somebody would write them by hand in Python: the answer only, for valid facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

AGE: Final = {18: (99, 90), 19: (105, 95), 30: (105, 95), 31: (99, 90), 32: (94, 85), 33: (88, 80), 34: (83, 75)} | {
    35: (77, 70),
    36: (72, 65),
    37: (66, 60),
    38: (61, 55),
    39: (55, 50),
    40: (50, 45),
    41: (39, 35),
    42: (28, 25),
    43: (17, 15),
    44: (6, 5),
    **dict.fromkeys(range(20, 30), (110, 100)),
}
SCHOOLING: Final = {
    "little": (0, 0),
    "school": (30, 28),
    "one_year": (90, 84),
    "two_years": (98, 91),
    "three_years": (120, 112),
    "two_diplomas": (128, 119),
    "master": (135, 126),
    "doctor": (150, 140),
}
TONGUE: Final = ((0, 0),) * 4 + ((6, 6), (6, 6), (9, 8), (17, 16), (23, 22), (31, 29)) + ((34, 32),) * 3
SECOND: Final = (0, 0, 0, 0, 0, 4, 4, 12, 12, 24, 24, 24, 24)
YEARS: Final = ((0, 0), (40, 35), (53, 46), (64, 56), (72, 63), (80, 70))
OF_COMPANION: Final = {
    "little": 0,
    "school": 2,
    "one_year": 6,
    "two_years": 7,
    "three_years": 8,
    "two_diplomas": 9,
    "master": 10,
    "doctor": 10,
}
COMPANION_TONGUE: Final = (0, 0, 0, 0, 0, 4, 4, 12, 12, 20, 20, 20, 20)
COMPANION_YEARS: Final = (0, 5, 7, 8, 9, 10)
COURSE: Final = {"none_here": 0, "short": 15, "long": 30}
TWO_STEPS: Final = ((0, 0, 0), (0, 13, 25), (0, 25, 50))
STEP: Final = {
    "little": 0,
    "school": 0,
    "one_year": 1,
    "two_years": 1,
    "three_years": 1,
    "two_diplomas": 2,
    "master": 2,
    "doctor": 2,
}


def total(facts: Mapping[str, Any]) -> int:
    """The total of points of `guild.txt`."""
    alone = not facts["companion"]
    side = 0 if alone else 1
    schooled = facts["schooled"]
    levels = facts["speaking"], facts["listening"], facts["reading"], facts["writing"]
    years = facts["years_here"]
    core = AGE.get(facts["age"], (0, 0))[side] + SCHOOLING[schooled][side] + YEARS[years if years < 5 else 5][side]
    for level in levels:
        core += TONGUE[level][side]
    core += SECOND[facts["second_tongue"]]
    most = 500 if alone else 460
    if core > most:
        core = most
    companion = 0
    if not alone:
        companion = OF_COMPANION[facts["companion_schooled"]] + COMPANION_TONGUE[facts["companion_tongue"]]
        worked = facts["companion_years"]
        companion += COMPANION_YEARS[worked if worked < 5 else 5]
        if companion > 40:
            companion = 40
    lowest = min(levels)
    tongue_step = 0 if lowest < 7 else 1 if lowest < 9 else 2
    here_step = years if years < 2 else 2
    by_schooling = TWO_STEPS[STEP[schooled]]
    combined = by_schooling[tongue_step] + by_schooling[here_step]
    if combined > 50:
        combined = 50
    away = facts["years_elsewhere"]
    by_years = TWO_STEPS[0 if away < 1 else 1 if away < 3 else 2]
    with_years = by_years[tongue_step] + by_years[here_step]
    combined += with_years if with_years < 50 else 50
    if facts["certified"] and lowest >= 5:
        combined += 25 if lowest < 7 else 50
    if combined > 100:
        combined = 100
    additional = COURSE[facts["course_here"]]
    if facts["proposed"]:
        additional += 600
    if facts["sibling"]:
        additional += 15
    if additional > 600:
        additional = 600
    points: int = core + companion + combined + additional
    return points if points < 1200 else 1200
