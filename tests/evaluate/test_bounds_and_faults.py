"""Bounds of what may turn out, once all facts are there, not to be possible to work out."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

import pytest

from policy.evaluate.possible import FAULT, could
from policy.model.values import UNKNOWN, Fault
from reaching import holds
from small_policies import rules
from worlds import random_world

ITEMS: Final = """
record item
  field pages : optional integer
  field minutes : integer
input items : list of item
input limit : optional integer
input few : integer
define all_short : yes_no is all of (i.pages < 10 for each i in items)
define any_short : yes_no is any of (i.pages < 10 for each i in items)
define all_pages : integer is sum of (i.pages for each i in items)
define the_short : optional item is the one items as i where (i.pages < 10)
define all_minutes : integer is sum of (i.minutes for each i in items)
define any_quick : yes_no is any of (i.minutes < 10 for each i in items)
define any_given : yes_no is any of (i.pages is given and i.pages < 10 for each i in items)
define quick_short : yes_no is any of (i.minutes < few for each i in (items as i where (i.pages < 10)))
define short_quick : optional item is the one (items as i where (i.minutes < few)) as i where (i.pages < 10)
define kinds : integer is number of different (i.pages + 1 for each i in (items as i where (i.minutes < few)))
define few_or_limit : yes_no is few in {1, limit}
"""

TABLE: Final = """
input limit : optional integer
input few : integer
define more : integer is limit + 1
table charge(n: integer, least: integer) -> integer
  | n   | least | charge |
  | 0.. | -     | 1      |
  | ..<0 | 0..  | 2      |
  | ..<0 | ..<0 | 3      |
define fee : integer is charge(few, more)
"""


@pytest.mark.parametrize("name", ["all_short", "any_short", "all_pages", "the_short", "few_or_limit"])
def test_what_may_turn_out_to_read_none_may_be_a_fault(name: str, tmp_path: Path) -> None:
    of = rules(tmp_path, ITEMS)
    number = of.graph.named[f"club.{name}"]
    assert FAULT in could(of.evaluate({}).values.reach(number)).specials
    worst = of.evaluate({"items": [{"pages": None, "minutes": 5}], "limit": None, "few": 2})
    assert FAULT in could(worst.exact.value(number)).specials


@pytest.mark.parametrize("name", ["all_minutes", "any_quick", "any_given"])
def test_what_reads_nothing_that_can_be_none_is_never_a_fault(name: str, tmp_path: Path) -> None:
    of = rules(tmp_path, ITEMS)
    assert FAULT not in could(of.evaluate({}).values.reach(of.graph.named[f"club.{name}"])).specials


def test_a_row_that_asks_nothing_of_a_faulty_key_can_still_be_the_one(tmp_path: Path) -> None:
    of = rules(tmp_path, TABLE)
    number = of.graph.named["club.fee"]
    partial = of.evaluate({"limit": None})
    assert could(partial.values.reach(number)).can_be(1)
    assert of.evaluate({"limit": None, "few": 1}).exact.value(number) == 1


@pytest.mark.parametrize("name", ["quick_short", "short_quick"])
def test_a_member_of_which_no_one_can_tell_may_make_a_fault_of_the_whole(name: str, tmp_path: Path) -> None:
    of = rules(tmp_path, ITEMS)
    number = of.graph.named[f"club.{name}"]
    partial = of.evaluate({"items": [{"pages": None, "minutes": 5}]})
    assert FAULT in could(partial.values.reach(number)).specials
    assert any(
        FAULT in could(of.evaluate({"items": [{"pages": None, "minutes": 5}], "few": few}).exact.value(number)).specials
        for few in (0, 9)
    )


def test_a_member_alone_is_one_of_a_kind_even_if_it_is_a_fault(tmp_path: Path) -> None:
    of = rules(tmp_path, ITEMS)
    number = of.graph.named["club.kinds"]
    alone = {"items": [{"pages": None, "minutes": 5}]}
    assert could(of.evaluate(alone).values.reach(number)).can_be(1)
    assert of.evaluate({**alone, "few": 9}).exact.value(number) == 1


PERIODS: Final = """
record job is spell
  field name : text
input jobs : list of job
define ones : list of integer is (1 for each r in runs(jobs, gap: 0 days))
define again : yes_no is count of (x + 1 for each x in ones) >= 2
define kept : yes_no is count of (ones as x where (x is 1)) >= 2
define most : yes_no is count of (ones as x with most (x)) >= 2
define grouped : yes_no is any of (count of g.members >= 2 for each g in (ones as x grouped by (x)))
"""


@pytest.mark.parametrize("name", ["again", "kept", "most", "grouped"])
def test_what_may_turn_out_to_be_several_may_be_so_however_often_it_is_passed_on(name: str, tmp_path: Path) -> None:
    of = rules(tmp_path, PERIODS)
    first, second = {"start": "2024-01-01"}, {"start": "2024-03-01", "end": "2024-03-31"}
    assert of.evaluate({"jobs": [first, second]})[f"club.{name}"].value is UNKNOWN
    assert of.evaluate({"jobs": [{**first, "end": "2024-01-31"}, second]})[f"club.{name}"].value is True


def test_the_day_of_a_moment_of_which_an_end_is_known_lies_within_a_day_of_it(tmp_path: Path) -> None:
    text = "input sent : moment\ninput later : moment\ndefine last : date is day of (greatest of (sent, later))"
    of = rules(tmp_path, text)
    partial = of.evaluate({"sent": "2024-05-31T12:00:00Z"})["club.last"]
    assert partial.bounds == (date(2024, 5, 30), None)
    whole = of.evaluate({"sent": "2024-05-31T12:00:00Z", "later": "2024-05-01T12:00:00Z"})["club.last"]
    assert whole.value == date(2024, 5, 31)


@pytest.mark.parametrize("seed", range(40))
def test_what_can_be_worked_out_in_the_end_lies_within_the_bounds(seed: int) -> None:
    """Random policies, at every node. Faults are left out: not each of them is foreseen."""
    world = random_world(seed)
    for few, _, complete in islice(world.profiles(), 8):
        before = world.program.bound(few.facts, few.answers, world.today)
        after = world.evaluate(complete)
        for number in world.graph.order:
            reach, value = before.reach(number), after.value(number)
            assert isinstance(value, Fault) or holds(reach, value), (number, world.graph.nodes[number], reach, value)


def test_the_day_of_a_moment_of_which_only_one_end_is_known(tmp_path: Path) -> None:
    text = "input sent : moment\ninput opened : moment\ndefine last : date is day of (greatest of (sent, opened))"
    answer = rules(tmp_path, text).evaluate({"sent": "2024-03-10T12:00:00Z"})
    assert answer["club.last"].bounds == (date(2024, 3, 9), None)
