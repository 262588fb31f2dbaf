"""Checking declarations, each kind in its way, and gathering what the checks find out about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from policy.check import errors
from policy.check.infer import Inference
from policy.check.names import TODAY
from policy.check.provided import PROVIDED
from policy.check.scope import Local, Scope
from policy.check.sets import check_set
from policy.check.shapes import BUILT_IN_TYPES, SPELL_FIELDS
from policy.check.tables import Columns, check_table
from policy.diagnostics import Diagnostic, did_you_mean
from policy.model.types import (
    Anything,
    GroupOf,
    ListOf,
    MapBy,
    OptionalOf,
    RecordOf,
    RowOf,
    RunOf,
    Type,
    YesNo,
)
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.syntax.walk import walk

RATE = "hours_per_week"
"""The field of a spell by which hours are credited to it."""

PROFILE = "profile"
"""What a sample is of when it gives a part of a whole profile rather than one record."""

KEYS_OF_PROFILES = frozenset({"answers", "like"})
"""Keys that a profile, or an example of one, uses for something else than facts."""


@dataclass
class Found:
    """What checking the declarations found: the parameters of each, and what the columns of tables stand for."""

    parameters: dict[str, tuple[Local, ...]] = field(default_factory=dict)
    columns: dict[str, Columns] = field(default_factory=dict)


def check_declaration(inference: Inference, entry: Entry, found: Found) -> None:
    """Check one declaration."""
    inference.current = entry.full_name
    for mistake in _taken(entry):
        inference.report(mistake)
    declaration = entry.declaration
    match declaration:
        case t.Definition():
            _definition(inference, entry, declaration, found)
        case t.Table():
            _table(inference, entry, declaration, found)
        case t.Question():
            _question(inference, entry, declaration, found)
        case t.Remark():
            inference.check(declaration.when, Scope(entry.policy), YesNo(), "the condition after `when`")
        case t.RecordDeclaration():
            _record(inference, entry, declaration, found)
        case t.SetDeclaration():
            check_set(inference, entry, declaration, _parameters(inference, entry, declaration.parameters, found))
        case t.InputDeclaration():
            _holdable(inference, declaration.type, entry.policy)
        case t.QuantityDeclaration():
            inference.shapes.type_declared(entry)
        case t.DatasetDeclaration():
            inference.shapes.dataset(entry.full_name)
        case t.Sample():
            _sample(inference, entry, declaration)
        case t.EnumDeclaration() | t.SourceDeclaration() | t.Example():
            pass


def check_field_conditions(inference: Inference, found: Found) -> None:
    """Check the conditions in records: they see the record's own fields as bare names, and nothing else has a value."""
    for entry in inference.program.entries():
        record = entry.declaration
        if not isinstance(record, t.RecordDeclaration):
            continue
        (member,) = found.parameters[entry.full_name]
        inference.current = entry.full_name
        scope = Scope(entry.policy, sees_fields_only=True).open(member, inference.shapes.fields(member.type) or {})
        for field_ in record.fields:
            if field_.applies is not None:
                inference.condition_of = f"{entry.full_name}.{field_.name}"
                inference.check(field_.applies, scope, YesNo(), f"the condition of the field `{field_.name}`")
                inference.condition_of = ""
        for valid in record.valid:
            inference.check(valid.condition, scope, YesNo(), "the condition after `valid when`")


def check_unique(entries: Iterable[Entry]) -> Iterator[Diagnostic]:
    """What all policies share must have one meaning: inputs, sources, and the signs of money."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        declaration = entry.declaration
        match declaration:
            case t.InputDeclaration():
                what, name = "the input", entry.name
            case t.SourceDeclaration():
                what, name = "the source", entry.name
            case t.QuantityDeclaration(symbol=str(symbol)):
                what, name = "the quantity", symbol
            case _:
                continue
        first = seen.setdefault((what, name), entry)
        if first is not entry:
            meanings = [(f"{what} `{e.full_name}`", e.declaration.name_span) for e in (first, entry)]
            yield errors.ambiguous(declaration.name_span, name, meanings, "rename one of them, or leave it out")


# ------------------------------------------------------------------ names


def _taken(entry: Entry) -> Iterator[Diagnostic]:
    """A name that the language itself gives a meaning in such a place."""
    declaration, name = entry.declaration, entry.name
    span = declaration.name_span
    if isinstance(declaration, (t.EnumDeclaration, t.RecordDeclaration, t.QuantityDeclaration)):
        if name in BUILT_IN_TYPES or name == PROFILE:
            yield errors.taken(span, name, "a type of the language")
    elif isinstance(declaration, t.SourceDeclaration):
        return
    elif name in PROVIDED:
        yield errors.taken(span, name, "a function of the language")
    elif name == TODAY:
        yield errors.taken(span, name, "the day on which facts are measured")
    elif isinstance(declaration, t.InputDeclaration) and name in KEYS_OF_PROFILES:
        yield errors.taken(span, name, "a key with a meaning of its own in every profile")


def _parameters(inference: Inference, entry: Entry, declared: tuple[t.Parameter, ...], found: Found) -> Scope:
    """Where the body of a declaration stands: its parameters in scope, those reported whose names are taken."""
    scope = Scope(entry.policy)
    locals_ = inference.locals_of(declared, entry.policy)
    for local, parameter in zip(locals_, declared, strict=True):
        # One that stands twice has been reported by the parser.
        twice = local.name in scope.locals
        scope = scope.bind(local) if twice else inference.bind(local, parameter.name_span, scope)
    found.parameters[entry.full_name] = locals_
    return scope


# ------------------------------------------------------------------ what has a value


def _definition(inference: Inference, entry: Entry, declaration: t.Definition, found: Found) -> None:
    """A body, limit and condition, each of the type that its place wants."""
    scope = _parameters(inference, entry, declaration.parameters, found)
    result = inference.signature(entry).result
    inference.check(declaration.body, scope, result, f"the body of {declaration.kind} `{entry.name}`")
    if declaration.up_to is not None:
        inference.check(declaration.up_to, scope, result, f"the `up to` of `{entry.name}`")
    if declaration.applies is not None:
        inference.check(declaration.applies, scope, YesNo(), "the condition after `applies when`")


def _question(inference: Inference, entry: Entry, declaration: t.Question, found: Found) -> None:
    """What is asked, when, and about what."""
    scope = _parameters(inference, entry, declaration.parameters, found)
    _holdable(inference, declaration.type, entry.policy)
    inference.signature(entry)
    if declaration.asked_when is not None:
        inference.check(declaration.asked_when, scope, YesNo(), "the condition after `asked when`")
    types = [scope.locals[parameter.name].type for parameter in declaration.parameters]
    if len(types) > 1 or not all(isinstance(type_, (RecordOf, Anything)) for type_ in types):
        message = f"`{entry.name}` can be asked once, or about each record of a list"
        help = "give it no parameter, or one that is a record"
        inference.report(errors.bad_record(declaration.parameters[-1].span, message, help))


def _table(inference: Inference, entry: Entry, table: t.Table, found: Found) -> None:
    """Cells, and the names of parameters that a computed cell reads.

    Where no cell reads it, a parameter may be called like what it measures: it is a heading and nothing else.
    """
    locals_ = found.parameters[entry.full_name] = inference.locals_of(table.parameters, entry.policy)
    if (columns := check_table(inference, entry, table, locals_)) is not None:
        found.columns[entry.full_name] = columns
    read = {name.id for name in walk(table.rows, t.Name) if inference.meaning.targets.get(name) in locals_}
    for parameter in table.parameters:
        if parameter.name in read:
            inference.bind(Local(parameter.name, Anything()), parameter.name_span, Scope(entry.policy))


# ------------------------------------------------------------------ what a profile may hold


def _holdable(inference: Inference, written: t.TypeExpression, policy: str) -> None:
    """Report a type of which a profile can hold no value."""
    type_ = inference.shapes.type_of(written, policy)
    if not _can_be_given(type_):
        help = "give the facts it is made of, and make it with a `define`"
        inference.report(errors.bad_record(written.span, f"a profile cannot hold a `{type_}`", help))


def _can_be_given(type_: Type) -> bool:
    """Whether a profile can hold values of a type."""
    match type_:
        case GroupOf() | RunOf():
            return False
        case ListOf(of=of) | OptionalOf(of=of) | MapBy(of=of):
            return _can_be_given(of)
        case _:
            return True


def _record(inference: Inference, entry: Entry, record: t.RecordDeclaration, found: Found) -> None:
    """The fields of a record. Its conditions are checked when all records are known."""
    found.parameters[entry.full_name] = (Local("", RecordOf(entry.full_name)),)
    if not record.fields and not record.spell:
        message = f"the record `{entry.name}` has no fields"
        inference.report(errors.bad_record(record.name_span, message, "add `field NAME : TYPE`"))
    for field_ in record.fields:
        _holdable(inference, field_.type, entry.policy)
        if record.spell and field_.name in SPELL_FIELDS:
            message = f"the field `{field_.name}` is built into a spell"
            inference.report(errors.bad_record(field_.name_span, message, "leave it out"))
        elif record.spell and field_.name == RATE and field_.applies is not None:
            message = f"hours are credited to every `{entry.name}`, so `{RATE}` always applies"
            help = "leave `applies when` out, and give 0 where no hours count"
            inference.report(errors.bad_record(field_.applies.span, message, help))


# ------------------------------------------------------------------ samples


def _sample(inference: Inference, entry: Entry, sample: t.Sample) -> None:
    """A sample is of a record, or of a profile, and gives what that has."""
    known: Iterable[str]
    if sample.record == PROFILE:
        inputs = [e.name for e in inference.program.entries() if isinstance(e.declaration, t.InputDeclaration)]
        known, what = [*inputs, "answers"], "input"
    else:
        written = t.NamedType(sample.record_span, sample.record)
        type_ = inference.shapes.type_of(written, entry.policy)
        if isinstance(type_, Anything):
            return
        if not isinstance(type_, (RecordOf, RowOf)):
            message = f"`{sample.record}` is not a kind of record"
            help = f"name a record, or `{PROFILE}` for part of a whole profile"
            inference.report(errors.bad_sample(sample.record_span, message, help))
            return
        known, what = inference.shapes.fields(type_) or {}, "field"
    for name, span, _ in sample.data.pairs:
        if name not in known and name != "like" and name not in inference.program.broken:
            owner = "a profile" if sample.record == PROFILE else f"`{sample.record}`"
            help = did_you_mean(name, known) or f"declare the {what}, or leave it out"
            inference.report(errors.bad_sample(span, f"{owner} has no {what} `{name}`", help))
