"""Trees can be walked, and compared whatever stands between their words."""

from __future__ import annotations

import pytest

from policy.syntax import tree as t
from policy.syntax.parse import parse
from policy.syntax.walk import children, is_node, same_shape, walk
from policy.text import Source

TEXT = """\
policy tolls
  en "Tolls" fr "Péages"
  cites RULES 1

define fee(n: integer) : integer
  en "Fee" fr "Frais"
  is when n in {1..3, 5} then n * 2 otherwise greatest of (n, 7)

requirement dear
  en "Dear" fr "Cher"
  cites RULES 2
  is all of
    - fee(3) > 4
    - any of (l.late for each l in loans)
"""


def tree(text: str) -> t.Module:
    parsed = parse(Source("tolls.policy", text))
    assert parsed.diagnostics == ()
    return parsed.module


def test_walk_gives_each_node_below_a_node_before_what_it_holds() -> None:
    names = [node.id for node in walk(tree(TEXT), t.Name)]
    assert names == ["n", "n", "n", "fee", "l", "loans"]
    nodes = list(walk(tree(TEXT)))
    assert isinstance(nodes[0], t.Module)
    assert all(nodes.index(child) > at for at, node in enumerate(nodes) for child in children(node))


def test_walk_gives_nodes_of_several_kinds() -> None:
    assert [node.text for node in walk(tree(TEXT), t.Number, t.Range) if isinstance(node, t.Number)] == [
        *("1", "3", "5", "2", "7", "3", "4")
    ]


def test_children_are_the_nodes_right_below() -> None:
    definition = tree(TEXT).items[0]
    assert [type(child).__name__ for child in children(definition)] == ["Clauses", "Parameter", "NamedType", "Choice"]


def test_places_and_plain_values_are_no_nodes() -> None:
    module = tree(TEXT)
    assert is_node(module)
    assert not any(is_node(value) for value in (module.source, module.items[0].span, "a", 3, None, ()))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  is when n", "\n  # so it is\n   is   when n"),
        ("{1..3, 5}", "{ 1 .. 3,\n        5 }"),
        ("    - fee(3) > 4\n    - any", "      - fee(3) > 4   # first\n\n      - any"),
        ("policy tolls\n", "# The tolls.\n\npolicy tolls\n"),
        ('"Fee" fr "Frais"\n', '"Fee"\n  fr "Frais"\n'),
    ],
)
def test_blanks_comments_and_line_ends_are_no_part_of_the_shape(before: str, after: str) -> None:
    assert before in TEXT
    assert same_shape(tree(TEXT), tree(TEXT.replace(before, after)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("n * 2", "n * 3"),
        ("n * 2", "n + 2"),
        ("{1..3, 5}", "{1..3}"),
        ("{1..3, 5}", "{1..<3, 5}"),
        ("greatest of (n, 7)", "least of (n, 7)"),
        ("greatest of (n, 7)", "greatest of (7, n)"),
        ("otherwise greatest of (n, 7)", "otherwise n"),
        ('fr "Frais"', 'fr "frais"'),
        ("RULES 2", "RULES 3"),
        ("requirement dear", "requirement cheap"),
        ("requirement dear", "decision dear"),
        ("fee(3)", "fee(3.0)"),
    ],
)
def test_everything_that_is_said_is_part_of_the_shape(before: str, after: str) -> None:
    assert before in TEXT
    assert not same_shape(tree(TEXT), tree(TEXT.replace(before, after)))


def test_a_deep_tree_is_walked_and_compared() -> None:
    of: t.Expression = t.Name(Source("a", "a").span(0, 1), "a")
    other: t.Expression = t.Name(Source("b", "a").span(0, 1), "a")
    for _ in range(50_000):
        of, other = t.Not(of.span, of), t.Not(other.span, other)
    assert same_shape(of, other)
    assert sum(1 for _ in walk(of, t.Not)) == 50_000
    assert not same_shape(of, t.Not(other.span, other))
