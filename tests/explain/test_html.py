"""An explanation as a page: it loads nothing, runs nothing, is well formed, and can be used by everybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library_reports import ENGLISH, FRENCH, HOSTILE_LINKS, HOSTILE_TEXTS, deep, empty, hostile
from page_reading import Page
from syrupy.assertion import SnapshotAssertion

from policy.explain.html import CLASSES, STYLE, as_html
from policy.explain.report import Citation, Report, State, Step
from policy.explain.text import SYMBOLS, clean
from policy.explain.words import NBSP, state_word

REPORTS: Final = {"english": ENGLISH, "french": FRENCH}
STRUCTURE: Final = frozenset(("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section"))
CONTENT: Final = frozenset(
    ("h1", "h2", "p", "ul", "li", "div", "span", "bdi", "strong", "code", "a", "details", "summary")
)
ATTRIBUTES: Final = frozenset(
    (
        "aria-hidden",
        "aria-labelledby",
        "charset",
        "class",
        "content",
        "href",
        "http-equiv",
        "id",
        "lang",
        "name",
        "open",
        "role",
    )
)
LIGHT_AND_DARK: Final = tuple(
    dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{([^}]*)\}", STYLE)
)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_as_a_page(name: str, snapshot: SnapshotAssertion) -> None:
    """The style is the same on every page and is left out here."""
    assert as_html(REPORTS[name]).replace(STYLE, "") == snapshot


@pytest.mark.parametrize("name", REPORTS)
def test_what_is_seen_of_a_page(name: str, snapshot: SnapshotAssertion) -> None:
    assert "\n".join(Page(as_html(REPORTS[name])).lines) == snapshot


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_a_page_stands_alone(report: Report) -> None:
    text = as_html(report)
    page = Page(text)
    assert text.startswith("<!DOCTYPE html>\n<html lang=")
    assert page.tags <= STRUCTURE | CONTENT
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert {"http-equiv": "Content-Security-Policy"}.items() <= next(
        attributes.items() for tag, attributes in page.elements if "http-equiv" in attributes
    )


@pytest.mark.parametrize(("report", "language"), [(ENGLISH, "en"), (FRENCH, "fr")])
def test_a_page_says_its_language(report: Report, language: str) -> None:
    assert Page(as_html(report)).elements[0] == ("html", {"lang": language})


@pytest.mark.parametrize("report", [*REPORTS.values(), hostile("x"), deep(5), empty()])
def test_headings_ids_and_labels_are_in_order(report: Report) -> None:
    page = Page(as_html(report))
    levels = [int(tag[1]) for tag, _ in page.elements if tag in ("h1", "h2")]
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    labels = [attributes["aria-labelledby"] for tag, attributes in page.elements if tag == "section"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert ids == labels
    assert len(set(ids)) == len(ids)


def test_what_can_be_folded_is_open_and_holds_no_link_in_its_handle() -> None:
    page = Page(as_html(ENGLISH))
    kinds = [(tag, attributes, parents) for (tag, attributes), parents in zip(page.elements, page.parents, strict=True)]
    assert all("open" in attributes for tag, attributes, _ in kinds if tag == "details")
    assert all(parents[-1] == "details" for tag, _, parents in kinds if tag == "summary")
    assert not any("summary" in parents for tag, _, parents in kinds if tag == "a")
    assert all(parents[-1] == "ul" for tag, _, parents in kinds if tag == "li")
    assert ("details", "summary") in pairwise(tag for tag, _, _ in kinds)


@pytest.mark.parametrize("state", [state for state in State if state is not State.VALUE])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_state_is_told_by_sign_and_word_and_colour(state: State, language: str) -> None:
    page = Page(as_html(replace(empty(language), outcomes=(Step(state, "Title"),))))
    assert page.lines == ["Answer", f"{SYMBOLS[state]} Title —{NBSP}{state_word(state, language)}"]
    assert ("span", {"class": f"how {CLASSES[state]}"}) in page.elements


@pytest.mark.parametrize("palette", LIGHT_AND_DARK, ids=["light", "dark"])
def test_colours_can_be_told_from_the_paper(palette: Mapping[str, str]) -> None:
    """WCAG AA asks for 4.5."""
    texts = {"ink", "link"} | set(CLASSES.values()) - {"plain"}
    assert texts <= set(palette)
    assert {name for name in texts if contrast(palette[name], palette["paper"]) < 4.5} == set()


def contrast(one: str, other: str) -> float:
    """How far apart two colours are, from 1 to 21, as WCAG reckons it."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """How bright a colour like `#1c1c1c` is, from 0 to 1, as WCAG reckons it."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_text_stays_a_text(text: str) -> None:
    """Every text is the same here, so any element that the text of another report lacks would be its doing."""
    written = as_html(hostile(text))
    page, harmless = Page(written), Page(as_html(hostile("harmless" if clean(text) else "")))
    written.encode("utf-8")
    assert page.elements == harmless.elements
    assert {name for _, attributes in page.elements for name in attributes} <= ATTRIBUTES
    assert page.lines[0] == clean(text) or not clean(text)


@given(st.text())
def test_any_text_stays_a_text(text: str) -> None:
    page, harmless = Page(as_html(hostile(text))), Page(as_html(hostile("harmless" if clean(text) else "")))
    assert page.elements == harmless.elements


@pytest.mark.parametrize(
    ("link", "followed"),
    [
        *((link, False) for link in HOSTILE_LINKS),
        ("https://library.example.org/rules?a=1&b=2#s-1", True),
        ("HTTP://library.example.org", True),
        ("https://bibliotheque.example.org/règles_(toutes)", True),
        ("https://library.example.org/a) [x](javascript:alert(1)", False),
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(link: str, followed: bool) -> None:
    step = Step(State.MET, "Title", cites=(Citation("Rules", link), Citation("Manual")))
    page = Page(as_html(replace(empty(), outcomes=(step,))))
    assert page.links == ([link] if followed else [])
    assert page.lines[-1] == "Rules; Manual"


def test_lists_are_nested() -> None:
    page = Page(as_html(deep(30)))
    assert max(parents.count("ul") for parents in page.parents) == 30


def test_a_report_with_nothing_to_say_is_its_heading() -> None:
    assert Page(as_html(empty())).lines == ["Answer"]
