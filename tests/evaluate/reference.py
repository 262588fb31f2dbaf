"""A second, plain reading of a graph: each node worked out by recursion, each operation written anew from its meaning.

Slow and obvious. It shares no code with the evaluator but the calendar and the shapes of values, and it says only that
something is a fault, not which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

from reference_lists import (
    WALKS,
    any_all,
    different,
    different_in,
    extreme_in,
    in_list,
    sum_in,
    sum_of_best,
    sum_of_best_in,
)
from reference_time import credited, cut, runs
from reference_values import (
    FAULT,
    Members,
    Value,
    alike,
    applicable,
    decided_by,
    doubt_in,
    inverted,
    number,
    ordinary,
    special,
    with_lists,
)

from policy.graph import FieldRef, Graph, Node
from policy.model import calendar
from policy.model.catalog import Catalog
from policy.model.values import NOT_APPLICABLE, UNKNOWN, MapValue, Record


class Reference:
    """The values of one graph for one profile."""

    def __init__(self, graph: Graph, catalog: Catalog, facts: Mapping[str, object], answers: Any, today: date) -> None:
        self.graph = graph
        self.catalog = catalog
        self.facts = facts
        self.answers = answers
        self.today = today
        self.found: dict[tuple[object, ...], tuple[Value, Members]] = {}
        self.depends: dict[int, frozenset[int]] = {}

    def value(self, number: int, members: Members) -> Value:
        """The value of a node, given the members of the bodies that it stands in."""
        key = (number, *(part for p in sorted(self.depends_on(number)) for part in (p, id(members[p]))))
        if key not in self.found:
            # The members are kept too: while they live, no other object has the same identity.
            self.found[key] = self._value(self.graph.nodes[number], number, members), members
        return self.found[key][0]

    def depends_on(self, number: int) -> frozenset[int]:
        """The members that a node depends on: it has one value for each of them, always the same one."""
        if number not in self.depends:
            node = self.graph.nodes[number]
            found = frozenset([number]) if node.op == "member" else frozenset[int]()
            found = found.union(*map(self.depends_on, node.args))
            if node.body is not None:
                found |= self.depends_on(node.body.result) - {node.body.parameter}
            self.depends[number] = found
        return self.depends[number]

    def _value(self, node: Node, number: int, members: Members) -> Value:
        match node.op:
            case "const":
                return with_lists(node.value)
            case "input":
                return with_lists(self.facts.get(str(node.value), UNKNOWN))
            case "assessed_on":
                return self.today
            case "member":
                return members[number]
        args = [self.value(arg, members) for arg in node.args]
        if node.body is not None:
            body = node.body
            return WALKS[node.op](*args, lambda member: self.value(body.result, {**members, body.parameter: member}))
        match node.op:
            case "definition":
                return args[0]
            case "question":
                return question(self.answers, node.value, *args)
            case "row":
                return row(self.catalog.datasets[str(node.value)].rows, node.value, *args)
            case op:
                return OPERATIONS[op](node.value, *args)


# ------------------------------------------------------------------ yes and no


def at_least(count: int, *values: Value) -> Value:
    """Whether so many hold: counted with everything that is open as no, then as yes."""
    found = applicable(values)
    yes = sum(value is True for value in found)
    if yes >= count:
        return True
    if yes + sum(special(value) for value in found) < count:
        return False
    return UNKNOWN if any(value is UNKNOWN for value in found) else FAULT


def choice(_: object, *parts: Value) -> Value:
    if len(parts) == 1:
        return parts[0]
    condition, value, *rest = parts
    other = choice(None, *rest)
    if isinstance(condition, bool):
        return value if condition else other
    agreed = alike(value, other)
    if agreed is True:
        return value
    return UNKNOWN if condition is UNKNOWN or agreed is UNKNOWN else FAULT


def applies(_: object, condition: Value, value: Value) -> Value:
    if isinstance(condition, bool):
        return value if condition else NOT_APPLICABLE
    return UNKNOWN if condition is UNKNOWN else FAULT


def compare(sign: Callable[[Any, Any], bool]) -> Callable[..., Value]:
    """A comparison; of words, by their place in the order."""

    def operation(order: Any, one: Any, other: Any) -> bool:
        return bool(sign(order.index(one), order.index(other)) if order else sign(one, other))

    return ordinary(operation)


def is_none(_: object, value: Value) -> Value:
    return True if value is None else ordinary(lambda _, __: False)(None, value)


def within(shape: Any, value: Value, *others: Value) -> Value:
    """Membership of a set written out."""
    given = (value, *others)
    if special(value):
        return doubt_in(value)
    found = []
    for kind, *where in shape:
        if kind == "value":
            found.append(ordinary(lambda _, a, b: alike(a, b))(None, value, given[where[0]]))
            continue
        low, high, below, order = where
        sides = []
        if low is not None:
            sides.append(compare(lambda a, b: a >= b)(order, value, given[low]))
        if high is not None:
            sides.append(compare(lambda a, b: a < b)(order, value, given[high]))
            if not below:
                same = ordinary(lambda _, a, b: a == b)(None, value, given[high])
                sides[-1] = decided_by(True, [sides[-1], same])
        found.append(decided_by(False, sides))
    return decided_by(True, found)


def in_set(codes: Any, code: str) -> bool:
    def fits(patterns: Sequence[str]) -> bool:
        return any(code.startswith(p.rstrip("*")) and ("*" in p or len(p) == len(code)) for p in patterns)

    return fits(codes.patterns) and not fits(codes.exceptions)


# ------------------------------------------------------------------ numbers and days


def moved(how: tuple[str, int], day: date, amount: int) -> date:
    unit, sign = how
    move = {
        "years": calendar.add_years,
        "months": calendar.add_months,
        "weeks": calendar.add_weeks,
        "days": calendar.add_days,
    }
    return move[unit](day, sign * amount)


def moved_moment(how: tuple[str, int, str], moment: datetime, amount: int) -> datetime:
    """The moment at which the clock shows the time again, found among all offsets that the zone has about then."""
    unit, sign, zone = how
    here = moment.astimezone(ZoneInfo(zone))
    shown = datetime.combine(moved((unit, sign), here.date(), amount), here.time())
    about = [shown.replace(tzinfo=UTC) + timedelta(hours=hours) for hours in range(-48, 49)]
    offsets = [one.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for one in about]
    instants = [(shown - offset).replace(tzinfo=UTC) for offset in dict.fromkeys(offsets)]
    right = [one for one in instants if one.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == shown]
    if not right:  # the clock is put forward over the time
        return (shown - offsets[0]).replace(tzinfo=UTC)
    same = [one for one in right if one.astimezone(ZoneInfo(zone)).utcoffset() == here.utcoffset()]
    return min(same or right)


def rounded(how: Any, value: Any) -> Any:
    """The nearest multiple on the side that is wanted; found by the remainder."""
    over = Fraction(value) % how.step
    below, above = value - over, value - over + (how.step if over else 0)
    if how.direction == "down":
        return number(below)
    return number(above if how.direction == "up" or over * 2 >= how.step else below)


def digit(_: object, code: str, place: int) -> Value:
    return int(code[place - 1]) if 0 < place <= len(code) else FAULT


def total(_: object, *values: Value) -> Value:
    return ordinary(lambda _, *found: number(sum(found)))(None, *applicable(values))


def extreme(pick: Callable[..., Any]) -> Callable[..., Value]:
    def operation(order: Any, *values: Value) -> Value:
        found = applicable(values)
        if not found:
            return FAULT
        key = order.index if isinstance(order, tuple) else None
        return ordinary(lambda _, *these: pick(these, key=key))(None, *found)

    return operation


def capped(_: object, value: Value, limit: Value) -> Value:
    if value is NOT_APPLICABLE or value is UNKNOWN:
        return value
    return ordinary(lambda _, a, b: min(a, b))(None, value, limit)


# ------------------------------------------------------------------ records, maps, tables, questions


def question(answers: Any, name: Any, *about: Value) -> Value:
    given = answers.get(name, UNKNOWN)
    if not about:
        return given
    if special(about[0]):
        return doubt_in(about[0])
    return UNKNOWN if given is UNKNOWN else given.get(about[0].path, UNKNOWN)


def row(rows: Any, name: Any, key: Value) -> Value:
    if special(key):
        return doubt_in(key)
    return Record(name, rows[key], key) if key in rows else FAULT


def field(ref: FieldRef, record: Record) -> Value:
    return record.fields[ref.name]


def table(grid: Any, *values: Value) -> Value:
    """One row must be hit; where keys are open, all rows in reach must give the same, and leave nothing uncovered."""
    keys, outputs = values[: len(grid.keys)], values[len(grid.keys) :]

    def hit(cells: Any, skip_open: bool) -> bool:
        return all(
            (skip_open and special(key)) or any(cell.accepts(key) for cell in alternatives)
            for key, alternatives in zip(keys, cells, strict=True)
        )

    if not any(special(key) for key in keys):
        hits = [output for cells, output in zip(grid.cells, outputs, strict=True) if hit(cells, skip_open=False)]
        return hits[0] if len(hits) == 1 else FAULT
    reached = [i for i, cells in enumerate(grid.cells) if hit(cells, skip_open=True)]
    if not reached:
        return FAULT
    first = outputs[reached[0]]
    agreed = decided_by(False, [True, *(alike(first, outputs[i]) for i in reached[1:])])
    if agreed is True and grid.hits_one(reached, tuple(not special(key) for key in keys)):
        return first
    if any(key is UNKNOWN for key in keys) or agreed is UNKNOWN:
        return UNKNOWN
    return FAULT


OPERATIONS: Final[Mapping[str, Callable[..., Value]]] = {
    "and": lambda _, *values: decided_by(False, values),
    "or": lambda _, *values: decided_by(True, values),
    "not": lambda _, value: inverted(value),
    "all": lambda _, *values: decided_by(False, applicable(values)),
    "any": lambda _, *values: decided_by(True, applicable(values)),
    "at_least": at_least,
    "choice": choice,
    "applies": applies,
    "is": ordinary(lambda _, one, other: alike(one, other)),
    "is_not": ordinary(lambda _, one, other: inverted(alike(one, other))),
    "ge": compare(lambda a, b: a >= b),
    "le": compare(lambda a, b: a <= b),
    "gt": compare(lambda a, b: a > b),
    "lt": compare(lambda a, b: a < b),
    "length_ge": ordinary(lambda unit, length, n: moved((unit, 1), length.start, n) <= length.until),
    "length_lt": ordinary(lambda unit, length, n: moved((unit, 1), length.start, n) > length.until),
    "is_none": is_none,
    "is_given": lambda _, value: inverted(is_none(None, value)),
    "in": within,
    "in_set": ordinary(in_set),
    "in_list": ordinary(in_list),
    "add": ordinary(lambda _, a, b: number(a + b)),
    "subtract": ordinary(lambda _, a, b: number(a - b)),
    "multiply": ordinary(lambda _, a, b: number(a * b)),
    "divide": ordinary(lambda _, a, b: FAULT if b == 0 else number(Fraction(a) / b)),
    "shift": ordinary(moved),
    "shift_moment": ordinary(moved_moment),
    "day_of": ordinary(lambda zone, moment: moment.astimezone(ZoneInfo(zone)).date()),
    "sum": total,
    "greatest": extreme(max),
    "least": extreme(min),
    "sum_greatest": sum_of_best(max),
    "sum_least": sum_of_best(min),
    "different": different,
    "capped": capped,
    "field": ordinary(field),
    "map": lambda enum, *values: MapValue(dict(zip(enum.values, values, strict=True))),
    "index": ordinary(lambda _, map_, key: map_.values[key]),
    "table": table,
    "any_in": any_all(True),
    "all_in": any_all(False),
    "sum_in": ordinary(sum_in),
    "greatest_in": extreme_in(max),
    "least_in": extreme_in(min),
    "different_in": ordinary(different_in),
    "sum_greatest_in": ordinary(sum_of_best_in(max)),
    "sum_least_in": ordinary(sum_of_best_in(min)),
    "count": ordinary(lambda _, list_: len(list_.items) if all(list_.sure) else list_.why),
    "outside": cut(keep=False),
    "inside": cut(keep=True),
    "credited": ordinary(credited),
    "runs": ordinary(runs),
    "completed_years": ordinary(lambda _, a, b: calendar.completed_years(a, b)),
    "completed_months": ordinary(lambda _, a, b: calendar.completed_months(a, b)),
    "floor": ordinary(lambda _, value: value // 1),
    "round": ordinary(rounded),
    "prefix": ordinary(lambda _, code, length: code[: max(length, 0)]),
    "digit": ordinary(digit),
    "multiple": ordinary(lambda _, a, b: FAULT if b == 0 else (Fraction(a) / b).denominator == 1),
}
