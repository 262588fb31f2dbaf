"""Doing what a page says, in a folder of its own, and comparing what comes of it."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final
from unittest.mock import patch

from pages import Step, steps

import policy
from policy.cli import main
from policy.profiles import read
from policy.text import Source

ROOT: Final = Path(__file__).parent.parent.parent
SHELL: Final = re.compile(r"[|<>&;$`*?]")
DAY: Final = "2026-01-21"
# A narrow terminal without colours: some tools colour everything where `CI` or `FORCE_COLOR` is set.
PLAIN: Final = {"COLUMNS": "80", "NO_COLOR": "1"}

EXPRESSION: Final = """
define tried_{line} : {type}
  en "Tried" fr "Essayé"
  is {expression}

example "line {line}"
  on {day}
  given
    - like me
  expect
    - tried_{line} is {gives}
"""


class Wrong(AssertionError):
    """Something in a page that does not come out as it says, with its line."""


class Reader:
    """Someone who works through a page from top to bottom in one folder."""

    def __init__(self, page: Path, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.file: Path | None = None
        self.names: dict[str, object] = {"__name__": "__main__"}
        self.printed: str | None = None
        self.status = 0

    def work_through(self) -> int:
        """Try everything; the number of things tried. Raises Wrong at the first that fails."""
        count = 0
        for step in steps(self.page.read_text(encoding="utf-8")):
            self.step(step)
            count += 1
        return count

    def step(self, step: Step) -> None:
        """Try one thing."""
        match step.kind:
            case "save":
                self.file = self.folder / step.about
                self.file.parent.mkdir(parents=True, exist_ok=True)
                self.file.write_text(step.text, encoding="utf-8")
            case "add":
                self.file = self.folder / step.about
                self.append(step.text)
            case "continue":
                self.append(step.text)
            case "expression":
                values = {"expression": step.text, "type": step.about, "gives": step.old}
                self.append(EXPRESSION.format(line=step.line, day=DAY, **values))
            case "change":
                self.change(step)
            case "quote":
                self.quote(step)
            case "python":
                self.python(step)
            case "printed":
                self.compare(step.line, step.text, self.printed or "")
            case "console":
                self.console(step)
            case "profile":
                policy.load().on(DAY).profile(read(Source(f"page.{step.about}", step.text)))
            case "sh":
                pass  # tried where fresh machines are made: see `.ci/run`, and the tests of the README

    def append(self, text: str) -> None:
        """More text for the file in hand, after a blank line."""
        assert self.file is not None, "no file has been saved"
        before = self.file.read_text(encoding="utf-8")
        self.file.write_text(f"{before}\n{text.lstrip()}", encoding="utf-8")

    def change(self, step: Step) -> None:
        """A change in a file; the old text must stand there once."""
        path = self.folder / step.about
        text = path.read_text(encoding="utf-8")
        if text.count(step.old) != 1:
            raise Wrong(f"{self.page}:{step.line}: `{step.old}` stands {text.count(step.old)} times in {step.about}")
        path.write_text(text.replace(step.old, step.text), encoding="utf-8")

    def quote(self, step: Step) -> None:
        """Text that must stand in a file of the project."""
        if not re.search(pattern(step.text), plain((ROOT / step.about).read_text(encoding="utf-8"))):
            raise Wrong(f"{self.page}:{step.line}: this does not stand in {step.about}")

    def python(self, step: Step) -> None:
        """Python code, run in the folder with the names of the code before it."""
        out = io.StringIO()
        with here(self.folder), redirect_stdout(out):
            exec(compile("\n" * step.line + step.text, str(self.page), "exec"), self.names)
        self.printed = out.getvalue()

    def console(self, step: Step) -> None:
        """Commands, each with what it prints. One that fails must show an `error`, or be followed by `echo $?`."""
        for line, command, wanted in commands(step):
            output, status = self.run(command)
            self.compare(line, wanted, output)
            told = "error" in wanted or command.startswith("echo ") or f"$ {command}\n{wanted}$ echo $?" in step.text
            if status and not told:
                raise Wrong(f"{self.page}:{line}: `{command}` ends with exit code {status}\n{output}")
            self.status = status

    def run(self, command: str) -> tuple[str, int]:
        """What a command prints, and its exit code. The command `policy` alone is run without a process of its own."""
        if command.startswith("policy ") and not SHELL.search(command):
            return self.policy(shlex.split(command))
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", f"(exit {self.status}); {command}"],
            cwd=self.folder,
            env={**os.environ, "PATH": path, **PLAIN, "PYTHONPATH": os.environ.get("PYTHONPATH", "")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.stdout.decode(), done.returncode

    def policy(self, words: list[str]) -> tuple[str, int]:
        """The command `policy` with these words."""
        out = io.StringIO()
        with (
            here(self.folder),
            patch.object(sys, "argv", words),
            patch.dict(os.environ, PLAIN),
            redirect_stdout(out),
            redirect_stderr(out),
        ):
            try:
                main()
            except SystemExit as left:
                return out.getvalue(), left.code if isinstance(left.code, int) else 0
        return out.getvalue(), 0

    def compare(self, line: int, wanted: str, output: str) -> None:
        """What is printed must be what the page shows."""
        if not re.fullmatch(pattern(wanted), plain(output)):
            raise Wrong(f"{self.page}:{line}: the page shows\n\n{wanted}\nbut this is printed\n\n{plain(output)}")


def commands(step: Step) -> Iterator[tuple[int, str, str]]:
    """The commands of a block: line, command, and what it prints."""
    command, at, wanted = "", step.line, ""
    for number, line in enumerate(step.text.splitlines(keepends=True), start=step.line + 1):
        if line.startswith("$ "):
            if command:
                yield at, command, wanted
            command, at, wanted = line[2:].strip(), number, ""
        else:
            wanted += line
    yield at, command, wanted


def pattern(wanted: str) -> str:
    """A regular expression for a text with `…` for what is left out, and with any blank lines at its end."""
    lines = []
    for line in plain(wanted).rstrip("\n").split("\n"):
        if line.strip() == "…":
            lines.append(r"(?:[^\n]*\n)*?")
        else:
            lines.append("[^\n]*?".join(map(re.escape, line.split("…"))) + r"\n")
    return "".join(lines) + r"\n*" if plain(wanted).strip() else r"\n*"


def plain(text: str) -> str:
    """A text with every kind of space that does not break a line as a plain one, and none at the end of a line."""
    spaces = str.maketrans("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", "  ")
    return "".join(f"{line.rstrip()}\n" for line in text.translate(spaces).splitlines())


@contextmanager
def here(folder: Path) -> Iterator[None]:
    """Work in a folder for a while."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
