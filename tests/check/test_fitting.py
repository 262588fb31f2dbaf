"""Which type may stand where which is wanted, and what several types have in common."""

from __future__ import annotations

from fractions import Fraction

import pytest

from policy.check.fitting import allowed, fits, join, same_unit
from policy.model.types import (
    Anything,
    Code,
    Date,
    Enum,
    GroupOf,
    Key,
    ListOf,
    MapBy,
    Moment,
    Number,
    OptionalOf,
    RecordOf,
    RunOf,
    SetOf,
    Text,
    Type,
    YesNo,
)

WHOLE = Number("", whole=True)
HALF = Number("")
BARE = Number(None, whole=True)
HOURS = Number("hours")
YEARS = Number("years", whole=True)
GRADE = Number("library.grade", whole=True, low=Fraction(0), high=Fraction(12))
KIND = Enum("library.kind", ("book", "film"))
DEGREE = Enum("library.degree", ("primary", "tertiary"), ordered=True)
LOAN = RecordOf("library.loan")


@pytest.mark.parametrize(
    ("actual", "wanted", "expected"),
    [
        (YesNo(), YesNo(), True),
        (YesNo(), Text(), False),
        (Date(), Moment(), False),
        (OptionalOf(Date()), Date(), True),
        (Date(), OptionalOf(Date()), True),
        (OptionalOf(Date()), OptionalOf(Text()), False),
        (Anything(), Date(), True),
        (ListOf(Date()), Anything(), True),
        (WHOLE, HALF, True),
        (HALF, WHOLE, False),
        (BARE, GRADE, True),
        (BARE, YEARS, False),
        (HOURS, YEARS, False),
        (GRADE, WHOLE, False),
        (KIND, DEGREE, False),
        (KIND, Enum("library.kind", ("book",)), True),
        (LOAN, RecordOf("other.loan"), False),
        (ListOf(LOAN), ListOf(LOAN), True),
        (ListOf(LOAN), LOAN, False),
        (SetOf(Code(3)), SetOf(Code()), True),
        (Code(3), Code(4), False),
        (Key("a.b"), Code(4), True),
        (Key("a.b"), Key("a.c"), False),
        (MapBy(WHOLE, KIND), MapBy(HALF, KIND), True),
        (MapBy(WHOLE, KIND), MapBy(WHOLE, DEGREE), False),
        (GroupOf(KIND, LOAN), GroupOf(Anything(), Anything()), True),
        (GroupOf(KIND, LOAN), GroupOf(DEGREE, LOAN), False),
        (RunOf(LOAN), RunOf(Anything()), True),
    ],
)
def test_fits(actual: Type, wanted: Type, expected: bool) -> None:
    assert fits(actual, wanted) is expected


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ((), Anything()),
        ((WHOLE, HALF), HALF),
        ((BARE, GRADE), Number("library.grade", whole=True)),
        ((YEARS, BARE), None),
        ((HOURS, YEARS), None),
        ((Date(), OptionalOf(Date())), OptionalOf(Date())),
        ((OptionalOf(Date()), Date(), Date()), OptionalOf(Date())),
        ((Anything(), KIND, Anything()), KIND),
        ((KIND, DEGREE), None),
        ((Key("a.b"), Code()), Code()),
        ((ListOf(LOAN), LOAN), None),
    ],
)
def test_join(types: tuple[Type, ...], expected: Type | None) -> None:
    assert join(types) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (HOURS, HOURS, True),
        (BARE, WHOLE, True),
        (BARE, GRADE, True),
        (BARE, Number("points", whole=True), True),
        (BARE, HOURS, False),
        (YEARS, BARE, False),
        (WHOLE, GRADE, False),
    ],
)
def test_a_number_without_a_unit_takes_that_of_its_place_unless_it_must_be_written(
    one: Number, other: Number, expected: bool
) -> None:
    assert same_unit(one, other) is expected
    assert same_unit(other, one) is expected


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        ("12", GRADE, None),
        ("13", GRADE, "from 0 to 12"),
        ("-1", Number("", low=Fraction(0)), "0 or more"),
        ("7", Number("", high=Fraction(6)), "6 or less"),
        ("1.5", Number("", step=Fraction("0.5")), None),
        ("1.25", Number("", step=Fraction("0.5")), "in steps of 0.5"),
        ("1.5", Number("", step=Fraction(1), low=Fraction("0.5")), None),
        ("6", Number("", choices=(Fraction(5), Fraction(7))), "one of (5, 7)"),
        ("7", Number("", choices=(Fraction(5), Fraction(7))), None),
        ("1000000", HOURS, None),
    ],
)
def test_a_number_outside_its_range_is_told_what_is_allowed(value: str, type_: Number, expected: str | None) -> None:
    assert allowed(Fraction(value), type_) == expected
