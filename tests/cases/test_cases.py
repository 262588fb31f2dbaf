"""Each mistake in policy text is found where it is, once, and nothing else is; and what is told of it reads well."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from case_files import FOLDER, Case, case_paths, cases_in, codes_expected, differences, mistakes_of

from policy.check import errors as check_errors
from policy.check import table_errors, warnings
from policy.diagnostics import Code, Diagnostic, as_text
from policy.model import errors as model_errors
from policy.syntax import errors as syntax_errors

CASES = [case for path in case_paths() for case in cases_in(path)]

TRIED_ELSEWHERE = {"not-text", "too-large", "too-deep"}
"""Codes about files that no file of cases can hold: see `test_bad_input.py`."""

SHOWN = {ord("\t"): " ", ord("\N{NO-BREAK SPACE}"): " ", 0x202E: "\N{REPLACEMENT CHARACTER}"}
"""What a message shows instead of a character that is not what it seems."""

Finder = Callable[[Case], tuple[Diagnostic, ...]]


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    """What is found wrong with a case, worked out once."""
    known: dict[tuple[str, int], tuple[Diagnostic, ...]] = {}

    def found(case: Case) -> tuple[Diagnostic, ...]:
        key = case.origin, case.line
        if key not in known:
            known[key] = mistakes_of(case, tmp_path_factory.mktemp("case"))
        return known[key]

    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.origin}:{case.line}")
def test_exactly_the_expected_mistakes_are_found(case: Case, find: Finder) -> None:
    missing, unexpected = differences(case, find(case))
    told = [f"expected but not found: {e.file}:{e.line} {e.severity}: {e.code} {e.words}".rstrip() for e in missing]
    if unexpected:
        told += ["found but not expected:", as_text(unexpected)]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("path", case_paths(), ids=lambda path: path.stem)
def test_the_messages_are_those_that_were_read(path: Path, find: Finder, request: pytest.FixtureRequest) -> None:
    """`<name>.messages` holds all messages of `<name>.cases`; `--snapshot-update` writes it anew: read the diff."""
    golden = path.with_suffix(".messages")
    text = "\n".join(f"## {case.title}\n\n{as_text(find(case))}\n" for case in cases_in(path) if case.expected)
    if request.config.getoption("update_snapshots"):
        golden.write_text(text, "utf-8")
    assert (golden.read_text("utf-8") if golden.exists() else "") == text


@pytest.mark.parametrize("path", case_paths(), ids=lambda path: path.stem)
def test_carets_stand_under_the_place(path: Path, find: Finder) -> None:
    """Columns are counted as a terminal shows them; a place that runs over lines is marked to the end of its first."""
    for mistake in (mistake for case in cases_in(path) for mistake in find(case)):
        assert mistake.span is not None
        lines = as_text([mistake]).split("\n")
        carets = [number for number, line in enumerate(lines) if re.fullmatch(r" +\| *\^+", line)]
        if not mistake.span.source.line(mistake.span.position.line).strip():
            assert carets == []
            continue
        (at,) = carets
        marked = "".join(c for c, place in columns(lines[at - 1]) if lines[at][place : place + 1] == "^")
        wanted = mistake.span.text.split("\n")[0].translate(SHOWN)
        if wanted.strip():
            assert marked.rstrip() == wanted.rstrip(), as_text([mistake])
        else:
            assert lines[at].count("^") == max(1, len(wanted)), as_text([mistake])


def columns(line: str) -> list[tuple[str, int]]:
    """The characters of a line with the columns in which a terminal shows them."""
    found, place = [], 0
    for character in line:
        found.append((character, place))
        mark = unicodedata.category(character) in {"Mn", "Sk"}
        place += 0 if mark else 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return found


def test_messages_are_one_plain_line(find: Finder) -> None:
    """Lower case, no full stop, no class names, and a next step."""
    odd = []
    for mistake in (mistake for case in CASES for mistake in find(case)):
        words = mistake.message
        plain = words[:1] in "`0123456789" or words[:1].islower()
        if not plain or words.endswith(".") or "\n" in words or "object at" in words or not mistake.help:
            odd.append(words)
    assert odd == []


def test_every_code_has_a_case() -> None:
    rooms = (syntax_errors, model_errors, check_errors, table_errors, warnings)
    codes = {value.name for room in rooms for value in vars(room).values() if isinstance(value, Code)}
    assert codes - codes_expected().keys() - TRIED_ELSEWHERE == set()


def test_no_messages_are_left_over() -> None:
    assert [path.name for path in FOLDER.glob("*/*.messages") if not path.with_suffix(".cases").exists()] == []
