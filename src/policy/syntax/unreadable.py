"""A syntax error in plain words: what stands there, what could, and what was probably meant."""

from __future__ import annotations

import re
from typing import Final, cast

from lark import Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from policy.diagnostics import Diagnostic, did_you_mean
from policy.frozen import dataclass
from policy.syntax import errors
from policy.syntax.grammar import keywords
from policy.syntax.words import RESERVED
from policy.text import Source, Span

WORD: Final = re.compile(r"[\w$€£¥.*]+|->|\.\.<?|[<>]=|[^\s]")
QUOTED: Final = re.compile(r'"[^"\n]*"|#[^\n]*')
BRACKETS: Final = re.compile(rf"{QUOTED.pattern}|[()\[\]{{}}]")
SOMETHING: Final = re.compile(rf'{QUOTED.pattern}|[^\s"#]+|"')
BLANK: Final = re.compile(r"(?:\s|#[^\n]*)*")
LAST_WORD: Final = re.compile(r"(\w+)\s*$")
SIGNS: Final = '"-|.$_()[]{},:*/+<>#€£¥'
PARTNERS: Final = {")": "(", "]": "[", "}": "{"}

VALUE: Final = frozenset({"NAME", "NUMBER", "LPAR", "STRING", "DATE"})
"""Terminals that together say that a value may begin here."""

AFTER_VALUE: Final = frozenset({"PLUS", "COMPARISON"})
"""Terminals that together say that a value has just ended."""

TYPE: Final = frozenset({"NAME", "LIST", "OPTIONAL"})
"""Terminals that together say that a type may begin here."""

CLAUSES: Final = frozenset({"EN", "FR", "CITES", "UNCONFIRMED", "ASKS", "SYMBOL", "LPAR"})
"""Terminals of clauses that may be there, and may be left out."""

MISREAD: Final = RESERVED - {"yes", "no", "none", "given"}
"""Words that are read as names where only a value may stand, since no rule of the grammar has them there."""

MOST_WORDS: Final = 6
"""More things that could stand there than this are no help."""

LONGEST_WORD: Final = 80
"""How far back the word before a place is looked for."""

PLAIN_WORDS: Final = {
    "NAME": "a name",
    "SOURCE_NAME": "an abbreviation that begins with a capital",
    "STRING": 'a text in `"`',
    "NUMBER": "a number",
    "DATE": "a date",
    "PLAIN": "a value",
    "CITES": "`cites`",
    "APPLIES_WHEN": "`applies when`",
    "EXPECT": "`expect`",
    "BULLET": "a bullet",
    "_OPEN": "a list of bullets",
    "ROW": "a row that begins with `|`",
    "BAR": "`|`",
    "RPAR": "`)`",
    "RBRACE": "`}`",
    "RSQB": "`]`",
    "LPAR": "`(`",
    "LBRACE": "`{`",
    "COLON": "`:`",
    "COMMA": "`,`",
    "UNIT": "a unit",
    "_ARROW": "`->`",
}
"""What terminals with a pattern of their own are called; a keyword is called by itself."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the reading of a declaration stopped: its source and beginning, the place, and what could stand there."""

    source: Source
    start: int
    at: int
    accepted: frozenset[str]

    @property
    def in_clauses(self) -> bool:
        """Whether a clause of the declaration could stand there."""
        return "EN" in self.accepted

    @property
    def after_value(self) -> bool:
        """Whether a value has just ended."""
        return self.accepted >= AFTER_VALUE

    @property
    def line(self) -> Span:
        """The line of the place."""
        begin = self.source.text.rfind("\n", 0, self.at) + 1
        end = self.source.text.find("\n", self.at)
        return self.source.span(begin, len(self.source.text) if end < 0 else end)

    @property
    def word(self) -> Span:
        """The word or sign at the place."""
        match = WORD.match(self.source.text, self.at)
        return self.source.span(self.at, match.end() if match else self.at + 1)

    @property
    def word_before(self) -> Span:
        """The word that the text before the place ends in; nothing when it ends in a sign."""
        begin = max(self.start, self.at - LONGEST_WORD)
        match = LAST_WORD.search(self.source.text[begin : self.at])
        place = (self.at, self.at) if match is None else (begin + match.start(1), begin + match.end(1))
        return self.source.span(*place)

    @property
    def open_bracket(self) -> Span | None:
        """The innermost bracket still open at the place."""
        opened: list[int] = []
        for match in BRACKETS.finditer(self.source.text, self.start, self.at):
            sign = match[0]
            if sign in PARTNERS:
                if opened and self.source.text[opened[-1]] == PARTNERS[sign]:
                    opened.pop()
            elif sign in PARTNERS.values():
                opened.append(match.start())
        return self.source.span(opened[-1], opened[-1] + 1) if opened else None


def explain(source: Source, start: int, text: str, problem: UnexpectedInput) -> Diagnostic:
    """The mistake that made the text of a declaration, which begins at `start`, unreadable."""
    if isinstance(problem, UnexpectedCharacters):
        at = start + cast(int, problem.pos_in_stream)
        return _word(Stop(source, start, at, frozenset(problem.allowed or ())))
    assert isinstance(problem, UnexpectedToken)
    token: Token = problem.token
    accepted = frozenset(problem.accepts or problem.expected)
    end = start + len(text.rstrip())
    if ends_early(problem) or token.start_pos is None:
        return _end(Stop(source, start, end, accepted))
    stop = Stop(source, start, start + token.start_pos, accepted)
    if token.type in {"_OPEN", "BULLET", "MINUS"}:
        return errors.unexpected(source.span(stop.at, stop.at + 1), "-", _wanted(stop), _about_bullet(stop))
    if token.type == "ROW" and "BAR" in accepted:
        return errors.open_row(_last_character(stop))
    if token.type == "_CLOSE":
        after = BLANK.match(source.text, stop.at)
        assert after is not None
        if after.end() >= end:
            return _end(Stop(source, start, end, accepted))
        stop = Stop(source, start, after.end(), accepted)
    word = source.span(stop.at, stop.at + len(token)) if token.type == "APPLIES_WHEN" else stop.word
    return _word(stop, word)


def ends_early(problem: UnexpectedInput) -> bool:
    """Whether the text is readable as far as it goes, but ends before the declaration does."""
    return isinstance(problem, UnexpectedToken) and problem.token.type == "$END"


def _end(stop: Stop) -> Diagnostic:
    """The end of the declaration, where something is missing."""
    if "BAR" in stop.accepted and "|" in stop.line.text:
        return errors.open_row(_last_character(stop))
    wanted = _wanted(stop, leave_out=CLAUSES)
    return errors.unexpected(_last_character(stop), "", wanted, "finish the declaration", stop.open_bracket)


def _word(stop: Stop, word: Span | None = None) -> Diagnostic:
    """A word, sign or strange character where it cannot stand."""
    first = stop.source.text[stop.at]
    if stop.line.text.count('"') % 2 and (first == '"' or '"' in stop.line.text[: stop.at - stop.line.start]):
        at = stop.line.start + stop.line.text.index('"') if first != '"' else stop.at
        return errors.unterminated_text(stop.source.span(at, stop.line.end))
    if not ((first.isascii() and first.isalnum()) or first in SIGNS):
        return errors.strange_character(stop.source.span(stop.at, stop.at + 1), first)
    word = word or stop.word
    before = stop.word_before
    if stop.after_value and before.text in MISREAD:
        return errors.unexpected(before, before.text, "expected a value", "write a name, a number or a bracket first")
    if (word.text == "or" and "AND" in stop.accepted) or (word.text == "and" and "OR" in stop.accepted):
        return errors.mixed_logic(word)
    if word.text == "cites" and not stop.source.text[word.end : stop.line.end].strip():
        return errors.bad_citation(word, "")
    if word.text in PARTNERS and stop.open_bracket is None:
        return errors.unexpected(word, word.text, "nothing is open that it could close", "leave it out")
    closers = {"RPAR", "RBRACE", "RSQB"} & stop.accepted
    opened = stop.open_bracket if closers else None
    wanted = _wanted(stop)
    return errors.unexpected(word, word.text, wanted, _advice(stop, word.text, wanted), opened)


def _advice(stop: Stop, word: str, wanted: str) -> str:
    """What to do about a word that cannot stand where it does."""
    if re.match(r"applies\s+when", word) and "IS" in stop.accepted:
        return "write it after the body, at the end of the declaration"
    known = {keyword for name in stop.accepted if (keyword := keywords().get(name))}
    if stop.accepted >= VALUE:
        known -= {"yes", "no", "when", "not"}
    if word.isalpha() and len(word) > 2 and (near := did_you_mean(word, known)):
        return near
    if word == "|" and stop.accepted >= VALUE:
        return "write `-` in a cell for anything"
    if word == "rounded" and stop.after_value:
        return "write brackets around what is rounded, such as `(a + b) rounded down to 1`"
    if "THEN" in stop.accepted:
        return "write `then` before it, or an operator"
    if stop.after_value:
        return "put an operator, a comma or a bracket before it, or leave it out"
    if stop.in_clauses and wanted:
        return "begin the line with one of these words, or leave it out"
    if word == "|":
        return "rows stand in a `table` or `scale`, after its other clauses"
    if stop.accepted >= VALUE:
        return "write a name, a number, or something in brackets"
    return "write that here first, or leave this out"


def _about_bullet(stop: Stop) -> str:
    """What to do about a bullet that cannot stand where it does."""
    if stop.after_value:
        return "bullets of one list stand in one column; to subtract, write the `-` at the end of the line above"
    return "bullets stand under `all of`, `any of`, `sum of` and their like, `given` and `expect`, in one column"


def _wanted(stop: Stop, *, leave_out: frozenset[str] = frozenset()) -> str:
    """The few things that could stand there, in plain words; nothing when they are too many to help."""
    rest = set(stop.accepted) - {"MINUS"}
    if rest >= VALUE:
        return "expected a value"
    if rest >= TYPE:
        return "expected a type"
    if stop.after_value:
        rest &= {"RPAR", "RBRACE", "RSQB", "THEN", "OTHERWISE", "COMMA"}
    elif rest - leave_out:
        rest -= leave_out
    words = []
    for name in sorted(rest):
        word = PLAIN_WORDS.get(name) or (f"`{keywords()[name]}`" if name in keywords() else None)
        if word is not None and word not in words:
            words.append(word)
    return f"expected {errors.listed(words)}" if 0 < len(words) <= MOST_WORDS else ""


def _last_character(stop: Stop) -> Span:
    """The last character before the place that is neither blank nor of a comment."""
    found = [m for m in SOMETHING.finditer(stop.source.text, stop.start, stop.at) if not m[0].startswith("#")]
    end = found[-1].end() if found else stop.at
    return stop.source.span(end - 1, end)
