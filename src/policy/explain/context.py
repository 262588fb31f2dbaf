"""What explanations need to know beside the values: the graph, what a profile may hold, the sources, the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policy.graph import Graph
from policy.model.catalog import Catalog
from policy.model.program import Program


@dataclass(frozen=True, slots=True)
class Context:
    """The rules that an answer was had from."""

    graph: Graph
    catalog: Catalog
    texts: Program
    day: date
    assessed_on: date
