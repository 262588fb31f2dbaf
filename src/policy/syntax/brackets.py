"""Where rules of another day must stand in brackets, because what follows could be read in two ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from policy.diagnostics import Diagnostic
from policy.syntax import errors
from policy.syntax import tree as t


def open_assumptions(members: Sequence[t.Expression]) -> Iterator[Diagnostic]:
    """`… but a is b and …`: what follows could be a second assumption."""
    for member, following in pairwise(members):
        while isinstance(member, t.Not):
            member = member.of
        if isinstance(member, t.OnDay) and member.but and not _closed(member, following):
            yield errors.open_but(member.but[-1].span)


def moved_day(left: t.Expression, right: t.Expression) -> Iterator[Diagnostic]:
    """`x at day + …`: what is added could be added to the day."""
    if isinstance(left, t.OnDay) and not _closed(left, right):
        yield errors.open_day(left.span)


def _closed(left: t.Expression, right: t.Expression) -> bool:
    """Whether a bracket closes between two expressions."""
    return ")" in left.span.source.text[left.span.end : right.span.start]
