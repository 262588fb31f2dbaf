"""The command and its verbs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Any, Final, NoReturn

import typer

from policy.cli import errors
from policy.cli.check import check
from policy.cli.common import EXIT_CODES, WRONG_USE, Plain, fail, say
from policy.cli.consolidate import consolidate
from policy.cli.evaluate import evaluate
from policy.cli.explain import explain
from policy.cli.schema import schema

app = typer.Typer(
    name="policy",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for verb in (evaluate, explain, check, consolidate, schema):
    app.command()(verb)


def _version(wanted: bool) -> None:
    if wanted:
        # Reading the packages' metadata takes longer than all the rest of this module.
        from importlib.metadata import version

        say(f"policy {version('express-entry-policy')}")
        raise typer.Exit


@app.callback(epilog=EXIT_CODES)
def options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and stop.")
    ] = False,
) -> None:
    """Selection rules as readable text, run exactly: check them, evaluate profiles with them, read why."""


WrongWords: Final[Any] = typer.BadParameter.__mro__[1]
"""What the parser of options raises for any wrong command line: a kind of mistake that it has no public name for."""


def run() -> None:
    """Do what the command line says."""
    try:
        left_with = app(prog_name="policy", standalone_mode=False)
    except WrongWords as problem:
        _tell_wrong_words(problem)
    if left_with:
        sys.exit(left_with)


def _tell_wrong_words(problem: Any) -> NoReturn:
    """Tell what is wrong with a command line, in the form that it asks for."""
    said = problem.format_message()
    if said and _wants_json(sys.argv[1:]):
        fail([errors.wrong_words(said)], WRONG_USE, Plain.JSON)
    problem.show()
    sys.exit(WRONG_USE)


def _wants_json(words: Sequence[str]) -> bool:
    """Whether a command line asks for JSON, whatever is wrong with it."""
    two_words = {f"{first} {second}" for first, second in pairwise(words)}
    return not two_words.isdisjoint(("--format json", "-f json")) or not {"--format=json", "-fjson"}.isdisjoint(words)
