"""What is kept is what was written, by this user and whole; in any other case there is nothing, and no complaint."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from policy.pipeline import cache as caches
from policy.pipeline.cache import Cache, chosen_cache

CONTENT: Final = b"some work"

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid"), reason="where nobody's files are told apart nothing is kept"
)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "deep" / "cache")


@pytest.fixture
def file(cache: Cache) -> Path:
    """The file of something that was kept under the name `work`."""
    assert cache.folder is not None
    assert cache.write("work", CONTENT)
    return cache.folder / "work"


def test_what_was_written_is_read(cache: Cache) -> None:
    assert cache.read("work") is None
    assert cache.write("work", CONTENT)
    assert cache.read("work") == CONTENT
    assert cache.write("work", b"")
    assert cache.read("work") == b""
    assert cache.read("other") is None


def test_folder_and_file_are_for_this_user_alone(file: Path) -> None:
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert file.stat().st_mode & 0o777 == 0o600
    assert names(file.parent) == ["work"]


DAMAGE: Final[dict[str, Callable[[bytes], bytes]]] = {
    "empty": lambda data: b"",
    "cut short": lambda data: data[:-1],
    "longer": lambda data: data + b"!",
    "a bit turned": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "another digest": lambda data: data.replace(data[len(caches.SIGN) : len(caches.SIGN) + 1], b"?", 1),
    "bare": lambda data: CONTENT,
    "of another version": lambda data: b"policy 0\n" + data[len(caches.SIGN) :],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_damaged_is_not_believed(cache: Cache, file: Path, damage: Callable[[bytes], bytes]) -> None:
    file.write_bytes(damage(file.read_bytes()))
    assert cache.read("work") is None
    assert cache.write("work", CONTENT)
    assert cache.read("work") == CONTENT


def test_what_was_kept_under_one_name_is_not_believed_under_another(cache: Cache, file: Path) -> None:
    file.rename(file.with_name("other"))
    assert cache.read("other") is None


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_to_is_not_read(cache: Cache, file: Path, mode: int) -> None:
    file.chmod(mode)
    assert cache.read("work") is None


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777, 0o1777])
def test_a_folder_that_others_can_write_to_is_not_used(cache: Cache, file: Path, mode: int) -> None:
    file.parent.chmod(mode)
    assert cache.read("work") is None
    assert not cache.write("more", CONTENT)
    assert names(file.parent) == ["work"]


def test_what_others_own_is_not_read(cache: Cache, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    assert cache.read("work") is None
    assert not cache.write("work", CONTENT)


def test_a_file_of_others_in_a_folder_of_ones_own_is_not_read(cache: Cache, file: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    os.chown(file, 12345, 12345)
    assert cache.read("work") is None


def test_links_pipes_and_folders_are_not_read(cache: Cache, file: Path) -> None:
    file.rename(file.parent.parent / "elsewhere")
    file.symlink_to(file.parent.parent / "elsewhere")
    assert cache.read("work") is None
    os.mkfifo(file.with_name("pipe"))
    assert cache.read("pipe") is None
    file.with_name("folder").mkdir()
    assert cache.read("folder") is None


def test_a_full_disk_leaves_nothing_behind(cache: Cache, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def write(self, data: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    def full(number: int, *_: Any) -> Full:
        os.close(number)
        return Full()

    monkeypatch.setattr(os, "fdopen", full)
    assert not cache.write("more", CONTENT)
    assert names(file.parent) == ["work"]


def test_where_no_folder_can_be_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")
    cache = Cache(tmp_path / "home" / "cache")
    assert not cache.write("work", CONTENT)
    assert cache.read("work") is None


def test_without_a_folder_nothing_is_kept() -> None:
    assert not Cache(None).write("work", CONTENT)
    assert Cache(None).read("work") is None


def test_what_was_written_longest_ago_makes_room(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches, "ROOM", 1000)
    assert cache.folder is not None
    for number in range(10):
        assert cache.write(f"work{number}", b"x" * 100)
        os.utime(cache.folder / f"work{number}", (number, number))
    kept = names(cache.folder)
    assert kept == [f"work{number}" for number in range(10)][-len(kept) :]
    assert 300 < sum((cache.folder / name).stat().st_size for name in kept) <= 1000


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"POLICY_CACHE": "/a/b"}, "/a/b"),
        ({"POLICY_CACHE": "/a/b", "XDG_CACHE_HOME": "/c"}, "/a/b"),
        ({"POLICY_CACHE": "off", "XDG_CACHE_HOME": "/c"}, None),
        ({"XDG_CACHE_HOME": "/c"}, "/c/policy"),
        ({"POLICY_CACHE": "", "XDG_CACHE_HOME": "/c"}, "/c/policy"),
        ({"XDG_CACHE_HOME": "not/absolute"}, "HOME/.cache/policy"),
        ({}, "HOME/.cache/policy"),
    ],
)
def test_the_environment_chooses_the_folder(environment: dict[str, str], folder: str | None) -> None:
    wanted = None if folder is None else Path(folder.replace("HOME", str(Path.home())))
    assert chosen_cache(environment).folder == wanted


def test_processes_that_write_at_once_do_not_harm_one_another(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from policy.pipeline.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for _ in range(200):\n"
        "    cache.write('work', b'x' * 100_000)\n"
        "    assert cache.read('work') == b'x' * 100_000\n"
    )
    many = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "cache")]) for _ in range(4)]
    assert [one.wait() for one in many] == [0] * 4
    assert names(tmp_path / "cache") == ["work"]
