"""`policy schema`: the JSON Schema of a profile."""

from __future__ import annotations

from typing import Annotated

import typer

from policy.cli.common import Language, Plain, PoliciesOption, open_policies, rules_on
from policy.profiles import schema_text


def schema(
    on: Annotated[
        str | None,
        typer.Option(
            "--on", help="The day whose open questions to include; the latest text otherwise.", metavar="DATE"
        ),
    ] = None,
    language: Annotated[Language | None, typer.Option("--language", "-l", help="The language of plain titles.")] = None,
    policies: PoliciesOption = None,
) -> None:
    """Print the JSON Schema of a profile, with titles and questions in English and French."""
    library = open_policies(policies)
    day = on or (library.epochs[-1] if library.epochs else library.first_day).isoformat()
    rules = rules_on(library, day, None, Plain.TEXT)
    typer.echo(schema_text(rules.catalog, language=language.value if language else None))
