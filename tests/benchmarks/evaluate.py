"""How fast profiles are evaluated under the policies that ship. Run it: `python tests/benchmarks/evaluate.py`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "evaluate")]

from reference import Reference  # noqa: E402

import policy  # noqa: E402
from policy.check.checked import check  # noqa: E402
from policy.evaluate import compile_graph  # noqa: E402
from policy.graph.build import build_graph  # noqa: E402
from random_profiles import Drawn  # noqa: E402
from worlds import POLICIES, World, world  # noqa: E402

PROFILES = 60
SECONDS = 2.0


def timed(action: Callable[[], object]) -> float:
    """How many seconds it takes, the best of three times."""
    times = []
    for _ in range(3):
        start = perf_counter()
        action()
        times.append(perf_counter() - start)
    return min(times)


def rate(of: World, profiles: list[Drawn]) -> float:
    """How many profiles are evaluated in a second."""
    done, start = 0, perf_counter()
    while perf_counter() - start < SECONDS:
        for drawn in profiles:
            of.evaluate(drawn)
        done += len(profiles)
    return done / (perf_counter() - start)


def main() -> None:
    library = policy.load(POLICIES)
    day = date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else library.epochs[-1]
    rules = library.on(day)
    checked = check(rules.texts, POLICIES / "data")
    graph = rules.graph
    print(f"policies of {day}: {len(graph.named)} outcomes, {len(graph.nodes)} nodes")
    print(f"graph built in     {timed(lambda: build_graph(checked)) * 1000:8.1f} ms")
    print(f"code generated in  {timed(lambda: compile_graph(graph, rules.catalog).fast) * 1000:8.1f} ms")

    of = world(rules, POLICIES / "data", Random(1))
    drawn = list(islice(of.profiles(), PROFILES))
    for name, profiles in (("complete", [d[2] for d in drawn]), ("with gaps", [d[1] for d in drawn])):
        print(f"{name:<12}{rate(of, profiles):10.0f} profiles a second")

    few = [d[2] for d in drawn[:10]]
    code = timed(lambda: [of.evaluate(one) for one in few])
    plainly = timed(lambda: interpret(of, few))
    print(f"the code is {plainly / code:.1f} times as fast as the plain interpreter of the tests")


def interpret(of: World, profiles: list[Drawn]) -> None:
    """All values by the plain interpreter."""
    for drawn in profiles:
        reference = Reference(of.graph, of.drawer.catalog, drawn.facts, drawn.answers, of.today)
        for number in of.graph.order:
            reference.value(number, {})


if __name__ == "__main__":
    main()
