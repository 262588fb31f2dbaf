"""Which facts an unknown value waits for.

A fact is named when it can make a difference to the value as things stand: facts that decide on a member of a list only
if that member can, days of a spell only if they can fall into the window. Behind a condition that is not known nothing
is asked for yet, since it may never be read; so once the facts named are given, there may be others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Final, TypeAlias

from policy.evaluate import Frame
from policy.evaluate.time import RATE, spells_of
from policy.explain.citations import citation
from policy.explain.context import Context
from policy.explain.elsewhere import Answered, answered, suppositions
from policy.explain.members import (
    Places,
    fields_of,
    is_among,
    mattering,
    meet,
    ordinary,
    place_of,
    reach,
    some_certain,
    unknown,
)
from policy.explain.report import Missing
from policy.frozen import dataclass, field, replace
from policy.graph import FieldRef, Grid, Node
from policy.graph.nodes import MemberOf
from policy.model.catalog import FieldShape
from policy.model.spells import Spell, adding
from policy.model.types import Enum
from policy.model.values import UNKNOWN, Listing, MapValue, Part, Record, items_of

DAYS: Final = ("start", "end")

NOWHERE: Final[Places] = frozenset()


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that is not known: an input, a field of a record, or the answer to an open question."""

    path: str
    shape: FieldShape | None
    question: str | None = None
    context: Context | None = field(default=None, compare=False)
    """The rules of another day that ask for it, where it is they that do."""


Supposed: TypeAlias = Callable[[str], Iterator[Gap]]
"""What keeps a value from being known that a rule of another day is to take for granted, by full name."""

Ask: TypeAlias = Callable[[int, Frame, Places], Iterator[Gap]]
"""A question about members of a list."""


def gaps(number: int, frame: Frame, context: Context) -> tuple[Gap, ...]:
    """The facts that the value of a node waits for, in the order in which the rule reads them."""
    return tuple(dict.fromkeys(_Search(context).anything(number, frame)))


def say_gap(gap: Gap, context: Context, language: str) -> Missing:
    """A gap in words: what it is called and the question that asks for it."""
    context = gap.context or context
    if gap.question is not None:
        about = context.graph.about[gap.question]
        provision = "; ".join(citation(reference, context.wording, language).text for reference in about.cites)
        return Missing(gap.path, about.label.get(language), about.label.get(language), provision)
    label = gap.shape.label.get(language) if gap.shape else gap.path
    question = gap.shape.question.get(language) if gap.shape else ""
    return Missing(gap.path, label or gap.path, question)


class _Search:
    """A walk from an unknown value down to the facts that make it so.

    `value` asks what keeps a value from being known, `members` what keeps members of a list from being certain and
    known, `spells` also on which days they are, `contents` what keeps a group, run or piece from being fully known.
    """

    def __init__(self, context: Context, supposed: Supposed | None = None) -> None:
        self.context = context
        self.supposed = supposed
        self.catalog = context.catalog
        self.graph = context.graph
        self._asked: set[tuple[object, ...]] = set()
        self._frames: dict[tuple[int, int], tuple[Frame, ...]] = {}
        self._spells: dict[tuple[int, int], list[Spell]] = {}

    def _new(self, what: str, number: int, frame: Frame, places: Places = NOWHERE) -> bool:
        """Whether this is asked for the first time."""
        key = (what, number, id(frame), places)
        if key in self._asked:
            return False
        self._asked.add(key)
        return True

    def frames(self, number: int, frame: Frame) -> tuple[Frame, ...]:
        """The frames of a walk, one for each member; the same ones whenever they are asked for."""
        key = (number, id(frame))
        if key not in self._frames:
            self._frames[key] = tuple(frame.frames(number))
        return self._frames[key]

    def spells_of(self, number: int, frame: Frame) -> list[Spell]:
        """The spells of a list, made once."""
        key = (number, id(frame))
        if key not in self._spells:
            self._spells[key] = spells_of(frame.value(number))
        return self._spells[key]

    def result(self, number: int, frame: Frame, place: int) -> Iterator[Gap]:
        """What keeps the result of a walk for one member from being known."""
        body, frames = self.graph.nodes[number].body, self.frames(number, frame)
        assert body is not None
        if place < len(frames):
            yield from self.value(body.result, frames[place])

    def anything(self, number: int, frame: Frame) -> Iterator[Gap]:
        """What keeps a value from being known, or any member of a list."""
        held = frame.value(number)
        if isinstance(held, (tuple, Listing)):
            yield from self.members(number, frame, mattering("", held))
        else:
            yield from self.value(number, frame)

    # -------------------------------------------------------------- values

    def value(self, number: int, frame: Frame) -> Iterator[Gap]:
        """What keeps a value from being known."""
        frame = frame.home(number)
        if frame.value(number) is not UNKNOWN or not self._new("value", number, frame):
            return
        node = self.graph.nodes[number]
        match node.op:
            case "input":
                yield Gap(str(node.value), self.catalog.inputs.get(str(node.value)))
            case "question":
                yield from self._question(node, frame)
            case "field":
                yield from self._field(node, frame)
            case "member":
                yield from self._walked(frame, self.members)
            case "definition":
                yield from self.value(node.args[0], frame)
            case "applies" | "choice":
                yield from self._guarded(node, frame)
            case "index":
                yield from self._entry(node, frame)
            case "table":
                yield from self._table(node, frame)
            case "at":
                yield from self._on_day(node, frame)
            case "assumed" if self.supposed is not None:
                yield from self.supposed(str(node.value))
            case "credited":
                yield from self._credited(node, frame)
            case "the_one":
                yield from self._the_one(number, node, frame)
            case _:
                yield from self._operands(number, node, frame)

    def values(self, numbers: Iterable[int], frame: Frame) -> Iterator[Gap]:
        """What keeps several values from being known."""
        for number in numbers:
            yield from self.value(number, frame)

    def _operands(self, number: int, node: Node, frame: Frame) -> Iterator[Gap]:
        """What keeps the operands of an operation from being known; of a list, the members that matter."""
        args = node.args
        if node.op in {"greatest_in", "least_in"} and some_certain(frame.value(args[0])):
            args = args[:1]
        for argument in args:
            held = frame.value(argument)
            if isinstance(held, (tuple, Listing)):
                yield from self.members(argument, frame, mattering(node.op, held))
            else:
                yield from self.value(argument, frame)
        if node.body is not None:
            yield from self._kept(number, frame, frozenset(range(len(self.frames(number, frame)))))

    def _question(self, node: Node, frame: Frame) -> Iterator[Gap]:
        """The answer to an open question; about a record that is not known, the record first."""
        about = [frame.value(argument) for argument in node.args]
        if all(isinstance(record, Record) for record in about):
            suffix = "".join(f'["{record.path}"]' for record in about if isinstance(record, Record))
            yield Gap(f"answers.{node.value}{suffix}", None, str(node.value))
        else:
            yield from self.values(node.args, frame)

    def _guarded(self, node: Node, frame: Frame) -> Iterator[Gap]:
        """Conditions in order, up to the first that is not known; the value behind one that holds."""
        for condition, value in zip(node.args[::2], node.args[1::2], strict=False):
            holds = frame.value(condition)
            if holds is UNKNOWN:
                yield from self.value(condition, frame)
                return
            if holds is not False:
                yield from self.anything(value, frame)
            if holds is True:
                return
        if node.op == "choice":
            yield from self.anything(node.args[-1], frame)

    def _on_day(self, node: Node, frame: Frame) -> Iterator[Gap]:
        """The day; where that is known, what the rules of the day wait for."""
        found = answered(node, frame, self.context)
        if not isinstance(found, Answered):
            yield from self.value(node.args[1], frame)
            return
        given = suppositions(node)
        inner = _Search(found.context, lambda name: self.value(given[name], frame))
        for gap in inner.anything(found.number, found.evaluation):
            yield gap if gap.context is not None else replace(gap, context=found.context)

    def _table(self, node: Node, frame: Frame) -> Iterator[Gap]:
        """The keys in which rows in reach differ; when all those are known, the output of the row."""
        grid = node.value
        assert isinstance(grid, Grid)
        keys, outputs = node.args[: len(grid.keys)], node.args[len(grid.keys) :]
        values = tuple(frame.value(key) for key in keys)
        hits = grid.hits(values, tuple(ordinary(value) for value in values))
        differing = [key for at, key in enumerate(keys) if len({grid.cells[hit][at] for hit in hits}) > 1]
        if any(frame.value(key) is UNKNOWN for key in differing):
            yield from self.values(differing, frame)
        else:
            yield from self.values([*keys, *(outputs[hit] for hit in hits)], frame)

    # -------------------------------------------------------------- records and maps

    def _field(self, node: Node, frame: Frame) -> Iterator[Gap]:
        """A field that was left out; or whatever keeps the record from being known, or it from being whole."""
        record, ref = frame.value(node.args[0]), node.value
        assert isinstance(ref, FieldRef)
        if not isinstance(record, Record):
            yield from self.value(node.args[0], frame)
        elif not record.path or (isinstance(record, Part) and ref.name in DAYS):
            yield from self.contents(node.args[0], frame)
        else:
            yield self._gap(record, ref.name)

    def _gap(self, record: Record, name: str, suffix: str = "") -> Gap:
        shape = self.catalog.records.get(record.type)
        return Gap(f"{record.path}.{name}{suffix}", shape.fields.get(name) if shape else None)

    def _entry(self, node: Node, frame: Frame) -> Iterator[Gap]:
        """The value of a map for a key that is known; otherwise the key, or the map."""
        map_, key = node.args
        word = frame.value(key)
        if not isinstance(frame.value(map_), MapValue) or not isinstance(word, str):
            yield from self.values((key, map_), frame)
            return
        made, home = self._maker(map_, frame)
        source = self.graph.nodes[made]
        match source.op:
            case "input":
                yield Gap(f"{source.value}.{word}", self.catalog.inputs.get(str(source.value)))
            case "field" if isinstance(source.value, FieldRef):
                record = home.value(source.args[0])
                assert isinstance(record, Record)
                yield self._gap(record, source.value.name, f".{word}")
            case "map" if isinstance(source.value, Enum):
                yield from self.value(source.args[source.value.values.index(word)], home)
            case _:
                yield from self.values(source.args, home)

    def _maker(self, number: int, frame: Frame) -> tuple[int, Frame]:
        """The node that a value comes from, through definitions and the branches that are taken."""
        frame = frame.home(number)
        node = self.graph.nodes[number]
        if node.op == "definition":
            return self._maker(node.args[0], frame)
        if node.op not in {"applies", "choice"}:
            return number, frame
        for condition, value in zip(node.args[::2], node.args[1::2], strict=False):
            if frame.value(condition) is True:
                return self._maker(value, frame)
            if frame.value(condition) is not False:
                return number, frame
        return self._maker(node.args[-1], frame)

    def contents(self, number: int, frame: Frame) -> Iterator[Gap]:
        """What keeps a group, a run or a piece of a spell from being fully known."""
        number, frame = self._maker(number, frame)
        node = self.graph.nodes[number]
        if node.op == "member":
            yield from self._walked(frame, self._contents_at)
        elif node.op == "the_one":
            place = place_of(frame.value(number), frame.value(node.args[0]))
            yield from self._contents_at(node.args[0], frame, frozenset((place,)))

    def _walked(self, frame: Frame, ask: Ask) -> Iterator[Gap]:
        """Ask about the member of a frame, as a member of its list."""
        assert frame.parent is not None
        assert frame.parameter is not None
        member = self.graph.nodes[frame.parameter].value
        assert isinstance(member, MemberOf)
        around = frame.parent.home(member.list)
        place = place_of(frame.member, around.value(member.list))
        yield from ask(member.list, around, frozenset((place,)))

    def _contents_at(self, number: int, frame: Frame, places: Places) -> Iterator[Gap]:
        """What keeps groups, runs or pieces in a list from being fully known."""
        number, frame = self._maker(number, frame)
        node, held = self.graph.nodes[number], frame.value(number)
        if node.op in {"filter", "most", "fewest"} and isinstance(held, (tuple, Listing)):
            chosen = (items_of(held)[0][place] for place in places)
            inner = frozenset(place_of(item, frame.value(node.args[0])) for item in chosen)
            yield from self._contents_at(node.args[0], frame, inner)
        else:
            yield from self.members(number, frame, places)

    # -------------------------------------------------------------- lists

    def members(self, number: int, frame: Frame, places: Places) -> Iterator[Gap]:
        """What keeps members of a list from being certain, or their values from being known."""
        number, frame = self._maker(number, frame)
        held = frame.value(number)
        if not isinstance(held, (tuple, Listing)):
            yield from self.value(number, frame)
            return
        if not places or not self._new("list", number, frame, places):
            return
        node = self.graph.nodes[number]
        match node.op:
            case "each":
                yield from self._kept(number, frame, places)
            case "filter":
                frames = self.frames(number, frame)
                assert node.body is not None
                kept = [i for i, inner in enumerate(frames) if inner.value(node.body.result) is not False]
                yield from self._kept(number, frame, frozenset(kept[place] for place in places if place < len(kept)))
            case "most" | "fewest":
                yield from self._kept(number, frame, frozenset(range(len(self.frames(number, frame)))))
            case "group":
                yield from self._grouped(number, frame, places)
            case "outside" | "inside":
                yield from self._cut(node, frame, held, places)
            case "runs":
                yield from self._runs(node, frame, held, places)
            case "field":
                yield from self.contents(node.args[0], frame)
            case "choice" | "applies":
                yield from self._guarded(node, frame)
            case _:
                pass

    def _kept(self, number: int, frame: Frame, places: Places) -> Iterator[Gap]:
        """For each of these members: whether it is in the list that is walked, and what the walk gives for it."""
        walked = self.graph.nodes[number].args[0]
        for place in sorted(places):
            yield from self._certain(walked, frame, frozenset((place,)))
            yield from self.result(number, frame, place)

    def _certain(self, number: int, frame: Frame, places: Places) -> Iterator[Gap]:
        """What keeps those of these members from being certain that are not, or their values from being known."""
        held = frame.value(number)
        assert isinstance(held, (tuple, Listing))
        items, certain = items_of(held)
        unsure = (place for place in places if not certain[place] or unknown(items[place]))
        yield from self.members(number, frame, frozenset(unsure))

    def _grouped(self, number: int, frame: Frame, places: Places) -> Iterator[Gap]:
        """The keys that are not known of the members of these groups, and whether they are there."""
        groups, _ = items_of(frame.value(number))
        inside = [item for place in places for item in items_of(fields_of(groups[place])["members"])[0]]
        walked, _ = items_of(frame.value(self.graph.nodes[number].args[0]))
        yield from self._kept(number, frame, frozenset(i for i, item in enumerate(walked) if is_among(item, inside)))

    def _the_one(self, number: int, node: Node, frame: Frame) -> Iterator[Gap]:
        """Whether members that may be the one are; nothing, when there are several for certain."""
        held = frame.value(node.args[0])
        if not isinstance(held, (tuple, Listing)):
            yield from self.value(node.args[0], frame)
            return
        assert node.body is not None
        results = [inner.value(node.body.result) for inner in self.frames(number, frame)]
        _, certain = items_of(held)
        if sum(result is True and sure for result, sure in zip(results, certain, strict=True)) < 2:
            yield from self._kept(
                number, frame, frozenset(i for i, result in enumerate(results) if result is not False)
            )

    # -------------------------------------------------------------- time in spells

    def spells(self, number: int, frame: Frame, places: Places, rates: bool) -> Iterator[Gap]:
        """Whether these spells are there, on which days they are and, where it counts, their hours a week."""
        items, _ = items_of(frame.value(number))
        for place in sorted(places):
            item = items[place]
            yield from self._certain(number, frame, frozenset((place,)))
            if isinstance(item, Part):
                yield from self.members(number, frame, frozenset((place,)))
            whole = item.whole if isinstance(item, Part) else item
            held = fields_of(whole)
            for name in (*DAYS, RATE) if rates else DAYS:
                if held.get(name) is UNKNOWN and isinstance(whole, Record) and whole.path:
                    yield self._gap(whole, name)

    def _credited(self, node: Node, frame: Frame) -> Iterator[Gap]:
        """The cap and the window, then the spells that can add to the hours or keep others from doing so."""
        list_, *rest = node.args
        yield from self.values(rest, frame)
        held = frame.value(list_)
        cap, start, until = (frame.value(argument) for argument in rest)
        if not isinstance(held, (tuple, Listing)):
            yield from self.value(list_, frame)
        elif isinstance(cap, (int, Fraction)) and isinstance(start, date) and isinstance(until, date):
            spells = spells_of(held)
            yield from self.spells(
                list_, frame, adding(spells, cap=Fraction(cap), from_=start, until=until), rates=True
            )

    def _cut(self, node: Node, frame: Frame, pieces: object, places: Places) -> Iterator[Gap]:
        """The spells that these pieces are of, and those of the cutters that may reach them."""
        of, by = node.args
        chosen = [items_of(pieces)[0][place] for place in places]
        whole, _ = items_of(frame.value(of))
        yield from self.spells(of, frame, frozenset(i for i, s in enumerate(whole) if is_among(s, chosen)), rates=False)
        cutters = frame.value(by)
        if not isinstance(cutters, (tuple, Listing)):
            yield from self.value(by, frame)
            return
        reaches = [
            reach(spell) for spell, item in zip(self.spells_of(of, frame), whole, strict=True) if is_among(item, chosen)
        ]
        near = frozenset(
            i
            for i, cutter in enumerate(self.spells_of(by, frame))
            if any(meet(reach(cutter), days) for days in reaches)
        )
        yield from self.spells(by, frame, near, rates=False)

    def _runs(self, node: Node, frame: Frame, runs: object, places: Places) -> Iterator[Gap]:
        """The spells that these unbroken periods are made of."""
        inside = [item for place in places for item in items_of(fields_of(items_of(runs)[0][place])["members"])[0]]
        spells, _ = items_of(frame.value(node.args[0]))
        assert isinstance(node.value, tuple)
        found = frozenset(i for i, spell in enumerate(spells) if is_among(spell, inside))
        yield from self.spells(node.args[0], frame, found, rates="at_least" in node.value)
