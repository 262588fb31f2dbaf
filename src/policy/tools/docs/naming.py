"""What things are called on pages, and values in words: read from the checked program, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final, TypeAlias

from policy.check.checked import Checked
from policy.check.families import family_of
from policy.check.scope import Local
from policy.check.shapes import labels
from policy.explain.comparing import range_pattern
from policy.explain.show import show, show_amount, show_date
from policy.explain.wording import wording
from policy.explain.words import state_word
from policy.model.types import Anything, Enum, Key, Number, RecordOf, RowOf, Type, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.tools.docs.wording import Link, Term, Words, fill, joined, plain

Within: TypeAlias = tuple[Local, ...]
"""The parameters and bound names that an expression stands within, outermost first."""

EXACT: Final = 40
"""How many decimals a number of a rule is shown with."""


class Naming:
    """Names and values of one checked program in one language."""

    def __init__(self, checked: Checked, language: str) -> None:
        self.checked = checked
        self.meaning = checked.meaning
        self.catalog = checked.catalog
        self.wording = wording(checked.program)
        self.language = language

    def fill(self, pattern: str, **parts: Words | str) -> Words:
        """A pattern in the language."""
        return fill(pattern, self.language, **parts)

    @cached_property
    def users(self) -> Mapping[str, tuple[Entry, ...]]:
        """What rests on each declaration, by its full name."""
        found: dict[str, list[Entry]] = {}
        for entry in self.checked.program.entries():
            for used in self.meaning.uses.get(entry.full_name, ()):
                found.setdefault(used, []).append(entry)
        return {name: tuple(users) for name, users in found.items()}

    # -------------------------------------------------------------- names

    def link(self, entry: Entry) -> Words:
        """The name of something declared, by which a reader goes to it."""
        return (Link(self.label(entry), entry.full_name),)

    def label(self, entry: Entry) -> str:
        """What something declared is called; its name in the file where it has no label."""
        return labels(entry.clauses.label).get(self.language) or entry.name

    def local(self, local: Local, within: Within) -> Words:
        """A parameter or member: by its kind where that tells it from the others, otherwise by its own name."""
        kind = self.kind(local.type)
        if kind and self.only_one(local, within):
            return kind
        own: Words = (Term(local.name),)
        return self.fill("arguments", label=kind, arguments=own) if kind and local.name else own

    def kind(self, type_: Type) -> Words:
        """The name of the kind of things that a type is of; empty for types of the language."""
        match without_none(type_):
            case RecordOf(name=name) | Enum(name=name) | RowOf(dataset=name) | Key(dataset=name):
                return self.named(name)
            case Number(unit=unit) if unit in self.catalog.quantities:
                return self.named(str(unit))
            case _:
                return ()

    def named(self, full_name: str) -> Words:
        """A link to what has this full name."""
        entry = self.checked.program.find(full_name)
        if entry is not None:
            return self.link(entry)
        family, _, word = full_name.rpartition(".")
        entry = self.checked.program.find(family)
        enum = None if entry is None else family_of(entry, self.checked.signatures.get(family))
        if entry is None or enum is None or word not in enum.values:
            return (full_name,)
        return self.fill("colon", label=self.link(entry), value=self.value(word, enum))

    def named_input(self, name: str) -> Words:
        """A link to the input with this name, whichever policy declares it."""
        return next(
            (
                self.link(entry)
                for entry in self.checked.program.entries()
                if entry.name == name and isinstance(entry.declaration, t.InputDeclaration)
            ),
            (Term(name),),
        )

    def day(self, day: date) -> Words:
        """A day in words."""
        return (show_date(day, self.language),)

    def only_one(self, local: Local, within: Within) -> bool:
        """Whether no other parameter or member here is of the same type."""
        return sum(other.type == local.type for other in within) <= 1

    # -------------------------------------------------------------- values

    def value(self, value: object, type_: Type) -> Words:
        """A value of a type, in words."""
        return (show(value, type_, self.language, self.catalog),)

    def amount(self, value: Fraction, unit: str | None) -> Words:
        """A number with its unit, all its decimals shown."""
        return (show_amount(value, unit, self.language, self.catalog, EXACT),)

    def outcome(self, full_name: str, expected: t.Expected) -> Words:
        """What an example expects of what has this name."""
        if expected.outcome != "value":
            return (state_word(expected.outcome, self.language),)
        signatures = self.checked.signatures
        signature = signatures.get(full_name) or signatures.get(full_name.rpartition(".")[0])
        unit = signature.result.unit if signature and isinstance(signature.result, Number) else None
        text = (expected.value or "").removeprefix(self.catalog.symbols.get(unit or "", ""))
        try:
            return self.amount(Fraction(text), unit)
        except ValueError:
            result = Anything() if signature is None else without_none(signature.result)
            return self.fill(text) if text in {"yes", "no", "none"} else self.value(text, result)

    def marks(self, marks: Iterable[t.Pair]) -> tuple[str, ...]:
        """Why something could not be confirmed."""
        return tuple(labels(mark).get(self.language) for mark in marks)

    def alternatives(self, parts: list[Words]) -> Words:
        """Several texts with `or` before the last."""
        if len(parts) < 2:
            return joined(parts, "")
        between = "; " if len(parts) > 2 and any("," in plain(part) for part in parts) else ", "
        return joined([joined(parts[:-1], between), parts[-1]], plain(self.fill("or")))

    def ranged(self, low: Words | None, high: Words | None, below: bool) -> Words:
        """A range between two ends, None where it is open."""
        pattern = range_pattern(low, high, below)
        return self.fill(pattern, low=low or (), high=high or (), value=low or high or ())
