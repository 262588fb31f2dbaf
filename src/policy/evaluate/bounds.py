"""What every node can still be when facts are missing, on the same graph as the exact evaluator.

An operation whose operands are known is the exact one; only where that gives no answer are sets of values reckoned
with. So what exact knows, bounds know equally; what it leaves unknown they may narrow, often to a single value: a
verdict that no missing fact can change is final.

Rules guard what they read: `when x is none then … otherwise x.field`, `country is A and authorized`. So a branch is
looked at with its condition taken to hold, and a member of a conjunction with the others taken to hold (`assuming`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from policy.evaluate import operations
from policy.evaluate.answers import answer
from policy.evaluate.assuming import consequences
from policy.evaluate.bounding import BOUNDS, BOUNDS_WITH_CONSTANT, Facts
from policy.evaluate.elsewhere import reach_on_day
from policy.evaluate.finishing import finished
from policy.evaluate.layout import Layout
from policy.evaluate.logic import all_of, any_of, fault_of
from policy.evaluate.meanings import WITH_CONSTANT, WITHOUT_CONSTANT
from policy.evaluate.operations import settle
from policy.evaluate.possible import (
    ANYTHING,
    NONE,
    NOTHING,
    Could,
    could,
    is_faulty,
    leaf,
    opened,
    result,
    settled,
    union,
)
from policy.evaluate.ranges import completed
from policy.evaluate.telling import as_exact, by_words, faults, not_absent, tells, unsettled, within
from policy.graph import ELSEWHERE, Asked, Body, CodeSet, FieldRef, Graph, Node, bits
from policy.model.catalog import Catalog
from policy.model.types import Enum
from policy.model.values import NOT_APPLICABLE, UNKNOWN, Listing, MapValue, Record, items_of

MOST_ASSUMED: Final = 4
"""How many assumptions are made inside one another; beyond, what is known without them is taken."""


class Case:
    """One case to be judged: the graph, what a profile may hold, and the facts."""

    def __init__(
        self,
        graph: Graph,
        catalog: Catalog,
        facts: Mapping[str, object],
        answers: Mapping[str, object],
        assessed_on: object,
        exact: Mapping[int, object],
    ) -> None:
        """`exact` holds what is known of nodes outside all bodies without any bounds."""
        self.graph = graph
        self.exact = exact
        self.facts = facts
        self.answers = answers
        self.assessed_on = assessed_on
        self.fields = Facts(catalog)
        self._catalog = catalog
        self._rows: dict[str, Mapping[str, Record]] = {}
        self._nodes: dict[int, frozenset[int]] = {}
        self._bits: dict[int, int] = {}

    def rows(self, dataset: str) -> Mapping[str, Record]:
        """The rows of a dataset as records."""
        if dataset not in self._rows:
            shape = self._catalog.datasets[dataset]
            self._rows[dataset] = {key: Record(dataset, row, key) for key, row in shape.rows.items()}
        return self._rows[dataset]

    def nodes_of(self, order: tuple[int, ...]) -> frozenset[int]:
        """The nodes of a frame."""
        if id(order) not in self._nodes:
            self._nodes[id(order)] = frozenset(order)
        return self._nodes[id(order)]

    def bits_of(self, order: tuple[int, ...], parameter: int) -> int:
        """The nodes of a frame and its member, a bit for each."""
        if id(order) not in self._bits:
            self._bits[id(order)] = bits((*order, parameter))
        return self._bits[id(order)]


def evaluate_bounds(case: Case, layout: Layout) -> Sequence[object]:
    """The value of every node, or the set of what it can be (`Could`), in the places in which exact values stand.

    Each is worked out when it is asked for.
    """
    return LazyRow(World(case, layout.order), layout)


class LazyRow(Sequence[object]):
    """The values of a frame, and the rows of its list nodes, each worked out when it is asked for."""

    def __init__(self, world: World, layout: Layout) -> None:
        self._world = world
        self._layout = layout

    def __len__(self) -> int:
        return len(self._layout.kept) + len(self._layout.walks)

    def __getitem__(self, at: Any) -> Any:
        kept = self._layout.kept
        if at < len(kept):
            return self._world.value(kept[at])
        number = self._layout.walks[at - len(kept)]
        self._world.value(number)
        within = self._layout.within(number)
        return tuple(LazyRow(world, within) for world in self._world.inner.get(number, ()))


class World:
    """The values of one frame: the whole graph or a body for one member; perhaps under assumptions.

    A world under assumptions works out again only what is not known without them (`base`) and rests on what is assumed
    (`touched`, a bit for each node); whoever makes the same assumptions of a frame has the same world of it. What a
    body gives for a member, where it rests on nothing of the members around it, is worked out once for all of them, in
    the frame that it does rest on (`shared`).
    """

    def __init__(
        self,
        case: Case,
        order: tuple[int, ...],
        outer: World | None = None,
        parameter: int = -1,
        member: object = None,
        base: World | None = None,
        assumed: Mapping[int, object] | None = None,
        depth: int = 0,
    ) -> None:
        self.case = case
        self.graph = case.graph
        self.order = order
        self.outer = outer
        self.parameter = parameter
        self.member = member
        self.base = base
        self.assumed = assumed or {}
        self.touched: int = bits(self.assumed) | (outer.touched if outer is not None else 0)
        self.depth = depth
        self.own = case.nodes_of(order)
        self.known: dict[int, object] = {}
        self.inner: dict[int, tuple[World, ...]] = {}
        self.shared: dict[tuple[int, int], World] = {}
        self.variants: dict[object, World] = {}
        self.supposed: dict[tuple[int, bool], World] = {}

    def value(self, number: int) -> object:
        """What is known of a node: its value, or the set of what it can be."""
        if number in self.assumed:
            return self.assumed[number]
        if number == self.parameter:
            return self.member
        if number not in self.own:
            assert self.outer is not None
            return self.outer.value(number)
        if number not in self.known:
            self.known[number] = self._find(number)
        return self.known[number]

    def _find(self, number: int) -> object:
        """A value that is known already, or worked out now."""
        if self.base is not None:
            before = self.base.value(number)
            changed = self.graph.reads[number] & self.touched and unsettled(before)
            return self.work_out(number) if changed else before
        exact = self.case.exact.get(number, UNKNOWN) if self.outer is None else UNKNOWN
        if unsettled(exact):
            found = self.work_out(number)
            listed = isinstance(exact, (tuple, Listing)) and isinstance(found, Could)
            return opened(exact, several=True, faulty=True) if listed else found
        if self.graph.nodes[number].body is not None:
            self.work_out(number)  # for the sake of what its members come to
        return exact

    def assuming(self, number: int, holds: bool, depth: int) -> World:
        """The same frame with a condition taken to hold or not, `depth` assumptions deep."""
        if depth > MOST_ASSUMED:
            return self
        key = (number, holds)
        if key not in self.supposed:
            self.supposed[key] = self.with_facts(consequences(self.graph, number, holds, self.value), depth)
        return self.supposed[key]

    def with_facts(self, facts: Mapping[int, object], depth: int) -> World:
        """The same frame, and those around it, with some values taken for granted."""
        merged = {**self.assumed, **facts}
        around = {number: value for number, value in facts.items() if number not in self.own}
        outer = self.outer.with_facts(around, depth) if self.outer is not None and around else self.outer
        base = self.base or self
        key = (depth, id(outer), frozenset(merged.items()))
        if key not in base.variants:
            base.variants[key] = World(self.case, self.order, outer, self.parameter, self.member, base, merged, depth)
        return base.variants[key]

    # -------------------------------------------------------------- one node

    def work_out(self, number: int) -> object:
        """The value of a node from those of its arguments."""
        node = self.graph.nodes[number]
        case = self.case
        if node.body is not None:
            return self.walk(number, node, node.body)
        match node.op:
            case "const":
                return node.value
            case "input":
                return _or_leaf(case.facts.get(str(node.value), UNKNOWN), node)
            case "assumed":
                held = case.facts.get(str(node.value), UNKNOWN)
                return result(node.type) if held is UNKNOWN else held
            case "elsewhere":
                return case.facts.get(ELSEWHERE, UNKNOWN)
            case "assessed_on":
                return case.assessed_on
            case "question":
                about = [self.value(argument) for argument in node.args]
                if any(isinstance(record, Could) for record in about):
                    held = leaf(node.type)
                    return union([held, *(fault_of(record) for record in about if could(record).specials)])
                return _or_leaf(answer(case.answers, str(node.value), *about), node)
            case "definition":
                return self.value(node.args[0])
            case "choice":
                return self.choice(node.args)
            case "applies":
                return self.applies(*node.args)
            case "and" | "all" | "or" | "any":
                return self.logic(node)
            case _:
                return self.reckoned(node, [self.value(argument) for argument in node.args])

    def choice(self, args: tuple[int, ...]) -> object:
        """`when`: what any branch that can be reached gives, each looked at with the conditions before it."""
        values = [self.value(argument) for argument in args]
        found = operations.choice(*map(as_exact, values))
        if tells(found, values):
            return found
        reached: list[object] = []
        world = self
        for at in range(0, len(args) - 1, 2):
            condition = world.value(args[at])
            if not isinstance(condition, Could):
                if condition is True:
                    return union([*reached, world.value(args[at + 1])])
                if condition is False:
                    continue
                return union(
                    [
                        *reached,
                        fault_of(condition),
                        *(world.value(arg) for arg in args[at + 1 :: 2]),
                        world.value(args[-1]),
                    ]
                )
            if condition.can_be(True):
                reached.append(world.assuming(args[at], True, self.depth + 1).value(args[at + 1]))
            if condition.specials:
                reached += [fault_of(condition), *(world.value(arg) for arg in args[at + 1 :: 2])]
            if not condition.can_be(False):
                return union(reached)
            world = world.assuming(args[at], False, self.depth + 1)
        return union([*reached, world.value(args[-1])])

    def applies(self, condition: int, value: int) -> object:
        """`applies when`: the value, looked at with the condition taken to hold."""
        holds = self.value(condition)
        if not isinstance(holds, Could):
            if holds is True:
                return self.value(value)
            return NOT_APPLICABLE if holds is False else fault_of(holds)
        reached: list[object] = []
        if holds.can_be(True):
            reached.append(self.assuming(condition, True, self.depth + 1).value(value))
        if holds.can_be(False):
            reached.append(NOT_APPLICABLE)
        if holds.specials:
            reached.append(fault_of(holds))
        return union(reached)

    def logic(self, node: Node) -> object:
        """`and`, `or` and their kin: a member that can be a fault is looked at with the others taken to go on."""
        goes_on = node.op in {"and", "all"}
        combine = all_of if node.op in {"and", "all"} else any_of
        values = [self.value(argument) for argument in node.args]
        found = self.exactly(node, [as_exact(value) for value in values])
        if found is not UNKNOWN:
            return found
        strict = node.op in {"and", "or"}
        doubtful = [i for i, value in enumerate(values) if could(value).specials]
        if doubtful and self.depth < MOST_ASSUMED:
            facts: dict[int, object] = {}
            for i, value in enumerate(values):
                if isinstance(value, Could) and not value.specials and value.can_be(goes_on):
                    facts |= consequences(self.graph, node.args[i], goes_on, self.value)
            if facts:
                world = self.with_facts(facts, self.depth + 1)
                for i in doubtful:
                    seen = could(world.value(node.args[i]))
                    words = (could(values[i]).words or frozenset({True, False})) if seen.ordinary else seen.words
                    values[i] = settled(Could(words=words, specials=seen.specials, fault=seen.fault))
        if strict:
            values = [not_absent(value) for value in values]
        return combine(*values)

    def reckoned(self, node: Node, arguments: list[object]) -> object:
        """An operation on values: the exact one where it answers, else what it can give."""
        if node.op == "map":
            assert isinstance(node.value, Enum)
            return MapValue(dict(zip(node.value.values, arguments, strict=True)))
        if node.op == "field":
            assert isinstance(node.value, FieldRef)
            if isinstance(arguments[0], (Could, Record)):
                return self.case.fields.field(node.value, arguments[0], node.type)
        found = self.exactly(node, [as_exact(argument) for argument in arguments])
        if node.op in {"outside", "inside", "runs"} and found is not UNKNOWN:
            return opened(found, faulty=any(is_faulty(argument) for argument in arguments))
        if tells(found, arguments):
            return found
        if node.op == "at":
            assert isinstance(node.value, Asked)
            return reach_on_day(node.value, node.type, *arguments)
        specials = faults(arguments)
        if node.op == "in_set":
            assert isinstance(node.value, CodeSet)
            return by_words(arguments[0], node.value)
        if node.op in {"completed_years", "completed_months"}:
            return completed(WITH_CONSTANT[node.op])(None, *arguments)
        if node.op in BOUNDS:
            return within(node, BOUNDS[node.op](*arguments))
        if node.op in BOUNDS_WITH_CONSTANT:
            return within(node, BOUNDS_WITH_CONSTANT[node.op](node.value, *arguments))
        return within(node, Could(specials=specials))

    def exactly(self, node: Node, arguments: list[object]) -> object:
        """What the exact operation gives."""
        if node.op in WITHOUT_CONSTANT:
            return WITHOUT_CONSTANT[node.op](*arguments)
        constant: Any = self.case.rows(str(node.value)) if node.op == "row" else node.value
        return WITH_CONSTANT[node.op](constant, *arguments)

    # -------------------------------------------------------------- lists

    def walk(self, number: int, node: Node, body: Body) -> object:
        """A list node: its body for each member, then what comes of the results."""
        members = self.value(node.args[0])
        found = settle(members) if not isinstance(members, Could) else UNKNOWN
        if found is UNKNOWN:
            nothing = frozenset({NONE}) if node.op == "the_one" else NOTHING
            anyone = World(self.case, body.nodes, self, body.parameter, ANYTHING, depth=self.depth)
            return Could(specials=nothing | faults([members, anyone.value(body.result)]))
        if found is not None:
            return found
        items, certain = items_of(members)
        home = self.home(body)
        worlds = tuple(home.world_of(number, body, item) for item in items)
        self.inner[number] = worlds
        results = [world.value(body.result) for world in worlds]
        return finished(node.op, members, items, certain, results)

    def home(self, body: Body) -> World:
        """The innermost frame, from this one outward, of which something is read for a member."""
        reads, world = self.graph.reads[body.result], self
        while world.outer is not None and not reads & self.case.bits_of(world.order, world.parameter):
            world = world.outer
        return world

    def world_of(self, number: int, body: Body, member: object) -> World:
        """The frame of a body for a member, one for each."""
        key = (number, id(member))
        if key not in self.shared:
            base = self.base.shared.get(key) if self.base is not None else None
            self.shared[key] = World(self.case, body.nodes, self, body.parameter, member, base, depth=self.depth)
        return self.shared[key]


def _or_leaf(held: object, node: Node) -> object:
    """A fact, or all that it can be when it was left out."""
    return leaf(node.type) if held is UNKNOWN else held
