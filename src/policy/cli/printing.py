"""Evaluating a profile from the command line and printing the answer."""

from __future__ import annotations

import shutil
from pathlib import Path

from policy.cli import errors
from policy.cli.common import (
    MISTAKES_IN_POLICIES,
    MISTAKES_IN_PROFILE,
    WRONG_USE,
    Format,
    Language,
    colourful,
    open_policies,
    say,
    telling,
)
from policy.diagnostics import Diagnostic, Mistakes
from policy.explain import Answer, Report
from policy.profiles import Datum, Entry, MappingDatum, read, read_file
from policy.text import Source


def print_answer(
    profile: Path,
    on: str | None,
    assessed_on: str | None,
    names: list[str],
    assume: list[str],
    language: Language,
    format: Format,
    policies: Path | None,
    proposed: bool,
) -> None:
    """Read, evaluate and print; every mistake ends with its own exit code."""
    library = open_policies(policies, format, proposed=proposed)
    with telling(MISTAKES_IN_POLICIES, format):
        if on is None:
            raise Mistakes([errors.no_day()])
        rules = library.on(on, assessed_on)
    with telling(WRONG_USE, format):
        assumed = rules.assumptions(_assumptions(assume)) if assume else {}
    with telling(MISTAKES_IN_PROFILE, format):
        answer = rules.answer(rules.profile(read_file(profile)), assumed)
        _refuse_wrong_names(answer, names)
    report = answer.report(list(dict.fromkeys(names)), language.value)
    say(_rendered(report, format).removesuffix("\n"))


def _assumptions(written: list[str]) -> MappingDatum:
    """The assumptions of a command line as a document; each value is written as in a profile in YAML."""
    values: dict[str, Datum] = {}
    found: list[Diagnostic] = []
    for one in written:
        name, sign, value = one.partition("=")
        name = name.strip()
        if not sign or not name or not value.strip():
            found.append(errors.bad_assumption(one))
        elif name in values:
            found.append(errors.assumed_twice(name))
        else:
            try:
                values[name] = read(Source(f"--assume {name}", value), "yaml")
            except Mistakes as problem:
                found += problem.diagnostics
    if found:
        raise Mistakes(found)
    return MappingDatum(tuple(Entry(name, value) for name, value in values.items()))


def _refuse_wrong_names(answer: Answer, names: list[str]) -> None:
    """Raise Mistakes for the names of no outcome, all at once."""
    found: list[Diagnostic] = []
    for name in names:
        try:
            answer[name]
        except Mistakes as problem:
            found += problem.diagnostics
    if found:
        raise Mistakes(found)


def _rendered(report: Report, format: Format) -> str:
    match format:
        case Format.TEXT:
            from policy.explain.text import as_text

            width = min(shutil.get_terminal_size((100, 24)).columns, 120)
            return as_text(report, colour=colourful(), width=width)
        case Format.JSON:
            from policy.explain.plain import as_json

            return as_json(report)
        case Format.MARKDOWN:
            from policy.explain.markdown import as_markdown

            return as_markdown(report)
        case Format.HTML:
            from policy.explain.html import as_html

            return as_html(report)
