"""Running the examples that stand in policy files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

from policy.check.errors import ambiguous
from policy.diagnostics import Diagnostic, Mistakes
from policy.explain import Answer
from policy.explain.errors import NOT_IN_FORCE, unknown_outcome
from policy.explain.show import show
from policy.frozen import replace
from policy.model.types import Number, without_none
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault
from policy.pipeline import errors
from policy.pipeline.example_facts import ExampleFacts
from policy.pipeline.library import Library
from policy.profiles.values import moment_of
from policy.syntax import tree as t


def run_example(library: Library, policy: str, example: t.Example) -> Iterator[Diagnostic]:
    """What one example of a policy gets wrong, each mistake on the line it is about.

    It is run under the law of its own day, or of the day that it names.
    """
    law, days = law_of(example), library.timelines[policy].days
    first = max((library.first_day, *days[:1]))
    if law < first:
        yield errors.before_first_day_in(example.name_span, law, first)
        return
    rules = library.on(law, assessed_on=example.on)
    facts = ExampleFacts(rules.texts, rules.catalog, policy)
    document = facts.document(example)
    if facts.mistakes:
        yield from (errors.in_example(mistake, example) for mistake in facts.mistakes)
        return
    try:
        answer = rules.evaluate(document)
    except Mistakes as problem:
        yield from (errors.in_example(mistake, example) for mistake in problem.diagnostics)
        return
    for expected in example.expected:
        yield from _judge(answer, policy, expected)


def law_of(example: t.Example) -> date:
    """The day whose law an example is run under."""
    return example.law_of or example.on


def _judge(answer: Answer, policy: str, expected: t.Expected) -> Iterator[Diagnostic]:
    own = f"{policy}.{expected.name}"
    found = [name for name in (own, expected.name) if name in answer]
    if len(found) != 1:
        family = own.rpartition(".")[0] in answer.context.wording.parameters
        name = own if family or "." not in expected.name else expected.name
        both = [(f"`{name}`", None) for name in found]
        help = "give one of them another name"
        if found:
            yield ambiguous(expected.span, expected.name, both, help)
        else:
            yield _no_outcome(answer, policy, name, expected)
        return
    (name,) = found
    context = answer.context
    value = answer.value(name)
    type_ = without_none(context.graph.nodes[context.graph.named[name]].type)
    unit = type_.unit if isinstance(type_, Number) else None
    if expected.unit is not None and _plural(expected.unit) != unit:
        yield errors.example_unit(expected.span, expected.name, type_, expected.unit)
    elif not _as_expected(expected, value, context.catalog.symbols.get(unit or "")):
        got = _word(value) or show(value, type_, "en", context.catalog)
        yield errors.example_fails(expected.span, expected.name, _wanted(expected), got)


def _no_outcome(answer: Answer, policy: str, name: str, expected: t.Expected) -> Diagnostic:
    """Why nothing can be expected of a name: it is not in force that day, has no value by itself, or is unknown."""
    try:
        answer[name]
    except Mistakes as problem:
        (mistake,) = problem.diagnostics
        if mistake.code is NOT_IN_FORCE or name in answer.context.wording.parameters:
            return replace(mistake, span=expected.span)
    return unknown_outcome(expected.name, [known.removeprefix(f"{policy}.") for known in answer], expected.span)


def _as_expected(expected: t.Expected, value: object, symbol: str | None) -> bool:
    match expected.outcome:
        case "met":
            return value is True
        case "not met":
            return value is False
        case "unknown":
            return value is UNKNOWN
        case "not applicable":
            return value is NOT_APPLICABLE
        case "value":
            return _equals(expected.value or "", value, symbol)


def _equals(written: str, value: object, symbol: str | None) -> bool:
    """Whether a value is the one written; a number is compared at the decimals written, dropped downward."""
    match value:
        case bool():
            return written == ("yes" if value else "no")
        case int() | Fraction():
            return _same_number(written.removeprefix(symbol) if symbol else written, Fraction(value))
        case None:
            return written == "none"
        case str():
            return written == value
        case datetime():
            return _same_moment(written, value)
        case date():
            return written == value.isoformat()
        case _:
            return False


def _same_moment(written: str, value: datetime) -> bool:
    try:
        return moment_of(written) == value
    except ValueError:
        return False


def _same_number(written: str, value: Fraction) -> bool:
    try:
        wanted = Fraction(written)
    except (ValueError, ZeroDivisionError):
        return False
    scale = 10 ** len(written.partition(".")[2])
    dropped = Fraction(int(abs(value) * scale), scale)
    return wanted in (value, -dropped if value < 0 else dropped)


def _plural(unit: str) -> str:
    return unit if unit.endswith("s") or unit == "%" else f"{unit}s"


def _wanted(expected: t.Expected) -> str:
    if expected.outcome == "value":
        return f"`{expected.value}{' ' + expected.unit if expected.unit else ''}`"
    return expected.outcome


def _word(value: object) -> str:
    """What is said of a value where an example says it in a word; empty for any other."""
    if value is UNKNOWN:
        return "unknown"
    if value is NOT_APPLICABLE:
        return "not applicable"
    if isinstance(value, Fault):
        return f"a fault: {value.reason}"
    if isinstance(value, bool):
        return "met" if value else "not met"
    return ""
