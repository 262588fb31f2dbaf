"""The text of a policy in force on a day, each clause marked by the file that it comes from."""

from __future__ import annotations

from datetime import date

from policy.model.versions import Entry, Text, Timeline
from policy.syntax import tree as t


def consolidate(timeline: Timeline, day: date) -> str | None:
    """The consolidated text on a day; None before the first version.

    The text can be read as a policy file again and means the same. Each declaration stands under a comment that names
    the day of the file it is from and what that file cites; labels and citations that an amendment inherits are
    written out.
    """
    text = timeline.on(day)
    if text is None:
        return None
    parts = [_head(text, day)]
    parts += [_declaration(entry) for entry in text.entries.values()]
    parts += [_repealed(name, module) for name, module in text.repealed.items()]
    return "\n\n".join(parts) + "\n"


def _head(text: Text, day: date) -> str:
    lines = [f"# {text.name} as in force on {day}" if text.effective else f"# {text.name}"]
    for module in text.modules:
        header = module.header
        if header is not None and header.effective is not None:
            verb = "amended by the text of" if header.amends else "text of"
            lines.append(f"# {verb} {header.effective}: {'; '.join(map(_reference, header.clauses.cites))}")
    lines += [f"policy {text.name}", *_labels(text.label)]
    if text.effective is not None:
        lines.append(f"  effective {text.effective}")
    lines += _cites(text.header.clauses.cites)
    uses = dict.fromkeys(name for name, _ in text.uses)
    if uses:
        lines.append(f"  uses {', '.join(uses)}")
    for mark in text.header.clauses.unconfirmed:
        lines.append(f'  unconfirmed en "{mark.en}" fr "{mark.fr}"')
    return "\n".join(lines)


def _declaration(entry: Entry) -> str:
    lines = entry.declaration.span.text.rstrip().split("\n")
    own = entry.declaration.clauses
    inherited: list[str] = []
    if not isinstance(entry.declaration, t.Sample):
        if not own.label.en and entry.clauses.label.en:
            inherited += [f'  en "{entry.clauses.label.en}"']
        if not own.label.fr and entry.clauses.label.fr:
            inherited += [f'  fr "{entry.clauses.label.fr}"']
        if not own.cites:
            inherited += _cites(entry.clauses.cites)
    if entry.since is not None:
        lines.insert(0, f"# in force since {entry.since}")
        return "\n".join([*lines[:2], *inherited, *lines[2:]])
    return "\n".join([lines[0], *inherited, *lines[1:]])


def _repealed(name: str, module: t.Module) -> str:
    header = module.header
    return f"# repealed from {header.effective if header else ''}: {name}"


def _labels(label: t.Pair) -> list[str]:
    return [f'  en "{label.en}" fr "{label.fr}"'] if label.whole else []


def _cites(references: tuple[t.Reference, ...]) -> list[str]:
    return [f"  cites {'; '.join(map(_reference, references))}"] if references else []


def _reference(reference: t.Reference) -> str:
    if reference.locator_fr is not None:
        return f'{reference.source} "{reference.locator}" / "{reference.locator_fr}"'
    quoted = bool(reference.locator) and not reference.locator[0].isdigit()
    return f'{reference.source} "{reference.locator}"' if quoted else f"{reference.source} {reference.locator}".strip()
