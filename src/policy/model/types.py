"""The types of the language: what a value may be, known before any profile is seen."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from policy.frozen import dataclass

CALENDAR_UNITS = ("years", "months", "weeks", "days")
"""Units whose amounts are calendar periods: added to dates, never to each other."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    def __str__(self) -> str:
        return "yes_no"


@dataclass(frozen=True, slots=True)
class Text:
    """Any text."""

    def __str__(self) -> str:
        return "text"


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar day."""

    def __str__(self) -> str:
        return "date"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, given with its offset from UTC."""

    def __str__(self) -> str:
        return "moment"


@dataclass(frozen=True, slots=True)
class Code:
    """Text that identifies something in a classification; digits that are never a number."""

    digits: int | None = None

    def __str__(self) -> str:
        return "code" if self.digits is None else f"code of {self.digits} digits"


@dataclass(frozen=True, slots=True)
class Key:
    """A code that is the key of a row of a dataset. `dataset` is the full name, `policy.name`."""

    dataset: str

    def __str__(self) -> str:
        return f"key of {short(self.dataset)}"


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number with a unit.

    `unit` is None for a number written without one, which then takes the unit its place wants; otherwise a built-in
    unit (`hours`, `points`, `years` ...), the full name of a declared quantity, or "" for a plain count.
    """

    unit: str | None = ""
    whole: bool = False
    low: Fraction | None = None
    high: Fraction | None = None
    step: Fraction | None = None
    choices: tuple[Fraction, ...] = ()

    def __str__(self) -> str:
        if self.choices:
            return f"one of ({', '.join(str(choice) for choice in self.choices)})"
        if self.unit:
            return short(self.unit)
        return "integer" if self.whole else "number"


@dataclass(frozen=True, slots=True)
class Enum:
    """One of a declared list of words. `ordered` ones can be compared by position."""

    name: str
    values: tuple[str, ...]
    ordered: bool = False

    def __str__(self) -> str:
        return short(self.name)


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A record declared by the full name `policy.name`. Two records are of one type when they have one name."""

    name: str

    def __str__(self) -> str:
        return short(self.name)


@dataclass(frozen=True, slots=True)
class RowOf:
    """A row of the dataset with this full name."""

    dataset: str

    def __str__(self) -> str:
        return f"row of {short(self.dataset)}"


@dataclass(frozen=True, slots=True)
class GroupOf:
    """Members of a list that share a key: fields `key` and `members`."""

    key: Type
    member: Type

    def __str__(self) -> str:
        return "group"


@dataclass(frozen=True, slots=True)
class RunOf:
    """An unbroken period of spells: fields `start`, `end`, `length` and `members`."""

    member: Type

    def __str__(self) -> str:
        return "run"


@dataclass(frozen=True, slots=True)
class Length:
    """How long an unbroken period lasts, from a day up to a day; compared with years, months, weeks or days."""

    def __str__(self) -> str:
        return "length of a run"


@dataclass(frozen=True, slots=True)
class ListOf:
    """Any number of values of one type, in order."""

    of: Type

    def __str__(self) -> str:
        return f"list of {self.of}"


@dataclass(frozen=True, slots=True)
class SetOf:
    """A set of values to be a member of."""

    of: Type

    def __str__(self) -> str:
        return f"set of {self.of}"


@dataclass(frozen=True, slots=True)
class OptionalOf:
    """A value, or none: known to be absent."""

    of: Type

    def __str__(self) -> str:
        return f"optional {self.of}"


@dataclass(frozen=True, slots=True)
class MapBy:
    """One value for each value of an enum."""

    of: Type
    by: Enum

    def __str__(self) -> str:
        return f"{self.of} by {self.by}"


@dataclass(frozen=True, slots=True)
class Anything:
    """The type of an expression already reported as wrong; it agrees with everything, so one mistake is told once."""

    def __str__(self) -> str:
        return "anything"


Type: TypeAlias = (
    YesNo
    | Text
    | Date
    | Moment
    | Code
    | Key
    | Number
    | Enum
    | RecordOf
    | RowOf
    | GroupOf
    | RunOf
    | Length
    | ListOf
    | SetOf
    | OptionalOf
    | MapBy
    | Anything
)


def short(full_name: str) -> str:
    """The last part of a full name: `job` of `candidate.job`."""
    return full_name.rsplit(".", 1)[-1]


def without_none(type_: Type) -> Type:
    """The type of a value that is given: `optional date` becomes `date`."""
    return type_.of if isinstance(type_, OptionalOf) else type_
