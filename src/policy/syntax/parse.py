"""From the text of a file to its tree, with every mistake found on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lark import Lark, Token, UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from policy.diagnostics import Diagnostic, did_you_mean
from policy.shipped import grammar_file
from policy.syntax import errors
from policy.syntax.declarations import DeclarationBuilder
from policy.syntax.layout import Layout, TooDeep
from policy.syntax.tree import Header, Item, Module
from policy.text import Source, Span

WORD = re.compile(r"[^\s(:,]+")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a file, as far as it can be read, and the mistakes found."""

    module: Module
    diagnostics: tuple[Diagnostic, ...]


def parse(source: Source) -> Parsed:
    """The tree of a policy file. A declaration that cannot be read is reported and left out; the others stand."""
    mistakes: list[Diagnostic] = []
    header: Header | None = None
    items: list[Item] = []
    pieces = list(split(source))
    for start, end in pieces:
        item, found = _parse_piece(source, start, end)
        mistakes += found
        if isinstance(item, Header):
            if header is not None or items:
                mistakes.append(errors.second_header(item.name_span))
            header = header or item
        elif item is not None:
            items.append(item)
    if not pieces:
        mistakes.append(errors.empty_file(source))
    elif header is None and not _begins_with_head(source, pieces[0][0]):
        mistakes.append(errors.no_header(source, _word_at(source, pieces[0][0])))
    return Parsed(Module(source, header, tuple(items)), tuple(mistakes))


def read_source(path: Path, name: str | None = None) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The text of a file with line ends made plain, or the mistake that it is not text."""
    data = path.read_bytes()
    shown = name or str(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        empty = Source(shown, "")
        return empty, (errors.not_text(empty, error.start),)
    if (at := text.find("\x00")) >= 0:
        empty = Source(shown, "")
        return empty, (errors.not_text(empty, at),)
    return Source(shown, text.replace("\r\n", "\n").replace("\r", "\n")), ()


def split(source: Source) -> Iterator[tuple[int, int]]:
    """The stretches of text that hold one declaration each: from a word at the left margin to the next."""
    starts = [
        start
        for start in source.line_starts
        if start < len(source.text) and not source.text[start].isspace() and source.text[start] != "#"
    ]
    yield from zip(starts, [*starts[1:], len(source.text)], strict=True)


@cache
def parser() -> Lark:
    """The parser of one declaration."""
    return Lark(
        grammar_file().read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        strict=True,
        postlex=Layout(),
        propagate_positions=True,
        maybe_placeholders=False,
    )


def _parse_piece(source: Source, start: int, end: int) -> tuple[Item | Header | None, list[Diagnostic]]:
    text = source.text[start:end]
    word = _word_at(source, start)
    if word.text not in errors.DECLARATIONS:
        return None, [errors.unreadable_start(word, word.text)]
    try:
        tree = parser().parse(text)
    except TooDeep as problem:
        at = start + (problem.token.start_pos or 0)
        return None, [errors.too_deep(source.span(at, at + 1))]
    except UnexpectedInput as problem:
        return None, [_explain(source, start, text, problem)]
    builder = DeclarationBuilder(source, start, start + len(text.rstrip()))
    item = builder.transform(tree)
    return (None if builder.too_deep else item), builder.mistakes


def _begins_with_head(source: Source, start: int) -> bool:
    return _word_at(source, start).text == "policy"


def _word_at(source: Source, start: int) -> Span:
    match = WORD.match(source.text, start)
    return source.span(start, match.end() if match else start + 1)


# ------------------------------------------------------------------ a syntax error in plain words

PLAIN_WORDS = {
    "NAME": "a name",
    "STRING": 'a text in `"`',
    "NUMBER": "a number",
    "DATE": "a date",
    "RPAR": "`)`",
    "RBRACE": "`}`",
    "RSQB": "`]`",
    "COLON": "`:`",
    "IS": "`is`",
    "WHEN": "`when`",
    "THEN": "`then`",
    "OTHERWISE": "`otherwise`",
    "BULLET": "a bullet",
    "_OPEN": "a list of bullets",
    "ROW": "a row that begins with `|`",
    "BAR": "`|`",
    "EXPECT": "`expect`",
    "ON": "`on` with a date",
    "GIVEN": "`given`",
    "EN": "`en`",
    "FR": "`fr`",
    "OF": "`of`",
    "PLAIN": "a value",
    "SOURCE_NAME": "an abbreviation in capitals",
    "_ARROW": "`->`",
    "EACH": "`each`",
    "IN": "`in`",
}


def _explain(source: Source, start: int, text: str, problem: UnexpectedInput) -> Diagnostic:
    if isinstance(problem, UnexpectedCharacters):
        at = start + int(problem.pos_in_stream or 0)  # type: ignore[redundant-expr]  # untyped in lark
        character = source.text[at] if at < len(source.text) else ""
        wanted = _wanted(problem.allowed or set())
        if character == '"':
            line_end = source.text.find("\n", at)
            line_end = len(source.text) if line_end < 0 else line_end
            if '"' not in source.text[at + 1 : line_end]:
                return errors.unterminated_text(source.span(at, line_end))
        word = WORD.match(source.text, at)
        if word and (character.isascii() or character.isalnum()):
            if character.isalnum() or character in '"-|.$_':
                return _unexpected_word(source.span(at, max(word.end(), at + 1)), word.group(), wanted, problem.allowed)
            return errors.unexpected(source.span(at, at + 1), character, wanted)
        return errors.strange_character(source.span(at, at + 1), character)
    if isinstance(problem, UnexpectedToken) and problem.token.type != "$END" and problem.token.start_pos is not None:
        token: Token = problem.token
        at = start + (token.start_pos or 0)
        span = source.span(at, at + max(1, len(token)))
        return _unexpected_word(span, str(token), _wanted(problem.accepts or problem.expected), problem.accepts)
    assert isinstance(problem, (UnexpectedToken, UnexpectedEOF))
    end = start + len(text.rstrip())
    accepts = problem.accepts if isinstance(problem, UnexpectedToken) else None
    return errors.unexpected(
        source.span(max(start, end - 1), end), "", _wanted(accepts or problem.expected), "finish the declaration"
    )


def _unexpected_word(span: Span, word: str, wanted: str, accepted: object) -> Diagnostic:
    if word in {"and", "or"}:
        return errors.mixed_logic(span)
    if word in {"_CLOSE", ""}:
        return errors.unexpected(span, "", wanted, "finish the line above, or indent this one")
    known = {name.lower() for name in accepted} if isinstance(accepted, (set, frozenset)) else set()
    return errors.unexpected(span, word, wanted, did_you_mean(word, known) if word.isalpha() else None)


def _wanted(terminals: object) -> str:
    """The few things that could stand there, in plain words; nothing when they are too many to help."""
    names = sorted(str(name) for name in terminals) if isinstance(terminals, (set, frozenset)) else []
    words = list(dict.fromkeys(PLAIN_WORDS[name] for name in names if name in PLAIN_WORDS))
    if not words or len(words) > 5:
        return ""
    return "expected " + (" or ".join(words) if len(words) < 3 else ", ".join(words[:-1]) + " or " + words[-1])
