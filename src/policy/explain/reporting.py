"""From the values of an answer to the report that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from policy.diagnostics import Mistakes
from policy.evaluate.possible import Could, span
from policy.explain.assumptions import label_of_fact
from policy.explain.context import Context
from policy.explain.errors import unknown_language
from policy.explain.missing import gaps, say_gap
from policy.explain.notices import Texts, notices, texts_of
from policy.explain.phrases import Speaker
from policy.explain.report import Missing, Report, State, Step, Unread
from policy.explain.show import show_date
from policy.explain.steps import Explainer
from policy.explain.wording import Wording
from policy.explain.words import LANGUAGES, say
from policy.frozen import replace

if TYPE_CHECKING:
    from policy.explain.answer import Answer


def tree(answer: Answer, name: str, language: str) -> Step:
    """Why an outcome is what it is: a line with lines beneath it."""
    speaker = Speaker(answer.context, known_language(language))
    return Explainer(speaker).step(answer.number(name), answer.values)


def report(answer: Answer, chosen: tuple[str, ...], language: str) -> Report:
    """The explanation of some outcomes."""
    context = answer.context
    language = known_language(language)
    explainer = Explainer(Speaker(context, language))
    steps = tuple(explainer.step(answer.number(name), answer.values) for name in chosen)
    policies = {name.partition(".")[0] for name in chosen}
    day, assessed = context.day, context.assessed_on
    here = texts_of(day, policies, context.wording.policies, context.wording)
    texts = (here, *_other_texts(explainer))
    on_proposed = any(some.proposed for some in texts)
    intro = [say("in force", language, day=show_date(day, language))]
    if on_proposed:
        intro.append(say("rests on proposed", language))
    intro += [_since(context, policy, language) for policy in sorted({*policies, *here.proposed})]
    if assessed != day:
        intro.append(say("measured", language, day=show_date(assessed, language)))
    remarks = tuple(
        explainer.step(number, answer.values)
        for name, number in context.graph.named.items()
        if name.partition(".")[0] in here.policies
        and answer.about(name).kind == "remark"
        and answer.values.value(number) is True
    )
    return Report(
        language,
        day,
        assessed,
        say("heading", language, day=show_date(assessed, language)),
        tuple(filter(None, intro)),
        steps,
        _missing(answer, chosen, language),
        (
            *dict.fromkeys(notice for some in texts for notice in notices(some, day, language)),
            *map(_remark, remarks),
        ),
        (say("disclaimer", language),),
        on_proposed,
        _assumed(answer, language),
        tuple(Unread(path, label_of_fact(path, context.catalog, language)) for path in answer.unread(chosen)),
    )


def _assumed(answer: Answer, language: str) -> tuple[Step, ...]:
    """One line for each value that was given in place of what would be worked out."""
    explainer = Explainer(Speaker(answer.context, language))
    steps = (explainer.step(answer.number(name), answer.values) for name in answer.assumptions.values)
    return tuple(replace(step, details=()) for step in steps)


def _other_texts(explainer: Explainer) -> list[Texts]:
    """The texts of other days that the explanation has come to: those whose law was asked, and those read again."""
    by_law: dict[date, tuple[Wording, set[str]]] = {}
    for (day, policy), context in explainer.days.items():
        by_law.setdefault(day, (context.wording, set()))[1].add(policy)
    found = [texts_of(day, asked, wording.policies, wording) for day, (wording, asked) in sorted(by_law.items())]
    for (day, policy), context in explainer.earlier.items():
        found.append(texts_of(day, [policy], context.wording.earlier[day], context.wording))
    return found


def _since(context: Context, policy: str, language: str) -> str:
    text = context.wording.policies.get(policy)
    if text is None or text.effective is None:
        return ""
    label = text.label.get(language) or policy
    pattern = "proposed since" if text.proposed else "text since"
    value = say(pattern, language, day=show_date(text.effective, language))
    return say("colon", language, label=label, value=value)


def _missing(answer: Answer, names: Sequence[str], language: str) -> tuple[Missing, ...]:
    found = dict.fromkeys(gap for name in names for gap in gaps(answer.number(name), answer.values, answer.context))
    return tuple(say_gap(gap, answer.context, language) for gap in found)


def known_language(language: str) -> str:
    """The language, if explanations exist in it. Raises Mistakes for any other."""
    if language not in LANGUAGES:
        raise Mistakes([unknown_language(language)])
    return language


def bounds(reach: object) -> tuple[object, ...] | None:
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
