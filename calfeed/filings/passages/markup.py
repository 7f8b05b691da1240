"""HTML of a filing to passages: what a browser shows, with the lines of the file. The only importer of lxml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from calfeed.filings.passages.plain import Line
from calfeed.filings.passages.plain import passages as plain_passages
from calfeed.filings.passages.text import CELL_ENDS, LINE_BREAKS, Cell, NotAFilingError, Passage, Running

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "page",
    "section", "ul", "text", "document", "type", "sequence", "filename", "description",
})  # fmt: skip

_UNSEEN = frozenset({"head", "title", "style", "script", "noscript", "template", "ix:header", "ix:hidden"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|top|text-top)", re.IGNORECASE)
_ORDINAL = re.compile(r"\s*(?:st|nd|rd|th)\b", re.IGNORECASE)
# Marks the start of a line of the file. Filings do not use this character; any that occur are removed.
_LINE_BEGINS = "\ue000"
_REFERENCE_TO_IT = re.compile(r"&#(?:0*57344|x0*e000);?", re.IGNORECASE)
_TAG_BEGINS = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG = re.compile(r"""<(?:[^>="']|=\s*"[^"]*"|=\s*'[^']*'|["'=])*+>""")
_COMMENT_BEGINS, _COMMENT_ENDS = "<!--", "-->"
_MOST_NESTED = "the HTML is nested too deeply to be read: save the page as text, and name that file"
_MOST_COLUMNS = 200
_LONGEST_CELL = 3_000
"""The most characters of a table cell. A cell with more, or with a table in it, is part of the page's layout."""


def passages(markup: str, first_line: int, tables_before: int = 0) -> list[Passage]:
    """The passages of a page that begins on `first_line` of the file; its tables are numbered from `tables_before`.

    Raises NotAFilingError if elements are nested too deeply.
    """
    # As bytes of a stated encoding, whatever the page itself says of its own: it has been decoded already.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    root = etree.fromstring(_with_lines(markup).encode(errors="replace"), parser)
    if any("depth" in entry.message for entry in parser.error_log):
        raise NotAFilingError(_MOST_NESTED)
    if root is None:
        return []
    reading = _Reading(first_line, tables_before)
    reading.walk(root)
    return reading.page.end()


def _with_lines(markup: str) -> str:
    """The markup with a mark at the start of each line, outside of tags and comments."""
    markup = _REFERENCE_TO_IT.sub("", markup.replace(_LINE_BEGINS, ""))
    last_tag_end = markup.rfind(">")
    last_comment_end = markup.rfind(_COMMENT_ENDS)
    pieces, place = [], 0
    while (begins := _TAG_BEGINS.search(markup, place)) and begins.start() < last_tag_end:
        start = begins.start()
        if markup.startswith(_COMMENT_BEGINS, start) and start < last_comment_end:
            end = markup.index(_COMMENT_ENDS, start) + len(_COMMENT_ENDS)
        else:
            tag = _TAG.match(markup, start)
            end = tag.end() if tag else last_tag_end + 1
        pieces.append(markup[place:start].replace("\n", f"\n{_LINE_BEGINS}"))
        pieces.append(markup[start:end])
        pieces.append(_LINE_BEGINS * markup.count("\n", start, end))
        place = end
    pieces.append(markup[place:].replace("\n", f"\n{_LINE_BEGINS}"))
    return "".join(pieces)


@dataclass(slots=True)
class _Page:
    """Collects the passages of a whole page, or of one cell."""

    passages: list[Passage] = field(default_factory=list)
    running: Running = field(default_factory=Running)
    raised: bool = False

    def flush(self) -> None:
        """End the current passage."""
        if self.running:
            passage = self.running.passage()
            if passage.text.strip():
                self.passages.append(passage)
            self.running = Running()

    def end(self) -> list[Passage]:
        """All passages."""
        self.flush()
        return self.passages


@dataclass(slots=True)
class _CellRead:
    """A cell of a table: its row, its columns and its content."""

    row: int
    column: int
    columns: int
    rows: int
    page: _Page


@dataclass(slots=True)
class _TableRead:
    """A table being read; `taken` has, for a column, the number of further rows that a cell above spans."""

    cells: list[_CellRead] = field(default_factory=list)
    row: int = -1
    taken: dict[int, int] = field(default_factory=dict)
    column: int = 0

    def next_row(self) -> None:
        """Begin a row."""
        self.row += 1
        self.column = 0
        self.taken = {column: rows - 1 for column, rows in self.taken.items() if rows > 1}

    def next_cell(self, columns: int, rows: int) -> _CellRead:
        """Begin a cell in the first column that no cell above spans."""
        if self.row < 0:
            self.next_row()
        while self.column in self.taken:
            self.column += 1
        cell = _CellRead(self.row, self.column, columns, rows, _Page())
        if rows > 1 and self.column < _MOST_COLUMNS:
            self.taken.update(dict.fromkeys(range(self.column, self.column + columns), rows))
        self.column += columns
        self.cells.append(cell)
        return cell


class _Reading:
    """Walks over the elements of a page, in the order of the file."""

    def __init__(self, first_line: int, tables: int) -> None:
        self.line = first_line
        self.table_count = tables
        self.page = _Page()
        self.pages = [self.page]
        self.tables: list[_TableRead] = []
        self.raised = 0

    def walk(self, root: etree._Element) -> None:
        """Read an element and its content."""
        walk = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walk:
            if event == "comment":
                self.text(element.tail)
            elif event == "start":
                if _is_unseen(element):
                    self.pass_over(element)
                    walk.skip_subtree()
                elif element.tag == "pre":
                    self.preformatted(element)
                    walk.skip_subtree()
                else:
                    self.begin(element)
                    self.text(element.text)
            else:
                if not _is_unseen(element) and element.tag != "pre":
                    self.finish(element)
                self.text(element.tail)

    def text(self, text: str | None) -> None:
        """Read text, and count the lines that begin in it."""
        for index, part in enumerate((text or "").split(_LINE_BEGINS)):
            if index:
                self.line += 1
            if part:
                self.words(part)

    def words(self, words: str) -> None:
        """Read words of one line. Superscripts are separated from the text around them, except in ordinals."""
        page = self.pages[-1]
        raised = self.raised > 0
        if raised != page.raised and words.strip():
            if not (raised and _ORDINAL.match(words)) and not page.running.last.isspace():
                page.running.blank()
            page.raised = raised
        page.running.add(words, self.line)

    def pass_over(self, element: etree._Element) -> None:
        """Count the lines of hidden text."""
        self.line += _all_text(element).count(_LINE_BEGINS)

    def preformatted(self, element: etree._Element) -> None:
        """Read plain text within the page."""
        page = self.pages[-1]
        page.flush()
        lines = _all_text(element).split(_LINE_BEGINS)
        numbered = [Line(self.line + index, text.rstrip("\n")) for index, text in enumerate(lines)]
        found = plain_passages(numbered, self.table_count)
        self.table_count = max([self.table_count, *(each.table + 1 for each in found if each.table is not None)])
        page.passages.extend(found)
        self.line += len(lines) - 1

    def begin(self, element: etree._Element) -> None:
        """Handle the start of an element."""
        tag = element.tag
        if tag == "table":
            self.pages[-1].flush()
            self.tables.append(_TableRead())
        elif tag == "tr" and self.tables:
            self.tables[-1].next_row()
        elif tag in ("td", "th") and self.tables:
            cell = self.tables[-1].next_cell(_span(element, "colspan"), _span(element, "rowspan"))
            self.pages.append(cell.page)
        elif tag == "br":
            self.pages[-1].running.separate(LINE_BREAKS)
        elif tag in _BLOCKS:
            self.pages[-1].flush()
        elif _is_raised(element):
            self.raised += 1

    def finish(self, element: etree._Element) -> None:
        """Handle the end of an element."""
        tag = element.tag
        if tag == "table":
            if self.tables:
                self.end_table(self.tables.pop())
        elif tag in ("td", "th"):
            if self.tables and len(self.pages) > 1:
                self.pages.pop().flush()
        elif tag in _BLOCKS:
            self.pages[-1].flush()
        elif tag != "br" and _is_raised(element):
            self.raised -= 1

    def end_table(self, table: _TableRead) -> None:
        """Add the rows of a table to the page or cell that holds it."""
        page = self.pages[-1]
        page.flush()
        rows: dict[int, list[_CellRead]] = {}
        for cell in table.cells:
            if cell.page.passages:
                rows.setdefault(cell.row, []).append(cell)
        if not rows:
            return
        number: int | None = None
        for cells in rows.values():
            if any(_is_layout(cell, cells) for cell in cells):
                page.passages.extend(passage for cell in cells for passage in cell.page.passages)
                continue
            if number is None:
                number = self.table_count
                self.table_count += 1
            page.passages.append(_row(cells, number))


def _all_text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext(with_tail=False)))


def _is_unseen(element: etree._Element) -> bool:
    if element.tag in _UNSEEN or "hidden" in element.attrib:
        return True
    return _HIDDEN.search(element.get("style", "")) is not None


def _is_raised(element: etree._Element) -> bool:
    return element.tag == "sup" or (
        element.tag in ("font", "span") and _RAISED.search(element.get("style", "")) is not None
    )


def _span(element: etree._Element, name: str) -> int:
    """How many columns or rows a cell spans, up to a limit."""
    digits = element.get(name, "1").strip()
    return min(max(int(digits), 1), 100) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1


def _is_layout(cell: _CellRead, row: list[_CellRead]) -> bool:
    """Whether a cell is part of the page's layout; a table of one row in it, such as a number and words, is none."""
    found = cell.page.passages
    has_table = any(passage.table is not None for passage in found)
    is_one_row = len(found) == 1 and len(row) > 1
    return (has_table and not is_one_row) or sum(len(each.text) for each in found) > _LONGEST_CELL


def _row(cells: list[_CellRead], table: int) -> Passage:
    """The passage of a row; paragraphs in a cell become lines."""
    running, places = Running(), []
    for cell in cells:
        running.separate(CELL_ENDS)
        start = running.length
        for index, passage in enumerate(cell.page.passages):
            if index:
                running.separate(LINE_BREAKS)
            for words, line in _words_by_line(passage):
                running.add_exactly(words.replace(CELL_ENDS, " "), line)
        places.append(Cell(start, running.length, cell.column, cell.columns))
    return running.passage(places, table)


def _words_by_line(passage: Passage) -> Iterator[tuple[str, int]]:
    ends = [*passage.offsets[1:], len(passage.text)]
    for start, end, line in zip(passage.offsets, ends, passage.lines, strict=True):
        yield passage.text[start:end], line
