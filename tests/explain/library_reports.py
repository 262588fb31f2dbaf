"""Reports made by hand: a library card in both languages, with every state, and one full of hostile texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from policy.explain.report import Citation, Missing, Report, State, Step

RULES: Final = "https://library.example.org/rules"
REGLES: Final = "https://bibliotheque.example.org/règles"

ENGLISH: Final = Report(
    language="en",
    day=date(2026, 1, 21),
    assessed_on=date(2026, 1, 15),
    heading="Answer for January 15, 2026",
    intro=(
        "Rules in force on January 21, 2026.",
        "Library card: text in force since March 1, 2024",
        "Facts measured on January 15, 2026.",
    ),
    outcomes=(
        Step(
            State.NOT_MET,
            "May have a full library card",
            cites=(Citation("Library Rules 4", f"{RULES}#section-4"),),
            name="library.full_card",
            children=(
                Step(
                    State.MET,
                    "At least sixteen years old",
                    details=("34 years of 16 years, 18 years above",),
                    cites=(Citation("Library Rules 4(a)", f"{RULES}#section-4"),),
                    name="library.old_enough",
                ),
                Step(
                    State.NOT_MET,
                    "At least 20 hours of volunteering in the last two years",
                    details=(
                        "14 hours of 20 hours, 6 hours short",
                        "From 2024-01-15 up to and including the day before 2026-01-15.",
                    ),
                    cites=(
                        Citation("Library Rules 4(b)", f"{RULES}#section-4"),
                        Citation("Volunteers’ Handbook, chapter 2"),
                    ),
                    marks=("the figure was read from a scanned page",),
                    name="library.volunteered",
                    children=(
                        Step(
                            State.COUNTED,
                            "Shift 1: Reading aloud, 2025-02-01 to 2025-02-28",
                            details=("14 hours credited",),
                        ),
                        Step(
                            State.NOT_COUNTED,
                            "Shift 2: Book sale, 2023-11-01 to 2023-11-02",
                            details=("outside the window",),
                        ),
                        Step(
                            State.POSSIBLE,
                            "Shift 3: Shelving, 2025-06-01 to last day not known",
                            value="up to 30 hours",
                        ),
                    ),
                ),
                Step(
                    State.UNKNOWN,
                    "No book is overdue by more than thirty days at this library or at any library that lends to it",
                    cites=(Citation("Library Rules 4(c), as modified by the Schedule", f"{RULES}#schedule"),),
                    name="library.nothing_overdue",
                ),
                Step(State.NOT_MET, "Town", value="Riverside", details=("must be Hillside or Lakeside",)),
                Step(State.NOT_APPLICABLE, "A parent has signed", name="library.signed"),
            ),
        ),
        Step(
            State.VALUE,
            "Yearly fee",
            value="$12",
            cites=(Citation("Library Rules 9", f"{RULES}#section-9"),),
            name="library.fee",
            children=(
                Step(State.VALUE, "Basic fee", value="$20", details=("Town: Riverside; row 3 of the table",)),
                Step(State.VALUE, "Reduction for volunteers", value="$8", details=("Capped at $8.",)),
                Step(State.UNKNOWN, "Fines", value="between $0 and $15"),
                Step(State.FAULT, "Deposit", value="no row of the table covers this case"),
            ),
        ),
    ),
    missing=(
        Missing("loans[2].due", "Loan 3: day on which it is due", "On which day is this book due back?"),
        Missing("shifts[2].end", "Last day of the shift", ""),
        Missing("answers.library.good_standing", "In good standing", "In good standing", decision="Library Rules 7(2)"),
        Missing("answers.library.room", "May use the reading room", "May use the reading room", decision=""),
    ),
    remarks=(
        Step(
            State.VALUE,
            "The head librarian may waive the fee in a particular case.",
            cites=(Citation("Library Rules 12", f"{RULES}#section-12"),),
            name="library.waiver",
        ),
    ),
    closing=("General information only; the law governs.",),
)

FRENCH: Final = Report(
    language="fr",
    day=date(2026, 1, 21),
    assessed_on=date(2026, 1, 21),
    heading="Réponse pour le 21 janvier 2026",
    intro=("Règles en vigueur le 21 janvier 2026.",),
    outcomes=(
        Step(
            State.UNKNOWN,
            "Peut obtenir une carte de bibliothèque complète",
            cites=(Citation("Règles de la bibliothèque, art. 4", f"{REGLES}#article-4"),),
            name="library.full_card",
            children=(
                Step(
                    State.MET,
                    "Au moins seize ans",
                    details=("34 ans sur 16 ans, 18 ans de plus",),
                    cites=(Citation("Règles de la bibliothèque, al. 4a)", f"{REGLES}#article-4"),),
                ),
                Step(
                    State.UNKNOWN,
                    "Au moins 1 200 heures de bénévolat au cours des deux dernières années",
                    details=("1 104 heures sur 1 200 heures, il manque 96 heures",),
                    marks=("le chiffre a été lu sur une page numérisée",),
                    children=(
                        Step(State.COUNTED, "Période 1 : Lecture à voix haute", value="1 104 heures"),
                        Step(State.NOT_COUNTED, "Période 2 : Vente de livres", details=("hors de la période",)),
                        Step(State.POSSIBLE, "Période 3 : Rangement"),
                    ),
                ),
                Step(State.NOT_APPLICABLE, "Un parent a signé"),
                Step(State.FAULT, "Dépôt", value="aucune ligne du tableau ne vise ce cas"),
                Step(State.VALUE, "Frais annuels", value="1 200 $"),
            ),
        ),
    ),
    missing=(
        Missing("shifts[2].end", "Dernier jour de la période", "Quel a été le dernier jour de cette période?"),
        Missing("answers.library.standing", "En règle", "En règle", "Règles de la bibliothèque, par. 7(2)"),
    ),
    remarks=(),
    closing=("À titre d’information seulement; la loi l’emporte.",),
)

HOSTILE_TEXTS: Final = (
    "<script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &#60; & <!-- ]]>",
    "a | b || c",
    "`code` ``` ~~~ ~~struck~~",
    "[x](javascript:alert(1)) ![y](https://evil.example/y.png)",
    "<javascript:alert(1)> <https://evil.example> https://evil.example/a www.evil.example",
    "[x]: https://evil.example 'title'",
    "*bold* __bold__ # heading \\* $x$ {{ site }} {% raw %} :smile: ^1^ @someone",
    "# heading",
    "1. one",
    "- item",
    "+ item",
    "> quote",
    "===",
    "---",
    "line one\nline two\r\n\n    indented\ttext",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;https://evil.example\x1b\\link \x9b2J\x1bc\x00\x07\x08\x7f\x85 end",
    "left \N{RIGHT-TO-LEFT OVERRIDE}desrever\N{POP DIRECTIONAL FORMATTING} \N{RIGHT-TO-LEFT ISOLATE}x",
    "ספר ישן 12 (كتاب قديم)",
    "👩‍👩‍👧‍👦 📚 e\N{COMBINING ACUTE ACCENT}tude 図書館カード",
    "x" * 300,
    "図" * 150,
    "lone \ud800 surrogate",
    "{label} {0} %s ${x}",
    " \N{NO-BREAK SPACE} ",
    "ends with a backslash \\",
    '" onmouseover="alert(1)" \' style=',
)

HOSTILE_LINKS: Final = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " https://library.example.org",
    "https://library.example.org/a) [x](javascript:alert(1)",
    'https://library.example.org/" onclick="alert(1)',
    "https://library.example.org/<script>",
    "https://library.example.org/\nx",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example",
    "file:///etc/passwd",
    "https://",
    "",
)


def hostile(text: str, language: str = "en") -> Report:
    """A report in which every text is this one, and every link is one that must not be followed."""
    cites = tuple(Citation(text, link) for link in HOSTILE_LINKS)
    leaf = Step(State.NOT_COUNTED, text, text + "!", (text,), cites, (text,), text)
    steps = tuple(
        Step(state, text, "", (text, text), (Citation(text),), (text,), text, text, (leaf,)) for state in State
    )
    facts = (Missing(text, text, text + "?"), Missing(text, text, text, text))
    return Report(language, date(2026, 1, 21), date(2026, 1, 21), text, (text, text), steps, facts, steps[:1], (text,))


def deep(levels: int) -> Report:
    """A report of lines that each stand beneath the one before."""
    step = Step(State.MET, "The innermost line", details=("a detail",))
    for level in range(levels):
        step = Step(State.MET, f"Line at level {levels - level}", children=(step,))
    return replace(empty(), outcomes=(step,))


def empty(language: str = "en") -> Report:
    """A report that says nothing but its heading."""
    day = date(2026, 1, 21)
    return Report(language, day, day, "Answer", (), (), (), (), ())
