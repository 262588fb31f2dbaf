"""Compiled rules together with what draws profiles for them: of random policies, and of those that ship."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import policy
from policy.check.checked import check
from policy.evaluate import Evaluation, Program, compile_graph
from policy.explain.context import Context
from policy.graph import Graph
from random_policies import DATA, Author
from random_profiles import Drawer, Drawn, figures_of
from small_policies import DAY, rules

TODAY: Final = date.fromisoformat(DAY)
POLICIES: Final = Path(__file__).parents[1] / "policies"


@dataclass(frozen=True, slots=True)
class World:
    """Rules compiled, and a drawer of profiles for them."""

    graph: Graph
    program: Program
    drawer: Drawer
    today: date
    context: Context

    def evaluate(self, drawn: Drawn) -> Evaluation:
        return self.program.evaluate(drawn.facts, drawn.answers, self.today)

    def profiles(self) -> Iterator[tuple[Drawn, Drawn, Drawn]]:
        """Profiles: with some facts left out, with fewer left out, and complete."""
        random = self.drawer.random
        while True:
            complete = self.drawer.complete()
            partial = self.drawer.partial(complete, random.choice((0.05, 0.15, 0.3)))
            yield self.drawer.partial(partial, random.choice((0.05, 0.2))), partial, complete


def world(of: policy.Rules, data: Path, random: Random) -> World:
    drawer = Drawer(check(of.texts, data), random, of.assessed_on, figures_of(of.graph))
    return World(of.graph, compile_graph(of.graph, of.catalog), drawer, of.assessed_on, of.context)


def random_world(seed: int, definitions: int = 8) -> World:
    """The world of a random policy."""
    random = Random(seed)
    with TemporaryDirectory() as folder:
        of = rules(Path(folder), Author(random).policy(definitions), DATA)
        return world(of, Path(folder) / "data", random)


@cache
def shipped() -> policy.Library:
    """The policies that ship."""
    return policy.load(POLICIES)


def shipped_days() -> list[date]:
    """Every day on which the text of any policy that ships changes."""
    return list(shipped().epochs)


def shipped_world(day: date, seed: int) -> World:
    """The world of the policies that ship, on a day."""
    return world(shipped().on(day), POLICIES / "data", Random(seed))
