"""Everything in the README and the documentation that can be tried comes out as it says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

import pytest
import typer.main
from pages import Step, steps
from trying import ROOT, Reader, Wrong, commands, pattern, plain

import policy
from policy.check.provided import PROVIDED
from policy.check.shapes import BUILT_IN_TYPES
from policy.cli.app import app
from policy.cli.common import EXIT_CODES
from policy.profiles import read_file
from policy.syntax.words import DECLARATIONS

README: Final = ROOT / "README.md"
DOCS: Final = ROOT / "docs"
PAGES: Final = (README, *sorted(DOCS.glob("*.md")))
FROM_NOTHING: Final = ("tutorial-author.md", "language.md", "semantics.md", "pages.md")
"""Pages whose reader begins in an empty folder; the others speak of files of the project."""

LINK: Final = re.compile(r"\]\((?P<target>[^)#\s]*)(?:#(?P<heading>[^)\s]*))?\)")


def name_of(page: Path) -> str:
    """What a page is called in a test."""
    return page.name


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_everything_in_the_page_comes_out_as_it_says(page: Path, tmp_path: Path) -> None:
    if page.name not in FROM_NOTHING:
        shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
        (tmp_path / "policies").symlink_to(ROOT / "policies")
    Reader(page, tmp_path).work_through()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.finditer(page.read_text(encoding="utf-8")):
        if "://" in link["target"]:
            continue
        target = page.parent / link["target"] if link["target"] else page
        assert target.exists(), link[0]
        if link["heading"]:
            assert link["heading"] in headings(target), link[0]


PLACES: Final = re.compile(r"`([\w./-]+(?:/[\w.-]*|\.(?:py|lark|md)))`")


def test_the_files_that_contributors_are_sent_to_are_there() -> None:
    places = PLACES.findall((DOCS / "contributing.md").read_text(encoding="utf-8"))
    rooms = ("src/policy", "src/policy/check", "tests/docs", "tests/cases")
    roots = (ROOT, *(ROOT / room for room in rooms))
    named = [place for place in places if place == place.lower() and place != "docs/_build"]
    assert len(named) > 20
    assert [place for place in named if not any((root / place).exists() for root in roots)] == []


def headings(page: Path) -> list[str]:
    """The headings of a page as they are linked to."""
    found = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found]


# ------------------------------------------------------------------ the README


def readme() -> list[Step]:
    """What can be tried in the README."""
    return list(steps(README.read_text(encoding="utf-8")))


def test_the_readme_installs_and_then_runs_what_it_shows() -> None:
    first, second = [step.text.strip() for step in readme() if step.kind == "sh"]
    shown = next(command for step in readme() if step.kind == "console" for _, command, _ in commands(step))
    assert first.split(" && ")[-1] == shown == "policy evaluate docs/examples/software-developer.yaml --on 2026-01-21"
    assert second.split(" && ")[-1] == "python -m pytest"
    for line in (first, second):
        assert line.startswith("python3 -m venv .venv && . .venv/bin/activate && pip install ")


def test_the_readme_lists_the_verbs() -> None:
    listed = re.findall(r"^\| `policy (\w+)", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(verbs())


def test_the_map_of_the_readme_shows_every_folder() -> None:
    listed = re.findall(r"^\| `([\w/]+)/` \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert [folder for folder in listed if not (ROOT / folder).is_dir()] == []
    assert {folder.split("/")[0] for folder in listed} == {"policies", "grammar", "src", "docs", "tests"}


def test_the_exit_codes_are_those_of_the_command() -> None:
    assert EXIT_CODES in plain_paragraphs(README)
    listed = re.findall(r"^\| (\d+) \|", (DOCS / "commands.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == re.findall(r"(?<=[ ;])\d+(?= )", EXIT_CODES)


def plain_paragraphs(page: Path) -> str:
    """The text of a page with its lines joined."""
    return " ".join(page.read_text(encoding="utf-8").split())


# ------------------------------------------------------------------ the example profiles

TRIED: Final = re.compile(
    r"^\| `(?P<file>[\w.-]+)` \| .* \| (?P<outcome>met|not met|cannot tell yet) \|$", re.MULTILINE
)
OUTCOMES: Final = {"met": True, "not met": False, "cannot tell yet": policy.UNKNOWN}


def profiles_to_try() -> dict[str, str]:
    """The outcome that the page of profiles gives for each file."""
    page = (DOCS / "profiles.md").read_text(encoding="utf-8")
    return {found["file"]: found["outcome"] for found in TRIED.finditer(page)}


def test_every_example_profile_is_listed() -> None:
    assert sorted(profiles_to_try()) == sorted(path.name for path in (DOCS / "examples").iterdir())


@pytest.fixture(scope="module")
def rules() -> policy.Rules:
    """The rules of the day of that page."""
    return policy.load().on("2026-01-21")


@pytest.mark.parametrize("file", profiles_to_try())
def test_an_example_profile_comes_out_as_listed(file: str, rules: policy.Rules) -> None:
    answer = rules.evaluate(read_file(DOCS / "examples" / file))
    assert answer["cec.eligible"].value is OUTCOMES[profiles_to_try()[file]]


# ------------------------------------------------------------------ the reference is complete


def verbs() -> dict[str, list[str]]:
    """The verbs of the command, each with its options."""
    group = typer.main.get_group(app)
    return {
        name: [option for parameter in verb.params for option in parameter.opts if option.startswith("--")]
        for name, verb in group.commands.items()
    }


@pytest.mark.parametrize("verb", verbs())
def test_each_verb_has_a_section_with_its_options(verb: str) -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {verb}$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert section is not None
    assert [option for option in verbs()[verb] if option != "--help" and option not in section[1]] == []


@pytest.fixture(scope="module")
def examples() -> str:
    """All policy text and expressions of the reference."""
    page = (DOCS / "language.md").read_text(encoding="utf-8")
    return "\n".join(f"{step.about if step.kind == 'expression' else ''}\n{step.text}" for step in steps(page))


@pytest.mark.parametrize("word", DECLARATIONS)
def test_the_reference_has_an_example_of_each_declaration(word: str, examples: str) -> None:
    assert re.search(rf"^{word}\b", examples, re.MULTILINE)


@pytest.mark.parametrize("word", PROVIDED)
def test_the_reference_has_an_example_of_each_function(word: str, examples: str) -> None:
    assert re.search(rf"\b{word}\(", examples)


@pytest.mark.parametrize("word", BUILT_IN_TYPES)
def test_the_reference_names_each_type(word: str) -> None:
    page = (DOCS / "language.md").read_text(encoding="utf-8")
    assert re.search(rf"`[^`\n]*\b{word}\b[^`\n]*`", page[page.index("## Types") : page.index("## Names")])


# ------------------------------------------------------------------ the runner itself


def tried(tmp_path: Path, page: str) -> int:
    """How many things a page has to try; Wrong when one fails."""
    path = tmp_path / "page.md"
    path.write_text(page, encoding="utf-8")
    return Reader(path, tmp_path).work_through()


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("```console\n$ echo one\ntwo\n```\n", "page.md:2: the page shows"),
        ("```console\n$ false\n```\n", "page.md:2: `false` ends with exit code 1"),
        ("```python\nprint(1)\n```\n\n```text\n2\n```\n", "page.md:5: the page shows"),
        ("Save this as `a.txt`:\n\n```text\none\n```\n\nIn `a.txt`, change `two` to `three`.\n", "stands 0 times"),
        ("From `LICENSE`:\n\n```text\nNo rights at all.\n```\n", "does not stand in LICENSE"),
    ],
)
def test_what_comes_out_otherwise_is_wrong(tmp_path: Path, page: str, complaint: str) -> None:
    with pytest.raises(Wrong, match=re.escape(complaint)):
        tried(tmp_path, page)


@pytest.mark.parametrize(
    "page",
    [
        "```text\nwhat is this?\n```\n",
        "```\nwhat is this?\n```\n",
        "- in a list\n\n  ```console\n  $ true\n  ```\n",
    ],
)
def test_a_block_says_what_it_is_for(page: str) -> None:
    with pytest.raises(ValueError, match="line"):
        list(steps(page))


def test_a_page_is_worked_through_in_order(tmp_path: Path) -> None:
    page = """
First. Save this as `a.txt`:

```text
one
```

Add to `a.txt`:

```text
two
```

In `a.txt`, change
`two` to `three`, and look:

```console
$ cat a.txt
one

three
$ false
$ echo $?
1
```

<!-- not tried -->

```text
what is this?
```
"""
    assert tried(tmp_path, page) == 4


@pytest.mark.parametrize(
    ("wanted", "printed", "same"),
    [
        ("one\ntwo\n", "one\ntwo\n", True),
        ("one\ntwo\n", "one\n\ntwo\n", False),
        ("one\n…\nfour\n", "one\ntwo\nthree\nfour\n", True),
        ("one\n  …\nfour\n", "one\nfour\n", True),
        ("one\n…\nfour\n", "one\ntwo\n", False),
        ("… files: none\n", "12 files: none\n", True),
        ("… files: none\n", "12\nfiles: none\n", False),
        ("1 560 heures\n", "1\N{NO-BREAK SPACE}560\N{NARROW NO-BREAK SPACE}heures \n", True),
        ("", "\n", True),
        ("", "one\n", False),
    ],
)
def test_an_ellipsis_stands_for_what_is_left_out(wanted: str, printed: str, same: bool) -> None:
    assert (re.fullmatch(pattern(wanted), plain(printed)) is not None) is same
