"""Numbers between text and exact values: never through binary floats, and never so long that they do harm."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from typing import Final, Literal, TypeAlias

LONGEST: Final = 100
"""How many digits a number may be written with, before and after the point together."""

LIMIT: Final = 10**LONGEST
NUMERAL: Final = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")


class TooLong(Enum):
    """What comes back in place of a number that is written too long."""

    TOO_LONG = "too long"


TOO_LONG: Final = TooLong.TOO_LONG
Numeral: TypeAlias = int | Decimal | Literal[TooLong.TOO_LONG]


def decimal_from_text(text: str) -> Numeral:
    """The number that a decimal numeral writes: an int where it has neither point nor exponent."""
    try:
        if len(text) > LONGEST + 2:
            return TOO_LONG
        return int(text) if re.fullmatch("[-+]?[0-9]+", text) else Decimal(text)
    except InvalidOperation:  # an exponent beyond what decimals can hold
        return TOO_LONG


def number_from_text(text: str) -> int | Fraction | Literal[TooLong.TOO_LONG] | None:
    """The number that a person wrote, or None when it is not one: a sign, digits, a point, an exponent, no more.

    A number that begins with an idle zero (`007`) is none: it is a code, or octal, or a slip.
    """
    if NUMERAL.fullmatch(text) is None or re.match("[-+]?0[0-9]", text):
        return None
    return exact(decimal_from_text(text))


def exact(number: Numeral | Fraction) -> int | Fraction | Literal[TooLong.TOO_LONG]:
    """The same number as an int or else a Fraction; it must be finite."""
    if number is TOO_LONG:
        return TOO_LONG
    if isinstance(number, Decimal):
        _, digits, exponent = number.as_tuple()
        assert isinstance(exponent, int), "a finite number"
        if any(digits) and (len(digits) > LONGEST or abs(exponent) > LONGEST):
            return TOO_LONG
        number = Fraction(number) if any(digits) else 0
    if isinstance(number, Fraction):
        if abs(number.numerator) >= LIMIT or number.denominator >= LIMIT:
            return TOO_LONG
        return number.numerator if number.denominator == 1 else number
    return number if abs(number) < LIMIT else TOO_LONG


def decimal_of(number: int | Fraction) -> Decimal | None:
    """The number as a decimal, or None where its digits never end."""
    numerator, denominator = Fraction(number).as_integer_ratio()
    places = 0
    while denominator % 10 == 0:
        denominator, places = denominator // 10, places + 1
    for factor, other in ((2, 5), (5, 2)):
        while denominator % factor == 0:
            denominator, numerator, places = denominator // factor, numerator * other, places + 1
    if denominator != 1:
        return None
    sign = 1 if numerator < 0 else 0
    return Decimal((sign, tuple(int(digit) for digit in str(abs(numerator))), -places))


def show_number(number: int | Fraction) -> str:
    """The number in decimal digits, or as `1/3` where these never end."""
    decimal = decimal_of(number)
    return str(number) if decimal is None else f"{decimal:f}"
