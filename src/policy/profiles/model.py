"""A pydantic model of a profile: what the published schema says, as classes with a field for each fact.

It is made from a catalog, accepts the documents that the schema accepts and no others, and says what is wrong in the
schema's terms. What was never set is unknown, `None` is none. What must hold in a record, beyond the types of its
fields, shows when the profile is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ForwardRef, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    WithJsonSchema,
    create_model,
)

from policy.model.catalog import Catalog, FieldShape, Labels
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
    short,
)
from policy.model.values import UNKNOWN
from policy.profiles.document import UNUSABLE
from policy.profiles.explain import suggestion
from policy.profiles.numerals import decimal_of
from policy.profiles.reader import Declined, number_reading
from policy.profiles.schema import ANSWERS_LABEL, PROFILE, PROFILE_TEXT, Language, numeric_schema
from policy.profiles.shapes import ANSWERS, choices, in_words
from policy.profiles.values import day_of, moment_of

_Field: TypeAlias = tuple[Any, Labels, Labels]
"""The type of a field, its label, and the question that asks for it."""


class Facts(BaseModel):
    """What the profile and its records share: nothing undeclared, and no value taken for another kind of value."""

    model_config = ConfigDict(extra="forbid", strict=True, protected_namespaces=(), arbitrary_types_allowed=True)

    def model_dump(self, **how: Any) -> dict[str, Any]:
        """The facts as a profile has them: those that were set, under their keys."""
        return super().model_dump(**{"by_alias": True, "exclude_unset": True, **how})

    def model_dump_json(self, **how: Any) -> str:
        """The facts as JSON text, as a profile has them."""
        return super().model_dump_json(**{"by_alias": True, "exclude_unset": True, **how})


def profile_model(catalog: Catalog, language: Language = "en") -> type[BaseModel]:
    """The model of a profile. Titles and descriptions are in one language, as far as they exist in it."""
    return _Maker(catalog, language).profile()


class _Maker:
    """Makes the model of each record, of each kind of map, and of rows of each dataset once."""

    def __init__(self, catalog: Catalog, language: Language) -> None:
        self.catalog = catalog
        self.language: Language = language
        self.models: dict[object, type[BaseModel]] = {}
        self._begun: set[str] = set()

    def profile(self) -> type[BaseModel]:
        questions = {name: self.question(name, shape) for name, shape in self.catalog.questions.items()}
        answers = self.model("Answers", questions, ANSWERS_LABEL)
        inputs = {name: self.field(shape) for name, shape in self.catalog.inputs.items()}
        model = self.model("Profile", {**inputs, ANSWERS: (answers, ANSWERS_LABEL, Labels())}, PROFILE, PROFILE_TEXT)
        names = {made.__name__: made for made in self.models.values()}
        for made in (*self.models.values(), model):
            made.model_rebuild(_types_namespace=names)
        return model

    def model(
        self, name: str, fields: Mapping[str, _Field], title: Labels, text: Labels | None = None
    ) -> type[BaseModel]:
        """A model with these fields, each of which may be left out.

        A field goes by another name, and its key is an alias, where no attribute can have the name of the key.
        """
        made: dict[str, Any] = {}
        for key, (type_, label, question) in fields.items():
            free = re.sub(r"\W", "_", key).lstrip("_") or "value"
            while hasattr(Facts, free) or free in made or (free != key and free in fields):
                free += "_"
            made[free] = (
                type_,
                Field(
                    default_factory=_unknown,
                    alias=None if free == key else key,
                    title=label.get(self.language) or None,
                    description=question.get(self.language) or None,
                ),
            )
        model: type[BaseModel] = create_model(name, __base__=Facts, __doc__=(text or title).get(self.language), **made)
        return model

    def field(self, shape: FieldShape) -> _Field:
        """An input or a field of a record."""
        return self.type(shape.type), shape.label, shape.question

    def question(self, name: str, shape: FieldShape) -> _Field:
        """The answer to an open question, or one for each record."""
        answer = self.type(shape.type)
        by_record = name in self.catalog.per_record
        # The type of an answer is made here, so no checker can know it.
        type_ = dict[Annotated[str, Strict()], answer] if by_record else answer  # type: ignore[valid-type]
        return type_, shape.label, shape.question

    def once(self, key: object, make: Callable[[], type[BaseModel]]) -> Any:
        """The model that is known by a key."""
        if key not in self.models:
            self.models[key] = make()
        return self.models[key]

    def type(self, type_: Type) -> Any:
        """What a value of a type is in a model."""
        match type_:
            case OptionalOf(of=of):
                return self.type(of) | None
            case YesNo():
                return Annotated[bool, Strict()]
            case Text():
                return Annotated[str, Strict(), AfterValidator(_usable)]
            case Code(digits=digits):
                form = r"\S+" if digits is None else f"[0-9]{{{digits}}}"
                schema = WithJsonSchema({"type": "string", "pattern": f"^{form}$"})
                return Annotated[str, Strict(), AfterValidator(_usable), AfterValidator(self.fits(form, type_)), schema]
            case Date():
                return Annotated[date, BeforeValidator(_day)]
            case Moment():
                return Annotated[datetime, BeforeValidator(_moment)]
            case Number():
                return self.number(type_)
            case Enum() | Key():
                schema = WithJsonSchema({"type": "string", "enum": list(choices(type_, self.catalog))})
                return Annotated[str, Strict(), AfterValidator(self.one_of(type_)), schema]
            case RowOf(dataset=dataset):
                columns = self.catalog.datasets[dataset].columns
                label = self.catalog.datasets[dataset].label
                fields = {name: (self.type(column), Labels(), Labels()) for name, column in columns.items()}
                row = self.once(type_, lambda: self.model(f"{_class_name(dataset)}Row", fields, label))
                return Annotated[self.type(Key(dataset)) | row, Field(union_mode="left_to_right")]
            case RecordOf(name=name):
                return Annotated[self.record(name), Field()]
            case MapBy(of=of, by=by):
                values = {key: (self.type(of), label, Labels()) for key, label in choices(by, self.catalog).items()}
                name = f"By{_class_name(by.name)}"
                return Annotated[self.once(type_, lambda: self.model(name, values, Labels())), Field()]
            case ListOf(of=of):
                # The type of a member is made here, so no checker can know it.
                return Annotated[list[self.type(of)], Strict(), BeforeValidator(_list)]  # type: ignore[misc]
            case _:
                return Annotated[Any, AfterValidator(_never), WithJsonSchema({"not": {}})]

    def record(self, name: str) -> Any:
        """The model of a kind of record; a reference to it while it is being made, for it may hold itself."""
        if name in self._begun and name not in self.models:
            return ForwardRef(_class_name(name))
        self._begun.add(name)
        shape = self.catalog.records[name]
        return self.once(
            name,
            lambda: self.model(
                _class_name(name), {key: self.field(field) for key, field in shape.fields.items()}, shape.label
            ),
        )

    def number(self, type_: Number) -> Any:
        """Exact numbers: whole ones are `int`, others `Decimal`, or `Fraction` where their digits never end."""
        read, words = number_reading(type_), in_words(type_, self.catalog)

        def exact(value: object) -> int | Decimal | Fraction:
            try:
                number = read(value)
            except Declined:
                limits = (("from", type_.low), ("to", type_.high), ("in steps of", type_.step))
                said = "".join(f" {word} {limit}" for word, limit in limits if limit is not None)
                raise ValueError(f"this must be {words}{said}") from None
            return number if isinstance(number, int) else decimal_of(number) or number

        schema = WithJsonSchema(numeric_schema(type_, self.catalog, self.language))
        as_json = PlainSerializer(_number_in_json, when_used="json")
        return Annotated[int | Decimal | Fraction, PlainValidator(exact), as_json, schema]

    def fits(self, form: str, type_: Type) -> Callable[[str], str]:
        def check(value: str) -> str:
            if re.fullmatch(form, value) is None:
                raise ValueError(f"this must be {in_words(type_, self.catalog)}")
            return value

        return check

    def one_of(self, type_: Type) -> Callable[[str], str]:
        known = choices(type_, self.catalog)

        def check(value: str) -> str:
            if value not in known:
                near = suggestion(value, known)
                raise ValueError(
                    f"this must be {in_words(type_, self.catalog)}" + (f", such as {near}" if near else "")
                )
            return value

        return check


def _unknown() -> Any:
    """What a fact is that was never set."""
    return UNKNOWN


def _class_name(full_name: str) -> str:
    """`candidate.work_permit` as `WorkPermit`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"\W|_", short(full_name)))


def _usable(text: str) -> str:
    if UNUSABLE.search(text):
        raise ValueError("this must hold neither NUL nor half of a character")
    return text


def _day(value: object) -> object:
    if isinstance(value, str):
        return day_of(value)
    if isinstance(value, datetime):
        raise ValueError("this must be a day alone")
    return value


def _moment(value: object) -> object:
    if isinstance(value, str | datetime):
        return moment_of(value if isinstance(value, str) else value.isoformat())
    return value


def _list(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _never(_: object) -> object:
    raise ValueError("this is computed and cannot be given")


def _number_in_json(number: int | Decimal | Fraction) -> int | float:
    """A number as JSON has it, if that keeps all its digits."""
    written = number if isinstance(number, int) else float(number)
    if Fraction(repr(written)) != number:
        raise ValueError(f"{number} has more digits than a number in JSON keeps")
    return written
