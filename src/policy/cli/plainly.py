"""Command lines that ask for an answer and are plain, understood without the parser of options.

That parser takes longer to load than an answer takes. It gets every other command line: those that ask for help, those
in which anything is wrong, and those written in a way that is not known here. A test compares what both take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from policy.cli.common import Format, Language


class Asked(NamedTuple):
    """What is asked for, as `print_answer` takes it."""

    profile: Path
    on: str | None
    assessed_on: str | None
    names: list[str]
    assume: list[str]
    language: Language
    format: Format
    policies: Path | None
    proposed: bool


ARGUMENTS: Final[Mapping[str, tuple[str, ...]]] = {"evaluate": ("profile",), "explain": ("outcome", "profile")}
"""What each verb takes by its place."""

OPTIONS: Final[Mapping[str, str]] = {
    "--on": "on",
    "--assessed-on": "assessed_on",
    "--only": "only",
    "--assume": "assume",
    "--language": "language",
    "-l": "language",
    "--format": "format",
    "-f": "format",
    "--policies": "policies",
    "-p": "policies",
    "--proposed": "proposed",
}
REPEATED: Final = frozenset({"only", "assume"})
FLAGS: Final = frozenset({"proposed"})
ONLY_OF: Final[Mapping[str, str]] = {"only": "evaluate"}
"""Options that one verb alone has."""


def asked_plainly(words: Sequence[str]) -> Asked | None:
    """What a command line asks for; None when it is for the parser of options."""
    if not words or words[0] not in ARGUMENTS:
        return None
    verb, given, places = words[0], dict[str, list[str]](), list[str]()
    for option, value in _read(words[1:]):
        name = OPTIONS.get(option, option)
        if name == "":
            places.append(value)
        elif name not in OPTIONS.values() or ONLY_OF.get(name, verb) != verb or not value or value.startswith("-"):
            return None
        else:
            given.setdefault(name, []).append(value)
    once = {name: values[0] for name, values in given.items() if name not in REPEATED}
    twice = any(len(values) > 1 for name, values in given.items() if name not in REPEATED)
    language, format = once.get("language", "en"), once.get("format", "text")
    if twice or len(places) != len(ARGUMENTS[verb]) or language not in set(Language) or format not in set(Format):
        return None
    return Asked(
        profile=Path(places[-1]),
        on=once.get("on"),
        assessed_on=once.get("assessed_on"),
        names=given.get("only", []) if verb == "evaluate" else [places[0]],
        assume=given.get("assume", []),
        language=Language(language),
        format=Format(format),
        policies=Path(once["policies"]) if "policies" in once else None,
        proposed="proposed" in once,
    )


def _read(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each option with its value; a word that is none with "" for the option."""
    rest = iter(words)
    for word in rest:
        option, sign, value = word.partition("=")
        if not word.startswith("-"):
            yield "", word
        elif OPTIONS.get(word) in FLAGS:
            yield word, "yes"
        elif sign and option.startswith("--") and OPTIONS.get(option) not in FLAGS:
            yield option, value
        else:
            yield word, next(rest, "")
