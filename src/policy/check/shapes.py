"""The types that declarations give: enums, records, quantities, datasets, and the signatures of what is defined."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, assert_never

from policy.check import errors
from policy.check.datasets import missing_keys, read_dataset
from policy.diagnostics import Diagnostic
from policy.model.catalog import DatasetShape, FieldShape, Labels
from policy.model.program import Program
from policy.model.types import (
    Anything,
    Code,
    Date,
    Enum,
    GroupOf,
    Key,
    Length,
    ListOf,
    MapBy,
    Moment,
    Number,
    OptionalOf,
    RecordOf,
    RowOf,
    RunOf,
    SetOf,
    Text,
    Type,
    YesNo,
    without_none,
)
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.text import Span

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
        self._unsound: set[str] = set()
        self._written: dict[t.TypeExpression, Type] = {}
        self._declared: dict[str, Type] = {}
        self._fields: dict[Type, Mapping[str, Type] | None] = {}

    def report(self, mistake: Diagnostic) -> Anything:
        """Note a mistake; what is wrong agrees with everything from then on."""
        self.mistakes.append(mistake)
        return Anything()

    # -------------------------------------------------------------- types as written

    def type_of(self, written: t.TypeExpression, policy: str) -> Type:
        """The type that a type expression names, seen from the policy that holds it."""
        if written not in self._written:
            self._written[written] = self._type_of(written, policy)
        return self._written[written]

    def type_elsewhere(self, written: t.TypeExpression, policy: str) -> Type:
        """The type that the text of another day names, as far as this day's tell; what they lack is no mistake."""
        if policy not in self.program.texts:
            return Anything()
        known = len(self.mistakes)
        type_ = self._type_of(written, policy)
        del self.mistakes[known:]
        return type_

    def _type_of(self, written: t.TypeExpression, policy: str) -> Type:
        """Work out the type that `type_of` keeps."""
        match written:
            case t.NamedType():
                return self._ranged(written, self._named(written.name, written.span, policy))
            case t.ListType(of=of):
                return ListOf(self.type_of(of, policy))
            case t.OptionalType(of=of):
                return OptionalOf(without_none(self.type_of(of, policy)))
            case t.CodeType(digits=digits):
                return Code(digits)
            case t.ChoiceType(choices=choices):
                return Number(None, all(c.denominator == 1 for c in choices), min(choices), max(choices), None, choices)
            case t.KeyType(dataset=name) | t.RowType(dataset=name):
                entry = self.dataset_named(written.span, name, policy)
                if entry is None:
                    return Anything()
                if not has_key(entry):
                    return self.report(errors.no_key(written.span, entry.name))
                return Key(entry.full_name) if isinstance(written, t.KeyType) else RowOf(entry.full_name)
            case t.MapType(of=of, by=by, span=span):
                value, key = self._named(of, span, policy), self._named(by, span, policy)
                if isinstance(key, (Enum, Anything)):
                    return MapBy(value, key) if isinstance(key, Enum) else key
                help = "write `by` and the name of an enum: there is one value for each of its words"
                return self.report(errors.wrong_type(span, f"`{by}` is not an enum", help))
            case _:
                assert_never(written)

    def dataset_named(self, span: Span, name: str, policy: str) -> Entry | None:
        """The dataset that a name means in a policy; reports a name that means none."""
        return self._find(span, name, policy, (t.DatasetDeclaration,), "dataset")

    def _named(self, name: str, span: Span, policy: str) -> Type:
        """The type with a name: of the language, or declared."""
        base = BUILT_IN_TYPES.get(name)
        if base is not None:
            return base
        kinds = (t.EnumDeclaration, t.RecordDeclaration, t.QuantityDeclaration)
        entry = self._find(span, name, policy, kinds, "type")
        return Anything() if entry is None else self.type_declared(entry)

    def _ranged(self, written: t.NamedType, base: Type) -> Type:
        """A type with the step and bounds that are written after it."""
        if (written.step is None and written.low is None and written.high is None) or isinstance(base, Anything):
            return base
        if not isinstance(base, Number):
            help = "leave the range out"
            return self.report(
                errors.wrong_type(written.span, f"`{written.name}` has no range, since it is not a number", help)
            )
        whole = base.whole or (written.step is not None and written.step.denominator == 1)
        low = base.low if written.low is None else written.low
        high = base.high if written.high is None else written.high
        if low is not None and high is not None and low > high:
            self.report(errors.empty_range(written.span))
        return replace(base, whole=whole, low=low, high=high, step=base.step if written.step is None else written.step)

    def _find(self, span: Span, name: str, policy: str, kinds: tuple[type, ...], what: str) -> Entry | None:
        """The declaration of one of these kinds that a name means in a policy; reports a name that means none."""
        owner, dot, last = name.partition(".")
        if dot:
            entry = self.program.find(name) if self.program.uses(policy, owner) else None
            found = [entry] if entry is not None else []
        else:
            found = self.program.visible(policy, name)
        found = [entry for entry in found if isinstance(entry.declaration, kinds)]
        if len(found) == 1:
            return found[0]
        if found:
            meanings = [(f"`{entry.full_name}`", entry.declaration.name_span) for entry in found]
            self.report(errors.ambiguous(span, name, meanings, "write `policy.name`"))
        elif not self._told_elsewhere(policy, last or owner):
            if (other := self._having(last or owner, kinds)) is not None and not self.program.uses(policy, other):
                self.report(errors.not_used(span, last or owner, other))
                return None
            names = dict.fromkeys(self.program.names(policy))
            near = [n for n in names if any(isinstance(e.declaration, kinds) for e in self.program.visible(policy, n))]
            known = [*BUILT_IN_TYPES, *near] if what == "type" else near
            self.report(errors.unknown_name(span, name, known, what))
        return None

    def _having(self, name: str, kinds: tuple[type, ...]) -> str | None:
        """The policy that declares a name as one of these kinds."""
        texts = self.program.texts.values()
        return next(
            (text.name for text in texts if name in text.entries and isinstance(text.entries[name].declaration, kinds)),
            None,
        )

    def _told_elsewhere(self, policy: str, name: str) -> bool:
        """Whether a name is unknown because of a mistake that has its own message."""
        text = self.program.texts[policy]
        elsewhere = any(name in other.entries for other in self.program.texts.values())
        return self.program.lacks(policy) or name in self.program.broken or (elsewhere and not text.readable)

    # -------------------------------------------------------------- declared types

    def type_declared(self, entry: Entry) -> Type:
        """The type that an enum, record or quantity declares."""
        if entry.full_name not in self._declared:
            self._declared[entry.full_name] = self._type_declared(entry)
        return self._declared[entry.full_name]

    def _type_declared(self, entry: Entry) -> Type:
        """Work out the type that `type_declared` keeps."""
        match entry.declaration:
            case t.EnumDeclaration(values=values, ordered=ordered):
                return Enum(entry.full_name, tuple(dict.fromkeys(value.name for value in values)), ordered)
            case t.RecordDeclaration():
                return RecordOf(entry.full_name)
            case t.QuantityDeclaration(type=written):
                self._declared[entry.full_name] = Anything()  # what a quantity made of itself would find
                base = self.type_of(written, entry.policy)
                if isinstance(base, (Number, Anything)):
                    return replace(base, unit=entry.full_name) if isinstance(base, Number) else base
                message, help = f"the quantity `{entry.name}` is not a number", "write `integer` or `number`"
                return self.report(errors.wrong_type(written.span, message, help))
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
        bare = without_none(type_)
        if bare not in self._fields:
            self._fields[bare] = self._fields_of(bare)
        return self._fields[bare]

    def _fields_of(self, type_: Type) -> Mapping[str, Type] | None:
        """Work out the fields that `fields` keeps."""
        match type_:
            case RecordOf(name=name):
                entry = self.program.find(name)
                assert entry is not None
                assert isinstance(entry.declaration, t.RecordDeclaration)
                own = {field.name: self.type_of(field.type, entry.policy) for field in entry.declaration.fields}
                spell = {key: shape.type for key, shape in SPELL_FIELDS.items()} if entry.declaration.spell else {}
                return {**own, **spell}
            case RowOf(dataset=name):
                return self.dataset(name).columns
            case GroupOf(key=key, member=member):
                return {"key": key, "members": ListOf(member)}
            case RunOf(member=member):
                return {"start": Date(), "end": OptionalOf(Date()), "length": Length(), "members": ListOf(member)}
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
            shape, places, found = read_dataset(entry, entry.declaration, columns, self.data)
            self._datasets[full_name] = shape
            found = (*found, *missing_keys(entry.declaration, shape, places, lambda other: self.dataset(other).rows))
            self.mistakes += found
            if found:
                self._unsound.add(full_name)
        return self._datasets[full_name]

    def may_be_key(self, dataset: str, text: str) -> bool:
        """Whether a text is the key of a row, or of one that could not be read."""
        return text in self.dataset(dataset).rows or dataset in self._unsound

    def keys(self, dataset: str) -> Collection[str] | None:
        """The keys of a dataset; None where some of its rows could not be read."""
        rows = self.dataset(dataset).rows
        return None if dataset in self._unsound else rows

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
        """The signature as declared."""
        declaration = entry.declaration
        assert isinstance(declaration, (t.Definition, t.Table, t.Question, t.Remark, t.SetDeclaration))
        if isinstance(declaration, t.Remark):
            return Signature((), YesNo())
        parameters = tuple((p.name, self.type_of(p.type, entry.policy)) for p in declaration.parameters)
        if isinstance(declaration, t.SetDeclaration):
            return Signature(parameters, SetOf(self.type_of(declaration.type, entry.policy)))
        if isinstance(declaration, t.Definition) and declaration.type is None:
            return Signature(parameters, BUILT_IN_TYPES["points"] if declaration.kind == "points" else YesNo())
        assert declaration.type is not None
        return Signature(parameters, self.type_of(declaration.type, entry.policy))


def has_key(dataset: Entry) -> bool:
    """Whether the rows of a dataset have a key, by which they can be had."""
    assert isinstance(dataset.declaration, t.DatasetDeclaration)
    return any(column.key for column in dataset.declaration.columns)


def labels(pair: t.Pair | None) -> Labels:
    """A pair of texts as labels."""
    return Labels(pair.en or "", pair.fr or "") if pair else Labels()


def _open(type_: Type) -> bool:
    """Whether a declared type leaves the members of a group or run to the body."""
    match type_:
        case ListOf(of=of) | OptionalOf(of=of):
            return _open(of)
        case GroupOf(key=Anything()) | RunOf(member=Anything()):
            return True
        case _:
            return False
