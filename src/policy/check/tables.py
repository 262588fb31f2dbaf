"""Tables and scales: headers bound by name, cells of the right type, bounds that fall."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from policy.check import errors
from policy.check.fitting import fits, plain
from policy.check.infer import Inference
from policy.check.scope import EnumValue, Local, Scope
from policy.model.types import Anything, Enum, Number, Type, YesNo
from policy.model.versions import Entry
from policy.syntax import tree as t


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table stand for.

    `keys` gives, for each column left of the output, its parameter. `outputs` gives, for each output column, the value of
    the `across` parameter that it is for, or None when there is one output for all. For a scale, `keys` is empty, the
    first column is the level, and `outputs` are the columns of bounds.
    """

    keys: tuple[str, ...]
    outputs: tuple[object, ...]


def check_table(inference: Inference, entry: Entry, table: t.Table) -> Columns | None:
    """What the columns stand for; None, with mistakes reported, when the header does not fit."""
    signature = inference.signature(entry)
    parameters = dict(signature.parameters)
    header, rows = table.rows[0], table.rows[1:]
    if not rows:
        inference.report(
            errors.bad_table(header.span, f"`{table.name}` has a header but no row", "add a row for each case")
        )
        return None
    names = [header_word(cell) for cell in header.cells]
    across = None
    if table.across is not None:
        across = parameters.get(table.across)
        if across is None:
            inference.report(
                errors.bad_table(
                    table.span, f"`across` names `{table.across}`, which is no parameter of `{table.name}`"
                )
            )
            return None
        if not isinstance(across, (Enum, YesNo, Number)):
            inference.report(
                errors.bad_table(table.span, f"`{table.across}` has no list of values to stand in the header")
            )
            return None
    columns = (_scale if table.scale else _table)(inference, table, names, parameters, across)
    if columns is None:
        return None
    scope = Scope(entry.policy, {name: Local(name, type_) for name, type_ in signature.parameters})
    for row in rows:
        if len(row.cells) != len(header.cells):
            inference.report(
                errors.bad_table(row.span, f"this row has {len(row.cells)} cells, the header has {len(header.cells)}")
            )
        elif table.scale:
            _scale_row(inference, table, row, scope, parameters, signature.result)
        else:
            _table_row(inference, row, columns, scope, parameters, signature.result)
    if table.scale:
        _falling(inference, rows)
        if table.below is not None:
            inference.check(table.below, scope, plain(signature.result), f"the value below the scale `{table.name}`")
    return columns


def header_word(cell: t.Cell) -> t.Expression | None:
    """The single word or value of a header cell."""
    return cell.elements[0] if len(cell.elements) == 1 and not isinstance(cell.elements[0], t.Range) else None


def _spell(word: t.Expression | None) -> str | None:
    return word.id if isinstance(word, t.Name) else None


def _table(
    inference: Inference,
    table: t.Table,
    words: list[t.Expression | None],
    parameters: dict[str, Type],
    across: Type | None,
) -> Columns | None:
    keys = [name for name in parameters if name != table.across]
    found = [_spell(word) for word in words]
    lead = found[: len(keys)]
    if sorted(name or "" for name in lead) != sorted(keys):
        inference.report(
            errors.bad_table(
                table.rows[0].span,
                f"the header of `{table.name}` must begin with its parameters",
                f"write `| {' | '.join(keys)} | …`",
            )
        )
        return None
    rest = words[len(keys) :]
    if across is None:
        if len(rest) != 1:
            inference.report(
                errors.bad_table(
                    table.rows[0].span, f"`{table.name}` has one output column, the header has {len(rest)}"
                )
            )
            return None
        return Columns(tuple(name or "" for name in lead), (None,))
    outputs = _across(inference, table, rest, across)
    return None if outputs is None else Columns(tuple(name or "" for name in lead), outputs)


def _scale(
    inference: Inference,
    table: t.Table,
    words: list[t.Expression | None],
    parameters: dict[str, Type],
    across: Type | None,
) -> Columns | None:
    measured = [name for name in parameters if name != table.across]
    if len(measured) != 1:
        inference.report(errors.bad_table(table.span, f"the scale `{table.name}` must measure one parameter", None))
        return None
    if across is None:
        if len(words) != 2 or _spell(words[1]) != measured[0]:
            inference.report(
                errors.bad_table(table.rows[0].span, f"the header must be `| level | {measured[0]} |`", None)
            )
            return None
        return Columns((), (None,))
    outputs = _across(inference, table, words[1:], across)
    return None if outputs is None else Columns((), outputs)


def _across(
    inference: Inference, table: t.Table, words: list[t.Expression | None], across: Type
) -> tuple[object, ...] | None:
    """The values of the `across` parameter in the header; each must be there once."""
    found: list[object] = []
    for word in words:
        value: object = None
        if word is not None:
            inference.check(
                word,
                Scope("", {}) if not isinstance(word, t.Name) else _nowhere(inference),
                across,
                f"a header under `across {table.across}`",
            )
            value = _constant(inference, word)
        if value is None:
            inference.report(
                errors.bad_table(table.rows[0].span, f"the header must name the values of `{table.across}`")
            )
            return None
        found.append(value)
    wanted: tuple[object, ...] = tuple(found)
    if isinstance(across, Enum):
        wanted = across.values
    elif isinstance(across, YesNo):
        wanted = (True, False)
    missing = [value for value in wanted if value not in found]
    if missing or len(set(found)) != len(found):
        shown = ", ".join({True: "yes", False: "no"}.get(v, str(v)) if isinstance(v, bool) else str(v) for v in missing)
        message = f"the header lacks {shown}" if missing else "a column stands twice in the header"
        inference.report(errors.bad_table(table.rows[0].span, message))
        return None
    return tuple(found)


def _nowhere(inference: Inference) -> Scope:
    """A place from which only enum values are seen."""
    return Scope(next(iter(inference.program.texts)), {})


def _constant(inference: Inference, word: t.Expression) -> object:
    match word:
        case t.Name():
            target = inference.meaning.targets.get(word)
            return target.value if isinstance(target, EnumValue) else None
        case t.YesNo(value=value) | t.Number(value=value):
            return value
        case _:
            return None


def _table_row(
    inference: Inference,
    row: t.Row,
    columns: Columns,
    scope: Scope,
    parameters: dict[str, Type],
    result: Type,
) -> None:
    for name, cell in zip(columns.keys, row.cells, strict=False):
        for element in cell.elements:
            ends = (element.low, element.high) if isinstance(element, t.Range) else (element,)
            for end in ends:
                if end is None:
                    continue
                check_cell(inference, end, Scope(scope.policy, {}), parameters[name], f"a cell under `{name}`")
                if not is_literal(inference, end):
                    inference.report(
                        errors.bad_table(end.span, "a key cell holds written values, not something computed")
                    )
    for cell in row.cells[len(columns.keys) :]:
        if len(cell.elements) != 1 or isinstance(cell.elements[0], t.Range):
            inference.report(errors.bad_table(cell.span, "an output cell holds one value"))
            continue
        check_cell(inference, cell.elements[0], scope, result, "an output cell")


def check_cell(inference: Inference, node: t.Expression, scope: Scope, wanted: Type, why: str) -> Type:
    """The type of a cell. A number takes the unit of its column, which the header has said already."""
    wanted = plain(wanted)
    if (
        isinstance(node, t.Number)
        and node.unit is None
        and isinstance(wanted, Number)
        and (node.value.denominator == 1 or not wanted.whole)
    ):
        inference.meaning.types[node] = wanted
        return wanted
    return inference.check(node, scope, wanted, why)


def is_literal(inference: Inference, node: t.Expression) -> bool:
    """Whether a cell is a value as written, or a word of an enum; a wrong one has been reported already."""
    if isinstance(node, (t.Number, t.Money, t.Text, t.Code, t.YesNo, t.DateLiteral)):
        return True
    known = isinstance(inference.meaning.targets.get(node), EnumValue)
    return known or isinstance(inference.meaning.types[node], Anything)


def _scale_row(
    inference: Inference, table: t.Table, row: t.Row, scope: Scope, parameters: dict[str, Type], result: Type
) -> None:
    measured = next(type_ for name, type_ in parameters.items() if name != table.across)
    for i, cell in enumerate(row.cells):
        if not cell.elements and i:
            continue
        if len(cell.elements) != 1 or isinstance(cell.elements[0], t.Range):
            inference.report(errors.bad_table(cell.span, "a cell of a scale holds one bound, or `-` for none"))
            continue
        wanted = plain(measured) if i else plain(result)
        actual = check_cell(inference, cell.elements[0], scope, wanted, "a bound" if i else "the level of a row")
        if i and not isinstance(cell.elements[0], (t.Number, t.Money)) and not isinstance(actual, Anything):
            inference.report(errors.bad_table(cell.span, "a bound of a scale is a number"))
        elif i and fits(actual, wanted) and isinstance(cell.elements[0], (t.Number, t.Money)):
            _within(inference, cell, cell.elements[0].value, measured)


def _within(inference: Inference, cell: t.Cell, value: Fraction, measured: Type) -> None:
    """A bound outside what the parameter can be is a mistake of typing."""
    if isinstance(measured, Number) and (
        (measured.low is not None and value < measured.low) or (measured.high is not None and value > measured.high)
    ):
        inference.report(errors.bad_table(cell.span, f"the bound lies outside what `{measured}` can be"))


def _falling(inference: Inference, rows: tuple[t.Row, ...]) -> None:
    above: dict[int, tuple[Fraction, t.Cell]] = {}
    for row in rows:
        for i, cell in enumerate(row.cells):
            element = cell.elements[0] if len(cell.elements) == 1 else None
            if not isinstance(element, (t.Number, t.Money)):
                continue
            if i in above and element.value >= above[i][0]:
                message = f"`{cell.span.text.strip()}` is not below `{above[i][1].span.text.strip()}`"
                inference.report(errors.scale_order(cell.span, message, above[i][1].span))
            above[i] = (element.value, cell)
