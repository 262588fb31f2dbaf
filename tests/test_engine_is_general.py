"""The engine knows no immigration: what it selects for is in the policy files alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest

import policy

PACKAGE: Final = Path(policy.__file__).parent
POLICIES: Final = Path(__file__).parent.parent / "policies"

# Patterns, any case. No hyphen in the last: the distribution's own name, `express-entry-policy`, tells no rule.
WORDS_OF_THE_SUBJECT: Final = (
    *("CLB", "NCLC", "NOC", "IELTS", "CELPIP", "PTE", "TEF", "TCF", "CRS", "CEC", "FSW", "FST", "TEER", "LMIA"),
    *("IRCC", "IRPA", "IRPR", "Canada", "Canadian", r"Qu[eé]bec", "Ottawa", r"immigra\w*", "visa", "nominee"),
    r"express[\s_]*entry",
)

# Policies whose names are ordinary words, which an engine for any subject may use.
ORDINARY_NAMES: Final = frozenset(
    ("candidate", "categories", "country", "experience", "funds", "language", "rounds", "sources")
)


def policy_names(folder: Path) -> set[str]:
    """The policies of a folder: one that is a single file, or has a folder of dated files."""
    dated = {path.parent.name for path in folder.glob("*/*.policy")}
    return dated | {path.stem for path in folder.glob("*.policy")}


def words_found(path: str, source: str, words: Iterable[str]) -> Iterator[str]:
    """Each place in a module or its file name with one of the words; `NocCode` and `noc_code` both have `noc`."""
    either = "|".join(words)
    # The name goes first, as line 0: then the number of line ends before a word is the number of its line.
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})", "_", f"{path}\n{source}")
    for found in re.finditer(rf"(?<![^\W\d_])(?:{either})s?(?![^\W\d_])", text, re.IGNORECASE):
        yield f"{path}:{text.count(chr(10), 0, found.start())} says {found.group()}"


def forbidden_words(policies: Path) -> list[str]:
    """The words of the subject, and the names of the policies that are not ordinary words."""
    names = sorted(policy_names(policies) - ORDINARY_NAMES)
    return [*WORDS_OF_THE_SUBJECT, *(name.replace("_", r"[\s_]*") for name in names)]


def test_the_engine_knows_no_immigration() -> None:
    words = forbidden_words(POLICIES)
    modules = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    assert [line for path, source in modules.items() for line in words_found(path, source, words)] == []


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ('"""Points for a CLB of 9."""', "CLB"),
        ("limit = 1  # as IRCC has it", "IRCC"),
        ("noc_2021 = 1", "noc"),
        ("class NocCode: ...", "Noc"),
        ("class CRSTotal: ...", "CRS"),
        ("def jobs_in_canada(): ...", "canada"),
        ("x = 'NOCs'", "NOCs"),
        ("# immigration", "immigration"),
        ("# Express\n", None),
        ("# Express Entry", "Express Entry"),
        ("class ExpressEntry: ...", "Express_Entry"),
        ("version('express-entry-policy')", None),
        ("# a crust, a visage and the nocturnal seconds of a candidate's funds", None),
    ],
)
def test_a_planted_word_is_found(source: str, word: str | None) -> None:
    expected = [] if word is None else [f"check/ranges.py:1 says {word}"]
    assert list(words_found("check/ranges.py", source, WORDS_OF_THE_SUBJECT)) == expected


def test_a_planted_file_name_is_found() -> None:
    assert list(words_found("check/noc.py", "", WORDS_OF_THE_SUBJECT)) == ["check/noc.py:0 says noc"]


def test_the_name_of_a_policy_is_forbidden_unless_it_is_an_ordinary_word(tmp_path: Path) -> None:
    for name in ("library_fines/2024-01-01", "language/2024-01-01", "candidate"):
        file = tmp_path / f"{name}.policy"
        file.parent.mkdir(exist_ok=True)
        file.touch()
    (tmp_path / "data").mkdir()
    words = forbidden_words(tmp_path)
    assert words[len(WORDS_OF_THE_SUBJECT) :] == [r"library[\s_]*fines"]
    assert list(words_found("graph/node.py", "\n# library fines", words)) == ["graph/node.py:2 says library fines"]
