"""An answer: the value of every outcome for one profile, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from policy.diagnostics import Mistakes
from policy.evaluate import Evaluation
from policy.evaluate.possible import Could
from policy.explain.assumptions import NOTHING_ASSUMED, Assumptions
from policy.explain.context import Context
from policy.frozen import dataclass
from policy.graph import Named
from policy.model.catalog import Labels
from policy.model.values import UNKNOWN, Listing, MapValue
from policy.profiles.profile import Profile

if TYPE_CHECKING:
    from policy.explain.report import Report, Step


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome: its full name, its value, and the facts it waits for.

    `value` is True or False, a number, a day, a word …; `UNKNOWN`, `NOT_APPLICABLE` or a `Fault` when it is none.
    `bounds` says what an unknown value can still be: the least and the greatest for numbers and days (None where there
    is no end), the words for yes and no and the like; None for a value that is known, or when nothing can be said.
    `missing` holds the places in the profile of the facts that are not known and on which the value depends, `assumed`
    the full names of the assumptions that it rests on.
    """

    name: str
    kind: str
    label: Labels
    value: object
    bounds: tuple[object, ...] | None
    missing: tuple[str, ...]
    assumed: tuple[str, ...] = ()


class Answer:
    """What the rules say of one profile. Index it by the full name of an outcome; ask it why."""

    def __init__(
        self,
        context: Context,
        exact: Evaluation,
        profile: Profile,
        bound: Callable[[], Evaluation],
        assumptions: Assumptions = NOTHING_ASSUMED,
    ) -> None:
        self.context = context
        self.assumptions = assumptions
        self.exact = exact
        self._bound = bound
        self.profile = profile

    @cached_property
    def values(self) -> Evaluation:
        """The values to explain: the exact ones, or where facts are missing what everything can still be."""
        return self.exact if self.exact.complete else self._bound()

    def value(self, name: str) -> object:
        """The value of an outcome, unknown where even the bounds leave more than one."""
        number = self.number(name)
        value = self.exact.value(number)
        return _told(self.values.value(number)) if _is_open(value) else value

    def __getitem__(self, name: str) -> Outcome:
        """The outcome with this full name. Raises Mistakes, with the nearest name, when there is none."""
        number = self.number(name)
        about = self.about(name)
        value = self.exact.value(number)
        assumed = self._assumed(name)
        if not _is_open(value):
            return Outcome(name, about.kind, about.label, value, None, (), assumed)
        from policy.explain.missing import gaps
        from policy.explain.reporting import bounds

        reach = self.values.reach(number)
        found = tuple(gap.path for gap in gaps(number, self.values, self.context))
        return Outcome(name, about.kind, about.label, _told(self.values.value(number)), bounds(reach), found, assumed)

    def __iter__(self) -> Iterator[str]:
        """The full names of all outcomes."""
        return iter(self.context.graph.named)

    def __contains__(self, name: object) -> bool:
        return name in self.context.graph.named

    def decisions(self) -> tuple[str, ...]:
        """The full names of the decisions, in the order of the policies."""
        return tuple(name for name in self if self.about(name).kind == "decision")

    def _assumed(self, name: str) -> tuple[str, ...]:
        """The assumptions that an outcome rests on."""
        if not self.assumptions.values:
            return ()
        from policy.graph.reading import assumed_in

        return assumed_in(self.context.graph, name)

    def number(self, name: str) -> int:
        """The node of an outcome. Raises Mistakes, with the nearest name, when there is none."""
        name = str(name)
        if name in self.context.graph.named:
            return self.context.graph.named[name]
        from policy.explain.errors import why_no_outcome

        raise Mistakes([why_no_outcome(name, self, self.context.wording, self.context.day)])

    def about(self, name: str) -> Named:
        """What an outcome says of itself."""
        return self.context.graph.about[name]

    # -------------------------------------------------------------- why

    # What explains is loaded when something is explained: most answers are only asked for values.

    def tree(self, name: str, language: str = "en") -> Step:
        """Why an outcome is what it is: a line with lines beneath it."""
        from policy.explain.reporting import tree

        return tree(self, name, language)

    def report(self, names: Sequence[str] | None = None, language: str = "en") -> Report:
        """The explanation of some outcomes, of all decisions when none are named."""
        from policy.explain.reporting import report

        return report(self, tuple(names) if names else self.decisions(), language)

    def unread(self, names: Sequence[str] | None = None) -> tuple[str, ...]:
        """The facts of the profile, by key, that some outcomes do not rest on because of what is assumed.

        Of all decisions when none are named.
        """
        chosen = tuple(names) if names else self.decisions()
        return self.assumptions.left_unread(chosen, self.context, self.profile)

    def explain(self, name: str | None = None, language: str = "en", *, width: int = 100) -> str:
        """Why, as plain text with lines of at most `width` characters: of one outcome, or of all decisions."""
        from policy.explain.text import as_text

        return as_text(self.report([name] if name else None, language), width=width)

    def markdown(self, name: str | None = None, language: str = "en") -> str:
        """Why, as Markdown."""
        from policy.explain.markdown import as_markdown

        return as_markdown(self.report([name] if name else None, language))

    def html(self, name: str | None = None, language: str = "en") -> str:
        """Why, as a page of its own."""
        from policy.explain.html import as_html

        return as_html(self.report([name] if name else None, language))

    def json(self, name: str | None = None, language: str = "en") -> str:
        """Why, as JSON text; see `document.AnswerDocument` for its parts."""
        from policy.explain.plain import as_json

        return as_json(self.report([name] if name else None, language))


def _is_open(value: object) -> bool:
    """Whether bounds can tell more of a value: an unknown one, or a list with members that may not be there."""
    return value is UNKNOWN or isinstance(value, Listing)


def _told(value: object) -> object:
    """A value as a caller has it: unknown where only a set of values is known."""
    match value:
        case Could():
            return UNKNOWN
        case Listing(items=items, certain=certain):
            told = tuple(map(_told, items))
            return told if all(certain) else Listing(told, certain, value.fault)
        case tuple():
            return tuple(map(_told, value))
        case MapValue(values=values):
            return MapValue({key: _told(inner) for key, inner in values.items()})
        case _:
            return value
