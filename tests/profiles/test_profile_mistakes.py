"""What is wrong with a profile is told all at once, by line and path, in plain words, with what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from workshop_catalog import CATALOG, CHECKS, load, mistakes

from policy.diagnostics import Diagnostic, Mistakes, as_text
from policy.profiles import Format, from_python, load_profile

FOLDER: Final = Path(__file__).parent


def cases() -> Iterator[tuple[Format, str, str]]:
    """The profiles in `mistakes.*.txt` and what is told of each: `=> line path code: message`, then what to do next."""
    formats: tuple[Format, ...] = ("yaml", "json", "toml")
    for format in formats:
        for block in (FOLDER / f"mistakes.{format}.txt").read_text("utf-8").split("=====\n"):
            lines = [line for line in block.splitlines(keepends=True) if not line.startswith("## ")]
            text = "".join(lines)
            profile, arrow, expected = text.partition("=> ")
            yield format, profile, arrow + expected


def shown(mistake: Diagnostic) -> str:
    line = f"{mistake.span.position.line} " if mistake.span else ""
    path = f"{mistake.path} " if mistake.path else ""
    help = f"   next: {mistake.help}\n" if mistake.help else ""
    return f"=> {line}{path}{mistake.code.name}: {mistake.message}\n{help}"


@pytest.mark.parametrize(("format", "profile", "expected"), list(cases()))
def test_one_mistake_has_one_message(format: Format, profile: str, expected: str) -> None:
    assert "".join(map(shown, mistakes(profile, format))) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("children: " + "9" * 5000, "the number is too long to be meant"),
        ("fee: 1e999999999", "the number is too long to be meant"),
        ("name: " + "{a: " * 60, "more than 50 lists and mappings stand inside one another"),
        ("marks: {" + "x" * 900 + ": 1}", f"unknown key `{'x' * 39}…` in a mapping by `skill`"),
        ("grade: " + "x" * 5000, f"`{'x' * 39}…` is not one of 5, 7"),
    ],
)
def test_what_is_very_long_is_told_shortly(text: str, message: str) -> None:
    assert [mistake.message for mistake in mistakes(text)] == [message]


MANY = """\
name: Ann
born: 2001-02-29
jobs:
- {start: 2020-01-01, end: 2019-01-01, hours: 400, paid: maybe}
- start: 1820-01-01
  end:
  site: bench
  permit: yes
  wage: 3
  tools: [{code: 1, maker: [x]}, 3]
card: {number: 00 12, issued: 2020-1-1}
marks: {carving: x}
answers: {workshop.counts: {"jobs[2]": yes}}
"""


def test_all_mistakes_are_told_at_once_in_the_order_of_the_document() -> None:
    places = [f"{mistake.span.position.line} {mistake.path}" for mistake in mistakes(MANY) if mistake.span]
    assert places == [
        "2 born",
        "4 jobs[0].end",
        "4 jobs[0].hours",
        "4 jobs[0].paid",
        "5 jobs[1].start",
        "6 jobs[1].end",
        "8 jobs[1].permit",
        "9 jobs[1].wage",
        "10 jobs[1].tools[0].code",
        "10 jobs[1].tools[0].maker",
        "10 jobs[1].tools[1]",
        "11 card.number",
        "11 card.issued",
        "12 marks.carving",
        '13 answers.workshop.counts["jobs[2]"]',
    ]


def test_a_message_is_one_line_without_full_stop() -> None:
    for mistake in mistakes(MANY):
        assert "\n" not in mistake.message
        assert not mistake.message.endswith(".")
        assert mistake.message[0] == "`" or mistake.message[0].islower()


def test_a_mistake_shows_its_line() -> None:
    assert as_text(mistakes("jobs:\n- {start: 2020-01-02, end: 2020-01-01}\n")) == (
        "case:2:28: error: jobs[0].end: the end `2020-01-01` is before the start `2020-01-02` [end-before-start]\n"
        "  2 | - {start: 2020-01-02, end: 2020-01-01}\n"
        "    |                            ^^^^^^^^^^\n"
        "  note: the start is here (case:2:11)\n"
        "  next: put the earlier day in `start`, and `null` in `end` for what goes on"
    )


def test_a_dictionary_is_told_by_path() -> None:
    with pytest.raises(Mistakes) as found:
        load_profile(from_python({"jobs": [{"hours": 168.5}], "card": {"number": 12}}), CATALOG, CHECKS)
    assert [mistake.path for mistake in found.value.diagnostics] == ["jobs[0].hours", "card.number"]
    assert all(mistake.span is None for mistake in found.value.diagnostics)


def test_a_condition_that_cannot_be_judged_is_not_told() -> None:
    assert mistakes("jobs: [{permit: yes}, {paid: yes}]") == []


def test_a_value_already_found_wrong_breaks_no_condition_too() -> None:
    text = "jobs: [{site: bench, permit: perhaps}, {start: 1800-01-02, end: 1800-01-01}]"
    assert [mistake.code.name for mistake in mistakes(text)] == ["wrong-type", "end-before-start"]


def test_a_right_profile_has_no_mistakes() -> None:
    assert load("jobs: []").supplied == {"jobs"}
