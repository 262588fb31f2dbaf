"""The answers that a person gave to open questions."""

from __future__ import annotations

from collections.abc import Mapping

from policy.model.values import UNKNOWN, Fault, Record


def answer(answers: Mapping[str, object], question: str, about: object = None) -> object:
    """The answer to a question, or the answer about one record; unknown until there is one."""
    given = answers.get(question, UNKNOWN)
    if about is None:
        return given
    if isinstance(about, Fault):
        return about
    if not isinstance(given, Mapping) or not isinstance(about, Record):
        return UNKNOWN
    return given.get(about.path, UNKNOWN)
