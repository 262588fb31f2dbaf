"""Python code that reads the profiles of one catalog, made as a syntax tree: text of a policy never becomes code.

The code takes the good path only. It gives the same facts as the slow reading of `validate`, and declines whatever it
does not know to be right, which is then judged there: it need not say what is wrong, nor even whether anything is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import Final

from policy.model.catalog import Catalog, FieldShape
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
from policy.profiles.document import LARGEST, path_text
from policy.profiles.shapes import ANSWERS
from policy.profiles.stand_ins import CheckOf, Reading, RowsOf

DEEPEST: Final = 8
"""How many lists and mappings may stand inside one another for the code to read them."""

LONGEST: Final = 1000
"""How many members a list may have for the code to read it; fewer, where many such lists would be too much."""


class NotReadable(Exception):
    """A catalog has what this code does not read: records within themselves, or what is computed and never given."""


def write(catalog: Catalog, readings: Mapping[str, Reading]) -> tuple[ast.Module, dict[str, object]]:
    """The code of a function `read`, and what the names in it mean. `readings` are of the records that have conditions.

    The function takes a document and gives its facts and answers. Among the constants, a `Number` stands for the
    reading of such numbers. Raises NotReadable.
    """
    writer = _Writer(catalog, readings, LONGEST)
    while writer.size() > LARGEST:
        if not writer.longest:
            raise NotReadable
        writer = _Writer(catalog, readings, writer.longest // 2)
    writer.profile()
    module = ast.parse("\n".join(writer.lines))
    return ast.fix_missing_locations(_Constants(writer.plain).visit(module)), writer.constants


class _Constants(ast.NodeTransformer):
    """Puts plain constants where their names stand."""

    def __init__(self, plain: Mapping[str, str | int]) -> None:
        self.plain = plain

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Constant(self.plain[node.id]) if node.id in self.plain else node


class _Writer:
    """Collects lines, in which nothing stands but words of ours and names with numbers, and what the names mean."""

    def __init__(self, catalog: Catalog, readings: Mapping[str, Reading], longest: int) -> None:
        self.catalog = catalog
        self.readings = readings
        self.longest = longest
        self.lines: list[str] = []
        self.constants: dict[str, object] = {}
        self.plain: dict[str, str | int] = {}
        self._names: dict[object, str] = {}
        self._functions: dict[Type, str] = {}

    # -------------------------------------------------------------- names

    def name(self, letter: str) -> str:
        """A name that nothing has yet."""
        self._names[letter] = str(int(self._names.get(letter, "0")) + 1)
        return letter + self._names[letter]

    def constant(self, value: object) -> str:
        """A name for a constant, one for equal ones."""
        key = (type(value), value)
        if key not in self._names:
            name = self._names[key] = self.name("k")
            if isinstance(value, str | int):
                self.plain[name] = value
            else:
                self.constants[name] = value
        return self._names[key]

    # -------------------------------------------------------------- how much can be read

    def size(self) -> int:
        """How many values a document can hold that is read."""
        return 2 + sum(self._size(field.type, 0) for field in self.catalog.inputs.values())

    def _size(self, type_: Type, depth: int) -> int:
        if depth > DEEPEST:
            raise NotReadable
        match type_:
            case OptionalOf(of=of):
                return self._size(of, depth)
            case ListOf(of=of):
                return 1 + self.longest * self._size(of, depth + 1)
            case MapBy(of=of, by=by):
                return 1 + len(by.values) * self._size(of, depth + 1)
            case RecordOf(name=name):
                fields = self.catalog.records[name].fields.values()
                return 1 + sum(self._size(field.type, depth + 1) for field in fields)
            case _:
                return 1

    # -------------------------------------------------------------- the profile

    def profile(self) -> None:
        """The function `read`, after those it calls."""
        body = ["def read(given):", " records = []"]
        body += self.members(self.catalog.inputs.values(), "", [ANSWERS])
        body += [" facts = " + self.dictionary(self.catalog.inputs.values())]
        body += self.answers()
        self.lines += [*body, " return facts, answers"]

    def members(self, fields: Iterable[FieldShape], path: str, also: Iterable[str] = ()) -> list[str]:
        """Lines that take each field of a mapping `given` into a variable of its own; no other key may stand there.

        `path` is an expression for where it stands, "" for the whole profile.
        """
        lines = [" if type(given) is not dict: raise declined", " left = len(given)"]
        for number, field in enumerate(fields):
            key, value = self.constant(field.name), f"v{number}"
            lines += [f" {value} = given.get({key}, unknown)", f" if {value} is not unknown:", "  left -= 1"]
            step = path_text((field.name,), "x")[1:] if path else field.name
            lines += self.accept(field.type, value, (path, step), "  ")
        lines += [f" if {self.constant(key)} in given: left -= 1" for key in also]
        return [*lines, " if left: raise declined"]

    def dictionary(self, fields: Iterable[FieldShape]) -> str:
        """The fields and their variables."""
        pairs = (f"{self.constant(field.name)}: v{number}" for number, field in enumerate(fields))
        return "{" + ", ".join(pairs) + "}"

    def answers(self) -> list[str]:
        """Lines that read the answers to open questions, when all records are known."""
        lines = [
            " answers = {}",
            f" given = given.get({self.constant(ANSWERS)}, unknown)",
            " if given is unknown: return facts, answers",
            " if type(given) is not dict or len(given) > 1000: raise declined",
            " for question, value in given.items():",
        ]
        word = "if"
        for name, field in self.catalog.questions.items():
            lines += [f"  {word} question == {self.constant(name)}:"]
            if name in self.catalog.per_record:
                kind = self.catalog.per_record[name]
                some = f" if record.type == {self.constant(kind)}" if kind else ""
                lines += [
                    "   if type(value) is not dict: raise declined",
                    f"   known = {{record.path for record in records{some}}}",
                    "   about = {}",
                    "   for place, answer in value.items():",
                    "    if type(place) is not str or place not in known: raise declined",
                    *self.accept(field.type, "answer", ("place", ""), "    "),
                    "    about[place] = answer",
                    f"   answers[{self.constant(name)}] = about",
                ]
            else:
                lines += self.accept(field.type, "value", ("question", ""), "   ")
                lines += [f"   answers[{self.constant(name)}] = value"]
            word = "elif"
        return [*lines, "  else: raise declined" if self.catalog.questions else "  raise declined"]

    # -------------------------------------------------------------- one value

    def accept(self, type_: Type, value: str, path: tuple[str, str], indent: str) -> list[str]:
        """Lines that make the value of a variable what rules work on, or decline it."""
        if isinstance(type_, OptionalOf):
            inner = self.accept(type_.of, value, path, indent + " ")
            return [f"{indent}if {value} is not None:", *inner]
        return [indent + line for line in self._accept(type_, value, path)]

    def _accept(self, type_: Type, value: str, path: tuple[str, str]) -> list[str]:
        match type_:
            case YesNo():
                return _unless(f"{value} is True or {value} is False")
            case Text():
                return _unless(f"type({value}) is str and {value}.isprintable()")
            case Code(digits=None):
                return _unless(f"type({value}) is str and {value} and {value}.isprintable() and not ' ' in {value}")
            case Code(digits=digits):
                form = f"len({value}) == {self.constant(digits)} and {value}.isascii() and {value}.isdecimal()"
                return _unless(f"type({value}) is str and {form}")
            case Enum(values=values):
                return _unless(f"type({value}) is str and {value} in {self.constant(frozenset(values))}")
            case Key(dataset=dataset):
                return _unless(f"type({value}) is str and {value} in {self.constant(RowsOf(dataset))}")
            case Date():
                form = f"len({value}) == 10 and {value}[4] == '-' and {value}[7] == '-'"
                return [
                    f"if type({value}) is str:",
                    *(" " + line for line in _unless(form)),
                    f" {value} = day({value})",
                    f"elif type({value}) is not date: raise declined",
                ]
            case Moment():
                return [f"{value} = moment({value})"]
            case Number():
                return self.number(type_, value)
            case RowOf(dataset=dataset):
                row = f"Record({self.constant(dataset)}, {self.constant(RowsOf(dataset))}[{value}], {self.place(path)})"
                return [*_unless(f"type({value}) is str"), f"{value} = {row}"]
            case RecordOf():
                return [f"{value} = {self.function(type_)}({value}, {self.place(path)}, records)"]
            case MapBy():
                return [f"{value} = {self.function(type_)}({value}, {self.place(path)}, records)"]
            case ListOf(of=of):
                items, item, at = self.name("l"), self.name("m"), self.name("i")
                return [
                    *_unless(f"(type({value}) is list or type({value}) is tuple) and len({value}) <= {self.longest}"),
                    f"{items} = []",
                    f"for {at}, {item} in enumerate({value}):",
                    *self.accept(of, item, (f"{self.place(path)} + f'[{{{at}}}]'", ""), " "),
                    f" {items}.append({item})",
                    f"{value} = tuple({items})",
                ]
            case _:
                raise NotReadable

    def place(self, path: tuple[str, str]) -> str:
        """An expression for where a value stands: an expression for what it stands in, and the step from there."""
        within, step = path
        if not within:
            return self.constant(step)
        return f"{within} + {self.constant(step)}" if step else within

    def number(self, type_: Number, value: str) -> list[str]:
        """Whole numbers are compared here, all others where they are made exact."""
        made = f"{value} = {self.constant(type_)}({value})"
        if type_.choices or type_.low is None or type_.high is None or (type_.step and type_.step.numerator != 1):
            return [made]
        low, high = -(-type_.low.numerator // type_.low.denominator), type_.high.numerator // type_.high.denominator
        inside = f"{self.constant(low)} <= {value} <= {self.constant(high)}"
        return [f"if type({value}) is not int or not {inside}: {made}"]

    # -------------------------------------------------------------- mappings

    def function(self, type_: RecordOf | MapBy) -> str:
        """The function that reads a record or a mapping, written when it is first needed."""
        if type_ not in self._functions:
            name = self._functions[type_] = self.name("f")
            body = self.record(type_) if isinstance(type_, RecordOf) else self.map(type_)
            self.lines += [f"def {name}(given, path, records):", *body]
        return self._functions[type_]

    def map(self, type_: MapBy) -> list[str]:
        fields = [FieldShape(key, type_.of) for key in type_.by.values]
        return [*self.members(fields, "path"), f" return MapValue({self.dictionary(fields)})"]

    def record(self, type_: RecordOf) -> list[str]:
        shape = self.catalog.records[type_.name]
        fields = list(shape.fields.values())
        lines = self.members(fields, "path")
        at = {field.name: f"v{number}" for number, field in enumerate(fields)}
        if shape.spell and {"start", "end"} <= at.keys():
            start, end = at["start"], at["end"]
            lines += [
                f" if {end} is not None and {end} is not unknown and {start} is not unknown:",
                f"  if {end} < {start}: raise declined",
            ]
        lines += [f" record = Record({self.constant(type_.name)}, {self.dictionary(fields)}, path)"]
        if type_.name in self.readings:
            lines += self.check(type_.name, self.readings[type_.name], at)
        return [*lines, " records.append(record)", " return record"]

    def check(self, record: str, reading: Reading, at: Mapping[str, str]) -> list[str]:
        """Lines that have the conditions of a record judged; where a few plain fields decide, once for each case."""
        types = {field.name: field.type for field in self.catalog.records[record].fields.values()}
        parts = [_decisive(types[name], at[name]) for name in reading.read or ()]
        if reading.read is None or None in parts:
            return [f" if not {self.constant(CheckOf(record, False))}(None, record): raise declined"]
        given = (f"{at[name]} is unknown" for name in reading.told if name in at)
        key = "(" + "".join(f"{part}, " for part in (*filter(None, parts), *given)) + ")"
        return [f" if not {self.constant(CheckOf(record, True))}({key}, record): raise declined"]


def _unless(condition: str) -> list[str]:
    return [f"if not ({condition}): raise declined"]


def _decisive(type_: Type, value: str) -> str | None:
    """An expression that is quick to look up, and differs where two values of a type do; None where there is none."""
    match type_:
        case OptionalOf(of=of):
            return _decisive(of, value)
        case YesNo() | Text() | Code() | Enum() | Key() | Date():
            return value
        case Number(whole=True):
            return value
        case Number():
            return f"ratio({value})"
        case MapBy(of=Number()):
            return f"ratios({value})"
        case _:
            return None
