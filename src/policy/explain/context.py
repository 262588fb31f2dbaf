"""What explanations need to know beside the values: graph, what a profile may hold, wording, day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from policy.frozen import dataclass
from policy.graph import Asked, Graph
from policy.model.catalog import Catalog

if TYPE_CHECKING:
    from policy.explain.wording import Wording


@dataclass(frozen=True, slots=True)
class Context:
    """The rules that an answer was had from."""

    graph: Graph
    catalog: Catalog
    told: Callable[[], Wording]
    day: date
    assessed_on: date
    elsewhere: OtherRules | None = None
    """The rules of other days, for what is asked of them."""

    @property
    def wording(self) -> Wording:
        """What is said of the policies, which only explanations need."""
        return self.told()


class OtherRules(Protocol):
    """The rules of every day."""

    def context(self, asked: Asked, day: date) -> Context:
        """What the explanation of a rule by the law of a day needs to know."""
        ...

    def facts(self, asked: Asked) -> frozenset[str]:
        """The facts that a rule may read by the law of any day, by their keys in a profile."""
        ...
