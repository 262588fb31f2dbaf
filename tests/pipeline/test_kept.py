"""What is kept for the next time is what would be made anew, and is made anew whenever it might not be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from orchestra_policies import ORCHESTRA, PLAYER
from pool_policies import POOL, SWIMMER, TOWNSMAN, copy_of_pool

import policy
from policy.diagnostics import Mistakes
from policy.pipeline import kept, opening
from policy.pipeline.cache import VARIABLE, Cache
from policy.pipeline.kept import KeptTrees
from policy.pipeline.kept_programs import KeptCompiled
from policy.pipeline.library import Library, policy_files
from policy.pipeline.loading import KeptLibrary
from policy.pipeline.opening import open_library
from policy.profiles import read_file
from policy.shipped import PACKAGE, grammar_file, policies_folder
from policy.syntax import parse as parsing
from policy.syntax.parse import Parsed, parse
from policy.syntax.sources import read_source
from policy.syntax.walk import same_shape, walk
from policy.text import Source, Span

FILES: Final = sorted(policy_files(policies_folder()))
SOUND: Final = Source("one.policy", 'policy one\n  en "One" fr "Une"\n')
BROKEN: Final = Source("two.policy", "policy 2\n")
PEOPLE: Final = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.*"))

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid"), reason="where nobody's files are told apart nothing is kept"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the sources that are really parsed."""
    names: list[str] = []

    def noted(source: Source) -> Parsed:
        names.append(Path(source.name).name)
        return parse(source)

    monkeypatch.setattr(parsing, "parse", noted)
    return names


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that are really opened."""
    folders: list[Path] = []

    def noted(folder: Path, **how: object) -> Library:
        folders.append(folder)
        return open_library(folder, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "open_library", noted)
    return folders


def answers(library: Library) -> list[object]:
    """What a library says of two people on every day on which its texts change, and what can be asked of them."""
    told: list[object] = [library.epochs]
    for day in library.epochs:
        rules = library.on(day)
        told += [rules.profile_schema("fr"), list(rules.outcomes()), sorted(rules.record_checks)]
        for person in (TOWNSMAN, SWIMMER):
            answer = rules.evaluate(person)
            told += [answer.json(), answer.explain(language="fr"), answer.html()]
            told += [answer[name].value for name in answer]
    return told


# ------------------------------------------------------------------ trees


def spans(tree: object) -> list[Span]:
    found = (getattr(node, name, None) for node in walk(tree) for name in ("span", "name_span", "effective_span"))
    return [span for span in found if isinstance(span, Span)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_kept_tree_is_the_tree_that_would_be_read(folder: Path, path: Path, parsed: list[str]) -> None:
    source, _ = read_source(path)
    trees = KeptTrees(Cache(folder))
    trees.parse(source)
    elsewhere = Source("elsewhere.policy", source.text)
    found = trees.parse(elsewhere)
    assert parsed == [path.name]
    wanted = parse(elsewhere)
    assert same_shape(found.module, wanted.module)
    assert spans(found.module) == spans(wanted.module)
    assert all(span.source is elsewhere for span in spans(found.module))
    assert found.module.source is elsewhere
    assert found.diagnostics == wanted.diagnostics == ()


def test_a_changed_text_is_parsed_anew(folder: Path, parsed: list[str]) -> None:
    for text in (SOUND.text, SOUND.text, SOUND.text + "  uses two\n"):
        KeptTrees(Cache(folder)).parse(Source("one.policy", text))
    assert parsed == ["one.policy", "one.policy"]


def test_mistakes_are_found_each_time(folder: Path, parsed: list[str]) -> None:
    for _ in range(2):
        assert KeptTrees(Cache(folder)).parse(BROKEN).diagnostics
    assert parsed == ["two.policy", "two.policy"]


def test_whatever_changes_in_the_parser_all_is_parsed_anew(
    folder: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for digest in (b"1", b"2", None):
        monkeypatch.setattr(kept, "digest_of_reader", lambda digest=digest: digest)
        KeptTrees(Cache(folder)).parse(SOUND)
    assert parsed == ["one.policy"] * 3


def test_digests_are_of_all_that_matters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def digest() -> bytes | None:
        kept.digest_of_engine.cache_clear()
        return kept.digest_of_engine()

    package = Path(shutil.copytree(PACKAGE, tmp_path / "policy", ignore=shutil.ignore_patterns("__pycache__")))
    grammar = Path(shutil.copy(grammar_file(), tmp_path / "policy.lark"))
    monkeypatch.setattr(kept, "PACKAGE", package)
    monkeypatch.setattr(kept, "grammar_file", lambda: grammar)
    seen = [digest()]
    for path in (grammar, package / "syntax" / "parse.py", package / "model" / "spells.py"):
        path.write_bytes(path.read_bytes() + b"\n")
        seen.append(digest())
    monkeypatch.setattr(sys, "version", "another")
    seen.append(digest())
    assert len(set(seen)) == 5
    grammar.unlink()
    assert digest() is None
    kept.digest_of_engine.cache_clear()


# ------------------------------------------------------------------ libraries


def test_a_kept_library_says_what_one_read_anew_says(read: list[Path]) -> None:
    anew = answers(open_library(POOL))
    assert answers(policy.load(POOL)) == anew
    assert read == [POOL]
    again = policy.load(POOL)
    assert answers(again) == anew
    assert read == [POOL]


def test_shipped_policies_explained_from_what_was_kept_read_the_same(read: list[Path]) -> None:
    people = [read_file(path) for path in PEOPLE]
    for _ in range(2):
        policy.load().on("2026-01-21").evaluate({})
    fresh, warm = open_library(policies_folder()).on("2026-01-21"), policy.load().on("2026-01-21")
    assert isinstance(warm._compiled, KeptCompiled)
    for person in people:
        for language in ("en", "fr"):
            assert warm.evaluate(person).json(language=language) == fresh.evaluate(person).json(language=language)
    assert warm.graph.nodes == fresh.graph.nodes
    assert warm.graph.named == fresh.graph.named
    assert warm.catalog == fresh.catalog
    assert {name: about.span for name, about in warm.graph.about.items()} == {
        name: about.span for name, about in fresh.graph.about.items()
    }
    assert read == [policies_folder()]


def test_what_rules_ask_of_other_days_is_kept_too(read: list[Path]) -> None:
    """The first time keeps the programs of the days, the second what is asked of them with something assumed."""
    fresh = open_library(ORCHESTRA).on("2024-09-01").evaluate(PLAYER).json("seats.seated")
    for _ in range(3):
        assert policy.load(ORCHESTRA).on("2024-09-01").evaluate(PLAYER).json("seats.seated") == fresh
    assert read == [ORCHESTRA, ORCHESTRA]


def test_mistakes_in_profiles_are_the_same() -> None:
    found = []
    for _ in range(2):
        with pytest.raises(Mistakes) as mistakes:
            policy.load(POOL).on("2022-07-01").evaluate({"courses": [{"stroke": "craul"}], "birth_date": "1980-02-30"})
        found.append(mistakes.value.diagnostics)
    assert found[0] == found[1]
    assert len(found[0]) == 2


def test_what_was_not_kept_is_there_all_the_same(read: list[Path]) -> None:
    answers(policy.load(POOL))
    warm = policy.load(POOL)
    assert isinstance(warm, KeptLibrary)
    rules = warm.on("2022-07-01")
    assert read == [POOL]
    assert rules.texts.texts["fees"].effective == date(2022, 7, 1)
    assert warm.since("fees") == open_library(POOL).since("fees")
    assert warm.files == open_library(POOL).files
    assert warm.diagnostics == ()
    assert read == [POOL, POOL]
    with pytest.raises(AttributeError, match="no_such_thing"):
        warm.no_such_thing  # noqa: B018
    with pytest.raises(AttributeError, match="no_such_thing"):
        rules._compiled.no_such_thing  # type: ignore[attr-defined]  # noqa: B018


def test_a_change_in_a_text_or_in_data_is_seen(tmp_path: Path, read: list[Path], parsed: list[str]) -> None:
    pool = copy_of_pool(tmp_path)
    (pool / "data").mkdir(exist_ok=True)
    answers(policy.load(pool))
    parsed.clear()
    file = next(path for path in sorted(policy_files(pool)) if "cites" in path.read_text(encoding="utf-8"))
    file.write_text(file.read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")
    answers(policy.load(pool))
    assert parsed == [file.name]
    (pool / "data" / "more.csv").write_text("a\n1\n", encoding="utf-8")
    answers(policy.load(pool))
    answers(policy.load(pool))
    assert read == [pool] * 3
    assert parsed == [file.name]


def test_what_is_wrong_is_never_kept(tmp_path: Path, folder: Path) -> None:
    pool = copy_of_pool(tmp_path)
    file = sorted(policy_files(pool))[0]
    text = file.read_text(encoding="utf-8")
    for broken in ("\nrubbish\n", "\ndefine lost : yes_no\n  is nowhere\n"):
        file.write_text(text + broken, encoding="utf-8")
        for _ in range(2):
            with pytest.raises(Mistakes):
                policy.load(pool).on("2022-07-01")
    assert not list(folder.glob("program-*"))
    file.write_text(text, encoding="utf-8")
    answers(policy.load(pool))
    assert list(folder.glob("program-*"))


def test_a_library_stays_as_it_was_taken(tmp_path: Path) -> None:
    pool = copy_of_pool(tmp_path)
    before = answers(open_library(pool))
    library = policy.load(pool)
    for path in policy_files(pool):
        path.write_text("rubbish\n", encoding="utf-8")
    assert answers(library) == before


def test_what_was_compiled_with_other_data_is_not_kept(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = copy_of_pool(tmp_path)
    library = policy.load(pool)
    (pool / "data").mkdir(exist_ok=True)
    (pool / "data" / "more.csv").write_text("a\n1\n", encoding="utf-8")
    library.on("2022-07-01")
    assert not list(folder.glob("program-*"))
    policy.load(pool).on("2022-07-01")
    assert len(list(folder.glob("program-*"))) == 1


def test_places_are_named_as_seen_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = copy_of_pool(tmp_path)
    monkeypatch.chdir(tmp_path)
    answers(policy.load("pool"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    rules = policy.load(pool).on("2022-07-01")
    assert isinstance(rules._compiled, KeptCompiled)
    names = {about.span.source.name for about in rules.graph.about.values()}
    assert names
    assert all(name.startswith(str(pool)) for name in names)


def test_the_same_files_elsewhere_need_not_be_read_again(tmp_path: Path, read: list[Path]) -> None:
    answers(policy.load(copy_of_pool(tmp_path / "one")))
    answers(policy.load(copy_of_pool(tmp_path / "two")))
    assert len(read) == 1


def test_proposed_texts_are_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "tax").mkdir()
    head = 'policy tax\n  en "Tax" fr "Taxe"\n'
    rate = 'define rate : points\n  en "Rate" fr "Taux"\n  cites SRC 1\n  is {}\n'
    source = 'source SRC\n  en "Source" fr "Source"\n'
    (tmp_path / "sources.policy").write_text(f'policy sources\n  en "S" fr "S"\n\n{source}', encoding="utf-8")
    for day, status, points in (("2020-01-01", "", 1), ("2021-01-01", "  status proposed\n", 2)):
        text = f"{head}  effective {day}\n{status}  cites SRC 1\n  uses sources\n\n{rate.format(points)}"
        (tmp_path / "tax" / f"{day}.policy").write_text(text, encoding="utf-8")
    for _ in range(2):
        assert policy.load(tmp_path).on("2022-01-01").evaluate({})["tax.rate"].value == 1
        assert policy.load(tmp_path, proposed=True).on("2022-01-01").evaluate({})["tax.rate"].value == 2


@pytest.mark.parametrize("damage", ["cut", "empty", "rubbish", "gone"])
def test_an_answer_comes_whatever_became_of_what_was_kept(folder: Path, damage: str) -> None:
    wanted = answers(policy.load(POOL))
    for file in folder.iterdir():
        data = file.read_bytes()
        match damage:
            case "cut":
                file.write_bytes(data[: len(data) // 2])
            case "empty":
                file.write_bytes(b"")
            case "rubbish":
                file.write_bytes(os.urandom(len(data)))
            case _:
                file.unlink()
    assert answers(policy.load(POOL)) == wanted
    assert answers(policy.load(POOL)) == wanted


@pytest.mark.parametrize("trouble", ["off", "in the way", "open to all"])
def test_an_answer_comes_where_nothing_can_be_kept(
    tmp_path: Path, trouble: str, read: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    match trouble:
        case "off":
            monkeypatch.setenv(VARIABLE, "off")
        case "in the way":
            place.write_text("", encoding="utf-8")
            monkeypatch.setenv(VARIABLE, str(place / "cache"))
        case _:
            place.mkdir()
            place.chmod(0o777)
            monkeypatch.setenv(VARIABLE, str(place))
    for _ in range(2):
        assert answers(policy.load(POOL)) == answers(open_library(POOL))
    assert read == [POOL, POOL]
    assert not place.is_dir() or not list(place.iterdir())


def test_processes_that_begin_at_once_all_answer(folder: Path) -> None:
    code = (
        "import json, sys, policy\n"
        "answer = policy.load(sys.argv[1]).on('2022-07-01').evaluate(json.loads(sys.argv[2]))\n"
        "print(answer.json())\n"
    )
    command = [sys.executable, "-c", code, str(POOL), json.dumps(TOWNSMAN)]
    many = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    said = {one.communicate()[0] for one in many}
    assert len(said) == 1
    assert said == {subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout}
    assert all(name.name.count(".") == 0 for name in folder.iterdir())
