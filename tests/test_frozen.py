"""Classes of `policy.frozen` are what the standard library would make of them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any, Final

import pytest

from policy import frozen


def classes(library: Any) -> list[type]:
    """The same classes, made by a library."""

    @library.dataclass(frozen=True, slots=True)
    class Plain:
        """Two fields."""

        one: int
        two: str = "b"

    @library.dataclass(frozen=True)
    class Open:
        """With room for what is worked out, and a list of its own."""

        one: int
        many: dict[str, int] = library.field(default_factory=dict)

        @property
        def double(self) -> int:
            return self.one * 2

    @library.dataclass(frozen=True, slots=True, eq=False)
    class Itself:
        """Equal to nothing but itself."""

        one: int

    @library.dataclass(frozen=True, slots=True)
    class Partly:
        """Of which only a part is compared, and a part shown."""

        one: int
        two: int = library.field(default=2, compare=False)
        three: int = library.field(default=3, repr=False)

    @library.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        """In order."""

        one: int
        two: int = 0

    @library.dataclass(frozen=True, slots=True, kw_only=True)
    class More(Plain):
        """More of something."""

        three: int
        four: int = 4

    @library.dataclass(frozen=True, slots=True)
    class Empty:
        """Nothing."""

    @library.dataclass(frozen=True, slots=True)
    class Own:
        """With a hash and a text of its own."""

        one: int

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    return [Plain, Open, Itself, Partly, Ordered, More, Empty, Own]


OURS: Final = {made.__name__: made for made in classes(frozen)}
THEIRS: Final = {made.__name__: made for made in classes(dataclasses)}
NAMES: Final = list(OURS)
FOUR: Final = {"More": {"three": 3}}


def instances(made: type[Any]) -> list[Any]:
    """Some instances, two of them alike."""
    named = FOUR.get(made.__name__, {})
    return [made(**named)] * 2 if made.__name__ == "Empty" else [made(1, **named), made(1, **named), made(2, **named)]


for one in OURS.values():
    globals()[one.__name__] = one
    one.__qualname__ = one.__name__


@pytest.mark.parametrize("name", NAMES)
def test_instances_behave_alike(name: str) -> None:
    ours, theirs = instances(OURS[name]), instances(THEIRS[name])
    for mine, other in zip(ours, theirs, strict=True):
        assert repr(mine) == repr(other).rsplit(".", 1)[-1]
        assert [mine == another for another in ours] == [other == another for another in theirs]
        assert mine != other
        assert dataclasses.asdict(mine) == dataclasses.asdict(other)
        if name == "Open":
            for unhashable in (mine, other):
                with pytest.raises(TypeError, match="unhashable"):
                    hash(unhashable)
        else:
            assert (hash(mine) == hash(ours[0])) is (hash(other) == hash(theirs[0]))
        assert hasattr(mine, "__dict__") is hasattr(other, "__dict__")


@pytest.mark.parametrize("name", NAMES)
def test_the_standard_library_says_the_same_of_both(name: str) -> None:
    ours, theirs = OURS[name], THEIRS[name]
    assert dataclasses.is_dataclass(ours)
    about = [
        [(f.name, f.type, f.default, f.repr, f.compare, f.kw_only, f.init) for f in dataclasses.fields(made)]
        for made in (ours, theirs)
    ]
    assert about[0] == about[1]
    assert ours.__match_args__ == theirs.__match_args__  # type: ignore[attr-defined]
    assert ours.__doc__ == theirs.__doc__


@pytest.mark.parametrize("name", NAMES)
def test_nothing_changes_once_it_is_made(name: str) -> None:
    for made in (OURS[name],) if name == "Empty" else (OURS[name], THEIRS[name]):
        (one, *_) = instances(made)
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'one'"):
            one.one = 3
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'one'"):
            del one.one


@pytest.mark.parametrize("name", [name for name in NAMES if name != "Empty"])
def test_the_same_but_for_a_field(name: str) -> None:
    (one, *_) = instances(OURS[name])
    copies: list[Any] = [frozen.replace(one, one=5), dataclasses.replace(one, one=5)]
    for changed in copies:
        assert dataclasses.asdict(changed) == dataclasses.asdict(one) | {"one": 5}
        assert type(changed) is OURS[name]


@pytest.mark.parametrize("name", NAMES)
def test_copies_are_alike(name: str) -> None:
    for one in instances(OURS[name]):
        copies: list[Any] = [copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))]
        for again in copies:
            assert dataclasses.asdict(again) == dataclasses.asdict(one)


@pytest.mark.parametrize("made", [OURS["Plain"], THEIRS["Plain"]])
def test_what_is_not_given_or_not_wanted_is_told(made: type[Any]) -> None:
    for given, named in (((), {}), ((1, 2, 3), {}), ((1,), {"three": 3})):
        with pytest.raises(TypeError, match="__init__"):
            made(*given, **named)


def test_each_has_a_list_of_its_own() -> None:
    one, other = OURS["Open"](1), OURS["Open"](1)
    one.many["a"] = 1
    assert other.many == {}
    assert one.double == 2


def test_order_is_that_of_the_fields() -> None:
    made: Any = OURS["Ordered"]
    assert sorted([made(2), made(1, 5), made(1)]) == [made(1), made(1, 5), made(2)]
    assert made(1) <= made(1) < made(1, 1)
    assert made(2) > made(1) >= made(1)


def test_patterns_match_by_place() -> None:
    match OURS["Plain"](1, "c"):
        case Plain(1, two):  # type: ignore[name-defined]  # noqa: F821
            assert two == "c"
        case _:
            raise AssertionError
