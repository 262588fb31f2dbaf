"""Generated code gives what the operations give, node by node, and holds nothing that an author wrote.

Every name in it is the engine's own.
"""

from __future__ import annotations

import ast
import marshal
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

import pytest
from agreeing import differences, evaluated
from hypothesis import given, settings
from hypothesis import strategies as st

import policy
from policy.evaluate import Evaluation, compile_graph, exact, operations
from policy.evaluate.general import General
from policy.evaluate.generate import Evaluate, code_of, generate, ready, write
from policy.evaluate.meanings import WITH_CONSTANT, WITHOUT_CONSTANT
from policy.evaluate.names import ATTRIBUTES, ENGINE, Names
from policy.graph import Graph
from policy.model.catalog import Catalog
from small_policies import rules
from worlds import random_world, shipped, shipped_days, shipped_world

NAME: Final = re.compile(
    r"[enrxyzpkfshot]\d+|[wm]\d+_\d+|v|hours|(op|q)_(?P<op>\w+)|evaluate|facts|answers|assessed_on|slowly|plainly"
)
KINDS: Final = (
    *(ast.Module, ast.FunctionDef, ast.arguments, ast.arg, ast.Assign, ast.Return, ast.Expr, ast.If, ast.For),
    *(ast.Try, ast.ExceptHandler, ast.Tuple, ast.List, ast.Dict, ast.Name, ast.Call, ast.Attribute, ast.Subscript),
    *(ast.IfExp, ast.NamedExpr, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.Constant),
    *(ast.expr_context, ast.cmpop, ast.boolop, ast.unaryop, ast.operator),
)

HOSTILE: Final = """
input __import__ : integer
input exec : text
input evaluate : integer
record n1
  field __class__ : integer
input op_add : list of n1
enum k1
  value __builtins__
  value answers
input facts : k1
define lambda_ : yes_no is exec is "'; __import__('os').system('true') #"
define print : integer is __import__ + evaluate + sum of (x.__class__ for each x in op_add)
define assessed : yes_no is facts is __builtins__
open question walk : integer
define eval : integer is walk
"""


def strange(of: Graph, catalog: Catalog) -> Iterator[str]:
    """Whatever in the code is no name of the engine, and nothing that the engine counted."""
    names = Names(General(of, catalog))
    module = write(names)
    tables = {**WITH_CONSTANT, **WITHOUT_CONSTANT}
    for node in ast.walk(module):
        if not isinstance(node, KINDS):
            yield ast.dump(node)
        if isinstance(node, ast.Constant) and not counted(node.value):
            yield ast.dump(node)
        if isinstance(node, ast.Attribute) and node.attr not in ATTRIBUTES:
            yield ast.dump(node)
        name = {ast.Name: "id", ast.arg: "arg", ast.FunctionDef: "name"}.get(type(node))
        if name is None or getattr(node, name) in ENGINE:
            continue
        found = NAME.fullmatch(getattr(node, name))
        if found is None:
            yield ast.dump(node)
        elif found["op"] and found[1] == "op" and names.meaning(found[0]) is not tables[found["op"]]:
            yield f"{found[0]} is not what the table says"
    if names.space(code_of(names))["__builtins__"] != {}:
        yield "the code sees what Python has built in"


def counted(value: object) -> bool:
    """Whether a constant is a number, yes, no or none, or made of such."""
    return all(map(counted, value)) if isinstance(value, tuple) else value is None or isinstance(value, int)


def test_the_code_of_a_hostile_policy_has_no_name_of_its_author(tmp_path: Path) -> None:
    of = rules(tmp_path, HOSTILE)
    assert list(strange(of.graph, of.catalog)) == []
    facts = {"__import__": 1, "evaluate": 2, "op_add": [{"__class__": 4}], "facts": "__builtins__", "exec": "x"}
    answer = of.evaluate({**facts, "answers": {"club.walk": 8}})
    found = [answer.exact.outcome(f"club.{name}") for name in ("lambda_", "print", "assessed", "eval")]
    assert found == [False, 7, True, 8]


@pytest.mark.parametrize("day", shipped_days(), ids=str)
def test_the_code_of_the_shipped_policies_has_only_names_of_the_engine(day: date) -> None:
    of = shipped().on(day)
    assert list(strange(of.graph, of.catalog)) == []


def test_the_code_of_random_policies_has_only_names_of_the_engine() -> None:
    for seed in range(5):
        made = random_world(seed)
        assert list(strange(made.graph, made.drawer.catalog)) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_the_code_of_a_random_policy_gives_what_its_operations_give(seed: int) -> None:
    made = random_world(seed)
    for drawn in islice(made.profiles(), 5):
        for one in drawn:
            evaluated(made.program, one.facts, one.answers, made.today)


@pytest.mark.parametrize("day", shipped_days(), ids=str)
def test_the_code_of_the_shipped_policies_gives_what_their_operations_give(day: date) -> None:
    made = shipped_world(day, seed=day.toordinal() + 1)
    for drawn in islice(made.profiles(), 20):
        for one in drawn:
            evaluated(made.program, one.facts, one.answers, made.today)


def test_what_is_not_measured_on_a_day_is_left_to_the_operations(tmp_path: Path) -> None:
    of = rules(tmp_path, "define late : yes_no is assessed_on > 2024-01-01")
    program = compile_graph(of.graph, of.catalog)
    assert evaluated(program, {}, {}, None).outcome("club.late") == operations.NONE_READ
    assert evaluated(program, {}, {}, date(2024, 1, 2)).outcome("club.late") is True


def test_code_is_made_when_many_profiles_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = rules(tmp_path, "input a : integer\ndefine b : integer is a + 1")
    made: list[int] = []
    seen: list[object] = []

    def noted(general: General) -> Evaluate:
        made.append(len(seen))
        return generate(general)

    monkeypatch.setattr("policy.evaluate.generate.generate", noted)
    program = compile_graph(of.graph, of.catalog)
    for a in range(2 * exact.SOME):
        seen.append(program.evaluate({"a": a}, {}, of.assessed_on).outcome("club.b"))
    assert seen == list(range(1, 2 * exact.SOME + 1))
    assert made == [exact.SOME]


def test_code_can_be_kept_without_what_it_refers_to() -> None:
    made = random_world(5)
    kept = marshal.dumps(code_of(Names(made.program.general)))
    evaluate = ready(marshal.loads(kept), Names(General(made.graph, made.drawer.catalog)))
    for drawn in islice(made.profiles(), 10):
        for one in drawn:
            again = Evaluation(made.program.general.layout, evaluate(one.facts, one.answers, made.today))
            assert list(differences(again, made.evaluate(one))) == []


def test_every_operation_says_what_it_does() -> None:
    for operation in (*WITH_CONSTANT.values(), *WITHOUT_CONSTANT.values()):
        assert operation.__module__.startswith("policy.evaluate.")


def test_unknown_is_no_truth_value() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(operations.conjunction(True, policy.UNKNOWN))
