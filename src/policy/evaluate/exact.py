"""Evaluating a graph for one profile, exactly or within bounds, and looking at the values it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast

from policy.evaluate.general import General, Row
from policy.evaluate.layout import Layout
from policy.evaluate.possible import Could
from policy.graph import Graph
from policy.model.catalog import Catalog
from policy.model.values import UNKNOWN, Listing, Unknown, items_of

if TYPE_CHECKING:
    from policy.evaluate.generate import Evaluate

SOME: Final = 20
"""How many profiles are evaluated node by node before code is generated: about what making it costs."""


class Program:
    """A graph ready to be evaluated: the first few profiles node by node, then by code generated from it."""

    def __init__(self, graph: Graph, catalog: Catalog) -> None:
        self.graph = graph
        self.catalog = catalog
        self.general = General(graph, catalog)
        self._layout = self.general.layout
        self._run: Evaluate = self._plainly
        self._evaluated = 0

    def evaluate(
        self, facts: Mapping[str, object], answers: Mapping[str, object], assessed_on: date | None
    ) -> Evaluation:
        """The value of every node. Facts left out are unknown; nothing a valid profile holds raises an exception.

        What is assumed stands among the facts, by its full name.
        """
        return Evaluation(self._layout, self._run(facts, answers, assessed_on))

    def _plainly(self, facts: Mapping[str, object], answers: Mapping[str, object], assessed_on: object) -> Row:
        """One of the first few profiles, node by node."""
        self._evaluated += 1
        if self._evaluated > SOME:
            self._run = self.fast
        return self.general.evaluate(facts, answers, assessed_on)

    def evaluate_plainly(
        self, facts: Mapping[str, object], answers: Mapping[str, object], assessed_on: date | None
    ) -> Evaluation:
        """The same values, worked out node by node."""
        return Evaluation(self.general.layout, self.general.evaluate(facts, answers, assessed_on))

    @cached_property
    def fast(self) -> Evaluate:
        """The code generated from the graph."""
        from policy.evaluate.generate import generate

        return generate(self.general)

    def bound(
        self,
        facts: Mapping[str, object],
        answers: Mapping[str, object],
        assessed_on: date | None,
        reach: Mapping[str, object] | None = None,
    ) -> Evaluation:
        """The value of every node, or the set of what it can still be: slower, and never less than `evaluate` knows.

        `reach` says what unknown ones among the facts and assumptions can be, where more is known than their types say.
        """
        from policy.evaluate.bounds import Case, evaluate_bounds

        exact = self.evaluate(facts, answers, assessed_on)
        known = {number: exact.value(number) for number in exact.order}
        case = Case(self.graph, self.catalog, {**facts, **(reach or {})}, answers, assessed_on, known)
        return Evaluation(self.general.layout, evaluate_bounds(case, self.general.layout))


def compile_graph(graph: Graph, catalog: Catalog) -> Program:
    """A graph ready to run for many profiles."""
    return Program(graph, catalog)


class Frame:
    """The values of one body run, or of the whole graph, and the frame around it."""

    parent: Frame | None = None
    parameter: int | None = None
    member: object = None
    certain = True

    def __init__(self, layout: Layout, row: Sequence[object]) -> None:
        self.layout = layout
        self.row = row

    @property
    def graph(self) -> Graph:
        """The graph that these are values of."""
        return self.layout.graph

    @property
    def order(self) -> tuple[int, ...]:
        """The nodes whose values these are."""
        return self.layout.order

    def value(self, number: int) -> object:
        """The value of a node, of this frame or one around it; unknown where only a set of values is known."""
        found = self.reach(number)
        return UNKNOWN if isinstance(found, Could) else found

    def reach(self, number: int) -> object:
        """The value of a node, or the set of what it can be."""
        if number == self.parameter:
            return self.member
        if number in self.layout.place:
            return self.row[self.layout.place[number]]
        node = self.graph.nodes[number]
        if node.op == "const":
            return node.value
        if node.op == "definition":
            return self.reach(node.args[0])
        if self.parent is None:
            raise KeyError(number)
        return self.parent.reach(number)

    def home(self, number: int) -> Frame:
        """The frame that a node stands in: this one or one around it."""
        frame = self
        while number != frame.parameter and number not in frame.layout.inside and frame.parent is not None:
            frame = frame.parent
        return frame

    def frames(self, number: int) -> Iterator[Frame]:
        """One frame for each member that a list node walked, with the values of its body."""
        if number not in self.layout.rows:
            if self.parent is not None:
                yield from self.parent.frames(number)
            return
        rows = cast(tuple[Sequence[object], ...], self.row[self.layout.rows[number]])
        if not rows:
            return
        node = self.graph.nodes[number]
        assert node.body is not None
        layout = self.layout.within(number)
        items, certain = items_of(self.value(node.args[0]))
        for item, sure, row in zip(items, certain, rows, strict=True):
            inner = Frame(layout, row)
            inner.parent, inner.parameter, inner.member, inner.certain = self, node.body.parameter, item, sure
            yield inner


class Evaluation(Frame):
    """All values of a graph for one profile: the trace is a view over these."""

    @cached_property
    def complete(self) -> bool:
        """Whether everything outside the bodies is known."""
        return DOUBTFUL.isdisjoint(map(type, self.row))

    def outcome(self, full_name: str) -> object:
        """The value of a named outcome. Raises KeyError when there is none of that name."""
        return self.value(self.graph.named[full_name])


DOUBTFUL: Final = frozenset({Unknown, Listing})
"""The types of what is not known."""
