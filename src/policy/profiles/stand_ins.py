"""What stands in the code that reads profiles for what it is given later; and what it must know of conditions."""

from __future__ import annotations

from policy.frozen import dataclass


@dataclass(frozen=True, slots=True)
class RowsOf:
    """Stands for the rows of a dataset."""

    dataset: str


@dataclass(frozen=True, slots=True)
class CheckOf:
    """Stands for what must hold in a record; its verdict depends on nothing but the key, if `keyed`."""

    record: str
    keyed: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What the verdict on a record depends on: fields whose values it reads, and fields of which it tells.

    `read` is None when it can depend on more than that.
    """

    read: tuple[str, ...] | None
    told: tuple[str, ...]
