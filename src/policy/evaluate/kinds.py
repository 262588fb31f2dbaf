"""Of what kind the value of a node is when it is an ordinary one: the classes of Python that code can count on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal, TypeAlias

from policy.graph import Graph, Grid, Node
from policy.model.types import (
    Code,
    Date,
    Enum,
    GroupOf,
    Key,
    Length,
    ListOf,
    MapBy,
    Moment,
    Number,
    RecordOf,
    RowOf,
    RunOf,
    Text,
    Type,
    YesNo,
    without_none,
)
from policy.model.values import FixedList

Kind: TypeAlias = Literal["yes_no", "word", "whole", "number", "day", "moment", "record", "list", "map", "length", ""]
"""`word` is any text, `whole` an `int`, `number` an `int` or a `Fraction`; "" is a value of which nothing is known."""

OF_CONSTANTS: Final[Mapping[type, Kind]] = {
    bool: "yes_no",
    str: "word",
    int: "whole",
    Fraction: "number",
    date: "day",
    datetime: "moment",
    tuple: "list",
    FixedList: "list",
}

MOST_VALUES: Final = 200
"""How many values of a type are told one by one."""

NUMBERS: Final = frozenset({"whole", "number"})

COUNTS: Final = frozenset(
    {"completed_years", "completed_months", "floor", "digit", "count", "different", "different_in"}
)
"""Operations that give whole numbers."""

ARITHMETIC: Final = frozenset(
    {"add", "subtract", "multiply", "sum", "greatest", "least", "sum_greatest", "sum_least", "capped"}
)
"""Operations that give whole numbers for whole numbers."""

FRACTIONS: Final = frozenset({"divide", "credited"})
"""Operations that may give fractions of what they take, whatever their type."""

OUTPUTS: Final[Mapping[str, Callable[[Node], tuple[int, ...]]]] = {
    "definition": lambda node: node.args[:1],
    "applies": lambda node: node.args[1:],
    "choice": lambda node: (*node.args[1::2], node.args[-1]),
    "table": lambda node: outputs_of(node),
}
"""Operations that pass on the value of an argument."""


def outputs_of(node: Node) -> tuple[int, ...]:
    """The outputs of a table: what follows its keys."""
    assert isinstance(node.value, Grid)
    return node.args[len(node.value.keys) :]


def kind_of(type_: Type) -> Kind:
    """The kind of an ordinary value of a type."""
    match without_none(type_):
        case YesNo():
            return "yes_no"
        case Text() | Code() | Key() | Enum():
            return "word"
        case Number(whole=whole):
            return "whole" if whole else "number"
        case Date():
            return "day"
        case Moment():
            return "moment"
        case RecordOf() | RowOf() | GroupOf() | RunOf():
            return "record"
        case ListOf():
            return "list"
        case MapBy():
            return "map"
        case Length():
            return "length"
        case _:
            return ""


def values_of(type_: Type) -> tuple[object, ...]:
    """All ordinary values of a type that has but a few; none for any other type."""
    match without_none(type_):
        case YesNo():
            return (True, False)
        case Enum(values=values):
            return values
        case Number(whole=True, low=Fraction() as low, high=Fraction() as high) if high - low <= MOST_VALUES:
            return tuple(range(ceil(low), floor(high) + 1))
        case _:
            return ()


class Kinds:
    """The kinds of the nodes of a graph: by their types, and whole where arithmetic shows that a number is."""

    def __init__(self, graph: Graph) -> None:
        self._kinds: list[Kind] = []
        for node in graph.nodes:
            self._kinds.append(self._kind(node))

    def __getitem__(self, number: int) -> Kind:
        return self._kinds[number]

    def _kind(self, node: Node) -> Kind:
        if node.op == "const":
            return OF_CONSTANTS.get(type(node.value), "")
        found = kind_of(node.type)
        if found not in NUMBERS:
            return found
        if node.op in COUNTS:
            return "whole"
        if node.op in FRACTIONS:
            return "number"
        if node.op not in OUTPUTS and node.op not in ARITHMETIC:
            return found
        passed = OUTPUTS[node.op](node) if node.op in OUTPUTS else node.args
        return "whole" if all(self._kinds[argument] == "whole" for argument in passed) else "number"
