"""Where a rule is easily read otherwise than it is meant: each trap with the meaning that it has here.

`TRAPS` is the list; each has its section, in the files of this folder, in this order. A section tells in comments what
is meant, then holds policy text (of `club.policy`, or of several files, each under a line such as
`== fees/2024-01-01.policy`), then cases:

- `--- DAY`: a profile in YAML, `expect`, and lines such as `hours is 40`, `hours is 0..40` (unknown, and within these
  bounds), `word can be a, b`, `member says TEXT` (in its explanation) or `refused TEXT` (in what is wrong with the
  profile). `--- DAY under the law of DAY` parts the two days.
- `--- wrong`: further declarations, or files, that are refused, with `# error: CODE` on the line that each mistake is
  about.

Labels and the head of `club.policy` are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

import policy
from policy.diagnostics import Diagnostic, as_text
from policy.model.values import UNKNOWN
from policy.pipeline.checking import check_library
from policy.pipeline.opening import open_library
from policy.profiles import read
from policy.text import Source
from small_policies import DAY, HEAD, labelled, shown

FOLDER: Final = Path(__file__).parent

TRAPS: Final = (
    "A definition for each record",
    "The greatest of several, and ties",
    "A group of which the key is unknown",
    "Outside and inside",
    "A list of studies that is unknown",
    "A first or last day that is unknown",
    "Members that may or may not be there",
    "None, unknown, and what does not apply",
    "Caps with unknown parts",
    "The order of an enum",
    "A table whose columns change",
    "The version of another policy",
    "Two years forward, two years back",
    "The age of a child born on 29 February",
    "Exactly two years, exactly the threshold",
    "A cap on hours a week",
    "Work without a break",
    "Moments",
    "Money and per cent",
    "Half bands and marks that are no numbers",
    "No test, and a test that is not known",
    "What is repealed",
    "Texts that are not certain",
)

CASE: Final = re.compile(r"^---(?: (?P<day>\d{4}-\d{2}-\d{2})(?: under the law of (?P<law>\S+))?| (?P<wrong>wrong))?$")
FILE: Final = re.compile(r"^== (\S+)\n", re.MULTILINE)
MARK: Final = re.compile(r"#\s*(?:error|warning):\s*([a-z-]+)\s*$")


@dataclass(frozen=True, slots=True)
class Case:
    """A profile and what is expected, or declarations that are wrong."""

    day: str
    law: str
    text: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A trap: its title, its files and its cases."""

    title: str
    files: dict[str, str]
    cases: tuple[Case, ...]


def sections(path: Path) -> Iterator[Section]:
    for part in path.read_text("utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        first, *rest = re.split(r"^(?=---)", body, flags=re.MULTILINE)
        yield Section(title, dict(files_in(first)), tuple(map(case_in, rest)))


def files_in(text: str) -> Iterator[tuple[str, str]]:
    first, *rest = FILE.split(text)
    text = "\n".join(line for line in first.splitlines() if not line.startswith("#"))
    yield "club.policy", f"{HEAD}\n{labelled(text)}\n"
    for name, content in zip(rest[::2], rest[1::2], strict=True):
        yield name, labelled(content) if name.endswith(".policy") else content


def case_in(part: str) -> Case:
    line, _, text = part.partition("\n")
    match = CASE.match(line)
    assert match, f"not the beginning of a case: {line}"
    day = match["day"] or DAY
    return Case(day, match["law"] or day, text, bool(match["wrong"]))


ALL: Final = [section for path in sorted(FOLDER.glob("*.txt")) for section in sections(path)]


def test_every_trap_has_its_section_in_its_place() -> None:
    assert [section.title for section in ALL] == list(TRAPS)
    assert [section.title for section in ALL if not section.cases] == []


@pytest.mark.parametrize("section", ALL, ids=lambda section: section.title)
def test_a_trap_has_the_meaning_that_is_told(section: Section, tmp_path: Path) -> None:
    library = load(section.files, tmp_path / "sound")
    wrong: list[str] = []
    for number, case in enumerate(section.cases):
        if case.wrong:
            wrong += refused_otherwise(section, case, tmp_path / str(number))
        else:
            wrong += comes_out_otherwise(library.on(case.law, assessed_on=case.day), case)
    assert not wrong, "\n".join(wrong)


def load(files: dict[str, str], folder: Path) -> policy.Library:
    write(files, folder)
    return policy.load(folder)


def write(files: dict[str, str], folder: Path) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def refused_otherwise(section: Section, case: Case, folder: Path) -> Iterator[str]:
    """The mistakes of added declarations that are not where they are expected."""
    added, *others = FILE.split(case.text)
    files = {**section.files, **dict(zip(others[::2], map(labelled, others[1::2]), strict=True))}
    files["club.policy"] += labelled(added) + "\n"
    write(files, folder)
    found = check_library(open_library(folder)).mistakes
    at = sorted((place_of(mistake), mistake.code.name) for mistake in found)
    marked = [
        (line.strip(), mark[1]) for text in files.values() for line in text.splitlines() if (mark := MARK.search(line))
    ]
    assert marked, f"nothing is marked as wrong: {case.text}"
    if at != sorted(marked):
        yield f"expected {sorted(marked)}, found\n{as_text(found)}"


def place_of(mistake: Diagnostic) -> str:
    """The line that a mistake is about."""
    assert mistake.span is not None
    return mistake.span.source.line(mistake.span.position.line).strip()


def comes_out_otherwise(rules: policy.Rules, case: Case) -> Iterator[str]:
    """The expectations that a profile does not meet."""
    text = "\n".join(line for line in case.text.splitlines() if not line.startswith("#"))
    given, _, expected = f"\n{text}".partition("\nexpect\n")
    lines = [line for line in (line.split("  #")[0].strip() for line in expected.splitlines()) if line]
    assert lines, f"nothing is expected of {case.text}"
    try:
        answer = rules.evaluate(read(Source("given.yaml", given.strip() or "{}"), "yaml"))
    except policy.Mistakes as mistakes:
        problem = as_text(mistakes.diagnostics)
        for line in lines:
            word, _, words = line.partition(" ")
            if word != "refused" or words not in problem:
                yield f"{line}, but refused: {problem}"
        return
    for line in lines:
        name, verb, wanted = line.split(" ", 2)
        full = name if "." in name else f"club.{name}"
        try:
            got = {"is": said, "can": reach, "says": told}[verb](answer, full)
        except policy.Mistakes as mistakes:
            got = as_text(mistakes.diagnostics)
        if wanted not in got if verb == "says" else wanted != got:
            yield f"{name} is {got}, not {wanted}, given {given.strip()}"


def said(answer: policy.Answer, name: str) -> str:
    """A value in words; the bounds of one that is unknown, where both ends are known."""
    outcome = answer[name]
    if outcome.value is UNKNOWN and outcome.bounds is not None and len(outcome.bounds) == 2:
        low, high = outcome.bounds
        if not isinstance(low, bool):
            return f"{end(low)}..{end(high)}"
    return shown(outcome.value)


def reach(answer: policy.Answer, name: str) -> str:
    """What something unknown can be, in words."""
    return f"be {', '.join(map(shown, answer[name].bounds or ()))}"


def told(answer: policy.Answer, name: str) -> str:
    """The explanation of an outcome, in one line."""
    return " ".join(answer.explain(name).split())


def end(value: object) -> str:
    return "" if value is None else str(value) if isinstance(value, (int, Fraction)) else shown(value)
