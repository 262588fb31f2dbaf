"""The policies of one stretch of time, checked and compiled once for all the days on which no text changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path

from policy.check.checked import Checked, check
from policy.evaluate import Program, beforehand, compile_graph
from policy.explain.wording import Wording, wording
from policy.graph import Graph
from policy.graph.build import build_conditions, build_graph
from policy.model.program import Program as Texts
from policy.pipeline.conditions import Conditions
from policy.profiles.reader import Reader, make_reader
from policy.syntax import tree as t


class Compiled:
    """A program from its texts to its code, each step taken when it is first needed.

    `texts` are of one day, but all that is made of them is the same on every other day with the same texts.
    """

    def __init__(self, texts: Texts, data: Path) -> None:
        self.texts = texts
        self._data = data
        self._assuming: dict[frozenset[str], Program] = {}

    @cached_property
    def checked(self) -> Checked:
        """The checked program, mistakes included."""
        return check(self.texts, self._data)

    @cached_property
    def graph(self) -> Graph:
        """The evaluation graph of a sound program."""
        return beforehand(build_graph(self.checked), self.checked.catalog)

    @cached_property
    def wording(self) -> Wording:
        """What explanations say of the policies beside values."""
        return wording(self.texts)

    @cached_property
    def program(self) -> Program:
        """The graph as Python code."""
        return compile_graph(self.graph, self.checked.catalog)

    def assuming(self, assumed: Collection[str]) -> Program:
        """The program in which some outcomes are given rather than worked out; made once for each set of them."""
        if not assumed:
            return self.program
        key = frozenset(assumed)
        if key not in self._assuming:
            graph = beforehand(build_graph(self.checked, assumed=key), self.checked.catalog)
            self._assuming[key] = compile_graph(graph, self.checked.catalog)
        return self._assuming[key]

    @cached_property
    def record_checks(self) -> Mapping[str, Conditions]:
        """What must hold in the records of each kind, ready to run."""
        return {
            entry.full_name: self._conditions(entry.full_name, entry.declaration)
            for entry in self.texts.entries()
            if isinstance(entry.declaration, t.RecordDeclaration)
            and (entry.declaration.valid or any(field.applies for field in entry.declaration.fields))
        }

    def _conditions(self, name: str, record: t.RecordDeclaration) -> Conditions:
        return Conditions(
            compile_graph(beforehand(build_conditions(self.checked, name), self.checked.catalog), self.checked.catalog),
            tuple((f"valid.{i}", valid.clauses.label.en or "") for i, valid in enumerate(record.valid)),
            tuple((f"applies.{f.name}", f.name, f.applies.span.text) for f in record.fields if f.applies is not None),
        )

    @cached_property
    def reader(self) -> Reader:
        """What reads profiles that are right."""
        checks = self.record_checks
        readings = {name: conditions.reading for name, conditions in checks.items()}
        return make_reader(self.checked.catalog, checks, readings)
