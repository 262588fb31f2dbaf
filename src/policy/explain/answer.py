"""An answer: the value of every outcome for one profile, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from policy.diagnostics import Mistakes
from policy.evaluate import Evaluation
from policy.evaluate.possible import Could, span
from policy.explain.assumptions import NOTHING_ASSUMED, Assumptions, label_of_fact
from policy.explain.context import Context
from policy.explain.errors import unknown_language, why_no_outcome
from policy.explain.html import as_html
from policy.explain.markdown import as_markdown
from policy.explain.missing import gaps, say_gap
from policy.explain.notices import notices, rests_on_proposed
from policy.explain.phrases import Speaker
from policy.explain.plain import as_json
from policy.explain.report import Missing, Report, State, Step, Unread
from policy.explain.show import show_date
from policy.explain.steps import Explainer
from policy.explain.text import as_text
from policy.explain.words import LANGUAGES, say
from policy.graph import Named
from policy.graph.reading import assumed_in
from policy.model.catalog import Labels
from policy.model.values import UNKNOWN, Listing, MapValue
from policy.profiles import Profile


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
        number = self._number(name)
        value = self.exact.value(number)
        return _told(self.values.value(number)) if _is_open(value) else value

    def __getitem__(self, name: str) -> Outcome:
        """The outcome with this full name. Raises Mistakes, with the nearest name, when there is none."""
        number = self._number(name)
        about = self._about(name)
        value = self.exact.value(number)
        assumed = assumed_in(self.context.graph, name) if self.assumptions.values else ()
        if not _is_open(value):
            return Outcome(name, about.kind, about.label, value, None, (), assumed)
        reach = self.values.reach(number)
        found = tuple(gap.path for gap in gaps(number, self.values, self.context))
        return Outcome(name, about.kind, about.label, _told(self.values.value(number)), _bounds(reach), found, assumed)

    def __iter__(self) -> Iterator[str]:
        """The full names of all outcomes."""
        return iter(self.context.graph.named)

    def __contains__(self, name: object) -> bool:
        return name in self.context.graph.named

    def decisions(self) -> tuple[str, ...]:
        """The full names of the decisions, in the order of the policies."""
        return tuple(name for name in self if self._about(name).kind == "decision")

    def _number(self, name: str) -> int:
        name = str(name)
        if name in self.context.graph.named:
            return self.context.graph.named[name]
        raise Mistakes([why_no_outcome(name, self, self.context.wording, self.context.day)])

    def _about(self, name: str) -> Named:
        return self.context.graph.about[name]

    # -------------------------------------------------------------- why

    def tree(self, name: str, language: str = "en") -> Step:
        """Why an outcome is what it is: a line with lines beneath it."""
        speaker = Speaker(self.context, known_language(language))
        return Explainer(speaker).step(self._number(name), self.values)

    def report(self, names: Sequence[str] | None = None, language: str = "en") -> Report:
        """The explanation of some outcomes, of all decisions when none are named."""
        chosen = tuple(names) if names else self.decisions()
        language = known_language(language)
        explainer = Explainer(Speaker(self.context, language))
        steps = tuple(explainer.step(self._number(name), self.values) for name in chosen)
        policies = {name.partition(".")[0] for name in chosen}
        heard = self._used_by(policies)
        day, assessed = self.context.day, self.context.assessed_on
        proposed = rests_on_proposed(self.context, sorted(heard))
        intro = [say("in force", language, day=show_date(day, language))]
        if proposed:
            intro.append(say("rests on proposed", language))
        intro += [self._since(policy, language) for policy in sorted({*policies, *proposed})]
        if assessed != day:
            intro.append(say("measured", language, day=show_date(assessed, language)))
        remarks = tuple(
            explainer.step(number, self.values)
            for name, number in self.context.graph.named.items()
            if name.partition(".")[0] in heard
            and self._about(name).kind == "remark"
            and self.values.value(number) is True
        )
        return Report(
            language,
            day,
            assessed,
            say("heading", language, day=show_date(assessed, language)),
            tuple(filter(None, intro)),
            steps,
            self._missing(chosen, language),
            (*notices(self.context, sorted(heard), language), *map(_remark, remarks)),
            (say("disclaimer", language),),
            bool(proposed),
            self._assumed(language),
            tuple(Unread(path, label_of_fact(path, self.context.catalog, language)) for path in self.unread(chosen)),
        )

    def unread(self, names: Sequence[str] | None = None) -> tuple[str, ...]:
        """The facts of the profile, by key, that some outcomes do not rest on because of what is assumed.

        Of all decisions when none are named.
        """
        chosen = tuple(names) if names else self.decisions()
        return self.assumptions.left_unread(chosen, self.context.graph, self.profile)

    def _assumed(self, language: str) -> tuple[Step, ...]:
        """One line for each value that was given in place of what would be worked out."""
        explainer = Explainer(Speaker(self.context, language))
        steps = (explainer.step(self._number(name), self.values) for name in self.assumptions.values)
        return tuple(replace(step, details=()) for step in steps)

    def _used_by(self, policies: set[str]) -> set[str]:
        """These policies and all that they use: what is remarked in them concerns the answer."""
        found: set[str] = set()
        pending = list(policies)
        while pending:
            name = pending.pop()
            if name not in found and name in self.context.wording.policies:
                found.add(name)
                pending += self.context.wording.policies[name].uses
        return found

    def _since(self, policy: str, language: str) -> str:
        text = self.context.wording.policies.get(policy)
        if text is None or text.effective is None:
            return ""
        label = text.label.get(language) or policy
        pattern = "proposed since" if text.proposed else "text since"
        value = say(pattern, language, day=show_date(text.effective, language))
        return say("colon", language, label=label, value=value)

    def _missing(self, names: Sequence[str], language: str) -> tuple[Missing, ...]:
        found = dict.fromkeys(gap for name in names for gap in gaps(self._number(name), self.values, self.context))
        return tuple(say_gap(gap, self.context, language) for gap in found)

    def explain(self, name: str | None = None, language: str = "en", *, width: int = 100) -> str:
        """Why, as plain text with lines of at most `width` characters: of one outcome, or of all decisions."""
        return as_text(self.report([name] if name else None, language), width=width)

    def markdown(self, name: str | None = None, language: str = "en") -> str:
        """Why, as Markdown."""
        return as_markdown(self.report([name] if name else None, language))

    def html(self, name: str | None = None, language: str = "en") -> str:
        """Why, as a page of its own."""
        return as_html(self.report([name] if name else None, language))

    def json(self, name: str | None = None, language: str = "en") -> str:
        """Why, as JSON text; see `document.AnswerDocument` for its parts."""
        return as_json(self.report([name] if name else None, language))


def known_language(language: str) -> str:
    """The language, if explanations exist in it. Raises Mistakes for any other."""
    if language not in LANGUAGES:
        raise Mistakes([unknown_language(language)])
    return language


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


def _bounds(reach: object) -> tuple[object, ...] | None:
    """What a set of values says to a caller."""
    if not isinstance(reach, Could) or reach.specials:
        return None
    ends = span(reach)
    words = reach.words or frozenset()
    if ends is None or any(isinstance(word, bool) for word in words):
        return tuple(sorted(words, key=str))
    return None if ends == (None, None) else ends


def _remark(step: Step) -> Step:
    """A remark is said, not judged."""
    return Step(State.VALUE, step.title, "", (), step.cites, step.marks, step.name)
