"""The tree of an explanation: from a node and the values around it to lines that say why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Final

from policy.evaluate import Frame
from policy.evaluate.time import credit
from policy.explain.best import BEST, BEST_IN, place_among, ranked
from policy.explain.context import Context
from policy.explain.crediting import Credits, credits_of, uncut
from policy.explain.elsewhere import Answered, answered, asked_of, label_of, suppositions
from policy.explain.members import changed
from policy.explain.phrases import Speaker, is_yes_no
from policy.explain.report import State, Step
from policy.explain.show import show_amount, show_record
from policy.explain.stating import data_of, is_special, merged, state_kept, state_of
from policy.graph import Best, Grid, Node
from policy.model.spells import Credit
from policy.model.types import Enum
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault, Listing, Record, items_of

DUTIES: Final = frozenset({"requirement", "decision"})
"""Kinds of declaration that are met or not met; others have a value."""

MEMBERS: Final = frozenset({"all", "any", "at_least", "and", "or", "sum", "greatest", "least", "different"})
WALKS: Final = frozenset({"filter", "the_one"})
COMPARISONS: Final = frozenset(
    {"is", "is_not", "ge", "le", "gt", "lt", "in", "in_set", "in_list", "length_ge", "length_lt"}
)


@dataclass
class Below:
    """What stands beneath a line: details, and lines of their own."""

    details: list[str] = field(default_factory=list)
    children: list[Step] = field(default_factory=list)

    def add(self, other: Below) -> None:
        """Take in what stands beneath something else."""
        self.details += other.details
        self.children += other.children


class Explainer:
    """Explains nodes of one evaluation in one language. What has been explained once is not explained again."""

    def __init__(self, speaker: Speaker, assumed: str = "assumed here") -> None:
        self.speaker = speaker
        self.assumed = assumed
        self.graph = speaker.graph
        self.told: set[tuple[int, int]] = set()
        self.days: dict[tuple[date, str], Context] = {}
        """The policies that rules are asked of by the law of other days, and what their explanation needs to know."""
        self.earlier: dict[tuple[date, str], Context] = {}
        """The policies that are read as on earlier days, and where their texts are told of."""

    # -------------------------------------------------------------- lines

    def step(self, number: int, frame: Frame, credits: Credits | None = None) -> Step:
        """The line of a node, with what stands beneath it."""
        node = self.graph.nodes[number]
        if node.op == "definition":
            return self.named(number, frame, credits)
        if node.op == "at":
            return self.on_day(number, frame)
        value = frame.value(number)
        if is_yes_no(node.type):
            return self.unnamed(number, frame)
        below = self.below(number, frame, credits)
        return Step(
            state_of(value, yes_no=False),
            self.speaker.label(number, frame),
            self.speaker.value(number, frame),
            tuple(below.details),
            data=data_of(value),
            children=tuple(below.children),
        )

    def named(self, number: int, frame: Frame, credits: Credits | None = None) -> Step:
        """The line of something declared, with moments by the clock of its policy."""
        with self.speaker.by_the_clock_of(self.speaker.about(number)):
            return self._named(number, frame, credits)

    def _named(self, number: int, frame: Frame, credits: Credits | None = None) -> Step:
        """The line of something declared: its label, citation, marks and value."""
        about = self.speaker.about(number)
        value = frame.value(number)
        duty = about.kind in DUTIES or (about.kind == "question" and value is UNKNOWN)
        key = (number, id(frame.home(number).member))
        step = Step(
            state_of(value, yes_no=duty),
            self.speaker.label(number, frame),
            "" if duty and isinstance(value, bool) else self.speaker.value(number, frame),
            cites=self.speaker.cites(about),
            marks=tuple(mark.get(self.speaker.language) for mark in about.unconfirmed),
            name=about.full_name,
            data=data_of(value),
            day=about.read_on,
        )
        if is_special(value) and duty:
            step = replace(step, value="" if not isinstance(value, Fault) else step.value)
        if key in self.told and credits is None:
            return step
        self.told.add(key)
        if about.read_on is not None:
            self.earlier[about.read_on, about.policy] = self.speaker.context
        below = self.below(self.graph.nodes[number].args[0], frame, credits)
        below.details += self.speaker.days_compared(self.graph.nodes[number].args[0], frame)
        return merged(replace(step, details=tuple(below.details), children=tuple(below.children)))

    def unnamed(self, number: int, frame: Frame) -> Step:
        """The line of a condition written out."""
        title, value, wanted = self.speaker.condition(number, frame)
        below = self.below(number, frame)
        figure = self.speaker.figure(number, frame)
        details = below.details or ([figure] if figure else list(wanted))
        holds = frame.value(number)
        children = tuple(below.children)
        return Step(state_of(holds, yes_no=True), title, value, tuple(details), data=data_of(holds), children=children)

    def on_day(self, number: int, frame: Frame) -> Step:
        """The line of a rule by the law of another day, explained as on that day; told in full once."""
        speaker, node = self.speaker, self.graph.nodes[number]
        title, value = speaker.label(number, frame), frame.value(number)
        found = answered(node, frame, speaker.context)
        if not isinstance(found, Answered):
            state, below = state_of(value, yes_no=is_yes_no(node.type)), self.below(node.args[1], frame)
            return Step(
                state, title, speaker.value(number, frame), tuple(below.details), children=tuple(below.children)
            )
        self.days[found.day, asked_of(node).name.partition(".")[0]] = found.context
        inner = Explainer(Speaker(found.context, speaker.language), "set here")
        step = replace(inner.step(found.number, found.evaluation), title=title, day=found.day)
        self.earlier |= inner.earlier
        key = (number, id(frame.member))
        if key in self.told:
            return replace(step, details=(), children=())
        self.told.add(key)
        lines = [self.supposed(name, argument, frame) for name, argument in suppositions(node).items()]
        return replace(step, children=(*step.children, *lines))

    def supposed(self, name: str, number: int, frame: Frame) -> Step:
        """The line of a value that another day is to take for granted, with where it comes from."""
        title = self.speaker.say("set for", label=label_of(self.graph, name, self.speaker.language))
        step = self.step(number, frame)
        if self.graph.nodes[number].op == "const":
            return replace(step, title=title)
        return Step(State.VALUE, title, step.value, data=step.data, children=(step,))

    # -------------------------------------------------------------- what stands beneath

    def below(self, number: int, frame: Frame, credits: Credits | None = None) -> Below:
        """What explains the value of a node."""
        node = self.graph.nodes[number]
        op = node.op
        if op == "definition":
            if credits is None and (number, id(frame.home(number).member)) in self.told:
                return Below()
            return Below([], [self.named(number, frame, credits)])
        if op == "assumed":
            return Below([self.speaker.say(self.assumed)])
        if op == "at":
            return Below([], [self.on_day(number, frame)])
        if op == "applies":
            if frame.value(node.args[0]) is True:
                return self.below(node.args[1], frame, credits)
            return Below([self.speaker.sentence(node.args[0], frame)], self.below(node.args[0], frame).children)
        if op in MEMBERS:
            return Below([], self.members(node, frame))
        if op in BEST:
            return Below([], ranked(self.speaker, node, frame, self.members(node, frame)))
        if op in BEST_IN:
            found = self.below(node.args[0], frame)
            return Below(found.details, ranked(self.speaker, node, frame, found.children))
        if op in COMPARISONS:
            return self.comparison(number, frame)
        if op == "choice":
            return self.choice(node, frame)
        if op in WALKS:
            return self.filtered(number, frame, credits)
        if op in {"most", "fewest"}:
            return self.extremes(number, frame)
        if op == "each":
            return self.each(number, frame)
        if op in {"outside", "inside"}:
            return self.cut(number, frame, credits)
        if op == "credited":
            return self.credited(number, frame)
        if op == "table":
            return self.table(node, frame)
        if op == "capped":
            return self.capped(node, frame)
        if op == "round":
            return self.rounded(node, frame)
        if op == "map":
            return self.by_enum(node, frame)
        if op == "index" and (chosen := self.speaker.chosen(number, frame)) is not None:
            return self.below(*chosen)
        if credits is not None:
            return self.members_of(frame.value(number), credits)
        found = Below()
        for argument in node.args:
            found.add(self.below(argument, frame))
        return found

    def members(self, node: Node, frame: Frame) -> list[Step]:
        """One line for each member written out; members walked over an enum are titled by its values."""
        steps = [self.step(argument, frame) for argument in node.args]
        over = node.value.over if isinstance(node.value, Best) else node.value
        if isinstance(over, Enum):
            titles = [self.speaker.enum_label(over, value) for value in over.values]
            steps = [replace(step, title=title, name="") for title, step in zip(titles, steps, strict=True)]
        if node.op in {"and", "or"}:  # a fault that another side has made harmless says nothing
            steps = [step for step in steps if step.state is not State.FAULT] or steps
        return steps

    def by_enum(self, node: Node, frame: Frame) -> Below:
        """One line for each value of an enum."""
        assert isinstance(node.value, Enum)
        return Below([], self.members(node, frame))

    def comparison(self, number: int, frame: Frame) -> Below:
        """The figure against its threshold, then what the two sides come from."""
        figure = self.speaker.figure(number, frame)
        found = Below([figure] if figure else [])
        for argument in self.graph.nodes[number].args:
            found.add(self.below(argument, frame))
        return found

    def choice(self, node: Node, frame: Frame) -> Below:
        """The conditions that were looked at, and the value of the branch taken."""
        found = Below()
        args = node.args
        for at in range(0, len(args) - 1, 2):
            holds = frame.value(args[at])
            if is_yes_no(node.type) and self.graph.nodes[args[at]].op in {"ge", "gt"}:
                figure = self.speaker.figure(args[at], frame)
                found.details += [figure] if figure and figure not in found.details else []
            if holds is not False or self.graph.nodes[args[at]].op == "definition":
                found.children += self.below(args[at], frame).children
            if holds is True:
                found.add(self.below(args[at + 1], frame))
                return found
            if holds is UNKNOWN:
                return found
        found.add(self.below(args[-1], frame))
        return found

    def table(self, node: Node, frame: Frame) -> Below:
        """What the table was looked up by, and the row that was hit."""
        grid = node.value
        assert isinstance(grid, Grid)
        keys = node.args[: len(grid.keys)]
        found = Below()
        shown = [
            self.speaker.say("colon", label=label, value=self.speaker.value(key, frame))
            for key in keys
            if self.graph.nodes[key].op not in {"const", "definition"} and (label := self.speaker.label(key, frame))
        ]
        values = tuple(frame.value(key) for key in keys)
        if not any(is_special(value) for value in values):
            rows = [grid.rows[hit] for hit in grid.hits(values, (True,) * len(values))]
            shown += [self.speaker.row(grid.name, row) for row in rows]
            found.details += [mark for row in rows for mark in self.speaker.row_marks(grid.name, row)]
        if shown:
            found.details.insert(0, "; ".join(shown))
        for key in keys:
            found.children += self.below(key, frame).children
        return found

    def capped(self, node: Node, frame: Frame) -> Below:
        """What a sum is made of, and the cap when it bites."""
        found = self.below(node.args[0], frame)
        value, limit = (frame.value(argument) for argument in node.args)
        if isinstance(value, int) and isinstance(limit, int) and value > limit:
            found.details.append(self.speaker.say("capped", value=self.speaker.value(node.args[1], frame)))
        return found

    def rounded(self, node: Node, frame: Frame) -> Below:
        """The number before it was rounded, how it was, and what it comes from."""
        found = self.below(node.args[0], frame)
        if not is_special(frame.value(node.args[0])):
            found.details.insert(0, self.speaker.rounded(node, frame))
        return found

    # -------------------------------------------------------------- lists

    def filtered(self, number: int, frame: Frame, credits: Credits | None) -> Below:
        """One line for each member: whether it is kept, and the conditions that it fails."""
        node = self.graph.nodes[number]
        body = node.body
        assert body is not None
        source = self.graph.nodes[node.args[0]]
        found = Below() if source.op in {"input", "field"} else self.below(node.args[0], frame)
        if self.graph.nodes[body.result].op == "const":
            return found
        for inner in frame.frames(number):
            result = inner.value(body.result)
            state = state_kept(result, inner.certain)
            reasons = [] if result is True else self.reasons(body.result, inner)
            found.children.append(self.member(inner.member, state, reasons, credits))
        if node.op == "the_one" and sum(step.state is State.COUNTED for step in found.children) > 1:
            found.details.append(self.speaker.say("several"))
        return found

    def reasons(self, number: int, frame: Frame) -> list[str]:
        """The conditions that a member fails, or that cannot be told."""
        node = self.graph.nodes[number]
        value = frame.value(number)
        if value is True:
            return []
        if node.op in {"and", "all"}:
            failing = [arg for arg in node.args if frame.value(arg) is False]
            chosen = failing or [arg for arg in node.args if frame.value(arg) is not True]
            return [reason for arg in chosen for reason in self.reasons(arg, frame)]
        if node.op in {"or", "any"}:
            chosen = [arg for arg in node.args if frame.value(arg) is not NOT_APPLICABLE]
            return [self.speaker.say("or").join(reason for arg in chosen for reason in self.reasons(arg, frame))]
        if node.op == "definition" and is_yes_no(node.type):
            inner = self.reasons(node.args[0], frame)
            about = self.speaker.about(number)
            provision = "; ".join(cite.text for cite in self.speaker.cites(about))
            if about.kind == "question":
                return [
                    self.speaker.say(
                        "colon",
                        label=about.label.get(self.speaker.language),
                        value=self.speaker.say("decide", provision=provision)
                        if value is UNKNOWN
                        else self.speaker.value(number, frame),
                    )
                ]
            return inner if self.plain(number) else [self.speaker.sentence(number, frame)]
        return [self.speaker.sentence(number, frame)]

    def plain(self, number: int) -> bool:
        """Whether a definition comes down to a condition that speaks for itself."""
        node = self.graph.nodes[number]
        while node.op in {"definition", "not"}:
            node = self.graph.nodes[node.args[0]]
        return node.op in {*COMPARISONS, "field", "and", "or", "all", "any", "is_none", "is_given"}

    def member(self, item: object, state: State, details: list[str], credits: Credits | None) -> Step:
        """The line of a member of a list."""
        title = self.title(item)
        if credits is not None and isinstance(item, Record) and state is not State.NOT_COUNTED:
            text, counted = credits.get(item.path, (self.speaker.say("cut away"), False))
            if state is State.COUNTED and not counted:
                state = State.NOT_COUNTED
            return Step(state, title, "", (*details, text))
        return Step(state, title, "", tuple(details))

    def title(self, item: object) -> str:
        """What a member of a list is called."""
        if isinstance(item, Record):
            return show_record(item, self.speaker.language, self.speaker.catalog)
        return str(item)

    def members_of(self, value: object, credits: Credits) -> Below:
        """The members of a list value with what was credited for each."""
        if not isinstance(value, (tuple, Listing)):
            return Below()
        steps = []
        for item, certain in zip(*items_of(value), strict=True):
            steps.append(self.member(item, State.COUNTED if certain else State.POSSIBLE, [], credits))
        return Below([], steps)

    def extremes(self, number: int, frame: Frame) -> Below:
        """One line for each member with its measure, and which of them are chosen."""
        node = self.graph.nodes[number]
        body = node.body
        assert body is not None
        chosen = frame.value(number)
        source = self.graph.nodes[node.args[0]]
        found = Below() if source.op in {"input", "field", "group"} else self.below(node.args[0], frame)
        for inner in frame.frames(number):
            title = self.speaker.show(inner.member, self.graph.nodes[body.parameter].type)
            measure = inner.value(body.result)
            rank = place_among(self.speaker, node, inner.member, chosen)
            found.children.append(
                Step(
                    state_of(measure, yes_no=False),
                    title,
                    self.speaker.value(body.result, inner),
                    rank,
                    data=data_of(measure),
                )
            )
        return found

    def each(self, number: int, frame: Frame) -> Below:
        """The list, if it has a name, and one line for each member with what comes of it."""
        body = self.graph.nodes[number].body
        assert body is not None
        source = self.graph.nodes[number].args[0]
        found = self.below(source, frame) if self.graph.nodes[source].op == "definition" else Below()
        for inner in frame.frames(number):
            value = inner.value(body.result)
            yes_no = is_yes_no(self.graph.nodes[body.result].type)
            below = self.below(body.result, inner)
            title = self.speaker.show(inner.member, self.graph.nodes[body.parameter].type)
            shown = "" if yes_no else self.speaker.value(body.result, inner)
            state, details, children = state_of(value, yes_no=yes_no), tuple(below.details), tuple(below.children)
            found.children.append(Step(state, title, shown, details, data=data_of(value), children=children))
        return found

    def cut(self, number: int, frame: Frame, credits: Credits | None) -> Below:
        """The spells, and the spells that cut them."""
        node = self.graph.nodes[number]
        found = self.below(node.args[0], frame, credits)
        if not found.children and credits is not None:
            found = self.members_of(frame.value(node.args[0]), credits)
        by = frame.value(node.args[1])
        if changed(frame.value(node.args[0]), frame.value(number)) and isinstance(by, (tuple, Listing)):
            label = self.speaker.label(node.args[1], frame)
            spans = tuple(self.title(item) for item in items_of(by)[0])
            found.children.append(
                Step(State.VALUE, label, self.speaker.say("keeps" if node.op == "inside" else "takes out"), spans)
            )
        return found

    def credited(self, number: int, frame: Frame) -> Below:
        """The window, the cap, and for each spell the hours that it adds."""
        node = self.graph.nodes[number]
        spells, cap, start, until = (frame.value(argument) for argument in node.args)
        if not isinstance(cap, int | Fraction) or is_special(start) or is_special(until):
            return Below([], self.below(node.args[0], frame).children)
        speaker = self.speaker
        window = speaker.say(
            "window", start=speaker.value(node.args[2], frame), until=speaker.value(node.args[3], frame)
        )
        hours = show_amount(cap, "", speaker.language, speaker.catalog)
        details = [window, speaker.say("cap", cap=hours)]
        reckoned = credit(spells, cap, start, until)
        if isinstance(reckoned, Credit):
            found = self.below(
                node.args[0], frame, credits_of(speaker, spells, reckoned, cap, uncut(node.args[0], frame))
            )
        else:
            found = self.below(node.args[0], frame)
        return Below(details, found.children)
