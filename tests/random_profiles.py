"""Profiles drawn at random from what a catalog says a profile may hold, and the same with facts left out.

Complete profiles are drawn as the checks of invariants draw them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from policy.check.checked import Checked
from policy.graph import Graph
from policy.model.types import ListOf, MapBy, Moment, OptionalOf, RecordOf, Type
from policy.model.values import UNKNOWN, MapValue, Record
from policy.pipeline import drawing
from policy.pipeline.conditions import conditions_of
from policy.pipeline.drawing import Drawn, Likely, likely_in

__all__ = ["Drawer", "Drawn", "figures_of"]

CHANGES = ("2024-03-10T05:00:00Z", "2024-11-03T04:00:00Z", "2023-03-12T05:00:00Z", "2022-11-06T04:00:00Z")
"""Hours in which clocks are changed in Toronto."""


class Drawer(drawing.Drawer):
    """Draws profiles for one program, completes them, and leaves facts out. `figures` are likely numbers."""

    def __init__(self, checked: Checked, random: Random, around: date, figures: Sequence[Fraction | int] = ()) -> None:
        super().__init__(checked.catalog, conditions_of(checked), random, around, Likely(figures))
        self.checked = checked

    def value(self, type_: Type, path: str) -> Any:
        """A value of a type; a moment now and then near a change of the clock."""
        if isinstance(type_, Moment) and self.random.random() < 0.4:
            change = datetime.fromisoformat(self.random.choice(CHANGES))
            return change + timedelta(minutes=self.random.randrange(240))
        return super().value(type_, path)

    def completed(self, drawn: Drawn) -> Drawn:
        """The profile with everything that was left out drawn anew."""
        facts = {name: self.filled(drawn.facts[name], shape.type, name) for name, shape in self.catalog.inputs.items()}
        others = self.answered(facts)
        answers = {name: _over(drawn.answers.get(name), answer) for name, answer in others.items()}
        return Drawn(facts, answers)

    def filled(self, value: Any, type_: Type, path: str) -> Any:
        """A value of a type of which nothing is unknown any more."""
        match value, type_:
            case _ if value is UNKNOWN:
                return self.value(type_, path)
            case _, OptionalOf(of=of):
                return self.filled(value, of, path)
            case tuple(), ListOf(of=of):
                return tuple(self.filled(item, of, f"{path}[{i}]") for i, item in enumerate(value))
            case MapValue(values=values), MapBy(of=of):
                return MapValue({key: self.filled(held, of, f"{path}.{key}") for key, held in values.items()})
            case Record(), RecordOf(name=name):
                return self.record(name, path, value.fields)
            case _:
                return value

    # -------------------------------------------------------------- facts left out

    def partial(self, drawn: Drawn, share: float) -> Drawn:
        """The same profile with about this share of its facts left out at each depth."""
        facts = {name: self.blurred(value, share) for name, value in drawn.facts.items()}
        answers: dict[str, object] = {}
        for name, given in drawn.answers.items():
            if isinstance(given, Mapping):
                answers[name] = {path: value for path, value in given.items() if self.random.random() >= share}
            elif self.random.random() >= share:
                answers[name] = given
        return Drawn(facts, answers)

    def blurred(self, value: Any, share: float) -> Any:
        """A value of which parts, or all of it, are left out."""
        if self.random.random() < share:
            return UNKNOWN
        match value:
            case tuple():
                return tuple(self.within(item, share) for item in value)
            case Record() | MapValue():
                return self.within(value, share)
            case _:
                return value

    def within(self, value: Any, share: float) -> Any:
        """A value that is there, with parts left out; a member of a list is always there."""
        match value:
            case Record(type=type_, fields=fields, path=path) if type_ in self.catalog.records:
                return Record(type_, {key: self.blurred(held, share) for key, held in fields.items()}, path)
            case MapValue(values=values):
                return MapValue({key: self.blurred(held, share) for key, held in values.items()})
            case tuple():
                return tuple(self.within(item, share) for item in value)
            case _:
                return value


def _over(given: object, drawn: object) -> object:
    """An answer that was given, or else the one drawn; of answers about records, each."""
    if isinstance(given, Mapping) and isinstance(drawn, Mapping):
        return {**drawn, **given}
    return drawn if given is None else given


def figures_of(graph: Graph) -> list[Fraction | int]:
    """The numbers that rules speak of: those written out, and the bounds of tables."""
    return [*likely_in(graph).figures]
