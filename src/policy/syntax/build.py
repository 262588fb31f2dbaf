"""From what Lark recognises to the tree, piece by piece while it parses: nothing here recurses into the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final, cast

from lark import Token
from lark.tree import Meta
from lark.visitors import Transformer_NonRecursive

from policy.diagnostics import Diagnostic
from policy.syntax import errors
from policy.syntax import tree as t
from policy.syntax.brackets import moved_day, open_assumptions
from policy.syntax.citations import read_citations
from policy.syntax.days import SOME_DAY, read_day
from policy.syntax.words import RESERVED
from policy.text import Source, Span

DEEPEST: Final = 80
"""How many operations may stand inside one another in one expression."""

LONGEST_NUMBER: Final = 40
"""How many characters a number may have. None that a person means comes near it."""

CLAUSES: Final = frozenset({"en", "fr", "asks"})
"""Clauses of any declaration that stand once."""


class Part:
    """A clause or fragment on its way into a declaration: its kind, where it stands, and what it holds."""

    __slots__ = ("kind", "span", "value")

    def __init__(self, kind: str, span: Span, value: Any) -> None:
        self.kind = kind
        self.span = span
        self.value = value


class Builder(Transformer_NonRecursive[Token, Any]):
    """Makes tree nodes of one declaration. Mistakes that do not stop the reading are put in `mistakes`."""

    def __init__(self, source: Source, offset: int, end: int) -> None:
        super().__init__()
        self.source = source
        self.offset = offset
        self.end = end
        self.mistakes: list[Diagnostic] = []
        self.refused = False
        self._depths: dict[int, int] = {}
        self._kept: list[Any] = []

    # -------------------------------------------------------------- places

    def _call_userfunc(self, tree: Any, new_children: Any = None) -> Any:
        """Every rule gets its children and its span; a rule without a method here becomes a `Part` of its kind."""
        children = new_children if new_children is not None else tree.children
        span = self.place(tree.meta)
        function = getattr(self, f"on_{tree.data}", None)
        made = function(span, children) if function else Part(str(tree.data), span, children)
        self.measure(made, span, children)
        return made

    def place(self, meta: Meta) -> Span:
        """Where a rule stands in the whole source."""
        if meta.empty:
            return Span(self.source, self.end, self.end)
        return Span(self.source, self.offset + meta.start_pos, self.offset + meta.end_pos)

    def at(self, token: Token) -> Span:
        """Where a token stands in the whole source."""
        start = self.offset + (token.start_pos or 0)
        return Span(self.source, start, start + len(token))

    def measure(self, made: Any, span: Span, children: Sequence[Any]) -> None:
        """Refuse an expression in which operations are nested too deeply to walk or to read."""
        depth = 1 + max((self._depths.get(id(child), 0) for child in children), default=0)
        if depth > DEEPEST and not self.refused:
            self.refuse(errors.too_deep(span))
        self._depths[id(made)] = depth
        self._kept.append(made)  # held, so that an identity is never used twice

    def refuse_all(self, mistakes: Iterable[Diagnostic]) -> None:
        """Note mistakes with any of which the declaration cannot be taken in."""
        for mistake in mistakes:
            self.refuse(mistake)

    def refuse(self, mistake: Diagnostic) -> None:
        """Note a mistake with which the declaration as a whole cannot be taken in."""
        self.refused = True
        self.mistakes.append(mistake)

    # -------------------------------------------------------------- leaves

    def on_number(self, span: Span, children: list[Token]) -> t.Number:
        unit = str(children[1]) if len(children) > 1 else None
        return t.Number(span, self.figure(children[0]), plural(unit), str(children[0]))

    def on_money(self, span: Span, children: list[Token]) -> t.Money:
        return t.Money(span, self.figure(children[0]), str(children[0])[0])

    def on_text(self, span: Span, children: list[Token]) -> t.Text:
        return t.Text(span, unquoted(children[0]))

    def on_date(self, span: Span, children: list[Token]) -> t.DateLiteral:
        return t.DateLiteral(span, self.day(children[0]))

    def on_code(self, span: Span, children: list[Token]) -> t.Code:
        return t.Code(span, str(children[0]))

    def on_yes(self, span: Span, _: list[Any]) -> t.YesNo:
        return t.YesNo(span, True)

    def on_no(self, span: Span, _: list[Any]) -> t.YesNo:
        return t.YesNo(span, False)

    def on_name(self, span: Span, children: list[Token]) -> t.Name:
        if str(children[0]) in RESERVED:
            self.refuse(errors.unexpected(span, str(children[0]), "expected a value", "write a name or a number"))
        return t.Name(span, str(children[0]))

    def figure(self, token: Token) -> Fraction:
        """The number that a token writes, with or without the sign of money."""
        if len(token) > LONGEST_NUMBER:
            self.mistakes.append(errors.long_number(self.at(token)))
            return Fraction(0)
        return Fraction(str(token).lstrip("$€£¥").replace(",", ""))

    def whole(self, token: Token, what: str, least: int = 0) -> int:
        """The whole number that a token writes, which may not be too small."""
        figure = self.figure(token)
        if figure.denominator != 1 or figure < least:
            self.mistakes.append(errors.not_whole(self.at(token), what, least))
        return int(figure)

    def day(self, token: Token) -> date:
        """The day that a token names; one that is not in the calendar is a mistake."""
        return self.readable_day(token) or SOME_DAY

    def readable_day(self, token: Token) -> date | None:
        """The day that a token names, or None, reported, for one that is not in the calendar."""
        day = read_day(str(token))
        if day is None:
            self.mistakes.append(errors.bad_date(self.at(token), str(token)))
        return day

    def new_name(self, token: Token) -> str:
        """A name that the text gives to something; a word of the language is a mistake."""
        if str(token) in RESERVED:
            self.mistakes.append(errors.reserved(self.at(token), str(token)))
        return str(token)

    def once(self, parts: Iterable[Any], kinds: Collection[str]) -> dict[str, Part]:
        """The one part of each of these kinds; the second of a kind is a mistake, and the first stands."""
        found: dict[str, Part] = {}
        for part in parts:
            if isinstance(part, Part) and part.kind in kinds:
                if part.kind in found:
                    self.mistakes.append(errors.given_twice(part.span, f"`{part.kind}`", found[part.kind].span))
                found.setdefault(part.kind, part)
        return found

    def distinct(self, places: Iterable[tuple[str, Span]]) -> None:
        """Report each name that stands a second time where every name stands once."""
        seen: dict[str, Span] = {}
        for name, span in places:
            if name in seen:
                self.mistakes.append(errors.given_twice(span, f"`{name}`", seen[name]))
            seen.setdefault(name, span)

    def bound_name(self, children: Sequence[Any]) -> tuple[str | None, Span | None]:
        """The name after `as` and its place, if there is one."""
        held = first_of(children, "binder")
        return (None, None) if held is None else (self.new_name(held[0]), self.at(held[0]))

    # -------------------------------------------------------------- expressions

    def on_conjunction(self, span: Span, members: list[t.Expression]) -> t.Logic:
        self.refuse_all(open_assumptions(members))
        return t.Logic(span, "and", tuple(members))

    def on_disjunction(self, span: Span, members: list[t.Expression]) -> t.Logic:
        self.refuse_all(open_assumptions(members))
        return t.Logic(span, "or", tuple(members))

    def on_negated(self, span: Span, children: list[t.Expression]) -> t.Not:
        return t.Not(span, children[0])

    def on_compared(self, span: Span, children: list[Any]) -> t.Comparison:
        return t.Comparison(span, cast(t.Comparator, str(children[1])), children[0], children[2])

    def on_equal(self, span: Span, children: list[t.Expression]) -> t.Comparison:
        return t.Comparison(span, "is", children[0], children[1])

    def on_different(self, span: Span, children: list[t.Expression]) -> t.Comparison:
        return t.Comparison(span, "is not", children[0], children[1])

    def on_given_test(self, span: Span, children: list[t.Expression]) -> t.Presence:
        return t.Presence(span, children[0], True)

    def on_none_test(self, span: Span, children: list[t.Expression]) -> t.Presence:
        return t.Presence(span, children[0], False)

    def on_member(self, span: Span, children: list[t.Expression]) -> t.Membership:
        return t.Membership(span, children[0], children[1], False)

    def on_not_member(self, span: Span, children: list[t.Expression]) -> t.Membership:
        return t.Membership(span, children[0], children[1], True)

    def on_added(self, span: Span, children: list[t.Expression]) -> t.Arithmetic:
        self.refuse_all(moved_day(children[0], children[1]))
        return t.Arithmetic(span, "+", children[0], children[1])

    def on_subtracted(self, span: Span, children: list[Any]) -> t.Arithmetic:
        self.refuse_all(moved_day(children[0], children[2]))
        return t.Arithmetic(span, "-", children[0], children[2])

    def on_multiplied(self, span: Span, children: list[t.Expression]) -> t.Arithmetic:
        return t.Arithmetic(span, "*", children[0], children[1])

    def on_divided(self, span: Span, children: list[t.Expression]) -> t.Arithmetic:
        return t.Arithmetic(span, "/", children[0], children[1])

    def on_rounded(self, span: Span, children: list[Any]) -> t.Rounding:
        how = " ".join(str(children[1]).split()[1:-1])
        return t.Rounding(span, children[0], cast(t.Direction, how), children[2])

    def on_branch(self, span: Span, children: list[t.Expression]) -> Part:
        return Part("branch", span, (children[0], children[1]))

    def on_choice(self, span: Span, children: list[Any]) -> t.Choice:
        return t.Choice(span, tuple(part.value for part in children[:-1]), children[-1])

    def on_field_of(self, span: Span, children: list[Any]) -> t.FieldOf:
        return t.FieldOf(span, children[0], str(children[1]), self.at(children[1]))

    def on_named_argument(self, span: Span, children: list[Any]) -> Part:
        return Part("named", span, (str(children[0]), children[1]))

    def on_call(self, span: Span, children: list[Any]) -> t.Call:
        arguments = tuple(child for child in children[1:] if not isinstance(child, Part))
        named = tuple(child.value for child in children[1:] if isinstance(child, Part))
        return t.Call(span, children[0], arguments, named)

    def on_filtered(self, span: Span, children: list[Any]) -> t.Filter:
        name, place = self.bound_name(children)
        return t.Filter(span, children[0], name, children[-1], place)

    def on_grouped(self, span: Span, children: list[Any]) -> t.Grouping:
        name, place = self.bound_name(children)
        return t.Grouping(span, children[0], name, children[-1], place)

    def on_extreme(self, span: Span, children: list[Any]) -> t.Extreme:
        most = any(isinstance(child, Token) and child.endswith("most") for child in children)
        name, place = self.bound_name(children)
        return t.Extreme(span, children[0], name, children[-1], most, place)

    def on_cut(self, span: Span, children: list[Any]) -> t.Cut:
        return t.Cut(span, children[0], children[2], str(children[1]) == "inside")

    def on_the_one(self, span: Span, children: list[Any]) -> t.TheOne:
        name, place = self.bound_name(children)
        return t.TheOne(span, children[1], name, children[-1], place)

    def on_count(self, span: Span, children: list[Any]) -> t.Count:
        return t.Count(span, children[1])

    def on_day_of(self, span: Span, children: list[Any]) -> t.DayOf:
        return t.DayOf(span, children[1])

    def on_on_day(self, span: Span, children: list[Any]) -> t.OnDay:
        return t.OnDay(span, children[0], children[1], tuple(children[2:]))

    def on_supposed_on_day(self, span: Span, children: list[Any]) -> t.OnDay:
        return t.OnDay(span, children[0], children[1], ())

    def on_but(self, span: Span, children: list[Any]) -> t.But:
        policy, dot, name = str(children[0].value).rpartition(".")
        place = children[0].span
        named: t.Name | t.FieldOf = t.Name(place, name)
        if dot:
            named = t.FieldOf(place, t.Name(place, policy), name, place)
        return t.But(span, named, children[1])

    def on_as_read(self, span: Span, children: list[Any]) -> t.AsRead:
        day = self.readable_day(children[2])
        self.refused |= day is None
        return t.AsRead(span, children[0], day or SOME_DAY)

    def on_each(self, span: Span, children: list[Any]) -> t.Each:
        return t.Each(span, children[0], self.new_name(children[1]), children[2], self.at(children[1]))

    def on_each_value(self, span: Span, children: list[Any]) -> t.Each:
        return cast(t.Each, children[0])

    def on_gather(self, span: Span, children: list[Any]) -> t.Gather:
        kind, count = self.gathered(children)
        members = tuple(child for child in children if not isinstance(child, Token))
        return t.Gather(span, cast(t.GatherKind, kind), members, count)

    def on_aggregate(self, span: Span, children: list[Any]) -> t.Aggregate:
        kind, count = self.gathered(children)
        each = next(child for child in children if isinstance(child, t.Each))
        if_none = first_of(children, "if_none")
        return t.Aggregate(span, cast(Any, kind), each, None if if_none is None else if_none[0], count)

    def gathered(self, children: list[Any]) -> tuple[str, int]:
        """What the words before members say is made of them, and the number among these words."""
        match children[0].type:
            case "AT_LEAST":
                return "at least", self.whole(children[1], "how many")
            case "SUM_OF_THE":
                return f"sum {children[2]}", self.whole(children[1], "how many", least=1)
            case "DIFFERENT":
                return "different", 0
            case _:
                return str(children[0]).split()[0], 0

    def on_range(self, span: Span, children: list[Any]) -> t.Range:
        at = next(i for i, child in enumerate(children) if isinstance(child, Token))
        low = children[at - 1] if at else None
        high = children[at + 1] if at + 1 < len(children) else None
        return t.Range(span, low, high, str(children[at]) == "..<")

    def on_set_literal(self, span: Span, elements: list[Any]) -> t.SetLiteral:
        return t.SetLiteral(span, tuple(elements))

    # -------------------------------------------------------------- types

    def on_ref(self, span: Span, children: list[Token]) -> Part:
        return Part("ref", span, ".".join(children))

    def on_list_type(self, span: Span, children: list[Any]) -> t.ListType:
        return t.ListType(span, children[0])

    def on_optional_type(self, span: Span, children: list[Any]) -> t.OptionalType:
        return t.OptionalType(span, children[0])

    def on_key_type(self, span: Span, children: list[Any]) -> t.KeyType:
        return t.KeyType(span, children[-1].value)

    def on_row_type(self, span: Span, children: list[Any]) -> t.RowType:
        return t.RowType(span, children[-1].value)

    def on_code_type(self, span: Span, children: list[Token]) -> t.CodeType | t.NamedType:
        if not children:
            return t.NamedType(span, "code")
        return t.CodeType(span, self.whole(children[0], "the number of digits", least=1))

    def on_choice_type(self, span: Span, children: list[Any]) -> t.ChoiceType:
        return t.ChoiceType(span, tuple(self.bound(child) for child in children))

    def on_map_type(self, span: Span, children: list[Any]) -> t.MapType:
        return t.MapType(span, children[0].value, children[1].value)

    def on_named_type(self, span: Span, children: list[Any]) -> t.NamedType:
        parts = {part.kind: part.value[0] for part in children[1:]}
        step = self.figure(parts["step"]) if "step" in parts else None
        if step == 0:
            self.mistakes.append(errors.no_step(self.at(parts["step"])))
            step = None
        low = self.bound(parts["from"]) if "from" in parts else None
        high = self.bound(parts["to"]) if "to" in parts else None
        return t.NamedType(span, children[0].value, step, low, high)

    def bound(self, node: t.Number | t.Money) -> Fraction:
        """A number in a type, which has the unit of the type."""
        if isinstance(node, t.Number) and node.unit is not None:
            self.mistakes.append(errors.bound_with_unit(node.span))
        return node.value

    # -------------------------------------------------------------- clauses

    def on_label_en(self, span: Span, children: list[Token]) -> Part:
        return Part("en", span, unquoted(children[0]))

    def on_label_fr(self, span: Span, children: list[Token]) -> Part:
        return Part("fr", span, unquoted(children[0]))

    def on_cites(self, span: Span, children: list[Token]) -> Part:
        found = list(read_citations(span, str(children[0])))
        self.mistakes += [mistake for _, mistake in found if mistake is not None]
        return Part("cites", span, tuple(reference for reference, _ in found))

    def pair(self, children: Iterable[Token]) -> t.Pair:
        """Two texts, English and French."""
        en, fr = (unquoted(token) for token in children)
        return t.Pair(en, fr)

    def on_unconfirmed(self, span: Span, children: list[Token]) -> Part:
        return Part("unconfirmed", span, self.pair(children))

    def on_asks(self, span: Span, children: list[Token]) -> Part:
        return Part("asks", span, self.pair(children))

    def on_abbreviated(self, span: Span, children: list[Token]) -> Part:
        return Part("abbreviated", span, self.pair(children))

    def on_form(self, span: Span, children: list[Token]) -> Part:
        return Part("form", span, self.pair(children))

    def on_link(self, span: Span, children: list[Token]) -> Part:
        return Part("link", span, self.pair(children))

    def clauses(self, parts: Iterable[Any]) -> t.Clauses:
        """The clauses among the parts of a declaration; a label or question given twice is a mistake."""
        parts = [part for part in parts if isinstance(part, Part)]
        once = self.once(parts, CLAUSES)
        cites = tuple(reference for part in parts if part.kind == "cites" for reference in part.value)
        marks = tuple(part.value for part in parts if part.kind == "unconfirmed")
        label = t.Pair(*(once[key].value if key in once else None for key in ("en", "fr")))
        return t.Clauses(label, cites, marks, once["asks"].value if "asks" in once else None)


def parts_of(children: Iterable[Any], kind: str) -> list[Part]:
    """The parts of one kind, in order."""
    return [child for child in children if isinstance(child, Part) and child.kind == kind]


def first_of(children: Iterable[Any], kind: str) -> Any:
    """What the first part of a kind holds, or None."""
    found = parts_of(children, kind)
    return found[0].value if found else None


def plural(unit: str | None) -> str | None:
    """The name of a unit as types know it: `1 year` and `2 years` are of one unit."""
    return unit if unit is None or unit.endswith("s") or unit == "%" else unit + "s"


def unquoted(token: Token) -> str:
    """A text without its quotes."""
    return str(token)[1:-1]
