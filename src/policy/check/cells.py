"""The cells of a table as they are written: what they accept, and the values in them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction
from typing import Final

from policy.model.cells import Matcher
from policy.model.types import Code, Enum, Key, Type, without_none
from policy.syntax import tree as t

ANYTHING: Final = (Matcher("any"),)


def matchers(cell: t.Cell, type_: Type) -> tuple[Matcher, ...]:
    """What a key cell accepts that holds nothing but written values, under a parameter of this type."""
    if not cell.elements:
        return ANYTHING
    return tuple(matcher for element in cell.elements for matcher in _matchers(element, type_))


def _matchers(element: t.Expression | t.Range, type_: Type) -> Iterator[Matcher]:
    """What one value or range accepts; a range of words, each of them."""
    if not isinstance(element, t.Range):
        yield Matcher("value", written(element, type_))
        return
    low = None if element.low is None else written(element.low, type_)
    high = None if element.high is None else written(element.high, type_)
    enum = without_none(type_)
    if not isinstance(enum, Enum):
        yield Matcher("range", low=low, high=high, below=element.below)
        return
    first = 0 if low is None else enum.values.index(str(low))
    last = len(enum.values) if high is None else enum.values.index(str(high)) + (not element.below)
    for word in enum.values[first:last]:
        yield Matcher("value", word)


def written(node: t.Expression, type_: Type) -> Hashable:
    """The value of a written value: a number, which is `int` when it is whole, a day, yes or no, a text or a word."""
    match node:
        case t.Number(text=text) if isinstance(without_none(type_), (Code, Key)):
            return text
        case t.Number(amount=amount) | t.Money(amount=amount):
            return exact(amount)
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
