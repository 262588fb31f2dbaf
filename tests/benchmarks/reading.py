"""How fast profiles are read and found right. Run it: `python tests/benchmarks/reading.py`.

The same profiles, those of the corpus, are read by the generated reader, by pydantic and by jsonschema in one run.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import jsonschema

import policy
from policy.profiles import from_python, load_profile, read_file, schema_text
from policy.profiles.shapes import WholeProfile
from policy.profiles.values import Typing

CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*.*"))
DAY = "2026-01-21"


def microseconds(action: Callable[[], object]) -> float:
    """How long it takes, the best of many times."""
    best = float("inf")
    begun = perf_counter()
    while perf_counter() - begun < 0.05 or best == float("inf"):
        start = perf_counter()
        action()
        best = min(best, perf_counter() - start)
    return best * 1e6


def main() -> None:
    rules = policy.load().on(DAY)
    model: Any = rules.profile_model()
    validator = jsonschema.Draft202012Validator(json.loads(schema_text(rules.catalog)))
    texts = []
    for path in CORPUS:
        written = Typing(rules.catalog).typed(read_file(path), WholeProfile())
        texts.append(json.dumps(written, default=float))
    people = [json.loads(text) for text in texts]

    ways: dict[str, Callable[[int], object]] = {
        "generated reader, from a dictionary": lambda i: rules.profile(people[i]),
        "generated reader, from JSON text": lambda i: rules.profile(texts[i]),
        "json.loads alone": lambda i: json.loads(texts[i]),
        "read and evaluated, from a dictionary": lambda i: rules.evaluate(people[i]),
        "pydantic model_validate": lambda i: model.model_validate(people[i]),
        "jsonschema is_valid": lambda i: validator.is_valid(people[i]),
        "slow reading, with places for mistakes": lambda i: load_profile(
            from_python(people[i]), rules.catalog, rules.record_checks
        ),
    }
    first = None
    print(f"{len(people)} profiles; median")
    for name, way in ways.items():
        for i in range(len(people)):
            way(i)
        spent = median(microseconds(lambda i=i, way=way: way(i)) for i in range(len(people)))  # type: ignore[misc]
        first = spent if first is None else first
        print(f"{name:<42}{spent:10.1f} us {spent / first:8.1f} times as long")


if __name__ == "__main__":
    main()
