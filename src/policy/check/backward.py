"""Periods that run forward from a fact and are written backward from another day.

Adding years or months to a day and taking them away are not each other's reverse: two years from 29 February end on the
28th, and two years back from there do not reach the 29th. How long a fact stays valid, or how long one must wait after
it, runs from the fact; only windows look back from the day on which facts are measured. Weeks and days are the same
both ways.
"""

from __future__ import annotations

from collections.abc import Iterator

from policy.check import warnings
from policy.check.checked import Checked
from policy.check.infer import Meaning
from policy.check.scope import ImplicitField, Local
from policy.check.shapes import SPELL_FIELDS
from policy.diagnostics import Diagnostic
from policy.model.types import Date, Moment, Number, Type, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t


def check_backward(checked: Checked) -> Iterator[Diagnostic]:
    """Report each comparison of a fact with a day that is counted back from another one."""
    meaning = checked.meaning
    for node in meaning.types:
        if not isinstance(node, t.Comparison) or node.operator in {"is", "is not"}:
            continue
        for fact, other, forward in ((node.left, node.right, True), (node.right, node.left, False)):
            back = _counted_back(other, meaning)
            if back is not None and _is_fact(fact, meaning):
                said, day, period = _text(fact), _text(back.left), _text(back.right)
                sides = (f"{said} + {period}", day) if forward else (day, f"{said} + {period}")
                ways = f" {node.operator} ".join(sides), f"{said} in {{{day} - {period}..<{day}}}"
                yield warnings.backward(node.span, said, day, ways, None if back is other else back.span)


def _counted_back(node: t.Expression, meaning: Meaning) -> t.Arithmetic | None:
    """The subtraction of a period from a day that a side of a comparison is, or that a definition gives it."""
    target = meaning.targets.get(node)
    if isinstance(node, (t.Name, t.FieldOf)) and isinstance(target, Entry):
        declaration = target.declaration
        return _counted_back(declaration.body, meaning) if isinstance(declaration, t.Definition) else None
    if not isinstance(node, t.Arithmetic) or node.operator != "-" or isinstance(node.left, t.DateLiteral):
        return None
    period = _type(node.right, meaning)
    if not isinstance(period, Number) or period.unit not in {"years", "months"}:
        return None
    return node if isinstance(_type(node, meaning), (Date, Moment)) else None


def _is_fact(node: t.Expression, meaning: Meaning) -> bool:
    """Whether an expression is a day that a profile gives, other than the first or last day of a spell."""
    target = meaning.targets.get(node)
    if not isinstance(_type(node, meaning), (Date, Moment)):
        return False
    match target:
        case Entry(declaration=t.InputDeclaration()):
            return True
        case ImplicitField(name=name):
            return name not in SPELL_FIELDS
        case Local():
            return True
    return isinstance(node, t.FieldOf) and target is None and node.name not in SPELL_FIELDS


def _type(node: t.Expression, meaning: Meaning) -> Type | None:
    type_ = meaning.types.get(node)
    return None if type_ is None else without_none(type_)


def _text(node: t.Expression) -> str:
    """An expression as written, on one line."""
    return " ".join(node.span.text.split())
