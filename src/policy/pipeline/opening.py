"""Reading a folder of policy files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from policy.diagnostics import Diagnostic
from policy.model.arrange import arrange
from policy.pipeline import errors
from policy.pipeline.cache import chosen_cache
from policy.pipeline.kept import KeptTrees
from policy.pipeline.library import Library, neighbours, policy_files, reason
from policy.syntax.recovery import header_in
from policy.syntax.sources import source_of
from policy.syntax.tree import Module
from policy.text import Source, shown


def open_library(
    folder: Path,
    files: Iterable[Path] | None = None,
    read: Callable[[Path], bytes] = Path.read_bytes,
) -> Library:
    """The policies of a folder with the mistakes found in reading them.

    For the sake of some files of the folder, these are read wherever they lie, and with them what lies where policies
    belong: the folder may be one that holds much else.
    """
    try:
        paths = policy_files(folder) if files is None else {*neighbours(folder), *files}
    except OSError as problem:
        return Library(folder, {}, (), (errors.unreadable(str(folder), reason(problem)),))
    if not paths:
        return Library(folder, {}, (), (errors.no_policies(str(folder)),))
    trees = KeptTrees(chosen_cache())
    modules: list[Module] = []
    found: list[Diagnostic] = []
    for path in sorted(paths):
        try:
            source, mistakes = source_of(read(path), shown(path))
        except OSError as problem:
            source, mistakes = Source(shown(path), ""), (errors.unreadable(shown(path), reason(problem)),)
        found += mistakes
        if mistakes:  # the version is there, and so are those that amend it
            modules.append(Module(source, header_in(source, 0, 0), ()))
        else:
            parsed = trees.parse(source)
            modules.append(parsed.module)
            found += parsed.diagnostics
    names = tuple(map(shown, sorted(paths)))
    timelines, mistaken = arrange(modules)
    proposing = None
    if any(module.header is not None and module.header.proposed is not None for module in modules):
        taken, also = arrange(modules, proposed=True)
        proposing = Library(folder, taken, names, (*found, *also))
    return Library(folder, timelines, names, (*found, *mistaken), proposing)
