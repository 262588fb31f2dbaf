"""How fast rules are evaluated, side by side with other ways to do it. Run it: `python tests/benchmarks/compare.py`.

Everything is timed in one run, taking turns, in processor time; what is said is the median.
Other engines are compared where they are installed: `pip install -e .[bench]`.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, Final

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

# What follows is found in those folders, so it cannot stand above.
import cec_by_hand  # noqa: E402
import engines  # noqa: E402
import guild_by_hand  # noqa: E402

import policy  # noqa: E402
from policy.evaluate import Evaluation, Program, compile_graph  # noqa: E402
from policy.graph import Graph  # noqa: E402
from policy.graph.arrange import arrange  # noqa: E402
from policy.model.values import UNKNOWN, MapValue, Record  # noqa: E402
from policy.profiles import Profile, read_file  # noqa: E402
from small_policies import rules  # noqa: E402

TURNS: Final = 31
"""How often each way has its turn."""

MOMENT: Final = 0.02
"""About how many seconds a turn takes."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to evaluate the rules for one case."""

    name: str
    evaluate: Callable[[Any], object]
    cases: Sequence[Any]


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors, {_processor()}")
    print("Times are for one profile, in microseconds; ratios to what is written by hand, and to ours.")
    guild()
    experience_class()


# ------------------------------------------------------------------ what is compared


def guild() -> None:
    """A grid of points, in our language, by hand and in other engines."""
    with TemporaryDirectory() as folder:
        of = rules(Path(folder), (HERE / "guild.txt").read_text("utf-8"))
    program, day = compiled(of.graph, of), of.assessed_on
    people = [person(Random(seed)) for seed in range(200)]
    ways = [
        Way("by hand, the answer only", guild_by_hand.total, people),
        Way("ours, every value of the trace", lambda facts: program.evaluate(facts, {}, day), people),
        Way("ours, node by node", lambda facts: program.evaluate_plainly(facts, {}, day), people),
    ]
    for package, gives, engine in (
        ("zen-engine", "with its trace", engines.zen),
        ("cel-expr-python", "the answer only", engines.cel_expr_python),
        ("common-expression-language", "the answer only", engines.common_expression_language),
    ):
        installed = _version(package)
        if installed is None:
            print(f"{package} is not installed, and so not compared")
        else:
            ways.append(Way(f"{package} {installed}, {gives}", engine(of.graph), people))
    for facts in people:
        answers = [way.evaluate(facts) for way in ways]
        found = {one.outcome("club.total") if isinstance(one, Evaluation) else one for one in answers}
        if len(found) > 1:
            raise SystemExit(f"the ways differ, {found}, for {facts}")
    print(f"\nA grid of points: {len(of.graph.nodes)} nodes, {operations(of.graph)} of them operations")
    show(ways)


def experience_class() -> None:
    """The Canadian experience class as it ships, and by hand."""
    library = policy.load(HERE.parents[1] / "policies")
    of = library.on(library.epochs[-1])
    day = of.assessed_on
    everything, one = compiled(of.graph, of), compiled(only(of.graph, "cec.eligible"), of)
    people = [(plain, profile) for plain, profile, _ in decided(of, everything)]

    def ours(program: Program) -> Callable[[Any], object]:
        return lambda case: program.evaluate(case[1].facts, case[1].answers, day)

    ways = [
        Way("by hand, the answer only", lambda case: cec_by_hand.eligible(case[0], day), people),
        Way("ours, this outcome", ours(one), people),
        Way("ours, every outcome", ours(everything), people),
        Way(
            "ours, every outcome, node by node",
            lambda case: everything.evaluate_plainly(case[1].facts, case[1].answers, day),
            people,
        ),
    ]
    print(f"\nThe Canadian experience class: {len(of.graph.nodes)} nodes, {len(one.graph.nodes)} for this outcome,")
    print(f"over the {len(people)} profiles of the corpus for which it is known")
    show(ways)


def decided(of: policy.Rules, program: Program) -> Iterator[tuple[dict[str, Any], Profile, object]]:
    """The profiles of the corpus for which the answer is known: as dictionaries, as read, and with the answer."""
    for path in sorted((HERE.parent / "corpus").glob("*.yaml")):
        profile = of.profile(read_file(path))
        value = program.evaluate(profile.facts, profile.answers, of.assessed_on).outcome("cec.eligible")
        if value is not UNKNOWN:
            yield {name: plainly(held) for name, held in profile.facts.items()}, profile, value


def compiled(graph: Graph, of: policy.Rules) -> Program:
    """A graph that has been evaluated often enough for code to be made of it."""
    program = compile_graph(graph, of.catalog)
    for _ in range(30):
        program.evaluate({}, {}, of.assessed_on)
    return program


def only(graph: Graph, name: str) -> Graph:
    """The part of a graph that one outcome needs."""
    free: list[frozenset[int]] = []
    for number, node in enumerate(graph.nodes):
        found = frozenset({number}) if node.op == "member" else frozenset[int]()
        found = found.union(*(free[argument] for argument in node.args))
        if node.body is not None:
            found |= free[node.body.result] - {node.body.parameter}
        free.append(found)
    return arrange(graph.nodes, free, {name: graph.named[name]}, graph.about)


def operations(graph: Graph) -> int:
    """How many nodes of a graph are neither facts, constants nor names."""
    return sum(node.op not in {"input", "const", "definition"} for node in graph.nodes)


def person(random: Random) -> dict[str, Any]:
    """Somebody who wants to join the guild."""
    schooling = list(guild_by_hand.SCHOOLING)
    return {
        "age": random.randint(16, 50),
        "schooled": random.choice(schooling),
        "companion_schooled": random.choice(schooling),
        "course_here": random.choice(list(guild_by_hand.COURSE)),
        **{tongue: random.randint(0, 12) for tongue in (*engines.TONGUE, "second_tongue", "companion_tongue")},
        **{years: random.randint(0, 9) for years in ("years_here", "years_elsewhere", "companion_years")},
        **{thing: random.random() < 0.3 for thing in ("companion", "certified", "proposed", "sibling")},
    }


def plainly(value: object) -> object:
    """A value of a profile in dictionaries and lists, as somebody would hold it who writes by hand."""
    match value:
        case Record(fields=fields):
            return {name: plainly(held) for name, held in fields.items()}
        case MapValue(values=values):
            return {name: plainly(held) for name, held in values.items()}
        case tuple():
            return [plainly(item) for item in value]
        case _:
            return value


# ------------------------------------------------------------------ timing


def show(ways: Sequence[Way]) -> None:
    """The median times of all ways, and their ratios to the first and to ours, which comes second."""
    times = timed(ways)
    width = max(len(way.name) for way in ways)
    print(f"{'':{width}}  {'time':>9}  {'to hand':>8}  {'to ours':>8}")
    hand, ours = times[0], times[1]
    for way, time in zip(ways, times, strict=True):
        print(f"{way.name:{width}}  {time * 1e6:9.2f}  {time / hand:8.2f}  {time / ours:8.2f}")


def timed(ways: Sequence[Way]) -> list[float]:
    """The median seconds that each way takes for one case, the ways taking turns."""
    rounds = [max(1, round(MOMENT / turn(way, 1) / len(way.cases))) for way in ways]
    turns = [[turn(way, count) for way, count in zip(ways, rounds, strict=True)] for _ in range(TURNS)]
    return [median(column) for column in zip(*turns, strict=True)]


def turn(way: Way, rounds: int) -> float:
    """The seconds that a way takes for one case, over some rounds of all its cases."""
    start = process_time()
    for _ in range(rounds):
        for case in way.cases:
            way.evaluate(case)
    return (process_time() - start) / rounds / len(way.cases)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


if __name__ == "__main__":
    main()
