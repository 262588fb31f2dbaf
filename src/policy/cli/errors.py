"""What can be wrong with a command line, beside what the parser of options finds."""

from __future__ import annotations

from datetime import date
from typing import Final

from policy.diagnostics import Code, Diagnostic
from policy.explain.errors import NOT_IN_FORCE, UNKNOWN_OUTCOME
from policy.pipeline.errors import BAD_DAY, BEFORE_FIRST_DAY, NO_POLICIES, NO_SUCH_POLICY, NOT_ASSUMABLE, UNREADABLE
from policy.profiles.errors import UNREADABLE_FILE

NO_DAY: Final = Code("no-day", "A command needs a day and is given none.")
NO_SUCH_PATH: Final = Code("no-such-path", "A path leads to no file or folder.")
BAD_ASSUMPTION: Final = Code("bad-assumption", "An assumption on the command line is not a name and a value.")
WRONG_WORDS: Final = Code("wrong-command-line", "A command line has a word too many, too few, or one of another kind.")
REFUSED: Final = Code("refused", "The operating system does not let the program do its work.")
BUG: Final = Code("bug", "The program fails in a way that nobody foresaw.")

WRONG_QUESTIONS: Final = frozenset(
    (
        NO_DAY,
        NO_SUCH_PATH,
        BAD_ASSUMPTION,
        NOT_ASSUMABLE,
        BAD_DAY,
        BEFORE_FIRST_DAY,
        NO_POLICIES,
        NO_SUCH_POLICY,
        UNREADABLE,
        UNREADABLE_FILE,
        NOT_IN_FORCE,
        UNKNOWN_OUTCOME,
    )
)
"""What is wrong with the question, not with policies or profiles."""


def no_day() -> Diagnostic:
    """`--on` left out: no rule, and no command, knows of today."""
    return Diagnostic(
        NO_DAY, "no day is given", None, "add `--on` and the day whose law applies, such as `--on 2026-01-21`"
    )


def no_day_for(policy: str, latest: date) -> Diagnostic:
    """`consolidate name` of a policy that changes with time."""
    return Diagnostic(NO_DAY, f"no day is given for `{policy}`", None, f"write `{policy}@{latest}` for its latest text")


def no_such_path(path: str) -> Diagnostic:
    """A path that leads nowhere."""
    return Diagnostic(
        NO_SUCH_PATH,
        f"there is no file or folder `{path}`",
        None,
        "name a folder of policy files, or one of its files",
    )


def bad_assumption(written: str) -> Diagnostic:
    """`--assume name` without a value."""
    return Diagnostic(
        BAD_ASSUMPTION,
        f"`{written}` is not a name and a value",
        None,
        "write `--assume policy.name=VALUE`, the value as in a profile",
    )


def assumed_twice(name: str) -> Diagnostic:
    """`--assume` of one outcome with two values."""
    return Diagnostic(BAD_ASSUMPTION, f"`{name}` is assumed twice", None, "keep one of the values")


def wrong_words(said: str) -> Diagnostic:
    """What the parser of options says of a command line."""
    message = said[:1].lower() + said[1:].rstrip(".")
    return Diagnostic(WRONG_WORDS, message, None, "`policy --help` lists the verbs, `policy VERB --help` their options")


def refused(reason: str) -> Diagnostic:
    """The operating system does not let us: a full disk, most likely."""
    return Diagnostic(REFUSED, f"this cannot be done here: {reason.lower()}", None, "check where the output goes")


def bug(problem: BaseException) -> Diagnostic:
    """Anything that we did not foresee."""
    said = " ".join(f"{type(problem).__name__}: {problem}".split())
    return Diagnostic(
        BUG,
        f"this is a bug in `policy`, not in your files: {said}",
        None,
        "please report it with what you did; with POLICY_DEBUG=1 set, the same command shows where it happens",
    )
