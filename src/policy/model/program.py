"""The program of one day: the text of every policy in force, and what each name in it can mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from policy.frozen import dataclass
from policy.model.versions import Entry, Text, Timeline
from policy.syntax.tree import EnumDeclaration, QuantityDeclaration, Question, SourceDeclaration


@dataclass(frozen=True, slots=True)
class Program:
    """Everything in force on a day. `before` holds policies that are not yet in force, with their first day."""

    day: date
    texts: Mapping[str, Text]
    before: Mapping[str, date]
    sources: Mapping[str, SourceDeclaration]
    enum_values: Mapping[str, tuple[str, ...]]
    """The full names of the enums that have a value of this name."""
    signs: Mapping[str, tuple[Entry, ...]]
    """The quantities that have this sign of money."""
    broken: frozenset[str]
    """Every name that a declaration which could not be taken in was to give."""
    asked_otherwise: tuple[Entry, ...]
    """The open questions that only texts of other days ask: a profile may carry their answers all the same."""
    preceding: Mapping[str, Text]
    """The version before the one in force, of each policy that has one."""
    following: Mapping[str, Text]
    """The version that comes next, of each policy that has one."""
    later: Mapping[str, Text]
    """What only later versions of a policy in force declare, by full name, and the first version that does."""

    def entries(self) -> Iterator[Entry]:
        """Every declaration in force."""
        for text in self.texts.values():
            yield from text.entries.values()

    def find(self, full_name: str) -> Entry | None:
        """The declaration with this full name, if it is in force."""
        policy, _, name = full_name.partition(".")
        text = self.texts.get(policy)
        return text.entries.get(name) if text else None

    def visible(self, policy: str, name: str) -> list[Entry]:
        """What a bare name may mean in a policy: its own declaration, and those of the policies it uses."""
        text = self.texts[policy]
        own = [text.entries[name]] if name in text.entries else []
        return own + [other.entries[name] for other in self._used(text) if name in other.entries]

    def uses(self, policy: str, other: str) -> bool:
        """Whether a policy may name another one."""
        return other == policy or any(used == other for used, _ in self.texts[policy].uses)

    def lacks(self, policy: str) -> bool:
        """Whether a policy or one that it uses is not there, or lacks what one of its versions had declared."""
        text = self.texts[policy]
        others = [self.texts.get(used) for used, _ in text.uses]
        return any(other is None or other.gap for other in (text, *others))

    def names(self, policy: str) -> list[str]:
        """Every bare name that means something in a policy, for proposing the nearest."""
        text = self.texts[policy]
        return [*text.entries, *(name for other in self._used(text) for name in other.entries)]

    def _used(self, text: Text) -> Iterator[Text]:
        """The texts of the policies that a policy uses."""
        return (self.texts[used] for used, _ in text.uses if used in self.texts)


def program_on(timelines: Mapping[str, Timeline], day: date) -> Program:
    """The program of a day."""
    texts: dict[str, Text] = {}
    before: dict[str, date] = {}
    preceding: dict[str, Text] = {}
    following: dict[str, Text] = {}
    for name, timeline in timelines.items():
        text = timeline.on(day)
        if text is None:
            before[name] = timeline.days[0]
        else:
            texts[name] = text
        earlier, later = timeline.around(text)
        preceding |= {} if earlier is None else {name: earlier}
        following |= {} if later is None else {name: later}
    sources: dict[str, SourceDeclaration] = {}
    values: dict[str, list[str]] = {}
    signs: dict[str, list[Entry]] = {}
    for text in texts.values():
        for entry in text.entries.values():
            declaration = entry.declaration
            if isinstance(declaration, SourceDeclaration):
                sources[entry.name] = declaration
            elif isinstance(declaration, EnumDeclaration):
                for value in dict.fromkeys(value.name for value in declaration.values):
                    values.setdefault(value, []).append(entry.full_name)
            elif isinstance(declaration, QuantityDeclaration) and declaration.symbol:
                signs.setdefault(declaration.symbol, []).append(entry)
    return Program(
        day,
        texts,
        before,
        sources,
        {name: tuple(enums) for name, enums in values.items()},
        {sign: tuple(entries) for sign, entries in signs.items()},
        frozenset[str]().union(*(text.broken for text in texts.values())),
        _asked_otherwise(timelines, texts),
        preceding,
        following,
        _later(timelines, texts),
    )


def _later(timelines: Mapping[str, Timeline], texts: Mapping[str, Text]) -> dict[str, Text]:
    """What only later versions of the texts in force declare, with the first version that does."""
    found: dict[str, Text] = {}
    for policy, text in texts.items():
        for other in timelines[policy].texts:
            if text.effective is not None and other.effective is not None and other.effective > text.effective:
                for name in other.entries.keys() - text.entries.keys() - text.repealed.keys():
                    found.setdefault(f"{policy}.{name}", other)
    return found


def _asked_otherwise(timelines: Mapping[str, Timeline], texts: Mapping[str, Text]) -> tuple[Entry, ...]:
    """The open questions of other texts, as the latest of them asks."""
    found = {
        entry.full_name: entry
        for timeline in timelines.values()
        for text in timeline.texts
        for entry in text.entries.values()
        if isinstance(entry.declaration, Question)
    }
    in_force = {entry.full_name for text in texts.values() for entry in text.entries.values()}
    return tuple(entry for name, entry in found.items() if name not in in_force)


def epochs(timelines: Mapping[str, Timeline]) -> tuple[date, ...]:
    """Each day on which the text of any policy changes, earliest first."""
    return tuple(sorted({day for timeline in timelines.values() for day in timeline.days}))
