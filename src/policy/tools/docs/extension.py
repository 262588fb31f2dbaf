"""What Sphinx calls: settings, directives, and what happens when a build begins."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast
from zlib import crc32

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from policy.diagnostics import Mistakes
from policy.pipeline.library import refuse
from policy.tools.docs import errors
from policy.tools.docs.directives import Policies, Rule, Rules, tell
from policy.tools.docs.domain import RulesDomain
from policy.tools.docs.nodes import column_head, depart_head, row_head, visit_column_head, visit_row_head
from policy.tools.docs.stubs import write_stubs

STATIC = Path(__file__).parent / "static"


def setup(app: Sphinx) -> dict[str, Any]:
    """Make policies known to Sphinx."""
    app.add_config_value("policy_folder", "", "env", str)
    app.add_config_value("policy_day", "", "env", str)
    app.add_config_value("policy_pages", "", "env", str)
    app.add_domain(RulesDomain)
    app.add_directive_to_domain("policy", "rules", Rules)
    app.add_directive_to_domain("policy", "rule", Rule)
    app.add_directive_to_domain("policy", "policies", Policies)
    app.add_node(column_head, html=(visit_column_head, depart_head))
    app.add_node(row_head, html=(visit_row_head, depart_head))
    app.add_css_file("policy.css")
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", outdated)
    release = version("express-entry-policy")
    return {
        "version": release,
        "env_version": crc32(release.encode()),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def begin(app: Sphinx) -> None:
    """Write the files that ask for pages, and let the pages have their colours."""
    app.config.html_static_path.append(str(STATIC))
    if not app.config.policy_pages:
        return
    folder = (Path(app.srcdir) / app.config.policy_pages).resolve()
    if Path(app.srcdir).resolve() not in folder.parents:
        raise ExtensionError(errors.no_rule_pages(app.config.policy_pages).message)
    domain = cast(RulesDomain, app.env.get_domain(RulesDomain.name))
    try:
        refuse(diagnostic for diagnostic in domain.shelf.library.diagnostics if diagnostic.span is None)
        write_stubs(domain.shelf, folder)
    except Mistakes as problem:
        tell(problem.diagnostics, str(Path(app.confdir) / "conf.py"), domain.shelf)


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """The pages to make anew because policy files have come or gone."""
    domain = cast(RulesDomain, env.get_domain(RulesDomain.name))
    return [docname for docname in domain.outdated() if docname in env.found_docs]
