"""From what Lark recognises to declarations: the upper half of the builder."""

from __future__ import annotations

from typing import Any

from lark import Token

from policy.syntax import tree as t
from policy.syntax.build import Builder, Part, first_of, parts_of, unquoted
from policy.syntax.errors import given_twice
from policy.text import Span


class DeclarationBuilder(Builder):
    """Makes the one item that a piece of policy text holds."""

    def on_start(self, _: Span, children: list[Any]) -> Any:
        return children[0]

    # -------------------------------------------------------------- the head, and changes

    def on_policy(self, span: Span, children: list[Any]) -> t.Header:
        name = children[0]
        parts = children[1:]
        dates: dict[str, tuple[Any, Span] | None] = {"effective": None, "amends": None}
        uses: list[tuple[str, Span]] = []
        for part in parts:
            if part.kind in dates:
                if dates[part.kind] is not None:
                    self.mistakes.append(given_twice(part.span, f"`{part.kind}`"))
                dates[part.kind] = (self.day(part.value[0]), part.span)
            elif part.kind == "uses":
                uses += [(str(token), self.at(token)) for token in part.value]
        effective, effective_span = dates["effective"] or (None, None)
        amends, amends_span = dates["amends"] or (None, None)
        return t.Header(
            span,
            str(name),
            self.at(name),
            self.clauses(parts),
            effective,
            effective_span,
            amends,
            amends_span,
            tuple(uses),
        )

    def on_replace(self, span: Span, children: list[Any]) -> t.Replace:
        return t.Replace(span, children[0])

    def on_repeal(self, span: Span, children: list[Any]) -> t.Repeal:
        names = tuple((str(child), self.at(child)) for child in children if isinstance(child, Token))
        return t.Repeal(span, names, self.clauses(children).cites)

    # -------------------------------------------------------------- definitions

    def on_parameter(self, span: Span, children: list[Any]) -> t.Parameter:
        return t.Parameter(span, str(children[0]), children[1])

    def definition(self, span: Span, children: list[Any], kind: t.DefinitionKind, type_: Any = None) -> t.Definition:
        """A definition of any of the four kinds; the body is the one child that is neither part nor name nor type."""
        name, rest = children[0], children[1:]
        body = next(child for child in reversed(rest) if not isinstance(child, Part))
        up_to, applies = first_of(rest, "up_to"), first_of(rest, "applies")
        return t.Definition(
            span,
            str(name),
            self.at(name),
            self.clauses(rest),
            kind,
            self.parameters(rest),
            type_,
            None if up_to is None else up_to[0],
            body,
            None if applies is None else applies[-1],
        )

    def parameters(self, children: list[Any]) -> tuple[t.Parameter, ...]:
        """The parameters among the children of a declaration."""
        return tuple(first_of(children, "parameters") or ())

    def on_define(self, span: Span, children: list[Any]) -> t.Definition:
        at = 2 if parts_of(children[:2], "parameters") else 1
        return self.definition(span, children[:at] + children[at + 1 :], "define", children[at])

    def on_requirement(self, span: Span, children: list[Any]) -> t.Definition:
        return self.definition(span, children, "requirement")

    def on_decision(self, span: Span, children: list[Any]) -> t.Definition:
        return self.definition(span, children, "decision")

    def on_points(self, span: Span, children: list[Any]) -> t.Definition:
        return self.definition(span, children, "points")

    def on_question(self, span: Span, children: list[Any]) -> t.Question:
        name = children[0]
        type_ = next(child for child in children[1:] if not isinstance(child, Part))
        asked = first_of(children, "asked_when")
        return t.Question(
            span,
            str(name),
            self.at(name),
            self.clauses(children),
            self.parameters(children),
            type_,
            None if asked is None else asked[0],
        )

    def on_remark(self, span: Span, children: list[Any]) -> t.Remark:
        return t.Remark(span, str(children[0]), self.at(children[0]), self.clauses(children), children[-1])

    # -------------------------------------------------------------- tables

    def on_any_cell(self, span: Span, _: list[Any]) -> t.Cell:
        return t.Cell(span, ())

    def on_cell(self, span: Span, elements: list[Any]) -> t.Cell:
        return t.Cell(span, tuple(elements))

    def on_row(self, span: Span, children: list[Any]) -> t.Row:
        clauses = self.clauses(children)
        cells = tuple(child for child in children if isinstance(child, t.Cell))
        return t.Row(span, cells, clauses.cites, clauses.unconfirmed)

    def table_of(self, span: Span, children: list[Any], scale: bool) -> t.Table:
        """A table or a scale."""
        name, across, below = children[0], first_of(children, "across"), first_of(children, "below")
        type_ = next(child for child in children[2:] if not isinstance(child, Part))
        return t.Table(
            span,
            str(name),
            self.at(name),
            self.clauses(children),
            self.parameters(children),
            type_,
            None if across is None else str(across[0]),
            tuple(child for child in children if isinstance(child, t.Row)),
            scale,
            None if below is None else below[0],
        )

    def on_table(self, span: Span, children: list[Any]) -> t.Table:
        return self.table_of(span, children, scale=False)

    def on_scale(self, span: Span, children: list[Any]) -> t.Table:
        return self.table_of(span, children, scale=True)

    # -------------------------------------------------------------- what a profile may hold

    def on_enum_value(self, span: Span, children: list[Any]) -> t.EnumValue:
        return t.EnumValue(span, str(children[0]), self.clauses(children))

    def on_enum(self, span: Span, children: list[Any]) -> t.EnumDeclaration:
        values = tuple(child for child in children if isinstance(child, t.EnumValue))
        ordered = any(isinstance(child, Token) and child.type == "ORDERED" for child in children)
        return t.EnumDeclaration(span, str(children[0]), self.at(children[0]), self.clauses(children), ordered, values)

    def on_field(self, span: Span, children: list[Any]) -> t.FieldDeclaration:
        applies = first_of(children, "applies")
        return t.FieldDeclaration(
            span, str(children[0]), children[1], self.clauses(children), None if applies is None else applies[-1]
        )

    def on_valid(self, span: Span, children: list[Any]) -> t.ValidWhen:
        return t.ValidWhen(span, children[0], self.clauses(children))

    def on_record(self, span: Span, children: list[Any]) -> t.RecordDeclaration:
        return t.RecordDeclaration(
            span,
            str(children[0]),
            self.at(children[0]),
            self.clauses(children),
            bool(parts_of(children, "spell")),
            tuple(child for child in children if isinstance(child, t.FieldDeclaration)),
            tuple(child for child in children if isinstance(child, t.ValidWhen)),
        )

    def on_input(self, span: Span, children: list[Any]) -> t.InputDeclaration:
        return t.InputDeclaration(span, str(children[0]), self.at(children[0]), self.clauses(children), children[1])

    def on_quantity(self, span: Span, children: list[Any]) -> t.QuantityDeclaration:
        symbol = first_of(children, "symbol")
        return t.QuantityDeclaration(
            span,
            str(children[0]),
            self.at(children[0]),
            self.clauses(children),
            children[1],
            None if symbol is None else unquoted(symbol[0]),
        )

    def on_column(self, span: Span, children: list[Any]) -> t.Column:
        return t.Column(span, str(children[0]), children[1], len(children) > 2)

    def on_dataset(self, span: Span, children: list[Any]) -> t.DatasetDeclaration:
        titles = first_of(children, "titles")
        return t.DatasetDeclaration(
            span,
            str(children[0]),
            self.at(children[0]),
            self.clauses(children),
            unquoted(children[1]),
            self.at(children[1]),
            None if titles is None else (str(titles[0]), str(titles[1])),
            tuple(child for child in children if isinstance(child, t.Column)),
        )

    def on_code_set(self, span: Span, children: list[Any]) -> t.SetDeclaration:
        return t.SetDeclaration(
            span,
            str(children[0]),
            self.at(children[0]),
            self.clauses(children),
            children[1],
            tuple(str(part.value[0]) for part in parts_of(children, "pattern")),
            tuple(str(part.value[0]) for part in first_of(children, "exceptions") or ()),
        )

    def on_source(self, span: Span, children: list[Any]) -> t.SourceDeclaration:
        return t.SourceDeclaration(
            span,
            str(children[0]),
            self.at(children[0]),
            self.clauses(children),
            first_of(children, "abbreviated"),
            first_of(children, "form"),
            first_of(children, "link"),
        )

    # -------------------------------------------------------------- samples and examples

    def on_json_plain(self, span: Span, children: list[Token]) -> t.Plain:
        return t.Plain(span, str(children[0]).strip())

    def on_json_text(self, span: Span, children: list[Token]) -> t.Quoted:
        return t.Quoted(span, unquoted(children[0]))

    def on_json_list(self, span: Span, children: list[Any]) -> t.ListData:
        return t.ListData(span, tuple(children))

    def on_pair(self, span: Span, children: list[Any]) -> Part:
        return Part("pair", span, (str(children[0]), self.at(children[0]), children[1]))

    def on_json_map(self, span: Span, children: list[Any]) -> t.MapData:
        return t.MapData(span, tuple(part.value for part in children))

    def on_sample(self, span: Span, children: list[Any]) -> t.Sample:
        name, record, data = children
        return t.Sample(span, str(name), self.at(name), t.Clauses(), str(record), data)

    def on_given_like(self, span: Span, children: list[Any]) -> Part:
        return Part("like", span, (str(children[-1]), self.at(children[-1])))

    def on_given_fact(self, span: Span, children: list[Any]) -> Part:
        return Part("fact", span, (children[1].value, children[1].span, children[2]))

    def on_expected(self, span: Span, children: list[Any]) -> t.Expected:
        name, outcome = children[1].value, children[2]
        if outcome.kind == "exactly":
            unit = str(outcome.value[1]) if len(outcome.value) > 1 else None
            return t.Expected(span, name, "value", str(outcome.value[0]).strip(), unit)
        return t.Expected(span, name, outcome.kind.replace("_", " "))

    def on_example(self, span: Span, children: list[Any]) -> t.Example:
        name, on = children[0], children[1]
        law_of = first_of(children, "law_of")
        return t.Example(
            span,
            unquoted(name),
            self.at(name),
            t.Clauses(),
            self.day(on),
            None if law_of is None else self.day(law_of[0]),
            tuple(part.value for part in parts_of(children, "like")),
            tuple(part.value for part in parts_of(children, "fact")),
            tuple(child for child in children if isinstance(child, t.Expected)),
        )
