"""Reading the CSV file of a dataset as its declaration says."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from policy.check import errors
from policy.check.csv_text import Cell, Malformed, rows_in
from policy.check.fitting import allowed
from policy.diagnostics import Diagnostic, Note, did_you_mean
from policy.model.catalog import DatasetShape, Labels
from policy.model.types import Anything, Code, Date, Enum, Key, ListOf, Moment, Number, OptionalOf, Text, Type, YesNo
from policy.model.versions import Entry
from policy.syntax.days import read_day
from policy.syntax.tree import DatasetDeclaration
from policy.text import Source, Span, shown

MOST_MISTAKES: Final = 20
"""Mistakes reported for one file; a file with more of them is not the file that was meant."""

NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)

Rows = Mapping[str, Mapping[str, object]]
Columns = tuple[tuple[str, Type], ...]
Places = Mapping[tuple[str, str], Span]


def read_dataset(
    entry: Entry, declaration: DatasetDeclaration, columns: Mapping[str, Type], folder: Path
) -> tuple[DatasetShape, Places, tuple[Diagnostic, ...]]:
    """The rows of a dataset by key, or by their number where it has none; and where keys of other datasets stand.

    What cannot be read is reported, and the row left out.
    """
    keys = [column.name for column in declaration.columns if column.key]
    rows, titles, places, mistakes = _read(declaration, tuple(columns.items()), tuple(keys), folder)
    label = Labels(entry.clauses.label.en or "", entry.clauses.label.fr or "")
    return DatasetShape(entry.full_name, label, rows, titles, columns, keys[0] if keys else ""), places, mistakes


def missing_keys(
    declaration: DatasetDeclaration, shape: DatasetShape, places: Places, keys_of: Callable[[str], Collection[str]]
) -> Iterator[Diagnostic]:
    """A mistake for each cell that should be the key of a row of some dataset, and is none."""
    note = Note(f"read as `{declaration.name}`", declaration.file_span)
    for name, type_ in shape.columns.items():
        bare = _bare(type_)
        known = keys_of(bare.dataset) if isinstance(bare, Key) else ()
        for at, row in shape.rows.items() if known else ():
            value = row[name]
            for code in value if isinstance(value, tuple) else (value,):
                if code is not None and code not in known:
                    message = f"column `{name}`: `{code}` is not a `{bare}`"
                    yield errors.bad_data(places[at, name], message, "correct the file", (note,))


@lru_cache(maxsize=64)
def _read(
    declaration: DatasetDeclaration, columns: Columns, keys: tuple[str, ...], folder: Path
) -> tuple[Rows, Mapping[str, Labels], Places, tuple[Diagnostic, ...]]:
    """The rows and titles of a dataset, where its keys of others stand, and its mistakes.

    Kept for as long as the declaration is the same object: a program is checked for many days, its files read once.
    """
    mistakes = tuple(_misdeclared(declaration, dict(columns), keys))
    if mistakes:
        return {}, {}, {}, mistakes
    if (source := _source_of(declaration, folder)) is None:
        return {}, {}, {}, (_unreadable(declaration, folder),)
    reader = _Reader(declaration, dict(columns), keys[0] if keys else "", source)
    return reader.rows, reader.titles, reader.places, tuple(reader.mistakes)


def _misdeclared(
    declaration: DatasetDeclaration, columns: Mapping[str, Type], keys: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """What is wrong with the declaration itself."""
    if len(keys) > 1:
        message = f"`{declaration.name}` has {len(keys)} key columns"
        yield errors.bad_data(declaration.name_span, message, "mark one column `key`")
    if declaration.titles and not keys:
        message = f"`titles` names the rows of `{declaration.name}` by their key, and it has none"
        yield errors.bad_data(declaration.name_span, message, "mark a column `key`, or leave `titles` out")
    for column in declaration.columns:
        type_ = columns[column.name]
        bare = _bare(type_)
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


def _source_of(declaration: DatasetDeclaration, folder: Path) -> Source | None:
    """The text of the file, if it is in the folder and can be read."""
    file = PurePosixPath(declaration.file)
    if file.is_absolute() or ".." in file.parts or "\\" in declaration.file:
        return None
    try:
        text = (folder / file).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
    return Source(shown(folder / file), text)


def _unreadable(declaration: DatasetDeclaration, folder: Path) -> Diagnostic:
    """Why the file cannot be read."""
    if (folder / declaration.file).is_file():
        message = f"`{declaration.file}` is not UTF-8 text in the `data` folder of the policies"
        return errors.bad_data(declaration.file_span, message, "save it there as UTF-8 text")
    known = [found.name for found in folder.glob("*.csv")] if folder.is_dir() else []
    help = did_you_mean(declaration.file, known) or "datasets are looked for in the `data` folder of the policies"
    return errors.bad_data(declaration.file_span, f"there is no file `{declaration.file}`", help)


class _Reader:
    """Reads one file row by row. The rows, their titles and the mistakes are there when it has been made.

    `places` says where cells stand that must be keys of other datasets, by the key of their row and their column.
    """

    def __init__(self, declaration: DatasetDeclaration, columns: Mapping[str, Type], key: str, source: Source) -> None:
        self.declaration = declaration
        self.columns = columns
        self.key = key
        self.source = source
        self.rows: dict[str, dict[str, object]] = {}
        self.titles: dict[str, Labels] = {}
        self.places: dict[tuple[str, str], Span] = {}
        self.mistakes: list[Diagnostic] = []
        self._note = Note(f"read as `{declaration.name}`", declaration.file_span)
        self._lines: dict[str, Span] = {}
        try:
            rows = rows_in(source)
            header = next(rows, [])
            if self._header_fits(header):
                names = [cell.text for cell in header]
                for cells in rows:
                    self._row(names, cells)
        except Malformed as problem:
            self._refuse(problem.span, problem.reason, problem.help)

    def _header_fits(self, header: list[Cell]) -> bool:
        """Whether every declared column is there once; reports those that are not."""
        names = [cell.text for cell in header]
        there = f"it has {', '.join(f'`{name}`' for name in names)}" if names else "name the columns in its first line"
        for column in self.declaration.columns:
            if column.name not in names:
                help = did_you_mean(column.name, names) or there
                message = f"`{self.declaration.file}` has no column `{column.name}`"
                self.mistakes.append(errors.bad_data(column.name_span, message, help))
            for again in [cell for cell in header if cell.text == column.name][1:]:
                message = f"the column `{column.name}` stands twice"
                self._refuse(self._place(again), message, "give one of them another name")
        return not self.mistakes

    def _row(self, names: list[str], cells: list[Cell]) -> None:
        """Take in one row, or report why it cannot be."""
        if len(cells) != len(names):
            message = f"{len(cells)} cells under {len(names)} headings"
            whole = self.source.span(cells[0].start, max(cells[-1].end, cells[0].start + 1))
            self._refuse(whole, message, 'write `"` around a text with a comma')
            return
        given = dict(zip(names, cells, strict=True))
        row: dict[str, object] = {}
        for name, type_ in self.columns.items():
            try:
                row[name] = read_cell(given[name].text, type_)
            except ValueError as problem:
                help = "correct the file, or the type of the column"
                self._refuse(self._place(given[name]), f"column `{name}`: {problem}", help)
        if row.keys() != self.columns.keys():
            return
        at = str(row[self.key]) if self.key else str(len(self.rows) + 1)
        if at in self.rows:
            first = Note("the first row with it", self._lines[at])
            self._refuse(
                self._place(given[self.key]), f"the key `{at}` stands twice", "keep one row for each key", first
            )
            return
        self.rows[at] = row
        if self.key:
            self._lines[at] = self._place(given[self.key])
        for name, type_ in self.columns.items():
            if isinstance(_bare(type_), Key):
                self.places[at, name] = self._place(given[name])
        if self.declaration.titles is not None:
            en, fr = self.declaration.titles
            self.titles[at] = Labels(str(row[en]), str(row[fr]))

    def _place(self, cell: Cell) -> Span:
        """Where a cell stands; an empty one, the sign after it."""
        return self.source.span(cell.start, max(cell.end, cell.start + 1))

    def _refuse(self, place: Span, message: str, help: str, *notes: Note) -> None:
        """Report something wrong in the file, unless too much is."""
        if len(self.mistakes) < MOST_MISTAKES:
            self.mistakes.append(errors.bad_data(place, message, help, (*notes, self._note)))


def _bare(type_: Type) -> Type:
    """The type of one value in a cell."""
    return type_.of if isinstance(type_, (OptionalOf, ListOf)) else type_


# ------------------------------------------------------------------ cells


def read_cell(text: str, type_: Type) -> object:
    """The value of a cell. Raises ValueError with the reason in words."""
    if isinstance(type_, OptionalOf):
        return None if text == "" else read_cell(text, type_.of)
    if isinstance(type_, ListOf):
        return tuple(read_cell(part.strip(), type_.of) for part in text.split(";") if part.strip())
    if not text and not isinstance(type_, Text | Anything):
        raise ValueError("nothing stands here, and the column is not `optional`")
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
