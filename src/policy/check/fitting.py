"""Whether a value of one type may stand where another is wanted, and the one type that several values share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from policy.model.types import (
    CALENDAR_UNITS,
    Anything,
    Code,
    Enum,
    GroupOf,
    Key,
    ListOf,
    MapBy,
    Number,
    OptionalOf,
    RunOf,
    SetOf,
    Type,
)

WRITTEN_UNITS = frozenset({"hours", *CALENDAR_UNITS})
"""Units that a number in the text must always be written with."""


def fits(actual: Type, wanted: Type) -> bool:
    """Whether a value of the first type may stand where the second is wanted.

    An optional value may stand where a given one is wanted: reading through none is a fault, which a guard avoids.
    """
    match actual, wanted:
        case (Anything(), _) | (_, Anything()):
            return True
        case OptionalOf(of=a), OptionalOf(of=b):
            return fits(a, b)
        case (OptionalOf(of=of), other) | (other, OptionalOf(of=of)):
            return fits(of, other) if actual is not other else fits(other, of)
        case Number(), Number():
            return same_unit(actual, wanted) and (actual.whole or not wanted.whole)
        case ((Key() | Code()), (Key() | Code())):
            return actual == wanted or Code() in (actual, wanted) or isinstance(actual, Key) != isinstance(wanted, Key)
        case Enum(), Enum():
            return actual.name == wanted.name
        case (ListOf(of=a), ListOf(of=b)) | (SetOf(of=a), SetOf(of=b)):
            return fits(a, b)
        case MapBy(), MapBy():
            return actual.by.name == wanted.by.name and fits(actual.of, wanted.of)
        case GroupOf(), GroupOf():
            return fits(actual.key, wanted.key) and fits(actual.member, wanted.member)
        case RunOf(), RunOf():
            return fits(actual.member, wanted.member)
        case _:
            return actual == wanted


def same_unit(one: Number, other: Number) -> bool:
    """Whether two numbers are in one unit; a number written without a unit takes that of its place."""
    if one.unit == other.unit:
        return True
    if one.unit is None:
        return other.unit not in WRITTEN_UNITS
    return other.unit is None and one.unit not in WRITTEN_UNITS


def join(types: Iterable[Type]) -> Type | None:
    """The one type that values of all these types are of; None when there is none."""
    found: Type = Anything()
    optional = False
    for type_ in types:
        if isinstance(type_, OptionalOf):
            optional, type_ = True, type_.of
        if isinstance(found, Anything):
            found = type_
        elif isinstance(type_, Anything):
            continue
        elif isinstance(found, Number) and isinstance(type_, Number):
            if not same_unit(found, type_):
                return None
            unit = type_.unit if found.unit is None else found.unit
            found = Number(unit, found.whole and type_.whole)
        elif not (fits(type_, found) or fits(found, type_)):
            return None
        elif isinstance(found, Key) and not isinstance(type_, Key):
            found = type_
    return OptionalOf(found) if optional and not isinstance(found, Anything) else found


def allowed(value: Fraction, type_: Number) -> str | None:
    """What a number of a type must be, in words, when this one is not; None when it may stand."""
    if type_.choices:
        return None if value in type_.choices else f"{type_}"
    if (type_.low is not None and value < type_.low) or (type_.high is not None and value > type_.high):
        if type_.low is None:
            return f"{figure(type_.high)} or less" if type_.high is not None else None
        return (
            f"{figure(type_.low)} or more"
            if type_.high is None
            else f"from {figure(type_.low)} to {figure(type_.high)}"
        )
    if type_.step is not None and (value - (type_.low or 0)) % type_.step != 0:
        return f"in steps of {figure(type_.step)}"
    return None


def figure(value: Fraction) -> str:
    """A number as people write it."""
    return str(Decimal(value.numerator) / Decimal(value.denominator))


def plain(type_: Type) -> Type:
    """A number type without its range: what arithmetic gives."""
    return replace(type_, low=None, high=None, step=None, choices=()) if isinstance(type_, Number) else type_
