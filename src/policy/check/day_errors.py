"""What can be wrong with rules that are asked for on another day, or read as they were on an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from policy.check.errors import BAD_BUT, OTHER_DAY, listed
from policy.diagnostics import Diagnostic, did_you_mean
from policy.model.types import Type
from policy.text import Span


def no_rule_on_day(span: Span) -> Diagnostic:
    """`at` after something that is no rule with a name."""
    return Diagnostic(
        OTHER_DAY,
        f"`{span.text}` is no rule that can be asked for on another day",
        span,
        "name a decision, a requirement, points or a definition before `at`; declare one if there is none",
    )


def not_single_on_day(span: Span, parameters: Sequence[tuple[str, Type]], type_: Type) -> Diagnostic:
    """`at` after a rule that takes arguments, or gives a list."""
    what = f"takes {listed([name for name, _ in parameters])}" if parameters else f"is a `{type_}`"
    return Diagnostic(
        OTHER_DAY,
        f"`{span.text}` {what}, so it cannot be asked for on another day",
        span,
        "ask for a rule without parameters that has a single value; declare one if there is none",
    )


def other_type_on_day(span: Span, name: str, day: date, type_: Type, wanted: Type) -> Diagnostic:
    """A rule that is of one type in one version and of another in the next."""
    return Diagnostic(
        OTHER_DAY,
        f"`{name}` is of type `{type_}` by the text of {day}, and `{wanted}` here",
        span,
        "give what is asked for on several days one type in every version",
    )


def _by_text_of(day: date) -> str:
    """Of which day a text is; nothing for texts that have no day."""
    return "" if day == date.min else f" by the text of {day}"


def on_day_inside(span: Span, name: str, inner: str, within: str, day: date) -> Diagnostic:
    """`at` of a rule that asks for yet another day."""
    asks = f"`{name}` itself" if within == name else f"`{name}` rests on `{within}`, which"
    return Diagnostic(
        OTHER_DAY,
        f"{asks} asks for `{inner}` on yet another day{_by_text_of(day)}",
        span,
        "ask for something that does not: one day leads to no other",
    )


def other_fact_on_day(span: Span, name: str, fact: str, day: date) -> Diagnostic:
    """A rule of another day that speaks of facts that are declared otherwise here."""
    return Diagnostic(
        OTHER_DAY,
        f"`{name}`{_by_text_of(day)} speaks of `{fact}`, which is not declared in the same way here",
        span,
        "declare what profiles hold once, in a policy without a date",
    )


def not_earlier(span: Span, day: date, since: date | None) -> Diagnostic:
    """`as it read on` of a day that does not lie before the file, or in a file without a day."""
    if since is None:
        message, help = "a file without a day has no earlier text", "say it in a file with a day"
    else:
        message, help = f"{day} does not lie before {since}, the day of this file", "name an earlier day"
    return Diagnostic(OTHER_DAY, message, span, help)


def nothing_as_read(span: Span) -> Diagnostic:
    """`as it read on` of a fact, a parameter, or something without a name."""
    return Diagnostic(
        OTHER_DAY,
        f"`{span.text}` is no rule that can be read as it was",
        span,
        "name a definition, a requirement or a table, of this policy or of one that it uses",
    )


def not_there_on(span: Span, name: str, day: date, why: str, known: Iterable[str] = ()) -> Diagnostic:
    """`as it read on` of a day on which it was not there."""
    message = f"`{name}` was not there on {day}" + (f": {why}" if why else "")
    return Diagnostic(OTHER_DAY, message, span, did_you_mean(name, known) or "name another day, or another rule")


def bad_but(span: Span, message: str, help: str) -> Diagnostic:
    """`but` of something that cannot be assumed, or of no use."""
    return Diagnostic(BAD_BUT, message, span, help)
