"""The house has floors: imports go down, third parties stay in their room, private names stay at home."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

import policy
import policy.explain
import policy.profiles

FLOORS: Final = (
    "text",
    "diagnostics",
    "syntax",
    "model",
    "check",
    "graph",
    "evaluate",
    "profiles",
    "explain",
    "pipeline",
    "tools",
    "cli",
)

ROOMS_OF_THIRD_PARTIES: Final[Mapping[str, tuple[str, ...]]] = {
    "lark": ("syntax",),
    "yaml": ("profiles",),
    "jsonschema": ("profiles",),
    "pydantic": ("profiles", "explain", "pipeline"),
    "sphinx": ("tools",),
    "docutils": ("tools",),
    "typer": ("cli",),
    "rich": ("cli",),
}

LONGEST_MODULE: Final = 450

Modules = Mapping[str, str]
"""Source texts by their path in the package: `text/source.py`."""


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name, in full (`policy.text.Span`), and the line that imports it."""

    name: str
    line: int

    @property
    def top(self) -> str:
        """The package it comes from."""
        return self.name.split(".")[0]


def read_modules(package: Path) -> Modules:
    return {path.relative_to(package).as_posix(): path.read_text("utf-8") for path in sorted(package.rglob("*.py"))}


def room(path: str) -> str | None:
    """The room a module is in; None for one directly in the package."""
    return path.split("/")[0] if "/" in path else None


def imports(path: str, source: str) -> Iterator[Import]:
    """Every import of a module: at the top, in a function, under `TYPE_CHECKING`, or by `import_module`."""
    for node in ast.walk(ast.parse(source, path)):
        match node:
            case ast.Import(names=names):
                yield from (Import(alias.name, node.lineno) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                folders = ("policy", *path.split("/")[:-1])
                base = folders[: len(folders) - level + 1] if level else ()
                yield from (Import(".".join((*base, *filter(None, [module]), a.name)), node.lineno) for a in names)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield Import(name, node.lineno)
            case _:
                pass


def height(name: str, modules: Modules, passed: frozenset[str] = frozenset()) -> int:
    """The floor that a name of ours is on.

    A module directly in the package is as high as the highest thing it imports, so nobody reaches a floor through it.
    """
    first = f"{name}.".split(".")[1]
    if first in FLOORS:
        return FLOORS.index(first)
    path = f"{first}.py" if f"{first}.py" in modules else "__init__.py"
    if path in passed:
        return 0
    reached = (found.name for found in imports(path, modules.get(path, "")) if found.top == "policy")
    return max((height(each, modules, passed | {path}) for each in reached), default=0)


def climbing_imports(modules: Modules) -> list[str]:
    """The imports that go to a floor above."""
    return [
        f"{path}:{found.line} imports {found.name}"
        for path, source in modules.items()
        for found in imports(path, source)
        if room(path) in FLOORS
        and found.top == "policy"
        and height(found.name, modules) > FLOORS.index(str(room(path)))
    ]


def strangers(modules: Modules) -> list[str]:
    """The imports of a third party outside its room."""
    return [
        f"{path}:{found.line} imports {found.name}"
        for path, source in modules.items()
        for found in imports(path, source)
        if found.top != "policy"
        and found.top not in sys.stdlib_module_names
        and room(path) not in ROOMS_OF_THIRD_PARTIES.get(found.top, ())
    ]


def private_imports(modules: Modules) -> list[str]:
    """The imports of a name that another module keeps to itself."""
    return [
        f"{path}:{found.line} imports {found.name}"
        for path, source in modules.items()
        for found in imports(path, source)
        if any(part.startswith("_") and not part.endswith("__") for part in found.name.split("."))
    ]


def rooms_without_floor(modules: Modules) -> list[str]:
    """The folders that the list of floors does not know."""
    return sorted({str(room(path)) for path in modules if room(path) is not None} - set(FLOORS))


def folders_without_docstring(modules: Modules) -> list[str]:
    """The folders whose `__init__.py` does not say what they are for, or is missing."""
    folders = sorted({path.rpartition("/")[0] for path in modules})
    entrances = {folder: f"{folder}/__init__.py".lstrip("/") for folder in folders}
    return [path for path in entrances.values() if ast.get_docstring(ast.parse(modules.get(path, ""))) is None]


def long_modules(modules: Modules) -> list[str]:
    """The modules that have grown past the longest that still reads as one idea."""
    lengths = {path: len(source.splitlines()) for path, source in modules.items()}
    return [f"{path} has {length} lines" for path, length in lengths.items() if length > LONGEST_MODULE]


MODULES: Final = read_modules(Path(policy.__file__).parent)


def test_imports_go_down() -> None:
    assert climbing_imports(MODULES) == []


def test_third_parties_stay_in_their_room() -> None:
    assert strangers(MODULES) == []


def test_private_names_stay_at_home() -> None:
    assert private_imports(MODULES) == []


def test_every_room_has_a_floor() -> None:
    assert rooms_without_floor(MODULES) == []


def test_every_room_says_what_it_is_for() -> None:
    assert folders_without_docstring(MODULES) == []


def test_modules_stay_short_enough_to_hold_one_idea() -> None:
    assert long_modules(MODULES) == []


SLOW_TO_LOAD: Final = ("lark", "pydantic", "jsonschema", "yaml", "policy.syntax.tree", "policy.check.checked")
"""What takes longer to load than an answer may take."""


def loaded_by(code: str) -> list[str]:
    """What of that a program loads."""
    told = f"{code}\nimport sys\nprint(*(name for name in {SLOW_TO_LOAD} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout.split()


def test_the_package_loads_what_it_is_asked_for() -> None:
    assert loaded_by("import policy") == []
    assert loaded_by("import policy; policy.Mistakes, policy.UNKNOWN, policy.Outcome") == []


def test_an_answer_from_what_was_kept_loads_nothing_slow() -> None:
    ask = "import policy; rules = policy.load().on('2026-01-21'); answer = rules.evaluate({'destination': 'ON'})"
    code = f"{ask}; assert answer['cec.outside_quebec'].value is True; answer.explain(), answer.json(language='fr')"
    loaded_by(code)
    assert loaded_by(code) == []


def test_every_public_name_is_there() -> None:
    for package in (policy, policy.explain, policy.profiles):
        assert set(package.__all__) <= set(dir(package))
        assert all(getattr(package, name) is not None for name in package.__all__)
        with pytest.raises(AttributeError, match="no_such_name"):
            package.no_such_name  # noqa: B018


# The checks themselves, tried on made-up houses.


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("graph/node.py", "from policy.text import Span", []),
        ("graph/node.py", "from policy.graph.build import build", []),
        ("graph/node.py", "from . import build", []),
        ("text/source.py", "import policy.model", ["policy.model"]),
        ("text/source.py", "from policy import model", ["policy.model"]),
        ("text/source.py", "from ..model import Type", ["policy.model.Type"]),
        ("check/passes/names.py", "from ...graph import Node", ["policy.graph.Node"]),
        ("text/source.py", "def late():\n    from policy.cli import main", ["policy.cli.main"]),
        ("text/source.py", "if TYPE_CHECKING:\n    from policy.syntax import Tree", ["policy.syntax.Tree"]),
        ("text/source.py", "importlib.import_module('policy.check')", ["policy.check"]),
        ("text/source.py", "from policy import load", ["policy.load"]),
        ("graph/node.py", "import policy", ["policy"]),
        ("cli/main.py", "from policy import load", []),
        ("text/source.py", "from policy.files import shipped", []),
        ("pipeline/load.py", "from policy.start import start", ["policy.start.start"]),
        ("start.py", "from policy.cli import main", []),
    ],
)
def test_an_import_from_above_is_found(path: str, source: str, found: list[str]) -> None:
    house = {
        "__init__.py": "from policy.pipeline import load",
        "files.py": "from pathlib import Path",
        "start.py": "from policy.cli import main",
    }
    assert [line.split()[-1] for line in climbing_imports({**house, path: source})] == found


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("syntax/parse.py", "from lark import Lark", []),
        ("check/names.py", "from lark import Lark", ["lark.Lark"]),
        ("syntax/parse.py", "def late():\n    import rich.table", ["rich.table"]),
        ("tools/pages.py", "import numpy", ["numpy"]),
        ("__init__.py", "import yaml", ["yaml"]),
        ("text/source.py", "import bisect, json.decoder", []),
    ],
)
def test_a_third_party_outside_its_room_is_found(path: str, source: str, found: list[str]) -> None:
    assert [line.split()[-1] for line in strangers({path: source})] == found


def test_a_private_import_is_found() -> None:
    house = {"graph/node.py": "from __future__ import annotations\nfrom policy.text.source import Span, _line"}
    assert private_imports(house) == ["graph/node.py:2 imports policy.text.source._line"]


def test_a_room_without_floor_docstring_or_end_is_found() -> None:
    house = {"__init__.py": '"""A house."""', "attic/__init__.py": "", "text/source.py": "\n" * (LONGEST_MODULE + 1)}
    assert rooms_without_floor(house) == ["attic"]
    assert folders_without_docstring(house) == ["attic/__init__.py", "text/__init__.py"]
    assert long_modules(house) == [f"text/source.py has {LONGEST_MODULE + 1} lines"]
