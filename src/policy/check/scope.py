"""What names stand for inside one declaration, and what a name was found to mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from policy.model.types import Enum, Type
from policy.model.versions import Entry


@dataclass(frozen=True, slots=True, eq=False)
class Local:
    """A parameter, or the name bound to the members of a list."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class ImplicitField:
    """A bare field name inside an unnested `where`: the field of the member under test."""

    member: Local
    name: str


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


Target: TypeAlias = Local | ImplicitField | EnumValue | BuiltIn | EnumDomain | Entry


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: the policy whose names it sees, its locals, and the member whose fields are bare."""

    policy: str
    locals: Mapping[str, Local]
    member: Local | None = None
    fields: Mapping[str, Type] | None = None

    def bind(self, local: Local) -> Scope:
        """The same place with one more name."""
        return Scope(self.policy, {**self.locals, local.name: local}, self.member, self.fields)

    def open(self, member: Local, fields: Mapping[str, Type]) -> Scope:
        """The same place with the fields of a member as bare names."""
        return Scope(self.policy, self.locals, member, fields)
