"""Reading the CSV file of a dataset as its declaration says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from policy.check import errors
from policy.check.fitting import allowed
from policy.diagnostics import Diagnostic, did_you_mean
from policy.model.catalog import DatasetShape, Labels
from policy.model.types import Anything, Code, Date, Enum, Key, ListOf, Moment, Number, OptionalOf, Text, Type, YesNo
from policy.model.versions import Entry
from policy.syntax.days import read_day
from policy.syntax.tree import DatasetDeclaration

MOST_MISTAKES: Final = 20
"""Mistakes reported for one file; a file with more of them is not the file that was meant."""

NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)

Rows = Mapping[str, Mapping[str, object]]
Columns = tuple[tuple[str, Type], ...]


def read_dataset(
    entry: Entry, declaration: DatasetDeclaration, columns: Mapping[str, Type], folder: Path
) -> tuple[DatasetShape, tuple[Diagnostic, ...]]:
    """The rows of a dataset by key. What cannot be read is reported, and the row left out."""
    keys = [column.name for column in declaration.columns if column.key]
    rows, titles, mistakes = _read(declaration, tuple(columns.items()), tuple(keys), folder)
    label = Labels(entry.clauses.label.en or "", entry.clauses.label.fr or "")
    return DatasetShape(entry.full_name, label, rows, titles, columns, keys[0] if keys else ""), mistakes


def missing_keys(
    declaration: DatasetDeclaration, shape: DatasetShape, keys_of: Callable[[str], Collection[str]]
) -> Iterator[Diagnostic]:
    """A mistake for each cell that should be the key of a row of some dataset, and is none."""
    for name, type_ in shape.columns.items():
        bare = type_.of if isinstance(type_, (OptionalOf, ListOf)) else type_
        known = keys_of(bare.dataset) if isinstance(bare, Key) else ()
        for at, row in shape.rows.items() if known else ():
            value = row[name]
            for code in value if isinstance(value, tuple) else (value,):
                if code is not None and code not in known:
                    message = f"the row `{at}` of `{declaration.file}`: column `{name}`: `{code}` is not a `{bare}`"
                    yield errors.bad_data(declaration.file_span, message, "correct the file")


@lru_cache(maxsize=64)
def _read(
    declaration: DatasetDeclaration, columns: Columns, keys: tuple[str, ...], folder: Path
) -> tuple[Rows, Mapping[str, Labels], tuple[Diagnostic, ...]]:
    """The rows and titles of a dataset, and its mistakes.

    Kept for as long as the declaration is the same object: a program is checked for many days, its files read once.
    """
    mistakes = tuple(_misdeclared(declaration, dict(columns), keys))
    if mistakes:
        return {}, {}, mistakes
    if (text := _text_of(declaration, folder)) is None:
        return {}, {}, (_unreadable(declaration, folder),)
    reader = _Reader(declaration, dict(columns), keys[0], text)
    return reader.rows, reader.titles, tuple(reader.mistakes)


def _misdeclared(
    declaration: DatasetDeclaration, columns: Mapping[str, Type], keys: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """What is wrong with the declaration itself."""
    if len(keys) != 1:
        message = f"`{declaration.name}` has {len(keys) or 'no'} key column{'s' if len(keys) > 1 else ''}"
        yield errors.bad_data(declaration.name_span, message, "mark one column `key`")
    for column in declaration.columns:
        type_ = columns[column.name]
        bare = type_.of if isinstance(type_, (OptionalOf, ListOf)) else type_
        if type(bare) not in READERS:
            help = "declare it as text, a code, a number, yes_no, a date, a moment or an enum, or a list of them"
            yield errors.bad_data(column.span, f"a column cannot hold `{type_}`", help)
        elif column.key and bare is not type_:
            yield errors.bad_data(column.span, f"a key cannot be `{type_}`", "every row has one key")
    for title in declaration.titles or ():
        if title not in columns:
            help = did_you_mean(title, columns) or "declare the column"
            message = f"`titles` names `{title}`, which is no declared column"
            yield errors.bad_data(declaration.name_span, message, help)
        elif not isinstance(columns[title], (Text, Anything)):
            message = f"`titles` names `{title}`, which is `{columns[title]}`"
            yield errors.bad_data(declaration.name_span, message, "name columns of text")


def _text_of(declaration: DatasetDeclaration, folder: Path) -> str | None:
    """The text of the file, if it is in the folder and can be read."""
    file = PurePosixPath(declaration.file)
    if file.is_absolute() or ".." in file.parts or "\\" in declaration.file:
        return None
    try:
        return (folder / file).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None


def _unreadable(declaration: DatasetDeclaration, folder: Path) -> Diagnostic:
    """Why the file cannot be read."""
    if (folder / declaration.file).is_file():
        message = f"`{declaration.file}` is not UTF-8 text in the `data` folder of the policies"
        return errors.bad_data(declaration.file_span, message, "save it there as UTF-8 text")
    known = [found.name for found in folder.glob("*.csv")] if folder.is_dir() else []
    help = did_you_mean(declaration.file, known) or "datasets are looked for in the `data` folder of the policies"
    return errors.bad_data(declaration.file_span, f"there is no file `{declaration.file}`", help)


class _Reader:
    """Reads one file row by row. The rows, their titles and the mistakes are there when it has been made."""

    def __init__(self, declaration: DatasetDeclaration, columns: Mapping[str, Type], key: str, text: str) -> None:
        self.declaration = declaration
        self.columns = columns
        self.key = key
        self.rows: dict[str, dict[str, object]] = {}
        self.titles: dict[str, Labels] = {}
        self.mistakes: list[Diagnostic] = []
        self._lines = csv.reader(io.StringIO(text), strict=True)
        try:
            header = next(self._lines, [])
            if self._header_fits(header):
                for cells in self._lines:
                    if cells:
                        self._row(header, cells)
        except csv.Error as problem:
            self._refuse(f"not well-formed: {problem}", 'write it as comma-separated values with `"` around texts')

    def _header_fits(self, header: list[str]) -> bool:
        """Whether every declared column is there once; reports those that are not."""
        for column in self.declaration.columns:
            if column.name not in header:
                help = did_you_mean(column.name, header) or f"it has {', '.join(f'`{name}`' for name in header)}"
                message = f"`{self.declaration.file}` has no column `{column.name}`"
                self.mistakes.append(errors.bad_data(column.name_span, message, help))
            elif header.count(column.name) > 1:
                message = f"`{self.declaration.file}` has the column `{column.name}` twice"
                self.mistakes.append(errors.bad_data(column.name_span, message, "give one of them another name"))
        return not self.mistakes

    def _row(self, header: list[str], cells: list[str]) -> None:
        """Take in one row, or report why it cannot be."""
        if len(cells) != len(header):
            self._refuse(f"{len(cells)} cells under {len(header)} headings", 'write `"` around a text with a comma')
            return
        given = dict(zip(header, cells, strict=True))
        row: dict[str, object] = {}
        for name, type_ in self.columns.items():
            try:
                row[name] = read_cell(given[name], type_)
            except ValueError as problem:
                self._refuse(f"column `{name}`: {problem}", "correct the file, or the type of the column")
        if row.keys() != self.columns.keys():
            return
        at = str(row[self.key])
        if at in self.rows:
            self._refuse(f"the key `{at}` stands twice", "keep one row for each key")
            return
        self.rows[at] = row
        if self.declaration.titles is not None:
            en, fr = self.declaration.titles
            self.titles[at] = Labels(str(row[en]), str(row[fr]))

    def _refuse(self, message: str, help: str) -> None:
        """Report something wrong on the line just read, unless too much is."""
        if len(self.mistakes) < MOST_MISTAKES:
            place = f"line {self._lines.line_num} of `{self.declaration.file}`"
            self.mistakes.append(errors.bad_data(self.declaration.file_span, f"{place}: {message}", help))


# ------------------------------------------------------------------ cells


def read_cell(text: str, type_: Type) -> object:
    """The value of a cell. Raises ValueError with the reason in words."""
    if isinstance(type_, OptionalOf):
        return None if text == "" else read_cell(text, type_.of)
    if isinstance(type_, ListOf):
        return tuple(read_cell(part.strip(), type_.of) for part in text.split(";") if part.strip())
    return READERS[type(type_)](text, type_)


def _text(text: str, _: Type) -> object:
    return text


def _code(text: str, type_: Type) -> object:
    digits = type_.digits if isinstance(type_, Code) else None
    if not text or (digits is not None and (len(text) != digits or not (text.isascii() and text.isdigit()))):
        raise ValueError(f"`{text}` is not a `{type_}`")
    return text


def _number(text: str, type_: Type) -> object:
    assert isinstance(type_, Number)
    if not NUMBER.fullmatch(text) or len(text) > 40:
        raise ValueError(f"`{text}` is not a number")
    value = Fraction(text)
    if type_.whole and value.denominator != 1:
        raise ValueError(f"`{text}` is not a whole number")
    if (range_ := allowed(value, type_)) is not None:
        raise ValueError(f"`{text}` is not {range_}")
    return int(value) if value.denominator == 1 else value


def _yes_no(text: str, _: Type) -> object:
    if text not in {"yes", "no"}:
        raise ValueError(f"`{text}` is neither `yes` nor `no`")
    return text == "yes"


def _date(text: str, _: Type) -> object:
    day = read_day(text)
    if day is None:
        raise ValueError(f"`{text}` is not a day written as year-month-day")
    return day


def _moment(text: str, _: Type) -> object:
    try:
        if MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"`{text}` is not a day and hour with an offset, such as `2024-05-31T12:00:00Z`")


def _enum(text: str, type_: Type) -> object:
    assert isinstance(type_, Enum)
    if text not in type_.values:
        raise ValueError(f"`{text}` is not one of `{type_}`")
    return text


READERS: Final[Mapping[type, Callable[[str, Type], object]]] = {
    Text: _text,
    Code: _code,
    Key: _code,
    Number: _number,
    YesNo: _yes_no,
    Date: _date,
    Moment: _moment,
    Enum: _enum,
    Anything: _text,
}
