"""Every mistake a document or a profile can hold: one small constructor each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from policy.diagnostics import Code, Diagnostic, Note
from policy.frozen import dataclass
from policy.text import Span

UNREADABLE_FILE: Final = Code("unreadable-file", "A file cannot be opened or read.")
TOO_BIG: Final = Code("document-too-big", "A document is larger than any profile needs to be.")
NOT_TEXT: Final = Code("document-not-text", "A file does not hold text in UTF-8.")
EMPTY_DOCUMENT: Final = Code("empty-document", "A document holds nothing.")
MALFORMED_DOCUMENT: Final = Code("malformed-document", "A document breaks the grammar of its format.")
DUPLICATE_KEY: Final = Code("duplicate-key", "A key stands twice in one mapping.")
YAML_ALIAS: Final = Code("yaml-alias", "A YAML document uses an anchor or an alias.")
YAML_TAG: Final = Code("yaml-tag", "A YAML document uses a tag.")
SEVERAL_DOCUMENTS: Final = Code("several-documents", "A YAML text holds more than one document.")
TOO_DEEP: Final = Code("document-too-deep", "Lists and mappings stand inside one another too many times.")
NOT_A_NUMBER: Final = Code("not-a-number", "`NaN` or infinity stands where only real numbers may.")
NUMBER_TOO_LONG: Final = Code("number-too-long", "A number has more digits than any quantity needs.")
UNUSABLE_CHARACTER: Final = Code("unusable-character", "A text holds NUL or half of a character.")
UNUSABLE_VALUE: Final = Code("unusable-value", "A value given from Python is of a kind that no profile holds.")
KEY_NOT_TEXT: Final = Code("key-not-text", "A key is missing, or is not a text.")
UNKNOWN_KEY: Final = Code("unknown-key", "A key is not one of those that may stand there.")
UNKNOWN_VALUE: Final = Code("unknown-value", "A value is not one of a closed list.")
UNKNOWN_QUESTION: Final = Code("unknown-question", "An answer is given to a question that nobody asks.")
UNKNOWN_RECORD: Final = Code("unknown-record", "An answer is about a record that the profile does not hold.")
WRONG_TYPE: Final = Code("wrong-type", "A value is of another kind than its place wants.")
EMPTY_VALUE: Final = Code("empty-value", "A key stands with nothing after it.")
NOT_OPTIONAL: Final = Code("not-optional", "None is given for what cannot be absent.")
AMBIGUOUS_NONE: Final = Code("ambiguous-none", "`none` could mean absence or the value of that name.")
OUT_OF_RANGE: Final = Code("out-of-range", "A number is below the least or above the most it can be.")
OFF_STEP: Final = Code("off-step", "A number lies between two steps of its scale.")
NUMBER_FOR_CODE: Final = Code("number-for-code", "A number is given where a code, which is text, is wanted.")
MALFORMED_CODE: Final = Code("malformed-code", "A code does not have the form that its type wants.")
NOT_A_DATE: Final = Code("not-a-date", "A text is not a day of the calendar.")
NOT_A_MOMENT: Final = Code("not-a-moment", "A text is not an instant with its offset from UTC.")
END_BEFORE_START: Final = Code("end-before-start", "A period ends before it starts.")
INVALID_RECORD: Final = Code("invalid-record", "A record breaks a condition that its declaration sets.")
DOES_NOT_APPLY: Final = Code("does-not-apply", "A value is given for a field that does not apply.")
CANNOT_BE_GIVEN: Final = Code("cannot-be-given", "A value is given for what can only be computed.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mistake is: a stretch of a text, a path inside a document, or both."""

    span: Span | None = None
    path: str | None = None


def mistake(code: Code, place: Place, message: str, help: str | None = None, notes: Sequence[Note] = ()) -> Diagnostic:
    """A diagnostic at a place."""
    return Diagnostic(code, message, place.span, help, place.path, tuple(notes))


def listed(words: Sequence[str], most: int = 10) -> str:
    """Words in backticks, with commas; a long list is cut and counted."""
    shown = ", ".join(f"`{word}`" for word in words[:most])
    return shown if len(words) <= most else f"{shown} … ({len(words)} in all)"


# The file


def unreadable_file(name: str, reason: str, help: str | None = None) -> Diagnostic:
    return mistake(UNREADABLE_FILE, Place(), f"cannot read `{name}`: {reason}", help)


def too_big(name: str, megabytes: int) -> Diagnostic:
    return mistake(
        TOO_BIG,
        Place(),
        f"`{name}` is larger than {megabytes} MB",
        "give one profile per document",
    )


def too_many_values(most: int) -> Diagnostic:
    return mistake(TOO_BIG, Place(), f"the dictionary holds more than {most:,} values", "give one profile at a time")


def not_text(place: Place, name: str, reason: str) -> Diagnostic:
    return mistake(NOT_TEXT, place, f"`{name}` is not text in UTF-8: {reason}", "save it as text with encoding UTF-8")


def unusable_character(place: Place) -> Diagnostic:
    return mistake(
        UNUSABLE_CHARACTER,
        place,
        "a NUL or half of a character stands in the text",
        "take the character out; if there are many, save the file anew as UTF-8",
    )


# The document


def empty_document(place: Place) -> Diagnostic:
    return mistake(
        EMPTY_DOCUMENT, place, "the document is empty", "write at least `{}`, a profile of which nothing is known"
    )


def malformed_document(place: Place, message: str, help: str | None = None, *notes: Note) -> Diagnostic:
    return mistake(MALFORMED_DOCUMENT, place, message, help, notes)


def duplicate_key(place: Place, key: str, first: Span | None = None) -> Diagnostic:
    notes = () if first is None else (Note(f"`{key}` stands here first", first),)
    return mistake(DUPLICATE_KEY, place, f"the key `{key}` stands twice", "keep one of them", notes)


def yaml_alias(place: Place, text: str) -> Diagnostic:
    return mistake(
        YAML_ALIAS,
        place,
        f"`{text}` refers from one place of the document to another",
        "write the value out in each place; text that begins with `&` or `*` goes in quotes",
    )


def yaml_tag(place: Place, tag: str) -> Diagnostic:
    return mistake(
        YAML_TAG,
        place,
        f"the tag `{tag}` cannot be used",
        "leave the tag out; text that begins with `!` goes in quotes",
    )


def several_documents(place: Place) -> Diagnostic:
    return mistake(SEVERAL_DOCUMENTS, place, "a second document begins here", "keep one document, without the `---`")


def too_deep(place: Place, deepest: int) -> Diagnostic:
    return mistake(
        TOO_DEEP, place, f"more than {deepest} lists and mappings stand inside one another", "no profile is so deep"
    )


def not_a_number(place: Place, text: str) -> Diagnostic:
    return mistake(NOT_A_NUMBER, place, f"`{text}` is not a number", "leave the key out when the number is not known")


def number_too_long(place: Place) -> Diagnostic:
    return mistake(NUMBER_TOO_LONG, place, "the number is too long to be meant", "check how many digits it has")


def key_is_not_text(place: Place, key: str) -> Diagnostic:
    message = f"`{key}` is not a key: a key is a text" if key else "a key is missing here"
    return mistake(KEY_NOT_TEXT, place, message, "write a name before each `:`")


def unusable_key(place: Place, kind: str) -> Diagnostic:
    return mistake(KEY_NOT_TEXT, place, f"a key is of type `{kind}`: a key is a text", "give each key as text")


def unusable_value(place: Place, kind: str) -> Diagnostic:
    return mistake(
        UNUSABLE_VALUE,
        place,
        f"a value of type `{kind}` cannot stand in a profile",
        "give text, a number, true or false, None, a date, a list or a dictionary; leave out what is not known",
    )


# The profile


def unknown_key(place: Place, key: str, of: str, help: str) -> Diagnostic:
    return mistake(UNKNOWN_KEY, place, f"unknown key `{key}` in {of}", help)


def unknown_value(place: Place, value: str, of: str, help: str | None) -> Diagnostic:
    return mistake(UNKNOWN_VALUE, place, f"`{value}` is not {of}", help)


def unknown_question(place: Place, key: str, help: str) -> Diagnostic:
    return mistake(UNKNOWN_QUESTION, place, f"no open question is called `{key}`", help)


def unknown_record(place: Place, key: str, help: str) -> Diagnostic:
    return mistake(UNKNOWN_RECORD, place, f"the profile holds no record `{key}`", help)


def wrong_type(place: Place, message: str, help: str | None) -> Diagnostic:
    return mistake(WRONG_TYPE, place, message, help)


def empty_value(place: Place, key: str | None, help: str) -> Diagnostic:
    return mistake(EMPTY_VALUE, place, "the value is empty" if key is None else f"nothing stands after `{key}`", help)


def not_optional(place: Place, word: str, wanted: str, help: str) -> Diagnostic:
    return mistake(NOT_OPTIONAL, place, f"`{word}` says that there is none, where {wanted} is wanted", help)


def ambiguous_none(place: Place, word: str) -> Diagnostic:
    return mistake(
        AMBIGUOUS_NONE,
        place,
        f"`{word}` could mean that there is none, or the value of that name",
        f'write `~` for none, or `"{word}"` in quotes for the value',
    )


def out_of_range(place: Place, value: str, side: str, bound: str, help: str) -> Diagnostic:
    return mistake(OUT_OF_RANGE, place, f"`{value}` is {side} {bound}", help)


def off_step(place: Place, value: str, step: str, help: str) -> Diagnostic:
    return mistake(OFF_STEP, place, f"`{value}` is not a multiple of {step}", help)


def number_for_code(place: Place, value: str, wanted: str) -> Diagnostic:
    return mistake(
        NUMBER_FOR_CODE,
        place,
        f"`{value}` is a number, where {wanted} is wanted: codes are text",
        "put the code in quotes: leading zeros are lost in a number",
    )


def malformed_code(place: Place, value: str, wanted: str, help: str) -> Diagnostic:
    return mistake(MALFORMED_CODE, place, f"`{value}` is not {wanted}", help)


def not_a_date(place: Place, value: str, reason: str, help: str) -> Diagnostic:
    return mistake(NOT_A_DATE, place, f"`{value}` is not a date{reason}", help)


def not_a_moment(place: Place, value: str, reason: str, help: str) -> Diagnostic:
    return mistake(NOT_A_MOMENT, place, f"`{value}` is not a moment{reason}", help)


def end_before_start(place: Place, start: str, end: str, start_span: Span | None) -> Diagnostic:
    notes = () if start_span is None else (Note("the start is here", start_span),)
    return mistake(
        END_BEFORE_START,
        place,
        f"the end `{end}` is before the start `{start}`",
        "put the earlier day in `start`, and `null` in `end` for what goes on",
        notes,
    )


def invalid_record(place: Place, condition: str) -> Diagnostic:
    return mistake(INVALID_RECORD, place, condition)


def does_not_apply(place: Place, key: str, reason: str) -> Diagnostic:
    message = f"`{key}` applies only when {' '.join(reason.split())}" if reason else f"`{key}` does not apply here"
    return mistake(DOES_NOT_APPLY, place, message, "leave the key out")


def cannot_be_given(place: Place, kind: str) -> Diagnostic:
    return mistake(CANNOT_BE_GIVEN, place, f"a {kind} is computed and cannot be given", "give the facts it comes from")
