"""The text after one file of a policy: what was in force before, changed as the file says.

A file amends the one before it the way an amending regulation does: it says only what changes, and the text in force
is computed. A file without `amends` states the whole policy anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from policy.diagnostics import Diagnostic
from policy.model import errors
from policy.model.versions import Entry, Text
from policy.syntax.tree import (
    Clauses,
    Declaration,
    Example,
    Header,
    Module,
    Pair,
    Reference,
    Repeal,
    Replace,
    Revive,
    Sample,
    SourceDeclaration,
)
from policy.syntax.walk import same_shape
from policy.text import Span


def state(
    name: str,
    module: Module,
    header: Header,
    before: Text | None,
    earlier: Sequence[Text] = (),
    astray: bool = False,
    missing: bool = False,
) -> tuple[Text, list[Diagnostic]]:
    """The text after one file: what was in force before, changed as the file says.

    `earlier` are all versions that the policy had until then, from which the file may revive something. One that is
    `astray` amends another version than that before it: what it cannot find there is not told. Where the one that it
    amends is `missing`, nobody can tell what that had declared.
    """
    unread = not (header.readable or module.items or module.broken)
    gap = missing or unread or (before is not None and before.gap)
    change = _Change(name, module, header, before, earlier, astray or gap)
    for item in module.items:
        if isinstance(item, Repeal):
            change.repeal(item)
        elif isinstance(item, Revive):
            change.revive(item)
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
        _verified(header, before),
        header.zone or (before.zone if before else None),
        gap,
    )
    return text, change.mistakes


def _verified(header: Header, before: Text | None) -> date | None:
    """Until when a text is verified: as its head says, or else as long as the text that it amends.

    An amendment does not make the rest of its text any more certain, so it does not take the mark away; but it vouches
    for that text on its own first day.
    """
    if header.verified is not None:
        return header.verified.day
    if before is None or before.verified is None:
        return None
    return before.verified if header.effective is None else max(before.verified, header.effective)


class _Change:
    """The declarations of a policy while one file changes them."""

    def __init__(
        self, policy: str, module: Module, header: Header, before: Text | None, earlier: Sequence[Text], astray: bool
    ) -> None:
        self.policy = policy
        self.module = module
        self.header = header
        self.earlier = earlier
        self.astray = astray
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

    def revive(self, revive: Revive) -> None:
        """Take a declaration back in as it read on an earlier day, with its labels and marks.

        What gives it force is this file: it cites that, or what the revival cites, and not what it cited then.
        """
        name, now = revive.name, self.entries.get(revive.name)
        if name in self.own:
            self.mistakes.append(errors.revived_twice(revive.name_span, name, self.own[name]))
            return
        then = self._read_on(revive)
        if then is None:
            self.broken |= {name}
            return
        if now is not None and same_shape(now.declaration, then.declaration):
            since = then.since if now.since is None else now.since
            self.mistakes.append(errors.reads_so_already(revive.name_span, name, since))
            return
        added, kept = revive.clauses, then.clauses
        cites = added.cites or _head_cites(then.declaration, self.header)
        clauses = replace(kept, cites=cites, unconfirmed=(*kept.unconfirmed, *added.unconfirmed))
        self.entries[name] = replace(then, clauses=clauses, origin=self.module, revived=revive.day)
        self.own[name] = revive.name_span
        self.repealed.pop(name, None)

    def _read_on(self, revive: Revive) -> Entry | None:
        """What a name declared on the day that it is revived as of; None, reported, when that is nothing."""
        effective, day = self.header.effective, revive.day
        if effective is None or day is None or not self.header.readable or self.header.amends_span is None:
            return None  # which has been told
        if day >= effective:
            self.mistakes.append(errors.revives_from_later(revive.day_span, day, effective))
            return None
        texts = [text for text in self.earlier if text.effective is not None and text.effective <= day]
        if not texts:
            first = next((text.effective for text in self.earlier), None)
            if first is not None and not self.astray:  # else the whole file has been told of
                self.mistakes.append(errors.read_nothing_then(revive.day_span, self.policy, day, first))
            return None
        then = texts[-1].entries.get(revive.name)
        if then is None and revive.name not in texts[-1].broken and not self.astray:
            known = {name for text in self.earlier for name in text.entries} - {revive.name}
            days = [text.effective for text in self.earlier if revive.name in text.entries and text.effective]
            self.mistakes.append(
                errors.not_there_then(revive.name_span, revive.name, self.policy, day, days, sorted(known))
            )
        return then

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
        if self.header.amends_span is not None and not self.astray:  # else the whole file has been told of
            known = [known for known in self.entries if known != name]
            self.mistakes.append(errors.not_there(span, name, self.policy, verb, known))


def _inherit(declaration: Declaration, header: Header, earlier: Entry | None) -> Clauses:
    """A replacement keeps labels and question unless restated; a citation is the head's unless there is an own one."""
    own = declaration.clauses
    label, asks = own.label, own.asks
    if earlier is not None:
        label = Pair(label.en or earlier.clauses.label.en, label.fr or earlier.clauses.label.fr)
        asks = asks or earlier.clauses.asks
    return replace(own, label=label, asks=asks, cites=own.cites or _head_cites(declaration, header))


def _head_cites(declaration: Declaration, header: Header) -> tuple[Reference, ...]:
    """What a declaration without a citation of its own rests on: a source and a sample on nothing."""
    return () if isinstance(declaration, (SourceDeclaration, Sample)) else header.clauses.cites
