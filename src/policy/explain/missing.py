"""Which facts an unknown value waits for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policy.evaluate import Frame
from policy.explain.citations import citation
from policy.explain.context import Context
from policy.explain.report import Missing
from policy.graph import FieldRef
from policy.model.catalog import FieldShape
from policy.model.values import UNKNOWN, Listing, Record, items_of

RATE = "hours_per_week"


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
    """A walk from an unknown value down to the facts that make it so."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.graph = context.graph
        self.seen: set[tuple[int, int]] = set()

    def at(self, number: int, frame: Frame) -> Iterator[Gap]:
        value = frame.value(number)
        if not _open(value):
            return
        node = self.graph.nodes[number]
        if (number, id(frame.member)) in self.seen:
            return
        self.seen.add((number, id(frame.member)))
        match node.op:
            case "input" if value is UNKNOWN:
                yield Gap(str(node.value), self.context.catalog.inputs.get(str(node.value)))
            case "question":
                about = frame.value(node.args[0]) if node.args else None
                suffix = f'["{about.path}"]' if isinstance(about, Record) else ""
                yield Gap(f"answers.{node.value}{suffix}", None, str(node.value))
            case "field":
                yield from self._field(number, frame)
            case "member":
                yield from self._record(value)
            case _:
                yield from self._below(number, frame)

    def _field(self, number: int, frame: Frame) -> Iterator[Gap]:
        node = self.graph.nodes[number]
        record = frame.value(node.args[0])
        ref = node.value
        assert isinstance(ref, FieldRef)
        if isinstance(record, Record) and ref.owner in self.context.catalog.records:
            shape = self.context.catalog.records[ref.owner].fields.get(ref.name)
            yield Gap(f"{record.path}.{ref.name}", shape)
        else:
            yield from self.at(node.args[0], frame)

    def _below(self, number: int, frame: Frame) -> Iterator[Gap]:
        node = self.graph.nodes[number]
        for argument in node.args:
            yield from self.at(argument, frame)
        if node.body is not None:
            for inner in frame.frames(number):
                yield from self.at(node.body.result, inner)
        if node.op in {"credited", "runs", "outside", "inside", "index"}:
            for argument in node.args:
                yield from self._spells(frame.value(argument))
        if node.op == "index":
            yield from self._entry(number, frame)

    def _entry(self, number: int, frame: Frame) -> Iterator[Gap]:
        """The value of a map of a record that was left out."""
        map_, key = self.graph.nodes[number].args
        node = self.graph.nodes[map_]
        if node.op == "input" and frame.value(map_) is not UNKNOWN:
            yield Gap(f"{node.value}.{frame.value(key)}", self.context.catalog.inputs.get(str(node.value)))
        if node.op == "field" and isinstance(node.value, FieldRef):
            record = frame.value(node.args[0])
            if isinstance(record, Record) and record.path:
                shape = self.context.catalog.records[node.value.owner].fields.get(node.value.name)
                yield Gap(f"{record.path}.{node.value.name}.{frame.value(key)}", shape)

    def _spells(self, value: object) -> Iterator[Gap]:
        """Days and hours of spells that were left out."""
        if not isinstance(value, (tuple, Listing)):
            return
        for item in items_of(value)[0]:
            if isinstance(item, Record):
                yield from self._record(item, only=("start", "end", RATE))

    def _record(self, value: object, only: tuple[str, ...] | None = None) -> Iterator[Gap]:
        if not isinstance(value, Record) or not value.path or value.type not in self.context.catalog.records:
            return
        shape = self.context.catalog.records[value.type]
        for name, held in value.fields.items():
            if held is UNKNOWN and (only is None or name in only):
                yield Gap(f"{value.path}.{name}", shape.fields.get(name))


def _open(value: object) -> bool:
    """Whether something about a value is not known."""
    if value is UNKNOWN or isinstance(value, Listing):
        return True
    if isinstance(value, tuple):
        return any(item is UNKNOWN or (isinstance(item, Record) and UNKNOWN in item.fields.values()) for item in value)
    return isinstance(value, Record) and UNKNOWN in value.fields.values()
