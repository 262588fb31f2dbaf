"""What the heads of a policy's files say of their texts, and whether the versions allow it.

An uncertain first day must leave the order of the versions certain. A text is verified while it is in force, neither
before nor after. What is proposed comes last: law does not follow what may never be law.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from policy.diagnostics import Diagnostic
from policy.model import errors
from policy.syntax.tree import Header, Module

Dated: TypeAlias = tuple[Module, Header, date]
"""A file, its head, and its first day in force."""


def check_heads(versions: Sequence[Dated]) -> Iterator[Diagnostic]:
    """What is wrong with the heads of a policy's dated files, earliest first, taken together."""
    for _, header, day in versions:
        yield from _check_alone(header, day)
    for (_, one, day), (_, other, next_day) in pairwise(versions):
        if day != next_day:
            yield from _check_neighbours(one, other, day, next_day)
            yield from _check_end(one, other, next_day)


def _check_alone(header: Header, day: date) -> Iterator[Diagnostic]:
    """The days of one head against each other."""
    uncertain, verified = header.uncertain, header.verified
    if uncertain is not None and not (uncertain.first < uncertain.last and uncertain.first <= day <= uncertain.last):
        yield errors.days_in_disorder(uncertain.span, uncertain.first, uncertain.last, day)
    if verified is not None and verified.day < day:
        yield errors.verified_before(verified.span, verified.day, day)


def _check_neighbours(one: Header, other: Header, day: date, next_day: date) -> Iterator[Diagnostic]:
    """Whether one text surely took effect before the next."""
    early, late = one.uncertain, other.uncertain
    if early is not None and early.last >= next_day:
        yield errors.reaches_neighbour(early.span, early.last, next_day, earlier=False)
    elif late is not None and late.first <= day:
        yield errors.reaches_neighbour(late.span, late.first, day, earlier=True)
    elif early is not None and late is not None and late.first <= early.last:
        yield errors.days_overlap(late.span, late.first, early.last, early.span)


def _check_end(one: Header, other: Header, next_day: date) -> Iterator[Diagnostic]:
    """What may not follow a text: law that it says nothing of, or law at all."""
    if other.proposed is not None:
        return
    if one.proposed is not None:
        yield errors.proposed_before_law(one.proposed, next_day, other.name_span)
    elif one.verified is not None and one.verified.day >= next_day:
        yield errors.verified_beyond(one.verified.span, one.verified.day, next_day, other.name_span)
