"""A made-up catalog: a workshop that lends tools, with every type a profile may hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

from policy.diagnostics import Diagnostic, Mistakes
from policy.model.catalog import Catalog, DatasetShape, EnumShape, FieldShape, Labels, RecordShape
from policy.model.types import (
    Code,
    Date,
    Enum,
    Key,
    ListOf,
    MapBy,
    Moment,
    Number,
    OptionalOf,
    RecordOf,
    RowOf,
    Text,
    Type,
    YesNo,
)
from policy.model.values import UNKNOWN, Record
from policy.profiles import Profile, Violation, load_profile, read
from policy.profiles.reading import Format
from policy.text import Source

SITE: Final = Enum("workshop.site", ("bench", "yard", "none"))
SKILL: Final = Enum("workshop.skill", ("carving", "joinery"), ordered=True)
HOURS: Final = Number("hours", low=Fraction(0), high=Fraction(168), step=Fraction(1, 2))
MONEY: Final = Number("workshop.money", low=Fraction(0), step=Fraction(1, 100))


def field(name: str, type: Type, en: str = "", fr: str = "", conditional: bool = False) -> FieldShape:
    return FieldShape(name, type, Labels(en, fr), conditional=conditional)


def record(name: str, *fields: FieldShape, spell: bool = False) -> RecordShape:
    return RecordShape(f"workshop.{name}", Labels(), {each.name: each for each in fields}, spell)


CATALOG: Final = Catalog(
    inputs={
        each.name: each
        for each in (
            field("name", Text(), "Name", "Nom"),
            FieldShape(
                "born",
                Date(),
                Labels("Date of birth", "Date de naissance"),
                Labels("When were you born?", "Quand êtes-vous né?"),
                unconfirmed=Labels("the register is lost", "le registre est perdu"),
            ),
            field("jobs", ListOf(RecordOf("workshop.job"))),
            field("card", OptionalOf(RecordOf("workshop.card"))),
            field("children", Number("", whole=True, low=Fraction(0), high=Fraction(30))),
            field("fee", MONEY),
            field("opened_at", Moment()),
            field("marks", MapBy(Number("points"), SKILL)),
            field("grade", Number("", choices=(Fraction(5), Fraction(7)))),
            field("shelf", OptionalOf(RowOf("workshop.shelves"))),
            field("member", YesNo()),
            field("favourite", OptionalOf(SITE)),
            field("nickname", OptionalOf(Text())),
        )
    },
    records={
        each.name: each
        for each in (
            record(
                "job",
                field("start", Date()),
                field("end", OptionalOf(Date())),
                field("hours", HOURS, "Hours a week", "Heures par semaine"),
                field("paid", YesNo()),
                field("craft", Key("workshop.crafts")),
                field("site", SITE),
                field("permit", YesNo(), conditional=True),
                field("tools", ListOf(RecordOf("workshop.tool"))),
                spell=True,
            ),
            record("tool", field("code", Code(5)), field("maker", Text()), field("bought", OptionalOf(Date()))),
            record("card", field("number", Code()), field("issued", Date())),
        )
    },
    enums={
        "workshop.site": EnumShape(
            "workshop.site",
            Labels("Site", "Lieu"),
            {
                "bench": Labels("At the bench", "À l'établi"),
                "yard": Labels("In the yard", "Dans la cour"),
                "none": Labels("Nowhere", "Nulle part"),
            },
        ),
        "workshop.skill": EnumShape(
            "workshop.skill",
            Labels("Skill", "Art"),
            {"carving": Labels("Carving", "Sculpture"), "joinery": Labels("Joinery", "Menuiserie")},
            ordered=True,
        ),
    },
    quantities={"workshop.money": Labels("crowns", "couronnes")},
    datasets={
        "workshop.crafts": DatasetShape(
            "workshop.crafts",
            Labels("Crafts", "Métiers"),
            {"00100": {"code": "00100"}, "72310": {"code": "72310"}, "9A": {"code": "9A"}},
            {"00100": Labels("Carvers", "Sculpteurs"), "72310": Labels("Joiners", "Menuisiers"), "9A": Labels()},
            {"code": Code()},
            "code",
        ),
        "workshop.shelves": DatasetShape(
            "workshop.shelves",
            Labels("Shelves", "Étagères"),
            {"1a": {"key": "1a", "height": 3, "painted": None}},
            {},
            {"key": Code(), "height": Number("", whole=True), "painted": OptionalOf(Date())},
            "key",
        ),
    },
    questions={
        "workshop.tie": field("tie", Number("", choices=(Fraction(5), Fraction(7))), "Which level?", "Quel niveau?"),
        "workshop.counts": field("counts", YesNo(), "Does it count?", "Est-ce que ça compte?"),
    },
    per_record={"workshop.counts": "workshop.job"},
)


def check_job(job: Record) -> Iterator[Violation]:
    """A permit is for the yard only; nobody works before 1900."""
    if job.fields["site"] not in ("yard", UNKNOWN):
        yield Violation("permit", "a permit is for the yard", "does-not-apply")
    start = job.fields["start"]
    if isinstance(start, date) and start.year < 1900:
        yield Violation("start", "a job starts in 1900 or later", "invalid")
    if job.fields["hours"] == 0 and job.fields["paid"] is True:
        yield Violation(None, "a paid job has hours", "invalid")


CHECKS: Final = {"workshop.job": check_job}


def load(text: str, format: Format = "yaml") -> Profile:
    return load_profile(read(Source("case", text), format), CATALOG, CHECKS)


def mistakes(text: str, format: Format = "yaml") -> list[Diagnostic]:
    """What is wrong with a profile."""
    try:
        load(text, format)
    except Mistakes as found:
        return list(found.diagnostics)
    return []


def brief(diagnostic: Diagnostic) -> str:
    """Line, path, code, message and help on one line."""
    line = f"{diagnostic.span.position.line} " if diagnostic.span else ""
    path = f"{diagnostic.path}: " if diagnostic.path else ""
    help = f" -> {diagnostic.help}" if diagnostic.help else ""
    return f"{line}{path}{diagnostic.code.name}: {diagnostic.message}{help}"
