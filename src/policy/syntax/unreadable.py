"""A syntax error in plain words: what stands there, what could, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, cast

from lark import Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from policy.diagnostics import Diagnostic, did_you_mean
from policy.syntax import errors
from policy.syntax.grammar import keywords
from policy.text import Source, Span

WORD: Final = re.compile(r"[\w$€£¥.*]+|->|\.\.<?|[<>]=|[^\s]")
SKIPPED: Final = re.compile(r'"[^"\n]*"|#[^\n]*|[()\[\]{}]')
PARTNERS: Final = {")": "(", "]": "[", "}": "{"}

VALUES: Final = frozenset({"NAME", "NUMBER", "LPAR", "STRING", "DATE"})
"""Terminals that together say that a value may begin here."""

AFTER_VALUES: Final = frozenset({"PLUS", "STAR", "COMPARISON"})
"""Terminals that together say that a value has just ended."""

TYPES: Final = frozenset({"NAME", "LIST", "OPTIONAL"})
"""Terminals that together say that a type may begin here."""

MOST_WORDS: Final = 6
"""More things that could stand there than this are no help."""

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


def explain(source: Source, start: int, text: str, problem: UnexpectedInput) -> Diagnostic:
    """The mistake that made the text of a declaration, which begins at `start`, unreadable."""
    if isinstance(problem, UnexpectedCharacters):
        return _character(source, start + cast(int, problem.pos_in_stream), text, start, problem)
    assert isinstance(problem, UnexpectedToken)
    token: Token = problem.token
    accepted = frozenset(problem.accepts or problem.expected)
    if ends_early(problem) or token.start_pos is None:
        end = start + len(text.rstrip())
        return errors.unexpected(
            source.span(max(start, end - 1), end),
            "",
            _wanted(accepted),
            "finish the declaration",
            _open_bracket(source, start, end),
        )
    at = start + token.start_pos
    if token.type in {"_OPEN", "BULLET", "MINUS"}:
        return errors.unexpected(source.span(at, at + 1), "-", _wanted(accepted), _about_bullet(accepted))
    if token.type == "_CLOSE":
        at = _next_word(source, at)
        return _word(source, start, _word_span(source, at), accepted)
    return _word(source, start, source.span(at, at + max(1, len(token))), accepted)


def ends_early(problem: UnexpectedInput) -> bool:
    """Whether the text is readable as far as it goes, but ends before the declaration does."""
    return isinstance(problem, UnexpectedToken) and problem.token.type == "$END"


def _character(source: Source, at: int, text: str, start: int, problem: UnexpectedCharacters) -> Diagnostic:
    """A character with which no word begins that could stand there."""
    character = source.text[at]
    line_end = source.text.find("\n", at)
    line_end = len(source.text) if line_end < 0 else line_end
    if character == '"' and '"' not in source.text[at + 1 : line_end]:
        return errors.unterminated_text(source.span(at, line_end))
    if character.isascii() and (character.isalnum() or character in '"-|.$_()[]{},:*/+<>'):
        return _word(source, start, _word_span(source, at), frozenset(problem.allowed or ()))
    return errors.strange_character(source.span(at, at + 1), character)


def _word(source: Source, start: int, span: Span, accepted: Collection[str]) -> Diagnostic:
    """A word or sign that the language has, where it cannot stand."""
    word = span.text
    if (word, "AND" in accepted) == ("or", True) or (word, "OR" in accepted) == ("and", True):
        return errors.mixed_logic(span)
    if re.match(r"applies\s+when", word) and "IS" in accepted:
        return errors.unexpected(span, word, "", "write it after the body, at the end of the declaration")
    opened = _open_bracket(source, start, span.start) if {"RPAR", "RBRACE", "RSQB"} & set(accepted) else None
    return errors.unexpected(span, word, _wanted(accepted), _advice(word, accepted), opened)


def _advice(word: str, accepted: Collection[str]) -> str | None:
    """What to do about a word that cannot stand where it does."""
    known = {keyword for name in accepted if (keyword := keywords().get(name))}
    if "NAME" in accepted and set(accepted) >= VALUES:
        known -= {"yes", "no", "when", "not"}
    if word.isalpha() and (near := did_you_mean(word, known)):
        return near
    if set(accepted) >= AFTER_VALUES:
        return "put an operator, a comma or a bracket before it, or leave it out"
    if "BAR" in accepted:
        return "close the row with `|`; write `-` in a cell for anything"
    return None


def _about_bullet(accepted: Collection[str]) -> str:
    if set(accepted) >= AFTER_VALUES:
        return "a `-` that begins a line is a bullet; to subtract, write the `-` at the end of the line above"
    return "bullets stand under `all of`, `any of`, `sum of` and their like, `given` and `expect`, in one column"


def _wanted(accepted: Collection[str]) -> str:
    """The few things that could stand there, in plain words; nothing when they are too many to help."""
    rest = set(accepted) - {"MINUS", "BAR"} if len(accepted) > 2 else set(accepted)
    words: list[str] = []
    if rest >= VALUES:
        return "expected a value"
    if rest >= TYPES:
        return "expected a type"
    if rest >= AFTER_VALUES:
        rest &= {"RPAR", "RBRACE", "RSQB", "THEN", "OTHERWISE", "IS", "COMMA"} - ({"IS"} if "AND" in rest else set())
    for name in sorted(rest):
        word = PLAIN_WORDS.get(name) or (f"`{keywords()[name]}`" if name in keywords() else None)
        if word is not None and word not in words:
            words.append(word)
    return f"expected {errors.listed(words)}" if 0 < len(words) <= MOST_WORDS else ""


def _word_span(source: Source, at: int) -> Span:
    match = WORD.match(source.text, at)
    return source.span(at, match.end() if match else at + 1)


def _next_word(source: Source, at: int) -> int:
    match = re.compile(r"(?:\s|#[^\n]*)*").match(source.text, at)
    return match.end() if match and match.end() < len(source.text) else at


def _open_bracket(source: Source, start: int, end: int) -> Span | None:
    """The innermost bracket still open at the end of a stretch."""
    opened: list[int] = []
    for match in SKIPPED.finditer(source.text, start, end):
        sign = match[0]
        if sign in PARTNERS:
            if opened and source.text[opened[-1]] == PARTNERS[sign]:
                opened.pop()
        elif len(sign) == 1 and sign in "([{":
            opened.append(match.start())
    return source.span(opened[-1], opened[-1] + 1) if opened else None
