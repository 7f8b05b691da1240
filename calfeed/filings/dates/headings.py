"""The headings of a date in a table: what its column and its row are about, and how far they soften the date."""

import re
from collections.abc import Sequence
from dataclasses import replace

from calfeed.filings.dates.dating import Dating
from calfeed.filings.dates.mentions import Mention, Softening, find_mentions
from calfeed.filings.dates.part_of_day import labels_on_line, with_part_of_day
from calfeed.filings.dates.softness import SOFT, Softness
from calfeed.filings.passages.clauses import sentences
from calfeed.filings.passages.text import Cell, Filing, Passage, flat
from calfeed.model.when import Dated, Precision

MOST_HEADINGS = 3
"""How many rows at the top of a table may be its headings."""
_FOOTNOTE_MARK = re.compile(r"[*†‡]|\(\d\)")
_YEAR = re.compile(r"\d{4}")
_YEAR_ALONE = re.compile(r"\b(?:19|20)\d\d\b")
_DIVIDENDS = re.compile(r"\bex-?(?:dividend )?date|\bpayable|\bpayment date", re.IGNORECASE)
_OF_A_DIVIDEND = re.compile(r"\b(?:dividend|distribution|paid)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:on or (?:about|around)|approximate(?:ly)?)\b", re.IGNORECASE)
_EXPECTED = re.compile(rf"\b{SOFT}\b", re.IGNORECASE)
_TIMES = r"\b(?:dates?|timetable|schedule|timeline|calendar|timing|steps|events|milestones)\b"
_SOFT = rf"(?:{_ABOUT.pattern}|{_EXPECTED.pattern})"
_OF_TIMES = re.compile(rf"{_SOFT}[^.;]{{0,40}}{_TIMES}|{_TIMES}[^.;]{{0,60}}{_SOFT}", re.IGNORECASE)
"""A caption that softens all dates below it: "Anticipated timetable"."""


_SUPERSEDED = re.compile(
    r"\b(?:previous(?:ly)?|prior|earlier|original(?:ly)?|former(?:ly)?|old|initial(?:ly)?|superseded|replaced)\b",
    re.IGNORECASE,
)
"""What heads a column of days that no longer hold."""

LAST_DAY = re.compile(r"(?:the )?(?:last|final) (?:\w+ )?(?:days?|dates?)")
"""What heads a column of days whose rows say only what ends."""


class Headings:
    """The headings of the dates in the tables of a filing."""

    def __init__(self, filing: Filing, dating: Dating) -> None:
        self._filing = filing
        self._dating = dating

    def of(self, mention: Mention, cell: Cell) -> list[str]:
        """The headings of a cell's column and row that hold no year, in lower case."""
        passage = mention.passage
        headings = []
        above = self.cell_above(mention, cell)
        if above:
            headings.append(above)
        if passage.cells and passage.cells[0].start != cell.start:
            first = passage.cells[0]
            headings.append(passage.text[first.start : first.end])
        plain = [" ".join(_FOOTNOTE_MARK.sub("", heading).lower().split()) for heading in headings]
        of_dividends = "dividend " if self._is_of_dividends(passage) else ""
        return [
            f"{of_dividends if heading.startswith('record') else ''}{heading}"
            for heading in plain
            if heading and not _YEAR.search(heading)
        ]

    def is_superseded(self, mention: Mention) -> bool:
        """Whether a date is in a column such as "Previous date", and its row has another date."""
        cell = mention.passage.cell_at(mention.core[0])
        if cell is None or _SUPERSEDED.search(self.cell_above(mention, cell)) is None:
            return False
        return any(each.days not in {None, mention.days} for each in self._dating.in_row(mention.passage))

    def softening(self, mention: Mention) -> Softening | None:
        """What the headings of a date, or the caption of its table, leave of it; None where they do not soften it."""
        cell = mention.passage.cell_at(mention.core[0])
        if cell is None:
            return None
        return _softening([*self.of(mention, cell), self._caption(mention)])

    def _caption(self, mention: Mention) -> str:
        """The words above a table that speak of its dates, if the date is still to come; otherwise empty."""
        table, own = mention.passage.table, self._dating.printed
        if table is None or mention.days is None or (own and mention.days[1] < own):
            return ""
        first = self._filing.rows[table][0]
        text = flat(self._filing.passages[first - 1].text) if first else ""
        caption = text[sentences(text)[-1][0] :]
        return caption if _OF_TIMES.search(caption) else ""

    def _is_of_dividends(self, passage: Passage) -> bool:
        """Whether the table that a row is in has dates of dividends, so that "record date" is that of a dividend."""
        if passage.table is None:
            return False
        rows = self._filing.tables[passage.table][:MOST_HEADINGS]
        is_headed = not self._dating.in_row(rows[0]) and _OF_A_DIVIDEND.search(rows[0].text) is not None
        return is_headed or any(_DIVIDENDS.search(row.text) for row in rows)

    def cell_above(self, mention: Mention, cell: Cell) -> str:
        """The heading of the column of a cell; empty if there is none."""
        if mention.passage.table is None:
            return ""
        for row in self._filing.tables[mention.passage.table][:MOST_HEADINGS]:
            if row is mention.passage or any(each.days for each in self._dating.in_row(row)):
                break
            for above in row.cells:
                words = row.text[above.start : above.end]
                is_above = above.column <= cell.column < above.column + above.columns
                if is_above and not _YEAR_ALONE.search(words):
                    return words
        return ""


def _softening(headings: Sequence[str]) -> Softening | None:
    """The softest that some headings state."""
    if any(map(_ABOUT.search, headings)):
        return Softening("on or about", Precision.APPROXIMATE)
    return Softening("expected", Precision.EXPECTED) if any(map(_EXPECTED.search, headings)) else None


def is_only_a_date(cell: str) -> bool:
    """Whether a masked cell (see `calfeed.filings.kinds.rule`) holds only a date and words such as "on or about"."""
    rest = re.sub(
        r"@|#|\b(?:on|or|about|around|expected|after|before|at|as|of|the|close|open|opening|business|"
        r"trading|by|no|not|later|than|in|during|prior|to|week|"
        r"approximately|a\.m\.|p\.m\.|eastern|time)\b|[\d\W]",
        "",
        cell,
    )
    return len(rest) < 12


def dating_of(filing: Filing) -> Dating:
    """The dates of a filing, each with what its heading, or the sentence around it, leaves of a firm one."""
    found = find_mentions(filing)
    first = Dating(found)
    above = Headings(filing, first)
    mentions = [with_part_of_day(each, _labels(each, first, above)) for each in found]
    dating = Dating(mentions)
    headings, softness = Headings(filing, dating), Softness(dating, filing)
    softened = []
    for mention in mentions:
        states = mention.reading.states
        is_firm = isinstance(states, Dated) and states.is_firm
        softening = (headings.softening(mention) if is_firm else None) or softness.of(mention)
        softened.append(replace(mention, softened=softening) if softening else mention)
    return Dating(softened)


def _labels(mention: Mention, dating: Dating, headings: Headings) -> list[str]:
    """The labels of a date: those on its line or, in a table, its row's, what goes on with it, and its column's."""
    passage = mention.passage
    cell = passage.cell_at(mention.core[0])
    if cell is None:
        text, start, end = passage.text, mention.start, mention.end
        return labels_on_line(text[max(0, start - _FAR) : start], text[end : end + _FAR])
    labels = [headings.cell_above(mention, cell)]
    if sum(1 for each in dating.in_row(passage) if each.days) == 1:
        own = passage.cells[1 if passage.cells[0] == cell else 0]
        behind = mention.filing.passages[mention.index + 1 : mention.index + 2]
        labels += [passage.text[own.start : own.end], *(row.text for row in behind if _IN_BRACKETS.fullmatch(row.text))]
    return labels


_FAR = 300
"""So many characters from a day, there is no label of it: the longest have 160."""
_IN_BRACKETS = re.compile(r"\s*\([^()]+\)\s*")
"""What goes on with the label in the row above it."""
