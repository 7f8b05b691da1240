"""Plain text of a filing to passages: justified lines, page breaks, tables in columns and tables flattened to lines."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from calfeed.filings.passages.tables import Grid, by_leaders, flattened, in_columns
from calfeed.filings.passages.text import BULLETS, NUMBER, Passage, Running
from calfeed.model.when import MONTHS

# Tags of EDGAR's plain text, which are no part of it; those of a table say where it begins and ends.
_TAG = re.compile(
    r"</?(?:PAGE|TABLE|CAPTION|S|C|FN|F\d+|R|DOCUMENT|TYPE|SEQUENCE|FILENAME|DESCRIPTION|TEXT)>", re.IGNORECASE
)
_PAGE_BREAK = re.compile(r"^\s*<PAGE>|\f", re.IGNORECASE)
_TABLE_BEGINS = re.compile(r"<TABLE>", re.IGNORECASE)
_TABLE_ENDS = re.compile(r"</TABLE>", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"\s*(?:-\s*)?(?:page\s+)?(?:[A-Z]-)?(?:\d{1,4}|[ivxl]{1,6})(?:\s+of\s+\d+)?(?:\s*-)?\s*", re.IGNORECASE
)
_ESCAPED_RULE = re.compile(r"^- (?=---)")
"""What old filings have before a line that begins with a hyphen (RFC 1421, section 4.4)."""
_FIRST_COLUMN_TAG = re.compile(r"\s*<S>", re.IGNORECASE)
_COLUMN_TAG = re.compile(r"<C>", re.IGNORECASE)
_STROKE = "|"
# Whoever breaks a line behind one of these words, or behind a month, goes on in the next.
_GOES_ON = frozenset({
    "a", "an", "and", "as", "at", "about", "around", "after", "before", "by", "for", "from", "in", "into", "is", "its",
    "of", "on", "or", "that", "the", "to", "until", "upon", "was", "were", "will", "with", "through", "than", "be",
    "been", "dated", "ending", "ended", "each",
})  # fmt: skip
_GOES_ON_BEHIND = ",;–—-"
_MONTHS = frozenset(month.lower() for month in MONTHS)
_DAY_BEGINS = re.compile(r"[\[(]?\d")
_DATE_ALONE = re.compile(rf"\d{{1,2}} (?:{'|'.join(MONTHS)}),? \d{{4}}", re.IGNORECASE)
_BEGINS_WITHIN = re.compile(r"[a-z0-9(,;.]|(?:TO|OF|AND|FOR|INTO|WITH|IN|ON|BY|DATED)\b")
# The last word of a fund's or trust's name, behind which another name begins on a line of its own.
_NAME_ENDS = frozenset({"fund", "funds", "portfolio", "portfolios", "trust", "trusts", "series", "etf", "inc"})
_JOINS_NAMES = re.compile(r"(?:INTO|WITH|TO)\b", re.IGNORECASE)
_NAME_GOES_ON = re.compile(r"(?:Fund|Portfolio|Trust|Series|ETF)s?(?:[,.;:)]|\s+[a-z(])")
"""The last word of a name that was broken over two lines, and what follows it in a sentence."""
_TITLE = re.compile(r"(?:[(“\"]?[A-Z0-9&][^\s.]*[.,:;)”\"]?|of|and|the|for|&|–|-|in|by|to|→|[-=]+>)(?:\s+|$)")
_NUMBERED = re.compile(rf"{NUMBER}\s", re.IGNORECASE)
_BULLET = re.compile(rf"\s*[o{BULLETS}]\s+\S")
_SENTENCE_ENDS = re.compile(r"[.!?:][”\"')\]*]*$")


class Line(NamedTuple):
    """A line of the file: its number, counted from 1, and its text."""

    number: int
    text: str


def passages(lines: Sequence[Line], tables_before: int = 0) -> list[Passage]:
    """The passages of some lines of plain text; their tables are numbered from `tables_before`."""
    reading = _Reading(tables_before, _width([line.text for line in lines]))
    for block in _joined(_blocks(lines)):
        reading.take(block)
    return reading.end()


class _Block(NamedTuple):
    """Lines without a blank one between them, whether they are part of a table, and whether they are a page number.

    `columns` are the places at which EDGAR's tags say that columns begin.
    """

    lines: list[Line]
    tabular: bool
    furniture: bool = False
    columns: tuple[int, ...] = ()


def _blocks(lines: Sequence[Line]) -> Iterator[_Block]:
    """The blocks of lines, without the tags of EDGAR's plain text."""
    block: list[Line] = []
    tabular = False
    columns: tuple[int, ...] = ()
    for line in lines:
        begins, ends = _TABLE_BEGINS.search(line.text), _TABLE_ENDS.search(line.text)
        if (begins or ends) and block:
            yield _Block(block, tabular, columns=columns)
            block = []
        tabular = (tabular or bool(begins)) and not ends
        columns = _columns_of_tags(line.text) or columns if tabular else ()
        page_break = bool(_PAGE_BREAK.search(line.text))
        text = _ESCAPED_RULE.sub("", _TAG.sub(" ", line.text).replace("\f", " "))
        if page_break and _PAGE_NUMBER.fullmatch(text):
            if block and not tabular:
                yield _Block(block, tabular, columns=columns)
                block = []
            yield _Block([Line(line.number, text)], tabular=False, furniture=True)
        elif block and not tabular and _is_note_below(block[-1].text, text):
            yield _Block(block, tabular, columns=columns)
            block = [Line(line.number, text)]
        elif text.strip() or (tabular and block):
            block.append(Line(line.number, text))
        elif block:
            yield _Block(block, tabular, columns=columns)
            block = []
    if block:
        yield _Block(block, tabular, columns=columns)


def _is_note_below(rule: str, text: str) -> bool:
    """Whether a line is a footnote below the rule that ends a table."""
    return _RULE.fullmatch(rule) is not None and _NOTE.match(text) is not None


_RULE = re.compile(r"\s*[-–—_=]{5,}\s*")
_NOTE = re.compile(r"\s*(?:[*†‡]{1,3}|\(\w\))\s*[A-Z]")


def _columns_of_tags(text: str) -> tuple[int, ...]:
    """The places at which the columns behind the first begin, if a line has EDGAR's tags for them."""
    return tuple(tag.start() for tag in _COLUMN_TAG.finditer(text)) if _FIRST_COLUMN_TAG.match(text) else ()


def _joined(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """The blocks; those that stand in the same columns, one below the other, are one table."""
    for in_columns_too, group in groupby(blocks, key=_is_in_columns):
        found = list(group)
        lines = [line for block in found for line in (*block.lines, Line(block.lines[-1].number, ""))]
        if in_columns_too and len(found) > 1 and in_columns(lines, tabular=True):
            yield _Block(lines, tabular=True)
        else:
            yield from found


def _is_in_columns(block: _Block) -> bool:
    if block.tabular or block.furniture or any(_STROKE in line.text for line in block.lines):
        return False
    others = [line for line in block.lines if not _IN_COLUMNS.search(line.text)]
    return len(others) < len(block.lines) and all(_BESIDE_COLUMNS.match(line.text) for line in others)


class _Reading:
    """Blocks to passages, in order; a sentence goes on over blank lines and page breaks."""

    def __init__(self, tables: int, width: int) -> None:
        self.tables = tables
        self.usual_width = width
        self.passages: list[Passage] = []
        self.behind: list[Passage] = []  # page numbers, which stand behind the sentence that they interrupt
        self.running = Running()
        self.last_line = ""
        self.last_length = 0
        self.bullet_at: int | None = None  # the column of the bullet that the running passage begins with
        self.width = 0

    def take(self, block: _Block) -> None:
        """Read a block behind the others."""
        if block.furniture or (len(block.lines) == 1 and _is_page_number(block.lines[0].text)):
            self.behind.append(_single(block.lines))
            return
        for part in _parts(block):
            if isinstance(part, Grid):
                self.flush()
                self.passages.extend(part.passages(self.tables))
                self.tables += 1
            else:
                self.prose(part)

    def prose(self, lines: list[Line]) -> None:
        """Read lines of prose: those that go on are one passage."""
        lines = [line for line in lines if line.text.strip()]
        lengths = [len(line.text.rstrip()) for line in lines]
        longest = max(lengths, default=0)
        full = sum(length > 0.75 * longest for length in lengths)
        self.width = longest if len(lines) > 2 and full >= len(lines) / 2 else max(self.usual_width, longest)
        for index, line in enumerate(lines):
            text = line.text.strip()
            column = len(line.text) - len(line.text.lstrip())
            is_of_bullet = index > 0 and self.bullet_at is not None and column > self.bullet_at
            if self.running and not is_of_bullet and not self._goes_on(text, new_block=index == 0):
                self.flush()
            if not self.running:
                self.bullet_at = column if _BULLET.match(text) else None
            self.running.add_line(text, line.number)
            self.last_line, self.last_length = text, lengths[index]

    def _goes_on(self, text: str, *, new_block: bool) -> bool:
        """Whether a line goes on with what the last one began."""
        last_word = self.last_line.rsplit(maxsplit=1)[-1].lower()
        if last_word in _MONTHS:
            return not new_block or _DAY_BEGINS.match(text) is not None
        within = last_word in _GOES_ON or last_word[-1] in _GOES_ON_BEHIND
        if _NUMBERED.match(text) or (not within and _BULLET.match(text)):
            return False
        are_titles = _is_title(self.last_line) and _is_title(text)
        if last_word.rstrip(".,") in _NAME_ENDS and are_titles and not _JOINS_NAMES.match(text):
            return False
        if new_block and not within and _DATE_ALONE.fullmatch(text):
            return False
        if not new_block and _NAME_GOES_ON.match(text) and self.last_line[-1].isalpha():
            return True
        if new_block or self._has_room(text):
            begins_within = _BEGINS_WITHIN.match(text) is not None
            return within or (begins_within and not _SENTENCE_ENDS.search(self.last_line[-10:]))
        return True

    def _has_room(self, text: str) -> bool:
        """Whether the first word of a line had room on the last one, so that the line was broken on purpose."""
        return self.last_length + 1 + len(text.split(" ", 1)[0]) + 2 < self.width

    def flush(self) -> None:
        """End the passage that is being put together."""
        if self.running:
            self.passages.append(self.running.passage())
            self.running = Running()
        self.passages.extend(self.behind)
        self.behind.clear()
        self.last_line = ""

    def end(self) -> list[Passage]:
        """All passages."""
        self.flush()
        return self.passages


_WIDE = 0.95
_COLUMNS = re.compile(r"\S {3,}\S|^ {25}")


def _width(lines: Sequence[str]) -> int:
    """The width to which a text is set: nearly all lines are shorter."""
    plain = [line.rstrip() for line in lines if line.strip() and not _COLUMNS.search(line)]
    lengths = sorted(map(len, plain))
    return lengths[int(len(lengths) * _WIDE)] if lengths else 0


def _is_title(line: str) -> bool:
    """Whether all words of a line have capitals, but the small ones of titles."""
    return "".join(match[0] for match in _TITLE.finditer(line)) == line


def _is_page_number(text: str) -> bool:
    return _PAGE_NUMBER.fullmatch(text) is not None


def _single(lines: list[Line]) -> Passage:
    running = Running()
    for line in lines:
        running.add_line(line.text, line.number)
    return running.passage()


def _with_columns_below(lines: list[Line]) -> Iterator[list[Line] | Grid]:
    """Prose, and the table that follows it without a blank line, if there is one."""
    first = len(lines)
    while first and _IN_COLUMNS.search(lines[first - 1].text):
        first -= 1
    table = lines[first:]
    grid = in_columns(table, tabular=False) if first and len(table) >= _LEAST_ROWS else None
    if grid is None:
        yield lines
        return
    yield lines[:first]
    yield grid


_IN_COLUMNS = re.compile(r"\S {3,}\S")
_BESIDE_COLUMNS = re.compile(r" {20}|\s*[-–—_=]{5,}\s*$|\s*\([^()]*\)\s*$| +\S+(?: \S+){0,2}\s*$")
"""A line between those of a table that is in the last columns alone, a rule, in brackets, or the rest of a name."""
_LEAST_ROWS = 3


def _first_cell(prose: Sequence[Line], rest: Sequence[Line]) -> list[Line]:
    """The first cell of a table whose strokes stand behind its cells, with a stroke before it; nothing if it is none.

    `prose` are the lines before the first line that is a stroke alone.
    """
    is_cell = 0 < len(prose) <= _MOST_LINES_OF_CELL and all(len(line.text.strip()) < _SHORT for line in prose)
    if not is_cell or rest[0].text.strip() != _STROKE or any(_SENTENCE_ENDS.search(line.text) for line in prose):
        return []
    strokes = [number for number, line in enumerate(rest) if line.text.strip() == _STROKE]
    behind = rest[strokes[-1] + 1 :]
    is_behind_cells = not behind or len(behind[0].text.strip()) >= _SHORT
    return [Line(prose[0].number, _STROKE), *prose] if is_behind_cells else []


_MOST_LINES_OF_CELL, _SHORT = 3, 60


def _parts(block: _Block) -> Iterator[list[Line] | Grid]:
    """The tables and the prose of a block, in order."""
    lines = block.lines
    if not any(_STROKE in line.text for line in lines):
        grid = by_leaders(lines) or in_columns(lines, tabular=block.tabular, tagged=block.columns)
        yield from [grid] if grid else _with_columns_below(lines)
        return
    if all(line.text.strip() == _STROKE or _IN_COLUMNS.search(line.text) for line in lines):
        between = [line._replace(text="") if line.text.strip() == _STROKE else line for line in lines]
        if grid := in_columns(between, tabular=True):
            yield grid
            return
    prose: list[Line] = []
    rest = lines
    while rest:
        before = _first_cell(prose, rest)
        grid, used = flattened([*before, *rest])
        if grid:
            prose = prose[: len(prose) - len(before) + 1] if before else prose
            used -= len(before)
            if prose:
                yield prose
                prose = []
            yield grid
        else:
            prose.append(rest[0])
        rest = rest[max(used, 1) :]
    if prose:
        yield prose
