"""What pages of rules say in each language, beside what explanations say too. Nothing here is about any one policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Final, TypeAlias

from policy.explain.words import NBSP, PATTERNS


@dataclass(frozen=True, slots=True)
class Link:
    """The name of something declared, by which a reader goes to it; `name` is its full name, or that of a policy.

    It leads to the text in force `on` a day; without one, to that of the page it stands on.
    """

    text: str
    name: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the policy file itself, which has no name in any language, such as that of a parameter."""

    text: str


@dataclass(frozen=True, slots=True)
class Web:
    """The address of something on the web."""

    text: str


Part: TypeAlias = str | Link | Term | Web

Words: TypeAlias = tuple[Part, ...]
"""A text with links in it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sentence, and what hangs below it: members of a list, or steps in order."""

    words: Words
    below: tuple[Line, ...] = ()
    in_order: bool = False


PAGE_PATTERNS: Final[Mapping[str, tuple[str, str]]] = {
    # -- what holds, and when
    "intro": ("{what}:", "{what}" + NBSP + ":"),
    "with condition": ("{before} {what}", "{before} {what}"),
    "this is": ("this is {need}", "ce qui suit vaut {need}"),
    "with below": ("{before} {how}:", "{before} {how}" + NBSP + ":"),
    "by cases below": ("{before}, {how}:", "{before}, {how}" + NBSP + ":"),
    "met": ("Met when", "Satisfait si"),
    "holds": ("Holds when", "Vrai si"),
    "applies": ("Applies only when", "Ne s’applique que si"),
    "asked": ("Asked only when", "Posée seulement si"),
    "shown": ("Shown when", "Affichée si"),
    "if": ("if", "si"),
    "value if": ("{value}, if", "{value}, si"),
    "otherwise": ("otherwise", "dans les autres cas"),
    "then": ("then", "alors"),
    "all hold": ("all of these hold", "toutes ces conditions sont remplies"),
    "some hold": ("at least one of these holds", "au moins une de ces conditions est remplie"),
    "at least hold": ("at least {n} of these hold", "au moins {n} de ces conditions sont remplies"),
    "none hold": ("none of these holds", "aucune de ces conditions n’est remplie"),
    "not all hold": ("at least one of these does not hold", "au moins une de ces conditions n’est pas remplie"),
    "too few hold": ("fewer than {n} of these hold", "moins de {n} de ces conditions sont remplies"),
    "cases": ("by the first of these cases that applies", "selon le premier de ces cas qui s’applique"),
    "not cases": (
        "“no” by the first of these cases that applies",
        "«" + NBSP + "non" + NBSP + "» selon le premier de ces cas qui s’applique",
    ),
    "each holds": ("for {each}", "pour {each}"),
    "some one holds": ("for at least one {of}", "pour au moins {of}"),
    "not each holds": ("not for {each}", "pas pour {each}"),
    "no one holds": ("for not one {of}", "pas même pour {of}"),
    "each of list": ("each of {list}", "chaque élément de {list}"),
    "each of words": ("each {list}", "chaque {list}"),
    "one of list": ("of {list}", "un élément de {list}"),
    "one of words": ("{list}", "une valeur de {list}"),
    # -- values
    "is not": ("not {value}", "autre que {value}"),
    "not in": ("none of {values}", "ni {values}"),
    "given": ("given", "indiqué"),
    "yes": ("yes", "oui"),
    "no": ("no", "non"),
    "and inline": ("; ", "; "),
    "or else": ("; or ", "; ou "),
    "arguments": ("{label} ({arguments})", "{label} ({arguments})"),
    "bracketed": ("({what})", "({what})"),
    "day of assessment": ("the day on which facts are measured", "jour où les faits sont mesurés"),
    "per cent": ("{n}%", "{n}" + NBSP + "%"),
    "otherwise inline": ("{value}; otherwise {other}", "{value}; sinon {other}"),
    "value if inline": ("{value} if {condition}", "{value} si {condition}"),
    "sum": ("the sum of", "la somme de"),
    "greatest": ("the greatest of", "la plus élevée des valeurs"),
    "least": ("the least of", "la moins élevée des valeurs"),
    "sum greatest": ("the sum of the {n} greatest of", "la somme des {n} plus élevées des valeurs"),
    "sum least": ("the sum of the {n} least of", "la somme des {n} moins élevées des valeurs"),
    "members inline": ("{how} ({members})", "{how} ({members})"),
    "sum over": ("the sum, over {each}", "la somme, pour {each}"),
    "greatest over": ("the greatest, over {each}", "la plus élevée des valeurs, pour {each}"),
    "least over": ("the least, over {each}", "la moins élevée des valeurs, pour {each}"),
    "sum greatest over": (
        "the sum of the {n} greatest, over {each}",
        "la somme des {n} valeurs les plus élevées, pour {each}",
    ),
    "sum least over": (
        "the sum of the {n} least, over {each}",
        "la somme des {n} valeurs les moins élevées, pour {each}",
    ),
    "different over": (
        "the number of different values, over {each}",
        "le nombre de valeurs différentes, pour {each}",
    ),
    "if none alone": ("If there is none: {other}", "S’il n’y en a aucun" + NBSP + ": {other}"),
    "if none": ("{value}; if there is none, {other}", "{value}; s’il n’y en a aucun, {other}"),
    "date of": ("day of {value}", "jour de {value}"),
    "how many": ("how many there are of", "le nombre d’éléments de"),
    "value over": ("for {each}", "pour {each}"),
    # -- lists: as one step of several, and in a line of its own
    "in order": ("In these steps", "Dans cet ordre"),
    "kept": ("only those for which", "seulement les éléments pour lesquels"),
    "kept of": ("{list}, only those for which", "{list}, seulement les éléments pour lesquels"),
    "the one": ("the only one for which", "le seul élément pour lequel"),
    "the one of": ("{list}, the only one for which", "{list}, le seul élément pour lequel"),
    "the only": ("the only one, if there is one", "le seul élément, s’il y en a un"),
    "the only of": ("the only one of {list}", "le seul élément de {list}"),
    "grouped": ("put in groups by {key}", "regroupés selon {key}"),
    "grouped of": ("{list}, in groups by {key}", "{list}, regroupés selon {key}"),
    "most": ("those with the most by {measure}", "ceux qui ont le plus selon {measure}"),
    "most of": ("{list}, those with the most by {measure}", "{list}, ceux qui ont le plus selon {measure}"),
    "fewest": ("those with the least by {measure}", "ceux qui ont le moins selon {measure}"),
    "fewest of": ("{list}, those with the least by {measure}", "{list}, ceux qui ont le moins selon {measure}"),
    "outside": ("without the time taken up by {other}", "sans le temps occupé par {other}"),
    "outside of": ("{list}, without the time taken up by {other}", "{list}, sans le temps occupé par {other}"),
    "inside": ("only the time within {other}", "seulement le temps compris dans {other}"),
    "inside of": ("{list}, only the time within {other}", "{list}, seulement le temps compris dans {other}"),
    "key": ("what the group shares", "ce que le groupe a en commun"),
    "members": ("members of the group", "membres du groupe"),
    "start": ("first day", "premier jour"),
    "end": ("last day", "dernier jour"),
    "length": ("length of the period", "durée de la période"),
    # -- tables
    "below scale": ("Below the last row: {value}", "Sous la dernière ligne" + NBSP + ": {value}"),
    "lower bound": ("{what}: at least", "{what}" + NBSP + ": au moins"),
    "any": ("any", "toute valeur"),
    "answer": ("Answer", "Réponse"),
    # -- pages
    "kinds decision": ("Decisions", "Décisions"),
    "kinds requirement": ("Requirements", "Exigences"),
    "kinds points": ("Points", "Points"),
    "kinds define": ("Definitions", "Définitions"),
    "kinds table": ("Tables", "Tableaux"),
    "kinds scale": ("Charts of lower bounds", "Tableaux de seuils"),
    "kinds question": ("Open questions", "Questions à trancher"),
    "kinds remark": ("Remarks", "Remarques"),
    "kinds input": ("Facts", "Renseignements"),
    "kinds record": ("Groups of facts", "Groupes de renseignements"),
    "kinds spell": ("Stretches of time", "Périodes"),
    "kinds enum": ("Lists of values", "Listes de valeurs"),
    "kinds quantity": ("Quantities", "Grandeurs"),
    "kinds dataset": ("Tables of data", "Tables de données"),
    "kinds set": ("Sets of codes", "Ensembles de codes"),
    "kinds source": ("Sources", "Sources"),
    "kinds sample": ("Samples, for the examples", "Modèles, pour les exemples"),
    "titled proposed": ("{title}, proposed text of {day}", "{title}, texte proposé du {day}"),
    "text before": ("the text before", "le texte antérieur"),
    "titled": ("{title}, text of {day}", "{title}, texte du {day}"),
    "always in force": (
        "Reference without a date: always in force.",
        "Texte de référence sans date" + NBSP + ": toujours en vigueur.",
    ),
    "in force since": ("Text in force since {day}.", "Texte en vigueur depuis le {day}."),
    "was in force": (
        "Text in force from {first} to {last}. Another has been in force since; the latest is of {latest}.",
        "Texte en vigueur du {first} au {last}. Un autre est en vigueur depuis; le dernier date du {latest}.",
    ),
    "would be in force": (
        "Text as it would be in force from {day}.",
        "Texte tel qu’il serait en vigueur à compter du {day}.",
    ),
    "only proposed": (
        "This text is only proposed: it is not law.",
        "Ce texte n’est que proposé" + NBSP + ": il n’a pas force de loi.",
    ),
    "first day uncertain": (
        "The day on which this text took effect is uncertain: it lies between {first} and {last}.",
        "Le jour de l’entrée en vigueur de ce texte est incertain"
        + NBSP
        + ": il se situe entre le {first} et le {last}.",
    ),
    "verified on": (
        "This text was last verified on {day}; what may have changed since is not in it.",
        "Ce texte a été vérifié pour la dernière fois le {day}; ce qui a pu changer depuis n’y figure pas.",
    ),
    "zone": (
        "Times of day are read by the clock of {zone}.",
        "Les heures se lisent à l’horloge de {zone}.",
    ),
    "uses": ("Builds on: {names}.", "S’appuie sur" + NBSP + ": {names}."),
    "called": ("{what} — {name}", "{what} — {name}"),
    "notes": ("Notes", "Notes"),
    "this page": ("This page in English", "Cette page en français"),
    "examples": ("Examples", "Exemples"),
    "examples run": (
        "Each was run when this page was made.",
        "Chacun a été exécuté au moment de la création de cette page.",
    ),
    "on day": ("On {day}", "Le {day}"),
    "on day under law": ("On {day}, under the law of {law}", "Le {day}, selon le texte du {law}"),
    "facts": ("Facts:", "Renseignements" + NBSP + ":"),
    "expects": ("Outcome:", "Résultat" + NBSP + ":"),
    "as expected": ("✓ This is how it comes out.", "✓ C’est bien le résultat obtenu."),
    "otherwise than expected": ("✗ It comes out otherwise.", "✗ Le résultat obtenu est différent."),
    "history": ("History", "Historique"),
    "first text": ("The first text.", "Le premier texte."),
    "stated anew": ("States the whole policy anew.", "Énonce de nouveau l’ensemble du texte."),
    "nothing changed": (
        "None of the rules here changed with it.",
        "Aucune des règles énoncées ici n’a changé à cette occasion.",
    ),
    "added": ("Added: {name}", "Ajout" + NBSP + ": {name}"),
    "replaced": (
        "Replaced: {name}. Before: {before}",
        "Remplacement" + NBSP + ": {name}. Auparavant" + NBSP + ": {before}",
    ),
    "revived": ("Revived: {name}, as it read on {day}", "Rétablissement" + NBSP + ": {name}, tel qu’au {day}"),
    "revived here": ("Revived as it read on {day}.", "Rétabli tel qu’au {day}."),
    "repealed": ("Repealed: {names}", "Abrogation" + NBSP + ": {names}"),
    "change under": ("{change} — {cites}", "{change} — {cites}"),
    "not shown": (
        "These rules cannot be shown: something is wrong with them, or with what is asked for.",
        "Ces règles ne peuvent être affichées" + NBSP + ": il y a une erreur dans leur texte ou dans la demande.",
    ),
    "all policies": ("Rules", "Règles"),
    "made from": (
        "These pages are made from the rules that are run, not written beside them.",
        "Ces pages proviennent des règles mêmes qui sont exécutées; elles ne sont pas rédigées à part.",
    ),
    "listed since": ("{name}, in force since {day}", "{name}, en vigueur depuis le {day}"),
    # -- declarations
    "kind decision": ("Decision", "Décision"),
    "kind requirement": ("Requirement", "Exigence"),
    "kind points": ("Points", "Points"),
    "kind define": ("Definition", "Définition"),
    "kind table": ("Table", "Tableau"),
    "kind scale": ("Chart of lower bounds", "Tableau de seuils"),
    "kind question": ("Open question", "Question à trancher"),
    "kind remark": ("Remark", "Remarque"),
    "kind input": ("Fact", "Renseignement"),
    "kind record": ("Group of facts", "Groupe de renseignements"),
    "kind spell": ("Stretch of time", "Période"),
    "kind enum": ("List of values", "Liste de valeurs"),
    "kind quantity": ("Quantity", "Grandeur"),
    "kind dataset": ("Table of data", "Table de données"),
    "kind set": ("Set of codes", "Ensemble de codes"),
    "kind source": ("Source", "Source"),
    "kind sample": ("Sample", "Modèle"),
    "used by": ("Used by: {names}", "Sert à" + NBSP + ": {names}"),
    "depends": ("Depends on: {what}", "Dépend de" + NBSP + ": {what}"),
    "limit": ("No more than {value} count", "Plafond" + NBSP + ": {value}"),
    "across": ("Across the top: {what}", "En tête des colonnes" + NBSP + ": {what}"),
    "left open": (
        "Somebody must judge this; it is not known until it has been decided.",
        "Cette question relève de l’appréciation; la réponse reste inconnue tant que personne n’a tranché.",
    ),
    "never counts": (
        "It is for the reader to know, and never counts for or against anybody.",
        "Elle est là pour l’information du lecteur et ne compte jamais pour ou contre qui que ce soit.",
    ),
    "question asked": ("Question: {question}", "Question" + NBSP + ": {question}"),
    "fields": ("It holds:", "Ce groupe comprend" + NBSP + ":"),
    "field": ("{label} ({name}): {type}", "{label} ({name})" + NBSP + ": {type}"),
    "always holds": ("{label}. In each of them:", "{label}. Dans chacun" + NBSP + ":"),
    "under": ("Under {what}", "Selon {what}"),
    "words": ("One of these:", "L’une de ces valeurs" + NBSP + ":"),
    "words in order": (
        "One of these, from low to high:",
        "L’une de ces valeurs, de la plus basse à la plus haute" + NBSP + ":",
    ),
    "sign": ("Written with the sign {sign}", "S’écrit avec le signe {sign}"),
    "entries": ("{n} entries, from the file {file}", "{n} entrées, tirées du fichier {file}"),
    "columns": ("Its columns:", "Ses colonnes" + NBSP + ":"),
    "key column": (
        "{label}, by which entries are found: {value}",
        "{label}, qui désigne l’entrée" + NBSP + ": {value}",
    ),
    "codes": ("These codes:", "Ces codes" + NBSP + ":"),
    "except": ("Except:", "Sauf" + NBSP + ":"),
    "drawn": (
        "What stands under {column} in each row of {dataset}",
        "Ce qui figure sous {column} dans chaque ligne de {dataset}",
    ),
    "drawn where": (
        "What stands under {column} in the rows of {dataset} that count",
        "Ce qui figure sous {column} dans les lignes de {dataset} qui comptent",
    ),
    "row counts": ("A row counts when", "Une ligne compte si"),
    "begin with": ("all that begin with {prefix}", "tous ceux qui commencent par {prefix}"),
    "cited as": ("Cited as: {short}", "Citée ainsi" + NBSP + ": {short}"),
    "section": ("[section]", "[article]"),
    "place": ("[place]", "[passage]"),
    "written": ("A place in it is written: {form}", "Un passage s’écrit" + NBSP + ": {form}"),
    "published": ("Published at: {link}", "Publiée à l’adresse" + NBSP + ": {link}"),
    "like": ("As in the sample {sample}", "Comme dans le modèle {sample}"),
    "item alone": ("item", "élément"),
    # -- types
    "type yes_no": ("yes or no", "oui ou non"),
    "type text": ("text", "texte"),
    "type date": ("day", "jour"),
    "type moment": ("moment, with its offset from UTC", "moment, avec son décalage par rapport à l’UTC"),
    "type code": ("code", "code"),
    "type code of": ("code of {n} digits", "code de {n} chiffres"),
    "type key": ("code of {dataset}", "code de {dataset}"),
    "type row": ("entry of {dataset}", "entrée de {dataset}"),
    "type group": ("group of {of}", "groupe de {of}"),
    "type run": ("unbroken period of {of}", "période ininterrompue de {of}"),
    "type list": ("list: {of}", "liste" + NBSP + ": {of}"),
    "type optional": ("{of}, or none", "{of}, ou aucun"),
    "type by": ("{of}, for each of {by}", "{of}, pour chaque valeur de {by}"),
    "type integer": ("whole number", "nombre entier"),
    "type number": ("number", "nombre"),
    "type points": ("points", "points"),
    "type hours": ("hours", "heures"),
    "type years": ("years", "années"),
    "type months": ("months", "mois"),
    "type weeks": ("weeks", "semaines"),
    "type days": ("days", "jours"),
    "in steps": ("in steps of {step}", "par pas de {step}"),
    "from to": ("from {low} to {high}", "de {low} à {high}"),
    # -- functions of the language
    "completed_years": (
        "whole years from {from} to {to}",
        "années complètes (début" + NBSP + ": {from}; fin" + NBSP + ": {to})",
    ),
    "completed_months": (
        "whole months from {from} to {to}",
        "mois complets (début" + NBSP + ": {from}; fin" + NBSP + ": {to})",
    ),
    "credited": (
        "hours credited, at most {cap} a week, from {from} to the day before {until}, for",
        "heures comptabilisées, au plus {cap} par semaine, du {from} à la veille du {until}, pour",
    ),
    "runs": ("unbroken periods ({how}) of", "périodes ininterrompues ({how}) de"),
    "runs gap": ("at most {value} apart", "au plus {value} d’intervalle"),
    "runs at_least": ("at least {value} a week", "au moins {value} par semaine"),
    "runs from": ("from {value}", "à compter du {value}"),
    "runs until": ("up to the day before {value}", "jusqu’à la veille du {value}"),
    "floor": ("the whole part of {value}", "la partie entière de {value}"),
    "multiple": ("{value}: a whole multiple of {of}", "{value}" + NBSP + ": un multiple entier de {of}"),
    "prefix": ("the first {n} digits of {value}", "les {n} premiers chiffres de {value}"),
    "digit": ("digit {n} of {value}", "chiffre {n} de {value}"),
}
"""Patterns take their parts by name; a part may hold links."""


def fill(pattern: str, language: str, **parts: Words | str) -> Words:
    """A pattern of pages, or else of explanations, with its parts filled in."""
    found = PAGE_PATTERNS.get(pattern) or PATTERNS[pattern]
    return tidy(_filled(found[language == "fr"], parts))


def _filled(text: str, parts: Mapping[str, Words | str]) -> Iterator[Part]:
    for literal, name, _, _ in Formatter().parse(text):
        yield literal
        if name is not None:
            part = parts[name]
            yield from (part,) if isinstance(part, str) else part


def joined(pieces: list[Words], between: str) -> Words:
    """Several texts with something between each two."""
    parts: list[Part] = []
    for piece in pieces:
        parts += ((between,) if parts else ()) + piece
    return tidy(iter(parts))


def tidy(parts: Iterator[Part]) -> Words:
    """A text without empty pieces, and with neighbours that are plain put together."""
    tidied: list[Part] = []
    for part in parts:
        if isinstance(part, str) and tidied and isinstance(before := tidied[-1], str):
            tidied[-1] = before + part
        elif part != "":
            tidied.append(part)
    return tuple(tidied)


def plain(words: Words) -> str:
    """A text without its links."""
    return "".join(part if isinstance(part, str) else part.text for part in words)


def capital(words: Words) -> Words:
    """A text that begins with a capital."""
    match words:
        case (str(first), *rest):
            return (first[:1].upper() + first[1:], *rest)
        case _:
            return words
