"""What something can still be when facts are missing: a set of values, as small as can be told, never too small.

A value that is known stands for itself. Only what is not known is a `Could`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, Final, TypeAlias

from policy.frozen import dataclass
from policy.model.types import Enum, Number, OptionalOf, Type, YesNo, without_none
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault, Listing, Record

MOST_WORDS: Final = 64
"""How many separate values are kept apart; beyond, only the least and the greatest are."""

Specials: TypeAlias = frozenset[str]

NONE: Final = "none"
ABSENT: Final = "not applicable"
FAULT: Final = "fault"
NOTHING: Final[Specials] = frozenset()
BAD: Final[Specials] = frozenset({NONE, ABSENT, FAULT})
"""What an ordinary operation cannot take."""


@dataclass(frozen=True, slots=True)
class Could:
    """The values that something can still take.

    `words` are all ordinary values when they are few; otherwise those from `low` to `high`, an end that is None being
    open. `specials` says whether it can also be none, not apply, or be a fault. `fault` is one that it may be.
    """

    low: Any = None
    high: Any = None
    words: frozenset[Any] | None = None
    specials: Specials = NOTHING
    fault: Fault | None = None

    @property
    def ordinary(self) -> bool:
        """Whether it can be an ordinary value at all."""
        return self.words is None or bool(self.words)

    def can_be(self, value: object) -> bool:
        """Whether it can be this ordinary value."""
        if self.words is not None:
            return value in self.words
        low, high = self.low, self.high
        return not ((low is not None and value < low) or (high is not None and value > high))


@dataclass(frozen=True, slots=True)
class Open(Listing):
    """A list of which more than its members is open: a possible member may turn out to be several, or a fault.

    Where `faulty`, what keeps members from being certain may turn out to be a fault, and so may what comes of the list.
    """

    several: bool = False
    faulty: bool = False


def is_faulty(value: object) -> bool:
    """Whether what comes of a list may turn out to be a fault."""
    return isinstance(value, Listing) and (value.fault is not None or (isinstance(value, Open) and value.faulty))


def opened(value: object, *, several: bool = False, faulty: bool = False) -> object:
    """A list with more of it open, where anything of it is."""
    if not isinstance(value, Listing) or not (several or faulty):
        return value
    before = value if isinstance(value, Open) else Open(value.items, value.certain)
    return Open(value.items, value.certain, value.fault, before.several or several, before.faulty or faulty)


ANYTHING: Final = Could()
EITHER: Final = Could(words=frozenset({True, False}))
NO_VALUE: Final[frozenset[Any]] = frozenset()


def leaf(type_: Type) -> Could:
    """What a fact of a type can be when it is not given."""
    if isinstance(type_, OptionalOf):
        inner = leaf(type_.of)
        return Could(inner.low, inner.high, inner.words, frozenset({NONE}))
    match type_:
        case YesNo():
            return EITHER
        case Enum(values=values):
            return Could(words=frozenset(values))
        case Number(choices=choices) if choices:
            return Could(words=frozenset(_plain(choice) for choice in choices))
        case Number(low=low, high=high):
            return Could(_plain(low), _plain(high))
        case _:
            return ANYTHING


def result(type_: Type) -> Could:
    """What a rule of a type can come to when nothing is known of it: the limits of a type do not bind it."""
    bare = without_none(type_)
    words = leaf(bare).words if isinstance(bare, (YesNo, Enum)) else None
    return Could(words=words, specials=BAD if isinstance(type_, OptionalOf) else frozenset({ABSENT, FAULT}))


def _plain(number: Fraction | None) -> int | Fraction | None:
    """A number as rules hold it: whole ones are `int`."""
    return int(number) if number is not None and number.denominator == 1 else number


def could(value: object) -> Could:
    """A value as the set of what it can be."""
    if isinstance(value, Could):
        return value
    if value is UNKNOWN:
        return ANYTHING
    if value is None:
        return Could(words=NO_VALUE, specials=frozenset({NONE}))
    if value is NOT_APPLICABLE:
        return Could(words=NO_VALUE, specials=frozenset({ABSENT}))
    if isinstance(value, Fault):
        return Could(words=NO_VALUE, specials=frozenset({FAULT}), fault=value)
    return Could(words=frozenset({value}))


def settled(found: Could) -> object:
    """The one value that a set leaves, or the set."""
    if found.words is not None and len(found.words) + len(found.specials) == 1:
        if found.words:
            return next(iter(found.words))
        if FAULT in found.specials:
            return found if found.fault is None else found.fault
        return None if NONE in found.specials else NOT_APPLICABLE
    if found.words is None and not found.specials and found.low is not None and found.low == found.high:
        return found.low
    return found


def union(values: Iterable[object]) -> object:
    """What something can be that is one of several."""
    sets = [could(value) for value in values]
    specials = frozenset(special for one in sets for special in one.specials)
    fault = next((one.fault for one in sets if one.fault is not None), None)
    ordinary = [one for one in sets if one.ordinary]
    if all(one.words is not None for one in ordinary):
        words = frozenset(word for one in ordinary for word in one.words or ())
        if len(words) <= MOST_WORDS or not _ordered(words):
            return settled(Could(words=words, specials=specials, fault=fault))
    low, high = _ends(ordinary)
    return settled(Could(low, high, None, specials, fault))


def _ends(sets: list[Could]) -> tuple[Any, Any]:
    """The least and the greatest of several sets; open where one of them is, or where they have no order."""
    spans = [span(one) for one in sets]
    if any(not found for found in spans):
        return None, None
    lows = [found[0] for found in spans if found]
    highs = [found[1] for found in spans if found]
    return (None if None in lows else min(lows)), (None if None in highs else max(highs))


def span(one: Could) -> tuple[Any, Any] | None:
    """The least and the greatest ordinary value, an open end being None; None for values that have no order."""
    if one.words is None:
        return one.low, one.high
    if not one.words or not _ordered(one.words):
        return None
    return min(one.words), max(one.words)


def _ordered(words: Iterable[object]) -> bool:
    return all(isinstance(word, (int, Fraction)) or hasattr(word, "isoformat") for word in words)


def numbers(value: object) -> tuple[Any, Any]:
    """The least and greatest number that a value can be; open ends are None."""
    return span(could(value)) or (None, None)


def strict(values: Iterable[object]) -> tuple[bool, Specials, Fault | None]:
    """For an operation that takes ordinary values only: whether it can have them, and the fault it can give."""
    sets = [could(value) for value in values]
    bad = any(one.specials & BAD for one in sets)
    fault = next((one.fault for one in sets if one.fault is not None), None)
    return all(one.ordinary for one in sets), frozenset({FAULT}) if bad else NOTHING, fault


def combine(one: object, other: object, compute: Callable[[Any, Any], Any]) -> object | None:
    """The results for all pairs of words, when both sides have few; None when they are too many to try."""
    a, b = could(one), could(other)
    if a.words is None or b.words is None or len(a.words) * len(b.words) > MOST_WORDS:
        return None
    if any(isinstance(word, Record) for word in (*a.words, *b.words)):
        return None  # two records may be the same one and not look alike
    _, specials, fault = strict((one, other))
    words = frozenset(compute(x, y) for x in a.words for y in b.words)
    return settled(Could(words=words, specials=specials, fault=fault))


def broken(specials: Specials, fault: Fault | None) -> list[object]:
    """A fault as one more thing that something can be, or nothing."""
    return [Could(words=NO_VALUE, specials=specials, fault=fault)] if specials else []
