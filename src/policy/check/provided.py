"""The functions of the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from policy.model.types import Anything, Code, Date, Number, Type, YesNo

HOURS: Final = Number("hours")
WHOLE: Final = Number("", whole=True)
ANY_NUMBER: Final = Number(None)


@dataclass(frozen=True, slots=True)
class Provided:
    """A function of the language: unnamed and named arguments with their types, and what it gives.

    `spells` says that a list of spells comes first; `optional` names may be left out.
    """

    positional: tuple[Type, ...]
    named: Mapping[str, Type]
    result: Type
    optional: frozenset[str] = frozenset()
    spells: bool = False

    @property
    def unnamed(self) -> str:
        """How many arguments without a name it takes, in words."""
        words = ["a list of spells"] if self.spells else []
        if self.positional or not words:
            words.append(f"{len(self.positional) or 'no'} unnamed argument{'' if len(self.positional) == 1 else 's'}")
        return " and ".join(words)

    def help(self, name: str) -> str:
        """How it is written."""
        unnamed = ["spells"] * self.spells + ["…"] * len(self.positional)
        named = [f"{key}: …" for key in self.named if key not in self.optional]
        optional = f", and if need be {', '.join(f'`{key}: …`' for key in sorted(self.optional))}"
        return f"write `{name}({', '.join(unnamed + named)})`" + (optional if self.optional else "")


PROVIDED: Final[Mapping[str, Provided]] = {
    "completed_years": Provided((), {"from": Date(), "to": Date()}, Number("years", whole=True)),
    "completed_months": Provided((), {"from": Date(), "to": Date()}, Number("months", whole=True)),
    "credited": Provided((), {"cap": HOURS, "from": Date(), "until": Date()}, HOURS, spells=True),
    "runs": Provided(
        (),
        {"gap": Number("days", whole=True), "at_least": HOURS, "from": Date(), "until": Date()},
        Anything(),
        frozenset({"at_least", "from", "until"}),
        spells=True,
    ),
    "floor": Provided((ANY_NUMBER,), {}, WHOLE),
    "prefix": Provided((Code(), WHOLE), {}, Code()),
    "digit": Provided((Code(), WHOLE), {}, WHOLE),
    "multiple": Provided((ANY_NUMBER,), {"of": ANY_NUMBER}, YesNo()),
}
"""What expressions may call without anybody declaring it."""
