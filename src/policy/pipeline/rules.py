"""The rules in force on a day, compiled: what a caller evaluates profiles with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol

from policy.check.checked import Checked, check
from policy.diagnostics import Mistakes, Severity
from policy.evaluate import Program, compile_graph
from policy.explain.answer import Answer
from policy.explain.context import Context
from policy.graph import Graph
from policy.graph.build import build_conditions, build_graph
from policy.model.catalog import Catalog
from policy.model.program import Program as Texts
from policy.model.values import Record
from policy.profiles import (
    Datum,
    ListDatum,
    MappingDatum,
    Profile,
    RecordCheck,
    ScalarDatum,
    Violation,
    from_python,
    load_profile,
    profile_schema,
    read,
)
from policy.syntax import tree as t
from policy.text import Source


class Dumpable(Protocol):
    """A pydantic model."""

    def model_dump(self, *, exclude_unset: bool = ...) -> dict[str, object]:
        """The model as a dictionary."""
        ...


Facts = Mapping[str, object] | str | bytes | Datum | Dumpable


class Rules:
    """All policies in force on one day. Made by `Library.on`; compiled once, evaluates any number of profiles."""

    def __init__(self, texts: Texts, data: Path, assessed_on: date | None = None) -> None:
        self.day = texts.day
        self.assessed_on = assessed_on or texts.day
        self.texts = texts
        self._data = data

    @cached_property
    def checked(self) -> Checked:
        """The checked program, mistakes included."""
        return check(self.texts, self._data)

    @cached_property
    def catalog(self) -> Catalog:
        """What a profile may hold."""
        return self.checked.catalog

    @cached_property
    def graph(self) -> Graph:
        """The evaluation graph. Raises Mistakes when the policies have errors."""
        wrong = [d for d in self.checked.diagnostics if d.severity is Severity.ERROR]
        if wrong:
            raise Mistakes(wrong)
        return build_graph(self.checked)

    @cached_property
    def compiled(self) -> Program:
        """The graph as Python code."""
        return compile_graph(self.graph, self.catalog)

    @cached_property
    def context(self) -> Context:
        """What explanations need to know beside the values."""
        return Context(self.graph, self.catalog, self.texts, self.day, self.assessed_on)

    def on_day(self, day: date, assessed_on: date) -> Rules:
        """The same texts asked for another day: what is compiled is shared."""
        if (day, assessed_on) == (self.day, self.assessed_on):
            return self
        other = Rules(replace(self.texts, day=day), self._data, assessed_on)
        _ = self.record_checks, self.compiled
        shared = {"checked", "catalog", "graph", "compiled", "record_checks"}
        other.__dict__.update({key: value for key, value in self.__dict__.items() if key in shared})
        return other

    # -------------------------------------------------------------- profiles

    def evaluate(self, profile: Facts) -> Answer:
        """The answer for one profile: a dictionary, JSON text, or a pydantic model.

        A fact left out is unknown. Raises Mistakes, all of them at once, when the profile is not valid.
        """
        return self.answer(self.profile(profile))

    def answer(self, profile: Profile) -> Answer:
        """The answer for a profile that has been read."""
        values = self.compiled.evaluate(profile.facts, profile.answers, self.assessed_on)
        return Answer(self.context, values, profile)

    def profile(self, facts: Facts) -> Profile:
        """A profile read and found valid. Raises Mistakes, all of them at once."""
        return load_profile(document(facts), self.catalog, self.record_checks)

    def profile_schema(self, language: str | None = None) -> dict[str, object]:
        """The JSON Schema (2020-12) of a profile, with titles and questions in both languages."""
        return profile_schema(self.catalog, language="fr" if language == "fr" else "en")

    @cached_property
    def record_checks(self) -> Mapping[str, RecordCheck]:
        """What must hold in the records of each kind, ready to run."""
        return {
            entry.full_name: self._record_check(entry.full_name, entry.declaration)
            for entry in self.texts.entries()
            if isinstance(entry.declaration, t.RecordDeclaration)
            and (entry.declaration.valid or any(field.applies for field in entry.declaration.fields))
        }

    def _record_check(self, name: str, record: t.RecordDeclaration) -> RecordCheck:
        program = compile_graph(build_conditions(self.checked, name), self.catalog)

        def violations(value: Record) -> Iterable[Violation]:
            values = program.evaluate({"": value}, {}, None)
            for i, valid in enumerate(record.valid):
                if values.outcome(f"valid.{i}") is False:
                    yield Violation(None, valid.clauses.label.en or "", "invalid")
            for field in record.fields:
                if field.applies is not None and values.outcome(f"applies.{field.name}") is False:
                    yield Violation(field.name, field.applies.span.text, "does-not-apply")

        return violations

    # -------------------------------------------------------------- outcomes

    def outcomes(self) -> Iterator[str]:
        """The full names of everything that can be asked for."""
        yield from self.graph.named


def document(facts: object) -> Datum:
    """Facts in any accepted form as a document."""
    if isinstance(facts, bytes):
        facts = facts.decode("utf-8", errors="replace")
    if isinstance(facts, str):
        return read(Source("<profile>", facts), "json")
    if hasattr(facts, "model_dump"):
        return from_python(facts.model_dump(exclude_unset=True))
    if isinstance(facts, Mapping):
        return from_python(dict(facts))
    return facts if isinstance(facts, (MappingDatum, ListDatum, ScalarDatum)) else from_python(facts)
