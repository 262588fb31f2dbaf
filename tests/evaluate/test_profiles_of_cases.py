"""What rules say of whole profiles: the files under `profiles`.

A section of a file has a title, declarations, and cases divided by `---`: a profile in YAML, `expect`, and then the
values of definitions. A title may begin with the day of the assessment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from agreeing import evaluated

from policy.evaluate import compile_graph
from policy.profiles import read
from policy.text import Source
from small_policies import DAY, rules, shown

FOLDER: Final = Path(__file__).parent / "profiles"

DATA: Final = {
    "trees.csv": "code,name,height,evergreen\n11000,Oak,30,no\n12000,Pine,25,yes\n21000,Holly,10,yes\n",
}


@dataclass(frozen=True, slots=True)
class Section:
    """Declarations, and for each case a profile and what is expected of it."""

    title: str
    declarations: str
    cases: tuple[tuple[str, str], ...]

    @property
    def day(self) -> str:
        found = re.match(r"\d{4}-\d{2}-\d{2}", self.title)
        return found[0] if found else DAY


def sections(path: Path) -> Iterator[Section]:
    for part in path.read_text("utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        declarations, *cases = re.split(r"^---\n", body, flags=re.MULTILINE)
        found = (case.partition("\nexpect\n") if "\nexpect\n" in case else ("", "", case[7:]) for case in cases)
        yield Section(title, declarations, tuple((given, expected) for given, _, expected in found))


ALL: Final = [(path.stem, section) for path in sorted(FOLDER.glob("*.txt")) for section in sections(path)]


@pytest.mark.parametrize(("stem", "section"), ALL, ids=[f"{stem}: {section.title}" for stem, section in ALL])
def test_cases(stem: str, section: Section, tmp_path: Path) -> None:
    of = rules(tmp_path, section.declarations, DATA, section.day)
    program = compile_graph(of.graph, of.catalog)
    wrong = []
    for given, expected in section.cases:
        profile = of.profile(read(Source("given.yaml", given or "{}"), "yaml"))
        values = evaluated(program, profile.facts, profile.answers, of.assessed_on)
        for line in filter(None, (line.split(" #")[0].strip() for line in expected.splitlines())):
            name, _, value = line.partition(" is ")
            got = shown(values.outcome(f"club.{name}"))
            if got != value:
                wrong.append(f"{name} is {got}, not {value}, given {given.strip()}")
    assert wrong == []
