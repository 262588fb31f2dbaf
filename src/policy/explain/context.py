"""What explanations need to know beside the values: graph, what a profile may hold, wording, day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from policy.graph import Graph
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

    @property
    def wording(self) -> Wording:
        """What is said of the policies, which only explanations need."""
        return self.told()
