"""From what Lark recognises to declarations: the upper half of the builder."""

from __future__ import annotations

from typing import Any

from lark import Token

from policy.syntax import tree as t
from policy.syntax.build import Builder, Part, first_of, parts_of, unquoted
from policy.syntax.days import SOME_DAY, read_day
from policy.text import Span


class DeclarationBuilder(Builder):
    """Makes the one item that a piece of policy text holds."""

    def on_start(self, _: Span, children: list[Any]) -> Any:
        return children[0]

    # -------------------------------------------------------------- the head, and changes

    def on_policy(self, span: Span, children: list[Any]) -> t.Header:
        name, parts = children[0], children[1:]
        once = self.once(parts, ("effective", "amends", "verified", "status", "zone"))
        effective, amends, status, zone = (once.get(kind) for kind in ("effective", "amends", "status", "zone"))
        days = {kind: self.readable_day(once[kind].value[0]) for kind in ("effective", "amends") if kind in once}
        readable = None not in days.values()
        if effective is not None and days["effective"] is None:
            days["effective"] = read_day(self.source.stem) or SOME_DAY
        uses = tuple((str(token), self.at(token)) for part in parts_of(parts, "uses") for token in part.value)
        self.distinct(uses)
        return t.Header(
            span,
            self.new_name(name),
            self.at(name),
            self.clauses(parts),
            days.get("effective"),
            None if effective is None else effective.span,
            days.get("amends"),
            None if amends is None else amends.span,
            uses,
            None if effective is None else self.uncertain(effective.value[1:]),
            self.verified(once.get("verified")),
            None if status is None else status.span,
            None if zone is None else t.Zone(zone.span, unquoted(zone.value[0])),
            readable,
        )

    def uncertain(self, parts: list[Part]) -> t.Uncertain | None:
        """The days between which a text took effect, if they are given and can be read."""
        if not parts:
            return None
        first, last = map(self.readable_day, parts[0].value)
        return None if first is None or last is None else t.Uncertain(parts[0].span, first, last)

    def verified(self, part: Part | None) -> t.Verified | None:
        """The day until which a text was verified, if it is given and can be read."""
        day = None if part is None else self.readable_day(part.value[0])
        return None if part is None or day is None else t.Verified(part.span, day)

    def on_replace(self, span: Span, children: list[Any]) -> t.Replace:
        return t.Replace(span, children[0])

    def on_repeal(self, span: Span, children: list[Any]) -> t.Repeal:
        names = tuple((str(child), self.at(child)) for child in children if isinstance(child, Token))
        self.distinct(names)
        return t.Repeal(span, names, self.clauses(children).cites)

    def on_revive(self, span: Span, children: list[Any]) -> t.Revive:
        name, _, day, *clauses = children
        return t.Revive(span, str(name), self.at(name), self.readable_day(day), self.at(day), self.clauses(clauses))

    # -------------------------------------------------------------- definitions

    def on_parameter(self, span: Span, children: list[Any]) -> t.Parameter:
        return t.Parameter(span, self.new_name(children[0]), self.at(children[0]), children[1])

    def definition(self, span: Span, children: list[Any], kind: t.DefinitionKind, type_: Any = None) -> t.Definition:
        """A definition of any of the four kinds; the body is the one child that is neither part nor name nor type."""
        name, rest = children[0], children[1:]
        body = next(child for child in reversed(rest) if not isinstance(child, Part))
        up_to, applies = first_of(rest, "up_to"), first_of(rest, "applies")
        return t.Definition(
            span,
            self.new_name(name),
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
        found = tuple(first_of(children, "parameters") or ())
        self.distinct((parameter.name, parameter.name_span) for parameter in found)
        return found

    def on_define(self, span: Span, children: list[Any]) -> t.Definition:
        at = 2 if parts_of(children[:2], "parameters") else 1
        return self.definition(span, children[:at] + children[at + 1 :], "define", children[at])

    def on_requirement(self, span: Span, children: list[Any]) -> t.Definition:
        return self.definition(span, children, "requirement")

    def on_decision(self, span: Span, children: list[Any]) -> t.Definition:
        return self.definition(span, children, "decision")

    def on_invariant(self, span: Span, children: list[Any]) -> t.Definition:
        return self.definition(span, children, "invariant")

    def on_points(self, span: Span, children: list[Any]) -> t.Definition:
        return self.definition(span, children, "points")

    def on_question(self, span: Span, children: list[Any]) -> t.Question:
        name = children[0]
        type_ = next(child for child in children[1:] if not isinstance(child, Part))
        asked = first_of(children, "asked_when")
        return t.Question(
            span,
            self.new_name(name),
            self.at(name),
            self.clauses(children),
            self.parameters(children),
            type_,
            None if asked is None else asked[0],
        )

    def on_remark(self, span: Span, children: list[Any]) -> t.Remark:
        name = children[0]
        return t.Remark(span, self.new_name(name), self.at(name), self.clauses(children), children[-1])

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
            self.new_name(name),
            self.at(name),
            self.clauses(children),
            self.parameters(children),
            type_,
            None if across is None else str(across[0]),
            None if across is None else self.at(across[0]),
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
        return t.EnumValue(span, self.new_name(children[0]), self.at(children[0]), self.clauses(children))

    def on_enum(self, span: Span, children: list[Any]) -> t.EnumDeclaration:
        name = children[0]
        values = tuple(child for child in children if isinstance(child, t.EnumValue))
        self.distinct((value.name, value.name_span) for value in values)
        ordered = any(isinstance(child, Token) and child.type == "ORDERED" for child in children)
        return t.EnumDeclaration(span, self.new_name(name), self.at(name), self.clauses(children), ordered, values)

    def on_field(self, span: Span, children: list[Any]) -> t.FieldDeclaration:
        name, type_ = children[:2]
        applies = first_of(children, "applies")
        return t.FieldDeclaration(
            span,
            self.new_name(name),
            self.at(name),
            type_,
            self.clauses(children),
            None if applies is None else applies[-1],
        )

    def on_valid(self, span: Span, children: list[Any]) -> t.ValidWhen:
        return t.ValidWhen(span, children[0], self.clauses(children))

    def on_record(self, span: Span, children: list[Any]) -> t.RecordDeclaration:
        fields = tuple(child for child in children if isinstance(child, t.FieldDeclaration))
        self.distinct((field.name, field.name_span) for field in fields)
        return t.RecordDeclaration(
            span,
            self.new_name(children[0]),
            self.at(children[0]),
            self.clauses(children),
            bool(parts_of(children, "spell")),
            fields,
            tuple(child for child in children if isinstance(child, t.ValidWhen)),
        )

    def on_input(self, span: Span, children: list[Any]) -> t.InputDeclaration:
        name, type_ = children[:2]
        return t.InputDeclaration(span, self.new_name(name), self.at(name), self.clauses(children), type_)

    def on_quantity(self, span: Span, children: list[Any]) -> t.QuantityDeclaration:
        name, type_ = children[:2]
        symbol = self.once(children, ("symbol",)).get("symbol")
        return t.QuantityDeclaration(
            span,
            self.new_name(name),
            self.at(name),
            self.clauses(children),
            type_,
            None if symbol is None else unquoted(symbol.value[0]),
        )

    def on_column(self, span: Span, children: list[Any]) -> t.Column:
        return t.Column(span, str(children[0]), self.at(children[0]), children[1], len(children) > 2)

    def on_dataset(self, span: Span, children: list[Any]) -> t.DatasetDeclaration:
        name, file = children[:2]
        titles = self.once(children, ("titles",)).get("titles")
        columns = tuple(child for child in children if isinstance(child, t.Column))
        self.distinct((column.name, column.name_span) for column in columns)
        return t.DatasetDeclaration(
            span,
            self.new_name(name),
            self.at(name),
            self.clauses(children),
            unquoted(file),
            self.at(file),
            None if titles is None else (str(titles.value[0]), str(titles.value[1])),
            columns,
        )

    def on_drawn(self, span: Span, children: list[Any]) -> Part:
        column, dataset, *rest = children
        binder, binder_span = self.bound_name(rest)
        condition = next((child for child in rest if not isinstance(child, Part)), None)
        drawn = t.Drawn(span, column, dataset.value, dataset.span, binder, binder_span, condition)
        return Part("drawn", span, drawn)

    def on_code_set(self, span: Span, children: list[Any]) -> t.SetDeclaration:
        patterns, exceptions = parts_of(children, "pattern"), first_of(children, "exceptions") or ()
        self.distinct((str(part.value[0]), part.span) for part in (*patterns, *exceptions))
        return t.SetDeclaration(
            span,
            self.new_name(children[0]),
            self.at(children[0]),
            self.clauses(children),
            self.parameters(children),
            next(child for child in children[1:] if not isinstance(child, Part)),
            tuple(str(part.value[0]) for part in patterns),
            tuple(str(part.value[0]) for part in exceptions),
            tuple(part.span for part in patterns),
            tuple(part.span for part in exceptions),
            first_of(children, "drawn"),
        )

    def on_source(self, span: Span, children: list[Any]) -> t.SourceDeclaration:
        name = children[0]
        once = self.once(children, ("abbreviated", "form", "link"))
        abbreviated, form, link = (once[k].value if k in once else None for k in ("abbreviated", "form", "link"))
        return t.SourceDeclaration(span, str(name), self.at(name), self.clauses(children), abbreviated, form, link)

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
        pairs = tuple(part.value for part in children)
        self.distinct((name, place) for name, place, _ in pairs)
        return t.MapData(span, pairs)

    def on_sample(self, span: Span, children: list[Any]) -> t.Sample:
        name, record, data = children
        return t.Sample(span, self.new_name(name), self.at(name), t.Clauses(), str(record), self.at(record), data)

    def on_given_like(self, span: Span, children: list[Any]) -> Part:
        return Part("like", span, (str(children[-1]), self.at(children[-1])))

    def on_place(self, span: Span, children: list[Token]) -> Part:
        steps = (f".{child}" if child.type == "NAME" else f"[{self.whole(child, 'a place')}]" for child in children)
        return Part("ref", span, "".join(steps).removeprefix("."))

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
        given = tuple(part.value for part in parts_of(children, "fact"))
        expected = tuple(child for child in children if isinstance(child, t.Expected))
        self.distinct((fact, place) for fact, place, _ in given)
        self.distinct((outcome.name, outcome.span) for outcome in expected)
        return t.Example(
            span,
            unquoted(name),
            self.at(name),
            t.Clauses(),
            self.day(on),
            None if law_of is None else self.day(law_of[0]),
            tuple(part.value for part in parts_of(children, "like")),
            given,
            expected,
        )
