"""What a name stands for where it is used, and why it may stand for nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from policy.check import errors
from policy.check.scope import AsOf, BuiltIn, EnumDomain, EnumValue, ImplicitField, Local, Scope, Target
from policy.check.shapes import Shapes
from policy.diagnostics import Diagnostic
from policy.model.types import Anything, Enum, Type
from policy.model.versions import Entry, Text
from policy.syntax import tree as t
from policy.text import Span

CALLABLE: Final = (t.Definition, t.Table, t.Question)
"""Declarations that may take arguments."""

VALUES: Final = (*CALLABLE, t.InputDeclaration)
"""Declarations that have a value."""

TODAY: Final = "assessed_on"
"""The day on which facts are measured: the one value that the language provides."""

MOST_PROPOSALS: Final = 100
"""After so many unknown names none is proposed for the next: the file is not the one that was meant."""

NOT_VALUES: Final[Mapping[type, tuple[str, str]]] = {
    t.EnumDeclaration: ("an enum", "write one of its values"),
    t.RecordDeclaration: ("a kind of record", "name an input or definition that holds such records"),
    t.QuantityDeclaration: ("a quantity", "name something that is measured in it"),
    t.DatasetDeclaration: ("a dataset", "write a key in brackets after it to have one of its rows"),
    t.SetDeclaration: ("a set", "ask whether a code is `in` it"),
    t.SourceDeclaration: ("a source", "name it after `cites`"),
    t.Remark: ("a remark, which is shown and never counts", "declare a requirement to count what it says"),
    t.Sample: ("a sample for examples", "name it in an example"),
}
"""What a declaration without a value is, and what to do instead of using it as one."""

Found: TypeAlias = Entry | Diagnostic | Anything
"""A declaration, the mistake in naming it, or `Anything` where the mistake has been told elsewhere."""


class Names:
    """What the names of one program stand for."""

    def __init__(self, shapes: Shapes, provided: frozenset[str]) -> None:
        self.shapes = shapes
        self.program = shapes.program
        self.provided = provided
        self._unknown = 0

    # -------------------------------------------------------------- bare names

    def meaning(self, node: t.Name, scope: Scope, wanted: Type | None) -> Target | Diagnostic | Anything:
        """What a bare name stands for; a mistake when that is nothing, or more than one thing."""
        found = self._meanings(node.id, scope, wanted)
        if len(found) == 1:
            return found[0]
        if not found:
            return self._unknown_name(node.span, node.id, scope, wanted)
        if isinstance(wanted, Anything):
            return wanted
        meanings = [self.describe(target) for target in found]
        return errors.ambiguous(node.span, node.id, meanings, _way_out(found))

    def has_value(self, name: str, scope: Scope) -> bool:
        """Whether a bare name stands for something other than an enum value."""
        return bool(self._valued(name, scope))

    def _meanings(self, name: str, scope: Scope, wanted: Type | None) -> list[Target]:
        """Everything that a bare name may stand for. Where a value of an enum is wanted, no other enum is meant."""
        found = self._valued(name, scope)
        enums = [self.shapes.enum(full_name) for full_name in self.program.enum_values.get(name, ())]
        if isinstance(wanted, Enum):
            enums = [enum for enum in enums if enum.name == wanted.name]
        elif found and wanted is not None and not isinstance(wanted, Anything):
            enums = []
        return [*found, *(EnumValue(enum, name) for enum in enums)]

    def _valued(self, name: str, scope: Scope) -> list[Target]:
        """The things with a value that a bare name may stand for.

        A local hides what was there before it: its clashes have been told. Fields that became bare names only after it
        are not hidden.
        """
        field: list[Target] = []
        if scope.member is not None and name in scope.fields:
            field.append(ImplicitField(scope.member, name))
        if name in scope.locals:
            return [scope.locals[name], *(field if name in scope.outside else [])]
        found = field
        if not scope.sees_fields_only:
            found += [e for e in self.program.visible(scope.policy, name) if isinstance(e.declaration, VALUES)]
            if name == TODAY:
                found.append(BuiltIn(name))
        return found

    def _unknown_name(self, span: Span, name: str, scope: Scope, wanted: Type | None) -> Diagnostic | Anything:
        """Why a name stands for nothing: of another kind, repealed, of an unused policy, or never declared."""
        visible = self.program.visible(scope.policy, name)
        if scope.sees_fields_only and (name == TODAY or any(isinstance(e.declaration, VALUES) for e in visible)):
            return errors.own_fields_only(span, name, scope.of_set)
        if visible:
            return errors.not_a_value(span, name, *NOT_VALUES[type(visible[0].declaration)])
        if self._told_elsewhere(scope.policy, name):
            return Anything()
        if isinstance(wanted, Enum):
            return errors.not_in_enum(span, name, wanted, wanted.values)
        if (elsewhere := self._elsewhere(span, name, scope.policy)) is not None:
            return elsewhere
        known = [*scope.locals, *scope.fields, *self.program.names(scope.policy), TODAY, *self.provided]
        return errors.unknown_name(span, name, self._proposals([*known, *self.program.enum_values]))

    def _elsewhere(self, span: Span, name: str, policy: str) -> Diagnostic | Anything | None:
        """A name that was in force, or that a policy has which this one does not use."""
        text = self.program.texts[policy]
        for other in (text, *(self.program.texts[used] for used, _ in text.uses if used in self.program.texts)):
            if name in other.repealed:
                return self._repealed(span, name, other, name)
        for other in self.program.texts.values():
            if name in other.entries and isinstance(other.entries[name].declaration, VALUES):
                return errors.not_used(span, name, other.name) if text.readable else Anything()
        return None

    def _repealed(self, span: Span, shown: str, text: Text, name: str) -> Diagnostic:
        """A name that was in force: the repeal is at fault if who uses it was there before, else the use is."""
        module = text.repealed[name]
        repealed = module.header.effective if module.header else None
        place = next((at for item in module.items if isinstance(item, t.Repeal) for n, at in item.names if n == name))
        using = next(entry for entry in self.program.entries() if _holds(entry, span))
        if repealed is not None and (using.since is None or using.since < repealed):
            return errors.still_used(place, name, span, using.full_name)
        return errors.not_in_force(span, shown, repealed or "an earlier file", place)

    def _told_elsewhere(self, policy: str, name: str) -> bool:
        """Whether a name is unknown because of a mistake that has its own message."""
        return self.program.lacks(policy) or name in self.program.broken

    def _proposals(self, known: Sequence[str]) -> Sequence[str]:
        """The names to propose from, as long as proposing is of use."""
        self._unknown += 1
        return known if self._unknown <= MOST_PROPOSALS else ()

    # -------------------------------------------------------------- names of one kind, and qualified ones

    def one_of(self, node: t.Name, scope: Scope, kinds: tuple[type, ...]) -> Entry | Diagnostic | None:
        """The declaration of one of these kinds that a bare name stands for; None when it stands for no such thing."""
        if node.id in scope.locals:
            return None
        entries = [e for e in self.program.visible(scope.policy, node.id) if isinstance(e.declaration, kinds)]
        found: list[Target] = [*entries]
        if entries and scope.member is not None and node.id in scope.fields and t.EnumDeclaration not in kinds:
            found.insert(0, ImplicitField(scope.member, node.id))
        if len(found) > 1:
            return errors.ambiguous(node.span, node.id, [self.describe(target) for target in found], _way_out(found))
        return entries[0] if entries else None

    def qualified(self, node: t.FieldOf, scope: Scope) -> Found | None:
        """What `policy.name` stands for; None when it is a field of a value."""
        if not isinstance(node.of, t.Name):
            return None
        policy = node.of.id
        valued = self._valued(policy, scope)
        text = self.program.texts.get(policy)
        if text is None or valued:
            if text is not None and self.program.uses(scope.policy, policy) and node.name in text.entries:
                meanings = [*map(self.describe, valued), (f"the policy `{policy}`", None)]
                return errors.ambiguous(node.of.span, policy, meanings, "give one of them another name")
            return self._missing_policy(node, policy, scope) if not valued else None
        if not self.program.uses(scope.policy, policy):
            readable = self.program.texts[scope.policy].readable
            return errors.not_used(node.span, node.name, policy) if readable else Anything()
        if (entry := text.entries.get(node.name)) is not None:
            beyond = scope.sees_fields_only and isinstance(entry.declaration, VALUES)
            return errors.own_fields_only(node.span, entry.full_name, scope.of_set) if beyond else entry
        if node.name in text.repealed:
            return self._repealed(node.name_span, f"{policy}.{node.name}", text, node.name)
        if node.name in text.broken or text.gap:
            return Anything()
        return errors.not_in_policy(node.name_span, node.name, policy, self._proposals([*text.entries]))

    def _missing_policy(self, node: t.FieldOf, policy: str, scope: Scope) -> Found | None:
        """A policy that is named but not there on this day."""
        if self.program.uses(scope.policy, policy):
            return Anything()
        if policy in self.program.before:
            return errors.not_used(node.span, node.name, policy)
        return None

    # -------------------------------------------------------------- new names, and meanings in words

    def clash(self, name: str, span: Span, scope: Scope) -> Diagnostic | None:
        """The mistake that a new local name has a meaning already."""
        kinds = (*VALUES, t.SetDeclaration, t.DatasetDeclaration)
        meanings = [self.describe(target) for target in self._valued(name, scope)]
        if name not in scope.locals and not scope.sees_fields_only:
            others = [e for e in self.program.visible(scope.policy, name) if isinstance(e.declaration, kinds)]
            meanings += [self.describe(e) for e in others if not isinstance(e.declaration, VALUES)]
        if name in self.provided:
            meanings.append((f"the function `{name}` of the language", None))
        return errors.clashes(span, name, meanings) if meanings else None

    def describe(self, target: Target) -> tuple[str, Span | None]:
        """A meaning in words, and where it is declared."""
        match target:
            case Local(name=name, span=span):
                return f"the parameter or bound name `{name}`", span
            case ImplicitField(member=member, name=name):
                return f"the field `{name}` of `{member.type}`", None
            case EnumValue(enum=enum, value=value):
                return f"the value `{value}` of `{enum}`", self._place_of_value(enum, value)
            case Entry():
                return f"`{target.full_name}`", target.declaration.name_span
            case BuiltIn(name=name):
                return f"the day `{name}` of the language", None
            case EnumDomain(enum=enum):
                return f"the enum `{enum}`", None
            case AsOf(entry=entry, day=day):
                return f"`{entry.full_name}` as it read on {day}", entry.declaration.name_span

    def _place_of_value(self, enum: Enum, value: str) -> Span | None:
        """Where a value of an enum is declared."""
        entry = self.program.find(enum.name)
        assert entry is not None
        assert isinstance(entry.declaration, t.EnumDeclaration)
        return next((v.name_span for v in entry.declaration.values if v.name == value), None)


def _way_out(meanings: Sequence[Target]) -> str:
    """How to say which of several meanings is meant."""
    ways = []
    if any(isinstance(target, Entry) for target in meanings):
        ways.append("write `policy.name`")
    if any(isinstance(target, ImplicitField) for target in meanings):
        ways.append("bind the members of the list with `as`")
    if all(isinstance(target, EnumValue) for target in meanings):
        ways.append("compare it with something of one of the enums")
    return ", ".join([*ways, "or rename one of them"])


def _holds(entry: Entry, span: Span) -> bool:
    """Whether a place is in a declaration."""
    whole = entry.declaration.span
    return whole.source is span.source and whole.start <= span.start < whole.end
