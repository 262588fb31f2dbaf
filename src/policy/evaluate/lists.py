"""What the operations on lists do, members that are only possible included."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from policy.evaluate.operations import EMPTY, as_fault, exact, settle
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault, Listing, Record, items_of, listing

Members: TypeAlias = tuple[object, ...]
Flags: TypeAlias = tuple[bool, ...]
Results: TypeAlias = Sequence[Any]
Finish: TypeAlias = Callable[[Members, Flags, Results], object]
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
    return finish(items, certain, results), tuple(rows)


def _fault_in(results: Results) -> Fault | None:
    """The first result that is neither a value nor unknown, as a fault."""
    for result in results:
        if result is None or result is NOT_APPLICABLE or isinstance(result, Fault):
            return as_fault(result)
    return None


# ------------------------------------------------------------------ finishing a walk


def kept(items: Members, certain: Flags, results: Results) -> object:
    """`where`: the members for which it holds; one for which that is unknown is a possible member."""
    fault = _fault_in(results)
    if fault is not None:
        return fault
    chosen = [i for i, result in enumerate(results) if result is not False]
    return listing(tuple(items[i] for i in chosen), tuple(certain[i] and results[i] is True for i in chosen))


def the_one(items: Members, certain: Flags, results: Results) -> object:
    """`the one … where`: none, the one, or unknown when there may be several."""
    found = kept(items, certain, results)
    if isinstance(found, Fault):
        return found
    chosen, sure = items_of(found)
    if not chosen:
        return None
    return chosen[0] if len(chosen) == 1 and sure[0] else UNKNOWN


def grouped(items: Members, certain: Flags, keys: Results) -> object:
    """`grouped by`: a group for each key. A member with an unknown key is a possible member of every group, and of one
    group of its own."""
    fault = _fault_in(keys)
    if fault is not None:
        return fault
    known = list(dict.fromkeys(key for key in keys if key is not UNKNOWN))
    groups: list[object] = []
    flags: list[bool] = []
    for key in known:
        at = [i for i, k in enumerate(keys) if k is UNKNOWN or k == key]
        sure = tuple(certain[i] and keys[i] is not UNKNOWN for i in at)
        groups.append(_group(key, listing(tuple(items[i] for i in at), sure)))
        flags.append(any(sure))
    for i, key in enumerate(keys):
        if key is UNKNOWN:
            groups.append(_group(UNKNOWN, listing((items[i],), (certain[i],))))
            flags.append(False)
    return listing(tuple(groups), tuple(flags))


def _group(key: object, members: object) -> Record:
    return Record("", {"key": key, "members": members})


def _ties(sign: int) -> Finish:
    """`with most`, `with least`: all members that tie. One that may or may not be among them is a possible member."""

    def finish(items: Members, certain: Flags, measures: Results) -> object:
        fault = _fault_in(measures)
        if fault is not None:
            return fault
        sure = [sign * m for m, c in zip(measures, certain, strict=True) if c and m is not UNKNOWN]
        bar = max(sure, default=None)
        at = [i for i, m in enumerate(measures) if m is UNKNOWN or bar is None or sign * m >= bar]
        settled = all(certain[i] and measures[i] is not UNKNOWN for i in at) or (len(at) == 1 and certain[at[0]])
        return listing(tuple(items[i] for i in at), (settled,) * len(at))

    return finish


def results_of(items: Members, certain: Flags, results: Results) -> object:
    """`for each`: one value for each member."""
    return listing(tuple(results), certain)


FINISH: Final[Mapping[str, Finish]] = {
    "filter": kept,
    "the_one": the_one,
    "group": grouped,
    "most": _ties(1),
    "fewest": _ties(-1),
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
    fault: Fault | None = None
    unknown = False
    for value, certain in zip(*items_of(values), strict=True):
        if value is NOT_APPLICABLE or value is (not settled):
            continue
        if value is settled and certain:
            return settled
        if value is UNKNOWN or value is settled or not certain:
            unknown = True
        elif fault is None:
            fault = as_fault(value)
    if unknown:
        return UNKNOWN
    return (not settled) if fault is None else fault


def sum_in(_: object, values: object) -> object:
    """The sum over a list; 0 for an empty one."""
    found = settle(values)
    if found is not None:
        return found
    items, certain = items_of(values)
    pairs = [(item, sure) for item, sure in zip(items, certain, strict=True) if item is not NOT_APPLICABLE]
    inner = settle(*(item for item, _ in pairs))
    if inner is not None:
        return inner
    if any(item != 0 and not sure for item, sure in pairs):
        return UNKNOWN
    return exact(sum(item for item, _ in pairs))


def _extreme_in(pick: Callable[..., Any]) -> Callable[..., object]:
    def operation(order: tuple[str, ...] | None, values: object, if_none: object = EMPTY) -> object:
        found = settle(values)
        if found is not None:
            return found
        items, certain = items_of(values)
        pairs = [(item, sure) for item, sure in zip(items, certain, strict=True) if item is not NOT_APPLICABLE]
        if not pairs:
            return if_none
        inner = settle(*(item for item, _ in pairs))
        if inner is not None:
            return inner
        key = order.index if isinstance(order, tuple) else None
        over_all = pick([item for item, _ in pairs], key=key)
        sure_ones = [item for item, sure in pairs if sure]
        return over_all if sure_ones and pick(sure_ones, key=key) == over_all else UNKNOWN

    return operation


greatest_in = _extreme_in(max)
least_in = _extreme_in(min)


def different_in(_: object, values: object) -> object:
    """How many different values a list has."""
    found = settle(values)
    if found is not None:
        return found
    items, certain = items_of(values)
    if len(items) == 1 and certain[0] and items[0] is UNKNOWN:
        return 1
    inner = settle(*items)
    if inner is not None:
        return inner
    sure = {item for item, c in zip(items, certain, strict=True) if c}
    return len(sure) if set(items) == sure else UNKNOWN


def count(values: object) -> object:
    """How many members a list has."""
    found = settle(values)
    if found is not None:
        return found
    return UNKNOWN if isinstance(values, Listing) else len(items_of(values)[0])


def in_list(value: object, values: object) -> object:
    """Whether a value is a member of a list."""
    found = settle(value, values)
    if found is not None:
        return found
    unknown = False
    for item, certain in zip(*items_of(values), strict=True):
        if item == value and certain:
            return True
        unknown = unknown or item is UNKNOWN or item == value
    return UNKNOWN if unknown else False
