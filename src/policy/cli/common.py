"""What the verbs share: exit codes, how things are printed and how mistakes are told."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final, NoReturn

from policy.cli import errors
from policy.diagnostics import Diagnostic, Mistakes, as_json, as_text
from policy.pipeline.library import Library
from policy.pipeline.loading import load

MISTAKES_IN_POLICIES: Final = 1
WRONG_USE: Final = 2
MISTAKES_IN_PROFILE: Final = 3
A_BUG: Final = 70
INTERRUPTED: Final = 130
CLOSED_PIPE: Final = 141

EXIT_CODES: Final = (
    f"Exit codes: 0 done; {MISTAKES_IN_POLICIES} mistakes in policy text, or examples that fail; {WRONG_USE} a wrong "
    f"command line, date or path; {MISTAKES_IN_PROFILE} mistakes in a profile; {A_BUG} a bug in this program; "
    f"{INTERRUPTED} interrupted; {CLOSED_PIPE} the reader of the output went away."
)


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
    """The form of anything else."""

    TEXT = "text"
    JSON = "json"


# ------------------------------------------------------------------ printing


def say(text: str, *, err: bool = False) -> None:
    """Print a text and a line end, at once: on standard error if it is not what was asked for."""
    stream = sys.stderr if err else sys.stdout
    if stream is not None:  # it may be closed
        print(text, file=stream, flush=True)


def print_json(document: object) -> None:
    """Print a document as JSON."""
    say(json.dumps(document, ensure_ascii=False, indent=2))


def colourful() -> bool:
    """Whether to print colours: only on a terminal that can show them, for a person who has not asked for none."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    on_terminal = getattr(sys.stdout, "isatty", bool)  # there may be no output at all
    return wanted and bool(on_terminal())


# ------------------------------------------------------------------ mistakes


def fail(diagnostics: Iterable[Diagnostic], code: int, format: Plain | Format = Plain.TEXT) -> NoReturn:
    """Tell mistakes and leave with an exit code: text on standard error, JSON on standard output."""
    found = tuple(diagnostics)
    if format.value == "json":
        print_json({"mistakes": [as_json(diagnostic) for diagnostic in found]})
    else:
        say(as_text(found), err=True)
    sys.exit(code)


@contextmanager
def telling(code: int, format: Plain | Format = Plain.TEXT) -> Iterator[None]:
    """Mistakes raised in the block are told and end the command, with `code` if more than the question is wrong."""
    try:
        yield
    except Mistakes as problem:
        fail(problem.diagnostics, exit_code(problem.diagnostics, code), format)


def exit_code(diagnostics: Iterable[Diagnostic], code: int) -> int:
    """How to end: as a wrong use when it is only the question that is wrong, else with `code`."""
    return WRONG_USE if all(found.code in errors.WRONG_QUESTIONS for found in diagnostics) else code


def open_policies(folder: Path | None, format: Plain | Format = Plain.TEXT, *, proposed: bool = False) -> Library:
    """The policies of a folder, or the shipped ones, without the texts that are only proposed or with them."""
    with telling(MISTAKES_IN_POLICIES, format):
        return load(folder, proposed=proposed)
