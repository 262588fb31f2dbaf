"""The rules of every day, for rules that ask for others by the law of another day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from policy.evaluate import Program
from policy.explain.context import Context
from policy.graph import Asked
from policy.graph.reading import facts_read
from policy.pipeline.compiled import Compiled


class EveryDay:
    """What is in force on each day, compiled as far as it is asked for."""

    def __init__(self, sound_on: Callable[[date], Compiled], days: tuple[date, ...]) -> None:
        self._sound_on = sound_on
        self._days = days

    def program(self, asked: Asked, day: date) -> Program | None:
        """What works out a rule by the law of a day; None where it, or what is assumed for it, was not in force."""
        compiled = self._with(asked, day)
        return None if compiled is None else compiled.of_one(asked)

    def context(self, asked: Asked, day: date) -> Context:
        """What the explanation of a rule by the law of a day needs to know."""
        compiled = self._sound_on(day)
        return Context(compiled.of_one(asked).graph, compiled.catalog, lambda: compiled.wording, day, day, self)

    def facts(self, asked: Asked) -> frozenset[str]:
        """The facts that a rule may read by the law of any day, by their keys in a profile."""
        programs = (self.program(asked, day) for day in self._days)
        return frozenset[str]().union(
            *(facts_read(one.graph, [asked.name], self) for one in programs if one is not None)
        )

    def _with(self, asked: Asked, day: date) -> Compiled | None:
        if day < self._days[0]:
            return None
        compiled = self._sound_on(day)
        there = compiled.graph.named
        return compiled if all(name in there for name in (asked.name, *asked.assumed)) else None
