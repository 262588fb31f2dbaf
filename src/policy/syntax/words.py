"""The words of the language that code outside the grammar must know."""

from __future__ import annotations

from typing import Final

DECLARATIONS: Final = (
    "policy",
    "replace",
    "repeal",
    "revive",
    "source",
    "quantity",
    "enum",
    "record",
    "input",
    "dataset",
    "set",
    "define",
    "requirement",
    "decision",
    "points",
    "table",
    "scale",
    "open",
    "remark",
    "invariant",
    "sample",
    "example",
)
"""The words that begin a declaration at the left margin."""

CONTINUATIONS: Final = frozenset(
    (
        *("-", "|", "en", "fr", "is", "cites", "unconfirmed", "asks", "applies", "asked", "when", "otherwise", "then"),
        *("and", "or", "not", "effective", "between", "amends", "verified", "status", "zone", "uses", "form"),
        *("abbreviated", "link", "symbol", "value", "field"),
        *("valid", "titles", "column", "except", "below", "across", "on", "under", "given", "expect", "like"),
    )
)
"""The words and signs that begin a line inside a declaration."""

RESERVED: Final = frozenset(
    (
        *("and", "or", "not", "is", "in", "when", "then", "otherwise", "where", "as", "with", "for", "each", "if"),
        *("at", "but"),
        *("yes", "no", "none", "given", "inside", "outside", "expect", "en", "fr"),
    )
)
"""The words that an expression, or the text after a name, reads as its own: nothing can have them as its name."""
