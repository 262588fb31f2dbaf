"""Policies far larger than any that people write compile in moderate time, and nothing runs out of depth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

from policy.check.checked import check
from policy.evaluate import Evaluation, Program, compile_graph
from policy.graph.build import build_graph
from policy.model.program import program_on
from policy.pipeline.library import to_day
from small_policies import load

SECONDS = 20
"""Many times what it takes, so that only something out of all proportion fails."""


def compiled(folder: Path, text: str) -> Program:
    """A policy compiled; its reading, which takes longer, is not counted."""
    library = load(folder, text)
    checked = check(program_on(library.timelines, to_day("2024-01-01")), folder / "data")
    start = perf_counter()
    graph = build_graph(checked)
    program = compile_graph(graph, checked.catalog)
    assert callable(program.fast)
    assert perf_counter() - start < SECONDS
    return program


def both_ways(program: Program, facts: dict[str, object]) -> Iterator[Evaluation]:
    """The values node by node, and by generated code."""
    yield program.evaluate_plainly(facts, {}, None)
    yield Evaluation(program.general.layout, program.fast(facts, {}, None))


def test_five_thousand_definitions_each_of_the_one_before(tmp_path: Path) -> None:
    lines = [f"define d{i} : integer is d{i - 1} + {i % 7}" for i in range(1, 5000)]
    program = compiled(tmp_path, "input a : integer\ndefine d0 : integer is a\n" + "\n".join(lines))
    for values in both_ways(program, {"a": 1}):
        assert values.outcome("club.d4999") == 1 + sum(i % 7 for i in range(1, 5000))


def test_two_thousand_branches_and_members(tmp_path: Path) -> None:
    branches = "\n".join(f"  when a is {i} then {i * i}" for i in range(2000))
    members = "\n".join(f"  - a + {i}" for i in range(2000))
    text = (
        f"input a : integer\ndefine b : integer is\n{branches}\n  otherwise 0\ndefine c : integer is sum of\n{members}"
    )
    program = compiled(tmp_path, text)
    for values in both_ways(program, {"a": 1999}):
        assert values.outcome("club.b") == 1999**2
        assert values.outcome("club.c") == 2000 * 1999 + sum(range(2000))


@pytest.mark.parametrize("domain", ["xs", "xs{i}"], ids=["of one list", "of many lists"])
def test_lists_walked_inside_one_another_sixty_deep(domain: str, tmp_path: Path) -> None:
    lists = "\n".join(f"input {name} : list of integer" for name in sorted({domain.format(i=i) for i in range(60)}))
    calls = [
        f"define f{i}(x: integer) : yes_no is any of (f{i - 1}(y + x) for each y in {domain.format(i=i)})"
        for i in range(1, 60)
    ]
    text = f"{lists}\ndefine f0(x: integer) : yes_no is x > 60\n" + "\n".join(calls) + "\ndefine r : yes_no is f59(1)"
    program = compiled(tmp_path, text)
    facts: dict[str, object] = {domain.format(i=i): (1,) for i in range(60)}
    for values in both_ways(program, facts):
        assert values.outcome("club.r") is False
    for values in both_ways(program, {**facts, domain.format(i=7): (2,)}):
        assert values.outcome("club.r") is True
