"""The text of a policy in force on a day, each declaration marked by the file that it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from policy.model.versions import Entry, Text
from policy.syntax import tree as t
from policy.syntax.parse import split
from policy.text import Source, Span

ACROSS = re.compile(r"\s+across\s+\w+")
CLOSING = re.compile(r"(?:\s|#[^\n]*\n)*\)")
SPELL = re.compile(r"\s+is\s+spell\b")
NEXT = re.compile(r"\s*(?:^#[^\n]*\n|^\s*\n)*\s*\Z", re.MULTILINE)
"""What stands after a declaration and belongs to the next one: comments at the left margin."""
ORDERED = re.compile(r"\s+ordered\b")


def consolidate(text: Text, day: date) -> str:
    """The text in force on a day as a policy file of its own, which means the same.

    Each declaration stands under a comment that tells the first day of the file it is from and what that file cites.
    Labels, questions and citations that it inherits are written out, and names that were repealed are listed. Examples
    are left out: they belong to the files they stand in.
    """
    parts = [_head(text, day), *map(_declaration, text.entries.values())]
    if text.repealed:
        parts.append("\n".join(_repealed(name, module) for name, module in text.repealed.items()))
    return "\n\n".join(parts) + "\n"


def _head(text: Text, day: date) -> str:
    lines = [f"# {text.name} as in force on {day}" if text.effective else f"# {text.name}"]
    for module in text.modules:
        if module.header is not None and module.header.effective is not None:
            verb = "amended by the text of" if module.header.amends else "text of"
            lines.append(f"# {verb} {_origin(module)}")
    lines.append(f"policy {text.name}")
    lines += _pair(text.label)
    if text.effective is not None:
        uncertain = text.header.uncertain
        between = "" if uncertain is None else f" between {uncertain.first} and {uncertain.last}"
        lines.append(f"  effective {text.effective}{between}")
    lines += _cites(text.header.clauses.cites)
    if uses := dict.fromkeys(name for name, _ in text.uses):
        lines.append(f"  uses {', '.join(uses)}")
    if text.verified is not None:
        lines.append(f"  verified until {text.verified}")
    if text.zone is not None:
        lines.append(f'  zone "{text.zone.name}"')
    if text.header.proposed is not None:
        lines.append("  status proposed")
    lines += map(_mark, text.header.clauses.unconfirmed)
    return "\n".join(lines)


def _declaration(entry: Entry) -> str:
    source, start = entry.declaration.span.source, entry.declaration.span.start
    revived = "" if entry.revived is None else f"; revived as it read on {entry.revived}"
    mark = [] if entry.since is None else [f"# in force since {_origin(entry.origin)}{revived}"]
    head = _end_of_head(entry.declaration)
    end = next(end for begin, end in split(source) if begin <= start < end)
    begin, rest = source.text[start:head], _without(_cited_then(entry), source, head, end)
    if inherited := [*_inherited(entry)]:
        rest = "\n".join(["", *inherited, f"  {rest.lstrip()}"])
    return "\n".join([*mark, *_comment_above(entry.declaration), begin + rest])


def _cited_then(entry: Entry) -> Iterator[Span]:
    """The clauses of a revived declaration that cite what gave it force at first, and gives it none now."""
    if entry.revived is None:
        return
    source = entry.declaration.span.source
    for reference in entry.declaration.clauses.cites:
        clause = source.text.rindex("cites", 0, reference.span.start)
        end = source.text.find("\n", clause)
        yield source.span(clause, len(source.text) if end < 0 else end)


def _without(clauses: Iterable[Span], source: Source, start: int, end: int) -> str:
    """A part of a text without some clauses that end their lines, nor what only belongs to the next declaration."""
    text = source.text[start:end]
    for clause in sorted({(clause.start, clause.end) for clause in clauses}, reverse=True):
        before, after = text[: clause[0] - start], text[clause[1] - start :]
        text = (before.rstrip(" \t").removesuffix("\n") if after.startswith("\n") else before) + after
    return NEXT.sub("", text)


def _inherited(entry: Entry) -> Iterator[str]:
    """The clauses that hold for a declaration and do not stand in it."""
    if isinstance(entry.declaration, t.Sample):
        return
    own, whole = entry.declaration.clauses, entry.clauses
    yield from _pair(t.Pair(None if own.label.en else whole.label.en, None if own.label.fr else whole.label.fr))
    if own.asks is None and whole.asks is not None:
        yield f'  asks en "{whole.asks.en}" fr "{whole.asks.fr}"'
    if not own.cites or entry.revived is not None:
        yield from _cites(whole.cites)
    for mark in whole.unconfirmed[len(own.unconfirmed) :]:
        yield _mark(mark)


def _end_of_head(declaration: t.Declaration) -> int:
    """Where the first clause of a declaration can stand: after its name, its parameters and its type."""
    text, end = declaration.span.source.text, declaration.name_span.end
    parameters = getattr(declaration, "parameters", ())
    if parameters:
        end = _after(CLOSING, text, parameters[-1].span.end)
    match declaration:
        case t.Definition(type=type_, up_to=up_to):
            end = end if type_ is None else type_.span.end
            if up_to is not None:
                end = up_to.span.end
                while (further := _after(CLOSING, text, end)) != end:
                    end = further
        case t.Table(type=type_):
            end = _after(ACROSS, text, type_.span.end)
        case t.Question(type=type_) | t.InputDeclaration(type=type_) | t.QuantityDeclaration(type=type_):
            end = type_.span.end
        case t.SetDeclaration(type=type_):
            end = type_.span.end
        case t.RecordDeclaration():
            end = _after(SPELL, text, end)
        case t.EnumDeclaration():
            end = _after(ORDERED, text, end)
        case t.DatasetDeclaration(file_span=file):
            end = file.end
        case _:
            pass
    return end


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a pattern ends that may stand at a place; the place itself when it does not."""
    found = pattern.match(text, at)
    return at if found is None else found.end()


def _comment_above(declaration: t.Declaration) -> list[str]:
    """The lines of comment that stand right above a declaration."""
    source = declaration.span.source
    first = number = declaration.span.position.line
    while number > 1 and source.line(number - 1).startswith("#"):
        number -= 1
    return [source.line(above) for above in range(number, first)]


def _repealed(name: str, module: t.Module) -> str:
    """The name and the file that repeals it, with what it cites for that."""
    repeals = (item for item in module.items if isinstance(item, t.Repeal) and name in dict(item.names))
    return f"# {name}: repealed from {_origin(module, next(repeals).cites)}"


def _origin(module: t.Module, cites: tuple[t.Reference, ...] = ()) -> str:
    """The first day of a file and what it cites."""
    assert module.header is not None
    references = cites or module.header.clauses.cites
    shown = "; ".join(map(_reference, references))
    return f"{module.header.effective}: {shown}" if shown else str(module.header.effective)


def _pair(label: t.Pair) -> list[str]:
    """The clauses of a label, in whichever languages it has."""
    parts = [f'{language} "{text}"' for language, text in (("en", label.en), ("fr", label.fr)) if text is not None]
    return [f"  {' '.join(parts)}"] if parts else []


def _mark(mark: t.Pair) -> str:
    return f'  unconfirmed en "{mark.en}" fr "{mark.fr}"'


def _cites(references: tuple[t.Reference, ...]) -> list[str]:
    return [f"  cites {'; '.join(map(_reference, references))}"] if references else []


def _reference(reference: t.Reference) -> str:
    """A reference as it was written."""
    return " ".join(reference.span.text.split())
