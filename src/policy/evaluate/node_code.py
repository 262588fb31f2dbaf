"""How generated code reads a node, tests whether its value is ordinary, and works it out (see `generate`)."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import Final

from policy.evaluate.inline import (
    CERTAIN,
    INLINE,
    Call,
    Operand,
    both,
    call,
    compare,
    either,
    identical,
    is_ordinary,
    method,
    name,
    plain,
)
from policy.evaluate.kinds import outputs_of, values_of
from policy.evaluate.layout import origin
from policy.evaluate.meanings import WITH_CONSTANT
from policy.evaluate.names import Names
from policy.graph import Node

LONGEST: Final = 50
"""How many operands, and how many conditions, are written out: Python reads nothing that is nested without end."""


class NodeWriter:
    """Writes the expressions of single nodes.

    `special` says of each node whether at this place of the code its value may be no ordinary one. `hangs_on` says of
    one that may whether it is ordinary whenever another one is, so that one test is enough for several nodes; where it
    was only `noted`, that holds no further than the test around. `placed` are the numbers whose places in tables are
    known.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self.graph = names.graph
        self.kinds = names.kinds
        self.special: dict[int, bool] = {}
        self.hangs_on: dict[int, int] = {}
        self.noted: set[int] = set()
        self.placed: set[int] = set()

    def read(self, number: int) -> ast.expr:
        """How code reads a node."""
        number = origin(self.graph, number)
        return name(f"k{number}" if self.graph.nodes[number].op == "const" else f"n{number}")

    def is_special(self, number: int) -> bool:
        """Whether a node may be no ordinary value at this place of the code."""
        number = origin(self.graph, number)
        if self.graph.nodes[number].op == "const":
            return not self.kinds[number]
        return self.special.get(number, True)

    # -------------------------------------------------------------- one node

    def expression(self, number: int, node: Node) -> ast.expr:
        """The value of a node."""
        match node.op:
            case "question":
                self.special[number] = True
                return self.question(number, node)
            case "and" | "all" | "or" | "any":
                return self.logic(number, node)
            case "choice":
                return self.choice(number, node)
            case "applies":
                self.special[number] = True
                condition, value = map(self.read, node.args)
                test = condition if not self.is_special(node.args[0]) else identical(condition, plain(True))
                otherwise: ast.expr = name("not_applicable")
                if self.is_special(node.args[0]):
                    otherwise = ast.IfExp(identical(condition, plain(False)), otherwise, self.general(number, node))
                return ast.IfExp(test, value, otherwise)
            case "map":
                self.special[number] = False
                keys: list[ast.expr | None] = [name(f"m{number}_{i}") for i in range(len(node.args))]
                return call("MapValue", ast.Dict(keys, list(map(self.read, node.args))))
            case _:
                return self.operation(number, node)

    def question(self, number: int, node: Node) -> ast.expr:
        if not node.args:
            return method(name("answers"), "get", name(f"k{number}"), name("unknown"))
        asked = call("answer", name("answers"), name(f"k{number}"), *map(self.read, node.args))
        silent = [ast.UnaryOp(ast.Not(), name("answers"))]
        return ast.IfExp(both([*silent, *self.tests_of(node.args)]), name("unknown"), asked)

    def operation(self, number: int, node: Node) -> ast.expr:
        """An operation written out, if all its operands are ordinary; else the general one."""
        operands = [
            Operand(self.read(one), self.kinds[one], self.graph.nodes[one], self.place(one))
            for one in (origin(self.graph, argument) for argument in node.args)
        ]
        lookup = self.names.lookup(number) if node.op == "table" else None
        write = INLINE.get(node.op)
        short = node.op == "table" or len(operands) <= LONGEST
        made = write(Call(number, node, operands, lookup)) if write is not None and short else None
        judged, passed = self.judged(node)
        if made is None or any(self.is_special(one) and not self.kinds[one] for one in judged):
            self.special[number] = True
            return self.general(number, node)
        certain = node.op in CERTAIN or (lookup is not None and lookup.gapless)
        certain = certain and not any(self.is_special(one) or not self.fits(number, one) for one in passed)
        tests = self.tests_of(judged)
        self.special[number] = bool(tests) or not certain
        if not tests:
            return made
        if node.op in {"is_none", "is_given"}:
            absent = identical(operands[0].read, plain(None))
            there = ast.IfExp(both(tests), made, self.general(number, node))
            return ast.IfExp(absent, plain(node.op == "is_none"), there)
        self.note(number, judged, certain)
        return ast.IfExp(both(tests), made, self.general(number, node))

    def place(self, number: int) -> ast.expr | None:
        """How the place of a number in tables is read, where it has been worked out."""
        return name(f"p{number}") if number in self.placed else None

    def judged(self, node: Node) -> tuple[Sequence[int], Sequence[int]]:
        """The operands that have to be ordinary, and those that are passed on as they are."""
        match node.op:
            case "table":
                outputs = outputs_of(node)
                return node.args[: len(node.args) - len(outputs)], outputs
            case "greatest_in" | "least_in":
                return node.args[:1], node.args[1:]
            case _:
                return node.args, ()

    def fits(self, number: int, passed: int) -> bool:
        """Whether the value of one node is of the kind of another that passes it on."""
        kinds = self.kinds[passed], self.kinds[number]
        return kinds[0] == kinds[1] or kinds == ("whole", "number")

    def logic(self, number: int, node: Node) -> ast.expr:
        """`and`, `or` and their kin, which settle it as soon as one member does."""
        goes_on = node.op in {"and", "all"}
        values = list(map(self.read, node.args))
        self.special[number] = any(self.is_special(argument) for argument in node.args)
        if not self.special[number]:
            return both(values) if goes_on else either(values)
        self.note(number, node.args, certain=True)
        yes, no = ([identical(value, plain(word)) for value in values] for word in (True, False))
        if goes_on:
            return ast.IfExp(both(yes), plain(True), ast.IfExp(either(no), plain(False), self.general(number, node)))
        return ast.IfExp(either(yes), plain(True), ast.IfExp(both(no), plain(False), self.general(number, node)))

    def choice(self, number: int, node: Node) -> ast.expr:
        """`when`: conditions are tested in their order, several that hang on one node by one test."""
        conditions, values = node.args[:-1:2], (*node.args[1::2], node.args[-1])
        special = [condition for condition in conditions if self.is_special(condition)]
        sure = all(not self.is_special(value) and self.fits(number, value) for value in values)
        self.special[number] = bool(special) or not sure
        if special:
            self.note(number, special, certain=sure)
        if len(conditions) > LONGEST:
            self.special[number] = True
            return self.general(number, node)

        def branch(at: int, tested: frozenset[int]) -> ast.expr:
            if at == len(conditions):
                return self.read(values[-1])
            condition, read = conditions[at], self.read(conditions[at])
            test = self.deciding(condition)
            if not self.is_special(condition) or test in tested:
                return ast.IfExp(read, self.read(values[at]), branch(at + 1, tested))
            if test != origin(self.graph, condition):
                return ast.IfExp(self.test(test), branch(at, tested | {test}), self.general(number, node))
            rest = ast.IfExp(identical(read, plain(False)), branch(at + 1, tested), self.general(number, node))
            return ast.IfExp(identical(read, plain(True)), self.read(values[at]), rest)

        return branch(0, frozenset())

    def general(self, number: int, node: Node) -> ast.expr:
        """The call of a node's operation."""
        arguments = list(map(self.read, node.args))
        if node.op in WITH_CONSTANT:
            arguments.insert(0, name(f"k{number}"))
        return call(f"op_{node.op}", *arguments)

    # -------------------------------------------------------------- what is ordinary

    def deciding(self, number: int) -> int:
        """The node to test for another to be ordinary."""
        number = origin(self.graph, number)
        return self.hangs_on.get(number, number)

    def tests_of(self, numbers: Iterable[int]) -> list[ast.expr]:
        """Tests that together make sure that some nodes are ordinary, no more of them than it takes."""
        deciding = {self.deciding(number): None for number in numbers if self.is_special(number)}
        return [self.test(number) for number in deciding if self.is_special(number)]

    def note(self, number: int, operands: Iterable[int], certain: bool) -> None:
        """Note that a node is ordinary whenever another is, if it takes but one that is not known to be so here.

        That holds as long as the others are known to be ordinary: until the test is left in which it was noted.
        """
        deciding = {self.deciding(operand) for operand in operands if self.is_special(operand)}
        if certain and len(deciding) == 1:
            (self.hangs_on[number],) = deciding
            self.noted.add(number)

    def test(self, number: int) -> ast.expr:
        """The test whether a node is ordinary: of its kind and, where its type has but a few values, one of them."""
        if self.kinds[number] in {"word", "whole"} and values_of(self.graph.nodes[number].type):
            return compare(name(f"n{number}"), ast.In(), name(f"e{number}"))
        return is_ordinary(name(f"n{number}"), self.kinds[number])
