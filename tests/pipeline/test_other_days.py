"""Rules by the law of another day are what the rules of that day say, and an earlier text is the text of its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

import policy
from policy.evaluate import Evaluation, compile_graph
from policy.graph import ELSEWHERE
from policy.model.values import UNKNOWN, Fault
from policy.profiles import Profile
from random_policies import DATA, WORLD, Author
from random_profiles import Drawer, Drawn, figures_of
from small_policies import HEAD, law, shown

FIRST: Final = date(2020, 1, 1)
SECOND: Final = date(2024, 7, 1)
READ: Final = date(2022, 1, 1)
NOW: Final = date(2025, 1, 1)
ZONE: Final = 'zone "America/Toronto"'

LATER: Final = {
    "integer": "17",
    "yes_no": "no",
    "hours": "7 hours",
    "date": "2023-05-05",
    "size": "small",
    "kind": "film",
}
"""What rules of each type come to in the second text, where a condition does not hold."""

DEFINED: Final = re.compile(r"^define (r\d+) : ([\w ]+?) is (.*?)( applies when .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A definition of a single value: its name, its type, and whether it speaks of each of the others."""

    name: str
    type: str
    body: str


def write(folder: Path, random: Random) -> list[Rule]:
    """A world without a day, rules in two versions, and a policy that asks for them on other days."""
    text = Author(random).policy(8).removeprefix(WORLD)
    scalars = [Rule(m[1], m[2], m[3]) for m in DEFINED.finditer(text) if m[2] in LATER]
    (folder / "club.policy").write_text(law(WORLD), "utf-8")
    (folder / "data").mkdir()
    for name, content in DATA.items():
        (folder / "data" / name).write_text(content, "utf-8")
    for name in ("rules", "asking"):
        (folder / name).mkdir()
    first = head("rules", f"effective {FIRST}", "club")
    (folder / "rules" / f"{FIRST}.policy").write_text(law(text).replace(HEAD, first), "utf-8")
    changed = "".join(
        f"replace define {rule.name} : {rule.type}\n  is when yes_a then ({rule.body}) otherwise {LATER[rule.type]}\n"
        for rule in scalars
    )
    second = f"policy rules\n  effective {SECOND}\n  amends {FIRST}\n  {ZONE}\n  cites RULES 2\n"
    (folder / "rules" / f"{SECOND}.policy").write_text(second + changed, "utf-8")
    asking = ""
    for rule in scalars:
        asking += f"define at_{rule.name} : {rule.type} is {rule.name} at day\n"
        asking += f"define was_{rule.name} : {rule.type} is {rule.name} as it read on {READ}\n"
        for other in used(rule, scalars):
            asking += (
                f"define but_{rule.name}_{other.name} : {rule.type} "
                f"is {rule.name} at day but {other.name} is {other.name} at day\n"
            )
    head_ = head("asking", f"effective {SECOND}", "club, rules")
    (folder / "asking" / f"{SECOND}.policy").write_text(law(asking).replace(HEAD, head_), "utf-8")
    return scalars


def used(rule: Rule, rules: list[Rule]) -> list[Rule]:
    return [other for other in rules if re.search(rf"\b{other.name}\b", rule.body)]


def head(name: str, effective: str, uses: str) -> str:
    return f'policy {name}\n  en "{name}" fr "{name}"\n  {effective}\n  {ZONE}\n  cites RULES 1\n  uses {uses}\n'


def differences(library: policy.Library, rules: list[Rule], random: Random, profiles: int) -> Iterator[str]:
    """Rules that come out otherwise on another day, or by an earlier text, than the rules of that day say."""
    today = library.on(NOW)
    for one in profiles_for(today, random, profiles):
        profile = Profile(one.facts, one.answers, lambda: ())
        answer = today.answer(profile)
        bound = answer._bound()
        before = library.on(READ, assessed_on=NOW).answer(profile).exact
        for rule in rules:
            expected, reach = on_its_day(library, profile, rule.name)
            for name in (f"at_{rule.name}", *(f"but_{rule.name}_{o.name}" for o in used(rule, rules))):
                got = answer.exact.outcome(f"asking.{name}")
                if shown(got) != shown(expected):
                    yield f"{name} on {one.facts['day']}: {shown(got)}, not {shown(expected)}"
                found = bound.reach(today.graph.named[f"asking.{name}"])
                if reach is not None and name.startswith("at_") and found != reach:
                    yield f"{name} on {one.facts['day']}: within {found}, not {reach}"
            was, got = before.outcome(f"rules.{rule.name}"), answer.exact.outcome(f"asking.was_{rule.name}")
            if shown(got) != shown(was):
                yield f"was_{rule.name}: {shown(got)}, not {shown(was)}"


def profiles_for(of: policy.Rules, random: Random, count: int) -> Iterator[Drawn]:
    """Profiles, complete and with facts left out."""
    drawer = Drawer(of._compiled.checked, random, SECOND, figures_of(of.graph))
    for _ in range(count):
        complete = drawer.complete()
        yield complete
        yield drawer.partial(complete, 0.2)


def on_its_day(library: policy.Library, profile: Profile, name: str) -> tuple[object, object]:
    """What the rules of the day of a profile say of an outcome, and what it can still be, where that can be asked."""
    day = profile.facts["day"]
    if day is UNKNOWN:
        return UNKNOWN, None
    if day is None:
        return Fault("none", ""), None
    assert isinstance(day, date)
    if day < FIRST:
        return Fault("not-in-force", ""), None
    of = library.on(day)
    answer = of.answer(profile)
    number = of.graph.named[f"rules.{name}"]
    value = answer.exact.value(number)
    return value, answer._bound().reach(number) if value is UNKNOWN else value


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_random_rules_are_asked_as_on_their_day(seed: int) -> None:
    random = Random(seed)
    with TemporaryDirectory() as folder:
        rules = write(Path(folder), random)
        library = policy.load(folder)
        assert list(differences(library, rules, random, profiles=4)) == []


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32))
def test_the_generated_code_asks_alike(seed: int) -> None:
    random = Random(seed)
    with TemporaryDirectory() as folder:
        rules = write(Path(folder), random)
        today = policy.load(folder).on(NOW)
        asking = [number for number, node in enumerate(today.graph.nodes) if node.op == "elsewhere"]
        if not rules:
            return
        for one in profiles_for(today, random, 4):
            answer = today.answer(Profile(one.facts, one.answers, lambda: ()))
            facts = {**one.facts, ELSEWHERE: answer.exact.value(asking[0])}
            program = compile_graph(today.graph, today.catalog)
            plainly = program.evaluate_plainly(facts, one.answers, NOW)
            fast = Evaluation(plainly.layout, program.fast(facts, one.answers, NOW))
            for name in today.outcomes():
                assert shown(fast.outcome(name)) == shown(plainly.outcome(name)), name
