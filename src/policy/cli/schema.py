"""`policy schema`: the JSON Schema of a profile."""

from __future__ import annotations

from typing import Annotated

import typer

from policy.cli.common import Language, Plain, PoliciesOption, open_policies, rules_on
from policy.profiles import schema_text


def schema(
    on: Annotated[
        str | None,
        typer.Option("--on", help="The day whose texts it is made from, if not the latest.", metavar="DATE"),
    ] = None,
    language: Annotated[Language, typer.Option("--language", "-l", help="The language of plain titles.")] = Language.EN,
    policies: PoliciesOption = None,
) -> None:
    """Print the JSON Schema of a profile.

    It has titles and questions in both languages, and suits profiles for any day.
    """
    library = open_policies(policies)
    day = library.epochs[-1].isoformat() if on is None else on
    rules = rules_on(library, day, None, Plain.TEXT)
    typer.echo(schema_text(rules.catalog, language=language.value), nl=False)
