"""The graph says each thing once: equal nodes are shared, and bodies hold no more than they must."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest

import policy
from policy.graph import Body, Graph, Node
from policy.graph.nodes import MemberOf
from small_policies import rules

SHIPPED: Final = policy.load(Path(__file__).parents[2] / "policies")

THINGS: Final = """
record thing
  field n : integer
  field parts : list of integer
input things : list of thing
input others : list of thing
input numbers : list of integer
input limit : integer
"""


def graph(folder: Path, text: str) -> Graph:
    return rules(folder, THINGS + text).graph


def nodes(of: Graph, op: str) -> list[Node]:
    return [node for node in of.nodes if node.op == op]


def body_of(of: Graph, op: str) -> Body:
    """The body of the only node with this operation."""
    (node,) = nodes(of, op)
    assert node.body is not None
    return node.body


def operations(of: Graph, body: Body) -> list[str]:
    return [of.nodes[number].op for number in body.nodes]


# ------------------------------------------------------------------ equal nodes are one


SAID_TWICE: Final = [
    ("limit + 1", "limit + 1", "add"),
    ("floor(limit / 2)", "floor(limit / 2)", "floor"),
    ("count of things", "count of things", "count"),
    ("sum of (x.n for each x in things)", "sum of (y.n for each y in things)", "each"),
    ("count of (things as x where (x.n > limit))", "count of (things where (n > limit))", "filter"),
    ("count of (things as x grouped by (x.n))", "count of (things as y grouped by (y.n))", "group"),
    ("count of (things as x with most (x.n))", "count of (things as y with most (y.n))", "most"),
    (
        "sum of (sum of (a + x.n for each a in x.parts) for each x in things)",
        "sum of (sum of (b + y.n for each b in y.parts) for each y in things)",
        "sum_in",
    ),
    (
        "sum of (sum of (sum of (a + b + x.n for each b in numbers) for each a in x.parts) for each x in things)",
        "sum of (sum of (sum of (r + s + t.n for each s in numbers) for each r in t.parts) for each t in things)",
        "each",
    ),
    (
        "sum of (sum of (x.n + y.n for each y in things) for each x in things)",
        "sum of (sum of (b.n + a.n for each a in things) for each b in things)",
        "each",
    ),
]


@pytest.mark.parametrize(("one", "other", "op"), SAID_TWICE, ids=[one for one, _, _ in SAID_TWICE])
def test_what_is_said_twice_is_one_node(one: str, other: str, op: str, tmp_path: Path) -> None:
    both = graph(tmp_path, f"define one : integer is {one}\ndefine two : integer is {other}")
    alone = graph(tmp_path / "alone", f"define one : integer is {one}")
    assert len(nodes(both, op)) == len(nodes(alone, op))
    first, second = (both.nodes[both.named[f"club.{name}"]] for name in ("one", "two"))
    assert (first.args, first.value) == (second.args, "club.one")


SAID_DIFFERENTLY: Final = [
    ("sum of (x.n for each x in things)", "sum of (x.n for each x in others)"),
    ("sum of (x.n for each x in things)", "sum of (x.n + 1 for each x in things)"),
    ("count of (things as x with most (x.n))", "count of (things as x with least (x.n))"),
    (
        "sum of (sum of (x.n for each y in things) for each x in things)",
        "sum of (sum of (y.n for each y in things) for each x in things)",
    ),
    ("greatest of (x.n for each x in things) if none 0", "greatest of (x.n for each x in things) if none 1"),
]


@pytest.mark.parametrize(("one", "other"), SAID_DIFFERENTLY)
def test_what_differs_is_not_one_node(one: str, other: str, tmp_path: Path) -> None:
    made = graph(tmp_path, f"define one : integer is {one}\ndefine two : integer is {other}")
    first, second = (made.nodes[made.named[f"club.{name}"]] for name in ("one", "two"))
    assert first.args != second.args


def test_yes_and_one_are_two_constants(tmp_path: Path) -> None:
    made = graph(tmp_path, "define a : yes_no is yes and limit > 1\ndefine b : integer is limit + 1")
    assert sorted(repr(node.value) for node in nodes(made, "const")) == ["1", "True"]


def test_a_call_with_equal_arguments_is_one_node(tmp_path: Path) -> None:
    made = graph(
        tmp_path,
        """
define plus(x: integer, y: integer) : integer is x * 2 + y
define a : integer is plus(limit, 1) + plus(limit, 1)
define b : integer is plus(limit, 1)
define c : integer is plus(limit, 2)
define d : integer is sum of (plus(x.n, 1) for each x in things)
""",
    )
    calls = [node for node in nodes(made, "definition") if node.value == "club.plus"]
    assert len(calls) == 3
    assert len(nodes(made, "multiply")) == 2


# ------------------------------------------------------------------ bodies


def test_a_body_holds_what_depends_on_its_member_and_nothing_else(tmp_path: Path) -> None:
    made = graph(tmp_path, "define a : integer is count of (things as x where (x.n + limit * 2 > limit - 1))")
    body = body_of(made, "filter")
    assert operations(made, body) == ["field", "add", "gt"]
    outside = [made.nodes[number].op for number in made.order]
    assert {"multiply", "subtract", "filter", "count"} <= set(outside)
    assert "field" not in outside


def test_a_walk_that_does_not_depend_on_the_member_around_it_is_done_once(tmp_path: Path) -> None:
    made = graph(
        tmp_path,
        "define a : integer is count of (things as x where (x.n > sum of (y.n for each y in others)))",
    )
    assert operations(made, body_of(made, "filter")) == ["field", "gt"]
    assert {"each", "sum_in"} <= {made.nodes[number].op for number in made.order}


def test_a_result_may_stand_outside_its_body(tmp_path: Path) -> None:
    made = graph(tmp_path, "define a : integer is count of (things as x where (limit > 3))")
    body = body_of(made, "filter")
    assert body.nodes == ()
    assert body.result in made.order


def test_nested_bodies_three_deep(tmp_path: Path) -> None:
    made = graph(
        tmp_path,
        """
define a : integer is
  sum of (sum of (sum of (x.n * limit + p + q * 2 for each q in numbers) for each p in x.parts) for each x in things)
""",
    )
    outer, middle, inner = (node for node in reversed(nodes(made, "each")))
    assert outer.body is not None
    assert middle.body is not None
    assert inner.body is not None
    assert operations(made, outer.body) == ["field", "field", "multiply", "each", "sum_in"]
    assert operations(made, middle.body) == ["add", "each", "sum_in"]
    assert operations(made, inner.body) == ["multiply", "add"]


def test_a_list_walked_inside_a_walk_of_itself_has_two_members(tmp_path: Path) -> None:
    made = graph(
        tmp_path,
        """
define a : yes_no is any of (any of (x.n > y.n for each y in things) for each x in things)
define b : integer is sum of (x.n for each x in things)
""",
    )
    assert sorted(node.value.around for node in made.nodes if isinstance(node.value, MemberOf)) == [0, 1]


def test_a_definition_called_inside_a_walk_of_the_list_it_walks(tmp_path: Path) -> None:
    """What it walks is no member of the walk around it."""
    of = rules(
        tmp_path,
        THINGS
        + """
define above(t: thing) : integer is count of (things as x where (x.n > t.n))
define ranks : list of integer is (above(x) for each x in things)
define most : integer is greatest of (x.n for each x in things) if none 0
define best : list of integer is (x.n - most for each x in things)
""",
    )
    answer = of.evaluate({"things": [{"n": 3, "parts": []}, {"n": 5, "parts": []}, {"n": 1, "parts": []}]})
    assert answer.values.outcome("club.ranks") == (1, 0, 2)
    assert answer.values.outcome("club.best") == (-2, 0, -4)


# ------------------------------------------------------------------ names


def test_named_nodes_know_what_the_text_says_of_them(tmp_path: Path) -> None:
    made = rules(
        tmp_path,
        """
decision good
  cites RULES 4(a), 5
  unconfirmed en "read from a scan" fr "lu sur une numérisation"
  is rich(3)
define rich(x: integer) : yes_no is x > 2
remark aside when yes
open question which : integer
""",
    ).graph
    about = made.about["club.good"]
    assert (about.kind, about.policy, about.name, about.since) == ("decision", "club", "good", None)
    assert (about.label.en, about.label.fr) == ("label", "libellé")
    assert [(cite.source, cite.locator) for cite in about.cites] == [("RULES", "4(a), 5")]
    assert about.unconfirmed[0].get("fr") == "lu sur une numérisation"
    assert about.span.text == "good"
    assert made.about["club.rich"].parameters == ("x",)
    kinds = {name: named.kind for name, named in made.about.items()}
    assert kinds == {
        "club.good": "decision",
        "club.rich": "define",
        "club.aside": "remark",
        "club.which": "question",
    }
    assert set(made.named) == {"club.good", "club.aside", "club.which"}


def test_what_nothing_needs_is_left_out(tmp_path: Path) -> None:
    made = graph(tmp_path, "define unused(x: integer) : integer is x * 7\ndefine a : integer is limit")
    assert made.inputs == {"limit"}
    assert [node.op for node in made.nodes] == ["input", "definition"]


# ------------------------------------------------------------------ order


def disorder(of: Graph) -> Iterator[str]:
    """Each node that stands before something it is made of, or where that cannot be seen, or nowhere, or twice."""
    placed: list[int] = []

    def frame(order: tuple[int, ...], seen: set[int]) -> Iterator[str]:
        for number in order:
            node = of.nodes[number]
            yield from (f"{number} needs {arg}" for arg in node.args if arg not in seen or arg >= number)
            if node.body is not None:
                inner = seen | {node.body.parameter}
                yield from frame(node.body.nodes, inner)
                if node.body.result not in inner | set(node.body.nodes):
                    yield f"{number} gives {node.body.result}"
            seen = seen | {number}
            placed.append(number)

    yield from frame(of.order, set())
    members = {number for number, node in enumerate(of.nodes) if node.op == "member"}
    yield from (f"{number} is nowhere" for number in set(range(len(of.nodes))) - set(placed) - members)


@pytest.mark.parametrize("day", SHIPPED.epochs, ids=str)
def test_children_stand_before_their_parents_in_every_shipped_text(day: date) -> None:
    of = SHIPPED.on(day).graph
    assert list(disorder(of)) == []
    assert len(set(of.order)) == len(of.order)
