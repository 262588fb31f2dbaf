"""Trees of policy files, kept for the next time; and digests of all that kept work was made with.

To read a set of policies takes longer than all the rest of an answer: the parser is built from its grammar, and reads
some thousand lines. So the tree of each file is kept, known by what it was made from: the text, the grammar and the
parser. A change in any of them makes it anew, and of a set of which one file changes, one is read.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from policy.pipeline.cache import Cache
from policy.shipped import PACKAGE, grammar_file
from policy.text import Source

if TYPE_CHECKING:
    from policy.syntax.parse import Parsed


class KeptTrees:
    """The trees in a cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def parse(self, source: Source) -> Parsed:
        """The tree of a policy file, kept or read now. Where there are mistakes, nothing is kept."""
        from policy.pipeline.packing import pack, unpack
        from policy.syntax.parse import Parsed, parse

        made_with = digest_of_reader()
        if made_with is None or self._cache.folder is None:
            return parse(source)
        name = f"tree-{hashlib.sha256(made_with + source.text.encode()).hexdigest()}"
        kept = self._cache.read(name)
        if kept is not None:
            return Parsed(unpack(kept, lambda _: source), ())
        parsed = parse(source)
        if not parsed.diagnostics:
            self._cache.write(name, pack(parsed.module))
        return parsed


@cache
def digest_of_reader() -> bytes | None:
    """A digest of all that trees are made with; None if it cannot be told."""
    return _digest(_modules(PACKAGE / "text", PACKAGE / "syntax", PACKAGE / "pipeline"))


@cache
def digest_of_engine() -> bytes | None:
    """A digest of all that answers are made with; None if it cannot be told."""
    return _digest(_modules(PACKAGE))


def _modules(*folders: Path) -> Iterator[Path]:
    yield grammar_file()
    for folder in folders:
        yield from sorted(folder.rglob("*.py"))


def _digest(files: Iterable[Path]) -> bytes | None:
    """A digest of these files and of the Python that runs them."""
    digest = hashlib.sha256(sys.version.encode())
    try:
        for path in files:
            digest.update(path.read_bytes())
    except OSError:
        return None
    return digest.digest()
