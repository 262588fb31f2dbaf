"""YAML, with the place of every value and no guess about its type.

Plain scalars keep their text (`NO` is not no, `2024-02-31` not an error yet, `010` not eight). The events of the
parser are read rather than its nodes, so that an alias is seen before it is followed and nothing is nested too deeply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn

import yaml

from policy.diagnostics import Diagnostic, Mistakes
from policy.profiles import errors
from policy.profiles.document import DEEPEST, UNUSABLE, Datum, Entry, ListDatum, MappingDatum, ScalarDatum, short_text
from policy.profiles.errors import Place
from policy.text import Source, Span

WORD: Final = re.compile(r"[^\s,\[\]{}]*")

TROUBLE: Final = (
    ("'\\t' that cannot start", "a tab stands where spaces are wanted", "indent with spaces"),
    ("that cannot start any token", "text cannot begin with this character", "put the text in quotes"),
    (
        "mapping values are not allowed",
        "a `:` is not expected here",
        "check the indentation; put text with `: ` in quotes",
    ),
    ("could not find expected ':'", "a `:` is missing after a key", "write `key: value`"),
    ("end of stream while scanning a quoted", "the text in quotes does not end", "close the quotes"),
    ("unexpected end of stream", "the text in quotes does not end", "close the quotes"),
    ("unexpected document separator", "the text in quotes does not end before `---`", "close the quotes"),
    ("unknown escape character", "a `\\` stands before a character that it cannot change", "use single quotes"),
    ("expected escape sequence", "a `\\` wants hexadecimal digits after it", "use single quotes"),
    ("sequence entries are not allowed", "a list cannot begin here", "put the `-` on a line of its own"),
    ("expected ',' or ']'", "a list opened with `[` is not closed before this", "write a `,` or `]`"),
    ("expected ',' or '}'", "a record opened with `{` is not closed before this", "write a `,` or `}`"),
    ("expected <block end>", "this line does not fit the ones before it", "align it with its neighbours"),
    ("expected '<document start>'", "something follows the end of the document", "check the indentation and brackets"),
    ("undefined tag handle", "a tag cannot be used", "text that begins with `!` goes in quotes"),
    ("expected alphabetic or numeric", "text cannot begin with `&` or `*`", "put the text in quotes"),
)
"""What the parser says, what we say, and what to do: the first that fits."""


def read_yaml(source: Source) -> Datum:
    """The document, or `Mistakes`: all that can be seen up to the first breach of the grammar."""
    reader = _Reader(source)
    datum = reader.document()
    if reader.mistakes or datum is None:
        raise Mistakes(reader.mistakes or [errors.empty_document(Place(source.span(0, len(source.text))))])
    return datum


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; `key` is the one whose value comes next."""

    start: int
    flow: bool
    mapping: bool
    items: list[Datum] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    key: ScalarDatum | None = None
    wants_key: bool = True

    def close(self, source: Source, end: int) -> Datum:
        """The finished datum. The parser puts the end of an indented one at the next token, so its last child tells."""
        if not self.flow:
            last = list(self.entries.values())[-1].value if self.entries else self.items[-1] if self.items else None
            end = last.span.end if last is not None and last.span is not None else self.start
        span = source.span(self.start, max(end, self.start))
        return MappingDatum(tuple(self.entries.values()), span) if self.mapping else ListDatum(tuple(self.items), span)


class _Reader:
    """A text, the lists and mappings open in it, and what was wrong so far."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.mistakes: list[Diagnostic] = []
        self.open: list[_Open] = []
        self.root: Datum | None = None
        self.linked = False

    def document(self) -> Datum | None:
        documents = 0
        for event in self.events():
            span = self.span(event)
            match event:
                case yaml.DocumentStartEvent(tags=tags):
                    documents += 1
                    for tag in tags or ():
                        self.mistakes.append(errors.yaml_tag(Place(span), short_text(tag)))
                    if documents > 1:
                        self.mistakes.append(errors.several_documents(Place(span)))
                        break
                case yaml.AliasEvent():
                    self.link(span)
                    self.add(ScalarDatum(None, span))
                case yaml.ScalarEvent(value=value, style=style):
                    self.look(event, span)
                    if UNUSABLE.search(value):
                        self.mistakes.append(errors.unusable_character(Place(span)))
                    self.add(ScalarDatum(value, span, plain=not style))
                case yaml.CollectionStartEvent():
                    self.look(event, span)
                    if len(self.open) >= DEEPEST:
                        raise Mistakes([*self.mistakes, errors.too_deep(Place(span), DEEPEST)])
                    mapping = isinstance(event, yaml.MappingStartEvent)
                    self.open.append(_Open(span.start, bool(event.flow_style), mapping))
                case yaml.CollectionEndEvent():
                    self.add(self.open.pop().close(self.source, span.end))
        empty = isinstance(self.root, ScalarDatum) and self.root.plain and self.root.value == ""
        return None if empty else self.root

    def events(self) -> Iterator[yaml.Event]:
        """The parser's events; what it cannot parse becomes the last mistake."""
        loader: yaml.SafeLoader | None = None
        try:
            loader = yaml.SafeLoader(self.source.text)
            while loader.check_event():
                yield loader.get_event()  # type: ignore[no-untyped-call]  # its stub has no types here
        except yaml.reader.ReaderError as error:
            at = error.position
            self.stop(at, at + 1, "an invisible character stands in the text", "take it out, or write it as an escape")
        except yaml.MarkedYAMLError as error:
            self.malformed(error)
        except (ValueError, OverflowError):  # the parser converts escapes and version numbers without looking
            at = loader.index if loader is not None else 0
            self.stop(at, at, "an escape or a version in the text is not one", "write the character itself")

    def look(self, event: yaml.NodeEvent, span: Span) -> None:
        """Reports an anchor and a tag."""
        for mark, given in (("&", event.anchor), ("!", getattr(event, "tag", None))):
            if given is not None:
                at = max(span.start, self.source.text.find(mark, span.start))
                word = WORD.match(self.source.text, at)
                place = self.source.span(at, word.end() if word else at)
                if mark == "&":
                    self.link(place)
                else:
                    self.mistakes.append(errors.yaml_tag(Place(place), short_text(place.text)))

    def link(self, span: Span) -> None:
        """Reports the first alias or anchor: they come in crowds, and the cure is the same."""
        if not self.linked:
            self.linked = True
            self.mistakes.append(errors.yaml_alias(Place(span), short_text(span.text)))

    def span(self, event: yaml.Event) -> Span:
        assert event.start_mark is not None
        assert event.end_mark is not None
        return self.source.span(event.start_mark.index, event.end_mark.index)

    def add(self, datum: Datum) -> None:
        """Puts a finished datum where it belongs."""
        if not self.open:
            self.root = datum
            return
        into = self.open[-1]
        if not into.mapping:
            into.items.append(datum)
        elif into.wants_key:
            into.key = self.key(datum)
            into.wants_key = False
        else:
            into.wants_key = True
            if into.key is not None:
                self.enter(into, into.key, datum)

    def key(self, datum: Datum) -> ScalarDatum | None:
        """The datum, if it can be a key."""
        if isinstance(datum, ScalarDatum) and isinstance(datum.value, str) and not (datum.plain and datum.value == ""):
            return datum
        if not (isinstance(datum, ScalarDatum) and datum.value is None):  # an alias, already reported
            span = datum.span
            self.mistakes.append(errors.key_is_not_text(Place(span), short_text(span.text) if span else ""))
        return None

    def enter(self, into: _Open, key: ScalarDatum, value: Datum) -> None:
        assert isinstance(key.value, str)
        if (first := into.entries.get(key.value)) is not None:
            self.mistakes.append(errors.duplicate_key(Place(key.span), short_text(key.value), first.key_span))
        else:
            into.entries[key.value] = Entry(key.value, value, key.span)

    def malformed(self, error: yaml.MarkedYAMLError) -> NoReturn:
        mark = error.problem_mark or error.context_mark
        at = mark.index if mark is not None else len(self.source.text)
        said = f"{error.problem or ''} {error.context or ''}"
        for begins, message, help in TROUBLE:
            if begins in said:
                if error.context_mark is not None and "quotes does not end" in message:
                    at = error.context_mark.index
                self.stop(at, at + 1, message, help)
        self.stop(at, at + 1, "this is not YAML", "check the indentation and the quotes")

    def stop(self, start: int, end: int, message: str, help: str) -> NoReturn:
        span = self.source.span(start, max(start, min(end, len(self.source.text))))
        raise Mistakes([*self.mistakes, errors.malformed_document(Place(span), message, help)])
