"""What to compute: a flat graph of typed nodes in evaluation order, equal nodes shared, bodies under list nodes.

The graph is the only meaning of a rule. Whoever evaluates, explains, proves or prints a rule reads it.
"""

from policy.graph.grids import Grid
from policy.graph.nodes import ELSEWHERE, Asked, Best, Body, CodeSet, FieldRef, Graph, Named, Node, Rounding, bits
from policy.model.cells import Matcher

__all__ = [
    "ELSEWHERE",
    "Asked",
    "Best",
    "Body",
    "CodeSet",
    "FieldRef",
    "Graph",
    "Grid",
    "Matcher",
    "Named",
    "Node",
    "Rounding",
    "bits",
]
