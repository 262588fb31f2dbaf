"""What is kept of a compiled program: all that an answer and its explanation need, in parts unpacked when needed."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from policy.evaluate import compile_graph
from policy.graph import Graph
from policy.model.catalog import Catalog
from policy.pipeline.compiled import Compiled
from policy.pipeline.conditions import Conditions
from policy.pipeline.packing import pack, unpack
from policy.pipeline.taking import Taken
from policy.profiles.reader import Written
from policy.text import Source

if TYPE_CHECKING:
    from policy.check.checked import Checked
    from policy.explain.wording import Wording


def packed(compiled: Compiled, names: list[str]) -> bytes:
    """A sound program as bytes. `names` are those of its files, in order."""
    checks = {name: (held.program.graph, held.valid, held.applies) for name, held in compiled.record_checks.items()}
    written = compiled.written
    parts = {
        "names": names,
        "graph": pack(compiled.graph),
        "catalog": pack(compiled.catalog),
        "wording": pack(compiled.wording),
        "checks": pack(checks),
        "code": None if written is None else marshal.dumps(written.code),
        "constants": None if written is None else pack(written.constants),
    }
    return pickle.dumps(parts)


Kept: TypeAlias = Callable[[str, Callable[[], bytes]], bytes]
"""What gives something that was kept with a program, by a description of it, or makes and keeps it."""


class KeptCompiled(Compiled):
    """A sound program that was kept. What was not kept of it is asked of the program compiled anew."""

    def __init__(self, content: bytes, taken: Taken, anew: Callable[[], Compiled], kept: Kept) -> None:
        self._parts: Mapping[str, Any] = pickle.loads(content)
        self._taken = taken
        self._anew = anew
        self._kept = kept
        self._sources: dict[str, Source] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.compiled, name)

    @cached_property
    def compiled(self) -> Compiled:
        """The program compiled anew."""
        return self._anew()

    @cached_property
    def checked(self) -> Checked:
        """The checked program."""
        return self.compiled.checked

    def _assuming(self, only: str | None, assumed: frozenset[str]) -> Graph:
        """The graph of one outcome, or of all, in which some are given: what rules of other days ask for is kept."""
        if only is None:
            return super()._assuming(only, assumed)
        build = super()._assuming
        packed = self._kept(f"{only} but {sorted(assumed)}", lambda: pack(build(only, assumed)))
        graph: Graph = unpack(packed, self._source)
        return graph

    @property
    def diagnostics(self) -> tuple[()]:
        """Nothing: only what is sound is kept."""
        return ()

    @cached_property
    def graph(self) -> Graph:
        """The evaluation graph."""
        graph: Graph = self._part("graph")
        return graph

    @cached_property
    def catalog(self) -> Catalog:
        """What a profile may hold."""
        catalog: Catalog = self._part("catalog")
        return catalog

    @cached_property
    def wording(self) -> Wording:
        """What explanations say of the policies beside values."""
        wording: Wording = self._part("wording")
        return wording

    @cached_property
    def record_checks(self) -> Mapping[str, Conditions]:
        """What must hold in the records of each kind."""
        return {
            name: Conditions(compile_graph(graph, self.catalog), valid, applies)
            for name, (graph, valid, applies) in self._part("checks").items()
        }

    @cached_property
    def written(self) -> Written | None:
        """The code that reads profiles that are right."""
        code = self._parts["code"]
        return None if code is None else Written(marshal.loads(code), self._part("constants"))

    def _part(self, name: str) -> Any:
        return unpack(self._parts[name], self._source)

    def _source(self, name: str) -> Source:
        """A file, by the name that it went by when the program was kept."""
        if name not in self._sources:
            self._sources[name] = self._taken.source(self._parts["names"].index(name))
        return self._sources[name]
