"""The types of expressions with operators: logic, comparison, membership, arithmetic, choice, members written out."""

from __future__ import annotations

from collections.abc import Sequence

from policy.check import errors
from policy.check.fitting import fits, join, plain, same_unit
from policy.check.infer import Inference, values_of
from policy.check.scope import EnumValue, Scope
from policy.check.ways import shown, to_compare
from policy.model.types import (
    CALENDAR_UNITS,
    Anything,
    Code,
    Date,
    Enum,
    Key,
    Length,
    ListOf,
    Moment,
    Number,
    OptionalOf,
    SetOf,
    Text,
    Type,
    YesNo,
    without_none,
)
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.text import Span

COMPARED = (YesNo, Text, Date, Moment, Code, Key, Number, Enum)
"""Types of which two values can be told to be the same."""


# ------------------------------------------------------------------ yes and no


def negation(inference: Inference, node: t.Not, scope: Scope, wanted: Type | None) -> Type:
    """`not x`."""
    inference.check(node.of, scope, YesNo(), "what follows `not`")
    return YesNo()


def logic(inference: Inference, node: t.Logic, scope: Scope, wanted: Type | None) -> Type:
    """`a and b`, `a or b`."""
    for member in node.members:
        inference.check(member, scope, YesNo(), f"each side of `{node.operator}`")
    return YesNo()


def comparison(inference: Inference, node: t.Comparison, scope: Scope, wanted: Type | None) -> Type:
    """Two values of one type, with an order where the sign needs one."""
    left, right = _both(inference, node.left, node.right, scope)
    if isinstance(left, Anything) or isinstance(right, Anything):
        return YesNo()
    a, b = without_none(left), without_none(right)
    equality = node.operator in {"is", "is not"}
    if isinstance(a, Length) and isinstance(b, Number) and b.unit in CALENDAR_UNITS and node.operator in {">=", "<"}:
        if not b.whole:
            _tell_fraction(inference, node.right, b, "the right side of the comparison")
    elif isinstance(a, Number) and isinstance(b, Number):
        if not same_unit(a, b):
            _tell_units(inference, node.left, node.right, a, b, "of the comparison")
    elif not fits(a, b) and not fits(b, a):
        inference.report(errors.not_comparable(node.span, a, b, to_compare(node.left, node.right, a, b)))
    elif equality and not isinstance(a, COMPARED):
        inference.report(errors.never_compared(node.span, a))
    elif not equality and not (isinstance(a, (Date, Moment)) or (isinstance(a, Enum) and a.ordered)):
        inference.report(errors.not_ordered(node.span, a))
    return YesNo()


def _tell_units(
    inference: Inference, left: t.Expression, right: t.Expression, a: Number, b: Number, where: str
) -> Anything:
    """Report two units that differ; where one number has none, that is the one at fault."""
    if a.unit is None:
        return inference.report(errors.unit_mismatch(left.span, a, b, f"the left side {where}{_like(right)}"))
    return inference.report(errors.unit_mismatch(right.span, b, a, f"the right side {where}{_like(left)}"))


def _like(other: t.Expression) -> str:
    """Which side says what the unit must be."""
    text = shown(other.span)
    return "" if text == "…" else f", like `{text}`,"


def _both(inference: Inference, one: t.Expression, other: t.Expression, scope: Scope) -> tuple[Type, Type]:
    """The types of two sides, the side that says more helping the other."""
    bare = (t.Name, t.Number, t.Text)
    undecided = isinstance(one, bare) and not isinstance(other, bare)
    if isinstance(one, t.Name) and isinstance(other, t.Name):
        undecided = not inference.names.has_value(one.id, scope)
    if undecided:
        right = inference.infer(other, scope)
        return inference.infer(one, scope, right), right
    left = inference.infer(one, scope)
    return left, inference.infer(other, scope, left)


def presence(inference: Inference, node: t.Presence, scope: Scope, wanted: Type | None) -> Type:
    """`x is none`, `x is given`: of something that may be none."""
    of = inference.infer(node.of, scope)
    if not isinstance(of, (OptionalOf, Anything)):
        word = "given" if node.given else "none"
        inference.report(
            errors.wrong_type(
                node.span,
                f"`{of}` is never none, so `is {word}` says nothing",
                "declare it `optional`, or leave the test out",
            )
        )
    return YesNo()


# ------------------------------------------------------------------ membership


def membership(inference: Inference, node: t.Membership, scope: Scope, wanted: Type | None) -> Type:
    """`x in …`: a set written out, a declared set, or a list."""
    if isinstance(node.container, t.SetLiteral):
        of = without_none(inference.infer(node.of, scope))
        inference.infer(node.container, scope, SetOf(of))
        return YesNo()
    container = without_none(_container(inference, node.container, scope))
    hint = container.of if isinstance(container, (SetOf, ListOf)) else None
    of = without_none(inference.infer(node.of, scope, hint))
    if isinstance(container, (SetOf, ListOf)):
        if not fits(of, container.of) and not fits(container.of, of):
            why = f"what is looked for in a `{container}`"
            inference.report(errors.type_mismatch(node.of.span, of, container.of, why))
    elif not isinstance(container, Anything):
        help = "name a set or a list, or write the values as `{a, b}`"
        inference.report(errors.wrong_type(node.container.span, f"`{container}` is neither a set nor a list", help))
    return YesNo()


def _container(inference: Inference, node: t.Expression, scope: Scope) -> Type:
    """The type of what follows `in`: a declared set by its name, with its arguments if it takes any; or any list."""
    name = node.function if isinstance(node, t.Call) else node
    entry = None
    if isinstance(name, t.Name):
        entry = inference.settled(inference.names.one_of(name, scope, (t.SetDeclaration,)))
    elif isinstance(name, t.FieldOf):
        entry = inference.settled(inference.names.qualified(name, scope))
    if isinstance(entry, Anything):
        type_: Type = entry
    elif entry is not None and isinstance(entry.declaration, t.SetDeclaration):
        type_ = _set_named(inference, node, entry, entry.declaration, scope)
    else:
        return inference.infer(node, scope)
    inference.meaning.types[node] = type_
    return type_


def _set_named(
    inference: Inference, node: t.Expression, entry: Entry, declaration: t.SetDeclaration, scope: Scope
) -> Type:
    """The type of a set by its name, called if it has parameters."""
    inference.meaning.targets[node] = entry
    inference.use(entry, node.span)
    signature = inference.signature(entry)
    if isinstance(node, t.Call):
        inference.arguments(node, entry, signature, scope)
    elif signature.parameters:
        wants = ", ".join(name for name, _ in signature.parameters)
        help = f"write `{entry.name}({wants})`"
        return inference.report(errors.bad_call(node.span, f"`{entry.name}` needs {wants}", help))
    return signature.result


def set_literal(inference: Inference, node: t.SetLiteral, scope: Scope, wanted: Type | None) -> Type:
    """`{a, b..c}`: members of one type, that of `wanted` when there is one."""
    of = wanted.of if isinstance(wanted, SetOf) else None
    found: list[Type] = []
    for element in node.elements:
        for end in ends_of(element):
            if of is None:
                found.append(inference.infer(end, scope))
            else:
                found.append(inference.check(end, scope, plain(of), "each member of the set"))
        check_range(inference, element, found[-1])
    joined = join(found)
    if joined is None:
        return inference.report(
            errors.wrong_type(node.span, "the members of this set are of different types", "make them of one type")
        )
    return SetOf(joined)


def ends_of(element: t.Expression | t.Range) -> list[t.Expression]:
    """The expressions in a member of a set or cell: the value, or the ends that a range has."""
    if not isinstance(element, t.Range):
        return [element]
    return [end for end in (element.low, element.high) if end is not None]


def check_range(inference: Inference, element: t.Expression | t.Range, type_: Type) -> None:
    """Report a range of values that have none, and one that begins above its end."""
    if not isinstance(element, t.Range):
        return
    bare = without_none(type_)
    if not isinstance(bare, (Number, Date, Moment, Anything)) and not (isinstance(bare, Enum) and bare.ordered):
        inference.report(errors.no_range(element.span, bare))
    elif _is_empty(inference, element):
        inference.report(errors.empty_range(element.span))


def _is_empty(inference: Inference, element: t.Range) -> bool:
    """Whether a range of written values begins above its end."""
    match element.low, element.high:
        case (t.Number(amount=low) | t.Money(amount=low), t.Number(amount=high) | t.Money(amount=high)):
            return low > high or (element.below and low == high)
        case t.DateLiteral(value=first), t.DateLiteral(value=last):
            return first > last or (element.below and first == last)
        case t.Name(), t.Name():
            found = [inference.meaning.targets.get(end) for end in (element.low, element.high)]
            places = [end.enum.values.index(end.value) for end in found if isinstance(end, EnumValue)]
            return len(places) == 2 and (places[0] > places[1] or (element.below and places[0] == places[1]))
        case _:
            return False


# ------------------------------------------------------------------ numbers and dates


def arithmetic(inference: Inference, node: t.Arithmetic, scope: Scope, wanted: Type | None) -> Type:
    """Numbers of fitting units, or a date and a period."""
    left = without_none(inference.infer(node.left, scope, wanted if node.operator in "+-" else None))
    right = without_none(inference.infer(node.right, scope))
    if isinstance(left, Anything) or isinstance(right, Anything):
        return Anything()
    if isinstance(left, (Date, Moment)) and node.operator in "+-":
        return _shifted(inference, node, left, right, scope)
    for side, type_ in ((node.left, left), (node.right, right)):
        if not isinstance(type_, Number):
            help = "only numbers can be reckoned with"
            return inference.report(errors.wrong_type(side.span, f"`{type_}` is not a number", help))
    assert isinstance(left, Number)
    assert isinstance(right, Number)
    if node.operator in "+-":
        if not same_unit(left, right):
            return _tell_units(inference, node.left, node.right, left, right, f"of `{node.operator}`")
        return Number(right.unit if left.unit is None else left.unit, left.whole and right.whole)
    return _scaled(inference, node, left, right)


def _shifted(inference: Inference, node: t.Arithmetic, left: Type, right: Type, scope: Scope) -> Type:
    """The type of a date or moment moved by a period."""
    verb = "added to" if node.operator == "+" else "taken from"
    if isinstance(right, (Date, Moment)) and node.operator == "-":
        help = "count with `completed_years(from: …, to: …)` or `completed_months(from: …, to: …)`"
        return inference.report(errors.wrong_type(node.span, "a date cannot be taken from a date", help))
    if not isinstance(right, Number) or right.unit not in CALENDAR_UNITS:
        help = "write years, months, weeks or days: `… + 2 years`"
        return inference.report(errors.wrong_type(node.right.span, f"`{right}` cannot be {verb} a `{left}`", help))
    if not right.whole:
        return _tell_fraction(inference, node.right, right, f"what is {verb} a `{left}`")
    if isinstance(left, Moment):
        inference.reads_clock(node, scope, node.left.span)
    return left


def day_of(inference: Inference, node: t.DayOf, scope: Scope, wanted: Type | None) -> Type:
    """`day of m`: the date that a moment has in the zone of the policy."""
    of = without_none(inference.infer(node.of, scope))
    if isinstance(of, Moment):
        inference.reads_clock(node, scope, node.span)
    elif not isinstance(of, Anything):
        help = "leave `day of` out" if isinstance(of, Date) else "name a moment"
        inference.report(errors.wrong_type(node.of.span, f"`{of}` is not a moment, of which there is a day", help))
    return Date()


def _tell_fraction(inference: Inference, node: t.Expression, type_: Number, why: str) -> Anything:
    """Report a period that is not a whole number of its unit."""
    return inference.report(errors.not_whole(node.span, type_, why, isinstance(node, t.Number)))


def _scaled(inference: Inference, node: t.Arithmetic, left: Number, right: Number) -> Type:
    """The type of a product or quotient."""
    if node.operator == "/":
        if left.unit and right.unit == left.unit:
            return Number("")
        if not right.unit:
            return Number(left.unit)
        help = "divide by a plain number, or by one of the same unit"
        return inference.report(errors.wrong_type(node.span, f"`{left}` cannot be divided by `{right}`", help))
    if left.unit and right.unit:
        help = "multiply by a plain number"
        return inference.report(errors.wrong_type(node.span, f"`{left}` cannot be multiplied by `{right}`", help))
    bare = None if None in (left.unit, right.unit) else ""
    return Number(left.unit or right.unit or bare, left.whole and right.whole)


def rounding(inference: Inference, node: t.Rounding, scope: Scope, wanted: Type | None) -> Type:
    """A number in steps of one in its unit."""
    of = without_none(inference.infer(node.of, scope, wanted))
    step = inference.infer(node.step, scope, of)
    if isinstance(of, Anything) or isinstance(step, Anything):
        return Anything()
    if not isinstance(of, Number):
        return inference.report(errors.wrong_type(node.of.span, f"`{of}` is not a number", "only numbers are rounded"))
    assert isinstance(step, Number)
    if not same_unit(of, step):
        return inference.report(errors.unit_mismatch(node.step.span, step, of, "what a number is rounded to"))
    if node.step.value == 0:
        message = "a number cannot be rounded to steps of 0"
        return inference.report(errors.wrong_type(node.step.span, message, "write a step above 0"))
    return Number(step.unit if of.unit is None else of.unit, step.whole)


# ------------------------------------------------------------------ choices and members written out


def choice(inference: Inference, node: t.Choice, scope: Scope, wanted: Type | None) -> Type:
    """`when … then … otherwise …`, where nothing says what is wanted."""
    inference.conditions(node, scope)
    return _joined(inference, values_of(node), scope, wanted, "every branch")


def gather(inference: Inference, node: t.Gather, scope: Scope, wanted: Type | None) -> Type:
    """`all of`, `sum of` and their like with their members written out."""
    if node.kind in {"all", "any", "at least"}:
        for member in node.members:
            inference.check(member, scope, YesNo(), f"each member of `{words_of(node)}`")
        if node.kind == "at least" and not 0 < node.count <= len(node.members):
            says = "always holds" if node.count < 1 else "never holds"
            message = f"at least {node.count} of {len(node.members)} {says}"
            help = f"write a number from 1 to {len(node.members)}"
            inference.report(errors.wrong_type(node.span, message, help))
        return YesNo()
    joined = _joined(inference, node.members, scope, wanted, f"every member of `{words_of(node)}`")
    takes_fewer(inference, node, len(node.members))
    return reducible(inference, node.span, node.kind, joined)


def words_of(node: t.Gather | t.Aggregate) -> str:
    """The words that stand before members."""
    match node.kind:
        case "at least":
            return f"at least {node.count} of"
        case "different":
            return "number of different"
        case "sum greatest" | "sum least":
            return f"sum of the {node.count} {node.kind.removeprefix('sum ')}"
        case kind:
            return f"{kind} of"


def takes_fewer(inference: Inference, node: t.Gather | t.Aggregate, members: int) -> None:
    """Report a sum of the greatest or least that always takes all its members."""
    if node.kind in {"sum greatest", "sum least"} and node.count >= members:
        message = f"`{words_of(node)}` of {members} member{'' if members == 1 else 's'} adds up all of them"
        inference.report(errors.wrong_type(node.span, message, "write `sum of`, or a lower number"))


def _joined(inference: Inference, values: Sequence[t.Expression], scope: Scope, wanted: Type | None, what: str) -> Type:
    """The one type of several values; the first that is not of the type of those before it is reported."""
    joined: Type = Anything()
    for value in values:
        hint = joined if wanted is None and not isinstance(joined, Anything) else wanted
        type_ = inference.infer(value, scope, hint)
        both = join((joined, type_))
        if both is None:
            inference.require(value, type_, joined, f"{what}, like the first,")
            return Anything()
        joined = both
    return joined


def reducible(inference: Inference, span: Span, kind: str, type_: Type) -> Type:
    """The type of a sum or extreme over values of a type."""
    bare = plain(without_none(type_))
    ordered = isinstance(bare, (Number, Date, Moment, Anything)) or (isinstance(bare, Enum) and bare.ordered)
    sums = kind.startswith("sum")
    if ordered and (not sums or isinstance(bare, (Number, Anything))):
        return bare
    help = "sum numbers of one unit" if sums else "compare numbers, dates, or values of an `ordered` enum"
    return inference.report(errors.wrong_type(span, f"there is no {kind.split()[0]} of `{bare}`", help))
