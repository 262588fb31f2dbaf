"""What can be told of members of lists that are in doubt: which of them matter, where they stand, what they add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, TypeAlias

from policy.evaluate.operations import settle
from policy.evaluate.possible import Could
from policy.model.spells import Spell
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Listing, Record, items_of

NEUTRAL: Final = {"any_in": False, "all_in": True, "sum_in": 0}
"""The value of a member that makes no difference to what is made of a list, whether it is there or not."""

Places: TypeAlias = frozenset[int]
"""Which members of a list are spoken of."""


def unknown(value: object) -> bool:
    return value is UNKNOWN or isinstance(value, Could)


def ordinary(value: object) -> bool:
    """Whether a value is neither unknown nor special."""
    return settle(value) is None


def some_certain(list_: object) -> bool:
    """Whether a list surely has a member that applies."""
    if not isinstance(list_, (tuple, Listing)):
        return False
    return any(
        sure and item is not NOT_APPLICABLE and not unknown(item) for item, sure in zip(*items_of(list_), strict=True)
    )


def mattering(op: str, list_: object) -> Places:
    """The members of a list that can still change what an operation makes of it."""
    found = []
    for i, (item, certain) in enumerate(zip(*items_of(list_), strict=True)):
        neutral = item is NOT_APPLICABLE or (op in NEUTRAL and not unknown(item) and item == NEUTRAL[op])
        if not neutral and (not certain or unknown(item)):
            found.append(i)
    return frozenset(found)


def fields_of(record: object) -> Mapping[str, object]:
    return record.fields if isinstance(record, Record) else {}


def is_among(item: object, others: Iterable[object]) -> bool:
    """Whether a member is among others, itself or as a piece."""
    return any(
        item is other or (isinstance(item, Record) and isinstance(other, Record) and item.path == other.path != "")
        for other in others
    )


def place_of(item: object, list_: object) -> int:
    """Where a member stands in its list."""
    return next(i for i, other in enumerate(items_of(list_)[0]) if other is item)


def reach(spell: Spell) -> tuple[date, date]:
    """The days that a spell can have at most."""
    return spell.start or date.min, spell.until or date.max


def meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def changed(before: object, after: object) -> bool:
    """Whether cutting changed any of the spells."""
    if not isinstance(before, (tuple, Listing)) or not isinstance(after, (tuple, Listing)):
        return False
    whole, pieces = items_of(before)[0], items_of(after)[0]
    return len(whole) != len(pieces) or any(a is not b for a, b in zip(whole, pieces, strict=True))
