"""The nodes of each kind of expression: one function each, found by the type of the tree node."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, Protocol, TypeAlias

from policy.check.checked import Checked
from policy.check.infer import Meaning
from policy.check.scope import AsOf, BuiltIn, EnumDomain, Local
from policy.check.shapes import Shapes
from policy.graph.nodes import ELSEWHERE, Asked, Best, Body, CodeSet, Node, Rounding
from policy.model.types import (
    CALENDAR_UNITS,
    Anything,
    Code,
    Date,
    Enum,
    Key,
    Length,
    MapBy,
    Moment,
    Number,
    Type,
    YesNo,
    without_none,
)
from policy.model.versions import Entry
from policy.syntax import tree as t

Environment: TypeAlias = Mapping[Local, int]


class Builder(Protocol):
    """What makes nodes: see `GraphBuilder`."""

    checked: Checked
    meaning: Meaning
    shapes: Shapes
    nodes: list[Node]

    def add(self, op: str, args: tuple[int, ...], value: Hashable, type_: Type, body: Body | None = None) -> int:
        """The number of a node."""
        ...

    def walk(self, op: str, list_: int, local: Local, body: t.Expression, env: Environment, type_: Type) -> int:
        """The number of a list node with a body."""
        ...

    def build(self, expression: t.Expression, env: Environment) -> int:
        """The number of an expression's node."""
        ...

    def target(self, node: t.Expression, env: Environment) -> int:
        """The number of the node a name stands for."""
        ...

    def field(self, record: int, name: str, type_: Type) -> int:
        """The number of a field's node."""
        ...

    def entry(self, entry: Entry, arguments: tuple[int, ...] = ()) -> int:
        """The number of a declaration's node."""
        ...

    def as_of(self, entry: Entry, day: date, arguments: tuple[int, ...]) -> int:
        """The number of the node of a declaration as it read on an earlier day."""
        ...

    def shown_name(self, entry: Entry) -> str:
        """The full name of a declaration, with the day when it is one of an earlier text."""
        ...


YES_NO: Final = YesNo()
COMPARATORS: Final = {">=": "ge", "<=": "le", ">": "gt", "<": "lt", "is": "is", "is not": "is_not"}
ARITHMETIC: Final = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}


def constant(value: Fraction) -> int | Fraction:
    """A number as rules compute with it: whole ones are `int`."""
    return int(value) if value.denominator == 1 else value


def number(b: Builder, node: t.Number, env: Environment) -> int:
    type_ = b.meaning.types[node]
    if isinstance(type_, (Code, Key)):
        return b.add("const", (), node.text, type_)
    return b.add("const", (), constant(node.amount), type_)


def literal(b: Builder, node: t.Text | t.DateLiteral | t.Code | t.YesNo, env: Environment) -> int:
    return b.add("const", (), node.value, b.meaning.types[node])


def money(b: Builder, node: t.Money, env: Environment) -> int:
    return b.add("const", (), constant(node.value), b.meaning.types[node])


def name(b: Builder, node: t.Name, env: Environment) -> int:
    return b.target(node, env)


def field_of(b: Builder, node: t.FieldOf, env: Environment) -> int:
    if node in b.meaning.targets:
        return b.target(node, env)
    return b.field(b.build(node.of, env), node.name, b.meaning.types[node])


def call(b: Builder, node: t.Call, env: Environment) -> int:
    type_ = b.meaning.types[node]
    target = b.meaning.targets.get(node)
    arguments = tuple(b.build(argument, env) for argument in node.arguments)
    if isinstance(target, Entry):
        if isinstance(target.declaration, t.DatasetDeclaration):
            return b.add("row", arguments, target.full_name, type_)
        return b.entry(target, arguments)
    if isinstance(target, BuiltIn):
        named = {key: b.build(argument, env) for key, argument in node.named}
        order = ("cap", "gap", "at_least", "from", "to", "until", "of")
        keys = tuple(key for key in order if key in named)
        return b.add(target.name, arguments + tuple(named[key] for key in keys), keys, type_)
    return index(b, b.build(node.function, env), arguments[0], type_)


def index(b: Builder, map_: int, key: int, type_: Type) -> int:
    """A value of a map; had at once when both the map and the key are written out."""
    known = b.nodes[key]
    maker = b.nodes[map_]
    while maker.op == "definition":
        maker = b.nodes[maker.args[0]]
    if known.op == "const" and maker.op == "map":
        enum = known.type
        assert isinstance(enum, Enum)
        return maker.args[enum.values.index(str(known.value))]
    return b.add("index", (map_, key), None, type_)


def on_day(b: Builder, node: t.OnDay, env: Environment) -> int:
    asked = b.meaning.on_days[node]
    elsewhere = b.add("elsewhere", (), ELSEWHERE, Anything())
    given = (b.build(but.value, env) for but in node.but)
    args = (elsewhere, b.build(node.day, env), *given)
    return b.add("at", args, Asked(asked.name, asked.assumed), b.meaning.types[node])


def as_read(b: Builder, node: t.AsRead, env: Environment) -> int:
    target = b.meaning.targets[node]
    assert isinstance(target, AsOf)
    arguments = node.of.arguments if isinstance(node.of, t.Call) else ()
    made = tuple(b.build(argument, env) for argument in arguments)
    if getattr(target.entry.declaration, "parameters", ()):
        return b.as_of(target.entry, target.day, made)
    found = b.as_of(target.entry, target.day, ())
    return index(b, found, made[0], b.meaning.types[node]) if made else found


def negated(b: Builder, node: t.Not, env: Environment) -> int:
    return b.add("not", (b.build(node.of, env),), None, YES_NO)


def logic(b: Builder, node: t.Logic, env: Environment) -> int:
    return b.add(node.operator, tuple(b.build(member, env) for member in node.members), None, YES_NO)


def comparison(b: Builder, node: t.Comparison, env: Environment) -> int:
    left = without_none(b.meaning.types[node.left])
    args = (b.build(node.left, env), b.build(node.right, env))
    if isinstance(left, Length):
        right = without_none(b.meaning.types[node.right])
        assert isinstance(right, Number)
        return b.add("length_ge" if node.operator == ">=" else "length_lt", args, right.unit, YES_NO)
    order = None if node.operator in {"is", "is not"} else _order(left)
    return b.add(COMPARATORS[node.operator], args, order, YES_NO)


def presence(b: Builder, node: t.Presence, env: Environment) -> int:
    return b.add("is_given" if node.given else "is_none", (b.build(node.of, env),), None, YES_NO)


def membership(b: Builder, node: t.Membership, env: Environment) -> int:
    of = b.build(node.of, env)
    target = b.meaning.targets.get(node.container)
    if isinstance(node.container, t.SetLiteral):
        made = _in_literal(b, of, node.container, env)
    elif isinstance(target, Entry) and isinstance(target.declaration, t.SetDeclaration):
        called = node.container.arguments if isinstance(node.container, t.Call) else ()
        made = _in_declared(b, of, target, tuple(b.build(argument, env) for argument in called))
    else:
        made = b.add("in_list", (of, b.build(node.container, env)), None, YES_NO)
    return b.add("not", (made,), None, YES_NO) if node.negated else made


def _in_declared(b: Builder, of: int, entry: Entry, arguments: tuple[int, ...]) -> int:
    """Membership of a declared set.

    A set that is drawn for a word of an enum which is not written out is drawn for each of its words: what is in them
    is then the same for everybody, and looked up only.
    """
    assert isinstance(entry.declaration, t.SetDeclaration)
    if entry.declaration.drawn is None:
        codes = CodeSet(b.shown_name(entry), entry.declaration.patterns, entry.declaration.exceptions)
        return b.add("in_set", (of,), codes, YES_NO)
    for i, argument in enumerate(arguments):
        enum = without_none(b.nodes[argument].type)
        if isinstance(enum, Enum) and b.nodes[argument].op != "const":
            words = (b.add("const", (), word, enum) for word in enum.values)
            each = tuple(_in_declared(b, of, entry, (*arguments[:i], word, *arguments[i + 1 :])) for word in words)
            return index(b, b.add("map", each, enum, MapBy(YES_NO, enum)), argument, YES_NO)
    return b.add("in_list", (of, b.entry(entry, arguments)), None, YES_NO)


def _in_literal(b: Builder, of: int, container: t.SetLiteral, env: Environment) -> int:
    """Membership of a set written out; the constant gives the places of its values and ends among the arguments."""
    args: list[int] = [of]
    shape: list[Hashable] = []
    order = _order(b.nodes[of].type)

    def at(end: t.Expression | None) -> int | None:
        if end is None:
            return None
        args.append(b.build(end, env))
        return len(args) - 1

    for element in container.elements:
        if isinstance(element, t.Range):
            shape.append(("range", at(element.low), at(element.high), element.below, order))
        else:
            shape.append(("value", at(element)))
    return b.add("in", tuple(args), tuple(shape), YES_NO)


def arithmetic(b: Builder, node: t.Arithmetic, env: Environment) -> int:
    type_ = b.meaning.types[node]
    args = (b.build(node.left, env), b.build(node.right, env))
    if isinstance(without_none(b.meaning.types[node.left]), (Date, Moment)):
        right = without_none(b.meaning.types[node.right])
        assert isinstance(right, Number)
        assert right.unit in CALENDAR_UNITS
        how = (right.unit, 1 if node.operator == "+" else -1)
        if node in b.meaning.zones:
            return b.add("shift_moment", args, (*how, b.meaning.zones[node]), type_)
        return b.add("shift", args, how, type_)
    return b.add(ARITHMETIC[node.operator], args, None, type_)


def rounding(b: Builder, node: t.Rounding, env: Environment) -> int:
    return b.add("round", (b.build(node.of, env),), Rounding(node.direction, node.step.amount), b.meaning.types[node])


def choice(b: Builder, node: t.Choice, env: Environment) -> int:
    args = [b.build(part, env) for branch in node.branches for part in branch]
    return b.add("choice", (*args, b.build(node.otherwise, env)), None, b.meaning.types[node])


def gather(b: Builder, node: t.Gather, env: Environment) -> int:
    members = tuple(b.build(member, env) for member in node.members)
    type_ = b.meaning.types[node]
    match node.kind:
        case "at least":
            return b.add("at_least", members, node.count, type_)
        case "sum greatest" | "sum least":
            return b.add(node.kind.replace(" ", "_"), members, Best(node.count), type_)
        case kind:
            return b.add(kind, members, _order(type_), type_)


def filtered(b: Builder, node: t.Filter, env: Environment) -> int:
    return _walk(b, "filter", node, node.condition, env)


def the_one(b: Builder, node: t.TheOne, env: Environment) -> int:
    return _walk(b, "the_one", node, node.condition, env)


def grouped(b: Builder, node: t.Grouping, env: Environment) -> int:
    return _walk(b, "group", node, node.key, env)


def extreme(b: Builder, node: t.Extreme, env: Environment) -> int:
    return _walk(b, "most" if node.most else "fewest", node, node.measure, env)


def _walk(
    b: Builder,
    op: str,
    node: t.Filter | t.TheOne | t.Grouping | t.Extreme,
    body: t.Expression,
    env: Environment,
) -> int:
    return b.walk(op, b.build(node.of, env), b.meaning.binders[node], body, env, b.meaning.types[node])


def cut(b: Builder, node: t.Cut, env: Environment) -> int:
    args = (b.build(node.of, env), b.build(node.by, env))
    return b.add("inside" if node.inside else "outside", args, None, b.meaning.types[node])


def count(b: Builder, node: t.Count, env: Environment) -> int:
    return b.add("count", (b.build(node.of, env),), None, b.meaning.types[node])


def day_of(b: Builder, node: t.DayOf, env: Environment) -> int:
    return b.add("day_of", (b.build(node.of, env),), b.meaning.zones[node], b.meaning.types[node])


def each(b: Builder, node: t.Each, env: Environment) -> int:
    """`(… for each …)` by itself: a list, or a map written out when an enum is walked."""
    domain = b.meaning.targets.get(node.domain)
    if isinstance(domain, EnumDomain):
        return b.add("map", unrolled(b, node, domain.enum, env), domain.enum, b.meaning.types[node])
    return b.walk("each", b.build(node.domain, env), b.meaning.binders[node], node.body, env, b.meaning.types[node])


def unrolled(b: Builder, node: t.Each, enum: Enum, env: Environment) -> tuple[int, ...]:
    """The body once for each value of an enum."""
    local = b.meaning.binders[node]
    return tuple(b.build(node.body, {**env, local: b.add("const", (), value, enum)}) for value in enum.values)


def aggregate(b: Builder, node: t.Aggregate, env: Environment) -> int:
    type_ = b.meaning.types[node]
    domain = b.meaning.targets.get(node.each.domain)
    if isinstance(domain, EnumDomain):
        members = unrolled(b, node.each, domain.enum, env)
        if node.count:
            return b.add(node.kind.replace(" ", "_"), members, Best(node.count, domain.enum), type_)
        return b.add(node.kind, members, domain.enum if _order(type_) is None else _order(type_), type_)
    values = each(b, node.each, env)
    if node.count:
        return b.add(f"{node.kind.replace(' ', '_')}_in", (values,), Best(node.count), type_)
    extra = (b.build(node.if_none, env),) if node.if_none is not None else ()
    return b.add(f"{node.kind}_in", (values, *extra), _order(type_), type_)


def _order(type_: Type) -> Hashable:
    """The values of an enum, for what compares by position; None for what is compared as it is."""
    bare = without_none(type_)
    return bare.values if isinstance(bare, Enum) else None


Build: TypeAlias = Callable[[Builder, Any, Environment], int]

BUILDERS: Final[Mapping[type, Build]] = {
    t.Number: number,
    t.Money: money,
    t.Text: literal,
    t.DateLiteral: literal,
    t.Code: literal,
    t.YesNo: literal,
    t.Name: name,
    t.FieldOf: field_of,
    t.Call: call,
    t.Not: negated,
    t.Logic: logic,
    t.Comparison: comparison,
    t.Presence: presence,
    t.Membership: membership,
    t.Arithmetic: arithmetic,
    t.Rounding: rounding,
    t.Choice: choice,
    t.Filter: filtered,
    t.Grouping: grouped,
    t.Extreme: extreme,
    t.Cut: cut,
    t.TheOne: the_one,
    t.Count: count,
    t.DayOf: day_of,
    t.Each: each,
    t.Gather: gather,
    t.Aggregate: aggregate,
    t.OnDay: on_day,
    t.AsRead: as_read,
}
