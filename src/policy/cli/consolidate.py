"""`policy consolidate`: the text in force on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from policy.cli import errors
from policy.cli.common import MISTAKES_IN_POLICIES, Plain, open_policies, print_json, say, telling
from policy.cli.options import PlainOption, PoliciesOption, ProposedOption
from policy.diagnostics import Mistakes
from policy.pipeline.errors import before_first_day
from policy.pipeline.library import Library, to_day

if TYPE_CHECKING:
    from policy.model.versions import Text


def consolidate(
    wanted: Annotated[
        str,
        typer.Argument(
            help="The policy and the day, such as name@2022-11-16.", metavar="POLICY@DATE", show_default=False
        ),
    ],
    format: PlainOption = Plain.TEXT,
    policies: PoliciesOption = None,
    proposed: ProposedOption = False,
) -> None:
    """Print the text of a policy in force on a day.

    Each declaration says which file it is from. What is printed is itself a policy file, with the same meaning.
    """
    from policy.tools.consolidate import consolidate as consolidated

    library = open_policies(policies, format, proposed=proposed)
    with telling(MISTAKES_IN_POLICIES, format):
        text, day = _text(library, wanted)
    printed = consolidated(text, day)
    if format is Plain.JSON:
        effective = None if text.effective is None else text.effective.isoformat()
        print_json({"policy": text.name, "effective": effective, "text": printed})
    else:
        say(printed.removesuffix("\n"))


def _text(library: Library, wanted: str) -> tuple[Text, date]:
    """The text that is asked for, and the day. Raises Mistakes when there is none."""
    name, _, written = wanted.partition("@")
    timeline = library.timeline(name)
    if timeline.dated and not written:
        raise Mistakes([errors.no_day_for(name, timeline.days[-1])])
    day = to_day(written) if written else library.first_day
    text = timeline.on(day)
    if text is None:
        raise Mistakes([before_first_day(day, timeline.days[0])])
    return text, day
