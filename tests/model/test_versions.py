"""A policy's files in order of time: what is in force on a day, and what an amendment inherits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policy.diagnostics import as_text
from policy.model.arrange import arrange
from policy.model.program import epochs, program_on
from policy.model.versions import Entry, Text, Timeline
from policy.syntax.parse import parse
from policy.syntax.sources import read_source
from policy.syntax.walk import same_shape
from policy.text import Source
from policy.tools.consolidate import consolidate

POLICIES = Path(__file__).parents[2] / "policies"

FIRST = """\
policy tolls
  en "Tolls" fr "Péages"
  effective 2020-01-01
  cites RULES 1
  uses roads

define toll : integer
  en "Toll" fr "Péage"
  cites RULES 5
  unconfirmed en "Seen once." fr "Vu une fois."
  is 3

input axles : integer
  en "Axles" fr "Essieux"
  asks en "How many?" fr "Combien?"

requirement dear
  en "Dear" fr "Cher"
  is toll > 4

example "One"
  on 2020-02-01
  given
    - axles is 2
  expect
    - toll is 3
"""

SECOND = """\
policy tolls
  effective 2021-01-01
  amends 2020-01-01
  cites RULES 2
  uses roads, cars

replace define toll : integer
  is 4

replace input axles : integer
  en "Axles of the vehicle"

repeal dear

define fee : integer
  en "Fee" fr "Frais"
  is 1
"""

THIRD = """\
policy tolls
  en "Charges" fr "Redevances"
  effective 2023-01-01
  cites RULES 3

define charge : integer
  en "Charge" fr "Redevance"
  is 9
"""


def timeline(*texts: str) -> Timeline:
    files = [Source(f"tolls/{2020 + i}.policy", text) for i, text in enumerate(texts)]
    timelines, _ = arrange(parse(file).module for file in files)
    return timelines["tolls"]


def text_on(day: str, *texts: str) -> Text:
    found = timeline(*texts).on(date.fromisoformat(day))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2019-12-31", None),
        ("2020-01-01", ["toll", "axles", "dear"]),
        ("2020-12-31", ["toll", "axles", "dear"]),
        ("2021-01-01", ["toll", "axles", "fee"]),
        ("2022-12-31", ["toll", "axles", "fee"]),
        ("2023-01-01", ["charge"]),
        ("9999-12-31", ["charge"]),
    ],
)
def test_a_text_is_in_force_from_its_day_to_that_of_the_next(day: str, names: list[str] | None) -> None:
    text = timeline(FIRST, SECOND, THIRD).on(date.fromisoformat(day))
    assert (None if text is None else list(text.entries)) == names


def test_files_are_put_in_order_whatever_order_they_come_in() -> None:
    files = [FIRST, SECOND, THIRD]
    assert timeline(*files).days == timeline(*reversed(files)).days
    assert list(text_on("2021-05-05", *reversed(files)).entries) == list(text_on("2021-05-05", *files).entries)


def test_a_replacement_keeps_labels_and_question_unless_it_restates_them() -> None:
    axles = text_on("2021-05-05", FIRST, SECOND).entries["axles"]
    assert (axles.clauses.label.en, axles.clauses.label.fr) == ("Axles of the vehicle", "Essieux")
    assert axles.clauses.asks is not None
    assert axles.clauses.asks.en == "How many?"


def test_a_replacement_keeps_neither_citation_nor_mark() -> None:
    before, after = (text_on(day, FIRST, SECOND).entries["toll"] for day in ("2020-05-05", "2021-05-05"))
    assert [reference.locator for reference in before.clauses.cites] == ["5"]
    assert [reference.locator for reference in after.clauses.cites] == ["2"]
    assert (len(before.clauses.unconfirmed), len(after.clauses.unconfirmed)) == (1, 0)


def test_an_entry_says_which_file_it_is_from() -> None:
    entries = text_on("2021-05-05", FIRST, SECOND).entries
    assert [(entry.full_name, str(entry.since)) for entry in entries.values()] == [
        ("tolls.toll", "2021-01-01"),
        ("tolls.axles", "2021-01-01"),
        ("tolls.fee", "2021-01-01"),
    ]


def test_what_is_repealed_is_remembered_until_a_new_statement_of_the_whole() -> None:
    assert list(text_on("2021-05-05", FIRST, SECOND).repealed) == ["dear"]
    assert list(text_on("2023-05-05", FIRST, SECOND, THIRD).repealed) == []


FOURTH = """\
policy tolls
  effective 2022-01-01
  amends 2021-01-01
  cites RULES 4

revive toll as it read on 2020-06-30
  unconfirmed en "Seen twice." fr "Vu deux fois."

revive dear as it read on 2020-12-31
  cites RULES 9
"""


def test_what_is_revived_reads_as_it_did_and_rests_on_what_revives_it() -> None:
    before, _, after = timeline(FIRST, SECOND, FOURTH).texts
    assert list(after.entries) == ["toll", "axles", "fee", "dear"]
    assert after.repealed == {}
    for name, place, marks in (("toll", "4", ["Seen once.", "Seen twice."]), ("dear", "9", [])):
        then, now = before.entries[name], after.entries[name]
        assert now.declaration is then.declaration
        assert now.clauses.label is then.clauses.label
        assert [reference.locator for reference in now.clauses.cites] == [place]
        assert [mark.en for mark in now.clauses.unconfirmed] == marks
        assert (str(now.since), now.origin) == ("2022-01-01", after.modules[-1])


def test_what_is_revived_is_printed_as_it_read_with_a_note() -> None:
    printed = consolidate(text_on("2022-05-05", FIRST, SECOND, FOURTH), date(2022, 5, 5))
    assert (
        """\
# in force since 2022-01-01: RULES 4; revived as it read on 2020-06-30
define toll : integer
  cites RULES 4
  unconfirmed en "Seen twice." fr "Vu deux fois."
  en "Toll" fr "Péage"
  unconfirmed en "Seen once." fr "Vu une fois."
  is 3
"""
        in printed
    )
    assert printed.endswith(
        """\
# in force since 2022-01-01: RULES 4; revived as it read on 2020-12-31
requirement dear
  cites RULES 9
  en "Dear" fr "Cher"
  is toll > 4
"""
    )


@pytest.mark.parametrize(
    ("first", "second", "verified"),
    [
        ("", "", None),
        ("2020-06-30", "", "2021-01-01"),
        ("2021-06-30", "", "2021-06-30"),
        ("", "2021-03-31", "2021-03-31"),
        ("2021-06-30", "2021-03-31", "2021-03-31"),
    ],
)
def test_an_amendment_keeps_until_when_its_text_was_verified(first: str, second: str, verified: str | None) -> None:
    def said(text: str, day: str) -> str:
        return text.replace("  cites", f"  verified until {day}\n  cites", 1) if day else text

    files = [said(FIRST, first), said(SECOND, second)]
    assert text_on("2021-05-05", *files).verified == (verified and date.fromisoformat(verified))
    assert text_on("2023-05-05", *files, THIRD).verified is None


def test_what_is_only_proposed_is_left_out_unless_it_is_wanted() -> None:
    proposed = FOURTH.replace("  cites RULES 4", "  status proposed\n  cites RULES 4", 1)
    modules = [parse(Source(f"tolls/{2020 + i}.policy", text)).module for i, text in enumerate((FIRST, proposed))]
    new = parse(Source("roads/2022", "policy roads\n  effective 2022-01-01\n  status proposed\n")).module
    law, _ = arrange([*modules, new])
    both, _ = arrange([*modules, new], proposed=True)
    assert {name: len(timeline.texts) for name, timeline in law.items()} == {"tolls": 1}
    assert {name: len(timeline.texts) for name, timeline in both.items()} == {"tolls": 2, "roads": 1}


def test_the_head_keeps_its_label_and_what_it_uses() -> None:
    text = text_on("2021-05-05", FIRST, SECOND)
    assert (text.label.en, text.label.fr) == ("Tolls", "Péages")
    assert [name for name, _ in text.uses] == ["roads", "cars"]
    assert [module.header.effective for module in text.modules if module.header] == [date(2020, 1, 1), date(2021, 1, 1)]
    assert text_on("2023-05-05", FIRST, SECOND, THIRD).label.en == "Charges"


def test_examples_are_of_the_policy_and_not_of_a_text() -> None:
    assert [example.name for _, example in timeline(FIRST, SECOND).examples] == ["One"]


def test_undated_reference_is_in_force_always() -> None:
    undated = timeline(FIRST.replace("  effective 2020-01-01\n", ""))
    assert (undated.dated, undated.days) == (False, ())
    assert undated.on(date.min) is undated.on(date.max)


def test_epochs_are_the_days_on_which_any_text_changes() -> None:
    roads = 'policy roads\n  effective 2020-06-01\n\ndefine width : integer\n  en "W" fr "L"\n  is 2\n'
    files = [Source("a", FIRST), Source("b", SECOND), Source("c", roads)]
    timelines, _ = arrange(parse(file).module for file in files)
    assert [str(day) for day in epochs(timelines)] == ["2020-01-01", "2020-06-01", "2021-01-01"]
    program = program_on(timelines, date(2020, 3, 1))
    assert list(program.before) == ["roads"]
    assert [entry.full_name for entry in program.entries()] == ["tolls.toll", "tolls.axles", "tolls.dear"]
    assert [e.full_name for e in program_on(timelines, date(2020, 7, 1)).visible("tolls", "width")] == ["roads.width"]


def shipped() -> dict[str, Timeline]:
    return arrange(parse(read_source(path, str(path))[0]).module for path in sorted(POLICIES.rglob("*.policy")))[0]


@pytest.mark.parametrize("name", sorted(shipped()))
def test_consolidated_text_reads_as_what_is_in_force(name: str) -> None:
    """Every declaration in force has the same shape when the consolidated text is read again."""
    of = shipped()[name]
    for day in of.days or (date(2000, 1, 1),):
        text = of.on(day)
        assert text is not None
        written = consolidate(text, day)
        parsed = parse(Source(f"{name}/{day}.policy" if of.days else f"{name}.policy", written))
        assert as_text(parsed.diagnostics) == ""
        again = arrange([parsed.module])[0][name].on(day)
        assert again is not None
        assert list(again.entries) == list(text.entries)
        assert [name for name in text.entries if not _alike(text.entries[name], again.entries[name])] == []


def _alike(one: Entry, other: Entry) -> bool:
    own = type(one.declaration).__dataclass_fields__.keys() - {"clauses", "span", "name_span"}
    parts = all(same_shape(getattr(one.declaration, part), getattr(other.declaration, part)) for part in own)
    return parts and same_shape(one.clauses, other.clauses)
