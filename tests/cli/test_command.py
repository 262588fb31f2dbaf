"""The command as a process: help, version, pipes, colours, encodings, interruptions, and bugs of our own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest
from commands import CODE, Done, finished, policy, process
from pool_policies import POOL

VERBS: Final = ("evaluate", "explain", "check", "consolidate", "schema")
PAGE: Final = ("evaluate", "me.json", "--on", "2022-07-01", "-p", POOL)

A_BUG: Final = f"import policy.cli.printing as p; p.open_policies = lambda *_, **__: {{}}['no\\nsuch']; {CODE}"

if sys.platform == "linux":
    import fcntl

unix = pytest.mark.skipif(os.name != "posix", reason="pipes and terminals as on Unix")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a profile."""
    (tmp_path / "me.json").write_text('{"lives_in_town": true}', encoding="utf-8")
    return tmp_path


# ------------------------------------------------------------------ help and version


def test_the_help_names_every_verb_in_a_sentence_that_is_not_cut() -> None:
    done = policy("--help")
    assert (done.status, done.err) == (0, "")
    for verb in VERBS:
        (said,) = re.findall(rf"^  {verb} +(.*)$", done.out, re.MULTILINE)
        assert said.endswith(".")
        assert not said.endswith("...")


def test_the_help_documents_the_exit_codes() -> None:
    said = " ".join(policy("--help").out.split())
    for code in (
        "0 done",
        "1 mistakes in policy text",
        "2 a wrong",
        "3 mistakes in a profile",
        "70 a bug",
        "130 ",
        "141 ",
    ):
        assert code in said


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_help(verb: str) -> None:
    done = policy(verb, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"Usage: policy {verb} ")
    assert all(len(line) <= 80 for line in done.out.splitlines())


def test_no_words_at_all_bring_the_help() -> None:
    done = policy()
    assert done.status == 2
    assert "Usage: policy" in done.out + done.err


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert policy("--version") == Done(f"policy {version('express-entry-policy')}\n", "", 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("evaluate", "--format", "json"), "missing argument"),
        (("evaluate", "me.json", "-f", "json", "--colour"), "no such option: --colour"),
        (("check", "--format=json", "--on", "2022-07-01"), "no such option: --on"),
        (("explain", "-fjson"), "missing argument"),
        (("judge", "--format", "json"), "no such command 'judge'"),
    ],
)
def test_a_wrong_command_line_is_told_as_json_where_that_is_asked_for(words: tuple[str, ...], said: str) -> None:
    done = policy(*words)
    assert (done.status, done.err) == (2, "")
    (mistake,) = json.loads(done.out)["mistakes"]
    assert (mistake["code"], mistake["message"][: len(said)]) == ("wrong-command-line", said)
    assert mistake["help"]


@pytest.mark.parametrize("words", [("evaluate",), ("check", "--colour"), ("evaluate", "--format", "jsonn", "me.json")])
def test_a_wrong_command_line_is_told_with_the_usage(words: tuple[str, ...]) -> None:
    done = policy(*words)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"Usage: policy {words[0]}")


# ------------------------------------------------------------------ pipes


@unix
@pytest.mark.parametrize(
    "words", [("schema",), (*PAGE,), (*PAGE, "-f", "html"), ("check", POOL, "-f", "json"), ("--help",), ("--version",)]
)
def test_nobody_needs_to_read_the_output(here: Path, words: tuple[object, ...]) -> None:
    reader, writer = os.pipe()
    running = process(*words, cwd=here, stdout=writer)
    os.close(writer)
    os.close(reader)
    assert finished(running) == Done("", "", 141)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes pipes smaller")
def test_nobody_needs_to_read_all_of_it() -> None:
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
    running = process("schema", stdout=writer)
    os.close(writer)
    assert os.read(reader, 1) == b"{"
    os.close(reader)
    assert finished(running) == Done("", "", 141)


@unix
def test_nobody_needs_to_read_the_mistakes(here: Path) -> None:
    reader, writer = os.pipe()
    running = process("evaluate", "nowhere.json", "--on", "2022-07-01", cwd=here, stderr=writer)
    os.close(writer)
    os.close(reader)
    assert finished(running) == Done("", "", 141)


@unix
@pytest.mark.parametrize(
    ("words", "closed", "status"),
    [
        ("schema --on soon", "2", 2),
        (f"evaluate me.json --on 2022-07-01 -p {POOL}", "2", 0),
        ("schema --on soon", "1", 2),
        (f"evaluate me.json --on 2022-07-01 -p {POOL}", "1", 2),
        ("--version", "1", 2),
    ],
)
def test_mistakes_need_no_reader_but_an_answer_needs_a_place(here: Path, words: str, closed: str, status: int) -> None:
    line = f'{sys.executable} -c "{CODE}" {words} {closed}>&-'
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, check=False, env={"PYTHONPATH": source()}, cwd=here
    )
    assert done.returncode == status
    assert (b"there is nowhere to write to" in done.stderr) is (closed == "1")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_is_told_in_words() -> None:
    with Path("/dev/full").open("wb") as full:
        done = finished(process("schema", stdout=full))
    assert done.status == 2
    assert (
        done.err
        == "error: this cannot be done here: no space left on device [refused]\n  next: check where the output goes\n"
    )


# ------------------------------------------------------------------ colours and characters


def test_there_are_no_colours_in_a_pipe(here: Path) -> None:
    for env in ({}, {"TERM": "xterm-256color", "COLORTERM": "truecolor"}):
        done = finished(process(*PAGE, cwd=here, env=env))
        assert done.status == 0
        assert "\x1b" not in done.out + done.err


@unix
@pytest.mark.parametrize(
    ("env", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_there_are_colours_on_a_terminal_that_wants_them(here: Path, env: dict[str, str], coloured: bool) -> None:
    import pty

    reader, terminal = pty.openpty()
    running = process(*PAGE, cwd=here, env=env, stdout=terminal)
    os.close(terminal)
    shown = b""
    while True:
        try:
            piece = os.read(reader, 10_000)
        except OSError:  # what Linux says at the end
            break
        if not piece:
            break
        shown += piece
    os.close(reader)
    assert finished(running).status == 0
    assert "Pays the reduced fee" in shown.decode()
    assert (b"\x1b[" in shown) is coloured


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, {}]
)
def test_every_locale_gets_both_languages_whole(here: Path, env: dict[str, str]) -> None:
    done = finished(process(*PAGE, "-l", "fr", cwd=here, env={**env, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}))
    assert (done.status, done.err) == (0, "")
    assert "✗ Sait nager" in done.out or "? Sait nager" in done.out
    assert "Paie le tarif réduit" in done.out


def test_the_name_of_a_file_may_be_anything(here: Path) -> None:
    name = os.fsdecode(b"caf\xc3\xa9 \xff.json")
    done = finished(process("evaluate", name, "--on", "2022-07-01", "-p", POOL, cwd=here))
    assert done.status == 2
    assert "café" in done.err
    done = finished(process("evaluate", name, "--on", "2022-07-01", "-p", POOL, "-f", "json", cwd=here))
    assert json.loads(done.out)["mistakes"][0]["code"] == "unreadable-file"


# ------------------------------------------------------------------ interruptions and bugs


@unix
def test_an_interruption_ends_it_without_a_word() -> None:
    code = f"import policy.cli; print('begun', flush=True); {CODE}"
    running = process("check", code=code)
    assert running.stdout is not None
    assert running.stdout.readline() == b"begun\n"
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    assert finished(running) == Done("", "", 130)


def test_a_bug_of_ours_is_told_as_one(here: Path) -> None:
    done = finished(process(*PAGE, code=A_BUG, cwd=here))
    assert (done.status, done.out) == (70, "")
    assert done.err.startswith("error: this is a bug in `policy`, not in your files: KeyError: 'no\\nsuch' [bug]\n")
    assert "POLICY_DEBUG" in done.err
    assert "Traceback" not in done.err


def test_where_a_bug_is_shows_on_request(here: Path) -> None:
    done = finished(process(*PAGE, code=A_BUG, cwd=here, env={"POLICY_DEBUG": "1"}))
    assert done.status == 1
    assert done.err.startswith("Traceback")


def source() -> str:
    """Where the package that is tested comes from."""
    import policy as package

    return str(Path(package.__file__).parents[1])
