"""Trees kept for the next time are those that would be read, and are made anew whenever they might not be."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Final

import pytest
from pool_policies import POOL

import policy
from policy.pipeline import kept
from policy.pipeline.kept import KeptTrees
from policy.pipeline.library import policy_files
from policy.shipped import policies_folder
from policy.syntax.parse import Parsed, parse, read_source
from policy.syntax.walk import same_shape, walk
from policy.text import Source, Span

FILES: Final = sorted(policy_files(policies_folder()))
SOUND: Final = Source("one.policy", 'policy one\n  en "One" fr "Une"\n')
BROKEN: Final = Source("two.policy", "policy 2\n")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where trees are kept."""
    return tmp_path / "__pycache__" / "trees"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the sources that are really read."""
    names: list[str] = []

    def noted(source: Source) -> Parsed:
        names.append(source.name)
        return parse(source)

    monkeypatch.setattr(kept, "parse", noted)
    return names


def keep(file: Path, *sources: Source) -> None:
    trees = KeptTrees(file)
    for source in sources:
        trees.parse(source)
    trees.keep()


def spans(tree: object) -> list[Span]:
    found = (getattr(node, name, None) for node in walk(tree) for name in ("span", "name_span", "effective_span"))
    return [span for span in found if isinstance(span, Span)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_kept_tree_is_the_tree_that_would_be_read(file: Path, path: Path) -> None:
    source, _ = read_source(path)
    keep(file, source)
    elsewhere = Source("elsewhere.policy", source.text)
    wanted, found = parse(elsewhere), KeptTrees(file).parse(elsewhere)
    assert same_shape(found.module, wanted.module)
    assert spans(found.module) == spans(wanted.module)
    assert all(span.source is elsewhere for span in spans(found.module))
    assert found.module.source is elsewhere
    assert found.diagnostics == wanted.diagnostics == ()


def test_what_is_kept_is_not_read_again(file: Path, read: list[str]) -> None:
    keep(file, SOUND)
    keep(file, SOUND)
    assert read == ["one.policy"]


def test_a_changed_text_is_read_anew(file: Path, read: list[str]) -> None:
    keep(file, SOUND)
    keep(file, Source("one.policy", SOUND.text + "  uses two\n"))
    assert read == ["one.policy", "one.policy"]


def test_whatever_changes_in_the_reader_all_is_read_anew(
    file: Path, read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [path.name for path in kept._parts_of_the_reader()]
    assert {"policy.lark", "parse.py", "layout.py", "source.py"} <= set(parts)
    grammar = tmp_path / "policy.lark"
    for text in ("first", "second"):
        grammar.write_text(text, encoding="utf-8")
        monkeypatch.setattr(kept, "_parts_of_the_reader", lambda: [grammar])
        keep(file, SOUND)
    assert read == ["one.policy", "one.policy"]


def test_mistakes_are_found_each_time(file: Path, read: list[str]) -> None:
    for _ in range(2):
        trees = KeptTrees(file)
        assert trees.parse(BROKEN).diagnostics
        trees.keep()
    assert read == ["two.policy", "two.policy"]


def test_only_what_was_asked_for_last_is_kept(file: Path, read: list[str]) -> None:
    other = Source("other.policy", SOUND.text.replace("one", "other"))
    keep(file, SOUND, other)
    keep(file, other)
    keep(file, SOUND)
    assert read == ["one.policy", "other.policy", "one.policy"]


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"trees", pickle.dumps([1]), pickle.dumps({}), pickle.dumps(open)[:-3]]
)
def test_a_damaged_file_is_as_good_as_none(file: Path, read: list[str], content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    keep(file, SOUND)
    keep(file, SOUND)
    assert read == ["one.policy"]


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, read: list[str]) -> None:
    (tmp_path / "no folder").write_text("", encoding="utf-8")
    for _ in range(2):
        keep(tmp_path / "no folder" / "trees", SOUND)
    assert read == ["one.policy", "one.policy"]


def test_nothing_else_is_left_behind(file: Path) -> None:
    keep(file, SOUND)
    assert list(file.parent.iterdir()) == [file]


def test_policies_of_ones_own_are_read_each_time(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_of_it(self: KeptTrees, source: Source) -> Parsed:
        raise AssertionError(source.name)

    monkeypatch.setattr(KeptTrees, "parse", none_of_it)
    assert policy.load(POOL).timelines
    assert policy.load(policies_folder()).timelines
    with pytest.raises(AssertionError):
        policy.load()
