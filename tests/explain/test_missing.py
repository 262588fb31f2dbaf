"""What an outcome waits for: facts that are not known, can make a difference, and settle it once they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.explain.missing import Gap, gaps
from policy.model.values import UNKNOWN, MapValue, Record
from policy.profiles import read
from policy.text import Source
from random_profiles import Drawn
from small_policies import rules
from worlds import World, random_world, shipped_days, shipped_world

CASES: Final = Path(__file__).parent / "missing.txt"
DATA: Final = {"trees.csv": "code,name,height\n11000,Oak,30\n12000,Pine,25\n"}


@dataclass(frozen=True, slots=True)
class Section:
    """Declarations, and for each profile what outcomes wait for."""

    title: str
    declarations: str
    cases: tuple[tuple[str, str], ...]


def sections() -> Iterator[Section]:
    for part in CASES.read_text("utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        declarations, *cases = re.split(r"^---\n", body, flags=re.MULTILINE)
        found = (("\n" + case).partition("\nexpect\n") for case in cases)
        yield Section(title, declarations, tuple((given, expected) for given, _, expected in found))


ALL: Final = list(sections())


@pytest.mark.parametrize("section", ALL, ids=[section.title for section in ALL])
def test_what_an_outcome_waits_for(section: Section, tmp_path: Path) -> None:
    of = rules(tmp_path, section.declarations, DATA)
    wrong = []
    for given_, expected in section.cases:
        answer = of.evaluate(read(Source("given.yaml", given_ if "{" in given_ or ":" in given_ else "{}"), "yaml"))
        for line in filter(None, map(str.strip, expected.splitlines())):
            name, _, places = line.partition(" waits for ")
            got = ", ".join(answer[f"club.{name}"].missing) or "nothing"
            if got != places:
                wrong.append(f"{name} waits for {got}, not {places}, given {given_.strip()}")
    assert wrong == []


# ------------------------------------------------------------------ asking until nothing is missing


STEP: Final = re.compile(r'\["(?P<text>[^"]*)"\]|\[(?P<place>\d+)\]|(?P<name>[^.\[\]]+)')


def given_too(some: Drawn, complete: Drawn, path: str) -> Drawn:
    """The profile with one more fact or answer of the complete one, which was not given and must be there to give."""
    if (found := re.fullmatch(r'answers\.([\w.]+)(?:\["(.*)"\])?', path)) is not None:
        question, about = found.groups()
        value = put(some.answers.get(question, UNKNOWN), complete.answers[question], [] if about is None else [about])
        return Drawn(some.facts, {**some.answers, question: value})
    name, *steps = (found["text"] or found["place"] or found["name"] for found in STEP.finditer(path))
    return Drawn({**some.facts, name: put(some.facts[name], complete.facts[name], steps)}, some.answers)


def put(value: Any, whole: Any, steps: list[str]) -> Any:
    """A value with the part at a path as it is in the whole."""
    if not steps:
        assert value is UNKNOWN, "what is missing is known"
        assert whole is not UNKNOWN, "what is missing does not apply"
        return whole
    step, *rest = steps
    match value:
        case tuple():
            return tuple(
                put(one, other, rest) if str(i) == step else one
                for i, (one, other) in enumerate(zip(value, whole, strict=True))
            )
        case Record(type=type_, fields=fields, path=path):
            return Record(type_, {**fields, step: put(fields[step], whole.fields[step], rest)}, path)
        case MapValue(values=values):
            return MapValue({**values, step: put(values[step], whole.values[step], rest)})
        case _:
            answers = {} if value is UNKNOWN else value
            return {**answers, step: put(answers.get(step, UNKNOWN), whole[step], rest)}


def waiting(world: World, drawn: Drawn, within_bounds: bool) -> dict[str, tuple[Gap, ...]]:
    """The outcomes that are not known, and what each waits for; as it is told within bounds or from exact values."""
    exact = world.evaluate(drawn)
    values = world.program.bound(drawn.facts, drawn.answers, world.today) if within_bounds else exact
    return {
        name: gaps(number, values, world.context)
        for name, number in world.graph.named.items()
        if exact.value(number) is UNKNOWN and values.value(number) is UNKNOWN
    }


def unsettled(world: World, profiles: int) -> Iterator[str]:
    """Each outcome that has a value for the complete profile, but none when nothing is missing any more."""
    for few, _, complete in islice(world.profiles(), profiles):
        in_the_end = world.evaluate(complete)
        for name, found in waiting(world, few, within_bounds=True).items():
            now = few
            while found:
                for gap in found:
                    now = given_too(now, complete, gap.path)
                found = waiting(world, now, within_bounds=False).get(name, ())
            settled = world.evaluate(now).outcome(name) is not UNKNOWN
            if not settled and in_the_end.outcome(name) is not UNKNOWN:
                yield f"{name} of profile {few}"


@pytest.mark.parametrize("day", shipped_days(), ids=str)
def test_giving_what_is_missing_settles_the_outcomes_of_the_shipped_policies(day: date) -> None:
    assert list(unsettled(shipped_world(day, seed=day.toordinal()), profiles=2)) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_what_is_missing_is_not_known_and_can_be_given(seed: int) -> None:
    """Whatever policy it is for: `given_too` refuses anything else."""
    world = random_world(seed)
    for few, more, complete in islice(world.profiles(), 4):
        for drawn in (few, more):
            for found in waiting(world, drawn, within_bounds=True).values():
                for gap in found:
                    given_too(drawn, complete, gap.path)
