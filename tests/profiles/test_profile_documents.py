"""Reading documents: every format gives the same tree, and whatever cannot be read is told in plain words."""

from __future__ import annotations

import codecs
import json
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_documents import plain

from policy.diagnostics import Diagnostic, Mistakes, as_text
from policy.profiles import (
    ListDatum,
    MappingDatum,
    decoded,
    from_python,
    read,
    read_file,
    read_source,
)
from policy.profiles.reading import Format
from policy.text import Source


def wrong(text: str, format: Format | None = None, name: str = "case") -> list[Diagnostic]:
    with pytest.raises(Mistakes) as found:
        read(Source(name, text), format)
    assert as_text(found.value.diagnostics)
    return list(found.value.diagnostics)


def told(text: str, format: Format) -> list[str]:
    """Line and column, code and message of each mistake."""
    return [
        f"{mistake.span.position.line}:{mistake.span.position.column} {mistake.code.name}: {mistake.message}"
        if mistake.span
        else f"{mistake.path} {mistake.code.name}: {mistake.message}"
        for mistake in wrong(text, format)
    ]


def test_yaml_keeps_what_was_written() -> None:
    text = "a: NO\nb: 010\nc: '010'\nd: [1.50, null, ~, yes]\ne:\n- x: 2024-02-31\n  y: |\n    two\n    lines\nf: {}\n"
    assert plain(read(Source("case", text), "yaml")) == {
        "a": "<NO>",
        "b": "<010>",
        "c": "010",
        "d": ["<1.50>", "<null>", "<~>", "<yes>"],
        "e": [{"x": "<2024-02-31>", "y": "two\nlines\n"}],
        "f": {},
    }


def test_json_keeps_digits_and_kinds() -> None:
    text = '{"a": 1.50, "b": 1e2, "c": -0, "d": 12345678901234567890, "e": [true, null, "1", "\\u00e9"]}'
    read_back = plain(read(Source("case", text), "json"))
    assert read_back == {
        "a": Decimal("1.50"),
        "b": Decimal("1e2"),
        "c": 0,
        "d": 12345678901234567890,
        "e": [True, None, "1", "é"],
    }


def test_toml_has_dates_and_exact_numbers() -> None:
    text = "a = 0.1\nb = 2024-02-29\n[[c]]\nd = 2024-02-29T10:00:00Z\n"
    assert plain(read(Source("case", text), "toml")) == {
        "a": Decimal("0.1"),
        "b": date(2024, 2, 29),
        "c": [{"d": datetime(2024, 2, 29, 10, tzinfo=UTC)}],
    }


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_every_datum_has_its_place(format: Format) -> None:
    text = '{"a": [1, {"b": "x"}],\n "c": true}'
    datum = read(Source("case", text), format)
    assert isinstance(datum, MappingDatum)
    a, c = datum.entries
    assert isinstance(a.value, ListDatum)
    spans = (datum.span, a.key_span, a.value.span, a.value.items[1].span, c.value.span)
    assert [span and span.text for span in spans] == [text, '"a"', '[1, {"b": "x"}]', '{"b": "x"}', "true"]


def test_an_indented_mapping_ends_with_its_last_value() -> None:
    datum = read(Source("case", "a:\n- b: 1\n  c:\n    - 2\n\n# remark\nd: 3\n"), "yaml")
    assert isinstance(datum, MappingDatum)
    span = datum.entries[0].value.span
    assert span is not None
    assert span.text == "- b: 1\n  c:\n    - 2"


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.yaml", "{}", "yaml"),
        ("a.YML", "{}", "yaml"),
        ("a.json", '{"a": 1}', "json"),
        ("a.toml", "a = 1", "toml"),
        ("<profile>", ' {"a": 1}', "json"),
        ("<profile>", "\ufeff[1]", "json"),
        ("<profile>", "a: 1", "yaml"),
        ("a.txt", "a: 1", "yaml"),
    ],
)
def test_the_format_goes_by_the_name_or_the_beginning(name: str, text: str, format: Format) -> None:
    assert plain(read(Source(name, text))) == plain(read(Source(name, text), format))


@pytest.mark.parametrize("format", ["yaml", "json", "toml"])
@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_an_empty_document_is_refused(text: str, format: Format) -> None:
    assert [mistake.code.name for mistake in wrong(text, format)] == ["empty-document"]


@pytest.mark.parametrize(("text", "format"), [("# remark\n", "yaml"), ("---\n", "yaml"), ("# remark\n", "toml")])
def test_a_document_of_remarks_is_empty(text: str, format: Format) -> None:
    assert [mistake.code.name for mistake in wrong(text, format)] == ["empty-document"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: 1\nb: {c: 1, c: 2}\na: 2\n",
            ["2:11 duplicate-key: the key `c` stands twice", "3:1 duplicate-key: the key `a` stands twice"],
        ),
        (
            "a: &x 1\nb: *x\nc: *y\n",
            ["1:4 yaml-alias: `&x` refers from one place of the document to another"],
        ),
        (
            "a: !!int 3\nb: !set {x: 1}",
            ["1:4 yaml-tag: the tag `!!int` cannot be used", "2:4 yaml-tag: the tag `!set` cannot be used"],
        ),
        ("a: 1\n---\na: 2\n", ["2:1 several-documents: a second document begins here"]),
        ("\ta: 1", ["1:1 malformed-document: a tab stands where spaces are wanted"]),
        ("a: b: c", ["1:5 malformed-document: a `:` is not expected here"]),
        ("a:\n  b: 1\n c: 2", ["3:2 malformed-document: this line does not fit the ones before it"]),
        ("a: 'x\nb: 1", ["1:4 malformed-document: the text in quotes does not end"]),
        ("a: @x", ["1:4 malformed-document: text cannot begin with this character"]),
        ("a: [1, 2\n", ["2:1 malformed-document: a list opened with `[` is not closed before this"]),
        ("a: {b: 1\n", ["2:1 malformed-document: a record opened with `{` is not closed before this"]),
        ("a: 1}", []),
        ("{a: 1}}", ["1:7 malformed-document: something follows the end of the document"]),
        ('a: "\\q"', ["1:6 malformed-document: a `\\` stands before a character that it cannot change"]),
        ('a: "\\UFFFFFFFF"', ["1:7 malformed-document: an escape or a version in the text is not one"]),
        ('a: "\\ud800"', ["1:4 unusable-character: a NUL or half of a character stands in the text"]),
        ("a: \x7f", ["1:4 malformed-document: an invisible character stands in the text"]),
        ("? [a]\n: 1", ["1:3 key-not-text: `[a]` is not a key: a key is a text"]),
        ("a: b\n{c: 1}: 2", ["2:1 key-not-text: `{c: 1}` is not a key: a key is a text"]),
        ("? \n: 1", ["1:2 key-not-text: a key is missing here"]),
        (
            "%YAML 1." + "9" * 5000 + "\n---\na: 1",
            ["1:9 malformed-document: an escape or a version in the text is not one"],
        ),
        ("a: \0", ["1:4 unusable-character: a NUL or half of a character stands in the text"]),
    ],
)
def test_what_is_wrong_with_yaml(text: str, expected: list[str]) -> None:
    if expected:
        assert told(text, "yaml") == expected
    else:
        read(Source("case", text), "yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}',
            ["1:24 duplicate-key: the key `c` stands twice", "1:33 duplicate-key: the key `a` stands twice"],
        ),
        (
            '{"a": NaN, "b": [-Infinity]}',
            ["1:7 not-a-number: `NaN` is not a number", "1:18 not-a-number: `-Infinity` is not a number"],
        ),
        ('{"a": 00100}', ["1:7 malformed-document: the number `00100` begins with 0"]),
        ("{'a': 1}", ["1:2 malformed-document: text stands in single quotes"]),
        ("{a: 1}", ["1:2 malformed-document: the key `a` is not in quotes"]),
        ('{"a": 1,}', ["1:9 malformed-document: a comma stands before the `}`"]),
        ("[1,]", ["1:4 malformed-document: a comma stands before the `]`"]),
        ("[,1]", ["1:2 malformed-document: a value is missing before `,`"]),
        ('{"a": yes}', ["1:7 malformed-document: `yes` is not a word of JSON"]),
        ('{"a": None}', ["1:7 malformed-document: `None` is not a word of JSON"]),
        ('{"a" 1}', ["1:6 malformed-document: a `:` is missing after the key `a`"]),
        ('{"a": 1 "b": 2}', ["1:9 malformed-document: a `,` or `}` is missing before this"]),
        ('{"a": "x\n"}', ["1:9 malformed-document: a line end or tab stands inside quotes"]),
        ('{"a": "x', ["1:7 malformed-document: the text in quotes does not end"]),
        ('{"a": "\\x"}', ["1:8 malformed-document: a `\\` stands before a character that it cannot change"]),
        ('{"a": [1', ["1:9 malformed-document: the document ends before the `[` is closed"]),
        ("{} {}", ["1:4 malformed-document: something follows the end of the document"]),
        ('{"a": 1.}', ["1:7 malformed-document: `1.` is not a number"]),
        ('{"a": 1_000}', ["1:7 malformed-document: `1_000` is not a number"]),
        ('{"a": 1e99999999999999999999}', ["1:7 number-too-long: the number is too long to be meant"]),
        ('{"a": ' + "9" * 5000 + "}", ["1:7 number-too-long: the number is too long to be meant"]),
        ('{"a": "\\ud800"}', ["1:7 unusable-character: a NUL or half of a character stands in the text"]),
        ('{"a": "\\u0000"}', ["1:7 unusable-character: a NUL or half of a character stands in the text"]),
        ('{"a": // x\n 1}', ["1:7 malformed-document: JSON has no comments"]),
        ('{"a":', ["1:6 malformed-document: the document ends where a value is wanted"]),
        ("\0{}", ["1:1 unusable-character: a NUL or half of a character stands in the text"]),
    ],
)
def test_what_is_wrong_with_json(text: str, expected: list[str]) -> None:
    assert told(text, "json") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\na = 2", ["2:1 duplicate-key: the key `a` stands twice"]),
        ("[a.b]\n[a.b]", ["2:2 duplicate-key: the key `a.b` stands twice"]),
        ("a = {b = 1, b = 2}", ["1:1 duplicate-key: the key `a` stands twice"]),
        ("a = nan", ["a not-a-number: `NaN` is not a number"]),
        ("a = [{b = inf}]", ["a[0].b not-a-number: `Infinity` is not a number"]),
        ("a = 1e99999999999999999999", ["a number-too-long: the number is too long to be meant"]),
        ("a = " + "9" * 5000, ["None number-too-long: the number is too long to be meant"]),
        ("a = " + "9" * 500, ["a number-too-long: the number is too long to be meant"]),
        ("a = [1", ["1:7 malformed-document: a list opened with `[` is not closed before this"]),
        ("a", ["1:2 malformed-document: an `=` is missing after a key"]),
        ("a = yes", ["1:5 malformed-document: this is not a value"]),
        ("a = 2024-02-31", ["1:5 malformed-document: this is not a day of the calendar"]),
        ("a: 1", ["1:2 malformed-document: an `=` is missing after a key"]),
        ("\ufeffa = =", ["1:6 malformed-document: this is not a value"]),
    ],
)
def test_what_is_wrong_with_toml(text: str, expected: list[str]) -> None:
    assert told(text, "toml") == expected


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("[" * 20_000, "json"),
        ('{"a":' * 20_000, "json"),
        ("[" * 20_000, "yaml"),
        ("{a: " * 20_000, "yaml"),
        ("- " * 20_000, "yaml"),
        ("a = " + "[" * 20_000, "toml"),
        ("a." * 20_000 + "b = 1", "toml"),
    ],
)
def test_deep_nesting_is_told_and_never_overflows(text: str, format: Format) -> None:
    assert [mistake.code.name for mistake in wrong(text, format)] == ["document-too-deep"]


def test_fifty_levels_are_deep_enough() -> None:
    for format in ("json", "yaml"):
        read(Source("case", "[" * 50 + "]" * 50), format)
        assert [mistake.code.name for mistake in wrong("[" * 51 + "]" * 51, format)] == ["document-too-deep"]


def test_an_alias_bomb_is_refused_at_once() -> None:
    levels = [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 30)]
    before = time.monotonic()
    assert [mistake.code.name for mistake in wrong("l0: &l0 [x]\n" + "\n".join(levels), "yaml")] == ["yaml-alias"]
    assert time.monotonic() - before < 5


def test_a_mistake_before_a_breach_of_the_grammar_is_told_too() -> None:
    codes = ["duplicate-key", "malformed-document"]
    assert [mistake.code.name for mistake in wrong("a: 1\na: 2\nb: [", "yaml")] == codes
    assert [mistake.code.name for mistake in wrong('{"a": 1, "a": 2, }', "json")] == codes


def test_a_key_that_stands_twice_is_told_with_both_places() -> None:
    (mistake,) = wrong("a: 1\nb: 2\na: 3\n", "yaml")
    assert [str(note.span) for note in mistake.notes] == ["case:1:1"]


# Files


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: 1\nb: \xe9t\xe9\n", "`{}` is not text in UTF-8: a byte stands in it that is no character"),
        (b"a: 1\0", "`{}` is not text in UTF-8: a NUL byte stands in it"),
        (codecs.BOM_UTF16_LE + "a: 1".encode("utf-16-le"), "`{}` is not text in UTF-8: it begins like UTF-16"),
        (codecs.BOM_UTF32_LE + "a: 1".encode("utf-32-le"), "`{}` is not text in UTF-8: it begins like UTF-32"),
        (b"\x89PNG\r\n\x1a\n\0\0", "`{}` is not text in UTF-8: a byte stands in it that is no character"),
        (b" " * (16 * 2**20 + 1), "`{}` is larger than 16 MB"),
    ],
)
def test_a_file_that_is_no_text_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    with pytest.raises(Mistakes) as found:
        read_file(path)
    assert [mistake.message for mistake in found.value.diagnostics] == [message.format(path)]
    assert str(found.value)


def test_the_byte_that_is_no_character_is_shown() -> None:
    with pytest.raises(Mistakes) as found:
        decoded(b"a: 1\nb: \xe9\n", "case.yaml")
    assert str(found.value.diagnostics[0].span) == "case.yaml:2:4"


@pytest.mark.parametrize("path", ["missing.yaml", ".", "a\0b", "x" * 5000, "case.yaml/deeper"])
def test_a_path_that_cannot_be_read_is_told(path: str, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("{}")
    with pytest.raises(Mistakes) as found:
        read_file(f"{tmp_path}/{path}")
    (mistake,) = found.value.diagnostics
    assert mistake.code.name == "unreadable-file"
    assert mistake.message.islower() or str(tmp_path) in mistake.message


def test_line_ends_and_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(codecs.BOM_UTF8 + b"a: 1\r\nb:\r- c\r\n")
    assert plain(read_file(path)) == {"a": "<1>", "b": ["<c>"]}
    assert read_source(path).text == "a: 1\nb:\n- c\n"


def test_a_text_with_a_byte_order_mark_and_carriage_returns_reads_alike() -> None:
    assert plain(read(Source("case", "\ufeffa: 1\r\nb: x\r\n"), "yaml")) == {"a": "<1>", "b": "<x>"}
    assert plain(read(Source("case", '\ufeff{"a":\r\n1}'), "json")) == {"a": 1}
    assert plain(read(Source("case", "\ufeffa = 1\r\nb = 2\r\n"), "toml")) == {"a": 1, "b": 2}


# Whatever is thrown at it

FORMATS: Final = st.sampled_from(["yaml", "json", "toml"])
MARKS: Final = "{}[]:,-\"'\\ \n\tabx&*!%#|>?@`~.0149eE+=uU/"


def reads_or_tells(content: bytes, format: Format | None) -> bool:
    """Whether the bytes read, or else have mistakes that can be shown; anything else is raised."""
    try:
        read(decoded(content, "case"), format)
    except Mistakes as found:
        return bool(found.diagnostics) and bool(str(found))
    return True


@given(st.text(), FORMATS)
def test_any_text_reads_or_is_told_wrong(text: str, format: Format) -> None:
    assert reads_or_tells(text.encode("utf-8", "replace"), format)


@given(st.text(alphabet=MARKS, max_size=60), FORMATS)
def test_any_marks_read_or_are_told_wrong(text: str, format: Format) -> None:
    assert reads_or_tells(text.encode(), format)


@given(st.binary(max_size=50))
def test_any_bytes_read_or_are_told_wrong(content: bytes) -> None:
    assert reads_or_tells(content, None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from([None, 1]))
def test_json_reads_as_the_standard_library_reads_it(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    if "\\u0000" not in text:
        assert plain(read(Source("case", text), "json")) == json.loads(text) == plain(from_python(value))
