"""Python code from a graph, made as a syntax tree: text of a policy never becomes code.

The function takes the facts, the answers to open questions and the day on which facts are measured, and gives the row
of the whole graph (`layout`), the same as `general` gives. Operations on ordinary values are written out (`inline`).
Where a value may be another (unknown, absent, inapplicable, a fault), it is tested once, and the nodes that depend on
it alone (`regions`) are left to the general operations when it is; elsewhere the general operation is called for the
one node. `names` says what the names in the code mean.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import CodeType
from typing import Final, TypeAlias, cast

from policy.evaluate.general import FACTS, General, Row
from policy.evaluate.inline import (
    CERTAIN,
    INLINE,
    SIMPLE,
    Call,
    Operand,
    both,
    call,
    compare,
    either,
    identical,
    is_ordinary,
    name,
    plain,
    scaled,
)
from policy.evaluate.kinds import outputs_of, values_of
from policy.evaluate.layout import Layout, origin
from policy.evaluate.meanings import WITH_CONSTANT
from policy.evaluate.names import Names
from policy.evaluate.regions import Needs, Regions
from policy.graph import Node
from policy.model.types import OptionalOf

Evaluate: TypeAlias = Callable[[Mapping[str, object], Mapping[str, object], object], Row]

DEEPEST: Final = 3
"""How deep walks are written out inside one another; those further inside are left to the general operations."""

FEWEST: Final = 8
"""How many nodes it takes for a version of their own, for facts that are all ordinary."""

MOST_TESTS: Final = 8
"""How many tests are made inside one another."""


def generate(general: General) -> Evaluate:
    """The function that evaluates a graph."""
    names = Names(general)
    return ready(code_of(names), names)


def code_of(names: Names) -> CodeType:
    """The code of a module with the function `evaluate`. It can be kept: all it refers to is found by name."""
    return compile(write(names), "<graph>", "exec")


def ready(code: CodeType, names: Names) -> Evaluate:
    """The function that code defines."""
    space = names.space(code)
    exec(code, space)
    return cast(Evaluate, space["evaluate"])


def write(names: Names) -> ast.Module:
    """The code as a tree."""
    return ast.fix_missing_locations(ast.Module([_Writer(names).function()], []))


class _Writer:
    """Writes the statements of a graph.

    `special` says of each node whether at this place of the code its value may be no ordinary one. `hangs_on` says of
    one that may whether it is ordinary whenever another one is, so that one test is enough for several nodes. `there`
    are the nodes whose values are known by now.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self.graph = names.graph
        self.kinds = names.kinds
        self.needs = Needs(names.graph)
        self.special: dict[int, bool] = {}
        self.hangs_on: dict[int, int] = {}
        self.noted: set[int] = set()
        self.placed: set[int] = set()
        self.there: set[int] = set()
        self.tests = 0
        self.walks = 0
        self.parts = 0

    # -------------------------------------------------------------- the whole

    def function(self) -> ast.FunctionDef:
        nodes = self.graph.nodes
        ops = {node.op for node in nodes}
        body: list[ast.stmt] = []
        if "assessed_on" in ops:
            whole = call("plainly", name("facts"), name("answers"), name("assessed_on"))
            unusual = ast.UnaryOp(ast.Not(), is_ordinary(name("assessed_on"), "day"))
            body.append(ast.If(unusual, [ast.Return(whole)], []))
        if "credited" in ops:
            body.append(_assign("hours", ast.Dict([], [])))
        for number, node in enumerate(nodes):
            if node.op == "assessed_on":
                self.special[number] = False
                self.there.add(number)
                body.append(_assign(f"n{number}", name("assessed_on")))
        body += self.inputs()
        regions = Regions(self.needs, self.graph.order)
        body += self.frame(regions.settled, regions)
        core, facts = self.core(regions)
        if len(core) >= FEWEST:
            body.append(self.in_two_versions(core, facts, regions))
            body += self.frame([number for number in regions.order if number not in core], regions)
        else:
            body += self.frame(regions.order, regions)
        body.append(ast.Return(self.row(self.names.general.layout)))
        return _function("evaluate", ("facts", "answers", "assessed_on"), body)

    def core(self, regions: Regions) -> tuple[dict[int, None], list[int]]:
        """The nodes that depend on nothing but facts that are words, numbers and the like; and these facts."""
        core: dict[int, None] = {}
        facts: list[int] = []
        within = set(regions.settled)
        for number in regions.order:
            node = self.graph.nodes[number]
            if node.op in FACTS:
                if self.kinds[number] in SIMPLE and not isinstance(node.type, OptionalOf):
                    facts.append(number)
                    within.add(number)
            elif node.op != "question" and node.body is None and self.needs.of(number) <= within:
                core[number] = None
                within.add(number)
        needed = frozenset[int]().union(*map(self.needs.of, core))
        return core, [number for number in facts if number in needed]

    def in_two_versions(self, core: dict[int, None], facts: Sequence[int], regions: Regions) -> ast.stmt:
        """The core of the graph, once for facts that are all ordinary, so that nothing is tested, once for any."""
        for number in facts:
            self.special[number] = False
        quick = self.frame(list(core), regions)
        for number in facts:
            self.special[number] = True
        return ast.If(both([self.test(number) for number in facts]), quick, self.frame(list(core), regions))

    def inputs(self) -> list[ast.stmt]:
        """The facts; where one is not there, each is looked for."""
        there: list[ast.stmt] = []
        perhaps: list[ast.stmt] = []
        for number in self.graph.order:
            if self.graph.nodes[number].op in FACTS:
                key = name(f"k{number}")
                there.append(_assign(f"n{number}", ast.Subscript(name("facts"), key, ast.Load())))
                perhaps.append(_assign(f"n{number}", _method(name("facts"), "get", key, name("unknown"))))
        if not there:
            return []
        return [ast.Try(there, [ast.ExceptHandler(name("KeyError"), None, perhaps)], [], [])]

    def row(self, layout: Layout) -> ast.expr:
        """The row of a frame."""
        return _tuple([*map(self.read, layout.kept), *(name(f"r{number}") for number in layout.walks)])

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

    # -------------------------------------------------------------- nodes in order

    def frame(self, order: Sequence[int], regions: Regions) -> list[ast.stmt]:
        """The statements of some nodes, each followed by those that depend on it alone."""
        made: list[ast.stmt] = []
        done: set[int] = set()
        walks = [number for number in order if self.graph.nodes[number].body is not None]
        for number in order:
            if number in done:
                continue
            node = self.graph.nodes[number]
            together = [number]
            if node.body is not None:
                together = self.walked_together(number, [other for other in walks if other not in done])
            for one in together:
                self.hangs_on.pop(one, None)
                self.noted.discard(one)
            if node.body is not None:
                made += self.walk(together, node.body.parameter)
            elif node.op in FACTS:
                self.special[number] = True
            else:
                made.append(_assign(f"n{number}", self.expression(number, node)))
            self.there.update(together)
            done.update(together)
            for one in together:
                if self.worth_testing(one, regions):
                    under = regions.under(one)
                    done.update(under)
                    made.append(self.tested(one, under, regions))
                    self.there.update(under)
        return made

    def worth_testing(self, number: int, regions: Regions) -> bool:
        """Whether a node is tested once for all that depend on it alone."""
        return (
            self.special[number] and self.kinds[number] != "" and self.tests < MOST_TESTS and regions.size(number) > 1
        )

    def tested(self, number: int, under: Sequence[int], regions: Regions) -> ast.stmt:
        """A test of a node, and what depends on it alone: written out when it is ordinary, else left to `general`."""
        self.special[number] = False
        self.tests += 1
        ordinary: list[ast.stmt] = []
        if number in self.names.scales:
            ordinary.append(_assign(f"p{number}", scaled(name(f"n{number}"), self.names.scales[number])))
            self.placed.add(number)
        ordinary += self.frame(under, regions)
        self.placed.discard(number)
        self.tests -= 1
        for other in under:
            if not self.special[other]:
                self.hangs_on[other] = number
            elif other in self.noted:
                self.noted.remove(other)
                del self.hangs_on[other]
            self.special[other] = True
        self.special[number] = True
        return ast.If(self.test(number), ordinary, [self.slowly(under, first=number)])

    def test(self, number: int) -> ast.expr:
        """The test whether a node is ordinary: of its kind and, where its type has but a few values, one of them."""
        if self.kinds[number] in {"word", "whole"} and values_of(self.graph.nodes[number].type):
            return compare(name(f"n{number}"), ast.In(), name(f"e{number}"))
        return is_ordinary(name(f"n{number}"), self.kinds[number])

    def slowly(self, numbers: Sequence[int], first: int | None = None) -> ast.stmt:
        """The assignment of some nodes, worked out by the general operations."""
        inside = frozenset(numbers)
        found = frozenset[int]().union(*map(self.needs.of, numbers)) - inside
        needed = tuple(sorted(found, key=lambda number: (number != first, number)))
        walks = tuple(number for number in numbers if self.graph.nodes[number].body is not None)
        self.parts += 1
        part = plain((tuple(numbers), needed, tuple(numbers), walks))
        worked = call("slowly", plain(self.parts), part, name("answers"), *(name(f"n{n}") for n in needed))
        targets: list[ast.expr] = [_store(f"n{number}") for number in numbers]
        targets += [_store(f"r{number}") for number in walks]
        return ast.Assign([ast.Tuple(targets, ast.Store())], worked)

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
            return _method(name("answers"), "get", name(f"k{number}"), name("unknown"))
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
        made = None if write is None else write(Call(number, node, operands, lookup))
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

    # -------------------------------------------------------------- walks

    def walked_together(self, first: int, others: Sequence[int]) -> list[int]:
        """A list node, and others that walk the same list and need nothing that is not there yet."""
        walked = _walked(self.graph.nodes[first])
        return [first] + [
            number
            for number in others
            if number != first
            and _walked(self.graph.nodes[number]) == walked
            and self.needs.of(number) <= self.there | {origin(self.graph, walked[0])}
        ]

    def walk(self, numbers: Sequence[int], parameter: int) -> list[ast.stmt]:
        """List nodes over one list: their bodies for each member, then what comes of the results."""
        nodes = [self.graph.nodes[number] for number in numbers]
        of = origin(self.graph, nodes[0].args[0])
        for number in numbers:
            self.special[number] = True
        if self.walks == DEEPEST:
            return [self.slowly(numbers)]
        self.walks += 1
        loop = self.loop(numbers, parameter)
        self.walks -= 1
        for number, node in zip(numbers, nodes, strict=True):
            if node.op == "each":
                self.special[number] = self.is_special(of)
                self.note(number, [of], certain=True)
        return [ast.If(self.test(of), loop, [self.slowly(numbers)])] if self.is_special(of) else loop

    def loop(self, numbers: Sequence[int], parameter: int) -> list[ast.stmt]:
        """Walks over one list whose members are all certain."""
        bodies = [body for number in numbers if (body := self.graph.nodes[number].body) is not None]
        self.special[parameter] = True
        self.there.add(parameter)
        regions = Regions(self.needs, sorted({node for body in bodies for node in body.nodes}), parameter)
        inner: list[ast.stmt] = []
        rest = list(regions.order)
        if self.worth_testing(parameter, regions):
            under = regions.under(parameter)
            rest = [number for number in rest if number not in set(under)]
            inner.append(self.tested(parameter, under, regions))
            self.there.update(under)
        inner += self.frame(rest, regions)
        before: list[ast.stmt] = []
        after: list[ast.stmt] = []
        for number, body in zip(numbers, bodies, strict=True):
            layout = self.names.general.layout.within(number)
            results, rows = f"x{number}", f"y{number}"
            before += [_assign(results, ast.List([], ast.Load())), _assign(rows, ast.List([], ast.Load()))]
            result, items = origin(self.graph, body.result), self.read(self.graph.nodes[number].args[0])
            made: ast.expr = call(f"q_{self.graph.nodes[number].op}", items, name(results))
            if self.graph.nodes[number].op == "filter" and result in layout.place:
                before.append(_assign(f"z{number}", plain(True)))
                keep = ast.Expr(_method(name(results), "append", name(f"n{parameter}")))
                doubt = _assign(f"z{number}", plain(False))
                unless = ast.If(ast.UnaryOp(ast.Not(), identical(self.read(result), plain(False))), [doubt], [])
                inner.append(ast.If(identical(self.read(result), plain(True)), [keep], [unless]))
                doubted = call("kept_by_rows", items, name(rows), plain(layout.place[result]))
                made = ast.IfExp(name(f"z{number}"), call("tuple", name(results)), doubted)
            else:
                inner.append(ast.Expr(_method(name(results), "append", self.read(result))))
            inner.append(ast.Expr(_method(name(rows), "append", self.row(layout))))
            after += [_assign(f"n{number}", made), _assign(f"r{number}", call("tuple", name(rows)))]
        items = self.read(self.graph.nodes[numbers[0]].args[0])
        return [*before, ast.For(_store(f"n{parameter}"), items, inner, []), *after]


def _walked(node: Node) -> tuple[int, int]:
    """The list that a node walks, and the member that its body has."""
    return (node.args[0], node.body.parameter) if node.body is not None else (-1, -1)


def _store(text: str) -> ast.Name:
    return ast.Name(text, ast.Store())


def _assign(target: str, value: ast.expr) -> ast.Assign:
    return ast.Assign([_store(target)], value)


def _method(of: ast.expr, method: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Attribute(of, method, ast.Load()), list(arguments), [])


def _tuple(elements: Iterable[ast.expr]) -> ast.Tuple:
    return ast.Tuple(list(elements), ast.Load())


def _function(text: str, parameters: tuple[str, ...], body: list[ast.stmt]) -> ast.FunctionDef:
    arguments = ast.arguments([], [ast.arg(parameter) for parameter in parameters], None, [], [], None, [])
    return ast.FunctionDef(name=text, args=arguments, body=body, decorator_list=[])
