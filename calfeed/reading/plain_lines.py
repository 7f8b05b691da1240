"""YAML in plain lines, as most files are written: each is a comment, `key:`, `key: text` or an item of a list.

One pattern takes such a text apart, in a third of the time that the parser of all of YAML needs: for the row "folder to
catalog". Whatever could mean anything else in YAML is not plain, and is left to the parser from the start: a text that
goes on over lines without "|" or ">" above it, an escape, several texts in brackets, an anchor, and so on. Positions
are left to it too: where something is wrong, it reads the file again, and it alone says what is wrong and where.
"""

import re
from typing import NamedTuple, TypeAlias

from calfeed.reading.characters import is_in_one_spelling

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Values: TypeAlias = dict[str, Value]

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
        for indentation, dash, key, value, _, other in _LINE.findall(text if text.endswith("\n") else f"{text}\n"):
            if key or (dash and value):
                blocks.take(len(indentation), dash, key, value)
            elif value or dash or other:
                return None
    except _NotPlainError:
        return None
    return None if blocks.awaiting else blocks.root or None


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
