"""Selection rules as readable text, run exactly.

    import policy

    rules = policy.load()
    answer = rules.on("2026-01-21").evaluate(profile)
    answer["name.outcome"].value
    print(answer.explain("name.outcome", language="fr"))

`load` reads the policies that ship, or a folder of your own. Whatever is wrong with policy text, a profile or a
question is raised as `Mistakes`, all of it at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy.diagnostics import Diagnostic, Mistakes
    from policy.explain import Answer, Outcome
    from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault, NotApplicable, Unknown
    from policy.pipeline import Library, Rules, load

__all__ = [
    "NOT_APPLICABLE",
    "UNKNOWN",
    "Answer",
    "Diagnostic",
    "Fault",
    "Library",
    "Mistakes",
    "NotApplicable",
    "Outcome",
    "Rules",
    "Unknown",
    "load",
]

_HOMES = {
    "policy.diagnostics": ("Diagnostic", "Mistakes"),
    "policy.explain": ("Answer", "Outcome"),
    "policy.model.values": ("NOT_APPLICABLE", "UNKNOWN", "Fault", "NotApplicable", "Unknown"),
    "policy.pipeline": ("Library", "Rules", "load"),
}
"""The module that each public name comes from: read when the name is first asked for, for a program starts often."""


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
