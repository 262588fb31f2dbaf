"""Profiles for the shipped policies are read by generated code, which gives the facts that the slow reading gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from any_documents import bare, documents
from hypothesis import given

from policy.diagnostics import Mistakes
from policy.profiles import from_python, load_profile, read_file
from policy.profiles.reader import Reader
from policy.profiles.shapes import WholeProfile
from policy.profiles.values import Typing
from worlds import shipped

HERE: Final = Path(__file__).parents[2]
PEOPLE: Final = sorted([*(HERE / "tests" / "corpus").glob("*"), *(HERE / "docs" / "examples").glob("*.*")])
RULES: Final = shipped().latest
CHECKS: Final = RULES.record_checks
READER: Final[Reader] = RULES.reader


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_whoever_is_at_hand_is_read_quickly(path: Path) -> None:
    datum = read_file(path)
    slow = load_profile(datum, RULES.catalog, CHECKS)
    written = Typing(RULES.catalog).typed(datum, WholeProfile())
    for quick in (READER.of_datum(datum), READER.of_python(written)):
        assert quick is not None
        assert bare(dict(quick.facts)) == bare(dict(slow.facts))
        assert bare(dict(quick.answers)) == bare(dict(slow.answers))
        assert quick.supplied == slow.supplied


@given(documents(RULES.catalog))
def test_any_document_is_read_as_slowly_or_declined(document: Mapping[str, object]) -> None:
    quick = READER.of_python(document)
    try:
        slow = load_profile(from_python(document), RULES.catalog, CHECKS)
    except Mistakes:
        assert quick is None
    else:
        if quick is None:  # text of several lines or with rare blanks
            assert "\\" in json.dumps(document)
            return
        assert bare(dict(quick.facts)) == bare(dict(slow.facts))
        assert bare(dict(quick.answers)) == bare(dict(slow.answers))
        assert quick.supplied == slow.supplied
