"""What explanations say in each language. Patterns take their parts by name; nothing here is about any one policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["en", "fr"]

LANGUAGES: Final = ("en", "fr")

NBSP: Final = "\N{NO-BREAK SPACE}"

STATES: Final[Mapping[str, tuple[str, str]]] = {
    "met": ("met", "satisfait"),
    "not met": ("not met", "non satisfait"),
    "unknown": ("cannot tell yet", "reste à déterminer"),
    "not applicable": ("does not apply", "sans objet"),
    "fault": ("no answer", "sans réponse"),
    "value": ("", ""),
    "counted": ("counts", "compte"),
    "not counted": ("does not count", "ne compte pas"),
    "possibly counted": ("may count", "compte peut-être"),
}

PATTERNS: Final[Mapping[str, tuple[str, str]]] = {
    "colon": ("{label}: {value}", "{label}" + NBSP + ": {value}"),
    "in force": ("Rules in force on {day}.", "Règles en vigueur le {day}."),
    "measured": ("Facts measured on {day}.", "Faits mesurés le {day}."),
    "heading": ("Answer for {day}", "Réponse pour le {day}"),
    "text since": ("text in force since {day}", "texte en vigueur depuis le {day}"),
    "proposed since": (
        "proposed text, as if in force since {day}",
        "texte proposé, comme s’il était en vigueur depuis le {day}",
    ),
    "rests on proposed": (
        "This answer rests on proposed text, which is not law.",
        "Cette réponse repose sur un texte proposé, qui n’a pas force de loi.",
    ),
    "uncertain day": (
        "the day on which this text took effect is uncertain (between {first} and {last}); {instead}.",
        "le jour de l’entrée en vigueur de ce texte est incertain (entre le {first} et le {last}); {instead}.",
    ),
    "text instead": (
        "if it was not yet in force, the text of {day} applies",
        "s’il n’était pas encore en vigueur, le texte du {day} s’applique",
    ),
    "no text yet": (
        "if it was not yet in force, there was no text",
        "s’il n’était pas encore en vigueur, il n’y avait aucun texte",
    ),
    "perhaps already": (
        "the text of {day} may have been in force already (its first day is uncertain, between {first} and {last}).",
        "le texte du {day} était peut-être déjà en vigueur (date incertaine, entre le {first} et le {last}).",
    ),
    "verified": (
        "this text was last verified on {day}; what may have changed since is not in it.",
        "ce texte a été vérifié pour la dernière fois le {day}; ce qui a pu changer depuis n’y figure pas.",
    ),
    "of": ("{have} of {need}", "{have} sur {need}"),
    "short": ("{n} short", "il manque {n}"),
    "over": ("{n} above", "{n} de plus"),
    "exactly": ("exactly enough", "exactement le nécessaire"),
    "must be": ("must be {need}", "exigé" + NBSP + ": {need}"),
    "must not be": ("must not be {need}", "exclu" + NBSP + ": {need}"),
    "at least": ("at least {value}", "au moins {value}"),
    "at most": ("at most {value}", "au plus {value}"),
    "more than": ("more than {value}", "plus de {value}"),
    "less than": ("less than {value}", "moins de {value}"),
    "on or after": ("{value} or later", "le {value} ou plus tard"),
    "on or before": ("{value} or earlier", "le {value} ou plus tôt"),
    "after": ("after {value}", "après le {value}"),
    "before": ("before {value}", "avant le {value}"),
    "up to": ("up to {value}", "jusqu’à {value}"),
    "from": ("{value} or more", "{value} ou plus"),
    "range": ("{low} to {high}", "{low} à {high}"),
    "below only": ("less than {value}", "moins de {value}"),
    "below": ("{low} to less than {high}", "{low} à moins de {high}"),
    "one of": ("one of {values}", "l’un de {values}"),
    "listed in": ("in “{set}”", "dans «" + NBSP + "{set}" + NBSP + "»"),
    "or": (" or ", " ou "),
    "window": (
        "From {start} up to and including the day before {until}.",
        "Du {start} jusqu’à la veille du {until}, inclusivement.",
    ),
    "cap": ("Hours above {cap} a week add nothing.", "Les heures au-delà de {cap} par semaine ne comptent pas."),
    "ongoing": ("{start}, still going on", "{start}, toujours en cours"),
    "span": ("{start} to {end}", "du {start} au {end}"),
    "unknown start": ("first day not known", "premier jour inconnu"),
    "unknown end": ("last day not known", "dernier jour inconnu"),
    "credits": ("{hours} credited", "{hours} comptabilisées"),
    "credits less": (
        "{hours} credited of {raw} in the window: {why}",
        "{hours} comptabilisées sur {raw} dans la période" + NBSP + ": {why}",
    ),
    "above the cap": (
        "hours above {cap} a week add nothing",
        "les heures au-delà de {cap} par semaine ne comptent pas",
    ),
    "at the same time": ("at the same time as others in the list", "en même temps que d’autres de la liste"),
    "up to credited": ("up to {hours}", "jusqu’à {hours}"),
    "the most": ("the most", "le plus élevé"),
    "the least": ("the least", "le moins élevé"),
    "not greatest": ("not among the {n} greatest", "pas parmi les {n} plus élevés"),
    "not greatest alone": ("not the greatest", "n’est pas le plus élevé"),
    "not least alone": ("not the least", "n’est pas le moins élevé"),
    "not least": ("not among the {n} least", "pas parmi les {n} moins élevés"),
    "tied": ("a tie", "à égalité"),
    "perhaps": ("perhaps {what}", "peut-être {what}"),
    "outside window": ("outside the window", "hors de la période"),
    "takes out": ("time taken out", "temps retranché"),
    "keeps": ("only time within counts", "seul le temps compris compte"),
    "cut away": ("taken out by other periods", "retiré par d’autres périodes"),
    "capped": ("Capped at {value}.", "Plafonné à {value}."),
    "rounded down": (
        "{value}, rounded down in steps of {step}",
        "{value}; arrondissement vers le bas, par tranches de {step}",
    ),
    "rounded up": (
        "{value}, rounded up in steps of {step}",
        "{value}; arrondissement vers le haut, par tranches de {step}",
    ),
    "rounded half up": (
        "{value}, rounded to the nearest, halves up, in steps of {step}",
        "{value}; arrondissement au plus proche, les demies vers le haut, par tranches de {step}",
    ),
    "whole part of": ("whole part of {what}", "partie entière de {what}"),
    "between": ("between {low} and {high}", "entre {low} et {high}"),
    "several": ("several possible: say which", "plusieurs possibles" + NBSP + ": précisez"),
    "row of": ("a row of “{dataset}”", "une ligne de «" + NBSP + "{dataset}" + NBSP + "»"),
    "row": ("row {n} of the table: {cells}", "ligne {n} du tableau" + NBSP + ": {cells}"),
    "last row": ("below the last row of the table", "sous la dernière ligne du tableau"),
    "tie": ("a tie", "à égalité"),
    "none": ("none", "aucun"),
    "nothing": ("nothing here", "rien"),
    "unknown": ("not known", "inconnu"),
    "not applicable": ("does not apply", "sans objet"),
    "number of": ("Number of {what}", "Nombre de {what}"),
    "day of": ("{what} (day, by the clock of {zone})", "{what} (jour, à l’heure de {zone})"),
    "items": ("{n} in the list", "{n} dans la liste"),
    "item": ("1 in the list", "1 dans la liste"),
    "empty": ("none in the list", "aucun dans la liste"),
    "assessed on": ("Day on which facts are measured", "Jour où les faits sont mesurés"),
    "hours credited": ("Hours credited", "Heures comptabilisées"),
    "unbroken": ("Unbroken periods", "Périodes ininterrompues"),
    "group": ("Group", "Groupe"),
    "run": ("Unbroken period", "Période ininterrompue"),
    "not": ("not: {what}", "non" + NBSP + ": {what}"),
    "see above": ("see above", "voir ci-dessus"),
    "decide": ("needs a decision under {provision}", "relève d’une décision ({provision})"),
    "decide plain": ("needs a decision", "relève d’une décision"),
    "missing": ("Facts that are missing", "Renseignements manquants"),
    "questions": ("Left to judgment", "Laissé à l’appréciation"),
    "remarks": ("Remarks", "Remarques"),
    "unconfirmed": ("Unconfirmed", "Non confirmé"),
    "assumed": ("Assumed, not worked out", "Supposé, non établi"),
    "on day": (
        "{label}, on {day} under the text in force that day",
        "{label}, au {day} selon le texte en vigueur ce jour-là",
    ),
    "on unknown day": ("{label}, on the day “{what}”", "{label}, au jour «" + NBSP + "{what}" + NBSP + "»"),
    "as it read": ("{label}, as it read on {day}", "{label}, dans sa version au {day}"),
    "set here": ("set by the rule that asks, not worked out", "fixé par la règle qui le demande, non établi"),
    "set for": ("Set for this: {label}", "Fixé à cette fin" + NBSP + ": {label}"),
    "assumed here": ("assumed, not worked out", "supposé, non établi"),
    "unread": (
        "Given, but not used because of what is assumed",
        "Fourni, mais inutilisé en raison de ce qui est supposé",
    ),
    "disclaimer": (
        "General information only; the law governs.",
        "À titre d’information seulement; la loi l’emporte.",
    ),
    "in profile": ("in the profile: {path}", "dans le profil" + NBSP + ": {path}"),
    "answer one": ("One fact is missing.", "Il manque un renseignement."),
    "answer many": ("{n} facts are missing.", "Il manque {n} renseignements."),
}

FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "none": ("something absent would have to be read", "il faudrait lire ce qui est absent"),
    "does-not-apply": (
        "something that does not apply would have to be used",
        "il faudrait utiliser ce qui est sans objet",
    ),
    "no-row": ("no row of the table covers this case", "aucune ligne du tableau ne vise ce cas"),
    "several-rows": ("several rows of the table cover this case", "plusieurs lignes du tableau visent ce cas"),
    "no-key": ("the list has no such entry", "la liste n’a pas cette entrée"),
    "empty": ("there is nothing to compare", "il n’y a rien à comparer"),
    "division": ("a division by zero", "une division par zéro"),
    "not-in-force": ("the rule was not in force on that day", "la règle n’était pas en vigueur ce jour-là"),
    "no-digit": ("the code is too short", "le code est trop court"),
}

UNITS: Final[Mapping[str, tuple[tuple[str, str], tuple[str, str]]]] = {
    "hours": (("hour", "hours"), ("heure", "heures")),
    "years": (("year", "years"), ("an", "ans")),
    "months": (("month", "months"), ("mois", "mois")),
    "weeks": (("week", "weeks"), ("semaine", "semaines")),
    "days": (("day", "days"), ("jour", "jours")),
    "points": (("point", "points"), ("point", "points")),
}
"""The singular and plural of each unit, in English and in French."""

MONTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
}


def say(pattern: str, language: str, **parts: object) -> str:
    """A pattern with its parts filled in."""
    return PATTERNS[pattern][language == "fr"].format(**parts)


def state_word(state: str, language: str) -> str:
    """The word for how a line came out."""
    return STATES[state][language == "fr"]
