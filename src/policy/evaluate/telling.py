"""How what something can be stands to the exact operations: what they can take, and when what they give says it all."""

from __future__ import annotations

from policy.evaluate.logic import fault_of
from policy.evaluate.possible import FAULT, NOTHING, Could, could, is_faulty, leaf, settled
from policy.graph import CodeSet, Node
from policy.model.types import Enum, YesNo
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Listing, MapValue, Record, items_of, listing


def unsettled(value: object) -> bool:
    """Whether an assumption could say more of a value."""
    if isinstance(value, (Could, Listing)) or value is UNKNOWN:
        return True
    if isinstance(value, tuple):
        return any(unsettled(item) for item in value)
    return isinstance(value, MapValue) and any(unsettled(inner) for inner in value.values.values())


def holds_sets(value: object) -> bool:
    """Whether an exact operation cannot take a value: a set, or something that holds one."""
    if isinstance(value, Could):
        return True
    if isinstance(value, (tuple, Listing)):
        return any(isinstance(item, Could) for item in items_of(value)[0])
    return isinstance(value, MapValue) and any(isinstance(v, Could) or v is UNKNOWN for v in value.values.values())


def as_exact(value: object) -> object:
    """A value as the exact operations take it: unknown where only a set is known."""
    if isinstance(value, Could):
        return UNKNOWN
    if isinstance(value, (tuple, Listing)) and holds_sets(value):
        items, certain = items_of(value)
        fault = value.fault if isinstance(value, Listing) else None
        return listing(tuple(as_exact(item) for item in items), certain, UNKNOWN if fault is None else fault)
    if isinstance(value, MapValue):
        return MapValue({key: as_exact(inner) for key, inner in value.values.items()})
    return value


def tells(found: object, operands: list[object]) -> bool:
    """Whether the exact operation says all there is to say: a value, and no set was lost on the way into it."""
    if found is UNKNOWN:
        return False
    return not isinstance(found, (tuple, Listing, MapValue)) or not any(holds_sets(operand) for operand in operands)


def not_absent(value: object) -> object:
    """In plain logic, what does not apply is a fault."""
    if value is NOT_APPLICABLE:
        return fault_of(value)
    if isinstance(value, Could) and value.specials:
        return Could(words=value.words, specials=frozenset({FAULT}), fault=value.fault)
    return value


def faults(arguments: list[object]) -> frozenset[str]:
    """Whether an operation can give a fault because an operand can be one."""
    plain = [a for a in arguments if not isinstance(a, (tuple, Listing, Record, MapValue))]
    broken = any(could(argument).specials for argument in plain) or any(is_faulty(argument) for argument in arguments)
    return frozenset({FAULT}) if broken else NOTHING


def within(node: Node, found: object) -> object:
    """A set of which nothing is known holds at most what the type has, where that is a few words or a fact's range."""
    if not isinstance(found, Could) or found.words is not None or (found.low, found.high) != (None, None):
        return found
    if node.op != "index" and not isinstance(node.type, (YesNo, Enum)):
        return found
    inner = leaf(node.type)
    return settled(Could(inner.low, inner.high, inner.words, inner.specials | found.specials, found.fault))


def by_words(value: object, codes: CodeSet) -> object:
    """Membership of a set of codes, tried on each code that something can be."""
    one = could(value)
    specials = frozenset({FAULT}) if one.specials else NOTHING
    words = frozenset({True, False}) if one.words is None else frozenset(codes.holds(word) for word in one.words)
    return settled(Could(words=words, specials=specials, fault=one.fault))
