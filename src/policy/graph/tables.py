"""Tables and scales as grids whose keys hit one row."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias

from policy.check.cells import ANYTHING, exact, matchers, written
from policy.check.fitting import plain
from policy.graph.expressions import Builder, Environment
from policy.graph.grids import Grid
from policy.graph.nodes import FieldRef
from policy.model.cells import Matcher
from policy.model.types import Type, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t

GridRow: TypeAlias = tuple[dict[str, tuple[Matcher, ...]], int, int]
"""What the cells of a row accept, by the name of their parameter; the node of the output; the number of the row."""


def table_node(b: Builder, entry: Entry, table: t.Table, env: Environment) -> int:
    """The node that looks up a table: its keys are the parameters, its outputs one for each row of the grid."""
    keys = tuple(env[local] for local in b.checked.parameters[entry.full_name])
    names = tuple(local.name for local in b.checked.parameters[entry.full_name])
    result = b.checked.signatures[entry.full_name].result
    rows = _scale_rows(b, entry, table, env) if table.scale else _table_rows(b, entry, table, env)
    cells = tuple(tuple(row.get(name, ANYTHING) for name in names) for row, _, _ in rows)
    domains = tuple(_domain(b, key) for key in keys)
    grid = Grid(b.shown_name(entry), names, cells, tuple(number for _, _, number in rows), domains)
    return b.add("table", (*keys, *(output for _, output, _ in rows)), grid, result)


def _domain(b: Builder, key: int) -> Type:
    """What a key can be for certain: the range of a fact is seen to when a profile is read, a computed one's is not."""
    node = b.nodes[key]
    match node.op:
        case "definition":
            return _domain(b, node.args[0])
        case "applies":
            return _domain(b, node.args[1])
        case "input" | "question" | "const":
            return node.type
        case "field" if isinstance(node.value, FieldRef) and node.value.owner:
            return node.type
        case _:
            return plain(without_none(node.type))


def _table_rows(b: Builder, entry: Entry, table: t.Table, env: Environment) -> list[GridRow]:
    columns = b.checked.columns[entry.full_name]
    types = {local.name: local.type for local in b.checked.parameters[entry.full_name]}
    found: list[GridRow] = []
    for number, row in enumerate(table.rows[1:], start=1):
        keys = {name: matchers(cell, types[name]) for name, cell in zip(columns.keys, row.cells, strict=False)}
        for value, cell in zip(columns.outputs, row.cells[len(columns.keys) :], strict=True):
            element = cell.elements[0]
            assert not isinstance(element, t.Range)
            of = {table.across: (Matcher("value", exact(value)),)} if table.across else {}
            found.append(({**keys, **of}, b.build(element, env), number))
    return found


def _scale_rows(b: Builder, entry: Entry, table: t.Table, env: Environment) -> list[GridRow]:
    """A scale as rows: in each column, the stretch from a row's bound up to the bound above it."""
    columns = b.checked.columns[entry.full_name]
    (measured,) = (local for local in b.checked.parameters[entry.full_name] if local.name != table.across)
    found: list[GridRow] = []
    for i, value in enumerate(columns.outputs, start=1):
        of = {table.across: (Matcher("value", exact(value)),)} if table.across else {}
        above: Hashable = None
        for number, row in enumerate(table.rows[1:], start=1):
            if not row.cells[i].elements:
                continue
            bound, level = row.cells[i].elements[0], row.cells[0].elements[0]
            assert not isinstance(bound, t.Range)
            assert not isinstance(level, t.Range)
            low = written(bound, measured.type)
            reach = Matcher("range", low=low, high=above, below=above is not None)
            found.append(({**of, measured.name: (reach,)}, b.build(level, env), number))
            above = low
        if table.below is not None:
            rest = Matcher("range", high=above, below=True)
            found.append(({**of, measured.name: (rest,)}, b.build(table.below, env), len(table.rows)))
    return found
