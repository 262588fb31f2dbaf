"""Work that takes longer says how far it is, on a terminal and nowhere else."""

from __future__ import annotations

import io
from contextlib import redirect_stderr

import pytest

from policy.cli import progress as shown
from policy.cli.progress import progress


class Screen(io.StringIO):
    """A terminal, or what looks like one."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setattr(shown, "PATIENCE", 0.0)
    monkeypatch.setattr(shown, "PAUSE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    return Screen(terminal=True)


def test_how_far_it_is_shows_and_goes(screen: Screen) -> None:
    with redirect_stderr(screen), progress("checking") as told:
        assert told is not None
        told(99, 100)
        told(1, 2)
    assert screen.getvalue() == "\rchecking: 99 of 100\rchecking: 1 of 2   \r                   \r"


def test_the_line_goes_when_the_work_fails(screen: Screen) -> None:
    def fails() -> None:
        with redirect_stderr(screen), progress("checking") as told:
            assert told is not None
            told(1, 2)
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert screen.getvalue().endswith("\r")


def test_short_work_says_nothing(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "PATIENCE", 60.0)
    with redirect_stderr(screen), progress("checking") as told:
        assert told is not None
        told(1, 2)
    assert screen.getvalue() == ""


def test_where_nobody_would_see_it_nothing_is_shown(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with redirect_stderr(screen), progress("checking") as told:
        assert told is None
    monkeypatch.setenv("TERM", "xterm")
    for nobody in (Screen(terminal=False), None):
        with redirect_stderr(nobody), progress("checking") as told:
            assert told is None
