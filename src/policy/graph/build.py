"""From a checked program to its graph."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Final

from policy.check.checked import Checked
from policy.check.scope import BuiltIn, EnumDomain, EnumValue, ImplicitField, Local
from policy.check.shapes import labels
from policy.graph.expressions import BUILDERS, Builder, Environment
from policy.graph.nodes import Body, FieldRef, Graph, Named, Node
from policy.graph.tables import table_node
from policy.model.types import RecordOf, RowOf, Type, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t

TOP: Final = -1
"""The scope of nodes outside all bodies."""


class GraphBuilder(Builder):
    """Makes the nodes of one program, each once."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.meaning = checked.meaning
        self.shapes = checked.shapes
        self.nodes: list[Node] = []
        self.scopes: list[int] = []
        self.depths: dict[int, int] = {TOP: 0}
        self.known: dict[Hashable, int] = {}
        self.calls: dict[Hashable, int] = {}
        self.about: dict[str, Named] = {}
        self._open: list[int] = []

    # -------------------------------------------------------------- nodes

    def add(self, op: str, args: tuple[int, ...], value: Hashable, type_: Type, body: Body | None = None) -> int:
        """The number of the node with this meaning, made if there is none yet.

        A node stands in the innermost body that any argument stands in, so what does not depend on a member is
        computed once.
        """
        key = (op, args, value, type(value), type_, body)
        if key in self.known:
            return self.known[key]
        outer = [self.scopes[arg] for arg in args]
        if body is not None:
            outer += self._outer_scopes(body)
        scope = max(outer, key=lambda s: self.depths[s], default=TOP)
        self.nodes.append(Node(op, args, value, type_, body))
        self.scopes.append(scope)
        self.known[key] = len(self.nodes) - 1
        return len(self.nodes) - 1

    def member(self, list_: int, type_: Type) -> int:
        """A fresh parameter for a body that walks a list."""
        number = len(self.nodes)
        self.nodes.append(Node("member", (), number, type_))
        self.scopes.append(number)
        around = (self.scopes[list_], *self._open)
        self.depths[number] = 1 + max(self.depths[scope] for scope in around)
        return number

    def walk(self, op: str, list_: int, local: Local, body: t.Expression, env: Environment, type_: Type) -> int:
        """A list node with its body graph; two walks that do the same are one node."""
        parameter = self.member(list_, local.type)
        self._open.append(parameter)
        result = self.build(body, {**env, local: parameter})
        self._open.pop()
        inside = tuple(n for n in range(parameter + 1, len(self.nodes)) if self.scopes[n] == parameter)
        alike = self._alike(op, list_, parameter, inside, result, type_)
        if alike in self.known:
            return self.known[alike]
        number = self.add(op, (list_,), None, type_, Body(parameter, inside, result))
        self.known[alike] = number
        return number

    def _alike(
        self, op: str, list_: int, parameter: int, inside: tuple[int, ...], result: int, type_: Type
    ) -> Hashable:
        """A key equal for two walks that do the same to the same list."""
        local = {parameter: ("member", 0)} | {n: ("node", i) for i, n in enumerate(inside)}
        if any(self.nodes[n].body is not None for n in inside):
            return ("walk", parameter)
        steps = tuple(
            (self.nodes[n].op, tuple(local.get(a, a) for a in self.nodes[n].args), self.nodes[n].value) for n in inside
        )
        return ("walk", op, list_, steps, local.get(result, result), type_)

    def _outer_scopes(self, body: Body) -> list[int]:
        """The scopes around a body that its nodes reach into."""
        found: list[int] = []
        own = {body.parameter}
        pending = [body]
        while pending:
            current = pending.pop()
            own.add(current.parameter)
            for number in (*current.nodes, current.result):
                found += [self.scopes[arg] for arg in self.nodes[number].args]
                inner = self.nodes[number].body
                if inner is not None and inner.parameter not in own:
                    pending.append(inner)
            found.append(self.scopes[current.result])
        return [scope for scope in found if scope not in own]

    # -------------------------------------------------------------- expressions

    def build(self, expression: t.Expression, env: Environment) -> int:
        """The node of an expression; `env` gives the node of each parameter and bound name."""
        return BUILDERS[type(expression)](self, expression, env)

    def target(self, node: t.Expression, env: Environment) -> int:
        """The node that a name stands for."""
        target = self.meaning.targets[node]
        match target:
            case Local():
                return env[target]
            case ImplicitField(member=member, name=name):
                return self.field(env[member], name, self.meaning.types[node])
            case EnumValue(enum=enum, value=value):
                return self.add("const", (), value, enum)
            case BuiltIn():
                return self.add("assessed_on", (), None, self.meaning.types[node])
            case Entry():
                return self.entry(target)
            case EnumDomain():
                raise AssertionError("an enum is walked, not evaluated")

    def field(self, record: int, name: str, type_: Type) -> int:
        """The field of a record: what it holds if it applies."""
        owner = self.nodes[record].type
        bare = without_none(owner)
        if isinstance(bare, RowOf):
            return self.add("field", (record,), FieldRef(bare.dataset, name), type_)
        if not isinstance(bare, RecordOf):
            return self.add("field", (record,), FieldRef("", name), type_)
        held = self.add("field", (record,), FieldRef(bare.name, name), type_)
        entry = self.checked.program.find(bare.name)
        assert entry is not None
        assert isinstance(entry.declaration, t.RecordDeclaration)
        declared = next((f for f in entry.declaration.fields if f.name == name), None)
        if declared is None or declared.applies is None:
            return held
        (local,) = self.checked.parameters[bare.name]
        condition = self.build(declared.applies, {local: record})
        return self.add("applies", (condition, held), None, type_)

    def entry(self, entry: Entry, arguments: tuple[int, ...] = ()) -> int:
        """The node of a declaration, with the arguments of a call."""
        key = (entry.full_name, arguments)
        if key not in self.calls:
            self.calls[key] = self._entry(entry, arguments)
        return self.calls[key]

    def _entry(self, entry: Entry, arguments: tuple[int, ...]) -> int:
        declaration = entry.declaration
        if isinstance(declaration, t.InputDeclaration):
            return self.add("input", (), entry.name, self.shapes.type_of(declaration.type, entry.policy))
        self._tell(entry)
        result = self.checked.signatures[entry.full_name].result
        locals_ = self.checked.parameters.get(entry.full_name, ())
        env = dict(zip(locals_, arguments, strict=True))
        match declaration:
            case t.Definition():
                made = self.build(declaration.body, env)
                if declaration.up_to is not None:
                    made = self.add("capped", (made, self.build(declaration.up_to, env)), None, result)
                if declaration.applies is not None:
                    made = self.add("applies", (self.build(declaration.applies, env), made), None, result)
            case t.Table():
                made = table_node(self, entry, declaration, env)
            case t.Question():
                made = self.add("question", arguments, entry.full_name, result)
                if declaration.asked_when is not None:
                    made = self.add("applies", (self.build(declaration.asked_when, env), made), None, result)
            case t.Remark():
                made = self.build(declaration.when, env)
            case _:
                raise AssertionError(f"{entry.full_name} has no value")
        return self.add("definition", (made, *arguments), entry.full_name, result)

    def _tell(self, entry: Entry) -> None:
        """Note what a named node says of itself."""
        if entry.full_name in self.about:
            return
        declaration = entry.declaration
        kind = {t.Table: "table", t.Question: "question", t.Remark: "remark"}.get(type(declaration), "define")
        if isinstance(declaration, t.Definition):
            kind = declaration.kind
        self.about[entry.full_name] = Named(
            entry.full_name,
            kind,
            labels(entry.clauses.label),
            entry.clauses.cites,
            tuple(labels(mark) for mark in entry.clauses.unconfirmed),
            declaration.name_span,
            entry.since,
            tuple(p.name for p in getattr(declaration, "parameters", ())),
        )


def build_graph(checked: Checked) -> Graph:
    """The graph of everything in a program that takes no parameters."""
    builder = GraphBuilder(checked)
    named: dict[str, int] = {}
    for full_name in checked.order:
        entry = checked.program.find(full_name)
        if entry is None or not isinstance(entry.declaration, (t.Definition, t.Question, t.Remark)):
            continue
        if not checked.parameters.get(full_name):
            named[full_name] = builder.entry(entry)
    return _finish(builder, named)


def build_conditions(checked: Checked, record: str) -> Graph:
    """The graph of what must hold in a record, and of when each of its fields applies.

    Its one input, named "", is the record. Outcomes are `valid.0`, `valid.1` … and `applies.<field>`.
    """
    entry = checked.program.find(record)
    assert entry is not None
    assert isinstance(entry.declaration, t.RecordDeclaration)
    builder = GraphBuilder(checked)
    (local,) = checked.parameters[record]
    env = {local: builder.add("input", (), "", RecordOf(record))}
    named = {f"valid.{i}": builder.build(valid.condition, env) for i, valid in enumerate(entry.declaration.valid)}
    for field in entry.declaration.fields:
        if field.applies is not None:
            named[f"applies.{field.name}"] = builder.build(field.applies, env)
    return _finish(builder, named)


def _finish(builder: GraphBuilder, named: Mapping[str, int]) -> Graph:
    """The graph without the nodes that nothing needs, numbered anew."""
    needed: set[int] = set()
    pending = list(named.values())
    while pending:
        number = pending.pop()
        if number in needed:
            continue
        needed.add(number)
        node = builder.nodes[number]
        pending += node.args
        if node.body is not None:
            pending += (node.body.parameter, node.body.result)
    kept = sorted(needed)
    new = {old: i for i, old in enumerate(kept)}
    by_scope: dict[int, list[int]] = {}
    for old in kept:
        if builder.nodes[old].op != "member":
            by_scope.setdefault(builder.scopes[old], []).append(new[old])
    nodes = []
    for old in kept:
        node = builder.nodes[old]
        body = node.body
        if body is not None:
            inside = tuple(by_scope.get(body.parameter, ()))
            body = Body(new[body.parameter], inside, new[body.result])
        value = new[old] if node.op == "member" else node.value
        nodes.append(replace(node, args=tuple(new[a] for a in node.args), value=value, body=body))
    outcomes = {name: new[number] for name, number in named.items()}
    return Graph(tuple(nodes), tuple(by_scope.get(TOP, ())), outcomes, dict(builder.about))
