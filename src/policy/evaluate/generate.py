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
    SIMPLE,
    both,
    call,
    identical,
    is_ordinary,
    method,
    name,
    plain,
    scaled,
)
from policy.evaluate.layout import Layout, origin
from policy.evaluate.names import Names
from policy.evaluate.node_code import NodeWriter
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


class _Writer(NodeWriter):
    """Writes the statements of a graph. `there` are the nodes whose values are known by now."""

    def __init__(self, names: Names) -> None:
        super().__init__(names)
        self.needs = Needs(names.graph)
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
                perhaps.append(_assign(f"n{number}", method(name("facts"), "get", key, name("unknown"))))
        if not there:
            return []
        return [ast.Try(there, [ast.ExceptHandler(name("KeyError"), None, perhaps)], [], [])]

    def row(self, layout: Layout) -> ast.expr:
        """The row of a frame."""
        return _tuple([*map(self.read, layout.kept), *(name(f"r{number}") for number in layout.walks)])

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
                keep = ast.Expr(method(name(results), "append", name(f"n{parameter}")))
                doubt = _assign(f"z{number}", plain(False))
                unless = ast.If(ast.UnaryOp(ast.Not(), identical(self.read(result), plain(False))), [doubt], [])
                inner.append(ast.If(identical(self.read(result), plain(True)), [keep], [unless]))
                doubted = call("kept_by_rows", items, name(rows), plain(layout.place[result]))
                made = ast.IfExp(name(f"z{number}"), call("tuple", name(results)), doubted)
            else:
                inner.append(ast.Expr(method(name(results), "append", self.read(result))))
            inner.append(ast.Expr(method(name(rows), "append", self.row(layout))))
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


def _tuple(elements: Iterable[ast.expr]) -> ast.Tuple:
    return ast.Tuple(list(elements), ast.Load())


def _function(text: str, parameters: tuple[str, ...], body: list[ast.stmt]) -> ast.FunctionDef:
    arguments = ast.arguments([], [ast.arg(parameter) for parameter in parameters], None, [], [], None, [])
    return ast.FunctionDef(name=text, args=arguments, body=body, decorator_list=[])
