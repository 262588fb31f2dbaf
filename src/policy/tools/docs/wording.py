"""Texts of pages: words with links among them, lines with others below, and patterns that are filled with both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import TypeAlias

from policy.explain.words import PATTERNS
from policy.tools.docs.patterns import PAGE_PATTERNS


@dataclass(frozen=True, slots=True)
class Link:
    """The name of something declared, by which a reader goes to it; `name` is its full name, or that of a policy.

    It leads to the text in force `on` a day; without one, to that of the page it stands on.
    """

    text: str
    name: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the policy file itself, which has no name in any language, such as that of a parameter."""

    text: str


@dataclass(frozen=True, slots=True)
class Web:
    """The address of something on the web."""

    text: str


Part: TypeAlias = str | Link | Term | Web

Words: TypeAlias = tuple[Part, ...]
"""A text with links in it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sentence, and what hangs below it: members of a list, or steps in order."""

    words: Words
    below: tuple[Line, ...] = ()
    in_order: bool = False


def fill(pattern: str, language: str, **parts: Words | str) -> Words:
    """A pattern of pages, or else of explanations, with its parts filled in."""
    found = PAGE_PATTERNS.get(pattern) or PATTERNS[pattern]
    return tidy(_filled(found[language == "fr"], parts))


def _filled(text: str, parts: Mapping[str, Words | str]) -> Iterator[Part]:
    for literal, name, _, _ in Formatter().parse(text):
        yield literal
        if name is not None:
            part = parts[name]
            yield from (part,) if isinstance(part, str) else part


def joined(pieces: list[Words], between: str) -> Words:
    """Several texts with something between each two."""
    parts: list[Part] = []
    for piece in pieces:
        parts += ((between,) if parts else ()) + piece
    return tidy(iter(parts))


def tidy(parts: Iterator[Part]) -> Words:
    """A text without empty pieces, and with neighbours that are plain put together."""
    tidied: list[Part] = []
    for part in parts:
        if isinstance(part, str) and tidied and isinstance(before := tidied[-1], str):
            tidied[-1] = before + part
        elif part != "":
            tidied.append(part)
    return tuple(tidied)


def plain(words: Words) -> str:
    """A text without its links."""
    return "".join(part if isinstance(part, str) else part.text for part in words)


def capital(words: Words) -> Words:
    """A text that begins with a capital."""
    match words:
        case (str(first), *rest):
            return (first[:1].upper() + first[1:], *rest)
        case _:
            return words
