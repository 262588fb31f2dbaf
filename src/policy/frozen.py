"""Frozen data classes that are quick to define: `dataclass`, `field` and `replace` as the standard library has them.

The standard library writes and compiles six functions for a class when it is defined, and loads a dozen modules to do
so. For the classes that an answer loads, that takes longer than the answer. Here one function is written, when the
first instance is made; the others are shared. What the standard library tells of such classes, with `fields` and
the like, it tells of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    from collections.abc import Callable
    from operator import attrgetter

    NOTHING = object()

    class _Field:
        """What is said of one field."""

        __slots__ = ("about", "compare", "default", "default_factory", "kw_only", "repr")

        def __init__(self, default, default_factory, repr, compare):
            self.default = default
            self.default_factory = default_factory
            self.repr = repr
            self.compare = compare

    def field(*, default=NOTHING, default_factory=NOTHING, repr=True, compare=True):
        """What is special about a field, as `dataclasses.field` takes it."""
        return _Field(default, default_factory, repr, compare)

    def replace(of, /, **changes):
        """The same but for some fields, as `dataclasses.replace`."""
        return type(of)(**{name: getattr(of, name) for name in of.__parts__} | changes)

    def dataclass(*, frozen: bool, slots=False, eq=True, order=False, kw_only=False) -> Callable[[type], type]:
        """A decorator for a class, as `dataclasses.dataclass`; the class must be frozen."""
        assert frozen
        return lambda cls: _made(cls, slots, eq, order, kw_only)

    def _made(cls, slots, eq, order, kw_only):
        own = _own_fields(cls, kw_only)
        fields = {name: held for base in cls.__mro__[:0:-1] for name, held in vars(base).get("__parts__", {}).items()}
        fields |= own
        for name, held in own.items():
            if held.default is not NOTHING and not slots:
                setattr(cls, name, held.default)
            elif name in vars(cls):
                delattr(cls, name)
        if slots:
            space = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
            qualified = cls.__qualname__
            cls = type(cls)(cls.__name__, cls.__bases__, {**space, "__slots__": tuple(own)})
            cls.__qualname__ = qualified
        cls.__parts__ = fields
        cls.__match_args__ = tuple(name for name, held in fields.items() if not held.kw_only)
        cls.__dataclass_fields__ = _AsTheLibrary(cls, "__dataclass_fields__", eq, order)
        cls.__dataclass_params__ = _AsTheLibrary(cls, "__dataclass_params__", eq, order)
        methods = _methods(cls, fields, order)
        kept = {"__repr__", "__hash__", "__eq__"} & {name for name, value in vars(cls).items() if value is not None}
        left_out = kept if eq else kept | {"__eq__", "__hash__"}
        for name, method in methods.items():
            if name not in left_out:
                setattr(cls, name, method)
        return cls

    def _own_fields(cls, kw_only):
        """The fields that a class declares itself."""
        found = {}
        for name, about in vars(cls).get("__annotations__", {}).items():
            if not str(about).startswith(("ClassVar", "typing.ClassVar")):
                value = vars(cls).get(name, NOTHING)
                held = found[name] = value if isinstance(value, _Field) else _Field(value, NOTHING, True, True)
                held.about, held.kw_only = about, kw_only
        return found

    def _methods(cls, fields, order):
        names = tuple(fields)
        compared = [name for name, held in fields.items() if held.compare]
        shown = [name for name, held in fields.items() if held.repr]
        values = attrgetter(*compared) if compared else lambda _: ()

        def __init__(self, *given, **named):
            cls.__init__ = _init(cls, fields)
            cls.__init__(self, *given, **named)

        def __repr__(self):
            return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

        def __eq__(self, other):
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self):
            return hash(values(self))

        def __lt__(self, other):
            return values(self) < values(other) if other.__class__ is self.__class__ else NotImplemented

        def __le__(self, other):
            return values(self) <= values(other) if other.__class__ is self.__class__ else NotImplemented

        def __getstate__(self):
            return [getattr(self, name) for name in names]

        def __setstate__(self, state):
            for name, value in zip(names, state, strict=True):
                object.__setattr__(self, name, value)

        made = [__init__, __repr__, __eq__, __hash__, _setattr, _delattr]
        made += [__getstate__, __setstate__] if "__slots__" in vars(cls) else []
        made += [__lt__, __le__] if order else []
        return {method.__name__: method for method in made}

    def _setattr(self, name, value):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delattr(self, name):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    _setattr.__name__, _delattr.__name__ = "__setattr__", "__delattr__"

    def _init(cls, fields):
        """The function that makes an instance, as one would write it by hand."""
        space: dict[str, Any] = {"set_": object.__setattr__, "left_out": NOTHING}
        taken, named, lines = ["self"], [], []
        for name, held in fields.items():
            value = parameter = name
            if held.default is not NOTHING:
                space[f"default_{name}"] = held.default
                parameter = f"{name}=default_{name}"
            elif held.default_factory is not NOTHING:
                space[f"default_{name}"] = held.default_factory
                parameter, value = f"{name}=left_out", f"default_{name}() if {name} is left_out else {name}"
            (named if held.kw_only else taken).append(parameter)
            lines.append(f" set_(self, {name!r}, {value})")
        signature = ", ".join([*taken, *(["*", *named] if named else [])])
        exec(f"def __init__({signature}):\n" + ("\n".join(lines) or " pass"), space)
        space["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
        return space["__init__"]

    class _AsTheLibrary:
        """What the standard library says of a class of its own with the same fields, found out when it is asked for."""

        __slots__ = ("cls", "eq", "name", "order")

        def __init__(self, cls, name, eq, order):
            self.cls = cls
            self.name = name
            self.eq = eq
            self.order = order

        def __get__(self, instance, owner):
            import dataclasses

            described = []
            for name, held in self.cls.__parts__.items():
                default = dataclasses.MISSING if held.default is NOTHING else held.default
                factory = dataclasses.MISSING if held.default_factory is NOTHING else held.default_factory
                about = dataclasses.field(
                    default=default,
                    default_factory=factory,
                    repr=held.repr,
                    compare=held.compare,
                    kw_only=held.kw_only,
                )
                described.append((name, held.about, about))
            like = dataclasses.make_dataclass(
                self.cls.__name__, described, frozen=True, eq=self.eq or self.order, order=self.order
            )
            for name in ("__dataclass_fields__", "__dataclass_params__"):
                type.__setattr__(self.cls, name, getattr(like, name))
            return getattr(like, self.name)
