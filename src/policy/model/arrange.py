"""The files of all policies arranged: those of each policy in order of time, and what is wrong with that order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import Final

from policy.diagnostics import Diagnostic
from policy.model import errors
from policy.model.amending import state
from policy.model.heads import check_heads
from policy.model.versions import Text, Timeline
from policy.syntax.days import read_day
from policy.syntax.recovery import name_of_file
from policy.syntax.tree import Example, Header, Module, Repeal, Replace, Revive

SUFFIX: Final = ".policy"
"""What the names of policy files end in; a text of another name, such as one not saved yet, has no place."""


def arrange(modules: Iterable[Module], *, proposed: bool = False) -> tuple[dict[str, Timeline], list[Diagnostic]]:
    """The timeline of every policy, by name, and what is wrong with names, dates and amendments.

    Texts that are only proposed are left out unless `proposed` says that they are to be taken as if they were law.
    """
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
        timeline, found = _timeline(name, by_name[name], proposed)
        mistakes += found
        if timeline is not None:
            timelines[name] = timeline
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


def _timeline(
    name: str, modules: list[tuple[Module, Header]], proposed: bool
) -> tuple[Timeline | None, list[Diagnostic]]:
    """The texts of one policy in order. A file that has no place in the order is reported and left out.

    None for a policy of which everything is proposed and not wanted.
    """
    dated = [(module, header, header.effective) for module, header in modules if header.effective is not None]
    undated = [(module, header) for module, header in modules if header.effective is None]
    if not dated:
        return _undated(name, undated)
    mistakes = [errors.both_dated_and_not(h.name_span, name, dated[0][1].name_span) for _, h in undated]
    dated.sort(key=lambda version: version[2])
    mistakes += check_heads(dated)
    law = max((day for _, header, day in dated if header.proposed is None), default=date.min)
    days = {day for _, _, day in dated}
    lost = _names_in(module for module, _ in undated)
    versions: list[tuple[date, Text]] = []
    for module, header, day in dated:
        if day > law and not proposed:
            continue
        before = versions[-1] if versions else None
        if before is not None and before[0] == day:
            mistakes.append(errors.same_date(header.name_span, name, day, before[1].header.name_span))
            versions[-1] = (day, replace(before[1], broken=before[1].broken | _names_in([module])))
            continue
        mistakes += _check_chain(name, module, header, None if before is None else before[0], days)
        amended = before[1] if before is not None and _amends(module, header) else None
        astray = header.amends is not None and (before is None or header.amends != before[0])
        missing = astray and header.amends not in days
        text, found = state(name, module, header, amended, [text for _, text in versions], astray, missing)
        mistakes += found
        versions.append((day, replace(text, broken=text.broken | lost)))
    if not versions:
        return None, mistakes
    examples = _examples(text.modules[-1] for _, text in versions)
    return Timeline(name, tuple(day for day, _ in versions), tuple(text for _, text in versions), examples), mistakes


def _undated(name: str, modules: list[tuple[Module, Header]]) -> tuple[Timeline, list[Diagnostic]]:
    """The one text of undated reference."""
    (module, header), *others = modules
    text, mistakes = state(name, module, header, None)
    mistakes += [errors.proposed_reference(h.proposed, name) for _, h in modules if h.proposed is not None]
    mistakes += [errors.second_undated(other.name_span, name, header.name_span) for _, other in others]
    mistakes += _check_chain(name, module, header, None, ())
    text = replace(text, broken=text.broken | _names_in(other for other, _ in others))
    return Timeline(name, (), (text,), _examples([module])), mistakes


def _amends(module: Module, header: Header) -> bool:
    """Whether a file amends the one before it: it says so, or does so, or what it says cannot be read."""
    does = any(isinstance(item, (Replace, Repeal, Revive)) for item in module.items)
    return header.amends_span is not None or does or not header.readable


def _check_chain(
    name: str, module: Module, header: Header, before: date | None, days: Collection[date]
) -> Iterator[Diagnostic]:
    """A file amends the one just before it, or none; `days` are the days of all versions."""
    if header.amends_span is None:
        if header.readable and _amends(module, header):
            yield errors.amends_unsaid(header.name_span, name, before)
    elif header.amends is not None and before is None:
        yield errors.amends_nothing(header.amends_span, name, header.amends)
    elif header.amends is not None and before is not None and header.amends != before:
        yield errors.amends_other(header.amends_span, name, header.amends, before, days)


def _names_in(modules: Iterable[Module]) -> frozenset[str]:
    """The names that files left out would have declared."""
    found: set[str] = set()
    for module in modules:
        found |= module.broken
        for item in module.items:
            if not isinstance(item, (Repeal, Revive, Example)):
                found.add(item.declaration.name if isinstance(item, Replace) else item.name)
    return frozenset(found)


def _examples(modules: Iterable[Module]) -> tuple[tuple[Module, Example], ...]:
    """The examples of files, with the file that each is in."""
    return tuple((module, item) for module in modules for item in module.items if isinstance(item, Example))
