"""The values of the plain reading, and what several of them have in common: lists, faults, doubt, sameness."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault, Listing, MapValue, Part, Record

FAULT: Final = Fault("some", "some fault")

Value: TypeAlias = Any
Members: TypeAlias = Mapping[int, Value]


@dataclass(frozen=True)
class Many:
    """A list: its members, whether each is surely there, and why the others may not be: unknown facts or a fault."""

    items: tuple[Value, ...]
    sure: tuple[bool, ...]
    why: Value = None

    @property
    def pairs(self) -> list[tuple[Value, bool]]:
        return list(zip(self.items, self.sure, strict=True))


def many(pairs: Sequence[tuple[Value, bool]], why: Value) -> Many:
    sure = tuple(flag for _, flag in pairs)
    return Many(tuple(value for value, _ in pairs), sure, None if all(sure) else why)


def with_lists(value: Value) -> Value:
    """A value as it was given, its lists as `Many`."""
    match value:
        case tuple():
            return Many(tuple(with_lists(item) for item in value), (True,) * len(value))
        case Record(type=type_, fields=fields, path=path):
            return Record(type_, {name: with_lists(held) for name, held in fields.items()}, path)
        case MapValue(values=values):
            return MapValue({key: with_lists(held) for key, held in values.items()})
        case _:
            return value


# ------------------------------------------------------------------ what cannot be reckoned with


def bad(value: Value) -> bool:
    return value is None or value is NOT_APPLICABLE or isinstance(value, Fault)


def special(value: Value) -> bool:
    return value is UNKNOWN or bad(value)


def ordinary(operation: Callable[..., Value]) -> Callable[..., Value]:
    """An operation on ordinary values: a fault where one is none, does not apply or is a fault; else unknown stays."""

    def lifted(constant: Any, *values: Value) -> Value:
        if any(bad(value) for value in values):
            return FAULT
        if any(value is UNKNOWN for value in values):
            return UNKNOWN
        return operation(constant, *values)

    return lifted


def together(*whys: Value) -> Value:
    """Several doubts: unknown facts first, since they may still make a fault harmless."""
    if any(why is UNKNOWN for why in whys):
        return UNKNOWN
    return FAULT if any(bad(why) for why in whys if why is not None) else None


def doubt_in(value: Value) -> Value:
    """Why a value is no ordinary one."""
    return FAULT if bad(value) else UNKNOWN if value is UNKNOWN else None


def decided_by(winner: bool, values: Sequence[Value]) -> Value:
    """Three-valued logic, in which the winner settles it."""
    if any(value is winner for value in values):
        return winner
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    return FAULT if any(bad(value) for value in values) else not winner


def applicable(values: Sequence[Value]) -> list[Value]:
    return [value for value in values if value is not NOT_APPLICABLE]


def alike(one: Value, other: Value) -> Value:
    """Whether two values, of any kind, are the same: yes, no or unknown."""
    if one is UNKNOWN or other is UNKNOWN:
        return UNKNOWN
    if one is other:
        return True
    match one, other:
        case Fault(), Fault():
            return True
        case Many(), Many():
            if not all(one.sure) or not all(other.sure):
                return UNKNOWN
            if len(one.items) != len(other.items):
                return False
            return decided_by(False, [alike(a, b) for a, b in zip(one.items, other.items, strict=True)])
        case Many(sure=sure), _:
            return False if all(sure) else UNKNOWN
        case _, Many(sure=sure):
            return False if all(sure) else UNKNOWN
        case MapValue(), MapValue():
            return decided_by(False, [alike(value, other.values[key]) for key, value in one.values.items()])
        case Record(), Record():
            if (one.type, one.path) != (other.type, other.path):
                return one.fields is other.fields
            if one.path:
                days = ("start", "end") if "start" in one.fields else ()
                return decided_by(False, [alike(one.fields[day], other.fields[day]) for day in days])
            return decided_by(False, [alike(value, other.fields[key]) for key, value in one.fields.items()])
        case _:
            return bool(one == other)


def inverted(value: Value) -> Value:
    return ordinary(lambda _, truth: not truth)(None, value)


def number(value: Any) -> Any:
    """A whole number as int."""
    return int(value) if value == int(value) else value


# ------------------------------------------------------------------ comparing with the evaluator


def plain(value: Value) -> object:
    """A value of either evaluator in one form; every fault is the same."""
    match value:
        case Fault():
            return "a fault"
        case Many(items=items, sure=sure, why=why):
            return ("list", tuple(map(plain, items)), sure, isinstance(why, Fault))
        case Listing(items=items, certain=certain, fault=fault):
            return ("list", tuple(map(plain, items)), certain, fault is not None)
        case tuple():
            return ("list", tuple(map(plain, value)), (True,) * len(value), False)
        case MapValue(values=values):
            return tuple((key, plain(held)) for key, held in values.items())
        case Record(type=type_, fields=fields, path=path):
            reach = value.reach if isinstance(value, Part) else None
            return (type_, path, reach, tuple((name, plain(held)) for name, held in fields.items()))
        case _:
            return (type(value), value)
