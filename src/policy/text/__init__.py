"""Text and places in it: sources, spans, and the line and column a person counts.

The lowest floor. Offsets count characters everywhere; lines and columns, from 1, are worked out here only.
"""

from policy.text.source import Position, Source, Span, shown

__all__ = ["Position", "Source", "Span", "shown"]
