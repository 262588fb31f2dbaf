"""The known word that a wrong word was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable

LIKENESS = 0.6
"""How alike two words must be, from 0 to 1, for one to be proposed for the other."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, or None when none is near enough to be worth proposing."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    folded = word.casefold()
    if (exact := by_folded.get(folded)) is not None:
        return exact
    near = [candidate for candidate in by_folded if _lengths_allow(len(candidate), len(folded))]
    from difflib import get_close_matches  # most programs make no mistakes

    close = get_close_matches(folded, near, n=1, cutoff=LIKENESS)
    return by_folded[close[0]] if close else None


def _lengths_allow(one: int, other: int) -> bool:
    """Whether words of these lengths can be alike at all: likeness is twice what they share over both lengths."""
    return 2 * min(one, other) >= LIKENESS * (one + other)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A sentence that proposes the nearest known word, or None."""
    found = nearest(word, known)
    return None if found is None else f"did you mean `{found}`?"
