"""What can be wrong with a folder of policies, a question put to it, or an example that fails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from policy.diagnostics import Code, Diagnostic, Note, did_you_mean
from policy.model.types import Type
from policy.text import Span

if TYPE_CHECKING:
    from policy.syntax.tree import Example

NO_POLICIES = Code("no-policies", "A folder holds no policy files.")
UNREADABLE = Code("unreadable", "A file or folder cannot be read.")
NO_SUCH_POLICY = Code("no-such-policy", "A policy is asked for that is not there.")
BAD_DAY = Code("bad-day", "A date is not a day written as year-month-day.")
BEFORE_FIRST_DAY = Code("before-first-day", "A date lies before the first day that the policies cover.")
NOT_ASSUMABLE = Code("not-assumable", "Something is assumed that cannot be given in place of what rules work out.")
INVARIANT_FAILS = Code("invariant-fails", "What must hold of the rules for everybody does not hold for somebody.")
EXAMPLE_FAILS = Code("example-fails", "An example comes out otherwise than it expects.")
EXAMPLE_FACTS = Code("example-facts", "The facts of an example are not a valid profile.")
EXAMPLE_UNIT = Code("example-unit", "An example expects an amount in another unit than that of the outcome.")


def no_policies(folder: str) -> Diagnostic:
    """A folder without a single policy file."""
    return Diagnostic(
        NO_POLICIES, f"`{folder}` holds no policy files", None, "name a folder of files that end in `.policy`"
    )


def only_proposed(folder: str) -> Diagnostic:
    """A folder of which nothing is law."""
    return Diagnostic(
        NO_POLICIES,
        f"everything in `{folder}` is only proposed",
        None,
        "ask with the proposed texts: `--proposed`, or `load(…, proposed=True)`",
    )


def unreadable(path: str, reason: str) -> Diagnostic:
    """A path that cannot be read."""
    return Diagnostic(UNREADABLE, f"cannot read `{path}`: {reason}", None, "check the path and who may read it")


def no_such_policy(name: str, known: Iterable[str]) -> Diagnostic:
    """A policy that the folder does not have."""
    names = tuple(known)
    return Diagnostic(
        NO_SUCH_POLICY,
        f"there is no policy `{name}`",
        None,
        did_you_mean(name, names) or f"choose one of {', '.join(names)}",
    )


def bad_day(text: str) -> Diagnostic:
    """`--on tomorrow`."""
    return Diagnostic(
        BAD_DAY, f"`{text}` is not a day of the calendar", None, "write a day as year-month-day, such as 2026-01-21"
    )


def before_first_day(day: date, first: date) -> Diagnostic:
    """A day on which none of the policies was in force."""
    return Diagnostic(
        BEFORE_FIRST_DAY,
        f"no policy was in force on {day}: the first text here is of {first}",
        None,
        f"ask for {first} or a later day",
    )


# Examples


def before_first_day_in(span: Span, day: date, first: date) -> Diagnostic:
    """An example on a day before the first text of its policy."""
    return Diagnostic(BEFORE_FIRST_DAY, f"this policy is not in force on {day}", span, f"choose {first} or a later day")


def example_fails(span: Span, name: str, wanted: str, got: str) -> Diagnostic:
    """An example that expects one thing and gets another."""
    return Diagnostic(
        EXAMPLE_FAILS,
        f"`{name}` should be {wanted}, but is {got}",
        span,
        "correct the rule, or the example if it is the example that is wrong",
    )


def example_unit(span: Span, name: str, type_: Type, unit: str) -> Diagnostic:
    """An outcome in hours that is expected in months."""
    return Diagnostic(EXAMPLE_UNIT, f"`{name}` is `{type_}`, not an amount in `{unit}`", span, "correct the unit")


def invariant_fails(
    span: Span,
    name: str,
    reason: str | None,
    profile: str,
    days: tuple[date, date],
    origin: tuple[str, Span] | None,
) -> Diagnostic:
    """An invariant that does not hold for a profile, or that cannot be worked out, for which there is a reason then.

    `days` are that of the law, and that on which facts are measured; `origin` is the example or sample it is from.
    """
    law, measured = days
    when = "" if law == date.min else f"by the law of {law}, "
    for_whom = "whatever the facts are" if profile == "{}" else f"for `{profile}`"
    notes = [Note(f"{when}{for_whom}, measured on {measured}")]
    if origin is not None:
        notes.append(Note(f"this is all that matters of the {origin[0]}", origin[1]))
    what = "does not hold" if reason is None else f"cannot be worked out: {reason}"
    help = "correct the rules, or the invariant if it is the invariant that is wrong"
    return Diagnostic(INVARIANT_FAILS, f"`{name}` {what}", span, help, notes=tuple(notes))


def in_example(mistake: Diagnostic, example: Example) -> Diagnostic:
    """A mistake in the facts of an example, where it was written; in a sample, with the example that uses it."""
    from policy.frozen import replace

    span = mistake.span
    if span is None:
        return replace(mistake, span=example.name_span)
    if span.source is example.span.source and example.span.start <= span.start < example.span.end:
        return mistake
    return replace(mistake, notes=(*mistake.notes, Note(f"the example “{example.name}” uses this", example.name_span)))


def given_twice(span: Span, name: str, first: Span | None) -> Diagnostic:
    """One fact given twice in an example or a sample."""
    return Diagnostic(
        EXAMPLE_FACTS, f"`{name}` is given twice", span, "keep one of them", notes=(Note("the first one", first),)
    )


def asked_otherwise(span: Span, name: str, about_each: bool) -> Diagnostic:
    """An answer without the record that it is about, or with one although the question is asked once."""
    if about_each:
        message, help = f"`{name}` is asked about each record", f"write it behind a record, such as `….{name}`"
    else:
        message, help = f"`{name}` is asked once, and not about a record", f"write `{name}` alone"
    return Diagnostic(EXAMPLE_FACTS, message, span, help)


def answers_nothing(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """`jobs[0].paid`: a place in the profile with something behind it that is no question about a record."""
    last = name.rpartition(".")[2]
    help = did_you_mean(last, known) or "behind a record stands an open question about it; facts are given whole"
    return Diagnostic(EXAMPLE_FACTS, f"`{last}` is no open question about a record", span, help)


def unknown_sample(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """`like` of a sample that is not there."""
    return Diagnostic(
        EXAMPLE_FACTS, f"there is no sample `{name}`", span, did_you_mean(name, known) or "declare it with `sample`"
    )


def sample_of_other_kind(span: Span, name: str, kind: str, wanted: str) -> Diagnostic:
    """A sample of a job where a profile is wanted."""
    return Diagnostic(
        EXAMPLE_FACTS,
        f"the sample `{name}` is of `{kind}`, not of `{wanted}`",
        span,
        f"name a sample of `{wanted}` after `like`",
    )


def circular_sample(span: Span, name: str) -> Diagnostic:
    """A sample that is like itself."""
    return Diagnostic(EXAMPLE_FACTS, f"the sample `{name}` is like itself", span, "give it a base of its own")


# Assumptions


def no_assumptions() -> Diagnostic:
    """A list, or a value alone, where assumptions are wanted."""
    return Diagnostic(
        NOT_ASSUMABLE, "assumptions are a mapping of names and values", None, "give each value under a `policy.name`"
    )


def not_assumable(name: str, reason: str, help: str) -> Diagnostic:
    """Something that has no value of its own to be given: a fact, a question, what takes arguments, a list."""
    return Diagnostic(NOT_ASSUMABLE, f"`{name}` {reason}, so it cannot be assumed", None, help)


def half_assumed(name: str, left_out: Sequence[str], span: Span | None) -> Diagnostic:
    """A map of which values are not given."""
    keys = ", ".join(f"`{key}`" for key in left_out)
    return Diagnostic(
        NOT_ASSUMABLE, f"`{name}` cannot be assumed in part: {keys} left out", span, "give a value for each key"
    )
