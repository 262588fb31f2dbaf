"""Why an answer is what it is: views over the graph and the values in it, made when asked, in English and French.

Nothing here evaluates a rule. `steps` reads the values that the evaluation left; `text`, `markdown`, `html` and
`document` print what it says.
"""

from policy.explain.answer import Answer, Outcome
from policy.explain.context import Context
from policy.explain.report import Missing, Report, State, Step

__all__ = ["Answer", "Context", "Missing", "Outcome", "Report", "State", "Step"]
