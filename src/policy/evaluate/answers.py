"""The answers that a person gave to open questions."""

from __future__ import annotations

from collections.abc import Mapping

from policy.evaluate.operations import settle
from policy.model.values import UNKNOWN, Record


def answer(answers: Mapping[str, object], question: str, *about: object) -> object:
    """The answer to a question, or the answer about one record; unknown until there is one."""
    given = answers.get(question, UNKNOWN)
    for record in about:
        found = settle(record)
        if found is not None:
            return found
        given = (
            given.get(record.path, UNKNOWN) if isinstance(given, Mapping) and isinstance(record, Record) else UNKNOWN
        )
    return given
