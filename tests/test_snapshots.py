"""What each change of the law does to the people of the corpus: outcomes and explanations on every day on which the
text of a policy, or of a policy that it uses, changes.

Of every file `policies/<policy>/<date>.policy` the folder `snapshots/<policy>/<date>` holds

- `outcomes.txt`: each outcome of the policy for each profile, on its first day and on the last day of the text before;
- `<profile>.txt`, where the policy has decisions: why, on its first day, and the lines that the explanation of the day
  before has otherwise; one of them in French as well.

A policy is also another one when what it uses changes. Of a day on which only that happens the folder
`snapshots/<policy>/<date>` holds

- `outcomes.txt`: who meets what on that day, and the lines of explanations that the new text, by itself, changes.

A new file is covered as soon as it is there. `pytest tests/test_snapshots.py --snapshot-update` writes what is new:
read it as a policy analyst would, then commit it with the rule.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.data import SnapshotCollections
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from policy.explain import State
from policy.profiles import read_file
from snapshot_pages import CORPUS, POLICIES, Page, changes, days_to_pin, library, pages, text_of, that_day

if TYPE_CHECKING:
    from syrupy.location import PyTestLocation
    from syrupy.types import SnapshotIndex

SNAPSHOTS: Final = Path(__file__).parent / "snapshots"
EXAMPLES: Final = Path(__file__).parents[1] / "docs" / "examples"

COME_OUT: Final = (
    ("software-developer.yaml", "2026-01-21", State.MET),
    ("graduate.yaml", "2026-01-21", State.NOT_MET),
    ("educator-in-french.yaml", "2026-01-21", State.MET),
    ("cook-two-jobs.json", "2026-01-21", State.MET),
    ("physician.yaml", "2026-01-21", State.UNKNOWN),
    ("incomplete.yaml", "2026-01-21", State.UNKNOWN),
    ("newcomer-2016.yaml", "2016-12-01", State.MET),
    ("truck-driver.toml", "2022-11-15", State.NOT_MET),
    ("truck-driver.toml", "2022-11-16", State.MET),
)
"""How the examples of the documentation say that they come out."""


class TextFile(SingleFileSnapshotExtension):
    """A snapshot is a text file, where its name says. Leftovers are not looked for here: a test of its own does."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"

    @classmethod
    def get_location(cls, *, test_location: PyTestLocation, index: SnapshotIndex) -> str:
        return str(SNAPSHOTS / f"{index}.txt")

    @classmethod
    def matches_test_location(cls, *, test_location: PyTestLocation, snapshot_location: str) -> bool:
        return True

    def discover_snapshots(
        self, *, test_location: PyTestLocation, ignore_extensions: list[str] | None = None
    ) -> SnapshotCollections:
        return SnapshotCollections()


@pytest.mark.parametrize("page", list(pages(POLICIES, CORPUS)), ids=str)
def test_a_text_says_of_the_corpus_what_it_said(page: Page, snapshot: SnapshotAssertion) -> None:
    assert text_of(page) == snapshot(name=str(page), extension_class=TextFile)


def days_without_snapshot(policies: Path, corpus: Path, snapshots: Path) -> list[str]:
    """The snapshots that are to be and are not."""
    wanted = (f"{page}.txt" for page in pages(policies, corpus))
    return [path for path in wanted if not (snapshots / path).is_file()]


def snapshots_without_day(policies: Path, corpus: Path, snapshots: Path) -> list[str]:
    """The snapshots of which no file changes on the day, or no profile is there, any more."""
    wanted = {f"{page}.txt" for page in pages(policies, corpus)}
    there = (path.relative_to(snapshots).as_posix() for path in sorted(snapshots.rglob("*")) if path.is_file())
    return [path for path in there if path not in wanted]


def test_every_day_on_which_what_a_policy_uses_changes_has_a_snapshot() -> None:
    assert days_without_snapshot(POLICIES, CORPUS, SNAPSHOTS) == []


def test_every_snapshot_has_its_day() -> None:
    assert snapshots_without_day(POLICIES, CORPUS, SNAPSHOTS) == []


def test_every_profile_says_what_it_is_for() -> None:
    assert [path.name for path in CORPUS.iterdir() if not path.read_text("utf-8").startswith("# ")] == []


@pytest.mark.parametrize(("name", "day", "state"), COME_OUT)
def test_an_example_of_the_documentation_comes_out_as_it_says(name: str, day: str, state: State) -> None:
    found = library().on(day).evaluate(read_file(EXAMPLES / name))
    assert found.tree("cec.eligible").state is state


def test_every_example_of_the_documentation_is_tried() -> None:
    assert sorted({name for name, _, _ in COME_OUT}) == sorted(path.name for path in EXAMPLES.iterdir())


# The checks themselves, tried on a made-up folder.

HEAD: Final = 'policy {name}\n  en "{name}" fr "{name}"\n  cites BYLAW 1\n'


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    """Three dated files of two policies, one of which uses the other; one profile; the snapshots that they want."""
    fines = HEAD.format(name="fines")
    for path, text in (
        ("policies/fines/2024-01-01.policy", f"{fines}  effective 2024-01-01\n  uses loans\n"),
        ("policies/fines/2025-01-01.policy", f"{fines}  effective 2025-01-01\n\ndecision owed is yes\n"),
        ("policies/books/2024-06-01.policy", f"{HEAD.format(name='books')}  effective 2024-06-01\n"),
        ("policies/loans.policy", f"{HEAD.format(name='loans')}  uses books\n"),
        ("corpus/late.yaml", "# A book brought back late.\n"),
        ("snapshots/books/2024-06-01/outcomes.txt", ""),
        ("snapshots/fines/2024-01-01/outcomes.txt", ""),
        ("snapshots/fines/2024-06-01/outcomes.txt", ""),
        ("snapshots/fines/2025-01-01/outcomes.txt", ""),
        ("snapshots/fines/2025-01-01/late.txt", ""),
        ("snapshots/fines/2025-01-01/part-time.fr.txt", ""),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def wrong(folder: Path) -> tuple[list[str], list[str]]:
    policies, corpus, snapshots = (folder / name for name in ("policies", "corpus", "snapshots"))
    return days_without_snapshot(policies, corpus, snapshots), snapshots_without_day(policies, corpus, snapshots)


def test_a_folder_in_order_has_nothing_wrong(made_up: Path) -> None:
    assert wrong(made_up) == ([], [])


def test_a_dated_file_without_snapshot_is_found(made_up: Path) -> None:
    file = made_up / "policies/books/2025-06-01.policy"
    file.write_text(HEAD.format(name="books") + "  effective 2025-06-01\n", "utf-8")
    (made_up / "snapshots/fines/2025-01-01/late.txt").unlink()
    assert wrong(made_up) == (["books/2025-06-01/outcomes.txt", "fines/2025-01-01/late.txt"], [])


def test_a_day_on_which_a_used_policy_changes_without_snapshot_is_found(made_up: Path) -> None:
    (made_up / "snapshots/fines/2024-06-01/outcomes.txt").unlink()
    assert wrong(made_up) == (["fines/2024-06-01/outcomes.txt"], [])


def test_a_snapshot_without_file_is_found(made_up: Path) -> None:
    (made_up / "policies/fines/2025-01-01.policy").unlink()
    found = [f"fines/2025-01-01/{name}.txt" for name in ("late", "outcomes", "part-time.fr")]
    assert wrong(made_up) == ([], found)


def test_a_snapshot_of_a_day_on_which_no_used_policy_changes_is_found(made_up: Path) -> None:
    loans = HEAD.format(name="loans")
    (made_up / "policies/loans.policy").write_text(loans, "utf-8")
    assert wrong(made_up) == ([], ["fines/2024-06-01/outcomes.txt"])


def test_a_snapshot_without_profile_is_found(made_up: Path) -> None:
    (made_up / "corpus/late.yaml").rename(made_up / "corpus/early.yaml")
    missing = ["fines/2025-01-01/early.txt"]
    assert wrong(made_up) == (missing, ["fines/2025-01-01/late.txt"])


def test_the_day_before_is_the_last_of_the_text_before(made_up: Path) -> None:
    books, first, used, second = days_to_pin(made_up / "policies")
    assert (books.eve, books.changed) == (None, ("books",))
    assert (first.eve, first.has_decisions, first.own) == (None, False, True)
    assert (used.eve, used.changed, used.own) == (date(2024, 5, 31), ("books",), False)
    assert (second.eve, second.has_decisions, second.own) == (date(2024, 12, 31), True, True)


def test_changes_leave_out_what_is_the_same_but_for_the_day() -> None:
    eve, day = date(2024, 12, 31), date(2025, 1, 1)
    before = ["Answer for December 31, 2024", "Le 31\xa0décembre 2024", "by 2024-12-31", "owed", "5", "late"]
    after = ["Answer for January 1, 2025", "Le 1er\xa0janvier 2025", "by 2025-01-01", "owed", "6", "late"]
    assert list(changes(before, after, that_day(before, eve, day))) == ["...", "  owed", "- 5", "+ 6", "  late"]
