"""The type of every expression, and what every name in it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from policy.check import errors
from policy.check.fitting import fits, join, plain, same_unit
from policy.check.scope import BuiltIn, EnumDomain, EnumValue, ImplicitField, Local, Scope, Target
from policy.check.shapes import Shapes, Signature
from policy.diagnostics import Diagnostic
from policy.model.types import (
    CALENDAR_UNITS,
    Anything,
    Code,
    Date,
    Enum,
    Key,
    Length,
    ListOf,
    Moment,
    Number,
    OptionalOf,
    SetOf,
    Text,
    Type,
    YesNo,
    without_none,
)
from policy.model.versions import Entry
from policy.syntax import tree as t
from policy.text import Span

CALLABLE = (t.Definition, t.Table, t.Question)
VALUES = (*CALLABLE, t.InputDeclaration, t.Remark)


@dataclass
class Meaning:
    """What a pass over the expressions found: the type of each and what each name means."""

    types: dict[t.Expression, Type] = field(default_factory=dict)
    targets: dict[object, Target] = field(default_factory=dict)
    binders: dict[object, Local] = field(default_factory=dict)
    """The local that a `where`, `grouped by`, `with most` or `for each` binds, by its node."""
    uses: dict[str, dict[str, Span]] = field(default_factory=dict)
    """For each declaration, the declarations it uses and where."""


class Inference:
    """Works out types, expression by expression. Mistakes are gathered; a wrong expression gets the type `Anything`."""

    def __init__(self, shapes: Shapes, rules: Mapping[type, Rule]) -> None:
        self.shapes = shapes
        self.rules = rules
        self.program = shapes.program
        self.meaning = Meaning()
        self.mistakes: list[Diagnostic] = []
        self.current = ""
        self._working: set[str] = set()

    def report(self, mistake: Diagnostic) -> Type:
        """Note a mistake; the expression at fault agrees with everything from then on."""
        self.mistakes.append(mistake)
        return Anything()

    # -------------------------------------------------------------- whole expressions

    def check(self, expression: t.Expression, scope: Scope, wanted: Type, why: str) -> Type:
        """The type of an expression that must be of a type; reports one that is not, with the reason."""
        actual = self.infer(expression, scope, wanted)
        if not fits(actual, wanted):
            bare, needed = without_none(actual), without_none(wanted)
            if isinstance(bare, Number) and isinstance(needed, Number) and not same_unit(bare, needed):
                return self.report(errors.unit_mismatch(expression.span, bare, needed, why))
            if isinstance(bare, Number) and isinstance(needed, Number):
                return self.report(
                    errors.wrong_type(
                        expression.span,
                        f"{why} must be a whole number of `{needed}`",
                        "use `floor(…)` to drop the part below one",
                    )
                )
            return self.report(errors.type_mismatch(expression.span, actual, wanted, why))
        return actual

    def infer(self, expression: t.Expression, scope: Scope, wanted: Type | None = None) -> Type:
        """The type of an expression. `wanted` helps where a word alone does not say: enum values, codes, bare numbers."""
        type_ = self.rules[type(expression)](self, expression, scope, without_none(wanted) if wanted else None)
        self.meaning.types[expression] = type_
        return type_

    # -------------------------------------------------------------- leaves

    def number(self, node: t.Number, scope: Scope, wanted: Type | None) -> Type:
        if node.unit is None and isinstance(wanted, (Code, Key)) and node.text.isdigit():
            return self.code_literal(node.span, node.text, wanted)
        if node.unit == "%":
            return Number("")
        return Number(node.unit, whole=node.value.denominator == 1)

    def code(self, node: t.Code, scope: Scope, wanted: Type | None) -> Type:
        return self.code_literal(node.span, node.value, wanted)

    def code_literal(self, span: Span, text: str, wanted: Type | None) -> Type:
        """Digits where a code is wanted; they must be a code of that kind."""
        if isinstance(wanted, Code) and wanted.digits not in (None, len(text)):
            return self.report(errors.wrong_type(span, f"`{text}` is not a `{wanted}`"))
        if isinstance(wanted, Key):
            rows = self.shapes.dataset(wanted.dataset).rows
            if rows and text not in rows:
                return self.report(errors.wrong_type(span, f"`{text}` is not a `{wanted}`"))
            return wanted
        return Code()

    def money(self, node: t.Money, scope: Scope, wanted: Type | None) -> Type:
        for entry in self.program.entries():
            if isinstance(entry.declaration, t.QuantityDeclaration) and entry.declaration.symbol == node.symbol:
                return plain(self.shapes.type_declared(entry))
        return self.report(
            errors.wrong_type(
                node.span,
                f"no quantity has the sign `{node.symbol}`",
                f'declare one: `quantity NAME : number … symbol "{node.symbol}"`',
            )
        )

    def text(self, node: t.Text, scope: Scope, wanted: Type | None) -> Type:
        return wanted if isinstance(wanted, (Code, Key)) else Text()

    def date(self, node: t.DateLiteral, scope: Scope, wanted: Type | None) -> Type:
        return Date()

    def yes_no(self, node: t.YesNo, scope: Scope, wanted: Type | None) -> Type:
        return YesNo()

    # -------------------------------------------------------------- names

    def name(self, node: t.Name, scope: Scope, wanted: Type | None) -> Type:
        meanings = self.meanings(node.id, scope, wanted)
        if len(meanings) > 1:
            return self.report(errors.ambiguous(node.span, node.id, [self.describe(m) for m in meanings]))
        if not meanings:
            return self.report(self.unknown(node, scope, wanted))
        target = meanings[0]
        self.meaning.targets[node] = target
        match target:
            case Local(type=type_):
                return type_
            case ImplicitField(name=name):
                assert scope.fields is not None
                return scope.fields[name]
            case EnumValue(enum=enum):
                return enum
            case BuiltIn():
                return Date()
            case Entry():
                return self.entry_value(node.span, target)
            case EnumDomain():
                raise AssertionError("a domain is looked up by `for each` only")

    def meanings(self, name: str, scope: Scope, wanted: Type | None) -> list[Target]:
        """Everything that a bare name may mean here."""
        found: list[Target] = []
        if name in scope.locals:
            found.append(scope.locals[name])
        if scope.fields is not None and scope.member is not None and name in scope.fields:
            found.append(ImplicitField(scope.member, name))
        found += [entry for entry in self.program.visible(scope.policy, name) if isinstance(entry.declaration, VALUES)]
        if name == "assessed_on":
            found.append(BuiltIn(name))
        enums = [self.shapes.enum(full_name) for full_name in self.program.enum_values.get(name, ())]
        if isinstance(wanted, Enum):
            of_wanted: list[Target] = [EnumValue(e, name) for e in enums if e.name == wanted.name]
            return of_wanted or found
        if wanted is None or isinstance(wanted, Anything):
            found += [EnumValue(e, name) for e in enums]
        elif not found:
            found = [EnumValue(e, name) for e in enums]
        return found

    def describe(self, target: Target) -> tuple[str, Span | None]:
        """A meaning in words, and where it is declared."""
        match target:
            case Local(name=name):
                return f"the parameter or bound name `{name}`", None
            case ImplicitField(member=member, name=name):
                return f"the field `{name}` of `{member.type}`", None
            case EnumValue(enum=enum, value=value):
                return f"the value `{value}` of `{enum}`", None
            case Entry():
                return f"`{target.full_name}`", target.declaration.name_span
            case BuiltIn(name=name):
                return f"the built-in `{name}`", None
            case EnumDomain(enum=enum):
                return f"the enum `{enum}`", None

    def unknown(self, node: t.Name, scope: Scope, wanted: Type | None) -> Diagnostic:
        """Why a name means nothing: never declared, of another kind, of an unused policy, or repealed."""
        others = self.program.visible(scope.policy, node.id)
        if others:
            kind = KINDS[type(others[0].declaration)]
            return errors.not_a_value(node.span, node.id, kind)
        text = self.program.texts[scope.policy]
        if node.id in text.repealed:
            header = text.repealed[node.id].header
            return errors.not_in_force(node.span, node.id, header.effective if header else "")
        for policy, other in self.program.texts.items():
            if node.id in other.entries and isinstance(other.entries[node.id].declaration, VALUES):
                return errors.not_used(node.span, node.id, policy)
        known = [*scope.locals, *(scope.fields or ()), *self.program.names(scope.policy), "assessed_on"]
        if isinstance(wanted, Enum):
            return errors.unknown_name(node.span, node.id, wanted.values, f"the values of `{wanted}`")
        return errors.unknown_name(node.span, node.id, [*known, *self.program.enum_values])

    def entry_value(self, span: Span, entry: Entry) -> Type:
        """The type of a declaration used as a value."""
        self.meaning.uses.setdefault(self.current, {}).setdefault(entry.full_name, span)
        if isinstance(entry.declaration, t.InputDeclaration):
            return self.shapes.type_of(entry.declaration.type, entry.policy)
        signature = self.signature(entry)
        if signature.parameters:
            wants = ", ".join(name for name, _ in signature.parameters)
            return self.report(errors.bad_call(span, f"`{entry.name}` needs {wants}", f"write `{entry.name}({wants})`"))
        return signature.result

    def signature(self, entry: Entry) -> Signature:
        """What a definition takes and gives."""
        return self.shapes.signature(entry, self.body_type)

    def body_type(self, entry: Entry) -> Type:
        """The type of a definition's body, for a declared type that leaves the members of a group open."""
        declaration = entry.declaration
        assert isinstance(declaration, t.Definition)
        if entry.full_name in self._working:
            return Anything()
        self._working.add(entry.full_name)
        before, self.current = self.current, entry.full_name
        mistakes, self.mistakes = self.mistakes, []
        parameters = {p.name: Local(p.name, self.shapes.type_of(p.type, entry.policy)) for p in declaration.parameters}
        type_ = self.infer(declaration.body, Scope(entry.policy, parameters))
        self.mistakes, self.current = mistakes, before
        self._working.discard(entry.full_name)
        return type_

    def field_of(self, node: t.FieldOf, scope: Scope, wanted: Type | None) -> Type:
        if (entry := self.qualified(node, scope)) is not None:
            if isinstance(entry, Diagnostic):
                return self.report(entry)
            self.meaning.targets[node] = entry
            if not isinstance(entry.declaration, VALUES):
                return self.report(errors.not_a_value(node.span, entry.full_name, KINDS[type(entry.declaration)]))
            return self.entry_value(node.span, entry)
        of = self.infer(node.of, scope)
        if isinstance(of, Anything):
            return of
        fields = self.shapes.fields(of)
        if fields is None:
            return self.report(errors.no_fields(node.name_span, of))
        if node.name not in fields:
            return self.report(errors.no_such_field(node.name_span, node.name, of, fields))
        return fields[node.name]

    def qualified(self, node: t.FieldOf, scope: Scope) -> Entry | Diagnostic | None:
        """The declaration that `policy.name` means, a mistake in it, or None when it is a field of a value."""
        if not isinstance(node.of, t.Name):
            return None
        policy = node.of.id
        if policy in scope.locals or (scope.fields is not None and policy in scope.fields):
            return None
        if any(isinstance(e.declaration, VALUES) for e in self.program.visible(scope.policy, policy)):
            return None
        if policy not in self.program.texts:
            return None
        if not self.program.uses(scope.policy, policy):
            return errors.not_used(node.span, node.name, policy)
        text = self.program.texts[policy]
        if node.name in text.entries:
            return text.entries[node.name]
        if node.name in text.repealed:
            header = text.repealed[node.name].header
            return errors.not_in_force(node.name_span, f"{policy}.{node.name}", header.effective if header else "")
        return errors.unknown_name(node.name_span, node.name, text.entries, f"`{policy}`")

    # -------------------------------------------------------------- yes and no

    def negation(self, node: t.Not, scope: Scope, wanted: Type | None) -> Type:
        self.check(node.of, scope, YesNo(), "what `not` turns round")
        return YesNo()

    def logic(self, node: t.Logic, scope: Scope, wanted: Type | None) -> Type:
        for member in node.members:
            self.check(member, scope, YesNo(), f"each side of `{node.operator}`")
        return YesNo()

    def comparison(self, node: t.Comparison, scope: Scope, wanted: Type | None) -> Type:
        left, right = self.both(node.left, node.right, scope)
        if isinstance(left, Anything) or isinstance(right, Anything):
            return YesNo()
        a, b = without_none(left), without_none(right)
        if (
            isinstance(a, Length)
            and isinstance(b, Number)
            and b.unit in CALENDAR_UNITS
            and node.operator in {">=", "<"}
        ):
            return YesNo()
        if isinstance(a, Number) and isinstance(b, Number) and not same_unit(a, b):
            self.report(errors.unit_mismatch(node.right.span, b, a, "the right side of the comparison"))
        elif not (isinstance(a, Number) and isinstance(b, Number)) and not fits(a, b) and not fits(b, a):
            self.report(errors.not_comparable(node.span, a, b))
        elif node.operator not in {"is", "is not"} and not (
            isinstance(a, (Number, Date, Moment)) or (isinstance(a, Enum) and a.ordered)
        ):
            self.report(errors.not_ordered(node.span, a))
        return YesNo()

    def both(self, one: t.Expression, other: t.Expression, scope: Scope) -> tuple[Type, Type]:
        """The types of two sides, the side that says more helping the other."""
        if isinstance(one, (t.Name, t.Number, t.Text)) and not isinstance(other, (t.Name, t.Number, t.Text)):
            right = self.infer(other, scope)
            return self.infer(one, scope, right), right
        if isinstance(one, t.Name) and isinstance(other, t.Name) and not self.visible_value(one.id, scope):
            right = self.infer(other, scope)
            return self.infer(one, scope, right), right
        left = self.infer(one, scope)
        return left, self.infer(other, scope, left)

    def visible_value(self, name: str, scope: Scope) -> bool:
        """Whether a bare name means something other than an enum value."""
        return bool([m for m in self.meanings(name, scope, None) if not isinstance(m, EnumValue)])

    def presence(self, node: t.Presence, scope: Scope, wanted: Type | None) -> Type:
        of = self.infer(node.of, scope)
        if not isinstance(of, (OptionalOf, Anything)):
            word = "given" if node.given else "none"
            self.report(
                errors.wrong_type(
                    node.span,
                    f"`{of}` is never none, so `is {word}` says nothing",
                    "declare it `optional`, or leave the test out",
                )
            )
        return YesNo()

    def membership(self, node: t.Membership, scope: Scope, wanted: Type | None) -> Type:
        of = without_none(self.infer(node.of, scope))
        if isinstance(node.container, t.SetLiteral):
            self.infer(node.container, scope, SetOf(of))
            return YesNo()
        container = without_none(self.set_type(node.container, scope))
        if isinstance(container, (SetOf, ListOf)):
            if not fits(of, container.of) and not fits(container.of, of):
                self.report(errors.type_mismatch(node.of.span, of, container.of, "a member"))
        elif not isinstance(container, Anything):
            self.report(errors.wrong_type(node.container.span, f"`{container}` is neither a set nor a list"))
        return YesNo()

    def set_type(self, node: t.Expression, scope: Scope) -> Type:
        """The type of what follows `in`: a declared set by its name, or any list."""
        entry: Entry | Diagnostic | None = None
        if isinstance(node, t.Name) and node.id not in scope.locals:
            sets = [
                e for e in self.program.visible(scope.policy, node.id) if isinstance(e.declaration, t.SetDeclaration)
            ]
            entry = sets[0] if sets else None
        elif isinstance(node, t.FieldOf):
            entry = self.qualified(node, scope)
        if isinstance(entry, Entry) and isinstance(entry.declaration, t.SetDeclaration):
            self.meaning.targets[node] = entry
            self.meaning.uses.setdefault(self.current, {}).setdefault(entry.full_name, node.span)
            type_: Type = SetOf(self.shapes.type_of(entry.declaration.type, entry.policy))
            self.meaning.types[node] = type_
            return type_
        return self.infer(node, scope)

    def set_literal(self, node: t.SetLiteral, scope: Scope, wanted: Type | None) -> Type:
        of = wanted.of if isinstance(wanted, SetOf) else None
        found: list[Type] = []
        for element in node.elements:
            ends = (element.low, element.high) if isinstance(element, t.Range) else (element,)
            for end in ends:
                if end is not None:
                    found.append(
                        self.infer(end, scope, of)
                        if of is None
                        else self.check(end, scope, plain(of), "each member of the set")
                    )
        joined = join(found)
        if joined is None:
            return self.report(errors.wrong_type(node.span, "the members of this set are of different types"))
        return SetOf(joined)

    # -------------------------------------------------------------- numbers, dates, choices

    def arithmetic(self, node: t.Arithmetic, scope: Scope, wanted: Type | None) -> Type:
        left = without_none(self.infer(node.left, scope, wanted if node.operator in "+-" else None))
        right = without_none(self.infer(node.right, scope))
        if isinstance(left, Anything) or isinstance(right, Anything):
            return Anything()
        if isinstance(left, (Date, Moment)) and node.operator in "+-":
            if isinstance(right, Number) and right.unit in CALENDAR_UNITS and right.whole:
                return left
            return self.report(
                errors.wrong_type(
                    node.right.span, f"`{right}` cannot be added to a `{left}`", "years, months, weeks or days can"
                )
            )
        if not isinstance(left, Number) or not isinstance(right, Number):
            wrong = node.left if not isinstance(left, Number) else node.right
            return self.report(
                errors.wrong_type(
                    wrong.span,
                    f"`{left if wrong is node.left else right}` is not a number",
                    "only numbers can be reckoned with",
                )
            )
        if node.operator in "+-":
            if not same_unit(left, right):
                return self.report(
                    errors.unit_mismatch(node.right.span, right, left, f"the right side of `{node.operator}`")
                )
            return Number(right.unit if left.unit is None else left.unit, left.whole and right.whole)
        return self.scaled(node, left, right)

    def scaled(self, node: t.Arithmetic, left: Number, right: Number) -> Type:
        """The type of a product or quotient."""
        if node.operator == "/":
            if left.unit and right.unit == left.unit:
                return Number("")
            if not right.unit:
                return Number(left.unit)
            return self.report(errors.wrong_type(node.span, f"`{left}` cannot be divided by `{right}`"))
        if left.unit and right.unit:
            return self.report(errors.wrong_type(node.span, f"`{left}` cannot be multiplied by `{right}`"))
        return Number(left.unit or right.unit, left.whole and right.whole)

    def choice(self, node: t.Choice, scope: Scope, wanted: Type | None) -> Type:
        for condition, _ in node.branches:
            self.check(condition, scope, YesNo(), "the condition after `when`")
        values = [value for _, value in node.branches] + [node.otherwise]
        found = [self.infer(value, scope, wanted) for value in values]
        joined = join(found)
        if joined is None:
            return self.report(
                errors.wrong_type(
                    node.span,
                    f"the branches give `{found[0]}` and `{next(f for f in found[1:] if join((found[0], f)) is None)}`",
                    "make them of one type and unit",
                )
            )
        return joined

    def gather(self, node: t.Gather, scope: Scope, wanted: Type | None) -> Type:
        if node.kind in {"all", "any", "at least"}:
            for member in node.members:
                self.check(member, scope, YesNo(), f"each member of `{node.kind}`")
            if node.kind == "at least" and not 0 < node.count <= len(node.members):
                self.report(
                    errors.wrong_type(
                        node.span, f"at least {node.count} of {len(node.members)} can never be told apart"
                    )
                )
            return YesNo()
        found = [self.infer(member, scope, wanted) for member in node.members]
        joined = join(found)
        if joined is None:
            return self.report(
                errors.wrong_type(node.span, f"the members of `{node.kind} of` are of different types or units")
            )
        return self.reducible(node.span, node.kind, joined)

    def reducible(self, span: Span, kind: str, type_: Type) -> Type:
        """The type of a sum or extreme over values of a type."""
        bare = plain(without_none(type_))
        ordered = isinstance(bare, (Number, Date, Anything)) or (isinstance(bare, Enum) and bare.ordered)
        if not ordered or (kind == "sum" and isinstance(bare, (Date, Enum))):
            return self.report(errors.wrong_type(span, f"there is no {kind} of `{bare}`"))
        return bare


Rule: TypeAlias = Callable[[Inference, Any, Scope, Type | None], Type]
"""How the type of one kind of expression is found: the inference, the node, where it stands, and what is wanted."""

KINDS: Final[Mapping[type, str]] = {
    t.EnumDeclaration: "an enum",
    t.RecordDeclaration: "a kind of record",
    t.QuantityDeclaration: "a quantity",
    t.DatasetDeclaration: "a dataset",
    t.SetDeclaration: "a set",
    t.SourceDeclaration: "a source",
    t.Sample: "a sample for examples",
    t.Example: "an example",
}
