"""How long it takes from the start of a process to an answer. Run it: `python tests/benchmarks/starting.py`.

All is measured in one run, the best of several times, and compared with the start of Python itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from policy.pipeline.cache import VARIABLE

ROOT = Path(__file__).parents[2]
PERSON = "docs/examples/software-developer.yaml"
TIMES = int(sys.argv[1]) if len(sys.argv) > 1 else 10

ANSWER = (
    "import policy; rules = policy.load().on('2026-01-21'); "
    "answer = rules.evaluate({'destination': 'ON'}); print(answer['cec.outside_quebec'].value)"
)
COMMAND = "from policy.cli import main; main()"


def run(code: str, *words: str, cache: str = "off") -> None:
    """A process of its own."""
    environment = {**os.environ, VARIABLE: cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is compiled
    subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True, cwd=ROOT, env=environment)


def milliseconds(action: Callable[[], None]) -> float:
    """How long it takes, the best of several times."""
    best = float("inf")
    for _ in range(TIMES):
        start = perf_counter()
        action()
        best = min(best, perf_counter() - start)
    return best * 1000


def main() -> None:
    with TemporaryDirectory() as folder:
        warm = str(Path(folder) / "cache")
        run(ANSWER, cache=warm)
        bare = milliseconds(lambda: run("pass"))
        print(f"{'Python alone':<42}{bare:8.0f} ms")
        for name, code, words, cache in (
            ("import policy", "import policy", (), warm),
            ("first answer, from what was kept", ANSWER, (), warm),
            ("first answer, nothing kept", ANSWER, (), "off"),
            ("import typer", "import typer", (), warm),
            ("policy evaluate, from what was kept", COMMAND, ("evaluate", PERSON, "--on", "2026-01-21"), warm),
            ("policy evaluate, nothing kept", COMMAND, ("evaluate", PERSON, "--on", "2026-01-21"), "off"),
            ("policy check, trees kept", COMMAND, ("check", "policies"), warm),
        ):
            run(code, *words, cache=cache)
            spent = milliseconds(lambda code=code, words=words, cache=cache: run(code, *words, cache=cache))  # type: ignore[misc]
            print(f"{name:<42}{spent:8.0f} ms {spent / bare:8.1f} times as long")


if __name__ == "__main__":
    main()
