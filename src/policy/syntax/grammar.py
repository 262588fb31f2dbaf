"""The parser that Lark makes of the grammar."""

from __future__ import annotations

from functools import cache

from lark import Lark
from lark.lexer import PatternStr

from policy.shipped import grammar_file
from policy.syntax.layout import Layout


@cache
def parser() -> Lark:
    """The parser of one declaration. Strict: a conflict in the grammar is an error, never settled silently."""
    return Lark(
        grammar_file().read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        strict=True,
        postlex=Layout(),
        propagate_positions=True,
        maybe_placeholders=False,
    )


@cache
def keywords() -> dict[str, str]:
    """The words of the language by the names of their terminals."""
    found = {t.name: t.pattern.value for t in parser().terminals if isinstance(t.pattern, PatternStr)}
    return {name: word for name, word in found.items() if word.isalpha()} | {"CITES": "cites", "EXPECT": "expect"}
