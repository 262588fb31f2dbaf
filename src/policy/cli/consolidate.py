"""`policy consolidate`: the text in force on a day."""

from __future__ import annotations

from typing import Annotated

import typer

from policy.cli.common import PoliciesOption, open_policies, read_day, wrong_use
from policy.diagnostics import did_you_mean
from policy.tools.consolidate import consolidate as consolidated


def consolidate(
    wanted: Annotated[
        str, typer.Argument(help="The policy and the day, such as name@2022-11-16.", metavar="POLICY@DATE")
    ],
    policies: PoliciesOption = None,
) -> None:
    """Print the text of a policy in force on a day, each clause marked by the file it comes from."""
    library = open_policies(policies)
    name, at, day = wanted.partition("@")
    if name not in library.timelines:
        wrong_use(
            f"there is no policy `{name}`",
            did_you_mean(name, library.timelines) or f"choose one of {', '.join(library.timelines)}",
        )
    timeline = library.timelines[name]
    if timeline.dated and not at:
        wrong_use(f"`{wanted}` names no day", f"write `{name}@{timeline.days[-1]}`")
    text = consolidated(timeline, read_day(day) if at else library.first_day)
    if text is None:
        wrong_use(f"`{name}` is not in force on {day}", f"its first text is of {timeline.days[0]}")
    typer.echo(text, nl=False)
