"""What an answer was asked to take for granted: the values given, and the facts that it left unread because of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from policy.explain.context import Context
from policy.frozen import dataclass, field
from policy.graph import Graph
from policy.model.catalog import Catalog
from policy.model.values import UNKNOWN
from policy.profiles.profile import Profile


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The values given in place of what the rules would work out, by full name, and the rules that work all out."""

    values: Mapping[str, object] = field(default_factory=dict)
    without: Callable[[], Graph] | None = None

    def left_unread(self, names: Iterable[str], context: Context, profile: Profile) -> tuple[str, ...]:
        """The facts of a profile, by their keys in it, that outcomes would rest on if nothing were assumed."""
        if self.without is None:
            return ()
        from policy.graph.reading import facts_read
        from policy.profiles import ANSWERS

        wanted = tuple(names)
        before = facts_read(self.without(), wanted, context.elsewhere)
        now = facts_read(context.graph, wanted, context.elsewhere)
        answered = (f"{ANSWERS}.{question}" for question in profile.answers)
        given = (*(name for name, held in profile.facts.items() if held is not UNKNOWN), *answered)
        return tuple(path for path in given if path in before and path not in now)


NOTHING_ASSUMED: Final = Assumptions()


def label_of_fact(path: str, catalog: Catalog, language: str) -> str:
    """What a fact that a profile gives is called."""
    from policy.profiles import ANSWERS

    question = catalog.questions.get(path.removeprefix(f"{ANSWERS}."))
    shape = catalog.inputs.get(path) or question
    return shape.label.get(language) if shape else path
