"""Spells and windows written briefly."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import settings

from policy.model.spells import Credit, Spell, credited

FULL = Fraction(30)
UNHURRIED = settings(deadline=None)


def day(text: str) -> date:
    return date.fromisoformat(text)


def spell(start: str | None, last: str | None, rate: Fraction | int | None = 30, certain: bool = True) -> Spell:
    """A spell from its first and last day, both included; `ongoing` as last day has no end."""
    until = None if last is None else date.max if last == "ongoing" else day(last) + timedelta(days=1)
    return Spell(None if start is None else day(start), until, None if rate is None else Fraction(rate), certain)


def year(*spells: Spell, cap: Fraction = FULL) -> Credit:
    return credited(spells, cap=cap, from_=day("2023-01-01"), until=day("2024-01-01"))
