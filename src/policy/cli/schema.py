"""`policy schema`: the JSON Schema of a profile."""

from __future__ import annotations

from typing import Annotated

import typer

from policy.cli.common import Language, Plain, PoliciesOption, open_policies, rules_on
from policy.profiles import schema_text


def schema(
    on: Annotated[
        str | None,
        typer.Option("--on", help="The day whose open questions to include.", metavar="DATE"),
    ] = None,
    language: Annotated[Language, typer.Option("--language", "-l", help="The language of plain titles.")] = Language.EN,
    policies: PoliciesOption = None,
) -> None:
    """Print the JSON Schema of a profile.

    It has titles and questions in both languages. Without `--on` the open questions are those of the latest texts.
    """
    library = open_policies(policies)
    day = library.epochs[-1].isoformat() if on is None else on
    rules = rules_on(library, day, None, Plain.TEXT)
    typer.echo(schema_text(rules.catalog, language=language.value), nl=False)
