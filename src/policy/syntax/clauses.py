"""What any declaration may carry: labels, citations, marks, and the question that asks for it."""

from __future__ import annotations

from policy.frozen import dataclass, field
from policy.text import Span


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """One text in English and in French; None where it was not given."""

    en: str | None = None
    fr: str | None = None

    @property
    def whole(self) -> bool:
        """Whether both are there."""
        return bool(self.en) and bool(self.fr)


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """One provision or document: the abbreviation of a source, and the place in it as written in each language.

    `locator_fr` is None where the place is given by numbers, which read alike. The source of a citation that cannot be
    read is "".
    """

    span: Span
    source: str
    locator: str
    locator_fr: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Clauses:
    """What any declaration may carry: labels, citations, marks, and the question that asks for it."""

    label: Pair = field(default_factory=Pair)
    cites: tuple[Reference, ...] = ()
    unconfirmed: tuple[Pair, ...] = ()
    asks: Pair | None = None
