"""The types that declarations give: enums, records, quantities, datasets, inputs, and the signatures of what is defined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from policy.check import errors
from policy.check.datasets import read_dataset
from policy.diagnostics import Diagnostic
from policy.model.catalog import Catalog, DatasetShape, EnumShape, FieldShape, Labels, RecordShape
from policy.model.program import Program
from policy.model.types import (
    Anything,
    Code,
    Date,
    Enum,
    GroupOf,
    Key,
    ListOf,
    MapBy,
    Moment,
    Number,
    OptionalOf,
    RecordOf,
    RowOf,
    RunOf,
    Text,
    Type,
    YesNo,
    without_none,
)
from policy.model.versions import Entry
from policy.syntax import tree as t

ZERO = Fraction(0)

BUILT_IN_TYPES: Final[Mapping[str, Type]] = {
    "yes_no": YesNo(),
    "text": Text(),
    "date": Date(),
    "moment": Moment(),
    "code": Code(),
    "integer": Number("", whole=True),
    "number": Number(""),
    "points": Number("points", whole=True),
    "hours": Number("hours"),
    "years": Number("years", whole=True),
    "months": Number("months", whole=True),
    "weeks": Number("weeks", whole=True),
    "days": Number("days", whole=True),
    "group": GroupOf(Anything(), Anything()),
    "run": RunOf(Anything()),
}

SPELL_FIELDS: Final[Mapping[str, FieldShape]] = {
    "start": FieldShape("start", Date(), Labels("First day", "Premier jour")),
    "end": FieldShape(
        "end",
        OptionalOf(Date()),
        Labels("Last day, or none if it goes on", "Dernier jour, ou aucun si la période se poursuit"),
    ),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """What a definition, table or question takes, and what type it gives."""

    parameters: tuple[tuple[str, Type], ...]
    result: Type


class Shapes:
    """Types of one program, worked out on demand and kept. Mistakes are gathered in `mistakes`."""

    def __init__(self, program: Program, data: Path) -> None:
        self.program = program
        self.data = data
        self.mistakes: list[Diagnostic] = []
        self._signatures: dict[str, Signature] = {}
        self._datasets: dict[str, DatasetShape] = {}

    # -------------------------------------------------------------- types as written

    def type_of(self, written: t.TypeExpression, policy: str) -> Type:
        """The type that a type expression names, seen from a policy."""
        match written:
            case t.NamedType():
                return self._named(written, policy)
            case t.ListType(of=of):
                return ListOf(self.type_of(of, policy))
            case t.OptionalType(of=of):
                return OptionalOf(self.type_of(of, policy))
            case t.CodeType(digits=digits):
                return Code(digits)
            case t.ChoiceType(choices=choices):
                return Number(None, all(c.denominator == 1 for c in choices), min(choices), max(choices), None, choices)
            case t.KeyType(dataset=name) | t.RowType(dataset=name):
                entry = self.declared(written.span, name, policy, t.DatasetDeclaration, "dataset")
                if entry is None:
                    return Anything()
                return Key(entry.full_name) if isinstance(written, t.KeyType) else RowOf(entry.full_name)
            case t.MapType(of=of, by=by):
                value = self._named(t.NamedType(written.span, of), policy)
                key = self._named(t.NamedType(written.span, by), policy)
                if isinstance(key, Enum):
                    return MapBy(value, key)
                if not isinstance(key, Anything):
                    self.mistakes.append(
                        errors.wrong_type(
                            written.span, f"`{by}` is not an enum", "a map has one value for each value of an enum"
                        )
                    )
                return Anything()

    def _named(self, written: t.NamedType, policy: str) -> Type:
        base = BUILT_IN_TYPES.get(written.name)
        if base is None:
            entry = self.declared(
                written.span,
                written.name,
                policy,
                (t.EnumDeclaration, t.RecordDeclaration, t.QuantityDeclaration),
                "type",
            )
            if entry is None:
                return Anything()
            base = self.type_declared(entry)
        if written.step is None and written.low is None and written.high is None:
            return base
        if not isinstance(base, Number):
            self.mistakes.append(errors.wrong_type(written.span, f"`{written.name}` is not a number and has no range"))
            return base
        whole = base.whole or (written.step is not None and written.step.denominator == 1)
        low = base.low if written.low is None else written.low
        high = base.high if written.high is None else written.high
        if low is not None and high is not None and low > high:
            self.mistakes.append(errors.wrong_type(written.span, "the range is empty: it begins above its end"))
        return replace(base, whole=whole, low=low, high=high, step=base.step if written.step is None else written.step)

    def declared(self, span: object, name: str, policy: str, kinds: type | tuple[type, ...], what: str) -> Entry | None:
        """The declaration of one of these kinds that a name means in a policy; reports a name that means none."""
        found = [entry for entry in self._lookup(name, policy) if isinstance(entry.declaration, kinds)]
        if len(found) == 1:
            return found[0]
        assert hasattr(span, "source")
        if found:
            meanings = [(f"`{entry.full_name}`", entry.declaration.name_span) for entry in found]
            self.mistakes.append(errors.ambiguous(span, name, meanings))  # type: ignore[arg-type]
        else:
            known = [*BUILT_IN_TYPES] if what == "type" else []
            known += [
                n
                for n in self.program.names(policy)
                if any(isinstance(e.declaration, kinds) for e in self.program.visible(policy, n))
            ]
            self.mistakes.append(errors.unknown_name(span, name, known, f"the {what}s known here"))  # type: ignore[arg-type]
        return None

    def _lookup(self, name: str, policy: str) -> list[Entry]:
        owner, dot, last = name.partition(".")
        if not dot:
            return self.program.visible(policy, name)
        entry = self.program.find(name) if self.program.uses(policy, owner) else None
        return [entry] if entry and last else []

    # -------------------------------------------------------------- declared types

    def type_declared(self, entry: Entry) -> Type:
        """The type that an enum, record or quantity declares."""
        match entry.declaration:
            case t.EnumDeclaration(values=values, ordered=ordered):
                return Enum(entry.full_name, tuple(value.name for value in values), ordered)
            case t.RecordDeclaration():
                return RecordOf(entry.full_name)
            case t.QuantityDeclaration(type=written):
                base = self.type_of(written, entry.policy)
                if isinstance(base, Number):
                    return replace(base, unit=entry.full_name)
                self.mistakes.append(errors.wrong_type(written.span, f"the quantity `{entry.name}` must be a number"))
                return Anything()
            case _:
                raise AssertionError(f"{entry.full_name} declares no type")

    def enum(self, full_name: str) -> Enum:
        """The enum with this full name."""
        entry = self.program.find(full_name)
        assert entry is not None
        type_ = self.type_declared(entry)
        assert isinstance(type_, Enum)
        return type_

    def fields(self, type_: Type) -> Mapping[str, Type] | None:
        """The fields that values of a type have, by name; None where there are none."""
        match without_none(type_):
            case RecordOf(name=name):
                entry = self.program.find(name)
                assert entry is not None
                assert isinstance(entry.declaration, t.RecordDeclaration)
                own = {field.name: self.type_of(field.type, entry.policy) for field in entry.declaration.fields}
                spell = {key: shape.type for key, shape in SPELL_FIELDS.items()} if entry.declaration.spell else {}
                return {**spell, **own}
            case RowOf(dataset=name):
                return self.dataset(name).columns
            case GroupOf(key=key, member=member):
                return {"key": key, "members": ListOf(member)}
            case RunOf(member=member):
                from policy.model.types import Length

                return {"start": Date(), "end": Date(), "length": Length(), "members": ListOf(member)}
            case _:
                return None

    def is_spell(self, type_: Type) -> bool:
        """Whether values of a type are spells."""
        match without_none(type_):
            case RecordOf(name=name):
                entry = self.program.find(name)
                return (
                    entry is not None and isinstance(entry.declaration, t.RecordDeclaration) and entry.declaration.spell
                )
            case RunOf() | Anything():
                return True
            case _:
                return False

    def dataset(self, full_name: str) -> DatasetShape:
        """The dataset with this full name, read once."""
        if full_name not in self._datasets:
            entry = self.program.find(full_name)
            assert entry is not None
            assert isinstance(entry.declaration, t.DatasetDeclaration)
            columns = {column.name: self.type_of(column.type, entry.policy) for column in entry.declaration.columns}
            self._datasets[full_name], found = read_dataset(entry, entry.declaration, columns, self.data)
            self.mistakes += found
        return self._datasets[full_name]

    # -------------------------------------------------------------- signatures

    def signature(self, entry: Entry, body_type: Callable[[Entry], Type]) -> Signature:
        """What a definition, table, question or remark takes and gives.

        `body_type` works out the body of a definition whose declared type leaves something open (`list of group`).
        """
        known = self._signatures.get(entry.full_name)
        if known is None:
            known = self._signature(entry)
            if isinstance(entry.declaration, t.Definition) and _open(known.result):
                known = replace(known, result=body_type(entry))
            self._signatures[entry.full_name] = known
        return known

    def _signature(self, entry: Entry) -> Signature:
        declaration = entry.declaration
        assert isinstance(declaration, (t.Definition, t.Table, t.Question, t.Remark))
        if isinstance(declaration, t.Remark):
            return Signature((), YesNo())
        parameters = tuple((p.name, self.type_of(p.type, entry.policy)) for p in declaration.parameters)
        if isinstance(declaration, t.Definition) and declaration.type is None:
            return Signature(parameters, BUILT_IN_TYPES["points"] if declaration.kind == "points" else YesNo())
        assert declaration.type is not None
        return Signature(parameters, self.type_of(declaration.type, entry.policy))

    # -------------------------------------------------------------- the catalog

    def catalog(self) -> Catalog:
        """Everything a profile may hold."""
        inputs: dict[str, FieldShape] = {}
        records: dict[str, RecordShape] = {}
        enums: dict[str, EnumShape] = {}
        quantities: dict[str, Labels] = {}
        datasets: dict[str, DatasetShape] = {}
        questions: dict[str, FieldShape] = {}
        symbols: dict[str, str] = {}
        per_record: set[str] = set()
        for entry in self.program.entries():
            label = labels(entry.clauses.label)
            match entry.declaration:
                case t.InputDeclaration(type=written):
                    inputs[entry.name] = _shape(entry.name, self.type_of(written, entry.policy), entry.clauses)
                case t.RecordDeclaration() as record:
                    fields = dict(SPELL_FIELDS) if record.spell else {}
                    for field in record.fields:
                        shape = _shape(field.name, self.type_of(field.type, entry.policy), field.clauses)
                        fields[field.name] = replace(shape, conditional=field.applies is not None)
                    records[entry.full_name] = RecordShape(entry.full_name, label, fields, record.spell)
                case t.EnumDeclaration(values=values, ordered=ordered):
                    named = {value.name: labels(value.clauses.label) for value in values}
                    enums[entry.full_name] = EnumShape(entry.full_name, label, named, ordered)
                case t.QuantityDeclaration(symbol=symbol):
                    quantities[entry.full_name] = label
                    if symbol:
                        symbols[entry.full_name] = symbol
                case t.DatasetDeclaration():
                    datasets[entry.full_name] = self.dataset(entry.full_name)
                case t.Question(type=written, parameters=parameters):
                    questions[entry.full_name] = _shape(
                        entry.full_name, self.type_of(written, entry.policy), entry.clauses
                    )
                    if parameters:
                        per_record.add(entry.full_name)
                case _:
                    pass
        return Catalog(inputs, records, enums, quantities, datasets, questions, symbols, frozenset(per_record))


def labels(pair: t.Pair | None) -> Labels:
    """A pair of texts as labels."""
    return Labels(pair.en or "", pair.fr or "") if pair else Labels()


def _shape(name: str, type_: Type, clauses: t.Clauses) -> FieldShape:
    marks = clauses.unconfirmed
    return FieldShape(
        name, type_, labels(clauses.label), labels(clauses.asks), False, labels(marks[0]) if marks else None
    )


def _open(type_: Type) -> bool:
    """Whether a declared type leaves the members of a group or run to the body."""
    match type_:
        case ListOf(of=of) | OptionalOf(of=of):
            return _open(of)
        case GroupOf(key=Anything()) | RunOf(member=Anything()):
            return True
        case _:
            return False
