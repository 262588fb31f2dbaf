"""Reads an HTML page as a browser would: which elements it has, what a person sees of it, and where its links lead."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset(("br", "meta"))
UNSEEN: Final = frozenset(("head", "style", "title"))
BLOCKS: Final = frozenset(("div", "footer", "h1", "h2", "header", "li", "main", "p", "section", "summary", "ul", "br"))


class Page(HTMLParser):
    """A page that has been read. Raises AssertionError where an element is not closed, or closed out of turn."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.parents: list[tuple[str, ...]] = []
        """For each element, those around it."""
        self.lines: list[str] = []
        """What is seen, a block a line, its white space as a browser shows it."""
        self._inside: list[str] = []
        self._seen = ""
        self.feed(text)
        self.close()
        self._end_line()
        assert self._inside == []

    @property
    def tags(self) -> set[str]:
        """The names of the elements."""
        return {tag for tag, _ in self.elements}

    @property
    def links(self) -> list[str]:
        """Where the links lead."""
        return [str(attributes["href"]) for tag, attributes in self.elements if tag == "a"]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert len(dict(attributes)) == len(attributes)
        self.elements.append((tag, dict(attributes)))
        self.parents.append(tuple(self._inside))
        if tag in BLOCKS:
            self._end_line()
        if tag not in VOID:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop() == tag
        if tag in BLOCKS:
            self._end_line()

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.handle_starttag(tag, attributes)

    def handle_data(self, data: str) -> None:
        if not UNSEEN & set(self._inside):
            self._seen += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def _end_line(self) -> None:
        line = re.sub(r"[ \t\n\f\r]+", " ", self._seen).strip(" ")
        if line:
            self.lines.append(line)
        self._seen = ""
