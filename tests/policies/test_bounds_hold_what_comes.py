"""Bounds of a profile with facts left out hold whatever comes of the profile with all of them, at every node."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from test_cec_in_plain_python import LIBRARY, cases

import policy
from policy.model.values import UNKNOWN, Listing, MapValue, Record
from reaching import holds


def without_some(facts: Any, chance: random.Random, share: float) -> Any:
    """The facts with some keys left out, at any depth."""
    if isinstance(facts, dict):
        kept = {key: value for key, value in facts.items() if chance.random() > share}
        return {key: without_some(value, chance, share) for key, value in kept.items()}
    if isinstance(facts, list):
        return [without_some(fact, chance, share) for fact in facts]
    return facts


@settings(max_examples=60, deadline=None)
@given(cases(), st.integers(0, 2**32), st.sampled_from([0.02, 0.1, 0.3]))
def test_every_completion_lies_within_the_bounds(case: tuple[date, dict[str, Any]], seed: int, share: float) -> None:
    on, facts = case
    rules = LIBRARY.on(on)
    try:
        partial = rules.evaluate(without_some(facts, random.Random(seed), share))
    except policy.Mistakes:
        return  # what is left out can make something else not apply
    whole = rules.evaluate(facts).exact
    bounded = partial.context.graph.order
    for number in bounded:
        known, reach, value = partial.exact.value(number), partial.values.reach(number), whole.value(number)
        assert holds(reach, value), (number, rules.graph.nodes[number], reach, value)
        if known is not UNKNOWN and not isinstance(known, (tuple, Listing, Record, MapValue)):
            assert reach is known or reach == known


JOB: dict[str, Any] = {
    "noc_2021": "21232",
    "country": "CA",
    "start": "2023-03-01",
    "end": "2024-02-29",
    "hours_per_week": 30,
    "paid": True,
    "duties_match": True,
    "self_employed": False,
    "authorized": True,
    "temporary_resident": True,
}


def test_a_verdict_that_no_missing_fact_can_change_is_final() -> None:
    unpaid_or_not = {key: value for key, value in JOB.items() if key != "paid"} | {
        "start": "2021-01-01",
        "end": "2021-05-31",
    }
    facts = {"jobs": [JOB, unpaid_or_not], "studies": [], "destination": "ON"}
    answer = LIBRARY.on("2024-03-01").evaluate(facts)
    assert answer.exact.outcome("cec.one_year") is UNKNOWN
    assert answer["cec.one_year"].value is True
    assert answer["cec.counted_hours"].value is UNKNOWN
    low, high = answer["cec.counted_hours"].bounds or (None, None)
    assert float(low) < float(high)  # type: ignore[arg-type]


def test_a_few_possible_months_cannot_make_a_year() -> None:
    short = {key: value for key, value in JOB.items() if key != "paid"} | {"start": "2023-12-01"}
    answer = LIBRARY.on("2024-03-01").evaluate({"jobs": [short], "destination": "ON"})
    assert answer["cec.one_year"].value is False
    assert answer["cec.eligible"].value is False
    assert answer["cec.eligible"].missing == ()


def test_a_person_of_whom_little_is_known_is_either_yes_or_no_and_never_a_fault() -> None:
    answer = LIBRARY.on("2027-06-01").evaluate({"jobs": [JOB], "destination": "ON"})
    assert answer["cec.eligible"].bounds is None
    assert answer["cec.eligible"].value is False  # the year of work has slid out of the window
    assert LIBRARY.on("2024-03-01").evaluate({"jobs": [JOB]})["cec.eligible"].bounds == (False, True)
