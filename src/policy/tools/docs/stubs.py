"""The files that ask for pages: one for each version of each policy in each language, written before the build."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from policy.tools.docs.shelf import Shelf

MADE: Final = ".. This file is written anew at every build."
LANGUAGES: Final = ("en", "fr")


def write_stubs(shelf: Shelf, folder: Path) -> None:
    """Write `LANGUAGE/index.rst`, `LANGUAGE/POLICY.rst` for what is in force, `LANGUAGE/POLICY/DAY.rst` for the rest.

    Files that are right already are left alone, and files written for pages that are no more are taken away.
    """
    wanted = {folder / path: text for language in LANGUAGES for path, text in _stubs(shelf, language).items()}
    for path in folder.rglob("*.rst"):
        if path not in wanted and path.read_text(encoding="utf-8").startswith(MADE):
            path.unlink()
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def _stubs(shelf: Shelf, language: str) -> dict[str, str]:
    """The files of one language, by their path."""
    policies = list(shelf.policies())
    found = {f"{language}/index.rst": _stub("policies", "", language, None, policies)}
    for policy in policies:
        versions = [version for version in shelf.versions(policy) if not version.current]
        days = [str(version.text.effective) for version in reversed(versions)]
        found[f"{language}/{policy}.rst"] = _stub("rules", policy, language, None, [f"{policy}/{day}" for day in days])
        for day in days:
            found[f"{language}/{policy}/{day}.rst"] = _stub("rules", policy, language, day, [])
    return found


def _stub(directive: str, policy: str, language: str, day: str | None, below: list[str]) -> str:
    """A file that asks for one page, with the pages below it."""
    lines = [MADE, "", f".. policy:{directive}:: {policy}".rstrip(), f"   :language: {language}"]
    if day is not None:
        lines.append(f"   :on: {day}")
    if below:
        lines += ["", "   .. toctree::", "      :hidden:", "", *(f"      {name}" for name in below)]
    return "\n".join(lines) + "\n"
