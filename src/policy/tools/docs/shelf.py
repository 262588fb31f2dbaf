"""The policies of a folder as pages: which there are, in which versions, and what each page says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from policy.check.checked import Checked
from policy.diagnostics import Diagnostic, Mistakes
from policy.model.versions import Text
from policy.pipeline.errors import before_first_day
from policy.pipeline.examples import law_of, run_example
from policy.pipeline.library import Library, refuse, to_day
from policy.pipeline.opening import open_library
from policy.syntax import tree as t
from policy.tools.docs.errors import unknown_rule
from policy.tools.docs.page import Page, page_of
from policy.tools.docs.phrases import sentences
from policy.tools.docs.pieces import Piece, piece_of


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a policy and the day on which it is read.

    It is `current` if it is the one that readers want first, and `proposed` if it is no law.
    """

    policy: str
    text: Text
    day: date
    current: bool
    proposed: bool


class Shelf:
    """The policies of a folder. A page, once made, is kept, and so are the outcomes of examples.

    The texts of `today` are the ones in force for readers.
    """

    def __init__(self, folder: Path, today: date) -> None:
        self.folder = folder
        self.today = today
        self.told: set[Diagnostic] = set()
        """The mistakes in policy files that whoever builds the pages has been told of."""
        self._pages: dict[tuple[str, date | None, str], Page] = {}
        self._tried: dict[t.Example, tuple[Diagnostic, ...]] = {}

    @cached_property
    def library(self) -> Library:
        """All versions of all policies that are law."""
        return open_library(self.folder)

    @property
    def proposing(self) -> Library:
        """The same as if what is proposed were law."""
        return self.library.proposing or self.library

    def files(self) -> tuple[Path, ...]:
        """Every file that pages are made from: all policies, and their tables of data."""
        found = [*self.folder.rglob("*.policy"), *(self.folder / "data").glob("*")]
        return tuple(sorted(path for path in found if path.is_file()))

    def state(self) -> tuple[str, ...]:
        """What pages are made from: every file by its name, and the days on which texts have taken effect by today."""
        begun = (str(day) for day in self.proposing.epochs if day <= self.today)
        return (*map(str, self.files()), *begun)

    # -------------------------------------------------------------- which pages there are

    def policies(self) -> tuple[str, ...]:
        """All policies, those that decide something first."""
        return tuple(sorted(self.proposing.timelines, key=lambda name: (not self._decides(name), name)))

    def _decides(self, policy: str) -> bool:
        entries = self.version(policy).text.entries.values()
        return any(isinstance(e.declaration, t.Definition) and e.declaration.kind == "decision" for e in entries)

    def versions(self, policy: str) -> tuple[Version, ...]:
        """The versions of a policy, earliest first. Raises Mistakes when there is no such policy."""
        every = self.proposing.timeline(policy)
        law = self.library.timelines.get(policy)
        texts = () if law is None else law.texts
        first = law or every
        current = first.on(self.today) or first.texts[0]
        proposed = [text for text in every.texts if text.header.proposed is not None]
        return tuple(
            Version(policy, text, self._day_of(text, current), text is current, text in proposed)
            for text in (*texts, *proposed)
        )

    def _day_of(self, text: Text, current: Text) -> date:
        """The day on which a text is read: today for the one in force, for any other its first day."""
        if text is current and (text.effective is None or text.effective <= self.today):
            return self.today
        return text.effective or self.today

    def version(self, policy: str, day: date | str | None = None) -> Version:
        """The version of a policy that begins on a day or is law then, or the current one.

        Raises Mistakes when there is none.
        """
        versions = self.versions(policy)
        if day is None:
            return next(version for version in versions if version.current)
        asked = to_day(day)
        begun = [version for version in versions if not version.proposed or version.text.effective == asked]
        begun = [version for version in begun if version.text.effective is None or version.text.effective <= asked]
        if not begun:
            raise Mistakes([before_first_day(asked, versions[0].text.effective or self.today)])
        return begun[-1]

    # -------------------------------------------------------------- pages

    def page(self, version: Version, language: str) -> Page:
        """The page of a version. Raises Mistakes, all of them, for policies that are wrong."""
        key = (version.policy, version.text.effective, language)
        if key not in self._pages:
            library = self._library(version)
            timeline = library.timeline(version.policy)
            examples = tuple(
                (example, self._outcome(library, version.policy, example))
                for _, example in timeline.examples
                if timeline.on(law_of(example)) is version.text
            )
            self._pages[key] = page_of(
                self._checked(version),
                timeline,
                self.proposing.timeline(version.policy),
                version.day,
                self.today,
                version.current,
                language,
                examples,
            )
        return self._pages[key]

    def piece(self, full_name: str, day: date | str | None, language: str) -> tuple[Piece, Version]:
        """What is said of one declaration, and the version that it is of. Raises Mistakes when it is not there."""
        policy, _, name = full_name.partition(".")
        version = self.version(policy, day)
        checked = self._checked(version)
        entry = version.text.entries.get(name)
        if entry is None:
            raise Mistakes([unknown_rule(full_name, version.text.entries)])
        return piece_of(entry, sentences(checked, language)), version

    def _library(self, version: Version) -> Library:
        """The policies among which a version is read."""
        return self.proposing if version.proposed else self.library

    def _checked(self, version: Version) -> Checked:
        """The checked program in which a version is read. Raises Mistakes when anything is wrong with it."""
        library = self._library(version)
        refuse(library.diagnostics)
        checked = library.compiled_on(version.day).checked
        refuse(checked.diagnostics)
        return checked

    def _outcome(self, library: Library, policy: str, example: t.Example) -> tuple[Diagnostic, ...]:
        """What an example gets wrong, as `policy check` finds it."""
        if example not in self._tried:
            try:
                self._tried[example] = tuple(run_example(library, policy, example))
            except Mistakes as problem:
                self._tried[example] = problem.diagnostics
        return self._tried[example]
