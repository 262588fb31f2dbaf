"""`policy check`: find every mistake in policy text, and run the examples."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from policy.cli.common import MISTAKES_IN_POLICIES, Plain, wrong_use
from policy.diagnostics import Diagnostic, Severity, as_json, as_text
from policy.pipeline.examples import check_everything, count_examples
from policy.pipeline.library import open_library
from policy.shipped import policies_folder


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Folders of policies, or single files of one; ./policies, or those that ship, when none is named."
        ),
    ] = None,
    format: Annotated[Plain, typer.Option("--format", "-f", help="The form of the result.")] = Plain.TEXT,
) -> None:
    """Find every mistake in policy files, on every day on which a text changes, and run their examples."""
    here = Path("policies")
    chosen = paths or [here if here.is_dir() else policies_folder()]
    for path in chosen:
        if not path.exists():
            wrong_use(f"there is no file or folder `{path}`", "name a folder of policy files, or one of its files")
    found: dict[Diagnostic, None] = {}
    files = examples = 0
    for path in chosen:
        library = open_library(_root(path))
        mistakes = check_everything(library)
        found.update(dict.fromkeys(d for d in mistakes if path.is_dir() or _in_file(d, path)))
        files += sum(len(t.texts) for t in library.timelines.values())
        examples += count_examples(library)
    _tell(tuple(found), files, examples, format)


def _root(path: Path) -> Path:
    """The folder that a file must be checked with: that of its policy's name is one below it."""
    if path.is_dir():
        return path
    folder = path.resolve().parent
    dated = path.stem[:4].isdigit()
    return folder.parent if dated else folder


def _in_file(diagnostic: Diagnostic, path: Path) -> bool:
    span = diagnostic.span
    return span is None or Path(span.source.name).resolve() == path.resolve()


def _tell(found: tuple[Diagnostic, ...], files: int, examples: int, format: Plain) -> None:
    errors = sum(d.severity is Severity.ERROR for d in found)
    if format is Plain.JSON:
        document = {"mistakes": [as_json(d) for d in found], "files": files, "examples": examples}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    elif found:
        typer.echo(as_text(found), err=True)
        typer.echo(f"\n{_count(len(found), 'mistake')} in {_count(files, 'policy file')}", err=True)
    else:
        typer.echo(f"{_count(files, 'policy file')}, {_count(examples, 'example')}: nothing wrong")
    if errors:
        sys.exit(MISTAKES_IN_POLICIES)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
