"""What a caller gives in place of what the rules would work out."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, TypeGuard

from policy.diagnostics import Diagnostic, Mistakes
from policy.explain.context import Context
from policy.explain.errors import why_no_outcome
from policy.frozen import replace
from policy.graph import Graph
from policy.model.types import (
    Code,
    Date,
    Enum,
    Key,
    MapBy,
    Moment,
    Number,
    Text,
    Type,
    YesNo,
    without_none,
)
from policy.model.values import UNKNOWN, MapValue
from policy.pipeline import errors
from policy.profiles import Datum, MappingDatum, from_python, value_from

SCALARS: Final = (YesNo, Text, Date, Moment, Code, Key, Number, Enum)
"""Types of a single value."""


def read_assumptions(assume: Mapping[str, object] | Datum, context: Context) -> dict[str, object]:
    """The value of each assumption, by the full name of the outcome. Raises Mistakes, all of them at once.

    Each must be an outcome without parameters, of a single value or a map, and the value one that a profile could hold.
    """
    document = assume if isinstance(assume, MappingDatum) else from_python(assume)
    if not isinstance(document, MappingDatum):
        raise Mistakes([errors.no_assumptions()])
    values: dict[str, object] = {}
    found: list[Diagnostic] = []
    for entry in document.entries:
        mistake = _refused(entry.key, context)
        if mistake is not None:
            found.append(replace(mistake, span=entry.key_span))
            continue
        try:
            type_ = _given_type(context.graph, entry.key)
            value = values[entry.key] = value_from(entry.value, type_, context.catalog, entry.key)
        except Mistakes as problem:
            found += problem.diagnostics
            continue
        if left_out := _left_out(value):
            found.append(errors.half_assumed(entry.key, left_out, entry.value.span))
    if found:
        raise Mistakes(found)
    return values


def can_be_assumed(type_: Type) -> bool:
    """Whether values of a type can be given in place of what a rule works out."""
    bare = without_none(type_)
    return isinstance(bare, SCALARS) or (isinstance(bare, MapBy) and isinstance(without_none(bare.of), SCALARS))


def _refused(name: str, context: Context) -> Diagnostic | None:
    """Why something cannot be assumed, if it cannot."""
    graph, catalog = context.graph, context.catalog
    last = name.rpartition(".")[2]
    if last in catalog.inputs and name not in graph.named:
        return errors.not_assumable(name, "is a fact", f"give it in the profile, as `{last}`")
    if name in catalog.questions:
        help = f"answer it in the profile, under `answers`, as `{name}`"
        return errors.not_assumable(name, "is an open question", help)
    if name not in graph.named:
        if parameters := context.wording.parameters.get(name):
            return errors.not_assumable(name, f"takes {', '.join(parameters)}", "assume what uses it")
        return why_no_outcome(name, graph.named, context.wording, context.day)
    if graph.about[name].kind == "remark":
        return errors.not_assumable(name, "is a remark, which never counts", "assume an outcome that counts")
    type_ = graph.nodes[graph.named[name]].type
    if not can_be_assumed(type_):
        return errors.not_assumable(name, f"is a `{type_}`", "assume what is worked out from it, or give other facts")
    return None


def _given_type(graph: Graph, name: str) -> Type:
    """The type of what may be given: that of the outcome, and for points at most their cap, if that is written out."""
    node = graph.nodes[graph.named[name]]
    made = graph.nodes[node.args[0]]
    if made.op == "applies":
        made = graph.nodes[made.args[1]]
    cap = graph.nodes[made.args[1]].value if made.op == "capped" else None
    return replace(node.type, high=Fraction(cap)) if isinstance(node.type, Number) and _is_number(cap) else node.type


def _is_number(value: object) -> TypeGuard[int | Fraction]:
    return isinstance(value, (int, Fraction))


def _left_out(value: object) -> list[str]:
    """The keys of a map that are not given: nothing would work them out."""
    values = value.values if isinstance(value, MapValue) else {}
    return [key for key, inner in values.items() if inner is UNKNOWN]
