"""Citations as each language writes them, and links to where the text is published."""

from __future__ import annotations

import re
from typing import Final

from policy.explain.report import Citation
from policy.model.program import Program
from policy.syntax.tree import Pair, Reference

SECTION: Final = re.compile(r"\d+(?:\.\d+)*")
PROVISION: Final = re.compile(
    r"(?P<section>\d+(?:\.\d+)*)?(?P<brackets>(?:\([0-9A-Za-z.]+\))+)|(?P<alone>\d+(?:\.\d+)*)"
)
BRACKET: Final = re.compile(r"\(([0-9A-Za-z.]+)\)")
JOINING: Final = {"to": "à", "and": "et", "or": "ou"}
LEVELS: Final = ("art.", "par.", "al.", "s.-al.", "div.")
"""French abbreviations of section, subsection, paragraph, subparagraph and clause."""


def citation(reference: Reference, sources: Program, language: str) -> Citation:
    """A reference in words, with a link where its source says how to make one."""
    source = sources.sources.get(reference.source)
    if source is None:
        return Citation(f"{reference.source} {reference.locator}".strip())
    short = _in_language(source.abbreviated, language) or source.name
    locator = locator_in(reference, language)
    text = f"{short}, {locator}" if language == "fr" else f"{short} {locator}"
    if source.form is not None and locator:
        text = _in_language(source.form, language).replace("{locator}", locator)
    if not locator:
        text = short
    link = None
    if source.link is not None:
        pattern = _in_language(source.link, language)
        section = SECTION.match(reference.locator)
        if "{section}" not in pattern:
            link = pattern
        elif section is not None:
            link = pattern.replace("{section}", section.group())
    return Citation(text, link)


def _in_language(pair: Pair | None, language: str) -> str:
    """One of two texts; the other one when it is missing."""
    if pair is None:
        return ""
    return ((pair.fr or pair.en) if language == "fr" else (pair.en or pair.fr)) or ""


def locator_in(reference: Reference, language: str) -> str:
    """The place in a source, in one language: provisions are turned into French mechanically."""
    if reference.locator_fr is not None:
        return reference.locator_fr if language == "fr" else reference.locator
    if language != "fr" or not SECTION.match(reference.locator):
        return reference.locator
    return french_provisions(reference.locator)


def french_provisions(text: str) -> str:
    """`87.1(2)(a) to (c)` as `al. 87.1(2)a) à c)`: paragraphs lose their opening bracket, by depth and not by letter."""
    words: list[str] = []
    before = ""
    depth = 0
    for word in re.split(r"(\s+|,\s*)", text):
        bare = word.strip()
        if not bare or bare == ",":
            words.append(word)
            continue
        if bare in JOINING:
            words.append(JOINING[bare])
            continue
        match = PROVISION.fullmatch(bare)
        if match is None:
            words.append(word)
            continue
        if match["alone"] or match["section"]:
            base, depth, french = _from_section(bare)
            words.append(f"{LEVELS[min(depth, 4)]} {french}" if base != before else french)
            before = base
        else:
            last = BRACKET.findall(bare)
            words.append("".join(_bracket(letters, depth) for letters in last))
    return "".join(words)


def _from_section(text: str) -> tuple[str, int, str]:
    """A provision that begins with its section: the section, how deep it goes, and its French form."""
    match = SECTION.match(text)
    assert match is not None
    section, rest = match.group(), BRACKET.findall(text[match.end() :])
    if not rest:
        return section + "|", 0, section
    subsection = rest[0][0].isdigit()
    first_level = 1 if subsection else 2
    french = section + "".join(_bracket(part, first_level + i) for i, part in enumerate(rest))
    return section + "|", first_level + len(rest) - 1, french


def _bracket(part: str, level: int) -> str:
    """One bracket: paragraphs (level 2) are written `a)`, all others keep both signs."""
    return f"{part})" if level == 2 else f"({part})"
