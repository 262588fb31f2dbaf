"""Points against their `up to`: figures that alone are above it, and caps that nothing comes up to.

A cap is there to cut what adds up to more, and sums above it are no mistake. But a single figure above the cap is
either wrong itself or stands under the wrong cap; and of a cap that the figures cannot reach, one of the two is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from policy.check import warnings
from policy.check.checked import Checked
from policy.check.fitting import figure
from policy.check.infer import Meaning, values_of
from policy.diagnostics import Diagnostic
from policy.model.types import Number, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.text import Span


def check_caps(checked: Checked) -> Iterator[Diagnostic]:
    """Report the caps that do not go with the figures under them."""
    meaning = checked.meaning
    for entry in checked.program.entries():
        declaration = entry.declaration
        if not isinstance(declaration, t.Definition) or not isinstance(declaration.up_to, t.Number):
            continue
        cap, span = declaration.up_to.value, declaration.up_to.span
        above = [(value, place) for value, place in _figures(declaration.body, meaning) if value > cap]
        if above:
            value, place = max(above, key=lambda found: found[0])
            yield warnings.figure_above_cap(span, entry.name, figure(value), figure(cap), place)
        most = _most(declaration.body, meaning)
        if most is not None and most < cap:
            yield warnings.cap_never_reached(span, entry.name, figure(most), figure(cap))


def _figures(node: t.Expression, meaning: Meaning) -> Iterator[tuple[Fraction, Span]]:
    """The written figures that alone can be what an expression comes to, and where they stand."""
    match node:
        case t.Number(value=value, span=span):
            yield value, span
        case t.Choice():
            for value_ in values_of(node):
                yield from _figures(value_, meaning)
        case t.Gather(kind="greatest" | "least", members=members):
            for member in members:
                yield from _figures(member, meaning)
        case t.Name() | t.FieldOf() | t.Call():
            target = meaning.targets.get(node)
            match target.declaration if isinstance(target, Entry) else None:
                case t.Definition(up_to=None, body=body):
                    yield from _figures(body, meaning)
                case t.Table() as table:
                    for given in _given_by(table):
                        yield from _figures(given, meaning)


def _given_by(table: t.Table) -> Iterator[t.Expression]:
    """What a table or scale may give."""
    keys = 0 if table.scale else len(table.parameters) - (table.across is not None)
    for row in table.rows[1:]:
        for cell in row.cells[:1] if table.scale else row.cells[keys:]:
            for element in cell.elements:
                if not isinstance(element, t.Range):
                    yield element
    if table.below is not None:
        yield table.below


def _most(node: t.Expression, meaning: Meaning) -> Fraction | None:
    """The most that an expression can come to; None where its figures do not tell."""
    match node:
        case t.Number(value=value):
            return value
        case t.Choice():
            return _greatest([_most(value, meaning) for value in values_of(node)])
        case t.Gather(kind="sum", members=members):
            return _sum([_most(member, meaning) for member in members])
        case t.Gather(kind="greatest", members=members):
            return _greatest([_most(member, meaning) for member in members])
        case t.Arithmetic(operator="+", left=left, right=right):
            return _sum([_most(left, meaning), _most(right, meaning)])
        case t.Name() | t.FieldOf() | t.Call():
            return _most_of(meaning.targets.get(node), node, meaning)
        case _:
            return None


def _most_of(target: object, node: t.Expression, meaning: Meaning) -> Fraction | None:
    """The most that something declared can come to."""
    match target.declaration if isinstance(target, Entry) else None:
        case t.Definition(up_to=up_to, body=body):
            most = _most(body, meaning)
            if isinstance(up_to, t.Number):
                return up_to.value if most is None else min(most, up_to.value)
            return most if up_to is None else None
        case t.Table() as table:
            return _greatest([_most(given, meaning) for given in _given_by(table)])
        case t.InputDeclaration() | t.Question():
            type_ = without_none(meaning.types[node])
            return type_.high if isinstance(type_, Number) else None
        case _:
            return None


def _sum(parts: Sequence[Fraction | None]) -> Fraction | None:
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if len(known) == len(parts) else None


def _greatest(parts: Sequence[Fraction | None]) -> Fraction | None:
    known = [part for part in parts if part is not None]
    return max(known) if known and len(known) == len(parts) else None
