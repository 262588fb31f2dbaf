"""What can be wrong with the files of a policy taken together: names, dates, and what amends what."""

from __future__ import annotations

from datetime import date

from policy.diagnostics import Code, Diagnostic, Note, did_you_mean
from policy.text import Span

FILE_NAME = Code("file-name", "The name or place of a file disagrees with its head.")
SAME_DATE = Code("same-date", "Two files of one policy take effect on one day.")
BROKEN_CHAIN = Code("broken-chain", "A file amends something other than the version before it.")
NOT_THERE = Code("not-there", "A declaration is replaced or repealed that is not in force.")
DECLARED_TWICE = Code("declared-twice", "One name is declared twice in one policy.")


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


def amends_other(span: Span, name: str, day: date, before: date) -> Diagnostic:
    """An amendment of a version other than the one just before."""
    return Diagnostic(
        BROKEN_CHAIN,
        f"this amends the version of {day}, but the version of `{name}` before it is of {before}",
        span,
        f"write `amends {before}`",
    )


def amends_unsaid(span: Span, name: str, before: date | None) -> Diagnostic:
    """A file that replaces or repeals without `amends`."""
    if before is None:
        message = f"`{name}` has no earlier version in which to replace or repeal anything"
        return Diagnostic(BROKEN_CHAIN, message, span, "declare what it says without `replace`, and leave `repeal` out")
    message = f"this version of `{name}` replaces or repeals without saying what it amends"
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
