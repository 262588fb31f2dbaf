"""What is doubtful in a program without mistakes: only those who write it want to know, so it is looked for apart."""

from __future__ import annotations

from collections.abc import Iterator

from policy.check.absence import check_absence
from policy.check.backward import check_backward
from policy.check.caps import check_caps
from policy.check.checked import Checked
from policy.diagnostics import Diagnostic


def doubts(checked: Checked) -> Iterator[Diagnostic]:
    """The warnings about a program; none while there are mistakes in it, which may be behind them."""
    if checked.sound:
        yield from check_absence(checked)
        yield from check_backward(checked)
        yield from check_caps(checked)
