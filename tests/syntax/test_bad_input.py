"""Whatever is in a file, reading it gives mistakes in plain words, soon, and never an exception."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from policy.check.checked import check
from policy.diagnostics import Diagnostic, as_text
from policy.model.arrange import arrange
from policy.model.program import program_on
from policy.syntax.build import DEEPEST
from policy.syntax.parse import MOST_CHARACTERS, MOST_UNREADABLE, parse
from policy.syntax.sources import read_source
from policy.text import Source

HEAD = 'policy a en "A" fr "A" cites S 1\nsource S en "S" fr "S"\n'
SOON = 8.0
"""Seconds of work; a slow machine may take several times as long as the few that are meant."""


def mistakes_in(text: str, name: str = "a.policy") -> tuple[Diagnostic, ...]:
    """Everything wrong with one file by itself."""
    parsed = parse(Source(name, text))
    timelines, found = arrange([parsed.module])
    day = next(iter(timelines.values())).days[:1] if timelines else ()
    checked = check(program_on(timelines, next(iter(day), date.min)), Path("nowhere"))
    return tuple(dict.fromkeys((*parsed.diagnostics, *found, *checked.diagnostics)))


def codes(text: str) -> list[str]:
    return [mistake.code.name for mistake in mistakes_in(text)]


def told(text: str) -> list[tuple[int, str]]:
    """Line and code of each mistake, soon enough."""
    begun = time.process_time()
    found = mistakes_in(text)
    assert time.process_time() - begun < SOON
    as_text(found)
    return [(mistake.span.position.line if mistake.span else 0, mistake.code.name) for mistake in found]


def define(body: str, type_: str = "integer") -> str:
    return f'{HEAD}define x : {type_}\n  en "X" fr "X"\n  is {body}\n'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x7fELF\x02\x01\x01\x00\x80\x81", "not-text"),
        (b"policy a\n\x00\n", "not-text"),
        ('policy a\n  en "Caf\N{LATIN SMALL LETTER E WITH ACUTE}"\n'.encode("latin-1"), "not-text"),
        ("policy a\n".encode("utf-16"), "not-text"),
        (b'policy a\n  en "\x1b[31mred"\n', "not-text"),
        (bytes(range(256)) * 1000, "not-text"),
    ],
    ids=["binary", "null", "Latin-1", "UTF-16", "escape", "all bytes"],
)
def test_a_file_that_is_no_text_is_told_of(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "a.policy"
    path.write_bytes(data)
    source, found = read_source(path, "a.policy")
    assert [mistake.code.name for mistake in found] == [code]
    assert as_text(found)
    parse(source)


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n", "# only this\n", "   \n\t\n", "  indented\n"])
def test_a_file_without_declarations_is_empty(text: str) -> None:
    assert told(text) == [(1, "empty-file")]


@pytest.mark.parametrize(
    "body",
    [
        "(" * 20_000 + "1" + ")" * 20_000,
        " + ".join(["1"] * 20_000),
        "not " * 20_000 + "yes",
        "1" + " where (yes)" * 5_000,
        "a" + ".b" * 20_000,
        "a" + "(1)" * 20_000,
        "when yes then " * 5_000 + "1" + " otherwise 2" * 5_000,
        "{" * 5_000,
        "all of\n" + "\n".join(" " * (4 + 2 * i) + "- all of" for i in range(200)),
        "sum of (" * 2_000,
        "1 " + "- " * 20_000,
        "yes and (no or (" * 5_000,
    ],
    ids=range(12),
)
def test_deep_nesting_is_told_of_at_once(body: str) -> None:
    found = told(define(body))
    assert len(found) == 1
    assert found[0][1] in {"too-deep", "syntax"}


@pytest.mark.parametrize("type_", ["list of " * 20_000 + "date", "optional " * 20_000 + "date"])
def test_deep_types_are_told_of_at_once(type_: str) -> None:
    assert told(define("1", type_)) == [(3, "too-deep")]


def test_deep_data_is_told_of_at_once() -> None:
    text = HEAD + "sample s : profile is {a: " + "[" * 5_000 + "]" * 5_000 + "}\n"
    assert told(text) == [(3, "too-deep")]


def test_as_many_operations_as_may_be_nested_are_checked() -> None:
    assert told(define(" + ".join(["1"] * (DEEPEST - 10)))) == []


def test_a_file_beyond_all_measure_is_not_read() -> None:
    assert told("x" * (MOST_CHARACTERS + 1)) == [(1, "too-large")]


@pytest.mark.parametrize(
    "filling",
    ["word\n", "define a : integer is 1 1\n", "  - a\n", '"\n', "x" * 999 + "\n"],
    ids=["words", "mistakes", "bullets", "quotes", "long lines"],
)
def test_the_longest_file_is_read_soon(filling: str) -> None:
    text = HEAD + filling * ((MOST_CHARACTERS - len(HEAD)) // len(filling))
    begun = time.process_time()
    parse(Source("a.policy", text))
    assert time.process_time() - begun < SOON


def declarations(count: int, body: str) -> str:
    one = 'define x{0} : integer\n  en "X" fr "X"\n  is ' + body + "\n"
    return HEAD + "".join(one.format(i, max(i - 1, 0)) for i in range(count))


def test_five_thousand_declarations_are_checked_soon() -> None:
    assert told(declarations(5_000, "1")) == []


def test_a_chain_of_five_thousand_declarations_is_checked_soon() -> None:
    assert told(declarations(5_000, "x{1} + 1")) == [(5, "cycle")]


def test_five_thousand_mistakes_are_all_told_soon() -> None:
    assert len(told(declarations(5_000, "y{0}"))) == 5_000
    assert len(told(declarations(5_000, "1 1"))) == MOST_UNREADABLE + 1


def test_groups_taken_from_one_another_end_somewhere() -> None:
    one = 'define x{0} : list of group\n  en "X" fr "X"\n  is x{1} as g where (yes)\n'
    text = HEAD + "".join(one.format(i, i + 1) for i in range(1_000))
    assert sorted(code for _, code in told(text)) == ["unfolds-too-far", "unknown-name"]


def test_emoji_and_other_scripts_may_stand_in_texts() -> None:
    texts = "👩‍⚕️ مكتبة 図書館 \u200f", "é\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}ß »"
    text = HEAD + 'define x : integer\n  en "{}" fr "{}"\n  is 1\n'.format(*texts)
    assert told(text) == []


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u202a"])
def test_what_makes_a_line_look_otherwise_is_told_of(character: str) -> None:
    assert told(HEAD + f'define x : integer\n  en "X{character}" fr "X"\n  is 1\n') == [(4, "syntax")]


def broken_pieces() -> Iterator[str]:
    yield from (
        'define b : integer\n  is "\n',
        "define c : integer\n  is (((\n",
        "define d : integer\n  is 2024-02-30 +\n",
        "unheard of\n",
        "  indented before anything\n",
        "table e(a: b) -> c\n  |\n",
        "enum f\n",
        "policy\n",
        "replace\n",
        "repeal\n",
        "-\n",
        "| |\n",
        'example "x"\n  on\n',
        "\ufeffdefine g : integer\n",
        "define \u00a0h : integer\n",
        "define i : integer is 1 # 'é\n\u2028x\n",
    )


@pytest.mark.parametrize("piece", list(broken_pieces()), ids=range(16))
def test_one_broken_declaration_hides_no_mistake_in_others(piece: str) -> None:
    """What is indented, and a bullet or row at the margin, belongs to the declaration above it, which it breaks."""
    wrong = 'define {0} : integer\n  en "X" fr "X"\n  is {0}_unknown\n'
    alone = codes(HEAD + wrong.format("y") + wrong.format("z"))
    assert alone == ["unknown-name", "unknown-name"]
    found = codes(HEAD + piece + wrong.format("y") + piece + wrong.format("z"))
    assert found.count("unknown-name") == (1 if piece[0] in " -|" else 2)
    assert len(found) > 2
