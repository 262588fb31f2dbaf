"""A folder of policy files, read once; the rules of any day from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from policy.diagnostics import Diagnostic, Mistakes, Severity
from policy.model.program import epochs, program_on
from policy.model.versions import Timeline, arrange
from policy.pipeline import errors
from policy.pipeline.rules import Rules
from policy.shipped import policies_folder
from policy.syntax.parse import parse, read_source
from policy.syntax.tree import Module


class Library:
    """All versions of all policies of a folder."""

    def __init__(self, folder: Path, timelines: Mapping[str, Timeline], diagnostics: tuple[Diagnostic, ...]) -> None:
        self.folder = folder
        self.timelines = timelines
        self.diagnostics = diagnostics
        self._rules: dict[tuple[object, ...], Rules] = {}

    @cached_property
    def epochs(self) -> tuple[date, ...]:
        """Each day on which any text changes, earliest first."""
        return epochs(self.timelines)

    @cached_property
    def first_day(self) -> date:
        """The first day on which any dated text is in force."""
        return self.epochs[0] if self.epochs else date(1, 1, 1)

    def on(self, day: date | str, assessed_on: date | str | None = None) -> Rules:
        """The rules in force on a day, compiled once however often they are asked for.

        `assessed_on` is the day on which facts are measured, when it is not the same. Raises Mistakes for a day that is
        none, a day before the first text, and policies with errors.
        """
        asked = to_day(day)
        if asked < self.first_day:
            raise Mistakes([errors.before_first_day(asked, self.first_day)])
        measured = to_day(assessed_on) if assessed_on is not None else asked
        self._refuse_if_wrong()
        key = tuple(id(timeline.on(asked)) for timeline in self.timelines.values())
        if key not in self._rules:
            self._rules[key] = Rules(program_on(self.timelines, asked), self.folder / "data")
        rules = self._rules[key].on_day(asked, measured)
        _ = rules.graph
        return rules

    def _refuse_if_wrong(self) -> None:
        wrong = [d for d in self.diagnostics if d.severity is Severity.ERROR]
        if wrong:
            raise Mistakes(wrong)

    def programs(self) -> Iterator[Rules]:
        """The rules of every epoch, unchecked; of one day when no text is dated."""
        for day in self.epochs or (date(2000, 1, 1),):
            yield Rules(program_on(self.timelines, day), self.folder / "data")

    def since(self, policy: str) -> tuple[date, ...]:
        """The first days of a policy's versions; empty for undated reference."""
        return self.timelines[policy].days


def load(folder: str | Path | None = None) -> Library:
    """The policies of a folder, or those that ship with the engine. Raises Mistakes for files that cannot be read."""
    library = open_library(Path(folder) if folder is not None else None)
    wrong = [d for d in library.diagnostics if d.severity is Severity.ERROR]
    if wrong:
        raise Mistakes(wrong)
    return library


def open_library(folder: Path | None = None) -> Library:
    """The policies of a folder with the mistakes found in reading them, for those who want to see them all."""
    root = folder or policies_folder()
    modules: list[Module] = []
    found: list[Diagnostic] = []
    try:
        paths = sorted(root.rglob("*.policy")) if root.is_dir() else [root] if root.exists() else []
        if not root.exists():
            found.append(errors.unreadable(str(root), "there is no such file or folder"))
        elif not paths:
            found.append(errors.no_policies(str(root)))
    except OSError as problem:
        paths = []
        found.append(errors.unreadable(str(root), problem.strerror or "unknown reason"))
    for path in paths:
        try:
            source, mistakes = read_source(path, _shown(path))
        except OSError as problem:
            found.append(errors.unreadable(str(path), problem.strerror or "unknown reason"))
            continue
        found += mistakes
        if not mistakes:
            parsed = parse(source)
            modules.append(parsed.module)
            found += parsed.diagnostics
    timelines, mistaken = arrange(modules)
    return Library(root if root.is_dir() else root.parent, timelines, (*found, *mistaken))


def _shown(path: Path) -> str:
    """A path as a person would type it: from here when it is below here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def to_day(day: date | str) -> date:
    """A day given as a date or as text. Raises Mistakes for anything else."""
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(str(day).strip())
    except ValueError:
        raise Mistakes([errors.bad_day(str(day))]) from None
