"""What there is to pin of each policy and day, and what each page of it says; `test_snapshots` compares it.

A day is pinned when the text of a policy, or of a policy that it uses, directly or through others, changes on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import Final

import policy
from policy.explain import State, Step
from policy.explain.show import show_date
from policy.model.versions import Text
from policy.profiles import read_file

HERE: Final = Path(__file__).parent
POLICIES: Final = HERE.parent / "policies"
CORPUS: Final = HERE / "corpus"

FRENCH: Final = ("half-known", "part-time", "student", "dancer", "physician")
"""Whose explanation is read in French too: one profile for each file of a policy, in turn."""


# ------------------------------------------------------------------ the days, and what there is to say of them


@dataclass(frozen=True, slots=True)
class Dated:
    """A day on which a policy changes: by a file of its own, or by files of policies that it uses.

    `eve` is the last day of what was in force before, if anything was.
    """

    policy: str
    day: date
    eve: date | None
    changed: tuple[str, ...]
    """The policies whose texts change on the day."""
    has_decisions: bool
    french: str

    def __str__(self) -> str:
        return f"{self.policy}/{self.day}"

    @property
    def own(self) -> bool:
        """Whether it is the first day of a file of the policy itself."""
        return self.policy in self.changed


def days_to_pin(policies: Path) -> list[Dated]:
    """The days of all dated policies of a folder, by policy and day."""
    library = policy.load(policies)
    found: list[Dated] = []
    for timeline in library.timelines.values():
        texts = 0
        for day in library.epochs:
            text = timeline.on(day)
            if text is None or not timeline.dated:
                continue
            changed = tuple(name for name in used_by(library, text, day) if day in library.timelines[name].days)
            if changed:
                decided = any(kind(text, name) == "decision" for name in text.entries)
                eve = day - timedelta(days=1) if timeline.days[0] < day else None
                found.append(Dated(timeline.name, day, eve, changed, decided, FRENCH[texts % len(FRENCH)]))
                texts += timeline.name in changed
    return found


def used_by(library: policy.Library, text: Text, day: date) -> list[str]:
    """The policy of a text, and those that it uses on a day, directly or through others."""
    found: list[str] = []
    pending = [text]
    while pending:
        at = pending.pop()
        if at.name not in found:
            found.append(at.name)
            used = (library.timelines[name].on(day) for name, _ in at.uses)
            pending += [other for other in used if other is not None]
    return found


def kind(text: Text, name: str) -> str:
    """Which word declares a name of a policy: `decision`, `define` or another."""
    return getattr(text.entries[name].declaration, "kind", "")


def profiles(corpus: Path) -> dict[str, str]:
    """The profiles of a folder, and what the first line of each says it is for."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(corpus.glob("*.yaml"))}
    return {name: text.partition("\n")[0].removeprefix("# ") for name, text in texts.items()}


@dataclass(frozen=True, slots=True)
class Page:
    """One snapshot: all outcomes that a file gives, or its explanation for one profile in one language."""

    file: Dated
    profile: str | None = None
    language: str = "en"

    def __str__(self) -> str:
        french = ".fr" if self.language == "fr" else ""
        return f"{self.file}/{self.profile or 'outcomes'}{french}"


def pages(policies: Path, corpus: Path) -> Iterator[Page]:
    """The snapshots that there are to be."""
    for file in days_to_pin(policies):
        yield Page(file)
        if file.own and file.has_decisions:
            yield from (Page(file, profile) for profile in profiles(corpus))
            yield Page(file, file.french, "fr")


# ------------------------------------------------------------------ what a snapshot says


@cache
def library() -> policy.Library:
    return policy.load(POLICIES)


@cache
def answer(day: date, profile: str, assessed_on: date | None = None) -> policy.Answer | str:
    """The answer for a profile under the law of a day, or why it is refused."""
    try:
        return library().on(day, assessed_on).evaluate(read_file(CORPUS / f"{profile}.yaml"))
    except policy.Mistakes as mistakes:
        return "; ".join(mistake.message for mistake in mistakes.diagnostics)


def text_of(page: Page) -> str:
    """What a snapshot is to hold; no line ends in a space."""
    if page.profile is not None:
        lines = explanation_lines(page, page.profile)
    else:
        lines = outcome_lines(page.file) if page.file.own else used_lines(page.file)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def outcome_lines(file: Dated) -> Iterator[str]:
    """Each outcome of the policy for each profile: on the first day, and before it where that was something else."""
    yield f"{file.policy}, text of {file.day}"
    yield ""
    if file.eve is None:
        yield f"Each outcome on {file.day}, the first day of the text."
    else:
        yield f"Each outcome on {file.day}, the first day of the text; where two values stand, the first is that of"
        yield f"{file.eve}, the last day of the text before."
    for profile, purpose in profiles(CORPUS).items():
        yield from ("", f"{profile}: {purpose}")
        after = outcomes(file.policy, file.day, profile)
        before = after if file.eve is None else outcomes(file.policy, file.eve, profile)
        for name in dict.fromkeys((*after, *before)):
            was, now = before.get(name, "nothing"), after.get(name, "nothing")
            yield f"  {name:<20} {now if was == now else f'{was}  →  {now}'}"


def outcomes(name: str, day: date, profile: str) -> dict[str, str]:
    """The outcomes of a policy in words."""
    found = answer(day, profile)
    if isinstance(found, str):
        return {"refused": found}
    own = (outcome for outcome in found if outcome.startswith(f"{name}."))
    return {outcome.removeprefix(f"{name}."): in_words(found.tree(outcome)) for outcome in own}


def in_words(step: Step) -> str:
    """A value, or how the line came out when it has none."""
    return step.value if step.state is State.VALUE else step.state.value


def used_lines(file: Dated) -> Iterator[str]:
    """Who meets what on a day when only texts that the policy uses change, and what these texts do to explanations."""
    yield f"{file.policy} on {file.day}: the text of {' and '.join(file.changed)} changes, its own does not"
    for name, by_value in standings(file).items():
        yield from ("", name)
        for value, those in by_value.items():
            yield from wrapped(f"  {value}: ", those)
    yield ""
    yield "======== The same day under the text before (-) and under the new one (+): what reads otherwise for whom"
    same = []
    for profile, purpose in profiles(CORPUS).items():
        lines = list(changes(reasons(file, file.eve or file.day, profile), reasons(file, file.day, profile)))
        if lines:
            yield from ("", f"{profile}: {purpose}", *lines)
        else:
            same.append(profile)
    yield ""
    yield from wrapped("Nothing for: ", same)


def standings(file: Dated) -> dict[str, dict[str, list[str]]]:
    """By name and value, the profiles of which a decision, a requirement or points come out so."""
    found: dict[str, dict[str, list[str]]] = {}
    text = library().timelines[file.policy].on(file.day)
    assert text is not None
    for profile in profiles(CORPUS):
        for name, value in outcomes(file.policy, file.day, profile).items():
            if name == "refused" or kind(text, name) in ("decision", "requirement", "points"):
                found.setdefault(name, {}).setdefault(value, []).append(profile)
    return {name: dict(sorted(by_value.items())) for name, by_value in sorted(found.items())}


def wrapped(first: str, words: list[str]) -> list[str]:
    """Words after what comes first, in lines that begin below it."""
    return wrap(", ".join(words), 110, initial_indent=first, subsequent_indent=" " * 4, break_on_hyphens=False)


def reasons(file: Dated, law: date, profile: str) -> list[str]:
    """Why the decisions of a policy come out as they do on a day, under the law of that or another day."""
    found = answer(law, profile, file.day)
    if isinstance(found, str):
        return [f"The profile is refused: {found}"]
    decisions = [name for name in found.decisions() if name.startswith(f"{file.policy}.")]
    told = (found.explain(name).split("\n\n", 2)[2] for name in decisions)  # without the head, which tells the days
    return "\n\n".join(told).split("\n")


def explanation_lines(page: Page, profile: str) -> Iterator[str]:
    """Why, on the first day; then the lines that the day before has otherwise."""
    file = page.file
    yield from (f"{file.policy}, text of {file.day}", f"{profile}: {profiles(CORPUS)[profile]}")
    after = explained(file, file.day, page)
    yield from ("", f"======== On {file.day}, the first day of the text", "", *after)
    if file.eve is not None:
        yield from ("", f"======== From {file.eve}, the last day of the text before (-), to {file.day} (+)", "")
        before = that_day(explained(file, file.eve, page), file.eve, file.day)
        yield from list(changes(explained(file, file.eve, page), after, before)) or ["Nothing but the day."]


def explained(file: Dated, day: date, page: Page) -> list[str]:
    """The explanation of the decisions of a policy."""
    found = answer(day, page.profile or "")
    if isinstance(found, str):
        return [f"The profile is refused: {found}"]
    decisions = [name for name in found.decisions() if name.startswith(f"{file.policy}.")]
    return "\n\n".join(found.explain(name, page.language) for name in decisions).split("\n")


def that_day(lines: list[str], eve: date, day: date) -> list[str]:
    """Lines with one day in the place of another."""
    lines = [line.replace(str(eve), str(day)) for line in lines]
    for language in ("en", "fr"):
        lines = [line.replace(show_date(eve, language), show_date(day, language)) for line in lines]
    return lines


def changes(before: list[str], after: list[str], compared: list[str] | None = None) -> Iterator[str]:
    """The lines that differ, each stretch of them with a line around; dots stand for what is the same.

    `compared` are the lines before as they are to be compared, if otherwise than they are shown.
    """
    for stretch in SequenceMatcher(None, compared or before, after, autojunk=False).get_grouped_opcodes(1):
        yield "..."
        for kind, start, end, new_start, new_end in stretch:
            if kind == "equal":
                yield from (f"  {line}" for line in after[new_start:new_end])
            else:
                yield from (f"- {line}" for line in before[start:end])
                yield from (f"+ {line}" for line in after[new_start:new_end])
