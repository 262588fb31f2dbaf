"""Yes and no when operands are not all known: which of the two can still come out, and whether a fault can."""

from __future__ import annotations

from collections.abc import Sequence

from policy.evaluate import operations
from policy.evaluate.possible import ABSENT, FAULT, NO_VALUE, NONE, NOTHING, Could, could, settled
from policy.model.values import Fault

# ------------------------------------------------------------------ yes and no


def yes_no(yes: bool, no: bool, specials: frozenset[str] = NOTHING, fault: Fault | None = None) -> object:
    """A yes/no value that can be what is said."""
    words = frozenset(word for word, can in ((True, yes), (False, no)) if can)
    return settled(Could(words=words, specials=specials, fault=fault))


def _sides(value: object) -> tuple[bool, bool, bool]:
    """Whether a value can be yes, can be no, can be something that is neither."""
    one = could(value)
    return one.can_be(True), one.can_be(False), bool(one.specials)


def conjunction(*values: object) -> object:
    """`and`: no settles it, and discards a fault beside it."""
    return _logic(values, settles=False)


def disjunction(*values: object) -> object:
    """`or`: yes settles it, and discards a fault beside it."""
    return _logic(values, settles=True)


def _logic(values: Sequence[object], settles: bool) -> object:
    sides = [_sides(value) for value in values]
    settling = [yes if settles else no for yes, no, _ in sides]
    going_on = [no if settles else yes for yes, no, _ in sides]
    bad = [wrong for _, _, wrong in sides]
    can_settle = any(settling)
    can_go_on = all(going_on)
    can_fault = any(
        bad[i] and all(going_on[j] or bad[j] for j in range(len(sides)) if j != i) for i in range(len(sides))
    )
    specials = frozenset({FAULT}) if can_fault else NOTHING
    fault = next((one.fault for one in map(could, values) if one.fault is not None), None)
    return yes_no(can_settle if settles else can_go_on, can_go_on if settles else can_settle, specials, fault)


def _without_absent(values: Sequence[object], neutral: bool) -> list[object]:
    """Members with `does not apply` read as what changes nothing."""
    found = []
    for value in values:
        one = could(value)
        if ABSENT in one.specials:
            words = (one.words or NO_VALUE) | {neutral}
            found.append(settled(Could(words=words, specials=one.specials - {ABSENT}, fault=one.fault)))
        else:
            found.append(value)
    return found


def all_of(*values: object) -> object:
    """`all of`."""
    return conjunction(*_without_absent(values, neutral=True))


def any_of(*values: object) -> object:
    """`any of`."""
    return disjunction(*_without_absent(values, neutral=False))


def negation(value: object) -> object:
    """`not`."""
    yes, no, bad = _sides(value)
    return yes_no(no, yes, frozenset({FAULT}) if bad else NOTHING, could(value).fault)


def at_least(count: int, *values: object) -> object:
    """`at least n of`."""
    sides = [_sides(value) for value in values]
    sure = sum(yes and not no and not bad for yes, no, bad in sides)
    possible = sum(yes for yes, _, _ in sides)
    broken = any(NONE in could(v).specials or FAULT in could(v).specials for v in values)
    specials = frozenset({FAULT}) if broken and sure < count else NOTHING
    return yes_no(possible >= count, sure < count, specials)


def fault_of(value: object) -> Fault:
    """The fault that a condition gives when it is neither yes nor no."""
    fault = could(value).fault
    return operations.DOES_NOT_APPLY if fault is None else fault
