"""Policies for tests, short enough to stand beside what they are to give.

`law` fills in what every declaration must carry and no test is about: a head, a source, labels in both languages;
`labelled` the labels alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Final

import policy
from policy.model.types import Code, Date, Enum, Key, ListOf, MapBy, Moment, Number, OptionalOf, Text, Type, YesNo
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Elapsed, Fault, Listing, MapValue, Record, items_of

DAY: Final = "2024-07-01"

HEAD: Final = """
policy club
  en "Club" fr "Club"
  zone "America/Toronto"
  cites RULES 1

source RULES
  en "Rules of the club" fr "Règles du club"
  abbreviated en "Rules" fr "Règles"
"""
LABELS: Final = 'en "label" fr "libellé"'

DECLARED: Final = re.compile(
    r"^(?P<first>(?:define|requirement|decision|points|table|scale|input|enum|quantity|record|set|dataset|remark|invariant"
    r"|open question)\b.*?)(?P<rest>(?:(?: is(?: (?!spell)|$)| asked when | when ).*))?$"
)
WITHIN: Final = re.compile(r"^(?P<first>\s+(?:value|field|valid)\b.*?)(?P<rest> applies when .*)?$")


def law(text: str) -> str:
    """A whole policy file: declarations as they are, with head, source and labels."""
    return f"{HEAD}\n{labelled(text)}\n"


def labelled(text: str) -> str:
    """Declarations with labels in both languages, and with questions; those that have labels as they are."""
    lines = []
    for line in text.strip("\n").splitlines():
        inner = WITHIN.match(line)
        found = DECLARED.match(line) or inner
        if found is None or ' en "' in line:
            lines.append(line)
            continue
        first, rest = found["first"], found["rest"] or ""
        asks = ' asks en "question" fr "question"' if re.match(r"\s*(input|field)\b", line) else ""
        if inner is not None:
            lines.append(f"{first} {LABELS}{asks}{rest}")
        else:
            lines += [first, f"  {LABELS}{asks}", *([f" {rest}"] if rest else [])]
    return "\n".join(lines)


def load(folder: Path, text: str, data: Mapping[str, str] | None = None) -> policy.Library:
    """A library of one policy, `club`, with its datasets."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "club.policy").write_text(law(text), "utf-8")
    for name, content in (data or {}).items():
        (folder / "data" / name).write_text(content, "utf-8")
    return policy.load(folder)


def rules(folder: Path, text: str, data: Mapping[str, str] | None = None, day: str = DAY) -> policy.Rules:
    """The rules of a policy on a day."""
    return load(folder, text, data).on(day)


# ------------------------------------------------------------------ values as words


def shown(value: object) -> str:
    """A value in the words of a table of cases: `yes`, `5/3`, `fault: none`, `[1, 2?]` with a merely possible 2."""
    if value is UNKNOWN:
        return "unknown"
    if value is NOT_APPLICABLE:
        return "n/a"
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case Fault(kind=kind):
            return f"fault: {kind}"
        case int() | Fraction() | str():
            return str(value)
        case date():
            return value.isoformat()
        case Elapsed(start=start, until=until):
            return f"{start} to before {until}"
        case MapValue(values=values):
            return "{" + ", ".join(f"{key}: {shown(inner)}" for key, inner in values.items()) + "}"
        case tuple() | Listing():
            items, certain = items_of(value)
            inner = (shown(item) + ("" if sure else "?") for item, sure in zip(items, certain, strict=True))
            return "[" + ", ".join(inner) + "]"
        case Record():
            return shown_record(value)
        case _:
            raise AssertionError(f"no words for {value!r}")


def shown_record(record: Record) -> str:
    """A record by its name if it has one, a spell with its days, a group with its key and members."""
    fields = record.fields
    if "key" in fields and "members" in fields:
        return f"{shown(fields['key'])}: {shown(fields['members'])}"
    name = fields.get("name", record.path)
    if "start" in fields:
        start, end = (shown(fields[key]) for key in ("start", "end"))
        members = f" of {shown(fields['members'])}" if "members" in fields else ""
        return f"{name} {start}..{end}{members}".strip()
    return shown(name)


def read(text: str, type_: Type) -> object:
    """The value that the words of a table of cases mean where a type is wanted."""
    text = text.strip()
    if text == "unknown":
        return UNKNOWN
    if text == "n/a":
        return NOT_APPLICABLE
    if text == "none":
        return None
    if text.startswith("fault"):
        return Fault(text.partition(": ")[2] or "planted", "planted by the test")
    match type_:
        case OptionalOf(of=of):
            return read(text, of)
        case YesNo():
            return {"yes": True, "no": False}[text]
        case Number():
            number = Fraction(text)
            return int(number) if number.denominator == 1 else number
        case Date():
            return date.fromisoformat(text)
        case Moment():
            return datetime.fromisoformat(text)
        case Text() | Code() | Key() | Enum():
            return text
        case MapBy(of=of):
            pairs = (part.split(": ") for part in text.strip("{}").split(", "))
            return MapValue({key: read(value, of) for key, value in pairs})
        case ListOf(of=of):
            inner = [part.strip() for part in text.strip("[]").split(",") if part.strip()]
            certain = tuple(not part.endswith("?") for part in inner)
            items = tuple(read(part.removesuffix("?"), of) for part in inner)
            return items if all(certain) else Listing(items, certain)
        case _:
            raise AssertionError(f"no words for a {type_}")
