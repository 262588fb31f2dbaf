"""The files of each policy in order of time, and the text in force on a day.

A file amends the one before it the way an amending regulation does: it says only what changes, and the text in force
is computed. A file without `amends` states the whole policy anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Final

from policy.diagnostics import Diagnostic
from policy.model import errors
from policy.syntax.days import read_day
from policy.syntax.recovery import name_of_file
from policy.syntax.tree import (
    Clauses,
    Declaration,
    Example,
    Header,
    Module,
    Pair,
    Repeal,
    Replace,
    Sample,
    SourceDeclaration,
)
from policy.text import Span

SUFFIX: Final = ".policy"
"""What the names of policy files end in; a text of another name, such as one not saved yet, has no place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A declaration in force: its own text, its clauses with what an amendment inherits, and the file it is from."""

    policy: str
    name: str
    declaration: Declaration
    clauses: Clauses
    origin: Module
    orphan: bool = False
    """Whether it replaces nothing that is there, so that the labels it would have kept are not known."""

    @property
    def full_name(self) -> str:
        """`policy.name`."""
        return f"{self.policy}.{self.name}"

    @property
    def since(self) -> date | None:
        """The first day of the file it is from; None for undated reference."""
        return self.origin.header.effective if self.origin.header else None


@dataclass(frozen=True, slots=True)
class Text:
    """The consolidated text of one policy: its head with what amendments inherit, and its declarations in order."""

    name: str
    header: Header
    label: Pair
    uses: tuple[tuple[str, Span], ...]
    """The policies it may speak of, each once, and where its files first say so."""
    entries: Mapping[str, Entry]
    repealed: Mapping[str, Module]
    modules: tuple[Module, ...]
    broken: frozenset[str] = frozenset()
    """Names that unreadable declarations were to give: who uses them is not told that they are unknown."""

    @property
    def effective(self) -> date | None:
        """The day from which this text is in force; None for undated reference."""
        return self.header.effective

    @property
    def readable(self) -> bool:
        """Whether the heads of all its files could be read."""
        return all(module.header is not None and module.header.readable for module in self.modules)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All versions of one policy, earliest first. An undated one has a single text, in force always."""

    name: str
    days: tuple[date, ...]
    texts: tuple[Text, ...]
    examples: tuple[tuple[Module, Example], ...]

    def on(self, day: date) -> Text | None:
        """The text in force on a day, or None before the first."""
        if not self.days:
            return self.texts[0]
        index = bisect_right(self.days, day)
        return self.texts[index - 1] if index else None

    @property
    def dated(self) -> bool:
        """Whether it is law with a day, not undated reference."""
        return bool(self.days)


def arrange(modules: Iterable[Module]) -> tuple[dict[str, Timeline], list[Diagnostic]]:
    """The timeline of every policy, by name, and what is wrong with names, dates and amendments."""
    mistakes: list[Diagnostic] = []
    by_name: dict[str, list[tuple[Module, Header]]] = {}
    for module in modules:
        if module.header is not None:
            if module.header.readable:
                mistakes += _check_place(module, module.header)
            header = _by_place(module, module.header)
            by_name.setdefault(header.name, []).append((module, header))
    timelines = {}
    for name in sorted(by_name):
        timelines[name], found = _timeline(name, by_name[name])
        mistakes += found
    return timelines, mistakes


def _check_place(module: Module, header: Header) -> Iterator[Diagnostic]:
    """The name of a dated file is its day and its folder the policy; an undated one is named for its policy."""
    path = PurePath(module.source.name)
    day = read_day(path.stem)
    if path.suffix != SUFFIX:
        return
    if day is not None:
        if path.parent.name and path.parent.name != header.name:
            yield errors.wrong_policy_name(header.name_span, header.name, path.parent.name)
        if header.effective != day:
            yield errors.wrong_date(header.effective_span or header.name_span, header.effective, day)
    elif path.parent.name == header.name and (header.effective is not None or path.stem != header.name):
        yield errors.undated_name(header.name_span, path.stem, header.effective)
    elif path.stem != header.name:
        yield errors.wrong_policy_name(header.name_span, header.name, path.stem)
    elif header.effective is not None:
        yield errors.dated_reference(header.effective_span or header.name_span, header.name, header.effective)


def _by_place(module: Module, header: Header) -> Header:
    """The head as the place of the file has it, so that a head that disagrees is one mistake and not many."""
    path = PurePath(module.source.name)
    day = read_day(path.stem)
    if path.suffix != SUFFIX:
        return header
    if day is not None:
        return replace(header, name=name_of_file(module.source) or header.name, effective=day)
    if path.parent.name == header.name:
        return header
    return replace(header, name=name_of_file(module.source) or header.name)


def _timeline(name: str, modules: list[tuple[Module, Header]]) -> tuple[Timeline, list[Diagnostic]]:
    """The texts of one policy in order. A file that has no place in the order is reported and left out."""
    dated = [(module, header, header.effective) for module, header in modules if header.effective is not None]
    undated = [(module, header) for module, header in modules if header.effective is None]
    if not dated:
        return _undated(name, undated)
    mistakes = [errors.both_dated_and_not(h.name_span, name, dated[0][1].name_span) for _, h in undated]
    lost = _names_in(module for module, _ in undated)
    versions: list[tuple[date, Text]] = []
    for module, header, day in sorted(dated, key=lambda version: version[2]):
        before = versions[-1] if versions else None
        if before is not None and before[0] == day:
            mistakes.append(errors.same_date(header.name_span, name, day, before[1].header.name_span))
            versions[-1] = (day, replace(before[1], broken=before[1].broken | _names_in([module])))
            continue
        mistakes += _check_chain(name, module, header, None if before is None else before[0])
        amended = before[1] if before is not None and _amends(module, header) else None
        text, found = _state(name, module, header, amended)
        mistakes += found
        versions.append((day, replace(text, broken=text.broken | lost)))
    examples = _examples(text.modules[-1] for _, text in versions)
    return Timeline(name, tuple(day for day, _ in versions), tuple(text for _, text in versions), examples), mistakes


def _undated(name: str, modules: list[tuple[Module, Header]]) -> tuple[Timeline, list[Diagnostic]]:
    """The one text of undated reference."""
    (module, header), *others = modules
    text, mistakes = _state(name, module, header, None)
    mistakes += [errors.second_undated(other.name_span, name, header.name_span) for _, other in others]
    mistakes += _check_chain(name, module, header, None)
    text = replace(text, broken=text.broken | _names_in(other for other, _ in others))
    return Timeline(name, (), (text,), _examples([module])), mistakes


def _amends(module: Module, header: Header) -> bool:
    """Whether a file amends the one before it: it says so, or does so, or what it says cannot be read."""
    does = any(isinstance(item, (Replace, Repeal)) for item in module.items)
    return header.amends_span is not None or does or not header.readable


def _check_chain(name: str, module: Module, header: Header, before: date | None) -> Iterator[Diagnostic]:
    """A file amends the one just before it, or none."""
    if header.amends_span is None:
        if header.readable and _amends(module, header):
            yield errors.amends_unsaid(header.name_span, name, before)
    elif header.amends is not None and before is None:
        yield errors.amends_nothing(header.amends_span, name, header.amends)
    elif header.amends is not None and before is not None and header.amends != before:
        yield errors.amends_other(header.amends_span, name, header.amends, before)


def _names_in(modules: Iterable[Module]) -> frozenset[str]:
    """The names that files left out would have declared."""
    found: set[str] = set()
    for module in modules:
        found |= module.broken
        for item in module.items:
            if not isinstance(item, (Repeal, Example)):
                found.add(item.declaration.name if isinstance(item, Replace) else item.name)
    return frozenset(found)


def _examples(modules: Iterable[Module]) -> tuple[tuple[Module, Example], ...]:
    """The examples of files, with the file that each is in."""
    return tuple((module, item) for module in modules for item in module.items if isinstance(item, Example))


def _state(name: str, module: Module, header: Header, before: Text | None) -> tuple[Text, list[Diagnostic]]:
    """The text after one file: what was in force before, changed as the file says."""
    change = _Change(name, module, header, before)
    for item in module.items:
        if isinstance(item, Repeal):
            change.repeal(item)
        elif isinstance(item, Replace):
            change.replace(item.declaration)
        elif not isinstance(item, Example):
            change.add(item)
    own = header.clauses.label
    label = own if own.en or own.fr or before is None else before.label
    uses = dict(before.uses) if before else {}
    for used, span in header.uses:
        uses.setdefault(used, span)
    modules = (*(before.modules if before else ()), module)
    text = Text(
        name,
        header,
        label,
        tuple(uses.items()),
        change.entries,
        change.repealed,
        modules,
        change.broken - change.entries.keys(),
    )
    return text, change.mistakes


class _Change:
    """The declarations of a policy while one file changes them."""

    def __init__(self, policy: str, module: Module, header: Header, before: Text | None) -> None:
        self.policy = policy
        self.module = module
        self.header = header
        self.entries: dict[str, Entry] = dict(before.entries) if before else {}
        self.repealed: dict[str, Module] = dict(before.repealed) if before else {}
        self.broken = module.broken | (before.broken if before else frozenset())
        self.mistakes: list[Diagnostic] = []
        self.own: dict[str, Span] = {}
        """What this very file has declared, and where."""
        for name in module.broken:
            self.entries.pop(name, None)

    def repeal(self, repeal: Repeal) -> None:
        """Take names out of force."""
        for name, span in repeal.names:
            if name in self.entries and name not in self.own:
                del self.entries[name]
            elif name not in self.broken:
                self._not_there(span, name, "repeal")
            self.repealed[name] = self.module

    def replace(self, declaration: Declaration) -> None:
        """Put a declaration in the place of the one with its name, which gives it what it does not restate."""
        earlier = self.entries.get(declaration.name)
        if declaration.name in self.own:
            self._twice(declaration, self.own[declaration.name], amends=False)
            return
        if earlier is None and declaration.name not in self.broken:
            self._not_there(declaration.name_span, declaration.name, "replace")
        self._put(declaration, earlier, orphan=earlier is None or earlier.orphan)

    def add(self, declaration: Declaration) -> None:
        """Take in a declaration with a name that nothing in force has."""
        earlier = self.entries.get(declaration.name)
        anew = not self.header.readable and self.header.amends_span is None and declaration.name not in self.own
        if earlier is not None and not anew:
            first = self.own.get(declaration.name, earlier.declaration.name_span)
            self._twice(declaration, first, amends=declaration.name not in self.own)
            return
        self._put(declaration, None)

    def _put(self, declaration: Declaration, earlier: Entry | None, orphan: bool = False) -> None:
        """Bring a declaration into force."""
        name = declaration.name
        clauses = _inherit(declaration, self.header, earlier)
        self.entries[name] = Entry(self.policy, name, declaration, clauses, self.module, orphan)
        self.own[name] = declaration.name_span
        self.repealed.pop(name, None)

    def _twice(self, declaration: Declaration, first: Span, amends: bool) -> None:
        """Report a name that is there already."""
        self.mistakes.append(errors.declared_twice(declaration.name_span, declaration.name, first, amends))

    def _not_there(self, span: Span, name: str, verb: str) -> None:
        """Report a name that is not there to be changed."""
        if self.header.amends_span is not None:  # else the whole file has been told of
            known = [known for known in self.entries if known != name]
            self.mistakes.append(errors.not_there(span, name, self.policy, verb, known))


def _inherit(declaration: Declaration, header: Header, earlier: Entry | None) -> Clauses:
    """A replacement keeps labels and question unless restated; a citation is the head's unless there is an own one."""
    own = declaration.clauses
    label, asks = own.label, own.asks
    if earlier is not None:
        label = Pair(label.en or earlier.clauses.label.en, label.fr or earlier.clauses.label.fr)
        asks = asks or earlier.clauses.asks
    cites = own.cites if own.cites or isinstance(declaration, (SourceDeclaration, Sample)) else header.clauses.cites
    return replace(own, label=label, asks=asks, cites=cites)
