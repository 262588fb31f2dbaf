"""An explanation as Markdown: headings and nested lists, with links to the provisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

from policy.explain.report import Citation, Missing, Report, State, Step, Unread
from policy.explain.text import SYMBOLS, clean, decision, mark, said
from policy.explain.words import say

SPECIAL: Final = re.compile(
    r"[\\`*_{}\[\]|~#^$@]"  # emphasis, code, links, tables, and what dialects add
    r"|:(?=\S)|(?<=\S)\.(?=[^\W\d_])"  # links and signs without brackets: `https://`, `example.org`, `:smile:`
    r"|^[-+=%:]"  # lists, rules, underlines, comments
)
NUMBERED: Final = re.compile(r"^(\d+)([.)])")
ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

LINK: Final = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"\\^`{|}]+", re.IGNORECASE)
UNTOUCHED_IN_LINKS: Final = ":/?#[]@!$&'*+,;=%~"
"""What a link is written with and Markdown leaves alone there. Brackets, which would end the link, are not among it."""


def as_markdown(report: Report) -> str:
    """A page of CommonMark. A text of the report is always text on it, and its links are those of the citations."""
    language = report.language
    blocks = [f"# {escape(report.heading)}", *map(escape, report.intro)]
    assumed = _lines(_steps(report.assumed, language))
    unread = _lines(_unread(fact, language) for fact in report.unread)
    blocks += _lists(language, assumed=assumed, unread=unread)
    for step in report.outcomes:
        blocks += [f"## {_title(step, language)}", _cites(step.cites), *_beneath(step, language)]
        blocks.append(_lines(_steps(step.children, language)))
    facts = _lines(_wanted(fact, language) for fact in report.missing if fact.decision is None)
    questions = _lines(_wanted(fact, language) for fact in report.missing if fact.decision is not None)
    remarks = _lines(_steps(report.remarks, language))
    blocks += _lists(language, missing=facts, questions=questions, remarks=remarks)
    blocks += map(escape, report.closing)
    return "\n\n".join(filter(None, blocks))


def _lists(language: str, **lists: str) -> Iterator[str]:
    """Lists under their headings; one that holds nothing is left out."""
    for name, entries in lists.items():
        if entries:
            yield f"## {say(name, language)}"
            yield entries


def escape(text: str) -> str:
    """A text that Markdown prints as it is, wherever on a line it stands."""
    plain = NUMBERED.sub(r"\1\\\2", SPECIAL.sub(r"\\\g<0>", clean(text)))
    return re.sub("[&<>]", lambda found: ENTITIES[found.group()], plain)


def web_link(link: str | None) -> str | None:
    """A link that leads to the web and holds nothing but its address; None for any other."""
    return link if link is not None and LINK.fullmatch(link) else None


def _title(step: Step, language: str) -> str:
    """The sign, what the line is about, and how it came out; a plain value has the bullet of its list."""
    title, how = said(step, language)
    sign = "" if step.state is State.VALUE else f"{escape(SYMBOLS[step.state])} "
    return f"{sign}{escape(title)}" + (f" — **{escape(how)}**" if how else "")


def _cites(cites: Iterable[Citation]) -> str:
    return "; ".join(map(_cite, cites))


def _cite(cite: Citation) -> str:
    """A citation, as a link where there is one."""
    text, link = escape(cite.text), web_link(cite.link)
    if not link or not text:
        return text
    return f"[{text}]({quote(link, safe=UNTOUCHED_IN_LINKS).replace('&', ENTITIES['&'])})"


def _beneath(step: Step, language: str) -> Iterator[str]:
    """The lines of a step without signs: figures, reasons, and what could not be confirmed."""
    yield from map(escape, step.details)
    yield from (f"*{escape(mark(text, language))}*" for text in step.marks)


def _steps(steps: Iterable[Step], language: str, depth: int = 0) -> Iterator[str]:
    """The items of a list, with the lists in them."""
    for step in steps:
        cites = _cites(step.cites)
        first = _title(step, language) + (f" ({cites})" if cites else "")
        yield _item((first, *_beneath(step, language)), depth)
        yield from _steps(step.children, language, depth + 1)


def _wanted(fact: Missing, language: str) -> str:
    """A fact that is missing, or a question that somebody must decide."""
    label, path = escape(fact.label), say("in profile", language, path=_code(fact.path))
    first = f"**{label}** ({path})" if label else path
    if fact.decision is not None:
        return _item((first, escape(decision(fact.decision, language))))
    return _item((first, escape(fact.question if fact.question != fact.label else "")))


def _unread(fact: Unread, language: str) -> str:
    """A fact that was not looked at, and where it stands."""
    return _item((f"{escape(fact.label)} ({say('in profile', language, path=_code(fact.path))})",))


def _item(lines: Iterable[str], depth: int = 0) -> str:
    """An item of a list; a backslash at the end of a line keeps the next one apart."""
    margin = "  " * depth
    return f"{margin}- " + f"\\\n{margin}  ".join(filter(None, lines))


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _code(text: str) -> str:
    """A text as code, between more backticks than it has in a row."""
    plain = clean(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", plain)), default=0))
    space = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{space}{plain}{space}{fence}" if plain else ""
