"""A page about one policy as it reads on a day, in one language: its rules, its examples and its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from policy.check.checked import Checked
from policy.check.shapes import labels
from policy.diagnostics import Diagnostic
from policy.explain.report import Citation
from policy.model.versions import Text, Timeline
from policy.syntax import tree as t
from policy.tools.docs.facts import given, like
from policy.tools.docs.phrases import sentences
from policy.tools.docs.pieces import Piece, cited, piece_of
from policy.tools.docs.sentences import Sentences
from policy.tools.docs.wording import Line, Link, Words, joined, plain

GROUPS: Final = (
    *("decision", "requirement", "points", "define", "table", "scale", "question", "remark", "invariant"),
    *("input", "record", "spell", "enum", "quantity", "set", "dataset", "source", "sample"),
)
"""The kinds of declarations in the order in which a reader wants them: what is decided first, samples last."""


@dataclass(frozen=True, slots=True)
class Group:
    """The declarations of one kind."""

    kind: str
    title: Words
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """An example and how it came out: its name, which is in one language, its facts, and what it expects.

    `wrong` is what came out otherwise; nothing when all is as expected.
    """

    name: str
    when: Words
    given: tuple[Line, ...]
    expected: tuple[Words, ...]
    wrong: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One version in the history of a policy: since when, under which provisions, and what it changed."""

    title: Words
    cites: tuple[Citation, ...]
    notices: tuple[Words, ...]
    marks: tuple[str, ...]
    changes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page about one policy. `day` is the day whose texts its links lead to, `since` its version's first day."""

    policy: str
    language: str
    day: date
    since: date | None
    title: str
    heading: Words
    intro: tuple[Words, ...]
    notices: tuple[Words, ...]
    cites: tuple[Citation, ...]
    marks: tuple[str, ...]
    groups: tuple[Group, ...]
    examples: tuple[Tried, ...]
    history: tuple[Change, ...]


def page_of(
    checked: Checked,
    timeline: Timeline,
    history: Timeline,
    day: date,
    today: date,
    current: bool,
    language: str,
    examples: tuple[tuple[t.Example, tuple[Diagnostic, ...]], ...],
) -> Page:
    """The page of a policy as it reads on a day, `current` if that is the text in force `today`.

    `timeline` holds the versions that are in force one after the other, `history` also what is only proposed.
    `examples` are those of the text, each with what it gets wrong.
    """
    s = sentences(checked, language)
    text = checked.program.texts[timeline.name]
    return Page(
        timeline.name,
        language,
        day,
        text.effective,
        title := labels(text.label).get(language) or timeline.name,
        _heading(title, text, s, current),
        tuple(_intro(text, timeline, today, s)),
        tuple(_notices(text, s, whole=True)),
        cited(text.header.clauses.cites, s),
        s.marks(text.header.clauses.unconfirmed),
        tuple(_groups(text, s)),
        tuple(_tried(example, wrong, s, timeline.name) for example, wrong in examples),
        tuple(_change(place, history, s) for place in reversed(range(len(history.texts)))) if history.dated else (),
    )


def _heading(title: str, text: Text, s: Sentences, current: bool) -> Words:
    """What a page is headed: with its day, where it is not the first that a reader wants."""
    if current or text.effective is None:
        return (title,)
    pattern = "titled" if text.header.proposed is None else "titled proposed"
    return s.fill(pattern, title=title, day=s.day(text.effective))


def _intro(text: Text, timeline: Timeline, today: date, s: Sentences) -> Iterator[Words]:
    """When the text is in force, and which other policies it speaks of."""
    yield _in_force(text, timeline, today, s)
    if text.zone is not None:
        yield s.fill("zone", zone=text.zone.name)
    if text.uses:
        names = [_policy(name, s) for name, _ in text.uses]
        yield s.fill("uses", names=joined(names, ", "))


def _policy(name: str, s: Sentences) -> Words:
    """A link to the page of a policy."""
    other = s.checked.program.texts[name]
    return (Link(labels(other.label).get(s.language) or name, name),)


def _in_force(text: Text, timeline: Timeline, today: date, s: Sentences) -> Words:
    """Since when a text has been in force, and until when."""
    first, following = text.effective, _next_day(timeline, text)
    if first is None:
        return s.fill("always in force")
    if text.header.proposed is not None:
        return s.fill("would be in force", day=s.day(first))
    if first > today:
        return s.fill("will be in force", day=s.day(first))
    if following is None:
        return s.fill("in force since", day=s.day(first))
    if following > today:
        return s.fill("in force until", day=s.day(first), next=_version(following, timeline, s))
    now = timeline.on(today)
    latest = first if now is None or now.effective is None else now.effective
    last = s.day(following - timedelta(days=1))
    return s.fill("was in force", first=s.day(first), last=last, latest=_version(latest, timeline, s))


def _next_day(timeline: Timeline, text: Text) -> date | None:
    """The first day of the version after a text; None while no other has followed it."""
    return next((day for day in timeline.days if text.effective is not None and day > text.effective), None)


def _version(day: date, timeline: Timeline, s: Sentences) -> Words:
    """A link to the version that begins on a day."""
    return (Link(plain(s.day(day)), timeline.name, day),)


def _notices(text: Text, s: Sentences, whole: bool) -> Iterator[Words]:
    """What is uncertain about a `whole` text, or about one file of it."""
    if text.header.proposed is not None:
        yield s.fill("only proposed")
    if (uncertain := text.header.uncertain) is not None:
        yield s.fill("first day uncertain", first=s.day(uncertain.first), last=s.day(uncertain.last))
    own = None if text.header.verified is None else text.header.verified.day
    verified = text.verified if whole else own
    if verified is not None and text.header.proposed is None:
        yield s.fill("verified on", day=s.day(verified))


def _groups(text: Text, s: Sentences) -> Iterator[Group]:
    pieces = [piece_of(entry, s) for entry in text.entries.values()]
    for kind in GROUPS:
        of_kind = tuple(piece for piece in pieces if piece.kind == kind)
        if of_kind:
            yield Group(kind, s.fill(f"kinds {kind}"), of_kind)


# ------------------------------------------------------------------ examples


def _tried(example: t.Example, wrong: tuple[Diagnostic, ...], s: Sentences, policy: str) -> Tried:
    when = s.fill("on day", day=s.day(example.on))
    if example.law_of is not None:
        when = s.fill("on day under law", day=s.day(example.on), law=s.day(example.law_of))
    facts = [like(name, s, policy) for name, _ in example.like]
    facts += [given(name, data, s, policy) for name, _, data in example.given]
    expected = tuple(_expected(expected, s, policy) for expected in example.expected)
    return Tried(example.name, when, tuple(facts), expected, wrong)


def _expected(expected: t.Expected, s: Sentences, policy: str) -> Words:
    """What an example expects of an outcome."""
    own = f"{policy}.{expected.name}"
    full_name = own if "." not in expected.name or s.checked.program.find(own.rpartition(".")[0]) else expected.name
    outcome = s.outcome(full_name, expected)
    return s.fill("colon", label=s.named(full_name), value=outcome)


# ------------------------------------------------------------------ history


def _change(place: int, timeline: Timeline, s: Sentences) -> Change:
    """What the version with this number changed."""
    text = timeline.texts[place]
    module = text.modules[-1]
    before = timeline.texts[place - 1] if place else None
    assert text.effective is not None
    title = _version(text.effective, timeline, s)
    lines: tuple[Line, ...]
    if len(text.modules) == 1:
        lines = (Line(s.fill("first text" if before is None else "stated anew")),)
    else:
        changed = [item for item in module.items if not isinstance(item, (t.Example, t.Sample))]
        lines = tuple(_item(item, text, before, s) for item in changed) or (Line(s.fill("nothing changed")),)
    header = text.header.clauses
    return Change(
        title, cited(header.cites, s), tuple(_notices(text, s, whole=False)), s.marks(header.unconfirmed), lines
    )


def _item(item: t.Item, text: Text, before: Text | None, s: Sentences) -> Line:
    """One change: what is added, replaced or repealed, with the provision that does so."""
    match item:
        case t.Repeal(names=names, cites=cites):
            gone = [_named(name, before, s) for name, _ in names]
            words = s.fill("repealed", names=joined(gone, ", "))
        case t.Revive(name=name, day=day, clauses=clauses):
            then = () if day is None else s.day(day)
            words, cites = s.fill("revived", name=_named(name, text, s), day=then), clauses.cites
        case t.Replace(declaration=declaration):
            now, earlier = _named(declaration.name, text, s), _named(declaration.name, before, s)
            if plain(now) == plain(earlier) and isinstance(earlier[0], Link):
                earlier = (replace(earlier[0], text=plain(s.fill("text before"))),)
            words, cites = s.fill("replaced", name=now, before=earlier), declaration.clauses.cites
        case _:
            words, cites = s.fill("added", name=_named(item.name, text, s)), item.clauses.cites
    shown = "; ".join(cite.text for cite in cited(cites, s))
    return Line(s.fill("change under", change=words, cites=shown) if shown else words)


def _named(name: str, text: Text | None, s: Sentences) -> Words:
    """A link to a declaration as a text has it."""
    entry = text.entries.get(name) if text is not None else None
    if entry is None or text is None:
        return (name,)
    return (Link(s.label(entry), entry.full_name, text.effective),)
