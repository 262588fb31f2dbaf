"""Evaluating a graph for one profile: Python code generated from the graph, one value for each node.

`beforehand` works out what is the same for everybody, `exact` runs the rest and `generate` writes the code. `meanings`
lists operations by name; `operations`, `lists`, `records` and `time` say what each does with values, with the unknown,
with what does not apply and with faults. Where facts are missing, `bounds` walks the same graph with sets of values
(`possible`), by `bounding`, `logic` and `ranges`.
"""

from policy.evaluate.beforehand import beforehand
from policy.evaluate.exact import Evaluation, Frame, Program, compile_graph

__all__ = ["Evaluation", "Frame", "Program", "beforehand", "compile_graph"]
