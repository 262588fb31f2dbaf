"""One profile serves every date: an answer to a question that only later texts ask does no harm on earlier days."""

from __future__ import annotations

from pathlib import Path

import pytest

import policy

POLICIES = Path(__file__).parents[2] / "policies"
FACTS = {"jobs": [], "studies": [], "answers": {"cec.physicians_policy": {}}}


def test_an_answer_may_be_given_before_its_question_is_asked() -> None:
    library = policy.load(POLICIES)
    assert library.on("2020-01-01").evaluate(FACTS)["cec.one_year"].value is False
    assert library.on("2024-01-01").evaluate(FACTS)["cec.one_year"].value is False


def test_an_answer_to_no_question_at_all_is_still_a_mistake() -> None:
    with pytest.raises(policy.Mistakes, match="no open question"):
        policy.load(POLICIES).on("2020-01-01").evaluate({"answers": {"cec.phisicians_policy": {}}})
