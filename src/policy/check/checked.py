"""Checking a program: all passes, all mistakes, and what the passes found for those who read the program next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from policy.check import errors
from policy.check.cycles import in_order
from policy.check.expressions import inference
from policy.check.infer import Inference, Meaning
from policy.check.scope import Local, Scope
from policy.check.shapes import SPELL_FIELDS, Shapes, Signature
from policy.check.tables import Columns, check_table
from policy.check.texts import check_texts
from policy.diagnostics import Diagnostic, Severity
from policy.model.catalog import Catalog
from policy.model.program import Program
from policy.model.types import Code, Key, RecordOf, Type, YesNo
from policy.model.versions import Entry
from policy.syntax import tree as t


@dataclass(frozen=True, slots=True)
class Checked:
    """A program with what every name means and what type every expression has, and everything found wrong with it."""

    program: Program
    catalog: Catalog
    shapes: Shapes
    meaning: Meaning
    parameters: Mapping[str, tuple[Local, ...]]
    """The parameters of each definition, table, question, and the member of each record's conditions, by full name."""
    columns: Mapping[str, Columns]
    signatures: Mapping[str, Signature]
    order: tuple[str, ...]
    """Full names so that each definition comes after those it uses."""
    diagnostics: tuple[Diagnostic, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong that would make answers wrong."""
        return not any(d.severity is Severity.ERROR for d in self.diagnostics)


def check(program: Program, data: Path) -> Checked:
    """Check a program; `data` is the folder of its datasets."""
    shapes = Shapes(program, data)
    worker = inference(shapes)
    found: list[Diagnostic] = list(_check_uses(program))
    parameters: dict[str, tuple[Local, ...]] = {}
    columns: dict[str, Columns] = {}
    for entry in program.entries():
        worker.current = entry.full_name
        _check_entry(worker, entry, parameters, columns)
    catalog = shapes.catalog()
    signatures = {
        entry.full_name: worker.signature(entry)
        for entry in program.entries()
        if isinstance(entry.declaration, (t.Definition, t.Table, t.Question, t.Remark))
    }
    order, cycles = in_order(worker.meaning.uses, [entry.full_name for entry in program.entries()])
    found += [*_check_inputs(program), *worker.mistakes, *shapes.mistakes, *cycles, *check_texts(program)]
    return Checked(
        program, catalog, shapes, worker.meaning, parameters, columns, signatures, order, tuple(dict.fromkeys(found))
    )


def _check_uses(program: Program) -> Iterator[Diagnostic]:
    for text in program.texts.values():
        for name, span in text.uses:
            if name in program.before:
                yield errors.policy_not_yet(span, name, program.before[name])
            elif name not in program.texts:
                yield errors.unknown_policy(span, name, program.texts)


def _check_inputs(program: Program) -> Iterator[Diagnostic]:
    """A profile has one set of keys: two inputs of one name could not be told apart."""
    seen: dict[str, Entry] = {}
    for entry in program.entries():
        if not isinstance(entry.declaration, t.InputDeclaration):
            continue
        first = seen.setdefault(entry.name, entry)
        if first is not entry:
            meanings = [(f"the input `{e.full_name}`", e.declaration.name_span) for e in (first, entry)]
            yield errors.ambiguous(entry.declaration.name_span, entry.name, meanings)
        if entry.name in {"answers", "like"}:
            yield errors.bad_record(entry.declaration.name_span, f"an input cannot be named `{entry.name}`")


def _check_entry(
    worker: Inference, entry: Entry, parameters: dict[str, tuple[Local, ...]], columns: dict[str, Columns]
) -> None:
    declaration = entry.declaration
    match declaration:
        case t.Definition():
            scope = _parameters(worker, entry, declaration.parameters, parameters)
            result = worker.signature(entry).result
            worker.check(declaration.body, scope, result, f"the body of {declaration.kind} `{entry.name}`")
            if declaration.up_to is not None:
                worker.check(declaration.up_to, scope, result, f"the `up to` of `{entry.name}`")
            if declaration.applies is not None:
                worker.check(declaration.applies, scope, YesNo(), "the condition after `applies when`")
        case t.Table():
            _parameters(worker, entry, declaration.parameters, parameters)
            if (found := check_table(worker, entry, declaration)) is not None:
                columns[entry.full_name] = found
        case t.Question():
            scope = _parameters(worker, entry, declaration.parameters, parameters)
            worker.signature(entry)
            if declaration.asked_when is not None:
                worker.check(declaration.asked_when, scope, YesNo(), "the condition after `asked when`")
            if len(declaration.parameters) > 1:
                worker.report(
                    errors.bad_record(declaration.span, f"`{entry.name}` may be asked about one record at a time")
                )
        case t.Remark():
            worker.check(declaration.when, Scope(entry.policy, {}), YesNo(), "the condition after `when`")
        case t.RecordDeclaration():
            _check_record(worker, entry, declaration, parameters)
        case t.SetDeclaration():
            _check_set(worker, entry, declaration)
        case t.InputDeclaration(type=written):
            worker.shapes.type_of(written, entry.policy)
        case t.EnumDeclaration(values=values):
            seen: set[str] = set()
            for value in values:
                if value.name in seen:
                    worker.report(errors.bad_record(value.span, f"the value `{value.name}` stands twice"))
                seen.add(value.name)
        case t.QuantityDeclaration() | t.DatasetDeclaration() | t.SourceDeclaration() | t.Sample() | t.Example():
            pass


def _parameters(
    worker: Inference, entry: Entry, declared: tuple[t.Parameter, ...], parameters: dict[str, tuple[Local, ...]]
) -> Scope:
    locals_ = tuple(Local(p.name, worker.shapes.type_of(p.type, entry.policy)) for p in declared)
    parameters[entry.full_name] = locals_
    return Scope(entry.policy, {local.name: local for local in locals_})


def _check_record(
    worker: Inference, entry: Entry, record: t.RecordDeclaration, parameters: dict[str, tuple[Local, ...]]
) -> None:
    """Conditions of a record see its fields as bare names; they are kept under the record's full name."""
    member = Local("", RecordOf(entry.full_name))
    parameters[entry.full_name] = (member,)
    if not record.fields and not record.spell:
        worker.report(
            errors.bad_record(record.name_span, f"the record `{entry.name}` has no fields", "add `field NAME : TYPE`")
        )
    seen: set[str] = set(SPELL_FIELDS) if record.spell else set()
    for field in record.fields:
        if field.name in seen:
            built_in = record.spell and field.name in SPELL_FIELDS
            reason = "is built into a spell" if built_in else "is declared twice"
            worker.report(errors.bad_record(field.span, f"the field `{field.name}` {reason}", "leave it out"))
        seen.add(field.name)
    scope = Scope(entry.policy, {}).open(member, worker.shapes.fields(member.type) or {})
    for field in record.fields:
        if field.applies is not None:
            worker.check(field.applies, scope, YesNo(), f"the condition of the field `{field.name}`")
    for valid in record.valid:
        worker.check(valid.condition, scope, YesNo(), "the condition after `valid when`")


def _check_set(worker: Inference, entry: Entry, declaration: t.SetDeclaration) -> None:
    type_: Type = worker.shapes.type_of(declaration.type, entry.policy)
    if not isinstance(type_, (Code, Key)):
        worker.report(errors.wrong_type(declaration.span, f"a set of `{type_}` cannot be written as codes"))
        return
    rows = worker.shapes.dataset(type_.dataset).rows if isinstance(type_, Key) else None
    for pattern in (*declaration.patterns, *declaration.exceptions):
        prefix = pattern.removesuffix("*")
        if rows and not any(key.startswith(prefix) if "*" in pattern else key == pattern for key in rows):
            worker.report(errors.wrong_type(declaration.span, f"`{pattern}` matches no `{type_}`"))
        elif (
            isinstance(type_, Code)
            and type_.digits is not None
            and (len(prefix) > type_.digits or ("*" not in pattern and len(pattern) != type_.digits))
        ):
            worker.report(errors.wrong_type(declaration.span, f"`{pattern}` is not a `{type_}`"))
