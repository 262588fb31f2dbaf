"""Evaluating a graph for one profile: Python code generated from the graph, one value for each node.

`exact` runs it and `generate` writes the code. `meanings` lists operations by name; `operations`, `lists`, `records`
and `time` say what each does with values, with the unknown, with what does not apply and with faults. Where facts are
missing, `bounds` walks the same graph with sets of values (`possible`), by `bounding`, `logic` and `ranges`.
"""

from policy.evaluate.exact import Evaluation, Frame, Program, compile_graph

__all__ = ["Evaluation", "Frame", "Program", "compile_graph"]
