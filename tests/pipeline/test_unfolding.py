"""Rules as deep as the checker lets through are worked out, bounded and explained; nothing runs out of depth."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from policy.check.unfolding import DEEPEST
from policy.diagnostics import Mistakes
from small_policies import rules

SHAPES: Final = {
    "a call beside a number": ("integer", "{inner} + 1", 2),
    "a name beside a number": ("integer", "{name} + 1", 2),
    "bullets": ("yes_no", "all of (yes, any of (not {inner}, no))", 4),
    "branches": ("yes_no", "when n is 7 then no otherwise (when {inner} then yes otherwise no)", 3),
    "a condition of a list": ("yes_no", "count of (ns as m where ({call}(m))) > 0", 4),
    "a walk in a walk": ("yes_no", "any of ({call}(m) for each m in ns)", 3),
    "arguments": ("integer", "floor(floor({call}(n + 1)))", 3),
}
"""For each shape the type of its definitions, what each makes of the one before, and by how many levels."""


def chain(shape: str, length: int) -> str:
    """A policy of as many definitions, each made of the one before."""
    type_, body, _ = SHAPES[shape]
    bare = "{name}" in body
    parameters = "" if bare else "(n: integer)"
    lines = ["input n : integer" if bare else "input k : integer", "input ns : list of integer"]
    lines.append(f"define d0{parameters} : {type_} is {'n > 0' if type_ == 'yes_no' else 'n'}")
    for i in range(1, length):
        before = f"d{i - 1}"
        made = body.format(inner=f"{before}(n)", name=before, call=before)
        lines.append(f"define d{i}{parameters} : {type_} is {made}")
    lines.append(f"define last : {type_} is d{length - 1}{'' if bare else '(k)'}")
    return "\n".join(lines)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_deepest_rules_that_are_accepted_are_worked_out_and_explained(shape: str, tmp_path: Path) -> None:
    made = rules(tmp_path, chain(shape, DEEPEST // SHAPES[shape][2] - 1))
    for facts in ({}, {"n": 1, "k": 1, "ns": [1, 2]}, {"ns": [1]}):
        answer = made.evaluate({name: fact for name, fact in facts.items() if name in made.graph.inputs})
        assert answer["club.last"].value is not None
        for form in (answer.explain, answer.json, answer.html, answer.markdown):
            assert "libellé" in form("club.last", "fr")


@pytest.mark.parametrize("shape", SHAPES)
def test_deeper_rules_are_refused(shape: str, tmp_path: Path) -> None:
    with pytest.raises(Mistakes, match="unfolds-too-far"):
        rules(tmp_path, chain(shape, DEEPEST // SHAPES[shape][2] + 2))
