"""Parts of a rule as short phrases: what a node is called, what it is, and what it had to be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from fractions import Fraction
from math import ceil
from typing import Any, Final

from policy.evaluate import Frame
from policy.evaluate.possible import Could
from policy.explain.citations import citation
from policy.explain.comparing import COMPARED, comparison_pattern, range_pattern
from policy.explain.context import Context
from policy.explain.elsewhere import asked_of, day_of, label_of
from policy.explain.report import Citation
from policy.explain.show import show, show_amount, show_date, show_moment, within
from policy.explain.wording import RowWording
from policy.explain.words import say
from policy.graph import CodeSet, FieldRef, Named, Node, Rounding
from policy.model.types import Date, Enum, GroupOf, Moment, Number, YesNo, without_none
from policy.model.values import UNKNOWN, Fault, Record

TURNED: Final = {"ge": "le", "le": "ge", "gt": "lt", "lt": "gt"}
SIGNS: Final = {"add": "+", "subtract": "−", "multiply": "×", "divide": "÷"}
TRANSPARENT: Final = frozenset(
    {"applies", "capped", "filter", "outside", "inside", "the_one", "most", "fewest", "each", "group"}
)
"""Operations that are called what their list or value is called."""


class Speaker:
    """Says parts of a rule in one language."""

    def __init__(self, context: Context, language: str) -> None:
        self.context = context
        self.graph = context.graph
        self.catalog = context.catalog
        self.language = language
        self.zone: str | None = None
        """By whose clock moments are shown: that of the policy that is spoken of."""

    @contextmanager
    def by_the_clock_of(self, about: Named) -> Iterator[None]:
        """Moments are shown by the clock of the policy of something, or by that before where it has none."""
        before, wording = self.zone, self.context.wording
        policies = wording.policies if about.read_on is None else wording.earlier.get(about.read_on, wording.policies)
        policy = policies.get(about.policy)
        self.zone = (policy and policy.zone) or before
        yield
        self.zone = before

    def say(self, pattern: str, **parts: object) -> str:
        """A pattern in the language."""
        return say(pattern, self.language, **parts)

    def about(self, number: int) -> Named:
        """What a definition node says of itself."""
        return self.graph.about[str(self.graph.nodes[number].value)]

    def cites(self, about: Named) -> tuple[Citation, ...]:
        """The citations of something named."""
        return tuple(citation(reference, self.context.wording, self.language) for reference in about.cites)

    # -------------------------------------------------------------- what it is called

    def label(self, number: int, frame: Frame) -> str:
        """What a node is called; empty when it has no name of its own."""
        node = self.graph.nodes[number]
        match node.op:
            case "definition":
                return self._with_arguments(number, frame)
            case "input":
                return self.catalog.inputs[str(node.value)].label.get(self.language)
            case "field":
                return self._field(number, frame)
            case "assessed_on":
                return self.say("assessed on")
            case "const":
                return self.value(number, frame)
            case "credited":
                return self.say("hours credited")
            case "count":
                return self.say("number of", what=self.label(node.args[0], frame).lower())
            case "row":
                return self.catalog.datasets[str(node.value)].label.get(self.language)
            case "index":
                return ", ".join(filter(None, (self.label(arg, frame) for arg in node.args)))
            case "runs":
                return self.say("unbroken")
            case "at":
                return self._on_day(node, frame)
            case "assumed":
                return self.graph.about[str(node.value)].label.get(self.language)
            case "member":
                return self.value(number, frame)
            case op if op in SIGNS:
                parts = (self._bracketed(op, place, arg, frame) for place, arg in enumerate(node.args))
                return f" {SIGNS[op]} ".join(parts)
            case "choice":
                return ""  # what decides is no name for what comes of it
            case "floor":
                return self.say("whole part of", what=self.label(node.args[0], frame))
            case "shift" | "shift_moment":
                moved: Any = node.value
                unit, sign = moved[:2]
                amount = show_amount(self._known(node.args[1], frame), unit, self.language, self.catalog)
                return f"{self.label(node.args[0], frame)} {'+' if sign > 0 else '−'} {amount}"
            case "day_of":
                return self.say("day of", what=self.label(node.args[0], frame), zone=node.value)
            case "applies":
                return self.label(node.args[1], frame)
            case op if op in TRANSPARENT:
                return self.label(node.args[0], frame)
            case _:
                return next((label for arg in node.args if (label := self.label(arg, frame))), "")

    def _bracketed(self, op: str, place: int, number: int, frame: Frame) -> str:
        """What a part of a sum or product is called, in brackets where it would else be read in another order."""
        label, inner = self.label(number, frame), self.graph.nodes[number].op
        first = {"add": inner in SIGNS, "subtract": inner in SIGNS}.get(op, inner in {"multiply", "divide"})
        plain = first if place == 0 or op == "add" else op == "subtract" and inner in {"multiply", "divide"}
        return label if inner not in SIGNS or plain else f"({label})"

    def _on_day(self, node: Node, frame: Frame) -> str:
        """What is asked of another day, with the day."""
        label, day = label_of(self.graph, asked_of(node).name, self.language), day_of(node, frame)
        if day is None:
            return self.say("on unknown day", label=label, what=self.label(node.args[1], frame))
        return self.say("on day", label=label, day=show_date(day, self.language))

    def _known(self, number: int, frame: Frame) -> Any:
        value = frame.value(number)
        return value if isinstance(value, int) else 0

    def _with_arguments(self, number: int, frame: Frame) -> str:
        """The label of a definition, with the arguments that say which case of it this is."""
        node = self.graph.nodes[number]
        label = self.about(number).label.get(self.language) or str(node.value)
        shown = [
            self.value(arg, frame)
            for arg in node.args[1:]
            if isinstance(frame.value(arg), str) or self.graph.nodes[arg].op == "const"
        ]
        label = f"{label} ({', '.join(shown)})" if shown else label
        read_on = self.about(number).read_on
        return self.say("as it read", label=label, day=show_date(read_on, self.language)) if read_on else label

    def _field(self, number: int, frame: Frame) -> str:
        node = self.graph.nodes[number]
        ref = node.value
        assert isinstance(ref, FieldRef)
        if ref.owner in self.catalog.records:
            return self.catalog.records[ref.owner].fields[ref.name].label.get(self.language)
        if ref.owner in self.catalog.datasets:
            return f"{self.catalog.datasets[ref.owner].label.get(self.language)}, {ref.name}"
        return self.label(node.args[0], frame)

    # -------------------------------------------------------------- what it is

    def value(self, number: int, frame: Frame) -> str:
        """The value of a node in words; where it is not known, what it can still be if that says something."""
        node = self.graph.nodes[number]
        reach = frame.reach(number)
        return self.within(reach, node.type) if isinstance(reach, Could) else self.show(reach, node.type)

    def within(self, reach: Could, type_: Any) -> str:
        """What something can still be: between two ends, or one of a few words."""
        return within(reach, self.language, lambda value: self.show(value, type_))

    def show(self, value: object, type_: Any) -> str:
        """A value of a type in words; a group by its key."""
        if isinstance(type_, GroupOf) and isinstance(value, Record):
            return show(value.fields["key"], type_.key, self.language, self.catalog)
        if isinstance(value, datetime) and self.zone is not None:
            return show_moment(value, self.zone)
        return show(value, type_, self.language, self.catalog)

    def rounded(self, node: Node, frame: Frame) -> str:
        """A number before it was rounded, and how it was."""
        how, type_ = node.value, node.type
        assert isinstance(how, Rounding)
        assert isinstance(type_, Number)
        step = show_amount(how.step, type_.unit, self.language, self.catalog)
        return self.say(f"rounded {how.direction}", value=self.value(node.args[0], frame), step=step)

    def chosen(self, number: int, frame: Frame) -> tuple[int, Frame] | None:
        """The node of the value that a map has for a word, where both are known."""
        map_, key = self.graph.nodes[number].args
        home, word = frame.home(map_), frame.value(key)
        while self.graph.nodes[map_].op == "definition":
            map_ = self.graph.nodes[map_].args[0]
            home = home.home(map_)
        made = self.graph.nodes[map_]
        if made.op != "map" or not isinstance(made.value, Enum) or not isinstance(word, str):
            return None
        return made.args[made.value.values.index(word)], home

    # -------------------------------------------------------------- what it had to be

    def condition(self, number: int, frame: Frame) -> tuple[str, str, tuple[str, ...]]:
        """A yes/no node as title, value and what the value had to be."""
        node = self.graph.nodes[number]
        match node.op:
            case "not":
                title, value, _ = self.condition(node.args[0], frame)
                if self.graph.nodes[node.args[0]].op in {"in", "in_set", "in_list", "is"}:
                    return title, value, (self.must_not_be(node.args[0], frame),)
                return title, value, ()
            case "is" | "is_not" | "in" | "in_set" | "in_list" | "ge" | "le" | "gt" | "lt" | "length_ge" | "length_lt":
                subject = node.args[0]
                if self.graph.nodes[subject].op == "assessed_on" and node.op in TURNED:
                    return self._about_the_day(node, frame)
                need = self.wanted(number, frame)
                wanted = self.must_not_be(number, frame) if node.op == "is_not" else self.say("must be", need=need)
                return self.label(subject, frame), self.value(subject, frame), (wanted,)
            case "index" if (chosen := self.chosen(number, frame)) is not None:
                return self.condition(*chosen)
            case "is_none" | "is_given":
                return self.label(node.args[0], frame), self.value(node.args[0], frame), ()
            case "and" | "or" | "all" | "any":
                parts = [self.sentence(arg, frame) for arg in node.args]
                joined = "; " if node.op in {"and", "all"} else self.say("or")
                return joined.join(parts), "", ()
            case _:
                return self.label(number, frame), self.value(number, frame), ()

    def _about_the_day(self, node: Node, frame: Frame) -> tuple[str, str, tuple[str, ...]]:
        """A comparison of the day of the assessment, said of what it is compared with."""
        day = self.value(node.args[0], frame)
        need = self.say(COMPARED[TURNED[node.op]][1], value=day)
        return self.label(node.args[1], frame), self.value(node.args[1], frame), (self.say("must be", need=need),)

    def must_not_be(self, number: int, frame: Frame) -> str:
        """What a value had to differ from."""
        return self.say("must not be", need=self.wanted(number, frame))

    def sentence(self, number: int, frame: Frame) -> str:
        """A yes/no node as one phrase: `Paid: yes`, `Branch: South; must be North`."""
        title, value, wanted = self.condition(number, frame)
        text = self.say("colon", label=title, value=value) if title and value else title or value
        holds = frame.value(number)
        return "; ".join((text, *wanted)) if wanted and holds is not True else text

    def days_compared(self, number: int, frame: Frame) -> list[str]:
        """What is compared with which day or moment, for a comparison that is all there is to a rule."""
        node = self.graph.nodes[number]
        compared = node.op in COMPARED or node.op in {"is", "is_not", "in", "in_list"}
        days = compared and isinstance(without_none(self.graph.nodes[node.args[0]].type), (Date, Moment))
        return [self.sentence(number, frame)] if days else []

    def wanted(self, number: int, frame: Frame) -> str:
        """What the right side of a comparison or membership asks for."""
        node = self.graph.nodes[number]
        if node.op in {"is", "is_not"}:
            return self._operand(node.args[1], frame)
        if node.op in COMPARED:
            pattern = comparison_pattern(node.op, self.graph.nodes[node.args[0]].type)
            return self.say(pattern, value=self._operand(node.args[1], frame))
        if node.op == "in_set":
            assert isinstance(node.value, CodeSet)
            return self.say("listed in", set=self._set_label(node.value.name))
        if node.op == "in_list" and self.graph.nodes[node.args[1]].op == "definition":
            return self.say("listed in", set=self.label(node.args[1], frame))
        if node.op == "in_list":
            return self.say("one of", values=self.value(node.args[1], frame))
        return self._elements(number, frame)

    def _set_label(self, name: str) -> str:
        labels = self.context.wording.sets.get(name)
        return (labels.get(self.language) if labels else "") or name

    def _operand(self, number: int, frame: Frame) -> str:
        """The right side of a comparison: its value, which says enough when the rule writes it out."""
        value = frame.value(number)
        if value is UNKNOWN or isinstance(value, Fault):
            return self.label(number, frame)
        return self.value(number, frame)

    def _elements(self, number: int, frame: Frame) -> str:
        node = self.graph.nodes[number]
        shape: Any = node.value
        parts = []
        for kind, *where in shape:
            if kind == "value":
                parts.append(self._operand(node.args[where[0]], frame))
                continue
            low, high = (None if at is None else self._operand(node.args[at], frame) for at in where[:2])
            pattern = range_pattern(low, high, where[2])
            parts.append(self.say(pattern, low=low, high=high, value=high if low is None else low))
        if len(parts) == 1:
            return parts[0]
        return ", ".join(parts[:-1]) + self.say("or") + parts[-1]

    # -------------------------------------------------------------- rows of tables

    def row(self, name: str, number: int) -> str:
        """A row of a table as it is printed; past the last one, what lies below a scale."""
        rows = self._rows(name)
        if number >= len(rows):
            return self.say("last row")
        return self.say("row", n=number, cells=rows[number].cells)

    def row_marks(self, name: str, number: int) -> list[str]:
        """What could not be confirmed of a row."""
        rows = self._rows(name)
        marks = rows[number].unconfirmed if number < len(rows) else ()
        texts = [mark.get(self.language) for mark in marks]
        return [self.say("colon", label=self.say("unconfirmed"), value=text) for text in texts]

    def _rows(self, name: str) -> tuple[RowWording, ...]:
        return self.context.wording.rows.get(name, ())

    # -------------------------------------------------------------- figures

    def figure(self, number: int, frame: Frame) -> str | None:
        """A number against its threshold, with the margin: `1,320 of 1,560 hours, 240 short`."""
        node = self.graph.nodes[number]
        if node.op not in {"ge", "gt", "le", "lt"} or node.value is not None:
            return None
        left = without_none(self.graph.nodes[node.args[0]].type)
        right = without_none(self.graph.nodes[node.args[1]].type)
        have: Any
        need: Any
        have, need = (frame.value(arg) for arg in node.args)
        if isinstance(have, bool) or not isinstance(left, Number) or not isinstance(right, Number):
            return None
        unit = left.unit if left.unit is not None else right.unit
        if isinstance(need, (Fault, type(UNKNOWN))) or not _is_number(need):
            return None
        wanted = self.say(COMPARED[node.op][0], value=show_amount(need, unit, self.language, self.catalog))
        if not _is_number(have):
            reach = self.value(node.args[0], frame)
            must_be = self.say("must be", need=wanted)
            return must_be if reach == self.say("unknown") else f"{reach}; {must_be}"
        if node.op in {"ge", "gt"}:
            shown = self.amount(have, unit)
            needed = show_amount(need, unit, self.language, self.catalog)
            return f"{self.say('of', have=shown, need=needed)}, {self._margin(have - need, unit)}"
        return f"{show_amount(have, unit, self.language, self.catalog)}; {self.say('must be', need=wanted)}"

    def amount(self, value: Any, unit: str | None) -> str:
        """A number beside one that names the unit already; money keeps its sign."""
        return show_amount(value, unit if unit in self.catalog.symbols else "", self.language, self.catalog)

    def _margin(self, difference: Any, unit: str | None) -> str:
        if difference == 0:
            return self.say("exactly")
        if difference < 0:
            missing = Fraction(ceil(-difference * 100), 100)
            return self.say("short", n=self.amount(missing, unit))
        return self.say("over", n=self.amount(difference, unit))

    def enum_label(self, enum: Enum, value: str) -> str:
        """The label of an enum value."""
        return self.catalog.enums[enum.name].values[value].get(self.language)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Fraction)) and not isinstance(value, bool)


def is_yes_no(type_: object) -> bool:
    """Whether a type is yes or no."""
    return isinstance(type_, YesNo)
