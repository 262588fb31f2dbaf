"""`policy schema`: the JSON Schema of a profile."""

from __future__ import annotations

from typing import Annotated

import typer

from policy.cli.common import MISTAKES_IN_POLICIES, Language, open_policies, say, telling
from policy.cli.options import PoliciesOption, ProposedOption


def schema(
    on: Annotated[
        str | None,
        typer.Option("--on", help="The day whose texts it is made from, if not the latest.", metavar="DATE"),
    ] = None,
    language: Annotated[Language, typer.Option("--language", "-l", help="The language of plain titles.")] = Language.EN,
    policies: PoliciesOption = None,
    proposed: ProposedOption = False,
) -> None:
    """Print the JSON Schema of a profile.

    It has titles and questions in both languages, and suits profiles for any day.
    """
    from policy.profiles import schema_text

    library = open_policies(policies, proposed=proposed)
    with telling(MISTAKES_IN_POLICIES):
        rules = library.latest if on is None else library.on(on)
    say(schema_text(rules.catalog, language=language.value).removesuffix("\n"))
