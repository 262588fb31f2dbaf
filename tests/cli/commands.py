"""Running the command `policy`: in this process, which is quick, or in one of its own, which is like a person's."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from policy.cli import main

CODE: Final = "import sys; sys.argv[0] = 'policy'; from policy.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed on standard output and on standard error, and its exit code.

    Spaces that do not break a line stand as plain ones.
    """

    out: str
    err: str
    status: int


def policy(*words: object) -> Done:
    """The command with these words, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.object(sys, "argv", ["policy", *map(str, words)]),
        patch.dict(os.environ, {"COLUMNS": "100"}),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
            status: Any = 0
        except SystemExit as left:
            status = left.code or 0
    return Done(_plain(out.getvalue()), _plain(err.getvalue()), status)


def process(
    *words: object, code: str = CODE, cwd: Path | None = None, env: Mapping[str, str] | None = None, **more: Any
) -> subprocess.Popen[bytes]:
    """The command with these words in a process of its own, with only the environment that is given."""
    source = Path(main.__code__.co_filename).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stdin=subprocess.DEVNULL,
        cwd=cwd,
        env={"PYTHONPATH": str(source), "PATH": os.environ["PATH"], **(env or {})},
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more},
    )


def finished(running: subprocess.Popen[bytes]) -> Done:
    """What a process prints until it ends; all of it must be UTF-8."""
    out, err = running.communicate(timeout=60)
    return Done(_plain((out or b"").decode()), _plain((err or b"").decode()), running.returncode)


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
