"""Law that speaks of two days: tested when invited and when applying, a birthday forgiven, a savings clause."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from orchestra_policies import ORCHESTRA, PLAYER
from syrupy.assertion import SnapshotAssertion

import policy
from policy.explain.report import Step
from policy.pipeline.checking import check_library
from policy.pipeline.opening import open_library

LIBRARY: Final = policy.load(ORCHESTRA)
NOW: Final = LIBRARY.on("2024-09-01")


def test_the_policies_hold_what_their_examples_say() -> None:
    found = check_library(open_library(ORCHESTRA))
    assert (found.mistakes, found.examples_run) == ((), 5)


def test_a_birthday_is_forgiven() -> None:
    answer = NOW.evaluate(PLAYER)
    assert answer["seats.age"].value == 30
    assert answer["seats.seated"].value is True
    assert answer["seats.unforgiven"].value is False


@pytest.mark.parametrize("fact", ["birth_date", "engagements", "invited_on", "applied_on"])
def test_facts_that_other_days_wait_for_are_missing(fact: str) -> None:
    answer = NOW.evaluate({key: value for key, value in PLAYER.items() if key != fact})
    assert answer["seats.seated"].value is policy.UNKNOWN
    assert answer["seats.seated"].missing == (fact,)


def test_questions_of_other_days_are_asked_with_their_provision() -> None:
    answer = LIBRARY.on("2023-01-01").evaluate({key: value for key, value in PLAYER.items() if key != "answers"})
    assert "seats.good_ear" not in answer
    assert answer["seats.seated"].missing == ("answers.seats.good_ear",)
    for language, question, provision in (
        ("en", "Does the player have a good ear?", "Statute, s. 4(3)"),
        ("fr", "Le musicien a-t-il une bonne oreille?", "Statut, par. 4(3)"),
    ):
        (gap,) = answer.report(["seats.seated"], language).missing
        assert (gap.path, gap.question, gap.decision) == ("answers.seats.good_ear", question, provision)


def test_a_day_before_the_law_has_no_answer() -> None:
    answer = NOW.evaluate({**PLAYER, "invited_on": "2019-12-31", "applied_on": "2024-05-01"})
    value = answer["seats.unforgiven"].value
    assert isinstance(value, policy.Fault)
    assert (value.kind, value.reason) == ("not-in-force", "`seats.suitable` was not in force on 2019-12-31")
    assert "the rule was not in force on that day" in answer.explain("seats.unforgiven")
    assert "la règle n’était pas en vigueur ce jour-là" in answer.explain("seats.unforgiven", "fr")


def test_no_beside_a_day_before_the_law_is_no() -> None:
    answer = NOW.evaluate({**PLAYER, "invited_on": "2019-12-31", "engagements": []})
    assert answer["seats.seated"].value is False


def test_a_day_that_is_none_is_a_fault_where_it_is_read() -> None:
    answer = NOW.evaluate(PLAYER)
    assert answer["seats.still_suitable"].value is policy.NOT_APPLICABLE
    partly = NOW.evaluate({key: value for key, value in PLAYER.items() if key != "seated_on"})
    assert partly["seats.still_suitable"].missing == ("seated_on",)


def test_what_other_days_can_still_say() -> None:
    """Without the date of birth, the hours alone settle a day on which too few were played."""
    facts = {**PLAYER, "engagements": [{"start": "2022-01-01", "end": None, "hours_per_week": 5}]}
    del facts["birth_date"]
    answer = NOW.evaluate(facts)
    assert answer["seats.practised"].value is False
    assert answer["seats.seated"].value is False


def test_what_is_assumed_today_does_not_reach_other_days() -> None:
    answer = NOW.evaluate(PLAYER, assume={"seats.age": 50})
    assert answer["seats.suitable"].value is False
    assert answer["seats.seated"].value is True
    assert answer["seats.seated"].assumed == ()


def test_facts_that_other_days_read_are_not_called_unread() -> None:
    answer = NOW.evaluate(PLAYER, assume={"seats.practised": True})
    assert answer.unread(["seats.suitable"]) == ("engagements",)
    assert answer.unread(["seats.suitable", "seats.seated"]) == ()


def test_the_earlier_schedule_for_who_applied_in_time() -> None:
    of = LIBRARY.on("2022-09-01")
    for applied, amount in (("2022-07-28", 180), ("2022-07-29", 210)):
        assert of.evaluate({"household": 6, "applied_on": applied})["deposits.deposit"].value == amount
    unknown = of.evaluate({"household": 6})["deposits.deposit"]
    assert (unknown.bounds, unknown.missing) == ((180, 210), ("applied_on",))


def test_what_reads_as_it_did_is_not_told_apart() -> None:
    """The earlier table is another one; the rule that counts persons is the same."""
    graph = LIBRARY.on("2022-09-01").graph
    assert {name for name in graph.about if "@" in name} == {"deposits.required@2022-06-30"}


def test_an_assumption_reaches_what_an_earlier_text_has_in_common(tmp_path: Path) -> None:
    write(
        tmp_path,
        "2020-01-01",
        "define size : integer\n  LABEL\n  is 1\ndefine twice : integer\n  LABEL\n  is size * 2\n",
    )
    later = "replace define twice : integer\n  is size * 3\n"
    later += "define was : integer\n  LABEL\n  is twice as it read on 2020-06-01\n"
    write(tmp_path, "2021-01-01", later, amends="2020-01-01")
    of = policy.load(tmp_path).on("2021-01-01")
    assert [of.evaluate({})[f"club.{name}"].value for name in ("twice", "was")] == [3, 2]
    assert [of.evaluate({}, assume={"club.size": 5})[f"club.{name}"].value for name in ("twice", "was")] == [15, 10]
    assert of.evaluate({}, assume={"club.twice": 5})["club.was"].value == 2


def test_an_earlier_text_may_read_a_still_earlier_one(tmp_path: Path) -> None:
    write(tmp_path, "2020-01-01", "define n : integer\n  LABEL\n  is 1\n")
    second = "replace define n : integer\n  is 2\n"
    second += "define before : integer\n  LABEL\n  is 10 * n + (n as it read on 2020-06-01)\n"
    write(tmp_path, "2021-01-01", second, amends="2020-01-01")
    third = "replace define n : integer\n  is 3\n"
    third += "replace define before : integer\n  is 10 * (before as it read on 2021-06-01) + n\n"
    write(tmp_path, "2022-01-01", third, amends="2021-01-01")
    assert policy.load(tmp_path).on("2022-01-01").evaluate({})["club.before"].value == 213


def test_a_repealed_rule_is_asked_by_its_day(tmp_path: Path) -> None:
    day = 'input day : date\n  LABEL\n  asks en "When?" fr "Quand?"\n'
    write(tmp_path, "2020-01-01", f"{day}decision open\n  LABEL\n  is assessed_on < 2020-09-01\n")
    was = "repeal open\ndecision was_open\n  LABEL\n  is open at day\n"
    write(tmp_path, "2021-01-01", was, amends="2020-01-01")
    of = policy.load(tmp_path).on("2022-01-01")
    values = [of.evaluate({"day": day})["club.was_open"].value for day in ("2020-03-01", "2020-10-01", "2021-01-01")]
    assert values[:2] == [True, False]
    assert isinstance(values[2], policy.Fault)


def test_rules_that_ask_for_days_with_mistakes_are_refused(tmp_path: Path) -> None:
    day = 'input day : date\n  LABEL\n  asks en "When?" fr "Quand?"\n'
    write(tmp_path, "2020-01-01", f"{day}define n : integer\n  LABEL\n  is unheard_of\n")
    write(tmp_path, "2021-01-01", "replace define n : integer\n  is 2\n", amends="2020-01-01")
    library = policy.load(tmp_path)
    assert library.on("2021-01-01").evaluate({})["club.n"].value == 2
    write(
        tmp_path,
        "2021-01-01",
        "replace define n : integer\n  is 2\ndefine was : integer\n  LABEL\n  is n at day\n",
        amends="2020-01-01",
    )
    with pytest.raises(policy.Mistakes, match="unheard_of"):
        policy.load(tmp_path).on("2021-01-01")
    write(
        tmp_path,
        "2021-01-01",
        "replace define n : integer\n  is 2\ndefine was : integer\n  LABEL\n  is n as it read on 2020-03-01\n",
        amends="2020-01-01",
    )
    with pytest.raises(policy.Mistakes, match="unheard_of"):
        policy.load(tmp_path).on("2021-01-01")


def test_earlier_texts_count_for_how_far_rules_unfold(tmp_path: Path) -> None:
    chain = "define n0 : integer\n  LABEL\n  is 1\n"
    chain += "".join(f"define n{i} : integer\n  LABEL\n  is n{i - 1} + 1\n" for i in range(1, 50))
    write(tmp_path, "2020-01-01", chain)
    again = "replace define n0 : integer\n  is n49 as it read on 2020-06-01\n"
    write(tmp_path, "2021-01-01", again, amends="2020-01-01")
    assert policy.load(tmp_path).on("2020-01-01").evaluate({})["club.n49"].value == 50
    with pytest.raises(policy.Mistakes) as problem:
        policy.load(tmp_path).on("2021-01-01")
    assert [mistake.code.name for mistake in problem.value.diagnostics] == ["unfolds-too-far"]


def write(folder: Path, day: str, text: str, amends: str | None = None) -> None:
    """A version of a policy `club`."""
    (folder / "club").mkdir(exist_ok=True)
    label = 'en "label" fr "libellé"'
    change = f"amends {amends}" if amends else label
    source = "" if amends else f"source RULES\n  {label}\n"
    head = f"policy club\n  effective {day}\n  {change}\n  cites RULES 1\n{source}"
    (folder / "club" / f"{day}.policy").write_text(head + text.replace("LABEL", label), "utf-8")


# ------------------------------------------------------------------ explanations


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("outcome", ["seats.seated", "deposits.deposit"])
@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_explanations_go_into_other_days(form: str, outcome: str, language: str, snapshot: SnapshotAssertion) -> None:
    of, facts = NOW, PLAYER
    if outcome == "deposits.deposit":
        of, facts = LIBRARY.on("2022-09-01"), {"household": 6, "applied_on": "2022-07-28"}
    answer = of.evaluate(facts)
    shown = answer.explain(outcome, language) if form == "text" else getattr(answer, form)(outcome, language)
    assert shown == snapshot


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_day_that_is_not_known_is_told(language: str, snapshot: SnapshotAssertion) -> None:
    facts = {key: value for key, value in PLAYER.items() if key not in {"applied_on", "birth_date"}}
    assert NOW.evaluate(facts).explain("seats.seated", language) == snapshot


def test_lines_of_other_days_have_their_day() -> None:
    (outcome,) = json.loads(NOW.evaluate(PLAYER).json("seats.seated"))["outcomes"]
    assert outcome["day"] is None
    assert [(step["name"], step["day"]) for step in outcome["children"]] == [
        ("seats.suitable", "2024-02-01"),
        ("seats.suitable", "2024-07-01"),
    ]
    answer = LIBRARY.on("2022-09-01").evaluate({"household": 6, "applied_on": "2022-07-28"})
    assert [step.day for step in walk(answer.tree("deposits.deposit")) if step.name == "deposits.required"] == [
        policy.pipeline.library.to_day("2022-06-30")
    ]


def walk(step: Step) -> list[Step]:
    return [step, *(inner for child in step.children for inner in walk(child))]
