"""Labels in both languages, citations of declared sources, and zones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from policy.check import errors
from policy.diagnostics import Diagnostic
from policy.model.clock import known_zones
from policy.model.program import Program
from policy.model.versions import Entry, Text
from policy.syntax import tree as t
from policy.syntax.walk import walk
from policy.text import Span

RULES = (t.Definition, t.Table, t.SetDeclaration, t.DatasetDeclaration, t.Question, t.Remark)
"""Declarations that always stand under a citation; others do when they hold figures."""

MOST_KEPT = 10_000
"""Declarations whose walks are kept: the same ones are checked again for every day on which a text changes."""


def check_texts(program: Program) -> Iterator[Diagnostic]:
    """Report each text that people read and that lacks one language, and each rule or figure without a source."""
    for text in program.texts.values():
        yield from _check_head(text)
        if text.zone is not None and text.zone.name not in known_zones():
            yield errors.unknown_zone(text.zone.span, text.zone.name, sorted(known_zones()))
        for entry in text.entries.values():
            yield from _check_entry(entry)
            yield from _check_sources(entry.declaration, program)
        for module in text.modules:
            changes = (item for item in module.items if isinstance(item, (t.Repeal, t.Revive)))
            for node in (module.header, *changes):
                yield from _check_sources(node, program)


def _check_head(text: Text) -> Iterator[Diagnostic]:
    """The label and marks of a policy."""
    header = text.header
    if text.readable:
        yield from _both(header.name_span, text.label, f"`{text.name}`")
    for mark in header.clauses.unconfirmed:
        yield from _both(header.name_span, mark, f"the mark of `{text.name}`")


def _check_entry(entry: Entry) -> Iterator[Diagnostic]:
    """The texts of one declaration, and whether it needs a source."""
    declaration, clauses = entry.declaration, entry.clauses
    if isinstance(declaration, t.Sample):
        return
    span = declaration.name_span
    if not entry.orphan:
        yield from _both(span, clauses.label, f"`{entry.name}`")
    yield from _check_marks(span, f"`{entry.name}`", clauses)
    match declaration:
        case t.InputDeclaration():
            if clauses.asks is None and not entry.orphan:
                yield from _both(span, t.Pair(), f"the question for `{entry.name}`")
        case t.EnumDeclaration(values=values):
            for value in values:
                yield from _check_part(value.name_span, f"the value `{value.name}`", value.clauses)
        case t.RecordDeclaration(fields=fields, valid=valid):
            for field in fields:
                yield from _check_part(field.name_span, f"the field `{field.name}`", field.clauses)
            for check in valid:
                yield from _check_part(check.span, f"this check of `{entry.name}`", check.clauses)
        case t.SourceDeclaration(abbreviated=abbreviated, form=form, link=link):
            for what, pair in (("abbreviation", abbreviated), ("form", form), ("link", link)):
                if pair is not None:
                    yield from _both(span, pair, f"the {what} of `{entry.name}`")
        case t.Table(rows=rows):
            for row in rows:
                for mark in row.unconfirmed:
                    yield from _both(row.span, mark, "the mark of this row")
        case _:
            pass
    if not clauses.cites and _needs_source(entry):
        yield errors.missing_source(span, f"`{entry.name}`")


def _check_part(span: Span, what: str, clauses: t.Clauses) -> Iterator[Diagnostic]:
    """A part of a declaration with a label of its own."""
    yield from _both(span, clauses.label, what)
    yield from _check_marks(span, what, clauses)


def _check_marks(span: Span, what: str, clauses: t.Clauses) -> Iterator[Diagnostic]:
    """The marks and the question that stand beside a label."""
    for mark in clauses.unconfirmed:
        yield from _both(span, mark, f"the mark of {what}")
    if clauses.asks is not None:
        yield from _both(span, clauses.asks, f"the question for {what}")


def _needs_source(entry: Entry) -> bool:
    """Whether a declaration rules or counts, and is of a file whose head could have given it a citation."""
    header = entry.origin.header
    return header is not None and header.readable and _rules_or_counts(entry.declaration)


@lru_cache(maxsize=MOST_KEPT)
def _rules_or_counts(declaration: t.Declaration) -> bool:
    """Whether a declaration is a rule, or holds figures."""
    bounded = any(type_.low is not None or type_.high is not None for type_ in walk(declaration, t.NamedType))
    return bounded or isinstance(declaration, RULES) or any(walk(declaration, t.Number, t.Money, t.ChoiceType))


@lru_cache(maxsize=MOST_KEPT)
def _cited(node: object) -> tuple[t.Reference, ...]:
    """The citations in a declaration or head."""
    return tuple(walk(node, t.Reference))


def _check_sources(node: object, program: Program) -> Iterator[Diagnostic]:
    """Every citation names a declared source, and its place in both languages."""
    for reference in _cited(node):
        if reference.source and reference.source not in program.sources and reference.source not in program.broken:
            yield errors.unknown_source(reference.span, reference.source, program.sources)
        if reference.locator_fr == "":
            yield errors.missing_place(reference.span, reference.source)


def _both(span: Span, pair: t.Pair, what: str) -> Iterator[Diagnostic]:
    """Both languages of one text."""
    if not pair.en:
        yield errors.missing_label(span, what, "en")
    if not pair.fr:
        yield errors.missing_label(span, what, "fr")
