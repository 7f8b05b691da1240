"""Tables in plain text: columns with blanks between them, and cells that a browser's copy set on lines of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, pairwise
from typing import NamedTuple, Protocol

from calfeed.filings.passages.text import CELL_ENDS, NUMBER, Cell, Passage, Running


class TextLine(Protocol):
    """A line of the file: its number, counted from 1, and its text."""

    @property
    def number(self) -> int:
        """Its number."""

    @property
    def text(self) -> str:
        """Its text."""


class _Piece(NamedTuple):
    """Words of a cell that stand on one line."""

    number: int
    text: str


@dataclass(slots=True)
class GridCell:
    """The content of a cell of a table, as words with their lines, and in which columns it stands."""

    column: int
    columns: int = 1
    pieces: list[_Piece] = field(default_factory=list)

    def add(self, number: int, text: str) -> None:
        """Add words of a line."""
        if text.strip():
            self.pieces.append(_Piece(number, text.strip()))


class Grid:
    """A table as rows of cells."""

    def __init__(self, rows: Sequence[Sequence[GridCell]]) -> None:
        self.rows = [row for row in rows if any(cell.pieces for cell in row)]

    def passages(self, table: int) -> list[Passage]:
        """A passage for each row."""
        return [_passage(row, table) for row in self.rows]


def _passage(row: Sequence[GridCell], table: int) -> Passage:
    running, cells = Running(), []
    for cell in row:
        if not cell.pieces:
            continue
        running.separate(CELL_ENDS)
        start = running.length
        for index, piece in enumerate(cell.pieces):
            add = running.add_line if index else running.add
            add(piece.text, piece.number)
        cells.append(Cell(start, running.length, cell.column, cell.columns))
    return running.passage(cells, table)


# --- columns ---------------------------------------------------------------------------------------------------------

_WIDEST_GUTTER = 3
_NARROWEST_GUTTER = 2
_LEADERS = re.compile(r"\.(?: ?\.){3,}|_{3,}|-{3,}|={3,}")
_NEW_ROW = re.compile(rf"\s*{NUMBER}\s", re.IGNORECASE)
_MOST_LINES = 2_000


def in_columns(lines: Sequence[TextLine], *, tabular: bool, tagged: Sequence[int] = ()) -> Grid | None:
    """The table that lines make whose words stand in columns; None where they do not.

    A blank line ends a row; so does a line whose first column is not blank, unless blank lines end rows already.
    `tabular` says that the file calls it a table, `tagged` are the places at which its tags say that columns begin.
    They count if no word goes across them, since many a tag stands where its column does not begin.
    """
    full = [_blank_leaders(line.text.expandtabs()) for line in lines]
    if len([text for text in full if text.strip()]) < 2 or len(full) > _MOST_LINES:
        return None
    gutters = _gutters(full, _NARROWEST_GUTTER if tabular else _WIDEST_GUTTER)
    if len(tagged) > len(gutters) and all(map(partial(_is_blank_before, tagged), full)):
        gutters = list(tagged)
    if not gutters:
        return None
    bounds = list(pairwise([0, *gutters, max(map(len, full)) + 1]))
    blank_lines_end_rows = tabular and _has_blank_between_rows(full, bounds)
    hanging = _hanging_rows([text[: gutters[0]] for text in full])
    rows: list[list[GridCell]] = []
    ended = True
    for number, (line, text) in enumerate(zip(lines, full, strict=True)):
        if not text.strip():
            ended = True
            continue
        words = [text[start:end] for start, end in bounds]
        begins = bool(words[0].strip()) and (
            not blank_lines_end_rows or number in hanging or _NEW_ROW.match(words[0]) is not None
        )
        begins = begins or (not ended and _is_label(words[0]) and _is_label(_first_words(rows[-1])))
        if ended or begins or _begins_with_names(rows[-1], words):
            rows.append([GridCell(column) for column in range(len(bounds))])
            ended = False
        for cell, part in zip(rows[-1], words, strict=True):
            cell.add(line.number, part)
    return Grid(rows)


def _has_blank_between_rows(full: Sequence[str], bounds: Sequence[tuple[int, int]]) -> bool:
    """Whether a blank line stands between rows; one that only sets off the headings does not count."""
    blocks = [list(lines) for is_blank, lines in groupby(full, lambda text: not text.strip()) if not is_blank]
    if len(blocks) == 2 and all(text[start:end].strip() for text in blocks[1] for start, end in bounds):
        return False
    return any(not text.strip() for text in full)


def _is_blank_before(places: Sequence[int], text: str) -> bool:
    """Whether no word of a line goes across one of some places."""
    return not any(text[place - 1 : place].strip() for place in places)


def _first_words(row: Sequence[GridCell]) -> str:
    """The last words so far in the first cell of a row."""
    return row[0].pieces[-1].text if row[0].pieces else ""


def _is_label(words: str) -> bool:
    """Whether words end as a label does. Of labels below each other, each begins a row."""
    return words.rstrip().endswith(":")


def _begins_with_names(above: Sequence[GridCell], words: Sequence[str]) -> bool:
    """Whether a line begins a row: it has words in all columns, and the names above are complete or alike."""
    first = _first_words(above)
    is_full = all(part.strip() for part in words)
    begun = [cell.pieces[0].text.split()[:1] for cell in above if cell.pieces]
    begin_alike = begun == [part.split()[:1] for part in words]
    return (is_full and begin_alike) or (
        is_full and _NAME_ENDED.search(first) is not None and _NAME_BEGINS.match(words[0].strip()) is not None
    )


_NAME_ENDED = re.compile(r"(?:\b(?:Fund|Portfolio|ETF|Trust|Series|Shares|Inc\.)|\))[*†‡]*$")
_NAME_BEGINS = re.compile(r"[A-Z][\w.&’'-]* \S")


def _hanging_rows(first_cells: Sequence[str]) -> set[int]:
    """The lines that begin rows whose further lines are indented; `first_cells` is the first column of each line."""
    begin: set[int] = set()
    for has_words, group in groupby(enumerate(first_cells), key=lambda each: bool(each[1].strip())):
        indents = {number: len(cell) - len(cell.lstrip()) for number, cell in group} if has_words else {}
        least = min(indents.values(), default=0)
        if max(indents.values(), default=0) >= least + _LEAST_HANGING:
            begin |= {number for number, indent in indents.items() if indent == least}
    return begin


_LEAST_HANGING = 2


def _blank_leaders(text: str) -> str:
    """A line with blanks in place of the dots and rules that lead from one column to the next."""
    return _LEADERS.sub(lambda match: " " * len(match[0]), text)


def by_leaders(lines: Sequence[TextLine]) -> Grid | None:
    """The table of two columns that lines make in which dots lead from a label to what it is of; None otherwise.

    A line without dots is the beginning of the label on the next one, or goes on with the words that it stands below.
    """
    rows: list[list[GridCell]] = []
    label, right = GridCell(0), 0
    for line in lines:
        text = line.text.expandtabs()
        dots = _DOTS.search(text)
        if dots is None and _IN_COLUMNS.search(text):
            return None
        if dots is None and rows and len(text) - len(text.lstrip()) >= right:
            rows[-1][1].add(line.number, text)
            continue
        label.add(line.number, text[: dots.start()] if dots else text)
        if dots:
            value, right = GridCell(1), dots.end()
            value.add(line.number, text[right:])
            rows.append([label, value])
            label = GridCell(0)
    is_full = not label.pieces and all(cell.pieces and _is_short(cell) for row in rows for cell in row)
    return Grid(rows) if rows and is_full else None


def _is_short(cell: GridCell) -> bool:
    """Whether a cell is a label or a value, and no sentence that dots are left out of."""
    return sum(len(piece.text) for piece in cell.pieces) < _LONGEST_BESIDE_DOTS


_DOTS = re.compile(r"\.(?: ?\.){4,}")
_IN_COLUMNS = re.compile(r"\S {3,}\S")
_LONGEST_BESIDE_DOTS = 160


def _gutters(lines: Sequence[str], narrowest: int) -> list[int]:
    """Where columns begin: behind blanks that go down through all lines and have words on both sides."""
    width = max(map(len, lines))
    used = [0] * (width + 1)
    for text in lines:
        for match in re.finditer(r"\S(?: ?\S)*", text):
            used[match.start()] += 1
            if match.end() <= width:
                used[match.end()] -= 1
    gutters, open_words, blank_since, seen = [], 0, 0, False
    for place in range(width + 1):
        was_open = open_words > 0
        open_words += used[place]
        if was_open and not open_words:
            blank_since, seen = place, True
        elif open_words and not was_open and seen and place - blank_since >= narrowest:
            gutters.append(place)
    both = sum(1 for text in lines if gutters and text[: gutters[0]].strip() and text[gutters[0] :].strip())
    return gutters if both >= 2 else []


# --- flattened -------------------------------------------------------------------------------------------------------

_STROKE = "|"
_MOST_COLUMNS = 8
_LONG_LINE = 60
_LEAST_ROWS = 3
_HAS_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def flattened(lines: Sequence[TextLine]) -> tuple[Grid | None, int]:
    """The table at the beginning of some lines whose cells are set off by strokes, and how many lines it takes.

    A stroke stands before each cell on a line of its own, or between the cells of a row that is one line. (None, 0)
    where no such table begins.
    """
    first = lines[0].text.strip()
    if first == _STROKE:
        return _strokes_between(lines)
    if _STROKE in first:
        return _rows_of_strokes(lines)
    return None, 0


def _rows_of_strokes(lines: Sequence[TextLine]) -> tuple[Grid | None, int]:
    """A table of which each line is a row, or all lines between two rules are one."""
    used = 0
    groups: list[list[TextLine]] = [[]]
    for number, line in enumerate(lines):
        text = line.text.strip()
        if _RULE.fullmatch(text) and groups[-1]:
            groups.append([])
        elif _STROKE not in text or text == _STROKE:
            break
        else:
            groups[-1].append(line)
            used = number + 1
    groups = [group for group in groups if group]
    if len(groups) < _LEAST_ROWS or any(map(_has_equal_beginnings, groups)):
        groups = [[line] for group in groups for line in group]
    return Grid([_row_of_strokes(group) for group in groups]), used


def _row_of_strokes(lines: Sequence[TextLine]) -> list[GridCell]:
    """The row of some lines, cell by cell."""
    row: list[GridCell] = []
    has_stroke_before = all(line.text.strip().startswith(_STROKE) for line in lines)
    for line in lines:
        text = line.text.strip().removeprefix(_STROKE if has_stroke_before else "")
        words = text.removesuffix(_STROKE).split(_STROKE)
        row += [GridCell(column) for column in range(len(row), len(words))]
        for cell, part in zip(row, words, strict=False):
            if not re.fullmatch(r"[\s:-]*", part):
                cell.add(line.number, part)
    return row


def _has_equal_beginnings(lines: Sequence[TextLine]) -> bool:
    """Whether two lines begin with the same word, as rows of their own do."""
    begins = [line.text.split(maxsplit=1)[0] for line in lines if not line.text.strip().startswith(_STROKE)]
    return len(begins) != len(set(begins))


_RULE = re.compile(r"[-–—_=]{5,}")


def _strokes_between(lines: Sequence[TextLine]) -> tuple[Grid | None, int]:
    """A table of which each cell stands behind a line with a stroke; how many columns it has is told by its cells."""
    cells: list[list[TextLine]] = []
    used = 0
    for index, line in enumerate(lines):
        if line.text.strip() == _STROKE:
            cells.append([])
        elif cells[-1] and not _more_of_cell(cells[-1][-1].text, line.text) and not _ends_cell(lines, index):
            break
        else:
            cells[-1].append(line)
        used = index + 1
    if len(cells) > 2 and _is_prose(cells[-1]) and not any(map(_is_prose, cells[:-1])):
        used -= len(cells[-1])  # what follows the table; the last cell is blank
        cells[-1] = []
    columns = _columns(["" if not cell else cell[0].text for cell in cells])
    rows: list[list[GridCell]] = []
    for index, words in enumerate(cells):
        if index % columns == 0:
            rows.append([])
        cell = GridCell(index % columns)
        for line in words:
            cell.add(line.number, line.text)
        rows[-1].append(cell)
    return Grid(rows), used


def _is_prose(cell: Sequence[TextLine]) -> bool:
    return bool(cell) and len(cell[0].text.strip()) >= _LONG_LINE


def _more_of_cell(before: str, text: str) -> bool:
    """Whether a line goes on with a cell: the one before it is as long as a line of prose, or it begins within."""
    return len(before.strip()) >= _LONG_LINE or text.strip()[:1].islower()


def _ends_cell(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a short line stands directly before a stroke, so that it is the rest of the cell before it."""
    return index + 1 < len(lines) and lines[index + 1].text.strip() == _STROKE and len(lines[index].text) < _LONG_LINE


def _columns(cells: Sequence[str]) -> int:
    """How many columns cells in reading order most likely make: those in which cells of one sort stand together."""
    filled = len(cells) if not cells or cells[-1].strip() else len(cells) - 1  # a stroke may close the last row
    best, best_score = 1, -1.0
    for columns in range(2, min(_MOST_COLUMNS, max(2, len(cells) // _LEAST_ROWS)) + 1):
        score = 0.0
        for column in range(columns):
            sorts = [_sort(text) for text in cells[columns + column :: columns]]
            if sorts:
                score += max(sorts.count(each) for each in set(sorts)) / len(sorts)
        are_whole_rows = len(cells) % columns == 0 or filled % columns == 0
        score = score / columns - (0 if are_whole_rows else 0.1) - 0.02 * columns
        if score > best_score:
            best, best_score = columns, score
    return best


def _sort(text: str) -> str:
    """The sort of thing that a cell holds."""
    if not text.strip():
        return "nothing"
    if re.fullmatch(r"\W*", text):
        return "bullet"
    return "date" if _HAS_YEAR.search(text) and len(text) < 40 else "words"
