"""What it means that something known stays known when facts are added."""

from __future__ import annotations

from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault, Listing, MapValue, Record, items_of


def keeps(before: object, after: object) -> bool:
    """Whether a value had with fewer facts agrees with the one had with more.

    What was unknown may have become anything. A fault stays a fault, perhaps of another kind, a list keeps its certain
    members and gains none that were not possible, and everything else stays what it is.
    """
    if before is UNKNOWN:
        return True
    match before:
        case Fault():
            return isinstance(after, Fault)
        case tuple() | Listing():
            return isinstance(after, (tuple, Listing)) and keeps_members(before, after)
        case MapValue(values=values):
            return isinstance(after, MapValue) and all(keeps(values[key], after.values[key]) for key in values)
        case Record():
            return isinstance(after, Record) and keeps_record(before, after)
        case _:
            return before is after or (type(before) is type(after) and before is not NOT_APPLICABLE and before == after)


def keeps_members(before: object, after: object) -> bool:
    """Whether each certain member is still there, and each member was there or possible."""
    items, certain = items_of(before)
    now, sure = items_of(after)
    if all(certain):
        return all(sure) and len(items) == len(now) and all(map(keeps, items, now))
    stay = all(
        any(s and keeps(item, other) for other, s in zip(now, sure, strict=True))
        for item, c in zip(items, certain, strict=True)
        if c
    )
    return stay and all(any(keeps(item, other) for item in items) for other in now)


def keeps_record(before: Record, after: Record) -> bool:
    """Whether a record is still the same one, and every field agrees; pieces only get clearer days."""
    same = before.type == after.type and before.path == after.path
    return same and all(keeps(held, after.fields[name]) for name, held in before.fields.items())
