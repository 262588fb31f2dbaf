"""Selection rules as readable text, run exactly.

    import policy

    rules = policy.load()
    answer = rules.on("2026-01-21").evaluate(profile)
    answer["name.outcome"].value
    print(answer.explain("name.outcome", language="fr"))

`load` reads the policies that ship, or a folder of your own. Whatever is wrong with policy text, a profile or a
question is raised as `Mistakes`, all of it at once.
"""

from typing import TYPE_CHECKING

from policy.late import late

if TYPE_CHECKING:
    from policy.diagnostics import Diagnostic, Mistakes
    from policy.explain import Answer, Outcome
    from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault, NotApplicable, Unknown
    from policy.pipeline import Library, Rules, load
else:
    __getattr__, __dir__ = late(
        __name__,
        {
            "policy.diagnostics": ("Diagnostic", "Mistakes"),
            "policy.explain": ("Answer", "Outcome"),
            "policy.model.values": ("NOT_APPLICABLE", "UNKNOWN", "Fault", "NotApplicable", "Unknown"),
            "policy.pipeline": ("Library", "Rules", "load"),
        },
    )

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
