"""Consolidated text: a policy file of its own that means the same, and says of each declaration where it is from."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from pool_policies import POOL, SWIMMER, TOWNSMAN

import policy
from policy.explain.notices import Texts, notices
from policy.explain.plain import as_json
from policy.pipeline.checking import check_library
from policy.pipeline.opening import open_library
from policy.profiles import ANSWERS, Datum, MappingDatum, read_file
from policy.shipped import policies_folder
from policy.tools.consolidate import consolidate

ROOT: Final = Path(__file__).parent.parent.parent
SHIPPED: Final = policy.load()
PROFILES: Final = {path: read_file(path) for path in sorted((ROOT / "tests/corpus").glob("*.yaml"))[::3]}
"""Some of the corpus: what is tried is whether two texts agree, not what they say."""


def consolidated_folder(library: policy.Library, day: date, folder: Path) -> Path:
    """A fresh folder with the text of every policy on a day: undated files as they are, dated ones consolidated."""
    for name, timeline in library.timelines.items():
        text = timeline.on(day)
        if text is None:
            continue
        file = folder / (f"{name}/{text.effective}.policy" if timeline.dated else f"{name}.policy")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(consolidate(text, day) if timeline.dated else text.header.span.source.text, encoding="utf-8")
    if (library.folder / "data").is_dir():
        shutil.copytree(library.folder / "data", folder / "data")
    return folder


def meaning(library: policy.Library, day: date, facts: Datum | dict[str, object]) -> list[str]:
    """What the rules of a day say of a profile: every outcome with its reasons, citations and marks.

    What is uncertain about the days of texts is left out: of the texts before and after, one by itself cannot tell.
    """
    answer = library.on(day).evaluate(facts)
    found = []
    for language in ("en", "fr"):
        report = answer.report(sorted(answer), language)
        wording = answer.context.wording
        uncertain = tuple(notices(Texts(day, wording.policies, wording), day, language))
        remarks = tuple(remark for remark in report.remarks if remark not in uncertain)
        found.append(as_json(replace(report, remarks=remarks)))
    return found


def answers_what_is_not_asked(rules: policy.Rules, facts: Datum) -> bool:
    """Whether a profile answers questions of other days, which the texts of one day do not know."""
    answers = facts.get(ANSWERS) if isinstance(facts, MappingDatum) else None
    asked = rules.catalog.questions
    return (
        answers is not None
        and isinstance(answers.value, MappingDatum)
        and any(answer.key not in asked for answer in answers.value.entries)
    )


@pytest.mark.parametrize("day", SHIPPED.epochs, ids=str)
def test_the_shipped_policies_consolidated_mean_the_same(day: date, tmp_path: Path) -> None:
    fresh = policy.load(consolidated_folder(SHIPPED, day, tmp_path))
    profiles = {
        path.name: facts for path, facts in PROFILES.items() if not answers_what_is_not_asked(fresh.on(day), facts)
    }
    assert len(profiles) > 5
    for name, facts in profiles.items():
        assert meaning(fresh, day, facts) == meaning(SHIPPED, day, facts), name


@pytest.mark.parametrize("name", [name for name, timeline in SHIPPED.timelines.items() if not timeline.dated])
def test_undated_text_consolidated_means_the_same(name: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(policies_folder(), tmp_path / "policies"))
    (text,) = SHIPPED.timelines[name].texts
    (folder / f"{name}.policy").write_text(consolidate(text, SHIPPED.first_day), encoding="utf-8")
    day = SHIPPED.epochs[-1]
    facts = next(iter(PROFILES.values()))
    assert meaning(policy.load(folder), day, facts) == meaning(SHIPPED, day, facts)


@pytest.mark.parametrize("day", ["2020-01-01", "2021-03-01", "2022-07-01"])
def test_what_is_inherited_from_earlier_files_is_written_out(day: str, tmp_path: Path) -> None:
    library = policy.load(POOL)
    fresh = policy.load(consolidated_folder(library, date.fromisoformat(day), tmp_path))
    for facts in ({}, TOWNSMAN, SWIMMER):
        on = date.fromisoformat(day)
        assert meaning(fresh, on, facts) == meaning(library, on, facts)
    assert fresh.profile_schema() == library.on(day).profile_schema()


def test_consolidating_what_is_consolidated_changes_only_the_marks(tmp_path: Path) -> None:
    def bare(text: str) -> list[str]:
        return [line for line in text.splitlines() if line and not line.startswith("#")]

    library, day = policy.load(POOL), date(2022, 7, 1)
    fresh = policy.load(consolidated_folder(library, day, tmp_path))
    for name, timeline in library.timelines.items():
        before, again = timeline.on(day), fresh.timelines[name].on(day)
        assert before is not None
        assert again is not None
        assert bare(consolidate(again, day)) == bare(consolidate(before, day))


def test_each_declaration_says_from_which_file_it_is_and_what_that_cites() -> None:
    text = policy.load(POOL).timelines["fees"].on(date(2023, 1, 1))
    assert text is not None
    printed = consolidate(text, date(2023, 1, 1))
    assert printed.startswith(
        """\
# fees as in force on 2023-01-01
# text of 2020-01-01: BYLAW 2
# amended by the text of 2022-07-01: BYLAW "2022-14, s. 3" / "2022-14, art. 3"
policy fees
  en "Fees" fr "Tarifs"
  effective 2022-07-01
  cites BYLAW "2022-14, s. 3" / "2022-14, art. 3"
  uses visitor, lessons

# in force since 2020-01-01: BYLAW 2
define age : years
  cites BYLAW 2
  en "Age" fr "Âge"
  is completed_years(from: birth_date, to: assessed_on)

# in force since 2020-01-01: BYLAW 2
# Residents get the cheaper ticket, whatever their age.
requirement resident
  en "Lives in town" fr "Habite la ville"
  cites BYLAW 2(1)
  is lives_in_town

# in force since 2022-07-01: BYLAW "2022-14, s. 3" / "2022-14, art. 3"
open question hardship : yes_no
  en "Would the fee be a hardship?" fr "Le tarif serait-il trop lourd?"
  cites BYLAW "2022-14, s. 3" / "2022-14, art. 3"
  asked when resident or lessons.swimmer
"""
    )
    assert printed.endswith('\n\n# family: repealed from 2022-07-01: BYLAW "2022-14, s. 4" / "2022-14, art. 4"\n')
    assert "example" not in printed


def test_undated_text_has_no_days(tmp_path: Path) -> None:
    (text,) = policy.load(POOL).timelines["rules"].texts
    printed = consolidate(text, date(2022, 1, 1))
    assert printed.startswith(
        '# rules\npolicy rules\n  en "Rules of the pool" fr "Règles de la piscine"\n\nsource BYLAW\n'
    )


# Declarations of every kind with their heads written as awkwardly as the language allows, and nothing after them but
# what a replacement inherits.
HEAD: Final = 'policy odd\n  en "Odd" fr "Étrange"\n  effective 2020-01-01\n  cites LAW 1\n'
FIRST: Final = """
source LAW
  en "Law" fr "Loi"

quantity coins : integer from 0 to 9
  en "Coins" fr "Pièces"

enum size ordered
  en "Size" fr "Taille"
  value small en "Small" fr "Petite"
  value large en "Large" fr "Grande"

record stay is spell
  en "Stay" fr "Séjour"
  field hours_per_week : hours
    en "Hours" fr "Heures"

set odd_codes of code of 3 digits
  en "Odd codes" fr "Codes étranges"
  is 123

dataset rates "rates.csv"
  en "Rates" fr "Taux"
  column name : code of 3 digits key
  column rate : integer

input paid : coins
  en "Paid" fr "Payé"
  asks en "How much?" fr "Combien?"

input stays : list of stay
  en "Stays" fr "Séjours"
  asks en "Which?" fr "Lesquels?"

define plain : integer
  en "Plain" fr "Simple"
  is 5

points some(n: integer, s: size) : up to 7
  en "Some" fr "Un peu"
  is n * 1 points

points total : up to 9
  en "Total" fr "Total"
  is some(plain, small) + plain * 1 points

requirement enough(n: integer)
  en "Enough" fr "Assez"
  is n > 1

decision last
  en "Last" fr "Dernière"
  is enough(plain)

table price(n: integer, s: size) -> coins across s
  en "Price" fr "Prix"
  | n | small | large |
  | - | 1     | 2     |

scale level(n: integer) -> integer
  en "Level" fr "Niveau"
  | level | n |
  | 1     | 3 |
  below 0

define bought : coins
  en "Bought" fr "Acheté"
  is price(level(plain), large)

open question fair : yes_no
  en "Fair?" fr "Juste?"

remark note
  en "Note" fr "Remarque"
  when last
"""
SECOND: Final = """
policy odd
  effective 2021-01-01
  amends 2020-01-01
  cites LAW 2

replace quantity coins : integer # whole
  from 0
  to 8

replace enum size ordered
  value small en "Small" fr "Petite"
  value large en "Large" fr "Grande"

replace record stay is spell field hours_per_week : hours
    en "Hours" fr "Heures"

replace set odd_codes of code of 3 digits is 124

replace dataset rates "rates.csv" column name : code of 3 digits key
  column rate : integer

replace input paid : coins # it keeps its question

replace input stays : list of
  stay

# One line, with a comment of its own.
replace define plain : integer is 6 # six

replace points some(
    n: integer, # a number (any)
    s: size # a size
  ) : up to (3 + (4)) is 4

replace points total : up to 8 is some(plain, small)

replace requirement enough(n: integer)
  is n > 2

replace decision last is enough(plain)

replace table price(n: integer, s: size) -> coins
    across
      s
  | n | small | large |
  | - | 3     | 4     |

replace scale level(n: integer) -> integer # steps
  | level | n |
  | 1     | 4 |
  below 0

replace open question fair : yes_no

replace remark note when last
"""


def test_every_kind_of_declaration_can_inherit_however_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    (folder / "odd").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "data/rates.csv").write_text("name,rate\n123,5\n", encoding="utf-8")
    (folder / "odd/2020-01-01.policy").write_text(HEAD + FIRST, encoding="utf-8")
    (folder / "odd/2021-01-01.policy").write_text(SECOND, encoding="utf-8")
    library = open_library(folder)
    assert [mistake.message for mistake in check_library(library).mistakes] == []
    day = date(2021, 1, 1)
    fresh = open_library(consolidated_folder(library, day, tmp_path / "fresh"))
    assert [mistake.message for mistake in check_library(fresh).mistakes] == []
    for facts in ({}, {"paid": 3, "answers": {"odd.fair": True}}):
        assert meaning(fresh, day, facts) == meaning(library, day, facts)
    assert fresh.profile_schema() == library.profile_schema()
    assert library.on(day).evaluate({})["odd.total"].value == 4
