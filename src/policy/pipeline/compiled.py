"""The policies of one stretch of time, checked and compiled once for all the days on which no text changes.

What reads policy text, checks it and builds graphs of it is loaded when a step is taken that needs it: where what these
steps give has been kept, an answer does without.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from policy.evaluate import Program, beforehand, compile_graph
from policy.graph import Asked, Graph
from policy.graph.narrowing import narrowed
from policy.model.catalog import Catalog
from policy.pipeline.conditions import Conditions
from policy.profiles.reader import Reader, Written, make_reader, written

if TYPE_CHECKING:
    from pydantic import BaseModel

    from policy.check.checked import Checked
    from policy.diagnostics import Diagnostic
    from policy.explain.wording import Wording
    from policy.model.program import Program as Texts
    from policy.profiles.schema import Language


class Compiled:
    """A program from its texts to its code, each step taken when it is first needed.

    `texts` are of one day, but all that is made of them is the same on every other day with the same texts.
    """

    def __init__(self, texts: Texts, data: Path, others: Callable[[date], Compiled]) -> None:
        self.texts = texts
        self._data = data
        self._others = others

    @cached_property
    def checked(self) -> Checked:
        """The checked program, mistakes included."""
        from policy.check.checked import check

        return check(self.texts, self._data, lambda day: self._others(day).checked)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the policies of the day together."""
        return self.checked.diagnostics

    @cached_property
    def catalog(self) -> Catalog:
        """What a profile may hold."""
        return self.checked.catalog

    @cached_property
    def graph(self) -> Graph:
        """The evaluation graph of a sound program."""
        from policy.graph.build import build_graph

        return beforehand(build_graph(self.checked), self.catalog)

    @cached_property
    def wording(self) -> Wording:
        """What explanations say of the policies beside values."""
        from policy.check.across import earlier_texts
        from policy.explain.wording import wording

        return wording(self.texts, {day: earlier.program for day, earlier in earlier_texts(self.checked).items()})

    @cached_property
    def program(self) -> Program:
        """The graph ready to be evaluated."""
        return compile_graph(self.graph, self.catalog)

    def assuming(self, assumed: Collection[str]) -> Program:
        """The program in which some outcomes are given rather than worked out; made once for each set of them."""
        return self._program_of(None, frozenset(assumed)) if assumed else self.program

    def of_one(self, asked: Asked) -> Program:
        """The program of one outcome alone, with what is assumed for it; made once."""
        return self._program_of(asked.name, frozenset(asked.assumed))

    def _program_of(self, only: str | None, assumed: frozenset[str]) -> Program:
        if (only, assumed) not in self._programs:
            alone = only is not None and not assumed
            graph = narrowed(self.graph, {only}) if alone else self._assuming(only, assumed)
            self._programs[only, assumed] = compile_graph(graph, self.catalog)
        return self._programs[only, assumed]

    def _assuming(self, only: str | None, assumed: frozenset[str]) -> Graph:
        """The graph of one outcome, or of all, in which some are given."""
        from policy.graph.build import build_graph

        return beforehand(build_graph(self.checked, None if only is None else (only,), assumed), self.catalog)

    @cached_property
    def _programs(self) -> dict[tuple[str | None, frozenset[str]], Program]:
        """The programs made so far of one outcome or of all, by what is given for them."""
        return {}

    @cached_property
    def record_checks(self) -> Mapping[str, Conditions]:
        """What must hold in the records of each kind, ready to run."""
        from policy.pipeline.conditions import conditions_of

        return conditions_of(self.checked)

    @cached_property
    def written(self) -> Written | None:
        """The code that reads profiles that are right."""
        return written(self.catalog, {name: conditions.reading for name, conditions in self.record_checks.items()})

    @cached_property
    def reader(self) -> Reader:
        """What reads profiles that are right."""
        return make_reader(self.written, self.catalog, self.record_checks)

    def model(self, language: Language) -> type[BaseModel]:
        """A pydantic model of a profile; made once for each language."""
        from policy.profiles.model import profile_model

        if language not in self.models:
            self.models[language] = profile_model(self.catalog, language)
        return self.models[language]

    @cached_property
    def models(self) -> dict[str, type[BaseModel]]:
        """The models made so far, by language."""
        return {}
