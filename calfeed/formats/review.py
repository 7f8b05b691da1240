"""A page on which an author reviews a draft: the filing beside the plan, each date with a link to the other side.

It is one file that needs nothing else: links alone lead from one side to the other, so it works without a script, and
its stylesheet stands in it as a `data:` address (RFC 2397).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from calfeed.filings.dates.mentions import Mention
from calfeed.filings.drafts.drafted import Draft, DraftLeftOut, DraftMilestone
from calfeed.filings.drafts.ledger import MentionKey, key_of
from calfeed.filings.drafts.writing import lines_of
from calfeed.filings.passages.text import Passage, with_blanks
from calfeed.formats.pieces import rendered
from calfeed.model.catalog import Catalog

PLACED, TO_DECIDE, LEFT_OUT = "placed", "to-decide", "left-out"
"""The channels of a date, as the stylesheet calls them."""


class Mark(NamedTuple):
    """What became of a date of the filing: its channel, in words, and the place on the other side."""

    channel: str
    label: str
    target: str


class Piece(NamedTuple):
    """A part of a passage: plain words, or with an `anchor` and a mark the words of a date."""

    words: str
    anchor: str = ""
    mark: Mark | None = None


class Shown(NamedTuple):
    """A passage of the filing: the line on which it begins, its cells (one where it is no row), and their pieces."""

    line: int
    cells: Sequence[Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of the plan that belong together: those of one milestone, with the place of its date, or others."""

    text: str
    anchor: str = ""
    channel: str = ""
    label: str = ""
    target: str = ""
    line: int = 0


class Reason(NamedTuple):
    """A date that is left out: its place in the list, its words, why, and where it stands."""

    anchor: str
    words: str
    reason: str
    target: str
    line: int


def review_page(draft: Draft, catalog: Catalog | None) -> bytes:
    """The page for a draft, in HTML; `catalog` has the trusts that the data folder knows already."""
    return _Page(draft, catalog).made().encode()


class _Page:
    def __init__(self, draft: Draft, catalog: Catalog | None) -> None:
        self.draft = draft
        self.catalog = catalog
        entries: list[DraftMilestone | DraftLeftOut] = [*draft.placed, *draft.to_decide, *draft.left_out]
        ordered = sorted({key_of(each.mention) for each in entries})
        self.numbers = {key: number for number, key in enumerate(ordered, 1)}
        """The numbers of the dates, in the order of the filing."""
        self.entries: dict[MentionKey, list[DraftMilestone | DraftLeftOut]] = {}
        for each in entries:
            self.entries.setdefault(key_of(each.mention), []).append(each)

    def made(self) -> str:
        """The page."""
        draft = self.draft
        style = rendered("review.css")
        return rendered(
            "review.html",
            style=f"data:text/css;charset=utf-8,{quote(style)}",
            name=draft.filing.name,
            counts=((PLACED, len(draft.placed)), (TO_DECIDE, len(draft.to_decide)), (LEFT_OUT, len(draft.left_out))),
            passages=[self.shown(index, passage) for index, passage in enumerate(draft.filing.passages)],
            parts=self.parts(),
            reasons=list(self.reasons()),
        )

    # --- the filing ---

    def shown(self, index: int, passage: Passage) -> Shown:
        """A passage with its dates marked."""
        mentions = [each[0].mention for each in self.entries.values() if each[0].mention.index == index]
        mentions.sort(key=lambda mention: mention.start)
        cells = [(cell.start, cell.end) for cell in passage.cells] or [(0, len(passage.text))]
        return Shown(passage.line_at(0), [list(self.pieces(passage, mentions, *cell)) for cell in cells])

    def pieces(self, passage: Passage, mentions: Sequence[Mention], start: int, end: int) -> Iterator[Piece]:
        """The pieces of a passage from one place to another; a date that goes over cells stands where it begins."""
        place = start
        for mention in mentions:
            if start <= mention.start < end:
                last = min(mention.end, end)
                yield Piece(with_blanks(passage.text[place : mention.start]))
                number = self.numbers[key_of(mention)]
                yield Piece(with_blanks(passage.text[mention.start : last]), f"date-{number}", self.mark(mention))
                place = last
        yield Piece(with_blanks(passage.text[place:end]))

    def mark(self, mention: Mention) -> Mark:
        """What became of a date."""
        target = f"plan-{self.numbers[key_of(mention)]}"
        entries = self.entries[key_of(mention)]
        first = entries[0]
        if isinstance(first, DraftLeftOut):
            return Mark(LEFT_OUT, f"left out: {first.reason}", target)
        kinds = " and ".join(_kind(each) for each in entries if isinstance(each, DraftMilestone))
        if first in self.draft.placed:
            return Mark(PLACED, kinds, target)
        return Mark(TO_DECIDE, f"to decide: {kinds}", target)

    # --- the plan ---

    def parts(self) -> list[Part]:
        """The plan, with each milestone by itself; the first of those of a date is the one that its link leads to."""
        found = []
        seen: set[str] = set()
        for milestone, lines in groupby(lines_of(self.draft, self.catalog), key=lambda line: line.milestone):
            text = "\n".join(line.text for line in lines)
            part = self.part(text, milestone) if milestone else Part(text)
            found.append(replace(part, anchor="") if part.anchor in seen else part)
            seen.add(part.anchor)
        return found

    def part(self, text: str, milestone: DraftMilestone) -> Part:
        """The lines of one milestone."""
        number = self.numbers[key_of(milestone.mention)]
        is_placed = milestone in self.draft.placed
        return Part(
            text=text,
            anchor=f"plan-{number}",
            channel=PLACED if is_placed else TO_DECIDE,
            label=milestone.phrase,
            target=f"date-{number}",
            line=milestone.mention.line,
        )

    def reasons(self) -> Iterator[Reason]:
        """The dates that are left out, in the order of the filing."""
        for each in sorted(self.draft.left_out, key=lambda one: key_of(one.mention)):
            number = self.numbers[key_of(each.mention)]
            yield Reason(f"plan-{number}", each.mention.words, each.reason, f"date-{number}", each.mention.line)


def _kind(milestone: DraftMilestone) -> str:
    return milestone.kind.name if milestone.kind else "its kind"
