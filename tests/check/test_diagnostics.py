"""Diagnostics as values: what makes two the same, what is proposed, and how they are rendered for programs."""

from __future__ import annotations

import time

import pytest

from policy.diagnostics import Code, Diagnostic, Mistakes, Note, Severity, as_json, as_text, did_you_mean, nearest
from policy.text import Source

CODE = Code("odd-word", "A word is odd.")
SOURCE = Source("a.policy", "one two\nthree\n")


def diagnostic(start: int = 4, end: int = 7, message: str = "odd word `two`", help: str = "leave it out") -> Diagnostic:
    return Diagnostic(CODE, message, SOURCE.span(start, end), help)


def test_what_is_told_of_one_place_is_one_mistake_whatever_is_proposed() -> None:
    assert diagnostic(help="did you mean `to`?") == diagnostic(help="did you mean `too`?")
    assert len({diagnostic(), diagnostic(help="x"), diagnostic(start=0), diagnostic(message="odd")}) == 3


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("aeg", ["age", "income"], "age"),
        ("Age", ["age"], "age"),
        ("EUR", ["eur", "EUR"], "EUR"),
        ("incom", ["age", "income"], "income"),
        ("zzz", ["age", "income"], None),
        ("x", ["y", "z"], None),
        ("", ["age"], None),
        ("age", [], None),
        ("x" * 10_000, ["x" * 10, "age"], None),
    ],
)
def test_nearest(word: str, known: list[str], expected: str | None) -> None:
    assert nearest(word, known) == expected
    assert did_you_mean(word, known) == (f"did you mean `{expected}`?" if expected else None)


def test_nearest_is_found_soon_among_many() -> None:
    begun = time.perf_counter()
    assert nearest("definition_number_499", [f"definition_{i}_of_many" for i in range(5_000)]) is not None
    assert time.perf_counter() - begun < 2


def test_as_text() -> None:
    shown = Diagnostic(
        CODE,
        "odd word `two`",
        SOURCE.span(4, 7),
        "leave it out",
        path="jobs[1]",
        notes=(Note("the first one", SOURCE.span(8, 13)), Note("seen often")),
        severity=Severity.WARNING,
    )
    assert as_text([shown, Diagnostic(CODE, "odd")]) == (
        "a.policy:1:5: warning: jobs[1]: odd word `two` [odd-word]\n"
        "  1 | one two\n"
        "    |     ^^^\n"
        "  note: the first one (a.policy:2:1)\n"
        "  note: seen often\n"
        "  next: leave it out\n"
        "\n"
        "error: odd [odd-word]"
    )


def test_as_json() -> None:
    assert as_json(diagnostic()) == {
        "code": "odd-word",
        "severity": "error",
        "message": "odd word `two`",
        "help": "leave it out",
        "path": None,
        "file": "a.policy",
        "line": 1,
        "column": 5,
        "end_line": 1,
        "end_column": 8,
        "notes": [],
    }
    assert as_json(Diagnostic(CODE, "odd"))["line"] is None


def test_mistakes_are_shown_as_their_text() -> None:
    assert str(Mistakes([diagnostic()])) == as_text([diagnostic()])
