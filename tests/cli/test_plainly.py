"""Plain command lines are understood as the parser of options understands them, and others are left to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest
import typer.main
from commands import policy

from policy.cli import plainly, printing
from policy.cli.app import app, run
from policy.cli.plainly import ARGUMENTS, FLAGS, ONLY_OF, OPTIONS, REPEATED, Asked, asked_plainly

PLAIN: Final = [
    "evaluate me.yaml",
    "evaluate me.yaml --on 2026-01-21",
    "evaluate --on=2026-01-21 me.yaml --assessed-on 2026-02-01",
    "evaluate me.yaml --only a.b --only c.d --assume a.b=3 --assume c.d=yes",
    "evaluate me.yaml -l fr -f json -p rules --proposed",
    "evaluate me.yaml --language=fr --format=markdown --policies=rules",
    "explain a.b me.yaml --on 2026-01-21 --proposed --assume=a.c=1",
    "explain --format html a.b -l en me.yaml",
]
LEFT: Final = [
    "",
    "--help",
    "--version",
    "check rules",
    "evaluate",
    "evaluate --help",
    "evaluate me.yaml you.yaml",
    "evaluate me.yaml --on",
    "evaluate me.yaml --on --proposed",
    "evaluate me.yaml --on 2026-01-21 --on 2026-01-22",
    "evaluate me.yaml --format jsonn",
    "evaluate me.yaml -l de",
    "evaluate me.yaml --only=",
    "evaluate me.yaml -fjson",
    "evaluate me.yaml --proposed=yes",
    "evaluate me.yaml --colour",
    "evaluate me.yaml --on-day 1",
    "evaluate -- me.yaml",
    "evaluate -",
    "explain a.b",
    "explain a.b me.yaml --only c.d",
    "evaluate me.yaml on",
]


def by_the_parser(words: list[str]) -> Asked | None:
    """What the parser of options has evaluated; None if nothing."""
    asked: list[Any] = []
    with (
        patch.object(sys, "argv", ["policy", *words]),
        patch.object(printing, "print_answer", lambda *given: asked.append(Asked(*given))),
    ):
        run()
    return asked[0] if asked else None


@pytest.mark.parametrize("line", PLAIN)
def test_what_is_plain_is_understood_as_by_the_parser(line: str) -> None:
    asked = asked_plainly(line.split())
    assert asked is not None
    assert asked == by_the_parser(line.split())


@pytest.mark.parametrize("line", LEFT)
def test_what_is_not_is_left_to_the_parser(line: str) -> None:
    assert asked_plainly(line.split()) is None


def test_both_know_the_same_options() -> None:
    group: Any = typer.main.get_command(app)
    for verb in ARGUMENTS:
        parameters = [one for one in group.commands[verb].params if one.name != "help"]
        options = {word: one.name for one in parameters if one.param_type_name == "option" for word in one.opts}
        assert options == {word: name for word, name in OPTIONS.items() if ONLY_OF.get(name, verb) == verb}
        assert {one.name for one in parameters if getattr(one, "multiple", False)} <= REPEATED
        assert {one.name for one in parameters if getattr(one, "is_flag", False)} == FLAGS
        assert tuple(one.name for one in parameters if one.param_type_name == "argument") == ARGUMENTS[verb]


def test_the_parser_is_not_loaded_for_what_is_plain(tmp_path: Path) -> None:
    (tmp_path / "me.json").write_text("{}", encoding="utf-8")
    code = (
        "import sys; sys.argv = ['policy', 'evaluate', 'me.json', '--on', '2026-01-21']\n"
        "from policy.cli import main\n"
        "main()\n"
        "print(*(name for name in ('typer', 'pydantic', 'jsonschema', 'lark', 'yaml') if name in sys.modules))"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""


def test_it_is_the_way_that_commands_go(tmp_path: Path) -> None:
    with patch.object(plainly, "OPTIONS", {}):
        assert policy("evaluate", tmp_path / "none.json", "--on", "2026-01-21").status == 2
