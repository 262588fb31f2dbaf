"""What a page says of one declaration, whatever it declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from policy.check.shapes import SPELL_FIELDS, labels
from policy.explain.citations import citation
from policy.explain.report import Citation
from policy.model.types import Number, YesNo
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.tools.docs.facts import fact_lines, sample_type
from policy.tools.docs.grids import Grid, across_head, below_grid, cell_value, grid_of
from policy.tools.docs.kinds import number_in_words, type_in_words
from policy.tools.docs.sentences import Sentences
from policy.tools.docs.wording import Line, Term, Web, Words, joined

Block: TypeAlias = Line | Grid


@dataclass(frozen=True, slots=True)
class Piece:
    """What a page says of one declaration: what it is called, what it is, what it rests on, and what it says.

    `kind` is the word that declares it, `about` what it is of, such as its type, `used_by` what in turn rests on it.
    """

    name: str
    kind: str
    title: str
    about: Words
    cites: tuple[Citation, ...]
    marks: tuple[str, ...]
    blocks: tuple[Block, ...]
    used_by: Words


def piece_of(entry: Entry, s: Sentences) -> Piece:
    """What a page says of a declaration."""
    kind, about, blocks = TELLERS[type(entry.declaration)](entry, entry.declaration, s)
    return Piece(
        entry.full_name,
        kind,
        s.label(entry),
        about,
        cited(entry.clauses.cites, s),
        s.marks(entry.clauses.unconfirmed),
        (*([] if entry.revived is None else [Line(s.fill("revived here", day=s.day(entry.revived)))]), *blocks),
        joined([s.link(user) for user in s.users.get(entry.full_name, ())], "; "),
    )


def cited(references: tuple[t.Reference, ...], s: Sentences) -> tuple[Citation, ...]:
    """Citations as they are written in the language, with their links."""
    return tuple(citation(reference, s.wording, s.language) for reference in references)


Told: TypeAlias = tuple[str, Words, tuple[Block, ...]]
"""The kind of a declaration, what it is of, and what it says."""


def _definition(entry: Entry, declaration: t.Definition, s: Sentences) -> Told:
    within = s.checked.parameters[entry.full_name]
    result = s.checked.signatures[entry.full_name].result
    body: tuple[Block, ...]
    if declaration.kind in {"requirement", "decision"}:
        body = (s.whole("met", declaration.body, within),)
    elif declaration.kind == "invariant":
        body = (s.whole("must hold", declaration.body, within), Line(s.fill("about rules")))
    elif isinstance(result, YesNo):
        body = (s.whole("holds", declaration.body, within),)
    else:
        body = s.lines(declaration.body, within)
    more = [*_depends(entry, declaration.parameters, s), *body]
    if declaration.up_to is not None:
        more.append(Line(s.fill("limit", value=cell_value(declaration.up_to, result, within, s))))
    if declaration.applies is not None:
        more.append(s.whole("applies", declaration.applies, within))
    plain = declaration.kind in {"requirement", "decision", "points", "invariant"}
    return declaration.kind, () if plain else type_in_words(result, s), tuple(more)


def _depends(entry: Entry, parameters: tuple[t.Parameter, ...], s: Sentences) -> list[Block]:
    """What a declaration is about, where it has parameters."""
    if not parameters:
        return []
    locals_ = s.checked.parameters[entry.full_name]
    shown = []
    for local in locals_:
        named = s.local(local, locals_)
        own = named == (Term(local.name),)
        shown.append(s.fill("arguments", label=named, arguments=type_in_words(local.type, s)) if own else named)
    return [Line(s.fill("depends", what=joined(shown, "; ")))]


def _table(entry: Entry, declaration: t.Table, s: Sentences) -> Told:
    across = across_head(entry, declaration, s)
    intro = () if across is None else (Line(s.fill("across", what=across)),)
    kind = "scale" if declaration.scale else "table"
    result = type_in_words(s.checked.signatures[entry.full_name].result, s)
    return kind, result, (*intro, grid_of(entry, declaration, s), *below_grid(entry, declaration, s))


def _question(entry: Entry, declaration: t.Question, s: Sentences) -> Told:
    within = s.checked.parameters[entry.full_name]
    lines = _depends(entry, declaration.parameters, s)
    if entry.clauses.asks is not None:
        lines.append(_asked(entry.clauses, s))
    lines.append(Line(s.fill("left open")))
    if declaration.asked_when is not None:
        lines.append(s.whole("asked", declaration.asked_when, within))
    return "question", type_in_words(s.checked.signatures[entry.full_name].result, s), tuple(lines)


def _remark(entry: Entry, declaration: t.Remark, s: Sentences) -> Told:
    return "remark", (), (s.whole("shown", declaration.when, ()), Line(s.fill("never counts")))


def _asked(clauses: t.Clauses, s: Sentences) -> Line:
    """The question that asks for a fact."""
    return Line(s.fill("question asked", question=labels(clauses.asks).get(s.language)))


def _input(entry: Entry, declaration: t.InputDeclaration, s: Sentences) -> Told:
    type_ = s.checked.shapes.type_of(declaration.type, entry.policy)
    asked = () if entry.clauses.asks is None else (_asked(entry.clauses, s),)
    return "input", type_in_words(type_, s), asked


def _record(entry: Entry, declaration: t.RecordDeclaration, s: Sentences) -> Told:
    within = s.checked.parameters[entry.full_name]
    fields = []
    if declaration.spell:
        for shape in SPELL_FIELDS.values():
            fields.append(Line(_field(shape.label.get(s.language), shape.name, type_in_words(shape.type, s), s)))
    for field in declaration.fields:
        below = []
        if field.clauses.asks is not None:
            below.append(_asked(field.clauses, s))
        if field.applies is not None:
            below.append(s.whole("applies", field.applies, within))
        below += _rests_on(field.clauses, s)
        type_ = type_in_words(s.checked.shapes.type_of(field.type, entry.policy), s)
        label = labels(field.clauses.label).get(s.language) or field.name
        fields.append(Line(_field(label, field.name, type_, s), tuple(below)))
    blocks: list[Block] = [Line(s.fill("fields"), tuple(fields))] if fields else []
    for valid in declaration.valid:
        label = labels(valid.clauses.label).get(s.language)
        rests_on = _rests_on(valid.clauses, s)
        blocks.append(Line(s.fill("always holds", label=label), (s.statement(valid.condition, within), *rests_on)))
    return "spell" if declaration.spell else "record", (), tuple(blocks)


def _field(label: str, name: str, type_: Words, s: Sentences) -> Words:
    """A fact that a record holds: its label, its name in a profile, and what it is."""
    return s.fill("field", label=label, name=(Term(name),), type=type_)


def _rests_on(clauses: t.Clauses, s: Sentences) -> tuple[Line, ...]:
    """The provisions and the marks of a part of a declaration."""
    marks = (s.fill("colon", label=s.fill("unconfirmed"), value=text) for text in s.marks(clauses.unconfirmed))
    places = "; ".join(cite.text for cite in cited(clauses.cites, s))
    return (*([Line(s.fill("under", what=places))] if places else []), *map(Line, marks))


def _enum(entry: Entry, declaration: t.EnumDeclaration, s: Sentences) -> Told:
    lines = []
    for value in declaration.values:
        label = labels(value.clauses.label).get(s.language) or value.name
        lines.append(Line(s.fill("arguments", label=label, arguments=(Term(value.name),)), _rests_on(value.clauses, s)))
    intro = s.fill("words in order" if declaration.ordered else "words")
    return "enum", (), (Line(intro, tuple(lines)),)


def _quantity(entry: Entry, declaration: t.QuantityDeclaration, s: Sentences) -> Told:
    type_ = s.checked.shapes.type_of(declaration.type, entry.policy)
    sign = () if declaration.symbol is None else (Line(s.fill("sign", sign=declaration.symbol)),)
    about = number_in_words(type_, s, own=True) if isinstance(type_, Number) else ()
    return "quantity", about, sign


def _dataset(entry: Entry, declaration: t.DatasetDeclaration, s: Sentences) -> Told:
    shape = s.checked.shapes.dataset(entry.full_name)
    columns = []
    for column in declaration.columns:
        type_ = type_in_words(shape.columns[column.name], s)
        pattern = "key column" if column.key else "colon"
        columns.append(Line(s.fill(pattern, label=(Term(column.name),), value=type_)))
    count = Line(s.fill("entries", n=(str(len(shape.rows)),), file=(Term(declaration.file),)))
    return "dataset", (), (count, Line(s.fill("columns"), tuple(columns)))


def _set(entry: Entry, declaration: t.SetDeclaration, s: Sentences) -> Told:
    type_ = s.checked.shapes.type_of(declaration.type, entry.policy)
    if declaration.drawn is not None:
        lines = (*_depends(entry, declaration.parameters, s), *_drawn(entry, declaration.drawn, s))
        return "set", type_in_words(type_, s), lines
    codes = Line(s.fill("codes"), tuple(Line(_pattern(pattern, type_, s)) for pattern in declaration.patterns))
    but = tuple(Line(_pattern(pattern, type_, s)) for pattern in declaration.exceptions)
    return "set", type_in_words(type_, s), (codes, Line(s.fill("except"), but)) if but else (codes,)


def _drawn(entry: Entry, drawn: t.Drawn, s: Sentences) -> tuple[Block, ...]:
    """What a set holds that is drawn from a dataset."""
    dataset = s.meaning.targets[drawn]
    assert isinstance(dataset, Entry)
    if drawn.condition is None:
        return (Line(s.fill("drawn", column=(Term(drawn.column.id),), dataset=s.link(dataset))),)
    within = (*s.checked.parameters[entry.full_name], s.meaning.binders[drawn])
    return (
        Line(s.fill("drawn where", column=(Term(drawn.column.id),), dataset=s.link(dataset))),
        s.whole("row counts", drawn.condition, within),
    )


def _pattern(pattern: str, type_: Any, s: Sentences) -> Words:
    """A code with its title, or all codes that begin alike."""
    return s.fill("begin with", prefix=pattern[:-1]) if pattern.endswith("*") else s.value(pattern, type_)


def _source(entry: Entry, declaration: t.SourceDeclaration, s: Sentences) -> Told:
    short = labels(declaration.abbreviated).get(s.language)
    lines = [Line(s.fill("cited as", short=short))] if short else []
    if declaration.form is not None:
        place = s.fill("place")
        words = labels(declaration.form).get(s.language).partition("{locator}")
        lines.append(Line(s.fill("written", form=(words[0], *place, words[2]) if words[1] else (words[0],))))
    if declaration.link is not None:
        address = labels(declaration.link).get(s.language)
        before, found, after = address.partition("{section}")
        link: Words = (before, *s.fill("section"), after) if found else (Web(address),)
        lines.append(Line(s.fill("published", link=link)))
    return "source", (), tuple(lines)


def _sample(entry: Entry, declaration: t.Sample, s: Sentences) -> Told:
    kind = sample_type(declaration, s, entry.policy)
    return "sample", () if kind is None else type_in_words(kind, s), fact_lines(declaration.data, kind, s, entry.policy)


Teller: TypeAlias = Callable[[Entry, Any, Sentences], Told]

TELLERS: Final[Mapping[type, Teller]] = {
    t.Definition: _definition,
    t.Table: _table,
    t.Question: _question,
    t.Remark: _remark,
    t.InputDeclaration: _input,
    t.RecordDeclaration: _record,
    t.EnumDeclaration: _enum,
    t.QuantityDeclaration: _quantity,
    t.DatasetDeclaration: _dataset,
    t.SetDeclaration: _set,
    t.SourceDeclaration: _source,
    t.Sample: _sample,
}
"""What is said of each kind of declaration. Examples have no name in force: see `examples`."""
