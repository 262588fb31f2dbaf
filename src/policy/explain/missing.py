"""Which facts an unknown value waits for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from policy.evaluate import Frame
from policy.evaluate.time import RATE
from policy.explain.citations import citation
from policy.explain.context import Context
from policy.explain.report import Missing
from policy.graph import FieldRef, Node
from policy.model.catalog import FieldShape
from policy.model.values import UNKNOWN, Listing, Part, Record, items_of

TIMES: Final = ("start", "end", RATE)
"""The fields of a spell that time is reckoned from."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that is not known: an input, a field of a record, or the answer to an open question."""

    path: str
    shape: FieldShape | None
    question: str | None = None


def gaps(number: int, frame: Frame, context: Context) -> tuple[Gap, ...]:
    """The facts that the value of a node waits for, in the order in which the rule reads them."""
    return tuple(dict.fromkeys(_Search(context).at(number, frame)))


def missing(number: int, frame: Frame, context: Context, language: str) -> tuple[Missing, ...]:
    """The same in words, each fact once."""
    return tuple(say_gap(gap, context, language) for gap in gaps(number, frame, context))


def say_gap(gap: Gap, context: Context, language: str) -> Missing:
    """A gap in words: what it is called and the question that asks for it."""
    if gap.question is not None:
        about = context.graph.about[gap.question]
        provision = "; ".join(citation(reference, context.texts, language).text for reference in about.cites)
        return Missing(gap.path, about.label.get(language), about.label.get(language), provision or "")
    label = gap.shape.label.get(language) if gap.shape else gap.path
    question = gap.shape.question.get(language) if gap.shape else ""
    return Missing(gap.path, label or gap.path, question)


class _Search:
    """A walk from an unknown value down to the facts that make it so.

    Where a condition is not known, what lies behind it is not asked for yet: it may not be read at all.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.graph = context.graph
        self.seen: set[tuple[int, int]] = set()

    def at(self, number: int, frame: Frame) -> Iterator[Gap]:
        """The gaps behind the value of a node, if anything about it is not known."""
        value = frame.value(number)
        if not _open(value) or (number, id(frame.member)) in self.seen:
            return
        self.seen.add((number, id(frame.member)))
        node = self.graph.nodes[number]
        match node.op:
            case "input":
                if value is UNKNOWN:
                    yield Gap(str(node.value), self.context.catalog.inputs.get(str(node.value)))
            case "question":
                about = frame.value(node.args[0]) if node.args else None
                suffix = f'["{about.path}"]' if isinstance(about, Record) else ""
                yield Gap(f"answers.{node.value}{suffix}", None, str(node.value))
            case "field":
                yield from self._field(node, frame)
            case "member":
                return
            case "definition":
                yield from self.at(node.args[0], frame)
            case "applies" | "choice":
                yield from self._guarded(node, frame)
            case "index":
                yield from self._entry(node, frame)
            case _:
                yield from self._below(number, node, frame)

    def _guarded(self, node: Node, frame: Frame) -> Iterator[Gap]:
        """Conditions in order, up to the first that is not known; the value behind one that holds."""
        pairs = list(zip(node.args[::2], node.args[1::2], strict=False))
        for condition, value in pairs:
            holds = frame.value(condition)
            if holds is UNKNOWN:
                yield from self.at(condition, frame)
                return
            if holds is True:
                yield from self.at(value, frame)
                return
        if node.op == "choice":
            yield from self.at(node.args[-1], frame)

    def _field(self, node: Node, frame: Frame) -> Iterator[Gap]:
        """A field that was left out; or, of a record that is not known, whatever keeps it from being known."""
        record, ref = frame.value(node.args[0]), node.value
        assert isinstance(ref, FieldRef)
        if isinstance(record, Part):
            record = record.whole
        if not isinstance(record, Record) or ref.owner not in self.context.catalog.records:
            yield from self.at(node.args[0], frame)
        elif record.fields[ref.name] is UNKNOWN:
            yield self._gap(record, ref.name)

    def _below(self, number: int, node: Node, frame: Frame) -> Iterator[Gap]:
        for argument in node.args:
            yield from self.at(argument, frame)
        if node.body is not None:
            for inner in frame.frames(number):
                yield from self.at(node.body.result, inner)
        if node.op in {"credited", "runs", "outside", "inside"}:
            for argument in node.args:
                yield from self._spells(frame.value(argument))

    def _entry(self, node: Node, frame: Frame) -> Iterator[Gap]:
        """The value of a map that was left out."""
        map_, key = node.args
        source, word = self.graph.nodes[map_], frame.value(key)
        if word is UNKNOWN or frame.value(map_) is UNKNOWN:
            yield from self.at(key, frame)
            yield from self.at(map_, frame)
        elif source.op == "input":
            yield Gap(f"{source.value}.{word}", self.context.catalog.inputs.get(str(source.value)))
        elif source.op == "field" and isinstance(source.value, FieldRef):
            record = frame.value(source.args[0])
            if isinstance(record, Record) and record.path:
                yield self._gap(record, source.value.name, f".{word}")

    def _spells(self, value: object) -> Iterator[Gap]:
        """Days and hours of spells that were left out."""
        if not isinstance(value, (tuple, Listing)):
            return
        for item in items_of(value)[0]:
            record = item.whole if isinstance(item, Part) else item
            if isinstance(record, Record) and record.type in self.context.catalog.records:
                yield from (self._gap(record, name) for name in TIMES if record.fields.get(name) is UNKNOWN)

    def _gap(self, record: Record, name: str, suffix: str = "") -> Gap:
        shape = self.context.catalog.records[record.type].fields.get(name)
        return Gap(f"{record.path}.{name}{suffix}", shape)


def _open(value: object) -> bool:
    """Whether something about a value is not known."""
    if value is UNKNOWN or isinstance(value, Listing):
        return True
    if isinstance(value, tuple):
        return any(item is UNKNOWN or (isinstance(item, Record) and UNKNOWN in item.fields.values()) for item in value)
    return isinstance(value, Record) and UNKNOWN in value.fields.values()
