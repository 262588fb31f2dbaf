"""What an explanation holds, before it is printed in any form. All texts are in one language already."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from policy.frozen import dataclass


class State(StrEnum):
    """How a line of an explanation came out."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
    FAULT = "fault"
    VALUE = "value"
    COUNTED = "counted"
    NOT_COUNTED = "not counted"
    POSSIBLE = "possibly counted"


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision as people write it in the language of the report, and where it is published, if that is known."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation, and the lines beneath it.

    `title` says what it is about, `value` what it is (empty for yes and no, which `state` says), `details` the figures
    against their thresholds and the reasons. `name` is the full name of what is declared, "" for what is not. `data` is
    the value for programs: a yes or no, a whole number, a day or word as text, any other number as `11880/7`. `day` is
    the day of whose text the line is, and those beneath it, where that is another than the day of the answer.
    """

    state: State
    title: str
    value: str = ""
    details: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    marks: tuple[str, ...] = ()
    name: str = ""
    data: bool | int | str | None = None
    children: tuple[Step, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that is not known and on which an outcome waits: its place in the profile, its label and its question.

    `decision` is the provision under which somebody must decide, for an open question; None for a plain fact.
    """

    path: str
    label: str
    question: str
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A fact that the profile gives and that was not looked at because of an assumption: its place, and its label."""

    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Report:
    """An answer explained: for each outcome a tree, what is missing, what somebody must decide, and remarks.

    It is `proposed` where it rests on text that is no law. `assumed` are the values that were given in place of what
    the rules would work out, `unread` the facts that were not looked at because of them.
    """

    language: str
    day: date
    assessed_on: date
    heading: str
    intro: tuple[str, ...]
    outcomes: tuple[Step, ...]
    missing: tuple[Missing, ...]
    remarks: tuple[Step, ...]
    closing: tuple[str, ...]
    proposed: bool = False
    assumed: tuple[Step, ...] = ()
    unread: tuple[Unread, ...] = ()
