"""Asking the rules of other days: what `at` does with values, each rule and day once for one case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, Protocol

from policy.evaluate.operations import settle
from policy.evaluate.possible import FAULT, NOTHING, Could, broken, could, result, union
from policy.evaluate.telling import as_exact
from policy.graph import Asked
from policy.model.types import Type
from policy.model.values import UNKNOWN, Fault, MapValue

if TYPE_CHECKING:
    from policy.evaluate.exact import Evaluation, Program

MOST_DAYS: Final = 12
"""On how many days that another may be a rule is tried; for more of them nothing is said of it."""


class Elsewhere(Protocol):
    """The rules of every day."""

    def program(self, asked: Asked, day: date) -> Program | None:
        """What works out a rule by the law of a day; None where it, or what is assumed for it, was not in force."""
        ...


class OtherDays:
    """The rules of other days for one case: its facts and its answers to open questions."""

    def __init__(self, elsewhere: Elsewhere, facts: Mapping[str, object], answers: Mapping[str, object]) -> None:
        self._elsewhere = elsewhere
        self._facts = facts
        self._answers = answers
        self._exact: dict[object, Evaluation | Fault] = {}
        self._bound: dict[object, Evaluation | Fault] = {}

    def exact(self, asked: Asked, day: date, given: tuple[object, ...]) -> Evaluation | Fault:
        """A rule by the law of a day, and all that it rests on, as far as it is known."""
        key = (asked, day, given)
        if key not in self._exact:
            program, facts = self._ready(asked, day, given)
            self._exact[key] = program.evaluate(facts, self._answers, day) if program else not_in_force(asked, day)
        return self._exact[key]

    def bound(self, asked: Asked, day: date, given: tuple[object, ...]) -> Evaluation | Fault:
        """The same with what it can still be, where that is not known."""
        key = (asked, day, given)
        if key not in self._bound:
            program, facts = self._ready(asked, day, tuple(map(as_exact, given)))
            reach = dict(zip(asked.assumed, given, strict=True))
            self._bound[key] = program.bound(facts, self._answers, day, reach) if program else not_in_force(asked, day)
        return self._bound[key]

    def seen(self, asked: Asked, day: date, given: tuple[object, ...]) -> Evaluation | Fault:
        """The evaluation to explain: the exact one, or where facts are missing the one with what can still be."""
        if any(map(_is_open, given)):
            return self.bound(asked, day, given)
        found = self.exact(asked, day, given)
        return found if isinstance(found, Fault) or found.complete else self.bound(asked, day, given)

    def _ready(self, asked: Asked, day: date, given: tuple[object, ...]) -> tuple[Program | None, Mapping[str, object]]:
        return self._elsewhere.program(asked, day), {**self._facts, **dict(zip(asked.assumed, given, strict=True))}


def not_in_force(asked: Asked, day: date) -> Fault:
    """What comes of a rule on a day on which it was not in force: never no."""
    return Fault("not-in-force", f"`{asked.name}` was not in force on {day}")


def on_day(asked: Asked, others: object, day: object, *given: object) -> object:
    """A rule by the law of another day. On a day that is not known it is not known."""
    found = settle(day)
    if found is not None:
        return found
    if not isinstance(others, OtherDays):
        return UNKNOWN
    assert isinstance(day, date)
    evaluation = others.exact(asked, day, given)
    return evaluation if isinstance(evaluation, Fault) else evaluation.outcome(asked.name)


def reach_on_day(asked: Asked, type_: Type, others: object, day: object, *given: object) -> object:
    """What a rule can still be by the law of another day: on a day that is not known, whatever its type allows."""
    one = could(day)
    faults = broken(frozenset({FAULT}) if one.specials else NOTHING, one.fault)
    if not isinstance(others, OtherDays) or one.words is None or len(one.words) > MOST_DAYS:
        return union([result(type_), *faults])
    evaluations = [others.bound(asked, day, given) for day in sorted(one.words)]
    return union([*(e if isinstance(e, Fault) else e.reach(e.graph.named[asked.name]) for e in evaluations), *faults])


def _is_open(value: object) -> bool:
    """Whether a value is a set, or holds one."""
    inner = value.values.values() if isinstance(value, MapValue) else (value,)
    return any(isinstance(one, Could) for one in inner)
