"""YAML text that is not in plain lines to a tree, by PyYAML.

Reading goes by the C parser's events, since composing a tree recurses in C and crashes on deep nesting.
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml import (
    AliasEvent,
    CSafeLoader,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    SafeLoader,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from calfeed.reading.characters import COMMENT, Slip, missed_spaces_in, one_spelling, refusal, refused_in
from calfeed.reading.nodes import Doubt, Mapping, Node, Notes, Sequence, Steps
from calfeed.reading.problems import Location, Problem
from calfeed.reading.syntax import (
    A_KEY,
    PLACEHOLDER,
    TAB,
    TEMPLATE,
    begins_with_dash,
    is_of_a_value,
    is_without_quotes,
    item_slip,
    not_closed,
    syntax_slip,
    tabs_from,
    with_quotes,
)

Event: TypeAlias = Any  # a yaml.Event; the published stubs leave out most of its attributes

# Ours end at eight levels; the limit is for files that are not meant for us.
MAX_DEPTH = 20
_READ_AGAIN = 4_000_000
"""So many characters are read again to find further slips, which takes about half a second."""
_COMES_A_COMMENT = re.compile(r"[ \t]*#")
_LIBYAML_GIVES_UP = "exceeded maximum nesting depth"


def parsed(file: Notes, text: str) -> Node | None:
    """What a text holds, or None where it cannot be read; what is wrong with it is added to its file's problems."""
    missed_spaces = missed_spaces_in(text)
    tree = _Tree(file, text)
    try:
        root = tree.root()
    except yaml.MarkedYAMLError as error:
        gave_up = _gave_up(tree, error)
        file.note_all(missed_spaces or gave_up.slips)
        file.note_all(_slips_behind(file.name, text, gave_up))
        return None
    if slips := [slip for slip in missed_spaces if slip.line not in tree.lines_within_quotes]:
        file.note_all(slips)
        return None
    return root


class _GaveUp(NamedTuple):
    """Where the parser gave up: the slips there, and the lines of these.

    `is_of_value` tells whether the value on that line is the cause, and `is_sure` whether it ends there too.
    """

    slips: list[Slip]
    lines: set[int]
    is_of_value: bool
    is_sure: bool
    is_bare: bool


def _gave_up(tree: "_Tree", error: yaml.MarkedYAMLError) -> _GaveUp:
    problem = error.problem or ""
    slip = syntax_slip(tree.source, problem, error.context_mark, error.problem_mark)
    if slip.message == TAB and (tabs := tabs_from(tree.source, slip.line)):
        return _GaveUp(tabs, {each.line for each in tabs}, False, False, False)
    slips = tree.slips_at(slip)
    line = slips[0].line if slips else slip.line
    text = tree.source.split("\n")[line - 1 : line]
    is_elsewhere = error.problem_mark is None or error.problem_mark.line + 1 != line
    is_of_value = line != slip.line or (bool(text) and is_of_a_value(problem, text[0], slip.column))
    return _GaveUp(slips, {line}, is_of_value, is_of_value and not is_elsewhere, is_without_quotes(problem))


def _slips_behind(name: str, text: str, gave_up: _GaveUp) -> Iterator[Slip]:
    """Yields the slips behind the first one at which the parser gave up on a text.

    The value that is the cause is read as if it had quotes, and any other line is left out. As soon as a line has been
    left out, or a text may go on over lines, what is said of the lines below may be wrong: then only values without
    quotes are told.
    """
    is_sure, told = True, set[int]()
    left = _READ_AGAIN
    while (new := gave_up.lines - told) and (left := left - len(text)) > 0:
        is_sure = is_sure and gave_up.is_sure
        told |= new
        lines = text.split("\n")
        for line in new:
            lines[line - 1 : line] = [with_quotes(lines[line - 1]) if gave_up.is_of_value else ""]
        text = "\n".join(lines)
        notes = Notes(name)
        tree = _Tree(notes, text)
        try:
            tree.root()
        except yaml.MarkedYAMLError as error:
            gave_up = _gave_up(tree, error)
            if is_sure or (gave_up.is_sure and gave_up.is_bare):
                yield from gave_up.slips
            continue
        if is_sure:
            yield from notes.slips_beside(told)
        return


class _TooDeepError(Exception):
    """The nesting passes MAX_DEPTH; reading stops here."""


class _Tree:
    """Builds the tree of one document from parser events, noting in its file what is refused.

    `lines_within_quotes` are the lines on which a text in quotes, or below a "|" or ">", goes on. `last_quote` is the
    last text in quotes that goes on over several lines.
    """

    def __init__(self, file: Notes, text: str) -> None:
        self.file = file
        self.source = text
        self.lines_within_quotes: set[int] = set()
        self.last_quote: Event = None
        self._lines: list[str] = []
        self.next_event: Callable[[], Event] = lambda: None

    def root(self) -> Node | None:
        """The root of the tree, or None where it is nested too deep; raises yaml.MarkedYAMLError."""
        try:
            return self.build(CSafeLoader(self.source))
        except yaml.MarkedYAMLError as error:
            if error.problem != _LIBYAML_GIVES_UP:
                raise
        # It looks ahead and gives up before it comes to the place that passes MAX_DEPTH; the slow parser comes to it.
        return self.build(SafeLoader(self.source))

    def slips_at(self, slip: Slip) -> list[Slip]:
        """The slip where the parser gave up, or what is the cause of it; nothing if that is told already."""
        if any(each.location.line == slip.line for each in self.file.problems):
            return []
        quote = self.last_quote
        if quote is None or quote.end_mark.line + 1 != slip.line:
            return [slip]
        return [Slip(quote.start_mark.line + 1, quote.start_mark.column + 1, not_closed(slip.line))]

    def build(self, parser: CSafeLoader | SafeLoader) -> Node | None:
        self.next_event = parser.get_event
        root: Node | None = None
        documents = 0
        try:
            while (event := self.next_event()) is not None:
                if type(event) is DocumentStartEvent:
                    documents += 1
                    if documents == 2:
                        self.refuse(event, 'a second document begins here ("---"): one file holds one document')
                elif isinstance(event, NodeEvent):
                    node = self.node(event, 0)
                    root = node if documents == 1 else root
        except _TooDeepError:
            return None
        if not root and not self.file.problems:
            self.file.problems.append(Problem(Location(self.file.name), "the file is empty"))
        return root

    def node(self, event: Event, depth: int, key: str | None = None) -> Node:
        """The value of an event; `key` is its key in a mapping."""
        if type(event) is ScalarEvent:
            return self.value(event, key)
        if type(event) is AliasEvent:
            self.refuse(
                event, f'a text that begins with "*" needs quotes; aliases ("*{event.anchor}") are not supported'
            )
            return ""
        if depth == MAX_DEPTH:
            self.refuse(event, f"this is nested more than {MAX_DEPTH} levels deep")
            raise _TooDeepError
        self.refuse_properties(event)
        if type(event) is SequenceStartEvent:
            return self.sequence(event, depth, key)
        return self.mapping(event, depth)

    def text(self, event: Event) -> str:
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
        value: str = event.value
        if not event.style and value.isascii() and not ("  " in value or "\t" in value or "\n" in value):
            return value  # nearly all texts are in one line with single spaces: for the row "folder to catalog"
        # Only an escape inside double quotes can bring in what the text as a whole does not have.
        if event.style == '"' and (at := next(refused_in(value), None)) is not None:
            self.refuse(event, refusal(value[at]))
        words = " ".join(value.split())
        return words if words.isascii() else one_spelling(words)

    def value(self, event: Event, key: str | None) -> str:
        """A text that is no key, and may go on over several lines."""
        value: str = event.value
        if event.start_mark.line != event.end_mark.line:
            self.check_lines(event, key)
        elif not event.style and not value[:1].isalnum():
            self.check_beginning(event)
        return self.text(event)

    def check_beginning(self, event: Event) -> None:
        """Refuse a text that begins as an item of a list seems to, and a comment where a text should stand."""
        if slip := item_slip(event.value):
            self.refuse(event, slip)
        elif not event.value and _COMES_A_COMMENT.match(self.source, event.start_mark.index):
            self.refuse(event, f'{COMMENT}, so no value is left: delete the "#", or put quotes around the text')

    def check_lines(self, event: Event, key: str | None) -> None:
        """Refuse a text without quotes that takes in what was meant as the items of a list."""
        first, last = event.start_mark.line, event.end_mark.line
        if event.style:
            self.lines_within_quotes.update(range(first + 2, last + 2))
            if event.style in "'\"":
                self.last_quote = event
            return
        self._lines = self._lines or self.source.split("\n")
        if slip := item_slip(event.value):
            self.refuse(event, slip)
            return
        slips = list(self.items_in(first + 1, last))
        self.file.note_all(slips)
        if key is not None and not slips:
            self.file.doubts.append(Doubt(key, event.value, event.start_mark, len(self._lines[first])))

    def items_in(self, first: int, last: int) -> Iterator[Slip]:
        """Slips for lines, counted from 0, that go on with a text but begin as items of a list do."""
        for number in range(first, last + 1):
            line = self._lines[number]
            rest = line.lstrip(" ")
            if begins_with_dash(rest):
                message = (
                    f'this line begins with "{rest[0]}" but belongs to the text above it: put each "-" of a list right '
                    "under the one before, or quotes around a text that goes on"
                )
                yield Slip(number + 1, len(line) - len(rest) + 1, message)

    def sequence(self, event: Event, depth: int, key: str | None) -> Sequence:
        sequence = Sequence()
        bare: list[int] = []
        while type(item := self.next_event()) is not SequenceEndEvent:
            if event.flow_style and type(item) is ScalarEvent and not item.style:
                bare.append(len(sequence))
            sequence.items_at.append(item.start_mark)
            sequence.append(self.node(item, depth + 1))
        sequence.bare = frozenset(bare)
        if key is not None and bare and len(sequence) > 1:
            self.file.doubts.append(Doubt(key, sequence, event.start_mark, 0))
        return sequence

    def mapping(self, event: Event, depth: int) -> Mapping:
        mapping = Mapping()
        next_event, keys_at, values_at = self.next_event, mapping.keys_at, mapping.values_at
        in_braces = event.flow_style
        split: dict[str, list[str]] = {}
        while type(key_event := next_event()) is not MappingEndEvent:
            is_text = type(key_event) is ScalarEvent and key_event.value != "<<"
            key = self.text(key_event) if is_text else self.no_key(key_event, depth)
            value_event = next_event()
            if in_braces and key is not None and _is_nothing(value_event):
                mapping.whole = False
                if ":" in key:
                    self.refuse(key_event, A_KEY)
                    continue
                self.refuse(key_event, f'"{key}" has no value: a text with a comma in braces needs quotes around it')
                # It is the rest of the text before it, most likely: read on as if it had been quoted.
                before = next(reversed(mapping), None)
                if before is not None and isinstance(mapping[before], str):
                    split.setdefault(before, []).append(key)
                    continue
            if key is None or key in mapping:
                self.node(value_event, depth + 1)
                self.refuse_entry(mapping, key, key_event)
                continue
            # Most values are texts: a call less for each, for the row "folder to catalog".
            is_text = type(value_event) is ScalarEvent
            mapping[key] = self.value(value_event, key) if is_text else self.node(value_event, depth + 1, key)
            keys_at[key], values_at[key] = key_event.start_mark, value_event.start_mark
        for key, pieces in split.items():
            mapping[key] = ", ".join([str(mapping[key]), *pieces])
        return mapping

    def refuse_entry(self, mapping: Mapping, key: str | None, key_event: Event) -> None:
        """Note that an entry has a key that is none, or that stands there already."""
        mapping.whole = False
        if key is not None:
            self.refuse(key_event, f'"{key}" is written twice: first on line {mapping.keys_at[key].line + 1}')

    def no_key(self, event: Event, depth: int) -> str | None:
        """The text of a key, or None for what cannot be one."""
        mark = event.start_mark
        if type(event) is MappingStartEvent and TEMPLATE.match(self.source, max(mark.index - 1, 0)):
            self.file.note_all([Slip(mark.line + 1, mark.column, PLACEHOLDER)])
            while type(self.next_event()) is not MappingEndEvent:
                pass
            return None
        if type(event) is not ScalarEvent:
            self.refuse(event, "a key must be a text")
            self.node(event, depth + 1)
            return None
        if not event.style:
            self.refuse(event, 'merge keys ("<<") are not supported: write the entries out again')
            return None
        return self.text(event)

    def refuse_properties(self, event: Event) -> None:
        if event.anchor is not None:
            self.refuse(
                event, f'a text that begins with "&" needs quotes; anchors ("&{event.anchor}") are not supported'
            )
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.refuse(event, f'a text that begins with "!" needs quotes; tags ("{tag}") are not supported')

    def refuse(self, event: Event, message: str) -> None:
        self.file.note_at(event.start_mark, message)


def _is_nothing(event: Event) -> bool:
    return type(event) is ScalarEvent and not (event.value or event.style)


# --- where things stand, for those who change a text -----------------------------------------------------------------


class Style(StrEnum):
    """How a value is written: a plain or quoted text, one below "|" or ">", or a mapping or list of either sort."""

    TEXT = "text"
    BLOCK_TEXT = "block text"
    IN_BRACKETS = "in brackets"
    INDENTED = "indented"


class Part(NamedTuple):
    """Where a value stands in a text, from character `start` up to, but without, `end`, both counted from 0.

    `key` is where its key stands, None of an item and of the root.
    """

    key: int | None
    start: int
    end: int
    style: Style


def parts_of(text: str) -> dict[Steps, Part]:
    """Where each value of a text stands, by the keys and indexes that lead to it.

    The lines of the text end with "\\n". It must be one that `read_text` finds no problem in.
    """
    return dict(_Parts(text).node((), None))


class _Parts:
    """Goes through the events of a text; an end is that of the last character that is no white space."""

    def __init__(self, text: str) -> None:
        self.text = text
        parser = CSafeLoader(text)
        self.next_event: Callable[[], Event] = parser.get_event
        self.coming_event: Callable[[], Event] = parser.peek_event
        while not isinstance(self.coming_event(), NodeEvent):
            self.next_event()

    def node(self, steps: Steps, key: int | None) -> Iterator[tuple[Steps, Part]]:
        """The parts of a value, its own first."""
        event = self.next_event()
        start, end = event.start_mark.index, event.end_mark.index
        if type(event) is ScalarEvent:
            style = Style.BLOCK_TEXT if event.style in {"|", ">"} else Style.TEXT
            yield steps, Part(key, start, self.end_of(start, end), style)
            return
        children = list(self.children(steps, is_mapping=type(event) is MappingStartEvent))
        closing = self.next_event()
        if event.flow_style:
            yield steps, Part(key, start, closing.end_mark.index, Style.IN_BRACKETS)
        else:
            yield steps, Part(key, start, max(part.end for _, part in children), Style.INDENTED)
        yield from children

    def children(self, steps: Steps, *, is_mapping: bool) -> Iterator[tuple[Steps, Part]]:
        """The parts of all values in a mapping or a list."""
        number = 0
        while type(event := self.coming_event()) not in {MappingEndEvent, SequenceEndEvent}:
            if is_mapping:
                self.next_event()
                yield from self.node((*steps, one_spelling(" ".join(event.value.split()))), event.start_mark.index)
            else:
                yield from self.node((*steps, number), None)
            number += 1

    def end_of(self, start: int, end: int) -> int:
        """The end of a text without the white space and the blank lines behind it."""
        return start + len(self.text[start:end].rstrip())
