"""Whatever is done to the shipped files and to profiles gives mistakes and never an exception.

Many more mutations than here are tried by `python tests/mutate.py`.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mutate
from mutate import CHANGES, INSERTED, LARGEST, TABLES, TEXTS, Change, Mutation, attempt, faults, mutation
from policy.diagnostics import as_text

PATHS: Final = [path for path in TEXTS if path.stat().st_size < 60_000]

changes = st.builds(
    Change,
    st.sampled_from(sorted(CHANGES)),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, LARGEST),
    st.sampled_from(INSERTED),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PATHS), st.lists(changes, min_size=1, max_size=3))
def test_a_changed_policy_gives_mistakes_and_no_exception(path: Path, done: list[Change]) -> None:
    assert list(faults(Mutation("drawn", path, tuple(done)))) == []


@pytest.mark.parametrize("seed", range(10))
def test_mutations_give_mistakes_and_no_exception(seed: int) -> None:
    for number in range(20):
        one = mutation(f"{seed}-{number}")
        assert list(faults(one)) == [], one


@pytest.mark.parametrize("path", [PATHS[0], PATHS[1], TABLES[0]], ids=lambda path: path.name)
def test_unchanged_files_give_no_mistakes(path: Path) -> None:
    assert as_text(attempt(Mutation("unchanged", path, ()))) == ""


def test_an_exception_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutate, "parse", lambda source: 1 / 0)
    (told,) = faults(Mutation("broken", PATHS[0], ()))
    assert "ZeroDivisionError" in told


def test_what_takes_too_long_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def turn(mutation: Mutation) -> None:
        while True:
            time.process_time()

    monkeypatch.setattr(mutate, "attempt", turn)
    monkeypatch.setattr(mutate, "SECONDS", 0.05)
    (told,) = faults(Mutation("endless", PATHS[0], ()))
    assert "more than 0.05 seconds" in told


def test_a_mutation_is_the_same_each_time() -> None:
    assert mutation("3-14") == mutation("3-14")
    assert mutation("3-14") != mutation("3-15")
    assert any(mutation(f"0-{i}").text != mutation(f"0-{i}").path.read_text("utf-8") for i in range(3))


def test_files_of_every_kind_are_mutated() -> None:
    kinds = {mutation(f"0-{i}").path.suffix for i in range(300)}
    assert {".policy", ".csv", ".yaml"} <= kinds
