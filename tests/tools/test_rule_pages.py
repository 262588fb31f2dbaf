"""Pages of rules: all that a policy declares is on them, in words, in both languages, and mistakes are told."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from syrupy.assertion import SnapshotAssertion

from policy.pipeline.library import open_library
from policy.syntax import tree as t
from policy.tools.docs.phrases import PHRASES
from policy.tools.docs.pieces import TELLERS

POLICIES: Final = Path(__file__).parent / "rule_pages" / "policies"

CONF: Final = """
extensions = ["policy.sphinx"]
policy_folder = "policies"
policy_pages = "rules"
"""
INDEX: Final = """
Library
=======

.. toctree::

   rules/en/index
   rules/fr/index
"""


@dataclass
class Project:
    """A small documentation about policies of its own."""

    folder: Path

    def write(self, path: str, text: str) -> None:
        """A file of the project."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Change a file, which must hold the old text."""
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def build(self, builder: str = "text", parallel: int = 0) -> str:
        """Build it; the warnings."""
        warnings = io.StringIO()
        out = self.folder / "out" / builder
        with patch_docutils(self.folder), docutils_namespace():
            app = Sphinx(
                self.folder,
                self.folder,
                out,
                self.folder / "out" / "trees",
                builder,
                status=None,
                warning=warnings,
                parallel=parallel,
            )
            app.build()
        return warnings.getvalue()

    def page(self, name: str, builder: str = "text") -> str:
        """A page that was built."""
        ending = {"text": "txt", "html": "html"}[builder]
        return (self.folder / "out" / builder / f"{name}.{ending}").read_text(encoding="utf-8")


def new_project(folder: Path) -> Project:
    """A project about the policies of these tests."""
    shutil.copytree(POLICIES, folder / "policies")
    project = Project(folder)
    project.write("conf.py", CONF)
    project.write("index.rst", INDEX)
    return project


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
