"""Input that is large, strange or wrong, from text to explanation: it is told of in words, or answered, and soon."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

import policy
from policy.diagnostics import as_text
from policy.pipeline.checking import Findings, check_library
from policy.pipeline.opening import open_library
from small_policies import law, rules
from worlds import shipped

SOON: Final = 10.0
"""Seconds of the processor; what is meant is a fraction of it."""

STRANGE: Final = {
    "accents": "Àçéèêëîïôœùûüÿ",
    "French quotes": "« l’éducateur »",
    "right to left": "مترجم שלום",
    "emoji": "👩🏽‍⚕️🇨🇦",
    "zero width": "a\u200bb\u2060c\ufeffd",
    "combining": "e\u0301\u0300\u0323",
    "no letters": "°²½№",
    "far planes": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠀀",
    "signs of markup": "<b>&amp;</b> | * _ ` # [x](y)",
}


@contextmanager
def soon(seconds: float = SOON) -> Iterator[None]:
    begun = time.process_time()
    yield
    assert time.process_time() - begun < seconds


def found(folder: Path, text: str, data: Mapping[str, bytes] | None = None) -> Findings:
    """What a check finds in a policy of one file."""
    (folder / "data").mkdir()
    (folder / "club.policy").write_text(law(text), "utf-8")
    for name, content in (data or {}).items():
        (folder / "data" / name).write_bytes(content)
    return check_library(open_library(folder))


# ------------------------------------------------------------------ large policies

LARGE_TABLES: Final[dict[str, tuple[str, Callable[[int, bool], str], str]]] = {
    "one key": (
        "table t(n: integer from 0) -> integer\n  | n | t |\n",
        lambda i, last: f"  | {i}{'..' if last else ''} | {i} |\n",
        "t(n)",
    ),
    "two keys": (
        "table t(n: integer from 0, b: yes_no) -> integer\n  | n | b | t |\n",
        lambda i, last: f"  | {i // 2 * 5}..{'' if last else i // 2 * 5 + 4} | {'yes' if i % 2 else 'no'} | {i} |\n",
        "t(n, b)",
    ),
    "across": (
        "table t(n: integer from 0, b: yes_no) -> integer across b\n  | n | yes | no |\n",
        lambda i, last: f"  | {i * 5}..{'' if last else i * 5 + 4} | {i} | {i + 1} |\n",
        "t(n, b)",
    ),
}


@pytest.mark.parametrize("kind", LARGE_TABLES)
def test_a_table_of_five_thousand_rows_is_checked_and_used_soon(kind: str, tmp_path: Path) -> None:
    head, row, call = LARGE_TABLES[kind]
    rows = "".join(row(i, i >= 4_998 if kind == "two keys" else i == 4_999) for i in range(5_000))
    text = f"input n : integer from 0\ninput b : yes_no\n{head}{rows}define x : integer is {call}\n"
    with soon():
        assert found(tmp_path, text).mistakes == ()
    with soon():
        of = policy.load(tmp_path).on("2024-07-01")
        assert of.evaluate({"n": 12, "b": True})["club.x"].value in (12, 5, 2)
        for facts in ({"b": True}, {"n": 12}, {}):
            answer = of.evaluate(facts)
            assert answer["club.x"].bounds is not None or "b" in facts or not facts or kind == "one key"
            answer.explain("club.x")


def test_ten_thousand_examples_are_run_soon(tmp_path: Path) -> None:
    one = 'example "{0}"\n  on 2024-07-01\n  given\n    - n is {0}\n  expect\n    - x is {1}\n'
    text = "input n : integer\ndefine x : integer is n + 1\n" + "".join(one.format(i, i + 1) for i in range(10_000))
    with soon():
        findings = found(tmp_path, text)
    assert (findings.mistakes, findings.examples_run) == ((), 10_000)


# ------------------------------------------------------------------ strange texts


@pytest.mark.parametrize("kind", STRANGE)
def test_labels_come_out_as_they_went_in(kind: str, tmp_path: Path) -> None:
    label = STRANGE[kind]
    text = f'input n : integer\ndefine x : yes_no en "{label}" fr "{label}" is n > 3\n'
    answer = rules(tmp_path, text).evaluate({"n": 4})
    assert label in answer.explain("club.x")
    assert label in answer.explain("club.x", "fr")
    assert json.loads(answer.json("club.x"))
    assert "<b>" not in answer.html("club.x")
    answer.markdown("club.x")


@pytest.mark.parametrize("kind", STRANGE)
def test_texts_of_a_profile_come_out_as_they_went_in(kind: str, tmp_path: Path) -> None:
    of = rules(tmp_path, 'input name : text\ndefine x : yes_no is name is "Ann"\ndefine y : text is name\n')
    answer = of.evaluate(json.dumps({"name": STRANGE[kind]}))
    assert answer["club.y"].value == STRANGE[kind]
    assert "<b>" not in answer.html("club.x")
    answer.markdown("club.x", "fr")


@pytest.mark.parametrize("name", ["näme", "ﬁeld", "имя", "名", "a\u200bb", "x\u0301", "É"])
def test_names_are_plain_letters(name: str, tmp_path: Path) -> None:
    findings = found(tmp_path, f"input {name} : integer\ndefine x : integer is {name} + 1\n")
    assert findings.mistakes
    as_text(findings.mistakes)


# ------------------------------------------------------------------ datasets

SITES: Final = """
enum kind
  value wood
  value stone
dataset sites "sites.csv"
  column code : code of 4 digits key
  column name : text
  column kind : kind
  column steps : integer from 0
input site : key of sites
define steps : integer is sites(site).steps
"""
HEADER: Final = "code,name,kind,steps\n"
GOOD: Final = "1001,Hall,wood,3\n"

DATA: Final = {
    "missing column": ("code,name,steps\n1001,Hall,3\n", ["bad-data"]),
    "repeated key": (HEADER + GOOD + GOOD, ["bad-data"]),
    "repeated column": ("code,name,kind,steps,steps\n1001,Hall,wood,3,4\n", ["bad-data"]),
    "bad code": (HEADER + "101,Hall,wood,3\n", ["bad-data"]),
    "code with letters": (HEADER + "1OO1,Hall,wood,3\n", ["bad-data"]),
    "other digits": (HEADER + "١٠٠١,Hall,wood,3\n", ["bad-data"]),
    "unknown word": (HEADER + "1001,Hall,straw,3\n", ["bad-data"]),
    "no number": (HEADER + "1001,Hall,wood,many\n", ["bad-data"]),
    "below the range": (HEADER + "1001,Hall,wood,-3\n", ["bad-data"]),
    "empty cell": (HEADER + "1001,Hall,wood,\n", ["bad-data"]),
    "short row": (HEADER + "1001,Hall\n", ["bad-data"]),
    "long row": (HEADER + "1001,Hall,wood,3,4\n", ["bad-data"]),
    "quote left open": (HEADER + '1001,"Hall,wood,3\n', ["bad-data"]),
    "nothing": ("", ["bad-data"] * 4),
    "no rows": (HEADER, []),
    "null": (HEADER + "1001,Ha\x00ll,wood,3\n", ["bad-data"]),
    "blank lines": (HEADER + "\n" + GOOD + "\n\n", []),
    "strange names": (HEADER + "".join(f"100{i},{name},wood,3\n" for i, name in enumerate(STRANGE.values())), []),
}


@pytest.mark.parametrize("kind", DATA)
def test_a_table_of_data_that_is_not_as_declared_is_told_of(kind: str, tmp_path: Path) -> None:
    content, codes = DATA[kind]
    findings = found(tmp_path, SITES, {"sites.csv": content.encode()})
    assert [mistake.code.name for mistake in findings.mistakes] == codes
    as_text(findings.mistakes)


@pytest.mark.parametrize("encode", ["utf-8-sig", "utf-16", "latin-1"])
def test_the_encoding_of_data_is_read_or_told_of(encode: str, tmp_path: Path) -> None:
    findings = found(tmp_path, SITES, {"sites.csv": (HEADER + "1001,Café,wood,3\n").encode(encode)})
    assert [mistake.code.name for mistake in findings.mistakes] == ([] if encode == "utf-8-sig" else ["bad-data"])


def test_line_ends_of_other_systems_make_no_difference(tmp_path: Path) -> None:
    content = (HEADER + GOOD).replace("\n", "\r\n").encode("utf-8-sig")
    findings = found(tmp_path, SITES, {"sites.csv": content})
    assert findings.mistakes == ()
    assert policy.load(tmp_path).on("2024-07-01").evaluate({"site": "1001"})["club.steps"].value == 3


def test_of_a_table_with_nothing_in_it_the_columns_are_asked_for(tmp_path: Path) -> None:
    findings = found(tmp_path, SITES, {"sites.csv": b""})
    assert {mistake.help for mistake in findings.mistakes} == {"name the columns in its first line"}


def test_a_hundred_thousand_rows_are_read_soon(tmp_path: Path) -> None:
    text = SITES.replace("4 digits", "6 digits")
    content = HEADER + "".join(f"{i:06},Hall {i},stone,{i}\n" for i in range(100_000))
    with soon():
        assert found(tmp_path, text, {"sites.csv": content.encode()}).mistakes == ()
    with soon():
        of = policy.load(tmp_path).on("2024-07-01")
        assert of.evaluate({"site": "099999"})["club.steps"].value == 99_999
        answer = of.evaluate({})
        assert answer["club.steps"].missing == ("site",)
        answer.explain("club.steps")
        with pytest.raises(policy.Mistakes):
            of.evaluate({"site": "100000"})


def test_a_hundred_thousand_wrong_rows_are_not_all_told_of(tmp_path: Path) -> None:
    content = HEADER + "".join(f"{i},Hall,straw,x\n" for i in range(100_000))
    with soon():
        findings = found(tmp_path, SITES, {"sites.csv": content.encode()})
    assert 0 < len(findings.mistakes) < 100


# ------------------------------------------------------------------ profiles


def working_life(random: Random, spells: int, left_out: float) -> dict[str, Any]:
    """Jobs and studies over some years; of each fact there may be none."""

    def some(facts: dict[str, object]) -> dict[str, object]:
        kept = ("country", "authorized", "temporary_resident")
        return {name: fact for name, fact in facts.items() if name in kept or random.random() >= left_out}

    def days() -> dict[str, object]:
        start = date(2019, 1, 1) + timedelta(days=random.randrange(2500))
        return {"start": start.isoformat(), "end": (start + timedelta(days=random.randrange(300))).isoformat()}

    def job() -> dict[str, object]:
        return some(
            {
                **days(),
                "country": "CA",
                "noc_2021": random.choice(["21231", "63200", "62020", "21232", "73300", "72310"]),
                "hours_per_week": random.randrange(10, 60),
                "paid": random.random() < 0.8,
                "duties_match": True,
                "self_employed": False,
                "authorized": True,
                "temporary_resident": True,
            }
        )

    return {
        "destination": "ON",
        "first_language": "english",
        "jobs": [job() for _ in range(spells)],
        "studies": [some({**days(), "full_time": True}) for _ in range(spells // 10)],
    }


@pytest.mark.parametrize("left_out", [0, 0.2, 0.5, 1])
def test_two_hundred_spells_are_judged_and_explained_soon(left_out: float) -> None:
    profile = working_life(Random(7), 200, left_out)
    with soon():
        answer = shipped().on("2026-01-21").evaluate(json.dumps(profile))
        assert answer["cec.eligible"].value in (False, policy.UNKNOWN)
        assert answer["cec.counted_hours"].bounds is not None or not left_out
        answer.explain()
        answer.html()
    assert len(answer.json()) > 1_000


JOB: Final = {"start": "2024-01-01", "end": "2024-12-31"}

ODD_PROFILES: Final[dict[str, dict[str, object]]] = {
    "a year that is not": {"jobs": [{"start": "0000-01-01"}]},
    "a far year": {"jobs": [{"start": "12024-01-01"}]},
    "hours with a unit": {"jobs": [{**JOB, "hours_per_week": "30 hours"}]},
    "hours as dates": {"jobs": [{**JOB, "hours_per_week": "2024-01-01"}]},
    "too many hours": {"jobs": [{**JOB, "hours_per_week": 10**30}]},
    "hours below zero": {"jobs": [{**JOB, "hours_per_week": -1}]},
    "a number with many digits": {"jobs": [{**JOB, "hours_per_week": int("9" * 4000)}]},
    "a number where a code is": {"jobs": [{**JOB, "noc_2021": 21231}]},
    "no such code": {"jobs": [{**JOB, "noc_2021": "99999"}]},
    "a list where one is": {"destination": ["ON", "QC"]},
    "one where a list is": {"jobs": JOB},
    "an end before the start": {"jobs": [{"start": "2024-02-01", "end": "2024-01-01"}]},
    "an unknown key": {"jbos": []},
    "a strange key": {"\u202ejobs\x00": []},
    "texts for yes": {"jobs": [{**JOB, "paid": "maybe"}]},
}


@pytest.mark.parametrize("kind", ODD_PROFILES)
def test_an_odd_profile_is_refused_in_words(kind: str) -> None:
    with soon(2), pytest.raises(policy.Mistakes) as refused:
        shipped().on("2026-01-21").evaluate(ODD_PROFILES[kind])
    assert as_text(refused.value.diagnostics)


@pytest.mark.parametrize("ends", [("0001-01-01", "9999-12-31"), ("0001-01-01", None), ("9999-12-31", "9999-12-31")])
def test_the_first_and_last_days_there_are_can_be_reckoned_with(ends: tuple[str, str | None]) -> None:
    start, end = ends
    job = {**working_life(Random(1), 1, 0)["jobs"][0], "start": start, "end": end}
    studies = [{"start": "0001-01-01", "end": "0001-01-01", "full_time": True}]
    facts = {"birth_date": "0001-01-01", "jobs": [job], "studies": studies, "destination": "ON"}
    answer = shipped().on("2026-01-21").evaluate(json.dumps(facts))
    answer.explain()
    assert answer["cec.one_year"].value is (start == "0001-01-01")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_facts_can_be_measured_on_the_first_and_last_days_there_are(day: str) -> None:
    profile = working_life(Random(1), 3, 0)
    answer = shipped().on("2026-01-21", assessed_on=day).evaluate(json.dumps(profile))
    assert answer.explain()
    assert answer["cec.one_year"].value is not True
