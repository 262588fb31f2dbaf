"""What can be wrong with the files of a policy taken together: names, dates, and what amends what."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from policy.diagnostics import Code, Diagnostic, Note, did_you_mean
from policy.text import Span

FILE_NAME = Code("file-name", "The name or place of a file disagrees with its head.")
SAME_DATE = Code("same-date", "Two files of one policy take effect on one day.")
BROKEN_CHAIN = Code("broken-chain", "A file amends something other than the version before it.")
NOT_THERE = Code("not-there", "A declaration is replaced, repealed or revived that is not there to be.")
DECLARED_TWICE = Code("declared-twice", "One name is declared twice in one policy.")
REVIVED_IN_VAIN = Code("revived-in-vain", "A declaration is revived that reads the same already.")
UNCERTAIN_DAY = Code("uncertain-day", "The days between which a text took effect do not fit its versions.")
VERIFIED_DAY = Code("verified-day", "A text is said to be verified until a day on which it was not in force.")
PROPOSED_TEXT = Code("proposed-text", "A proposed text stands where only law can.")


def wrong_policy_name(span: Span, name: str, wanted: str) -> Diagnostic:
    """`policy fines` in the folder `loans`."""
    return Diagnostic(
        FILE_NAME,
        f"the head says `{name}`, the place of the file says `{wanted}`",
        span,
        f"write `policy {wanted}`, or move the file",
    )


def wrong_date(span: Span, effective: date | None, wanted: date) -> Diagnostic:
    """A file named for another day than its `effective`."""
    said = f"takes effect on {effective}" if effective else "has no `effective` day"
    return Diagnostic(
        FILE_NAME, f"the file is named {wanted} but {said}", span, f"write `effective {wanted}`, or rename the file"
    )


def undated_name(span: Span, stem: str, effective: date | None) -> Diagnostic:
    """A file in a policy's folder whose name is no date."""
    return Diagnostic(
        FILE_NAME,
        f"`{stem}` is the name of a dated file but not a date",
        span,
        f"name the file for its first day in force: {effective or '2015-01-01'}.policy",
    )


def dated_reference(span: Span, name: str, effective: date) -> Diagnostic:
    """A file beside the folders, which holds undated reference, with an effective day."""
    return Diagnostic(
        FILE_NAME,
        f"`{name}` is undated by its place but has an `effective` day",
        span,
        f"move the file to {name}/{effective}.policy, or leave the day out",
    )


def both_dated_and_not(span: Span, name: str, other: Span) -> Diagnostic:
    """A policy that is both an undated file and a folder of dated ones."""
    return Diagnostic(
        FILE_NAME,
        f"`{name}` is both undated and dated",
        span,
        "give this file an `effective` day, or give it another name",
        notes=(Note("the dated one", other),),
    )


def second_undated(span: Span, name: str, first: Span) -> Diagnostic:
    """Two undated files of one policy."""
    return Diagnostic(
        FILE_NAME,
        f"a second file of the undated policy `{name}`",
        span,
        "put both in one file, or give this one another name",
        notes=(Note("the first one", first),),
    )


def same_date(span: Span, name: str, day: date, first: Span) -> Diagnostic:
    """Two files of one policy for one day."""
    return Diagnostic(
        SAME_DATE,
        f"a second file of `{name}` takes effect on {day}",
        span,
        "two instruments of one day are one file, each declaration citing its own",
        notes=(Note("the first one", first),),
    )


def amends_nothing(span: Span, name: str, day: date) -> Diagnostic:
    """An amendment of a policy that has no earlier file."""
    return Diagnostic(
        BROKEN_CHAIN, f"`{name}` has no version of {day} to amend", span, "leave `amends` out of the first version"
    )


def amends_other(span: Span, name: str, day: date, before: date, days: Collection[date]) -> Diagnostic:
    """An amendment of a version other than the one just before, or of one that is not there."""
    help = f"write `amends {before}`" if day in days else f"add the file of {day}, or write `amends {before}`"
    return Diagnostic(
        BROKEN_CHAIN,
        f"this amends the version of {day}, but the version of `{name}` before it is of {before}",
        span,
        help,
    )


def amends_unsaid(span: Span, name: str, before: date | None) -> Diagnostic:
    """A file that replaces, repeals or revives without `amends`."""
    if before is None:
        message = f"`{name}` has no earlier version in which to replace, repeal or revive anything"
        help = "declare what it says without `replace`, and leave `repeal` and `revive` out"
        return Diagnostic(BROKEN_CHAIN, message, span, help)
    message = f"this version of `{name}` replaces, repeals or revives without saying what it amends"
    return Diagnostic(BROKEN_CHAIN, message, span, f"write `amends {before}` in the head")


def not_there(span: Span, name: str, policy: str, verb: str, known: list[str]) -> Diagnostic:
    """`replace` or `repeal` of a name that is not in force."""
    alone = f"leave `{verb}` out to declare it anew" if verb == "replace" else "leave it out"
    help = did_you_mean(name, known) or alone
    return Diagnostic(NOT_THERE, f"there is no `{name}` in `{policy}` to {verb}", span, help)


def declared_twice(span: Span, name: str, first: Span, amends: bool) -> Diagnostic:
    """A second declaration of a name; `amends` says that the first is of an earlier file."""
    help = "write `replace` before it to amend the earlier one" if amends else "give one of them another name"
    return Diagnostic(
        DECLARED_TWICE, f"`{name}` is already declared", span, help, notes=(Note("the first one", first),)
    )


# ------------------------------------------------------------------ what is taken back in


def revived_twice(span: Span, name: str, first: Span) -> Diagnostic:
    """`revive` of a name that the same file declares, replaces or revives."""
    return Diagnostic(
        DECLARED_TWICE,
        f"`{name}` is already declared in this file",
        span,
        "keep one of them",
        notes=(Note("the first one", first),),
    )


def revives_from_later(span: Span, day: date, effective: date) -> Diagnostic:
    """`revive` of what reads so only on this day, or later."""
    return Diagnostic(
        NOT_THERE,
        f"what read so on {day} cannot be revived by the text of {effective}",
        span,
        f"name a day before {effective}",
    )


def read_nothing_then(span: Span, policy: str, day: date, first: date) -> Diagnostic:
    """`revive` as of a day before the first version."""
    return Diagnostic(
        NOT_THERE, f"`{policy}` has no text of {day}: its first is of {first}", span, f"name {first} or a later day"
    )


def not_there_then(
    span: Span, name: str, policy: str, day: date, days: Iterable[date], known: Iterable[str]
) -> Diagnostic:
    """`revive` of a name that was not in force that day; `days` are the first days of the texts that had it."""
    when = [str(day) for day in days]
    help = f"it is in the text of {when[-1]}" if when else did_you_mean(name, known) or "declare it anew"
    return Diagnostic(NOT_THERE, f"there was no `{name}` in `{policy}` on {day} to revive", span, help)


def reads_so_already(span: Span, name: str, since: date | None) -> Diagnostic:
    """`revive` of what has not changed."""
    return Diagnostic(
        REVIVED_IN_VAIN,
        f"`{name}` reads so already, since {since}",
        span,
        "leave it out, or name the day of another text",
    )


# ------------------------------------------------------------------ what the heads say of their text


def days_in_disorder(span: Span, first: date, last: date, effective: date) -> Diagnostic:
    """`effective 2020-05-01 between 2020-03-01 and 2020-03-31`, or days that are one, or exchanged."""
    if first >= last:
        message, help = f"{first} is not before {last}", "give the first and the last day that it can have been"
    else:
        message = f"the day {effective} is not between {first} and {last}"
        help = "name days on both sides of it; either may be that day itself"
    return Diagnostic(UNCERTAIN_DAY, message, span, help)


def reaches_neighbour(span: Span, said: date, other: date, earlier: bool) -> Diagnostic:
    """A first day so uncertain that the order of the versions is, too."""
    what = f"the text before this one is of {other}" if earlier else f"the next text is of {other}"
    side = "a later" if earlier else "an earlier"
    return Diagnostic(
        UNCERTAIN_DAY,
        f"this may have taken effect on {said}, but {what}",
        span,
        f"name {side} day: the order of the versions must be certain",
    )


def days_overlap(span: Span, first: date, last: date, other: Span) -> Diagnostic:
    """Two versions of which either may have been the first."""
    return Diagnostic(
        UNCERTAIN_DAY,
        f"this may have taken effect on {first}, and the text before it only on {last}",
        span,
        "let the one end before the other begins: the order of the versions must be certain",
        notes=(Note("the text before this one", other),),
    )


def verified_before(span: Span, day: date, effective: date) -> Diagnostic:
    """A text that was verified before there was one."""
    return Diagnostic(
        VERIFIED_DAY,
        f"this was verified until {day}, but takes effect only on {effective}",
        span,
        f"name {effective} or a later day, or leave it out",
    )


def verified_beyond(span: Span, day: date, after: date, next: Span) -> Diagnostic:
    """A text that was verified when another one was in force already."""
    return Diagnostic(
        VERIFIED_DAY,
        f"this was verified until {day}, but the next text takes effect on {after}",
        span,
        f"name a day before {after}, or correct the next text",
        notes=(Note("the next text", next),),
    )


def proposed_before_law(span: Span, day: date, next: Span) -> Diagnostic:
    """A proposed text with law after it."""
    return Diagnostic(
        PROPOSED_TEXT,
        f"this is proposed, but law follows it on {day}",
        span,
        "leave `status proposed` out if it has become law, or remove the file if it has not",
        notes=(Note("the law after it", next),),
    )


def proposed_reference(span: Span, name: str) -> Diagnostic:
    """Undated reference that is proposed."""
    return Diagnostic(
        PROPOSED_TEXT,
        f"`{name}` has no day from which it is proposed to hold",
        span,
        "give it an `effective` day, or leave `status proposed` out",
    )
