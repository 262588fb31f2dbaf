"""What is to be said of the texts that an answer rests on.

That a first day is uncertain, until when a text was verified, and which of them are only proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from policy.explain.citations import citation
from policy.explain.context import Context
from policy.explain.report import State, Step
from policy.explain.show import show_date
from policy.explain.wording import PolicyWording
from policy.explain.words import say
from policy.syntax.clauses import Reference


def notices(context: Context, policies: Iterable[str], language: str) -> Iterator[Step]:
    """A remark for everything that is uncertain about the texts of some policies on the day of an answer."""
    for policy in policies:
        about = context.wording.policies[policy]
        for sentence, cites in _uncertain(about, context.day, language):
            title = say("colon", language, label=about.label.get(language) or policy, value=sentence)
            places = tuple(citation(reference, context.wording, language) for reference in cites)
            yield Step(State.VALUE, title, cites=places)


def rests_on_proposed(context: Context, policies: Iterable[str]) -> tuple[str, ...]:
    """Those of some policies whose text is only proposed, and no law."""
    return tuple(policy for policy in policies if context.wording.policies[policy].proposed)


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
