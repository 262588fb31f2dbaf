"""The types of expressions that walk, cut, group or choose from lists."""

from __future__ import annotations

from policy.check import errors
from policy.check.fitting import join
from policy.check.infer import Inference
from policy.check.operators import reducible, takes_fewer, words_of
from policy.check.scope import EnumDomain, Local, Scope
from policy.model.types import (
    Anything,
    Enum,
    GroupOf,
    ListOf,
    MapBy,
    Number,
    OptionalOf,
    RecordOf,
    RunOf,
    Type,
    YesNo,
    without_none,
)
from policy.syntax import tree as t

COUNT = Number("", whole=True)


def list_of(inference: Inference, node: t.Expression, scope: Scope) -> Type:
    """The type of the members of a list expression; `Anything`, reported, when it is no list."""
    type_ = without_none(inference.infer(node, scope))
    if isinstance(type_, ListOf):
        return type_.of
    if not isinstance(type_, Anything):
        inference.report(errors.wrong_type(node.span, f"`{type_}` is not a list", "name a list here"))
    return Anything()


def _member_scope(
    inference: Inference, node: t.Filter | t.Grouping | t.Extreme | t.TheOne, scope: Scope, member: Type
) -> Scope | None:
    """Where the condition, key or measure stands: with the member bound to a name, or its fields bare.

    None where nothing can be said of bare names, since it is not known what the members are.
    """
    local = Local(node.binder or "", member, node.binder_span)
    inference.meaning.binders[node] = local
    if node.binder is not None:
        return inference.bind(local, node.binder_span or node.span, scope)
    if isinstance(member, Anything):
        return None
    if scope.member is not None:
        inference.report(
            errors.wrong_type(
                node.span, "bare field names would belong to two members here", "bind the members: `… as x where (…)`"
            )
        )
    return scope.open(local, inference.shapes.fields(member) or {})


def _list(member: Type) -> Type:
    """A list of such members; where it is not known of what, because of a mistake, it may be anything."""
    return member if isinstance(member, Anything) else ListOf(member)


def filtered(inference: Inference, node: t.Filter, scope: Scope, wanted: Type | None) -> Type:
    """`where (…)`: a list of the same members."""
    member = list_of(inference, node.of, scope)
    if (inner := _member_scope(inference, node, scope, member)) is not None:
        inference.check(node.condition, inner, YesNo(), "the condition after `where`")
    return _list(member)


def grouped(inference: Inference, node: t.Grouping, scope: Scope, wanted: Type | None) -> Type:
    """`grouped by (…)`: groups of such members."""
    member = list_of(inference, node.of, scope)
    inner = _member_scope(inference, node, scope, member)
    key = Anything() if inner is None else inference.infer(node.key, inner)
    return _list(member if isinstance(member, Anything) else GroupOf(key, member))


def extreme(inference: Inference, node: t.Extreme, scope: Scope, wanted: Type | None) -> Type:
    """`with most (…)`: a list of the same members."""
    member = list_of(inference, node.of, scope)
    if (inner := _member_scope(inference, node, scope, member)) is not None:
        measure = without_none(inference.infer(node.measure, inner))
        if not isinstance(measure, (Number, Anything)):
            word = "most" if node.most else "least"
            help = "measure the members by a number"
            inference.report(errors.wrong_type(node.measure.span, f"there is no {word} of `{measure}`", help))
    return _list(member)


def the_one(inference: Inference, node: t.TheOne, scope: Scope, wanted: Type | None) -> Type:
    """`the one … where (…)`: a member, or none."""
    member = list_of(inference, node.of, scope)
    if (inner := _member_scope(inference, node, scope, member)) is not None:
        inference.check(node.condition, inner, YesNo(), "the condition after `where`")
    return member if isinstance(member, Anything) else OptionalOf(member)


def cut(inference: Inference, node: t.Cut, scope: Scope, wanted: Type | None) -> Type:
    """Spells cut by spells. Runs may cut, but not be cut: a piece of a run is no unbroken period any more."""
    word = "inside" if node.inside else "outside"
    of, by = list_of(inference, node.of, scope), list_of(inference, node.by, scope)
    if not isinstance(of, Anything) and not (isinstance(of, RecordOf) and inference.shapes.is_spell(of)):
        help = "name a list of records that are declared `is spell`"
        if isinstance(of, RunOf):
            help = f"cut the spells before: `runs(… {word} …, gap: …)`"
        inference.report(errors.wrong_type(node.of.span, f"`{of}` cannot be cut by `{word}`", help))
    if not inference.shapes.is_spell(by):
        help = "name a list of records that are declared `is spell`, or of runs"
        inference.report(errors.wrong_type(node.by.span, f"`{by}` has no days to cut `{word}`", help))
    return _list(of)


def count(inference: Inference, node: t.Count, scope: Scope, wanted: Type | None) -> Type:
    """`count of …`: a whole number."""
    list_of(inference, node.of, scope)
    return COUNT


def each(inference: Inference, node: t.Each, scope: Scope, wanted: Type | None) -> Type:
    """`(… for each …)` by itself: a list of values, or a map when an enum is walked."""
    hint = wanted.of if isinstance(wanted, (ListOf, MapBy)) else wanted if isinstance(wanted, Anything) else None
    body, enum = _walk(inference, node, scope, hint)
    return _list(body) if enum is None else MapBy(body, enum)


def _walk(inference: Inference, node: t.Each, scope: Scope, wanted: Type | None) -> tuple[Type, Enum | None]:
    """The type of the body of a walk, and the enum that is walked, if it is one."""
    enum = _enum_walked(inference, node.domain, scope)
    if isinstance(enum, Enum):
        inference.meaning.targets[node.domain] = EnumDomain(enum)
        inference.meaning.types[node.domain] = ListOf(enum)
    member = enum if enum is not None else list_of(inference, node.domain, scope)
    local = Local(node.binder, member, node.binder_span)
    inference.meaning.binders[node] = local
    inner = inference.bind(local, node.binder_span, scope)
    return inference.infer(node.body, inner, wanted), enum if isinstance(enum, Enum) else None


def _enum_walked(inference: Inference, node: t.Expression, scope: Scope) -> Enum | Anything | None:
    """The enum that a name means as the domain of a walk."""
    if not isinstance(node, t.Name):
        return None
    entry = inference.settled(inference.names.one_of(node, scope, (t.EnumDeclaration,)))
    return entry if entry is None or isinstance(entry, Anything) else inference.shapes.enum(entry.full_name)


def aggregate(inference: Inference, node: t.Aggregate, scope: Scope, wanted: Type | None) -> Type:
    """`sum of (… for each …)` and its sisters."""
    hint = wanted if node.kind not in {"any", "all", "different"} else None
    body, enum = _walk(inference, node.each, scope, hint)
    inference.meaning.types[node.each] = ListOf(body) if enum is None else MapBy(body, enum)
    extremes = node.kind in {"greatest", "least"}
    if node.if_none is not None and not (extremes and enum is None):
        inference.infer(node.if_none, scope, Anything())
        empty = f"`{words_of(node)}`{' of' if node.count else ''} an empty list"
        what = f"{empty} is always known" if enum is None else f"`{enum}` is never empty"
        inference.report(errors.wrong_type(node.if_none.span, f"{what}, so it takes no `if none`", "leave it out"))
    if node.kind in {"any", "all"}:
        inference.require(node.each.body, body, YesNo(), f"what `{words_of(node)}` looks at")
        return YesNo()
    if node.kind == "different":
        return COUNT
    result = reducible(inference, node.span, node.kind, body)
    if enum is not None:
        takes_fewer(inference, node, len(enum.values))
    return _with_if_none(inference, node, scope, result) if extremes and enum is None else result


def _with_if_none(inference: Inference, node: t.Aggregate, scope: Scope, result: Type) -> Type:
    """The type of an extreme over a list, which may be empty."""
    if node.if_none is None:
        message = f"the {node.kind} of an empty list is not known"
        inference.report(errors.wrong_type(node.span, message, "add `if none` and a value after it"))
        return result
    other = inference.infer(node.if_none, scope, result)
    joined = join((result, other))
    if joined is None:
        inference.require(node.if_none, other, result, "the value after `if none`")
        return result
    return joined
