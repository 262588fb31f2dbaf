"""Loading a folder of policy files: what was kept of earlier work on it is used, and what is done now is kept."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from policy.pipeline.cache import Cache, chosen_cache
from policy.pipeline.compiled import Compiled
from policy.pipeline.kept_programs import KeptCompiled, packed
from policy.pipeline.library import Library, refuse
from policy.pipeline.taking import Taken, take
from policy.shipped import policies_folder


def load(folder: str | Path | None = None, *, proposed: bool = False) -> Library:
    """The policies of a folder, or those that ship with the engine. Raises Mistakes for files that cannot be read.

    Texts that are only proposed are left out, unless `proposed` says to take them as if they were law: what is answered
    then says that it rests on them.
    """
    place = policies_folder() if folder is None else Path(folder)
    cache = chosen_cache()
    taken = None if cache.folder is None else take(place)
    if taken is None:
        from policy.pipeline.opening import open_library

        library = open_library(place)
        refuse(library.diagnostics)
        return library.proposing or library if proposed else library
    return KeptLibrary(place, taken, cache, proposed)


class KeptLibrary(Library):
    """A folder of which it is kept on which days its texts change, and what was compiled of them.

    All else is asked of the library that is read, when it is first needed, from the files as they were taken.
    """

    def __init__(self, folder: Path, taken: Taken, cache: Cache, proposed: bool) -> None:
        """Raises Mistakes for files that cannot be read."""
        self.folder = folder
        self._proposed = proposed
        self._taken = taken
        self._cache = cache
        self._sound: dict[date, Compiled] = {}
        name = self._name("days")
        kept = cache.read(name)
        if kept is not None:
            self._days = tuple(map(date.fromisoformat, kept.decode().split()))
            self._keeps = True
        else:
            refuse(self.opened.diagnostics)
            self._days = self.opened.epochs
            self._keeps = cache.write(name, " ".join(map(str, self._days)).encode())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.opened, name)

    @cached_property
    def opened(self) -> Library:
        """The library as it is read from the files."""
        from policy.pipeline.opening import open_library

        library = open_library(self.folder, read=self._taken.files.__getitem__)
        return library.proposing or library if self._proposed else library

    @cached_property
    def epochs(self) -> tuple[date, ...]:
        """Each day on which any text changes, earliest first; without dated texts, the first day of the calendar."""
        return self._days

    def compiled_on(self, day: date) -> Compiled:
        """The program of a day, whatever is wrong with it."""
        return self.opened.compiled_on(day)

    def sound_on(self, day: date) -> Compiled:
        """The program of a day. Raises Mistakes when something is wrong with it."""
        first = self._days[max(bisect_right(self._days, day) - 1, 0)]
        if first not in self._sound:
            kept = self._cache.read(self._name(f"program {first}"))
            if kept is not None:
                anew, part = partial(self.compiled_on, first), partial(self._part, first)
                self._sound[first] = KeptCompiled(kept, self._taken, anew, part)
            else:
                self._sound[first] = self.opened.sound_on(first)
                self._keep(f"program {first}", lambda: packed(self._sound[first], self._taken.names))
        return self._sound[first]

    def _part(self, first: date, what: str, make: Callable[[], bytes]) -> bytes:
        """Something that belongs to the program of a day, kept or made now."""
        name = f"part {first} {what}"
        kept = self._cache.read(self._name(name))
        if kept is None:
            kept = make()
            self._keep(name, lambda: kept)
        return kept

    def _keep(self, what: str, content: Callable[[], bytes]) -> None:
        """Keep something, unless the data that it was compiled with may be others by now."""
        now = take(self.folder) if self._keeps else None
        if now is not None and now.digest == self._taken.digest:
            self._keeps = self._cache.write(self._name(what), content())

    def _name(self, what: str) -> str:
        """What something is kept under."""
        of = f"{what} {self._taken.digest} {self._proposed}"
        return f"{what.split()[0]}-{hashlib.sha256(of.encode()).hexdigest()}"
