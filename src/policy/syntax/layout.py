"""What the layout of the text says: bullets, lists of bullets by column, and rows of tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lark import Token
from lark.lark import PostLex

DEEPEST: Final = 60
"""How many brackets or lists may stand inside one another. No rule a person can read comes near it."""

OPENING: Final = frozenset({"LPAR", "LSQB", "LBRACE"})
CLOSING: Final = frozenset({"RPAR", "RSQB", "RBRACE"})

AT_MARGIN: Final = {"MINUS": "BULLET", "BAR": "ROW"}
"""What a sign is when it begins a line outside brackets."""


class TooDeep(Exception):
    """Brackets stand inside brackets beyond `DEEPEST`. Carries the token that is one too many."""

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.token = token


class Layout(PostLex):
    """Turns a minus that begins a line into a bullet, opens and closes lists by column, and marks rows.

    A list closes at the first line that begins at or left of its bullets without being one of them. Inside brackets
    the layout means nothing.
    """

    always_accept = ("MINUS", "BAR", "APPLIES_WHEN", "EXPECT")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens with the layout made visible."""
        columns: list[int] = []
        brackets = 0
        line = 0
        last: Token | None = None
        for token in stream:
            begins_line = token.line is not None and token.line > line
            line = token.end_line or line
            inside = brackets > 0
            if token.type in OPENING:
                brackets += 1
            elif token.type in CLOSING:
                brackets = max(0, brackets - 1)
            if brackets + len(columns) > DEEPEST:
                raise TooDeep(token)
            if inside or not begins_line:
                yield token
                last = token
                continue
            column = token.column or 0
            bullet = token.type == "MINUS"
            while columns and (column < columns[-1] or (column == columns[-1] and not bullet)):
                columns.pop()
                yield _closing(last)
            if bullet and (not columns or column > columns[-1]):
                columns.append(column)
                yield Token.new_borrow_pos("_OPEN", "", token)
            last = Token.new_borrow_pos(AT_MARGIN[token.type], token.value, token) if token.type in AT_MARGIN else token
            yield last
        for _ in columns:
            yield _closing(last)


def _closing(last: Token | None) -> Token:
    """The end of a list, where the text before it ends."""
    if last is None:
        return Token("_CLOSE", "")
    end, line, column = last.end_pos, last.end_line, last.end_column
    return Token("_CLOSE", "", end, line, column, line, column, end)
