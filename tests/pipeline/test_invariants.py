"""Invariants: what must hold of the rules for everybody is tried on whoever can be thought of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

import pytest

import policy
from policy.diagnostics import Diagnostic
from policy.model.values import UNKNOWN, MapValue, Record
from policy.pipeline.checking import check_library
from policy.pipeline.drawing import Drawer, likely_in, records_in
from policy.pipeline.opening import open_library
from policy.pipeline.smallest import in_a_line
from small_policies import load, rules

SHOP: Final = """
enum colour
  value red
  value blue
record item
  field weight : integer from 0 to 50
  field fragile : yes_no
  field wrapped : yes_no applies when fragile
input items : list of item
input member : yes_no
input count : optional integer
input prices : integer by colour
open question kind : integer
points fee : up to 100 points is when member then 5 otherwise sum of (i.weight * 1 point for each i in items)
"""
HEAVY: Final = """
example "Heavy"
  on 2024-01-05
  given
    - items is [{weight: 30, fragile: yes, wrapped: no}, {weight: 25, fragile: no}, {weight: 1}]
    - member is no
    - count is 5
    - kind is 3
  expect
    - fee is 56 points
"""


def told(folder: Path, text: str) -> Sequence[Diagnostic]:
    return check_library(load(folder, text)).mistakes


def notes(mistake: Diagnostic) -> list[str]:
    return [note.message for note in mistake.notes]


@pytest.mark.parametrize(
    "text",
    [
        "fee >= 0 points",
        "not member or fee <= 5 points",
        "all of (i.weight <= 50 for each i in items)",
        "prices(red) is prices(red)",
        "count is none or count is count",
    ],
)
def test_what_holds_for_everybody_is_no_mistake(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"{SHOP}invariant holds is {text}\n{HEAVY}") == ()


def test_a_failure_is_told_at_the_invariant_with_the_least_of_the_profile_and_its_example(tmp_path: Path) -> None:
    (found,) = told(tmp_path, f"{SHOP}invariant light is fee <= 40 points\n{HEAVY}")
    assert (found.code.name, found.message) == ("invariant-fails", "`light` does not hold")
    assert found.span is not None
    assert found.span.text == "light"
    assert notes(found) == [
        "for `{items: [{weight: 30}, {weight: 25}], member: no}`, measured on 2024-01-05",
        "this is all that matters of the example `Heavy`",
    ]
    assert found.notes[1].span is not None


def test_what_fails_for_everybody_needs_no_facts(tmp_path: Path) -> None:
    (found,) = told(tmp_path, f"{SHOP}invariant never is fee > 200 points\n{HEAVY}")
    assert notes(found) == ["whatever the facts are, measured on 2024-01-05"]


def test_a_fault_is_told_as_one(tmp_path: Path) -> None:
    (found,) = [
        m
        for m in told(tmp_path, f"{SHOP}invariant some is count > 3 or count <= 3\n")
        if m.code.name != "unguarded-none"
    ]
    assert found.message == "`some` cannot be worked out: something that is none was read"
    assert notes(found) == ["for `{count: null}`, measured on 2020-01-01"]


def test_what_is_unknown_is_no_failure(tmp_path: Path) -> None:
    text = SHOP.replace("open question kind : integer", "open question kind : integer asked when member")
    assert told(tmp_path, f"{text}invariant asked is kind is kind applies when member\n") == ()


def test_facts_that_no_example_has_are_drawn_near_what_rules_speak_of(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "input n : integer from 0 to 100000\ninvariant odd is n is not 77123\n")
    assert notes(found) == ["for `{n: 77123}`, measured on 2020-01-01"]


def test_a_sample_of_a_profile_is_tried_too(tmp_path: Path) -> None:
    sample = "sample rare : profile is {count: 77, prices: {red: 4}}\n"
    (found,) = told(tmp_path, f"{SHOP}invariant few is count is none or count * 3 is not 231\n{sample}")
    assert notes(found)[1] == "this is all that matters of the sample `rare`"


def test_an_invariant_is_no_value_and_no_outcome(tmp_path: Path) -> None:
    with pytest.raises(policy.Mistakes, match="`holds` is an invariant, which is checked and never counts"):
        rules(tmp_path / "a", f"{SHOP}invariant holds is member\nrequirement uses is holds\n")
    of = rules(tmp_path / "b", f"{SHOP}invariant holds is member\n")
    assert "club.holds" not in of.evaluate({})
    with pytest.raises(policy.Mistakes, match="cannot be asked for by itself"):
        of.evaluate({})["club.holds"]


FIRST: Final = """
policy fees
  en "Fees" fr "Frais"
  effective 2020-01-01
  cites RULES 1

source RULES
  en "Rules" fr "Règles"
  abbreviated en "Rules" fr "Règles"

define most : integer
  en "Most" fr "Le plus"
  is 5

invariant low
  en "Low" fr "Bas"
  is most < 10
"""
SECOND: Final = """
policy fees
  effective 2021-01-01
  amends 2020-01-01
  cites RULES 2

replace define most : integer
  is 20
"""
THIRD: Final = """
policy fees
  effective 2022-01-01
  amends 2021-01-01
  cites RULES 3

repeal low
"""


def dated(folder: Path, *texts: str) -> Sequence[Diagnostic]:
    (folder / "fees").mkdir(parents=True)
    for text in texts:
        (folder / "fees" / f"{text.split('effective ')[1][:10]}.policy").write_text(text, "utf-8")
    return check_library(open_library(folder)).mistakes


def test_an_invariant_is_tried_on_each_day_on_which_it_is_in_force(tmp_path: Path) -> None:
    assert dated(tmp_path / "1", FIRST) == ()
    (found,) = dated(tmp_path / "2", FIRST, SECOND)
    assert notes(found) == ["by the law of 2021-01-01, whatever the facts are, measured on 2021-01-01"]
    assert found.span is not None
    assert found.span.source.name.endswith("2020-01-01.policy")
    assert [notes(mistake) for mistake in dated(tmp_path / "3", FIRST, SECOND, THIRD)] == [notes(found)]


LOWER: Final = """
policy fees
  effective 2021-01-01
  amends 2020-01-01
  cites RULES 2

replace define most : integer
  is 3

invariant never_lower
  en "Never lower than before" fr "Jamais moins qu’avant"
  is most >= most as it read on 2020-12-31
"""


def test_an_invariant_may_compare_the_law_with_an_earlier_text(tmp_path: Path) -> None:
    (found,) = dated(tmp_path / "1", FIRST, LOWER)
    assert found.message == "`never_lower` does not hold"
    assert dated(tmp_path / "2", FIRST, LOWER.replace("is 3", "is 5")) == ()


def test_the_same_profiles_are_drawn_each_time_and_all_are_right(tmp_path: Path) -> None:
    of = rules(tmp_path, SHOP)

    def drawn(seed: int) -> list[str]:
        drawer = Drawer(of.catalog, of.record_checks, Random(seed), date(2024, 1, 1), likely_in(of.graph))
        found = [drawer.complete() for _ in range(30)]
        records = [record for one in found for value in one.facts.values() for record in records_in(value)]
        assert all(drawer.valid(record) for record in records)
        assert all((record.fields["wrapped"] is UNKNOWN) is not record.fields["fragile"] for record in records)
        return [in_a_line(one.facts, one.answers) for one in found]

    assert drawn(1) == drawn(1) != drawn(2)


def test_a_profile_in_a_line_reads_as_yaml() -> None:
    facts = {
        "jobs": (Record("job", {"code": "00012", "start": date(2024, 1, 1), "end": None, "pay": UNKNOWN}, "jobs[0]"),),
        "marks": MapValue({"red": 4, "blue": UNKNOWN}),
        "name": 'a "b"',
        "left": UNKNOWN,
    }
    line = (
        '{jobs: [{code: 00012, start: 2024-01-01, end: null}], marks: {red: 4}, name: "a \\"b\\"", answers: {q: yes}}'
    )
    assert in_a_line(facts, {"q": True}) == line
