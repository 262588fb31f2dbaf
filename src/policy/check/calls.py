"""The types of calls: of definitions, tables, questions, datasets, maps, and what the language itself provides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from policy.check import errors
from policy.check.infer import CALLABLE, Inference
from policy.check.lists import list_of
from policy.check.scope import BuiltIn, Scope
from policy.diagnostics import Diagnostic
from policy.model.types import (
    Anything,
    Code,
    Date,
    Key,
    ListOf,
    MapBy,
    Number,
    RowOf,
    RunOf,
    Type,
    YesNo,
    without_none,
)
from policy.model.versions import Entry
from policy.syntax import tree as t

HOURS: Final = Number("hours")
WHOLE: Final = Number("", whole=True)


@dataclass(frozen=True, slots=True)
class Provided:
    """A function of the language: positional and named arguments with their types, and what it gives.

    `spells` says that the first argument is a list of spells; `optional` names may be left out.
    """

    positional: tuple[Type, ...]
    named: Mapping[str, Type]
    result: Type
    optional: frozenset[str] = frozenset()
    spells: bool = False


PROVIDED: Final[Mapping[str, Provided]] = {
    "completed_years": Provided((), {"from": Date(), "to": Date()}, Number("years", whole=True)),
    "completed_months": Provided((), {"from": Date(), "to": Date()}, Number("months", whole=True)),
    "credited": Provided((), {"cap": HOURS, "from": Date(), "until": Date()}, HOURS, spells=True),
    "runs": Provided(
        (),
        {"gap": Number("days", whole=True), "at_least": HOURS, "from": Date(), "until": Date()},
        Anything(),
        frozenset({"at_least", "from", "until"}),
        spells=True,
    ),
    "floor": Provided((Number(None),), {}, WHOLE),
    "prefix": Provided((Code(), WHOLE), {}, Code()),
    "digit": Provided((Code(), WHOLE), {}, WHOLE),
    "multiple": Provided((Number(None),), {"of": Number(None)}, YesNo()),
}


def call(inference: Inference, node: t.Call, scope: Scope, wanted: Type | None) -> Type:
    """The type of a call, whatever is called."""
    function = node.function
    entry: Entry | Diagnostic | None = None
    if isinstance(function, t.Name) and function.id not in scope.locals:
        entries = [
            e
            for e in inference.program.visible(scope.policy, function.id)
            if isinstance(e.declaration, (*CALLABLE, t.DatasetDeclaration))
        ]
        if not entries and function.id in PROVIDED:
            return provided(inference, node, function.id, scope)
        if len(entries) > 1 or (entries and function.id in PROVIDED):
            meanings = [inference.describe(e) for e in entries]
            if function.id in PROVIDED:
                meanings.append((f"the built-in `{function.id}`", None))
            return inference.report(errors.ambiguous(function.span, function.id, meanings))
        entry = entries[0] if entries else None
    elif isinstance(function, t.FieldOf):
        entry = inference.qualified(function, scope)
    if isinstance(entry, Diagnostic):
        return inference.report(entry)
    if entry is not None and isinstance(entry.declaration, t.DatasetDeclaration):
        return row(inference, node, entry, scope)
    if entry is not None and isinstance(entry.declaration, CALLABLE) and entry.declaration.parameters:
        return defined(inference, node, entry, scope)
    return index(inference, node, scope)


def defined(inference: Inference, node: t.Call, entry: Entry, scope: Scope) -> Type:
    """A call of a definition, table or question with parameters."""
    inference.meaning.targets[node] = entry
    inference.meaning.uses.setdefault(inference.current, {}).setdefault(entry.full_name, node.span)
    signature = inference.signature(entry)
    wants = ", ".join(f"{name}: {type_}" for name, type_ in signature.parameters)
    if node.named:
        inference.report(
            errors.bad_call(
                node.span, f"the arguments of `{entry.name}` are given in order, not by name", f"it takes ({wants})"
            )
        )
    if len(node.arguments) != len(signature.parameters):
        inference.report(
            errors.bad_call(
                node.span,
                f"`{entry.name}` takes {len(signature.parameters)} arguments, not {len(node.arguments)}",
                f"it takes ({wants})",
            )
        )
    for argument, (name, type_) in zip(node.arguments, signature.parameters, strict=False):
        inference.check(argument, scope, type_, f"`{name}` of `{entry.name}`")
    return signature.result


def row(inference: Inference, node: t.Call, entry: Entry, scope: Scope) -> Type:
    """The row of a dataset that has this key."""
    inference.meaning.targets[node] = entry
    if len(node.arguments) != 1 or node.named:
        return inference.report(
            errors.bad_call(node.span, f"a row of `{entry.name}` is had by its key", f"write `{entry.name}(KEY)`")
        )
    inference.check(node.arguments[0], scope, Key(entry.full_name), f"the key of `{entry.name}`")
    return RowOf(entry.full_name)


def index(inference: Inference, node: t.Call, scope: Scope) -> Type:
    """A value of a map."""
    function = without_none(inference.infer(node.function, scope))
    if isinstance(function, Anything):
        for argument in node.arguments:
            inference.infer(argument, scope)
        return function
    if not isinstance(function, MapBy):
        return inference.report(
            errors.bad_call(
                node.function.span, f"`{node.function.span.text}` takes no arguments", "leave the brackets out"
            )
        )
    if len(node.arguments) != 1 or node.named:
        return inference.report(errors.bad_call(node.span, f"one `{function.by}` is wanted"))
    inference.check(node.arguments[0], scope, function.by, "the index of the map")
    return function.of


def provided(inference: Inference, node: t.Call, name: str, scope: Scope) -> Type:
    """A call of a function of the language."""
    inference.meaning.targets[node] = BuiltIn(name)
    function = PROVIDED[name]
    positional = list(node.arguments)
    result = function.result
    if function.spells:
        member = list_of(inference, positional.pop(0), scope) if positional else None
        if not node.arguments:
            inference.report(errors.bad_call(node.span, f"`{name}` wants a list of spells first"))
        if member is not None:
            check_spell(inference, node, name, member)
            if name == "runs":
                result = ListOf(RunOf(member))
    if len(positional) != len(function.positional):
        inference.report(
            errors.bad_call(
                node.span, f"`{name}` takes {len(function.positional)} unnamed arguments, not {len(positional)}"
            )
        )
    for argument, type_ in zip(positional, function.positional, strict=False):
        why = f"the argument of `{name}`"
        if isinstance(type_, Number) and type_.unit is None:
            found = without_none(inference.infer(argument, scope))
            if not isinstance(found, (Number, Anything)):
                inference.report(errors.type_mismatch(argument.span, found, type_, why))
            elif name == "floor" and isinstance(found, Number):
                result = Number(found.unit or "", whole=True)
        else:
            inference.check(argument, scope, type_, why)
    given = dict(node.named)
    for key, type_ in function.named.items():
        if key in given:
            if isinstance(type_, Number) and type_.unit is None:
                inference.infer(given[key], scope)
            else:
                inference.check(given[key], scope, type_, f"`{key}` of `{name}`")
        elif key not in function.optional:
            inference.report(errors.bad_call(node.span, f"`{name}` needs `{key}:`"))
    for key in given:
        if key not in function.named:
            inference.report(
                errors.bad_call(node.span, f"`{name}` has no argument `{key}`", f"it takes {', '.join(function.named)}")
            )
    return result


def check_spell(inference: Inference, node: t.Call, name: str, member: Type) -> None:
    """Hours are credited to spells that have a weekly rate."""
    if not inference.shapes.is_spell(member):
        inference.report(
            errors.bad_call(node.span, f"`{name}` wants spells, `{member}` is none", "declare the record `is spell`")
        )
        return
    needs_rate = name == "credited" or any(key == "at_least" for key, _ in node.named)
    fields = inference.shapes.fields(member) or {}
    if needs_rate and fields.get("hours_per_week") is None and not isinstance(member, Anything):
        inference.report(
            errors.bad_call(
                node.span,
                f"`{name}` reckons with `hours_per_week`, which `{member}` lacks",
                "add `field hours_per_week : hours` to the record",
            )
        )
