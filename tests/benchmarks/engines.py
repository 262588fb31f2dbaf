"""The rules of `guild.txt` in the forms that other engines take, made from our graph of them.

Tables become decision tables for `zen-engine` and chains of conditions in CEL. What is written by hand here is how the
points are added up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, Final, TypeAlias

from policy.graph import Graph, Grid, Matcher

Score: TypeAlias = Callable[[Mapping[str, Any]], int]
"""The points of a person."""

Least: TypeAlias = Callable[[str, str], str]
"""How the lesser of a limit and an amount is written."""

LOWEST: Final = "lowest"
"""What the keys of tables call the one amount that is worked out beforehand."""


def tables(graph: Graph) -> dict[str, tuple[Grid, tuple[str, ...], tuple[Any, ...]]]:
    """The tables that are looked up: a name for each look-up, the table, what its keys are, and its outputs."""
    found = {}
    for node in graph.nodes:
        if isinstance(node.value, Grid):
            count = len(node.value.keys)
            keys = tuple(_fact(graph, argument) for argument in node.args[:count])
            outputs = tuple(graph.nodes[argument].value for argument in node.args[count:])
            found["_".join((node.value.name.partition(".")[2], *keys))] = node.value, keys, outputs
    return found


def _fact(graph: Graph, number: int) -> str:
    node = graph.nodes[number]
    while node.op == "definition":
        node = graph.nodes[node.args[0]]
    return str(node.value) if node.op == "input" else LOWEST


# ------------------------------------------------------------------ zen-engine


def zen(graph: Graph) -> Score:
    """zen-engine with its trace: a decision table for each look-up, all between two nodes of expressions."""
    lowest = _expressions("lowest", {LOWEST: "min([speaking, listening, reading, writing])"}, pass_through=True)
    looked_up = [zen_table(name, *table) for name, table in tables(graph).items()]
    added = {name for name, _ in adding_up(str, _zen_least, "and")}
    sums = adding_up(lambda part: f"$.{part}" if part in added else part, _zen_least, "and")
    total = _expressions("total", dict(sums))
    nodes = [{"id": "in", "type": "inputNode", "name": "in"}, lowest, *looked_up, total]
    nodes.append({"id": "out", "type": "outputNode", "name": "out"})
    pairs = [("in", "lowest"), ("lowest", "total"), ("total", "out")]
    pairs += [pair for table in looked_up for pair in (("lowest", table["id"]), (table["id"], "total"))]
    edges = [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in pairs]
    loader = {"type": "static", "content": {"guild": {"nodes": nodes, "edges": edges}}}  # its fastest: compiled once
    engine = import_module("zen").ZenEngine({"loader": loader})

    def score(facts: Mapping[str, Any]) -> int:
        answer = engine.evaluate("guild", facts, {"trace": True})
        assert answer["trace"]
        return int(answer["result"]["total"])

    return score


def _expressions(name: str, expressions: Mapping[str, str], pass_through: bool = False) -> dict[str, Any]:
    rows = [{"id": key, "key": key, "value": value} for key, value in expressions.items()]
    content = {"expressions": rows, "passThrough": pass_through}
    return {"id": name, "type": "expressionNode", "name": name, "content": content}


def zen_table(name: str, grid: Grid, keys: tuple[str, ...], outputs: tuple[Any, ...]) -> dict[str, Any]:
    rules = [
        {"_id": f"{name}{i}", **{key: _zen_cell(cell) for key, cell in zip(keys, row, strict=True)}, "to": str(output)}
        for i, (row, output) in enumerate(zip(grid.cells, outputs, strict=True))
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": key, "name": key, "field": key} for key in keys],
        "outputs": [{"id": "to", "name": name, "field": name}],
        "rules": rules,
    }
    return {"id": name, "type": "decisionTableNode", "name": name, "content": content}


def _zen_cell(cell: tuple[Matcher, ...]) -> str:
    return ", ".join(_zen_test(matcher) for matcher in cell if matcher.kind != "any")


def _zen_test(matcher: Matcher) -> str:
    if matcher.kind == "value":
        return json.dumps(matcher.value)
    if matcher.low is None:
        return f"<= {matcher.high}"
    return f">= {matcher.low}" if matcher.high is None else f"[{matcher.low}..{matcher.high}]"


def _zen_least(limit: str, value: str) -> str:
    return f"min([{limit}, {value}])"


# ------------------------------------------------------------------ CEL


def cel_text(graph: Graph, least: Least, lowest: str) -> str:
    """The total as one expression. CEL has no names for parts, so each is written out where it is used."""
    parts = {LOWEST: lowest}
    for name, table in tables(graph).items():
        parts[name] = chain(*table).replace(LOWEST, f"({lowest})")
    for name, text in adding_up(lambda part: f"({parts[part]})" if part in parts else part, least, "&&"):
        parts[name] = text
    return parts["total"]


def chain(grid: Grid, keys: tuple[str, ...], outputs: tuple[Any, ...]) -> str:
    """A table as conditions tried one after the other; a long one in several chains, of which one gives the output.

    One library refuses expressions that are nested more than 32 deep.
    """
    rows = list(zip(grid.cells, outputs, strict=True))
    chains = []
    for first in range(0, len(rows), LONGEST):
        text = "0"
        for row, output in reversed(rows[first : first + LONGEST]):
            cells = filter(None, map(_cel_cell, keys, row))
            text = f"{' && '.join(cells) or 'true'} ? {output} : ({text})"
        chains.append(f"({text})")
    return " + ".join(chains)


LONGEST: Final = 10
"""How many rows of a table are tried in one chain of conditions."""


def _cel_cell(key: str, cell: tuple[Matcher, ...]) -> str:
    tests = [_cel_test(key, matcher) for matcher in cell if matcher.kind != "any"]
    return f"({' || '.join(tests)})" if len(tests) > 1 else "".join(tests)


def _cel_test(key: str, matcher: Matcher) -> str:
    if matcher.kind == "value":
        return f"{key} == {json.dumps(matcher.value)}"
    ends = ((">=", matcher.low), ("<=", matcher.high))
    return " && ".join(f"{key} {sign} {end}" for sign, end in ends if end is not None)


def cel_expr_python(graph: Graph) -> Score:
    """The CEL of a C++ library, compiled once."""
    cel = import_module("cel_expr_python.cel")
    math = import_module("cel_expr_python.ext.ext_math").ExtMath()
    kinds = {"YesNo": cel.Type.BOOL, "Number": cel.Type.INT, "Enum": cel.Type.STRING}
    inputs = {str(node.value): kinds[type(node.type).__name__] for node in graph.nodes if node.op == "input"}
    text = cel_text(graph, "math.least({}, {})".format, f"math.least([{', '.join(TONGUE)}])")
    compiled = cel.NewEnv(variables=inputs, extensions=[math]).compile(text)
    return lambda facts: int(compiled.eval(data=facts).value())


def common_expression_language(graph: Graph) -> Score:
    """The CEL of a Rust library, compiled once. It lacks a function for the lesser of two numbers."""

    def held(limit: str, value: str) -> str:
        return f"[{value}].map(x, x < {limit} ? x : {limit})[0]"

    pairs = [f"[{one}].map(x, x < {other} ? x : {other})[0]" for one, other in (TONGUE[:2], TONGUE[2:])]
    compiled = import_module("cel").compile(cel_text(graph, held, held(*pairs)))
    return lambda facts: int(compiled.execute(facts))


# ------------------------------------------------------------------ adding up

TONGUE: Final = ("speaking", "listening", "reading", "writing")


def adding_up(read: Callable[[str], str], least: Least, and_: str) -> Iterator[tuple[str, str]]:
    """The amounts and how each is added up, `read` being how a part is read and `least` how the lesser is taken."""

    def total(*parts: str) -> str:
        return " + ".join(map(read, parts))

    tongue = [f"by_tongue_{name}_companion" for name in TONGUE]
    core = total("by_age_age_companion", "by_schooling_schooled_companion", *tongue)
    core += " + " + total("by_second_tongue_second_tongue", "by_years_here_years_here_companion")
    yield "core", least("(companion ? 460 : 500)", core)
    parts = "by_schooling_companion_schooled", "by_tongue_companion_tongue", "by_years_companion_years"
    yield "of_companion", f"companion ? {least('40', total(*(f'companion_{part}' for part in parts)))} : 0"
    schooling = total("schooling_with_tongue_schooled_lowest", "schooling_with_years_schooled_years_here")
    elsewhere = "elsewhere_with_tongue_years_elsewhere_lowest", "elsewhere_with_here_years_elsewhere_years_here"
    lowest = read(LOWEST)
    certificate = f"(certified {and_} {lowest} >= 5 ? ({lowest} < 7 ? 25 : 50) : 0)"
    capped = least("50", schooling), least("50", total(*elsewhere)), least("50", certificate)
    yield "combined", least("100", " + ".join(capped))
    extra = f"(proposed ? 600 : 0) + (sibling ? 15 : 0) + {read('by_course_course_here')}"
    yield "additional", least("600", extra)
    yield "total", least("1200", total("core", "of_companion", "combined", "additional"))
