"""How each kind of expression is said: in one line, and in several where one does not do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policy.check.checked import Checked
from policy.check.scope import AsOf, BuiltIn, EnumDomain, EnumValue, ImplicitField, Local
from policy.explain.show import show_number
from policy.model.types import GroupOf, Key, Number, RecordOf, RowOf, RunOf, Type, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.tools.docs.naming import EXACT, Within
from policy.tools.docs.sentences import Block, Phrase, Pipe, Sentences, bare, one
from policy.tools.docs.wording import Line, Link, Term, Words, joined, plain

SIGNS: Final = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}


STRENGTH: Final = {"+": 1, "-": 1, "*": 2, "/": 2}
"""Which sign binds tighter, so that brackets stand only where they are needed."""


def sentences(checked: Checked, language: str) -> Sentences:
    """What says the expressions of a checked program in a language."""
    return Sentences(checked, language, PHRASES, BLOCKS)


# ------------------------------------------------------------------ one line


def _number(s: Sentences, node: t.Number, within: Within) -> Words:
    if node.unit == "%":
        return s.fill("per cent", n=show_number(node.value, s.language, EXACT))
    type_ = s.meaning.types.get(node)
    if not isinstance(type_, Number):
        return s.value(node.text, type_) if isinstance(type_, Key) else (node.text,)
    return s.amount(node.value, type_.unit)


def _money(s: Sentences, node: t.Money, within: Within) -> Words:
    type_ = s.meaning.types[node]
    assert isinstance(type_, Number)
    return s.amount(node.value, type_.unit)


def _date(s: Sentences, node: t.DateLiteral, within: Within) -> Words:
    return s.day(node.value)


def _literal(s: Sentences, node: t.Text | t.Code | t.YesNo, within: Within) -> Words:
    return s.value(node.value, s.meaning.types[node])


def _name(s: Sentences, node: t.Name, within: Within) -> Words:
    match s.meaning.targets[node]:
        case Local() as local:
            return s.local(local, within)
        case ImplicitField(member=member, name=name):
            return _field(s, member.type, name)
        case EnumValue(enum=enum, value=value):
            return s.value(value, enum)
        case BuiltIn():
            return s.fill("day of assessment")
        case EnumDomain(enum=enum):
            return s.named(enum.name)
        case AsOf(entry=entry, day=day):
            return (Link(s.label(entry), entry.full_name, day),)
        case Entry() as entry:
            return s.link(entry)


def _field_of(s: Sentences, node: t.FieldOf, within: Within) -> Words:
    target = s.meaning.targets.get(node)
    if isinstance(target, Entry):
        return s.link(target)
    field = _field(s, s.meaning.types[node.of], node.name)
    owner = s.meaning.targets.get(node.of)
    if isinstance(owner, Local) and s.only_one(owner, within):
        return field
    return s.fill("arguments", label=field, arguments=s.phrase(node.of, within))


def _field(s: Sentences, owner: Type, name: str) -> Words:
    """The label of a field of a value."""
    match without_none(owner):
        case RecordOf(name=record):
            return (Link(s.catalog.records[record].fields[name].label.get(s.language) or name, record),)
        case RowOf():
            return (Term(name),)
        case GroupOf() | RunOf():
            return s.fill(name)
        case _:
            return (Term(name),)


def _call(s: Sentences, node: t.Call, within: Within) -> Words:
    target = s.meaning.targets.get(node)
    if isinstance(target, BuiltIn):
        return _provided(s, node, target.name, within)
    label = s.link(target) if isinstance(target, Entry) else s.phrase(node.function, within)
    shown = [s.phrase(argument, within) for argument in node.arguments if not _obvious(s, argument, within)]
    return s.fill("arguments", label=label, arguments=joined(shown, "; ")) if shown else label


def _on_day(s: Sentences, node: t.OnDay, within: Within) -> Words:
    """A rule by the law of another day, and what is taken for granted on it."""
    asked = s.meaning.on_days[node]
    found = s.fill("judged as of", label=s.named(asked.name), day=s.phrase(node.day, within))
    for name, but in zip(asked.assumed, node.but, strict=True):
        found = s.fill("taking", what=found, label=s.named(name), value=s.phrase(but.value, within))
    return found


def _as_read(s: Sentences, node: t.AsRead, within: Within) -> Words:
    """A rule by its text of an earlier day."""
    target = s.meaning.targets[node]
    assert isinstance(target, AsOf)
    label: Words = (Link(s.label(target.entry), target.entry.full_name, target.day),)
    arguments = node.of.arguments if isinstance(node.of, t.Call) else ()
    shown = [s.phrase(argument, within) for argument in arguments if not _obvious(s, argument, within)]
    if shown:
        label = s.fill("arguments", label=label, arguments=joined(shown, "; "))
    return s.fill("as it read", label=label, day=s.day(target.day))


def _obvious(s: Sentences, argument: t.Expression, within: Within) -> bool:
    """Whether an argument is the one thing of its type that is spoken of, so that it need not be named."""
    target = s.meaning.targets.get(argument)
    return isinstance(target, Local) and s.only_one(target, within)


def _provided(s: Sentences, node: t.Call, name: str, within: Within) -> Words:
    """A function of the language."""
    arguments = [_factor(s, argument, within) for argument in node.arguments]
    named = {key: s.phrase(argument, within) for key, argument in node.named}
    match name:
        case "prefix" | "digit":
            return s.fill(name, value=arguments[0], n=arguments[1])
        case "runs" | "credited":
            return (*_of_spells(s, node, name, within), " ", *s.phrase(node.arguments[0], within))
        case _:
            return s.fill(name, value=arguments[0] if arguments else (), **named)


def _not(s: Sentences, node: t.Not, within: Within) -> Words:
    of = node.of
    if isinstance(of, (t.Logic, t.Gather, t.Aggregate, t.Choice)):
        return s.fill("not", what=s.fill("bracketed", what=s.phrase(of, within)))
    return s.condition(of.of, within) if isinstance(of, t.Not) else s.refused(of, within)


def _logic(s: Sentences, node: t.Logic, within: Within) -> Words:
    between = plain(s.fill("and inline" if node.operator == "and" else "or else"))
    return joined([_grouped(s, member, within) for member in node.members], between)


def _grouped(s: Sentences, node: t.Expression, within: Within) -> Words:
    """A condition among others in one line."""
    words = s.condition(node, within)
    return s.fill("bracketed", what=words) if isinstance(bare(node), (t.Logic, t.Choice)) else words


def _comparison(s: Sentences, node: t.Comparison, within: Within) -> Words:
    return s.compared(node.left, s.need(node, True, within), within)


def _presence(s: Sentences, node: t.Presence, within: Within) -> Words:
    return s.compared(node.of, s.fill("given" if node.given else "none"), within)


def _membership(s: Sentences, node: t.Membership, within: Within) -> Words:
    return s.compared(node.of, s.contained(node.container, node.negated, within), within)


def _arithmetic(s: Sentences, node: t.Arithmetic, within: Within) -> Words:
    strength = STRENGTH[node.operator]
    left = s.bracketed(node.left, within)
    if isinstance(node.left, t.Arithmetic) and STRENGTH[node.left.operator] < strength:
        left = s.fill("bracketed", what=left)
    right = s.bracketed(node.right, within)
    if isinstance(node.right, t.Arithmetic) and STRENGTH[node.right.operator] <= strength:
        right = s.fill("bracketed", what=right)
    return joined([left, right], SIGNS[node.operator])


def _rounding(s: Sentences, node: t.Rounding, within: Within) -> Words:
    type_ = without_none(s.meaning.types[node])
    step = s.amount(node.step.value, type_.unit if isinstance(type_, Number) else None)
    return s.fill(f"rounded {node.direction}", value=_factor(s, node.of, within), step=step)


def _factor(s: Sentences, node: t.Expression, within: Within) -> Words:
    """A number that something is done to as a whole."""
    phrase = s.bracketed(node, within)
    return s.fill("bracketed", what=phrase) if isinstance(node, t.Arithmetic) else phrase


def _choice(s: Sentences, node: t.Choice, within: Within) -> Words:
    branches = [
        s.fill("value if inline", value=s.condition(then, within), condition=s.condition(when, within))
        for when, then in node.branches
    ]
    return s.fill("otherwise inline", value=joined(branches, "; "), other=s.condition(node.otherwise, within))


def _pipe(s: Sentences, node: Pipe, within: Within) -> Words:
    line = s.step(node, within, s.phrase(node.of, within))
    return (*line.words, " ", *joined([_flat(below) for below in line.below], "; ")) if line.below else line.words


def _flat(line: Line) -> Words:
    """A line and those below it as one."""
    return (*line.words, " ", *joined([_flat(below) for below in line.below], "; ")) if line.below else line.words


def _count(s: Sentences, node: t.Count, within: Within) -> Words:
    return s.fill("number of", what=s.bracketed(node.of, within))


def _day_of(s: Sentences, node: t.DayOf, within: Within) -> Words:
    return s.fill("date of", value=_factor(s, node.of, within))


def _each(s: Sentences, node: t.Each, within: Within) -> Words:
    over = s.fill("value over", each=s.each(node, within))
    return s.fill("colon", label=over, value=s.condition(node.body, s.inside(node, within)))


def _gather(s: Sentences, node: t.Gather, within: Within) -> Words:
    if node.kind in {"all", "any", "at least"}:
        how, below = s.holding(node, within)
        return (*s.fill("intro", what=how), *joined([_flat(line) for line in below], "; "))
    members = joined([s.phrase(member, within) for member in node.members], "; ")
    return s.fill("members inline", how=s.fill(node.kind, n=str(node.count)), members=members)


def _aggregate(s: Sentences, node: t.Aggregate, within: Within) -> Words:
    if node.kind in {"all", "any"}:
        how, below = s.holding(node, within)
        return (*s.fill("intro", what=how), *joined([_flat(line) for line in below], "; "))
    over = s.fill(f"{node.kind} over", each=s.each(node.each, within), n=str(node.count))
    value = s.fill("colon", label=over, value=s.bracketed(node.each.body, s.inside(node.each, within)))
    return value if node.if_none is None else s.fill("if none", value=value, other=s.phrase(node.if_none, within))


def _set(s: Sentences, node: t.SetLiteral, within: Within) -> Words:
    return s.elements(node.elements, within)


PHRASES: Final[Mapping[type, Phrase]] = {
    t.Number: _number,
    t.Money: _money,
    t.Text: _literal,
    t.DateLiteral: _date,
    t.Code: _literal,
    t.YesNo: _literal,
    t.Name: _name,
    t.FieldOf: _field_of,
    t.Call: _call,
    t.Not: _not,
    t.Logic: _logic,
    t.Comparison: _comparison,
    t.Presence: _presence,
    t.Membership: _membership,
    t.Arithmetic: _arithmetic,
    t.Rounding: _rounding,
    t.Choice: _choice,
    t.Filter: _pipe,
    t.Grouping: _pipe,
    t.Extreme: _pipe,
    t.Cut: _pipe,
    t.TheOne: _pipe,
    t.Count: _count,
    t.DayOf: _day_of,
    t.Each: _each,
    t.Gather: _gather,
    t.Aggregate: _aggregate,
    t.SetLiteral: _set,
    t.OnDay: _on_day,
    t.AsRead: _as_read,
}
"""How each kind of expression is said in one line."""


# ------------------------------------------------------------------ several lines, where one does not do


def _cases(s: Sentences, node: t.Choice, within: Within) -> tuple[Line, ...]:
    return (Line(s.fill("intro", what=s.fill("cases")), s.cases(node, within)),)


def _steps(s: Sentences, node: Pipe, within: Within) -> tuple[Line, ...]:
    steps = s.steps(node, within)
    if len(steps) == 2:
        return (s.step(node, within, steps[0].words),)
    return (Line(s.fill("intro", what=s.fill("in order")), tuple(steps), in_order=True),)


def _members(s: Sentences, node: t.Gather, within: Within) -> tuple[Line, ...]:
    below = tuple(line for member in node.members for line in s.lines(member, within))
    return (Line(s.fill("intro", what=s.fill(node.kind, n=str(node.count))), below),)


def _counted(s: Sentences, node: t.Count, within: Within) -> tuple[Line, ...]:
    below = s.lines(node.of, within)
    return () if one(below) else (s.headed(s.fill("how many"), below),)


def _walk(s: Sentences, node: t.Aggregate, within: Within) -> tuple[Line, ...]:
    below = s.lines(node.each.body, s.inside(node.each, within))
    if one(below):
        return ()
    over = s.fill(f"{node.kind} over", each=s.each(node.each, within), n=str(node.count))
    last = () if node.if_none is None else (Line(s.fill("if none alone", other=s.phrase(node.if_none, within))),)
    return (s.headed(over, below), *last)


def _each_lines(s: Sentences, node: t.Each, within: Within) -> tuple[Line, ...]:
    below = s.lines(node.body, s.inside(node, within))
    return () if one(below) else (s.headed(s.fill("value over", each=s.each(node, within)), below),)


def _spells(s: Sentences, node: t.Call, within: Within) -> tuple[Line, ...]:
    """Hours or periods of spells, which may take steps to say."""
    target = s.meaning.targets.get(node)
    if not (isinstance(target, BuiltIn) and target.name in {"credited", "runs"}):
        return ()
    below = s.lines(node.arguments[0], within)
    return () if one(below) else (s.headed(_of_spells(s, node, target.name, within), below),)


def _of_spells(s: Sentences, node: t.Call, name: str, within: Within) -> Words:
    """What is made of spells, up to the spells themselves."""
    named = {key: s.phrase(argument, within) for key, argument in node.named}
    if name == "credited":
        return s.fill(name, **named)
    return s.fill(name, how=joined([s.fill(f"runs {key}", value=value) for key, value in named.items()], ", "))


BLOCKS: Final[Mapping[type, Block]] = {
    t.Choice: _cases,
    t.Filter: _steps,
    t.Grouping: _steps,
    t.Extreme: _steps,
    t.Cut: _steps,
    t.TheOne: _steps,
    t.Count: _counted,
    t.Gather: _members,
    t.Aggregate: _walk,
    t.Each: _each_lines,
    t.Call: _spells,
}
"""How an expression that is no condition is said in several lines; those that are not here take one."""
