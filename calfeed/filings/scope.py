"""Which reorganizations of a filing a clause is about, and its text as the rules read it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from calfeed.filings.clauses import clause_around
from calfeed.filings.dating import Dating
from calfeed.filings.mentions import Mention
from calfeed.filings.names import Named, Names, RoleOf, Sort, flat, folded
from calfeed.filings.pairs import Pair
from calfeed.filings.text import CELL_ENDS, Cell, Passage


@dataclass(frozen=True, slots=True)
class Scope:
    """The pairs that a date is about, by their numbers, and whether that is certain."""

    pairs: frozenset[int]
    is_certain: bool


class Context:
    """A filing with its names and pairs: what the clause around each of its dates says, and of which pairs."""

    def __init__(self, dating: Dating, names: Names, pairs: Sequence[Pair]) -> None:
        self.dating = dating
        self.names = names
        self.pairs = pairs
        self._targets = {folded(pair.target) for pair in pairs}
        self._acquirers = {folded(pair.acquiring) for pair in pairs if pair.acquiring}

    # --- the clause ---

    def clauses(self, mention: Mention) -> list[str]:
        """The clause around a date as the rules read it; of a cell also with its headings alone, the surest first."""
        passage = mention.passage
        cell = passage.cell_at(mention.start)
        if cell is None:
            start, end = mention.clause_span
            own = self.masked(mention, start, end)
            if start and _POINTS_BACK.search(own):
                return [own, self.masked(mention, clause_around(passage, start - 2, start - 1)[0], end)]
            return [own]
        own = self.masked(mention, cell.start, cell.end)
        found = []
        for heading in self._headings(mention, cell):
            if _is_only_a_date(own):
                found.append(f"{heading} : {own}")
        row = self.masked(mention, 0, len(passage.text)) if len(passage.text) < _LONGEST_ROW else own
        return (
            [*found, row] if _is_only_a_date(own) else [self.masked(mention, *_sentence(passage, mention, cell)), row]
        )

    def _headings(self, mention: Mention, cell: Cell) -> list[str]:
        """What heads the column and the row of a cell, without dates."""
        passage = mention.passage
        headings = []
        above = self._cell_above(mention, cell)
        if above:
            headings.append(above)
        if passage.cells and passage.cells[0].start != cell.start:
            first = passage.cells[0]
            headings.append(passage.text[first.start : first.end])
        plain = [" ".join(heading.lower().split()) for heading in headings]
        return [heading for heading in plain if heading and not re.search(r"\d{4}", heading)]

    def heading_softens(self, mention: Mention) -> bool:
        """Whether the heading of a date's column or row says that the day is not certain."""
        cell = mention.passage.cell_at(mention.start)
        return cell is not None and any(_SOFT.search(heading) for heading in self._headings(mention, cell))

    def _cell_above(self, mention: Mention, cell: Cell) -> str:
        if mention.passage.table is None:
            return ""
        for row in mention.filing.table(mention.passage.table)[:_MOST_HEADINGS]:
            if row is mention.passage or any(each.days for each in self.dating.in_row(row)):
                break
            for above in row.cells:
                words = row.text[above.start : above.end]
                if above.column <= cell.column < above.column + above.columns and not re.search(
                    r"\b(?:19|20)\d\d\b", words
                ):
                    return words
        return ""

    def masked(self, mention: Mention, start: int, end: int) -> str:
        """A part of a mention's passage as the rules read it."""
        text = flat(mention.passage.text)
        pieces, place = [], start
        for first, last, sign in self._signs(mention):
            if start <= first and last <= end and place <= first:
                pieces += [text[place:first].lower(), sign]
                place = last
        whole = "".join([*pieces, text[place:end].lower()]).replace(CELL_ENDS, " : ")
        return " ".join(whole.split())

    def _signs(self, mention: Mention) -> list[tuple[int, int, str]]:
        """The places in a mention's passage that the rules read as signs."""
        signs = [(*mention.core, "@")]
        for other in self.dating.in_passage(mention.index):
            if other is not mention and other.days is not None:
                signs.append((*other.core, "#"))
        taken = list(signs)
        for each in self.names.in_passage(mention.index):
            if not any(first < each.end and each.start < last for first, last, _ in taken):
                signs.append((each.start, each.end, self._sign(each)))
        return sorted(signs)

    def _sign(self, named: Named) -> str:
        if named.sort is Sort.TRUST and not self._is_side(named.names, self._targets | self._acquirers):
            return "trust"
        if self._is_side(named.names, self._targets) or (not named.names and named.role is RoleOf.TARGET):
            return "target"
        if self._is_side(named.names, self._acquirers) or (not named.names and named.role is RoleOf.ACQUIRING):
            return "acquirer"
        return "fund"

    @staticmethod
    def _is_side(names: Sequence[str], side: set[str]) -> bool:
        return bool(names) and all(folded(name) in side for name in names)

    # --- the pairs ---

    @cached_property
    def everything(self) -> frozenset[int]:
        """All pairs."""
        return frozenset(range(len(self.pairs)))

    def scope(self, mention: Mention) -> Scope:
        """The pairs that a date is about: those named in its clause, row or heading, or else all."""
        if len(self.pairs) == 1:
            return Scope(self.everything, self._names_no_other_fund(mention))
        start, end = self._span(mention)
        here = self.pairs_named(mention.index, start, end)
        text = flat(mention.passage.text)[start:end]
        if here:
            return Scope(here, here != self.everything or self._names_all(mention.index, start, end))
        if _ALL.search(text):
            return Scope(self.everything, True)
        heading = self._pairs_in_run_in_heading(mention.index)
        if heading:
            return Scope(heading, len(heading) == 1)
        is_of_all = _PLURAL.search(text) is not None or not _SINGULAR.search(text)
        before = self.pairs_named(mention.index, 0, start)
        if before:
            is_of_one = len(before) == 1 and _POINTS.search(text) is not None and not _PLURAL.search(text)
            return Scope(before, is_of_all if before == self.everything else is_of_one)
        heading = self._pairs_in_heading(mention.index)
        if heading:
            return Scope(heading, len(heading) == 1)
        return Scope(self.everything, is_of_all)

    def _span(self, mention: Mention) -> tuple[int, int]:
        if mention.passage.cells:
            return 0, len(mention.passage.text)
        return clause_around(mention.passage, mention.start, mention.end)

    def pairs_named(self, index: int, start: int, end: int) -> frozenset[int]:
        """The pairs of which a part of a passage names a fund."""
        targets: set[int] = set()
        acquired: set[int] = set()
        for each in self.names.in_passage(index):
            if each.sort is Sort.FUND and start <= each.start and each.end <= end:
                found = self.pairs_of(each, index)
                keys = {folded(name) for name in each.names}
                is_target = any(folded(self.pairs[number].target) in keys for number in found)
                (targets if is_target else acquired).update(found)
        return frozenset(targets or acquired)

    def pairs_of(self, named: Named, index: int) -> set[int]:
        """The pairs of which a place names the target or, where that tells them apart, the acquirer."""
        keys = {folded(name) for name in named.names}
        trust = self._trust_of(named, index)
        targets = {
            number
            for number, pair in enumerate(self.pairs)
            if folded(pair.target) in keys
            and (not trust or not pair.target_trust or folded(pair.target_trust) == folded(trust))
        }
        if targets and named.role is not RoleOf.ACQUIRING:
            return targets
        return {number for number, pair in enumerate(self.pairs) if folded(pair.acquiring) in keys}

    def _trust_of(self, named: Named, index: int) -> str:
        """The trust of a fund of which two trusts have one of its name: the one in whose definition a term stands."""
        if not named.is_term or len(named.names) != 1:
            return ""
        text = flat(self.names.filing.passages[index].text)[named.start : named.end]
        return self.names.trust_of_term(text)

    def _names_all(self, index: int, start: int, end: int) -> bool:
        """Whether a part of a passage names all targets, by name or by one term for them."""
        text = flat(self.names.filing.passages[index].text)[start:end]
        return _ALL.search(text) is not None or (
            len(self.pairs) > 0 and self.pairs_named(index, start, end) == self.everything
        )

    def _pairs_in_run_in_heading(self, index: int) -> frozenset[int]:
        """The pairs that a passage names in a heading on its first line: "Blue Fund. The merger of …"."""
        named = self.names.in_passage(index)
        text = self.names.filing.passages[index].text
        if named and named[0].start == 0 and re.match(r"\s*[.:–—]\s", text[named[0].end :]):
            return self.pairs_named(index, 0, named[0].end)
        return frozenset()

    def _pairs_in_heading(self, index: int) -> frozenset[int]:
        """The pairs that the heading above a passage names, where that is not the heading of all."""
        for above in range(index - 1, max(-1, index - 6), -1):
            passage = self.names.filing.passages[above]
            if passage.cells or len(passage.text) > _LONGEST_HEADING:
                continue
            found = self.pairs_named(above, 0, len(passage.text))
            if found and found != self.everything and above > _FRONT:
                return found
            return frozenset()
        return frozenset()

    def _names_no_other_fund(self, mention: Mention) -> bool:
        """Whether the clause names no fund that is neither target nor acquirer."""
        start, end = self._span(mention)
        signs = {
            self._sign(each)
            for each in self.names.in_passage(mention.index)
            if start <= each.start and each.end <= end and each.sort is Sort.FUND and each.names
        }
        return "fund" not in signs or bool(signs & {"target", "acquirer"})


_MOST_HEADINGS = 3
_POINTS_BACK = re.compile(
    r"^(?:and |but )?(?:it|they|this|these|such|each|both|which)\b|\bthat (?:date|day)\b|\bit is\b"
)
_SOFT = re.compile(
    r"\b(?:on or about|approximate|expected|anticipated|estimated|proposed|projected|tentative|planned)\b"
)
_LONGEST_ROW = 500
_LONGEST_HEADING = 160
_FRONT = 3
"""So many passages at the top name the trust and its funds, and head nothing."""
_ALL = re.compile(
    r"\b(?:each (?:of the )?(?:\w+ )?(?:fund|portfolio|reorganization|merger)|both (?:\w+ )?(?:funds|"
    r"portfolios|reorganizations|mergers)|all (?:\w+ )?(?:funds|portfolios)|"
    r"(?:the |these )?(?:reorganizations|mergers|liquidations|proposals|substitutions)|(?:a|each|"
    r"every) (?:target|current|present|acquired|selling|merging) (?:fund|portfolio)|"
    r"(?:a|any|every) (?:reorganization|merger)|"
    r"(?:the )?(?:target|acquired|selling|current|present|merging|state)? ?(?:funds|portfolios))\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:it|its|this|that|such|he|the (?:\w+ )?(?:fund|portfolio|reorganization|merger|transaction|meeting|closing|"
    r"conversion|liquidation|agreement|shareholders|holders))\b",
    re.IGNORECASE,
)
"""Words by which a clause points to what was named before it."""
_PLURAL = re.compile(r"\b(?:reorganizations|mergers|funds|portfolios|meetings|both|each|all|they)\b", re.IGNORECASE)
_SINGULAR = re.compile(
    r"\b(?:the|this|its) (?:reorganization|merger|fund|portfolio|transaction)\b|"
    r"\bit (?:is|was|will|would)\b[^.;]{0,60}\b(?:clos|occur|complet|take|effect|consummat)",
    re.IGNORECASE,
)


def _is_only_a_date(cell: str) -> bool:
    """Whether a cell holds nothing but a date and the words that belong to it."""
    rest = re.sub(
        r"@|#|\b(?:on|or|about|around|expected|after|before|at|as|of|the|close|open|opening|business|"
        r"trading|by|no|not|later|than|in|during|prior|to|week|"
        r"approximately|a\.m\.|p\.m\.|eastern|time)\b|[\d\W]",
        "",
        cell,
    )
    return len(rest) < 12


def _sentence(passage: Passage, mention: Mention, cell: Cell) -> tuple[int, int]:
    """The sentence of a cell that holds a date."""
    part = Passage(passage.text[cell.start : cell.end], (0,), (1,))
    start, end = clause_around(part, mention.start - cell.start, mention.end - cell.start)
    return cell.start + start, cell.start + end
