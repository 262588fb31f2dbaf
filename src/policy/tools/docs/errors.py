"""What can be wrong with what a page is asked to show."""

from __future__ import annotations

from collections.abc import Iterable

from policy.diagnostics import Code, Diagnostic, did_you_mean

UNKNOWN_RULE = Code("unknown-rule", "A page is asked to show something that its policy does not declare.")
NO_RULE_PAGES = Code("no-rule-pages", "Pages of rules are asked for where they cannot be written.")


def unknown_rule(full_name: str, known: Iterable[str]) -> Diagnostic:
    """A name that the policy does not have in the text asked for."""
    policy, _, name = full_name.partition(".")
    if not name:
        return Diagnostic(UNKNOWN_RULE, f"`{policy}` alone names no rule", None, f"write `{policy}.name`")
    names = list(known)
    help = did_you_mean(name, names) or f"choose one of {', '.join(names)}"
    return Diagnostic(UNKNOWN_RULE, f"`{policy}` declares no `{name}` here", None, help)


def no_rule_pages(folder: str) -> Diagnostic:
    """A folder for pages that is not among the documents."""
    message = f"`policy_pages` names `{folder}`, which is not a folder below that of conf.py"
    return Diagnostic(NO_RULE_PAGES, message, None, "name a folder below it, such as `rules`")
