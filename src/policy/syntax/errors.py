"""What can be wrong with policy text before anything in it is understood."""

from __future__ import annotations

from policy.diagnostics import Code, Diagnostic, Note, did_you_mean
from policy.text import Source, Span

SYNTAX = Code("syntax", "The text cannot be read as the language.")
NO_HEADER = Code("no-header", "A file does not begin with its `policy` head.")
EMPTY_FILE = Code("empty-file", "A file holds no declarations.")
NOT_TEXT = Code("not-text", "A file cannot be read as UTF-8 text.")
TOO_DEEP = Code("too-deep", "Brackets, lists or operations stand inside one another beyond what a person can read.")
BAD_DATE = Code("bad-date", "A date is not a day of the calendar.")
BAD_CITATION = Code("bad-citation", "A citation cannot be read.")

DECLARATIONS = (
    "policy",
    "replace",
    "repeal",
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
    "sample",
    "example",
)


def unreadable_start(span: Span, word: str) -> Diagnostic:
    """A line at the left margin that begins no declaration."""
    return Diagnostic(
        SYNTAX,
        f"`{word}` does not begin a declaration",
        span,
        did_you_mean(word, DECLARATIONS)
        or "a declaration begins at the left margin with a word such as `define` or `requirement`; "
        "indent a line that continues one",
    )


def unexpected(span: Span, found: str, wanted: str, help: str | None = None) -> Diagnostic:
    """A word or sign that the grammar cannot read at this place."""
    what = f"`{found}` cannot stand here" if found else "the declaration ends too early"
    return Diagnostic(SYNTAX, f"{what}: {wanted}" if wanted else what, span, help)


def unterminated_text(span: Span) -> Diagnostic:
    """A quotation mark without its partner on the same line."""
    return Diagnostic(
        SYNTAX, 'this text has no closing `"` on its line', span, 'close it with `"`; a text may not run over lines'
    )


def strange_character(span: Span, character: str) -> Diagnostic:
    """A character that no word or sign of the language has."""
    return Diagnostic(
        SYNTAX,
        f"the character `{character}` is not part of the language"
        if character.isprintable()
        else f"the character U+{ord(character):04X} is not part of the language",
        span,
        "texts for people stand between straight double quotes",
    )


def mixed_logic(span: Span) -> Diagnostic:
    """`a and b or c`."""
    return Diagnostic(
        SYNTAX,
        "`and` and `or` are mixed without parentheses",
        span,
        "write `(a and b) or c` or `a and (b or c)`: the reader must not have to guess",
    )


def no_header(source: Source, first: Span | None) -> Diagnostic:
    """A file that does not say what it is."""
    return Diagnostic(
        NO_HEADER,
        "the file does not begin with a `policy` head",
        first or source.span(0, 0),
        f"begin it with `policy {source.stem}`, or the name of its folder for a dated file, and `effective` with its date",
    )


def second_header(span: Span) -> Diagnostic:
    """A head in the middle of a file."""
    return Diagnostic(
        NO_HEADER, "a second `policy` head in one file", span, "put the second policy in a file of its own"
    )


def empty_file(source: Source) -> Diagnostic:
    """A file with nothing in it but comments and blanks."""
    return Diagnostic(
        EMPTY_FILE, "the file holds no policy", source.span(0, 0), "begin it with `policy NAME`, or remove it"
    )


def not_text(source: Source, offset: int) -> Diagnostic:
    """Bytes that are no UTF-8, or a file with control characters."""
    return Diagnostic(
        NOT_TEXT,
        f"the file is not UTF-8 text (at byte {offset})",
        source.span(0, 0),
        "save it as UTF-8 text, or remove it",
    )


def too_deep(span: Span) -> Diagnostic:
    """Too many brackets, lists or operations inside one another."""
    return Diagnostic(
        TOO_DEEP, "this is nested too deeply to be read", span, "give the inner parts names with `define`"
    )


def bad_date(span: Span, text: str) -> Diagnostic:
    """31 February."""
    return Diagnostic(
        BAD_DATE, f"`{text}` is not a day of the calendar", span, "write an existing day as year-month-day"
    )


def bad_citation(span: Span, text: str) -> Diagnostic:
    """A citation without a source, or with words where provisions are wanted."""
    return Diagnostic(
        BAD_CITATION,
        f"the citation `{text}` cannot be read",
        span,
        "write `cites SOURCE 12(3)(a), 14`, or quote the place in both languages: "
        '`cites SOURCE "table 2" / "tableau 2"`; `;` separates citations',
    )


def missing_clause(span: Span, what: str, where: str) -> Diagnostic:
    """A clause that a declaration cannot do without."""
    return Diagnostic(SYNTAX, f"{where} has no {what}", span, f"add {what}")


def given_twice(span: Span, what: str, first: Span | None = None) -> Diagnostic:
    """A clause that stands twice in one declaration."""
    notes = (Note("the first one", first),) if first else ()
    return Diagnostic(SYNTAX, f"{what} is given twice", span, "keep one of them", notes=notes)
