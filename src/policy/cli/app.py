"""The command and its verbs."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from policy.cli.check import check
from policy.cli.common import CLOSED_PIPE, MISTAKES_IN_POLICIES, fail
from policy.cli.consolidate import consolidate
from policy.cli.evaluate import evaluate
from policy.cli.explain import explain
from policy.cli.schema import schema
from policy.diagnostics import Mistakes

app = typer.Typer(
    name="policy",
    help="Selection rules as readable text, run exactly: check them, evaluate profiles with them, read why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command()(evaluate)
app.command()(explain)
app.command()(check)
app.command()(consolidate)
app.command()(schema)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policy {version('express-entry-policy')}")
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and stop.")
    ] = False,
) -> None:
    """Selection rules as readable text, run exactly."""


def main() -> None:
    """Run the command. A closed pipe ends it quietly."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except Mistakes as problem:
        fail(problem.diagnostics, MISTAKES_IN_POLICIES)
    except BrokenPipeError:
        _go_quietly()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            _go_quietly()


def _go_quietly() -> None:
    """Leave without a word when whoever read the output went away."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    os._exit(CLOSED_PIPE)
