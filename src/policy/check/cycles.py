"""The order in which definitions can be worked out, and the circles in which they cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policy.check import errors
from policy.diagnostics import Diagnostic
from policy.text import Span

Uses = Mapping[str, Mapping[str, Span]]


def in_order(uses: Uses, names: list[str]) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """The names so that each comes after what it uses, and a mistake for each circle found on the way."""
    done: dict[str, None] = {}
    found: list[Diagnostic] = []
    reported: set[frozenset[str]] = set()
    for start in names:
        if start in done:
            continue
        path: list[tuple[str, Iterator[tuple[str, Span]]]] = [(start, iter(uses.get(start, {}).items()))]
        steps: dict[str, Span] = {}
        on_path = {start: 0}
        while path:
            name, following = path[-1]
            step = next(((used, span) for used, span in following if used not in done), None)
            if step is None:
                path.pop()
                del on_path[name]
                done[name] = None
                continue
            used, span = step
            steps[name] = span
            if used in on_path:
                circle = [entry for entry, _ in path[on_path[used] :]]
                if frozenset(circle) not in reported:
                    reported.add(frozenset(circle))
                    found.append(errors.cycle([(entry, steps[entry]) for entry in circle]))
                continue
            on_path[used] = len(path)
            path.append((used, iter(uses.get(used, {}).items())))
    return tuple(done), found
