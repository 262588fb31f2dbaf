"""Ways out of a mistake of type: what to write where a value is of another type than its place wants."""

from __future__ import annotations

from policy.model.types import (
    Code,
    Date,
    Enum,
    Key,
    Length,
    ListOf,
    MapBy,
    Moment,
    Number,
    RecordOf,
    Text,
    Type,
    YesNo,
    without_none,
)
from policy.syntax import tree as t
from policy.text import Span

LONGEST_SHOWN = 30
"""Characters of an expression that is repeated in a proposal; a longer one is left out."""


def towards(span: Span, actual: Type, wanted: Type) -> str:
    """How to get from the type that is there to the one that is wanted."""
    what = shown(span)
    match actual, wanted:
        case Text(), (Enum() | Code() | Key()) if span.text.startswith('"'):
            return "write it without quotation marks"
        case YesNo(), _ if span.text not in {"yes", "no"}:
            return f"write `when {what} then … otherwise …` to choose a value"
        case Number(), YesNo():
            return f"compare it with another number: `{what} >= …`"
        case ((Date() | Moment()), YesNo()):
            return f"compare it with another one: `{what} < …`"
        case ((Text() | Enum() | Code() | Key()), YesNo()):
            return f"compare it with another one: `{what} is …`"
        case ListOf(), YesNo():
            return "write `count of … >= 1`, or `any of (… for each … in …)`"
        case ListOf(of=of), _ if of == wanted:
            return "choose one member with `the one … where (…)`"
        case MapBy(by=by), _:
            return f"give a value of `{by}` in brackets after it"
        case Moment(), Date():
            return f"write `day of {what}`"
        case Date(), Moment():
            return "give a moment: a date has no hour"
        case RecordOf(), _:
            return "name one of its fields after a dot"
        case _, Enum():
            return f"write one of its values, such as `{wanted.values[0]}`" if wanted.values else "correct it"
        case _:
            return f"give {a(wanted)} here"


def to_compare(left: t.Expression, right: t.Expression, one: Type, other: Type) -> str:
    """How to make two values comparable."""
    for node, type_, beside in ((left, one, other), (right, other, one)):
        bare, wanted = without_none(type_), without_none(beside)
        match bare, wanted:
            case Text(), (Enum() | Code() | Key()) if isinstance(node, t.Text):
                return f"write `{node.value}` without quotation marks"
            case Number(), (Date() | Moment()):
                return "write a day as year-month-day, such as `2024-03-31`"
            case MapBy(by=by), _:
                return f"give a value of `{by}` in brackets: `{shown(node.span)}({by.values[0] if by.values else '…'})`"
            case ListOf(), _:
                return "compare its members, with `any of (… for each … in …)`, or their number, with `count of …`"
            case RecordOf(), _:
                return f"name one of its fields after a dot: `{shown(node.span)}.…`"
    kinds = {type(without_none(one)), type(without_none(other))}
    if kinds == {Moment, Date}:
        return "write `day of` and the moment to compare days: a date has no hour"
    if Length in kinds:
        return "compare a length with `>=` or `<` and years, months, weeks or days, the length first"
    return "compare values of one type"


def shown(span: Span) -> str:
    """An expression as it is repeated in a proposal."""
    text = " ".join(span.text.split())
    return text if len(text) <= LONGEST_SHOWN else "…"


def a(type_: Type) -> str:
    """A type with its article: an `integer`, a `date`."""
    name = str(type_)
    return f"{'an' if name[:1] in 'aeio' else 'a'} `{name}`"
