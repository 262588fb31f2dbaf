"""Documents without the places of their parts, to be compared."""

from __future__ import annotations

from policy.profiles import (
    Datum,
    ListDatum,
    MappingDatum,
    ScalarDatum,
)


def plain(datum: Datum) -> object:
    """A datum without its places; what was not quoted in angle brackets."""
    match datum:
        case MappingDatum(entries=entries):
            return {entry.key: plain(entry.value) for entry in entries}
        case ListDatum(items=items):
            return [plain(item) for item in items]
        case ScalarDatum(value=value, plain=is_plain):
            return f"<{value}>" if is_plain else value
