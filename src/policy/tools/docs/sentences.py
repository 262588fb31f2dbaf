"""Expressions of rules as sentences with links: read from the checked program, in one language.

Whatever can be said in one line is a phrase; what has members, cases or steps is a line with others below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, Literal, TypeAlias

from policy.check.checked import Checked
from policy.check.scope import BuiltIn, EnumDomain
from policy.explain.comparing import comparison_pattern
from policy.graph.expressions import COMPARATORS
from policy.model.types import Anything, YesNo, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.tools.docs.naming import Naming, Within
from policy.tools.docs.wording import Line, Words

Pipe: TypeAlias = t.Filter | t.Grouping | t.Extreme | t.TheOne | t.Cut
"""What makes one list, or one member, of another."""

HELD: Final[Mapping[tuple[str, bool], str]] = {
    ("and", True): "all hold",
    ("or", True): "some hold",
    ("at least", True): "at least hold",
    ("and", False): "not all hold",
    ("or", False): "none hold",
    ("at least", False): "too few hold",
}
"""How many of several conditions hold where they hold together, and where they do not."""

WALKED: Final[Mapping[tuple[str, bool], str]] = {
    ("all", True): "each holds",
    ("any", True): "some one holds",
    ("all", False): "not each holds",
    ("any", False): "no one holds",
}
OPPOSITES: Final[Mapping[t.Comparator, t.Comparator]] = {
    ">=": "<",
    "<": ">=",
    ">": "<=",
    "<=": ">",
    "is": "is not",
    "is not": "is",
}
"""What holds where a comparison does not: of what can be compared, one of the two always does."""

FACTS: Final = (t.InputDeclaration, t.Question)


class Sentences(Naming):
    """Says expressions of one checked program in one language."""

    def __init__(
        self, checked: Checked, language: str, phrases: Mapping[type, Phrase], blocks: Mapping[type, Block]
    ) -> None:
        super().__init__(checked, language)
        self.phrases = phrases
        self.blocks = blocks

    # -------------------------------------------------------------- phrases: one line

    def phrase(self, node: t.Expression, within: Within) -> Words:
        """An expression in one line, as a value."""
        return self.phrases[type(node)](self, node, within)

    def condition(self, node: t.Expression, within: Within) -> Words:
        """A yes or no in one line, as something that holds."""
        fact = self.is_fact(node)
        return self.said_to_be("yes", node, within) if fact else self.phrase(node, within)

    def said_to_be(self, word: Literal["yes", "no"], node: t.Expression, within: Within) -> Words:
        """Something that must be yes, or no."""
        return self.fill("colon", label=self.phrase(node, within), value=self.fill(word))

    def is_fact(self, node: t.Expression) -> bool:
        """Whether a yes or no is a fact or a parameter, whose label alone would not say that it must be yes."""
        if not isinstance(without_none(self.meaning.types.get(node, Anything())), YesNo):
            return False
        target = self.meaning.targets.get(node)
        match node:
            case t.Name() | t.FieldOf() | t.Call():
                return not isinstance(target, (Entry, BuiltIn)) or (
                    isinstance(target, Entry) and isinstance(target.declaration, FACTS)
                )
            case _:
                return False

    def bracketed(self, node: t.Expression, within: Within) -> Words:
        """A phrase in brackets where it would otherwise run into its neighbours."""
        phrase = self.phrase(node, within)
        loose = long(node) or isinstance(node, (t.Logic, t.Comparison, t.Rounding))
        return self.fill("bracketed", what=phrase) if loose else phrase

    def elements(self, elements: tuple[t.Expression | t.Range, ...], within: Within) -> Words:
        """Members of a set or a cell, with `or` before the last."""
        return self.alternatives([self.element(element, within) for element in elements])

    def element(self, element: t.Expression | t.Range, within: Within) -> Words:
        """A member of a set or a cell: a value, or a range in words."""
        if not isinstance(element, t.Range):
            return self.phrase(element, within)
        low = None if element.low is None else self.phrase(element.low, within)
        high = None if element.high is None else self.phrase(element.high, within)
        return self.ranged(low, high, element.below)

    # -------------------------------------------------------------- lines

    def lines(self, node: t.Expression, within: Within) -> tuple[Line, ...]:
        """A value in as many lines as it takes."""
        if isinstance(self.meaning.types.get(node), YesNo) and not isinstance(node, t.Choice):
            return (self.statement(node, within),)
        found = self.blocks.get(type(node))
        lines = found(self, node, within) if found is not None else ()
        return lines or (Line(self.phrase(node, within)),)

    def whole(self, before: str, node: t.Expression, within: Within) -> Line:
        """A condition of its own: `Met when:` and what must hold in a list below."""
        words, below = self.holding(node, within)
        if not below:
            return Line(self.fill("intro", what=self.fill(before)), (Line(words),))
        return self.led(self.fill(before), node, words, below)

    def under(self, before: Words, node: t.Expression, within: Within) -> Line:
        """A condition after what it is the condition of: `7, if …`, or `7, if all of these hold:` and a list."""
        words, below = self.holding(node, within)
        return (
            self.led(before, node, words, below)
            if below
            else Line(self.fill("with condition", before=before, what=words))
        )

    def led(self, before: Words, node: t.Expression, how: Words, below: tuple[Line, ...]) -> Line:
        """How many of the lines below must hold, after what it is the condition of."""
        pattern = "by cases below" if isinstance(bare(node), t.Choice) else "with below"
        return Line(self.fill(pattern, before=before, how=how), below)

    def holding(self, node: t.Expression, within: Within, holds: bool = True) -> tuple[Words, tuple[Line, ...]]:
        """A condition: in one line, or as how many of the lines below it hold."""
        match node:
            case t.Not(of=of):
                return self.holding(of, within, not holds)
            case t.Logic(operator=operator, members=members):
                return self.held(operator, members, within, holds)
            case t.Gather(kind=("all" | "any" | "at least") as kind, members=members, count=count):
                return self.held({"all": "and", "any": "or"}.get(kind, kind), members, within, holds, count)
            case t.Aggregate(kind=("all" | "any") as kind, each=each):
                how = self.fill(WALKED[kind, holds], each=self.each(each, within), of=self.each(each, within, "one"))
                return how, (self.statement(each.body, self.inside(each, within)),)
            case t.Choice():
                return self.fill("cases" if holds else "not cases"), self.cases(node, within)
            case t.Comparison(left=left) if long(left):
                return self.fill("this is", need=self.need(node, holds, within)), self.lines(left, within)
            case _ if holds:
                return self.condition(node, within), ()
            case _:
                return self.refused(node, within), ()

    def held(
        self, operator: str, members: tuple[t.Expression, ...], within: Within, holds: bool, count: int = 0
    ) -> tuple[Words, tuple[Line, ...]]:
        """How many of several conditions hold, and the conditions."""
        lines = tuple(self.statement(member, within) for member in members)
        return self.fill(HELD[operator, holds], n=str(count)), lines

    def statement(self, node: t.Expression, within: Within) -> Line:
        """A condition as a line of a list."""
        words, below = self.holding(node, within)
        return Line(self.fill("intro", what=words), below) if below else Line(words)

    def refused(self, node: t.Expression, within: Within) -> Words:
        """A condition that must not hold, in one line."""
        match node:
            case t.Comparison(left=left):
                return self.compared(left, self.need(node, False, within), within)
            case t.Membership(of=of, container=container, negated=False):
                return self.compared(of, self.contained(container, True, within), within)
            case t.Presence(of=of, given=given):
                return self.compared(of, self.fill("none" if given else "given"), within)
            case t.Membership(of=of, container=container):
                return self.compared(of, self.contained(container, False, within), within)
            case _:
                return self.said_to_be("no", node, within)

    # -------------------------------------------------------------- comparisons

    def compared(self, left: t.Expression, value: Words, within: Within) -> Words:
        """What something must be: `Age: at least 18 years`."""
        return self.fill("colon", label=self.bracketed(left, within), value=value)

    def need(self, node: t.Comparison, holds: bool, within: Within) -> Words:
        """What the left side of a comparison must be."""
        right = self.operand(node.right, within)
        operator = node.operator if holds else OPPOSITES[node.operator]
        if operator == "is":
            return right
        if operator == "is not":
            return self.fill("is not", value=right)
        pattern = comparison_pattern(COMPARATORS[operator], self.meaning.types[node.left])
        return self.fill(pattern, value=right)

    def operand(self, node: t.Expression, within: Within) -> Words:
        """The right side of a comparison."""
        return self.bracketed(node, within)

    def contained(self, container: t.Expression, negated: bool, within: Within) -> Words:
        """What a value must be in, or must not be in."""
        target = self.meaning.targets.get(container)
        if isinstance(container, t.SetLiteral):
            values = self.elements(container.elements, within)
            return self.fill("is not", value=values) if negated else values
        if isinstance(target, Entry) and isinstance(target.declaration, t.SetDeclaration):
            named = self.phrase(container, within) if isinstance(container, t.Call) else self.link(target)
            listed = self.fill("listed in", set=named)
        else:
            listed = self.fill("one of", values=self.phrase(container, within))
        return self.fill("is not", value=listed) if negated else listed

    # -------------------------------------------------------------- cases

    def cases(self, node: t.Choice, within: Within) -> tuple[Line, ...]:
        """The branches of a choice, in order."""
        lines = [line for when, then in node.branches for line in self.case(when, then, within)]
        return (*lines, self.so(self.fill("otherwise"), self.answer(node.otherwise, within)))

    def case(self, when: t.Expression, then: t.Expression, within: Within) -> tuple[Line, ...]:
        """One branch: its value and the condition; the other way round where the value takes several lines."""
        values = self.answer(then, within)
        if one(values):
            return (self.under(self.fill("value if", value=values[0].words), when, within),)
        first = self.under(self.fill("if"), when, within)
        if first.below:
            return (first, self.so(self.fill("then"), values))
        return (self.so(first.words, values),)

    def so(self, label: Words, values: tuple[Line, ...]) -> Line:
        """What holds, or comes out, in a case: in the line that names the case if there is one thing to say."""
        if len(values) > 1:
            return Line(self.fill("intro", what=label), values)
        (value,) = values
        return replace(value, words=self.fill("colon", label=label, value=value.words))

    def answer(self, node: t.Expression, within: Within) -> tuple[Line, ...]:
        """The value of a branch; one that is a condition is said as one."""
        if isinstance(node, t.Choice):
            return (Line(self.fill("intro", what=self.fill("cases")), self.cases(node, within)),)
        return self.lines(node, within)

    # -------------------------------------------------------------- lists

    def each(self, each: t.Each, within: Within, how: Literal["each", "one"] = "each") -> Words:
        """Each of what is walked, or one of it: members of a list, or words of an enum."""
        target = self.meaning.targets.get(each.domain)
        if isinstance(target, EnumDomain):
            return self.fill(f"{how} of words", list=self.named(target.enum.name))
        return self.fill(f"{how} of list", list=self.phrase(each.domain, within))

    def inside(self, node: t.Each | t.Filter | t.Grouping | t.Extreme | t.TheOne, within: Within) -> Within:
        """What an expression about each member stands within."""
        return (*within, self.meaning.binders[node])

    def headed(self, how: Words, below: tuple[Line, ...]) -> Line:
        """What is made of what stands below it; of steps, these alone."""
        steps = below[0].below if len(below) == 1 and below[0].in_order else ()
        return Line(self.fill("intro", what=how), steps or below, in_order=bool(steps))

    def steps(self, node: Pipe, within: Within) -> list[Line]:
        """The steps from a list to what is made of it, the list first."""
        before = self.steps(node.of, within) if isinstance(node.of, Pipe) else [Line(self.phrase(node.of, within))]
        return [*before, self.step(node, within, None)]

    def step(self, node: Pipe, within: Within, of: Words | None) -> Line:
        """One step; with the list it is made of, `of`, where it stands alone."""
        suffix, list_ = ("", ()) if of is None else (" of", of)
        match node:
            case t.Cut(by=by, inside=inside):
                other = self.phrase(by, within)
                return Line(self.fill(("inside" if inside else "outside") + suffix, list=list_, other=other))
            case t.Grouping(key=key):
                by_key = self.phrase(key, self.inside(node, within))
                return Line(self.fill("grouped" + suffix, list=list_, key=by_key))
            case t.Extreme(measure=measure, most=most):
                measured = self.phrase(measure, self.inside(node, within))
                return Line(self.fill(("most" if most else "fewest") + suffix, list=list_, measure=measured))
            case t.TheOne(condition=t.YesNo(value=True)):
                return Line(self.fill("the only" + suffix, list=list_))
            case t.TheOne(condition=condition):
                return self.under(self.fill("the one" + suffix, list=list_), condition, self.inside(node, within))
            case t.Filter(condition=condition):
                return self.under(self.fill("kept" + suffix, list=list_), condition, self.inside(node, within))


def long(node: t.Expression) -> bool:
    """Whether what is compared takes a line of its own."""
    match node:
        case t.Aggregate() | t.Gather() | t.Choice() | t.Each():
            return True
        case t.Filter() | t.Grouping() | t.Extreme() | t.TheOne() | t.Cut():
            return True
        case t.Count(of=of):
            return isinstance(of, Pipe)
        case t.Call(named=named):
            return bool(named)
        case _:
            return False


def one(lines: tuple[Line, ...]) -> bool:
    """Whether something takes one line, with none below it."""
    return len(lines) == 1 and not lines[0].below


def bare(node: t.Expression) -> t.Expression:
    """An expression without its `not`."""
    return bare(node.of) if isinstance(node, t.Not) else node


Phrase: TypeAlias = Callable[[Sentences, Any, Within], Words]
"""How one kind of expression is said in one line."""

Block: TypeAlias = Callable[[Sentences, Any, Within], tuple[Line, ...]]
"""How one kind of expression is said in several lines; no lines where one does."""
