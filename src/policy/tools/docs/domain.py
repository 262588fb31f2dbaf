"""What Sphinx remembers about rules: where each of them is shown, so that names lead to it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from policy.diagnostics import Mistakes
from policy.pipeline.library import to_day
from policy.shipped import policies_folder
from policy.tools.docs.shelf import Shelf

Key = tuple[str, str, str]
"""Language, full name of a rule or name of a policy, and the first day of the version (empty for undated reference)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Where something is shown, and what it is called there."""

    docname: str
    anchor: str
    title: str
    current: bool


class RulesDomain(Domain):
    """Rules and policies as things that pages can be about, and that texts can refer to."""

    name = "policy"
    label = "Policy"
    object_types: ClassVar[dict[str, ObjType]] = {
        "rule": ObjType("rule", "rule"),
        "rules": ObjType("policy", "rules"),
    }
    roles: ClassVar[dict[str, Any]] = {
        "rule": XRefRole(innernodeclass=nodes.inline, warn_dangling=True),
        "rules": XRefRole(innernodeclass=nodes.inline, warn_dangling=True),
    }
    initial_data: ClassVar[dict[str, Any]] = {"shown": {}, "states": {}}
    data_version = 1

    @cached_property
    def shelf(self) -> Shelf:
        """The policies that this documentation is about. Raises Mistakes when a setting says no day."""
        config = self.env.config
        folder = Path(self.env.srcdir) / config.policy_folder if config.policy_folder else policies_folder()
        return Shelf(folder, to_day(config.policy_day) if config.policy_day else day_of_build())

    @property
    def shown(self) -> dict[Key, Shown]:
        """Everything that is shown somewhere."""
        found: dict[Key, Shown] = self.data["shown"]
        return found

    def note(self, language: str, name: str, since: date | None, shown: Shown) -> None:
        """Remember where something is shown."""
        self.shown.setdefault((language, name, since.isoformat() if since else ""), shown)

    def depends_on_policies(self, docname: str) -> None:
        """Remember that a document shows rules: it is made anew when a file changes, comes or goes, or takes effect."""
        for path in self.shelf.files():
            self.env.note_dependency(str(path))
        self.data["states"][docname] = self.shelf.state()

    def outdated(self) -> Iterator[str]:
        """The documents that were made from other files, or when other texts were in force."""
        known: dict[str, tuple[str, ...]] = self.data["states"]
        now = self.shelf.state() if known else ()
        return (docname for docname, state in known.items() if state != now)

    # -------------------------------------------------------------- as Sphinx asks for it

    def clear_doc(self, docname: str) -> None:
        """Forget what a document shows."""
        for key in [key for key, shown in self.shown.items() if shown.docname == docname]:
            del self.shown[key]
        self.data["states"].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for key, shown in otherdata["shown"].items():
            if shown.docname in docnames:
                self.shown.setdefault(key, shown)
        for docname, state in otherdata["states"].items():
            if docname in docnames:
                self.data["states"][docname] = state

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """A link to where a rule or policy is shown: in its language and as it reads on the day, if that is shown."""
        asked, colon, name = target.partition(":")
        language, target = (asked, name) if colon else (node.get("policy_language"), target)
        language = language or ("fr" if env.config.language == "fr" else "en")
        since = self._since(target, node.get("policy_since") or node.get("policy_day"))
        shown = self.shown.get((language, target, since)) or self._latest(language, target)
        if shown is None:
            return None
        if not node.get("refexplicit"):
            contnode = nodes.inline("", shown.title)
        return make_refnode(builder, fromdocname, shown.docname, shown.anchor, contnode)

    def _since(self, name: str, day: str | None) -> str:
        """The first day of the version of a policy that begins on a day or is in force then, or of the current one."""
        try:
            text = self.shelf.version(name.partition(".")[0], day).text
        except Mistakes:
            return ""
        return text.effective.isoformat() if text.effective else ""

    def _latest(self, language: str, name: str) -> Shown | None:
        """The latest text in which something is shown, where it is not shown in the one that was meant."""
        found = {key[2]: shown for key, shown in self.shown.items() if key[:2] == (language, name)}
        return found[max(found)] if found else None

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """The rule or policy of this name."""
        kind = "rule" if "." in target else "rules"
        found = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
        return [] if found is None else [(f"policy:{kind}", found)]

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Everything that other documentation may refer to, and that the search finds by name."""
        for (language, name, since), shown in self.shown.items():
            unique = name if language == "en" and shown.current else f"{language}:{name}@{since}"
            kind = "rule" if "." in name else "rules"
            yield unique, shown.title, kind, shown.docname, shown.anchor, 1 if shown.current else 2


def day_of_build() -> date:
    """The day on which the documentation is built, or as which it is built again."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else date.today()
