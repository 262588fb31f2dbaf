"""What can be wrong with policy text before anything in it is understood."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from policy.diagnostics import Code, Diagnostic, Note, did_you_mean
from policy.syntax.words import DECLARATIONS
from policy.text import Source, Span

SYNTAX = Code("syntax", "The text cannot be read as the language.")
NO_HEADER = Code("no-header", "A file does not begin with its one `policy` head.")
EMPTY_FILE = Code("empty-file", "A file holds no declarations.")
NOT_TEXT = Code("not-text", "A file cannot be read as UTF-8 text.")
TOO_LARGE = Code("too-large", "A file or a number is larger than anything a person means.")
TOO_DEEP = Code("too-deep", "Brackets, lists or operations stand inside one another beyond what a person can read.")
BAD_INDENT = Code("bad-indent", "A line does not stand where its list or declaration wants it.")
BAD_DATE = Code("bad-date", "A date is not a day of the calendar.")
BAD_NUMBER = Code("bad-number", "A number cannot stand where it does.")
BAD_CITATION = Code("bad-citation", "A citation cannot be read.")
RESERVED_WORD = Code("reserved-word", "A word of the language is used as a name.")
GIVEN_TWICE = Code("given-twice", "Something that stands once is given twice.")

PLAIN_SIGNS = {
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": '"',
    "’": '"',
    "'": '"',
    "–": "-",
    "—": "-",
    "−": "-",
    "≥": ">=",
    "≤": "<=",
    "≠": "is not",
    "×": "*",
    "÷": "/",
    "…": "..",
    "•": "-",
    "→": "->",
    "=": "is",
    "&": "and",
}
"""What to write for signs that word processors and other languages put in its place."""


# ------------------------------------------------------------------ whole files


def no_header(name: str, first: Span) -> Diagnostic:
    """A file that does not say what it is."""
    return Diagnostic(
        NO_HEADER,
        "the file does not begin with a `policy` head",
        first,
        f"begin it with `policy {name}`, and for a dated file `effective` with its day",
    )


def late_header(span: Span) -> Diagnostic:
    """Declarations before the head."""
    return Diagnostic(NO_HEADER, "the `policy` head is not the first thing in the file", span, "move it to the top")


def second_header(span: Span, first: Span) -> Diagnostic:
    """A head in the middle of a file."""
    return Diagnostic(
        NO_HEADER,
        "a second `policy` head in one file",
        span,
        "put the second policy in a file of its own",
        notes=(Note("the first one", first),),
    )


def empty_file(source: Source) -> Diagnostic:
    """A file with nothing in it but comments and blanks."""
    return Diagnostic(
        EMPTY_FILE, "the file holds no policy", source.span(0, 0), "begin it with `policy NAME`, or remove it"
    )


def not_text(source: Source, offset: int) -> Diagnostic:
    """Bytes that are no UTF-8."""
    return Diagnostic(
        NOT_TEXT,
        f"the file is not UTF-8 text (byte {offset})",
        source.span(0, 0),
        "save it as UTF-8 text, or remove it",
    )


def control_character(span: Span) -> Diagnostic:
    """A text that holds a character no text has."""
    return Diagnostic(
        NOT_TEXT,
        f"the file holds the control character U+{ord(span.text):04X}",
        span,
        "save it as UTF-8 text, or remove it",
    )


def large_file(source: Source, most: int) -> Diagnostic:
    """A file that nobody could review."""
    return Diagnostic(
        TOO_LARGE,
        f"the file has {len(source.text):,} characters, more than the {most:,} that are read",
        source.span(0, 0),
        "divide it into several policies, or put its data in a dataset",
    )


def not_read_further(span: Span, most: int) -> Diagnostic:
    """The place from which a file with nothing but mistakes is not read."""
    return Diagnostic(
        TOO_LARGE,
        f"the rest of the file is not read, since {most:,} declarations before this cannot be read",
        span,
        "correct those first",
    )


# ------------------------------------------------------------------ lines and words


def unreadable_start(span: Span, word: str) -> Diagnostic:
    """A line at the left margin that begins no declaration."""
    return Diagnostic(
        SYNTAX,
        f"`{word}` does not begin a declaration",
        span,
        did_you_mean(word, DECLARATIONS)
        or "begin the line with a word such as `define` or `requirement`, or indent it if it continues the one above",
    )


def not_indented(span: Span, word: str) -> Diagnostic:
    """A clause, bullet or row at the left margin."""
    return Diagnostic(
        BAD_INDENT, f"`{word}` continues a declaration but stands at the left margin", span, "indent it by two spaces"
    )


def mixed_indent(span: Span) -> Diagnostic:
    """Bullets of one declaration indented with tabs here and spaces there."""
    return Diagnostic(
        BAD_INDENT,
        "the bullets of this declaration are indented with tabs and with spaces",
        span,
        "use spaces only: how far a tab reaches differs from screen to screen",
    )


def unexpected(span: Span, found: str, wanted: str, help: str, opened: Span | None = None) -> Diagnostic:
    """A word or sign that the grammar cannot read at this place; with nothing `found`, the end of the declaration."""
    what = f"`{found}` cannot stand here" if found else "the declaration ends too early"
    notes = () if opened is None else (Note(f"this `{opened.text}` is not closed", opened),)
    return Diagnostic(SYNTAX, f"{what}: {wanted}" if wanted else what, span, help, notes=notes)


def open_row(span: Span) -> Diagnostic:
    """A row of a table that ends without its bar."""
    return Diagnostic(SYNTAX, "the row has no `|` at its end", span, "close it with `|`")


def unterminated_text(span: Span) -> Diagnostic:
    """A quotation mark without its partner on the same line."""
    return Diagnostic(
        SYNTAX, 'a text has no closing `"` on its line', span, 'close it with `"`; a text may not run over lines'
    )


def strange_character(span: Span, character: str) -> Diagnostic:
    """A character that no word or sign of the language has."""
    shown = f"`{character}`" if character.isprintable() else f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower()
    if character in PLAIN_SIGNS:
        help = f"write `{PLAIN_SIGNS[character]}`"
    elif unicodedata.category(character) == "Zs":
        help = "write an ordinary space"
    elif character.isalpha():
        help = 'names are written with the letters a to z, digits and `_`; texts for people stand between `"`'
    else:
        help = 'leave it out; texts for people stand between `"`'
    described = f"{shown} ({name})" if name and not character.isascii() else shown
    return Diagnostic(SYNTAX, f"the character {described} is not part of the language", span, help)


def steering_character(span: Span) -> Diagnostic:
    """An invisible character that makes a line look other than it reads."""
    name = unicodedata.name(span.text, "").lower()
    return Diagnostic(
        SYNTAX,
        f"the invisible character U+{ord(span.text):04X} ({name}) changes how the line looks",
        span,
        "delete it: what is read must be what is seen",
    )


def mixed_logic(span: Span) -> Diagnostic:
    """`a and b or c`."""
    return Diagnostic(
        SYNTAX,
        "`and` and `or` are mixed without parentheses",
        span,
        "write `(a and b) or c` or `a and (b or c)`: the reader must not have to guess",
    )


def open_but(span: Span) -> Diagnostic:
    """`a at day but b is c and d`: is `d` another condition, or another assumption?"""
    return Diagnostic(
        SYNTAX,
        "more follows after `but … is …` without parentheses",
        span,
        "write `(… at … but …) and …`, or `but` again before each assumption: the reader must not have to guess",
    )


def open_day(span: Span) -> Diagnostic:
    """`a at day + 1 days`: is it the day that is moved, or what is asked for on it?"""
    return Diagnostic(
        SYNTAX,
        "something is added after `… at …` without parentheses",
        span,
        "write `(… at …) + …` or `… at (… + …)`: the reader must not have to guess",
    )


def reserved(span: Span, word: str) -> Diagnostic:
    """A name that expressions could never use."""
    return Diagnostic(
        RESERVED_WORD, f"`{word}` is a word of the language and cannot be a name", span, "choose another name"
    )


def given_twice(span: Span, what: str, first: Span) -> Diagnostic:
    """Something that stands a second time where once is meant."""
    return Diagnostic(
        GIVEN_TWICE, f"{what} is given twice", span, "keep one of them", notes=(Note("the first one", first),)
    )


def too_deep(span: Span) -> Diagnostic:
    """Too many brackets, lists or operations inside one another."""
    return Diagnostic(
        TOO_DEEP, "this is nested too deeply to be read", span, "give the inner parts names with `define`"
    )


# ------------------------------------------------------------------ figures, dates, citations


def bad_date(span: Span, text: str) -> Diagnostic:
    """31 February."""
    return Diagnostic(
        BAD_DATE, f"`{text}` is not a day of the calendar", span, "write an existing day as year-month-day"
    )


def long_number(span: Span) -> Diagnostic:
    """A number of a thousand digits."""
    return Diagnostic(TOO_LARGE, "the number is too long to be meant", span, "write it with fewer digits")


def not_whole(span: Span, what: str, least: int) -> Diagnostic:
    """`code of 4.5 digits`."""
    return Diagnostic(BAD_NUMBER, f"{what} must be a whole number, {least} or more", span, "correct it")


def no_step(span: Span) -> Diagnostic:
    """`step 0`."""
    return Diagnostic(BAD_NUMBER, "a step must be more than 0", span, "leave `step` out if every value is allowed")


def bound_with_unit(span: Span) -> Diagnostic:
    """`hours from 0 hours`."""
    return Diagnostic(
        BAD_NUMBER, "a number in a type has the unit of the type", span, f"write `{span.text.split()[0]}` alone"
    )


def bad_citation(span: Span, text: str) -> Diagnostic:
    """A citation without a source, or with words where provisions are wanted."""
    return Diagnostic(
        BAD_CITATION,
        f"the citation `{text}` cannot be read" if text else "the citation is empty",
        span,
        "write `cites SOURCE 12(3)(a), 14`, or quote the place in both languages: "
        '`cites SOURCE "table 2" / "tableau 2"`; `;` separates citations',
    )


def listed(words: Iterable[str]) -> str:
    """Words as a list to choose from: `a, b or c`."""
    words = list(words)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
