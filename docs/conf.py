"""How the documentation is built: `sphinx-build -W -b html docs docs/_build`."""

import importlib.metadata
import sys
from pathlib import Path

from docutils import nodes
from docutils.nodes import document
from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))

from policy_lexer import PolicyLexer

project = "policy"
version = release = importlib.metadata.version("express-entry-policy")
language = "en"

extensions = ["myst_parser", "policy.sphinx"]
policy_pages = "rules"
exclude_patterns = ["_build", "examples"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"policy {release}"


def setup(app: Sphinx) -> None:
    """Blocks of the policy language are coloured, and pages in French say that they are."""
    app.add_lexer("policy", PolicyLexer)
    app.connect("doctree-read", mark_french)


def mark_french(app: Sphinx, page: document) -> None:
    """Give a page whose name ends in `-fr` its language, for those who hear it."""
    if app.env.docname.endswith("-fr"):
        for section in page.findall(nodes.section):
            if section.parent is page:
                section["classes"].append("language-fr")
