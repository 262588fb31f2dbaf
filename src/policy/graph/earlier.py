"""Which declarations read on an earlier day as they read now."""

from __future__ import annotations

from policy.check.across import kinds_in, rests_on
from policy.check.checked import Checked
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.syntax.walk import walk


def reads_alike(entry: Entry, there: Checked, here: Checked) -> bool:
    """Whether a declaration of an earlier day, and all that it rests on, is the same in another program."""
    return there is here or _texts(entry.full_name, there) == _texts(entry.full_name, here)


def _texts(name: str, checked: Checked) -> frozenset[tuple[str, object]] | None:
    """What a declaration rests on, itself included: the declarations, the kinds of their values, the zones of clocks.

    None for one that is not there.
    """
    if checked.program.find(name) is None:
        return None
    found: set[tuple[str, object]] = set()
    for at, other in rests_on(checked, name):
        entry = at.program.find(other)
        if entry is not None:
            found.add((other, id(entry.declaration)))
            found |= {(kind, _identity(at, kind)) for kind in kinds_in(at, entry)}
            zones = at.meaning.zones
            found |= {(zones[node], id(node)) for node in walk(entry.declaration, *EXPRESSIONS) if node in zones}
    return frozenset(found)


def _identity(checked: Checked, name: str) -> int | None:
    entry = checked.program.find(name)
    return None if entry is None else id(entry.declaration)


EXPRESSIONS = (t.DayOf, t.Arithmetic)
"""What is read by a clock."""
