"""The plain reading of lists: what comes of a walk, and what a list is reduced to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations_with_replacement
from typing import Any, Final

from reference_values import (
    FAULT,
    Many,
    Value,
    alike,
    applicable,
    bad,
    decided_by,
    doubt_in,
    inverted,
    many,
    number,
    ordinary,
    special,
    together,
)

from policy.model.values import NOT_APPLICABLE, UNKNOWN, Record

# ------------------------------------------------------------------ walks


def walk(finish: Callable[[Many, list[Value]], Value]) -> Callable[[Value, Callable[[Value], Value]], Value]:
    def operation(list_: Value, result: Callable[[Value], Value]) -> Value:
        if special(list_):
            return doubt_in(list_)
        return finish(list_, [result(member) for member in list_.items])

    return operation


def why_not(list_: Many, i: int, result: Value) -> Value:
    """Why a member with a result is in doubt."""
    return together(doubt_in(result), None if list_.sure[i] else list_.why)


def where(list_: Many, results: list[Value]) -> Many:
    kept = [i for i, result in enumerate(results) if result is not False]
    whys = [why_not(list_, i, results[i]) for i in kept]
    return many([(list_.items[i], why is None) for i, why in zip(kept, whys, strict=True)], together(*whys))


def the_one(list_: Many, results: list[Value]) -> Value:
    kept = where(list_, results)
    if sum(kept.sure) > 1:
        return UNKNOWN
    if all(kept.sure):
        return kept.items[0] if kept.items else None
    return kept.why


def grouped(list_: Many, keys: list[Value]) -> Many:
    heads: list[Value] = []
    open_ = []
    whys = []
    for i, key in enumerate(keys):
        same = doubt_in(key)
        if same is None:
            same = decided_by(True, [alike(key, head) for head in heads])
            if same is False:
                heads.append(key)
        if same is not True and same is not False:
            open_.append(i)
        whys.append(together(None if isinstance(same, bool) else same, None if list_.sure[i] else list_.why))
    groups = []
    for head in heads:
        at = [i for i, key in enumerate(keys) if i in open_ or alike(key, head) is True]
        pairs = [(list_.items[i], list_.sure[i] and i not in open_) for i in at]
        members = many(pairs, together(*(whys[i] for i in at)))
        groups.append((Record("", {"key": head, "members": members}), any(sure for _, sure in pairs)))
    for i in open_:
        pairs = [(list_.items[j], list_.sure[j] and i == j) for j in open_]
        members = many(pairs, together(*(whys[j] for j in open_)))
        groups.append((Record("", {"key": keys[i], "members": members}), list_.sure[i] and len(keys) == 1))
    return many(groups, together(*whys))


def ties(best: Callable[..., Any]) -> Callable[[Many, list[Value]], Many]:
    """All members that may tie for the best measure; certain are those that nothing possible can beat."""

    def operation(list_: Many, measures: list[Value]) -> Many:
        if len(measures) == 1:
            return many(list_.pairs, list_.why)
        certain = [m for m, sure in zip(measures, list_.sure, strict=True) if sure and not special(m)]
        known = [m for m in measures if not special(m)]
        at = [i for i, m in enumerate(measures) if special(m) or not certain or best(m, best(certain)) == m]
        winners = len(known) == len(measures)
        pairs = [(list_.items[i], list_.sure[i] and winners and measures[i] == best(known)) for i in at]
        return many(pairs, together(*(why_not(list_, i, measures[i]) for i in at)))

    return operation


WALKS: Final[Mapping[str, Callable[..., Value]]] = {
    "filter": walk(where),
    "the_one": walk(the_one),
    "group": walk(grouped),
    "most": walk(ties(max)),
    "fewest": walk(ties(min)),
    "each": walk(lambda list_, results: many(list(zip(results, list_.sure, strict=True)), list_.why)),
}


# ------------------------------------------------------------------ reducing


def any_all(winner: bool) -> Callable[..., Value]:
    """The winner settles it where it is certain; what does not apply is left out, a possible member raises doubt."""

    def operation(_: object, list_: Many) -> Value:
        found = []
        for i, (value, sure) in enumerate(list_.pairs):
            if value is NOT_APPLICABLE or value is (not winner):
                continue
            found.append(value if sure else why_not(list_, i, value))
        return decided_by(winner, found)

    return ordinary(operation)


def sum_in(_: object, list_: Many) -> Value:
    terms = [i for i, value in enumerate(list_.items) if value is not NOT_APPLICABLE]
    if any(bad(list_.items[i]) and list_.sure[i] for i in terms):
        return FAULT
    whys = [why_not(list_, i, list_.items[i]) for i in terms if special(list_.items[i]) or list_.items[i] != 0]
    doubt = together(*whys)
    return number(sum(list_.items[i] for i in terms)) if doubt is None else doubt


def extreme_in(pick: Callable[..., Any]) -> Callable[..., Value]:
    def operation(order: Any, list_: Value, if_none: Value = FAULT) -> Value:
        if special(list_):
            return doubt_in(list_)
        at = [i for i, value in enumerate(list_.items) if value is not NOT_APPLICABLE]
        if not at:
            return if_none
        if any(bad(list_.items[i]) and list_.sure[i] for i in at):
            return FAULT
        doubt = together(*(why_not(list_, i, list_.items[i]) for i in at))
        if any(special(list_.items[i]) for i in at):
            return doubt
        key = order.index if isinstance(order, tuple) else None
        best = pick((list_.items[i] for i in at), key=key)
        return best if any(list_.sure[i] and list_.items[i] == best for i in at) else doubt

    return operation


def sum_of_best(pick: Callable[..., Any]) -> Callable[..., Value]:
    """The sum of the best of members written out."""

    def operation(best: Any, *values: Value) -> Value:
        return ordinary(lambda _, *found: best_of(pick, best.count, found))(None, *applicable(values))

    return operation


def sum_of_best_in(pick: Callable[..., Any]) -> Callable[..., Value]:
    """The sum of the best of a list: known if it is the same whichever possible members are there, however often."""

    def operation(best: Any, list_: Many) -> Value:
        at = [i for i, value in enumerate(list_.items) if value is not NOT_APPLICABLE]
        if any(bad(list_.items[i]) and list_.sure[i] for i in at):
            return FAULT
        doubt = together(*(why_not(list_, i, list_.items[i]) for i in at))
        if any(special(list_.items[i]) for i in at):
            return doubt
        sure = [list_.items[i] for i in at if list_.sure[i]]
        found = {best_of(pick, best.count, sure)}
        for chosen in range(1, best.count + 1):
            others = [list_.items[i] for i in at if not list_.sure[i]]
            more = combinations_with_replacement(others, chosen)
            found |= {best_of(pick, best.count, [*sure, *some]) for some in more}
        return found.pop() if len(found) == 1 else doubt

    return operation


def best_of(pick: Callable[..., Any], count: int, values: Sequence[Value]) -> Value:
    """The sum of so many of the best, taken one after the other."""
    left = list(values)
    total = 0
    for _ in range(min(count, len(left))):
        total += left.pop(left.index(pick(left)))
    return number(total)


def different_in(_: object, list_: Many) -> Value:
    if len(list_.items) == 1 and list_.sure[0]:
        return 1
    doubt = together(*(why_not(list_, i, value) for i, value in enumerate(list_.items)))
    if any(special(value) for value in list_.items):
        return FAULT if any(map(bad, list_.items)) and all(list_.sure) else doubt
    every = kinds(list_.items)
    if every is not UNKNOWN and every == kinds([value for value, sure in list_.pairs if sure]):
        return every
    return UNKNOWN if every is UNKNOWN else doubt


def kinds(values: Sequence[Value]) -> Value:
    """How many different ones there are among values."""
    found = 0
    for i, value in enumerate(values):
        new = inverted(decided_by(True, [alike(value, other) for other in values[:i]]))
        if new is UNKNOWN:
            return UNKNOWN
        found += new
    return found


def different(_: object, *values: Value) -> Value:
    if len(values) == 1:
        return 1
    return ordinary(lambda _, *these: kinds(these))(None, *values)


def in_list(_: object, value: Value, list_: Many) -> Value:
    found = []
    for i, (item, sure) in enumerate(list_.pairs):
        same = doubt_in(item)
        if same is None:
            same = alike(item, value)
            if same is True and not sure:
                same = list_.why
        elif not sure:
            same = why_not(list_, i, item)
        found.append(same)
    return decided_by(True, found)
