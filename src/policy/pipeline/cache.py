"""A private folder in which work is kept for the next time.

It is safe to delete at any time, and safe to share between processes: a file is written whole or not at all, holds a
digest of itself, and is not believed without it. What is kept can be code, so nothing is read that others could have
written: folder and file must be of the user who runs the program, and nobody else may be able to write to them. Where
that is not so, where there is no room, or where anything else is in the way, nothing is kept and nothing is said: an
answer then takes longer, and that is all.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from policy.frozen import dataclass

VARIABLE: Final = "POLICY_CACHE"
"""The environment variable that names the folder; `off` for none."""

OFF: Final = "off"
SIGN: Final = b"policy 1\n"
DIGEST: Final = hashlib.sha256().digest_size
ROOM: Final = 64 * 2**20
"""How many bytes may be kept. When there are more, what was written longest ago goes until half of them are left."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Contents by name, in a folder; in none, nothing is kept."""

    folder: Path | None

    def read(self, name: str) -> bytes | None:
        """What was kept under a name; None when there is nothing, or nothing that can be believed."""
        if self.folder is None or not _is_private(self.folder):
            return None
        try:
            file = os.open(self.folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            about = os.fstat(file)
            if not (stat.S_ISREG(about.st_mode) and _is_mine_alone(about)):
                return None
            with os.fdopen(file, "rb", closefd=False) as opened:
                data = opened.read()
        except OSError:
            return None
        finally:
            os.close(file)
        content = data[len(SIGN) + DIGEST :]
        return content if data.startswith(SIGN + _digest(name, content)) else None

    def write(self, name: str, content: bytes) -> bool:
        """Keep something under a name; whether that could be done."""
        if self.folder is None:
            return False
        mine = self.folder / f"{name}.{os.getpid()}.{os.urandom(4).hex()}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(self.folder):
                return False
            file = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            with os.fdopen(file, "wb") as opened:
                opened.write(SIGN + _digest(name, content) + content)
            mine.replace(self.folder / name)
            _make_room(self.folder)
        except OSError:
            with suppress(OSError):
                mine.unlink()
            return False
        return True


def chosen_cache(environment: Mapping[str, str] = os.environ) -> Cache:
    """The cache that the environment chooses: `$POLICY_CACHE`, or else `policy` where programs of a user keep things.

    Where a system cannot say whose a file is, nothing is kept.
    """
    named = environment.get(VARIABLE)
    if named == OFF or not hasattr(os, "geteuid"):
        return Cache(None)
    if named:
        return Cache(Path(named).absolute())
    home = environment.get("XDG_CACHE_HOME", "")
    try:
        base = Path(home) if Path(home).is_absolute() else Path.home() / ".cache"
    except RuntimeError:  # nobody's home can be told
        return Cache(None)
    return Cache(base / "policy") if base.is_absolute() else Cache(None)


def _digest(name: str, content: bytes) -> bytes:
    """What tells that this content was kept under this name, and that all of it is there."""
    return hashlib.sha256(name.encode() + b"\0" + content).digest()


def _is_private(folder: Path) -> bool:
    try:
        about = folder.stat()
    except OSError:
        return False
    return stat.S_ISDIR(about.st_mode) and _is_mine_alone(about)


def _is_mine_alone(about: os.stat_result) -> bool:
    """Whether something is the user's, and nobody else can write to it."""
    return about.st_uid == os.geteuid() and not about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _make_room(folder: Path) -> None:
    """Remove the oldest files when there is too much."""
    with os.scandir(folder) as entries:
        files = sorted((entry.stat().st_mtime, entry.stat().st_size, entry.name) for entry in entries)
    room = sum(size for _, size, _ in files)
    if room > ROOM:
        for _, size, name in files:
            if room > ROOM // 2:
                (folder / name).unlink(missing_ok=True)
                room -= size
