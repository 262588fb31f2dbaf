"""From a file, a text or bytes to a datum, whatever the format."""

from __future__ import annotations

import codecs
import os
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final, Literal, TypeAlias

from policy.diagnostics import Diagnostic, Mistakes
from policy.profiles import errors
from policy.profiles.document import DEEPEST, UNUSABLE, Datum, MappingDatum, from_python, short_text
from policy.profiles.errors import Place
from policy.profiles.json_reading import read_json
from policy.text import Source

Format: TypeAlias = Literal["yaml", "json", "toml"]

LARGEST: Final = 16
"""The largest document, in megabytes."""

FORMATS: Final[dict[str, Format]] = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml"}

WIDE_ENCODINGS: Final = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}

TOML_TROUBLE: Final = (
    ("Cannot mutate immutable namespace", "a table or list that is complete is added to here", "write it in one place"),
    ("Expected '=' after a key", "an `=` is missing after a key", "write `key = value`"),
    ("Expected newline or end of document", "something follows a value on its line", "put it on a line of its own"),
    ("Invalid statement", "this is not a line of TOML", "write `key = value` or `[table]`"),
    ("Invalid initial character for a key", "a key is missing here", "write `key = value`"),
    ("Unclosed array", "a list opened with `[` is not closed before this", "write a `,` or `]`"),
    ("Unclosed inline table", "a table opened with `{` is not closed before this", "write a `,` or `}`"),
    ("Unterminated string", "the text in quotes does not end", "close the quotes"),
    ("Unescaped '\\' in a string", "a `\\` stands before a character that it cannot change", "use single quotes"),
    ("Illegal character", "a character that TOML does not allow stands here", "close the quotes, or take it out"),
    ("Invalid date or datetime", "this is not a day of the calendar", "write year-month-day, as `2024-05-31`"),
    ("Invalid value", "this is not a value", 'put text in quotes: `"`'),
)
"""What the library says, what we say, and what to do: the first that fits."""


TWICE: Final = ("Cannot overwrite a value", "Duplicate inline table key", "Cannot declare", "Cannot redefine namespace")
"""What the library says of a key or table that stands twice."""


LONG_KEY: Final = re.compile(rf"""(?<![\w"'-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{DEEPEST}}}""")
"""A key of very many parts, over which the library takes very long."""


def read_file(path: str | os.PathLike[str], format: Format | None = None) -> Datum:
    """The document in a file, or `Mistakes`. The format goes by the ending of the name, unless given."""
    return read(read_source(path), format)


def read_source(path: str | os.PathLike[str]) -> Source:
    """The text of a file, or `Mistakes` when it cannot be read, is too big or is not text."""
    name = os.fspath(path).encode("utf-8", "replace").decode()
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST * 2**20 + 1)
    except FileNotFoundError:
        raise Mistakes([errors.unreadable_file(name, "there is no such file", "check the path")]) from None
    except IsADirectoryError:
        raise Mistakes([errors.unreadable_file(name, "it is a folder", "give the path of a file")]) from None
    except PermissionError:
        raise Mistakes([errors.unreadable_file(name, "permission denied", "check who may read it")]) from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "the path is not one").lower()
        raise Mistakes([errors.unreadable_file(name, reason, "check the path")]) from None
    return decoded(data, name)


def decoded(data: bytes, name: str) -> Source:
    """Bytes as a text: UTF-8, the byte order mark taken off and every line end made one `\\n`; or `Mistakes`."""
    if len(data) > LARGEST * 2**20:
        raise Mistakes([errors.too_big(name, LARGEST)])
    for mark, encoding in WIDE_ENCODINGS.items():
        if data.startswith(mark):
            raise Mistakes([errors.not_text(Place(), name, f"it begins like {encoding}")])
    data = data.removeprefix(codecs.BOM_UTF8)
    trouble: UnicodeDecodeError | None = None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        trouble, text = error, data.decode("utf-8", "replace")
    if trouble is not None or "\0" in text:
        at = len(data[: trouble.start].decode("utf-8")) if trouble is not None else len(text)
        at = min(at, text.find("\0") % (len(text) + 1))
        place = Place(Source(name, text).span(at, at + 1))
        reason = "a NUL byte stands in it" if text[at] == "\0" else "a byte stands in it that is no character"
        raise Mistakes([errors.not_text(place, name, reason)])
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def read(source: Source, format: Format | None = None) -> Datum:
    """The document, or `Mistakes` with everything found.

    Without a format the ending of the source's name decides; failing that, a text that begins with `{` or `[` is JSON
    and any other YAML.
    """
    text = source.text
    if len(text) > LARGEST * 2**20:
        raise Mistakes([errors.too_big(source.name, LARGEST)])
    if (unusable := UNUSABLE.search(text)) is not None:
        raise Mistakes([errors.unusable_character(Place(source.span(*unusable.span())))])
    if not text.removeprefix("\ufeff").strip():
        raise Mistakes([errors.empty_document(Place(source.span(0, 0)))])
    match format or format_of(source):
        case "json":
            return read_json(source)
        case "yaml":
            from policy.profiles.yaml_reading import read_yaml

            return read_yaml(source)
        case "toml":
            return read_toml(source)


def format_of(source: Source) -> Format:
    """The format that a source is written in, by its name or by how it begins."""
    named = FORMATS.get(Path(source.name).suffix.lower())
    if named is not None:
        return named
    return "json" if source.text.removeprefix("\ufeff").lstrip().startswith(("{", "[")) else "yaml"


def read_toml(source: Source) -> Datum:
    """The document, or `Mistakes`. TOML has no null, and tells no places: later mistakes have paths only."""
    import tomllib

    text = source.text.removeprefix("\ufeff")
    if (key := LONG_KEY.search(source.text)) is not None:
        raise Mistakes([errors.too_deep(Place(source.span(*key.span())), DEEPEST)])
    try:
        datum = from_python(tomllib.loads(text, parse_float=_decimal))
    except tomllib.TOMLDecodeError as error:
        raise Mistakes([_malformed(source, str(error))]) from None
    except ValueError:  # the library turns digits into an int without counting them
        raise Mistakes([errors.number_too_long(Place())]) from None
    except RecursionError:
        raise Mistakes([errors.too_deep(Place(), DEEPEST)]) from None
    if isinstance(datum, MappingDatum) and not datum.entries:
        raise Mistakes([errors.empty_document(Place(source.span(0, len(source.text))))])
    return datum


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent so great that it is refused for its length anyway
        return Decimal("1e1000")


def _malformed(source: Source, said: str) -> Diagnostic:
    """The library's complaint in our words, with the place it names in brackets."""
    start = len(source.text)
    if (place := re.search(r"\(at line ([0-9]+), column ([0-9]+)\)", said)) is not None:
        line, column = int(place[1]), int(place[2])
        bom = 1 if line == 1 and source.text.startswith("\ufeff") else 0
        start = min(start, source.line_starts[min(line, len(source.line_starts)) - 1] + column - 1 + bom)
    span = source.span(start, min(start + 1, len(source.text)))
    if any(twice in said for twice in TWICE):
        line = span.position.line
        written = re.match(r"\s*\[*\s*([^=\]]*)", source.line(line))
        at = source.line_starts[line - 1]
        key = (
            source.span(at + written.start(1), at + len(source.line(line)[: written.end(1)].rstrip()))
            if written
            else span
        )
        return errors.duplicate_key(Place(key), short_text(key.text))
    for begins, message, help in TOML_TROUBLE:
        if begins in said:
            return errors.malformed_document(Place(span), message, help)
    return errors.malformed_document(Place(span), "this is not TOML", "check the quotes and brackets")
