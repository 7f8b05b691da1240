"""YAML text to plain data with the position of every key and value.

A small part of YAML 1.1: mappings, lists and text. Every scalar is text, with white space as single spaces (so that
words copied from justified print compare equal); anchors, aliases, tags and second documents are refused. `parsing`,
with the parser, is imported where a file is not in plain lines: for the row "calfeed check of 1,000 plans".
"""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import NamedTuple, TypeVar

from calfeed.reading.characters import COMMENT, Slip, slips_in
from calfeed.reading.nodes import Mapping, Node, Notes, Position, Sequence
from calfeed.reading.plain_lines import Places, Values, plain_values
from calfeed.reading.problems import Location, Problem, Severity

T = TypeVar("T")


class _Plain(NamedTuple):
    """A text in plain lines, and what it holds, without positions."""

    text: str
    values: Values


class YamlFile(Notes):
    """A file as read: its `root`, or None where it cannot be read, and the problems and warnings found so far."""

    def __init__(self, name: str, root: Node | None = None, problems: Iterable[Problem] = ()) -> None:
        super().__init__(name, problems)
        self._root = root
        self._plain: _Plain | None = None
        self._places: Places | None = None

    @property
    def root(self) -> Node | None:
        """What it holds, with positions. A text in plain lines is read by the parser when this is first asked for."""
        if self._plain:
            self.parse(self._plain.text)
            self._plain = None
        return self._root

    @property
    def values(self) -> object:
        """What it holds: that of the root, perhaps without positions."""
        return self._plain.values if self._plain else self._root

    def parse(self, text: str) -> None:
        """Take what the parser reads of a text."""
        parsed: Callable[[Notes, str], Node | None] = import_module("calfeed.reading.parsing").parsed
        self._root = parsed(self, text)

    def hold_plain(self, text: str) -> bool:
        """Take what a text in plain lines holds; returns whether it is one."""
        values = plain_values(text)
        self._plain = _Plain(text, values) if values else None
        return values is not None

    @property
    def found(self) -> tuple[Problem, ...]:
        """The problems, then the warnings."""
        return (*self.problems, *self.warnings)

    def locate(self, *path: str | int, key: bool = False) -> Location:
        """Where the value at a path of keys and indexes stands (or its key), or the nearest place above it."""
        if self._plain:
            self._places = self._places or Places(self._plain.text)
            place = self._places.of(path, key=key)
            return Location(self.name, place.line, place.column)
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
            self.not_understood(error, *path)
            return None

    def not_understood(self, error: ValueError, *path: str | int) -> None:
        """Add a problem with the text at a path, unless there is one already: YAML may have read it otherwise."""
        problem = self.problem(str(error), *path)
        if all(each.location != problem.location for each in self.problems):
            self.problems.append(problem)

    def _location(self, mark: Position) -> Location:
        return Location(self.name, mark.line + 1, mark.column + 1)


# "Press release #2" without quotes; a comment has a space behind its "#".
_NUMBER = re.compile(r"#\d")
_NUMBER_SIGN = r"""[^#'"]*[^#'"\s][ \t]+#(?=\d)"""
_BOM = b"\xef\xbb\xbf"
# To YAML 1.1 all of these end a line; to editors, which count the lines that problems name, only the first three do.
_LINE_ENDS = re.compile("\r\n|\r")
_OTHER_LINE_ENDS = str.maketrans(dict.fromkeys("\u0085\u2028\u2029", " "))
_TO_DECIDE = "TO DECIDE"


def read_octets(content: bytes, name: str) -> YamlFile:
    """Read the bytes of a file; `name` is how problems call it."""
    try:
        return read_text(content.removeprefix(_BOM).decode(), name)
    except UnicodeDecodeError as error:
        if other := _other_than_utf_8(content):
            return YamlFile(name, None, [Problem(Location(name), other)])
        before = content[: error.start].decode(errors="replace")
        problem = Problem(_place(name, before, len(before)), "the file is not UTF-8 text here: save it as UTF-8")
        return YamlFile(name, None, [problem])


_NO_TEXT = {b"PK\x03\x04": "of Word or Excel", b"\xd0\xcf\x11\xe0": "of Word or Excel", b"%PDF": "in PDF"}
"""How documents begin that are no text."""


def _other_than_utf_8(content: bytes) -> str:
    """What is wrong with a file that is no text, or one in another encoding, as far as its first octets tell."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or (content[:4:2] == b"\0\0") is not (content[1:4:2] == b"\0\0"):
        return "the file is UTF-16 or UTF-32 text: save it as UTF-8"
    of_what = next((what for begins, what in _NO_TEXT.items() if content.startswith(begins)), "")
    return f"the file is a document {of_what} and no text: save what it says as text, in UTF-8" if of_what else ""


def read_text(text: str, name: str) -> YamlFile:
    """Read YAML text; `name` is how problems call the file that it is from."""
    file = YamlFile(name)
    text = _LINE_ENDS.sub("\n", text) if "\r" in text else text
    text = text if text.isascii() else text.translate(_OTHER_LINE_ENDS)
    if slips := slips_in(text):
        other = _other_than_utf_8(text[:8].encode(errors="replace"))
        file.note_all([Slip(1, 1, other)] if other else slips)
        return file
    if _NUMBER.search(text):
        file.note_all(_number_signs(text))
    if _TO_DECIDE in text:
        file.warnings.extend(_left_to_decide(name, text))
    if file.problems or not file.hold_plain(text):
        file.parse(text)
    return file


def _number_signs(text: str) -> Iterator[Slip]:
    message = f"{COMMENT}: put quotes around the text"
    for number, line in enumerate(text.split("\n"), 1):
        if match := re.match(_NUMBER_SIGN, line):
            yield Slip(number, match.end(), message)


def _left_to_decide(name: str, text: str) -> Iterator[Problem]:
    message = f'"{_TO_DECIDE}" is left from a draft: decide it, and delete the words'
    for number, line in enumerate(text.split("\n"), 1):
        if _TO_DECIDE in line:
            yield Problem(Location(name, number, line.index(_TO_DECIDE) + 1), message, Severity.WARNING)


def _place(name: str, text: str, offset: int) -> Location:
    before = text[:offset]
    return Location(name, before.count("\n") + 1, offset - before.rfind("\n"))
