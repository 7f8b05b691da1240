"""YAML text to plain data with the position of every key and value.

A small part of YAML 1.1: mappings, lists and text. Every scalar is text, with white space as single spaces (so that
words copied from justified print compare equal); anchors, aliases, tags and second documents are refused. Reading goes
by the C parser's events, since composing a tree recurses in C and crashes on deep nesting.
"""

import re
from collections.abc import Callable, Iterable
from io import SEEK_END, FileIO
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar, Union

import yaml
from yaml import (
    AliasEvent,
    CSafeLoader,
    DocumentStartEvent,
    MappingEndEvent,
    NodeEvent,
    SafeLoader,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from calfeed.reading.problems import Found, Location, Problem, Severity

Position: TypeAlias = yaml.Mark
Event: TypeAlias = Any  # a yaml.Event; the published stubs leave out most of its attributes
Node: TypeAlias = Union[str, "Sequence", "Mapping"]
Steps: TypeAlias = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""
T = TypeVar("T")


class Mapping(dict[str, Node]):
    """A mapping, with the positions of its keys and its values; `whole` is False where something of it was refused."""

    __slots__ = ("keys_at", "values_at", "whole")

    def __init__(self) -> None:
        self.whole = True
        self.keys_at: dict[str, Position] = {}
        self.values_at: dict[str, Position] = {}


class Sequence(list[Node]):
    """A list, with the positions of its items; `whole` is False where they were refused."""

    __slots__ = ("items_at", "whole")

    def __init__(self) -> None:
        self.whole = True
        self.items_at: list[Position] = []


class YamlFile:
    """A file as read: its `root`, or None where it cannot be read, and the problems and warnings found so far."""

    def __init__(self, name: str, root: Node | None = None, problems: Iterable[Problem] = ()) -> None:
        self.name = name
        self.root = root
        self.problems = Found()
        self.problems.extend(problems)
        self.warnings = Found()

    @property
    def found(self) -> tuple[Problem, ...]:
        """The problems, then the warnings."""
        return (*self.problems, *self.warnings)

    def locate(self, *path: str | int, key: bool = False) -> Location:
        """Where the value at a path of keys and indexes stands (or its key), or the nearest place above it."""
        node = self.root
        mark: Position | None = None
        for index, step in enumerate(path):
            last = index == len(path) - 1
            if isinstance(node, Mapping) and step in node.keys_at:
                step = str(step)
                mark = node.keys_at[step] if key and last else node.values_at[step]
                node = node.get(step)
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items_at):
                mark = node.items_at[step]
                node = node[step]
            else:
                break
        return self._location(mark) if mark else Location(self.name)

    def line_of(self, *path: str | int) -> int:
        """The line on which the value at a path stands."""
        return self.locate(*path).line

    def problem(self, message: str, *path: str | int, key: bool = False) -> Problem:
        """A problem with the value (or the key) at a path."""
        return Problem(self.locate(*path, key=key), message)

    def refuse(self, message: str, *path: str | int, key: bool = False) -> None:
        """Add a problem with the value (or the key) at a path to the file's problems."""
        self.problems.append(self.problem(message, *path, key=key))

    def warn(self, message: str, *path: str | int, key: bool = False) -> None:
        """Add a warning about the value (or the key) at a path to the file's warnings."""
        self.warnings.append(Problem(self.locate(*path, key=key), message, Severity.WARNING))

    def understood(self, reading: Callable[[str], T], text: str, *path: str | int) -> T | None:
        """What `reading` makes of the text at a path; None, and a problem, where it raises ValueError."""
        try:
            return reading(text)
        except ValueError as error:
            self.refuse(str(error), *path)
            return None

    def _location(self, mark: Position) -> Location:
        return Location(self.name, mark.line + 1, mark.column + 1)


# Ours end at eight levels; the limit is for files that are not meant for us.
MAX_DEPTH = 20
MOST_BYTES = 1_000_000
_USUAL_BYTES = 64 * 1024  # Python makes room first for as much as is asked for
"""A plan of a thousand reorganizations has a third of it."""
# RFC 5545 section 3.3.11 allows no control characters in text, and XML no noncharacters.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
# Soft hyphens and zero-width spaces, which come with text from PDFs: two names that look alike would not be equal.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_UNPRINTABLE = re.compile(f"[{_CONTROL}{_INVISIBLE}]")
# "Press release #2" without quotes; a comment has a space behind its "#".
_NUMBER = re.compile(r"#\d")
_NUMBER_SIGN = re.compile(r"""[^#'"]*[^#'"\s][ \t]+#(?=\d)""")
_BOM = b"\xef\xbb\xbf"
# To YAML 1.1 all of these end a line; to editors, which count the lines that problems name, only the first three do.
_LINE_ENDS = re.compile("\r\n|\r")
_OTHER_LINE_ENDS = str.maketrans(dict.fromkeys("\u0085\u2028\u2029", " "))
_INDENTATION = "this line does not fit the ones above it: check its indentation, or a missing quote"
_BEGINNING = "this character cannot begin a text: put quotes around the text, and indent with spaces, not tabs"
_BRACKETS = 'a list in brackets needs commas between its items, and "]" at its end'
_BRACES = 'a mapping in braces needs commas between its entries, and "}" at its end'


class _Plain(NamedTuple):
    """What a parser's message means to an author, and whether the cause is where it began rather than gave up."""

    message: str
    where_it_began: bool = False


_IN_PLAIN_WORDS = {
    "mapping values are not allowed in this context": _Plain(
        "a text with a colon and a space in it needs quotes around it"
    ),
    "found character that cannot start any token": _Plain(_BEGINNING),
    "did not find expected node content": _Plain(_BEGINNING),
    "did not find expected alphabetic or numeric character": _Plain(_BEGINNING, where_it_began=True),
    "did not find expected comment or line break": _Plain(_BEGINNING, where_it_began=True),
    "did not find expected key": _Plain(_INDENTATION),
    "did not find expected <document start>": _Plain(_INDENTATION),
    "could not find expected ':'": _Plain("a key needs a colon and a space behind it", where_it_began=True),
    "did not find expected '-' indicator": _Plain("this is not an item of the list above it: check its indentation"),
    "did not find expected ',' or ']'": _Plain(_BRACKETS, where_it_began=True),
    "did not find expected ',' or '}'": _Plain(_BRACES, where_it_began=True),
    "found unexpected end of stream": _Plain("a quote is opened here but never closed", where_it_began=True),
    "block sequence entries are not allowed in this context": _Plain(
        'a list begins on a line of its own, with its first "-"'
    ),
    "found unknown escape character": _Plain(
        "a backslash in double quotes has a meaning of its own: put single quotes around the text"
    ),
}
_LIBYAML_GIVES_UP = "exceeded maximum nesting depth"
_OTHERWISE = _Plain("this cannot be read: check the indentation, the quotes and the brackets here and just above")


def read_file(path: Path | str, folder: Path | None = None) -> YamlFile:
    """Read a file; never raises for what it holds, or for its absence, and never waits for it.

    A file of more than MOST_BYTES is refused. With a `folder`, the data folder, what is no plain file is refused too: a
    pipe would wait for a writer, a device may never end, and a link may lead out of the folder, which may come from
    somebody else. Without it the caller has seen that the file is a plain one. A text is read faster than a Path.
    """
    name = path if isinstance(path, str) else path.as_posix()
    try:
        content = _content(path, folder)
    except OSError as error:
        return YamlFile(name, None, [Problem(Location(name), f"the file cannot be read: {error.strerror or error}")])
    except _RefusedError as refused:
        return YamlFile(name, None, [Problem(Location(name), str(refused))])
    return read_octets(content, name)


def read_octets(content: bytes, name: str) -> YamlFile:
    """Read the octets of a file; `name` is how problems call it."""
    try:
        return read_text(content.removeprefix(_BOM).decode(), name)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(errors="replace")
        problem = Problem(_place(name, before, len(before)), "the file is not UTF-8 text here: save it as UTF-8")
        return YamlFile(name, None, [problem])


def content_of(path: Path, folder: Path) -> bytes:
    """The octets of a file of the data folder; none where `read_file` would refuse to open it."""
    try:
        return _content(path, folder)
    except (OSError, _RefusedError):
        return b""


def beginning_of(path: Path) -> bytes:
    """As many octets of a file as one may have, wherever it lies; none of what is no plain file or cannot be opened."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES)
    except OSError:
        return b""


class _RefusedError(Exception):
    """A file is not read; the message says why."""


def _content(path: Path | str, folder: Path | None) -> bytes:
    if folder:
        path = Path(path)
        if not path.is_file() and not path.is_dir():
            raise _RefusedError("this is no plain file" if path.exists() else "the file is missing")
        is_link = path.is_symlink() or path.parent.is_symlink()
        if is_link and not path.resolve().is_relative_to(folder.resolve()):
            raise _RefusedError("the file is a link that leads out of the data folder: put a copy of the file here")
    with FileIO(path) as stream:
        content = stream.read(_USUAL_BYTES)
        if len(content) == _USUAL_BYTES:
            content += stream.read(MOST_BYTES + 1 - _USUAL_BYTES)
        if len(content) > MOST_BYTES:
            size = stream.seek(0, SEEK_END) / 1_000_000
            raise _RefusedError(f"the file has {size:,.1f} MB: more than {MOST_BYTES // 1_000_000} MB is no plan")
    return content


def read_text(text: str, name: str) -> YamlFile:
    """Read YAML text; `name` is how problems call the file that it is from."""
    file = YamlFile(name)
    # Most files have nothing but line feeds beside what can be printed, and need no closer look.
    if not text.replace("\n", "").isprintable():
        text = _LINE_ENDS.sub("\n", text).translate(_OTHER_LINE_ENDS)
        for number, line in enumerate(text.split("\n"), 1):
            for found in _UNPRINTABLE.finditer(line):
                file.problems.note(_unprintable(found[0]), name, number, found.start() + 1)
        if file.problems:
            return file
    if _NUMBER.search(text):
        for number, line in enumerate(text.split("\n"), 1):
            if match := _NUMBER_SIGN.match(line):
                message = 'what stands behind "#" is left out as a comment: put quotes around the text'
                file.problems.note(message, name, number, match.end())
    try:
        file.root = _root(name, text, file.problems)
    except yaml.MarkedYAMLError as error:
        file.problems.append(_syntax_problem(name, text, error))
    return file


def _root(name: str, text: str, problems: Found) -> Node | None:
    try:
        return _Tree(name, problems).build(CSafeLoader(text))
    except yaml.MarkedYAMLError as error:
        if error.problem != _LIBYAML_GIVES_UP:
            raise
    # It looks ahead and gives up before it comes to the place that passes MAX_DEPTH; the slow parser comes to it.
    return _Tree(name, problems).build(SafeLoader(text))


def _syntax_problem(name: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    plain = _IN_PLAIN_WORDS.get(error.problem or "", _OTHERWISE)
    mark = (error.context_mark if plain.where_it_began else None) or error.problem_mark
    if mark is None:
        return Problem(Location(name), plain.message)
    location = Location(name, mark.line + 1, mark.column + 1)
    if text[mark.index : mark.index + 1] == "\t":
        return Problem(location, "this is a tab: indent with spaces")
    if error.problem == "mapping values are not allowed in this context":
        before = text.split("\n")[mark.line][: mark.column]
        if ": " not in before:
            return Problem(
                location,
                "this line does not fit the one above it: check its indentation, and the space behind the colon above",
            )
    return Problem(location, plain.message)


def _place(name: str, text: str, offset: int) -> Location:
    before = text[:offset]
    return Location(name, before.count("\n") + 1, offset - before.rfind("\n"))


def _unprintable(character: str) -> str:
    what = "invisible" if character in _INVISIBLE else "control"
    return f"the {what} character U+{ord(character):04X} cannot be shown: delete it"


class _TooDeepError(Exception):
    """The nesting passes MAX_DEPTH; reading stops here."""


class _Tree:
    """Builds the tree of one document from parser events, noting what is refused."""

    def __init__(self, name: str, problems: Found) -> None:
        self.name = name
        self.problems = problems
        self.next_event: Callable[[], Event] = lambda: None

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
        if not root and not self.problems:
            self.problems.append(Problem(Location(self.name), "the file is empty"))
        return root

    def node(self, event: Event, depth: int) -> Node:
        if type(event) is ScalarEvent:
            return self.text(event)
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
            return self.sequence(event, depth)
        return self.mapping(event, depth)

    def text(self, event: Event) -> str:
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
        value: str = event.value
        # Only an escape inside double quotes can bring in what the text as a whole does not have.
        if event.style == '"' and (match := _UNPRINTABLE.search(value)):
            self.refuse(event, _unprintable(match[0]))
        return " ".join(value.split())

    def sequence(self, event: Event, depth: int) -> Sequence:
        sequence = Sequence()
        unquoted: Event = None
        while type(item := self.next_event()) is not SequenceEndEvent:
            if unquoted is None and type(item) is ScalarEvent and item.style not in ("'", '"'):
                unquoted = item
            sequence.items_at.append(item.start_mark)
            sequence.append(self.node(item, depth + 1))
        if event.flow_style and len(sequence) > 1 and unquoted is not None:
            # [on or about June 3, 2030] would be two items.
            self.refuse(
                unquoted, "commas split a list in brackets: put quotes around each item, or leave out the brackets"
            )
            sequence.whole = False
            sequence.clear()
            sequence.items_at.clear()
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
            is_text = type(value_event) is ScalarEvent
            if in_braces and is_text and not (value_event.value or value_event.style):
                self.refuse(key_event, f'"{key}" has no value: a text with a comma in braces needs quotes around it')
                mapping.whole = False
                # It is the rest of the text before it, most likely: read on as if it had been quoted.
                before = next(reversed(mapping), None)
                if key is not None and before is not None and isinstance(mapping[before], str):
                    split.setdefault(before, []).append(key)
                    continue
            value = self.text(value_event) if is_text else self.node(value_event, depth + 1)
            if key is None or key in mapping:
                mapping.whole = False
                if key is not None:
                    first = keys_at[key].line + 1
                    self.refuse(key_event, f'"{key}" is written twice: first on line {first}')
            else:
                keys_at[key] = key_event.start_mark
                values_at[key] = value_event.start_mark
                mapping[key] = value
        for key, pieces in split.items():
            mapping[key] = ", ".join([str(mapping[key]), *pieces])
        return mapping

    def no_key(self, event: Event, depth: int) -> str | None:
        """The text of a key, or None for what cannot be one."""
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
        mark = event.start_mark
        self.problems.note(message, self.name, mark.line + 1, mark.column + 1)
