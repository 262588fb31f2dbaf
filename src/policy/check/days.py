"""The types of rules on another day: `X at day`, by the law of that day, and `X as it read on …`, by a text of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from policy.check import day_errors, errors
from policy.check.infer import AskedAsRead, AskedOnDay, Inference, OtherDay
from policy.check.scope import AsOf, Scope
from policy.diagnostics import Diagnostic
from policy.model.types import Anything, Code, Date, Enum, Key, MapBy, Moment, Number, Text, Type, YesNo, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.text import Span

SCALARS = (YesNo, Text, Date, Moment, Code, Key, Number, Enum)
"""Types of a single value."""


def can_be_given(type_: Type) -> bool:
    """Whether values of a type can be given in place of what a rule works out: a single value, or a map of such."""
    bare = without_none(type_)
    return isinstance(bare, SCALARS) or (isinstance(bare, MapBy) and isinstance(without_none(bare.of), SCALARS))


# ------------------------------------------------------------------ by the law of another day


def on_day(inference: Inference, node: t.OnDay, scope: Scope, wanted: Type | None) -> Type:
    """The type of a rule by the law of another day, with facts measured on it."""
    inference.check(node.day, scope, Date(), "the day after `at`")
    found = _rule(inference, node, scope)
    assumed = [_supposed(inference, but, scope) for but in node.but]
    for but, first in _twice(node.but, assumed):
        inference.report(day_errors.bad_but(but.span, f"`{first}` is assumed twice", "keep one of the values"))
    if isinstance(found, Anything):
        return found
    entry, type_ = found
    inference.meaning.targets[node] = entry
    names = tuple(name for name in assumed if name is not None)
    inference.meaning.on_days[node] = AskedOnDay(inference.current, entry.full_name, type_, names)
    return type_


def _rule(inference: Inference, node: t.OnDay, scope: Scope) -> tuple[Entry, Type] | Anything:
    """The rule that is asked for and its type; one that is repealed is known by its last text."""
    if scope.sees_fields_only:
        return inference.report(errors.own_fields_only(node.of.span, node.of.span.text))
    named = inference.settled(_named(inference, node.of, scope))
    if isinstance(named, Anything):
        return named
    repealed = _repealed(inference, node.of, scope) if named is None else None
    if repealed is not None:
        entry, other = repealed
        signature = other.signatures[entry.full_name]
    elif isinstance(named, Entry) and isinstance(named.declaration, t.Definition):
        entry, signature = named, inference.signature(named)
    else:
        if isinstance(node.of, (t.Name, t.FieldOf)) and isinstance(inference.infer(node.of, scope), Anything):
            return Anything()
        return inference.report(day_errors.no_rule_on_day(node.of.span))
    if isinstance(signature.result, Anything):
        return Anything()
    if signature.parameters or not isinstance(without_none(signature.result), SCALARS):
        return inference.report(day_errors.not_single_on_day(node.of.span, signature.parameters, signature.result))
    return entry, signature.result


def _named(inference: Inference, of: t.Expression, scope: Scope) -> Entry | Diagnostic | Anything | None:
    match of:
        case t.Name():
            return inference.names.one_of(of, scope, (t.Definition,))
        case t.FieldOf(of=t.Name(id=policy)) if policy in inference.program.texts:
            text = inference.program.texts[policy]
            used = inference.program.uses(scope.policy, policy)
            return None if used and of.name in text.repealed else inference.names.qualified(of, scope)
        case _:
            return None


def _repealed(inference: Inference, of: t.Expression, scope: Scope) -> tuple[Entry, OtherDay] | None:
    """A rule that was in force, by the last text that had it."""
    program = inference.program
    policies = [scope.policy, *(used for used, _ in program.texts[scope.policy].uses if used in program.texts)]
    if isinstance(of, t.FieldOf) and isinstance(of.of, t.Name):
        policies = [policy for policy in policies if policy == of.of.id]
    name = of.name if isinstance(of, t.FieldOf) else of.id if isinstance(of, t.Name) else ""
    if name in scope.locals or any(name in program.texts[policy].entries for policy in policies):
        return None
    for policy in policies:
        module = program.texts[policy].repealed.get(name)
        day = module.header.effective if module is not None and module.header is not None else None
        if day is not None:
            other = inference.other(day - timedelta(days=1))
            entry = None if other is None else other.program.find(f"{policy}.{name}")
            if entry is not None and other is not None and isinstance(entry.declaration, t.Definition):
                return entry, other
    return None


def _supposed(inference: Inference, but: t.But, scope: Scope) -> str | None:
    """The full name of what is assumed, where it can be; its value must be of its type."""
    named = inference.settled(_named(inference, but.name, scope))
    if isinstance(named, Anything):
        inference.infer(but.value, scope, named)
        return None
    if named is None or not isinstance(named.declaration, t.Definition):
        inference.infer(but.value, scope, Anything())
        if named is None and isinstance(but.name, t.Name) and not inference.names.has_value(but.name.id, scope):
            inference.infer(but.name, scope)
        else:
            help = "name something that a rule works out; facts cannot be assumed"
            inference.report(day_errors.bad_but(but.name.span, f"`{but.name.span.text}` cannot be assumed", help))
        return None
    signature = inference.signature(named)
    if signature.parameters or not (isinstance(signature.result, Anything) or can_be_given(signature.result)):
        inference.infer(but.value, scope, Anything())
        what = "takes arguments" if signature.parameters else f"is a `{signature.result}`"
        help = "assume what is worked out from it"
        inference.report(day_errors.bad_but(but.name.span, f"`{named.name}` {what}, so it cannot be assumed", help))
        return None
    inference.check(but.value, scope, signature.result, f"`{named.name}` after `but`")
    return named.full_name


def _twice(buts: tuple[t.But, ...], names: list[str | None]) -> Iterator[tuple[t.But, str]]:
    seen: set[str] = set()
    for but, name in zip(buts, names, strict=True):
        if name is not None and name in seen:
            yield but, name
        seen.add(name or "")


# ------------------------------------------------------------------ by an earlier text


def as_read(inference: Inference, node: t.AsRead, scope: Scope, wanted: Type | None) -> Type:
    """The type of a rule by its text of an earlier day."""
    function, arguments = (node.of.function, node.of.arguments) if isinstance(node.of, t.Call) else (node.of, ())
    found = _earlier(inference, node, function, scope)
    if isinstance(found, Anything):
        for argument in arguments:
            inference.infer(argument, scope, found)
        return found
    entry, other = found
    inference.meaning.targets[node] = AsOf(entry, node.day)
    inference.meaning.as_read[node] = AskedAsRead(inference.current, entry.full_name, node.day)
    signature = other.signatures[entry.full_name]
    named = node.of.named if isinstance(node.of, t.Call) else ()
    by_enum = signature.result if not signature.parameters and arguments else None
    wants = signature.parameters
    if isinstance(by_enum, MapBy):
        wants = (("the index of the map", by_enum.by),)
    if named or len(arguments) != len(wants):
        takes = ", ".join(f"{name}: {type_}" for name, type_ in signature.parameters)
        takes = f"it took ({takes})" if takes else "it took none: leave the brackets out"
        message = f"`{entry.name}` as it read on {node.day} took other arguments than these"
        inference.report(errors.bad_call(node.of.span, message, takes))
    for argument, (name, type_) in zip(arguments, wants, strict=False):
        inference.check(argument, scope, type_, f"`{name}` of `{entry.name}`")
    return by_enum.of if isinstance(by_enum, MapBy) else signature.result


def _earlier(
    inference: Inference, node: t.AsRead, function: t.Expression, scope: Scope
) -> tuple[Entry, OtherDay] | Anything:
    """The rule as it was declared on the day, and the rules of that day."""
    since = inference.since
    if scope.sees_fields_only:
        return inference.report(errors.own_fields_only(function.span, function.span.text))
    if since is None or node.day >= since:
        return inference.report(day_errors.not_earlier(node.span, node.day, since))
    other = inference.other(node.day)
    named = _policy_and_name(inference, function, scope)
    if named is None or other is None:
        return inference.report(day_errors.nothing_as_read(function.span))
    policies, name = named
    entries = [entry for policy in policies if (entry := other.program.find(f"{policy}.{name}")) is not None]
    found = [entry for entry in entries if isinstance(entry.declaration, (t.Definition, t.Table))]
    if len(found) > 1:
        meanings = [(f"`{entry.full_name}`", entry.declaration.name_span) for entry in found]
        return inference.report(errors.ambiguous(function.span, name, meanings, "write `policy.name`"))
    if found:
        return found[0], other
    if entries:
        return inference.report(day_errors.nothing_as_read(function.span))
    return inference.report(_not_there(inference, function.span, policies, name, node.day, other))


def _policy_and_name(inference: Inference, function: t.Expression, scope: Scope) -> tuple[list[str], str] | None:
    """In which policies a rule may stand that is named: its own and those that it uses today."""
    used = [name for name, _ in inference.program.texts[scope.policy].uses]
    match function:
        case t.Name(id=name) if name not in scope.locals:
            return [scope.policy, *used], name
        case t.FieldOf(of=t.Name(id=policy), name=name) if policy in {scope.policy, *used}:
            return [policy], name
        case _:
            return None


def _not_there(
    inference: Inference, span: Span, policies: list[str], name: str, day: date, other: OtherDay
) -> Diagnostic:
    """Why a rule cannot be read as it was: its policy or itself was not there yet, or it was repealed by then."""
    for policy in policies:
        first = other.program.before.get(policy)
        here = inference.program.find(f"{policy}.{name}")
        if first is not None and here is not None:
            return day_errors.not_there_on(span, name, day, f"`{policy}` is in force from {first}")
        text = other.program.texts.get(policy)
        if text is not None and name in text.repealed:
            header = text.repealed[name].header
            return day_errors.not_there_on(
                span, name, day, f"it was repealed from {header.effective if header else '?'}"
            )
        if here is not None and here.since is not None:
            return day_errors.not_there_on(span, name, day, f"what it says here is in force from {here.since}")
    known = [n for policy in policies if (text := other.program.texts.get(policy)) for n in text.entries]
    return day_errors.not_there_on(span, name, day, "", known)
