"""The colours of policy text on a page."""

from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text

DECLARATIONS = (
    "(policy|replace|repeal|source|quantity|enum|record|input|dataset|set|define|requirement|decision|points|table|scale"
    "|open question|remark|invariant|sample|example)"
)

CLAUSES = (
    *("en", "fr", "asks", "effective", "amends", "uses", "unconfirmed", "abbreviated", "form", "link", "symbol"),
    *("ordered", "value", "field", "spell", "valid", "titles", "column", "key", "except", "across", "below", "asked"),
    *("on", "given", "expect", "like", "under", "law", "applies", "is", "in", "not", "and", "or", "when", "then"),
    *("otherwise", "where", "as", "grouped", "by", "with", "most", "least", "for", "each", "if", "none", "outside"),
    *("inside", "all", "any", "sum", "greatest", "of", "at", "number", "different", "count", "the", "one", "up", "to"),
    *("list", "optional", "row", "digits", "step", "from", "yes", "no", "met", "unknown", "applicable"),
)


class PolicyLexer(RegexLexer):
    """Colours, not grammar: a word that is a keyword somewhere is coloured everywhere."""

    name = "Policy"
    aliases: ClassVar = ["policy"]
    tokens: ClassVar = {
        "root": [
            (r"#[^\n]*", Comment.Single),
            (rf"^(replace[ ]+)?{DECLARATIONS}\b", bygroups(Keyword.Declaration, Keyword.Declaration)),
            (r"(cites)([^\n]*)", bygroups(Keyword, String.Other)),
            (r'"[^"\n]*"', String),
            (r"\d{4}-\d{2}-\d{2}", Number),
            (r"[$€£¥]?\d[\d,]*(\.\d+)?[*%]?", Number),
            (words(CLAUSES, prefix=r"\b", suffix=r"\b"), Keyword),
            (r"[A-Za-z_]\w*", Name),
            (r">=|<=|->|\.\.<?|[-+*/<>|]", Operator),
            (r"[(){}\[\],:.]", Punctuation),
            (r"\s+|.", Text),
        ]
    }
