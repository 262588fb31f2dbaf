"""Values as people write them in English and in French."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Final

import pytest

from policy.evaluate.possible import Could
from policy.explain.show import show, show_amount, show_date, show_moment, show_number
from policy.model.catalog import Catalog, EnumShape, FieldShape, Labels, RecordShape
from policy.model.types import Date, Enum, ListOf, MapBy, Moment, Number, OptionalOf, RecordOf, Text, Type, YesNo
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault, MapValue, Record

COLOUR: Final = Enum("paint.colour", ("red", "green"))
CATALOG: Final = Catalog(
    {},
    enums={
        "paint.colour": EnumShape(
            "paint.colour", Labels(), {"red": Labels("Red", "Rouge"), "green": Labels("Green", "Vert")}
        )
    },
    records={
        "paint.coat": RecordShape(
            "paint.coat",
            Labels("Coat", "Couche"),
            {"mixed_at": FieldShape("mixed_at", Moment()), "painted_on": FieldShape("painted_on", Date())},
        )
    },
    quantities={"paint.dollar": Labels("Dollars", "Dollars")},
    symbols={"paint.dollar": "$"},
)

NUMBERS: Final = [
    (1560, "1,560", "1\u00a0560"),
    (Fraction(11880, 7), "1,697.14", "1\u00a0697,14"),
    (Fraction(15999999, 10000), "1,599.99", "1\u00a0599,99"),
    (Fraction(15, 2), "7.5", "7,5"),
    (0, "0", "0"),
    (-1234, "-1,234", "-1\u00a0234"),
]


@pytest.mark.parametrize(("value", "english", "french"), NUMBERS)
def test_numbers_are_never_rounded_up(value: int | Fraction, english: str, french: str) -> None:
    assert show_number(value, "en") == english
    assert show_number(value, "fr") == french


AMOUNTS: Final = [
    (0, "points", "0 points", "0 point"),
    (1, "points", "1 point", "1 point"),
    (Fraction(3, 2), "points", "1.5 points", "1,5 point"),
    (2, "points", "2 points", "2 points"),
    (1, "years", "1 year", "1 an"),
    (3, "years", "3 years", "3 ans"),
    (15263, "paint.dollar", "$15,263", "15 263 $"),
    (Fraction(-25, 2), "paint.dollar", "-$12.50", "-12,50 $"),
    (7, "paint.unknown", "7", "7"),
]


@pytest.mark.parametrize(("value", "unit", "english", "french"), AMOUNTS)
def test_units_agree_in_number_in_each_language(value: int | Fraction, unit: str, english: str, french: str) -> None:
    assert show_amount(value, unit, "en", CATALOG).replace("\u00a0", " ") == english
    assert show_amount(value, unit, "fr", CATALOG).replace("\u00a0", " ") == french


def test_the_first_of_the_month_is_1er_in_french() -> None:
    assert show_date(date(2015, 1, 1), "fr") == "1er\u00a0janvier 2015"
    assert show_date(date(2026, 1, 21), "fr") == "21\u00a0janvier 2026"
    assert show_date(date(2026, 1, 21), "en") == "January 21, 2026"


VALUES: Final[list[tuple[object, Type, str, str]]] = [
    (True, YesNo(), "yes", "oui"),
    (False, YesNo(), "no", "non"),
    ("red", COLOUR, "Red", "Rouge"),
    ("red", OptionalOf(COLOUR), "Red", "Rouge"),
    (None, OptionalOf(COLOUR), "none", "aucun"),
    (UNKNOWN, COLOUR, "not known", "inconnu"),
    (NOT_APPLICABLE, COLOUR, "does not apply", "sans objet"),
    (Fault("none", "…"), COLOUR, "something absent would have to be read", "il faudrait lire ce qui est absent"),
    (date(2024, 2, 29), Date(), "2024-02-29", "2024-02-29"),
    (datetime(2024, 7, 1, 2, 30, tzinfo=UTC), Moment(), "2024-07-01 02:30:00 UTC", "2024-07-01 02:30:00 UTC"),
    (("red", "green"), ListOf(COLOUR), "Red, Green", "Rouge, Vert"),
    ((), ListOf(COLOUR), "none in the list", "aucun dans la liste"),
    ("as it is", Text(), "as it is", "as it is"),
    (3, Number("points"), "3\u00a0points", "3\u00a0points"),
]


@pytest.mark.parametrize(("value", "type_", "english", "french"), VALUES)
def test_values_are_shown_by_their_type(value: object, type_: Type, english: str, french: str) -> None:
    assert show(value, type_, "en", CATALOG) == english
    assert show(value, type_, "fr", CATALOG) == french


def test_a_record_is_told_by_its_day_and_not_by_a_moment() -> None:
    mixed, painted = datetime(2024, 7, 1, 2, 30, tzinfo=UTC), date(2024, 7, 2)
    coat = Record("paint.coat", {"mixed_at": mixed, "painted_on": painted}, "coats[0]")
    assert show(coat, RecordOf("paint.coat"), "en", CATALOG) == "Coat 1: 2024-07-02"


def test_a_moment_in_a_zone_has_its_offset_then_also_in_its_first_year() -> None:
    assert show_moment(datetime(2024, 7, 1, 2, 30, tzinfo=UTC), "America/Toronto") == (
        "2024-06-30 22:30:00 UTC-04:00 (America/Toronto)"
    )
    assert show_moment(datetime(1, 7, 1, tzinfo=UTC), "UTC") == "0001-07-01 00:00:00 UTC (UTC)"


def test_money_has_its_cents_in_full() -> None:
    assert show_amount(Fraction(1503, 2), "paint.dollar", "en", CATALOG) == "$751.50"
    assert show_amount(Fraction(1503, 2), "paint.dollar", "fr", CATALOG) == "751,50\u00a0$"
    assert show_amount(Fraction(7515, 20), "paint.dollar", "en", CATALOG) == "$375.75"
    assert show_amount(751, "paint.dollar", "en", CATALOG) == "$751"


def test_what_a_part_of_a_map_can_still_be_is_said_in_words() -> None:
    by = MapBy(Number("points"), COLOUR)
    held = MapValue({"red": Could(2, 5), "green": Could(words=frozenset({True, False}))})
    assert show(held, by, "en", CATALOG) == "Red: between 2\u00a0points and 5\u00a0points; Green: not known"
    assert show(held, by, "fr", CATALOG) == "Rouge\u00a0: entre 2\u00a0points et 5\u00a0points; Vert\u00a0: inconnu"
