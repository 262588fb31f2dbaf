"""What is uncertain about the texts themselves is said with every answer that rests on them, in every form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

import policy
from policy.explain import Answer, Report

RULES: Final = """
policy rules
  en "Rules" fr "Règles"

source BYLAW
  en "By-law" fr "Règlement"
  abbreviated en "By-law" fr "Règlement"
"""
FEES: Final = {
    "2019-01-01": """
policy fees
  en "Fees" fr "Droits"
  effective 2019-01-01 between 2018-12-01 and 2019-02-01
  cites BYLAW 1
  uses rules

define fee : integer
  en "Fee" fr "Droit"
  is 1

decision free
  en "Free" fr "Gratuit"
  is fee is 0
""",
    "2020-03-18": """
policy fees
  effective 2020-03-18 between 2020-03-01 and 2020-03-31
  amends 2019-01-01
  verified until 2020-06-30
  cites BYLAW 2

replace define fee : integer
  is 2
""",
    "2021-01-01": """
policy fees
  effective 2021-01-01
  amends 2020-03-18
  status proposed
  cites BYLAW 3

replace define fee : integer
  is 0

example "As proposed"
  on 2021-01-01
  given
    - like nobody
  expect
    - free is met

sample nobody : profile is {}
""",
}
BRIDGES: Final = """
policy bridges
  en "Bridges" fr "Ponts"
  effective 2019-06-01
  cites BYLAW 4
  uses fees

decision open
  en "Open" fr "Ouvert"
  is fees.fee > 0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"rules": RULES, "bridges/2019-06-01": BRIDGES, **{f"fees/{day}": text for day, text in FEES.items()}}
    for name, text in files.items():
        file = tmp_path / f"{name}.policy"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.lstrip(), encoding="utf-8")
    return tmp_path


def answer(folder: Path, day: str, *, proposed: bool = False) -> Answer:
    return policy.load(folder, proposed=proposed).on(day).evaluate({})


def remarks(
    folder: Path, day: str, name: str = "fees.free", language: str = "en", *, proposed: bool = False
) -> list[str]:
    return [step.title for step in answer(folder, day, proposed=proposed).report([name], language).remarks]


UNCERTAIN: Final = (
    "Fees: the day on which this text took effect is uncertain (between March 1, 2020 and March 31, 2020); "
    "if it was not yet in force, the text of January 1, 2019 applies."
)
EARLY: Final = (
    "Fees: the text of March 18, 2020 may have been in force already "
    "(its first day is uncertain, between March 1, 2020 and March 31, 2020)."
)
FIRST: Final = (
    "Fees: the day on which this text took effect is uncertain (between December 1, 2018 and February 1, 2019); "
    "if it was not yet in force, there was no text."
)
VERIFIED: Final = "Fees: this text was last verified on June 30, 2020; what may have changed since is not in it."


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-01-31", [FIRST]),
        ("2019-02-01", []),
        ("2020-02-29", []),
        ("2020-03-01", [EARLY]),
        ("2020-03-17", [EARLY]),
        ("2020-03-18", [UNCERTAIN]),
        ("2020-03-30", [UNCERTAIN]),
        ("2020-03-31", []),
        ("2020-06-30", []),
        ("2020-07-01", [VERIFIED]),
    ],
)
def test_what_is_uncertain_on_a_day_is_a_remark(folder: Path, day: str, expected: list[str]) -> None:
    assert remarks(folder, day) == expected


def test_a_policy_that_uses_the_text_says_so_too(folder: Path) -> None:
    assert remarks(folder, "2020-03-20", "bridges.open") == [UNCERTAIN]


def test_it_rests_on_what_the_file_cites(folder: Path) -> None:
    cites = {
        day: [cite.text for step in answer(folder, day).report(["fees.free"]).remarks for cite in step.cites]
        for day in ("2019-01-31", "2020-03-01", "2020-03-18")
    }
    assert cites == {"2019-01-31": ["By-law 1"], "2020-03-01": ["By-law 2"], "2020-03-18": ["By-law 2"]}


@pytest.mark.parametrize(("language", "word"), [("en", "uncertain"), ("fr", "incertain")])
def test_every_form_of_an_answer_has_it(folder: Path, language: str, word: str) -> None:
    of = answer(folder, "2020-03-20")
    forms = (of.explain(language=language), of.markdown(language=language), of.html(language=language))
    for form in (*forms, of.json(language=language)):
        assert word in form
        assert "2020" in form


def test_in_french(folder: Path) -> None:
    said = [remarks(folder, day, language="fr") for day in ("2019-01-31", "2020-03-01", "2020-03-18", "2020-07-01")]
    assert [[text.replace("\N{NO-BREAK SPACE}", " ") for text in texts] for texts in said] == [
        [
            (
                "Droits : le jour de l’entrée en vigueur de ce texte est incertain (entre le 1er décembre 2018 et le "
                "1er février 2019); s’il n’était pas encore en vigueur, il n’y avait aucun texte."
            )
        ],
        [
            (
                "Droits : le texte du 18 mars 2020 était peut-être déjà en vigueur (date incertaine, entre le "
                "1er mars 2020 et le 31 mars 2020)."
            )
        ],
        [
            (
                "Droits : le jour de l’entrée en vigueur de ce texte est incertain (entre le 1er mars 2020 et le "
                "31 mars 2020); s’il n’était pas encore en vigueur, le texte du 1er janvier 2019 s’applique."
            )
        ],
        [
            (
                "Droits : ce texte a été vérifié pour la dernière fois le 30 juin 2020; ce qui a pu changer depuis n’y "
                "figure pas."
            )
        ],
    ]


def test_what_is_proposed_is_no_law_unless_it_is_asked_for(folder: Path) -> None:
    assert answer(folder, "2021-01-01")["fees.free"].value is False
    assert answer(folder, "2021-01-01", proposed=True)["fees.free"].value is True


@pytest.mark.parametrize(
    ("language", "intro"),
    [
        (
            "en",
            (
                "Rules in force on February 1, 2021.",
                "This answer rests on proposed text, which is not law.",
                "Bridges: text in force since June 1, 2019",
                "Fees: proposed text, as if in force since January 1, 2021",
            ),
        ),
        (
            "fr",
            (
                "Règles en vigueur le 1er février 2021.",
                "Cette réponse repose sur un texte proposé, qui n’a pas force de loi.",
                "Ponts : texte en vigueur depuis le 1er juin 2019",
                "Droits : texte proposé, comme s’il était en vigueur depuis le 1er janvier 2021",
            ),
        ),
    ],
)
def test_an_answer_says_that_it_rests_on_what_is_proposed(folder: Path, language: str, intro: tuple[str, ...]) -> None:
    of = answer(folder, "2021-02-01", proposed=True)
    report = of.report(["bridges.open"], language)
    assert tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in report.intro) == intro
    assert json.loads(of.json("bridges.open", language))["proposed"] is True
    assert json.loads(answer(folder, "2020-02-01", proposed=True).json("bridges.open"))["proposed"] is False
    for form in (of.explain("bridges.open", language), of.markdown("bridges.open", language), of.html("bridges.open")):
        assert ("proposé" if language == "fr" else "proposed") in form or form.startswith("<!DOCTYPE")


def test_who_asks_before_the_first_day_is_told_that_it_is_uncertain(folder: Path) -> None:
    (folder / "parks").mkdir()
    (folder / "parks/2018-01-01.policy").write_text(
        'policy parks\n  en "Parks" fr "Parcs"\n  effective 2018-01-01\n  cites BYLAW 5\n  uses rules\n', "utf-8"
    )
    for day, help in (
        ("2018-11-30", "ask for a day when it was"),
        ("2018-12-01", "ask for 2019-01-01: its first day is uncertain, and may have been as early as 2018-12-01"),
    ):
        with pytest.raises(policy.Mistakes) as raised:
            answer(folder, day)["fees.free"]
        assert [mistake.help for mistake in raised.value.diagnostics] == [help]


def test_who_asks_for_what_a_later_text_adds_is_told_that_its_day_is_uncertain(folder: Path) -> None:
    file = folder / "fees/2020-03-18.policy"
    added = '\ndecision waived\n  en "Waived" fr "Exonéré"\n  cites BYLAW 2\n  is fee is 0\n'
    file.write_text(file.read_text("utf-8") + added, encoding="utf-8")
    for day, help in (
        ("2020-02-29", "ask for a day when it was"),
        ("2020-03-01", "ask for 2020-03-18: its first day is uncertain, and may have been as early as 2020-03-01"),
    ):
        with pytest.raises(policy.Mistakes, match=r"`fees\.waived` is not in force before 2020-03-18") as raised:
            answer(folder, day)["fees.waived"]
        assert [mistake.help for mistake in raised.value.diagnostics] == [help]


def test_who_asks_for_what_may_not_have_been_repealed_yet_is_told_so(folder: Path) -> None:
    file = folder / "fees/2020-03-18.policy"
    file.write_text(file.read_text("utf-8") + "\nrepeal free\n", encoding="utf-8")
    (folder / "fees/2021-01-01.policy").unlink()
    uncertain = "the day of its repeal is uncertain, and may have been as late as 2020-03-31"
    for day, help in (
        ("2020-03-30", f"ask for a day before 2020-03-18: {uncertain}"),
        ("2020-03-31", "ask for a day when it was"),
    ):
        with pytest.raises(policy.Mistakes) as raised:
            answer(folder, day)["fees.free"]
        assert [mistake.help for mistake in raised.value.diagnostics] == [help]


OTHER_DAYS: Final = """
policy refunds
  en "Refunds" fr "Remboursements"
  effective 2022-01-01
  cites BYLAW 6
  uses rules, fees

input paid_on : date
  en "Day of payment" fr "Jour du paiement"
  asks en "When?" fr "Quand?"

decision free_then
  en "Free then" fr "Gratuit alors"
  is fees.free at paid_on

decision dear_before
  en "Dear before" fr "Cher auparavant"
  is fees.fee as it read on 2020-03-20 > 1
"""


def asked_elsewhere(folder: Path, name: str, paid_on: str, language: str = "en", *, proposed: bool = False) -> Report:
    (folder / "refunds").mkdir(exist_ok=True)
    (folder / "refunds/2022-01-01.policy").write_text(OTHER_DAYS.lstrip(), encoding="utf-8")
    of = policy.load(folder, proposed=proposed).on("2022-02-01")
    return of.evaluate({"paid_on": paid_on}).report([name], language)


def test_what_is_uncertain_about_the_texts_of_other_days_names_the_day(folder: Path) -> None:
    (folder / "fees/2021-01-01.policy").write_text(
        'policy fees\n  en "Fees" fr "Droits"\n  effective 2021-01-01\n  cites BYLAW 3\n  uses rules\n\n'
        'define fee : integer\n  en "Fee" fr "Droit"\n  is 0\n\n'
        'decision free\n  en "Free" fr "Gratuit"\n  is fee is 0\n',
        encoding="utf-8",
    )
    then = UNCERTAIN.replace("Fees:", "Fees (March 20, 2020):")
    for name, day in (("refunds.free_then", "2020-03-20"), ("refunds.dear_before", "2021-06-01")):
        assert [step.title for step in asked_elsewhere(folder, name, day).remarks] == [then]
    assert asked_elsewhere(folder, "refunds.free_then", "2019-06-01").remarks == ()
    (said,) = asked_elsewhere(folder, "refunds.free_then", "2020-03-20", "fr").remarks
    assert said.title.startswith(
        "Droits (20 mars 2020)\N{NO-BREAK SPACE}: le jour de".replace("20 mars", "20\N{NO-BREAK SPACE}mars")
    )


def test_an_answer_that_asks_for_a_proposed_text_of_another_day_says_so(folder: Path) -> None:
    text = (folder / "fees/2021-01-01.policy").read_text("utf-8").replace("2021-01-01", "2030-01-01")
    (folder / "fees/2021-01-01.policy").unlink()
    (folder / "fees/2030-01-01.policy").write_text(text, encoding="utf-8")
    for day, rests in (("2029-12-31", False), ("2030-01-01", True)):
        report = asked_elsewhere(folder, "refunds.free_then", day, proposed=True)
        assert report.outcomes[0].data is rests
        assert report.proposed is rests
        assert ("This answer rests on proposed text, which is not law." in report.intro) is rests
