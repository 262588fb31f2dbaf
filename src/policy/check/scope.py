"""What names stand for inside one declaration, and what a name was found to mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from policy.model.types import Enum, Type
from policy.model.versions import Entry
from policy.text import Span


@dataclass(frozen=True, slots=True, eq=False)
class Local:
    """A parameter, or the name bound to the members of a list, and where it is named.

    The member whose fields are bare names has the name "".
    """

    name: str
    type: Type
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ImplicitField:
    """A bare field name inside an unnested `where`: the field of the member under test."""

    member: Local
    name: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """A declaration as it read on an earlier day."""

    entry: Entry
    day: date


@dataclass(frozen=True, slots=True)
class EnumValue:
    """One word of an enum."""

    enum: Enum
    value: str


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """Something the language itself provides."""

    name: str


@dataclass(frozen=True, slots=True)
class EnumDomain:
    """An enum walked by `for each`."""

    enum: Enum


Target: TypeAlias = Local | ImplicitField | EnumValue | BuiltIn | EnumDomain | AsOf | Entry


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: the policy whose names it sees, its locals, and the member whose fields are bare.

    In the conditions of a record or of a set, which `sees_fields_only`, nothing that is declared elsewhere has a value.
    """

    policy: str
    locals: Mapping[str, Local] = field(default_factory=dict)
    member: Local | None = None
    fields: Mapping[str, Type] = field(default_factory=dict)
    sees_fields_only: bool = False
    of_set: bool = False
    outside: frozenset[str] = frozenset()
    """The locals that were there before the fields of the member became bare names."""

    def bind(self, local: Local) -> Scope:
        """The same place with one more name."""
        return replace(self, locals={**self.locals, local.name: local})

    def open(self, member: Local, fields: Mapping[str, Type]) -> Scope:
        """The same place with the fields of a member as bare names."""
        return replace(self, member=member, fields=fields, outside=frozenset(self.locals))
