"""What is worked out is called so that it reads as what it is: in brackets where they matter, its rounding said."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy.explain.phrases import Speaker
from small_policies import rules

TEXT = """
input a : integer
input b : integer
define worked_out : number is {what}
"""


@pytest.mark.parametrize(
    ("what", "english", "french"),
    [
        ("(a + b) * 2", "({x} + {x}) × 2", "({x} + {x}) × 2"),
        ("a + b * 2", "{x} + {x} × 2", "{x} + {x} × 2"),
        ("a - (b - 2)", "{x} − ({x} − 2)", "{x} − ({x} − 2)"),
        ("a - b - 2", "{x} − {x} − 2", "{x} − {x} − 2"),
        ("a / (b * 2)", "{x} ÷ ({x} × 2)", "{x} ÷ ({x} × 2)"),
        ("floor((a - b) / 3)", "whole part of ({x} − {x}) ÷ 3", "partie entière de ({x} − {x}) ÷ 3"),
    ],
)
def test_what_is_worked_out_reads_as_what_it_is(what: str, english: str, french: str, tmp_path: Path) -> None:
    answer = rules(tmp_path, TEXT.format(what=what)).evaluate({"a": 7, "b": 5})
    graph = answer.context.graph
    (number,) = graph.nodes[graph.named["club.worked_out"]].args
    for language, wanted in (("en", english), ("fr", french)):
        speaker = Speaker(answer.context, language)
        fact = next(i for i, node in enumerate(graph.nodes) if node.op == "input")
        label = speaker.label(fact, answer.values)
        assert speaker.label(number, answer.values) == wanted.format(x=label)


def test_what_decides_between_figures_is_no_name_for_them(tmp_path: Path) -> None:
    text = "input a : integer\ndefine chosen : integer is sum of (when a >= 5 then 20 otherwise 5, 1)"
    answer = rules(tmp_path, text).evaluate({"a": 44})
    graph = answer.context.graph
    choice = next(i for i, node in enumerate(graph.nodes) if node.op == "choice")
    assert Speaker(answer.context, "en").label(choice, answer.values) == ""
    assert ": 20" not in answer.explain("club.chosen")
