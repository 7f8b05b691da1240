"""YAML in plain lines, as most files are written: each is a comment, `key:`, `key: text` or an item of a list.

One pattern takes such a text apart, in a third of the time that the parser of all of YAML needs: for the row "folder to
catalog". Whatever could mean anything else in YAML is not plain, and is left to the parser from the start: a text that
goes on over lines without "|" or ">" above it, an escape, several texts in brackets, an anchor, and so on. Where the
shape of a file is wrong, the parser reads it again, and it alone says what is wrong and where.
"""

import re
from typing import NamedTuple, TypeAlias

from calfeed.reading.characters import is_in_one_spelling

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Values: TypeAlias = dict[str, Value]
_Steps: TypeAlias = tuple[str | int, ...]

# The characters of texts without quotes, but for the colon and the "#". A colon with a space behind it would end a key,
# and a "#" may begin a comment.
_CHARACTERS = r"[^\n\t:#]"
_TEXT = rf"[A-Za-z0-9]{_CHARACTERS}*+(?::++(?![ \n]){_CHARACTERS}*+)*+"
_IN_DOUBLE_QUOTES = r'"[^\n\t"\\]*+"[ ]*+'
_IN_SINGLE_QUOTES = r"'[^\n\t']*+'[ ]*+"
# A list of one text; where there are several, a comma may be part of one.
_IN_BRACKETS = r"\[[A-Za-z0-9][A-Za-z0-9 .&()/-]*+\][ ]*+"
# Below "|" or ">", a text goes on for as long as its lines are indented as the first one is.
_BLOCK_TEXT = r"[|>][-+]?+\n(?P<deeper>(?P=indentation)[ ]++)[^ \t\n].*+(?:\n(?:(?P=deeper).*+|[ ]*+(?=\n)))*+"
# To the parser, a key ends after 1,024 characters at most.
_KEY = rf"[A-Za-z0-9]{_CHARACTERS}{{0,500}}+(?<![ ])"
_LINE = re.compile(
    rf"(?P<indentation>[ ]*+)(-[ ])?+(?:({_KEY}):(?:[ ]++|(?=\n)))?+"
    rf"({_TEXT}|{_IN_DOUBLE_QUOTES}|{_IN_SINGLE_QUOTES}|{_IN_BRACKETS}|{_BLOCK_TEXT})?+(?:(?<=[ ])#.*)?\n"
    r"|[ ]*+#.*\n"
    r"|(.+)"
)
_BLOCK_SIGNS = frozenset("|>")
_DEEPEST = 10


class _NotPlainError(Exception):
    """A line does not fit those above it, or repeats a key: the parser says what is wrong, if anything is."""


def plain_values(text: str) -> Values | None:
    """The values of a text in plain lines, as the parser would read them; None of any other text.

    The text has no characters that are refused, and its lines end with line feeds.
    """
    if not is_in_one_spelling(text):
        return None
    blocks = _Blocks()
    try:
        for indentation, dash, key, value, _, other in _LINE.findall(_with_last_end(text)):
            if key or (dash and value):
                blocks.take(len(indentation), dash, key, value)
            elif value or dash or other:
                return None
    except _NotPlainError:
        return None
    return None if blocks.awaiting else blocks.root or None


def _with_last_end(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


class _Mapping(NamedTuple):
    """A mapping, and the column in which its lines begin."""

    column: int
    entries: Values


class _List(NamedTuple):
    """A list, and the column in which its lines begin."""

    column: int
    items: list[Value]


class _Blocks:
    """The mappings and lists to which the next line may belong, the innermost last.

    `awaiting` is the key of which the value begins on the next line; without one it is empty.
    """

    def __init__(self) -> None:
        self.root: Values = {}
        self.awaiting = ""
        self.open: list[_Mapping | _List] = [_Mapping(0, self.root)]

    def take(self, column: int, dash: str, key: str, text: str) -> None:
        """Take a line that begins in a column; raises _NotPlainError where it does not fit those above it."""
        if dash:
            items = self.list_at(column)
            if not key:
                items.append(_value(text))
                return
            entries: Values = {}
            items.append(entries)
            self.begin(_Mapping(column + len(dash), entries))
        else:
            entries = self.mapping_at(column)
        if key in entries or "  " in key or (dash and text[:1] in _BLOCK_SIGNS):
            raise _NotPlainError
        if text:
            entries[key] = _value(text)
        else:
            self.awaiting = key

    def mapping_at(self, column: int) -> Values:
        """The mapping of which a line begins in a column."""
        block = self.open[-1]
        if self.awaiting:
            return self.mapping_below(block, column)
        while not isinstance(block, _Mapping) or block.column > column:
            self.open.pop()
            block = self.open[-1]
        if block.column < column:
            raise _NotPlainError
        return block.entries

    def mapping_below(self, block: _Mapping | _List, column: int) -> Values:
        """A mapping that begins in a column, as the value of the key above it."""
        if isinstance(block, _List) or column <= block.column:
            raise _NotPlainError
        entries: Values = {}
        block.entries[self.awaiting] = entries
        self.begin(_Mapping(column, entries))
        return entries

    def list_at(self, column: int) -> list[Value]:
        """The list of which an item begins in a column."""
        block = self.open[-1]
        if self.awaiting:
            return self.list_below(block, column)
        while block.column > column:
            self.open.pop()
            block = self.open[-1]
        if isinstance(block, _Mapping) or block.column < column:
            raise _NotPlainError
        return block.items

    def list_below(self, block: _Mapping | _List, column: int) -> list[Value]:
        """A list that begins in a column, as the value of the key above it; it may be the column of that key."""
        if isinstance(block, _List) or column < block.column:
            raise _NotPlainError
        items: list[Value] = []
        block.entries[self.awaiting] = items
        self.begin(_List(column, items))
        return items

    def begin(self, block: _Mapping | _List) -> None:
        """Open a block."""
        self.awaiting = ""
        self.open.append(block)
        if len(self.open) > _DEEPEST:
            raise _NotPlainError


def _value(text: str) -> Value:
    """What stands behind a key or a dash: a text, perhaps in quotes or below a "|" or ">", or a list of one text."""
    first = text[:1]
    if first.isalnum():
        return " ".join(text.split()) if "  " in text or text[-1] == " " else text
    if first in _BLOCK_SIGNS:
        _, _, lines = text.partition("\n")
        return " ".join(lines.split())
    inner = " ".join(text.rstrip()[1:-1].split())
    return [inner] if first == "[" else inner


# --- where things stand ----------------------------------------------------------------------------------------------


class Place(NamedTuple):
    """A line and a column of a text, both counted from 1."""

    line: int
    column: int


class Places:
    """Where the keys and the values of a text in plain lines stand, by the keys and indexes that lead to them.

    To find the place of a warning by these takes a third of the time that the parser needs: for the row "folder to
    catalog".
    """

    def __init__(self, text: str) -> None:
        """Find all places in a text; it must be one of which `plain_values` has returned values."""
        self.keys: dict[_Steps, Place] = {}
        self.values: dict[_Steps, Place] = {}
        self._open = [_Open(0, (), is_list=False)]
        self._awaiting: _Steps | None = None
        self._lengths: dict[_Steps, int] = {}
        line = 1
        for found in _LINE.finditer(_with_last_end(text)):
            if found[3] or found[2]:
                self._take(found, line)
            line += found[0].count("\n")

    def _take(self, found: re.Match[str], line: int) -> None:
        """Take a line with a key or a dash."""
        column = len(found["indentation"])
        steps = self._block_at(column, line, is_list=bool(found[2]))
        if found[2]:
            number = self._lengths.get(steps, 0)
            self._lengths[steps] = number + 1
            steps = (*steps, number)
            column += len(found[2])
            self.values[steps] = Place(line, column + 1)
            if found[3]:
                self._open.append(_Open(column, steps, is_list=False))
        if found[3]:
            steps = (*steps, found[3])
            self.keys[steps] = Place(line, column + 1)
        if not found[4]:
            self._awaiting = steps
            return
        at = found.start(4) - found.start() + 1
        self.values[steps] = Place(line, at)
        if found[4].startswith("["):
            self.values[(*steps, 0)] = Place(line, at + 1)

    def _block_at(self, column: int, line: int, *, is_list: bool) -> _Steps:
        """The steps to the mapping or list to which a line belongs that begins in a column."""
        if self._awaiting is not None:
            self._open.append(_Open(column, self._awaiting, is_list))
            self.values[self._awaiting] = Place(line, column + 1)
            self._awaiting = None
        while self._open[-1].column > column or self._open[-1].is_list != is_list:
            self._open.pop()
        return self._open[-1].steps


class _Open(NamedTuple):
    """A mapping or list to which the next line may belong: the column in which its lines begin, and its steps."""

    column: int
    steps: _Steps
    is_list: bool
