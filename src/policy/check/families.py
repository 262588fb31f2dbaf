"""What can be asked for by name: families have an outcome for each word of an enum, invariants are no outcomes."""

from __future__ import annotations

from typing import Final

from policy.check.shapes import Signature
from policy.model.types import Enum
from policy.model.versions import Entry
from policy.syntax import tree as t

KINDS: Final = frozenset({"requirement", "decision", "points"})
"""Kinds of declaration that are families when their one parameter is an enum."""


def is_invariant(entry: Entry) -> bool:
    """Whether a declaration says what must hold of the rules themselves."""
    return isinstance(entry.declaration, t.Definition) and entry.declaration.kind == "invariant"


def family_of(entry: Entry, signature: Signature | None) -> Enum | None:
    """The enum for each word of which a declaration has an outcome, `policy.name.word`; None for any other."""
    if not isinstance(entry.declaration, t.Definition) or entry.declaration.kind not in KINDS or signature is None:
        return None
    types = [type_ for _, type_ in signature.parameters]
    return types[0] if len(types) == 1 and isinstance(types[0], Enum) else None
