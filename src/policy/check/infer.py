"""The type of every expression, and what every name in it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol, TypeAlias, TypeVar

from policy.check import errors
from policy.check.fitting import allowed, fits, join, plain, same_unit
from policy.check.names import NOT_VALUES, VALUES, Names
from policy.check.scope import AsOf, BuiltIn, EnumDomain, EnumValue, ImplicitField, Local, Scope, Target
from policy.check.shapes import Shapes, Signature
from policy.diagnostics import Diagnostic
from policy.model.program import Program
from policy.model.types import Anything, Code, Date, Key, Number, RecordOf, Text, Type, YesNo, without_none
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.text import Span

MOST_LEANING: Final = 40
"""How many definitions may take the members of their groups or runs from one another in a row."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AskedOnDay:
    """`X at day`: in which declaration, the full name and type of what is asked for, and what it assumes."""

    within: str
    name: str
    type: Type
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedAsRead:
    """`X as it read on a day`: in which declaration, what is read, and the day."""

    within: str
    name: str
    day: date


@dataclass
class Meaning:
    """What a pass over the expressions found: the type of each and what each name means."""

    types: dict[t.Expression, Type] = field(default_factory=dict)
    targets: dict[object, Target] = field(default_factory=dict)
    binders: dict[object, Local] = field(default_factory=dict)
    """The local that a `where`, `grouped by`, `with most` or `for each` binds, by its node."""
    uses: dict[str, dict[str, Span]] = field(default_factory=dict)
    """For each declaration, the declarations it uses and where."""
    zones: dict[t.Expression, str] = field(default_factory=dict)
    """The zone by whose clock a moment is moved or has its day."""
    fields_read: dict[str, dict[str, Span]] = field(default_factory=dict)
    """For each condition of a field, `policy.record.field`, the fields of records that it reads and where."""
    on_days: dict[t.OnDay, AskedOnDay] = field(default_factory=dict)
    """The rules that are asked for by the law of another day."""
    as_read: dict[t.AsRead, AskedAsRead] = field(default_factory=dict)
    """The rules that are read as they were."""


class OtherDay(Protocol):
    """The checked program of another day."""

    @property
    def program(self) -> Program:
        """What is in force on it."""
        ...

    @property
    def signatures(self) -> Mapping[str, Signature]:
        """What its definitions and tables take and give."""
        ...


Others: TypeAlias = Callable[[date], OtherDay]
"""What gives the checked program of another day."""


class Inference:
    """Works out types, expression by expression. Mistakes are gathered; a wrong expression gets the type `Anything`."""

    def __init__(
        self, shapes: Shapes, rules: Mapping[type, Rule], provided: frozenset[str], others: Others | None = None
    ) -> None:
        self.shapes = shapes
        self.rules = rules
        self.program = shapes.program
        self.names = Names(shapes, provided)
        self.meaning = Meaning()
        self.mistakes: list[Diagnostic] = []
        self.current = ""
        self.condition_of = ""
        """The field, `policy.record.field`, whose condition is being read; "" elsewhere."""
        self.others_read: dict[date, OtherDay] = {}
        self._others = others
        self._working: set[str] = set()

    @property
    def since(self) -> date | None:
        """The first day of the file that the declaration being checked is from; None for undated reference."""
        entry = self.program.find(self.current)
        return None if entry is None else entry.since

    def other(self, day: date) -> OtherDay | None:
        """The checked program of another day; None when there is only this one."""
        if day not in self.others_read and self._others is not None:
            self.others_read[day] = self._others(day)
        return self.others_read.get(day)

    def report(self, mistake: Diagnostic) -> Anything:
        """Note a mistake; the expression at fault agrees with everything from then on."""
        self.mistakes.append(mistake)
        return Anything()

    def settled(self, found: T | Diagnostic) -> T | Anything:
        """What was found, or, when that is a mistake, the type of a wrong expression."""
        return self.report(found) if isinstance(found, Diagnostic) else found

    # -------------------------------------------------------------- whole expressions

    def check(self, expression: t.Expression, scope: Scope, wanted: Type, why: str) -> Type:
        """The type of an expression that must be of a type; reports one that is not, with the reason.

        Each branch of a choice must be of the type, and each number that is summed or compared with the others, so
        that a wrong one is told where it stands.
        """
        match expression:
            case t.Choice():
                self.conditions(expression, scope)
                found = [self.check(value, scope, wanted, why) for value in values_of(expression)]
                return self._found(expression, join(found) or wanted)
            case t.Gather(kind=("sum" | "greatest" | "least") as kind) if isinstance(without_none(wanted), Number):
                number = plain(without_none(wanted))
                each = f"each member of `{kind} of`"
                found = [self.check(member, scope, number, each) for member in expression.members]
                return self._found(expression, without_none(join(found) or number))
        return self.require(expression, self.infer(expression, scope, wanted), wanted, why)

    def _found(self, expression: t.Expression, type_: Type) -> Type:
        """Note the type of an expression."""
        self.meaning.types[expression] = type_
        return type_

    def require(self, expression: t.Expression, actual: Type, wanted: Type, why: str) -> Type:
        """The type of an expression, reported when it does not fit the one that is wanted."""
        bare, needed = without_none(actual), without_none(wanted)
        if fits(actual, wanted):
            match expression, needed:
                case (t.Number(amount=amount) | t.Money(amount=amount), Number()) if range_ := allowed(amount, needed):
                    return self.report(errors.out_of_range(expression.span, why, range_))
            return actual
        if isinstance(bare, Number) and isinstance(needed, Number):
            if same_unit(bare, needed):
                literal = isinstance(expression, t.Number | t.Money)
                return self.report(errors.not_whole(expression.span, needed, why, literal))
            return self.report(errors.unit_mismatch(expression.span, bare, needed, why))
        return self.report(errors.type_mismatch(expression.span, actual, wanted, why))

    def infer(self, expression: t.Expression, scope: Scope, wanted: Type | None = None) -> Type:
        """The type of an expression. `wanted` helps where a word alone does not say: enum values, codes, bare numbers.

        It is `Anything` where a mistake has taken away what would have been wanted.
        """
        rule = self.rules[type(expression)]
        return self._found(expression, rule(self, expression, scope, without_none(wanted) if wanted else None))

    def conditions(self, node: t.Choice, scope: Scope) -> None:
        """Check the conditions of a choice."""
        for condition, _ in node.branches:
            self.check(condition, scope, YesNo(), "the condition after `when`")

    # -------------------------------------------------------------- leaves

    def number(self, node: t.Number, scope: Scope, wanted: Type | None) -> Type:
        """A number, or the digits of a code where one is wanted."""
        if node.unit is None and isinstance(wanted, (Code, Key)) and node.text.isdigit():
            return self.code_literal(node.span, node.text, wanted)
        if node.unit == "%":
            return Number(None, whole=(node.value / 100).denominator == 1)
        return Number(node.unit, whole=node.value.denominator == 1)

    def code(self, node: t.Code, scope: Scope, wanted: Type | None) -> Type:
        """Digits that begin with 0."""
        return self.code_literal(node.span, node.value, wanted)

    def code_literal(self, span: Span, text: str, wanted: Type | None) -> Type:
        """Digits where a code is wanted; they must be a code of that kind."""
        if isinstance(wanted, Code) and wanted.digits not in (None, len(text)):
            return self.report(errors.wrong_type(span, f"`{text}` is not a `{wanted}`", "write all its digits"))
        if isinstance(wanted, Key):
            if not self.shapes.may_be_key(wanted.dataset, text):
                help = "correct it, or add its row to the dataset"
                return self.report(errors.wrong_type(span, f"`{text}` is not a `{wanted}`", help))
            return wanted
        return Code()

    def money(self, node: t.Money, scope: Scope, wanted: Type | None) -> Type:
        """An amount of the quantity that has its sign."""
        quantities = self.program.signs.get(node.symbol, ())
        if quantities:
            return plain(self.shapes.type_declared(quantities[0]))
        if node.symbol in self.program.broken:
            return Anything()
        return self.report(
            errors.wrong_type(
                node.span,
                f"no quantity has the sign `{node.symbol}`",
                f'declare one: `quantity NAME : number … symbol "{node.symbol}"`',
            )
        )

    def text(self, node: t.Text, scope: Scope, wanted: Type | None) -> Type:
        """A text, or a code in quotes where one is wanted."""
        return self.code_literal(node.span, node.value, wanted) if isinstance(wanted, (Code, Key)) else Text()

    def date(self, node: t.DateLiteral, scope: Scope, wanted: Type | None) -> Type:
        """A day."""
        return Date()

    def yes_no(self, node: t.YesNo, scope: Scope, wanted: Type | None) -> Type:
        """Yes or no."""
        return YesNo()

    # -------------------------------------------------------------- names

    def name(self, node: t.Name, scope: Scope, wanted: Type | None) -> Type:
        """What a bare name stands for."""
        target = self.names.meaning(node, scope, wanted)
        if isinstance(target, Diagnostic):
            return self.report(target)
        if isinstance(target, Anything):
            return target
        self.meaning.targets[node] = target
        match target:
            case Local(type=type_):
                return type_
            case ImplicitField(member=member, name=name):
                self.reads_field(member.type, name, node.span)
                return scope.fields[name]
            case EnumValue(enum=enum):
                return enum
            case BuiltIn():
                return Date()
            case Entry():
                return self.entry_value(node.span, target)
            case EnumDomain() | AsOf():
                raise AssertionError("neither is the meaning of a bare name")

    def field_of(self, node: t.FieldOf, scope: Scope, wanted: Type | None) -> Type:
        """What `policy.name` stands for, or a field of a value."""
        named = self.settled(self.names.qualified(node, scope))
        if isinstance(named, Anything):
            return named
        if named is not None:
            self.meaning.targets[node] = named
            if not isinstance(named.declaration, VALUES):
                what = NOT_VALUES[type(named.declaration)]
                return self.report(errors.not_a_value(node.span, named.full_name, *what))
            return self.entry_value(node.span, named)
        of = self.infer(node.of, scope)
        if isinstance(of, Anything):
            return of
        fields = self.shapes.fields(of)
        if fields is None:
            return self.report(errors.no_fields(node.name_span, of))
        if not fields:  # told of where the record is declared
            return Anything()
        if node.name not in fields:
            return self.report(errors.no_such_field(node.name_span, node.name, of, fields))
        self.reads_field(of, node.name, node.name_span)
        return fields[node.name]

    def reads_field(self, owner: Type, name: str, span: Span) -> None:
        """Note, while the condition of a field is read, that it reads another."""
        owner = without_none(owner)
        if self.condition_of and isinstance(owner, RecordOf):
            self.meaning.fields_read.setdefault(self.condition_of, {}).setdefault(f"{owner.name}.{name}", span)

    def entry_value(self, span: Span, entry: Entry) -> Type:
        """The type of a declaration used as a value."""
        if isinstance(entry.declaration, t.Definition) and entry.declaration.kind == "invariant":
            what = "an invariant, which is checked and never counts"
            return self.report(errors.not_a_value(span, entry.name, what, "declare what both say as a definition"))
        self.use(entry, span)
        if isinstance(entry.declaration, t.InputDeclaration):
            return self.shapes.type_of(entry.declaration.type, entry.policy)
        signature = self.signature(entry)
        if signature.parameters:
            wants = ", ".join(name for name, _ in signature.parameters)
            return self.report(errors.bad_call(span, f"`{entry.name}` needs {wants}", f"write `{entry.name}({wants})`"))
        return signature.result

    def reads_clock(self, node: t.Expression, scope: Scope, moment: Span) -> None:
        """Note by which clock a moment is read; reports a policy that has none."""
        zone = self.program.texts[scope.policy].zone
        if zone is not None:
            self.meaning.zones[node] = zone.name
        elif self.program.texts[scope.policy].readable:
            self.report(errors.no_zone(moment, scope.policy))

    def use(self, entry: Entry, span: Span) -> None:
        """Note that the declaration being checked uses another."""
        self.meaning.uses.setdefault(self.current, {}).setdefault(entry.full_name, span)

    def bind(self, local: Local, span: Span, scope: Scope) -> Scope:
        """The place with one more name; reports a name that means something already."""
        if (mistake := self.names.clash(local.name, span, scope)) is not None:
            self.report(mistake)
        return scope.bind(local)

    def locals_of(self, parameters: tuple[t.Parameter, ...], policy: str) -> tuple[Local, ...]:
        """What the parameters of a declaration stand for inside it."""
        return tuple(Local(p.name, self.shapes.type_of(p.type, policy), p.name_span) for p in parameters)

    # -------------------------------------------------------------- calls

    def arguments(self, node: t.Call, entry: Entry, signature: Signature, scope: Scope) -> None:
        """Check that a call gives what is called its arguments, in order."""
        takes = f"it takes ({', '.join(f'{name}: {type_}' for name, type_ in signature.parameters)})"
        if not signature.parameters:
            takes = "leave the brackets out"
        if node.named:
            message = f"the arguments of `{entry.name}` are given in order, not by name"
            self.report(errors.bad_call(node.span, message, takes))
            self.lost(node, scope)
            return
        if len(node.arguments) != len(signature.parameters):
            message = f"`{entry.name}` takes {_counted(len(signature.parameters))}, not {len(node.arguments)}"
            self.report(errors.bad_call(node.span, message, takes))
        for argument, (name, type_) in zip(node.arguments, signature.parameters, strict=False):
            self.check(argument, scope, type_, f"`{name}` of `{entry.name}`")
        for argument in node.arguments[len(signature.parameters) :]:
            self.infer(argument, scope, Anything())

    def lost(self, node: t.Call, scope: Scope) -> Type:
        """The type of a call that is wrong: its arguments are looked at for mistakes of their own."""
        for argument in (*node.arguments, *(value for _, value in node.named)):
            self.infer(argument, scope, Anything())
        return Anything()

    # -------------------------------------------------------------- signatures

    def signature(self, entry: Entry) -> Signature:
        """What a definition takes and gives."""
        return self.shapes.signature(entry, self.body_type)

    def body_type(self, entry: Entry) -> Type:
        """The type of a definition's body, for a declared type that leaves the members of a group open.

        Mistakes in the body are told when the definition itself is checked, not here.
        """
        declaration = entry.declaration
        assert isinstance(declaration, t.Definition)
        if entry.full_name in self._working or len(self._working) > MOST_LEANING:
            return Anything()
        self._working.add(entry.full_name)
        before = self.current, self.mistakes, self.condition_of
        self.current, self.mistakes, self.condition_of = entry.full_name, [], ""
        parameters = self.locals_of(declaration.parameters, entry.policy)
        type_ = self.infer(declaration.body, Scope(entry.policy, {local.name: local for local in parameters}))
        self.current, self.mistakes, self.condition_of = before
        self._working.discard(entry.full_name)
        return type_


Rule: TypeAlias = Callable[[Inference, Any, Scope, Type | None], Type]
"""How the type of one kind of expression is found: the inference, the node, where it stands, and what is wanted."""


def values_of(node: t.Choice) -> list[t.Expression]:
    """The values that a choice may give."""
    return [*(value for _, value in node.branches), node.otherwise]


def _counted(number: int) -> str:
    """A number of arguments in words."""
    return f"{number} argument{'' if number == 1 else 's'}"
