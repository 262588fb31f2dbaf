"""An explanation as a page of its own: nothing is loaded, nothing runs, and it opens in any browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from policy.explain.markdown import web_link
from policy.explain.report import Citation, Missing, Report, State, Step, Unread
from policy.explain.text import SYMBOLS, clean, decision, mark, said
from policy.explain.words import NBSP, say

CLASSES: Final[Mapping[State, str]] = {
    State.MET: "good",
    State.NOT_MET: "bad",
    State.UNKNOWN: "open",
    State.NOT_APPLICABLE: "quiet",
    State.FAULT: "bad",
    State.VALUE: "plain",
    State.COUNTED: "good",
    State.NOT_COUNTED: "quiet",
    State.POSSIBLE: "open",
}
"""The colour of each state. The sign and the word say the same."""

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may load for this page: nothing but the style in it."""

STYLE: Final = """
:root { color-scheme: light dark;
  --paper: #ffffff; --ink: #1c1c1c; --rule: #c9c9c9;
  --good: #0a6630; --bad: #a8141e; --open: #7a4b00; --quiet: #595959; --link: #0b4f9e; }
@media screen and (prefers-color-scheme: dark) { :root {
  --paper: #17191c; --ink: #ececec; --rule: #4a4d52;
  --good: #77d69a; --bad: #ff9c96; --open: #f0c26a; --quiet: #b4b4b4; --link: #93c1ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 48rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5em; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2em; line-height: 1.35; margin: 0 0 .25rem; }
section, footer { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
p { margin: 0; }
ul { list-style: none; margin: 0; padding: 0; }
li { margin-top: .6rem; }
li ul { margin-left: .55rem; padding-left: .75rem; border-left: 2px solid var(--rule); }
.line { display: grid; grid-template-columns: 1.5rem 1fr; align-items: baseline; }
.beneath { padding-left: 1.5rem; font-size: .95em; }
.sign, .how { font-weight: 700; }
.good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--open); }
.quiet, .cites, footer { color: var(--quiet); }
a { color: var(--link); }
code { font-size: .9em; }
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary > .text::after { content: " \\25BE"; content: " \\25BE" / ""; color: var(--quiet); }
details:not([open]) > summary > .text::after { content: " \\25B8"; content: " \\25B8" / ""; }
summary:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h1, h2, summary { break-after: avoid; }
  li > .line, .beneath { break-inside: avoid; }
  details::details-content { display: block; content-visibility: visible; block-size: auto; }
  summary > .text::after { display: none; }
}
"""


def as_html(report: Report) -> str:
    """A whole HTML document. Every text is escaped, and links lead to the web or are left out."""
    language = "fr" if report.language == "fr" else "en"
    page = Element("html", {"lang": language})
    head = SubElement(page, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    SubElement(head, "meta", {"name": "referrer", "content": "no-referrer"})
    _add(head, "title", report.heading)
    SubElement(head, "style").text = STYLE
    body = SubElement(page, "body")
    header = SubElement(body, "header")
    _add(header, "h1", report.heading)
    _paragraphs(header, report.intro)
    main = SubElement(body, "main")
    if report.assumed:
        _steps(_section(main, "assumed", say("assumed", language)), report.assumed, language)
    _unread(main, report.unread, language)
    for number, step in enumerate(report.outcomes, start=1):
        section = _section(main, f"outcome-{number}")
        _line(SubElement(section, "h2", {"id": f"outcome-{number}"}), step, language)
        _beneath(section, step, language)
        _steps(section, step.children, language)
    _wanted(main, "missing", [fact for fact in report.missing if fact.decision is None], language)
    _wanted(main, "questions", [fact for fact in report.missing if fact.decision is not None], language)
    if report.remarks:
        _steps(_section(main, "remarks", say("remarks", language)), report.remarks, language)
    if report.closing:
        _paragraphs(SubElement(body, "footer"), report.closing)
    ElementTree.indent(page, " ")
    return "<!DOCTYPE html>\n" + ElementTree.tostring(page, encoding="unicode", method="html")


def _add(parent: Element, tag: str, text: str, classes: str = "") -> Element:
    """A new element with a text in it."""
    element = SubElement(parent, tag, {"class": classes} if classes else {})
    element.text = clean(text)
    return element


def _paragraphs(parent: Element, texts: Iterable[str]) -> None:
    for text in texts:
        _add(parent, "p", text)


def _section(main: Element, name: str, heading: str = "") -> Element:
    """A section that is called what its heading says."""
    section = SubElement(main, "section", {"aria-labelledby": name})
    if heading:
        _add(section, "h2", heading).set("id", name)
    return section


def _list(parent: Element) -> Element:
    """A list without bullets; the role tells browsers that it is still one."""
    return SubElement(parent, "ul", {"role": "list"})


def _line(parent: Element, step: Step, language: str) -> None:
    """The sign, what the line is about, and how it came out. A screen reader hears the word and not the sign."""
    title, how = said(step, language)
    colour = CLASSES[step.state]
    parent.set("class", "line")
    _add(parent, "span", SYMBOLS[step.state], f"sign {colour}").set("aria-hidden", "true")
    text = SubElement(parent, "span", {"class": "text"})
    _add(text, "bdi", title)
    if how:
        _add(text, "span", f"—{NBSP}{how}", f"how {colour}")


def _beneath(parent: Element, step: Step, language: str) -> None:
    """Figures, reasons, what could not be confirmed, and the provisions."""
    if not (step.details or step.marks or step.cites):
        return
    beneath = SubElement(parent, "div", {"class": "beneath"})
    _paragraphs(beneath, step.details)
    for text in step.marks:
        _add(beneath, "p", mark(text, language), "open")
    if step.cites:
        cites = SubElement(beneath, "p", {"class": "cites"})
        for number, cite in enumerate(step.cites, start=1):
            _cite(cites, cite).tail = "; " if number < len(step.cites) else ""


def _cite(parent: Element, cite: Citation) -> Element:
    """A citation, as a link where there is one."""
    link = web_link(cite.link)
    element = _add(parent, "a" if link else "bdi", cite.text)
    if link:
        element.set("href", link)
    return element


def _steps(parent: Element, steps: Iterable[Step], language: str) -> None:
    """A list of lines; a line with others beneath it can be folded."""
    items = None
    for step in steps:
        items = items if items is not None else _list(parent)
        item = SubElement(items, "li")
        if step.children:
            item = SubElement(item, "details", {"open": ""})
        _line(SubElement(item, "summary" if step.children else "div"), step, language)
        _beneath(item, step, language)
        _steps(item, step.children, language)


def _wanted(main: Element, name: str, facts: Iterable[Missing], language: str) -> None:
    """What is missing, or left to judgment: its name, its question or provision, and where it goes in the profile."""
    items = None
    for fact in facts:
        items = items if items is not None else _list(_section(main, name, say(name, language)))
        item = SubElement(items, "li")
        _add(SubElement(item, "p"), "strong", fact.label)
        if fact.decision is not None:
            _add(item, "p", decision(fact.decision, language))
        elif fact.question not in ("", fact.label):
            _add(item, "p", fact.question)
        _place(item, fact.path, language)


def _unread(main: Element, facts: Iterable[Unread], language: str) -> None:
    """What is given and was not looked at: its name, and where it stands in the profile."""
    items = None
    for fact in facts:
        items = items if items is not None else _list(_section(main, "unread", say("unread", language)))
        item = SubElement(items, "li")
        _add(item, "p", fact.label)
        _place(item, fact.path, language)


def _place(parent: Element, path: str, language: str) -> None:
    """Where a fact stands in the profile."""
    before, _, after = say("in profile", language, path="\n").partition("\n")
    place = SubElement(parent, "p", {"class": "cites"})
    place.text = before
    _add(place, "code", path).tail = after
