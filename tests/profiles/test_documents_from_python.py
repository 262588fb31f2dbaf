"""Dictionaries as documents: what they may hold, and what is told of what they may not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pytest
from plain_documents import plain
from workshop_catalog import brief

from policy.diagnostics import Mistakes
from policy.profiles import (
    from_python,
    path_text,
)


class Word(StrEnum):
    SOME = "some"


def test_a_dictionary_is_a_document() -> None:
    given_value = {
        "a": [1, 2.5, Decimal("0.10"), Fraction(1, 3)],
        "b": (True, None),
        "c": date(2024, 2, 29),
        "d": Word.SOME,
    }
    assert plain(from_python(given_value)) == {
        "a": [1, Decimal("2.5"), Decimal("0.10"), Fraction(1, 3)],
        "b": [True, None],
        "c": date(2024, 2, 29),
        "d": "some",
    }


def test_what_a_dictionary_may_not_hold_is_told_all_at_once() -> None:
    with pytest.raises(Mistakes) as found:
        from_python(
            {"a": [{1}, float("nan")], 3: 1, "b": 10**200, "c": b"x", "d": "\ud800", "e": Decimal("1e999999999")}
        )
    assert [brief(mistake).split(" -> ")[0] for mistake in found.value.diagnostics] == [
        "a[0]: unusable-value: a value of type `set` cannot stand in a profile",
        "a[1]: not-a-number: `NaN` is not a number",
        "key-not-text: a key is of type `int`: a key is a text",
        "b: number-too-long: the number is too long to be meant",
        "c: unusable-value: a value of type `bytes` cannot stand in a profile",
        "d: unusable-character: a NUL or half of a character stands in the text",
        "e: number-too-long: the number is too long to be meant",
    ]


def test_a_dictionary_that_holds_itself_is_refused() -> None:
    loop: list[object] = []
    loop += [loop, loop]
    with pytest.raises(Mistakes, match="more than 50"):
        from_python(loop)


def test_a_dictionary_that_holds_one_thing_many_times_is_refused() -> None:
    bomb: object = "x"
    for _ in range(30):
        bomb = [bomb] * 10
    with pytest.raises(Mistakes, match="more than 200,000 values"):
        from_python(bomb)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("jobs", 1, "start"), "jobs[1].start"),
        (("answers", "workshop.tie"), "answers.workshop.tie"),
        (("answers", "workshop.counts", "jobs[0]"), 'answers.workshop.counts["jobs[0]"]'),
        (("two words", 0), '["two words"][0]'),
    ],
)
def test_a_path_is_written_as_people_write_it(path: tuple[str | int, ...], text: str) -> None:
    assert path_text(path) == text
