"""Whatever is done to the shipped policies, reading and checking them gives mistakes and never an exception."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy.check.checked import check
from policy.diagnostics import Diagnostic, as_json, as_text
from policy.model.program import epochs, program_on
from policy.model.versions import arrange
from policy.syntax.days import read_day
from policy.syntax.parse import parse, read_source
from policy.syntax.tree import Module
from policy.text import Source

POLICIES: Final = Path(__file__).parents[2] / "policies"
PATHS: Final = sorted(path for path in POLICIES.rglob("*.policy") if path.stat().st_size < 60_000)
TOKEN: Final = re.compile(r'"[^"\n]*"|\w+|[^\w\s]')

SIGNS: Final = (
    *'"#()[]{}|-.,:*/+<>=$€ \t\n',
    "..",
    "->",
    "\n\n",
    "\r",
    "\x00",
    "\ufeff",
    "é",
    "図",
    "\u202e",
    "\u2028",
)
WORDS: Final = (
    *("define", "requirement", "table", "record", "policy", "replace", "repeal", "is", "when", "otherwise", "where"),
    *("all of", "for each", "in", "none", "given", "cites", "effective", "2024-02-30", "0", "007", "9" * 50, "12*"),
    *("years", "€3", "list of", "optional", "by", "across", "below", "example", "on", "expect", "like", "value"),
)


@dataclass(frozen=True)
class Change:
    """One change to a text: what kind, where as a share of its length, how far, and what comes in."""

    kind: str
    where: float
    size: int
    word: str

    def __call__(self, text: str) -> str:
        return CHANGES[self.kind](text, self)


def characters(text: str, change: Change) -> str:
    """Some characters replaced, taken out or put in."""
    at = int(change.where * len(text))
    return text[:at] + change.word + text[at + change.size :]


def tokens(text: str, change: Change) -> str:
    """Some words replaced."""
    spans = [match.span() for match in TOKEN.finditer(text)]
    if not spans:
        return change.word
    first = int(change.where * len(spans))
    last = min(len(spans) - 1, first + change.size // 4)
    return text[: spans[first][0]] + change.word + text[spans[last][1] :]


def dropped_lines(text: str, change: Change) -> str:
    """Some lines taken out."""
    lines = text.splitlines(keepends=True)
    at = int(change.where * len(lines))
    return "".join(lines[:at] + lines[at + change.size :])


def moved_lines(text: str, change: Change) -> str:
    """Some lines moved elsewhere, or doubled."""
    lines = text.splitlines(keepends=True)
    at = int(change.where * len(lines))
    moved = lines[at : at + change.size]
    rest = lines[:at] + lines[at + change.size :] if change.size % 2 else lines
    to = (at * 7919) % (len(rest) + 1)
    return "".join(rest[:to] + moved + rest[to:])


def indented_lines(text: str, change: Change) -> str:
    """Some lines moved to the left or right."""
    lines = text.splitlines(keepends=True)
    at = int(change.where * len(lines))
    shift = change.size - 6
    for i in range(at, min(len(lines), at + change.size)):
        blank = len(lines[i]) - len(lines[i].lstrip(" "))
        lines[i] = " " * shift + lines[i] if shift > 0 else lines[i][min(-shift, blank) :]
    return "".join(lines)


CHANGES: Final[dict[str, Callable[[str, Change], str]]] = {
    "characters": characters,
    "tokens": tokens,
    "dropped lines": dropped_lines,
    "moved lines": moved_lines,
    "indented lines": indented_lines,
}

changes = st.builds(
    Change,
    st.sampled_from(sorted(CHANGES)),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 12),
    st.sampled_from(("", *SIGNS, *WORDS)),
)


@cache
def modules() -> dict[Path, Module]:
    """The shipped policies, read once."""
    return {path: parse(read_source(path, str(path))[0]).module for path in sorted(POLICIES.rglob("*.policy"))}


def mistakes_after(path: Path, text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the shipped policies when one file has this text, on its first day and on the last of all."""
    parsed = parse(Source(str(path), text))
    timelines, found = arrange({**modules(), path: parsed.module}.values())
    days = epochs(timelines)
    first = read_day(path.stem) or days[0]
    for day in {first, days[-1]}:
        found += check(program_on(timelines, day), POLICIES / "data").diagnostics
    return (*parsed.diagnostics, *found)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PATHS), st.lists(changes, min_size=1, max_size=3))
def test_a_changed_policy_gives_mistakes_and_no_exception(path: Path, done: list[Change]) -> None:
    text = path.read_text("utf-8")
    for change in done:
        text = change(text)
    found = mistakes_after(path, text)
    as_text(found)
    for mistake in found:
        as_json(mistake)
        assert mistake.help
        assert mistake.span is None or mistake.span.end <= len(mistake.span.source.text)


def test_unchanged_policies_give_no_mistakes() -> None:
    assert as_text(mistakes_after(PATHS[0], PATHS[0].read_text("utf-8"))) == ""
