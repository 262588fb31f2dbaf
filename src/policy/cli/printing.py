"""Evaluating a profile from the command line and printing the answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import typer

from policy.cli.common import WRONG_USE, Format, Language, colourful, fail, open_policies, read_profile, rules_on
from policy.diagnostics import Mistakes
from policy.explain.document import as_json
from policy.explain.html import as_html
from policy.explain.markdown import as_markdown
from policy.explain.report import Report
from policy.explain.text import as_text


def print_answer(
    profile: Path,
    on: str,
    assessed_on: str | None,
    names: list[str],
    language: Language,
    format: Format,
    policies: Path | None,
) -> None:
    """Read, evaluate and print; every mistake ends with its own exit code."""
    rules = rules_on(open_policies(policies, format), on, assessed_on, format)
    answer = rules.answer(read_profile(rules, profile, format))
    try:
        report = answer.report(names, language.value)
    except Mistakes as problem:
        fail(problem.diagnostics, WRONG_USE, format)
    typer.echo(render(report, format))


def render(report: Report, format: Format) -> str:
    """A report in the form asked for."""
    match format:
        case Format.TEXT:
            width = min(shutil.get_terminal_size((100, 24)).columns, 120)
            return as_text(report, colour=colourful(), width=width)
        case Format.JSON:
            return as_json(report)
        case Format.MARKDOWN:
            return as_markdown(report)
        case Format.HTML:
            return as_html(report)
