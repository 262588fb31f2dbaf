"""The files of each policy in order of time, and the text in force on a day.

A file amends the one before it the way an amending regulation does: it says only what changes, and the text in force
is computed. A file without `amends` states the whole policy anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from policy.diagnostics import Diagnostic
from policy.model import errors
from policy.syntax.tree import (
    Clauses,
    Declaration,
    Example,
    Header,
    Module,
    Pair,
    Repeal,
    Replace,
    SourceDeclaration,
)
from policy.text import Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A declaration in force: its own text, its clauses with what an amendment inherits, and the file it is from."""

    policy: str
    name: str
    declaration: Declaration
    clauses: Clauses
    origin: Module

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
    entries: Mapping[str, Entry]
    repealed: Mapping[str, Module]
    modules: tuple[Module, ...]

    @property
    def effective(self) -> date | None:
        """The day from which this text is in force; None for undated reference."""
        return self.header.effective


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
    by_name: dict[str, list[Module]] = {}
    for module in modules:
        if module.header is not None:
            mistakes += _check_place(module, module.header)
            by_name.setdefault(module.header.name, []).append(module)
    timelines = {}
    for name in sorted(by_name):
        timelines[name], found = _timeline(name, by_name[name])
        mistakes += found
    return timelines, mistakes


def _check_place(module: Module, header: Header) -> list[Diagnostic]:
    """The name of a dated file is its day and its folder the policy; an undated one is named for its policy."""
    path = PurePath(module.source.name)
    try:
        day = date.fromisoformat(path.stem)
    except ValueError:
        if path.stem != header.name:
            return [errors.wrong_policy_name(header.name_span, header.name, path.stem)]
        if header.effective is not None:
            return [errors.dated_reference(header.effective_span or header.name_span, header.name)]
        return []
    found = []
    if path.parent.name and path.parent.name != header.name:
        found.append(errors.wrong_policy_name(header.name_span, header.name, path.parent.name))
    if header.effective != day:
        found.append(errors.wrong_date(header.effective_span or header.name_span, header.effective, day))
    return found


def _timeline(name: str, modules: list[Module]) -> tuple[Timeline, list[Diagnostic]]:
    mistakes: list[Diagnostic] = []
    dated = sorted(
        ((m, h, h.effective) for m in modules if (h := m.header) and h.effective is not None),
        key=lambda found: found[2],
    )
    undated = [(m, m.header) for m in modules if m.header and m.header.effective is None]
    if undated and (dated or len(undated) > 1):
        other = dated[0][1].name_span if dated else undated[1][1].name_span
        mistakes.append(errors.both_dated_and_not(undated[0][1].name_span, name, other))
    if not dated:
        module, header = undated[0]
        text, found = _state(name, module, header, None)
        return Timeline(name, (), (text,), _examples([module])), mistakes + found
    days: list[date] = []
    texts: list[Text] = []
    kept: list[Module] = []
    for module, header, day in dated:
        if days and days[-1] == day:
            mistakes.append(errors.same_date(header.name_span, name, day, texts[-1].header.name_span))
            continue
        before = None
        if header.amends is not None:
            span = header.amends_span or header.name_span
            if not days:
                mistakes.append(errors.amends_nothing(span, name, header.amends))
            elif days[-1] != header.amends:
                mistakes.append(errors.amends_other(span, name, header.amends, days[-1]))
            before = texts[-1] if texts else None
        text, found = _state(name, module, header, before)
        mistakes += found
        days.append(day)
        texts.append(text)
        kept.append(module)
    return Timeline(name, tuple(days), tuple(texts), _examples(kept)), mistakes


def _examples(modules: list[Module]) -> tuple[tuple[Module, Example], ...]:
    return tuple((module, item) for module in modules for item in module.items if isinstance(item, Example))


def _state(name: str, module: Module, header: Header, before: Text | None) -> tuple[Text, list[Diagnostic]]:
    """The text after one file: what was in force before, changed as the file says."""
    mistakes: list[Diagnostic] = []
    entries: dict[str, Entry] = dict(before.entries) if before else {}
    repealed: dict[str, Module] = dict(before.repealed) if before else {}
    for item in module.items:
        if isinstance(item, Repeal):
            for repealed_name, span in item.names:
                if entries.pop(repealed_name, None) is None:
                    mistakes.append(errors.not_there(span, repealed_name, name, "repeal", list(entries)))
                repealed[repealed_name] = module
        elif isinstance(item, Replace):
            declaration = item.declaration
            earlier = entries.get(declaration.name)
            if earlier is None:
                mistakes.append(
                    errors.not_there(declaration.name_span, declaration.name, name, "replace", list(entries))
                )
            entries[declaration.name] = Entry(
                name, declaration.name, declaration, _inherit(declaration, header, earlier), module
            )
        elif not isinstance(item, Example):
            earlier = entries.get(item.name)
            if earlier is not None:
                mistakes.append(
                    errors.declared_twice(item.name_span, item.name, earlier.declaration.name_span, before is not None)
                )
                continue
            entries[item.name] = Entry(name, item.name, item, _inherit(item, header, None), module)
            repealed.pop(item.name, None)
    label = header.clauses.label if header.clauses.label.en or header.clauses.label.fr or not before else before.label
    uses = (*(before.uses if before else ()), *header.uses)
    modules = (*(before.modules if before else ()), module)
    return Text(name, header, label, uses, entries, repealed, modules), mistakes


def _inherit(declaration: Declaration, header: Header, earlier: Entry | None) -> Clauses:
    """A replacement keeps labels and question unless restated; a citation is the head's unless there is an own one."""
    own = declaration.clauses
    label, asks = own.label, own.asks
    if earlier is not None:
        label = Pair(label.en or earlier.clauses.label.en, label.fr or earlier.clauses.label.fr)
        asks = asks or earlier.clauses.asks
    cites = own.cites if own.cites or isinstance(declaration, SourceDeclaration) else header.clauses.cites
    return replace(own, label=label, asks=asks, cites=cites)
