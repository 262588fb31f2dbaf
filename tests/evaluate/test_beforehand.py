"""What is the same for every profile is worked out once: sets drawn from datasets."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

import pytest

import policy
from policy.check.checked import check
from policy.evaluate import compile_graph
from policy.evaluate.bounding import in_list as bounds_of_in_list
from policy.evaluate.lists import in_list
from policy.graph.build import build_graph
from policy.model.values import UNKNOWN, FixedList
from random_policies import DATA, Author
from small_policies import rules
from worlds import world

FOLDER: Final = Path(__file__).parent / "listed"
LISTED: Final = policy.load(FOLDER)
DAYS: Final = ("2025-02-27", "2026-02-18")


def rows() -> Iterator[tuple[str, str, str]]:
    with (FOLDER / "data" / "occupations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["category"], row["from"], row["code"]


@pytest.mark.parametrize("day", DAYS)
def test_a_replaced_set_holds_the_codes_of_its_day(day: str) -> None:
    of = LISTED.on(day)
    for category, _, code in list(rows())[::7]:
        answer = of.evaluate({"main": code, "which": category})
        assert answer["listed.main_is_listed"].value is ((category, day, code) in set(rows()))
        assert answer["listed.main_is_stem"].value is (("stem", day, code) in set(rows()))
        assert answer["listed.listed_anywhere"].value is any((c, day, code) in set(rows()) for c, _, _ in rows())


def test_without_a_category_only_a_code_that_is_listed_nowhere_is_settled() -> None:
    of = LISTED.on(DAYS[1])
    assert of.evaluate({"main": "99999"})["listed.main_is_listed"].value is False
    assert of.evaluate({"main": "72410"})["listed.main_is_listed"].value is policy.UNKNOWN
    assert of.evaluate({"which": "stem"})["listed.main_is_listed"].missing == ("main",)


def test_no_row_of_the_dataset_is_left_in_the_graph() -> None:
    graph = LISTED.on(DAYS[1]).graph
    lists = [node.value for node in graph.nodes if isinstance(node.value, FixedList)]
    assert {node.op for node in graph.nodes} & {"filter", "each"} == set()
    assert max(map(len, lists)) == 37


def test_a_code_is_looked_up_in_a_list_and_not_searched() -> None:
    long = FixedList(str(number) for number in range(200_000))
    assert all(in_list(str(number), long) is True for number in range(199_000, 200_000))
    assert all(bounds_of_in_list(str(number), long) is False for number in range(-1_000, 0))
    assert in_list(UNKNOWN, long) is UNKNOWN


@pytest.mark.parametrize("seed", range(12))
def test_what_is_worked_out_beforehand_is_what_would_be_worked_out_each_time(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    of = rules(tmp_path, Author(random).policy(8), DATA)
    checked = check(of.texts, tmp_path / "data")
    each_time = compile_graph(build_graph(checked), of.catalog)
    once = world(of, tmp_path / "data", random)
    for drawn in islice(once.profiles(), 4):
        for one in drawn:
            before = each_time.evaluate_plainly(one.facts, one.answers, once.today)
            after = once.evaluate(one)
            for name in once.graph.named:
                assert shown_alike(before.outcome(name), after.outcome(name)), name


def shown_alike(one: object, other: object) -> bool:
    return repr(one) == repr(other)
