"""What is installed is whole: the wheel has all that the engine needs, works away from a checkout, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pytest

from policy.shipped import grammar_file, policies_folder

ROOT: Final = Path(__file__).parent.parent
SOURCES: Final = ROOT / "src" / "policy"
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

EVALUATE: Final = """
import policy, policy.shipped
print(policy.__file__)
print(policy.shipped.policies_folder())
print(policy.load().on("2026-01-21").evaluate({}).decisions())
"""


def build(target: str, source: Path, folder: Path) -> Path:
    """The one file that building makes."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it lies in an environment."""
    folder = tmp_path_factory.mktemp("environment")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def contents(wheel: Path) -> dict[str, bytes]:
    """Everything in a wheel by its path."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def run(code: str, folder: Path, cwd: Path) -> list[str]:
    """What a program prints that finds the package in a folder, line by line."""
    env = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, env=env, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def test_the_wheel_holds_the_package_the_grammar_and_the_policies_and_nothing_else(wheel: Path) -> None:
    names = {name for name in contents(wheel) if ".dist-info/" not in name}
    expected = {f"policy/{path}" for path in files_below(SOURCES)}
    expected |= {f"policy/_shipped/grammar/{path}" for path in files_below(ROOT / "grammar")}
    expected |= {f"policy/_shipped/policies/{path}" for path in files_below(ROOT / "policies")}
    assert names == expected
    assert "policy/py.typed" in names
    assert any(name.endswith(".csv") for name in names)


def test_the_wheel_has_the_licence_and_the_command(wheel: Path) -> None:
    about = {Path(name).name: text.decode() for name, text in contents(wheel).items() if ".dist-info/" in name}
    assert "Apache License" in about["LICENSE"]
    assert "policy = policy.cli:main" in about["entry_points.txt"]
    assert about["METADATA"].count("License-Expression: Apache-2.0") == 1


def test_an_unpacked_wheel_finds_its_own_policies(unpacked: Path, tmp_path: Path) -> None:
    module, policies, decisions = run(EVALUATE, unpacked, tmp_path)
    assert Path(module) == unpacked / "policy" / "__init__.py"
    assert Path(policies) == unpacked / "policy" / "_shipped" / "policies"
    assert decisions != "()"


def test_a_checkout_finds_the_policies_beside_it(tmp_path: Path) -> None:
    module, policies, decisions = run(EVALUATE, ROOT / "src", tmp_path)
    assert Path(module) == SOURCES / "__init__.py"
    assert Path(policies) == ROOT / "policies"
    assert decisions != "()"


def test_the_command_runs_from_an_unpacked_wheel(unpacked: Path, tmp_path: Path) -> None:
    main = "import sys; from policy.cli import main; sys.argv = ['policy', *{words}]; main()"
    assert run(main.format(words=["--version"]), unpacked, tmp_path) == [f"policy {PROJECT['version']}"]
    (found,) = run(main.format(words=["check"]), unpacked, tmp_path)
    assert found.endswith("nothing wrong")


def test_the_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    distribution = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(distribution) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    assert {"src", "grammar", "policies", "tests", "docs", "pyproject.toml", "README.md", "LICENSE"} <= {
        path.name for path in source.iterdir()
    }
    assert contents(build("wheel", source, tmp_path / "wheel")) == contents(wheel)


def test_what_runs_here_is_this_version_with_these_policies() -> None:
    assert version(PROJECT["name"]) == PROJECT["version"]
    assert files_below(policies_folder()) == files_below(ROOT / "policies")
    assert grammar_file().read_bytes() == (ROOT / "grammar" / "policy.lark").read_bytes()


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_every_dependency_has_a_lowest_and_a_highest_version(requirement: str) -> None:
    assert ">=" in requirement
    assert "<" in requirement.replace(">=", "")
