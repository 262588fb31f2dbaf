"""Where the grammar and the shipped policies are: beside `src` in a checkout, inside the package when installed."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def policies_folder() -> Path:
    """The folder of the policies that ship with the engine."""
    return _find("policies")


def grammar_file() -> Path:
    """The grammar of the language."""
    return _find("grammar") / "policy.lark"


def _find(name: str) -> Path:
    installed = PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else PACKAGE.parents[1] / name
