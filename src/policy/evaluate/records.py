"""What the operations on records, rows of datasets, maps and tables do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policy.evaluate.operations import NO_KEY, NO_ROW, SEVERAL_ROWS, agreed, as_fault, settle
from policy.graph import FieldRef, Grid
from policy.model.values import UNKNOWN, MapValue, Record


def field(ref: FieldRef, record: Any) -> object:
    """A field of a record, row, group or run."""
    found = settle(record)
    return record.fields[ref.name] if found is None else found


def row(rows: Mapping[str, Record], key: Any) -> object:
    """The row of a dataset that has a key."""
    found = settle(key)
    return rows.get(key, NO_KEY) if found is None else found


def map_of(keys: tuple[str, ...], *values: object) -> MapValue:
    """A value for each value of an enum."""
    return MapValue(dict(zip(keys, values, strict=True)))


def index(map_: Any, key: Any) -> object:
    """The value of a map for one value of its enum."""
    found = settle(map_, key)
    return map_.values[key] if found is None else found


def table(grid: Grid, *values: object) -> object:
    """The output of the one row that is hit.

    Where a key is unknown, or is a fault, it is the output that all rows still in reach agree on, if every key would
    hit one of them; without one, unknown or the fault.
    """
    keys, outputs = values[: len(grid.keys)], values[len(grid.keys) :]
    settled = [settle(key) for key in keys]
    known = tuple(found is None for found in settled)
    hits = grid.hits(keys, known)
    fault = next((as_fault(found) for found in settled if found is not None and found is not UNKNOWN), None)
    if all(known):
        return outputs[hits[0]] if len(hits) == 1 else SEVERAL_ROWS if hits else NO_ROW
    if not hits:
        return NO_ROW if fault is None else fault
    same = agreed([outputs[hit] for hit in hits])
    if same is True and grid.hits_one(hits, known):
        return outputs[hits[0]]
    return UNKNOWN if fault is None or UNKNOWN in settled or same is UNKNOWN else fault
