"""The profile of an example, made from what it is given and the samples it is like."""

from __future__ import annotations

import re

from policy.diagnostics import Diagnostic
from policy.model.catalog import Catalog
from policy.model.program import Program
from policy.pipeline import errors
from policy.profiles import ANSWERS, Datum, Entry, ListDatum, MappingDatum, ScalarDatum
from policy.syntax import tree as t
from policy.text import Span

LIKE = "like"
PROFILE = "profile"
"""The kind of a sample that is a part of a whole profile rather than of one record."""


class ExampleFacts:
    """Makes the profiles of examples in one policy, and collects what is wrong with them."""

    def __init__(self, texts: Program, catalog: Catalog, policy: str) -> None:
        self.texts = texts
        self.catalog = catalog
        self.policy = policy
        self.mistakes: list[Diagnostic] = []

    def document(self, example: t.Example) -> Datum:
        """The profile: the samples in order, later ones over earlier ones, and over them all what is given.

        What is given under the name of an open question is an answer to it; for a question about a record, the name
        stands behind the place of the record, `jobs[0].accredited`.
        """
        entries: dict[str, Entry] = {}
        for name, span in example.like:
            entries.update(self._sample(name, span, PROFILE, ()))
        given: dict[str, Entry] = {}
        answers: dict[str, Entry] = {}
        by_record: dict[str, dict[str, Entry]] = {}
        for name, span, data in example.given:
            question, record = question_named(name, self.policy, self.catalog)
            datum = self._datum(data)
            if question is None:
                if name not in self.catalog.inputs and re.split(r"[.[]", name)[0] in self.catalog.inputs:
                    self.mistakes.append(errors.answers_nothing(span, name, self._askable()))
                self._put(given, name, span, datum)
            elif (question in self.catalog.per_record) is (record is None):
                self.mistakes.append(errors.asked_otherwise(span, question.rpartition(".")[2], about_each=not record))
            elif record is None:
                self._put(answers, question, span, datum)
            else:
                self._put(by_record.setdefault(question, {}), record, span, datum)
                answers[question] = Entry(question, MappingDatum(tuple(by_record[question].values())), span)
        entries.update(given)
        if answers:
            inherited = entries.get(ANSWERS)
            if inherited is not None and isinstance(inherited.value, MappingDatum):
                answers = {entry.key: entry for entry in inherited.value.entries} | answers
            entries[ANSWERS] = Entry(ANSWERS, MappingDatum(tuple(answers.values())))
        return MappingDatum(tuple(entries.values()))

    def _askable(self) -> list[str]:
        """The open questions about records, as they are named in an example of this policy."""
        return [name.removeprefix(f"{self.policy}.") for name in self.catalog.per_record]

    def _put(self, entries: dict[str, Entry], name: str, span: Span, datum: Datum) -> None:
        if name in entries:
            self.mistakes.append(errors.given_twice(span, name, entries[name].key_span))
        entries[name] = Entry(name, datum, span)

    def of_sample(self, sample: t.Sample) -> Datum:
        """The profile that a sample of a whole profile gives."""
        return MappingDatum(tuple(self._entries(sample.data, (sample.name,)).values()), sample.span)

    def _datum(self, data: t.Data, path: tuple[str, ...] = ()) -> Datum:
        """What is written, as a document; `path` holds the samples that it stands in."""
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
        """What is written over the samples it is like, wherever among the keys these are named."""
        inherited: dict[str, Entry] = {}
        own: dict[str, Entry] = {}
        for key, span, value in data.pairs:
            if key == LIKE and isinstance(value, t.Plain):
                inherited.update(self._sample(value.text, value.span, None, path))
            else:
                self._put(own, key, span, self._datum(value, path))
        return inherited | own

    def _sample(self, name: str, span: Span, kind: str | None, path: tuple[str, ...]) -> dict[str, Entry]:
        """What a sample gives. A record in a profile is judged as such later, so its kind needs no check here."""
        if name in path:
            self.mistakes.append(errors.circular_sample(span, name))
            return {}
        found = [
            entry.declaration
            for entry in self.texts.visible(self.policy, name)
            if isinstance(entry.declaration, t.Sample)
        ]
        if not found:
            known = [entry.name for entry in self.texts.entries() if isinstance(entry.declaration, t.Sample)]
            self.mistakes.append(errors.unknown_sample(span, name, known))
            return {}
        sample = found[0]
        if kind is not None and sample.record != kind:
            self.mistakes.append(errors.sample_of_other_kind(span, name, sample.record, kind))
            return {}
        return self._entries(sample.data, (*path, name))


def question_named(name: str, policy: str, catalog: Catalog) -> tuple[str | None, str | None]:
    """The full name of the open question that a name in an example means, and the place of the record it is about.

    Bare names are of the policy. Neither for a fact.
    """
    if name in catalog.inputs:
        return None, None
    steps = name.split(".")
    for at in range(len(steps)):
        question = ".".join(steps[at:])
        full_name = question if "." in question else f"{policy}.{question}"
        if full_name in catalog.questions:
            return full_name, ".".join(steps[:at]) or None
    return None, None
