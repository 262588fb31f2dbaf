"""Evaluating a graph for one profile, exactly or within bounds, and looking at the values it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast

from policy.evaluate.bounds import Case, evaluate_bounds
from policy.evaluate.generate import Evaluate, generate
from policy.evaluate.possible import Could
from policy.graph import Body, Graph
from policy.model.catalog import Catalog
from policy.model.values import UNKNOWN, Listing, items_of


class _Facts(dict[str, object]):
    """The facts of a profile; one that was left out is unknown."""

    def __missing__(self, key: str) -> object:
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled graph."""

    graph: Graph
    catalog: Catalog
    run: Evaluate

    def evaluate(
        self, facts: Mapping[str, object], answers: Mapping[str, object], assessed_on: date | None
    ) -> Evaluation:
        """The value of every node. Facts left out are unknown; nothing a valid profile holds raises an exception."""
        values, rows = self.run(_Facts(facts), answers, assessed_on)
        return Evaluation(self.graph, values, rows)

    def bound(self, facts: Mapping[str, object], answers: Mapping[str, object], assessed_on: date | None) -> Evaluation:
        """The value of every node, or the set of what it can still be: slower, and never less than `evaluate` knows."""
        values, rows = evaluate_bounds(Case(self.graph, self.catalog, _Facts(facts), answers, assessed_on))
        return Evaluation(self.graph, values, rows)


def compile_graph(graph: Graph, catalog: Catalog) -> Program:
    """A graph as Python code, ready to run for many profiles."""
    return Program(graph, catalog, generate(graph, catalog))


@dataclass(frozen=True)
class Frame:
    """The values of one body run, or of the whole graph, and the frame around it."""

    graph: Graph
    order: tuple[int, ...]
    values: tuple[object, ...]
    rows: tuple[tuple[tuple[object, ...], ...], ...]
    parent: Frame | None = None
    parameter: int | None = None
    member: object = None
    certain: bool = True

    @cached_property
    def _at(self) -> Mapping[int, int]:
        return {number: i for i, number in enumerate(self.order)}

    @cached_property
    def _rows_at(self) -> Mapping[int, int]:
        walks = [number for number in self.order if self.graph.nodes[number].body is not None]
        return {number: i for i, number in enumerate(walks)}

    def value(self, number: int) -> object:
        """The value of a node, of this frame or one around it; unknown where only a set of values is known."""
        found = self.reach(number)
        return UNKNOWN if isinstance(found, Could) else found

    def reach(self, number: int) -> object:
        """The value of a node, or the set of what it can be."""
        if number == self.parameter:
            return self.member
        if number in self._at:
            return self.values[self._at[number]]
        if self.parent is None:
            raise KeyError(number)
        return self.parent.reach(number)

    def home(self, number: int) -> Frame:
        """The frame that a node stands in: this one or one around it."""
        frame = self
        while number != frame.parameter and number not in frame._at and frame.parent is not None:
            frame = frame.parent
        return frame

    def frames(self, number: int) -> Iterator[Frame]:
        """One frame for each member that a list node walked, with the values of its body."""
        if number not in self._rows_at:
            if self.parent is not None:
                yield from self.parent.frames(number)
            return
        node = self.graph.nodes[number]
        body = node.body
        assert body is not None
        rows = self.rows[self._rows_at[number]]
        if not rows:
            return
        items, certain = items_of(self.value(node.args[0]))
        for item, sure, row in zip(items, certain, rows, strict=True):
            yield self._inner(body, item, sure, row)

    def _inner(self, body: Body, item: object, certain: bool, row: tuple[object, ...]) -> Frame:
        count = len(body.nodes)
        rows = cast(tuple[tuple[tuple[object, ...], ...], ...], row[count:])
        return Frame(self.graph, body.nodes, row[:count], rows, self, body.parameter, item, certain)


class Evaluation(Frame):
    """All values of a graph for one profile: the trace is a view over these."""

    def __init__(
        self, graph: Graph, values: tuple[object, ...], rows: tuple[tuple[tuple[object, ...], ...], ...]
    ) -> None:
        super().__init__(graph, graph.order, values, rows)

    @cached_property
    def complete(self) -> bool:
        """Whether everything outside the bodies is known."""
        return not any(value is UNKNOWN or isinstance(value, Listing) for value in self.values)

    def outcome(self, full_name: str) -> object:
        """The value of a named outcome. Raises KeyError when there is none of that name."""
        return self.value(self.graph.named[full_name])
