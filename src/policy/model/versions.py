"""The versions of each policy in order of time, and the text in force on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date

from policy.frozen import dataclass
from policy.syntax.tree import Clauses, Declaration, Example, Header, Module, Pair, Zone
from policy.text import Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A declaration in force: its own text, its clauses with what an amendment inherits, and the file it is from."""

    policy: str
    name: str
    declaration: Declaration
    clauses: Clauses
    origin: Module
    orphan: bool = False
    """Whether it replaces nothing that is there, so that the labels it would have kept are not known."""
    revived: date | None = None
    """The day of which the file takes it back in, for one that it revives."""

    @property
    def full_name(self) -> str:
        """`policy.name`."""
        return f"{self.policy}.{self.name}"

    @property
    def since(self) -> date | None:
        """The first day of the file it is from; None for undated reference."""
        return self.origin.header.effective if self.origin.header else None


@dataclass(frozen=True, slots=True)
class Text:
    """The consolidated text of one policy: its head with what amendments inherit, and its declarations in order."""

    name: str
    header: Header
    label: Pair
    uses: tuple[tuple[str, Span], ...]
    """The policies it may speak of, each once, and where its files first say so."""
    entries: Mapping[str, Entry]
    repealed: Mapping[str, Module]
    modules: tuple[Module, ...]
    broken: frozenset[str] = frozenset()
    """Names that unreadable declarations were to give: who uses them is not told that they are unknown."""
    verified: date | None = None
    """Until when it is known to be in force as it reads, where that is said."""
    zone: Zone | None = None
    """By whose clock it reads moments, where it says so."""
    gap: bool = False
    """Whether a version that it rests on is not there or cannot be read: which names that declared nobody can tell."""

    @property
    def effective(self) -> date | None:
        """The day from which this text is in force; None for undated reference."""
        return self.header.effective

    @property
    def readable(self) -> bool:
        """Whether the heads of all its files could be read."""
        return all(module.header is not None and module.header.readable for module in self.modules)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All versions of one policy, earliest first. An undated one has a single text, in force always."""

    name: str
    days: tuple[date, ...]
    texts: tuple[Text, ...]
    examples: tuple[tuple[Module, Example], ...]

    def on(self, day: date) -> Text | None:
        """The text in force on a day, or None before the first."""
        if not self.days:
            return self.texts[0]
        index = bisect_right(self.days, day)
        return self.texts[index - 1] if index else None

    def around(self, text: Text | None) -> tuple[Text | None, Text | None]:
        """The versions just before and just after one of them, or after none of them: before the first."""
        index = -1 if text is None else self.texts.index(text)
        return (self.texts[index - 1] if index > 0 else None), next(iter(self.texts[index + 1 :]), None)

    @property
    def dated(self) -> bool:
        """Whether it is law with a day, not undated reference."""
        return bool(self.days)
