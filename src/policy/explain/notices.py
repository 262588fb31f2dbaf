"""What is to be said of the texts that an answer rests on.

That a first day is uncertain, until when a text was verified, and which of them are only proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from policy.explain.citations import citation
from policy.explain.report import State, Step
from policy.explain.show import show_date
from policy.explain.wording import PolicyWording, Wording
from policy.explain.words import say
from policy.syntax.clauses import Reference


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a day that an answer rests on: the policies asked, with all that they use."""

    day: date
    policies: Mapping[str, PolicyWording]
    wording: Wording

    @property
    def proposed(self) -> tuple[str, ...]:
        """The policies of which the text is only proposed, and no law."""
        return tuple(name for name, about in self.policies.items() if about.proposed)


def texts_of(day: date, asked: Iterable[str], policies: Mapping[str, PolicyWording], wording: Wording) -> Texts:
    """The texts that some policies rest on: their own, and those of the policies that they use."""
    found: set[str] = set()
    pending = list(asked)
    while pending:
        name = pending.pop()
        if name not in found and name in policies:
            found.add(name)
            pending += policies[name].uses
    return Texts(day, {name: policies[name] for name in sorted(found)}, wording)


def notices(texts: Texts, day: date, language: str) -> Iterator[Step]:
    """A remark for everything that is uncertain about texts; those of another day than that of the answer name it."""
    for policy, about in texts.policies.items():
        label = about.label.get(language) or policy
        if texts.day != day:
            label = f"{label} ({show_date(texts.day, language)})"
        for sentence, cites in _uncertain(about, texts.day, language):
            title = say("colon", language, label=label, value=sentence)
            places = tuple(citation(reference, texts.wording, language) for reference in cites)
            yield Step(State.VALUE, title, cites=places)


def _uncertain(about: PolicyWording, day: date, language: str) -> Iterator[tuple[str, tuple[Reference, ...]]]:
    """What is uncertain about a text on a day, and the provisions that this is about.

    On the last of the days between which it took effect it was in force for certain.
    """
    began, later = about.began, about.following
    if began is not None and began.between is not None and began.between[0] <= day < began.between[1]:
        instead = say("no text yet", language)
        if about.preceding is not None:
            instead = say("text instead", language, day=show_date(about.preceding, language))
        yield say("uncertain day", language, **_days(began.between, language), instead=instead), began.cites
    if later is not None and later.between is not None and later.between[0] <= day:
        which = show_date(later.effective, language)
        yield say("perhaps already", language, day=which, **_days(later.between, language)), later.cites
    if about.verified is not None and about.verified < day and not about.proposed:
        yield say("verified", language, day=show_date(about.verified, language)), about.cites


def _days(between: tuple[date, date], language: str) -> dict[str, str]:
    """The first and the last of some days as a sentence has them."""
    first, last = (show_date(day, language) for day in between)
    return {"first": first, "last": last}
