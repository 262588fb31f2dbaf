"""Reading the CSV file of a dataset as its declaration says."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from policy.check import errors
from policy.diagnostics import Diagnostic, did_you_mean
from policy.model.catalog import DatasetShape, Labels
from policy.model.types import Code, Date, Enum, ListOf, Number, OptionalOf, Text, Type, YesNo
from policy.model.versions import Entry
from policy.syntax.tree import DatasetDeclaration

MOST_MISTAKES = 20
"""Mistakes reported for one file; a file with more of them is not the file that was meant."""


def read_dataset(
    entry: Entry, declaration: DatasetDeclaration, columns: Mapping[str, Type], folder: Path
) -> tuple[DatasetShape, list[Diagnostic]]:
    """The rows of a dataset by key. What cannot be read is reported, and the row left out."""
    label = Labels(entry.clauses.label.en or "", entry.clauses.label.fr or "")
    keys = [column.name for column in declaration.columns if column.key]
    empty = DatasetShape(entry.full_name, label, {}, {}, columns, keys[0] if keys else "")
    if len(keys) != 1:
        return empty, [
            errors.bad_data(
                declaration.name_span, f"`{entry.name}` has {len(keys)} key columns", "mark one column `key`"
            )
        ]
    path = folder / declaration.file
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = "is not UTF-8 text" if isinstance(problem, UnicodeDecodeError) else "cannot be read"
        known = [found.name for found in folder.glob("*.csv")] if folder.is_dir() else []
        return empty, [
            errors.bad_data(
                declaration.file_span,
                f"`{declaration.file}` {reason}",
                did_you_mean(declaration.file, known) or "datasets are looked for in the `data` folder of the policies",
            )
        ]
    return _rows(declaration, columns, keys[0], empty, text)


def _rows(
    declaration: DatasetDeclaration, columns: Mapping[str, Type], key: str, empty: DatasetShape, text: str
) -> tuple[DatasetShape, list[Diagnostic]]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    header = list(reader.fieldnames or ())
    mistakes = [
        errors.bad_data(
            column.span, f"`{declaration.file}` has no column `{column.name}`", did_you_mean(column.name, header)
        )
        for column in declaration.columns
        if column.name not in header
    ]
    mistakes += [
        errors.bad_data(
            declaration.name_span,
            f"`titles` names `{title}`, which is no declared column",
            did_you_mean(title, columns),
        )
        for title in declaration.titles or ()
        if title not in columns
    ]
    if mistakes:
        return empty, mistakes
    rows: dict[str, dict[str, object]] = {}
    titles: dict[str, Labels] = {}

    def refuse(message: str) -> None:
        if len(mistakes) < MOST_MISTAKES:
            mistakes.append(
                errors.bad_data(declaration.file_span, f"line {reader.line_num} of `{declaration.file}`: {message}")
            )

    try:
        for raw in reader:
            row: dict[str, object] = {}
            for name, type_ in columns.items():
                try:
                    row[name] = read_cell(raw[name] or "", type_)
                except ValueError as problem:
                    refuse(f"column `{name}`: {problem}")
                    row[name] = ""
            at = str(row[key])
            if at in rows:
                refuse(f"the key `{at}` stands twice")
                continue
            rows[at] = row
            if declaration.titles:
                en, fr = declaration.titles
                titles[at] = Labels(str(row[en]), str(row[fr]))
    except csv.Error as problem:
        refuse(f"not well-formed: {problem}")
    return DatasetShape(empty.name, empty.label, rows, titles, columns, key), mistakes


def read_cell(text: str, type_: Type) -> object:
    """The value of a cell. Raises ValueError with the reason in words."""
    if isinstance(type_, OptionalOf):
        return None if text == "" else read_cell(text, type_.of)
    if isinstance(type_, ListOf):
        return tuple(read_cell(part.strip(), type_.of) for part in text.split(";") if part.strip())
    reader = READERS.get(type(type_))
    if reader is None:
        raise ValueError(f"a dataset cannot hold `{type_}`")
    return reader(text, type_)


def _text(text: str, _: Type) -> object:
    return text


def _code(text: str, type_: Type) -> object:
    assert isinstance(type_, Code)
    if not text or (type_.digits is not None and (len(text) != type_.digits or not text.isdigit())):
        raise ValueError(f"`{text}` is not a {type_}")
    return text


def _number(text: str, type_: Type) -> object:
    assert isinstance(type_, Number)
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"`{text}` is not a number") from None
    if value.denominator == 1:
        return int(value)
    if type_.whole:
        raise ValueError(f"`{text}` is not a whole number")
    return value


def _yes_no(text: str, _: Type) -> object:
    if text not in {"yes", "no"}:
        raise ValueError(f"`{text}` is neither `yes` nor `no`")
    return text == "yes"


def _date(text: str, _: Type) -> object:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"`{text}` is not a day") from None


def _enum(text: str, type_: Type) -> object:
    assert isinstance(type_, Enum)
    if text not in type_.values:
        raise ValueError(f"`{text}` is not one of `{type_}`")
    return text


READERS: Mapping[type, Callable[[str, Type], object]] = {
    Text: _text,
    Code: _code,
    Number: _number,
    YesNo: _yes_no,
    Date: _date,
    Enum: _enum,
}
