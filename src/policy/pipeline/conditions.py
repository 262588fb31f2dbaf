"""What must hold in the records of one kind: the conditions of its declaration as code, and what breaks them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policy.evaluate import Program, beforehand, compile_graph
from policy.frozen import dataclass
from policy.graph import FieldRef, Graph
from policy.model.values import Record
from policy.profiles import Violation
from policy.profiles.stand_ins import Reading

if TYPE_CHECKING:
    from policy.check.checked import Checked


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of one kind of record, by their names in the graph of `build_conditions`.

    `valid` has the label of each condition; `applies` has the field and the text of each that tells when one applies.
    """

    program: Program
    valid: tuple[tuple[str, str], ...]
    applies: tuple[tuple[str, str, str], ...]

    def __call__(self, record: Record) -> Iterator[Violation]:
        """What is wrong with a record; nothing where that cannot be told because facts are unknown."""
        values = self.program.evaluate({"": record}, {}, None)
        for name, label in self.valid:
            if values.outcome(name) is False:
                yield Violation(None, label, "invalid")
        for name, field, text in self.applies:
            if values.outcome(name) is False:
                yield Violation(field, text, "does-not-apply")

    @property
    def reading(self) -> Reading:
        """What the verdict on a record depends on."""
        return Reading(_fields_read(self.program.graph), tuple(field for _, field, _ in self.applies))


def conditions_of(checked: Checked) -> dict[str, Conditions]:
    """The conditions of every kind of record that has some, by its full name."""
    from policy.graph.build import build_conditions
    from policy.syntax.tree import RecordDeclaration

    found: dict[str, Conditions] = {}
    for entry in checked.program.entries():
        record = entry.declaration
        if not isinstance(record, RecordDeclaration):
            continue
        valid = tuple((f"valid.{i}", valid.clauses.label.en or "") for i, valid in enumerate(record.valid))
        conditional = ((field.name, field.applies) for field in record.fields)
        applies = tuple((f"applies.{name}", name, when.span.text) for name, when in conditional if when is not None)
        if valid or applies:
            graph = beforehand(build_conditions(checked, entry.full_name), checked.catalog)
            found[entry.full_name] = Conditions(compile_graph(graph, checked.catalog), valid, applies)
    return found


def _fields_read(graph: Graph) -> tuple[str, ...] | None:
    """The fields of the record that a graph reads; None when it does more with the record than to read its fields."""
    read: dict[str, None] = {}
    for node in graph.nodes:
        if node.op == "assessed_on":
            return None
        for argument in node.args:
            if graph.nodes[argument].op == "input":
                if node.op != "field" or not isinstance(node.value, FieldRef):
                    return None
                read[node.value.name] = None
    return tuple(read)
