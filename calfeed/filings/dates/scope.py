"""Masks the clause around a date for the rules, and finds the reorganizations that it is about."""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, takewhile
from operator import attrgetter
from typing import NamedTuple

from calfeed.filings.dates.beside import pair_beside
from calfeed.filings.dates.dating import Dating
from calfeed.filings.dates.headings import LAST_DAY, MOST_HEADINGS, Headings, is_only_a_date
from calfeed.filings.dates.mentions import Mention
from calfeed.filings.funds.named import Named, Sort, folded
from calfeed.filings.funds.names import Names
from calfeed.filings.funds.pair import Pair
from calfeed.filings.funds.several import (
    ALL,
    ALL_TARGETS,
    EVERY,
    FOR_ALL,
    PLURAL,
    SINGULAR,
    THEY,
    number_told,
    pairs_by_number,
    speaks_of_it,
    speaks_of_some,
)
from calfeed.filings.funds.shortened import ShortNames
from calfeed.filings.funds.terms import Place, RoleOf
from calfeed.filings.funds.unpaired import lacks_pairs
from calfeed.filings.passages.clauses import clause_around, sentences
from calfeed.filings.passages.denials import APART
from calfeed.filings.passages.sections import is_heading, run_in_heading, words_above_list
from calfeed.filings.passages.text import CELL_ENDS, Cell, Passage, flat


@dataclass(frozen=True, slots=True)
class Scope:
    """The numbers of the pairs that a date is about, and whether that is certain.

    `is_said` is false where no word says it: a date is about all pairs then because nothing limits it to some.
    """

    pairs: frozenset[int]
    is_certain: bool
    is_said: bool = True


class _Sign(NamedTuple):
    """The start and end of a date or name in a passage, and the sign that replaces it."""

    start: int
    end: int
    sign: str


_start = attrgetter("start")


class Context:
    """A filing with its names and pairs: the masked clause and the scope of each of its dates."""

    def __init__(self, dating: Dating, names: Names, pairs: Sequence[Pair]) -> None:
        self.dating = dating
        self.names = names
        self.pairs = pairs
        self._headings = Headings(names.filing, dating)
        self._targets = {folded(pair.target) for pair in pairs}
        self._acquirers = {folded(pair.acquiring) for pair in pairs if pair.acquiring}
        self._signs_by_passage: dict[int, list[_Sign]] = {}

    # --- the clause ---

    def clauses(self, mention: Mention) -> list[str]:
        """The masked clause around a date. For a date in a table several, the best first: its headings, its row."""
        passage = mention.passage
        cell = passage.cell_at(mention.core[0])
        if cell is None:
            start, end = mention.clause_span
            own = self.masked(mention, start, end)
            if start and _POINTS_BACK.search(own):
                return [own, self.masked(mention, clause_around(passage, start - 2, start - 1)[0], end)]
            lead_in = self._lead_in(mention.index)
            return [own, f"{lead_in} {own}"] if lead_in else [own]
        own = self.masked(mention, cell.start, cell.end)
        row = self.masked(mention, 0, len(passage.text)) if len(passage.text) < _LONGEST_ROW else own
        if not is_only_a_date(own):
            return [self.masked(mention, *_sentence(passage, mention, cell)), row]
        headings = self._headings.of(mention, cell)
        ended = [f"{heading} : {row}" for heading in headings[:1] if LAST_DAY.fullmatch(heading)]
        return [*(f"{heading} : {own}" for heading in headings), row, *ended]

    def sentences_beside(self, mention: Mention) -> tuple[str, str]:
        """The masked sentences before and behind the clause around a date; empty where there are none."""
        if mention.passage.cells:
            return "", ""
        start, end = mention.clause_span
        every = sentences(mention.passage.text)
        before = next((each for each in reversed(every) if each[1] <= start), (0, 0))
        behind = next((each for each in every if each[0] >= end), (0, 0))
        return self.sentence(mention.index, *before), self.sentence(mention.index, *behind)

    def question_above(self, index: int) -> str:
        """The question that a passage answers, in lower case; or nothing."""
        above = self.names.filing.passages[index - 1].text if index else ""
        return above.lower() if above.endswith("?") else ""

    def _lead_in(self, index: int) -> str:
        """The question that a passage answers, or the words with a colon above the list that it is in; or nothing."""
        return self.question_above(index) or words_above_list(self.names.filing, index)

    def is_superseded(self, mention: Mention) -> bool:
        """Whether a date is in a column of earlier days: see `Headings.is_superseded`."""
        return self._headings.is_superseded(mention)

    def is_labelled(self, mention: Mention) -> bool:
        """Whether a date is the only one in a short row of a table, all of whose words are thus about it."""
        passage = mention.passage
        if not passage.cells or len(passage.text) > _LONGEST_LABEL:
            return False
        first = passage.text[passage.cells[0].start : passage.cells[0].end]
        has_mark = re.search(r"\w\w", first) is None
        return not has_mark and all(each is mention or each.days is None for each in self.dating.in_row(passage))

    def has_a_label(self, mention: Mention) -> bool:
        """Whether a date is in a row that has only a label beside it."""
        return len(mention.passage.cells) == 2 and self.is_labelled(mention)

    def masked(self, mention: Mention, start: int, end: int) -> str:
        """A part of a mention's passage, masked for the rules: see `calfeed.filings.kinds.rule`."""
        return self._masked(mention.index, start, end, mention)

    def sentence(self, index: int, start: int, end: int) -> str:
        """A part of a passage, masked for the rules, none of whose dates is the one in question."""
        return self._masked(index, start, end, None)

    def _masked(self, index: int, start: int, end: int, mention: Mention | None) -> str:
        text = flat(self.names.filing.passages[index].text)
        pieces, place = [], start
        for first, last, sign in self._signs(index, start, end, mention):
            if start <= first and last <= end and place <= first:
                pieces += [text[place:first].lower(), sign]
                place = last
        whole = "".join([*pieces, text[place:end].lower()]).replace(CELL_ENDS, " : ")
        return " ".join(whole.split())

    def _signs(self, index: int, start: int, end: int, mention: Mention | None) -> list[_Sign]:
        """The signs that begin in a part of a passage, in order, with the mark of the date in question."""
        every = self._signs_in(index)
        signs = every[bisect_left(every, start, key=_start) : bisect_left(every, end, key=_start)]
        if mention is None:
            return signs
        first, last = mention.core
        others = [each for each in signs if each.end <= first or last <= each.start]
        insort(others, _Sign(first, last, "@"))
        return others

    def _signs_in(self, index: int) -> list[_Sign]:
        """The dates and names in a passage, none of them the date in question, in order. A date hides names."""
        if index not in self._signs_by_passage:
            named = self.names.in_passage(index)
            dated = [each for each in self.dating.in_passage(index) if each.days and not _is_in_a_name(each, named)]
            dates = [_Sign(*each.core, "#") for each in dated]
            ends = [each.end for each in dates]
            names = []
            for each in named:
                behind = bisect_right(ends, each.start)
                if behind == len(dates) or each.end <= dates[behind].start:
                    names.append(_Sign(each.start, each.end, self._sign(each)))
            self._signs_by_passage[index] = sorted([*dates, *names])
        return self._signs_by_passage[index]

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

    def has_footnote(self, mention: Mention) -> bool:
        """Whether a mark follows a date whose footnote names a date or some of the pairs."""
        found = _MARK_BEHIND.match(mention.passage.text, mention.end)
        if found is None:
            return False
        notes = [
            index
            for index, passage in enumerate(self.names.filing.passages)
            if index != mention.index and passage.text.lstrip().startswith(found[1])
        ]
        return any(self.dating.in_passage(index) or self.names.in_passage(index) for index in notes)

    @cached_property
    def some_do_not_vote(self) -> bool:
        """Whether the filing says, of several reorganizations, that one needs no vote."""
        return len(self.pairs) > 1 and self._says(_NO_VOTE)

    @cached_property
    def lacks_pairs(self) -> bool:
        """Whether the filing speaks of a reorganization that is in none of the pairs."""
        return lacks_pairs(self.names, self.pairs, self._front)

    @cached_property
    def tells_of_moves(self) -> bool:
        """Whether the filing tells of a day that was put off."""
        return self._says(_MOVES)

    def _says(self, words: re.Pattern[str]) -> bool:
        """Whether a passage of the filing has some words."""
        return any(words.search(flat(passage.text)) for passage in self.names.filing.passages)

    # --- the pairs ---

    @cached_property
    def everything(self) -> frozenset[int]:
        """All pairs."""
        return frozenset(range(len(self.pairs)))

    def scope(self, mention: Mention) -> Scope:
        """The pairs that a date is about: those that its clause, row or heading names, or else all."""
        is_of_another = self.is_about_another_fund(mention.index, *self._span(mention))
        if len(self.pairs) == 1:
            return Scope(self.everything, not is_of_another)
        scope = self._scope_of_several(mention)
        is_open = (
            is_of_another
            or self._is_told_apart(mention)
            or self._has_hint_of_others(mention, scope.pairs)
            or (scope.pairs == self.everything and self._is_about_some(mention))
            or self._is_about_the_other(mention)
        )
        return replace(scope, is_certain=scope.is_certain and not is_open)

    def _is_about_some(self, mention: Mention) -> bool:
        """Whether a clause that names no fund speaks of some of several."""
        start, end = self._span(mention)
        is_named = bool(self.pairs_named(mention.index, start, end))
        return not is_named and speaks_of_some(flat(mention.passage.text)[start:end])

    def _is_about_the_other(self, mention: Mention) -> bool:
        """Whether a clause that names no fund speaks of "the other fund", which is not the one named before it."""
        start, end = self._span(mention)
        is_other = _THE_OTHER.search(flat(mention.passage.text), start, end) is not None
        return is_other and not self.pairs_named(mention.index, start, end)

    def speaks_of_all(self, mention: Mention) -> bool:
        """Whether the clause of a date has words for all funds or reorganizations, whichever it names beside them."""
        start, end = self._span(mention)
        return ALL.search(flat(mention.passage.text), start, end) is not None

    def goes_on_about_one(self, mention: Mention) -> bool:
        """Whether a clause without a fund goes on about "the fund", which may be any of several."""
        start, end = self._span(mention)
        text = flat(mention.passage.text)
        return (
            len(self.pairs) > 1
            and not mention.passage.cells
            and not self.pairs_named(mention.index, 0, end)
            and not PLURAL.search(text[start:end])
            and _SPEAKS_OF_ONE.search(text[:start]) is not None
        )

    def _is_told_apart(self, mention: Mention) -> bool:
        """Whether the clause or row of a date says of one fund what it does not say of another."""
        return self._tells_apart(mention.index, *self._span(mention))

    def _tells_apart(self, index: int, start: int, end: int) -> bool:
        """Whether a part of a passage says of one fund what it does not say of another."""
        text = flat(self.names.filing.passages[index].text)
        for found in _TOLD_APART.finditer(text, start, end):
            if not _EXCEPTION.match(found[0]):
                return True
            excepted = _EXCEPTED.match(text, found.end(), end)
            behind = excepted.end() if excepted else found.end()
            if _A_FUND.search(text, found.end(), behind) or self.pairs_named(index, found.end(), behind):
                return True
        return False

    def scope_of_sentence(self, index: int, start: int, end: int) -> Scope:
        """The pairs that a sentence is about: those that it, a sentence before it or its heading names, or else all."""
        if self._is_of_no_pair(index, start, end):
            return Scope(frozenset(), is_certain=True)
        here = self.pairs_named(index, start, end)
        text = flat(self.names.filing.passages[index].text)[start:end]
        if here or len(self.pairs) == 1:
            is_denied_of_one = len(here) == 1 and {each[0] for each in _TOLD_APART.finditer(text)} == {"did not"}
            is_of_one = len(self.pairs) == 1 or is_denied_of_one
            return Scope(here or self.everything, is_of_one or not self._tells_apart(index, start, end))
        heading = self._pairs_in_run_in_heading(index) or self._pairs_named_last(index, start)
        heading = heading or self._pairs_in_heading(index)
        if heading:
            return Scope(heading, is_certain=True)
        return Scope(self.everything, ALL.search(text) is not None)

    def pairs_told_of(self, index: int, start: int, end: int) -> frozenset[int]:
        """The pairs that a sentence names, whatever stands before it; all if it names none, or speaks of others too."""
        if self._is_of_no_pair(index, start, end):
            return frozenset()
        here = self.pairs_named(index, start, end)
        is_of_others = _THE_OTHER.search(flat(self.names.filing.passages[index].text), start, end) is not None
        is_of_others = is_of_others or self._names_all(index, start, end) or self._tells_apart(index, start, end)
        return self.everything if is_of_others else here or self.everything

    def _is_of_no_pair(self, index: int, start: int, end: int) -> bool:
        """Whether a sentence names funds, but is about no pair."""
        named = [each for each in self.names.in_passage(index) if each.sort is Sort.FUND and start <= each.start < end]
        signs = {self._sign(each) for each in named if each.names}
        if signs == {"fund", "acquirer"} and _OTHER_MERGER.search(self.sentence(index, start, end)):
            return True
        return bool(named) and all(each.names and self._sign(each) == "fund" for each in named)

    def _scope_of_several(self, mention: Mention) -> Scope:
        start, end = self._span(mention)
        here = self.pairs_named(mention.index, start, end)
        text = _OTHER_FUNDS.sub("", flat(mention.passage.text)[start:end])
        if here:
            return self._scope_of_named(mention, here, start, end)
        if told := self._scope_told(mention, start, end):
            return told
        if number_told(text) not in {None, len(self.pairs), len(self._targets | self._acquirers)}:
            return self._scope_of_number(mention, start, text)
        if ALL.search(text):
            return self._scope_of_all(mention, start, text)
        heading = self._pairs_in_run_in_heading(mention.index)
        if heading:
            return Scope(heading, not (THEY if len(heading) == 1 else SINGULAR).search(text))
        is_of_all = PLURAL.search(text) is not None or not SINGULAR.search(text)
        before = self.pairs_named(mention.index, 0, start)
        if _POINTS.search(text) and not PLURAL.search(text):
            before = self._pairs_named_last(mention.index, start) or before
        if before:
            points = _POINTS.search(text) is not None or self._names_only(mention.index, before)
            is_of_one = len(before) == 1 and points and not PLURAL.search(text)
            return Scope(before, is_of_all if before == self.everything else is_of_one)
        heading = self._pairs_in_lead_in(mention.index) or self._pairs_in_heading(mention.index)
        if heading:
            return Scope(heading, len(heading) == 1 and not THEY.search(text))
        is_said = PLURAL.search(text) is not None
        is_of_one = not is_said and speaks_of_it(text)
        is_certain = is_of_all and not is_of_one and not self._has_another_column(mention)
        return Scope(self.everything, is_certain, is_said)

    def _scope_told(self, mention: Mention, start: int, end: int) -> Scope | None:
        """The pairs that a clause tells by a trust, a number, a part of a name or the heading of its column."""
        text = flat(mention.passage.text)
        told = self._pairs_of_meeting(mention.index, start, end) or self._pairs_by_number(text[start : mention.end])
        if told:
            return Scope(told, is_certain=False)
        if part := self._scope_of_part(text[start:end]):
            return part
        column = self._pairs_in_column(mention)
        return Scope(column, True) if column else None

    def _scope_of_part(self, text: str) -> Scope | None:
        """The pair of "the 2005 Fund", a part of its target's name; not certain if other names have that part too."""
        found: set[int] = set()
        is_certain = True
        for match in _PART_OF_NAME.finditer(text):
            words = set(folded(match[1]).split())
            having = {folded(name) for name in self.names.all_printed.values() if words <= set(folded(name).split())}
            fitting = {number for number, pair in enumerate(self.pairs) if folded(pair.target) in having}
            found |= fitting
            is_certain = is_certain and len(having) <= 1
        return Scope(frozenset(found), is_certain) if found else None

    def _has_another_column(self, mention: Mention) -> bool:
        """Whether another cell of a date's row has a date too, so that each may be that of other funds."""
        own = mention.passage.cell_at(mention.core[0])
        others = [each for each in self.dating.in_passage(mention.index) if each.days and each.days != mention.days]
        return own is not None and any(mention.passage.cell_at(each.core[0]) != own for each in others)

    def _scope_of_all(self, mention: Mention, start: int, text: str) -> Scope:
        """The scope of "the mergers" or "each fund": all pairs; a heading with some of them outweighs all but "all"."""
        is_of_section = EVERY.search(text) is None and bool(
            self._pairs_in_run_in_heading(mention.index) or self._pairs_in_heading(mention.index)
        )
        return Scope(self.everything, not is_of_section and not self._is_of_another_subject(mention, start))

    def _pairs_of_meeting(self, index: int, start: int, end: int) -> frozenset[int]:
        """The pairs of the trusts whose meeting or shareholders a part of a passage speaks of; none if of all."""
        text = flat(self.names.filing.passages[index].text)
        found: set[int] = set()
        for each in self.names.in_passage(index):
            is_here = each.sort is Sort.TRUST and start <= each.start and each.end <= end
            if is_here and (_MEETING_BEHIND.match(text, each.end) or _HOLDERS_BEFORE.search(text, start, each.start)):
                found |= self._pairs_of_trusts(each.names)
        return frozenset() if found == self.everything else frozenset(found)

    def _pairs_of_trusts(self, trusts: Sequence[str]) -> set[int]:
        """The pairs whose targets are series of one of some trusts."""
        keys = {folded(name) for name in trusts}
        return {number for number, pair in enumerate(self.pairs) if folded(pair.target_trust) in keys}

    def _scope_of_number(self, mention: Mention, start: int, text: str) -> Scope:
        """The scope of "the two funds" and the like: so many pairs as are named before it or in the heading."""
        wanted = number_told(text)
        candidates = [
            self._pairs_in_run_in_heading(mention.index),
            self._pairs_named_last(mention.index, start),
            self.pairs_named(mention.index, 0, start),
            self._pairs_in_heading(mention.index),
        ]
        fitting = next((found for found in candidates if len(found) == wanted), None)
        if fitting:
            return Scope(fitting, True)
        return Scope(next((found for found in candidates if found), self.everything), is_certain=False)

    def _span(self, mention: Mention) -> tuple[int, int]:
        if mention.passage.cells:
            return 0, len(mention.passage.text)
        return clause_around(mention.passage, mention.start, mention.end)

    def _scope_of_named(self, mention: Mention, here: frozenset[int], start: int, end: int) -> Scope:
        """The pairs of a date whose clause or row names some."""
        own = self._own_part(mention, start, end) if len(here) > 1 else None
        below = self._pairs_in_rows_below(mention)
        if own:
            return own
        names = [each for each in self.names.in_passage(mention.index) if start <= each.start < mention.start]
        beside = pair_beside(self.pairs, names, flat(mention.passage.text), mention.start)
        if beside is not None:
            return Scope(frozenset({beside}), is_certain=True)
        alone = self._pairs_named_alone(mention.index, start, end)
        if alone and alone != here:
            return Scope(here, is_certain=False)
        if below - here:
            return Scope(here | below, is_certain=False)
        if here != self.everything and len(here) == 1 and _EACH_CALLED.search(flat(mention.passage.text)[start:end]):
            return Scope(self.everything, is_certain=False)
        if for_all := FOR_ALL.search(flat(mention.passage.text), start, end):
            return Scope(self.everything, here == self.everything or self._is_beside(mention, *for_all.span()))
        return Scope(here, here != self.everything or self._names_all(mention.index, start, end))

    def _is_beside(self, mention: Mention, start: int, end: int) -> bool:
        """Whether no fund and no other date is between a date and a part of its passage."""
        first, last = sorted([(start, end), mention.core])
        between = (first[1], last[0])
        dates = [each for each in self.dating.in_passage(mention.index) if between[0] <= each.start < between[1]]
        has_other = any(each is not mention and each.days for each in dates)
        return not has_other and not self.pairs_named(mention.index, *between)

    def _pairs_named_alone(self, index: int, start: int, end: int) -> frozenset[int]:
        """The pairs whose targets a part of a passage names each by itself, not by a term for several funds."""
        found: set[int] = set()
        for each in self.names.in_passage(index):
            if each.sort is Sort.FUND and start <= each.start and each.end <= end and len(each.names) == 1:
                numbers = self._section_of(each, index) or self.pairs_of(each, index)
                found |= {number for number in numbers if self._is_target(number, each)}
        return frozenset(found)

    def _is_target(self, number: int, named: Named) -> bool:
        return folded(self.pairs[number].target) in {folded(name) for name in named.names}

    def _pairs_by_number(self, text: str) -> frozenset[int]:
        """The pairs that a text tells by number; all if it has a number that no pair has; or none."""
        numbers = pairs_by_number(text)
        return numbers if numbers <= self.everything else self.everything

    def _pairs_named_last(self, index: int, end: int) -> frozenset[int]:
        """The pairs in the last sentence before a place that names any. "All funds" there are all pairs."""
        text = flat(self.names.filing.passages[index].text)
        is_of_section = bool(self._pairs_in_run_in_heading(index) or self._pairs_in_heading(index))
        for start, behind in reversed([(start, behind) for start, behind in sentences(text) if behind <= end]):
            found = self.pairs_named(index, start, behind)
            if found:
                return found
            if ALL_TARGETS.search(text[start:behind]) and not is_of_section:
                return self.everything
        return frozenset()

    def _own_part(self, mention: Mention, start: int, end: int) -> Scope | None:
        """The pairs of one of several dates in a clause, if each date has its own: "A on May 1, and B on May 2".

        It is certain if the names can belong to the dates in one way only. None if a date has no names of its own.
        """
        dated = [each for each in self.dating.in_passage(mention.index) if each.days and start <= each.start < end]
        if len(dated) < 2 or mention not in dated:
            return None
        before = self._shared_out(mention.index, [start, *(each.end for each in dated)])
        behind = self._shared_out(mention.index, [*(each.start for each in dated), end])
        shares = before or behind
        return Scope(shares[dated.index(mention)], not (before and behind)) if shares else None

    def _shared_out(self, index: int, ends: Sequence[int]) -> list[frozenset[int]]:
        """The pairs in each part of a clause, cut at some places; empty unless each part names pairs of its own."""
        named = [self.pairs_named(index, first, last) for first, last in pairwise(ends)]
        is_shared_out = all(named) and sum(map(len, named)) == len(frozenset().union(*named))
        return named if is_shared_out else []

    def _names_only(self, index: int, pairs: frozenset[int]) -> bool:
        """Whether a passage names no other pairs than some."""
        return self.pairs_named(index, 0, len(self.names.filing.passages[index].text)) == pairs

    def pairs_named(self, index: int, start: int, end: int) -> frozenset[int]:
        """The pairs with a fund that is named in a part of a passage."""
        targets: set[int] = set()
        acquired: set[int] = set()
        for each in self.names.in_passage(index):
            if each.sort is Sort.FUND and start <= each.start and each.end <= end:
                if self._is_of_every_pair(each, index):
                    return self.everything
                if section := self._section_of(each, index):
                    targets.update(section)
                    continue
                found = self.pairs_of(each, index)
                is_target = any(self._is_target(number, each) for number in found)
                (targets if is_target else acquired).update(found)
        text = flat(self.names.filing.passages[index].text)
        targets |= self._short_names.pairs_called(text, start, end, self._understood(index))
        return frozenset(targets or acquired)

    def _section_of(self, named: Named, index: int) -> frozenset[int]:
        """The one pair that the heading above a place names, if the place says only "the Fund"; otherwise none."""
        is_below = named.start >= run_in_heading(self.names.filing.passages[index].text) and not self._is_heading(index)
        if not is_below or not self._is_bare(named, index):
            return frozenset()
        heading = self._pairs_in_run_in_heading(index) or self._pairs_in_heading(index)
        return heading if len(heading) == 1 and self._named_before(named, index) <= heading else frozenset()

    def _named_before(self, named: Named, index: int) -> frozenset[int]:
        """The pairs whose funds a passage has by name before a place."""
        found: set[int] = set()
        for each in self.names.in_passage(index):
            if each.start < named.start and not each.is_term:
                found |= self.pairs_of(each, index)
        return frozenset(found)

    def _is_of_every_pair(self, named: Named, index: int) -> bool:
        """Whether a place has a term for several funds, such as "Merging Funds", and only one is known."""
        text = flat(self.names.filing.passages[index].text)
        is_plural = text[named.start : named.end].lower().endswith(("funds", "portfolios", "etfs"))
        is_of_each = _EACH_BEFORE.search(text[: named.start]) is not None
        return named.is_term and len(named.names) == 1 and (is_plural or is_of_each)

    @cached_property
    def _short_names(self) -> ShortNames:
        return ShortNames([pair.target for pair in self.pairs], self.names.all_printed.values())

    def _understood(self, index: int) -> list[Place]:
        """The places of a passage that name funds, or the trusts of pairs."""
        return [
            Place(each.start, each.end)
            for each in self.names.in_passage(index)
            if each.sort is Sort.FUND or self._is_side(each.names, self._trusts)
        ]

    @cached_property
    def _trusts(self) -> set[str]:
        """The folded names of the filing's own trust and of those of the pairs."""
        found = {folded(name) for pair in self.pairs for name in (pair.target_trust, pair.acquiring_trust) if name}
        return {*found, folded(self.names.issuer)}

    def _has_hint_of_others(self, mention: Mention, pairs: frozenset[int]) -> bool:
        """Whether the clause or row of a date, or its run-in heading, hints at funds beside those of some pairs."""
        start, end = self._span(mention)
        text = flat(mention.passage.text)
        names = self._understood(mention.index)
        heading = run_in_heading(text)
        hinted = self._short_names.pairs_hinted(text, start, end, names)
        if not mention.passage.cells and heading <= start:
            hinted |= self._short_names.pairs_hinted(text, 0, heading, names)
        is_all = pairs == self.everything and not self.pairs_named(mention.index, start, end)
        return bool(hinted) if is_all else bool(hinted - pairs)

    def pairs_of(self, named: Named, index: int) -> set[int]:
        """The pairs of which a place names the target, or else those of which it names the acquirer."""
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
        """The trust of a fund that is named by a term whose definition states the trust; otherwise empty."""
        if not named.is_term or len(named.names) != 1:
            return ""
        text = flat(self.names.filing.passages[index].text)[named.start : named.end]
        return self.names.trust_of_term(text)

    def _names_all(self, index: int, start: int, end: int) -> bool:
        """Whether a part of a passage names all targets, by name or by one term for them."""
        text = flat(self.names.filing.passages[index].text)[start:end]
        return ALL.search(text) is not None or (
            len(self.pairs) > 0 and self.pairs_named(index, start, end) == self.everything
        )

    def _is_of_another_subject(self, mention: Mention, start: int) -> bool:
        """Whether a date has a subject of its own behind another: "the mergers on May 1, the substitution on …"."""
        dated = [each for each in self.dating.in_passage(mention.index) if each.days]
        ends = [each.end for each in dated if start <= each.start < mention.start]
        text = flat(mention.passage.text)[ends[-1] : mention.start] if ends else ""
        return SINGULAR.search(text) is not None and ALL.search(text) is None

    def _pairs_in_rows_below(self, mention: Mention) -> frozenset[int]:
        """The pairs of the rows below a date whose cells in its column are blank: the date may hold for them too."""
        cell = mention.passage.cell_at(mention.core[0])
        found: set[int] = set()
        if cell is None or mention.passage.table is None:
            return frozenset()
        for index in self.names.filing.rows[mention.passage.table]:
            row = self.names.filing.passages[index]
            if index <= mention.index:
                continue
            if any(each.column <= cell.column < each.column + each.columns for each in row.cells):
                break
            found |= self.pairs_named(index, 0, len(row.text))
        return frozenset(found)

    def _pairs_in_column(self, mention: Mention) -> frozenset[int]:
        """The pairs in the headings of a date's columns, in a table with a column for each fund."""
        cell = mention.passage.cell_at(mention.core[0])
        if cell is None or mention.passage.table is None:
            return frozenset()
        for index in self.names.filing.rows[mention.passage.table][:MOST_HEADINGS]:
            if index == mention.index:
                break
            every = self.names.filing.passages[index].cells
            above = [each for each in every if each.column < cell.column + cell.columns]
            above = [each for each in above if cell.column < each.column + each.columns]
            if found := frozenset().union(*(self.pairs_named(index, each.start, each.end) for each in above)):
                return found
        return frozenset()

    def _pairs_in_run_in_heading(self, index: int) -> frozenset[int]:
        """The pairs in a heading at the start of a passage: "Blue Fund. The merger of …". A heading has no day."""
        end = run_in_heading(self.names.filing.passages[index].text)
        has_day = any(each.days and each.start < end for each in self.dating.in_passage(index))
        return frozenset() if has_day else self.pairs_named(index, 0, end)

    def _pairs_in_heading(self, index: int) -> frozenset[int]:
        """The pairs in the headings above a passage; none if they name all pairs, or if there are no headings."""
        passages = self.names.filing.passages
        found = [self.pairs_named(above, 0, len(passages[above].text)) for above in self._headings_above(index)]
        pairs = frozenset().union(*found)
        return frozenset() if pairs == self.everything else pairs

    def _pairs_in_lead_in(self, index: int) -> frozenset[int]:
        """The pairs in the words that lead in a table, such as "the board of Red Fund declared:"; none if all."""
        passages = self.names.filing.passages
        table = passages[index].table
        above = next((at for at in range(index, -1, -1) if table is None or passages[at].table != table), index)
        text = passages[above].text
        leads_in = table is not None and text.endswith(":")
        pairs = self.pairs_named(above, 0, len(text)) if leads_in else frozenset()
        return frozenset() if pairs == self.everything else pairs

    def _headings_above(self, index: int) -> list[int]:
        """The numbers of the headings that follow each other nearest above a passage."""
        before = bisect_left(self._headings_below_front, index)
        if before == 0:
            return []
        nearest = self._headings_below_front[before - 1]
        return list(takewhile(self._is_heading, range(nearest, self._front, -1)))

    @cached_property
    def _headings_below_front(self) -> list[int]:
        """The numbers of all headings below the top, in order."""
        return list(filter(self._is_heading, range(self._front + 1, len(self.names.filing.passages))))

    def _is_heading(self, index: int) -> bool:
        """Whether a passage is a heading: it has no day, as the row of a table that is not told from text may have."""
        has_day = any(each.days for each in self.dating.in_passage(index))
        return is_heading(self.names.filing.passages[index]) and not has_day

    @cached_property
    def _front(self) -> int:
        """The number of the last passage at the top, where the trust and its funds are named without being headings."""
        own = self.dating.printed_mention
        return max(_FRONT, own.index if own and own.index < _LONGEST_FRONT else 0)

    def is_about_another_fund(self, index: int, start: int, end: int) -> bool:
        """Whether a clause names only funds of no pair, or refers to one that is named before it or in its heading."""
        is_below_another = self._is_below_another_fund(index)
        named = [
            each
            for each in self.names.in_passage(index)
            if each.sort is Sort.FUND and each.end <= end and not (is_below_another and self._is_bare(each, index))
        ]
        here = [each for each in named if each.start >= start]
        if here:
            return not any(map(self._is_of_a_pair, here)) and any(each.names for each in here)
        text = flat(self.names.filing.passages[index].text)[start:end]
        if _MERGING.search(text):
            return False
        last = next((each for each in reversed(named) if each.names), None)
        return not self._is_of_a_pair(last) if last else is_below_another

    def _is_of_a_pair(self, named: Named) -> bool:
        """Whether a place names a fund of a pair, by itself or with others."""
        keys = {folded(name) for name in named.names}
        return self._sign(named) != "fund" or bool(keys & (self._targets | self._acquirers))

    def _is_bare(self, named: Named, index: int) -> bool:
        """Whether a place says only "Fund" or the like, which below a heading is the fund of the heading."""
        return self.names.filing.passages[index].text[named.start : named.end].lower() in _BARE

    def _is_below_another_fund(self, index: int) -> bool:
        """Whether the heading of a passage, at its start or above it, names only funds of no pair."""
        end = run_in_heading(self.names.filing.passages[index].text)
        inside = [each for each in self.names.in_passage(index) if each.names and each.end <= end]
        named = [each for each in inside if not self._is_bare(each, index)] or [
            each for above in self._headings_above(index)[:1] for each in self.names.in_passage(above) if each.names
        ]
        return {self._sign(each) for each in named} == {"fund"}


_BARE = frozenset({"fund", "portfolio", "series", "etf", "trust"})
"""What a text calls whichever fund its section is about."""
_EACH_BEFORE = re.compile(r"\b(?:each|every|either|any|an?) $", re.IGNORECASE)
_MEETING_BEHIND = re.compile(r"(?:[’']s?)? (?:\w+ )?(?:meeting|shareholders|stockholders|holders)\b", re.IGNORECASE)
_HOLDERS_BEFORE = re.compile(r"\b(?:meeting|\w*holders) of (?:the )?$", re.IGNORECASE)
_EACH_CALLED = re.compile(r"\((?:each|both|together|collectively)\b", re.IGNORECASE)
"""What is said behind several names, of which only one may be known."""
_OTHER_MERGER = re.compile(
    r"\bfund\b[^;]{0,120}?\b(?:into|with|to|by|and) (?:the )?acquirer\b|\bacquirer,? (?:and|with) (?:the )?fund\b|"
    r"\bacquirer\b[^;]{0,40}?\b(?:acqui|absor|took over)[^;]{0,60}?\bfund\b"
)
"""A merger of a fund of no pair into the acquirer of one."""
_THE_OTHER = re.compile(
    r"\bthe (?:other|remaining|latter|former)(?: \w+)? (?:fund|portfolio|series|merger|reorganization|proposal)s?\b",
    re.IGNORECASE,
)
_OTHER_FUNDS = re.compile(r"\b(?:any )?other (?:\w+ ){0,2}(?:funds?|portfolios?)\b", re.IGNORECASE)
_MARK_BEHIND = re.compile(r"\s*(\*{1,3}|[†‡]|\([a-z\d]\))(?!\w)")
_MOVES = re.compile(r"(?<!\bbe )\b(?:adjourned|postponed|delayed|put off|rescheduled|reconvened)\b", re.IGNORECASE)
_NO_VOTE = re.compile(
    r"\bno (?:\w+ ){0,2}(?:vote|approval)(?: (?:of|by) (?:the )?\w+)? (?:of \w+ )?is (?:needed|required|necessary|"
    r"called for)|"
    r"\bneeds? no (?:\w+ )?(?:vote|approval)|\b(?:not|without) (?:\w+ ){0,2}(?:a )?(?:\w+ )?vote of|"
    r"\binformation statement",
    re.IGNORECASE,
)
"""What says that holders of a fund do not vote: "no vote of its holders is needed", "without a vote of …"."""
_MERGING = re.compile(r"\b(?:reorganization|merger|substitution|conversion|liquidation)s?\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"^(?:and |but )?(?:it|they|this|these|such|each|both|which)\b|\bthat (?:date|day)\b|\bit is\b|"
    r", (?:it|this|they) (?:is|are|was|will)\b"
)
_LONGEST_ROW = 500
_LONGEST_LABEL = 240
_FRONT = 3
"""How many passages at the top at least name the trust and its funds without being a heading."""
_LONGEST_FRONT = 40
_POINTED_AT = "(?:fund|portfolio|reorganization|merger|transaction|meeting|closing|conversion|liquidation|agreement)"
_POINTS = re.compile(
    r"\bit\b(?! (?:is|was) (?:\w+ )?(?:anticipated|expected|proposed|contemplated|intended|planned|estimated|"
    r"understood|possible|likely)\b(?: \w+)? that\b)|\b(?:its|he)\b|\b(?:this|that) (?:is|was|will|would)\b|"
    rf"\b(?:the|this|that|such) (?:\w+ )?(?:{_POINTED_AT}|shareholders|holders)\b",
    re.IGNORECASE,
)
"""Words by which a clause refers to a fund that was named before it."""
_TOLD_APART = re.compile(rf"\b{APART}\b(?! (?:there)?after\b)", re.IGNORECASE)
_EXCEPTION = re.compile(r"except|other than|apart from|excluding|with the exception", re.IGNORECASE)
_EXCEPTED = re.compile(r"[^.,;]{0,100}")
_A_FUND = re.compile(
    r"\b(?:funds?|portfolios?|series|mergers?|reorganizations?|class(?:es)?|that|those|first|second|last)\b",
    re.IGNORECASE,
)
_PART_OF_NAME = re.compile(r"\b[Tt]he ((?:[A-Z0-9][\w&’'-]* ){1,3})(?:[Ff]und|[Pp]ortfolio)\b")
_SPEAKS_OF_ONE = re.compile(
    r"\b(?:the|this|your) (?:fund|portfolio)\b(?!.*\b(?:reorganizations|mergers|funds|portfolios|both|each)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""A fund without a name that a text goes on about, before it speaks of several."""


def _is_in_a_name(mention: Mention, named: Sequence[Named]) -> bool:
    """Whether a date is only the year in the name of a law or of a fund: "Target 2025 Fund"."""
    first, last = mention.core
    is_of_fund = mention.is_year and any(each.start <= first and last <= each.end for each in named)
    return mention.is_in_name_of_law or is_of_fund


def _sentence(passage: Passage, mention: Mention, cell: Cell) -> tuple[int, int]:
    """The sentence of a cell that holds a date."""
    part = Passage(passage.text[cell.start : cell.end], (0,), (1,))
    start, end = clause_around(part, mention.start - cell.start, mention.end - cell.start)
    return cell.start + start, cell.start + end
