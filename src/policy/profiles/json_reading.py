"""JSON, strictly, with the place of every value and the digits of every number.

The standard library's reader keeps no places, takes `NaN`, and forgets a key that stands twice; only its reading of
quoted text is used here.
"""

from __future__ import annotations

import json
import re
from typing import Final, NoReturn

from policy.diagnostics import Diagnostic, Mistakes, Note
from policy.profiles import errors
from policy.profiles.document import DEEPEST, UNUSABLE, Datum, Entry, ListDatum, MappingDatum, ScalarDatum, short_text
from policy.profiles.errors import Place
from policy.profiles.numerals import TOO_LONG, decimal_from_text, exact
from policy.text import Source, Span

BLANK: Final = re.compile(r"[ \t\n\r]*")
NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
RUN: Final = re.compile(r"[^\s,:\[\]{}\"']+")
"""Everything up to the next blank or mark: what a person wrote as one word."""

WORDS: Final = {"true": True, "false": False, "null": None}
QUOTED_TEXT: Final = json.JSONDecoder()

STRING_TROUBLE: Final = {
    "Unterminated string": ("the text in quotes does not end", 'close it with `"`'),
    "Invalid control character": (
        "a line end or tab stands inside quotes",
        "close the quotes before the end of the line, or write `\\n` or `\\t`",
    ),
    "Invalid \\uXXXX escape": ("`\\u` wants four hexadecimal digits", "write the character itself"),
    "Invalid \\escape": ("a `\\` stands before a character that it cannot change", "write `\\\\` for a backslash"),
}
"""How the standard library's complaints begin, and what we say instead."""


def read_json(source: Source) -> Datum:
    """The document, or `Mistakes`: every key that stands twice, and the first breach of the grammar."""
    reader = _Reader(source)
    datum = reader.document()
    if reader.mistakes:
        raise Mistakes(reader.mistakes)
    return datum


class _Reader:
    """A text, how far it is read, and what was wrong so far."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.at = 1 if source.text.startswith("\ufeff") else 0
        self.mistakes: list[Diagnostic] = []

    def document(self) -> Datum:
        self.skip()
        datum = self.value(0)
        self.skip()
        if self.at < len(self.text):
            self.stop(self.span(self.at), "something follows the end of the document", "keep one value per document")
        return datum

    def value(self, depth: int) -> Datum:
        start = self.at
        match self.text[start : start + 1]:
            case "{":
                return self.mapping(depth)
            case "[":
                return self.list(depth)
            case '"':
                text = self.string()
                return ScalarDatum(text, self.source.span(start, self.at))
            case _:
                return self.word_or_number()

    def mapping(self, depth: int) -> MappingDatum:
        start = self.opened(depth)
        entries: dict[str, Entry] = {}
        comma = False
        while not self.closed(start, "}", after_comma=comma):
            key_start = self.at
            if self.text[key_start : key_start + 1] != '"':
                self.no_key()
            key = self.string()
            key_span = self.source.span(key_start, self.at)
            self.skip()
            if self.text[self.at : self.at + 1] != ":":
                self.stop(self.span(self.at), f"a `:` is missing after the key `{short_text(key)}`")
            self.at += 1
            self.skip()
            datum = self.value(depth + 1)
            if key in entries:
                first = entries[key].key_span
                self.mistakes.append(errors.duplicate_key(Place(key_span), short_text(key), first))
            else:
                entries[key] = Entry(key, datum, key_span)
            comma = self.separator(start, "}")
        return MappingDatum(tuple(entries.values()), self.source.span(start, self.at))

    def list(self, depth: int) -> ListDatum:
        start = self.opened(depth)
        items: list[Datum] = []
        comma = False
        while not self.closed(start, "]", after_comma=comma):
            items.append(self.value(depth + 1))
            comma = self.separator(start, "]")
        return ListDatum(tuple(items), self.source.span(start, self.at))

    def opened(self, depth: int) -> int:
        """Steps over a bracket that opens and gives its place."""
        start = self.at
        if depth >= DEEPEST:
            raise Mistakes([*self.mistakes, errors.too_deep(Place(self.source.span(start, start + 1)), DEEPEST)])
        self.at += 1
        self.skip()
        return start

    def closed(self, start: int, bracket: str, *, after_comma: bool) -> bool:
        """Whether the bracket closes here; it is stepped over."""
        if self.at >= len(self.text):
            self.unclosed(start)
        if self.text[self.at] != bracket:
            return False
        if after_comma:
            self.stop(self.span(self.at), f"a comma stands before the `{bracket}`", "take the comma out")
        self.at += 1
        return True

    def separator(self, start: int, bracket: str) -> bool:
        """Whether a comma follows a member; it is stepped over."""
        self.skip()
        match self.text[self.at : self.at + 1]:
            case ",":
                self.at += 1
                self.skip()
                return True
            case "":
                self.unclosed(start)
            case found if found != bracket:
                self.stop(self.span(self.at), f"a `,` or `{bracket}` is missing before this")
        return False

    def string(self) -> str:
        """The quoted text that begins here."""
        start = self.at
        try:
            text, self.at = QUOTED_TEXT.raw_decode(self.text, start)
        except json.JSONDecodeError as error:
            trouble = next((said for begins, said in STRING_TROUBLE.items() if error.msg.startswith(begins)), None)
            message, help = trouble or ("the text in quotes cannot be read", None)
            self.stop(self.source.span(error.pos, min(error.pos + 1, len(self.text))), message, help)
        assert isinstance(text, str)
        if UNUSABLE.search(text):
            self.mistakes.append(errors.unusable_character(Place(self.source.span(start, self.at))))
        return text

    def word_or_number(self) -> ScalarDatum:
        span = self.span(self.at)
        text = span.text
        if text in WORDS:
            self.at = span.end
            return ScalarDatum(WORDS[text], span)
        if NUMBER.fullmatch(text):
            self.at = span.end
            number = decimal_from_text(text)
            if number is TOO_LONG or exact(number) is TOO_LONG:
                self.mistakes.append(errors.number_too_long(Place(span)))
                return ScalarDatum(0, span)
            return ScalarDatum(number, span)
        if text in ("NaN", "Infinity", "-Infinity"):
            self.at = span.end
            self.mistakes.append(errors.not_a_number(Place(span), text))
            return ScalarDatum(0, span)
        return self.no_value(span)

    def no_value(self, span: Span) -> NoReturn:
        """Says why what stands here is no JSON."""
        text = short_text(span.text)
        if not text:
            self.stop(span, "the document ends where a value is wanted")
        if text in ",:]}":
            self.stop(span, f"a value is missing before `{text}`")
        if text[0] == "'":
            self.stop(span, "text stands in single quotes", 'JSON wants double quotes: `"`')
        if text.startswith(("//", "#", "/*")):
            self.stop(span, "JSON has no comments", "take the comment out, or write the profile in YAML")
        if text.casefold() in ("yes", "no", "true", "false"):
            self.stop(span, f"`{text}` is not a word of JSON", "write `true` or `false`")
        if text.casefold() in ("none", "null", "~", "undefined"):
            self.stop(span, f"`{text}` is not a word of JSON", "write `null`")
        if re.match("-?0[0-9]", text):
            self.stop(span, f"the number `{text}` begins with 0", "put it in quotes if it is a code")
        if re.match("[-+.]?[0-9]|[-+.]", text):
            self.stop(span, f"`{text}` is not a number", "write digits, with a point for decimals; put text in quotes")
        self.stop(span, f"`{text}` is not a value", 'put text in double quotes: `"`')

    def no_key(self) -> NoReturn:
        """Says why what stands here is no key."""
        span = self.span(self.at)
        text = short_text(span.text)
        if text.startswith(("//", "#", "/*", "'")):
            self.no_value(span)
        if text in (",", ":", "[", "{", "]"):
            self.stop(span, f"a key in double quotes is wanted before `{text}`")
        self.stop(span, f"the key `{text}` is not in quotes", f'write `"{text}"`')

    def unclosed(self, start: int) -> NoReturn:
        end = len(self.text)
        opened = self.source.span(start, start + 1)
        self.stop(
            self.source.span(end, end),
            f"the document ends before the `{opened.text}` is closed",
            None,
            Note(f"the `{opened.text}` is here", opened),
        )

    def skip(self) -> None:
        """Steps over blanks."""
        blank = BLANK.match(self.text, self.at)
        assert blank is not None
        self.at = blank.end()

    def span(self, start: int) -> Span:
        """The word, or else the one character, that begins here."""
        run = RUN.match(self.text, start)
        return self.source.span(start, run.end() if run else min(start + 1, len(self.text)))

    def stop(self, span: Span, message: str, help: str | None = None, *notes: Note) -> NoReturn:
        raise Mistakes([*self.mistakes, errors.malformed_document(Place(span), message, help, *notes)])
