"""The types of expressions that walk, cut, group or choose from lists."""

from __future__ import annotations

from policy.check import errors
from policy.check.fitting import fits, join
from policy.check.infer import Inference
from policy.check.scope import EnumDomain, Local, Scope
from policy.model.types import (
    Anything,
    Date,
    Enum,
    GroupOf,
    ListOf,
    MapBy,
    Number,
    OptionalOf,
    Type,
    YesNo,
    without_none,
)
from policy.syntax import tree as t


def list_of(inference: Inference, node: t.Expression, scope: Scope) -> Type | None:
    """The type of the members of a list expression; None, reported, when it is no list."""
    type_ = without_none(inference.infer(node, scope))
    if isinstance(type_, ListOf):
        return type_.of
    if not isinstance(type_, Anything):
        inference.report(errors.wrong_type(node.span, f"`{type_}` is not a list"))
    return None


def member_scope(
    inference: Inference, node: t.Filter | t.Grouping | t.Extreme | t.TheOne, scope: Scope, member: Type
) -> Scope:
    """Where the condition, key or measure stands: with the member bound to a name, or its fields bare."""
    if node.binder is not None:
        local = Local(node.binder, member)
        inference.meaning.binders[node] = local
        return scope.bind(local)
    local = Local("", member)
    inference.meaning.binders[node] = local
    if scope.member is not None:
        inference.report(
            errors.wrong_type(
                node.span, "bare field names would belong to two members here", "bind the members: `… as x where (…)`"
            )
        )
        return scope
    return scope.open(local, inference.shapes.fields(member) or {})


def filtered(inference: Inference, node: t.Filter, scope: Scope, wanted: Type | None) -> Type:
    member = list_of(inference, node.of, scope)
    if member is None:
        return Anything()
    inference.check(
        node.condition, member_scope(inference, node, scope, member), YesNo(), "the condition after `where`"
    )
    return ListOf(member)


def grouped(inference: Inference, node: t.Grouping, scope: Scope, wanted: Type | None) -> Type:
    member = list_of(inference, node.of, scope)
    if member is None:
        return Anything()
    key = inference.infer(node.key, member_scope(inference, node, scope, member))
    return ListOf(GroupOf(key, member))


def extreme(inference: Inference, node: t.Extreme, scope: Scope, wanted: Type | None) -> Type:
    member = list_of(inference, node.of, scope)
    if member is None:
        return Anything()
    measure = inference.infer(node.measure, member_scope(inference, node, scope, member))
    inference.reducible(node.measure.span, "greatest", measure)
    return ListOf(member)


def the_one(inference: Inference, node: t.TheOne, scope: Scope, wanted: Type | None) -> Type:
    member = list_of(inference, node.of, scope)
    if member is None:
        return Anything()
    inference.check(
        node.condition, member_scope(inference, node, scope, member), YesNo(), "the condition after `where`"
    )
    return OptionalOf(member)


def cut(inference: Inference, node: t.Cut, scope: Scope, wanted: Type | None) -> Type:
    found = []
    for side in (node.of, node.by):
        member = list_of(inference, side, scope)
        if member is not None and not inference.shapes.is_spell(member):
            word = "inside" if node.inside else "outside"
            inference.report(
                errors.wrong_type(
                    side.span,
                    f"`{member}` is not a spell, so it cannot be cut by `{word}`",
                    "declare the record `is spell`",
                )
            )
        found.append(member)
    return ListOf(found[0]) if found[0] is not None else Anything()


def count(inference: Inference, node: t.Count, scope: Scope, wanted: Type | None) -> Type:
    list_of(inference, node.of, scope)
    return Number("", whole=True)


def each(inference: Inference, node: t.Each, scope: Scope, wanted: Type | None) -> Type:
    """`(… for each …)` by itself: a list of values, or a map when an enum is walked."""
    body, domain = walk_each(inference, node, scope, wanted.of if isinstance(wanted, (ListOf, MapBy)) else None)
    if body is None:
        return Anything()
    return MapBy(body, domain) if domain is not None else ListOf(body)


def walk_each(inference: Inference, node: t.Each, scope: Scope, wanted: Type | None) -> tuple[Type | None, Enum | None]:
    """The type of the body of a walk, and the enum that is walked, if it is one."""
    enum = enum_domain(inference, node.domain, scope)
    member: Type | None = enum
    if enum is not None:
        inference.meaning.targets[node.domain] = EnumDomain(enum)
        inference.meaning.types[node.domain] = ListOf(enum)
    else:
        member = list_of(inference, node.domain, scope)
    if member is None:
        return None, None
    local = Local(node.binder, member)
    inference.meaning.binders[node] = local
    return inference.infer(node.body, scope.bind(local), wanted), enum


def enum_domain(inference: Inference, node: t.Expression, scope: Scope) -> Enum | None:
    """The enum that a name means as the domain of a walk."""
    if not isinstance(node, t.Name) or node.id in scope.locals:
        return None
    entries = [
        entry
        for entry in inference.program.visible(scope.policy, node.id)
        if isinstance(entry.declaration, t.EnumDeclaration)
    ]
    if not entries:
        return None
    type_ = inference.shapes.type_declared(entries[0])
    assert isinstance(type_, Enum)
    return type_


def aggregate(inference: Inference, node: t.Aggregate, scope: Scope, wanted: Type | None) -> Type:
    body, enum = walk_each(inference, node.each, scope, wanted if node.kind in {"sum", "greatest", "least"} else None)
    if body is None:
        if node.kind in {"any", "all"}:
            return YesNo()
        return Number("", whole=True) if node.kind == "different" else Anything()
    inference.meaning.types[node.each] = MapBy(body, enum) if enum is not None else ListOf(body)
    if node.if_none is not None and node.kind not in {"greatest", "least"}:
        inference.report(
            errors.wrong_type(
                node.if_none.span, f"`{node.kind} of` an empty list is always known, so it takes no `if none`"
            )
        )
    if node.kind in {"any", "all"}:
        if not fits(body, YesNo()):
            inference.report(
                errors.type_mismatch(node.each.body.span, body, YesNo(), f"what `{node.kind} of` looks at")
            )
        return YesNo()
    if node.kind == "different":
        return Number("", whole=True)
    result = inference.reducible(node.span, node.kind, body)
    if node.kind in {"greatest", "least"} and enum is None:
        if node.if_none is None:
            return inference.report(
                errors.wrong_type(
                    node.span, f"the {node.kind} of an empty list is not known", "add `if none VALUE` after it"
                )
            )
        joined = join((result, inference.infer(node.if_none, scope, result)))
        if joined is None:
            return inference.report(
                errors.type_mismatch(
                    node.if_none.span, inference.meaning.types[node.if_none], result, "the value `if none`"
                )
            )
        return joined
    if isinstance(result, Date) and node.kind == "sum":
        return Anything()
    return result
