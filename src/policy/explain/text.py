"""An explanation as a tree for a terminal, and what every rendering does with a text before it prints it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from policy.explain.report import Missing, Report, State, Step, Unread
from policy.explain.words import NBSP, say, state_word
from policy.frozen import dataclass

SYMBOLS: Final[Mapping[State, str]] = {
    State.MET: "✓",
    State.NOT_MET: "✗",
    State.UNKNOWN: "?",
    State.NOT_APPLICABLE: "–",
    State.FAULT: "!",
    State.VALUE: "•",
    State.COUNTED: "+",
    State.NOT_COUNTED: "·",
    State.POSSIBLE: "~",
}
"""One sign for each state, one column wide. A sign never stands without the word."""

GREEN: Final = "32"
RED: Final = "31"
YELLOW: Final = "33"
BOLD: Final = "1"
DIM: Final = "2"
PLAIN: Final = ""

STYLES: Final[Mapping[State, str]] = {
    State.MET: GREEN,
    State.NOT_MET: RED,
    State.UNKNOWN: YELLOW,
    State.NOT_APPLICABLE: DIM,
    State.FAULT: RED,
    State.VALUE: PLAIN,
    State.COUNTED: GREEN,
    State.NOT_COUNTED: DIM,
    State.POSSIBLE: YELLOW,
}

NARROWEST: Final = 24
"""Columns below which no tree can be read: a narrower terminal gets lines of this width."""

GAP: Final = 2
"""The least distance between a title and the citation on its line."""

ESCAPE_SEQUENCES: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, movements of the cursor
    r"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"  # titles, links, clipboard
    r"|\x1b[ -/]*[0-~]"
)
LINE_ENDS: Final = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")
TURNING: Final = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Invisible characters that turn the direction of all that follows: they can make a text read as what it is not."""

Pieces: TypeAlias = Sequence[tuple[str, str]]
"""Texts in the order of reading, each after its ANSI code."""


def as_text(report: Report, *, colour: bool = False, width: int = 100) -> str:
    """A tree to read in a terminal: no line is wider than `width` columns, and only plain spaces end a line."""
    paper = _Paper(max(width, NARROWEST), colour)
    language = report.language
    blocks: list[Iterable[str]] = [paper.lines(((BOLD, report.heading),)), _paragraphs(paper, report.intro)]
    assumed = [_step(paper, step, language, depth=1) for step in report.assumed]
    unread = [_unread(paper, fact, language) for fact in report.unread]
    blocks += _lists(paper, language, assumed=assumed, unread=unread)
    blocks += [_step(paper, step, language, depth=0) for step in report.outcomes]
    facts = [_fact(paper, fact, language) for fact in report.missing if fact.decision is None]
    questions = [_question(paper, fact, language) for fact in report.missing if fact.decision is not None]
    remarks = [_step(paper, step, language, depth=1) for step in report.remarks]
    blocks += _lists(paper, language, missing=facts, questions=questions, remarks=remarks)
    blocks.append(_paragraphs(paper, report.closing))
    return "\n\n".join(text for text in map("\n".join, blocks) if text)


def clean(text: str) -> str:
    """A text on one line, without what would steer a terminal, hide a part of the text, or turn its direction."""
    kept = "".join(map(_kept, ESCAPE_SEQUENCES.sub("", text)))
    return re.sub(" +", " ", kept).strip()


def said(step: Step, language: str) -> tuple[str, str]:
    """A line in two parts: what it is about with its value, and how it came out, in words.

    `("Age: 34 years", "met")`; `("Visit 2", "counts: 3 hours")`; `("Fee: $12", "")`.
    """
    title, value, word = clean(step.title), clean(step.value), state_word(step.state, language)
    if value in (title, word) or (step.state is State.UNKNOWN and value == say("unknown", language)):
        value = ""
    if value and step.state in (State.FAULT, State.COUNTED, State.NOT_COUNTED, State.POSSIBLE):
        return title, say("colon", language, label=word, value=value)
    if title and value:
        asked = title.endswith("?")
        return f"{title} {value}" if asked else say("colon", language, label=title, value=value), word
    return title or value, word


def mark(text: str, language: str) -> str:
    """The line that says what could not be confirmed."""
    why = clean(text)
    return (
        say("colon", language, label=say("unconfirmed", language), value=why) if why else say("unconfirmed", language)
    )


def decision(provision: str, language: str) -> str:
    """The line that says under which provision somebody must decide."""
    under = clean(provision)
    return say("decide", language, provision=under) if under else say("decide plain", language)


def _kept(character: str) -> str:
    """What stays of a character."""
    if character in LINE_ENDS:
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    return "" if category == "Cc" or character in TURNING else character


@dataclass(frozen=True, slots=True)
class _Paper:
    """How wide the lines are, and whether there is colour."""

    width: int
    colour: bool

    def paint(self, style: str, text: str) -> str:
        """A text in a style."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and style and text else text

    def line(self, words: Pieces) -> str:
        """Words with spaces between them; neighbours of one style are painted together."""
        runs: list[tuple[str, str]] = []
        for style, word in words:
            if runs and runs[-1][0] == style:
                runs[-1] = (style, f"{runs[-1][1]} {word}")
            else:
                runs.append((style, word))
        return " ".join(self.paint(style, text) for style, text in runs)

    def lines(self, pieces: Pieces) -> Iterator[str]:
        """Pieces as lines without a margin."""
        return map(self.line, _wrap([(style, clean(text)) for style, text in pieces], self.width))

    def entry(self, depth: int, sign: tuple[str, str], title: Pieces, aside: str, beneath: Pieces) -> Iterator[str]:
        """A line with its sign, something at its right end, and lines beneath; each line hangs under the title."""
        indent = min(2 * depth, self.width // 2)
        margin = " " * (indent + 2)
        room = self.width - len(margin)
        lines = _wrap(title, room)
        distance = room - _columns(" ".join(word for _, word in lines[-1])) - _columns(aside)
        for number, words in enumerate(lines):
            start = margin if number else f"{' ' * indent}{self.paint(*sign)} "
            end = " " * distance + self.paint(DIM, aside) if words is lines[-1] and aside and distance >= GAP else ""
            yield start + self.line(words) + end
        if aside and distance < GAP:
            for words in _wrap([(DIM, aside)], room):
                yield margin + " " * (room - _columns(" ".join(word for _, word in words))) + self.line(words)
        for piece in beneath:
            yield from (margin + self.line(words) for words in _wrap([piece], room) if words)


def _lists(paper: _Paper, language: str, **entries: Sequence[Iterable[str]]) -> Iterator[Iterable[str]]:
    """Lists under their headings; one that holds nothing is left out."""
    for name, lines in entries.items():
        if lines:
            yield (*paper.lines(((BOLD, say(name, language)),)), *(line for one in lines for line in one))


def _paragraphs(paper: _Paper, texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in paper.lines([(PLAIN, text)])]


def _step(paper: _Paper, step: Step, language: str, depth: int) -> Iterator[str]:
    """A line of the explanation and the lines beneath it."""
    style, title_style = STYLES[step.state], PLAIN if depth else BOLD
    title, how = said(step, language)
    pieces = [(title_style, title), (style, f"—{NBSP}{how}")] if how else [(title_style, title)]
    beneath = [(PLAIN, clean(text)) for text in step.details]
    beneath += [(YELLOW, mark(text, language)) for text in step.marks]
    cites = "; ".join(clean(cite.text) for cite in step.cites)
    yield from paper.entry(depth, (style, SYMBOLS[step.state]), pieces, cites, beneath)
    for child in step.children:
        yield from _step(paper, child, language, depth + 1)


def _fact(paper: _Paper, fact: Missing, language: str) -> Iterator[str]:
    """A fact that is missing, where it goes, and the question that asks for it."""
    beneath = [(PLAIN, clean(fact.question))] if fact.question not in ("", fact.label) else []
    return _wanted(paper, fact, language, beneath)


def _unread(paper: _Paper, fact: Unread, language: str) -> Iterator[str]:
    """A fact that was not looked at, and where it stands."""
    path = say("in profile", language, path=clean(fact.path))
    sign = (STYLES[State.NOT_COUNTED], SYMBOLS[State.NOT_COUNTED])
    return paper.entry(1, sign, [(PLAIN, clean(fact.label))], path, [])


def _question(paper: _Paper, fact: Missing, language: str) -> Iterator[str]:
    """A question that somebody must decide, where the answer goes, and the provision."""
    return _wanted(paper, fact, language, [(PLAIN, decision(fact.decision or "", language))])


def _wanted(paper: _Paper, fact: Missing, language: str, beneath: Pieces) -> Iterator[str]:
    path = say("in profile", language, path=clean(fact.path))
    sign = (STYLES[State.UNKNOWN], SYMBOLS[State.UNKNOWN])
    return paper.entry(1, sign, [(PLAIN, clean(fact.label))], path, beneath)


def _wrap(pieces: Pieces, width: int) -> list[list[tuple[str, str]]]:
    """Words in lines no wider than this; a word is cut only where a line cannot hold it."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0
    for style, text in pieces:
        for word in text.split(" "):
            for part in _cut(word, width):
                columns = _columns(part)
                if lines[-1] and used + 1 + columns > width:
                    lines.append([])
                    used = 0
                used += columns + (1 if lines[-1] else 0)
                lines[-1].append((style, part))
    return lines


def _cut(word: str, width: int) -> Iterator[str]:
    """A word in parts that each fit; a mark stays with the character before it."""
    part, used = "", 0
    for character in word:
        columns = _columns(character)
        if part and used + columns > width:
            yield part
            part, used = "", 0
        part, used = part + character, used + columns
    yield part


def _columns(text: str) -> int:
    """Columns that a terminal gives a text: wide characters take two, marks and joiners none."""
    return sum(map(_column, text))


def _column(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
