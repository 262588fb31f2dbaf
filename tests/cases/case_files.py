"""Cases: policy text with, on the line it is about, the mistake that must be found there.

A `.cases` file holds pieces split by a line `---`. A piece begins with a comment that says what it is about. It may
hold several files, each under a line such as `== loans/2020-01-01.policy` or `== data/shelves.csv`; without such a line
it is one file, `case.policy`. When that file does not begin with a head it gets one, on a line of its own, that uses
`library.policy` beside this module. What must be found stands at the end of a line: `# error: unknown-name`, or
`# error: unknown-name "part of the message"`, or several with commas between them. Behind the name of a file it is
about its first line. Nothing else may be found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from policy.check.across import check_across
from policy.check.doubts import doubts
from policy.diagnostics import Diagnostic
from policy.model.arrange import arrange
from policy.pipeline.days import since
from policy.pipeline.library import Library
from policy.syntax.parse import parse
from policy.text import Source

FOLDER: Final = Path(__file__).parent
LIBRARY: Final = "library.policy"
HEAD: Final = 'policy case en "Case" fr "Cas" uses library zone "America/Toronto" cites RULES 1\n'

MARK: Final = re.compile(r"#\s*(error|warning):\s*(.+)$")
EXPECTED: Final = re.compile(r'([a-z-]+)(?:\s+"([^"]*)")?\s*(?:,\s*|$)')
FILE: Final = re.compile(r"== (\S+)(.*)")
HAS_HEAD: Final = re.compile(r"(?:\s*#[^\n]*\n|\s*\n)*(policy\b|\Z)")


@dataclass(frozen=True, slots=True)
class Expected:
    """One mistake that must be found: file, line, severity and code, and words that its message must have."""

    file: str
    line: int
    severity: str
    code: str
    words: str

    def is_told_by(self, mistake: Diagnostic) -> bool:
        """Whether a mistake is this one."""
        return _place(mistake) == (self.file, self.line, self.severity, self.code) and self.words in mistake.message


@dataclass(frozen=True, slots=True)
class Case:
    """One piece of a file of cases: where it begins, what it says it is about, its files, and what must be found."""

    origin: str
    line: int
    title: str
    files: dict[str, str]
    expected: tuple[Expected, ...]


def cases_in(path: Path) -> Iterator[Case]:
    """The cases of a file."""
    line = 1
    for piece in re.split(r"^---\n", path.read_text("utf-8"), flags=re.MULTILINE):
        title = re.match(r"# (.*)\n", piece)
        assert title, f"{path.name}:{line} does not say what it is about"
        files: dict[str, str] = {}
        expected: list[Expected] = []
        for name, mark, text in _files(piece):
            whole = text if name != "case.policy" or HAS_HEAD.match(text) else HEAD + text
            lines = [mark, *whole.split("\n")]
            expected += (e for number, shown in enumerate(lines) for e in _expected(name, max(1, number), shown))
            files[name] = "\n".join(MARK.sub("", shown).rstrip() for shown in lines[1:])
        origin = path.relative_to(FOLDER).with_suffix("").as_posix()
        yield Case(origin, line, title[1], files, tuple(expected))
        line += piece.count("\n") + 1


def _files(piece: str) -> Iterator[tuple[str, str, str]]:
    """The files of a piece: name, what stands after it, text."""
    parts = re.split(r"^(== .*)\n", piece, flags=re.MULTILINE)
    if len(parts) == 1:
        yield "case.policy", "", piece
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        found = FILE.fullmatch(heading)
        assert found, f"not a file: {heading}"
        yield found[1], found[2], text


def _expected(file: str, number: int, line: str) -> Iterator[Expected]:
    if (mark := MARK.search(line)) is None:
        return
    found = list(EXPECTED.finditer(mark[2]))
    assert "".join(match[0] for match in found) == mark[2], f"not an expectation: {line}"
    for match in found:
        yield Expected(file, number, mark[1], match[1], match[2] or "")


def mistakes_of(case: Case, folder: Path) -> tuple[Diagnostic, ...]:
    """Everything found wrong with a case: in its files, in their order, and in the program of every day,
    without the texts that are only proposed and with them.
    """
    data = folder / "data"
    data.mkdir(exist_ok=True)
    texts = {LIBRARY: (FOLDER / LIBRARY).read_text("utf-8"), **case.files}
    for shared in (FOLDER / "data").iterdir():
        (data / shared.name).write_bytes(shared.read_bytes())
    modules = []
    found: list[Diagnostic] = []
    for name, text in texts.items():
        if name.endswith(".policy"):
            parsed = parse(Source(name, text))
            modules.append(parsed.module)
            found += parsed.diagnostics
        else:
            (folder / name).write_text(text, "utf-8")
    with chdir(folder):
        for proposed in (False, True):
            timelines, mistaken = arrange(modules, proposed=proposed)
            found += mistaken
            library = Library(Path(), timelines)
            on_days: list[tuple[date, tuple[Diagnostic, ...]]] = []
            for day in library.epochs:
                checked = library.compiled_on(day).checked
                mistakes = (*checked.diagnostics, *check_across(checked, library.checked_on_all_days))
                on_days.append((day, (*mistakes, *doubts(checked))))
            found += since(timelines, on_days)
    return tuple(dict.fromkeys(found))


def differences(case: Case, found: tuple[Diagnostic, ...]) -> tuple[list[Expected], list[Diagnostic]]:
    """What was not found although it must be, and what was found although it must not be."""
    left = list(found)
    missing = []
    for expected in case.expected:
        told = next((mistake for mistake in left if expected.is_told_by(mistake)), None)
        if told is None:
            missing.append(expected)
        else:
            left.remove(told)
    return missing, left


def _place(mistake: Diagnostic) -> tuple[str, int, str, str]:
    span = mistake.span
    assert span is not None, f"a mistake without a place: {mistake.message}"
    return span.source.name, span.position.line, mistake.severity.value, mistake.code.name


def case_paths() -> list[Path]:
    """The files of cases."""
    return sorted(FOLDER.glob("*/*.cases"))


def codes_expected() -> Counter[str]:
    """How many cases expect each code."""
    return Counter(e.code for path in case_paths() for case in cases_in(path) for e in case.expected)
