"""What the operations on lists do, members that are only possible included."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias

from policy.evaluate.operations import EMPTY, Doubt, alike, count_different, disjunction, doubt, exact, settle
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault, FixedList, Listing, Record, items_of, listing

Members: TypeAlias = tuple[object, ...]
Flags: TypeAlias = tuple[bool, ...]
Results: TypeAlias = Sequence[Any]
Finish: TypeAlias = Callable[[Members, Flags, Results, Doubt], object]
Row: TypeAlias = tuple[object, ...]
Body: TypeAlias = Callable[[object], tuple[object, Row]]


def walk(finish: Finish, members: object, body: Body) -> tuple[object, tuple[Row, ...]]:
    """Run a body for each member: what comes of the results, and one row of body values for each member."""
    found = settle(members)
    if found is not None:
        return found, ()
    items, certain = items_of(members)
    results, rows = [], []
    for item in items:
        result, row = body(item)
        results.append(result)
        rows.append(row)
    return finish(items, certain, results, doubt_of(members)), tuple(rows)


def doubt_of(members: object) -> Doubt:
    """Why some members of a list are not certain: a fault, or that facts are unknown; None when all are certain."""
    if not isinstance(members, Listing):
        return None
    return UNKNOWN if members.fault is None else members.fault


# ------------------------------------------------------------------ finishing a walk


def kept(items: Members, certain: Flags, results: Results, why: Doubt = UNKNOWN) -> object:
    """`where`: the members for which it holds; one for which that cannot be told is a possible member."""
    chosen = [i for i, result in enumerate(results) if result is not False]
    doubts = [_doubt(results[i], certain[i], why) for i in chosen]
    return listing(tuple(items[i] for i in chosen), tuple(found is None for found in doubts), doubt(*doubts))


def _doubt(result: object, certain: bool, why: Doubt) -> Doubt:
    """Why a member with this result is in doubt; None when the result is ordinary and the member certain."""
    return doubt(settle(result), None if certain else why)


def the_one(items: Members, certain: Flags, results: Results, why: Doubt = UNKNOWN) -> object:
    """`the one … where`: none, the one, or unknown when there may be several."""
    found = kept(items, certain, results, why)
    chosen, sure = items_of(found)
    if len(chosen) == sum(sure) < 2:
        return chosen[0] if chosen else None
    return UNKNOWN if sum(sure) > 1 else doubt_of(found)


def grouped(items: Members, certain: Flags, keys: Results, why: Doubt = UNKNOWN) -> object:
    """`grouped by`: a group for each key.

    A member whose key cannot be told is a possible member of every group, and of one of its own, in which the others
    whose key cannot be told may be too.
    """
    known: list[object] = []
    doubts: list[Doubt] = []
    for key in keys:
        unclear = settle(key)
        if unclear is None:
            match = disjunction(*(alike(key, other) for other in known))
            unclear = UNKNOWN if match is UNKNOWN else None
            if match is False:
                known.append(key)
        doubts.append(unclear)
    open_ = [i for i, unclear in enumerate(doubts) if unclear is not None]
    whys = [doubt(unclear, None if sure else why) for unclear, sure in zip(doubts, certain, strict=True)]

    def group(key: object, at: Sequence[int], sure: Sequence[bool]) -> Record:
        members = listing(tuple(items[i] for i in at), tuple(sure), doubt(*(whys[i] for i in at)))
        return Record("", {"key": key, "members": members})

    groups: list[object] = []
    flags: list[bool] = []
    for key in known:
        at = [i for i, other in enumerate(keys) if i in open_ or alike(other, key) is True]
        inside = [certain[i] and i not in open_ for i in at]
        groups.append(group(key, at, inside))
        flags.append(any(inside))
    for i in open_:
        groups.append(group(keys[i], open_, [other == i and certain[i] for other in open_]))
        flags.append(certain[i] and len(items) == 1)
    return listing(tuple(groups), tuple(flags), doubt(*whys))


def _ties(
    sign: int, items: Members, certain: Flags, measures: Results, why: Doubt = UNKNOWN
) -> tuple[object, ...] | Listing:
    """`with most`, `with least`: all members that tie. One that may or may not be among them is a possible member.

    A member alone is the one, whatever its measure: there is nothing to compare it with. The list is a new one all the
    same, as from every walk: which values are one object must not depend on what is in them.
    """
    if len(items) == 1:
        return listing((*items,), certain, why)
    known = [settle(measure) is None for measure in measures]
    bar = max((sign * m for m, k, sure in zip(measures, known, certain, strict=True) if k and sure), default=None)
    at = [i for i, m in enumerate(measures) if not known[i] or bar is None or sign * m >= bar]
    top = max((sign * m for m in measures), default=None) if all(known) else None
    flags = tuple(certain[i] and top is not None and sign * measures[i] == top for i in at)
    return listing(tuple(items[i] for i in at), flags, doubt(*(_doubt(measures[i], certain[i], why) for i in at)))


def results_of(items: Members, certain: Flags, results: Results, why: Doubt = UNKNOWN) -> object:
    """`for each`: one value for each member."""
    return listing(tuple(results), certain, why)


FINISH: Final[Mapping[str, Finish]] = {
    "filter": kept,
    "the_one": the_one,
    "group": grouped,
    "most": partial(_ties, 1),
    "fewest": partial(_ties, -1),
    "each": results_of,
}


# ------------------------------------------------------------------ reducing a list


def any_in(_: object, values: object) -> object:
    """Whether any certain member holds."""
    return _settled(values, True)


def all_in(_: object, values: object) -> object:
    """Whether every member holds: only a certain one can make it fail."""
    return _settled(values, False)


def _settled(values: object, settled: bool) -> object:
    found = settle(values)
    if found is not None:
        return found
    doubts: list[Doubt] = []
    for value, certain, found in _members(values):
        if value is settled and certain:
            return settled
        if value is not NOT_APPLICABLE and value is not (not settled):
            doubts.append(found)
    found = doubt(*doubts)
    return (not settled) if found is None else found


def _members(values: object) -> Iterator[tuple[Any, bool, Doubt]]:
    """The members of a list that is to be reduced, whether each is certain, and why it cannot be reckoned with."""
    why = doubt_of(values)
    for value, certain in zip(*items_of(values), strict=True):
        yield value, certain, _doubt(value, certain, why)


def sum_in(_: object, values: object) -> object:
    """The sum over a list; 0 for an empty one."""
    found = settle(values)
    if found is not None:
        return found
    doubts: list[Doubt] = []
    total: Any = 0
    for value, certain, found in _members(values):
        if found is None:
            total += value
        elif value is not NOT_APPLICABLE and value != 0:
            if certain and isinstance(found, Fault):  # a certain fault stays, whatever becomes of the others
                return found
            doubts.append(found)
    found = doubt(*doubts)
    return exact(total) if found is None else found


def _extreme_in(pick: Callable[..., Any]) -> Callable[..., object]:
    def operation(order: tuple[str, ...] | None, values: object, if_none: object = EMPTY) -> object:
        found = settle(values)
        if found is not None:
            return found
        members = [member for member in _members(values) if member[0] is not NOT_APPLICABLE]
        if not members:
            return if_none
        special = [(certain, found) for value, certain, found in members if settle(value) is not None]
        if special:
            sure = next((found for certain, found in special if certain and isinstance(found, Fault)), None)
            return sure if sure is not None else doubt(*(found for _, _, found in members))
        key = order.index if isinstance(order, tuple) else None
        over_all = pick((value for value, _, _ in members), key=key)
        if any(certain and value == over_all for value, certain, _ in members):
            return over_all
        return doubt(*(found for _, _, found in members))

    return operation


greatest_in = _extreme_in(max)
least_in = _extreme_in(min)


def different_in(_: object, values: object) -> object:
    """How many different values a list has. A member alone is one, whatever its value."""
    found = settle(values)
    if found is not None:
        return found
    items, certain = items_of(values)
    if len(items) == 1 and certain[0]:
        return 1
    why = doubt(*(found for _, _, found in _members(values)))
    if settle(*items) is not None:
        return settle(*items) if all(certain) else why
    kinds = count_different(items)
    if kinds == count_different([item for item, sure in zip(items, certain, strict=True) if sure]):
        return kinds
    return UNKNOWN if kinds is UNKNOWN else why


def count(values: object) -> object:
    """How many members a list has."""
    found = settle(values)
    if found is None:
        found = doubt_of(values)
    return len(items_of(values)[0]) if found is None else found


def in_list(value: object, values: object) -> object:
    """Whether a value is a member of a list."""
    found = settle(value, values)
    if found is not None:
        return found
    if isinstance(values, FixedList):
        return value in values.members
    doubts: list[Doubt] = []
    for item, certain, found in _members(values):
        match = alike(item, value) if settle(item) is None else None
        if match is True and certain:
            return True
        if match is not False:
            doubts.append(UNKNOWN if match is UNKNOWN else found)
    found = doubt(*doubts)
    return False if found is None else found
