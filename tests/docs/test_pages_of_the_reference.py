"""Whatever the reference shows of the language can be shown to readers, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from trying import ROOT, Reader

from policy.pipeline.opening import open_library
from rule_project import Project, new_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Pages of all policy text and all expressions of the reference."""
    reader = Reader(ROOT / "docs" / "language.md", tmp_path_factory.mktemp("reference"))
    reader.work_through()
    made = new_project(tmp_path_factory.mktemp("pages"), reader.folder / "rules")
    assert made.build() == ""
    return made


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_declaration_of_the_reference_is_on_a_page(project: Project, language: str) -> None:
    law = open_library(project.folder / "policies")
    library = law.proposing or law
    for timeline in library.timelines.values():
        for text in timeline.texts:
            older = Path("rules", language, text.name, f"{text.effective}.rst")
            name = older.with_suffix("") if (project.folder / older).exists() else older.parent
            page = project.page(name.as_posix())
            assert [entry.full_name for entry in text.entries.values() if f'"{entry.full_name}"' not in page] == []
