"""The pages of what can be wrong: each code has one, its example has that mistake alone, what to write instead none.

In a page, the blocks before the paragraph that begins with “Instead” are the example, those after it what to write in
place of them; files of the example that are not written again stay, unless there are new ones. A paragraph "`path`:"
names the file of the block behind it; without one it is `case.policy`, which begins with a head of its own or gets that
of the cases. The `text` block says what is told: `--snapshot-update` writes it anew.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from contextlib import chdir
from pathlib import Path
from typing import Final

import pytest

import policy
from policy.diagnostics import Code, Diagnostic
from policy.pipeline.checking import check_library
from policy.pipeline.opening import open_library

ROOT: Final = Path(__file__).parent.parent.parent
CHECKS: Final = ROOT / "docs/checks"
CASES: Final = ROOT / "tests/cases"
HEAD: Final = 'policy case en "Case" fr "Cas" uses library cites RULES 1\n'

GROUPS: Final = ("profiles", "asking")
"""Pages that hold a section for each of many codes, which are not about policy text."""

WITHOUT_EXAMPLE: Final = {"not-text", "too-large", "too-deep", "unfolds-too-far"}
"""Codes whose example would be longer than a page, or no text."""

BLOCK: Final = re.compile(r"(?:`(?P<path>[\w./-]+)`:\n+)?```(?P<kind>policy|text)\n(?P<text>.*?)```\n", re.DOTALL)
TOLD: Final = re.compile(r"```text\n(?:(?:error|warning): .*?)?```\n", re.DOTALL)


def codes() -> dict[str, str]:
    """What each code means."""
    found: dict[str, str] = {}
    for module in pkgutil.walk_packages(policy.__path__, "policy."):
        if module.name.rpartition(".")[2].endswith(("errors", "warnings")):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Code):
                    found.setdefault(value.name, value.meaning)
    return found


CODES: Final = codes()
PAGES: Final = sorted(path for path in CHECKS.glob("*.md") if path.stem not in {"index", *GROUPS})


def parts(page: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The files of the example of a page, and those of what to write instead."""
    text = TOLD.sub("", page.read_text("utf-8"))
    before, _, after = text.partition("\nInstead")
    example, instead = files(before), files(after)
    assert instead, "nothing to write instead"
    return example, {**example, **instead} if instead.keys() <= example.keys() else instead


def files(text: str) -> dict[str, str]:
    """The files in a part of a page."""
    found = {}
    for block in BLOCK.finditer(text):
        name = block["path"] or "case.policy"
        bare = block["kind"] == "policy" and not block["text"].startswith(("policy ", "#")) and not block["path"]
        found[name] = HEAD + block["text"] if bare else block["text"]
    return found


def mistakes(texts: dict[str, str], folder: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with some files beside those that all cases have."""
    (folder / "data").mkdir()
    for shared in (CASES / "data").iterdir():
        (folder / "data" / shared.name).write_bytes(shared.read_bytes())
    for name, text in {"library.policy": (CASES / "library.policy").read_text("utf-8"), **texts}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    with chdir(folder):
        return check_library(open_library(Path())).mistakes


def told(found: tuple[Diagnostic, ...]) -> str:
    """Mistakes as a page shows them: without places, which are those of the page."""
    lines = []
    for mistake in found:
        lines.append(f"{mistake.severity.value}: {mistake.message} [{mistake.code.name}]\n  next: {mistake.help}\n")
    return "\n".join(dict.fromkeys(lines))


def name_of(page: Path) -> str:
    return page.stem


def test_every_code_has_a_page_or_a_section_in_one() -> None:
    alone = {page.stem for page in PAGES}
    together = set().union(*(sections_of(CHECKS / f"{group}.md") for group in GROUPS))
    assert CODES.keys() - alone - together == set()
    assert alone - CODES.keys() == set()


@pytest.mark.parametrize("group", GROUPS)
def test_sections_are_of_codes(group: str) -> None:
    assert sections_of(CHECKS / f"{group}.md") <= CODES.keys()


def sections_of(page: Path) -> set[str]:
    """The codes that a page has a section for."""
    return set(re.findall(r"^## `([a-z-]+)`$", page.read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_begins_with_what_its_code_means(page: Path) -> None:
    assert page.read_text("utf-8").startswith(f"# `{page.stem}`\n\n{CODES[page.stem]}\n")


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem not in WITHOUT_EXAMPLE], ids=name_of)
def test_the_example_of_a_page_has_the_mistake_and_no_other(
    page: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    example, _ = parts(page)
    found = mistakes(example, tmp_path)
    assert {mistake.code.name for mistake in found} == {page.stem}, told(found)
    text = page.read_text("utf-8")
    wanted = f"```text\n{told(found)}```\n"
    if request.config.getoption("update_snapshots"):
        text = TOLD.sub(lambda _: wanted, text)
        page.write_text(text, "utf-8")
    assert wanted in text


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem not in WITHOUT_EXAMPLE], ids=name_of)
def test_what_to_write_instead_has_no_mistake(page: Path, tmp_path: Path) -> None:
    _, instead = parts(page)
    found = mistakes(instead, tmp_path)
    assert not found, told(found)


def test_the_index_has_every_page() -> None:
    text = (CHECKS / "index.md").read_text("utf-8")
    listed = re.findall(r"^- \[`([a-z-]+)`\]\(([a-z-]+)\.md\): (.+)$", text, re.MULTILINE)
    assert sorted(listed) == sorted((page.stem, page.stem, CODES[page.stem]) for page in PAGES)
    for group in GROUPS:
        assert f"]({group}.md)" in text
