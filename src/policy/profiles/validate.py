"""From a datum to a profile: everything wrong with it told at once, and nothing in it ignored."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date

from policy.diagnostics import Diagnostic, Mistakes
from policy.model.catalog import Catalog, Labels
from policy.model.types import Type
from policy.model.values import Record
from policy.profiles import errors
from policy.profiles.document import Datum, MappingDatum, Path, descend, path_text, places, short_text
from policy.profiles.errors import Place
from policy.profiles.explain import suggestion
from policy.profiles.profile import Profile, RecordCheck, Violation
from policy.profiles.shapes import ANSWERS, Wanted, WholeProfile
from policy.profiles.values import Building, Typing


def load_profile(datum: Datum, catalog: Catalog, checks: Mapping[str, RecordCheck]) -> Profile:
    """The profile that a document holds; or `Mistakes`, all of them. `checks` are by full name of a record."""
    facts, answers = _values(datum, WholeProfile(), catalog, checks, "")
    assert isinstance(facts, dict)
    assert isinstance(answers, dict)
    return Profile(facts, answers, lambda: places(datum))


def value_from(
    datum: Datum, type: Type, catalog: Catalog, path: str, checks: Mapping[str, RecordCheck] | None = None
) -> object:
    """The value of any type that a datum holds; or `Mistakes`, all of them, with paths that begin with `path`."""
    value, _ = _values(datum, type, catalog, checks or {}, path)
    return value


def _values(
    datum: Datum, wanted: Wanted, catalog: Catalog, checks: Mapping[str, RecordCheck], base: str
) -> tuple[object, object]:
    """The value, and the answers beside it."""
    # The schema's validator takes longer to load than an answer to make.
    from policy.profiles.judging import judged

    typing = Typing(catalog, base)
    instance = typing.typed(datum, wanted)
    wrong = {**judged(instance, datum, wanted, catalog, base), **typing.mistakes}
    building = Building(catalog, base, wrong)
    value = building.value(instance, wanted)
    answers = building.answers(instance) if isinstance(wanted, WholeProfile) else {}
    found = list(_about_no_record(datum, catalog, building.records)) if isinstance(wanted, WholeProfile) else []
    told_in: dict[Path, set[str]] = {}
    for *before, step in filter(None, wrong):
        told_in.setdefault(tuple(before), set()).add(str(step))
    for path, record in building.records.items():
        here = descend(datum, path)
        assert isinstance(here, MappingDatum)
        told = told_in.get(path, set())
        if (disordered := _disordered(record, here, path, catalog, base)) is not None:
            told = told | {"start", "end"}
            found.append(disordered)
        if (check := checks.get(record.type)) is not None:
            found += _broken(check(record), here, path, told, base)
    if wrong or found:
        order = {path_text(at, base): number for number, (at, _) in enumerate(places(datum))}
        raise Mistakes(sorted([*wrong.values(), *found], key=lambda mistake: order.get(mistake.path or "", 0)))
    return value, answers


# What the schema cannot see


def _disordered(record: Record, datum: MappingDatum, path: Path, catalog: Catalog, base: str) -> Diagnostic | None:
    """A period that ends before it starts."""
    start, end = record.fields.get("start"), record.fields.get("end")
    if not (catalog.records[record.type].spell and isinstance(start, date) and isinstance(end, date) and end < start):
        return None
    starts, ends = datum.get("start"), datum.get("end")
    place = Place(ends.value.span if ends else None, path_text((*path, "end"), base))
    return errors.end_before_start(place, start.isoformat(), end.isoformat(), starts.value.span if starts else None)


def _broken(
    violations: Iterable[Violation], datum: MappingDatum, path: Path, told: Container[str], base: str
) -> Iterator[Diagnostic]:
    """The conditions that a record breaks. A value already found wrong is not told of again."""
    for violation in violations:
        entry = datum.get(violation.field) if violation.field is not None else None
        if entry is not None and entry.key in told:
            continue
        at = path_text(path if entry is None else (*path, entry.key), base) or None
        if violation.kind == "invalid":
            yield errors.invalid_record(Place(datum.span if entry is None else entry.value.span, at), violation.en)
        elif entry is not None:
            yield errors.does_not_apply(Place(entry.key_span, at), entry.key, violation.en)
        elif violation.field is None:
            yield errors.does_not_apply(Place(datum.span, at), at or "this", violation.en)


def _about_no_record(datum: Datum, catalog: Catalog, records: Mapping[Path, Record]) -> Iterator[Diagnostic]:
    """Answers about records that the profile does not hold."""
    for question, kind in catalog.per_record.items():
        known = {record.path: Labels() for record in records.values() if kind in ("", record.type)}
        answers = descend(datum, (ANSWERS, question))
        if isinstance(answers, MappingDatum):
            for entry in answers.entries:
                if entry.key not in known:
                    near = suggestion(entry.key, known)
                    some = f"its records are {errors.listed(list(known))}" if known else "leave it out: it holds none"
                    help = f"did you mean `{near}`?" if near else some
                    at = Place(entry.key_span, path_text((ANSWERS, question, entry.key)))
                    yield errors.unknown_record(at, short_text(entry.key), help)
