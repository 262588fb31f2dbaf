"""What authors of documentation write to have policies and single rules shown."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from itertools import chain, count
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from policy.check.shapes import labels
from policy.diagnostics import Diagnostic, Mistakes
from policy.explain.show import show_date
from policy.tools.docs.domain import RulesDomain, Shown
from policy.tools.docs.nodes import Printer
from policy.tools.docs.page import Page
from policy.tools.docs.shelf import Shelf, Version
from policy.tools.docs.wording import Link, Words, fill, plain

LOGGER = logging.getLogger(__name__)


def _language(argument: str) -> str:
    return directives.choice(argument, ("en", "fr"))


class RulesDirective(SphinxDirective, ABC):
    """What all of these share: a language, a day, and mistakes that are told where they are."""

    has_content = True
    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"language": _language, "on": directives.unchanged}

    @property
    def rules(self) -> RulesDomain:
        """What is known about rules."""
        return cast(RulesDomain, self.env.get_domain(RulesDomain.name))

    @property
    def language(self) -> str:
        """The language that is asked for, or that of the documentation."""
        return str(self.options.get("language") or ("fr" if self.config.language == "fr" else "en"))

    def printer(self, version: Version | None = None) -> Printer:
        """What makes the nodes of this page."""
        if version is None:
            return Printer(self.language, self.env.docname, "", "", str(self.rules.shelf.today))
        since = version.text.effective
        policy = version.policy
        return Printer(self.language, self.env.docname, policy, str(since) if since else "", str(version.day))

    def run(self) -> list[nodes.Node]:
        """What is shown; instead of what is wrong, a note that says so."""
        try:
            self.rules.depends_on_policies(self.env.docname)
            return self.shown()
        except Mistakes as problem:
            tell(problem.diagnostics, self.get_location(), self.rules.shelf)
            text = plain(fill("not shown", self.language))
            return [nodes.warning("", nodes.paragraph("", text), classes=[f"language-{self.language}"])]

    @abstractmethod
    def shown(self) -> list[nodes.Node]:
        """What is asked for. Raises Mistakes."""


class Rules(RulesDirective):
    """`policy:rules`: a page about a policy as it reads on a day; its content is said first."""

    def shown(self) -> list[nodes.Node]:
        """The page as a section."""
        shelf = self.rules.shelf
        version = shelf.version(self.arguments[0], self.options.get("on"))
        page = shelf.page(version, self.language)
        tell((wrong for example in page.examples for wrong in example.wrong), self.get_location(), shelf)
        prose = self.parse_content_to_nodes()
        section = self.printer(version).page(page, prose)
        self._note(page, version, self._addresses(section))
        return [section]

    def _addresses(self, section: nodes.section) -> dict[str, str]:
        """The address of every heading by what it was to be; no two in a document have the same."""
        addresses: dict[str, str] = {}
        taken = self.state.document.ids
        for part in section.findall(nodes.section):
            wanted = part["ids"][0]
            if taken.get(wanted) is part:  # a heading of the prose
                continue
            free = next(name for name in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if name not in taken)
            part["ids"] = [free]
            taken[free] = part
            addresses.setdefault(wanted, free)
        return addresses

    def _note(self, page: Page, version: Version, addresses: dict[str, str]) -> None:
        """Remember where each rule is shown."""
        names = {page.policy: page.title} | {piece.name: piece.title for group in page.groups for piece in group.pieces}
        for name, title in names.items():
            shown = Shown(self.env.docname, addresses[name], title, version.current)
            self.rules.note(self.language, name, page.since, shown)


class Rule(RulesDirective):
    """`policy:rule`: one declaration, in the midst of prose."""

    def shown(self) -> list[nodes.Node]:
        """What is said of the declaration, under its linked name."""
        piece, version = self.rules.shelf.piece(self.arguments[0], self.options.get("on"), self.language)
        printer = self.printer(version)
        name = nodes.strong("", "", *printer.inline((Link(piece.title, piece.name),)))
        title = nodes.paragraph("", "", name, classes=["policy-title"])
        classes = ["policy-rule", f"language-{self.language}"]
        return [nodes.container("", title, *printer.piece(piece), *self.parse_content_to_nodes(), classes=classes)]


class Policies(RulesDirective):
    """`policy:policies`: a section that lists all policies, with links to their pages."""

    required_arguments = 0

    def shown(self) -> list[nodes.Node]:
        """The list, under a heading."""
        shelf = self.rules.shelf
        printer = self.printer()
        items = [self._listed(shelf.version(policy)) for policy in shelf.policies()]
        section = printer.section(
            printer.say("all policies"),
            "policies",
            printer.paragraph(printer.say("made from")),
            nodes.bullet_list("", *(nodes.list_item("", printer.paragraph(words)) for words in items), bullet="-"),
            *self.parse_content_to_nodes(),
        )
        section["classes"] = ["policy-page", f"language-{self.language}"]
        return [section]

    def _listed(self, version: Version) -> Words:
        """The name of a policy, and since when it has read as it does."""
        title = labels(version.text.label).get(self.language) or version.policy
        name: Words = (Link(title, version.policy),)
        since = version.text.effective
        if since is None:
            return name
        pattern = "listed since" if since <= self.rules.shelf.today else "listed from"
        return fill(pattern, self.language, name=name, day=show_date(since, self.language))


def tell(mistakes: Iterable[Diagnostic], asked_at: str, shelf: Shelf) -> None:
    """Tell mistakes as Sphinx tells them: each where it stands, and then once, or else where the page is asked for."""
    for mistake in mistakes:
        place = asked_at
        if mistake.span is not None:
            if mistake in shelf.told:
                continue
            shelf.told.add(mistake)
            place = f"{mistake.span.source.name}:{mistake.span.position.line}"
        text = f"{mistake.message} [{mistake.code.name}]" + (f"\n  next: {mistake.help}" if mistake.help else "")
        LOGGER.warning(text, location=place, type="policy", subtype=mistake.code.name)
