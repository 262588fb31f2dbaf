"""Rows of datasets as facts: by key, and written out as if they were in the dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

import policy
from policy.explain.show import show
from policy.model.types import RowOf
from small_policies import rules

POLICY: Final = """
enum kind
  value book
  value film
dataset sales "sales.csv"
  column number : text key
  column kinds : list of kind
  column floor : optional integer
  column ends_at : optional moment
dataset shops "shops.csv"
  titles name, name
  column code : code of 2 digits key
  column name : text
input sale : row of sales
input shop : row of shops
input have : kind
input offer : integer
input sold_at : moment
define good : yes_no is have in sale.kinds and (when sale.floor is none then yes otherwise offer >= sale.floor)
define in_time : yes_no is sale.ends_at is none or sold_at < sale.ends_at
"""
DATA: Final = {
    "sales.csv": "number,kinds,floor,ends_at\n91a,book,30,2026-03-01T12:00:00Z\n91b,book;film,,\n",
    "shops.csv": "code,name\n01,Harbour\n",
}


def answer(folder: Path, facts: dict[str, Any]) -> policy.explain.Answer:
    return rules(folder, POLICY, DATA).evaluate(facts)


@pytest.mark.parametrize(
    ("sale", "good", "in_time"),
    [
        ("91a", False, True),
        ("91b", True, True),
        ({"kinds": ["book"], "floor": 10, "ends_at": "2026-02-01T00:00:00-05:00"}, True, False),
        ({"number": "91a", "kinds": [], "floor": None, "ends_at": None}, False, True),
        ({"floor": 10}, policy.UNKNOWN, policy.UNKNOWN),
    ],
)
def test_a_row_is_known_by_its_key_or_written_out(sale: object, good: object, in_time: object, tmp_path: Path) -> None:
    found = answer(tmp_path, {"sale": sale, "have": "book", "offer": 20, "sold_at": "2026-02-15T00:00:00Z"})
    assert (found["club.good"].value, found["club.in_time"].value) == (good, in_time)


def test_what_a_written_row_leaves_out_is_missing(tmp_path: Path) -> None:
    assert answer(tmp_path, {"sale": {"floor": 10}, "have": "book"})["club.good"].missing == ("sale.kinds", "offer")
    assert answer(tmp_path, {"have": "book"})["club.good"].missing == ("sale",)


WRONG: Final[list[tuple[object, set[str]]]] = [
    ("91c", {"sale"}),
    (91, {"sale"}),
    ({"kinds": ["map"], "floor": "much", "ends": None}, {"sale.kinds[0]", "sale.floor", "sale.ends"}),
    ({"kinds": "book", "ends_at": "2026-02-01"}, {"sale.kinds", "sale.ends_at"}),
    ({"number": None}, {"sale.number"}),
]


@pytest.mark.parametrize(("sale", "places"), WRONG)
def test_all_mistakes_in_a_row_are_told(sale: object, places: set[str], tmp_path: Path) -> None:
    with pytest.raises(policy.Mistakes) as found:
        answer(tmp_path, {"sale": sale})
    assert {mistake.path for mistake in found.value.diagnostics} == places


@pytest.mark.parametrize(
    ("facts", "name", "english", "french"),
    [
        ({"sale": "91a"}, "sale", "91a", "91a"),
        ({"shop": "01"}, "shop", "01 Harbour", "01 Harbour"),
        ({"sale": {"number": "92"}}, "sale", "92", "92"),
        ({"sale": {"floor": 3}}, "sale", "a row of “label”", "une ligne de «\u00a0libellé\u00a0»"),
    ],
)
def test_a_row_is_shown_by_its_key(facts: dict[str, Any], name: str, english: str, french: str, tmp_path: Path) -> None:
    of = rules(tmp_path, POLICY, DATA)
    row = of.evaluate(facts).profile.facts[name]
    type_ = RowOf(f"club.{name}s")
    assert show(row, type_, "en", of.catalog) == english
    assert show(row, type_, "fr", of.catalog) == french
