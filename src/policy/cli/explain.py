"""`policy explain`: why one outcome is what it is."""

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


def explain(
    outcome: Annotated[str, typer.Argument(help="The outcome, as policy.name.", metavar="OUTCOME", show_default=False)],
    profile: ProfileArgument,
    on: OnOption = None,
    assessed_on: AssessedOption = None,
    assume: AssumeOption = None,
    language: LanguageOption = Language.EN,
    format: FormatOption = Format.TEXT,
    policies: PoliciesOption = None,
    proposed: ProposedOption = False,
) -> None:
    """Say why one outcome is what it is.

    Any outcome can be asked for: a decision, a requirement, a level, an amount of hours.
    """
    from policy.cli.printing import print_answer

    print_answer(profile, on, assessed_on, [outcome], assume or [], language, format, policies, proposed)
