"""The values a rule works on, and the three that are not answers: unknown, does not apply, fault.

Yes and no are `bool`; whole numbers are `int` and others `Fraction`, never binary floats; days are `datetime.date`;
moments are `datetime.datetime` with an offset; texts, codes and enum values are `str`; none is `None`.
A list whose members are all certain is a `tuple`; one with merely possible members is a `Listing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from policy.frozen import dataclass, field


class Unknown:
    """A fact that was left out, and whatever cannot be told without it. There is one: `UNKNOWN`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "unknown"

    def __bool__(self) -> bool:
        raise TypeError("unknown is neither true nor false: compare with `is policy.UNKNOWN`")


class NotApplicable:
    """What a clause gives where it does not apply. There is one: `NOT_APPLICABLE`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "does not apply"

    def __bool__(self) -> bool:
        raise TypeError("`does not apply` is neither true nor false: compare with `is policy.NOT_APPLICABLE`")


@dataclass(frozen=True, slots=True)
class Fault:
    """What an operation gives when it has no answer: a word for the kind, and the reason. Harmless where not used."""

    kind: str
    reason: str

    def __bool__(self) -> bool:
        raise TypeError(f"a fault is neither true nor false: {self.reason}")


UNKNOWN: Final = Unknown()
NOT_APPLICABLE: Final = NotApplicable()


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A record, a row of a dataset, a group or a run: named fields, and where in the profile it stands.

    Every declared field is there; one left out of the profile is `UNKNOWN`. `path` is `jobs[1]` for a record of the
    profile and its pieces, "" for what was computed.
    """

    type: str
    fields: Mapping[str, object]
    path: str = ""


def record(type_: str, fields: Mapping[str, object], path: str = "") -> Record:
    """A record, made in a third of the time that its class takes: some are made for every profile."""
    made = object.__new__(Record)
    _set_type(made, type_)
    _set_fields(made, fields)
    _set_path(made, path)
    return made


_set_type: Final[Callable[[Record, str], None]] = Record.__dict__["type"].__set__
_set_fields: Final[Callable[[Record, Mapping[str, object]], None]] = Record.__dict__["fields"].__set__
_set_path: Final[Callable[[Record, str], None]] = Record.__dict__["path"].__set__


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Part(Record):
    """What may be left of a spell of which facts decide how it is cut: its first and last day are unknown.

    Its days lie within `reach`, up to but not including the second day. They are certain where the part is a certain
    member of its list; whether more days join them, so that the piece begins earlier or ends later, is what is unknown.
    `whole` is the spell that it is of.
    """

    whole: Record
    reach: tuple[date, date]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with merely possible members: `certain[i]` says whether `items[i]` is surely in it.

    Once all facts are known a certain member is there, and what is only possible turns out to be no member, one or
    several; parts of one spell may turn out to be one piece of it. `fault` is there when no fact is missing: it is then
    this fault that keeps the others from being certain, and no fact can tell.
    """

    items: tuple[object, ...]
    certain: tuple[bool, ...]
    fault: Fault | None = None


class FixedList(tuple[object, ...]):
    """A list that is the same for every profile: what is in it is looked up, however long it is."""

    @cached_property
    def members(self) -> frozenset[object]:
        """What is in the list. Its members are texts, numbers, days or words."""
        return frozenset(self)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The length of an unbroken period, from its first day up to the day after its last."""

    start: date
    until: date


@dataclass(frozen=True, slots=True)
class MapValue:
    """One value for each value of an enum, in the enum's order."""

    values: Mapping[str, object] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(tuple(self.values.items()))


def items_of(value: object) -> tuple[tuple[object, ...], tuple[bool, ...]]:
    """The members of a list value and whether each is certain."""
    if isinstance(value, Listing):
        return value.items, value.certain
    assert isinstance(value, tuple)
    return value, (True,) * len(value)


def listing(
    items: tuple[object, ...], certain: tuple[bool, ...], doubt: Fault | Unknown | None = None
) -> tuple[object, ...] | Listing:
    """The list value with these members: a plain tuple when all are certain. `doubt` says why some are not."""
    if all(certain):
        return items
    return Listing(items, certain, doubt if isinstance(doubt, Fault) else None)
