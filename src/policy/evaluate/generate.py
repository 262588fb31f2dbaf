"""Python code from a graph, made as a syntax tree: text of a policy never becomes code.

The function takes the facts, the answers to open questions and the day on which facts are measured. It gives the
row of the whole graph (`layout`). A body is a function inside.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, cast

from policy.evaluate import lists
from policy.evaluate.answers import answer
from policy.evaluate.general import General, Row
from policy.evaluate.layout import Layout
from policy.evaluate.meanings import WITH_CONSTANT, WITHOUT_CONSTANT
from policy.graph import Body, Node
from policy.model.values import UNKNOWN

Evaluate: TypeAlias = Callable[[Mapping[str, object], Mapping[str, object], object], Row]


def generate(general: General) -> Evaluate:
    """The function that evaluates a graph."""
    module, space = write(general)
    exec(compile(module, "<graph>", "exec"), space)
    return cast(Evaluate, space["evaluate"])


def write(general: General) -> tuple[ast.Module, dict[str, object]]:
    """The code of a function `evaluate`, and what the names in it mean.

    Names are letters with the numbers of nodes, or those of operations; whatever an author wrote is a value, not code.
    """
    writer = _Writer(general)
    body = [*writer.statements(general.graph.order), ast.Return(writer.row(general.layout))]
    function = _function("evaluate", ("facts", "answers", "assessed_on"), body)
    return ast.fix_missing_locations(ast.Module([function], [])), writer.space


class _Writer:
    """Writes the statements of a graph and collects the constants that they name."""

    def __init__(self, general: General) -> None:
        self.general = general
        self.graph = general.graph
        self.space: dict[str, object] = {"answer": answer, "walk": lists.walk, "unknown": UNKNOWN, "__builtins__": {}}

    def row(self, layout: Layout) -> ast.expr:
        return _tuple([*(_name(f"n{n}") for n in layout.kept), *(_name(f"r{n}") for n in layout.walks)])

    def statements(self, order: tuple[int, ...]) -> list[ast.stmt]:
        """One assignment for each node, in order."""
        return [statement for number in order for statement in self.statement(number, self.graph.nodes[number])]

    def statement(self, number: int, node: Node) -> list[ast.stmt]:
        if node.body is not None:
            finish = self.constant(f"f{number}", lists.FINISH[node.op])
            call = _call("walk", [finish, self.read(node.args[0]), _name(f"b{number}")])
            target = ast.Tuple([_store(f"n{number}"), _store(f"r{number}")], ast.Store())
            return [self.body(number, node.body), ast.Assign([target], call)]
        return [ast.Assign([_store(f"n{number}")], self.expression(number, node))]

    def body(self, number: int, body: Body) -> ast.stmt:
        """The function that runs a body for one member: its result, then the row of its values and inner rows."""
        result = _tuple((_name(f"n{body.result}"), self.row(self.general.layout.within(number))))
        return _function(f"b{number}", (f"n{body.parameter}",), [*self.statements(body.nodes), ast.Return(result)])

    def expression(self, number: int, node: Node) -> ast.expr:
        arguments = [self.read(argument) for argument in node.args]
        match node.op:
            case "const":
                return self.constant(f"k{number}", node.value)
            case "input" | "assumed":
                return ast.Call(
                    ast.Attribute(_name("facts"), "get", ast.Load()),
                    [self.constant(f"k{number}", node.value), _name("unknown")],
                    [],
                )
            case "assessed_on":
                return _name("assessed_on")
            case "question":
                return _call("answer", [_name("answers"), self.constant(f"k{number}", node.value), *arguments])
            case "definition":
                return arguments[0]
            case op if op in WITHOUT_CONSTANT:
                self.space[f"op_{op}"] = WITHOUT_CONSTANT[op]
                return _call(f"op_{op}", arguments)
            case op:
                self.space[f"op_{op}"] = WITH_CONSTANT[op]
                return _call(f"op_{op}", [self.constant(f"k{number}", self.general.constant(node)), *arguments])

    def read(self, number: int) -> ast.expr:
        return _name(f"n{number}")

    def constant(self, name: str, value: object) -> ast.expr:
        """A name for a constant; the value itself never passes through text."""
        self.space[name] = value
        return _name(name)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _store(name: str) -> ast.Name:
    return ast.Name(name, ast.Store())


def _call(function: str, arguments: list[ast.expr]) -> ast.Call:
    return ast.Call(_name(function), arguments, [])


def _tuple(elements: Iterable[ast.expr]) -> ast.Tuple:
    return ast.Tuple(list(elements), ast.Load())


def _function(name: str, parameters: tuple[str, ...], body: list[ast.stmt]) -> ast.FunctionDef:
    arguments = ast.arguments([], [ast.arg(parameter) for parameter in parameters], None, [], [], None, [])
    return ast.FunctionDef(name=name, args=arguments, body=body, decorator_list=[])
