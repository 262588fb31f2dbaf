"""The options that several verbs have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy.cli.common import Format, Language, Plain

ProfileArgument = Annotated[
    Path, typer.Argument(help="The profile: a YAML, JSON or TOML file.", metavar="PROFILE", show_default=False)
]
OnOption = Annotated[
    str | None,
    typer.Option("--on", help="The day whose law applies, such as 2026-01-21. Always needed.", metavar="DATE"),
]
AssessedOption = Annotated[
    str | None,
    typer.Option("--assessed-on", help="The day on which facts are measured, if it is another.", metavar="DATE"),
]
AssumeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--assume",
        help="An outcome that is given rather than worked out, as policy.name=VALUE. May be repeated.",
        metavar="NAME=VALUE",
    ),
]
LanguageOption = Annotated[Language, typer.Option("--language", "-l", help="The language of the answer.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="The form of the answer.")]
PlainOption = Annotated[Plain, typer.Option("--format", "-f", help="The form of the result.")]
PoliciesOption = Annotated[
    Path | None,
    typer.Option("--policies", "-p", help="A folder of policy files, in place of those that ship.", metavar="FOLDER"),
]
ProposedOption = Annotated[
    bool, typer.Option("--proposed", help="Take texts that are only proposed as if they were law.")
]
