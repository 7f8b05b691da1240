"""YAML in plain lines, as most files are written: each is a comment, `key:`, `key: text` or an item of a list.

One pattern takes such a text apart, in a fifth of the time that the parser of all of YAML needs: for the row "folder to
catalog". Whatever could mean anything else in YAML is not plain, and is left to the parser from the start: a text that
goes on over lines without "|" or ">" above it, an escape, several texts in brackets, an anchor, and so on. Where the
shape of a file is wrong, the parser reads it again, and it alone says what is wrong and where.
"""

import re
from typing import NamedTuple, TypeAlias

from calfeed.reading.characters import is_in_one_spelling

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]
Values: TypeAlias = dict[str, Value]
_Steps: TypeAlias = tuple[str | int, ...]

# To the parser, a key ends after 1,024 characters at most.
_KEY = r"[A-Za-z0-9][^\n:#]{0,500}+(?<![ ])"
# Below "|" or ">", a text goes on for as long as its lines are indented as the first one is.
_BLOCK_TEXT = r"[|>][-+]?+\n(?P<deeper>(?P=indentation)[ ]++)[^ \n].*+(?:\n(?:(?P=deeper).*+|[ ]*+(?=\n)))*+"
# The last group is all that stands behind a dash and a key: to look into it for what is not plain takes a third of the
# time that a pattern for each of its characters needs.
_LINE = re.compile(rf"(?P<indentation>[ ]*+)(-[ ])?+(?:({_KEY}):(?:[ ]++|(?=\n)))?+({_BLOCK_TEXT}|.*+)\n")
_BEGINNINGS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_BLOCK_SIGNS = frozenset("|>")
# A list of one text; where there are several, a comma may be part of one.
_QUOTED_OR_LISTED = re.compile(
    r"""("[^\n"\\]*+"|'[^\n']*+'|\[[A-Za-z0-9][A-Za-z0-9 .&()/-]*+\])?+[ ]*+(?:(?<=[ ])#.*)?"""
)
_DEEPEST = 10


class _NotPlainError(Exception):
    """A line does not fit those above it, or may mean something else: the parser says what, and what is wrong."""


def plain_values(text: str) -> Values | None:
    """The values of a text in plain lines, as the parser would read them; None of any other text.

    The text has no characters that are refused, and its lines end with line feeds.
    """
    if "\t" in text or not is_in_one_spelling(text):
        return None
    blocks = _Blocks()
    try:
        for indentation, dash, key, behind, _ in _LINE.findall(_with_last_end(text)):
            value = _value(behind) if behind else None
            if dash and key and "\n" in behind:
                return None  # to be deeper than the dash is not enough
            if key or dash:
                blocks.take(indentation, dash, key, value)
            elif value is not None:
                return None
    except _NotPlainError:
        return None
    return None if blocks.awaiting else blocks.root or None


def _with_last_end(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


class _Blocks:
    """The mappings and lists to which the next line may belong.

    Of the innermost one `at` is the indentation of its lines, and `entries` or `items` are what it holds. `around` has
    the same of the others. `awaiting` is the key of which the value begins on the next line; without one it is empty.
    """

    __slots__ = ("around", "at", "awaiting", "entries", "items", "root")

    def __init__(self) -> None:
        self.root: Values = {}
        self.around: list[tuple[str, Values | None, list[Value] | None]] = []
        self.at = ""
        self.entries: Values | None = self.root
        self.items: list[Value] | None = None
        self.awaiting = ""

    def take(self, indentation: str, dash: str, key: str, value: Value | None) -> None:
        """Take a line with a dash, a key or both; raises _NotPlainError where it does not fit those above it."""
        if self.awaiting:
            self.begin_below(indentation, is_list=bool(dash))
        elif indentation != self.at or dash or self.entries is None:
            self.go_out_to(indentation, is_list=bool(dash))
        if dash:
            self.take_item(key, value)
        if not key:
            return
        entries = self.entries
        if entries is None or key in entries or "  " in key:
            raise _NotPlainError
        if value is None:
            self.awaiting = key
        else:
            entries[key] = value

    def take_item(self, key: str, value: Value | None) -> None:
        """Take an item of a list: a value, or a mapping of which the first key stands behind the dash."""
        if self.items is None:
            raise _NotPlainError
        if key:
            entries: Values = {}
            self.items.append(entries)
            self.begin(f"{self.at}  ", entries, None)
        elif value is None:
            raise _NotPlainError
        else:
            self.items.append(value)

    def begin_below(self, indentation: str, *, is_list: bool) -> None:
        """Begin a block that is the value of the key above it. A list may have the indentation of that key."""
        is_deeper = len(indentation) > len(self.at) or (is_list and indentation == self.at)
        if not is_deeper or self.entries is None:
            raise _NotPlainError
        above, key = self.entries, self.awaiting
        self.awaiting = ""
        if is_list:
            items: list[Value] = []
            above[key] = items
            self.begin(indentation, None, items)
        else:
            entries: Values = {}
            above[key] = entries
            self.begin(indentation, entries, None)

    def begin(self, indentation: str, entries: Values | None, items: list[Value] | None) -> None:
        """Begin a block of which the lines have this indentation."""
        self.around.append((self.at, self.entries, self.items))
        self.at, self.entries, self.items = indentation, entries, items
        if len(self.around) == _DEEPEST:
            raise _NotPlainError

    def go_out_to(self, indentation: str, *, is_list: bool) -> None:
        """End the blocks to which a line does not belong, until a list, or a mapping, has its indentation."""
        while len(self.at) > len(indentation) or (self.at == indentation and is_list != (self.entries is None)):
            if not self.around:
                raise _NotPlainError
            self.at, self.entries, self.items = self.around.pop()
        if self.at != indentation:
            raise _NotPlainError


def _value(text: str) -> Value | None:
    """What stands behind a key or a dash: a text, perhaps in quotes or below a "|" or ">", or a list of one text.

    Nothing and a comment are None. Raises _NotPlainError for what may mean something else.
    """
    first = text[0]
    if first in _BEGINNINGS:
        if "#" in text:
            text = _before_comment(text)
        if ":" in text and (": " in text or text[-1] == ":"):
            raise _NotPlainError
        return " ".join(text.split()) if "  " in text or text[-1] == " " else text
    if first in _BLOCK_SIGNS:
        return _block_text(text)
    if first == "#":
        return None
    found = _QUOTED_OR_LISTED.fullmatch(text)
    if found is None:
        raise _NotPlainError
    if found[1] is None:
        return None
    inner = " ".join(found[1][1:-1].split())
    return [inner] if first == "[" else inner


def _before_comment(text: str) -> str:
    """The text before a "#", which begins a comment if a space stands before it."""
    before, _, _ = text.partition("#")
    if not before.endswith(" "):
        raise _NotPlainError
    return before


def _block_text(text: str) -> str:
    """The text below a "|" or ">", and nothing else of what may stand behind these."""
    _, line_end, lines = text.partition("\n")
    if not line_end:
        raise _NotPlainError
    return " ".join(lines.split())


# --- where things stand ----------------------------------------------------------------------------------------------


class Place(NamedTuple):
    """A line and a column of a text, both counted from 1."""

    line: int
    column: int


class Places:
    """Where the keys and the values of a text in plain lines stand.

    To find the place of a warning by these takes a tenth of the time that the parser needs: for the row "folder to
    catalog". So no more is kept of a line than what tells which lines belong together.
    """

    def __init__(self, text: str) -> None:
        """Look at a text; it must be one of which `plain_values` has returned values."""
        self._text = _with_last_end(text)
        # Each dash and each key: its column, the key, and the line as found. A dash has no key.
        self._marks: list[tuple[int, str, re.Match[str]]] = []
        self._steps: dict[int, dict[str | int, int]] = {}
        for line in _LINE.finditer(self._text):
            indentation, dash, key, _, _ = line.groups("")
            column = len(indentation)
            if dash:
                self._marks.append((column, "", line))
            if key:
                self._marks.append((column + len(dash), key, line))

    def of(self, steps: _Steps, *, key: bool) -> Place:
        """Where the value to which keys and indexes lead stands (or its key), or the nearest place above it."""
        place = Place(1, 1)
        first = 0  # the mark with which the mapping or list begins that has the next step
        for number, step in enumerate(steps, 1):
            index = self._index_of(step, first)
            if index is None:
                return place
            column, found_key, line = self._marks[index]
            if key and found_key and number == len(steps):
                return self._place(line.start() + column)
            is_dash_of_key = not found_key and line[3]
            if line[4] and not line[4].startswith("#") and not is_dash_of_key:
                is_listed = line[4].startswith("[") and steps[number : number + 1] == (0,)
                return self._place(line.start(4) + is_listed)
            first = index + 1
            column, _, line = self._marks[first]
            place = self._place(line.start() + column)
        return place

    def _place(self, at: int) -> Place:
        """The place of a character."""
        return Place(self._text.count("\n", 0, at) + 1, at - self._text.rfind("\n", 0, at))

    def _index_of(self, step: str | int, first: int) -> int | None:
        """The index of the mark of a key or an item, in the mapping or list that begins with the mark `first`."""
        steps = self._steps.get(first)
        if steps is None:
            steps = self._steps[first] = self._steps_from(first)
        return steps.get(step)

    def _steps_from(self, first: int) -> dict[str | int, int]:
        """The keys or the numbers of the items of the mapping or list that begins with a mark, with their marks."""
        own_column, own_key, _ = self._marks[first]
        steps: dict[str | int, int] = {}
        for index in range(first, len(self._marks)):
            column, key, _ = self._marks[index]
            if column > own_column:
                continue
            if column < own_column or (key and not own_key):
                break  # it has ended
            if key:
                steps.setdefault(key, index)
            if not own_key:
                steps[len(steps)] = index
        return steps
