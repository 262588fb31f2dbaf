"""The cells of a table as they are written: what they accept, and the values in them."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from typing import Final

from policy.model.cells import Matcher
from policy.model.types import Code, Key, Type, without_none
from policy.syntax import tree as t

ANYTHING: Final = (Matcher("any"),)


def matchers(cell: t.Cell, type_: Type) -> tuple[Matcher, ...]:
    """What a key cell accepts that holds nothing but written values, under a parameter of this type."""
    if not cell.elements:
        return ANYTHING
    return tuple(_matcher(element, type_) for element in cell.elements)


def _matcher(element: t.Expression | t.Range, type_: Type) -> Matcher:
    if not isinstance(element, t.Range):
        return Matcher("value", written(element, type_))
    low = None if element.low is None else written(element.low, type_)
    high = None if element.high is None else written(element.high, type_)
    return Matcher("range", low=low, high=high, below=element.below)


def written(node: t.Expression, type_: Type) -> Hashable:
    """The value of a written value: a number, which is `int` when it is whole, a day, yes or no, a text or a word."""
    match node:
        case t.Number(text=text) if isinstance(without_none(type_), (Code, Key)):
            return text
        case t.Number(value=value, unit="%"):
            return exact(value / 100)
        case t.Number(value=value) | t.Money(value=value):
            return exact(value)
        case t.Text(value=text) | t.Code(value=text) | t.Name(id=text):
            return text
        case t.YesNo(value=yes):
            return yes
        case t.DateLiteral(value=day):
            return day
        case _:
            raise AssertionError(f"no written value: {node.span.text}")


def exact(value: object) -> Hashable:
    """A value as rules compute with it: numbers that are whole are `int`."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    assert isinstance(value, Hashable)
    return value
