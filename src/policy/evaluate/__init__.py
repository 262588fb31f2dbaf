"""Evaluating a graph for one profile: one value for each node, in one flat row (`layout`).

`beforehand` works out what is the same for everybody, `exact` evaluates the rest: first node by node (`general`),
then by Python code that `generate` writes of the graph. `meanings` lists operations by name; `operations`, `lists`,
`records` and `time` say what each does with values, with the unknown, with what does not apply and with faults.
`inline` and `quick` say how code does the same with ordinary values. Where facts are missing, `bounds` walks the same
graph with sets of values (`possible`), by `bounding`, `logic` and `ranges`.
"""

from policy.evaluate.beforehand import beforehand
from policy.evaluate.exact import Evaluation, Frame, Program, compile_graph

__all__ = ["Evaluation", "Frame", "Program", "beforehand", "compile_graph"]
