"""The known word that a wrong word was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, or None when none is near enough to be worth proposing."""
    candidates = list(known)
    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    if (exact := by_folded.get(word.casefold())) is not None:
        return exact
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A sentence that proposes the nearest known word, or None."""
    found = nearest(word, known)
    return None if found is None else f"did you mean `{found}`?"
