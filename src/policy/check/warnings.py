"""What is doubtful in declarations that mean something: it stops nothing, and somebody should look at it."""

from __future__ import annotations

from policy.diagnostics import Code, Diagnostic, Note, Severity
from policy.text import Span

UNGUARDED_NONE = Code(
    "unguarded-none", "Something that may be none is read where nothing makes certain that it is given."
)

BACKWARD_PERIOD = Code("backward-period", "A period that runs from a fact is counted back from another day.")
FIGURE_ABOVE_CAP = Code("figure-above-cap", "A figure alone is above the `up to` that it stands under.")
CAP_NEVER_REACHED = Code("cap-never-reached", "Points can never come up to their `up to`.")


def _places(declared: Span | None) -> tuple[Note, ...]:
    return () if declared is None else (Note("it is declared `optional` here", declared),)


def unguarded(span: Span, declared: Span | None) -> Diagnostic:
    """`ended_on < assessed_on` where there may be no `ended_on`."""
    what = " ".join(span.text.split())
    help = f"say what holds then: `when {what} is none then … otherwise …`, or `{what} is given and …`"
    if " " in what:
        help = "give it a name with `define`, and say what holds then: `when NAME is none then … otherwise …`"
    return Diagnostic(
        UNGUARDED_NONE,
        f"`{what}` may be none, and is read here without a guard",
        span,
        help,
        notes=_places(declared),
        severity=Severity.WARNING,
    )


def unguarded_use(span: Span, read: Span, declared: Span | None) -> Diagnostic:
    """A definition that reads what may be none, used where it may be none."""
    what = " ".join(span.text.split())
    return Diagnostic(
        UNGUARDED_NONE,
        f"`{what}` reads `{' '.join(read.text.split())}`, which may be none, and is used here without a guard",
        span,
        "say what holds then, there or here: with `when … is none then …`, or `… is given and …`",
        notes=(Note("it is read here", read), *_places(declared)),
        severity=Severity.WARNING,
    )


def backward(span: Span, fact: str, day: str, ways: tuple[str, str], elsewhere: Span | None) -> Diagnostic:
    """`result_on > assessed_on - 2 years`; the ways to write it are forward, and as a window."""
    return Diagnostic(
        BACKWARD_PERIOD,
        f"a period that runs from `{fact}` is counted back from `{day}`: around the end of February the two differ",
        span,
        f"write `{ways[0]}`, or, for a window that the law counts back, `{ways[1]}`",
        notes=() if elsewhere is None else (Note("it is counted back here", elsewhere),),
        severity=Severity.WARNING,
    )


def figure_above_cap(span: Span, name: str, figure: str, cap: str, place: Span) -> Diagnostic:
    """A branch or a cell with more points than the most there can be."""
    return Diagnostic(
        FIGURE_ABOVE_CAP,
        f"`{name}` is up to {cap}, and one of its figures is {figure}",
        span,
        "correct the one or the other; what is meant to be cut is a sum",
        notes=(Note("the figure", place),),
        severity=Severity.WARNING,
    )


def cap_never_reached(span: Span, name: str, most: str, cap: str) -> Diagnostic:
    """A cap above everything that the points can come to."""
    return Diagnostic(
        CAP_NEVER_REACHED,
        f"`{name}` is up to {cap}, and comes to {most} at most",
        span,
        "correct the figures or the cap, or leave the cap out",
        severity=Severity.WARNING,
    )
