"""Each operation over ordinary, unknown, absent, inapplicable, faulty and possible operands: the tables under `cases`.

A section of a file has a title, declarations, and a table. A column of the table is headed by an input, whose value is
then given, or by an expression, whose value is then expected; `TYPE = expression` where it is not yes or no.

Inputs are given past the reading of profiles, so that they can also be what only rules make: what does not apply, a
fault, a list with possible members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from agreeing import evaluated

from policy.evaluate import compile_graph
from small_policies import read, rules, shown

CASES: Final = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Section:
    """One table of cases with the declarations that it stands on."""

    title: str
    declarations: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sections(path: Path) -> Iterator[Section]:
    for part in path.read_text("utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        lines = [line for line in body.splitlines() if not line.startswith("#")]
        table = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("|")]
        declared = "\n".join(line for line in lines if not line.startswith("|"))
        yield Section(title, declared, table[0], tuple(table[1:]))


ALL: Final = [(path.stem, section) for path in sorted(CASES.glob("*.txt")) for section in sections(path)]


def policy_of(section: Section) -> tuple[str, dict[str, str]]:
    """The policy that a table is about, and the outcome that gives each column of expressions."""
    text, names = section.declarations, {}
    for i, column in enumerate(section.columns):
        if not re.search(rf"^input {re.escape(column)} ", text, re.MULTILINE):
            type_, equals, expression = column.partition(" = ")
            names[column] = f"club.column_{i}"
            text += f"\ndefine column_{i} : {type_ if equals else 'yes_no'} is {expression or column}"
    return text, names


@pytest.mark.parametrize(("stem", "section"), ALL, ids=[f"{stem}: {section.title}" for stem, section in ALL])
def test_a_table_of_cases(stem: str, section: Section, tmp_path: Path) -> None:
    text, names = policy_of(section)
    of = rules(tmp_path, text)
    types = {name: shape.type for name, shape in of.catalog.inputs.items()}
    program = compile_graph(of.graph, of.catalog)
    wrong = []
    for row in section.rows:
        cells = dict(zip(section.columns, row, strict=True))
        facts = {name: read(cell, types[name]) for name, cell in cells.items() if name in types}
        values = evaluated(program, facts, {}, of.assessed_on)
        got = [shown(values.outcome(names[column])) if column in names else cells[column] for column in section.columns]
        if got != list(row):
            wrong.append(f"| {' | '.join(got)} | instead of | {' | '.join(row)} |")
    assert wrong == []
