"""Values as bytes and back, for what is kept. Only bytes that this user wrote may be unpacked."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from typing import Any

from policy.text import Source


def pack(value: object) -> bytes:
    """A value as bytes. The texts that its places refer to are left out: of each, the name stands there."""
    packed = BytesIO()
    packer = _Packer(packed, pickle.HIGHEST_PROTOCOL)
    packer.parts = {}
    packer.dump(value)
    return packed.getvalue()


def unpack(packed: bytes, source: Callable[[str], Source]) -> Any:
    """The value again, its places in the texts that `source` gives for their names."""
    return _Unpacker(packed, source).load()


class _Packer(pickle.Pickler):
    """Packs data classes as calls of their class: shorter, and quicker to unpack, than they would do by default."""

    parts: dict[type, tuple[str, ...] | None]
    """The fields that a data class is made with, in order; None for any other class."""

    def persistent_id(self, value: object) -> str | None:
        return value.name if type(value) is Source else None

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, Fraction):
            return Fraction, (value.numerator, value.denominator)
        from dataclasses import fields, is_dataclass

        kind: Any = type(value)
        if kind not in self.parts:
            plain = is_dataclass(kind) and all(field.init and not field.kw_only for field in fields(kind))
            self.parts[kind] = tuple(field.name for field in fields(kind)) if plain else None
        names = self.parts[kind]
        return NotImplemented if names is None else (kind, tuple(getattr(value, name) for name in names))


class _Unpacker(pickle.Unpickler):
    def __init__(self, packed: bytes, source: Callable[[str], Source]) -> None:
        super().__init__(BytesIO(packed))
        self._source = source

    def persistent_load(self, name: str) -> Source:
        return self._source(name)
