"""Facts that are missing may turn out so that what is asked cannot be worked out; bounds say so beforehand."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from policy.evaluate.possible import FAULT, could
from small_policies import rules

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
define few_or_limit : yes_no is few in {1, limit}
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
