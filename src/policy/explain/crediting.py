"""What each spell adds to the hours credited, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from policy.evaluate import Frame
from policy.explain.phrases import Speaker
from policy.explain.show import show_amount, show_span
from policy.model.spells import Credit, SpellCredit
from policy.model.values import Listing, Part, Record, items_of

Credits = Mapping[str, tuple[str, bool]]
"""For the path of each spell: what was credited, in words, and whether anything was."""


def uncut(number: int, frame: Frame) -> dict[str, object]:
    """The spells of a list as they stand in the profile, by their path, before anything was cut from them."""
    node = frame.graph.nodes[number]
    while node.op in {"definition", "filter", "outside", "inside"}:
        number = node.args[0]
        node = frame.graph.nodes[number]
    value = frame.value(number)
    items = items_of(value)[0] if isinstance(value, (tuple, Listing)) else ()
    return {item.path: item for item in items if isinstance(item, Record)}


def credits_of(speaker: Speaker, spells: object, reckoned: Credit, cap: Any, whole: Mapping[str, object]) -> Credits:
    """What each spell adds, in words, by its path; pieces of one spell are named by their days."""
    items, certain = items_of(spells)
    lines: dict[str, list[str]] = {}
    added: dict[str, bool] = {}
    pieces = Counter(item.path for item in items if isinstance(item, Record))
    for item, one, sure in zip(items, reckoned.by_spell, certain, strict=True):
        assert isinstance(item, Record)
        amount, raw = (
            show_amount(v, "hours", speaker.language, speaker.catalog) for v in (one.hours_added, one.hours_in_window)
        )
        if one.hours_in_window == 0:
            text = speaker.say("outside window")
        elif one.hours_added < one.hours_in_window:
            text = speaker.say("credits less", hours=amount, raw=raw, why=why_less(speaker, one, cap))
        else:
            text = speaker.say("credits", hours=amount)
        if one.hours_in_window and (not sure or isinstance(item, Part)):
            text = speaker.say("up to credited", hours=amount)
        known = not isinstance(item, Part)
        if known and (pieces[item.path] > 1 or whole.get(item.path, item) is not item):
            text = speaker.say("colon", label=show_span(item, speaker.language), value=text)
        lines.setdefault(item.path, []).append(text)
        added[item.path] = added.get(item.path, False) or one.hours_added > 0
    return {path: ("; ".join(texts), added[path]) for path, texts in lines.items()}


def why_less(speaker: Speaker, one: SpellCredit, cap: Any) -> str:
    """Why a spell adds less than its hours: by itself it is above the cap, or others are at the same time."""
    alone = min(one.hours_in_window, Fraction(cap) * one.days_in_window / 7)
    hours = show_amount(cap, "", speaker.language, speaker.catalog)
    reasons = [speaker.say("above the cap", cap=hours)] if alone < one.hours_in_window else []
    reasons += [speaker.say("at the same time")] if one.hours_added < alone else []
    return ", ".join(reasons)
