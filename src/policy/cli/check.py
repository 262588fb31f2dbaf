"""`policy check`: find every mistake in policy text, and run the examples."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy.cli import errors
from policy.cli.common import MISTAKES_IN_POLICIES, WRONG_USE, Plain, exit_code, fail, print_json, say
from policy.cli.options import PlainOption
from policy.cli.progress import progress
from policy.diagnostics import Severity, as_json, as_text
from policy.pipeline.library import is_dated
from policy.shipped import policies_folder
from policy.text import shown

if TYPE_CHECKING:
    from policy.pipeline.checking import Findings


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Folders of policies, or single files of one. When none is named: ./policies, or those that ship.",
            metavar="PATH",
        ),
    ] = None,
    format: PlainOption = Plain.TEXT,
) -> None:
    """Find every mistake in policy files.

    Checks the policies on each day on which a text changes, and runs the examples that stand in the files. A single
    file is checked together with the folder it belongs to; only what touches the file is told.
    """
    here = Path("policies")
    chosen = paths or [here if here.is_dir() else policies_folder()]
    if lost := [path for path in chosen if not path.exists()]:
        fail([errors.no_such_path(str(path)) for path in lost], WRONG_USE, format)
    _tell([_checked(folder, files) for folder, files in _folders(chosen).items()], format)


def _folders(paths: list[Path]) -> dict[Path, set[Path]]:
    """The folders to check, each with the files wanted of it; with none when the whole of it is wanted."""
    folders: dict[Path, set[Path]] = {}
    for path in paths:
        folder, files = _belongs(path)
        if folder in folders and not (files and folders[folder]):
            folders[folder] = set()
        else:
            folders.setdefault(folder, set()).update(files)
    return folders


def _belongs(path: Path) -> tuple[Path, list[Path]]:
    """The folder of policies that a path belongs to, and the files meant; none for such a folder itself.

    A dated file lies in the folder of its policy, and that in the folder of policies.
    """
    path = path.absolute()
    if not path.is_dir():
        return (path.parent.parent if is_dated(path) else path.parent), [path]
    files = sorted(path.glob("*.policy"))
    if files and all(map(is_dated, files)):
        return path.parent, files
    return path, []


def _checked(folder: Path, files: set[Path]) -> Findings:
    from policy.pipeline.checking import check_library
    from policy.pipeline.opening import open_library

    library = open_library(folder, files or None)
    with progress("checking") as told:
        return check_library(library, [shown(file) for file in files] if files else None, told)


def _tell(results: list[Findings], format: Plain) -> None:
    mistakes = tuple(dict.fromkeys(mistake for result in results for mistake in result.mistakes))
    files = sum(result.files for result in results)
    examples, ran = sum(result.examples for result in results), sum(result.examples_run for result in results)
    if format is Plain.JSON:
        print_json(
            {
                "mistakes": [as_json(mistake) for mistake in mistakes],
                "files": files,
                "examples": examples,
                "examples_run": ran,
            }
        )
    else:
        warnings = sum(mistake.severity is Severity.WARNING for mistake in mistakes)
        also = _count(warnings, "warning") if warnings else ""
        if mistakes:
            say(f"{as_text(mistakes)}\n", err=True)
        if warnings < len(mistakes):
            left = f"; {ran} of {_count(examples, 'example')} run" if ran < examples else ""
            found = _count(len(mistakes) - warnings, "mistake") + (f" and {also}" if also else "")
            say(f"{found} in {_count(files, 'policy file')}{left}", err=True)
        else:
            nothing = f"nothing wrong, {also}" if also else "nothing wrong"
            say(f"{_count(files, 'policy file')}, {_count(examples, 'example')}: {nothing}")
    if not all(result.sound for result in results):
        sys.exit(exit_code(mistakes, MISTAKES_IN_POLICIES))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
