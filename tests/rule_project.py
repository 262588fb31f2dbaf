"""A small documentation project about policies of its own, to be built in tests."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import docutils_namespace, patch_docutils

POLICIES: Final = Path(__file__).parent / "tools" / "rule_pages" / "policies"

CONF: Final = """
extensions = ["policy.sphinx"]
policy_folder = "policies"
policy_pages = "rules"
policy_day = "2026-01-21"
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
    read: tuple[str, ...] = ()
    """The documents that the last build read anew."""

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
            app.connect("env-before-read-docs", self._note)
            app.build()
        return warnings.getvalue()

    def _note(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        self.read = tuple(sorted(docnames))

    def page(self, name: str, builder: str = "text") -> str:
        """A page that was built."""
        ending = {"text": "txt", "html": "html"}[builder]
        return (self.folder / "out" / builder / f"{name}.{ending}").read_text(encoding="utf-8")

    def seen(self, name: str) -> str:
        """The text of a page on one line, every space a plain one."""
        return " ".join(self.page(name).split())


def new_project(folder: Path, policies: Path = POLICIES) -> Project:
    """A project about some policies; those of these tests if no others are named."""
    shutil.copytree(policies, folder / "policies")
    project = Project(folder)
    project.write("conf.py", CONF)
    project.write("index.rst", INDEX)
    return project
