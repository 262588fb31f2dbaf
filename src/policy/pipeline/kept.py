"""Trees of the shipped policies, kept for the next time beside the compiled code of this package.

To read the shipped files takes longer than all the rest of an answer: the parser is built from its grammar, and reads
some thousand lines. So what was read is kept as Python keeps the modules it has compiled: in `__pycache__`, known by
what it was made from. A change in a text, in the grammar or in the parser makes it anew, and where nothing can be
written nothing is kept. Policies of one's own are always read: their folder is not ours to write in.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

from policy import syntax, text
from policy.shipped import grammar_file
from policy.syntax.parse import Parsed, parse
from policy.syntax.tree import Module
from policy.text import Source

FILE: Final = Path(__file__).parent / "__pycache__" / f"trees.{sys.implementation.cache_tag}"


class KeptTrees:
    """The trees in a file, by what they were made from, and those made now."""

    def __init__(self, file: Path = FILE) -> None:
        self._file = file
        self._used: dict[str, bytes] = {}

    def parse(self, source: Source) -> Parsed:
        """The tree of a policy file, kept or read now. Where there are mistakes, nothing is kept."""
        key = hashlib.sha256(self._reader + source.text.encode()).hexdigest()
        kept = self._kept.get(key)
        if kept is not None:
            self._used[key] = kept
            return Parsed(_Unpickler(kept, source).load(), ())
        parsed = parse(source)
        if not parsed.diagnostics:
            self._used[key] = _packed(parsed.module)
        return parsed

    def keep(self) -> None:
        """Keep the trees that were asked for, and no others."""
        if self._used.keys() == self._kept.keys():
            return
        mine = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(exist_ok=True)
            mine.write_bytes(pickle.dumps(self._used))
            mine.replace(self._file)  # whole or not at all, for whoever reads it meanwhile

    @cached_property
    def _kept(self) -> dict[str, bytes]:
        try:
            kept = pickle.loads(self._file.read_bytes())
        except Exception:  # whatever comes of a file that is missing or damaged
            return {}
        return kept if isinstance(kept, dict) else {}

    @cached_property
    def _reader(self) -> bytes:
        """A digest of all that trees are made with."""
        digest = hashlib.sha256()
        for path in _parts_of_the_reader():
            digest.update(path.read_bytes())
        return digest.digest()


def _parts_of_the_reader() -> Iterator[Path]:
    yield grammar_file()
    for room in (text, syntax):
        for folder in room.__path__:
            yield from sorted(Path(folder).rglob("*.py"))


def _packed(module: Module) -> bytes:
    packed = BytesIO()
    _Pickler(packed, pickle.HIGHEST_PROTOCOL).dump(module)
    return packed.getvalue()


class _Pickler(pickle.Pickler):
    """Packs a tree without the text that all its places refer to."""

    def persistent_id(self, value: object) -> str | None:
        return "source" if isinstance(value, Source) else None


class _Unpickler(pickle.Unpickler):
    """Unpacks a tree; its places refer to this source, which may go by another name than the first time."""

    def __init__(self, packed: bytes, source: Source) -> None:
        super().__init__(BytesIO(packed))
        self._source = source

    def persistent_load(self, _: object) -> Source:
        return self._source
