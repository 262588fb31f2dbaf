"""Where the command begins, and how it ends whatever goes wrong."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

from policy.cli.common import A_BUG, CLOSED_PIPE, INTERRUPTED, WRONG_USE, fail
from policy.cli.plainly import asked_plainly


def main() -> None:
    """Run the command. Whatever goes wrong is told in words; only `POLICY_DEBUG` shows where in the program."""
    if sys.stdout is None:  # closed by whoever runs us: an answer that nobody gets is none
        from policy.cli import errors

        fail([errors.refused("there is nowhere to write to")], WRONG_USE)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Both languages need more than the few characters of some terminals.
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        _run()
    except BrokenPipeError:
        _leave_quietly()
    except SystemExit as left:
        if isinstance(left.__context__, BrokenPipeError):  # met by typer, which leaves with 1
            _leave_quietly()
        raise


def _run() -> None:
    try:
        asked = asked_plainly(sys.argv[1:])
        if asked is not None:
            from policy.cli.printing import print_answer

            print_answer(*asked)
        else:
            from policy.cli.app import run

            run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as problem:
        if os.environ.get("POLICY_DEBUG") or isinstance(problem, BrokenPipeError):
            raise
        from policy.cli import errors

        if isinstance(problem, OSError):
            fail([errors.refused(problem.strerror or str(problem))], WRONG_USE)
        fail([errors.bug(problem)], A_BUG)


def _leave_quietly() -> NoReturn:
    """Leave without a word when nobody reads what is printed. The rest goes nowhere, or Python would complain of it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for output in (1, 2):
        os.dup2(nowhere, output)
    sys.exit(CLOSED_PIPE)
