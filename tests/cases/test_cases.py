"""Each mistake in policy text is found where it is, once, and nothing else is; and what is told of it reads well."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_files import FOLDER, Case, case_paths, cases_in, codes_expected, differences, mistakes_of

from policy.check import errors as check_errors
from policy.diagnostics import Code, as_text
from policy.model import errors as model_errors
from policy.syntax import errors as syntax_errors

CASES = [case for path in case_paths() for case in cases_in(path)]

TRIED_ELSEWHERE = {"not-text", "too-large", "too-deep"}
"""Codes about files that no file of cases can hold: see `test_bad_input.py`."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.origin}:{case.line}")
def test_exactly_the_expected_mistakes_are_found(case: Case, tmp_path: Path) -> None:
    found = mistakes_of(case, tmp_path)
    missing, unexpected = differences(case, found)
    told = [f"expected but not found: {e.file}:{e.line} {e.severity}: {e.code} {e.words}".rstrip() for e in missing]
    if unexpected:
        told += ["found but not expected:", as_text(unexpected)]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("path", case_paths(), ids=lambda path: path.stem)
def test_the_messages_are_those_that_were_read(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """`<name>.messages` holds all messages of `<name>.cases`; `--snapshot-update` writes it anew: read the diff."""
    golden = path.with_suffix(".messages")
    parts = []
    for case in cases_in(path):
        if case.expected:
            folder = tmp_path / str(case.line)
            folder.mkdir()
            parts.append(f"## {case.title}\n\n{as_text(mistakes_of(case, folder))}\n")
    text = "\n".join(parts)
    if request.config.getoption("update_snapshots"):
        golden.unlink(missing_ok=True) if not text else golden.write_text(text, "utf-8")
    assert (golden.read_text("utf-8") if golden.exists() else "") == text


def test_every_code_has_a_case() -> None:
    rooms = (syntax_errors, model_errors, check_errors)
    codes = {value.name for room in rooms for value in vars(room).values() if isinstance(value, Code)}
    assert codes - codes_expected().keys() - TRIED_ELSEWHERE == set()


def test_no_messages_are_left_over() -> None:
    assert [path.name for path in FOLDER.glob("*/*.messages") if not path.with_suffix(".cases").exists()] == []


def test_messages_are_one_plain_line(tmp_path: Path) -> None:
    """Lower case, no full stop, no class names, and a next step."""
    odd = []
    for number, case in enumerate(CASES):
        folder = tmp_path / str(number)
        folder.mkdir()
        for mistake in mistakes_of(case, folder):
            words = mistake.message
            plain = words[:1] in "`0123456789" or words[:1].islower()
            if not plain or words.endswith(".") or "\n" in words or "object at" in words or not mistake.help:
                odd.append(words)
    assert odd == []
