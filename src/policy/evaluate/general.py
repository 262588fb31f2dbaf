"""Evaluating a graph node by node: the operation that each names, on the values of its arguments.

This is what the generated code does faster where values are ordinary, and what it falls back on where they are not. It
can also work out a part of a graph from the values that the part needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Final, TypeAlias

from policy.evaluate import lists
from policy.evaluate.answers import answer
from policy.evaluate.layout import Layout, layout_of, origin
from policy.evaluate.meanings import WITH_CONSTANT, WITHOUT_CONSTANT
from policy.frozen import dataclass
from policy.graph import Body, Graph, Node
from policy.model.catalog import Catalog
from policy.model.types import Enum
from policy.model.values import UNKNOWN, Record

Row: TypeAlias = tuple[object, ...]
Values: TypeAlias = list[Any]
"""The value of each node by its number; then the answers, then the rows of each list node by its number."""

Step: TypeAlias = tuple[int, Callable[..., Any], tuple[int, ...] | None]
"""A node, what works out its value, and where its operands are; what walks a list takes all values (None)."""

FACTS: Final = frozenset({"input", "assumed", "elsewhere"})
"""Operations whose values are found among the facts."""

WITHOUT_STEP: Final = FACTS | {"const", "assessed_on", "member", "definition"}
"""Operations whose values are there before anything is worked out, and what only names another node."""


@dataclass(frozen=True, slots=True)
class Part:
    """Nodes to work out together: what they need from elsewhere, and the nodes and list nodes whose results to give."""

    nodes: tuple[int, ...]
    needs: tuple[int, ...]
    gives: tuple[int, ...]
    walks: tuple[int, ...] = ()


class General:
    """A graph ready to be evaluated by its operations. Making one costs next to nothing."""

    def __init__(self, graph: Graph, catalog: Catalog) -> None:
        self.graph = graph
        self.layout = layout_of(graph)
        self._catalog = catalog
        self._answers = len(graph.nodes)
        self._rows = self._answers + 1
        self._datasets: dict[str, Mapping[str, Record]] = {}

    def evaluate(self, facts: Mapping[str, object], answers: Mapping[str, object], assessed_on: object) -> Row:
        """The row of the whole graph. A fact that is not there is unknown."""
        values = self._values(answers)
        for number, name in self._inputs:
            values[number] = facts.get(name, UNKNOWN)
        for number in self._days:
            values[number] = assessed_on
        _run(self._steps, values)
        return self._row(self.layout, values)

    def part(self, part: Part) -> Callable[[Sequence[object], Mapping[str, object]], Row]:
        """What works out a part of the graph from the values that it needs, and the answers to questions."""
        steps = self._steps_of(part.nodes)
        gives = (*part.gives, *[self._rows + number for number in part.walks])

        def work_out(needed: Sequence[object], answers: Mapping[str, object]) -> Row:
            values = self._values(answers)
            for number, value in zip(part.needs, needed, strict=True):
                values[number] = value
            _run(steps, values)
            return tuple([values[number] for number in gives])

        return work_out

    def constant(self, node: Node) -> object:
        """The constant part of a node as its operation wants it."""
        match node:
            case Node(op="row", value=str(dataset)):
                return self.dataset(dataset)
            case Node(op="map", value=Enum(values=values)):
                return values
            case _:
                return node.value

    def dataset(self, name: str) -> Mapping[str, Record]:
        """The rows of a dataset as records, by their keys."""
        if name not in self._datasets:
            rows = self._catalog.datasets[name].rows
            self._datasets[name] = {key: Record(name, row, key) for key, row in rows.items()}
        return self._datasets[name]

    # -------------------------------------------------------------- what is ready beforehand

    @cached_property
    def _template(self) -> Values:
        constants = [node.value if node.op == "const" else None for node in self.graph.nodes]
        return [*constants, None, *([()] * len(constants))]

    def _values(self, answers: Mapping[str, object]) -> Values:
        values = self._template.copy()
        values[self._answers] = answers
        return values

    @cached_property
    def _inputs(self) -> tuple[tuple[int, str], ...]:
        given = ((number, self.graph.nodes[number]) for number in self.graph.order)
        return tuple((number, str(node.value)) for number, node in given if node.op in FACTS)

    @cached_property
    def _days(self) -> tuple[int, ...]:
        return tuple(number for number in self.graph.order if self.graph.nodes[number].op == "assessed_on")

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        return self._steps_of(self.graph.order)

    def _steps_of(self, order: Sequence[int]) -> tuple[Step, ...]:
        nodes = self.graph.nodes
        return tuple(self._step(number, nodes[number]) for number in order if nodes[number].op not in WITHOUT_STEP)

    def _step(self, number: int, node: Node) -> Step:
        operands = tuple(origin(self.graph, argument) for argument in node.args)
        match node.op:
            case _ if node.body is not None:
                return number, self._walk(number, node, node.body, operands[0]), None
            case "question":
                return number, partial(_answer, str(node.value)), (self._answers, *operands)
            case op if op in WITHOUT_CONSTANT:
                return number, WITHOUT_CONSTANT[op], operands
            case op:
                return number, partial(WITH_CONSTANT[op], self.constant(node)), operands

    def _walk(self, number: int, node: Node, body: Body, of: int) -> Callable[[Values], None]:
        """What runs the body of a list node for each member."""
        layout, steps = self.layout.within(number), self._steps_of(body.nodes)
        finish, result = lists.FINISH[node.op], origin(self.graph, body.result)

        def walk(values: Values) -> None:
            def member(item: object) -> tuple[object, Row]:
                values[body.parameter] = item
                _run(steps, values)
                return values[result], self._row(layout, values)

            values[number], values[self._rows + number] = lists.walk(finish, values[of], member)

        return walk

    def _row(self, layout: Layout, values: Values) -> Row:
        return (
            *[values[number] for number in layout.kept],
            *[values[self._rows + number] for number in layout.walks],
        )


def _run(steps: Sequence[Step], values: Values) -> None:
    for number, work_out, operands in steps:
        if operands is None:
            work_out(values)
        else:
            values[number] = work_out(*[values[operand] for operand in operands])


def _answer(question: str, answers: Mapping[str, object], *about: object) -> object:
    return answer(answers, question, *about)
