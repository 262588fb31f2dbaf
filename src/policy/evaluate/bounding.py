"""What each operation can give when its operands are not all known: lists, records, tables; and the table of all.

The tables have the keys of the exact evaluator's. An operation whose operands are all known is left to that one, so
the two cannot disagree. Each result holds every value that some completion of the facts could give: sound, not always
tight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from policy.evaluate import logic, operations, ranges, time
from policy.evaluate.best import bounds_of_best, bounds_of_best_in
from policy.evaluate.possible import (
    ABSENT,
    ANYTHING,
    FAULT,
    NO_VALUE,
    NONE,
    NOTHING,
    Could,
    Open,
    broken,
    could,
    is_faulty,
    leaf,
    numbers,
    settled,
    strict,
    union,
)
from policy.graph import FieldRef, Grid
from policy.model.catalog import Catalog
from policy.model.spells import Credit
from policy.model.types import Type
from policy.model.values import UNKNOWN, FixedList, Listing, MapValue, Record, items_of, listing

# ------------------------------------------------------------------ records, maps, tables


def index(map_: object, key: object) -> object:
    """A value of a map."""
    found = strict((map_, key))
    if isinstance(map_, MapValue):
        words = could(key).words
        keys = list(map_.values) if words is None else [k for k in words if k in map_.values]
        return union([*(map_.values[k] for k in keys), *broken(found[1], found[2])])
    words = could(map_).words
    if words and all(isinstance(word, MapValue) for word in words):
        return union([*(index(word, key) for word in words), *broken(found[1], found[2])])
    return Could(specials=found[1], fault=found[2])


def table(grid: Grid, *values: object) -> object:
    """What any row that the keys can hit can give; a key that is a fault matters only where rows differ."""
    keys, outputs = values[: len(grid.keys)], values[len(grid.keys) :]
    _, specials, fault = strict(keys)
    sets = [ANYTHING if could(key).specials else could(key) for key in keys]
    hit = [
        output
        for row, output in zip(grid.cells, outputs, strict=True)
        if all(any(_reaches(matcher, one) for matcher in cell) for cell, one in zip(row, sets, strict=True))
    ]
    known = tuple(not isinstance(key, Could) and not could(key).specials for key in keys)
    if not hit:
        return union([*broken(specials, fault), operations.NO_ROW])
    whole = all(known) or grid.hits_one(grid.hits(keys, known), known)
    return union([*hit, *broken(specials, fault), *([] if whole else [operations.NO_ROW])])


def _reaches(matcher: Any, one: Could) -> bool:
    """Whether a cell accepts something that a key can be."""
    if matcher.kind == "any":
        return True
    if one.words is not None:
        return any(matcher.accepts(word) for word in one.words)
    if matcher.kind == "value":
        return one.can_be(matcher.value) if one.low is not None or one.high is not None else True
    if ranges.surely_below(one.high, matcher.low):
        return False
    return not (
        ranges.surely_below(matcher.high, one.low)
        or (matcher.below and one.low is not None and one.low == matcher.high)
    )


class Facts:
    """What fields of records and rows can be, by what the catalog says of them."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.columns: dict[FieldRef, object] = {}

    def field(self, ref: FieldRef, record: object, type_: Type) -> object:
        """A field: what it holds, or anything of its type."""
        _, specials, fault = strict((record,))
        if isinstance(record, Record):
            held = record.fields[ref.name]
            return leaf(type_) if held is UNKNOWN else held
        held = self._of_any(ref, record, type_)
        if held is not None:
            return union([*held, *broken(specials, fault)])
        if ref.owner in self.catalog.datasets:
            return union([self._column(ref), *broken(specials, fault)])
        return union([leaf(type_), *broken(specials, fault)])

    def _of_any(self, ref: FieldRef, record: object, type_: Type) -> list[object] | None:
        """The field of each record that something can be, if these are known and it is no list in any of them."""
        words = could(record).words
        if not words or not all(isinstance(word, Record) for word in words):
            return None
        held = [self.field(ref, word, type_) for word in words]
        return None if any(isinstance(value, (tuple, Listing)) for value in held) else held

    def _column(self, ref: FieldRef) -> object:
        """What a column holds in any row."""
        if ref not in self.columns:
            self.columns[ref] = union({row[ref.name] for row in self.catalog.datasets[ref.owner].rows.values()})
        return self.columns[ref]


# ------------------------------------------------------------------ lists


def _pairs(values: object) -> list[tuple[object, bool]] | None:
    """The members of a list and whether each is certain; None when nothing is known of it."""
    if isinstance(values, (tuple, Listing)):
        return list(zip(*items_of(values), strict=True))
    return None


def any_in(_: object, values: object) -> object:
    """`any of (… for each …)`."""
    return _each(values, settles=True)


def all_in(_: object, values: object) -> object:
    """`all of (… for each …)`."""
    return _each(values, settles=False)


def _each(values: object, settles: bool) -> object:
    pairs = _pairs(values)
    if pairs is None:
        _, specials, fault = strict((values,))
        return logic.yes_no(True, True, specials, fault)
    members = [item if certain else union([item, not settles, *_fault_in(values)]) for item, certain in pairs]
    return (logic.any_of if settles else logic.all_of)(*members)


def _fault_in(values: object) -> list[object]:
    """The fault that a possible member may turn out to be, or nothing."""
    return [Could(words=NO_VALUE, specials=frozenset({FAULT}))] if is_faulty(values) else []


def sum_in(_: object, values: object) -> object:
    """`sum of (… for each …)`: a possible member may add nothing."""
    pairs = _pairs(values)
    if pairs is None:
        return Could(specials=strict((values,))[1])
    if isinstance(values, Open) and values.several:
        return Could(specials=frozenset({FAULT}))
    return ranges.total(*(item if certain else union([item, 0, *_fault_in(values)]) for item, certain in pairs))


def extreme_in(pick: Callable[..., Any]) -> Callable[..., object]:
    """`greatest of (… for each …)`: a possible member may be left out; `if none` when all can be."""

    def operation(order: object, values: object, if_none: object = operations.EMPTY) -> object:
        pairs = _pairs(values)
        if pairs is None:
            return Could(specials=strict((values,))[1] | could(if_none).specials)
        if not pairs:
            return if_none
        absent = operations.applies(False, None)
        found = ranges.extreme(pick)(
            order, *(item if certain else union([item, absent, *_fault_in(values)]) for item, certain in pairs)
        )
        if any(certain and ABSENT not in could(item).specials for item, certain in pairs):
            return found
        one = could(found)
        fault = is_faulty(values) or any(could(item).specials & {NONE, FAULT} for item, _ in pairs)
        kept = Could(one.low, one.high, one.words, one.specials if fault else one.specials - {FAULT}, one.fault)
        return union([kept, if_none])

    return operation


def different_in(_: object, values: object) -> object:
    """`number of different (… for each …)`; a member alone is one, even one that is a fault."""
    pairs = _pairs(values)
    if pairs is None:
        return Could(0, None, None, strict((values,))[1])
    certain = [item for item, sure in pairs if sure]
    low = numbers(ranges.different(*certain))[0] if certain else 0
    sets = [could(item) for item, _ in pairs]
    several = isinstance(values, Open) and values.several
    high = None if several else len(pairs)
    if all(one.words is not None for one in sets):
        reach = max(1, len({word for one in sets for word in one.words or ()}))
        high = reach if high is None else min(reach, high)
    _, specials, fault = strict([*(item for item, _ in pairs), *_fault_in(values)])
    return settled(Could(low, high, None, specials, fault))


def count(values: object) -> object:
    """`count of`: certain members, up to all; without end where a possible one may turn out to be several."""
    pairs = _pairs(values)
    if pairs is None:
        return Could(0, None, None, strict((values,))[1])
    sure = sum(certain for _, certain in pairs)
    several = isinstance(values, Open) and values.several
    several = several or any(isinstance(i, Record) and "start" in i.fields for i, certain in pairs if not certain)
    specials = frozenset({FAULT}) if is_faulty(values) else NOTHING
    return settled(Could(sure, None if several else len(pairs), None, specials))


def in_list(value: object, values: object) -> object:
    """`in` a list."""
    if isinstance(values, FixedList):
        words = could(value).words
        _, specials, fault = strict((value,))
        known = {True, False} if words is None else {word in values.members for word in words}
        return settled(Could(words=frozenset(known), specials=specials, fault=fault))
    pairs = _pairs(values)
    if pairs is None:
        return logic.yes_no(True, True, strict((value, values))[1])
    members = [ranges.same(value, item) for item, _ in pairs]
    found = _each(listing(tuple(members), tuple(certain for _, certain in pairs)), settles=True)
    _, specials, fault = strict((value,))
    return union([found, *broken(specials, fault)])


def credited(_: object, of: object, cap: object, from_: object, until: object) -> object:
    """Hours credited: from what is certain to all that is possible."""
    if isinstance(of, (tuple, Listing)) and not any(isinstance(v, Could) for v in (cap, from_, until)):
        found = time.credit(of, cap, from_, until)
        if isinstance(found, Credit):
            specials = frozenset({FAULT}) if is_faulty(of) and not found.known else NOTHING
            return settled(Could(operations.exact(found.low), operations.exact(found.high), None, specials))
    _, specials, fault = strict((of, cap, from_, until))
    return Could(0, None, None, specials, fault)


BOUNDS: Final[Mapping[str, Callable[..., object]]] = {
    "not": logic.negation,
    "is": ranges.same,
    "is_not": ranges.differs,
    "is_none": ranges.is_none,
    "is_given": ranges.is_given,
    "sum": ranges.total,
    "different": ranges.different,
    "add": ranges.arithmetic(operations.add, "add"),
    "subtract": ranges.arithmetic(operations.subtract, "subtract"),
    "multiply": ranges.arithmetic(operations.multiply, "multiply"),
    "divide": ranges.arithmetic(operations.divide, "divide"),
    "capped": ranges.capped,
    "index": index,
    "count": count,
    "in_list": in_list,
}

BOUNDS_WITH_CONSTANT: Final[Mapping[str, Callable[..., object]]] = {
    "ge": ranges.AT_OR_ABOVE,
    "le": ranges.AT_OR_BELOW,
    "gt": ranges.ABOVE,
    "lt": ranges.BELOW,
    "in": ranges.member_of,
    "at_least": logic.at_least,
    "greatest": ranges.extreme(max),
    "least": ranges.extreme(min),
    "sum_greatest": bounds_of_best(1),
    "sum_least": bounds_of_best(-1),
    "shift": ranges.shift,
    "shift_moment": ranges.shift_moment,
    "day_of": ranges.day_of,
    "table": table,
    "any_in": any_in,
    "all_in": all_in,
    "sum_in": sum_in,
    "greatest_in": extreme_in(max),
    "least_in": extreme_in(min),
    "different_in": different_in,
    "sum_greatest_in": bounds_of_best_in(1),
    "sum_least_in": bounds_of_best_in(-1),
    "credited": credited,
    "floor": ranges.floor,
    "round": ranges.rounded,
    "prefix": ranges.of_code(operations.prefix),
    "digit": ranges.of_code(operations.digit),
    "multiple": ranges.multiple,
}
