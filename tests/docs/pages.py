"""What stands in a page of the documentation and can be tried, in the order in which a reader comes to it.

What to do with a block is said by the block's language and by the paragraph before it, where the reader sees it too:

- a paragraph that ends in "Save … `path`:" saves the block as that file, "Add … `path`:" adds it to the file's end, and
  "From … `path`:" quotes a file of the project word for word, with `…` alone on a line for what is left out;
- "In `path`, change `this` to `that`" does so, wherever it stands;
- a `policy` block without such a paragraph goes on with the file saved or added to last;
- a `python` block is run; a `text` block after it is what it prints;
- a `console` block holds commands after `$ `, and after each what it prints on standard output and standard error;
- an `sh` block is for a fresh machine: it installs and then runs;
- a `yaml`, `json` or `toml` block without such a paragraph is a profile;
- a table headed `Expression | Type | Gives` holds expressions to try with the page's sample `me`.

In what is printed, `…` stands for what is left out: alone on a line for any lines, elsewhere for any part of the line.
A block that is none of these must come after the comment `<!-- not tried -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

FENCE: Final = re.compile(r"(?P<ticks>```+)(?P<language>[^\s`]*)[^`]*")
ASKED: Final = re.compile(
    r"\b(?P<verb>Save|Add|From)\b(?:(?!\b(?:Save|Add|From)\b)[^`:]|`[^`]*`(?!:))*`(?P<path>[^`]+)`:$"
)
CHANGE: Final = re.compile(r"\bIn `(?P<path>[^`]+)`, change `(?P<old>[^`]+)` to `(?P<new>[^`]+)`")
NOT_TRIED: Final = "<!-- not tried -->"
HEADER: Final = ["Expression", "Type", "Gives"]

Kind: TypeAlias = Literal[
    "save", "add", "quote", "change", "continue", "python", "printed", "console", "sh", "profile", "expression"
]
VERBS: Final[dict[str, Kind]] = {"Save": "save", "Add": "add", "From": "quote"}
LANGUAGES: Final[dict[str, Kind]] = {
    "policy": "continue",
    "python": "python",
    "console": "console",
    "sh": "sh",
    "yaml": "profile",
    "json": "profile",
    "toml": "profile",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try.

    `text` is the block; for a change the new text and for an expression the expression. `about` is the path of a file,
    the language of a profile, or the type of an expression; `old` what is changed, or what the expression gives.
    """

    kind: Kind
    line: int
    text: str
    about: str = ""
    old: str = ""


def steps(page: str) -> Iterator[Step]:
    """Everything in a page that can be tried. Raises ValueError for a block that does not say what it is for."""
    paragraph = ""
    previous: Step | None = None
    for line, language, text in pieces(page):
        if language is not None:
            previous = _block(line, language, text, paragraph, previous)
            if previous is not None:
                yield previous
            paragraph = ""
        else:
            paragraph = " ".join(text.split())
            yield from _table(line, text) if text.startswith("|") else _changes(line, paragraph)


def pieces(page: str) -> Iterator[tuple[int, str | None, str]]:
    """The fenced blocks and paragraphs of a page: first line, language of a block or None, text."""
    lines = page.split("\n")
    at = 0
    while at < len(lines):
        start = at
        fence = FENCE.fullmatch(lines[at])
        if fence is not None:
            at = lines.index(fence["ticks"], at + 1)
            yield start + 1, fence["language"], "".join(f"{line}\n" for line in lines[start + 1 : at])
            at += 1
            continue
        if "```" in lines[at]:
            raise ValueError(f"line {at + 1}: a block must begin at the margin, with its language")
        while at < len(lines) and lines[at].strip() and FENCE.fullmatch(lines[at]) is None:
            at += 1
        if at > start:
            yield start + 1, None, "\n".join(lines[start:at])
        else:
            at += 1


def _block(line: int, language: str, text: str, paragraph: str, previous: Step | None) -> Step | None:
    if paragraph == NOT_TRIED or language.startswith("{"):
        return None
    if (asked := ASKED.search(paragraph)) is not None:
        return Step(VERBS[asked["verb"]], line, text, asked["path"])
    if language == "text" and previous is not None and previous.kind == "python":
        return Step("printed", line, text)
    if language in LANGUAGES:
        return Step(LANGUAGES[language], line, text, language)
    raise ValueError(f"line {line}: nothing says what this block of `{language}` is for")


def _changes(line: int, paragraph: str) -> Iterator[Step]:
    for change in CHANGE.finditer(paragraph):
        yield Step("change", line, change["new"], change["path"], change["old"])


def _table(line: int, text: str) -> Iterator[Step]:
    rows = [[cell.strip().strip("`") for cell in row.strip().strip("|").split("|")] for row in text.split("\n")]
    if rows[0] == HEADER:
        for number, (expression, type_, gives) in enumerate(rows[2:], start=line + 2):
            yield Step("expression", number, expression, type_, gives)
