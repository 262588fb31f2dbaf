"""Citations as each language writes them, and links to where the text is published."""

from __future__ import annotations

import re
from typing import Final

from policy.explain.report import Citation
from policy.explain.wording import Wording
from policy.syntax.clauses import Reference

SECTION: Final = re.compile(r"\d+(?:\.\d+)*")
PROVISION: Final = re.compile(
    r"(?P<section>\d+(?:\.\d+)*)?(?P<brackets>(?:\([0-9A-Za-z.]+\))+)|(?P<alone>\d+(?:\.\d+)*)"
)
BRACKET: Final = re.compile(r"\(([0-9A-Za-z.]+)\)")
JOINING: Final = {"to": "à", "and": "et", "or": "ou"}
LEVELS: Final = ("art.", "par.", "al.", "s.-al.", "div.")
"""French abbreviations of section, subsection, paragraph, subparagraph and clause."""


def citation(reference: Reference, wording: Wording, language: str) -> Citation:
    """A reference in words, with a link where its source says how to make one."""
    source = wording.sources.get(reference.source)
    if source is None:
        return Citation(f"{reference.source} {reference.locator}".strip())
    short = source.abbreviated.get(language)
    locator = locator_in(reference, language)
    text = f"{short}, {locator}" if language == "fr" else f"{short} {locator}"
    if source.form is not None and locator:
        text = source.form.get(language).replace("{locator}", locator)
    if not locator:
        text = short
    link = None
    if source.link is not None:
        pattern = source.link.get(language)
        section = SECTION.match(reference.locator)
        if "{section}" not in pattern:
            link = pattern
        elif section is not None:
            link = pattern.replace("{section}", section.group())
    return Citation(text, link)


def locator_in(reference: Reference, language: str) -> str:
    """The place in a source, in one language: provisions are turned into French mechanically."""
    if reference.locator_fr is not None:
        return reference.locator_fr if language == "fr" else reference.locator
    if language != "fr" or not SECTION.match(reference.locator):
        return reference.locator
    return french_provisions(reference.locator)


def french_provisions(text: str) -> str:
    """`87.1(2)(a) to (c)` as `al. 87.1(2)a) à c)`: paragraphs lose their opening bracket, by depth and not by letter.

    The word for the level stands before the first provision of that level.
    """
    words: list[str] = []
    level = -1
    for word in re.split(r"(\s+|,\s*)", text):
        bare = word.strip()
        if bare in JOINING:
            words.append(JOINING[bare])
        elif not PROVISION.fullmatch(bare):
            words.append(word)
        elif bare.startswith("("):
            words.append("".join(_bracket(part, level) for part in BRACKET.findall(bare)))
        else:
            before, (level, french) = level, _from_section(bare)
            words.append(french if level == before else f"{LEVELS[min(level, 4)]} {french}")
    return "".join(words)


def _from_section(text: str) -> tuple[int, str]:
    """A provision that begins with its section: how deep it goes (0 for the section itself), and its French form."""
    match = SECTION.match(text)
    assert match is not None
    brackets = BRACKET.findall(text[match.end() :])
    first = 1 if brackets and brackets[0][0].isdigit() else 2
    french = match.group() + "".join(_bracket(part, first + i) for i, part in enumerate(brackets))
    return (first + len(brackets) - 1 if brackets else 0), french


def _bracket(part: str, level: int) -> str:
    """One bracket: paragraphs (level 2) are written `a)`, all others keep both signs."""
    return f"{part})" if level == 2 else f"({part})"
