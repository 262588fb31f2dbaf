"""A second, plain reading of a graph: each node worked out by recursion, each operation written anew from its meaning.

Slow and obvious. It shares no code with the evaluator but the calendar and the shapes of values, and it says only that
something is a fault, not which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any, Final, TypeAlias

from policy.graph import FieldRef, Graph, Node
from policy.model import calendar
from policy.model.catalog import Catalog
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Elapsed, Fault, Listing, MapValue, Part, Record

FAULT: Final = Fault("some", "some fault")

Value: TypeAlias = Any
Members: TypeAlias = Mapping[int, Value]


@dataclass(frozen=True)
class Many:
    """A list: its members, whether each is surely there, and why the others may not be: unknown facts or a fault."""

    items: tuple[Value, ...]
    sure: tuple[bool, ...]
    why: Value = None

    @property
    def pairs(self) -> list[tuple[Value, bool]]:
        return list(zip(self.items, self.sure, strict=True))


def many(pairs: Sequence[tuple[Value, bool]], why: Value) -> Many:
    sure = tuple(flag for _, flag in pairs)
    return Many(tuple(value for value, _ in pairs), sure, None if all(sure) else why)


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
                return node.value
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


def with_lists(value: Value) -> Value:
    """A value as it was given, its lists as `Many`."""
    match value:
        case tuple():
            return Many(tuple(with_lists(item) for item in value), (True,) * len(value))
        case Record(type=type_, fields=fields, path=path):
            return Record(type_, {name: with_lists(held) for name, held in fields.items()}, path)
        case MapValue(values=values):
            return MapValue({key: with_lists(held) for key, held in values.items()})
        case _:
            return value


# ------------------------------------------------------------------ what cannot be reckoned with


def bad(value: Value) -> bool:
    return value is None or value is NOT_APPLICABLE or isinstance(value, Fault)


def special(value: Value) -> bool:
    return value is UNKNOWN or bad(value)


def ordinary(operation: Callable[..., Value]) -> Callable[..., Value]:
    """An operation on ordinary values: a fault where one is none, does not apply or is a fault; else unknown stays."""

    def lifted(constant: Any, *values: Value) -> Value:
        if any(bad(value) for value in values):
            return FAULT
        if any(value is UNKNOWN for value in values):
            return UNKNOWN
        return operation(constant, *values)

    return lifted


def together(*whys: Value) -> Value:
    """Several doubts: unknown facts first, since they may still make a fault harmless."""
    if any(why is UNKNOWN for why in whys):
        return UNKNOWN
    return FAULT if any(bad(why) for why in whys if why is not None) else None


def doubt_in(value: Value) -> Value:
    """Why a value is no ordinary one."""
    return FAULT if bad(value) else UNKNOWN if value is UNKNOWN else None


# ------------------------------------------------------------------ yes and no


def decided_by(winner: bool, values: Sequence[Value]) -> Value:
    """Three-valued logic, in which the winner settles it."""
    if any(value is winner for value in values):
        return winner
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    return FAULT if any(bad(value) for value in values) else not winner


def applicable(values: Sequence[Value]) -> list[Value]:
    return [value for value in values if value is not NOT_APPLICABLE]


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


def alike(one: Value, other: Value) -> Value:
    """Whether two values, of any kind, are the same: yes, no or unknown."""
    if one is UNKNOWN or other is UNKNOWN:
        return UNKNOWN
    if one is other:
        return True
    match one, other:
        case Fault(), Fault():
            return True
        case Many(), Many():
            if not all(one.sure) or not all(other.sure):
                return UNKNOWN
            if len(one.items) != len(other.items):
                return False
            return decided_by(False, [alike(a, b) for a, b in zip(one.items, other.items, strict=True)])
        case Many(sure=sure), _:
            return False if all(sure) else UNKNOWN
        case _, Many(sure=sure):
            return False if all(sure) else UNKNOWN
        case MapValue(), MapValue():
            return decided_by(False, [alike(value, other.values[key]) for key, value in one.values.items()])
        case Record(), Record():
            if (one.type, one.path) != (other.type, other.path):
                return one.fields is other.fields
            if one.path:
                days = ("start", "end") if "start" in one.fields else ()
                return decided_by(False, [alike(one.fields[day], other.fields[day]) for day in days])
            return decided_by(False, [alike(value, other.fields[key]) for key, value in one.fields.items()])
        case _:
            return bool(one == other)


def compare(sign: Callable[[Any, Any], bool]) -> Callable[..., Value]:
    """A comparison; of words, by their place in the order."""

    def operation(order: Any, one: Any, other: Any) -> bool:
        return bool(sign(order.index(one), order.index(other)) if order else sign(one, other))

    return ordinary(operation)


def inverted(value: Value) -> Value:
    return ordinary(lambda _, truth: not truth)(None, value)


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
        low, high, below = where
        sides = []
        if low is not None:
            sides.append(ordinary(lambda _, a, b: a >= b)(None, value, given[low]))
        if high is not None:
            sides.append(ordinary(lambda _, a, b: a < b)(None, value, given[high]))
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


def number(value: Any) -> Any:
    """A whole number as int."""
    return int(value) if value == int(value) else value


def moved(how: tuple[str, int], day: date, amount: int) -> date:
    unit, sign = how
    move = {
        "years": calendar.add_years,
        "months": calendar.add_months,
        "weeks": calendar.add_weeks,
        "days": calendar.add_days,
    }
    return move[unit](day, sign * amount)


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


# ------------------------------------------------------------------ time in spells


@dataclass(frozen=True)
class Days:
    """A spell: the days it may have, whether these are its days for certain, and whether it is just they."""

    start: date
    until: date
    sure: bool
    settled: bool
    exact: bool
    rate: Fraction | None
    record: Record


def days_of(list_: Many) -> list[Days]:
    return [_days(record, sure) for record, sure in list_.pairs]


def _days(record: Record, sure: bool) -> Days:
    rate = record.fields.get("hours_per_week")
    weekly = max(Fraction(0), Fraction(rate)) if isinstance(rate, (int, Fraction)) else None
    if isinstance(record, Part):
        return Days(*record.reach, sure, sure, False, weekly, record)
    start, end = record.fields["start"], record.fields["end"]
    known = isinstance(start, date) and (end is None or isinstance(end, date))
    first = start if isinstance(start, date) else date.min
    until = calendar.add_days(end, 1) if isinstance(end, date) else date.max
    return Days(first, until, sure, sure and known, known, weekly, record)


def known_ends(spell: Days) -> bool:
    return isinstance(spell.record, Part) or spell.exact


def stretches(spells: Sequence[Days], start: date, until: date) -> list[tuple[date, date]]:
    """A window cut wherever a spell begins or ends."""
    turns = {start, until, *(day for s in spells for day in (s.start, s.until) if start < day < until)}
    return list(pairwise(sorted(turns)))


def on(spell: Days, day: date) -> bool:
    return spell.start <= day < spell.until


def doubt_of_days(list_: Many) -> Value:
    whys = [list_.why]
    for record in list_.items:
        for day in (record.fields["start"], record.fields["end"]):
            whys.append(None if day is None else doubt_in(day))
    return together(*whys)


def doubt_of_rates(list_: Many) -> Value:
    return together(*(doubt_in(record.fields.get("hours_per_week")) for record in list_.items))


def credited(_: object, list_: Many, cap: Any, start: date, until: date) -> Value:
    spells, cap = days_of(list_), max(Fraction(cap), Fraction(0))
    low = high = Fraction(0)
    for first, last in stretches(spells, start, until) if start < until else []:
        length = Fraction((last - first).days, 7)
        certain = [s.rate for s in spells if on(s, first) and s.settled and s.rate is not None]
        possible = [cap if s.rate is None else s.rate for s in spells if on(s, first)]
        low += length * min(cap, sum(certain, Fraction(0)))
        high += length * min(cap, sum(possible, Fraction(0)))
    return number(low) if low == high else together(doubt_of_days(list_), doubt_of_rates(list_))


def runs(names: tuple[str, ...], list_: Many, *arguments: Any) -> Many:
    given = dict(zip(names, arguments, strict=True))
    spells = days_of(list_)
    needed = given.get("at_least")
    start, until = given.get("from", date.min), given.get("until", date.max)

    def found(sure_only: bool) -> list[tuple[date, date]]:
        joined: list[tuple[date, date]] = []
        for first, last in stretches(spells, start, until) if start < until else []:
            there = [s for s in spells if on(s, first) and (not sure_only or s.settled)]
            if needed is not None:
                there = [s for s in there if not sure_only or s.rate is not None]
                if not there or sum(needed if s.rate is None else s.rate for s in there) < needed:
                    continue
            if not there:
                continue
            if joined and (first - joined[-1][1]).days <= max(given["gap"], 0):
                first = joined.pop()[0]
            joined.append((first, last))
        return joined

    why = together(doubt_of_days(list_), None if needed is None else doubt_of_rates(list_))
    certain = set(found(sure_only=True))
    made = []
    for first, last in found(sure_only=False):
        sure = (first, last) in certain
        members = []
        for spell in spells:
            begin, end = max(spell.start, first), min(spell.until, last)
            if begin < end:
                record = piece(spell, begin, end, sure and spell.exact and known_ends(spell), why)
                members.append((record, sure and spell.settled))
        fields = {
            "start": first if sure else why,
            "end": (last_day(last) if sure else why),
            "length": Elapsed(first, last) if sure else why,
            "members": many(members, why),
        }
        made.append((Record("", fields), sure))
    return many(made, why)


def last_day(until: date) -> date | None:
    return None if until == date.max else until - timedelta(days=1)


def piece(spell: Days, start: date, until: date, exact: bool, why: Value) -> Record:
    """Some days of a spell as a record."""
    record = spell.record
    if exact is spell.exact and known_ends(spell) and (start, until) == (spell.start, spell.until):
        return record
    days = {"start": start, "end": last_day(until)} if exact else {"start": why, "end": why}
    fields = {**record.fields, **days}
    if exact:
        return Record(record.type, fields, record.path)
    return Part(record.type, fields, record.path, whole=record, reach=(start, until))


def cut(keep: bool) -> Callable[..., Value]:
    """`inside` keeps the days that a cutter has, `outside` the others."""

    def operation(_: object, of: Value, by: Value) -> Value:
        if special(of):
            return doubt_in(of)
        cutters = [] if special(by) else days_of(by)
        why = together(doubt_of_days(of), doubt_in(by) if special(by) else doubt_of_days(by))

        def label(day: date) -> str:
            surely = any(on(c, day) and c.settled for c in cutters)
            maybe = special(by) or any(on(c, day) for c in cutters)
            if surely:
                return "kept" if keep else "gone"
            return "doubt" if maybe else "gone" if keep else "kept"

        made = []
        for spell in days_of(of):
            parts = [(a, b, label(a)) for a, b in stretches(cutters, spell.start, spell.until) if a < b]
            labels = {name for _, _, name in parts}
            if labels <= {"gone"}:
                continue
            if not known_ends(spell):
                met = "doubt" in labels or ("kept" if keep else "gone") in labels
                record = piece(spell, spell.start, spell.until, False, why) if met else spell.record
                made.append((record, spell.sure and not met))
                continue
            for gone, block in groupby(parts, lambda part: part[2] == "gone"):
                if not gone:
                    made += _block(spell, list(block), why)
        return many(made, why)

    return operation


def _block(spell: Days, block: list[tuple[date, date, str]], why: Value) -> list[tuple[Record, bool]]:
    """The pieces of a stretch of which some parts may be in doubt: if so, nobody knows where they begin and end."""
    exact = spell.exact and all(name == "kept" for _, _, name in block)
    made = []
    for sure, group in groupby(block, lambda part: spell.sure and part[2] == "kept"):
        found = list(group)
        made.append((piece(spell, found[0][0], found[-1][1], exact, why), sure))
    return made


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
    "sum": total,
    "greatest": extreme(max),
    "least": extreme(min),
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
    "count": ordinary(lambda _, list_: len(list_.items) if all(list_.sure) else list_.why),
    "outside": cut(keep=False),
    "inside": cut(keep=True),
    "credited": ordinary(credited),
    "runs": ordinary(runs),
    "completed_years": ordinary(lambda _, a, b: calendar.completed_years(a, b)),
    "completed_months": ordinary(lambda _, a, b: calendar.completed_months(a, b)),
    "floor": ordinary(lambda _, value: value // 1),
    "prefix": ordinary(lambda _, code, length: code[: max(length, 0)]),
    "digit": ordinary(digit),
    "multiple": ordinary(lambda _, a, b: FAULT if b == 0 else (Fraction(a) / b).denominator == 1),
}


# ------------------------------------------------------------------ comparing with the evaluator


def plain(value: Value) -> object:
    """A value of either evaluator in one form; every fault is the same."""
    match value:
        case Fault():
            return "a fault"
        case Many(items=items, sure=sure, why=why):
            return ("list", tuple(map(plain, items)), sure, isinstance(why, Fault))
        case Listing(items=items, certain=certain, fault=fault):
            return ("list", tuple(map(plain, items)), certain, fault is not None)
        case tuple():
            return ("list", tuple(map(plain, value)), (True,) * len(value), False)
        case MapValue(values=values):
            return tuple((key, plain(held)) for key, held in values.items())
        case Record(type=type_, fields=fields, path=path):
            reach = value.reach if isinstance(value, Part) else None
            return (type_, path, reach, tuple((name, plain(held)) for name, held in fields.items()))
        case _:
            return (type(value), value)
