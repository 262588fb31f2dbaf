"""What is given where a condition holds: the values that `is given` and `is none` speak of, by what they mean."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, TypeAlias

from policy.check.infer import Meaning
from policy.check.scope import BuiltIn, EnumValue, ImplicitField, Local
from policy.model.versions import Entry
from policy.syntax import tree as t

Value: TypeAlias = tuple[Hashable, ...]
"""What an expression means, so that two that mean the same are the same: `("field", ("local", j), "end")`."""

Values: TypeAlias = frozenset[Value]
Bound: TypeAlias = Mapping[Local, Value]

MEMBER: Final[Value] = ("member",)
"""Any member of the list that is spoken of."""

NONE_GIVEN: Final[Values] = frozenset()


class Givens:
    """Finds out what values expressions mean, and which of them are given where a condition does or does not hold.

    `bound` says in each case what parameters and bound names stand for, where they are not just themselves.
    """

    def __init__(self, meaning: Meaning, parameters: Mapping[str, tuple[Local, ...]]) -> None:
        self.meaning = meaning
        self.parameters = parameters
        self.lists: dict[Local, t.Expression] = {}
        """The list from which a bound name takes its members."""
        self._when_true: dict[tuple[str, tuple[Value, ...]], Values] = {}
        self._members: dict[tuple[str, tuple[Value, ...]], Values] = {}

    # -------------------------------------------------------------- what expressions mean

    def value(self, node: t.Expression, bound: Bound) -> Value:
        """What an expression means."""
        target = self.meaning.targets.get(node)
        if isinstance(node, t.Call):
            named = tuple((key, self.value(argument, bound)) for key, argument in node.named)
            return ("call", _name(target) or self.value(node.function, bound), self._all(node.arguments, bound), named)
        match target:
            case Local():
                return bound.get(target, ("local", target))
            case ImplicitField(member=member, name=name):
                return ("field", bound.get(member, ("local", member)), name)
            case EnumValue(enum=enum, value=word):
                return ("word", enum.name, word)
            case Entry() | BuiltIn():
                return ("call", _name(target), (), ())
        if isinstance(node, t.FieldOf):
            return ("field", self.value(node.of, bound), node.name)
        return (type(node).__name__, " ".join(node.span.text.split()), *bound.values())

    def _all(self, nodes: Sequence[t.Expression], bound: Bound) -> tuple[Value, ...]:
        return tuple(self.value(node, bound) for node in nodes)

    # -------------------------------------------------------------- what conditions say

    def where(self, node: t.Expression, holds: bool, bound: Bound) -> Values:
        """What is given for certain where a condition holds, or where it does not."""
        match node:
            case t.Presence(of=of, given=given):
                return frozenset((self.value(of, bound),)) if given is holds else NONE_GIVEN
            case t.Not(of=of):
                return self.where(of, not holds, bound)
            case t.Logic(operator=operator, members=members):
                return self._together(members, holds, bound, settled=(operator == "and") is holds)
            case t.Gather(kind=("all" | "any") as kind, members=members):
                return self._together(members, holds, bound, settled=(kind == "all") is holds)
            case t.Name() | t.FieldOf() | t.Call() if holds:
                return self._defined_when_true(node, bound)
            case _:
                return NONE_GIVEN

    def _together(self, members: Sequence[t.Expression], holds: bool, bound: Bound, settled: bool) -> Values:
        """What is given where all of some members hold or do not; or, when not all are `settled` so, where any is."""
        found = [self.where(member, holds, bound) for member in members]
        return NONE_GIVEN.union(*found) if settled else found[0].intersection(*found[1:])

    def _defined_when_true(self, node: t.Expression, bound: Bound) -> Values:
        """What is given where a definition is yes: where its body holds, and the condition under which it applies."""
        target = self.meaning.targets.get(node)
        if not isinstance(target, Entry) or not isinstance(target.declaration, t.Definition):
            return NONE_GIVEN
        arguments = self._all(getattr(node, "arguments", ()), bound)
        key = target.full_name, arguments
        if key not in self._when_true:
            self._when_true[key] = NONE_GIVEN
            inner = dict(zip(self.parameters.get(target.full_name, ()), arguments, strict=False))
            applies = target.declaration.applies
            also = NONE_GIVEN if applies is None else self.where(applies, True, inner)
            self._when_true[key] = self.where(target.declaration.body, True, inner) | also
        return self._when_true[key]

    # -------------------------------------------------------------- what lists hold

    def members(self, node: t.Expression, bound: Bound) -> Values:
        """What is given in every member of a list, which is `MEMBER` in what is given back."""
        match node:
            case t.Filter(of=of, condition=condition):
                inner = {**bound, self.meaning.binders[node]: MEMBER}
                return self.where(condition, True, inner) | self.members(of, bound)
            case t.Cut(of=of) | t.Extreme(of=of):
                return self.members(of, bound)
            case t.Choice(branches=branches, otherwise=otherwise):
                found = [self.members(value, bound) for _, value in branches]
                return self.members(otherwise, bound).intersection(*found)
            case t.FieldOf(of=of, name="members") if (list_ := self._walked(of)) is not None:
                return self._parts(list_, bound)
        return self._defined_members(node, bound, self.members, self._members)

    def _walked(self, node: t.Expression) -> t.Expression | None:
        """The list from which the member comes that a bound name stands for."""
        target = self.meaning.targets.get(node)
        return self.lists.get(target) if isinstance(target, Local) else None

    def _parts(self, node: t.Expression, bound: Bound) -> Values:
        """What is given in every member of the groups or runs of a list."""
        match node:
            case t.Grouping(of=of):
                return self.members(of, bound)
            case t.Filter(of=of) | t.Extreme(of=of):
                return self._parts(of, bound)
            case t.Call(arguments=(spells, *_)) if isinstance(self.meaning.targets.get(node), BuiltIn):
                return self.members(spells, bound)
        return self._defined_members(node, bound, self._parts, {})

    def _defined_members(
        self, node: t.Expression, bound: Bound, look: object, known: dict[tuple[str, tuple[Value, ...]], Values]
    ) -> Values:
        """What is given in every member of a list that is a definition."""
        target = self.meaning.targets.get(node)
        if not isinstance(target, Entry) or not isinstance(target.declaration, t.Definition):
            return NONE_GIVEN
        arguments = self._all(getattr(node, "arguments", ()), bound)
        key = target.full_name, arguments
        if key not in known:
            inner = dict(zip(self.parameters.get(target.full_name, ()), arguments, strict=False))
            assert callable(look)
            known[key] = look(target.declaration.body, inner)
        return known[key]


def _name(target: object) -> str:
    """The name of what is called; "" for what has none."""
    match target:
        case Entry(full_name=name) | BuiltIn(name=name):
            return name
        case _:
            return ""


def put(value: Value, old: Value, new: Value) -> Value:
    """A value with another in the place of one of its parts."""
    if value == old:
        return new
    return tuple(put(part, old, new) if isinstance(part, tuple) else part for part in value)
