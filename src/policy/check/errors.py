"""What can be wrong with declarations that can be read: names, types, labels, citations, tables, data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policy.diagnostics import Code, Diagnostic, Note, did_you_mean
from policy.model.types import Type
from policy.text import Span

UNKNOWN_NAME = Code("unknown-name", "A name means nothing in the policy that uses it.")
AMBIGUOUS_NAME = Code("ambiguous-name", "A name could mean two things.")
TYPE_MISMATCH = Code("type-mismatch", "A value is of another type than its place wants.")
UNIT_MISMATCH = Code("unit-mismatch", "A number is in another unit than its place wants.")
BAD_CALL = Code("bad-call", "A call does not fit what it calls.")
NO_SUCH_FIELD = Code("no-such-field", "A record, row or group has no such field.")
CYCLE = Code("cycle", "Definitions depend on themselves.")
MISSING_LABEL = Code("missing-label", "A text that people read is missing in English or French.")
MISSING_SOURCE = Code("missing-source", "Figures or rules stand under no citation.")
UNKNOWN_SOURCE = Code("unknown-source", "A citation names a source that is not declared.")
BAD_TABLE = Code("bad-table", "The shape of a table does not fit its declaration.")
SCALE_ORDER = Code("scale-order", "The bounds of a scale do not fall from row to row.")
BAD_DATA = Code("bad-data", "A dataset does not fit its declaration.")
BAD_RECORD = Code("bad-record", "A record declares something it cannot have.")
BAD_USE = Code("bad-use", "A policy uses another that is not there.")
BAD_EXAMPLE = Code("bad-example", "An example names what is not there.")


def _of(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def unknown_name(span: Span, name: str, known: Iterable[str], where: str = "") -> Diagnostic:
    """A name nobody declares."""
    place = f" in {where}" if where else ""
    return Diagnostic(
        UNKNOWN_NAME, f"unknown name `{name}`{place}", span, did_you_mean(name, known) or "declare it, or correct it"
    )


def not_used(span: Span, name: str, policy: str) -> Diagnostic:
    """A name of a policy that is not in the head's `uses`."""
    return Diagnostic(
        UNKNOWN_NAME,
        f"`{policy}` is not among the policies this one uses",
        span,
        f"add `{policy}` to `uses` in the head to speak of `{name}`",
    )


def not_in_force(span: Span, name: str, since: object) -> Diagnostic:
    """A name that this epoch lacks."""
    return Diagnostic(
        UNKNOWN_NAME,
        f"`{name}` is not in force any more (repealed from {since})",
        span,
        "say what replaces it from that day",
    )


def ambiguous(span: Span, name: str, meanings: Sequence[tuple[str, Span | None]]) -> Diagnostic:
    """A name with two meanings, both named."""
    return Diagnostic(
        AMBIGUOUS_NAME,
        f"`{name}` could mean {_of([what for what, _ in meanings])}",
        span,
        "write `policy.name`, bind the list's members with `as`, or rename one of them",
        notes=tuple(Note(what, place) for what, place in meanings if place),
    )


def not_a_value(span: Span, name: str, what: str) -> Diagnostic:
    """A declared name that is no value: a record, a sample, a source."""
    return Diagnostic(TYPE_MISMATCH, f"`{name}` is {what}, not a value", span, None)


def type_mismatch(span: Span, actual: Type, wanted: Type, why: str) -> Diagnostic:
    """A value of the wrong type, and why another was wanted."""
    return Diagnostic(TYPE_MISMATCH, f"{why} must be `{wanted}`, this is `{actual}`", span, None)


def wrong_type(span: Span, message: str, help: str | None = None) -> Diagnostic:
    """Any other mistake of type, said in words."""
    return Diagnostic(TYPE_MISMATCH, message, span, help)


def unit_mismatch(span: Span, actual: Type, wanted: Type, why: str) -> Diagnostic:
    """Hours for months."""
    bare = getattr(actual, "unit", "") is None
    help = f"write the unit: `{span.text} {wanted}`" if bare else "convert it by a definition that says how"
    return Diagnostic(
        UNIT_MISMATCH, f"{why} must be in `{wanted}`, this is in `{'no unit' if bare else actual}`", span, help
    )


def not_comparable(span: Span, left: Type, right: Type) -> Diagnostic:
    """Two values of types that have nothing to compare."""
    help = None
    if {str(left), str(right)} == {"moment", "date"}:
        help = "write `day of` the moment to get its date"
    return Diagnostic(TYPE_MISMATCH, f"`{left}` and `{right}` cannot be compared", span, help)


def not_ordered(span: Span, type_: Type) -> Diagnostic:
    """`>=` on something without an order."""
    return Diagnostic(
        TYPE_MISMATCH, f"`{type_}` has no order to compare by", span, "use `is` or `in`, or declare the enum `ordered`"
    )


def no_such_field(span: Span, name: str, type_: Type, known: Iterable[str]) -> Diagnostic:
    """A field that the record does not have."""
    return Diagnostic(NO_SUCH_FIELD, f"`{type_}` has no `{name}`", span, did_you_mean(name, known))


def no_fields(span: Span, type_: Type) -> Diagnostic:
    """A dot after something that has no fields."""
    return Diagnostic(NO_SUCH_FIELD, f"`{type_}` has no fields", span, None)


def bad_call(span: Span, message: str, help: str | None = None) -> Diagnostic:
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


def missing_label(span: Span, what: str, language: str) -> Diagnostic:
    """A label, question or note without one of its two languages."""
    name = {"en": "English", "fr": "French"}[language]
    return Diagnostic(MISSING_LABEL, f"{what} has no {name} text", span, f'add `{language} "…"`')


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


def bad_table(span: Span, message: str, help: str | None = None) -> Diagnostic:
    """A table whose header or cells do not fit."""
    return Diagnostic(BAD_TABLE, message, span, help)


def scale_order(span: Span, message: str, above: Span) -> Diagnostic:
    """A bound that is not below the one above it."""
    return Diagnostic(
        SCALE_ORDER,
        message,
        span,
        "the bounds of a scale fall strictly from row to row",
        notes=(Note("the bound above", above),),
    )


def bad_data(span: Span, message: str, help: str | None = None) -> Diagnostic:
    """A dataset that cannot be read as declared."""
    return Diagnostic(BAD_DATA, message, span, help)


def bad_record(span: Span, message: str, help: str | None = None) -> Diagnostic:
    """A field or check that a record cannot have."""
    return Diagnostic(BAD_RECORD, message, span, help)


def unknown_policy(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """`uses` of a policy that does not exist."""
    return Diagnostic(BAD_USE, f"there is no policy `{name}`", span, did_you_mean(name, known))


def policy_not_yet(span: Span, name: str, first: object) -> Diagnostic:
    """`uses` of a policy that begins only later."""
    return Diagnostic(BAD_USE, f"`{name}` is in force only from {first}", span, "use it from a version of that day on")
