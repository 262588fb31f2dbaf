"""The types of calls: of definitions, tables, questions, datasets, maps, and what the language itself provides."""

from __future__ import annotations

from policy.check import errors
from policy.check.infer import Inference
from policy.check.lists import list_of
from policy.check.names import CALLABLE
from policy.check.provided import PROVIDED, Provided
from policy.check.scope import BuiltIn, Scope
from policy.check.shapes import has_key
from policy.model.types import Anything, Key, ListOf, MapBy, Number, RowOf, RunOf, Type, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t


def call(inference: Inference, node: t.Call, scope: Scope, wanted: Type | None) -> Type:
    """The type of a call, whatever is called."""
    function = node.function
    entry: Entry | Anything | None = None
    if isinstance(function, t.Name):
        entry = inference.settled(inference.names.one_of(function, scope, (*CALLABLE, t.DatasetDeclaration)))
        if entry is None and function.id in PROVIDED and function.id not in scope.locals:
            return _provided(inference, node, function.id, scope)
    elif isinstance(function, t.FieldOf):
        entry = inference.settled(inference.names.qualified(function, scope))
    if isinstance(entry, Anything):
        return inference.lost(node, scope)
    if entry is not None and isinstance(entry.declaration, t.DatasetDeclaration):
        return _row(inference, node, entry, scope)
    if entry is not None and isinstance(entry.declaration, CALLABLE) and entry.declaration.parameters:
        return _defined(inference, node, entry, scope)
    return _index(inference, node, scope)


def _defined(inference: Inference, node: t.Call, entry: Entry, scope: Scope) -> Type:
    """A call of a definition, table or question with parameters."""
    if scope.sees_fields_only:
        inference.report(errors.own_fields_only(node.function.span, entry.name, scope.of_set))
        return inference.lost(node, scope)
    inference.meaning.targets[node] = entry
    inference.use(entry, node.span)
    signature = inference.signature(entry)
    inference.arguments(node, entry, signature, scope)
    return signature.result


def _row(inference: Inference, node: t.Call, entry: Entry, scope: Scope) -> Type:
    """The row of a dataset that has this key."""
    if not has_key(entry):
        inference.report(errors.no_key(node.function.span, entry.name))
        return inference.lost(node, scope)
    inference.meaning.targets[node] = entry
    if len(node.arguments) != 1 or node.named:
        message, help = f"a row of `{entry.name}` is had by its key", f"write `{entry.name}(KEY)`"
        inference.report(errors.bad_call(node.span, message, help))
        inference.lost(node, scope)
    else:
        inference.check(node.arguments[0], scope, Key(entry.full_name), f"the key of `{entry.name}`")
    return RowOf(entry.full_name)


def _index(inference: Inference, node: t.Call, scope: Scope) -> Type:
    """A value of a map."""
    function = without_none(inference.infer(node.function, scope))
    if not isinstance(function, MapBy):
        if not isinstance(function, Anything):
            message = f"`{node.function.span.text}` takes no arguments"
            inference.report(errors.bad_call(node.function.span, message, "leave the brackets out"))
        return inference.lost(node, scope)
    if len(node.arguments) != 1 or node.named:
        message = f"`{node.function.span.text}` has one value for each `{function.by}`"
        inference.report(errors.bad_call(node.span, message, f"write one `{function.by}` in the brackets"))
        inference.lost(node, scope)
    else:
        inference.check(node.arguments[0], scope, function.by, "the index of the map")
    return function.of


# ------------------------------------------------------------------ functions of the language


def _provided(inference: Inference, node: t.Call, name: str, scope: Scope) -> Type:
    """A call of a function of the language."""
    inference.meaning.targets[node] = BuiltIn(name)
    function = PROVIDED[name]
    result = function.result
    positional = list(node.arguments)
    if function.spells and positional:
        member = list_of(inference, positional.pop(0), scope)
        _check_spells(inference, node, name, member)
        result = ListOf(RunOf(member)) if name == "runs" else result
    well_called = len(node.arguments) == len(function.positional) + function.spells
    if not well_called:
        message = f"`{name}` takes {function.unnamed}, not {len(node.arguments)}"
        inference.report(errors.bad_call(node.span, message, function.help(name)))
    for argument, type_ in zip(positional, function.positional, strict=False):
        found = _argument(inference, argument, type_, scope, f"the argument of `{name}`")
        if name == "floor" and isinstance(found, Number):
            result = Number(found.unit, whole=True)
    for argument in positional[len(function.positional) :]:
        inference.infer(argument, scope, Anything())
    missing = _named(inference, node, name, function, scope)
    if missing and well_called:
        needs = " and ".join(f"`{key}:`" for key in missing)
        inference.report(errors.bad_call(node.span, f"`{name}` needs {needs}", function.help(name)))
    return result


def _named(inference: Inference, node: t.Call, name: str, function: Provided, scope: Scope) -> list[str]:
    """Check the named arguments of a function of the language, each one that it has, once; those that are missing."""
    seen: set[str] = set()
    for key, argument in node.named:
        if key not in function.named or key in seen:
            message = f"`{key}` of `{name}` is given twice" if key in seen else f"`{name}` has no argument `{key}`"
            inference.report(errors.bad_call(argument.span, message, function.help(name)))
            inference.infer(argument, scope, Anything())
            continue
        seen.add(key)
        _argument(inference, argument, function.named[key], scope, f"`{key}` of `{name}`")
    return [key for key in function.named if key not in seen and key not in function.optional]


def _argument(inference: Inference, node: t.Expression, wanted: Type, scope: Scope, why: str) -> Type:
    """The type of an argument; a number wanted without a unit may have any."""
    if not isinstance(wanted, Number) or wanted.unit is not None:
        return inference.check(node, scope, wanted, why)
    found = without_none(inference.infer(node, scope))
    if isinstance(found, (Number, Anything)):
        return found
    return inference.report(errors.type_mismatch(node.span, found, Number(""), why))


def _check_spells(inference: Inference, node: t.Call, name: str, member: Type) -> None:
    """Time is reckoned in spells, and hours in spells that have a weekly rate."""
    place = node.arguments[0].span
    if not inference.shapes.is_spell(member):
        help = "declare the record `is spell`"
        inference.report(errors.bad_call(place, f"`{name}` wants a list of spells, `{member}` is none", help))
        return
    needs_rate = name == "credited" or any(key == "at_least" for key, _ in node.named)
    rate = (inference.shapes.fields(member) or {}).get("hours_per_week")
    if needs_rate and not isinstance(member, Anything):
        rate = None if rate is None else without_none(rate)
        if not isinstance(rate, Number) or rate.unit != "hours":
            message = f"`{name}` reckons with `hours_per_week`, which `{member}` lacks"
            help = "add `field hours_per_week : hours` to the record"
            inference.report(errors.bad_call(place, message, help))
