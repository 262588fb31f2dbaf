"""What generated code writes for an operation on ordinary operands, instead of calling it.

Each entry gives an expression that has the value which the operation has, when no operand is unknown, absent,
inapplicable, faulty or of another kind than its node says; or None when the operation is to be called after all.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from policy.evaluate.kinds import NUMBERS, Kind
from policy.evaluate.lookups import Lookup, Steps, Words
from policy.frozen import dataclass
from policy.graph import CodeSet, Node
from policy.model.types import Enum
from policy.model.values import FixedList


@dataclass(frozen=True, slots=True)
class Operand:
    """An argument of an operation: how code reads it, its kind, and its node; how its place is read, if it is known."""

    read: ast.expr
    kind: Kind
    node: Node
    place: ast.expr | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """An operation to be written: the number of its node, its node, its operands; for a table how it is laid out."""

    number: int
    node: Node
    operands: Sequence[Operand]
    lookup: Lookup | None = None

    @property
    def reads(self) -> list[ast.expr]:
        """How code reads the operands."""
        return [operand.read for operand in self.operands]

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of the operands."""
        return [operand.kind for operand in self.operands]

    def own(self, letter: str) -> ast.expr:
        """The constant of this node that a letter stands for (see `names`)."""
        return name(f"{letter}{self.number}")


Write: TypeAlias = Callable[[Call], ast.expr | None]

# ------------------------------------------------------------------ parts of code


def name(text: str) -> ast.Name:
    """A name that is read."""
    return ast.Name(text, ast.Load())


def call(function: str, *arguments: ast.expr) -> ast.Call:
    """A call of a function by name."""
    return ast.Call(name(function), list(arguments), [])


def method(of: ast.expr, function: str, *arguments: ast.expr) -> ast.Call:
    """A call of a method."""
    return ast.Call(ast.Attribute(of, function, ast.Load()), list(arguments), [])


def plain(value: Any) -> ast.Constant:
    """Yes, no, none, and numbers that the engine counted; never something an author wrote."""
    return ast.Constant(value)


def compare(left: ast.expr, sign: ast.cmpop, right: ast.expr) -> ast.Compare:
    """A comparison."""
    return ast.Compare(left, [sign], [right])


def both(parts: Sequence[ast.expr]) -> ast.expr:
    """`and`."""
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.And(), list(parts))


def either(parts: Sequence[ast.expr]) -> ast.expr:
    """`or`."""
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.Or(), list(parts))


def identical(value: ast.expr, to: ast.expr) -> ast.expr:
    """`is`."""
    return compare(value, ast.Is(), to)


CLASSES: Final[Mapping[Kind, str]] = {
    "word": "str",
    "whole": "int",
    "day": "date",
    "moment": "datetime",
    "record": "Record",
    "list": "tuple",
    "map": "MapValue",
    "length": "Elapsed",
}


def is_ordinary(value: ast.expr, kind: Kind) -> ast.expr:
    """The test whether a value is an ordinary one of its kind."""
    if kind == "yes_no":
        return either([identical(value, plain(True)), identical(value, plain(False))])
    of = call("type", value)
    if kind == "number":
        return either([identical(of, name("int")), identical(of, name("Fraction"))])
    return identical(of, name(CLASSES[kind]))


# ------------------------------------------------------------------ comparison

SIMPLE: Final = frozenset({"yes_no", "word", "whole", "number", "day", "moment"})

SIGNS: Final[Mapping[str, type[ast.cmpop]]] = {"ge": ast.GtE, "le": ast.LtE, "gt": ast.Gt, "lt": ast.Lt}


def _comparable(kinds: Sequence[Kind]) -> bool:
    """Whether values of these kinds can be compared with one another."""
    return set(kinds) <= SIMPLE and (len(set(kinds)) == 1 or set(kinds) <= NUMBERS)


def _same(of: Call) -> ast.expr | None:
    if not _comparable(of.kinds):
        return None
    return compare(of.reads[0], ast.Eq() if of.node.op == "is" else ast.NotEq(), of.reads[1])


def _ordering(of: Call) -> ast.expr | None:
    sign = SIGNS[of.node.op]()
    left, right = of.reads
    if isinstance(of.node.value, tuple):
        return compare(_rank(of, 0), sign, _rank(of, 1)) if of.kinds == ["word", "word"] else None
    if not _comparable(of.kinds) or "yes_no" in of.kinds:
        return None
    whole = [identical(call("type", o.read), name("int")) for o in of.operands if o.kind == "number"]
    if not whole:
        return compare(left, sign, right)
    if len(whole) == 1:
        left, right = (_crosswise(of, one, other) for one, other in ((0, 1), (1, 0)))
        return ast.IfExp(whole[0], compare(of.reads[0], sign, of.reads[1]), compare(left, sign, right))
    arguments = (left, right) if of.node.op in {"ge", "gt"} else (right, left)
    function = "at_or_above" if of.node.op in {"ge", "le"} else "above"
    return ast.IfExp(both(whole), compare(left, sign, right), call(function, *arguments))


def _crosswise(of: Call, at: int, other: int) -> ast.expr:
    """One side of a comparison of a fraction with a whole number, both times the denominator of the fraction."""
    if of.operands[at].kind == "number":
        return ast.Attribute(of.reads[at], "_numerator", ast.Load())
    return ast.BinOp(of.reads[at], ast.Mult(), ast.Attribute(of.reads[other], "_denominator", ast.Load()))


def _rank(of: Call, at: int) -> ast.expr:
    """The place of a word in the order of its enum."""
    operand = of.operands[at]
    order: Any = of.node.value
    if operand.node.op == "const" and operand.node.value in order:
        return plain(order.index(operand.node.value))
    return ast.Subscript(of.own("o"), operand.read, ast.Load())


def _membership(of: Call) -> ast.expr | None:
    value = of.reads[0]
    if not _comparable(of.kinds) or any(operand.node.op != "const" for operand in of.operands[1:]):
        return None
    shape: Any = of.node.value
    tests: list[ast.expr] = []
    if any(kind == "value" or where[-1] is not None for kind, *where in shape):
        tests.append(compare(value, ast.In(), of.own("s")))
    for kind, *where in shape:
        if kind == "range" and where[-1] is None:
            low, high, open_end, _ = where
            above = None if low is None else compare(value, ast.GtE(), of.reads[low])
            under = None if high is None else compare(value, ast.Lt() if open_end else ast.LtE(), of.reads[high])
            tests.append(both([side for side in (above, under) if side is not None] or [plain(True)]))
    return either(tests)


def members(node: Node, operands: Sequence[Node]) -> frozenset[Hashable]:
    """The constants among which membership is tested: those written out, and the words of ranges of words."""
    shape: Any = node.value
    found: set[Hashable] = set()
    for kind, *where in shape:
        if kind == "value":
            found.add(operands[where[0]].value)
        elif where[-1] is not None:
            low, high, open_end, order = where
            first = 0 if low is None else order.index(operands[low].value)
            last = len(order) if high is None else order.index(operands[high].value) + (not open_end)
            found |= {*order[first:last]}
    return frozenset(found)


def _listed(of: Call) -> ast.expr | None:
    if of.kinds[0] == "" or not isinstance(of.operands[1].node.value, FixedList):
        return None
    return compare(of.reads[0], ast.In(), of.own("s"))


def _codes(of: Call) -> ast.expr | None:
    codes = of.node.value
    assert isinstance(codes, CodeSet)
    if of.kinds != ["word"]:
        return None
    if codes.exceptions or any(pattern.endswith("*") for pattern in codes.patterns):
        return call(f"h{of.number}", of.reads[0])
    return compare(of.reads[0], ast.In(), of.own("s"))


def _length(of: Call) -> ast.expr | None:
    return call("len", of.reads[0]) if of.kinds == ["list"] else None


# ------------------------------------------------------------------ arithmetic


def _numbers(of: Call) -> bool:
    return set(of.kinds) <= NUMBERS


def _exactly(of: Call, made: ast.expr) -> ast.expr:
    """What comes of arithmetic: what may be a fraction is made whole where it is."""
    return made if "number" not in of.kinds else call("exact", made)


def _arithmetic(sign: type[ast.operator]) -> Write:
    def write(of: Call) -> ast.expr | None:
        if not _numbers(of):
            return None
        made = of.reads[0]
        for other in of.reads[1:]:
            made = ast.BinOp(made, sign(), other)
        return made if len(of.operands) == 1 else _exactly(of, made)

    return write


def _divide(of: Call) -> ast.expr | None:
    divisor = of.operands[1]
    if not _numbers(of) or divisor.node.op != "const" or divisor.node.value == 0:
        return None
    return call("quotient", *of.reads)


def _extreme(function: str) -> Write:
    def write(of: Call) -> ast.expr | None:
        if isinstance(of.node.value, tuple) or not _comparable(of.kinds) or "yes_no" in of.kinds:
            return None
        return of.reads[0] if len(of.operands) == 1 else call(function, *of.reads)

    return write


def _capped(of: Call) -> ast.expr | None:
    value, limit = of.reads
    if of.kinds == ["whole", "whole"]:
        return ast.IfExp(compare(limit, ast.Lt(), value), limit, value)
    return call("min", value, limit) if _numbers(of) else None


def _shift(of: Call) -> ast.expr | None:
    how: Any = of.node.value
    unit, sign = how
    if of.kinds != ["day", "whole"]:
        return None
    amount = of.reads[1]
    return call(f"add_{unit}", of.reads[0], amount if sign == 1 else ast.UnaryOp(ast.USub(), amount))


def _completed(function: str) -> Write:
    return lambda of: call(function, *of.reads) if of.kinds == ["day", "day"] else None


def _floor(of: Call) -> ast.expr | None:
    if of.kinds == ["whole"]:
        return of.reads[0]
    return call("floor", of.reads[0]) if of.kinds == ["number"] else None


# ------------------------------------------------------------------ absence, logic, records


def _given(answer: bool) -> Write:
    return lambda of: plain(answer) if of.kinds[0] else None


def _not(of: Call) -> ast.expr | None:
    return ast.UnaryOp(ast.Not(), of.reads[0]) if of.kinds == ["yes_no"] else None


def _field(of: Call) -> ast.expr | None:
    if of.kinds != ["record"]:
        return None
    return ast.Subscript(ast.Attribute(of.reads[0], "fields", ast.Load()), of.own("f"), ast.Load())


def _row(of: Call) -> ast.expr | None:
    if of.kinds != ["word"]:
        return None
    return method(of.own("k"), "get", of.reads[0], name("NO_KEY"))


def _index(of: Call) -> ast.expr | None:
    if of.kinds != ["map", "word"]:
        return None
    return ast.Subscript(ast.Attribute(of.reads[0], "values", ast.Load()), of.reads[1], ast.Load())


def _table(of: Call) -> ast.expr | None:
    lookup = of.lookup
    if lookup is None or not (lookup.constant or lookup.gapless):
        return None
    place: ast.expr | None = None
    for i, key in enumerate(lookup.keys):
        operand = next(o for o, arg in zip(of.operands, of.node.args, strict=True) if arg == key.argument)
        step = _words(of, i, operand, key) if isinstance(key, Words) else _steps(operand, key)
        place = step if place is None else ast.BinOp(place, ast.Add(), step)
    cell = ast.Subscript(of.own("t"), place or plain(0), ast.Load())
    if lookup.constant:
        return cell
    outputs: Any = of.reads[len(of.operands) - _outputs(of) :]
    return ast.Subscript(ast.Tuple(outputs, ast.Load()), cell, ast.Load())


def _outputs(of: Call) -> int:
    grid: Any = of.node.value
    return len(grid.cells)


def _words(of: Call, i: int, operand: Operand, key: Words) -> ast.expr:
    """What a word adds to the place."""
    if operand.kind == "yes_no":
        return ast.IfExp(operand.read, plain(key.places[True]), plain(key.places[False]))
    places = name(f"w{of.number}_{i}")
    if key.otherwise is None:
        return ast.Subscript(places, operand.read, ast.Load())
    return method(places, "get", operand.read, plain(key.otherwise))


def _steps(operand: Operand, key: Steps) -> ast.expr:
    """What a number adds to the place: its distance from the lowest one, held between both ends."""
    span = (key.high - key.low) * key.stride
    first = again = operand.place or operand.read
    if key.scale is not None and operand.place is None:
        first, again = ast.NamedExpr(ast.Name("v", ast.Store()), scaled(operand.read, key.scale)), name("v")
    inside = ast.Compare(plain(key.low), [ast.LtE(), ast.LtE()], [first, plain(key.high)])
    beyond = ast.IfExp(compare(again, ast.Lt(), plain(key.low)), plain(0), plain(span))
    step: ast.expr = again if key.low == 0 else ast.BinOp(again, ast.Sub(), plain(key.low))
    step = step if key.stride == 1 else ast.BinOp(step, ast.Mult(), plain(key.stride))
    return step if key.closed else ast.IfExp(inside, step, beyond)


def scaled(number: ast.expr, scale: int) -> ast.expr:
    """A number counted in half parts, of which `2 * scale` make one."""
    whole = ast.BinOp(plain(2 * scale), ast.Mult(), number)
    return ast.IfExp(identical(call("type", number), name("int")), whole, call("placed", number, plain(scale)))


# ------------------------------------------------------------------ lists and spells


def _reduced(function: str) -> Write:
    def write(of: Call) -> ast.expr | None:
        if of.kinds[0] != "list" or isinstance(of.node.value, (tuple, Enum)):
            return None
        return call(function, *of.reads)

    return write


def _credited(of: Call) -> ast.expr | None:
    if of.kinds[0] != "list" or of.kinds[1] not in NUMBERS or of.kinds[2:] != ["day", "day"]:
        return None
    return call("credited", name("hours"), *of.reads)


def _outside(of: Call) -> ast.expr | None:
    return call("outside", *of.reads) if of.kinds == ["list", "list"] else None


INLINE: Final[Mapping[str, Write]] = {
    "is": _same,
    "is_not": _same,
    "ge": _ordering,
    "le": _ordering,
    "gt": _ordering,
    "lt": _ordering,
    "in": _membership,
    "in_set": _codes,
    "in_list": _listed,
    "count": _length,
    "not": _not,
    "is_none": _given(False),
    "is_given": _given(True),
    "sum": _arithmetic(ast.Add),
    "add": _arithmetic(ast.Add),
    "subtract": _arithmetic(ast.Sub),
    "multiply": _arithmetic(ast.Mult),
    "divide": _divide,
    "greatest": _extreme("max"),
    "least": _extreme("min"),
    "capped": _capped,
    "shift": _shift,
    "completed_years": _completed("completed_years"),
    "completed_months": _completed("completed_months"),
    "floor": _floor,
    "field": _field,
    "row": _row,
    "index": _index,
    "table": _table,
    "any_in": _reduced("any_in"),
    "all_in": _reduced("all_in"),
    "sum_in": _reduced("sum_in"),
    "greatest_in": _reduced("greatest_in"),
    "least_in": _reduced("least_in"),
    "credited": _credited,
    "outside": _outside,
}

CERTAIN: Final = frozenset(
    {
        *("is", "is_not", "ge", "le", "gt", "lt", "in", "in_set", "in_list", "count"),
        *("not", "is_none", "is_given", "floor"),
        *("sum", "add", "subtract", "multiply", "divide", "greatest", "least", "capped", "shift"),
        *("completed_years", "completed_months"),
    }
)
"""Operations whose value is an ordinary one wherever their operands are."""
