"""An explanation in a terminal: a tree that is pleasant to read, and that no text in it can disturb."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library_reports import ENGLISH, FRENCH, HOSTILE_TEXTS, deep, empty, hostile
from syrupy.assertion import SnapshotAssertion

from policy.explain.report import Citation, Report, State, Step
from policy.explain.text import SYMBOLS, as_text, clean, said
from policy.explain.words import state_word

NBSP: Final = "\N{NO-BREAK SPACE}"
REPORTS: Final = {"english": ENGLISH, "french": FRENCH}
COLOURS: Final = re.compile(r"\x1b\[[0-9]*m")


def columns(line: str) -> int:
    """Columns that a line takes, at most: marks and joiners none, wide characters two."""
    wide = sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line)
    return wide - sum(unicodedata.category(each) in ("Mn", "Me", "Cf") for each in line)


def one(step: Step, language: str = "en") -> str:
    """The tree of one line, without the heading."""
    return as_text(replace(empty(language), outcomes=(step,))).partition("\n\n")[2]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("width", [100, 60])
def test_a_report_reads_well(name: str, width: int, snapshot: SnapshotAssertion) -> None:
    assert as_text(REPORTS[name], width=width) == snapshot


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_colour_adds_nothing_but_colour(report: Report) -> None:
    plain, coloured = as_text(report), as_text(report, colour=True)
    assert "\x1b" not in plain
    assert coloured != plain
    assert COLOURS.sub("", coloured) == plain


@pytest.mark.parametrize("state", [state for state in State if state is not State.VALUE])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_state_is_told_by_sign_and_word(state: State, language: str) -> None:
    assert one(Step(state, "Title"), language) == f"{SYMBOLS[state]} Title —{NBSP}{state_word(state, language)}"


def test_no_two_states_have_one_sign() -> None:
    assert set(SYMBOLS) == set(State)
    assert len(set(SYMBOLS.values())) == len(State)


@pytest.mark.parametrize(
    ("state", "title", "value", "expected"),
    [
        (State.VALUE, "Fee", "$12", ("Fee: $12", "")),
        (State.VALUE, "A remark", "", ("A remark", "")),
        (State.MET, "Town", "Hillside", ("Town: Hillside", "met")),
        (State.MET, "Hillside", "Hillside", ("Hillside", "met")),
        (State.COUNTED, "Visit 2", "3 hours", ("Visit 2", "counts: 3 hours")),
        (State.UNKNOWN, "Fee", "between $3 and $9", ("Fee: between $3 and $9", "cannot tell yet")),
        (State.UNKNOWN, "Fee", "not known", ("Fee", "cannot tell yet")),
        (State.NOT_APPLICABLE, "Fee", "does not apply", ("Fee", "does not apply")),
        (State.FAULT, "Fee", "a division by zero", ("Fee", "no answer: a division by zero")),
        (State.VALUE, "", "$12", ("$12", "")),
    ],
)
def test_nothing_is_said_twice(state: State, title: str, value: str, expected: tuple[str, str]) -> None:
    assert said(Step(state, title, value), "en") == expected


def test_a_citation_that_fits_is_at_the_right_end_of_the_title() -> None:
    step = Step(State.MET, "Title", cites=(Citation("Rules 1"), Citation("Rules 2")))
    line = one(step)
    assert line.startswith("✓ Title")
    assert line.endswith("  Rules 1; Rules 2")
    assert len(line) == 100


def test_a_citation_that_does_not_fit_has_its_own_line() -> None:
    lines = one(Step(State.MET, "T" * 80, cites=(Citation("Rules of the library 1"),))).splitlines()
    assert [len(line) for line in lines] == [88, 100]
    assert lines[1].strip() == "Rules of the library 1"


@given(st.lists(st.sampled_from(["a", "ten hours", f"1{NBSP}200{NBSP}heures", "x" * 30]), max_size=12))
def test_lines_are_wrapped_but_not_at_no_break_spaces(texts: list[str]) -> None:
    detail = " ".join(texts)
    lines = as_text(replace(empty(), outcomes=(Step(State.MET, "T", details=(detail,)),)), width=40).splitlines()[2:]
    assert " ".join(line.strip(" ") for line in lines[1:]) == detail
    assert all(len(line) <= 40 for line in lines)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
@pytest.mark.parametrize("width", [100, 40, 1])
def test_no_text_can_steer_the_terminal_or_leave_its_line(text: str, width: int) -> None:
    shown = as_text(hostile(text), width=width)
    assert {each for each in shown if unicodedata.category(each) in ("Cc", "Cs")} <= {"\n"}
    assert not set("\N{RIGHT-TO-LEFT OVERRIDE}\N{RIGHT-TO-LEFT ISOLATE}") & set(shown)
    assert max(map(columns, shown.splitlines())) <= max(width, 24)
    shown.encode("utf-8")


@given(st.text(), st.integers(24, 120))
def test_any_text_stays_within_the_width(text: str, width: int) -> None:
    shown = as_text(hostile(text), width=width)
    assert max(map(columns, shown.split("\n"))) <= width
    assert {each for each in shown if unicodedata.category(each) == "Cc"} <= {"\n"}


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;title\x07shown", "shown"),
        ("\x1bPq#0\x1b\\shown", "shown"),
        ("\x9b2Jshown\x1bc", "shown"),
        ("\x1b[é unfinished", "é unfinished"),
        ("\x1b]0;unfinished", "0;unfinished"),
        ("one\ttwo\r\nthree\N{LINE SEPARATOR}four", "one two three four"),
        ("a\x00\x07\x08\x7f\x9fb", "ab"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}ab\N{POP DIRECTIONAL FORMATTING}", "ab"),
        (f"1{NBSP}200", f"1{NBSP}200"),
        ("lone \ud800", "lone \N{REPLACEMENT CHARACTER}"),
        ("👩‍👩‍👧‍👦 é", "👩‍👩‍👧‍👦 é"),
    ],
)
def test_what_is_kept_of_a_text(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_a_tree_deeper_than_the_terminal_is_wide_is_still_shown() -> None:
    lines = as_text(deep(60), width=40).splitlines()
    assert "".join(line.strip() for line in lines[-3:]).endswith("a detail")
    assert max(map(len, lines)) <= 40


def test_a_report_with_nothing_to_say_is_its_heading() -> None:
    assert as_text(empty()) == "Answer"
