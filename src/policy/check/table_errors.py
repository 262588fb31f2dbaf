"""What can be wrong with tables and scales."""

from __future__ import annotations

from policy.check.errors import OUT_OF_RANGE
from policy.diagnostics import Code, Diagnostic, Note
from policy.model.types import Type
from policy.text import Span

BAD_TABLE = Code("bad-table", "The shape of a table does not fit its declaration.")
TABLE_GAP = Code("table-gap", "A table has no row for something that its keys can be.")
TABLE_OVERLAP = Code("table-overlap", "Two rows of a table take the same.")
SCALE_ORDER = Code("scale-order", "The bounds or levels of a scale do not fall from row to row.")


def bad_table(span: Span, message: str, help: str) -> Diagnostic:
    """A table whose header or cells do not fit."""
    return Diagnostic(BAD_TABLE, message, span, help)


def scale_order(span: Span, message: str, above: Span) -> Diagnostic:
    """A bound that is not below the one above it."""
    return Diagnostic(
        SCALE_ORDER,
        message,
        span,
        "the bounds and levels of a scale fall from row to row, the highest first",
        notes=(Note("the one above", above),),
    )


def table_gap(span: Span, name: str, where: str, limited: str | None) -> Diagnostic:
    """Something that no row of a table takes; `limited` is a parameter with a limit that leaves it out."""
    if "more than" in where and "less than" in where:
        help = "let one range end below the next, as `0..<1560` and `1560..` do: there are numbers between whole ones"
    elif limited is not None:
        help = f"add its row, also where it gives nothing; or, if that can never be, limit the type of {limited}"
    else:
        help = "add its row, also where it gives nothing"
    return Diagnostic(TABLE_GAP, f"`{name}` has no row for {where}", span, help)


def scale_gap(span: Span, name: str, where: str) -> Diagnostic:
    """A scale that gives nothing below its lowest bound."""
    return Diagnostic(
        TABLE_GAP, f"`{name}` gives nothing for {where}", span, "say after the rows what it gives there: `below 0`"
    )


def table_overlap(span: Span, rows: str, where: str, first: Span) -> Diagnostic:
    """Something that two rows of a table take."""
    return Diagnostic(
        TABLE_OVERLAP,
        f"{rows} both take {where}",
        span,
        "exactly one row must be hit: change one of them",
        notes=(Note("the first of them", first),),
    )


def row_in_vain(span: Span, key: str, type_: Type) -> Diagnostic:
    """A cell that accepts nothing of what its key can be."""
    return Diagnostic(
        OUT_OF_RANGE,
        f"a cell under `{key}` takes nothing that a `{type_}` of this range can be",
        span,
        "correct the cell, or the range of the parameter",
    )
