"""What is kept under version control is tidy, and speaks of the project, not of somebody's machine."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent

TOP_LEVEL: Final = frozenset(("LICENSE", "README.md", "docs", "grammar", "policies", "pyproject.toml", "src", "tests"))

# A folder of one machine, as a path of its own or after `file://`; not as a later part of an address.
FOLDERS_OF_ONE_MACHINE: Final = re.compile(r"(?<![\w.])/(?:work|root)/")

# Snapshot files indent the blank lines of the texts they hold; the tool that writes them would put the spaces back.
MAY_END_LINES_IN_SPACES: Final = frozenset((".ambr",))


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """The paths under version control that are there to be read."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing says which files belong to the project")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for path in listed.split("\0") if path and (ROOT / path).is_file()]


def untidy_places(path: str, content: bytes) -> Iterator[str]:
    """What is wrong with a file, place by place; a file with a null byte is not text and is left alone."""
    if b"\0" in content:
        return
    if content and not content.endswith(b"\n"):
        yield f"{path} does not end with a line end"
    for number, line in enumerate(content.decode("utf-8").split("\n"), start=1):
        if line.endswith("\r"):
            yield f"{path}:{number} ends with a carriage return"
        elif line != line.rstrip() and Path(path).suffix not in MAY_END_LINES_IN_SPACES:
            yield f"{path}:{number} ends with a space"
        if FOLDERS_OF_ONE_MACHINE.search(line):
            yield f"{path}:{number} names a folder of one machine"


def test_every_text_file_is_tidy(tracked: list[str]) -> None:
    assert [place for path in tracked for place in untidy_places(path, (ROOT / path).read_bytes())] == []


def test_the_top_level_holds_what_the_readme_says(tracked: list[str]) -> None:
    top = {path.split("/")[0] for path in tracked}
    assert sorted(name for name in top - TOP_LEVEL if not name.startswith(".")) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"one\ntwo\n", []),
        (b"\x89PNG\0 \r\n", []),
        (b"see https://example.org/work/permits\n", []),
        (b"one", ["a.md does not end with a line end"]),
        (b"one\ntwo \n", ["a.md:2 ends with a space"]),
        (b"one\r\n", ["a.md:1 ends with a carriage return"]),
        (b"cd /" + b"work/here\n", ["a.md:1 names a folder of one machine"]),
        (b"file:///" + b"root/x\n", ["a.md:1 names a folder of one machine"]),
    ],
)
def test_an_untidy_file_is_found(content: bytes, expected: list[str]) -> None:
    assert list(untidy_places("a.md", content)) == expected
