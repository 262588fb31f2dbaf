"""Checking a program: all passes, all mistakes, and what the passes found for those who read the program next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policy.check import errors
from policy.check.catalog import catalog_of
from policy.check.cycles import in_order
from policy.check.declarations import Found, check_declaration, check_field_conditions, check_unique
from policy.check.expressions import inference
from policy.check.infer import Meaning
from policy.check.scope import Local
from policy.check.shapes import Shapes, Signature
from policy.check.tables import Columns
from policy.check.texts import check_texts
from policy.check.unfolding import check_conditions, check_unfolding
from policy.diagnostics import Diagnostic, Note, Severity
from policy.model.catalog import Catalog
from policy.model.program import Program
from policy.syntax import tree as t

TOLD_ONCE = (errors.UNKNOWN_NAME, errors.UNKNOWN_SOURCE, errors.NO_SUCH_FIELD, errors.BAD_SAMPLE, errors.NO_ZONE)
"""What is told once for each file, since one declaration that is not there, or one habit of spelling, is behind it."""

MOST_PLACES = 5
"""How many other places of one mistake are named."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A program with what every name means and what type every expression has, and everything found wrong with it."""

    program: Program
    catalog: Catalog
    shapes: Shapes
    meaning: Meaning
    parameters: Mapping[str, tuple[Local, ...]]
    """The parameters of each definition, table, question, and the member of each record's conditions, by full name."""
    columns: Mapping[str, Columns]
    signatures: Mapping[str, Signature]
    order: tuple[str, ...]
    """Full names so that each definition comes after those it uses."""
    diagnostics: tuple[Diagnostic, ...]
    earlier: Mapping[date, Checked]
    """The checked programs of the earlier days whose texts this one reads."""
    depths: Mapping[str, int]
    """How many operations stand inside one another in each rule, when what it rests on is written out."""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong that would make answers wrong."""
        return not any(d.severity is Severity.ERROR for d in self.diagnostics)


def check(program: Program, data: Path, others: Callable[[date], Checked] | None = None) -> Checked:
    """Check a program; `data` is the folder of its datasets, `others` gives the checked programs of earlier days.

    What rules ask of other days is checked over all days together: see `across`.
    """
    earlier: dict[date, Checked] = {}

    def other(day: date) -> Checked:
        assert others is not None
        return earlier.setdefault(day, others(day))

    shapes = Shapes(program, data)
    worker = inference(shapes, None if others is None else other)
    found = Found()
    for entry in program.entries():
        check_declaration(worker, entry, found)
    check_field_conditions(worker, found)
    catalog = catalog_of(shapes)
    signatures = {
        entry.full_name: worker.signature(entry)
        for entry in program.entries()
        if isinstance(entry.declaration, (t.Definition, t.Table, t.Question, t.Remark, t.SetDeclaration))
    }
    order, cycles = in_order(worker.meaning.uses, [entry.full_name for entry in program.entries()])
    field_order, field_cycles = in_order(worker.meaning.fields_read, list(worker.meaning.fields_read))
    depths: dict[str, int] = {}
    too_deep: list[Diagnostic] = []
    if not cycles:
        before = {day: there.depths for day, there in earlier.items()}
        depths, too_deep = check_unfolding(program, worker.meaning, signatures, order, before)
    mistakes = (
        *_check_uses(program),
        *check_unique(program.entries()),
        *shapes.mistakes,
        *worker.mistakes,
        *cycles,
        *field_cycles,
        *too_deep,
        *(() if field_cycles else check_conditions(worker.meaning.fields_read, field_order)),
        *check_texts(program),
    )
    return Checked(
        program,
        catalog,
        shapes,
        worker.meaning,
        found.parameters,
        found.columns,
        signatures,
        order,
        tuple(_together(sorted(_once(mistakes), key=_place))),
        earlier,
        depths,
    )


def _once(mistakes: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """Each mistake once, with all the places that use what is repealed."""
    once: dict[Diagnostic, Diagnostic] = {}
    for mistake in mistakes:
        first = once.setdefault(mistake, mistake)
        if mistake.code is errors.STILL_USED and first is not mistake:
            once[mistake] = replace(first, notes=tuple(dict.fromkeys((*first.notes, *mistake.notes))))
    return once.values()


def _together(mistakes: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The mistakes in order; what is unknown in several places of one file is told once, at the first of them."""
    once: dict[object, list[Diagnostic]] = {}
    for mistake in mistakes:
        shared = mistake.code in TOLD_ONCE and mistake.span is not None
        key = (mistake.message, mistake.span.source.name) if shared and mistake.span else mistake
        once.setdefault(key, []).append(mistake)
    for first, *others in once.values():
        also = [Note("and here", other.span) for other in others[:MOST_PLACES]]
        if others[MOST_PLACES:]:
            also.append(Note(f"and in {len(others) - MOST_PLACES} more places"))
        yield replace(first, notes=(*first.notes, *also)) if also else first


def _check_uses(program: Program) -> Iterator[Diagnostic]:
    """Report each policy that another uses and that is not there."""
    for text in program.texts.values():
        for name, span in text.uses:
            if name == text.name:
                yield errors.uses_itself(span, name)
            elif name in program.before:
                yield errors.policy_not_yet(span, name, program.before[name])
            elif name not in program.texts:
                yield errors.unknown_policy(span, name, program.texts)


def _place(mistake: Diagnostic) -> tuple[str, int]:
    """Where a mistake stands, for putting it in order."""
    return ("", 0) if mistake.span is None else (mistake.span.source.name, mistake.span.start)
