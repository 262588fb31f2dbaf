"""Building pages of rules: what is asked for wrongly is told, what changes is made anew, and the HTML is sound."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest
from sphinx.errors import ExtensionError

from rule_project import CONF, Project, new_project

VERSION: Final = """
policy lending
  effective 2025-03-01
  amends 2022-01-01
  cites NOTICE "20" / "20"

replace requirement no_debts
  is fee_due(0) <= $2
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project about the policies of these tests, not yet built."""
    return new_project(tmp_path)


def told(warnings: str) -> list[str]:
    """The warnings, each on one line, without the colours and the folders of paths."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", warnings)
    return [re.sub(r"\S*/(?=[\w-]+\.\w+:)", "", warning).strip() for warning in re.split(r"\n(?=\S)", plain) if warning]


# ------------------------------------------------------------------ what is asked for wrongly


ASKED_WRONGLY: Final = {
    ".. policy:rules:: lendin": "there is no policy `lendin` [no-such-policy]\n  next: did you mean `lending`?",
    ".. policy:rule:: lending.adlt": "`lending` declares no `adlt` here [unknown-rule]\n  next: did you mean `adult`?",
    ".. policy:rule:: lending": "`lending` alone names no rule [unknown-rule]\n  next: write `lending.name`",
    ".. policy:rules:: lending\n   :on: tomorrow": "`tomorrow` is not a day of the calendar [bad-day]",
    ".. policy:rules:: lending \n   :on: 1999-01-01": "no policy was in force on 1999-01-01: the first text",
    ":policy:rule:`lending.adlt`": "policy:rule reference target not found: lending.adlt",
}
"""What an author may write, and what is said of it."""


def test_what_is_asked_for_wrongly_is_told_where_it_is_asked(project: Project) -> None:
    project.write("conf.py", CONF.replace('policy_pages = "rules"', ""))
    project.write("index.rst", "Wrong\n=====\n\n" + "\n\n".join(ASKED_WRONGLY) + "\n")
    warnings = told(project.build())
    lines = (project.folder / "index.rst").read_text("utf-8").split("\n")
    for text, warning in ASKED_WRONGLY.items():
        line = lines.index(text.split("\n")[0]) + 1
        assert any(found.startswith(f"index.rst:{line}: WARNING: {warning}") for found in warnings), (text, warnings)
    assert len(warnings) == len(ASKED_WRONGLY)


def test_a_mistake_in_a_policy_is_told_where_it_stands_and_its_page_says_so(project: Project) -> None:
    project.change("policies/lending/2020-01-01.policy", "is age >= 18 years", "is agee >= 18 years")
    (warning,) = told(project.build())
    told_there = r"2020-01-01\.policy:\d+: WARNING: unknown name `agee` \[unknown-name\]\n  next: did you mean `age`\?"
    assert re.match(told_there, warning)
    assert "These rules cannot be shown" in project.page("rules/en/lending/2020-01-01")
    assert "Ces règles ne peuvent être affichées" in project.page("rules/fr/lending/2020-01-01")
    assert "Text in force since" in project.page("rules/en/lending")


def test_an_example_that_fails_is_told_and_shown_as_such(project: Project) -> None:
    project.change("policies/lending/2021-07-01.policy", "    - adult is met", "    - adult is not met")
    warnings = told(project.build())
    assert any("`adult` should be not met, but is met [example-fails]" in warning for warning in warnings)
    assert "✗ It comes out otherwise." in project.page("rules/en/lending/2021-07-01")


def test_a_folder_without_policies_is_told(project: Project) -> None:
    shutil.rmtree(project.folder / "policies")
    assert any("[unreadable]" in warning for warning in told(project.build()))


def test_pages_are_not_written_outside_the_documents(project: Project) -> None:
    project.write("conf.py", CONF.replace('"rules"', '"../rules"'))
    with pytest.raises(ExtensionError, match=r"which is not a folder below that of conf\.py"):
        project.build()


# ------------------------------------------------------------------ in prose


def test_one_rule_stands_in_prose_and_is_referred_to(project: Project) -> None:
    project.write(
        "index.rst",
        "Prose\n=====\n\n.. toctree::\n\n   rules/en/index\n   rules/fr/index\n\n"
        ".. policy:rule:: lending.adult\n   :on: 2020-05-01\n   :language: fr\n\n   Ceci s’ajoute.\n\n"
        "See :policy:rule:`lending.adult`, :policy:rule:`that one <lending.no_debts>` and :policy:rules:`lending`.\n",
    )
    assert project.build() == ""
    page = project.seen("index")
    assert "**Âgé d’au moins 18 ans**" in page
    assert "* Âge : au moins 18 ans" in page
    assert "Ceci s’ajoute." in page
    assert "See At least 18 years old, *that one* and Lending." in page


def test_a_documentation_in_french_needs_no_option(project: Project) -> None:
    project.write("conf.py", CONF.replace('policy_pages = "rules"', 'language = "fr"'))
    project.write("index.rst", "Prose\n=====\n\n.. policy:rule:: lending.adult\n")
    project.build()
    assert "* Âge : au moins 16 ans" in project.seen("index")


def test_a_setting_says_which_day_counts(project: Project) -> None:
    project.write("conf.py", CONF.replace("2026-01-21", "2021-03-01"))
    assert project.build() == ""
    assert "Text in force since January 1, 2020. Another comes into force on July 1, 2021." in project.seen(
        "rules/en/lending"
    )
    assert "Text that comes into force on July 1, 2021." in project.seen("rules/en/lending/2021-07-01")
    assert "Lending, in force since January 1, 2020" in project.seen("rules/en/index")


def test_without_a_setting_the_day_of_the_build_counts(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("conf.py", CONF.replace("policy_day", "unused"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1546300800")  # the first day of 2019
    assert project.build() == ""
    assert "Lending, comes into force on January 1, 2020" in project.seen("rules/en/index")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609459200")  # the first day of 2021
    assert project.build() == ""
    assert "Text in force since January 1, 2020." in project.seen("rules/en/lending")


# ------------------------------------------------------------------ what changes


def test_only_what_changes_is_made_anew(project: Project) -> None:
    assert project.build() == ""
    assert project.build() == ""
    assert project.read == ()
    project.change("policies/lending/2020-01-01.policy", 'en "Age" fr "Âge"', 'en "Years of age" fr "Âge"')
    assert project.build() == ""
    assert "rules/en/lending" in project.read
    assert "index" not in project.read
    assert "Years of age: at least 16 years" in project.seen("rules/en/lending")


def test_a_version_that_comes_and_goes_changes_the_pages(project: Project) -> None:
    project.build()
    project.change("policies/lending/2030-01-01.policy", "amends 2022-01-01", "amends 2025-03-01")
    project.write("policies/lending/2025-03-01.policy", VERSION.lstrip())
    assert project.build() == ""
    assert "March 1, 2025\n" in project.page("rules/en/lending")
    assert "Lending, text of January 1, 2022" in project.page("rules/en/lending/2022-01-01")
    (project.folder / "policies/lending/2025-03-01.policy").unlink()
    project.change("policies/lending/2030-01-01.policy", "amends 2025-03-01", "amends 2022-01-01")
    assert project.build() == ""
    assert "March 1, 2025" not in project.page("rules/en/lending")
    assert not (project.folder / "rules/en/lending/2022-01-01.rst").exists()


def test_files_of_others_are_left_alone(project: Project) -> None:
    project.write("rules/en/notes.rst", ":orphan:\n\nNotes\n=====\n")
    assert project.build() == ""
    assert (project.folder / "rules/en/notes.rst").exists()


def test_documents_may_be_read_in_parallel(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    alone = new_project(tmp_path_factory.mktemp("alone"))
    assert project.build(parallel=2) == alone.build() == ""
    for file in (alone.folder / "out" / "text").rglob("*.txt"):
        page = file.relative_to(alone.folder / "out" / "text").with_suffix("").as_posix()
        assert project.page(page) == alone.page(page)


# ------------------------------------------------------------------ HTML


class Reader(HTMLParser):
    """What those hear and follow who do not see a page: headings, heads of tables, languages, addresses, links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.heads: list[str | None] = []
        self.languages: list[str] = []
        self.addresses: Counter[str] = Counter()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "th":
            self.heads.append(found.get("scope"))
        if (language := found.get("lang")) is not None:
            self.languages.append(language)
        if (address := found.get("id")) is not None:
            self.addresses[address] += 1
        if tag == "a" and (link := found.get("href")) is not None:
            self.links.append(link)


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project as HTML."""
    project = new_project(tmp_path_factory.mktemp("html"))
    assert project.build("html") == ""
    return project


PAGES: Final = [f"rules/{language}/{page}" for language in ("en", "fr") for page in ("index", "library", "lending")]


@pytest.mark.parametrize("page", [*PAGES, "rules/fr/lending/2020-01-01"])
def test_a_page_can_be_heard(html: Project, page: str) -> None:
    text = html.page(page, "html")
    body = Reader(text[text.index('<section class="policy-page"') : text.rindex("</section>")])
    assert body.headings[0] == 1
    assert all(below <= above + 1 for above, below in zip(body.headings, body.headings[1:], strict=False))
    assert all(scope in {"col", "row"} for scope in body.heads)
    assert body.languages[0] == ("fr" if "/fr/" in page else "en")
    assert [address for address, times in Reader(text).addresses.items() if times > 1] == []


def test_tables_have_heads_of_columns_and_rows(html: Project) -> None:
    heads = Reader(html.page("rules/en/lending/2020-01-01", "html")).heads
    assert {"col", "row"} == set(heads)


def test_links_lead_to_what_they_name(html: Project) -> None:
    folder = html.folder / "out" / "html"
    pages = {path: Reader(path.read_text(encoding="utf-8")) for path in (folder / "rules").rglob("*.html")}
    for path, page in pages.items():
        for link in page.links:
            target, _, address = link.partition("#")
            if "://" in link or not address:
                continue
            found = pages.get((path.parent / target).resolve() if target else path)
            assert found is None or address in found.addresses, (path, link)


def test_a_rule_links_to_the_rules_it_rests_on_in_its_own_text(html: Project) -> None:
    assert 'href="#lending.age"' in html.page("rules/en/lending", "html")
    older = html.page("rules/en/lending/2020-01-01", "html")
    assert 'href="#lending.age"' in older
    assert 'href="../library.html#library.resident"' in older
    assert 'href="../lending.html#lending"' in older
    assert 'href="../../fr/lending/2020-01-01.html#lending"' in older


def test_provisions_are_links_in_the_language_of_the_page(html: Project) -> None:
    assert 'href="https://law.example/en/libraries/3"' in html.page("rules/en/lending", "html")
    assert 'href="https://law.example/fr/bibliotheques/3"' in html.page("rules/fr/lending", "html")


def test_a_rule_as_it_read_links_to_the_text_of_that_day(html: Project) -> None:
    assert 'href="lending/2020-01-01.html#lending.adult"' in html.page("rules/en/lending", "html")
