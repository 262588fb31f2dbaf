"""What cannot be read of a folder, and the mistakes that are found only because of that."""

from __future__ import annotations

import re

from policy.check.errors import BAD_USE, UNKNOWN_NAME, UNKNOWN_SOURCE
from policy.diagnostics import Diagnostic
from policy.model.errors import BROKEN_CHAIN, NOT_THERE, SAME_DATE
from policy.pipeline.library import Library, place_of
from policy.syntax.errors import SYNTAX, TOO_DEEP
from policy.syntax.parse import split
from policy.text import Span

FOLLOWING = (UNKNOWN_NAME, UNKNOWN_SOURCE, BAD_USE, NOT_THERE, BROKEN_CHAIN)
"""What is found wrong with others when a declaration, or the head of a file, cannot be read."""


class Unread:
    """The words in what cannot be read, any of which may be a name that is missing now; and files without a head."""

    def __init__(self, library: Library) -> None:
        self.words: set[str] = set()
        self.policies: set[str] = set()
        for mistake in library.diagnostics:
            if mistake.span is None:
                continue
            source = mistake.span.source
            if source.name in library.modules:
                if mistake.code in (SYNTAX, TOO_DEEP):
                    self.words |= _words(_declaration(mistake.span))
            elif mistake.code is not SAME_DATE:
                policy, _ = place_of(source.name)
                self.policies.add(policy)
                self.words |= {policy, *_words(source.text)}

    def explains(self, mistake: Diagnostic) -> bool:
        """Whether something is found wrong only because what it speaks of cannot be read."""
        if mistake.code not in FOLLOWING or mistake.span is None:
            return False
        if mistake.code is BROKEN_CHAIN:
            return place_of(mistake.span.source.name)[0] in self.policies
        return not self.words.isdisjoint(_words(mistake.span.text))


def _declaration(span: Span) -> str:
    """The text of the declaration that a place is in."""
    texts = (span.source.text[start:end] for start, end in split(span.source) if start <= span.start < end)
    return next(texts, "")


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))
