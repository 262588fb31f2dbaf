"""What can be wrong with declarations that can be read: names, types, labels, citations, tables, data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policy.check.ways import towards
from policy.diagnostics import Code, Diagnostic, Note, did_you_mean
from policy.model.types import Enum, ListOf, Number, Type
from policy.text import Span

UNKNOWN_NAME = Code("unknown-name", "A name means nothing in the policy that uses it.")
STILL_USED = Code("still-used", "A name is repealed that text from before the repeal uses.")
AMBIGUOUS_NAME = Code("ambiguous-name", "A name could mean two things.")
TAKEN_NAME = Code("taken-name", "A name is given that the language itself uses.")
TYPE_MISMATCH = Code("type-mismatch", "A value is of another type than its place wants.")
UNIT_MISMATCH = Code("unit-mismatch", "A number is in another unit than its place wants.")
OUT_OF_RANGE = Code("out-of-range", "A number is outside what its place allows.")
BAD_CALL = Code("bad-call", "A call does not fit what it calls.")
NO_SUCH_FIELD = Code("no-such-field", "A record, row or group has no such field.")
CYCLE = Code("cycle", "Definitions depend on themselves.")
UNFOLDS_TOO_FAR = Code("unfolds-too-far", "Definitions unfold into more than can be worked out or explained.")
MISSING_LABEL = Code("missing-label", "A text that people read is missing in English or French.")
MISSING_SOURCE = Code("missing-source", "Figures or rules stand under no citation.")
UNKNOWN_SOURCE = Code("unknown-source", "A citation names a source that is not declared.")
BAD_DATA = Code("bad-data", "A dataset does not fit its declaration.")
BAD_SET = Code("bad-set", "A set has a code that cannot be in it.")
BAD_RECORD = Code("bad-record", "A record, input or question declares something it cannot have.")
BAD_USE = Code("bad-use", "A policy uses another that is not there.")
NO_ZONE = Code("no-zone", "A moment is read by the clock of a place, and no place is named.")
UNKNOWN_ZONE = Code("unknown-zone", "A zone is named that the database of zones does not have.")
OTHER_DAY = Code("other-day", "A rule is asked for on another day, or by its text of one, where it cannot be had.")
BAD_BUT = Code("bad-but", "What is assumed after `but` cannot be assumed, or makes no difference.")
BAD_SAMPLE = Code("bad-sample", "A sample gives what its record does not have.")


MOST_LISTED = 12
"""How many names are listed to choose from."""


def listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


# ------------------------------------------------------------------ names


def unknown_name(span: Span, name: str, known: Iterable[str], what: str = "name") -> Diagnostic:
    """A name nobody declares."""
    return Diagnostic(
        UNKNOWN_NAME, f"unknown {what} `{name}`", span, did_you_mean(name, known) or "declare it, or correct it"
    )


def not_in_policy(span: Span, name: str, policy: str, known: Iterable[str]) -> Diagnostic:
    """`policy.name` of a name that the policy does not declare."""
    return Diagnostic(
        UNKNOWN_NAME,
        f"`{policy}` has no `{name}`",
        span,
        did_you_mean(name, known) or "declare it there, or correct it",
    )


def not_in_enum(span: Span, name: str, enum: Enum, known: Sequence[str]) -> Diagnostic:
    """A word that is none of those of the enum that is wanted."""
    choice = ", ".join(f"`{value}`" for value in known[:MOST_LISTED]) + (" …" if known[MOST_LISTED:] else "")
    return Diagnostic(
        UNKNOWN_NAME,
        f"`{name}` is not a value of `{enum}`",
        span,
        did_you_mean(name, known) or f"write one of {choice}",
    )


def not_used(span: Span, name: str, policy: str) -> Diagnostic:
    """A name of a policy that is not in the head's `uses`."""
    return Diagnostic(
        UNKNOWN_NAME,
        f"`{name}` is of `{policy}`, which is not among the policies this one uses",
        span,
        f"add `{policy}` to `uses` in the head",
    )


def still_used(span: Span, name: str, use: Span, user: str) -> Diagnostic:
    """The repeal of a name that earlier text uses."""
    return Diagnostic(
        STILL_USED,
        f"`{name}` is repealed, but still used",
        span,
        "replace or repeal in this amendment what uses it, too",
        notes=(Note(f"`{user}` uses it", use),),
    )


def not_in_force(span: Span, name: str, since: object, repeal: Span) -> Diagnostic:
    """A name that was repealed before the text that uses it."""
    return Diagnostic(
        UNKNOWN_NAME,
        f"`{name}` is not in force any more (repealed from {since})",
        span,
        "name what has taken its place, or revive it",
        notes=(Note("repealed here", repeal),),
    )


def ambiguous(span: Span, name: str, meanings: Sequence[tuple[str, Span | None]], help: str) -> Diagnostic:
    """A name with two meanings, both named."""
    return Diagnostic(
        AMBIGUOUS_NAME,
        f"`{name}` could mean {listed([what for what, _ in meanings])}",
        span,
        help,
        notes=tuple(Note(what, place) for what, place in meanings if place and place != span),
    )


def clashes(span: Span, name: str, meanings: Sequence[tuple[str, Span | None]]) -> Diagnostic:
    """A parameter or bound name that something else has already."""
    return ambiguous(span, name, [("what is named here", span), *meanings], "choose another name for it here")


def taken(span: Span, name: str, what: str) -> Diagnostic:
    """A declaration with a name that the language itself uses."""
    return Diagnostic(TAKEN_NAME, f"`{name}` is {what} and cannot be declared", span, "choose another name")


def not_a_value(span: Span, name: str, what: str, help: str) -> Diagnostic:
    """A declared name that is no value: a record, a sample, a source."""
    return Diagnostic(TYPE_MISMATCH, f"`{name}` is {what}, not a value", span, help)


# ------------------------------------------------------------------ types and units


def type_mismatch(span: Span, actual: Type, wanted: Type, why: str) -> Diagnostic:
    """A value of the wrong type, and why another was wanted."""
    return Diagnostic(
        TYPE_MISMATCH, f"{why} must be `{wanted}`, this is `{actual}`", span, towards(span, actual, wanted)
    )


def wrong_type(span: Span, message: str, help: str) -> Diagnostic:
    """Any other mistake of type, said in words."""
    return Diagnostic(TYPE_MISMATCH, message, span, help)


def not_whole(span: Span, wanted: Type, why: str, literal: bool) -> Diagnostic:
    """Half a point."""
    of = f" of `{wanted}`" if isinstance(wanted, Number) and wanted.unit else ""
    return Diagnostic(
        TYPE_MISMATCH,
        f"{why} must be a whole number{of}",
        span,
        "write a whole number" if literal else "write `floor(…)` around it to drop the part below one",
    )


def unit_mismatch(span: Span, actual: Number, wanted: Number, why: str) -> Diagnostic:
    """Hours for months."""
    if actual.unit is None:
        message = f"{why} must be in `{wanted}`, `{span.text}` has no unit"
        return Diagnostic(UNIT_MISMATCH, message, span, f"write `{span.text} {wanted}`")
    there = f"this is in `{actual}`" if actual.unit else f"this is a plain `{actual}`"
    if not actual.unit and wanted.unit == "points":
        help = "multiply it by the points for each, such as `… * 2 points`"
        return Diagnostic(UNIT_MISMATCH, f"{why} must be in `{wanted}`, {there}", span, help)
    if not wanted.unit:
        declared = "." in (actual.unit or "")  # a unit of the language is written after a number, a quantity is not
        return Diagnostic(
            UNIT_MISMATCH,
            f"{why} must be a plain `{wanted}`, {there}",
            span,
            f"divide it by an amount in `{actual}`" if declared else f"divide it by `1 {actual}`",
        )
    return Diagnostic(
        UNIT_MISMATCH, f"{why} must be in `{wanted}`, {there}", span, "convert it with a definition that says how"
    )


def out_of_range(span: Span, why: str, allowed: str) -> Diagnostic:
    """A number that its place does not allow."""
    return Diagnostic(OUT_OF_RANGE, f"{why} must be {allowed}, not `{span.text}`", span, "correct it, or the range")


def not_comparable(span: Span, left: Type, right: Type, help: str) -> Diagnostic:
    """Two values of types that have nothing to compare."""
    return Diagnostic(TYPE_MISMATCH, f"`{left}` and `{right}` cannot be compared", span, help)


def never_compared(span: Span, type_: Type) -> Diagnostic:
    """`is` between two lists, records or maps."""
    return Diagnostic(
        TYPE_MISMATCH, f"two values of `{type_}` cannot be compared", span, "compare their fields, members or counts"
    )


def not_ordered(span: Span, type_: Type) -> Diagnostic:
    """`>=` on something without an order."""
    help = "declare the enum `ordered`, or use `is` or `in`" if isinstance(type_, Enum) else "use `is` or `in`"
    return Diagnostic(TYPE_MISMATCH, f"`{type_}` has no order to compare by", span, help)


def no_range(span: Span, type_: Type) -> Diagnostic:
    """`a..b` of words or codes."""
    return Diagnostic(
        TYPE_MISMATCH,
        f"there is no range of `{type_}`",
        span,
        "declare the enum `ordered`, or write the values one by one with commas"
        if isinstance(type_, Enum)
        else "write the values one by one with commas",
    )


def empty_range(span: Span) -> Diagnostic:
    """`20..10`."""
    return Diagnostic(OUT_OF_RANGE, "the range begins above its end", span, "exchange its ends")


def no_such_field(span: Span, name: str, type_: Type, known: Iterable[str]) -> Diagnostic:
    """A field that the record does not have."""
    known = list(known)
    return Diagnostic(
        NO_SUCH_FIELD,
        f"`{type_}` has no `{name}`",
        span,
        did_you_mean(name, known) or f"it has {listed([f'`{n}`' for n in known[:MOST_LISTED]])}",
    )


def no_fields(span: Span, type_: Type) -> Diagnostic:
    """A dot after something that has no fields."""
    help = "say of which member, with `for each` or `the one`" if isinstance(type_, ListOf) else "leave the dot out"
    return Diagnostic(NO_SUCH_FIELD, f"`{type_}` has no fields", span, help)


def bad_call(span: Span, message: str, help: str) -> Diagnostic:
    """A call with wrong arguments, or of something that cannot be called."""
    return Diagnostic(BAD_CALL, message, span, help)


def cycle(steps: Sequence[tuple[str, Span]]) -> Diagnostic:
    """Definitions in a circle, with the place that causes each step."""
    path = " → ".join(f"`{name}`" for name, _ in [*steps, steps[0]])
    return Diagnostic(
        CYCLE,
        f"definitions depend on themselves: {path}",
        steps[0][1],
        "say one of them without the others",
        notes=tuple(
            Note(f"`{steps[(i + 1) % len(steps)][0]}` is used here", span) for i, (_, span) in enumerate(steps)
        ),
    )


def deep_chain(span: Span, names: Sequence[str]) -> Diagnostic:
    """A chain of definitions in which operations stand too deep inside one another."""
    first, *between, last = names
    return Diagnostic(
        UNFOLDS_TOO_FAR,
        f"`{first}` rests on `{last}` through {len(between)} others, too far to be explained",
        span,
        "say it with fewer definitions on the way, or with a list and `for each`",
        notes=(
            Note(
                "the chain: "
                + " → ".join([*(f"`{name}`" for name in names[:MOST_LISTED]), *(["…"] if names[MOST_LISTED:] else [])])
            ),
        ),
    )


def too_many_operations(span: Span, name: str, times: int) -> Diagnostic:
    """Rules with parameters that call each other with ever different arguments."""
    return Diagnostic(
        UNFOLDS_TOO_FAR,
        f"the rules come to too many operations: `{name}` is called with {times:,} different arguments",
        span,
        "let the rules that lead to it call one another with the same arguments, or with fewer",
    )


# ------------------------------------------------------------------ texts and citations


def missing_label(span: Span, what: str, language: str) -> Diagnostic:
    """A label, question or note without one of its two languages."""
    name = {"en": "English", "fr": "French"}[language]
    return Diagnostic(MISSING_LABEL, f"{what} has no {name} text", span, f'add `{language} "…"`')


def missing_place(span: Span, source: str) -> Diagnostic:
    """A place in a document that is named in English only."""
    return Diagnostic(
        MISSING_LABEL,
        f"the place cited in `{source}` has no French text",
        span,
        'write it in both languages: `"table 2" / "tableau 2"`',
    )


def missing_source(span: Span, what: str) -> Diagnostic:
    """A rule that says where it is from nowhere."""
    return Diagnostic(
        MISSING_SOURCE,
        f"{what} stands under no citation",
        span,
        "add `cites SOURCE …` to it or to the head of the file",
    )


def unknown_source(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """A citation of a source that nobody declares."""
    return Diagnostic(
        UNKNOWN_SOURCE,
        f"unknown source `{name}`",
        span,
        did_you_mean(name, known) or f'declare it: `source {name} en "…" fr "…"`',
    )


# ------------------------------------------------------------------ data, records


def bad_data(span: Span, message: str, help: str, notes: tuple[Note, ...] = ()) -> Diagnostic:
    """A dataset that cannot be read as declared."""
    return Diagnostic(BAD_DATA, message, span, help, notes=notes)


def no_key(span: Span, name: str) -> Diagnostic:
    """A row of a dataset whose rows have no key."""
    help = "mark one of its columns `key`, or draw a set from it with `those COLUMN in DATASET where (…)`"
    return Diagnostic(BAD_DATA, f"the rows of `{name}` have no key by which to name one", span, help)


def bad_set(span: Span, message: str, help: str) -> Diagnostic:
    """A code or prefix that cannot be in its set."""
    return Diagnostic(BAD_SET, message, span, help)


def bad_record(span: Span, message: str, help: str) -> Diagnostic:
    """A field or check that a record, input or question cannot have."""
    return Diagnostic(BAD_RECORD, message, span, help)


def bad_sample(span: Span, message: str, help: str) -> Diagnostic:
    """Data that a sample cannot hold."""
    return Diagnostic(BAD_SAMPLE, message, span, help)


def own_fields_only(span: Span, name: str, of_set: bool = False) -> Diagnostic:
    """A condition of a record, or of a set, that looks beyond it."""
    if of_set:
        message = f"the condition of a set speaks of columns and parameters, not of `{name}`"
        return Diagnostic(BAD_SET, message, span, "write the value, or give the set a parameter for it")
    return Diagnostic(
        BAD_RECORD,
        f"a condition of a record speaks of its own fields, not of `{name}`",
        span,
        "say it in a requirement that looks at the record",
    )


# ------------------------------------------------------------------ policies


def unknown_policy(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """`uses` of a policy that does not exist."""
    return Diagnostic(
        BAD_USE, f"there is no policy `{name}`", span, did_you_mean(name, known) or "leave it out, or add its file"
    )


def policy_not_yet(span: Span, name: str, first: object) -> Diagnostic:
    """`uses` of a policy that begins only later."""
    return Diagnostic(BAD_USE, f"`{name}` is in force only from {first}", span, "use it from a version of that day on")


def uses_itself(span: Span, name: str) -> Diagnostic:
    """`uses` of the policy that says so."""
    return Diagnostic(BAD_USE, f"`{name}` need not use itself", span, "leave it out")


# ------------------------------------------------------------------ zones


def no_zone(span: Span, policy: str) -> Diagnostic:
    """A year added to a moment, where nobody says by whose clock."""
    return Diagnostic(
        NO_ZONE,
        f"`{policy}` names no zone by whose clock this is read",
        span,
        'add `zone "…"` to the head, with the name of a place such as `America/Toronto`',
    )


def unknown_zone(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """`zone "Toronto"`."""
    near = did_you_mean(name, known) or next((f"write `{k}`" for k in known if k.endswith(f"/{name}")), None)
    help = near or "write the name of a place as the database of zones has it, such as `America/Toronto`"
    return Diagnostic(UNKNOWN_ZONE, f"there is no zone `{name}`", span, help)
