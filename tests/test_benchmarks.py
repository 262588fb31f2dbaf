"""What the benchmarks compare gives the same answers, so that it is the same work that is timed."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import policy
from small_policies import rules

FOLDER = Path(__file__).parent / "benchmarks"
sys.path.insert(0, str(FOLDER))

import cec_by_hand  # noqa: E402
import compare  # noqa: E402
import engines  # noqa: E402
import guild_by_hand  # noqa: E402


def test_the_guild_by_hand_gives_the_points_of_its_policy(tmp_path: Path) -> None:
    of = rules(tmp_path, (FOLDER / "guild.txt").read_text("utf-8"))
    totals = set()
    for seed in range(300):
        facts = compare.person(Random(seed))
        total = of.evaluate(facts)["club.total"].value
        assert guild_by_hand.total(facts) == total, facts
        totals.add(total)
    assert len(totals) > 100


def test_the_class_by_hand_gives_the_answers_of_its_policy() -> None:
    library = policy.load(FOLDER.parents[1] / "policies")
    of = library.on(library.epochs[-1])
    program = compare.compiled(of.graph, of)
    found = [(cec_by_hand.eligible(facts, of.assessed_on), value) for facts, _, value in compare.decided(of, program)]
    assert [ours for ours, _ in found] == [value for _, value in found]
    assert {True, False} <= {value for _, value in found}


def test_tables_are_written_for_other_engines_row_by_row(tmp_path: Path) -> None:
    text = """
input n : integer from 0
input colour : yes_no
table t(n: integer, colour: yes_no) -> points
  | n     | colour | t |
  | ..2   | -      | 1 |
  | 3..   | yes    | 2 |
  | 3..   | no     | 3 |
points p is t(n, colour)
"""
    ((name, (grid, keys, outputs)),) = engines.tables(rules(tmp_path, text).graph).items()
    assert (name, keys) == ("t_n_colour", ("n", "colour"))
    assert engines.chain(grid, keys, outputs) == (
        "(n <= 2 ? 1 : (n >= 3 && colour == true ? 2 : (n >= 3 && colour == false ? 3 : (0))))"
    )
    table = engines.zen_table(name, grid, keys, outputs)
    assert [(rule["n"], rule["colour"], rule["to"]) for rule in table["content"]["rules"]] == [
        ("<= 2", "", "1"),
        (">= 3", "true", "2"),
        (">= 3", "false", "3"),
    ]
