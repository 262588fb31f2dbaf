"""Tables and scales: headers bound by name, cells of the right type, bounds that fall."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from policy.check import errors, table_errors
from policy.check.axes import Axis, axis_of
from policy.check.cells import exact, matchers
from policy.check.coverage import coverage
from policy.check.fitting import allowed, plain
from policy.check.infer import Inference
from policy.check.operators import check_range, ends_of
from policy.check.scope import Local, Scope
from policy.diagnostics import did_you_mean
from policy.model.cells import Matcher
from policy.model.types import Anything, Enum, Key, Number, Type, YesNo, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.text import Span


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table stand for.

    `keys` gives, for each column left of the output, its parameter. `outputs` gives, for each output column, the value
    of the `across` parameter that it is for, or None when there is one output for all. For a scale, `keys` is empty,
    the first column is the level, and `outputs` are the columns of bounds.
    """

    keys: tuple[str, ...]
    outputs: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a table declares: its parameters without the one across, that one, and what it gives."""

    down: Mapping[str, Type]
    across: Type | None
    result: Type
    scope: Scope


def check_table(inference: Inference, entry: Entry, table: t.Table, locals_: tuple[Local, ...]) -> Columns | None:
    """What the columns stand for; None, with mistakes reported, when the header does not fit.

    `locals_` are the parameters. They may be named like definitions: their names head the columns.
    """
    told_before = len(inference.mistakes)
    shape = _shape(inference, entry, table, locals_)
    if shape is None:
        return None
    header, rows = table.rows[0], table.rows[1:]
    if not rows:
        message, help = f"`{table.name}` has a header but no row", "add a row for each case"
        inference.report(table_errors.bad_table(header.span, message, help))
    columns = (_scale_header if table.scale else _table_header)(inference, table, shape)
    fitting = [row for row in rows if len(row.cells) == len(header.cells)]
    told: set[int] = set()
    for row in rows:
        if len(row.cells) != len(header.cells):
            if len(row.cells) in told:
                continue
            told.add(len(row.cells))
            message = f"this row has {_cells(len(row.cells))}, the header has {len(header.cells)}"
            inference.report(
                table_errors.bad_table(row.span, message, "write one cell under each heading, `-` for anything")
            )
        elif columns is not None and table.scale:
            _scale_row(inference, row, shape)
        elif columns is not None:
            _table_row(inference, row, columns, shape)
    if table.scale and columns is not None:
        _falling(inference, table, fitting, shape.result)
    if table.below is not None:
        inference.check(table.below, shape.scope, shape.result, f"the value below the scale `{table.name}`")
    if columns is not None and len(inference.mistakes) == told_before:
        (_bounded if table.scale else _covered)(inference, table, columns, shape)
    return columns


def _shape(inference: Inference, entry: Entry, table: t.Table, locals_: tuple[Local, ...]) -> _Shape | None:
    """What a table declares; None, reported, when there is nothing to run across."""
    signature = inference.signature(entry)
    parameters = dict(signature.parameters)
    across = None
    if table.across is not None:
        place = table.across_span or table.span
        if table.across not in parameters:
            message = f"`across` names `{table.across}`, which is no parameter of `{table.name}`"
            help = did_you_mean(table.across, parameters) or f"name one of its parameters: {_listed(parameters)}"
            inference.report(table_errors.bad_table(place, message, help))
            return None
        across = parameters.pop(table.across)
        if isinstance(across, Anything):
            return None
        if not isinstance(across, (Enum, YesNo, Number)):
            message = f"`{table.across}` is `{across}`, which has no list of values to stand in the header"
            help = "name a parameter that is an enum, yes_no or a number"
            inference.report(table_errors.bad_table(place, message, help))
            return None
    scope = Scope(entry.policy, {local.name: local for local in locals_})
    return _Shape(parameters, across, signature.result, scope)


# ------------------------------------------------------------------ headers


def _table_header(inference: Inference, table: t.Table, shape: _Shape) -> Columns | None:
    """The columns of a table: its parameters in any order, then the outputs."""
    cells = table.rows[0].cells
    lead = [_word(cell) for cell in cells[: len(shape.down)]]
    rest = cells[len(shape.down) :]
    if sorted(name or "" for name in lead) != sorted(shape.down):
        strange = [word for word in lead if word is not None and word not in shape.down]
        message = f"the header of `{table.name}` must begin with its parameters, {_listed(shape.down)}"
        help = f"write `| {' | '.join(shape.down)} | … |`"
        if len(strange) == 1 and (near := did_you_mean(strange[0], shape.down)):
            help = near
        inference.report(table_errors.bad_table(table.rows[0].span, message, help))
        return None
    keys = tuple(name or "" for name in lead)
    if shape.across is not None:
        outputs = _across(inference, table, rest, shape.across)
        return None if outputs is None else Columns(keys, outputs)
    if len(rest) != 1:
        message = f"after its parameters `{table.name}` has one output column, not {len(rest)}"
        help = "name the output in one column, or declare the table `across` a parameter"
        inference.report(table_errors.bad_table(table.rows[0].span, message, help))
        return None
    return Columns(keys, (None,))


def _scale_header(inference: Inference, table: t.Table, shape: _Shape) -> Columns | None:
    """The columns of a scale: the level, then the bounds of the one parameter it measures."""
    cells = table.rows[0].cells
    if len(shape.down) != 1:
        message = f"the scale `{table.name}` must measure one parameter, not {len(shape.down) or 'none'}"
        help = "give it one parameter, and if need be one `across`"
        inference.report(table_errors.bad_table(table.name_span, message, help))
        return None
    (measured,) = shape.down
    if shape.across is not None:
        outputs = _across(inference, table, cells[1:], shape.across)
        return None if outputs is None else Columns((), outputs)
    if len(cells) != 2 or _word(cells[1]) != measured:
        message = f"the header of `{table.name}` must name what the scale gives, then `{measured}`"
        inference.report(table_errors.bad_table(table.rows[0].span, message, f"write `| level | {measured} |`"))
        return None
    return Columns((), (None,))


def _across(inference: Inference, table: t.Table, cells: tuple[t.Cell, ...], across: Type) -> tuple[object, ...] | None:
    """The values of the `across` parameter in the header; each must be there once."""
    found: list[object] = []
    for cell in cells:
        value = _header_value(cell, across)
        if value is None:
            message = f"`{cell.span.text.strip()}` is not a value of `{table.across}`"
            help = _near_value(cell, across) or f"the header lists the values of `{table.across}`, which is `{across}`"
            inference.report(table_errors.bad_table(cell.span, message, help))
            return None
        if value in found:
            message = f"the column `{cell.span.text.strip()}` stands twice"
            inference.report(table_errors.bad_table(cell.span, message, "keep one of them"))
            return None
        found.append(value)
    wanted: tuple[object, ...] = ()
    if isinstance(across, Enum):
        wanted = across.values
    elif isinstance(across, YesNo):
        wanted = (True, False)
    missing = [_shown(value) for value in wanted if value not in found]
    if missing or not found:
        lacks = _listed(missing) if missing else f"the values of `{table.across}`"
        message, help = f"the header lacks {lacks}", f"add a column for each value of `{table.across}`"
        inference.report(table_errors.bad_table(table.rows[0].span, message, help))
        return None
    return tuple(found)


def _header_value(cell: t.Cell, across: Type) -> object:
    """The value of the `across` parameter that a heading names; None when it names none."""
    word = cell.elements[0] if len(cell.elements) == 1 else None
    match across, word:
        case Enum(values=values), t.Name(id=name) if name in values:
            return name
        case YesNo(), t.YesNo(value=value):
            return value
        case Number(), t.Number(value=number, unit=unit) if unit in (None, across.unit):
            return None if allowed(number, across) else number
        case _:
            return None


def _near_value(cell: t.Cell, across: Type) -> str | None:
    """The value that a wrong heading was probably meant to be."""
    word = _word(cell)
    return did_you_mean(word, across.values) if word is not None and isinstance(across, Enum) else None


def _word(cell: t.Cell) -> str | None:
    """The single word of a heading."""
    word = cell.elements[0] if len(cell.elements) == 1 else None
    return word.id if isinstance(word, t.Name) else None


# ------------------------------------------------------------------ rows


def _table_row(inference: Inference, row: t.Row, columns: Columns, shape: _Shape) -> None:
    """The cells of one row: written values under the parameters, then the outputs."""
    written = Scope(shape.scope.policy, sees_fields_only=True)
    for name, cell in zip(columns.keys, row.cells, strict=False):
        for element in cell.elements:
            wanted = plain(shape.down[name]) if isinstance(element, t.Range) else shape.down[name]
            ends = [end for end in ends_of(element) if _is_literal(inference, end, wanted)]
            for end in ends:
                _check_cell(inference, end, written, wanted, f"a cell under `{name}`")
            check_range(inference, element, wanted)
    for cell in row.cells[len(columns.keys) :]:
        if len(cell.elements) != 1 or isinstance(cell.elements[0], t.Range):
            message = "an output cell holds one value"
            inference.report(table_errors.bad_table(cell.span, message, "write a row for each value"))
        else:
            _check_cell(inference, cell.elements[0], shape.scope, shape.result, "an output cell")


def _check_cell(inference: Inference, node: t.Expression, scope: Scope, wanted: Type, why: str) -> None:
    """Check a cell. A number takes the unit of its column, which the declaration has said already."""
    needed = without_none(wanted)
    if not isinstance(node, t.Number) or node.unit is not None or not isinstance(needed, Number):
        inference.check(node, scope, wanted, why)
        return
    type_ = Number(needed.unit, whole=node.value.denominator == 1)
    inference.meaning.types[node] = type_
    inference.require(node, type_, wanted, why)


def _is_literal(inference: Inference, node: t.Expression, wanted: Type) -> bool:
    """Whether a key cell is a value as written, or a word where an enum is wanted; anything else is reported."""
    if isinstance(node, (t.Number, t.Money, t.Text, t.Code, t.YesNo, t.DateLiteral)):
        return True
    needed = without_none(wanted)
    if isinstance(node, t.Name) and isinstance(needed, (Enum, Anything)):
        if isinstance(needed, Enum) and node.id not in needed.values:
            inference.report(errors.not_in_enum(node.span, node.id, needed, needed.values))
            return False
        return True
    message = "a key cell holds written values, not something computed"
    inference.report(
        table_errors.bad_table(node.span, message, "write the value, or choose with `when` in a definition")
    )
    return False


def _scale_row(inference: Inference, row: t.Row, shape: _Shape) -> None:
    """The cells of one row: the level, then a bound or nothing in each column."""
    (measured,) = shape.down.values()
    for i, cell in enumerate(row.cells):
        if not cell.elements and i:
            continue
        element = cell.elements[0] if len(cell.elements) == 1 else None
        if element is None or isinstance(element, t.Range):
            message = "a cell of a scale holds one bound" if i else "a row of a scale has one level"
            help = "write the lowest value that reaches the row, or `-` for none" if i else "write its level first"
            inference.report(table_errors.bad_table(cell.span, message, help))
        elif not i:
            _check_cell(inference, element, shape.scope, shape.result, "the level of a row")
        elif isinstance(element, (t.Number, t.Money)):
            _check_cell(inference, element, shape.scope, measured, "a bound of the scale")
        else:
            help = "write the lowest value that reaches the row"
            inference.report(table_errors.bad_table(cell.span, "a bound of a scale is a written number", help))


def _falling(inference: Inference, table: t.Table, rows: list[t.Row], result: Type) -> None:
    """Report each bound or level that is not below the one above it, and a `below` that is above the last level."""
    words = without_none(result)
    order = words.values if isinstance(words, Enum) and words.ordered else ()
    above: dict[int, tuple[Fraction, Span]] = {}
    for row in rows:
        for i, cell in enumerate(row.cells):
            height = _height(cell.elements[0], order) if len(cell.elements) == 1 else None
            if height is None:
                continue
            if i in above and height >= above[i][0]:
                _tell_order(inference, cell.span, above[i][1], strictly=True)
            above[i] = height, cell.span
    lowest = None if table.below is None else _height(table.below, order)
    if table.below is not None and lowest is not None and 0 in above and lowest > above[0][0]:
        _tell_order(inference, table.below.span, above[0][1], strictly=False)


def _tell_order(inference: Inference, span: Span, above: Span, strictly: bool) -> None:
    """Report a value that does not fall."""
    verb = "is not below" if strictly else "is above"
    message = f"`{span.text.strip()}` {verb} `{above.text.strip()}`"
    inference.report(table_errors.scale_order(span, message, above))


def _height(node: t.Expression | t.Range, order: Sequence[str]) -> Fraction | None:
    """How high a bound or level is, that is a number or a word of an ordered enum."""
    match node:
        case t.Number(amount=amount) | t.Money(amount=amount):
            return amount
        case t.Name(id=word) if word in order:
            return Fraction(order.index(word))
        case _:
            return None


# ------------------------------------------------------------------ what no row takes, and what several take


def _covered(inference: Inference, table: t.Table, columns: Columns, shape: _Shape) -> None:
    """Report what no row of a table takes, and what two rows take. The values across are one more key."""
    rows = [
        [matchers(cell, shape.down[key]) for key, cell in zip(columns.keys, row.cells, strict=False)]
        for row in table.rows[1:]
    ]
    keys = [(key, shape.down[key], [row[k] for row in rows]) for k, key in enumerate(columns.keys)]
    if table.across is not None and shape.across is not None:
        across = tuple(Matcher("value", exact(value)) for value in columns.outputs)
        keys.append((table.across, shape.across, [across for _ in rows]))
    if not keys or any(isinstance(type_, Anything) for _, type_, _ in keys):
        return
    axes = [axis_of(type_, cells, _known_keys(inference, type_)) for _, type_, cells in keys]
    taken = [[axis.covers(cell) for cell in cells] for axis, (_, _, cells) in zip(axes, keys, strict=True)]
    boxes = list(zip(*taken, strict=True))
    names = [key for key, _, _ in keys]
    for row, box in zip(table.rows[1:], boxes, strict=True):
        for key, cell, stretches in zip(columns.keys, row.cells, box, strict=False):
            if not stretches:
                inference.report(table_errors.row_in_vain(cell.span, key, shape.down[key]))
    found = coverage(boxes, axes)
    for gap in found.gaps:
        parts = [k for k, axis in enumerate(axes) if gap[k] != (1 << axis.size) - 1]
        limit = axes[parts[0]].limit(gap[parts[0]]) if len(parts) == 1 else None
        limited = f"`{names[parts[0]]}`: `{limit}`" if limit else None
        inference.report(table_errors.table_gap(table.name_span, table.name, _said(names, axes, gap), limited))
    for overlap in found.overlaps:
        first, second = (table.rows[at + 1] for at in (overlap.first, overlap.second))
        both = f"rows {overlap.first + 1} and {overlap.second + 1}"
        inference.report(table_errors.table_overlap(second.span, both, _said(names, axes, overlap.both), first.span))


def _said(names: Sequence[str], axes: Sequence[Axis], box: Sequence[int]) -> str:
    """A box in words, without the keys that may be anything in it."""
    whole = [(1 << axis.size) - 1 for axis in axes]
    parts = [
        f"`{name}` {axis.say(part)}"
        for name, axis, part, all_ in zip(names, axes, box, whole, strict=True)
        if part != all_
    ]
    return " and ".join(parts) or "anything"


def _known_keys(inference: Inference, type_: Type) -> Collection[str] | None:
    """The keys of the dataset that a key is of, if all of them are known."""
    bare = without_none(type_)
    return inference.shapes.keys(bare.dataset) if isinstance(bare, Key) else None


def _bounded(inference: Inference, table: t.Table, columns: Columns, shape: _Shape) -> None:
    """Report what a scale gives nothing for, having no value below its lowest bounds."""
    (measured,) = shape.down
    of = without_none(shape.down[measured])
    if table.below is not None or not isinstance(of, Number):
        return
    for i, value in enumerate(columns.outputs, start=1):
        bounds = [row.cells[i].elements[0] for row in table.rows[1:] if row.cells[i].elements]
        lowest = bounds[-1].amount if bounds and isinstance(bounds[-1], (t.Number, t.Money)) else None
        if lowest is None or of.low is None or of.low < lowest:
            where = f"`{measured}`" if lowest is None else f"`{measured}` less than {bounds[-1].span.text}"
            if table.across is not None:
                where += f" and `{table.across}` {_shown(value)}"
            inference.report(table_errors.scale_gap(table.name_span, table.name, where))


def _cells(number: int) -> str:
    """A number of cells in words."""
    return f"{number} cell{'' if number == 1 else 's'}"


def _shown(value: object) -> str:
    """A value as the header writes it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _listed(names: Mapping[str, object] | list[str]) -> str:
    """Names in a row."""
    return ", ".join(f"`{name}`" for name in names)
