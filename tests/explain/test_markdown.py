"""An explanation as Markdown: lists and links, and texts that stay texts whatever is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library_reports import ENGLISH, FRENCH, HOSTILE_LINKS, HOSTILE_TEXTS, deep, empty, hostile
from markdown_it import MarkdownIt
from page_reading import Page
from syrupy.assertion import SnapshotAssertion

from policy.explain.markdown import as_markdown, escape, web_link
from policy.explain.report import Citation, Report, State, Step
from policy.explain.text import SYMBOLS, clean, decision, mark, said
from policy.explain.words import say

REPORTS: Final = {"english": ENGLISH, "french": FRENCH}
DIALECTS: Final = {
    "commonmark": MarkdownIt("commonmark"),
    "tables": MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]),
}


def printed(report: Report, dialect: str = "commonmark") -> Page:
    """The page that a Markdown program makes of a report."""
    return Page(DIALECTS[dialect].render(as_markdown(report)))


def expected_lines(report: Report) -> Iterator[str]:
    """What a reader of the page must see, line by line; a browser shows one space where there are several."""
    return filter(None, (re.sub(" +", " ", line).strip(" ") for line in all_lines(report)))


def all_lines(report: Report) -> Iterator[str]:
    language = report.language
    yield from map(clean, (report.heading, *report.intro))
    for step in report.outcomes:
        yield title(step, language)
        yield "; ".join(clean(cite.text) for cite in step.cites)
        yield from beneath(step, language)
        yield from items(step.children, language)
    for name, wanted in (("missing", False), ("questions", True)):
        facts = [fact for fact in report.missing if (fact.decision is not None) == wanted]
        yield say(name, language) if facts else ""
        for fact in facts:
            label, place = clean(fact.label), say("in profile", language, path=clean(fact.path))
            yield f"{label} ({place})" if label else place
            yield clean(fact.question) if fact.decision is None else decision(fact.decision, language)
    yield say("remarks", language) if report.remarks else ""
    yield from items(report.remarks, language)
    yield from map(clean, report.closing)


def title(step: Step, language: str) -> str:
    about, how = said(step, language)
    sign = "" if step.state is State.VALUE else f"{SYMBOLS[step.state]} "
    return f"{sign}{about}" + (f" — {how}" if how else "")


def beneath(step: Step, language: str) -> Iterator[str]:
    yield from map(clean, step.details)
    yield from (mark(text, language) for text in step.marks)


def items(steps: tuple[Step, ...], language: str) -> Iterator[str]:
    for step in steps:
        cites = "; ".join(clean(cite.text) for cite in step.cites)
        yield title(step, language) + (f" ({cites})" if cites else "")
        yield from beneath(step, language)
        yield from items(step.children, language)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_as_markdown(name: str, snapshot: SnapshotAssertion) -> None:
    assert as_markdown(REPORTS[name]) == snapshot


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_the_page_says_what_the_report_says(report: Report) -> None:
    assert printed(report).lines == list(expected_lines(report))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_text_stays_a_text(text: str, dialect: str) -> None:
    page = printed(hostile(text), dialect)
    assert page.tags <= {"h1", "h2", "p", "ul", "li", "br", "em", "strong", "code", "a"}
    assert all("evil" not in link and "script" not in link.lower() for link in page.links)
    assert page.lines == list(expected_lines(hostile(text)))


@given(st.text(st.characters(codec="utf-8")) | st.text(alphabet="a1 *_`[]()<>&|~#+-=.:!\\\n\"'{}$^@%/"))
def test_any_text_stays_a_text(text: str) -> None:
    assert printed(hostile(text), "tables").lines == list(expected_lines(hostile(text)))


def test_citations_are_links_where_there_is_a_link() -> None:
    cites = (Citation("Rules 1(a)", "https://library.example.org/rules_(all)?a=1&b=*#s-1"), Citation("Rules 2"))
    page = printed(replace(empty(), outcomes=(Step(State.MET, "Title", cites=cites),)))
    assert page.links == ["https://library.example.org/rules_%28all%29?a=1&b=*#s-1"]
    assert "Rules 1(a); Rules 2" in page.lines


@pytest.mark.parametrize("link", HOSTILE_LINKS)
def test_a_link_leads_to_the_web_or_nowhere(link: str) -> None:
    if web_link(link) is None:
        return
    step = Step(State.MET, "Title", cites=(Citation("Rules", link),))
    page = printed(replace(empty(), outcomes=(step,)))
    assert page.tags == {"h1", "h2", "p", "a"}
    assert page.lines == ["Answer", "✓ Title — met", "Rules"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Town: Hillside, 2024-01-15 (4.5 hours)", "Town: Hillside, 2024-01-15 (4.5 hours)"),
        ("* _ ` [ ] | ~ # \\", r"\* \_ \` \[ \] \| \~ \# \\"),
        ("<b> & c", "&lt;b&gt; &amp; c"),
        ("1. one", r"1\. one"),
        ("1) one", r"1\) one"),
        ("- one - two", r"\- one - two"),
        ("===", r"\==="),
        ("https://example.org www.example.org", r"https\://example\.org www\.example\.org"),
        ("15 000 $", r"15 000 \$"),
    ],
)
def test_only_what_is_special_is_escaped(text: str, expected: str) -> None:
    assert escape(text) == expected


def test_lists_are_nested() -> None:
    page = printed(deep(8))
    assert max(parents.count("ul") for parents in page.parents) == 8


def test_a_report_with_nothing_to_say_is_its_heading() -> None:
    assert as_markdown(empty()) == "# Answer"
