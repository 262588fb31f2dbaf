"""What a folder of policy files holds at one moment, and a digest of all that its answers depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePath

from policy.frozen import dataclass
from policy.pipeline.kept import digest_of_engine
from policy.pipeline.library import policy_files
from policy.syntax.sources import text_of
from policy.text import Source, shown


@dataclass(frozen=True, slots=True)
class Taken:
    """A digest of the engine, the policy files and the data; and the policy files, in order."""

    digest: str
    files: Mapping[Path, bytes]

    @property
    def names(self) -> list[str]:
        """The files as people see them."""
        return [shown(path) for path in self.files]

    def source(self, number: int) -> Source:
        """The text of a file, by its place in the order."""
        path = list(self.files)[number]
        return text_of(self.files[path], shown(path))


def take(folder: Path) -> Taken | None:
    """What a folder holds; None when that cannot be told."""
    engine = digest_of_engine()
    if engine is None:
        return None
    files: dict[Path, bytes] = {}
    digest = hashlib.sha256(engine)
    try:
        for path in sorted(policy_files(folder)):
            files[path] = path.read_bytes()
            # That a file lies where its policy belongs is told by its name and its folder, as people see them.
            place = "/".join(PurePath(shown(path)).parts[-2:])
            digest.update(_marked(f"{place}\0{path.relative_to(folder)}", files[path]))
        for path in sorted((folder / "data").rglob("*")):
            if not path.is_dir():
                digest.update(_marked(str(path.relative_to(folder)), path.read_bytes()))
    except (OSError, ValueError):
        return None
    return Taken(digest.hexdigest(), files)


def _marked(name: str, content: bytes) -> bytes:
    """A file with its name and its length, so that no two sets of files look the same in a row."""
    return f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content
