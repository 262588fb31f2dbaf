"""Pages as nodes that Sphinx prints in any format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.writers.html5 import HTML5Translator

from policy.diagnostics import Diagnostic
from policy.explain.markdown import web_link
from policy.explain.report import Citation
from policy.tools.docs.grids import Grid, GridRow
from policy.tools.docs.page import Change, Group, Page, Tried
from policy.tools.docs.pieces import Block, Piece
from policy.tools.docs.wording import Line, Link, Part, Term, Web, Words, capital, fill, plain

DOMAIN: Final = "policy"

WIDEST: Final = 40
"""The most characters that a column takes in plain text."""


class column_head(nodes.entry):
    """The head of a column of a table."""


class row_head(nodes.entry):
    """The head of a row of a table."""


def visit_column_head(self: HTML5Translator, node: nodes.entry) -> None:
    """Print the head of a column as such."""
    _scoped(self, node, "col")


def visit_row_head(self: HTML5Translator, node: nodes.entry) -> None:
    """Print the head of a row as such."""
    _scoped(self, node, "row")


def depart_head(self: HTML5Translator, node: nodes.entry) -> None:
    """End a head."""
    self.depart_entry(node)


def _scoped(writer: HTML5Translator, node: nodes.entry, scope: str) -> None:
    """Print a cell that heads others, and say which, for those who hear the table."""
    writer.visit_entry(node)
    writer.body[-1] = writer.body[-1].replace("<th", f'<th scope="{scope}"', 1)


def _widths(grid: Grid) -> list[int]:
    """How many characters the columns of a table take, where a page is plain text."""
    columns = zip(grid.head, *(row.cells for row in grid.rows), strict=True)
    return [min(max(len(plain(words)) for words in column) + 2, WIDEST) for column in columns]


@dataclass(frozen=True, slots=True)
class Printer:
    """Makes the nodes of one page, in its language.

    Its links lead to the text of its own policy that begins on the day `since`, and to the texts of others on `day`.
    """

    language: str
    docname: str
    policy: str
    since: str
    day: str

    def say(self, pattern: str, **parts: Words | str) -> Words:
        """A pattern in the language."""
        return fill(pattern, self.language, **parts)

    # -------------------------------------------------------------- texts

    def inline(self, words: Words) -> list[nodes.Node]:
        """A text with its links."""
        return [self._part(part) for part in words]

    def _part(self, part: Part) -> nodes.Node:
        match part:
            case Link(text=text, name=name, on=on):
                own = name.partition(".")[0] == self.policy
                since = on.isoformat() if on is not None else self.since if own else None
                return self.xref(text, name, since, self.language)
            case Term(text=text):
                return nodes.literal("", text)
            case Web(text=text):
                link = web_link(text)
                return nodes.Text(text) if link is None else nodes.reference("", text, refuri=link)
            case _:
                return nodes.Text(part)

    def xref(self, text: str, name: str, since: str | None, language: str) -> nodes.Node:
        """A link to something declared, or to a policy, in a language; in the text `since` a day, if one is given."""
        where = {"policy_day": self.day, "policy_since": since, "policy_language": language}
        kind = "rule" if "." in name else "rules"
        link = pending_xref(
            "", refdomain=DOMAIN, reftype=kind, reftarget=name, refexplicit=True, refwarn=False, **where
        )
        link["refdoc"] = self.docname
        link += nodes.inline("", text)
        return link

    def paragraph(self, words: Words, *classes: str) -> nodes.paragraph:
        """A paragraph."""
        return nodes.paragraph("", "", *self.inline(words), classes=list(classes))

    def lines(self, lines: Iterable[Line], in_order: bool = False) -> nodes.Node:
        """Lines as a list, each with its own list below."""
        items = (
            nodes.list_item(
                "",
                self.paragraph(capital(line.words)),
                *([self.lines(line.below, line.in_order)] if line.below else []),
            )
            for line in lines
        )
        if in_order:
            return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
        return nodes.bullet_list("", *items, bullet="-")

    def cites(self, cites: Iterable[Citation]) -> nodes.paragraph:
        """The provisions that something rests on."""
        paragraph = self.paragraph((), "policy-cites")
        for number, cite in enumerate(cites):
            if number:
                paragraph += nodes.Text("; ")
            link = web_link(cite.link)
            paragraph += nodes.reference("", cite.text, refuri=link) if link else nodes.inline("", cite.text)
        return paragraph

    def marks(self, marks: Iterable[str]) -> list[nodes.Node]:
        """Why something could not be confirmed, so that nobody overlooks it."""
        return [
            nodes.paragraph(
                "",
                "",
                nodes.strong("", plain(self.say("unconfirmed"))),
                *self.inline(self.say("colon", label="", value=mark)),
                classes=["policy-unconfirmed"],
            )
            for mark in marks
        ]

    def notices(self, notices: Iterable[Words]) -> list[nodes.Node]:
        """What is uncertain about a whole text."""
        return [self.paragraph(notice, "policy-unconfirmed") for notice in notices]

    # -------------------------------------------------------------- tables

    def block(self, block: Block) -> list[nodes.Node]:
        """A sentence, or a table."""
        if isinstance(block, Grid):
            return [self.grid(block)]
        below = [self.lines(block.below, block.in_order)] if block.below else []
        return [self.paragraph(capital(block.words)), *below]

    def grid(self, grid: Grid) -> nodes.Node:
        """A table, with a column of notes where a row has provisions or marks of its own."""
        noted = any(row.cites or row.marks for row in grid.rows)
        width = len(grid.head) + noted
        widths = [*_widths(grid), WIDEST]
        group = nodes.tgroup("", cols=width)
        for place in range(width):
            group += nodes.colspec("", colwidth=widths[place], **({"stub": 1} if place < grid.keys else {}))
        heads = [*grid.head, self.say("notes")] if noted else [*grid.head]
        head = nodes.row("", *(column_head("", self.paragraph(words)) for words in heads))
        group += nodes.thead("", head)
        group += nodes.tbody("", *(self._row(row, grid.keys, noted) for row in grid.rows))
        return nodes.table("", group, classes=["policy-table", "colwidths-auto"])

    def _row(self, row: GridRow, keys: int, noted: bool) -> nodes.row:
        cells = [
            (row_head if place < keys else nodes.entry)("", self.paragraph(words))
            for place, words in enumerate(row.cells)
        ]
        if noted:
            notes = [*([self.cites(row.cites)] if row.cites else []), *self.marks(row.marks)]
            cells.append(nodes.entry("", *notes))
        return nodes.row("", *cells)

    # -------------------------------------------------------------- declarations

    def about(self, piece: Piece) -> nodes.paragraph:
        """What kind of thing a declaration is, and its name for those who ask for it from a program."""
        words = self.say(f"kind {piece.kind}")
        if piece.about:
            words = self.say("arguments", label=words, arguments=piece.about)
        return self.paragraph(self.say("called", what=words, name=(Term(piece.name),)), "policy-about")

    def piece(self, piece: Piece) -> list[nodes.Node]:
        """All that is said of a declaration, without its title."""
        return [
            self.about(piece),
            *([self.cites(piece.cites)] if piece.cites else []),
            *self.marks(piece.marks),
            *(node for block in piece.blocks for node in self.block(block)),
            *([self.paragraph(self.say("used by", names=piece.used_by), "policy-used")] if piece.used_by else []),
        ]

    def section(self, title: Words | nodes.Node, identifier: str, *content: nodes.Node) -> nodes.section:
        """A section with its heading."""
        heading = title if isinstance(title, nodes.Node) else nodes.title("", "", *self.inline(title))
        return nodes.section("", heading, *content, ids=[identifier])

    def group(self, group: Group) -> nodes.section:
        """The declarations of one kind."""
        sections = (self.section((piece.title,), piece.name, *self.piece(piece)) for piece in group.pieces)
        return self.section(group.title, f"group-{group.kind}", *sections)

    # -------------------------------------------------------------- pages

    def page(self, page: Page, prose: list[nodes.Node]) -> nodes.section:
        """A whole page; `prose` is what its author says first."""
        section = self.section(
            page.heading,
            page.policy,
            self._other_language(page),
            *(self.paragraph(words) for words in page.intro),
            *([self.cites(page.cites)] if page.cites else []),
            *self.notices(page.notices),
            *self.marks(page.marks),
            *prose,
            *(self.group(group) for group in page.groups if group.kind != "sample"),
        )
        if page.history:
            changes = (self.change(change, number) for number, change in enumerate(page.history, start=1))
            section += self.section(self.say("history"), "history", *changes)
        if page.examples:
            tried = (self.tried(example, number) for number, example in enumerate(page.examples, start=1))
            section += self.section(self.say("examples"), "examples", self.paragraph(self.say("examples run")), *tried)
        section += [self.group(group) for group in page.groups if group.kind == "sample"]
        section += self.paragraph(self.say("disclaimer"), "policy-closing")
        section["classes"] = ["policy-page", f"language-{self.language}"]
        return section

    def _other_language(self, page: Page) -> nodes.paragraph:
        """A link to the same page in the other language, in that language."""
        other = "en" if self.language == "fr" else "fr"
        link = self.xref(plain(fill("this page", other)), page.policy, self.since, other)
        inline = nodes.inline("", "", link, classes=[f"language-{other}"])
        return nodes.paragraph("", "", inline, classes=["policy-other"])

    def tried(self, example: Tried, number: int) -> nodes.section:
        """An example with its outcome; its name is in the language of the file."""
        title = nodes.title("", "", nodes.inline("", example.name, classes=["language-en"]))
        wanted = self.lines(Line(words) for words in example.expected)
        outcome = self.paragraph(self.say("as expected"), "policy-right")
        if example.wrong:
            outcome = self.paragraph(self.say("otherwise than expected"), "policy-wrong")
        wrong = [self.mistakes(example.wrong)] if example.wrong else []
        facts = [self.paragraph(self.say("facts")), self.lines(example.given)] if example.given else []
        return self.section(
            title,
            f"example-{number}",
            self.paragraph(example.when),
            *facts,
            self.paragraph(self.say("expects")),
            wanted,
            outcome,
            *wrong,
        )

    def mistakes(self, mistakes: Iterable[Diagnostic]) -> nodes.bullet_list:
        """What is wrong, as `policy check` says it."""
        items = (nodes.list_item("", nodes.paragraph("", mistake.message)) for mistake in mistakes)
        return nodes.bullet_list("", *items, bullet="-", classes=["language-en"])

    def change(self, change: Change, number: int) -> nodes.section:
        """One version of the history."""
        cites = [self.cites(change.cites)] if change.cites else []
        content = [*cites, *self.notices(change.notices), *self.marks(change.marks)]
        return self.section(change.title, f"version-{number}", *content, self.lines(change.changes))
