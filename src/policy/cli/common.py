"""What the verbs share: options, exit codes, and how mistakes are told."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from policy.diagnostics import Diagnostic, Mistakes, as_json, as_text
from policy.pipeline.library import Library, load, to_day
from policy.pipeline.rules import Rules
from policy.profiles import Profile, read_file

MISTAKES_IN_POLICIES: Final = 1
WRONG_USE: Final = 2
MISTAKES_IN_PROFILE: Final = 3
CLOSED_PIPE: Final = 141


class Language(StrEnum):
    """The language of what is printed."""

    EN = "en"
    FR = "fr"


class Format(StrEnum):
    """The form of an explanation."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


class Plain(StrEnum):
    """The form of a list of mistakes."""

    TEXT = "text"
    JSON = "json"


ProfileArgument = Annotated[Path, typer.Argument(help="The profile: a YAML, JSON or TOML file.", metavar="PROFILE")]
OnOption = Annotated[str, typer.Option("--on", help="The day whose law applies, as year-month-day.", metavar="DATE")]
AssessedOption = Annotated[
    str | None,
    typer.Option("--assessed-on", help="The day on which facts are measured, if it is another.", metavar="DATE"),
]
LanguageOption = Annotated[Language, typer.Option("--language", "-l", help="The language of the answer.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="The form of the answer.")]
PoliciesOption = Annotated[
    Path | None,
    typer.Option(
        "--policies",
        "-p",
        help="A folder of policy files; those that ship with the command otherwise.",
        metavar="FOLDER",
    ),
]


def fail(diagnostics: Iterable[Diagnostic], code: int, format: Plain | Format = Plain.TEXT) -> NoReturn:
    """Tell mistakes and leave with an exit code: text on standard error, JSON on standard output."""
    found = tuple(diagnostics)
    if format.value == "json":
        typer.echo(json.dumps({"mistakes": [as_json(d) for d in found]}, ensure_ascii=False, indent=2))
    else:
        typer.echo(as_text(found), err=True)
    sys.exit(code)


def open_policies(folder: Path | None, format: Plain | Format = Plain.TEXT) -> Library:
    """The policies of a folder, or the shipped ones."""
    if folder is not None and not folder.exists():
        wrong_use(f"there is no folder `{folder}`", "name a folder of policy files")
    try:
        return load(folder)
    except Mistakes as problem:
        fail(problem.diagnostics, MISTAKES_IN_POLICIES, format)


def wrong_use(message: str, next_step: str) -> NoReturn:
    """Tell a mistake on the command line."""
    typer.echo(f"error: {message}\n  next: {next_step}", err=True)
    sys.exit(WRONG_USE)


def read_day(text: str) -> date:
    """A day from the command line."""
    try:
        return to_day(text)
    except Mistakes as problem:
        fail(problem.diagnostics, WRONG_USE)


def rules_on(library: Library, on: str, assessed_on: str | None, format: Plain | Format) -> Rules:
    """The rules of a day from the command line."""
    day = read_day(on)
    measured = read_day(assessed_on) if assessed_on is not None else day
    try:
        return library.on(day, measured)
    except Mistakes as problem:
        early = any(d.code.name == "before-first-day" for d in problem.diagnostics)
        fail(problem.diagnostics, WRONG_USE if early else MISTAKES_IN_POLICIES, format)


def read_profile(rules: Rules, path: Path, format: Plain | Format) -> Profile:
    """A profile from a file, found valid."""
    try:
        return rules.profile(read_file(path))
    except Mistakes as problem:
        unreadable = any(d.code.name == "unreadable-file" for d in problem.diagnostics)
        fail(problem.diagnostics, WRONG_USE if unreadable else MISTAKES_IN_PROFILE, format)


def colourful() -> bool:
    """Whether to print colours: only on a terminal that wants them."""
    import os

    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
