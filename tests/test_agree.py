"""The long run tries what it says it does: cases that agree are found to agree, and an evaluator that errs is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import agree
from policy.evaluate import meanings


def test_nothing_is_wrong_with_a_few_cases() -> None:
    assert agree.wrong_with(seed=12, cases=4) == []


def test_an_evaluator_that_goes_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right: Callable[..., object] = meanings.WITHOUT_CONSTANT["or"]
    wrong = {**meanings.WITHOUT_CONSTANT, "or": lambda *values: True if right(*values) is False else right(*values)}
    monkeypatch.setattr("policy.evaluate.general.WITHOUT_CONSTANT", wrong)
    assert any(agree.wrong_with(seed, cases=4) for seed in range(12, 20))
