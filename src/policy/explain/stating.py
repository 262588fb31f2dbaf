"""How values are stated in an explanation: the state of a line, its value for programs, and lines that say the same."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from policy.explain.report import State, Step
from policy.frozen import replace
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Fault


def merged(step: Step) -> Step:
    """A value that is just that of the one line beneath it takes in that line."""
    if step.state not in {State.VALUE, State.UNKNOWN} or step.details or len(step.children) != 1:
        return step
    (child,) = step.children
    if (
        child.day != step.day
        or child.value != step.value
        or child.state is not step.state
        or not (child.name or step.value)
    ):
        return step
    return replace(
        step,
        details=child.details,
        cites=tuple(dict.fromkeys((*step.cites, *child.cites))),
        marks=tuple(dict.fromkeys((*step.marks, *child.marks))),
        children=child.children,
    )


def data_of(value: object) -> bool | int | str | None:
    """A value for programs; see `Step`."""
    match value:
        case bool() | int() | str():
            return value
        case Fraction():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return None


def is_special(value: object) -> bool:
    """Whether a value is no ordinary one: unknown, none, not applicable or a fault."""
    return value is UNKNOWN or value is NOT_APPLICABLE or value is None or isinstance(value, Fault)


def state_of(value: object, yes_no: bool) -> State:
    """How a line with this value came out; yes and no are met and not met where that is what the line is about."""
    if value is UNKNOWN:
        return State.UNKNOWN
    if value is NOT_APPLICABLE:
        return State.NOT_APPLICABLE
    if isinstance(value, Fault):
        return State.FAULT
    if yes_no and isinstance(value, bool):
        return State.MET if value else State.NOT_MET
    return State.VALUE


def state_kept(result: object, certain: bool) -> State:
    """Whether a member of a list is in it, by the condition it was tested with."""
    if result is False:
        return State.NOT_COUNTED
    if result is True:
        return State.COUNTED if certain else State.POSSIBLE
    return State.POSSIBLE if result is UNKNOWN else State.FAULT
