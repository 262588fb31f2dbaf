"""`policy evaluate`: judge a profile, with reasons."""

from __future__ import annotations

from typing import Annotated

import typer

from policy.cli.common import Format, Language
from policy.cli.options import (
    AssessedOption,
    AssumeOption,
    FormatOption,
    LanguageOption,
    OnOption,
    PoliciesOption,
    ProfileArgument,
    ProposedOption,
)


def evaluate(
    profile: ProfileArgument,
    on: OnOption = None,
    assessed_on: AssessedOption = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", help="One outcome instead of all decisions, as policy.name. May be repeated.", metavar="OUTCOME"
        ),
    ] = None,
    assume: AssumeOption = None,
    language: LanguageOption = Language.EN,
    format: FormatOption = Format.TEXT,
    policies: PoliciesOption = None,
    proposed: ProposedOption = False,
) -> None:
    """Judge a profile by the rules of a day.

    Says for every decision whether it is met, and why; or for the outcomes that you name.
    """
    from policy.cli.printing import print_answer

    print_answer(profile, on, assessed_on, only or [], assume or [], language, format, policies, proposed)
