"""Tries the evaluators on random policies and profiles, and looks for what must never come of it: two that disagree at
any node, something known that is taken back when facts are added, an outcome outside what was said to be possible.

    python tests/agree.py --cases 1000000 --seed 7

A case is one profile, with some facts left out, with fewer left out, and complete. Random policies are numbered from
the seed on, with twenty cases each; what is wrong is told with the number of its policy, from which it comes again:
`python tests/agree.py --cases 20 --seed 523`.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Final

from worlds import random_world

sys.path.append(str(Path(__file__).parent / "evaluate"))

CASES_EACH: Final = 20
"""How many cases are tried on one policy: to make one costs as much as to try a few."""

SECONDS: Final = 30
"""How often it says how far it is."""


def wrong_with(seed: int, cases: int) -> list[str]:
    """What is wrong with some cases of the random policy of a number."""
    from judging import broken_promises, disagreements

    found: list[str] = []
    try:
        found += disagreements(random_world(seed), cases)
    except AssertionError as difference:  # between the generated code and the operations that it stands for
        found.append(str(difference).partition("\n")[0])
    world = random_world(seed)
    for few, more, complete in islice(world.profiles(), cases):
        found += [*broken_promises(world, few, complete), *broken_promises(world, more, complete)]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000, help="how many cases to try")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first policy")
    chosen = parser.parse_args()
    done = wrong = 0
    seed, said = chosen.seed, time.monotonic()
    while done < chosen.cases:
        cases = min(CASES_EACH, chosen.cases - done)
        for line in wrong_with(seed, cases):
            wrong += 1
            print(f"policy {seed}: {line}", flush=True)
        done, seed = done + cases, seed + 1
        if time.monotonic() - said > SECONDS:
            said = time.monotonic()
            print(f"{done:,} of {chosen.cases:,} cases, {wrong} wrong", file=sys.stderr, flush=True)
    print(f"{done:,} cases, of policies {chosen.seed} to {seed - 1}: {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
