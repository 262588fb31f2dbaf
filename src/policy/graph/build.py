"""From a checked program to its graph."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from datetime import date
from typing import Final

from policy.check.checked import Checked
from policy.check.families import family_of, is_invariant
from policy.check.scope import AsOf, BuiltIn, EnumDomain, EnumValue, ImplicitField, Local
from policy.check.shapes import labels
from policy.graph.arrange import arrange
from policy.graph.earlier import reads_alike
from policy.graph.expressions import BUILDERS, Builder, Environment, index
from policy.graph.nodes import Body, FieldRef, Graph, MemberOf, Named, Node
from policy.graph.tables import table_node
from policy.model.catalog import Labels
from policy.model.types import Enum, ListOf, MapBy, RecordOf, RowOf, Type, without_none
from policy.model.values import Record
from policy.model.versions import Entry
from policy.syntax import tree as t

KINDS: Final[Mapping[type, str]] = {
    t.Table: "table",
    t.Question: "question",
    t.Remark: "remark",
    t.SetDeclaration: "set",
}
"""What declarations are called that are no definitions."""


class GraphBuilder(Builder):
    """Makes the nodes of one program, each once.

    `free` says for each node on which members of lists it depends: those are the bodies it has to stand in, and what
    depends on none is computed once, outside all of them.
    """

    def __init__(self, checked: Checked, assumed: Collection[str] = ()) -> None:
        self.checked = checked
        self.today = checked
        self.assumed = frozenset(assumed)
        self.day: date | None = None
        self.meaning = checked.meaning
        self.shapes = checked.shapes
        self.nodes: list[Node] = []
        self.free: list[frozenset[int]] = []
        self.about: dict[str, Named] = {}
        self._known: dict[Hashable, int] = {}
        self._calls: dict[Hashable, int] = {}
        self._open: tuple[int, ...] = ()
        self._rows: dict[str, tuple[Record, ...]] = {}

    # -------------------------------------------------------------- nodes

    def add(self, op: str, args: tuple[int, ...], value: Hashable, type_: Type, body: Body | None = None) -> int:
        """The number of the node with this meaning, made if there is none yet."""
        key = (op, args, value, type(value), type_, body)
        if key in self._known:
            return self._known[key]
        number = self._known[key] = len(self.nodes)
        free = frozenset[int]().union(*(self.free[arg] for arg in args))
        if op == "member":
            free = frozenset((number,))
        if body is not None:
            free |= self.free[body.result] - {body.parameter}
        self.nodes.append(Node(op, args, value, type_, body))
        self.free.append(free)
        return number

    def walk(self, op: str, list_: int, local: Local, body: t.Expression, env: Environment, type_: Type) -> int:
        """A list node with its body graph; which nodes stand in it is settled at the end.

        Walks of one list share their member, so that two bodies that do the same are the same. Only a walk inside
        another of the same list needs a member of its own.
        """
        return self.walk_for(op, list_, local.type, lambda member: self.build(body, {**env, local: member}), type_)

    def walk_for(self, op: str, list_: int, member: Type, body: Callable[[int], int], type_: Type) -> int:
        """A list node whose body is made from the number of the member."""
        around = sum(self._walked(parameter) == list_ for parameter in self._open)
        parameter = self.add("member", (), MemberOf(list_, around), member)
        before, self._open = self._open, (*self._open, parameter)
        result = body(parameter)
        self._open = before
        return self.add(op, (list_,), None, type_, Body(parameter, (), result))

    def _seen_from(self, arguments: tuple[int, ...]) -> tuple[int, ...]:
        """The open members that a definition with these arguments can depend on, whoever calls it."""
        seen: set[int] = set()
        pending = list(arguments)
        while pending:
            for parameter in self.free[pending.pop()] - seen:
                seen.add(parameter)
                pending.append(self._walked(parameter))
        return tuple(parameter for parameter in self._open if parameter in seen)

    def _walked(self, parameter: int) -> int:
        """The list that a member is of."""
        member = self.nodes[parameter].value
        assert isinstance(member, MemberOf)
        return member.list

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
            case EnumDomain() | AsOf():
                raise AssertionError("an enum is walked, not evaluated, and an earlier text has a node of its own")

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
        """The node of a declaration, with the arguments of a call.

        What an earlier text has in common with that of today is of today.
        """
        if self.day is not None and reads_alike(entry, self.checked, self.today):
            return self.by_text_of(self.today, None, entry, arguments)
        key = (self.shown_name(entry), arguments)
        if key not in self._calls:
            before, self._open = self._open, self._seen_from(arguments)
            whole = self._family_assumed(entry, arguments)
            self._calls[key] = self._entry(entry, arguments) if whole is None else whole
            self._open = before
        return self._calls[key]

    def as_of(self, entry: Entry, day: date, arguments: tuple[int, ...]) -> int:
        """The node of a declaration as it read on an earlier day, with the arguments of a call."""
        return self.by_text_of(self.checked.earlier[day], day, entry, arguments)

    def by_text_of(self, checked: Checked, day: date | None, entry: Entry, arguments: tuple[int, ...]) -> int:
        """The node of a declaration by the text of a day; None for today."""
        before = self.checked, self.meaning, self.shapes, self.day
        self.checked, self.meaning, self.shapes, self.day = checked, checked.meaning, checked.shapes, day
        found = self.entry(entry, arguments)
        self.checked, self.meaning, self.shapes, self.day = before
        return found

    def shown_name(self, entry: Entry) -> str:
        """The full name of a declaration; of an earlier text, with its day."""
        return entry.full_name if self.day is None else f"{entry.full_name}@{self.day}"

    def family(self, entry: Entry) -> Enum | None:
        """The enum for each word of which a declaration has an outcome."""
        return family_of(entry, self.checked.signatures.get(entry.full_name))

    def outcomes(self, entry: Entry) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The names under which a declaration can be asked for, and its arguments then."""
        enum = self.family(entry)
        if enum is not None:
            for word in enum.values:
                yield f"{entry.full_name}.{word}", (self.add("const", (), word, enum),)
        elif not self.checked.parameters.get(entry.full_name):
            yield entry.full_name, ()

    def _family_assumed(self, entry: Entry, arguments: tuple[int, ...]) -> int | None:
        """A family for a word that is not written out, as a value for each word: some of them are assumed."""
        enum = self.family(entry)
        if enum is None or self.day is not None or self.nodes[arguments[0]].op == "const":
            return None
        if self.assumed.isdisjoint(f"{entry.full_name}.{word}" for word in enum.values):
            return None
        result = self.checked.signatures[entry.full_name].result
        each = tuple(self.entry(entry, (self.add("const", (), word, enum),)) for word in enum.values)
        return index(self, self.add("map", each, enum, MapBy(result, enum)), arguments[0], result)

    def _entry(self, entry: Entry, arguments: tuple[int, ...]) -> int:
        declaration = entry.declaration
        if isinstance(declaration, t.InputDeclaration):
            return self.add("input", (), entry.name, self.shapes.type_of(declaration.type, entry.policy))
        name = self._tell(entry, arguments)
        result = self.checked.signatures[entry.full_name].result
        if name in self.assumed:
            given = self.add("assumed", (), name, result)
            return self.add("definition", (given,), name, result)
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
            case t.SetDeclaration(drawn=t.Drawn() as drawn):
                made = self.drawn(drawn, env)
                result = self.nodes[made].type
            case _:
                raise AssertionError(f"{entry.full_name} has no value")
        shown = arguments if self.about[name].full_name == entry.full_name else ()
        return self.add("definition", (made, *shown), name, result)

    def drawn(self, drawn: t.Drawn, env: Environment) -> int:
        """What a column of a dataset holds in the rows for which something holds."""
        row, dataset = self.meaning.binders[drawn], self.meaning.targets[drawn]
        assert isinstance(dataset, Entry)
        rows = self.add("const", (), self.rows(dataset.full_name), ListOf(row.type))
        if drawn.condition is not None:
            rows = self.walk("filter", rows, row, drawn.condition, env, ListOf(row.type))
        held = self.meaning.types[drawn.column]
        return self.walk_for(
            "each", rows, row.type, lambda member: self.field(member, drawn.column.id, held), ListOf(held)
        )

    def rows(self, dataset: str) -> tuple[Record, ...]:
        """All rows of a dataset."""
        if dataset not in self._rows:
            rows = self.shapes.dataset(dataset).rows
            self._rows[dataset] = tuple(Record(dataset, row, key) for key, row in rows.items())
        return self._rows[dataset]

    def _tell(self, entry: Entry, arguments: tuple[int, ...]) -> str:
        """Note what a named node says of itself. Its name: the full name, of a member of a family with its word."""
        declaration = entry.declaration
        name, label = entry.full_name, labels(entry.clauses.label)
        parameters = tuple(p.name for p in getattr(declaration, "parameters", ()))
        enum = self.family(entry)
        if enum is not None and self.nodes[arguments[0]].op == "const":
            word = str(self.nodes[arguments[0]].value)
            name, parameters = f"{name}.{word}", ()
            label = _of_word(label, self.checked.catalog.enums[enum.name].values[word])
        name = name if self.day is None else f"{name}@{self.day}"
        if name not in self.about:
            kind = declaration.kind if isinstance(declaration, t.Definition) else KINDS.get(type(declaration), "define")
            marks = tuple(labels(mark) for mark in entry.clauses.unconfirmed)
            place, since = declaration.name_span, entry.since
            full_name = name.partition("@")[0]
            named = Named(full_name, kind, label, entry.clauses.cites, marks, place, since, parameters, self.day)
            self.about[name] = named
            if kind == "question":  # which is one, by whatever text it is asked
                self.about.setdefault(full_name, named)
        return name


def _of_word(family: Labels, word: Labels) -> Labels:
    """What a member of a family is called: `Member: Trades`."""
    return Labels(f"{family.get('en')}: {word.get('en')}", f"{family.get('fr')}\N{NO-BREAK SPACE}: {word.get('fr')}")


def build_graph(checked: Checked, only: Collection[str] | None = None, assumed: Collection[str] = ()) -> Graph:
    """The graph of all outcomes of a program, or `only` of some. An invariant is no outcome, but may be asked for.

    What is `assumed` is not worked out: its value will be given, and what only led to it is needed no more.
    """
    builder = GraphBuilder(checked, assumed)
    named: dict[str, int] = {}
    for full_name in checked.order:
        entry = checked.program.find(full_name)
        if entry is None or not isinstance(entry.declaration, (t.Definition, t.Question, t.Remark)):
            continue
        for name, arguments in builder.outcomes(entry):
            if (name in only) if only is not None else not is_invariant(entry):
                named[name] = builder.entry(entry, arguments)
    return arrange(builder.nodes, builder.free, named, builder.about)


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
    return arrange(builder.nodes, builder.free, named, builder.about)
