"""Pages of rules: all that a policy declares is on them, in words, in both languages, and mistakes are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from string import Formatter
from typing import Final, get_args

import pytest
from syrupy.assertion import SnapshotAssertion

from policy.pipeline.opening import open_library
from policy.syntax import tree as t
from policy.tools.docs.page import GROUPS
from policy.tools.docs.patterns import PAGE_PATTERNS
from policy.tools.docs.phrases import PHRASES
from policy.tools.docs.pieces import TELLERS
from rule_project import POLICIES, Project, new_project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project as it stands, printed as plain text."""
    project = new_project(tmp_path_factory.mktemp("built"))
    assert project.build() == ""
    return project


PAGES: Final = ("index", "library", "lending", "lending/2020-01-01", "lending/2021-07-01", "lending/2030-01-01")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_reads_as_it_should(built: Project, page: str, language: str, snapshot: SnapshotAssertion) -> None:
    assert built.page(f"rules/{language}/{page}") == snapshot


def declared() -> Iterator[tuple[str, str, str, str]]:
    """Every declaration in every text: the page of its text, its full name, and its labels."""
    law = open_library(POLICIES)
    assert law.proposing is not None
    for timeline in law.proposing.timelines.values():
        for text in timeline.texts:
            current = text.effective in {None, *law.timelines[text.name].days[-1:]}
            page = text.name if current else f"{text.name}/{text.effective}"
            for entry in text.entries.values():
                label = entry.clauses.label
                yield page, entry.full_name, label.en or entry.name, label.fr or entry.name


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_declaration_is_on_the_page_of_its_text(built: Project, language: str) -> None:
    for page, name, english, french in declared():
        text = built.page(f"rules/{language}/{page}")
        assert f'"{name}"' in text
        assert (french if language == "fr" else english) in " ".join(text.split())


def test_every_construct_has_a_sentence() -> None:
    assert set(PHRASES) == set(get_args(t.Expression))
    assert {*TELLERS, t.Example} == set(get_args(t.Declaration))
    assert {*get_args(t.DefinitionKind)} <= set(GROUPS)
    assert all(f"kind {kind}" in PAGE_PATTERNS and f"kinds {kind}" in PAGE_PATTERNS for kind in GROUPS)


SAID: Final[dict[type, str]] = {
    t.Definition: "name clauses kind parameters type up_to body applies",
    t.Table: "name clauses parameters type across rows scale below",
    t.EnumDeclaration: "name clauses ordered values",
    t.RecordDeclaration: "name clauses spell fields valid",
    t.InputDeclaration: "name clauses type",
    t.QuantityDeclaration: "name clauses type symbol",
    t.DatasetDeclaration: "name clauses file titles columns",
    t.SetDeclaration: "name clauses parameters type patterns exceptions drawn",
    t.SourceDeclaration: "name clauses abbreviated form link",
    t.Question: "name clauses parameters type asked_when",
    t.Remark: "name clauses when",
    t.Sample: "name clauses record data",
    t.Example: "name clauses on law_of like given expected",
    t.Header: "name clauses effective amends uses uncertain verified proposed zone readable",
    t.Repeal: "names cites",
    t.Replace: "declaration",
    t.Revive: "name day clauses",
    t.Row: "cells cites unconfirmed",
    t.Column: "name type key",
    t.FieldDeclaration: "name type clauses applies",
    t.ValidWhen: "condition clauses",
    t.EnumValue: "name clauses",
    t.Expected: "name outcome value unit",
    t.Parameter: "name type",
    t.Drawn: "column dataset binder condition",
    t.Clauses: "label cites unconfirmed asks",
}
"""What declarations hold and pages say."""


def test_every_part_of_a_declaration_is_said() -> None:
    """Who adds a part makes pages say it, tries that in the policies beside this module, and then lists it above."""
    assert {*get_args(t.Item)} - {t.Example} <= SAID.keys()
    parts = {kind: [f.name for f in fields(kind) if not f.name.endswith(("span", "spans"))] for kind in SAID}
    assert {kind: said.split() for kind, said in SAID.items()} == parts


@pytest.mark.parametrize("name", PAGE_PATTERNS)
def test_both_languages_say_the_same_parts(name: str) -> None:
    english, french = ({part for _, part, _, _ in Formatter().parse(text) if part} for text in PAGE_PATTERNS[name])
    assert english == french
