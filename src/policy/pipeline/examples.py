"""Running the examples that stand in policy files."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from policy.diagnostics import Diagnostic, Mistakes
from policy.explain.errors import unknown_outcome
from policy.explain.show import show
from policy.explain.words import state_word
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault
from policy.model.versions import Timeline
from policy.pipeline import errors
from policy.pipeline.library import Library
from policy.pipeline.rules import Rules
from policy.profiles import Datum, Entry, ListDatum, MappingDatum, ScalarDatum
from policy.syntax import tree as t
from policy.text import Span

PROFILE = "profile"
"""The kind of a sample that is a part of a whole profile rather than of one record."""


def run_examples(library: Library) -> Iterator[Diagnostic]:
    """A mistake for each example that does not come out as it expects, each on the line it is about."""
    for timeline in library.timelines.values():
        for _, example in timeline.examples:
            yield from run_example(library, timeline, example)


def run_example(library: Library, timeline: Timeline, example: t.Example) -> Iterator[Diagnostic]:
    """What one example gets wrong."""
    law = example.law_of or example.on
    if law < library.first_day:
        yield errors.before_first_day_in(example.name_span, law, library.first_day)
        return
    rules = library.on(law, assessed_on=example.on)
    facts = ExampleFacts(rules, timeline.name)
    document = facts.document(example)
    if facts.mistakes:
        yield from facts.mistakes
        return
    try:
        answer = rules.evaluate(document)
    except Mistakes as problem:
        for mistake in problem.diagnostics:
            yield errors.example_facts(example.name_span, mistake)
        return
    for expected in example.expected:
        name = expected.name if "." in expected.name else f"{timeline.name}.{expected.name}"
        if name not in answer:
            known = [known.removeprefix(f"{timeline.name}.") for known in answer]
            yield unknown_outcome(expected.name, known, expected.span)
            continue
        value = answer.values.outcome(name)
        if not _as_expected(expected, value):
            type_ = rules.graph.nodes[rules.graph.named[name]].type
            got = _word(value) or show(value, type_, "en", rules.catalog)
            yield errors.example_fails(expected.span, expected.name, _wanted(expected), got)


def _as_expected(expected: t.Expected, value: object) -> bool:
    match expected.outcome:
        case "met":
            return value is True
        case "not met":
            return value is False
        case "unknown":
            return value is UNKNOWN
        case "not applicable":
            return value is NOT_APPLICABLE
        case "value":
            return _equals(expected.value or "", value)


def _equals(written: str, value: object) -> bool:
    """Whether a value is the one written; a number is compared at the decimals written, dropped downward."""
    match value:
        case bool():
            return written == ("yes" if value else "no")
        case int() | Fraction():
            try:
                wanted = Fraction(written.replace(",", ""))
            except ValueError:
                return False
            places = len(written.partition(".")[2])
            return Fraction(int(abs(value) * 10**places), 10**places) * (-1 if value < 0 else 1) == wanted
        case None:
            return written == "none"
        case str():
            return written == value
        case _:
            return hasattr(value, "isoformat") and bool(value.isoformat() == written)


def _wanted(expected: t.Expected) -> str:
    if expected.outcome == "value":
        return f"`{expected.value}{' ' + expected.unit if expected.unit else ''}`"
    return expected.outcome


def _word(value: object) -> str:
    if value is UNKNOWN:
        return "unknown"
    if value is NOT_APPLICABLE:
        return "not applicable"
    if isinstance(value, Fault):
        return f"a fault: {value.reason}"
    if isinstance(value, bool):
        return state_word("met" if value else "not met", "en")
    return ""


class ExampleFacts:
    """Makes the profile of an example from what it is given and the samples it is like."""

    def __init__(self, rules: Rules, policy: str) -> None:
        self.rules = rules
        self.policy = policy
        self.mistakes: list[Diagnostic] = []

    def document(self, example: t.Example) -> Datum:
        """The profile: the samples in order, then what is given, later entries over earlier ones."""
        entries: dict[str, Entry] = {}
        for name, span in example.like:
            entries.update(self._sample(name, span, PROFILE, ()))
        for name, span, data in example.given:
            entries[name] = Entry(name, self._datum(data), span)
        return MappingDatum(tuple(entries.values()), None)

    def _datum(self, data: t.Data, path: tuple[str, ...] = ()) -> Datum:
        match data:
            case t.Plain(text=text, span=span):
                return ScalarDatum(text, span, plain=True)
            case t.Quoted(text=text, span=span):
                return ScalarDatum(text, span)
            case t.ListData(items=items, span=span):
                return ListDatum(tuple(self._datum(item, path) for item in items), span)
            case t.MapData(span=span):
                return MappingDatum(tuple(self._entries(data, path).values()), span)

    def _entries(self, data: t.MapData, path: tuple[str, ...]) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for key, span, value in data.pairs:
            if key == "like" and isinstance(value, t.Plain):
                entries.update(self._sample(value.text, value.span, None, path))
            else:
                entries[key] = Entry(key, self._datum(value, path), span)
        return entries

    def _sample(self, name: str, span: Span, kind: str | None, path: tuple[str, ...]) -> dict[str, Entry]:
        """What a sample gives. A record in a profile is judged as such later, so its kind needs no check here."""
        if name in path:
            self.mistakes.append(errors.circular_sample(span, name))
            return {}
        found = [
            entry.declaration
            for entry in self.rules.texts.visible(self.policy, name)
            if isinstance(entry.declaration, t.Sample)
        ]
        if not found:
            known = [entry.name for entry in self.rules.texts.entries() if isinstance(entry.declaration, t.Sample)]
            self.mistakes.append(errors.unknown_sample(span, name, known))
            return {}
        sample = found[0]
        if kind is not None and sample.record != kind:
            self.mistakes.append(errors.sample_of_other_kind(span, name, sample.record, kind))
            return {}
        return self._entries(sample.data, (*path, name))


def check_everything(library: Library) -> tuple[Diagnostic, ...]:
    """Everything wrong with a folder: reading, every epoch, and the examples where the rest is sound."""
    found: dict[Diagnostic, None] = dict.fromkeys(library.diagnostics)
    for rules in library.programs():
        found.update(dict.fromkeys(rules.checked.diagnostics))
    if not found:
        found.update(dict.fromkeys(run_examples(library)))
    return tuple(found)


def count_examples(library: Library) -> int:
    """How many examples a folder has."""
    return sum(len(timeline.examples) for timeline in library.timelines.values())
