"""What we tell a person about a mistake: one value per mistake, made where it is found, rendered at the edge."""

from policy.diagnostics.diagnostic import Code, Diagnostic, Note, Severity
from policy.diagnostics.mistakes import Mistakes
from policy.diagnostics.nearest import did_you_mean, nearest
from policy.diagnostics.render import as_json, as_text

__all__ = [
    "Code",
    "Diagnostic",
    "Mistakes",
    "Note",
    "Severity",
    "as_json",
    "as_text",
    "did_you_mean",
    "nearest",
]
