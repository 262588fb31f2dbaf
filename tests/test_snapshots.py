"""What each dated policy file changes for the people of the corpus: outcomes and explanations on its first day, and on
the last day of the text before it.

Of every file `policies/<policy>/<date>.policy` the folder `snapshots/<policy>/<date>` holds

- `outcomes.txt`: each outcome of the policy for each profile, on both days;
- `<profile>.txt`, where the policy has decisions: why, on its first day, and the lines that the explanation of the day
  before has otherwise; one of them in French as well.

A new file is covered as soon as it is there. `pytest tests/test_snapshots.py --snapshot-update` writes what is new:
read it as a policy analyst would, then commit it with the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.data import SnapshotCollections
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

import policy
from policy.explain import State, Step
from policy.explain.show import show_date
from policy.profiles import read_file

if TYPE_CHECKING:
    from syrupy.location import PyTestLocation
    from syrupy.types import SnapshotIndex

HERE: Final = Path(__file__).parent
POLICIES: Final = HERE.parent / "policies"
CORPUS: Final = HERE / "corpus"
SNAPSHOTS: Final = HERE / "snapshots"
EXAMPLES: Final = HERE.parent / "docs" / "examples"

FRENCH: Final = ("half-known", "part-time", "student", "dancer", "physician")
"""Whose explanation is read in French too: one profile for each file of a policy, in turn."""

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


# ------------------------------------------------------------------ the files, and what there is to say of them


@dataclass(frozen=True, slots=True)
class Dated:
    """A dated policy file: whose text it is, its first day, and the last day of the text before, if there is one."""

    policy: str
    day: date
    eve: date | None
    has_decisions: bool
    french: str

    def __str__(self) -> str:
        return f"{self.policy}/{self.day}"


def dated_files(policies: Path) -> list[Dated]:
    """The dated files of a folder, by policy and day."""
    found: list[Dated] = []
    for folder in sorted(path for path in policies.iterdir() if path.is_dir()):
        decided = False
        for place, path in enumerate(sorted(folder.glob("*.policy"))):
            day = date.fromisoformat(path.stem)
            decided = decided or "\ndecision " in path.read_text("utf-8")
            eve = day - timedelta(days=1) if place else None
            found.append(Dated(folder.name, day, eve, decided, FRENCH[place % len(FRENCH)]))
    return found


def profiles(corpus: Path) -> dict[str, str]:
    """The profiles of a folder, and what the first line of each says it is for."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(corpus.glob("*.yaml"))}
    return {name: text.partition("\n")[0].removeprefix("# ") for name, text in texts.items()}


@dataclass(frozen=True, slots=True)
class Page:
    """One snapshot: all outcomes that a file gives, or its explanation for one profile in one language."""

    file: Dated
    profile: str | None = None
    language: str = "en"

    def __str__(self) -> str:
        french = ".fr" if self.language == "fr" else ""
        return f"{self.file}/{self.profile or 'outcomes'}{french}"


def pages(policies: Path, corpus: Path) -> Iterator[Page]:
    """The snapshots that there are to be."""
    for file in dated_files(policies):
        yield Page(file)
        if file.has_decisions:
            yield from (Page(file, profile) for profile in profiles(corpus))
            yield Page(file, file.french, "fr")


# ------------------------------------------------------------------ what a snapshot says


@cache
def library() -> policy.Library:
    return policy.load(POLICIES)


@cache
def answer(day: date, profile: str) -> policy.Answer | str:
    """The answer for a profile, or why it is refused."""
    try:
        return library().on(day).evaluate(read_file(CORPUS / f"{profile}.yaml"))
    except policy.Mistakes as mistakes:
        return "; ".join(mistake.message for mistake in mistakes.diagnostics)


def text_of(page: Page) -> str:
    """What a snapshot is to hold; no line ends in a space."""
    lines = outcome_lines(page.file) if page.profile is None else explanation_lines(page, page.profile)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def outcome_lines(file: Dated) -> Iterator[str]:
    """Each outcome of the policy for each profile: on the first day, and before it where that was something else."""
    yield f"{file.policy}, text of {file.day}"
    yield ""
    if file.eve is None:
        yield f"Each outcome on {file.day}, the first day of the text."
    else:
        yield f"Each outcome on {file.day}, the first day of the text; where two values stand, the first is that of"
        yield f"{file.eve}, the last day of the text before."
    for profile, purpose in profiles(CORPUS).items():
        yield from ("", f"{profile}: {purpose}")
        after = outcomes(file.policy, file.day, profile)
        before = after if file.eve is None else outcomes(file.policy, file.eve, profile)
        for name in dict.fromkeys((*after, *before)):
            was, now = before.get(name, "nothing"), after.get(name, "nothing")
            yield f"  {name:<20} {now if was == now else f'{was}  →  {now}'}"


def outcomes(name: str, day: date, profile: str) -> dict[str, str]:
    """The outcomes of a policy in words."""
    found = answer(day, profile)
    if isinstance(found, str):
        return {"refused": found}
    own = (outcome for outcome in found if outcome.startswith(f"{name}."))
    return {outcome.removeprefix(f"{name}."): in_words(found.tree(outcome)) for outcome in own}


def in_words(step: Step) -> str:
    """A value, or how the line came out when it has none."""
    return step.value if step.state is State.VALUE else step.state.value


def explanation_lines(page: Page, profile: str) -> Iterator[str]:
    """Why, on the first day; then the lines that the day before has otherwise."""
    file = page.file
    yield from (f"{file.policy}, text of {file.day}", f"{profile}: {profiles(CORPUS)[profile]}")
    after = explained(file, file.day, page)
    yield from ("", f"======== On {file.day}, the first day of the text", "", *after)
    if file.eve is not None:
        yield from ("", f"======== From {file.eve}, the last day of the text before (-), to {file.day} (+)", "")
        yield from list(changes(explained(file, file.eve, page), after, file.eve, file.day)) or ["Nothing but the day."]


def explained(file: Dated, day: date, page: Page) -> list[str]:
    """The explanation of the decisions of a policy."""
    found = answer(day, page.profile or "")
    if isinstance(found, str):
        return [f"The profile is refused: {found}"]
    decisions = [name for name in found.decisions() if name.startswith(f"{file.policy}.")]
    return "\n\n".join(found.explain(name, page.language) for name in decisions).split("\n")


def changes(before: list[str], after: list[str], eve: date, day: date) -> Iterator[str]:
    """The lines that differ, each stretch of them with a line around; dots stand for what is the same.

    Lines that differ by the day of the answer alone are the same.
    """
    that_day = [line.replace(str(eve), str(day)) for line in before]
    for language in ("en", "fr"):
        that_day = [line.replace(show_date(eve, language), show_date(day, language)) for line in that_day]
    for stretch in SequenceMatcher(None, that_day, after, autojunk=False).get_grouped_opcodes(1):
        yield "..."
        for kind, start, end, new_start, new_end in stretch:
            if kind == "equal":
                yield from (f"  {line}" for line in after[new_start:new_end])
            else:
                yield from (f"- {line}" for line in before[start:end])
                yield from (f"+ {line}" for line in after[new_start:new_end])


# ------------------------------------------------------------------ the tests


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


def files_without_snapshot(policies: Path, snapshots: Path) -> list[str]:
    """The dated files of which nothing is pinned."""
    return [str(file) for file in dated_files(policies) if not (snapshots / str(file) / "outcomes.txt").is_file()]


def snapshots_without_file(policies: Path, corpus: Path, snapshots: Path) -> list[str]:
    """The snapshots of which no dated file, or no profile, is there any more."""
    wanted = {f"{page}.txt" for page in pages(policies, corpus)}
    there = (path.relative_to(snapshots).as_posix() for path in sorted(snapshots.rglob("*")) if path.is_file())
    return [path for path in there if path not in wanted]


def test_every_dated_file_has_a_snapshot() -> None:
    assert files_without_snapshot(POLICIES, SNAPSHOTS) == []


def test_every_snapshot_has_its_file() -> None:
    assert snapshots_without_file(POLICIES, CORPUS, SNAPSHOTS) == []


def test_every_profile_says_what_it_is_for() -> None:
    assert [path.name for path in CORPUS.iterdir() if not path.read_text("utf-8").startswith("# ")] == []


@pytest.mark.parametrize(("name", "day", "state"), COME_OUT)
def test_an_example_of_the_documentation_comes_out_as_it_says(name: str, day: str, state: State) -> None:
    found = library().on(day).evaluate(read_file(EXAMPLES / name))
    assert found.tree("cec.eligible").state is state


def test_every_example_of_the_documentation_is_tried() -> None:
    assert sorted({name for name, _, _ in COME_OUT}) == sorted(path.name for path in EXAMPLES.iterdir())


# The checks themselves, tried on a made-up folder.


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    """Two dated files, one of them with a decision; one profile; the snapshots that they want."""
    for path, text in (
        ("policies/fines/2024-01-01.policy", "policy fines\n"),
        ("policies/fines/2025-01-01.policy", "policy fines\n\ndecision owed\n"),
        ("policies/undated.policy", "policy undated\n"),
        ("corpus/late.yaml", "# A book brought back late.\n"),
        ("snapshots/fines/2024-01-01/outcomes.txt", ""),
        ("snapshots/fines/2025-01-01/outcomes.txt", ""),
        ("snapshots/fines/2025-01-01/late.txt", ""),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def wrong(folder: Path) -> tuple[list[str], list[str]]:
    policies, corpus, snapshots = (folder / name for name in ("policies", "corpus", "snapshots"))
    return files_without_snapshot(policies, snapshots), snapshots_without_file(policies, corpus, snapshots)


def test_a_folder_in_order_has_nothing_wrong(made_up: Path) -> None:
    assert wrong(made_up) == ([], [])


def test_a_dated_file_without_snapshot_is_found(made_up: Path) -> None:
    (made_up / "policies/fines/2026-01-01.policy").write_text("policy fines\n", "utf-8")
    (made_up / "snapshots/fines/2024-01-01/outcomes.txt").unlink()
    assert wrong(made_up) == (["fines/2024-01-01", "fines/2026-01-01"], [])


def test_a_snapshot_without_file_is_found(made_up: Path) -> None:
    (made_up / "policies/fines/2025-01-01.policy").unlink()
    assert wrong(made_up) == ([], ["fines/2025-01-01/late.txt", "fines/2025-01-01/outcomes.txt"])


def test_a_snapshot_without_profile_is_found(made_up: Path) -> None:
    (made_up / "corpus/late.yaml").rename(made_up / "corpus/early.yaml")
    assert wrong(made_up) == ([], ["fines/2025-01-01/late.txt"])


def test_the_day_before_is_the_last_of_the_text_before(made_up: Path) -> None:
    first, second = dated_files(made_up / "policies")
    assert (first.eve, first.has_decisions) == (None, False)
    assert (second.eve, second.has_decisions) == (date(2024, 12, 31), True)


def test_changes_leave_out_what_is_the_same_but_for_the_day() -> None:
    eve, day = date(2024, 12, 31), date(2025, 1, 1)
    before = ["Answer for December 31, 2024", "Le 31\xa0décembre 2024", "by 2024-12-31", "owed", "5", "late"]
    after = ["Answer for January 1, 2025", "Le 1er\xa0janvier 2025", "by 2025-01-01", "owed", "6", "late"]
    assert list(changes(before, after, eve, day)) == ["...", "  owed", "- 5", "+ 6", "  late"]
