"""How the documentation is built: `sphinx-build -W -b html docs docs/_build`."""

import importlib.metadata

project = "policy"
version = release = importlib.metadata.version("express-entry-policy")
language = "en"

extensions = ["myst_parser"]
exclude_patterns = ["_build"]

html_theme = "furo"
html_title = f"policy {release}"
