"""Mistakes on their way to the caller."""

from __future__ import annotations

from collections.abc import Iterable

from policy.diagnostics.diagnostic import Diagnostic
from policy.diagnostics.render import as_text


class Mistakes(Exception):
    """Everything found wrong with what somebody gave us. Carries `diagnostics`."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return as_text(self.diagnostics)
