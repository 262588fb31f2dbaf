"""The same words are the same tree, however their lines end and whatever else stands in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy.diagnostics import as_text
from policy.syntax import tree as t
from policy.syntax.grammar import parser
from policy.syntax.parse import Parsed, parse, split
from policy.syntax.sources import read_source
from policy.syntax.walk import same_shape, walk
from policy.text import Source, Span

POLICIES = Path(__file__).parents[2] / "policies"

TEXT = """\
policy tolls
  en "Tolls" fr "Péages"
  cites RULES 1

requirement dear
  en "Dear" fr "Cher"
  is all of
    - visits > 4
    - member and
      not late   # a comment

table fee(kind: kind) -> integer
  en "Fee" fr "Frais"
  | kind | fee |
  | book | 3   | cites RULES 3
  | -    | 4   |
"""

WRONG = TEXT.replace("visits > 4", "visits >> 4").replace("| 3   | cites", "| 3   3 | cites")


def read(path: Path, data: bytes) -> Parsed:
    path.write_bytes(data)
    source, mistakes = read_source(path, path.name)
    assert mistakes == ()
    return parse(source)


@pytest.mark.parametrize("text", [TEXT, WRONG])
@pytest.mark.parametrize(
    "variant",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["CRLF", "CR", "BOM", "BOM and CRLF", "no last line end"],
)
def test_line_ends_and_byte_order_marks_change_nothing(tmp_path: Path, text: str, variant: object) -> None:
    assert callable(variant)
    plain = read(tmp_path / "tolls.policy", text.encode())
    other = read(tmp_path / "tolls.policy", variant(text))
    assert same_shape(plain.module, other.module)
    assert as_text(plain.diagnostics) == as_text(other.diagnostics)
    assert [item.span.position for item in plain.module.items] == [item.span.position for item in other.module.items]


def test_text_that_an_editor_holds_with_its_own_line_ends_reads_alike() -> None:
    plain, other = parse(Source("tolls.policy", WRONG)), parse(Source("tolls.policy", WRONG.replace("\n", "\r\n")))
    assert same_shape(plain.module, other.module)
    assert as_text(plain.diagnostics) == as_text(other.diagnostics)


def test_the_grammar_has_no_conflict() -> None:
    assert parser().options.strict


def test_a_span_is_the_text_of_its_node() -> None:
    module = parse(Source("tolls.policy", TEXT)).module
    spans = [(type(node).__name__, getattr(node, "span", None)) for node in walk(module)]
    shown = {kind: span.text for kind, span in spans if isinstance(span, Span)}
    assert shown["Gather"] == "all of\n    - visits > 4\n    - member and\n      not late"
    assert shown["Not"] == "not late"
    assert shown["Row"] == "| -    | 4   |"
    assert shown["Header"] == 'policy tolls\n  en "Tolls" fr "Péages"\n  cites RULES 1'


def test_pieces_begin_at_the_left_margin_and_hold_everything() -> None:
    source = Source("tolls.policy", "# first\n\n" + TEXT + "\n# last\n")
    pieces = split(source)
    assert [source.text[start:end].split()[0] for start, end in pieces] == ["policy", "requirement", "table"]
    assert pieces[-1][1] == len(source.text)
    assert split(Source("empty.policy", "# nothing\n")) == []


@pytest.mark.parametrize("path", sorted(POLICIES.rglob("*.policy")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_spans_of_shipped_policies_lie_within_each_other(path: Path) -> None:
    """A node stands inside the node that holds it: what points to a place can be trusted."""
    source, _ = read_source(path)
    module = parse(source).module
    for item in module.items:
        for node in walk(item):
            span = getattr(node, "span", None)
            if isinstance(span, Span):
                assert item.span.start <= span.start <= span.end <= item.span.end, node


def test_a_broken_declaration_leaves_its_name() -> None:
    pieces = ["policy a", "define b : ", "enum c\n  value d d", "replace open question e", "repeal f g"]
    text = "\n\n".join([*pieces, 'quantity h\n  symbol "$" 3'])
    module = parse(Source("a.policy", text)).module
    assert module.broken == {"b", "c", "d", "e", "f", "h", "$"}
    assert module.items == ()


def test_a_head_is_put_together_from_what_can_be_read() -> None:
    text = "policy a\n  en English\n  effective 2020-01-01\n  amends 2019-01-01\n  uses b, c\n  uses d\n"
    header = parse(Source("a/2020-01-01.policy", text)).module.header
    assert header is not None
    assert not header.readable
    assert (header.name, str(header.effective), str(header.amends)) == ("a", "2020-01-01", "2019-01-01")
    assert [name for name, _ in header.uses] == ["b", "c", "d"]
    assert [span.text for _, span in header.uses] == ["b", "c", "d"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.policy", ("a", None)), ("b/2020-01-01.policy", ("b", "2020-01-01")), ("2020-01-01.policy", None)],
)
def test_a_file_without_a_head_is_of_the_policy_of_its_place(
    name: str, expected: tuple[str, str | None] | None
) -> None:
    header = parse(Source(name, "define x : integer is 3\n")).module.header
    found = None if header is None else (header.name, None if header.effective is None else str(header.effective))
    assert found == expected


def test_every_kind_of_node_is_made_by_some_text() -> None:
    """What the grammar can say, the shipped policies and this say; a node that nothing makes would be dead."""
    text = """\
policy a
  effective 2020-01-01 between 2020-01-01 and 2020-01-02
  verified until 2020-01-03
  zone "UTC"
  unconfirmed en "A" fr "A"
source B
  abbreviated en "B" fr "B"
  form en "B" fr "B"
  link en "B" fr "B"
define c : code
  is 012
set d of key of e
  is 1*, 01
  except 2
set e of code
  is those c in d
input f : row of e
input g : optional list of code of 3 digits
input h : grade by subject
decision i
  is not (a is none) and b not in {$3, 2..} and c(x, y: "z") is yes
define j : list of x
  is ((a as x grouped by (x.y)) with most (z)) outside (the one q where (yes)) where (count of b > 2)
define k : one of (1, 2)
  is at least 1 of (sum of (a for each a in b) if none 3, 2 - 3, 7 rounded down to 5)
define l : yes_no
  is (i at o but p is 3) and (q as it read on 2019-01-01)
repeal l
revive l as it read on 2019-01-01
replace sample m : n is {o: ["p", q]}
open question r : date
  asked when yes
remark s
  when 2020-01-01 >= day of t
example "u"
  on 2020-01-01
  given
    - like m
    - v is none
  expect
    - w is not applicable
"""
    made = {type(node) for node in walk(parse(Source("a.policy", text)).module)}
    for path in POLICIES.rglob("*.policy"):
        made |= {type(node) for node in walk(parse(read_source(path)[0]).module)}
    kinds = {value for value in vars(t).values() if isinstance(value, type)}
    assert {kind.__name__ for kind in kinds - made} == set()
