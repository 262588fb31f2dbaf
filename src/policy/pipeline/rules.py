"""The rules in force on a day: what a caller evaluates profiles with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeAlias

from policy.diagnostics import Mistakes
from policy.evaluate.elsewhere import OtherDays
from policy.explain.answer import Answer
from policy.explain.assumptions import NOTHING_ASSUMED, Assumptions
from policy.explain.context import Context
from policy.frozen import replace
from policy.graph import ELSEWHERE, Graph
from policy.model.catalog import Catalog
from policy.pipeline.compiled import Compiled
from policy.pipeline.elsewhere import EveryDay
from policy.profiles.profile import Profile, RecordCheck
from policy.profiles.reader import Reader
from policy.text import Source

if TYPE_CHECKING:
    from pydantic import BaseModel

    from policy.model.program import Program
    from policy.profiles import Datum

UNNAMED = "<profile>"
"""What a profile is called that comes from no file."""


class Dumpable(Protocol):
    """A pydantic model."""

    def model_dump(self, *, exclude_unset: bool = ...) -> dict[str, object]:
        """The model as a dictionary."""
        ...


Facts: TypeAlias = "Mapping[str, object] | str | bytes | Datum | Dumpable"
Assumed: TypeAlias = "Mapping[str, object] | Datum"


class Rules:
    """All policies in force on one day, and the day on which facts are measured. Made by `Library.on`.

    Evaluates any number of profiles.
    """

    def __init__(self, compiled: Compiled, day: date, assessed_on: date, every_day: EveryDay) -> None:
        self.day = day
        self.assessed_on = assessed_on
        self._compiled = compiled
        self._every_day = every_day

    @property
    def graph(self) -> Graph:
        """The evaluation graph."""
        return self._compiled.graph

    @property
    def catalog(self) -> Catalog:
        """What a profile may hold."""
        return self._compiled.catalog

    @property
    def record_checks(self) -> Mapping[str, RecordCheck]:
        """What must hold in the records of each kind, by full name."""
        return self._compiled.record_checks

    @property
    def reader(self) -> Reader:
        """What reads profiles that are right."""
        return self._compiled.reader

    @property
    def texts(self) -> Program:
        """The text of every policy in force."""
        return replace(self._compiled.texts, day=self.day)

    @cached_property
    def context(self) -> Context:
        """What explanations need to know beside the values."""
        compiled = self._compiled
        return Context(self.graph, self.catalog, lambda: compiled.wording, self.day, self.assessed_on, self._every_day)

    def outcomes(self) -> Iterator[str]:
        """The full names of everything that can be asked for."""
        return iter(self.graph.named)

    def evaluate(self, profile: Facts, assume: Assumed | None = None) -> Answer:
        """The answer for one profile: a dictionary, JSON text, a pydantic model, or a document read by `profiles`.

        A fact left out is unknown. `assume` gives the values of outcomes, by full name, that are then not worked out.
        Raises Mistakes, all of them at once, when the profile is not valid, or when something cannot be assumed.
        """
        assumed = self.assumptions(assume) if assume else {}
        return self.answer(self.profile(profile), assumed)

    def answer(self, profile: Profile, assumed: Mapping[str, object] | None = None) -> Answer:
        """The answer for a profile and assumptions that have been read."""
        program, context, assumptions = self._compiled.program, self.context, NOTHING_ASSUMED
        facts = profile.facts
        if assumed:
            program = self._compiled.assuming(assumed)
            context = replace(context, graph=program.graph)
            assumptions = Assumptions(assumed, lambda: self.graph)
            facts = {**facts, **assumed}
        if program.graph.asks_elsewhere:
            facts = {**facts, ELSEWHERE: OtherDays(self._every_day, profile.facts, profile.answers)}
        case = (facts, profile.answers, self.assessed_on)
        return Answer(context, program.evaluate(*case), profile, lambda: program.bound(*case), assumptions)

    def assumptions(self, assume: Assumed) -> dict[str, object]:
        """Assumptions read and found possible. Raises Mistakes, all of them at once."""
        from policy.pipeline.assumptions import read_assumptions

        return read_assumptions(assume, self.context)

    def profile(self, facts: Facts) -> Profile:
        """A profile read and found valid. Raises Mistakes, all of them at once."""
        given, found = opened(facts), None
        if isinstance(given, dict):
            found = self.reader.of_python(given)
        elif isinstance(given, Source):
            found = self.reader.of_json(given)
        if found is not None:
            return found
        # Whatever is wrong, or comes with its places, is read with care.
        from policy.profiles import load_profile

        datum = document(given)
        return self.reader.of_datum(datum) or load_profile(datum, self.catalog, self.record_checks)

    def profile_model(self, language: str = "en") -> type[BaseModel]:
        """A pydantic model of a profile, with titles and questions in a language: it takes what the schema allows.

        `evaluate` takes its instances: what was never set is unknown. Raises Mistakes for a language that is not spoken
        here.
        """
        match language:
            case "en" | "fr":
                return self._compiled.model(language)
            case _:
                from policy.explain.errors import unknown_language

                raise Mistakes([unknown_language(str(language))])

    def profile_schema(self, language: str = "en") -> dict[str, object]:
        """The JSON Schema (2020-12) of a profile, with titles and questions in both languages; `language` comes first.

        Raises Mistakes for a language that is not spoken here.
        """
        match language:
            case "en" | "fr":
                from policy.profiles import profile_schema

                return profile_schema(self.catalog, language=language)
            case _:
                from policy.explain.errors import unknown_language

                raise Mistakes([unknown_language(str(language))])


def opened(facts: object) -> object:
    """Facts in any accepted form as a document, as JSON text with a name, or as a dictionary."""
    if isinstance(facts, dict | type):
        return facts
    if isinstance(facts, str):
        return Source(UNNAMED, facts)
    if isinstance(facts, bytes):
        from policy.profiles import decoded

        return decoded(facts, UNNAMED)
    dump = getattr(facts, "model_dump", None)
    return facts if dump is None else dump(exclude_unset=True)


def document(given: object) -> Datum:
    """What was opened as a document. Raises Mistakes for anything that is none."""
    from policy.profiles import ListDatum, MappingDatum, ScalarDatum, from_python, read

    match given:
        case MappingDatum() | ListDatum() | ScalarDatum():
            return given
        case Source():
            return read(given, "json")
        case _:
            return from_python(given)
