"""What is assumed is not worked out: the rest follows from it, and the answer says so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pool_policies import POOL, TOWNSMAN

import policy
from policy.model.values import UNKNOWN, Fault, Listing, MapValue, Unknown
from policy.profiles import Profile
from random_policies import DATA, Author
from small_policies import rules, shown
from worlds import World, shipped, world

RULES: Final = policy.load(POOL).on("2022-07-01")
CHILD: Final = {"fees.age": 12}


def refusals(assume: Mapping[str, Any], of: policy.Rules = RULES) -> list[tuple[str, str | None, str]]:
    """Code, path and message of each mistake in what is assumed."""
    with pytest.raises(policy.Mistakes) as problem:
        of.evaluate({}, assume=assume)
    return [(mistake.code.name, mistake.path, mistake.message) for mistake in problem.value.diagnostics]


# ------------------------------------------------------------------ what follows


def test_the_rest_follows_from_what_is_assumed() -> None:
    assert RULES.evaluate(TOWNSMAN)["fees.price"].value == Fraction("4.25")
    answer = RULES.evaluate(TOWNSMAN, assume=CHILD)
    assert (answer["fees.age"].value, answer["fees.price"].value, answer["fees.reduced"].value) == (12, 2, True)


def test_an_outcome_names_the_assumptions_that_it_rests_on() -> None:
    answer = RULES.evaluate(TOWNSMAN, assume={"fees.age": 12, "lessons.swimmer": True})
    assert answer["fees.price"].assumed == ("fees.age",)
    assert answer["fees.reduced"].assumed == ("fees.age", "lessons.swimmer")
    assert answer["fees.resident"].assumed == ()
    assert RULES.evaluate(TOWNSMAN)["fees.price"].assumed == ()


def test_facts_behind_an_assumption_are_not_missed() -> None:
    assert RULES.evaluate({"lives_in_town": True})["fees.price"].missing == ("birth_date",)
    answer = RULES.evaluate({"lives_in_town": True}, assume=CHILD)
    assert (answer["fees.price"].value, answer["fees.price"].missing) == (2, ())


def test_bounds_rest_on_assumptions_too() -> None:
    answer = RULES.evaluate({}, assume=CHILD)
    assert RULES.evaluate({})["fees.price"].bounds == (2, 6)
    assert answer["fees.price"].bounds == (2, Fraction("3.5"))
    assert answer["fees.reduced"].value is True


def test_facts_that_were_given_and_not_looked_at_are_told() -> None:
    answer = RULES.evaluate(TOWNSMAN, assume=CHILD)
    assert answer.unread(["fees.price"]) == ("birth_date",)
    assert answer.unread(["lessons.swimmer"]) == ()
    assert RULES.evaluate(TOWNSMAN).unread() == ()
    answered = RULES.evaluate(TOWNSMAN | {"answers": {"fees.hardship": True}}, assume={"fees.reduced": False})
    assert answered.unread(["fees.reduced"]) == ("birth_date", "lives_in_town", "courses", "answers.fees.hardship")


def test_one_program_is_made_for_each_set_of_names() -> None:
    graphs = [RULES.evaluate(TOWNSMAN, assume={"fees.age": age}).context.graph for age in (12, 70)]
    assert graphs[0] is graphs[1]


def test_maps_of_levels_are_assumed_whole() -> None:
    levels = {"reading": 9, "writing": 8, "listening": 7, "speaking": 10}
    answer = shipped().on("2026-01-21").evaluate({"sittings": []}, assume={"language.first": levels})
    assert answer["language.first_lowest"].value == 7
    assert answer.unread(["language.first_lowest"]) == ("sittings",)


# ------------------------------------------------------------------ what is refused


def test_values_are_checked_like_those_of_a_profile() -> None:
    found = refusals({"fees.age": "12 years", "fees.reduced": 1, "fees.price": 0.005})
    assert [(code, path) for code, path, _ in found] == [
        ("wrong-type", "fees.age"),
        ("wrong-type", "fees.reduced"),
        ("off-step", "fees.price"),
    ]


def test_what_has_no_value_of_its_own_cannot_be_assumed() -> None:
    assert [message for _, _, message in refusals({"birth_date": "2000-01-01", "visitor.lives_in_town": True})] == [
        "`birth_date` is a fact, so it cannot be assumed",
        "`visitor.lives_in_town` is a fact, so it cannot be assumed",
    ]
    assert refusals({"fees.hardship": True, "fees.towel": True, "fees.fee": 2, "visitor.course": 1}) == [
        ("not-assumable", None, "`fees.hardship` is an open question, so it cannot be assumed"),
        ("not-assumable", None, "`fees.towel` is a remark, which never counts, so it cannot be assumed"),
        ("not-assumable", None, "`fees.fee` takes age, resident, so it cannot be assumed"),
        ("unknown-outcome", None, "`visitor.course` has no value, so it cannot be asked for by itself"),
    ]


def test_names_that_are_not_there_are_told() -> None:
    found = refusals({"fees.aeg": 12, "fees.family": True})
    assert found == [
        ("unknown-outcome", None, "there is no outcome `fees.aeg`"),
        ("not-in-force", None, "`fees.family` has not been in force since 2022-07-01 (asked for 2022-07-01)"),
    ]
    early = policy.load(POOL).on("2020-06-01")
    assert refusals({"lessons.swimmer": True}, early)[0][0] == "not-in-force"


def test_lists_and_halves_of_maps_cannot_be_assumed() -> None:
    found = refusals({"cec.counted_work": [], "language.first": {"reading": 9}}, shipped().on("2026-01-21"))
    assert [message for _, _, message in found] == [
        "`cec.counted_work` is a `list of job`, so it cannot be assumed",
        "`language.first` cannot be assumed in part: `writing`, `listening`, `speaking` left out",
    ]


@pytest.mark.parametrize("odd", [[1], {1: 2}])
def test_assumptions_are_a_mapping(odd: Any) -> None:
    with pytest.raises(policy.Mistakes):
        RULES.evaluate(TOWNSMAN, assume=odd)


def test_points_are_not_assumed_above_their_cap(tmp_path: Path) -> None:
    of = rules(
        tmp_path,
        "input local : yes_no\npoints bonus : up to 5 points is 3 applies when local\ndecision enough is bonus >= 4",
    )
    with pytest.raises(policy.Mistakes, match="more than 5"):
        of.evaluate({}, assume={"club.bonus": 6})
    assert of.evaluate({}, assume={"club.bonus": 5})["club.enough"].value is True


# ------------------------------------------------------------------ what is shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_form_says_what_was_assumed(language: str) -> None:
    answer = RULES.evaluate(TOWNSMAN, assume=CHILD)
    heading, line, unread = {
        "en": ("Assumed, not worked out", "assumed, not worked out", "Given, but not used because of what is assumed"),
        "fr": ("Supposé, non établi", "supposé, non établi", "Fourni, mais inutilisé en raison de ce qui est supposé"),
    }[language]
    for text in (
        answer.explain("fees.price", language),
        answer.markdown("fees.price", language),
        answer.html("fees.price", language),
    ):
        assert text.count(heading) == text.count(unread) == 1
        assert text.count(line) == 1
        assert text.index(heading) < text.index(unread) < text.index(line)
    document = json.loads(answer.json("fees.price", language))
    assert [(step["name"], step["data"]) for step in document["assumed"]] == [("fees.age", 12)]
    assert [fact["path"] for fact in document["unread"]] == ["birth_date"]


def test_an_answer_without_assumptions_says_nothing_of_them() -> None:
    answer = RULES.evaluate(TOWNSMAN)
    assert "ssumed" not in answer.explain()
    document = json.loads(answer.json())
    assert (document["assumed"], document["unread"]) == ([], [])


# ------------------------------------------------------------------ assuming what is so changes nothing


def single(value: object) -> bool:
    """Whether a value is one that can be given: no list, and nothing that is not known."""
    if isinstance(value, MapValue):
        return all(map(single, value.values.values()))
    return not (value is UNKNOWN or value is policy.NOT_APPLICABLE or isinstance(value, (Fault, tuple, Listing)))


def differences(of: policy.Rules, made: World, profiles: int) -> Iterator[str]:
    """Outcomes that come out otherwise when some other is given as what it is."""
    for drawn in islice(made.profiles(), profiles):
        for one in drawn:
            profile = Profile(one.facts, one.answers, lambda: ())
            plain = of.answer(profile)
            known = {
                name: plain.exact.outcome(name) for name in plain if plain.context.graph.about[name].kind != "question"
            }
            names = [name for name, value in known.items() if single(value)]
            for chosen in (names[:1], names[-2:], names):
                again = of.answer(profile, {name: known[name] for name in chosen})
                for name in plain:
                    before, now = shown(plain.exact.outcome(name)), shown(again.exact.outcome(name))
                    left_open = isinstance(again.exact.outcome(name), (Listing, Unknown))
                    if left_open and now != before:  # a family of which a member is given is exact within bounds only
                        now = shown(again.value(name))
                    if before != now:
                        yield f"{name}: {before}, and {now} with {chosen}"


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
@example(305939)
def test_random_policies_come_out_alike(seed: int) -> None:
    random = Random(seed)
    with TemporaryDirectory() as folder:
        of = rules(Path(folder), Author(random).policy(8), DATA)
        assert list(differences(of, world(of, Path(folder) / "data", random), profiles=3)) == []


def test_the_shipped_policies_come_out_alike() -> None:
    of = shipped().on("2026-01-21")
    made = world(of, shipped().folder / "data", Random(7))
    assert list(differences(of, made, profiles=2)) == []
