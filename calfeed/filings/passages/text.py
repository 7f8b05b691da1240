"""The text of a filing as values: passages in reading order, rows of tables among them, each with lines of the file."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

CELL_ENDS = "\t"
"""Stands between two cells of a row in a passage's text."""
BULLETS = "•·▪◦*–—-"
"""The signs before the items of a list, for a set in a pattern."""
NUMBER = r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]"
"""The number or letter before an item of a list: "(a)", "iv.", "12)"."""
LINE_BREAKS = "\n"
"""Stands in a passage's text where the file breaks a line on purpose, such as `<br>` in a cell."""
# Characters that nobody sees: soft hyphens, zero-width spaces, marks of direction, byte order marks.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# The digit of a footnote's mark with nothing between it and the year of a day: "June 21, 20191".
_GLUED_MARK = re.compile(r"(?<=[\s,](?:19|20)\d\d)(?=[1-9](?!\d))")
_DAY_BEFORE_YEAR = re.compile(
    r"(?:[a-z]{3,9}\.?\s{1,40}\d{1,2},?|\b\d{1,2}\s{1,40}[a-z]{3,9},?)\s{0,40}$", re.IGNORECASE
)
_DAY_BEFORE_YEAR_WITHIN = 100
_CUT_WORD = re.compile(r"([^\W\d_]{1,40})-$")
_SINGLE_QUOTED = re.compile(r"(?<![^\s(])[‘']([A-Z][^‘’'“”()]{1,58})[’'](?=[\s),.;])")
# First parts of words that have a hyphen by themselves, in capitals: "EXCHANGE-TRADED", "TAX-FREE".
_HAS_HYPHEN_BEHIND = frozenset({
    "ALL", "BUY", "CLOSED", "CO", "CROSS", "EQUITY", "EX", "EXCHANGE", "FIXED", "FLOATING", "FOLLOW", "GROWTH", "HIGH",
    "INCOME", "INFLATION", "INTER", "INVESTMENT", "LARGE", "LONG", "LOW", "MICRO", "MID", "MULTI", "NO", "NON", "OPEN",
    "PRE", "RE", "RISK", "SEMI", "SHORT", "SMALL", "SUB", "TARGET", "TAX", "ULTRA",
})  # fmt: skip


def with_blanks(text: str) -> str:
    """A text with a blank in place of each separator of cells and lines, so that all places stay the same."""
    return text.replace(CELL_ENDS, " ").replace(LINE_BREAKS, " ")


def flat(text: str) -> str:
    """The text of a passage with blanks for line breaks and one sort of quotation marks; all places stay the same.

    Separators of cells stay, since no name goes across them.
    """
    text = text.replace(LINE_BREAKS, " ")
    return _SINGLE_QUOTED.sub("“\\1”", text) if "‘" in text or "'" in text else text


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: from where to where it stands in the passage's text, and in which columns of its table.

    `column` is the first column that it spans, counted from 0, `columns` how many it spans.
    """

    start: int
    end: int
    column: int
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading or a row of a table, with single blanks.

    `offsets` are the places in the text from which it stands on the line of the same index in `lines`. `cells` are
    those of a row, which has more than one; `table` is the number of its table, counted from 0.
    """

    text: str
    offsets: tuple[int, ...]
    lines: tuple[int, ...]
    cells: tuple[Cell, ...] = ()
    table: int | None = None

    def line_at(self, offset: int) -> int:
        """The line of the file, counted from 1, on which the character at an offset stands."""
        return self.lines[max(0, bisect_right(self.offsets, offset) - 1)]

    def cell_at(self, offset: int) -> Cell | None:
        """The cell that holds the character at an offset; None outside a row."""
        return next((cell for cell in self.cells if cell.start <= offset <= cell.end), None)

    def words(self, start: int, end: int) -> str:
        """A part of the text on one line, as a reader would copy it."""
        return " ".join(self.text[start:end].split())


@dataclass(frozen=True)
class Filing:
    """The text of one file: its `name` for messages, and its passages in reading order.

    `encoding` says in words how its bytes were read.
    """

    name: str
    encoding: str
    passages: tuple[Passage, ...]

    @cached_property
    def has_table(self) -> bool:
        """Whether a passage is a row of a table."""
        return any(passage.cells for passage in self.passages)

    @cached_property
    def rows(self) -> Mapping[int, Sequence[int]]:
        """The numbers of the passages that are the rows of each table."""
        rows: dict[int, list[int]] = {}
        for index, passage in enumerate(self.passages):
            if passage.table is not None:
                rows.setdefault(passage.table, []).append(index)
        return rows

    @cached_property
    def tables(self) -> Mapping[int, Sequence[Passage]]:
        """The rows of each table."""
        return {number: [self.passages[index] for index in rows] for number, rows in self.rows.items()}


def in_small_letters(text: str) -> str:
    """A text in small letters, on one line and with straight apostrophes."""
    return " ".join(text.lower().replace("’", "'").split())


class NotAFilingError(Exception):
    """A file is no text of a filing; the message says what it is instead and what to do."""


def _is_cut(before: str, plain: str) -> bool:
    """Whether a hyphen at the end of a line cuts a word that goes on in the next line."""
    cut = _CUT_WORD.search(before[-50:])
    if cut is None:
        return False
    both_in_capitals = cut[1].isupper() and len(cut[1]) > 1 and plain.split(maxsplit=1)[0].isupper()
    return plain[0].islower() or (both_in_capitals and cut[1] not in _HAS_HYPHEN_BEHIND)


@dataclass(slots=True)
class Running:
    """A text that is put together piece by piece, each with its line of the file."""

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _offsets: list[int] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self._pieces)

    @property
    def length(self) -> int:
        """The number of characters so far."""
        return self._length

    @property
    def last(self) -> str:
        """The last character, or nothing."""
        return self._pieces[-1][-1] if self._pieces else ""

    def add(self, words: str, line: int) -> None:
        """Add words of one line; blanks at their ends count, several are one."""
        if not words:
            return
        if words[0].isspace():
            self.blank()
        plain = " ".join(words.split())
        if plain:
            self._append(plain, line)
            if words[-1].isspace():
                self.blank()

    def add_exactly(self, words: str, line: int) -> None:
        """Add words of one line as they are."""
        if words:
            self._append(words, line)

    def add_line(self, words: str, line: int) -> None:
        """Add a whole line behind others: a word that a hyphen cuts is put together again."""
        plain = " ".join(words.split())
        if not plain:
            return
        before = self._pieces[-1] if self._pieces else ""
        if _is_cut(before, plain):
            self._pieces[-1] = before[:-1]
            self._length -= 1
        elif not (before.endswith("-") and before[-2:-1].isalnum()):
            self.blank()
        self._append(plain, line)

    def blank(self) -> None:
        """A blank, unless there is one or nothing is before it."""
        self.separate(" ")

    def separate(self, separator: str) -> None:
        """A separator in place of the blank or separator at the end; none at the beginning."""
        if not self._pieces:
            return
        if self.last.isspace():
            if separator == " ":
                return
            self._pieces[-1] = self._pieces[-1][:-1]
            self._length -= 1
            if not self._pieces[-1]:
                self._pieces.pop()
        self._pieces.append(separator)
        self._length += 1

    def _append(self, plain: str, line: int) -> None:
        if not self._lines or self._lines[-1] != line:
            self._offsets.append(self._length)
            self._lines.append(line)
        self._pieces.append(plain)
        self._length += len(plain)

    def passage(self, cells: Iterable[Cell] = (), table: int | None = None) -> Passage:
        """The passage that all pieces make."""
        text = "".join(self._pieces)
        return Passage(text.rstrip(" "), tuple(self._offsets), tuple(self._lines), tuple(cells), table)


def cleaned(text: str) -> str:
    """A text without invisible characters; other white space and control characters are blanks, marks stand apart."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    text = _CONTROL.sub(" ", text)
    return _GLUED_MARK.sub(_mark_apart, text)


def _mark_apart(found: re.Match[str]) -> str:
    year_begins = found.start() - 4
    before = found.string[max(0, year_begins - _DAY_BEFORE_YEAR_WITHIN) : year_begins]
    return " " if _DAY_BEFORE_YEAR.search(before) else ""
