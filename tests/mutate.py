"""Spoils copies of the shipped files, of those under `policies/hard_law` and of profiles, and looks for what must never
come of it: an exception, a wait, a mistake in a policy without advice, one with a place that is none.

    python tests/mutate.py --number 100000 --seed 7

Each mutation has a name such as `7-523`, from which it can be made again: `python tests/mutate.py --only 7-523 --show`.
What is tried of a policy file: reading it, checking the day on which it begins, and, if nothing is wrong, its
consolidated text, its examples, and an answer with its explanation. Of a profile: its answer. Of a table of data: the
policies that use it.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Final, Literal

import policy
from policy.check.checked import check
from policy.check.doubts import doubts
from policy.diagnostics import Diagnostic, Severity, as_json, as_text
from policy.model.arrange import arrange
from policy.model.program import epochs, program_on
from policy.model.versions import Timeline
from policy.pipeline.examples import law_of, run_example
from policy.pipeline.library import Library
from policy.profiles import read
from policy.syntax.days import read_day
from policy.syntax.parse import parse
from policy.syntax.sources import read_source
from policy.syntax.tree import Module
from policy.text import Source
from policy.tools.consolidate import consolidate

ROOT: Final = Path(__file__).parents[1]
POLICIES: Final = ROOT / "policies"
HARD: Final = ROOT / "tests" / "policies" / "hard_law"
TEXTS: Final = tuple(sorted([*POLICIES.rglob("*.policy"), *HARD.rglob("*.policy")]))
TABLES: Final = tuple(sorted([*(POLICIES / "data").glob("*.csv"), *(HARD / "data").glob("*.csv")]))
FORMS: Final[tuple[Literal["yaml", "json", "toml"], ...]] = ("yaml", "json", "toml")
PROFILES: Final = tuple(sorted([*ROOT.glob("tests/corpus/*.yaml"), *ROOT.glob("docs/examples/*")]))

SECONDS: Final = 10
"""How much of a processor one mutation may take."""

TOKEN: Final = re.compile(r'"[^"\n]*"|\w+|[^\w\s]')

SIGNS: Final = (
    *'"#()[]{}|-.,:*/+<>=$€ \t\n',
    "..",
    "->",
    "\n\n",
    "\r",
    "\x00",
    "\ufeff",
    "é",
    "図",
    "\u202e",
    "\u2028",
)
WORDS: Final = (
    *("define", "requirement", "table", "record", "policy", "replace", "repeal", "is", "when", "otherwise", "where"),
    *("all of", "for each", "in", "none", "given", "cites", "effective", "2024-02-30", "0", "007", "9" * 50, "12*"),
    *("revive needed as it read on 2015-06-01", "as it read on", "amends 2016-11-19", "verified until 2016-12-31"),
    *("between 2016-11-01 and 2016-11-30", "status proposed", 'zone "America/Toronto"', "day of", "jobs[0].x"),
    *("years", "€3", "list of", "optional", "by", "across", "below", "example", "on", "expect", "like", "value"),
)
INSERTED: Final = ("", *SIGNS, *WORDS)


# ------------------------------------------------------------------ one change to a text


@dataclass(frozen=True)
class Change:
    """One change to a text: what kind, where as a share of its length, how far, and what comes in."""

    kind: str
    where: float
    size: int
    word: str

    def __call__(self, text: str) -> str:
        return CHANGES[self.kind](text, self)


def characters(text: str, change: Change) -> str:
    """Some characters replaced, taken out or put in."""
    at = int(change.where * len(text))
    return text[:at] + change.word + text[at + change.size :]


def tokens(text: str, change: Change) -> str:
    """Some words replaced."""
    spans = [match.span() for match in TOKEN.finditer(text)]
    if not spans:
        return change.word
    first = int(change.where * len(spans))
    last = min(len(spans) - 1, first + change.size // 4)
    return text[: spans[first][0]] + change.word + text[spans[last][1] :]


def doubled_tokens(text: str, change: Change) -> str:
    """Some words said twice."""
    spans = [match.span() for match in TOKEN.finditer(text)]
    if not spans:
        return text
    first = int(change.where * len(spans))
    start, end = spans[first][0], spans[min(len(spans) - 1, first + change.size // 4)][1]
    return f"{text[:end]} {text[start:end]}{text[end:]}"


def swapped_tokens(text: str, change: Change) -> str:
    """Two words in each other's place."""
    spans = [match.span() for match in TOKEN.finditer(text)]
    if len(spans) < 2:
        return text
    first = min(int(change.where * len(spans)), len(spans) - 2)
    (a, b), (c, d) = spans[first], spans[min(len(spans) - 1, first + 1 + change.size)]
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def dropped_lines(text: str, change: Change) -> str:
    """Some lines taken out."""
    lines = text.splitlines(keepends=True)
    at = int(change.where * len(lines))
    return "".join(lines[:at] + lines[at + change.size :])


def moved_lines(text: str, change: Change) -> str:
    """Some lines moved elsewhere, or doubled."""
    lines = text.splitlines(keepends=True)
    at = int(change.where * len(lines))
    moved = lines[at : at + change.size]
    rest = lines[:at] + lines[at + change.size :] if change.size % 2 else lines
    to = (at * 7919) % (len(rest) + 1)
    return "".join(rest[:to] + moved + rest[to:])


def shuffled_lines(text: str, change: Change) -> str:
    """Some lines in another order."""
    lines = text.splitlines(keepends=True)
    at = int(change.where * len(lines))
    chosen = lines[at : at + change.size]
    Random(change.size).shuffle(chosen)
    return "".join(lines[:at] + chosen + lines[at + change.size :])


def indented_lines(text: str, change: Change) -> str:
    """Some lines moved to the left or right."""
    lines = text.splitlines(keepends=True)
    at = int(change.where * len(lines))
    shift = change.size - 6
    for i in range(at, min(len(lines), at + change.size)):
        blank = len(lines[i]) - len(lines[i].lstrip(" "))
        lines[i] = " " * shift + lines[i] if shift > 0 else lines[i][min(-shift, blank) :]
    return "".join(lines)


def cut_short(text: str, change: Change) -> str:
    """The text up to some place."""
    return text[: int(change.where * len(text))] + change.word


def spliced(text: str, change: Change) -> str:
    """Some lines of another shipped file put in."""
    other = TEXTS[change.size % len(TEXTS)].read_text("utf-8").splitlines(keepends=True)
    lines = text.splitlines(keepends=True)
    at, of = int(change.where * len(lines)), int(change.where * 7919) % len(other)
    return "".join(lines[:at] + other[of : of + 1 + change.size] + lines[at:])


CHANGES: Final[dict[str, Callable[[str, Change], str]]] = {
    "characters": characters,
    "tokens": tokens,
    "doubled tokens": doubled_tokens,
    "swapped tokens": swapped_tokens,
    "dropped lines": dropped_lines,
    "moved lines": moved_lines,
    "shuffled lines": shuffled_lines,
    "indented lines": indented_lines,
    "cut short": cut_short,
    "spliced": spliced,
}
LARGEST: Final = 12
"""The largest size of a change."""


# ------------------------------------------------------------------ one mutation


@dataclass(frozen=True)
class Mutation:
    """A file and what is done to it."""

    name: str
    path: Path
    changes: tuple[Change, ...]

    @property
    def text(self) -> str:
        """The text that comes of it."""
        text = self.path.read_text("utf-8")
        for change in self.changes:
            text = change(text)
        return text


def mutation(name: str) -> Mutation:
    """The mutation with a name."""
    random = Random(name)
    path = random.choice(random.choices((TEXTS, PROFILES, TABLES), weights=(80, 18, 2))[0])
    number = random.choice((1, 1, 2, 6, 12, 24))
    kinds = [kind for kind in CHANGES if kind != "cut short" or random.random() < 0.1]
    changes = (
        Change(random.choice(kinds), random.random(), random.randint(0, LARGEST), random.choice(INSERTED))
        for _ in range(number)
    )
    return Mutation(name, path, tuple(changes))


def attempt(mutation: Mutation) -> tuple[Diagnostic, ...]:
    """What is found wrong with a mutation."""
    if mutation.path in TEXTS:
        return attempt_policy(mutation.path, mutation.text, Random(mutation.name))
    if mutation.path in TABLES:
        return attempt_table(mutation.path, mutation.text)
    return attempt_profile(mutation.path, mutation.text)


@cache
def modules() -> dict[Path, Module]:
    """The shipped policies, read once."""
    return {path: parse(read_source(path, str(path))[0]).module for path in TEXTS}


@cache
def folder() -> TemporaryDirectory[str]:
    """A folder with the tables of data, where policies look for them."""
    made = TemporaryDirectory()
    write_tables(Path(made.name) / "data")
    return made


def write_tables(where: Path, changed: Path | None = None, text: str = "") -> None:
    """Copies of the tables of data, one of them with another text."""
    where.mkdir()
    for table in TABLES:
        content = text if table == changed else table.read_text("utf-8")
        (where / table.name).write_text(content, "utf-8", errors="surrogatepass", newline="")


@cache
def shipped() -> Library:
    """The policies that ship."""
    return policy.load(POLICIES)


def attempt_policy(path: Path, text: str, random: Random) -> tuple[Diagnostic, ...]:
    """What is wrong with the shipped policies when one file has this text; if nothing is, they are put to use."""
    parsed = parse(Source(str(path), text))
    timelines, misplaced = arrange({**modules(), path: parsed.module}.values(), proposed=random.random() < 0.5)
    library = Library(Path(folder().name), timelines, (), (*parsed.diagnostics, *misplaced))
    days = [day for day in {read_day(path.stem), random.choice(library.epochs)} if day is not None]
    found = [*library.diagnostics]
    for day in sorted(days):
        checked = library.compiled_on(day).checked
        found += [*checked.diagnostics, *doubts(checked)]
    if any(mistake.severity is Severity.ERROR for mistake in found):
        return tuple(found)
    for timeline in timelines.values():
        found += use(library, timeline, path, random)
    return tuple(found)


def use(library: Library, timeline: Timeline, path: Path, random: Random) -> Iterator[Diagnostic]:
    """What is found when the text of a file is put to use: consolidated, its examples run, a profile evaluated."""
    for day, text in zip(timeline.days or library.epochs[-1:], timeline.texts, strict=True):
        if text.modules[-1].source.name != str(path):
            continue
        try:
            again = parse(Source("consolidated", consolidate(text, day)))
            assert not again.diagnostics, as_text(again.diagnostics)
            for module, example in timeline.examples:
                if module.source.name == str(path) and law_of(example) >= day:
                    yield from run_example(library, timeline.name, example)
            answer = library.on(max(day, library.first_day)).evaluate(profile(random.choice(PROFILES)))
            for name in answer.decisions():
                answer.explain(name, random.choice(("en", "fr")))
            for name in answer:
                _ = answer[name].bounds
        except policy.Mistakes as mistakes:
            yield from mistakes.diagnostics


def profile(path: Path) -> policy.profiles.Datum:
    return policy.profiles.read_file(path)


def attempt_table(path: Path, text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the policies when one of their tables of data has this text."""
    timelines, _ = arrange(modules().values())
    with TemporaryDirectory() as made:
        write_tables(Path(made) / "data", path, text)
        return check(program_on(timelines, epochs(timelines)[-1]), Path(made) / "data").diagnostics


def attempt_profile(path: Path, text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a profile that has this text."""
    rules = shipped().latest
    form = next(form for form in FORMS if path.suffix == f".{form}")
    try:
        answer = rules.evaluate(read(Source(str(path), text), form))
    except policy.Mistakes as mistakes:
        return mistakes.diagnostics
    answer.explain()
    return ()


# ------------------------------------------------------------------ what must hold


def faults(mutation: Mutation) -> Iterator[str]:
    """What is wrong with how a mutation is treated."""
    try:
        with processor_limit(SECONDS):
            found = attempt(mutation)
            as_text(found)
    except Exception:  # whatever comes out, it is what we look for
        yield traceback.format_exc(limit=-6)
        return
    for mistake in found:
        as_json(mistake)
        if not mistake.help and mutation.path not in PROFILES and not mistake.path:
            yield f"no advice: {mistake.message}"
        if mistake.span is not None and not 0 <= mistake.span.start <= mistake.span.end <= len(
            mistake.span.source.text
        ):
            yield f"no such place: {mistake.message}"
        if len(mistake.message) > 400 or "\n" in mistake.message:
            yield f"more than a line: {mistake.message[:400]}"


@contextmanager
def processor_limit(seconds: float) -> Iterator[None]:
    """Raises TimeoutError in what takes longer than some seconds of the processor."""

    def stop(signal_: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


# ------------------------------------------------------------------ the command


def main(arguments: Sequence[str] | None = None) -> int:
    """Try mutations, tell of each that is treated wrongly, and say how many there were of each kind."""
    parser = argparse.ArgumentParser(description="Spoil copies of shipped files and look for exceptions.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutation")
    parser.add_argument("--number", type=int, default=1000, help="how many mutations, of one change or several")
    parser.add_argument("--only", metavar="NAME", help="the mutation with this name")
    parser.add_argument("--show", action="store_true", help="also print what is found wrong with the text")
    chosen = parser.parse_args(arguments)
    last = chosen.first + chosen.number
    names = [chosen.only] if chosen.only else [f"{chosen.seed}-{i}" for i in range(chosen.first, last)]
    wrong, changes, slowest, started = 0, 0, (0.0, ""), time.monotonic()
    for i, name in enumerate(names, 1):
        one, begun = mutation(name), time.process_time()
        changes += len(one.changes)
        if chosen.show:
            print(as_text(attempt(one)))
        for fault in faults(one):
            wrong += 1
            print(f"\n{name}: {one.path.relative_to(ROOT)}\n  {one.changes}\n{fault}", flush=True)
        slowest = max(slowest, (time.process_time() - begun, name))
        if i % 100 == 0 or i == len(names):
            rate = i / (time.monotonic() - started)
            end = "\n" if i == len(names) or (not sys.stderr.isatty() and i % 500 == 0) else "\r"
            done = f"{i} of {len(names)}, {changes} changes, {wrong} wrong, {rate:.0f} a second"
            told = f"{done}, slowest {slowest[0]:.1f} s ({slowest[1]})"
            if end == "\n" or sys.stderr.isatty():
                print(told, end=end, file=sys.stderr, flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
