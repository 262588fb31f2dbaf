"""Labels in both languages, and citations of declared sources."""

from __future__ import annotations

from collections.abc import Iterator

from policy.check import errors
from policy.diagnostics import Diagnostic
from policy.model.program import Program
from policy.model.versions import Entry, Text
from policy.syntax import tree as t
from policy.text import Span

RULES = (t.Definition, t.Table, t.SetDeclaration, t.DatasetDeclaration, t.Question, t.Remark)


def check_texts(program: Program) -> Iterator[Diagnostic]:
    """Report each text that people read and that lacks one language, and each rule without a source."""
    for text in program.texts.values():
        yield from _check_head(text)
        for entry in text.entries.values():
            yield from _check_entry(entry)
            yield from _check_sources(entry.clauses.cites, program)
        yield from _check_sources(text.header.clauses.cites, program)


def _check_head(text: Text) -> Iterator[Diagnostic]:
    yield from _both(text.header.name_span, text.label, f"`{text.name}`")
    for mark in text.header.clauses.unconfirmed:
        yield from _both(text.header.name_span, mark, f"the mark of `{text.name}`")


def _check_entry(entry: Entry) -> Iterator[Diagnostic]:
    declaration, clauses = entry.declaration, entry.clauses
    if isinstance(declaration, t.Sample):
        return
    span = declaration.name_span
    yield from _both(span, clauses.label, f"`{entry.name}`")
    for mark in clauses.unconfirmed:
        yield from _both(span, mark, f"the mark of `{entry.name}`")
    match declaration:
        case t.InputDeclaration():
            yield from _both(span, clauses.asks or t.Pair(), f"the question for `{entry.name}`")
        case t.EnumDeclaration(values=values):
            for value in values:
                yield from _both(value.span, value.clauses.label, f"the value `{value.name}`")
        case t.RecordDeclaration(fields=fields, valid=valid):
            for field in fields:
                yield from _both(field.span, field.clauses.label, f"the field `{field.name}`")
            for check in valid:
                yield from _both(check.span, check.clauses.label, f"this check of `{entry.name}`")
        case t.SourceDeclaration(abbreviated=abbreviated, form=form, link=link):
            for pair in (abbreviated, form, link):
                if pair is not None:
                    yield from _both(span, pair, f"`{entry.name}`")
        case t.Table(rows=rows):
            for row in rows:
                for mark in row.unconfirmed:
                    yield from _both(row.span, mark, "the mark of this row")
        case _:
            pass
    if isinstance(declaration, RULES) and not clauses.cites:
        yield errors.missing_source(span, f"`{entry.name}`")


def _check_sources(cites: tuple[t.Reference, ...], program: Program) -> Iterator[Diagnostic]:
    for reference in cites:
        if reference.source not in program.sources:
            yield errors.unknown_source(reference.span, reference.source, program.sources)


def _both(span: Span, pair: t.Pair, what: str) -> Iterator[Diagnostic]:
    if not pair.en:
        yield errors.missing_label(span, what, "en")
    if not pair.fr:
        yield errors.missing_label(span, what, "fr")
