"""How far definitions unfold: those with parameters are worked out anew for each call, and explained in their place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from policy.check import errors
from policy.check.families import family_of
from policy.check.infer import Meaning
from policy.check.scope import AsOf, EnumDomain, ImplicitField, Local
from policy.check.shapes import Signature
from policy.diagnostics import Diagnostic
from policy.model.program import Program
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.syntax.walk import children
from policy.text import Span

DEEPEST: Final = 160
"""How many operations may stand inside one another when each definition is put in the place of its name."""

MOST_OPERATIONS: Final = 150_000
"""How many operations all rules may come to when those with parameters are written out for each call."""

MOST_CONDITIONS: Final = 20
"""How many fields may depend on one another, each on whether the one before applies."""

ROWS_TO_AN_OPERATION: Final = 16
"""How many rows of a table take as long to write out as one operation."""

MOST_KEPT: Final = 10_000
"""Declarations whose walks are kept: the same ones are checked again for every day on which a text changes."""

WRITTEN: Final = (t.Number, t.Money, t.Text, t.Code, t.YesNo, t.DateLiteral, t.Range)
"""What may stand in the cell of a table and takes no working out."""

WORKED_OUT: Final = (t.Definition, t.Table, t.Question, t.Remark)


@dataclass(frozen=True, slots=True)
class _Site:
    """A name or call in a declaration: how deep inside it stands, and the walks around it."""

    node: t.Name | t.FieldOf | t.Call | t.AsRead
    depth: int
    walks: tuple[t.Each, ...]


def check_unfolding(
    program: Program,
    meaning: Meaning,
    signatures: Mapping[str, Signature],
    order: Sequence[str],
    earlier: Mapping[date, Mapping[str, int]],
) -> tuple[dict[str, int], list[Diagnostic]]:
    """How deep each rule unfolds; and the rules whose chain is too deep, or that come to too many operations.

    `order` holds full names, each after those it uses, without circles; `earlier` says how deep the rules of earlier
    texts unfold that are read here.
    """
    entries = [entry for name in order if (entry := program.find(name)) and isinstance(entry.declaration, WORKED_OUT)]
    depths: dict[str, int] = {}
    deepest: dict[str, tuple[Entry, Span]] = {}
    for entry in entries:
        size, sites = _sites(entry.declaration)
        depths[entry.full_name] = size.depth
        for site in sites:
            target = meaning.targets.get(site.node)
            used = target.entry if isinstance(target, AsOf) else target
            if not isinstance(used, Entry):
                continue
            of_used = earlier.get(target.day, {}) if isinstance(target, AsOf) else depths
            if of_used.get(used.full_name, 0) + site.depth > depths[entry.full_name]:
                depths[entry.full_name] = of_used[used.full_name] + site.depth
                deepest[entry.full_name] = used, site.node.span
        if depths[entry.full_name] > DEEPEST and entry.full_name in deepest:
            chain, place = _chain(entry, deepest), deepest[entry.full_name][1]
            return depths, [errors.deep_chain(place, chain)]
    return depths, [*_check_operations(entries, meaning, signatures)]


def check_conditions(reads: Mapping[str, Mapping[str, Span]], order: Sequence[str]) -> Iterator[Diagnostic]:
    """Report fields whose conditions lead from one to the next too often.

    `reads` gives for each field the fields that its condition reads and where, `order` those first that others read.
    """
    before: dict[str, tuple[str, ...]] = {}
    for name in order:
        through = max((before.get(read, ()) for read in reads.get(name, {})), key=len, default=())
        before[name] = (*through, name)
        if len(before[name]) > MOST_CONDITIONS:
            yield errors.deep_chain(reads[name][through[-1]], before[name][::-1])
            return


def _chain(entry: Entry, deepest: dict[str, tuple[Entry, Span]]) -> list[str]:
    """The names of a chain of definitions, from the one that rests on all the others; each text of them once."""
    found = [entry.full_name]
    while found[-1] in deepest and (following := deepest[found[-1]][0].full_name) not in found:
        found.append(following)
    return found


def _check_operations(
    entries: Sequence[Entry], meaning: Meaning, signatures: Mapping[str, Signature]
) -> Iterator[Diagnostic]:
    """Report the rule that is called most often, when all of them come to too many operations.

    A family is worked out for each of its words. Calls that look alike are one, and so is a call that depends on no
    parameter, wherever it stands. So the number is not exact, but it never comes out below what has to be worked out.
    """
    times: defaultdict[str, int] = defaultdict(int)
    for entry in entries:
        if (enum := family_of(entry, signatures.get(entry.full_name))) is not None:
            times[entry.full_name] = len(enum.values)
    fixed: set[tuple[str, str]] = set()
    total = 0
    for entry in reversed(entries):
        size, sites = _sites(entry.declaration)
        here = times[entry.full_name] if getattr(entry.declaration, "parameters", ()) else 1
        total += here * size.operations
        seen: set[tuple[str, str]] = set()
        for site in sites:
            used = meaning.targets.get(site.node)
            if not isinstance(site.node, t.Call) or not isinstance(used, Entry):
                continue
            key = used.full_name, " ".join(argument.span.text for argument in site.node.arguments)
            walked = _walked(site, meaning)
            free = _depends(site.node, meaning)
            if key in seen or (not free and key in fixed):
                continue
            seen.add(key)
            if not free:
                fixed.add(key)
            times[used.full_name] += walked * (here if free else 1)
    if total > MOST_OPERATIONS and times:
        most = max(entries, key=lambda entry: times[entry.full_name])
        yield errors.too_many_operations(most.declaration.name_span, most.name, times[most.full_name])


def _walked(site: _Site, meaning: Meaning) -> int:
    """How often a call is written out because it stands in a walk over the words of an enum."""
    number = 1
    for each in site.walks:
        domain = meaning.targets.get(each.domain)
        if isinstance(domain, EnumDomain):
            number *= len(domain.enum.values)
    return number


def _depends(node: t.Call, meaning: Meaning) -> bool:
    """Whether the arguments of a call speak of a parameter or of a member of a list."""
    pending: list[object] = list(node.arguments)
    while pending:
        part = pending.pop()
        if isinstance(part, (t.Name, t.FieldOf)) and isinstance(meaning.targets.get(part), (Local, ImplicitField)):
            return True
        pending += children(part)
    return False


# ------------------------------------------------------------------ what stands in a declaration


@dataclass(frozen=True, slots=True)
class _Size:
    """How deep the operations of a declaration stand inside one another, and how many there are."""

    depth: int
    operations: int


@lru_cache(maxsize=MOST_KEPT)
def _sites(declaration: t.Declaration) -> tuple[_Size, tuple[_Site, ...]]:
    """What a declaration comes to by itself, and the names and calls in it."""
    found: list[_Site] = []
    deepest = operations = 0
    pending: list[tuple[object, int, tuple[t.Each, ...]]] = [
        (part, 1, ()) for part in reversed(_worked_out(declaration)) if part is not None
    ]
    while pending:
        part, depth, walks = pending.pop()
        operations += 1
        deepest = max(deepest, depth)
        if isinstance(part, (t.Name, t.FieldOf, t.Call, t.AsRead)):
            found.append(_Site(part, depth, walks))
        inside = (*walks, part) if isinstance(part, t.Each) else walks
        pending += [(child, depth + 1, inside) for child in children(part)]
    if isinstance(declaration, t.Table):
        operations += len(declaration.rows) // ROWS_TO_AN_OPERATION
    return _Size(deepest, operations), tuple(found)


def _worked_out(declaration: t.Declaration) -> list[t.Expression | t.Range | None]:
    """The expressions in a declaration from which its value comes."""
    match declaration:
        case t.Definition(body=body, up_to=up_to, applies=applies):
            return [body, up_to, applies]
        case t.Table(rows=rows, below=below):
            cells = [element for row in rows[1:] for cell in row.cells for element in cell.elements]
            return [*(cell for cell in cells if not isinstance(cell, WRITTEN)), below]
        case t.Question(asked_when=condition):
            return [condition]
        case t.Remark(when=condition):
            return [condition]
        case _:
            return []
