"""What can be wrong with a question put to an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from policy.diagnostics import Code, Diagnostic, did_you_mean
from policy.explain.wording import FirstDay, Wording
from policy.text import Span

NOT_IN_FORCE = Code("not-in-force", "An outcome is asked for on a day when its text is not in force.")
UNKNOWN_LANGUAGE = Code("unknown-language", "A language is asked for in which nothing is written.")
MOST_LISTED = 4
"""How many members of a family are listed to choose from."""

UNKNOWN_OUTCOME = Code("unknown-outcome", "An outcome is asked for that no policy has.")


def unknown_outcome(name: str, known: Iterable[str], span: Span | None = None) -> Diagnostic:
    """An outcome that does not exist."""
    return Diagnostic(
        UNKNOWN_OUTCOME, f"there is no outcome `{name}`", span, did_you_mean(name, known) or "write it as `policy.name`"
    )


def why_no_outcome(name: str, known: Iterable[str], wording: Wording, day: date) -> Diagnostic:
    """Why nothing can be asked of a name: it is not in force that day, has no value by itself, or nobody has it."""
    policy = name.partition(".")[0]
    if policy in wording.before:
        return _not_yet_in_force(name, day, wording.before[policy])
    family = ".".join(name.split(".")[:2])
    for gone in (name, family):
        if gone in wording.repealed:
            since, began = wording.repealed[gone], wording.policies[policy].began
            until = began.perhaps_until(day) if began is not None and began.effective == since else None
            return not_in_force(name, day, since=since, until=until)
        if gone in wording.later:
            return _not_yet_in_force(name, day, wording.later[gone])
    members = [other for other in known if other.startswith(f"{family}.")]
    if name in wording.parameters:
        return no_outcome_by_itself(name, wording.parameters[name], members)
    return unknown_outcome(name, members or known)


def unknown_language(language: str) -> Diagnostic:
    """A language other than English and French."""
    return Diagnostic(UNKNOWN_LANGUAGE, f"nothing is written in the language `{language}`", None, "choose `en` or `fr`")


def _not_yet_in_force(name: str, day: date, first: FirstDay) -> Diagnostic:
    """An outcome of a text that begins later."""
    return not_in_force(name, day, first=first.effective, perhaps=first.perhaps(day))


def not_in_force(
    name: str,
    day: date,
    since: date | None = None,
    first: date | None = None,
    perhaps: date | None = None,
    until: date | None = None,
) -> Diagnostic:
    """An outcome of a text that is not yet, or no longer, in force. It is never answered with no.

    `perhaps` is the earliest day on which the text may have taken effect, where that is uncertain and the day is later;
    `until` the latest on which it may have ended, where that is uncertain and the day is earlier.
    """
    when = f"has not been in force since {since}" if since else f"is not in force before {first}"
    help = "ask for a day when it was"
    if perhaps is not None:
        help = f"ask for {first}: its first day is uncertain, and may have been as early as {perhaps}"
    if until is not None:
        help = f"ask for a day before {since}: the day of its repeal is uncertain, and may have been as late as {until}"
    return Diagnostic(NOT_IN_FORCE, f"`{name}` {when} (asked for {day})", None, help)


def no_outcome_by_itself(name: str, parameters: Sequence[str], members: Sequence[str] = ()) -> Diagnostic:
    """A definition that takes arguments, or a declaration without a value; `members` are those of a family."""
    takes = f"takes {', '.join(parameters)}, so" if parameters else "has no value, so"
    return Diagnostic(
        UNKNOWN_OUTCOME,
        f"`{name}` {takes} it cannot be asked for by itself",
        None,
        f"ask for {_either(members)}" if members else "ask for what uses it",
    )


def _either(names: Sequence[str]) -> str:
    """The first of some names, to choose from."""
    shown = [f"`{name}`" for name in names[:MOST_LISTED]]
    if names[MOST_LISTED:]:
        return f"{', '.join(shown)} …"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
