"""From the text of a file to its tree, with every mistake found on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from lark import UnexpectedInput

from policy.diagnostics import Diagnostic, nearest
from policy.frozen import dataclass
from policy.syntax import errors
from policy.syntax.build_declarations import DeclarationBuilder
from policy.syntax.grammar import parser
from policy.syntax.layout import TooDeep
from policy.syntax.recovery import header_in, name_of_file, names_in
from policy.syntax.tree import Header, Item, Module
from policy.syntax.unreadable import ends_early, explain
from policy.syntax.words import CONTINUATIONS, DECLARATIONS
from policy.text import Source, Span

MOST_CHARACTERS: Final = 1_000_000
"""How long a file may be: ten thousand lines. Nobody could review a longer one."""

MOST_UNREADABLE: Final = 2_000
"""After so many declarations that cannot be read, the rest of a file is not read: it is not what it was meant to be."""

WORD: Final = re.compile(r"[-|]|[^\s(:,]+")
BULLET_INDENT: Final = re.compile(r"^([ \t]+)-", re.MULTILINE)
STEERING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a file, as far as it can be read, and the mistakes found."""

    module: Module
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one declaration was read as: an item or head, or else the names it was to give; and the mistakes in it."""

    span: Span
    item: Item | Header | None
    broken: frozenset[str] = frozenset()
    mistakes: tuple[Diagnostic, ...] = ()
    ends_early: bool = False
    begins_nothing: bool = False


def parse(source: Source) -> Parsed:
    """The tree of a policy file. A declaration that cannot be read is reported and left out; the others stand."""
    if len(source.text) > MOST_CHARACTERS:
        return Parsed(Module(source, header_in(source, 0, 0), ()), (errors.large_file(source, MOST_CHARACTERS),))
    pieces = list(_pieces(source))
    mistakes = [errors.steering_character(source.span(*found.span())) for found in STEERING.finditer(source.text)]
    for before, piece, after in zip([None, *pieces], pieces, [*pieces[1:], None], strict=False):
        if not _told_by_neighbour(before, piece, after):
            mistakes += piece.mistakes
    header, found = _header(source, pieces)
    items = tuple(piece.item for piece in pieces if piece.item is not None and not isinstance(piece.item, Header))
    broken = frozenset[str]().union(*(piece.broken for piece in pieces))
    return Parsed(Module(source, header, items, broken), (*found, *mistakes))


def _pieces(source: Source) -> Iterator[Piece]:
    """The declarations of a file, read one by one; when too many cannot be read, only the names of the rest are."""
    unreadable = 0
    for start, end in split(source):
        if unreadable < MOST_UNREADABLE:
            piece = _read(source, start, end)
            unreadable += piece.item is None
            yield piece
            continue
        stop = errors.not_read_further(_word_at(source, start), unreadable)
        told = () if unreadable > MOST_UNREADABLE else (stop,)
        unreadable += 1
        yield Piece(source.span(start, end), None, names_in(source.text[start:end]), told)


def _told_by_neighbour(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """Whether the mistake in a piece is told where a line begins nothing: the rest of this one, or one of several."""
    if piece.ends_early and after is not None and after.begins_nothing:
        return True
    if not piece.begins_nothing or before is None or not before.begins_nothing:
        return False
    line = piece.span.position.line
    single = piece.span.source.position(piece.span.end).line == line == before.span.position.line + 1
    return single and nearest(_word_at(piece.span.source, piece.span.start).text, DECLARATIONS) is None


def split(source: Source) -> list[tuple[int, int]]:
    """The stretches of text that hold one declaration each: from a word at the left margin to the next.

    A clause, bullet or row at the left margin belongs to the declaration above it.
    """
    starts: list[int] = []
    for start in source.line_starts:
        if start == len(source.text) or source.text[start].isspace() or source.text[start] == "#":
            continue
        if not starts or _word_at(source, start).text not in CONTINUATIONS:
            starts.append(start)
    return list(pairwise([*starts, len(source.text)]))


def _header(source: Source, pieces: list[Piece]) -> tuple[Header | None, list[Diagnostic]]:
    """The head of a file, and what is wrong with where it stands."""
    if not pieces:
        return None, [errors.empty_file(source)]
    heads = [piece.item for piece in pieces if isinstance(piece.item, Header)]
    first = pieces[0].span
    if heads:
        late = [] if pieces[0].item is heads[0] else [errors.late_header(heads[0].name_span)]
        return heads[0], late + [errors.second_header(head.name_span, heads[0].name_span) for head in heads[1:]]
    word, name = _word_at(source, first.start), name_of_file(source) or "NAME"
    missing = [] if pieces[0].begins_nothing else [errors.no_header(name, word)]
    return header_in(source, first.start, first.start), missing


def _read(source: Source, start: int, end: int) -> Piece:
    """One declaration, read as far as it can be."""
    text = source.text[start:end]
    span = source.span(start, start + len(text.rstrip()))
    word = _word_at(source, start)
    if word.text not in DECLARATIONS:
        return Piece(span, None, names_in(text), (errors.unreadable_start(word, word.text),), begins_nothing=True)
    layout = _layout(source, start, text)
    try:
        tree = parser().parse(text)
    except TooDeep as problem:
        at = start + (problem.token.start_pos or 0)
        return _unreadable(span, [*layout, errors.too_deep(source.span(at, at + 1))])
    except UnexpectedInput as problem:
        # A line at the left margin, or one indented in two ways, is likely the cause of whatever else does not fit.
        return _unreadable(span, layout or [explain(source, start, text, problem)], ends_early(problem))
    builder = DeclarationBuilder(source, start, span.end)
    item = builder.transform(tree)
    if builder.refused:
        return _unreadable(span, [*layout, *builder.mistakes])
    return Piece(span, item, frozenset(), (*layout, *builder.mistakes))


def _unreadable(span: Span, mistakes: list[Diagnostic], ends_early: bool = False) -> Piece:
    """A declaration that cannot be read, with what can still be said of it."""
    is_head = _word_at(span.source, span.start).text == "policy"
    header = header_in(span.source, span.start, span.end) if is_head else None
    return Piece(span, header, names_in(span.text), tuple(mistakes), ends_early)


def _layout(source: Source, start: int, text: str) -> list[Diagnostic]:
    """What is wrong with where the lines of a declaration begin: the first of each kind of mistake."""
    found = []
    stray = next((at + 1 for at in _line_ends(text) if not text[at + 1].isspace() and text[at + 1] != "#"), None)
    if stray is not None:
        word = _word_at(source, start + stray)
        found.append(errors.not_indented(word, word.text))
    indents = list(BULLET_INDENT.finditer(text))
    if indents:
        first = indents[0][1]
        odd = next((m for m in indents if not first.startswith(m[1]) and not m[1].startswith(first)), None)
        if odd is not None:
            found.append(errors.mixed_indent(source.span(start + odd.start(1), start + odd.end(1))))
    return found


def _line_ends(text: str) -> Iterator[int]:
    """Where a line ends and another follows."""
    at = text.find("\n")
    while 0 <= at < len(text) - 1:
        yield at
        at = text.find("\n", at + 1)


def _word_at(source: Source, start: int) -> Span:
    """The word or sign at a place."""
    match = WORD.match(source.text, start)
    return source.span(start, match.end() if match else start + 1)
