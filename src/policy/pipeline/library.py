"""A folder of policy files, read once; the rules of any day from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from policy.diagnostics import Diagnostic, Mistakes, Severity
from policy.pipeline import errors
from policy.pipeline.compiled import Compiled
from policy.pipeline.elsewhere import EveryDay
from policy.pipeline.rules import Rules
from policy.syntax.days import read_day
from policy.text import shown

if TYPE_CHECKING:
    from pydantic import BaseModel

    from policy.check.checked import Checked
    from policy.model.versions import Timeline


class Library:
    """All versions of all policies of a folder.

    `files` are the names of the files read, and `diagnostics` what is wrong with each of them by itself and as versions
    of one policy; what is wrong with the policies of a day together shows when that day is asked for. Texts that are
    only proposed are left out; `proposing` is the same folder as if they were law, None where nothing is proposed.
    """

    def __init__(
        self,
        folder: Path,
        timelines: Mapping[str, Timeline],
        files: tuple[str, ...] = (),
        diagnostics: tuple[Diagnostic, ...] = (),
        proposing: Library | None = None,
    ) -> None:
        self.folder = folder
        self.timelines = timelines
        self.files = files
        self.diagnostics = diagnostics
        self.proposing = proposing
        self._compiled: dict[tuple[int, ...], Compiled] = {}

    @cached_property
    def epochs(self) -> tuple[date, ...]:
        """Each day on which any text changes, earliest first; without dated texts, the first day of the calendar."""
        from policy.model.program import epochs

        return epochs(self.timelines) or (date.min,)

    @cached_property
    def modules(self) -> Mapping[str, str]:
        """The policy of each file that has a readable head, by the name of the file."""
        texts = (text for timeline in self.timelines.values() for text in timeline.texts)
        return {module.source.name: text.name for text in texts for module in text.modules}

    @property
    def first_day(self) -> date:
        """The first day on which any dated text is in force."""
        return self.epochs[0]

    def on(self, day: date | str, assessed_on: date | str | None = None) -> Rules:
        """The rules in force on a day, compiled once however often they are asked for.

        `assessed_on` is the day on which facts are measured, when it is not the same. Raises Mistakes for a day that is
        none, a day before the first text, and policies with errors.
        """
        asked = to_day(day)
        measured = asked if assessed_on is None else to_day(assessed_on)
        if asked < self.first_day:
            raise Mistakes([errors.before_first_day(asked, self.first_day)])
        return Rules(self.sound_on(asked), asked, measured, self.every_day)

    @cached_property
    def every_day(self) -> EveryDay:
        """The rules of every day, for rules that ask for others."""
        return EveryDay(self.sound_on, self.epochs)

    def mistakes_on(self, day: date) -> tuple[Diagnostic, ...]:
        """What is wrong with the policies of a day together, and with what they ask of other days."""
        from policy.check.across import asks_of_other_days, check_across, earlier_texts

        checked = self.compiled_on(day).checked
        asked = self.checked_on_all_days() if asks_of_other_days(checked) else earlier_texts(checked).values()
        others = (mistake for other in asked for mistake in other.diagnostics)
        across = check_across(checked, self.checked_on_all_days)
        return tuple(dict.fromkeys((*checked.diagnostics, *others, *across)))

    def checked_on_all_days(self) -> list[Checked]:
        """The checked programs of all days on which a text changes, in order."""
        return [self.compiled_on(day).checked for day in self.epochs]

    @property
    def latest(self) -> Rules:
        """The rules of the latest texts, as on their first day."""
        return self.on(self.epochs[-1])

    def sound_on(self, day: date) -> Compiled:
        """The program of a day. Raises Mistakes when something is wrong with it, or when nothing here is law."""
        if not self.timelines and self.proposing is not None:
            raise Mistakes([errors.only_proposed(shown(self.folder))])
        refuse(self.diagnostics)
        compiled = self.compiled_on(day)
        refuse(self.mistakes_on(day))
        return compiled

    def compiled_on(self, day: date) -> Compiled:
        """The program of a day, whatever is wrong with it."""
        from policy.model.program import program_on

        key = tuple(id(timeline.on(day)) for timeline in self.timelines.values())
        if key not in self._compiled:
            self._compiled[key] = Compiled(program_on(self.timelines, day), self.folder / "data", self.compiled_on)
        return self._compiled[key]

    def timeline(self, policy: str) -> Timeline:
        """The versions of a policy. Raises Mistakes, with the nearest name, when there is no such policy."""
        if policy not in self.timelines:
            raise Mistakes([errors.no_such_policy(policy, self.timelines)])
        return self.timelines[policy]

    def since(self, policy: str) -> tuple[date, ...]:
        """The first days of a policy's versions; empty for undated reference."""
        return self.timeline(policy).days

    def profile_model(self, language: str = "en") -> type[BaseModel]:
        """A pydantic model of a profile, made from the latest texts; it suits profiles for any day."""
        return self.latest.profile_model(language)

    def profile_schema(self, language: str = "en") -> dict[str, object]:
        """The JSON Schema (2020-12) of a profile, made from the latest texts; it suits profiles for any day."""
        return self.latest.profile_schema(language)


def policy_files(folder: Path) -> set[Path]:
    """The policy files at any depth in a folder. Raises OSError when it is no folder or cannot be read."""
    if not folder.is_dir():
        raise NotADirectoryError(0, "it is not a folder" if folder.exists() else "there is no such folder")
    return {path for path in folder.rglob("*.policy") if not path.is_dir()}


def neighbours(folder: Path) -> set[Path]:
    """The policy files in a folder where they belong: undated ones in it, dated ones one folder further."""
    found = {*folder.glob("*.policy"), *folder.glob("*/*.policy")}
    return {path for path in found if not path.is_dir()}


def refuse(diagnostics: Iterable[Diagnostic]) -> None:
    """Raise the errors among these as Mistakes, if there are any."""
    wrong = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if wrong:
        raise Mistakes(wrong)


def place_of(file: str | Path) -> tuple[str, date]:
    """The policy that a file is of and its first day in force, by its place: the first of all for undated reference."""
    path = Path(file)
    day = read_day(path.stem)
    return (path.stem, date.min) if day is None else (path.parent.name, day)


def is_dated(file: Path) -> bool:
    """Whether a file is a version of a policy, by its name."""
    return place_of(file)[1] != date.min


def reason(problem: OSError) -> str:
    """What the operating system says of a path that it does not let us read."""
    return (problem.strerror or "unknown reason").lower()


def to_day(day: date | str) -> date:
    """A day given as a date or as text. Raises Mistakes for anything else, a moment of a day included."""
    if isinstance(day, date) and not isinstance(day, datetime):
        return day
    read = read_day(str(day).strip())
    if read is None:
        raise Mistakes([errors.bad_day(str(day))])
    return read
