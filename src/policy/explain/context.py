"""What explanations need to know beside the values: graph, what a profile may hold, wording, day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policy.explain.wording import Wording
from policy.graph import Graph
from policy.model.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Context:
    """The rules that an answer was had from."""

    graph: Graph
    catalog: Catalog
    wording: Wording
    day: date
    assessed_on: date
