"""Tables and scales as they are printed, with what their columns mean at their heads."""

from __future__ import annotations

from dataclasses import dataclass

from policy.check.checked import Checked
from policy.check.tables import Columns
from policy.explain.citations import citation
from policy.explain.report import Citation
from policy.model.types import Number, Type, YesNo, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.tools.docs.kinds import type_in_words
from policy.tools.docs.naming import Within
from policy.tools.docs.sentences import Sentences
from policy.tools.docs.wording import Line, Words, capital

ANYTHING = "—"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head, and its rows, of which the first `keys` cells say which row it is."""

    head: tuple[Words, ...]
    keys: int
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row, with the provisions of its own and why something in it could not be confirmed."""

    cells: tuple[Words, ...]
    cites: tuple[Citation, ...] = ()
    marks: tuple[str, ...] = ()


def grid_of(entry: Entry, table: t.Table, s: Sentences) -> Grid:
    """A table or scale with its rows in words."""
    columns = s.checked.columns[entry.full_name]
    within = s.checked.parameters[entry.full_name]
    result = s.checked.signatures[entry.full_name].result
    types = {local.name: local.type for local in within}
    across = None if table.across is None else types[table.across]
    if table.scale:
        measured = next(local for local in within if local.name != table.across)
        bounds = (heading(measured.type, s),) if across is None else _across_heads(columns, across, s)
        head = [heading(result, s), *(s.fill("lower bound", what=name) for name in bounds)]
        kinds = [result, *(measured.type for _ in bounds)]
        keys = 1
    else:
        outputs = (heading(result, s),) if across is None else _across_heads(columns, across, s)
        head = [*(_key_head(entry, name, within, s) for name in columns.keys), *outputs]
        kinds = [*(types[name] for name in columns.keys), *(result for _ in outputs)]
        keys = len(columns.keys)
    rows = tuple(_row(row, kinds, within, keys if not table.scale else 0, s) for row in table.rows[1:])
    return Grid(tuple(map(capital, head)), keys, rows)


def below_grid(entry: Entry, table: t.Table, s: Sentences) -> tuple[Line, ...]:
    """What stands below a table: the value under the last row of a scale."""
    if table.below is None:
        return ()
    result = s.checked.signatures[entry.full_name].result
    value = cell_value(table.below, result, s.checked.parameters[entry.full_name], s)
    return (Line(s.fill("below scale", value=value)),)


def cell_value(element: t.Expression | t.Range, type_: Type, within: Within, s: Sentences) -> Words:
    """What stands in a cell; a number without a unit has that of its column."""
    bare = without_none(type_)
    if isinstance(element, t.Number) and element.unit is None and isinstance(bare, Number):
        return s.amount(element.value, bare.unit)
    if isinstance(element, t.Range):
        ends = [None if end is None else cell_value(end, type_, within, s) for end in (element.low, element.high)]
        return s.ranged(ends[0], ends[1], element.below)
    return s.phrase(element, within)


def _row(row: t.Row, kinds: list[Type], within: Within, keys: int, s: Sentences) -> GridRow:
    cells = []
    for number, (cell, kind) in enumerate(zip(row.cells, kinds, strict=True)):
        parts = [cell_value(element, kind, within, s) for element in cell.elements]
        anything = s.fill("any") if number < keys else (ANYTHING,)
        cells.append(s.alternatives(parts) if parts else anything)
    cites = tuple(citation(reference, s.wording, s.language) for reference in row.cites)
    return GridRow(tuple(cells), cites, s.marks(row.unconfirmed))


def heading(type_: Type, s: Sentences) -> Words:
    """What a column of values of a type is called."""
    bare = without_none(type_)
    if isinstance(bare, YesNo):
        return s.fill("answer")
    return s.kind(bare) or type_in_words(bare, s)


def _across_heads(columns: Columns, across: Type, s: Sentences) -> tuple[Words, ...]:
    """The heads of columns, each for one value of the parameter across."""
    return tuple(s.value(value, without_none(across)) for value in columns.outputs)


def _key_head(entry: Entry, name: str, within: Within, s: Sentences) -> Words:
    """What a key column is called: as what is looked up in it, where that is one thing, or by its parameter."""
    place = [local.name for local in within].index(name)
    given = _given_for(entry, place, s.checked)
    if given is not None:
        return (s.label(given),)
    return s.local(within[place], within)


def across_head(entry: Entry, table: t.Table, s: Sentences) -> Words | None:
    """What lies across the top of a table, if anything does."""
    if table.across is None:
        return None
    return _key_head(entry, table.across, s.checked.parameters[entry.full_name], s)


def _given_for(entry: Entry, place: int, checked: Checked) -> Entry | None:
    """The one thing declared that all rules give for a parameter; None where they give several, or an expression."""
    calls = [node for node, target in checked.meaning.targets.items() if target is entry and isinstance(node, t.Call)]
    given = {checked.meaning.targets.get(call.arguments[place]) for call in calls if place < len(call.arguments)}
    only = given.pop() if len(given) == 1 else None
    return only if isinstance(only, Entry) else None
