"""What the checker hands on: an order, the parameters and types of everything, and data read once."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from policy.check.checked import Checked, check
from policy.check.cycles import in_order
from policy.check.datasets import read_cell
from policy.check.expressions import RULES
from policy.diagnostics import as_text
from policy.model.arrange import arrange
from policy.model.program import epochs, program_on
from policy.model.types import Code, Date, Enum, ListOf, Moment, Number, OptionalOf, Text, Type, YesNo
from policy.model.versions import Timeline
from policy.syntax import tree as t
from policy.syntax.parse import parse
from policy.syntax.walk import walk
from policy.text import Source

LIBRARY = """\
policy library
  en "Library" fr "Bibliothèque"
  cites RULES 1

source RULES
  en "Rules" fr "Règlement"

dataset shelves "shelves.csv"
  en "Shelves" fr "Rayons"
  column code : code of 2 digits key
  column floors : integer

define last : integer
  en "Last" fr "Dernier"
  is middle(2) + first

define middle(n: integer) : integer
  en "Middle" fr "Milieu"
  is n * first

define first : integer
  en "First" fr "Premier"
  is shelves(01).floors

table fee(age: integer) -> integer
  en "Fee" fr "Frais"
  | age  | fee       |
  | ..17 | 0         |
  | 18.. | age * 2   |

requirement dear
  en "Dear" fr "Cher"
  is fee(last) > 4
"""

AMENDMENT = """\
policy library
  effective {0}-01-01
  amends {1}
  cites RULES 2

replace define first : integer
  is {0} - 2000
"""


def timelines(*texts: str) -> dict[str, Timeline]:
    found, mistakes = arrange(parse(Source(f"text {i}", text)).module for i, text in enumerate(texts))
    assert as_text(mistakes) == ""
    return found


def checked(folder: Path, *texts: str, day: date = date(2024, 1, 1)) -> Checked:
    (folder / "shelves.csv").write_text("code,floors\n01,3\n", "utf-8")
    return check(program_on(timelines(*texts), day), folder)


def test_a_definition_comes_after_those_it_uses(tmp_path: Path) -> None:
    order = checked(tmp_path, LIBRARY).order
    assert [name for name in order if name.split(".")[1] in {"first", "middle", "last", "dear", "fee"}] == [
        *("library.first", "library.middle", "library.last", "library.fee", "library.dear")
    ]


def test_every_expression_of_a_sound_program_has_a_type(tmp_path: Path) -> None:
    found = checked(tmp_path, LIBRARY)
    assert as_text(found.diagnostics) == ""
    assert found.sound
    for entry in found.program.entries():
        for body in (part.body for part in walk(entry.declaration, t.Definition)):
            called = {call.function for call in walk(body, t.Call)}
            nodes = {node for node in walk(body) if type(node) in RULES} - called
            assert nodes <= found.meaning.types.keys()


def test_a_name_in_a_body_stands_for_the_parameter_that_is_handed_on(tmp_path: Path) -> None:
    found = checked(tmp_path, LIBRARY)
    for name in ("library.middle", "library.fee"):
        entry = found.program.find(name)
        assert entry is not None
        (local,) = found.parameters[name]
        used = {found.meaning.targets.get(node) for node in walk(entry.declaration, t.Name)}
        assert local in used


def test_a_dataset_is_read_once_for_all_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []
    read = Path.read_text

    def counted(path: Path, encoding: str) -> str:
        reads.append(path)
        return read(path, encoding)

    monkeypatch.setattr(Path, "read_text", counted)
    (tmp_path / "shelves.csv").write_text("code,floors\n01,3\n", "utf-8")
    first = LIBRARY.replace('"Bibliothèque"\n', '"Bibliothèque"\n  effective 2020-01-01\n')
    later = [AMENDMENT.format(2021 + i, f"{2020 + i}-01-01") for i in range(5)]
    found = timelines(first, *later)
    assert len(epochs(found)) == 6
    for day in epochs(found):
        assert as_text(check(program_on(found, day), tmp_path).diagnostics) == ""
    assert reads == [tmp_path / "shelves.csv"]


def test_policies_read_again_see_a_changed_file(tmp_path: Path) -> None:
    (tmp_path / "shelves.csv").write_text("code,floors\n01,3\n", "utf-8")
    before = check(program_on(timelines(LIBRARY), date.min), tmp_path).catalog.datasets["library.shelves"]
    (tmp_path / "shelves.csv").write_text("code,floors\n01,4\n", "utf-8")
    after = check(program_on(timelines(LIBRARY), date.min), tmp_path).catalog.datasets["library.shelves"]
    assert (before.rows["01"]["floors"], after.rows["01"]["floors"]) == (3, 4)


def test_mistakes_come_in_order_of_place(tmp_path: Path) -> None:
    wrong = LIBRARY.replace("is n * first", "is n * fist").replace("> 4", "> no").replace('en "Last" ', "")
    found = checked(tmp_path, wrong).diagnostics
    starts = [mistake.span.start for mistake in found if mistake.span]
    assert len(starts) == 3
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("uses", "order", "circles"),
    [
        ({}, ["a", "b"], 0),
        ({"a": ["b"]}, ["b", "a"], 0),
        ({"a": ["b", "c"], "b": ["c"]}, ["c", "b", "a"], 0),
        ({"a": ["a"]}, ["a", "b"], 1),
        ({"a": ["b"], "b": ["a"]}, ["b", "a"], 1),
        ({"a": ["b"], "b": ["c"], "c": ["a", "b"]}, ["c", "b", "a"], 2),
    ],
)
def test_names_are_put_in_order_and_circles_found(uses: dict[str, list[str]], order: list[str], circles: int) -> None:
    span = Source("x", "x").span(0, 1)
    found, mistakes = in_order({name: dict.fromkeys(used, span) for name, used in uses.items()}, ["a", "b"])
    assert list(found) == order
    assert len(mistakes) == circles


def test_a_chain_of_a_hundred_thousand_is_put_in_order() -> None:
    span = Source("x", "x").span(0, 1)
    names = [f"n{i}" for i in range(100_000)]
    uses = {name: {after: span} for name, after in pairwise(names)}
    found, mistakes = in_order(uses, names)
    assert list(found) == names[::-1]
    assert mistakes == []


KIND = Enum("library.kind", ("book", "film"))


@pytest.mark.parametrize(
    ("text", "type_", "expected"),
    [
        ("a", Text(), "a"),
        ("", Text(), ""),
        ("007", Code(3), "007"),
        ("07", Code(3), ValueError),
        ("٠٠٧", Code(3), ValueError),
        ("12", Number("", whole=True), 12),
        ("1.5", Number("", whole=True), ValueError),
        ("1e3", Number(""), ValueError),
        ("1/3", Number(""), ValueError),
        (" 1", Number(""), ValueError),
        ("9" * 50, Number(""), ValueError),
        ("yes", YesNo(), True),
        ("Yes", YesNo(), ValueError),
        ("2024-02-29", Date(), date(2024, 2, 29)),
        ("2023-02-29", Date(), ValueError),
        ("20240229", Date(), ValueError),
        ("2024-02-29T12:00", Moment(), ValueError),
        ("2024-02-30T12:00:00Z", Moment(), ValueError),
        ("book", KIND, "book"),
        ("books", KIND, ValueError),
        ("", OptionalOf(Date()), None),
        ("book; film", ListOf(KIND), ("book", "film")),
        ("", ListOf(KIND), ()),
    ],
)
def test_a_cell_is_read_as_its_column_says(text: str, type_: Type, expected: object) -> None:
    if expected is ValueError:
        with pytest.raises(ValueError, match=r"is (not|neither)"):
            read_cell(text, type_)
    else:
        assert read_cell(text, type_) == expected
