"""Why an answer is what it is: views over the graph and the values in it, made when asked, in English and French.

Nothing here evaluates a rule. `steps` reads the values that the evaluation left; `text`, `markdown`, `html` and
`document` print what it says.
"""

from typing import TYPE_CHECKING

from policy.late import late

if TYPE_CHECKING:
    from policy.explain.answer import Answer, Outcome
    from policy.explain.context import Context
    from policy.explain.report import Missing, Report, State, Step
else:
    __getattr__, __dir__ = late(
        __name__,
        {
            "policy.explain.answer": ("Answer", "Outcome"),
            "policy.explain.context": ("Context",),
            "policy.explain.report": ("Missing", "Report", "State", "Step"),
        },
    )

__all__ = ["Answer", "Context", "Missing", "Outcome", "Report", "State", "Step"]
