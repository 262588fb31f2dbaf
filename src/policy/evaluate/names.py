"""What the names in generated code mean: each is made of letters of the engine and numbers of nodes.

================== ==================================================================================================
`n7`, `r7`         the value of a node; the rows of a list node
`x7`, `y7`, `z7`   inside a walk, the results and rows so far, and whether all results are ordinary
`p7`, `v`          the place of a number that is a key of tables
`k7`               the constant part of a node, as its operation takes it
`f7`               the name of the field that it reads
`e7`               all values that the node can have
`s7`, `h7`         the set in which it tests membership; the test of a set with patterns
`m7_0`             a key of the map that it makes
`o7`               the places of words in the order that it compares by
`t7`, `w7_0`       the outputs of a table laid out; what each word of its first key adds to the place
`op_add`, `q_each` an operation; the finish of a walk
`slowly`           works out a part of the graph by its operations; `plainly` all of it
================== ==================================================================================================

So code can be kept without what it refers to, and be given it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import partial
from math import floor
from types import CodeType
from typing import Any, Final

from policy.evaluate import lists, operations, quick
from policy.evaluate.answers import answer
from policy.evaluate.general import General, Part
from policy.evaluate.inline import members
from policy.evaluate.kinds import Kinds, values_of
from policy.evaluate.layout import origin
from policy.evaluate.lookups import Lookup, Words, lookup, scales
from policy.evaluate.meanings import WITH_CONSTANT, WITHOUT_CONSTANT
from policy.graph import CodeSet, FieldRef
from policy.model import calendar
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Elapsed, FixedList, MapValue, Record

ENGINE: Final[Mapping[str, object]] = {
    "unknown": UNKNOWN,
    "not_applicable": NOT_APPLICABLE,
    "NO_KEY": operations.NO_KEY,
    "answer": answer,
    "exact": operations.exact,
    "quotient": operations.divide,
    "floor": floor,
    "completed_years": calendar.completed_years,
    "completed_months": calendar.completed_months,
    **{f"add_{unit}": move for unit, move in calendar.MOVES.items()},
    **{
        function.__name__: function
        for function in (
            *(quick.at_or_above, quick.above, quick.placed, quick.credited, quick.outside, quick.kept_by_rows),
            *(quick.any_in, quick.all_in, quick.sum_in, quick.greatest_in, quick.least_in),
            *(Elapsed, Fraction, MapValue, Record, date, datetime, int, str, tuple, type),
            *(KeyError, len, max, min),
        )
    },
}
"""Names that mean the same in all code."""

ATTRIBUTES: Final = frozenset({"_denominator", "_numerator", "append", "fields", "get", "values", "evaluate"})
"""What code says after a dot, and the function that it defines."""

OF_NODE: Final = re.compile(r"([ekfshotwm])([0-9]+)(?:_([0-9]+))?")


class Names:
    """The names in code generated from a graph."""

    def __init__(self, general: General) -> None:
        self.general = general
        self.graph = general.graph
        self.kinds = Kinds(general.graph)
        self.scales = scales(general.graph, self.kinds)
        self._lookups: dict[int, Lookup | None] = {}

    def lookup(self, number: int) -> Lookup | None:
        """How a table is laid out."""
        if number not in self._lookups:
            self._lookups[number] = lookup(self.graph, self.kinds, self.scales, number)
        return self._lookups[number]

    def space(self, code: CodeType) -> dict[str, Any]:
        """What the code refers to."""
        slow = Slowly(self.general)
        space = {"__builtins__": {}, "slowly": slow.part, "plainly": self.general.evaluate}
        return space | {name: self.meaning(name) for name in set(names_in(code)) - space.keys() - ATTRIBUTES}

    def meaning(self, name: str) -> object:
        """What one name means."""
        if name in ENGINE:
            return ENGINE[name]
        of_node = OF_NODE.fullmatch(name)
        if of_node is not None:
            return self._of_node(of_node[1], int(of_node[2]), int(of_node[3] or 0))
        kind, _, op = name.partition("_")
        if kind == "op":
            return WITHOUT_CONSTANT[op] if op in WITHOUT_CONSTANT else WITH_CONSTANT[op]
        assert kind == "q"
        return quick.FINISH.get(op) or partial(_finished, lists.FINISH[op])

    def _of_node(self, letter: str, number: int, key: int) -> object:
        node = self.graph.nodes[number]
        value: Any = node.value
        match letter:
            case "e":
                return frozenset(values_of(node.type))
            case "k":
                return self.general.constant(node)
            case "f":
                assert isinstance(value, FieldRef)
                return value.name
            case "s" if isinstance(value, CodeSet):
                return frozenset(value.patterns)
            case "s":
                operands = [self.graph.nodes[origin(self.graph, argument)] for argument in node.args]
                listed = operands[-1].value
                return listed.members if isinstance(listed, FixedList) else members(node, operands)
            case "h":
                return quick.holds(value)
            case "m":
                keys: Any = self.general.constant(node)
                return keys[key]
            case "o":
                return {word: at for at, word in enumerate(value)}
        found = self.lookup(number)
        assert found is not None
        if letter == "t":
            return found.cells
        words = found.keys[key]
        assert isinstance(words, Words)
        return words.places


def names_in(code: CodeType) -> Iterator[str]:
    """All names that code refers to, that inside it included."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from names_in(constant)


def _finished(finish: lists.Finish, items: tuple[object, ...], results: list[object]) -> object:
    """What comes of a walk over a list whose members are all certain."""
    return finish(items, (True,) * len(items), results, None)


class Slowly:
    """Works out parts of a graph by its operations; what follows from a special value alone, only once."""

    def __init__(self, general: General) -> None:
        self.general = general
        self._parts: dict[int, Callable[..., tuple[object, ...]]] = {}
        self._known: dict[tuple[int, int], tuple[object, ...]] = {}

    def part(
        self,
        number: int,
        part: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[int, ...]],
        answers: Mapping[str, object],
        *needed: object,
    ) -> tuple[object, ...]:
        """What a part gives. Parts of one graph have different numbers."""
        key = (number, id(needed[0]))
        if len(needed) == 1 and key in self._known:
            return self._known[key]
        if number not in self._parts:
            self._parts[number] = self.general.part(Part(*part))
        found = self._parts[number](needed, answers)
        if len(needed) == 1 and any(needed[0] is value for value in ALONE) and not self._asks(part[0]):
            self._known[key] = found
        return found

    def _asks(self, nodes: tuple[int, ...]) -> bool:
        return any(self.general.graph.nodes[number].op == "question" for number in nodes)


ALONE: Final = (UNKNOWN, NOT_APPLICABLE, None)
"""Special values of which there is one each."""
