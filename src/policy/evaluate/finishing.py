"""What comes of a walk over a list when members, or what is asked of them, are only partly known."""

from __future__ import annotations

from typing import Any

from policy.evaluate.lists import FINISH, doubt_of
from policy.evaluate.possible import FAULT, MOST_WORDS, NONE, NOTHING, Could, Open, could, is_faulty, numbers, opened
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault, Part, Record, items_of, listing


def finished(
    op: str, members: object, items: tuple[object, ...], certain: tuple[bool, ...], results: list[object]
) -> object:
    """What comes of the results of a walk."""
    why = doubt_of(members)
    faulty = is_faulty(members)
    several = isinstance(members, Open) and members.several
    if op == "each":
        several = several or any(_perhaps_several(item) and not here for item, here in zip(items, certain, strict=True))
        return opened(FINISH[op](items, certain, results, why), several=several, faulty=faulty)
    doubtful = any(
        result is NOT_APPLICABLE or isinstance(result, Fault) or (isinstance(result, Could) and result.specials)
        for result in results
    )
    ranged = any(isinstance(result, Could) for result in results)
    if op in {"most", "fewest"} and len(items) > 1 and ranged and not any(could(result).specials for result in results):
        return opened(_ties(1 if op == "most" else -1, items, certain, results), several=several, faulty=faulty)
    open_results = [UNKNOWN if isinstance(result, Could) else result for result in results]
    found = FINISH[op](items, certain, open_results, why)
    if op == "group" and (several or faulty or doubtful):
        groups, flags = items_of(found)
        found = listing(tuple(_group_in_doubt(group, several, faulty or doubtful) for group in groups), flags, UNKNOWN)
    if op != "the_one" or found is not UNKNOWN:
        return opened(found, several=several, faulty=faulty or doubtful)
    sure = any(result is True and here for result, here in zip(open_results, certain, strict=True))
    specials = (NOTHING if sure else frozenset({NONE})) | (frozenset({FAULT}) if faulty or doubtful else NOTHING)
    left = [item for item, result in zip(items, open_results, strict=True) if result is not False]
    if several or len(left) > MOST_WORDS or not all(isinstance(item, Record) for item in left):
        return Could(specials=specials)
    return Could(words=frozenset(left), specials=specials)


def _group_in_doubt(group: object, several: bool, faulty: bool) -> object:
    """A group whose members may turn out to be several, or a fault."""
    assert isinstance(group, Record)
    members = opened(group.fields["members"], several=several, faulty=faulty)
    return Record(group.type, {**group.fields, "members": members}, group.path)


def _perhaps_several(item: object) -> bool:
    """Whether a possible member may turn out to be several: a spell of which it is not known how it is cut."""
    if isinstance(item, Part):
        return True
    days = [item.fields[name] for name in ("start", "end") if name in item.fields] if isinstance(item, Record) else []
    return any(day is UNKNOWN or isinstance(day, Fault) for day in days)


def _ties(sign: int, items: tuple[object, ...], certain: tuple[bool, ...], measures: list[object]) -> object:
    """`with most`: out is whoever is surely beaten; in is whoever nobody can beat."""
    ends = [_turned(numbers(measure), sign) for measure in measures]
    bars = [low for (low, _), here in zip(ends, certain, strict=True) if here and low is not None]
    bar = max(bars, default=None)
    at = [i for i, (_, high) in enumerate(ends) if bar is None or high is None or high >= bar]

    def surely(i: int) -> bool:
        low = ends[i][0]
        rivals = [ends[j][1] for j in at if j != i]
        return certain[i] and (not rivals or (low is not None and None not in rivals and low >= max(rivals)))

    return listing(tuple(items[i] for i in at), tuple(surely(i) for i in at))


def _turned(ends: tuple[Any, Any], sign: int) -> tuple[Any, Any]:
    low, high = ends
    if sign > 0:
        return low, high
    return (None if high is None else -high), (None if low is None else -low)
