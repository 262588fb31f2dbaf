"""Sets: codes written out as patterns, and what a column of a dataset holds."""

from __future__ import annotations

from dataclasses import replace

from policy.check import errors
from policy.check.fitting import fits
from policy.check.infer import Inference
from policy.check.scope import Local, Scope
from policy.model.types import Anything, Code, Key, ListOf, OptionalOf, RowOf, Type, YesNo
from policy.model.versions import Entry
from policy.syntax import tree as t


def check_set(inference: Inference, entry: Entry, declaration: t.SetDeclaration, scope: Scope) -> None:
    """Check a set; `scope` holds its parameters."""
    type_ = inference.shapes.type_of(declaration.type, entry.policy)
    if declaration.drawn is not None:
        _drawn(inference, declaration.drawn, type_, scope)
    else:
        _written_out(inference, declaration, type_)


def _drawn(inference: Inference, drawn: t.Drawn, type_: Type, scope: Scope) -> None:
    """The column that a set is drawn from, and the condition on its rows."""
    dataset = inference.shapes.dataset_named(drawn.dataset_span, drawn.dataset, scope.policy)
    if dataset is None:
        return
    columns = inference.shapes.dataset(dataset.full_name).columns
    row = Local(drawn.binder or "", RowOf(dataset.full_name), drawn.binder_span)
    inference.meaning.targets[drawn] = dataset
    inference.meaning.binders[drawn] = row
    inference.use(dataset, drawn.dataset_span)
    if drawn.column.id not in columns:
        inference.report(errors.no_such_field(drawn.column.span, drawn.column.id, row.type, columns))
    else:
        held = columns[drawn.column.id]
        inference.meaning.types[drawn.column] = held
        if isinstance(held, (OptionalOf, ListOf)):
            message = f"a set is drawn from a column with one value in each row, not with `{held}`"
            inference.report(errors.bad_set(drawn.column.span, message, "name another column"))
        elif not fits(held, type_):
            inference.report(errors.type_mismatch(drawn.column.span, held, type_, "what the set holds"))
    if drawn.condition is None:
        return
    inner = replace(scope, sees_fields_only=True, of_set=True)
    if drawn.binder is None:
        inner = inner.open(row, columns)
    else:
        inner = inference.bind(row, drawn.binder_span or drawn.span, inner)
    inference.check(drawn.condition, inner, YesNo(), "the condition after `where`")


def _written_out(inference: Inference, declaration: t.SetDeclaration, type_: Type) -> None:
    """The patterns of a set of codes: each can match something, and each exception takes something out."""
    if declaration.parameters:
        help = "leave them out, or draw the set from a dataset: `those COLUMN in DATASET where (…)`"
        message = f"the codes of `{declaration.name}` are written out, so parameters change nothing"
        inference.report(errors.bad_set(declaration.parameters[0].span, message, help))
    if not isinstance(type_, (Code, Key, Anything)):
        help = "write `set NAME of code of 4 digits`, or list the values in braces where they are needed"
        inference.report(errors.bad_set(declaration.type.span, f"a set is of codes, not of `{type_}`", help))
        return
    patterns = list(zip(declaration.patterns, declaration.pattern_spans, strict=True))
    exceptions = list(zip(declaration.exceptions, declaration.exception_spans, strict=True))
    for pattern, span in (*patterns, *exceptions):
        if not _can_match(inference, pattern, type_):
            help = "correct it; a prefix ends in `*`"
            inference.report(errors.bad_set(span, f"`{pattern}` matches no `{type_}`", help))
    for exception, span in exceptions:
        if not any(_overlap(exception, pattern) for pattern in declaration.patterns):
            message = f"`{exception}` is not in the set that it is taken out of"
            inference.report(errors.bad_set(span, message, "leave it out, or correct it"))


def _can_match(inference: Inference, pattern: str, type_: Type) -> bool:
    """Whether there can be a code of the type that a pattern matches."""
    prefix = pattern.removesuffix("*")
    if not prefix.isdigit():
        return False
    match type_:
        case Key(dataset=dataset):
            keys = inference.shapes.dataset(dataset).rows
            whole = inference.shapes.may_be_key(dataset, pattern)
            return whole or ("*" in pattern and any(key.startswith(prefix) for key in keys))
        case Code(digits=int(digits)):
            return len(prefix) <= digits if "*" in pattern else len(pattern) == digits
        case _:
            return True


def _overlap(exception: str, pattern: str) -> bool:
    """Whether an exception takes something out of what a pattern matches."""
    inner, outer = exception.removesuffix("*"), pattern.removesuffix("*")
    if "*" in exception and outer.startswith(inner):
        return True
    return inner.startswith(outer) if "*" in pattern else inner == outer
