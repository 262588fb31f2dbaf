"""The least of a profile for which something still holds, and such a profile in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from policy.frozen import replace
from policy.model.values import UNKNOWN, MapValue, Record
from policy.pipeline.drawing import Answers, Drawn, Facts
from policy.profiles.numerals import decimal_of

MOST_TRIED: Final = 2_000
"""How many smaller profiles are tried before what has been found is small enough."""


def smallest(drawn: Drawn, holds: Callable[[Drawn], bool]) -> Drawn:
    """The profile without whatever can be left out, one thing after the other, while something still holds."""
    tried = 0
    going_on = True
    while going_on:
        going_on = False
        for smaller in _smaller(drawn):
            tried += 1
            if tried > MOST_TRIED:
                return drawn
            if holds(smaller):
                drawn, going_on = smaller, True
                break
    return drawn


def _smaller(drawn: Drawn) -> Iterator[Drawn]:
    """The profile without one of its facts or answers, large ones first, or with a fact that says less."""
    for name in drawn.answers:
        yield Drawn(drawn.facts, {key: value for key, value in drawn.answers.items() if key != name})
    known = {name: value for name, value in drawn.facts.items() if value is not UNKNOWN}
    for name in known:
        yield Drawn({key: value for key, value in known.items() if key != name}, drawn.answers)
    for name, value in known.items():
        for less in _less(value):
            yield Drawn({**known, name: less}, drawn.answers)


def _less(value: object) -> Iterator[object]:
    """A value without a member, a field or an entry of it."""
    match value:
        case tuple():
            for i in range(len(value)):
                yield value[:i] + value[i + 1 :]
            for i, item in enumerate(value):
                for less in _less(item):
                    yield (*value[:i], less, *value[i + 1 :])
        case Record(fields=fields):
            for key, held in _parts(fields):
                for less in (UNKNOWN, *_less(held)):
                    yield replace(value, fields={**fields, key: less})
        case MapValue(values=values):
            for key, held in _parts(values):
                for less in (UNKNOWN, *_less(held)):
                    yield MapValue({**values, key: less})


def _parts(values: Mapping[str, object]) -> list[tuple[str, object]]:
    return [(key, held) for key, held in values.items() if held is not UNKNOWN]


# ------------------------------------------------------------------ in a line


def in_a_line(facts: Facts, answers: Answers) -> str:
    """A profile as YAML writes it in one line, without what is unknown."""
    known = dict(facts)
    if answers:
        known["answers"] = answers
    return _written(known)


def _written(value: object) -> str:
    match value:
        case Record(fields=fields):
            return _written(fields)
        case MapValue(values=values):
            return _written(values)
        case Mapping():
            parts = (f"{key}: {_written(held)}" for key, held in value.items() if held is not UNKNOWN)
            return "{" + ", ".join(parts) + "}"
        case tuple():
            return "[" + ", ".join(map(_written, value)) + "]"
        case None:
            return "null"
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return _decimal(value)
        case datetime() | date():
            return value.isoformat()
        case str() if value.replace("_", "").replace("-", "").isalnum():
            return value
        case str():
            return '"' + value.replace('"', '\\"') + '"'
        case _:
            return str(value)


def _decimal(value: Fraction) -> str:
    """A number with all its digits, where that is possible."""
    decimal = decimal_of(value)
    return str(value) if decimal is None else f"{decimal:f}"
