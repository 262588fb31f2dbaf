"""Reading what may be none: each place where no guard makes certain that it is given.

A value that may be none is read where an operation, or a parameter or result that is not `optional`, wants it to be
there. A guard is an `is given` or `is none` that settles the matter first: in `when`, in `and` and `or` and their kin,
in `applies when`, in `where` for the members of the list, or in a definition that is used as such a condition. A
definition that reads without a guard what it is handed leaves that to those who call it, and is told where one of them
has no guard either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policy.check import warnings
from policy.check.checked import Checked
from policy.check.givens import MEMBER, NONE_GIVEN, Givens, Value, Values, put
from policy.check.scope import EnumDomain, ImplicitField, Local
from policy.diagnostics import Diagnostic
from policy.model.types import OptionalOf, RecordOf, RowOf, Type, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.syntax.walk import children
from policy.text import Span


@dataclass(frozen=True, slots=True)
class _Need:
    """A value that must be given wherever a definition is used, and where it is read."""

    value: Value
    read: t.Expression


def check_absence(checked: Checked) -> Iterator[Diagnostic]:
    """Report what is read and may be none."""
    reader = _Reader(checked)
    entries = [entry for name in checked.order if (entry := checked.program.find(name)) is not None]
    for entry in entries:
        reader.declaration(entry)
    for entry in entries:
        if entry.full_name not in reader.used and not checked.parameters.get(entry.full_name):
            for need in reader.needs.get(entry.full_name, ()):
                reader.tell(need.read, need)
    yield from reader.found


class _Reader:
    """Goes through the declarations, those first that others use."""

    def __init__(self, checked: Checked) -> None:
        self.program = checked.program
        self.meaning = checked.meaning
        self.parameters = checked.parameters
        self.signatures = checked.signatures
        self.givens = Givens(checked.meaning, checked.parameters)
        self.needs: dict[str, list[_Need]] = {}
        self.used: set[str] = set()
        self.found: list[Diagnostic] = []
        self._told: set[Value] = set()
        self._current = ""
        self._left: list[_Need] | None = None
        """What the declaration in hand leaves to those who use it; None where nobody does."""

    def declaration(self, entry: Entry) -> None:
        """Look at all that a declaration reads."""
        declaration = entry.declaration
        self._current, self._told, self._left = entry.full_name, set(), None
        has_parameters = bool(self.parameters.get(entry.full_name))
        match declaration:
            case t.Definition(body=body, applies=applies, up_to=up_to):
                if has_parameters or declaration.kind == "define":
                    self._left = self.needs.setdefault(entry.full_name, [])
                given = NONE_GIVEN if applies is None else self.givens.where(applies, True, {})
                wanted = not isinstance(self.signatures[entry.full_name].result, OptionalOf)
                self._read(body, given, wanted)
                self._read_all(filter(None, (up_to,)), given)
                self._read_all(filter(None, (applies,)), NONE_GIVEN)
            case t.Table(rows=rows, below=below):
                self._left = self.needs.setdefault(entry.full_name, [])
                for row in rows[1:]:
                    for cell in row.cells:
                        self._read_all((e for e in cell.elements if e in self.meaning.types), NONE_GIVEN)
                self._read_all(filter(None, (below,)), NONE_GIVEN)
            case t.Question(asked_when=condition):
                self._read_all(filter(None, (condition,)), NONE_GIVEN)
            case t.Remark(when=condition):
                self._read_all((condition,), NONE_GIVEN)
            case t.SetDeclaration(drawn=t.Drawn(condition=condition)):
                self._read_all(filter(None, (condition,)), NONE_GIVEN)
            case t.RecordDeclaration(fields=fields, valid=valid):
                self._read_all((field.applies for field in fields if field.applies is not None), NONE_GIVEN)
                self._read_all((check.condition for check in valid), NONE_GIVEN)
            case _:
                pass

    # -------------------------------------------------------------- what is read

    def _read_all(self, nodes: Iterable[t.Expression | t.Range], given: Values) -> None:
        """Read some expressions whose values are wanted."""
        for node in nodes:
            if isinstance(node, t.Range):
                self._read_all((end for end in (node.low, node.high) if end is not None), given)
            else:
                self._read(node, given, wanted=True)

    def _read(self, node: t.Expression, given: Values, wanted: bool) -> None:
        """Read an expression; where its value is `wanted`, it must not be none."""
        if isinstance(node, t.Choice):
            self._choice(node, given, wanted)
            return
        if wanted and isinstance(self.meaning.types.get(node), OptionalOf):
            self._need(node, _Need(self.givens.value(node, {}), node), given)
        target = self.meaning.targets.get(node)
        match node:
            case t.Name():
                self._use(node, target, (), given)
            case t.FieldOf(of=of):
                if target is not None:
                    self._use(node, target, (), given)
                else:
                    self._read(of, given, wanted=True)
            case t.Call():
                self._call(node, given)
            case t.Presence(of=of):
                self._read(of, given, wanted=False)
            case t.Logic(operator=operator, members=members):
                self._members(members, given, holds=operator == "and")
            case t.Gather(kind="all" | "any", members=members):
                self._members(members, given, holds=node.kind == "all")
            case t.Filter() | t.TheOne():
                self._walk(node, node.condition, given, wanted=True)
            case t.Grouping():
                self._walk(node, node.key, given, wanted=False)
            case t.Extreme():
                self._walk(node, node.measure, given, wanted=True)
            case t.Each():
                self._each(node, given, wanted=False)
            case t.Aggregate(each=each, if_none=if_none):
                self._each(each, given, wanted=node.kind != "different")
                if if_none is not None:
                    self._read(if_none, given, wanted=False)
            case t.OnDay(of=of, day=day, but=but):
                self._read(of, given, wanted=False)
                self._read_all((day, *(taken.value for taken in but)), given)
            case t.AsRead(of=of):
                self._read(of, given, wanted=False)
            case t.Membership(of=of, container=container):
                self._read(of, given, wanted=True)
                if isinstance(container, t.SetLiteral):
                    self._read_all(container.elements, given)
                elif not isinstance(target_of := self.meaning.targets.get(container), Entry) or not isinstance(
                    target_of.declaration, t.SetDeclaration
                ):
                    self._read(container, given, wanted=True)
            case _:
                reads = not isinstance(self.meaning.types.get(node), OptionalOf)
                for child in children(node):
                    if child in self.meaning.types:
                        self._read(child, given, wanted=reads)

    def _choice(self, node: t.Choice, given: Values, wanted: bool) -> None:
        """A branch is read where its condition holds and those before it do not."""
        for condition, value in node.branches:
            self._read(condition, given, wanted=True)
            self._read(value, given | self.givens.where(condition, True, {}), wanted)
            given |= self.givens.where(condition, False, {})
        self._read(node.otherwise, given, wanted)

    def _members(self, members: Sequence[t.Expression], given: Values, holds: bool) -> None:
        """A fault in one member does no harm where another one settles the matter, whichever comes first."""
        for member in members:
            others = (self.givens.where(other, holds, {}) for other in members if other is not member)
            self._read(member, given.union(*others), wanted=True)

    def _walk(
        self, node: t.Filter | t.TheOne | t.Grouping | t.Extreme, body: t.Expression, given: Values, wanted: bool
    ) -> None:
        """What is done for each member of a list."""
        self._read(node.of, given, wanted=True)
        self._read(body, given | self._bind(self.meaning.binders[node], node.of), wanted)

    def _each(self, node: t.Each, given: Values, wanted: bool) -> None:
        """What is given for each member of a list, or for each word of an enum."""
        if not isinstance(self.meaning.targets.get(node.domain), EnumDomain):
            self._read(node.domain, given, wanted=True)
            given |= self._bind(self.meaning.binders[node], node.domain)
        self._read(node.body, given, wanted)

    def _bind(self, local: Local, list_: t.Expression) -> Values:
        """Note from which list a name takes its members; what is given in each of them."""
        self.givens.lists[local] = list_
        return frozenset(put(value, MEMBER, ("local", local)) for value in self.givens.members(list_, {}))

    def _call(self, node: t.Call, given: Values) -> None:
        """A call reads what it hands to a parameter that is not optional, and what the definition reads of it."""
        target = self.meaning.targets.get(node)
        if isinstance(target, Entry) and target.full_name in self.signatures:
            types = [type_ for _, type_ in self.signatures[target.full_name].parameters]
            for argument, type_ in zip(node.arguments, types, strict=True):
                self._read(argument, given, wanted=not isinstance(type_, OptionalOf))
            self._use(node, target, node.arguments, given)
            return
        if target is None:
            self._read(node.function, given, wanted=True)
        self._read_all((*node.arguments, *(argument for _, argument in node.named)), given)

    # -------------------------------------------------------------- what is not given

    def _use(self, node: t.Expression, target: object, arguments: Sequence[t.Expression], given: Values) -> None:
        """Put what a definition needs in terms of the place where it is used."""
        if not isinstance(target, Entry):
            return
        self.used.add(target.full_name)
        for need in self.needs.get(target.full_name, ()):
            value: Value | None = need.value
            for local, argument in zip(self.parameters.get(target.full_name, ()), arguments, strict=False):
                value = None if value is None else self._handed(value, local, argument)
            if value is not None:
                self._need(node, _Need(value, need.read), given)

    def _handed(self, value: Value, local: Local, argument: t.Expression) -> Value | None:
        """A value that a definition needs, as the caller knows it; None where it is given for certain."""
        own, each = ("local", local), ("each", ("local", local))
        if value == own and not isinstance(self.meaning.types.get(argument), OptionalOf):
            return None
        relative = put(value, each, MEMBER)
        if relative != value:
            if relative in self.givens.members(argument, {}):
                return None
            source = self._parameter(argument)
            return put(value, each, ("each", self.givens.value(argument, {}) if source is None else ("local", source)))
        return put(value, own, self.givens.value(argument, {}))

    def _need(self, node: t.Expression, need: _Need, given: Values) -> None:
        """Leave to callers, or report, what is not given."""
        if need.value in given or need.value in self._told:
            return
        self._told.add(need.value)
        value, own = need.value, self.parameters.get(self._current, ())
        locals_ = set(_locals(value))
        for local in locals_ - set(own):
            source = self._parameter(self.givens.lists.get(local))
            if source is not None:
                value = put(value, ("local", local), ("each", ("local", source)))
        if self._left is not None and set(_locals(value)) <= set(own):
            self._left.append(_Need(value, need.read))
        else:
            self.tell(node, need)

    def _parameter(self, node: t.Expression | None) -> Local | None:
        """The parameter that a list is, or is a part of."""
        while isinstance(node, (t.Filter, t.Cut, t.Extreme)):
            node = node.of
        target = self.meaning.targets.get(node)
        return target if isinstance(target, Local) and target in self.parameters.get(self._current, ()) else None

    def tell(self, node: t.Expression, need: _Need) -> None:
        """Report a reading without a guard, at the place that could have one."""
        if node is need.read:
            self.found.append(warnings.unguarded(node.span, self._declared(node)))
        else:
            self.found.append(warnings.unguarded_use(node.span, need.read.span, self._declared(need.read)))

    def _declared(self, node: t.Expression) -> Span | None:
        """Where it is declared that a value may be none."""
        target = self.meaning.targets.get(node)
        match target:
            case Entry(declaration=t.InputDeclaration(type=written) | t.Definition(type=t.OptionalType() as written)):
                return written.span
            case Local(span=span):
                return span
            case ImplicitField(member=member, name=name):
                return self._declared_field(member.type, name)
        if isinstance(node, t.FieldOf):
            return self._declared_field(self.meaning.types.get(node.of), node.name)
        return None

    def _declared_field(self, of: Type | None, name: str) -> Span | None:
        owner = None if of is None else without_none(of)
        full_name = owner.name if isinstance(owner, RecordOf) else owner.dataset if isinstance(owner, RowOf) else ""
        entry = self.program.find(full_name)
        match entry.declaration if entry else None:
            case t.RecordDeclaration(fields=parts) | t.DatasetDeclaration(columns=parts):
                return next((part.type.span for part in parts if part.name == name), None)
            case _:
                return None


def _locals(value: Value) -> Iterator[Local]:
    """The parameters and bound names in a value."""
    pending: list[object] = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, Local):
            yield part
        elif isinstance(part, tuple):
            pending += part
