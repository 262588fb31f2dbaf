"""No operation is without a description, an evaluator and cases."""

from __future__ import annotations

import re
from pathlib import Path

import test_profiles_of_cases as profiles
import test_tables_of_cases as tables
from reference import OPERATIONS
from reference_lists import WALKS

from policy.evaluate.lists import FINISH
from policy.evaluate.meanings import WITH_CONSTANT, WITHOUT_CONSTANT
from policy.graph import nodes
from small_policies import rules

LEAVES = {"const", "input", "assessed_on", "question", "member", "definition", "row", "assumed", "elsewhere"}
"""What is no operation on values, or has its own way in the evaluators."""

ASKED_OTHERWISE = {"assumed", "at", "elsewhere"}
"""What no policy alone, on a single day, asks for: tried with `assume`, and with policies of several days."""


def described() -> set[str]:
    """The operations in the table of the graph's description."""
    assert nodes.__doc__ is not None
    table = nodes.__doc__.split("=\n")[1]
    rows = [line for line in table.splitlines() if line.startswith("`")]
    return {op for line in rows for op in re.findall(r"`(\w+)`", re.split(r"`(?:  +| [a-z])", line + "  ")[0] + "`")}


def test_every_operation_is_described() -> None:
    assert described() == {*WITH_CONSTANT, *WITHOUT_CONSTANT, *FINISH, *LEAVES}


def test_the_reference_knows_every_operation() -> None:
    assert described() == {*OPERATIONS, *WALKS, *LEAVES, "at"}


def test_every_operation_has_cases(tmp_path: Path) -> None:
    found: set[str] = set()
    texts = [section.declarations for _, section in profiles.ALL] + [
        tables.policy_of(each)[0] for _, each in tables.ALL
    ]
    for i, text in enumerate(texts):
        graph = rules(tmp_path / str(i), text, profiles.DATA).graph
        found |= {node.op for node in graph.nodes}
    assert described() - found == ASKED_OTHERWISE
