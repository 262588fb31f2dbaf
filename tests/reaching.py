"""What it means that something lies within the bounds that were given for it."""

from __future__ import annotations

from policy.evaluate.possible import ABSENT, FAULT, NONE, Could
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Elapsed, Fault, Listing, MapValue, Record


def holds(reach: object, value: object) -> bool:
    """Whether a value is among those that something was said to be able to take."""
    if value is UNKNOWN or isinstance(reach, (tuple, Listing, Record)) or isinstance(value, (tuple, Listing)):
        return True
    if isinstance(reach, MapValue):
        assert isinstance(value, MapValue)
        return all(inner is UNKNOWN or holds(inner, value.values[key]) for key, inner in reach.values.items())
    if isinstance(reach, Fault):  # one of several faults that it may turn out to be
        return isinstance(value, Fault)
    if not isinstance(reach, Could):
        return reach is value or reach == value
    if value is None or value is NOT_APPLICABLE or isinstance(value, Fault):
        return (NONE if value is None else ABSENT if value is NOT_APPLICABLE else FAULT) in reach.specials
    if isinstance(value, Record) and reach.words is not None:
        return any((word.type, word.path) == (value.type, value.path) for word in reach.words)
    if isinstance(value, MapValue) and reach.words is not None:
        return any(holds(word, value) for word in reach.words)
    if isinstance(value, (Record, MapValue, Elapsed)):
        return reach.words is None
    return reach.can_be(value)
