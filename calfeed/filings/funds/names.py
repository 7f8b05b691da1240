"""Finds the names of funds and trusts in a filing, and the terms that it defines for them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, pairwise, takewhile

from calfeed.filings.funds.definitions import (
    A_FUND_IN_BRACKETS,
    A_TITLE,
    BARE_TERMS,
    BETWEEN_NAME_AND_TERM,
    CALLED,
    FOR_ALL_BEFORE,
    IS_THE_ROLE,
    LISTED_ABOVE,
    MEANS,
    MORE_TERMS,
    PLURAL_TERM,
    QUOTED,
    ROLE_IS,
    ROLE_TERM,
    YOURS,
)
from calfeed.filings.funds.leading_words import first_word, without_leading_words
from calfeed.filings.funds.named import Named, Sort, folded, is_insurer
from calfeed.filings.funds.nounless import nounless_funds
from calfeed.filings.funds.pointing import pointing_in
from calfeed.filings.funds.printed_names import (
    as_one,
    has_noun,
    is_trust_name,
    printed_names,
    without_classes,
)
from calfeed.filings.funds.statement import signs_of, with_signs
from calfeed.filings.funds.statements import open_statements_in, statements_in
from calfeed.filings.funds.terms import DEFINED, RoleOf, groups_of, role_of
from calfeed.filings.passages.clauses import sentences
from calfeed.filings.passages.text import BULLETS, LINE_BREAKS, Filing, flat

_TICKER = re.compile(
    r"\((?:NYSE(?: American| Arca| MKT)?|Nasdaq|NASDAQ|AMEX|Cboe(?: BZX)?|TSX|LSE|"
    r"ASX)[^():]{0,20}: ?(?P<symbol>[A-Z]{2,6}(?:\.[A-Z]{1,3})?)\)"
)
_LETTERS = re.compile(r"(?<=\w )\(([A-Z]{3,5})\)")
_NEAR = 100


@dataclass(frozen=True, slots=True)
class _Definition:
    """The definition of a term: its place in the filing, and the names that the term stands for.

    One by a heading holds only below it.
    """

    index: int
    start: int
    names: tuple[str, ...]
    is_heading: bool = False


class Names:
    """The names of funds and trusts in a filing, and the places at which it uses them."""

    def __init__(self, filing: Filing, registered: Mapping[str, Sort]) -> None:
        """Find the names in a filing. `registered` are the names in the data folder."""
        self.filing = filing
        self._texts = [flat(passage.text) for passage in filing.passages]
        self._registered = {**registered, **dict.fromkeys(nounless_funds(self._texts), Sort.FUND)}
        self._printed = [list(without_classes(text, as_one(text, self._names_in(text)))) for text in self._texts]
        self._groups = groups_of(self._texts, self._printed)
        self._printed = [
            [place for place in places if text[slice(*place)].lower() not in self._groups]
            for text, places in zip(self._texts, self._printed, strict=True)
        ]
        self._printed = without_leading_words(self._texts, self._printed)
        self._terms: dict[str, list[_Definition]] = {}
        self._in_capitals: set[str] = set()
        self._stand_alone: set[str] = set()
        self._called_trusts = frozenset(self._trusts_by_context())
        for index, text in enumerate(self._texts):
            self._define(index, text)
            self._define_tickers(index, text)
            self._define_owner(index, text)
        self._define_by_headings()
        self._stand_alone |= set(self._sold_as_a_whole())
        self._stand_alone |= set(self._merged_as_a_whole())
        self._stand_alone |= set(self._called_the_fund())
        self._named: dict[int, list[Named]] = {}

    def _sold_as_a_whole(self) -> Iterator[str]:
        """The folded names of companies all of whose assets are acquired: each is a fund by itself."""
        for index, text in enumerate(self._texts):
            for match in _ALL_ASSETS.finditer(text):
                printed = [text[start:end] for start, end in self._printed[index] if start == match.end()]
                term = _COMPANY_TERM.match(text, match.end())
                names = printed or (self.meaning(term[0], index, match.start()) if term else None) or ()
                companies = filter(is_trust_name, names)
                yield from (folded(name) for name in companies if folded(name) not in self._called_trusts)

    def _called_the_fund(self) -> Iterator[str]:
        """The folded names of companies that are called "the Fund", if the filing names no other fund."""
        if any(self.sort_of(name) is Sort.FUND for name in self.all_printed.values()):
            return
        names = (name for each in self._terms.get("fund", ()) for name in each.names)
        yield from (folded(name) for name in names if folded(name) not in self._called_trusts)

    def _merged_as_a_whole(self) -> Iterator[str]:
        """The folded names of trusts that a sentence merges themselves: each is a fund by itself."""
        for index, text in enumerate(self._texts):
            named = [each for each in self._find(index) if each.names and self._may_be_whole(each, text)]
            if len(named) < 2 or not any(each.sort is Sort.TRUST for each in named):
                continue
            for start, end in sentences(text):
                inside = [each for each in named if start <= each.start and each.end <= end]
                masked = with_signs(text, start, end, inside)
                for match in (*statements_in(masked), *open_statements_in(masked)):
                    numbers = [signs_of(match[side])[0] for side in "ta"]
                    if max(numbers) >= len(inside):
                        continue  # the filing itself has such characters
                    target, acquirer = (inside[number] for number in numbers)
                    is_whole = _is_whole_side(text, target, _BEHIND_TARGET)
                    if is_whole and _is_whole_side(text, acquirer, _BEHIND_ACQUIRER):
                        trusts = [each for each in (target, acquirer) if each.sort is Sort.TRUST]
                        yield from (folded(name) for each in trusts for name in each.names)

    def _may_be_whole(self, named: Named, text: str) -> bool:
        """Whether a place may name a fund: it is no insurer, no trust of series, and no trust whose board is meant."""
        is_called_trust = any(folded(name) in self._called_trusts or is_insurer(name) for name in named.names)
        return not is_called_trust and not _OWNS.search(text, max(0, named.start - _NEAR), named.start)

    def _trusts_by_context(self) -> Iterator[str]:
        """The folded names behind "a series of", and those behind "Trustees of" that end with "Series"."""
        for text, places in zip(self._texts, self._printed, strict=True):
            for start, end in places:
                before, name = text[max(0, start - 60) : start], text[start:end]
                is_of_board = _BOARD_OF.search(before) is not None and name.lower().endswith("series")
                if is_of_board or _A_SERIES_OF.search(before):
                    yield folded(name)
            for (start, end), (following, _) in pairwise(places):
                if _DASH.fullmatch(text, end, following) and _MAY_HAVE_SERIES.search(text, start, end):
                    yield folded(text[start:end])
        yield from self._series_at_the_head()
        if any(_OF_THE_TRUST.search(text) for text in self._texts):
            yield from self._called_the_trust()

    def _called_the_trust(self) -> Iterator[str]:
        """The folded names that are called "the Trust" behind them, or in the line below a name alone on its line."""
        above = ""
        for text, places in zip(self._texts, self._printed, strict=True):
            if above and _THE_TRUST.match(text):
                yield folded(above)
            yield from (folded(text[start:end]) for start, end in places if _THE_TRUST.match(text, end))
            above = text if places == [(0, len(text))] else ""

    def _series_at_the_head(self) -> Iterator[str]:
        """The folded first name of the filing, if it ends with "Series" and other names begin like it."""
        printed = [
            text[start:end] for text, places in zip(self._texts, self._printed, strict=True) for start, end in places
        ]
        others = {folded(name).partition(" ")[0] for name in printed[1:] if folded(name) != folded(printed[0])}
        if printed and printed[0].lower().endswith("series") and folded(printed[0]).partition(" ")[0] in others:
            yield folded(printed[0])

    def _names_in(self, text: str) -> Iterator[tuple[int, int]]:
        taken: list[tuple[int, int]] = []
        if self._registered_pattern is not None:
            taken = [match.span() for match in self._registered_pattern.finditer(text)]
        found = [each for each in printed_names(text) if not any(a < each[1] and each[0] < b for a, b in taken)]
        yield from sorted([*taken, *found])

    @cached_property
    def _registered_pattern(self) -> re.Pattern[str] | None:
        names = sorted(self._registered, key=len, reverse=True)
        if not names:
            return None
        return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in names)})(?!\w)", re.IGNORECASE)

    @cached_property
    def all_printed(self) -> Mapping[str, str]:
        """Every full name, by its folded form: as first printed in upper and lower case, or else in capitals."""
        found: dict[str, str] = {}
        for text, places in zip(self._texts, self._printed, strict=True):
            for start, end in places:
                name = text[start:end]
                key = folded(name)
                if key not in found or (found[key].isupper() and not name.isupper()):
                    found[key] = name
        return found

    def _define(self, index: int, text: str) -> None:
        for match in DEFINED.finditer(text):
            names = self._names_before(index, text, match.start())
            self._add(match["first"].strip(" ,.;"), index, match.start(), names)
            for more in MORE_TERMS.finditer(match["rest"]):
                together = self._named_together(more[1], match["rest"][: more.start()], index)
                self._add(more[1].strip(" ,.;"), index, match.start(), tuple(dict.fromkeys([*together, *names])))
        for match in BARE_TERMS.finditer(text):
            self._add(match[1], index, match.start(), self._names_before(index, text, match.start()))
        self._define_in_words(index, text)

    def _define_in_words(self, index: int, text: str) -> None:
        """Define what is defined without brackets: other names, "which we call …", "“Target” means …"."""
        begins = {start: text[start:end] for start, end in self._printed[index]}
        ends = {end: text[start:end] for start, end in self._printed[index]}
        for one, other in pairwise(self._printed[index]):
            if _OTHER_NAME.fullmatch(text, one[1], other[0]):
                self._add(text[slice(*other)], index, other[0], (text[slice(*one)],))
        for match in (*MEANS.finditer(text), *ROLE_IS.finditer(text)):
            if match.end() in begins:
                self._add(match[1].strip(" ,.;"), index, match.start(), (begins[match.end()],))
        for match in QUOTED.finditer(text):
            if match[1].lower() not in self._terms and (name := self._name_before(index, match)):
                self._add(match[1], index, match.start(), (name,))
        for end, name in ends.items():
            if behind := CALLED.match(text, end) or IS_THE_ROLE.match(text, end):
                self._add(behind[1].strip(" ,.;"), index, end, (name,))

    def _name_before(self, index: int, quoted: re.Match[str]) -> str:
        """The fund for which a term in quotation marks is short, if its first use is there; otherwise nothing."""
        text, term = self._texts[index], quoted[1]
        if A_TITLE.search(text, 0, quoted.start()) or self._is_used_before(term, index, quoted.start()):
            return ""
        before = [text[slice(*each)] for each in self._printed[index] if each[1] <= quoted.start()]
        funds = [name for name in before if name.lower() not in self._terms and self.sort_of(name) is Sort.FUND]
        is_name = bool(funds) and first_word(funds[-1]) == first_word(term)
        return funds[-1] if funds and not is_name else ""

    def _is_used_before(self, words: str, index: int, start: int) -> bool:
        """Whether words stand in the filing before a place."""
        above = any(words in text for text in self._texts[:index])
        return above or words in self._texts[index][: start + 1]

    def _named_together(self, term: str, words: str, index: int) -> Iterator[str]:
        """The other names of a term in the plural, as in "and, together with the Growth Fund, the “Funds”"."""
        if not PLURAL_TERM.search(term):
            return
        for other, definitions in self._terms.items():
            here = [each for each in definitions if each.index == index]
            same_role = role_of(other) is role_of(term) is not RoleOf.NONE
            if here and (same_role or other in words.lower()):
                yield from here[-1].names

    def _names_before(self, index: int, text: str, place: int) -> tuple[str, ...]:
        """The names that a definition in brackets is for: the name before it, or the list of names before it."""
        if LISTED_ABOVE.search(text, max(0, place - _NEAR), place):
            return tuple(name for name in self.alone_above(index) if self.sort_of(name) is Sort.FUND)
        if place == 0:
            return tuple(self._names_above(index))
        before = [(start, end) for start, end in self._printed[index] if end <= place]
        if len(before) > 1 and is_trust_name(text[slice(*before[-1])]) and A_FUND_IN_BRACKETS.match(text, place):
            is_of_trust = _A_SERIES_OF.search(text, before[-2][1], before[-1][0]) is not None
            before = before[:-1] if is_of_trust else before
        if not before or not BETWEEN_NAME_AND_TERM.fullmatch(text[before[-1][1] : place]):
            return ()
        names = [text[slice(*before[-1])]]
        is_list = FOR_ALL_BEFORE.match(text, place) is not None
        for (start, end), (following, _) in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
            if not is_list or not _BETWEEN_NAMES.fullmatch(text, end, following):
                break
            names.insert(0, text[start:end])
        bullet = _BULLET.match(text)
        if is_list and text.startswith(names[0], bullet.end() if bullet else 0):
            names = [*self._names_above(index), *names]
        return tuple(names)

    def _names_above(self, index: int) -> Iterator[str]:
        """The names on the lines directly above a passage, each alone on its line, or the first of a list."""
        above = index
        while above and self._is_name_alone(above - 1):
            above -= 1
        yield from self._first_of_list(above - 1) if above else ()
        for place in range(above, index):
            yield from self._names_alone(place)

    def _first_of_list(self, index: int) -> Iterator[str]:
        """The name behind the bullet at the end of a passage that leads to a list: "of the following: • Red Fund"."""
        text, (start, end) = self._texts[index], self._printed[index][-1] if self._printed[index] else (0, 0)
        if _FIRST_BULLET.search(text, 0, start) and _ALONE_IN_LIST.fullmatch(text, end):
            yield text[start:end]

    def _is_name_alone(self, index: int) -> bool:
        return bool(self._names_alone(index))

    def _names_alone(self, index: int) -> Sequence[str]:
        """The names of funds that a passage consists of, each on a line with no more than a ticker or the like."""
        text, ends = self._texts[index], dict(self._printed[index])
        bullet = _BULLET.match(text)
        first = bullet.end() if bullet else 0
        if first not in ends:
            return ()
        lines = self.filing.passages[index].text[first:].split(LINE_BREAKS)
        if (_ALONE_IN_LIST if bullet else _ALONE).fullmatch(text, ends[first]):
            lines = [text[first:]]
        names, start = [], first
        for line in lines:
            end = ends.get(start)
            if end is None or not (_ALONE_IN_LIST if bullet else _ALONE).fullmatch(text, end, start + len(line)):
                return ()
            names.append(text[start:end])
            start += len(line) + len(LINE_BREAKS)
        return () if any(map(self._is_of_a_trust, names)) else names

    def _is_of_a_trust(self, name: str) -> bool:
        return is_trust_name(name) or folded(name) in self._called_trusts

    def alone_above(self, index: int) -> list[str]:
        """The names that stand alone on a line anywhere above a passage, as at the head of a supplement; each once."""
        names = (name for above in range(index) for name in self._names_alone(above))
        return list(dict.fromkeys(names))

    def alone_below(self, index: int) -> Iterator[str]:
        """The names that stand alone on the lines directly below a passage."""
        for below in range(index + 1, len(self._texts)):
            if not self._is_name_alone(below):
                return
            yield from self._names_alone(below)

    def is_of_a_group(self, words: str) -> bool:
        """Whether words are a term for any of several funds."""
        return words.lower() in self._groups

    def role_of_term(self, term: str) -> RoleOf:
        """The role that the words of a term state, or else the sentences that say what goes into what."""
        return role_of(term) or self._groups.get(term.lower(), RoleOf.NONE)

    def has_printed(self, name: str) -> bool:
        """Whether a name is empty, or among the full names."""
        return not name or folded(name) in self.all_printed

    def has_family(self, name: str) -> bool:
        """Whether the filing has the name of a fund or trust that begins with the same word."""
        return first_word(name) in self._families

    @cached_property
    def _families(self) -> frozenset[str]:
        return frozenset(each.partition(" ")[0] for each in self.all_printed)

    def stands_alone(self, name: str) -> bool:
        """Whether a fund other than an ETF has a ticker symbol. Such a closed-end fund is a trust by itself."""
        return folded(name) in self._stand_alone

    def _define_tickers(self, index: int, text: str) -> None:
        """Define letters in brackets, as in "(NYSE: ABC)" or "(ABC)", as a term for the fund before them."""
        for match in _LETTERS.finditer(text):
            names = self._names_before(index, text, match.start())[-1:]
            is_used = sum(len(re.findall(rf"\b{match[1]}\b", each)) for each in self._texts) > 1
            if is_used and names and self.sort_of(names[0]) is Sort.FUND:
                self._add(match[1], index, match.start(), names)
        for match in _TICKER.finditer(text):
            names = self._names_before(index, text, match.start())
            if names:
                if not names[-1].upper().endswith("ETF"):
                    self._stand_alone.add(folded(names[-1]))
                self._add(match["symbol"], index, match.start(), names[-1:])

    def _define_owner(self, index: int, text: str) -> None:
        """Define "your fund" by the fund that the reader is said to own, as in "Dear Shareholder of ..."."""
        for match in YOURS.finditer(text):
            names = [text[start:end] for start, end in self._printed[index] if start == match.end()]
            if names:
                self._add("your fund", index, match.end(), (names[0],))

    def _define_by_headings(self) -> None:
        """Define "the Fund", where the filing does not, by the name alone on a line above; "the Funds" by several."""
        nouns = [noun for noun in ("Fund", "Portfolio", "ETF", "your fund") if noun.lower() not in self._terms]
        plurals = [noun for noun in ("Funds", "Portfolios", "ETFs") if noun.lower() not in self._terms]
        for last, names in self._headings():
            for noun in nouns if len(names) < 2 else plurals:
                self._add(noun, last, 0, names, is_heading=True)

    def _headings(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The last passage and the names of each heading: names alone on lines, or one as in "Blue Fund - a merger"."""
        before: tuple[str, ...] = ()
        for index in range(len(self._texts)):
            if index + 1 == len(self._texts):
                if name := self._name_run_in(index):
                    yield index, (name,)
            elif self._is_name_alone(index) and not self._is_name_alone(index + 1):
                before = tuple(self._names_above(index + 1))
                yield index, before
            elif (name := self._name_in_heading(index)) and not self._name_in_heading(index + 1):
                yield index, (name,)
                before = (name,)
            elif name := self._name_run_in(index):
                yield index, (name,)
                yield index + 1, before if len(before) == 1 else ()

    def _name_run_in(self, index: int) -> str:
        """The name of the fund that a passage about "the Fund" begins with, as in "2. Blue Fund: ...", or nothing."""
        if self.filing.passages[index].cells or not self._printed[index]:
            return ""
        text, (start, end) = self._texts[index], self._printed[index][0]
        is_heading = _NUMBER_OR_BULLET.fullmatch(text, 0, start) and _RUN_IN.match(text, end)
        return text[start:end] if is_heading and not is_trust_name(text[start:end]) else ""

    def _name_in_heading(self, index: int) -> str:
        """The name of the fund in a heading such as "Blue Fund - a new date" or "Merger of Blue Fund", or nothing."""
        printed = self._printed[index]
        start, end = printed[0] if printed else (0, 0)
        if len(printed) == 1 and start and _SOMETHING_OF.fullmatch(self._texts[index], 0, start):
            is_all = end == len(self._texts[index]) and not is_trust_name(self._texts[index][start:end])
            return self._texts[index][start:end] if is_all else ""
        end = end if start == 0 else 0
        name = self._texts[index][:end]
        in_table = bool(self.filing.passages[index].cells)
        is_heading = not in_table and _DASH_AND_WORDS.fullmatch(self._texts[index], end)
        return name if is_heading and not is_trust_name(name) else ""

    def _add(self, term: str, index: int, start: int, names: tuple[str, ...], *, is_heading: bool = False) -> None:
        if term.isupper():
            self._in_capitals.add(term.lower())
        self._terms.setdefault(term.lower(), []).append(_Definition(index, start, names, is_heading))

    def meaning(self, term: str, index: int, start: int) -> tuple[str, ...] | None:
        """The names that a term stands for at a place: by the last definition before it. None if it is no term."""
        definitions = self._terms.get(term.lower())
        if not definitions:
            return None
        before = bisect_right(definitions, (index, start), key=lambda each: (each.index, each.start))
        if not before and definitions[0].is_heading:
            return ()
        return definitions[max(before - 1, 0)].names

    def in_passage(self, index: int) -> Sequence[Named]:
        """The places at which a passage names funds or trusts, in order; no two overlap."""
        if index not in self._named:
            self._named[index] = list(self._find(index))
        return self._named[index]

    @cached_property
    def issuer(self) -> str:
        """The trust that made the filing: the one of its letterhead, the first whose board is named, or the first.

        An insurer whose name is the first of all, as in a letterhead, made the filing itself.
        """
        named = (each for index in range(len(self._texts)) for each in self.in_passage(index))
        first = next((name for each in named for name in each.names), "")
        if is_insurer(first):
            return first
        if letterhead := self._letterhead():
            return letterhead
        for pattern in (_BOARD_OF, None):
            for index, text in enumerate(self._texts):
                for each in self.in_passage(index):
                    if each.sort is not Sort.TRUST or not each.names or _CLOSED_END_FUNDS.search(each.names[0]):
                        continue
                    is_issuer = (
                        pattern.search(text, max(0, each.start - _NEAR), each.start)
                        if pattern
                        else has_noun(each.names[0])
                    )
                    if is_issuer:
                        return each.names[0]
        stand_alone = (name for name in self.all_printed.values() if folded(name) in self._stand_alone)
        return next(stand_alone, "")

    def _letterhead(self) -> str:
        """The trust that is alone on the first line; empty if the lines up to the first sentence name another one.

        The board that a filing names first may be that of the other side.
        """
        head = list(takewhile(lambda index: not self._texts[index].rstrip().endswith("."), range(len(self._texts))))
        named = [each for index in head[:_LETTERHEAD] for each in self.in_passage(index)]
        trusts = [each.names[0] for each in named if each.sort is Sort.TRUST and each.names]
        is_one = len(set(map(folded, trusts))) == 1 and folded(self._texts[0]) == folded(trusts[0])
        return trusts[0] if is_one and has_noun(trusts[0]) and not _CLOSED_END_FUNDS.search(trusts[0]) else ""

    @cached_property
    def issuer_of_funds(self) -> str:
        """The issuer, unless it is an insurer."""
        return "" if is_insurer(self.issuer) else self.issuer

    def defined_in(self, index: int) -> Iterator[Named]:
        """The terms that a passage defines, each at the place of its definition."""
        for term, each in self._definitions.get(index, ()):
            yield Named(Sort.FUND, each.names, each.start, each.start, self.role_of_term(term), is_term=True)

    @cached_property
    def _definitions(self) -> Mapping[int, Sequence[tuple[str, _Definition]]]:
        """The terms that each passage defines."""
        found: dict[int, list[tuple[str, _Definition]]] = {}
        for term, definitions in self._terms.items():
            for each in definitions:
                found.setdefault(each.index, []).append((term, each))
        return found

    @cached_property
    def only_fund(self) -> str:
        """The fund that the filing calls "the Fund" or the like throughout; nothing if there are none or several."""
        terms = (self._terms.get(noun, ()) for noun in ("fund", "portfolio", "your fund"))
        names = {self.all_printed.get(folded(name), name) for each in terms for one in each for name in one.names}
        funds = [name for name in names if self.sort_of(name) is Sort.FUND]
        return funds[0] if len(funds) == 1 else ""

    def trust_of_term(self, term: str) -> str:
        """The trust of a fund, if its definition directly follows the trust's name, or "Fund of Trust" before it."""
        for each in self._terms.get(term.lower(), ()):
            text = self._texts[each.index]
            before = [named for named in self.in_passage(each.index) if named.names and named.end <= each.start]
            trusts = [named for named in before if named.sort is Sort.TRUST]
            if trusts and re.fullmatch(r"[\s,]*", text[trusts[-1].end : each.start]):
                return trusts[-1].names[0]
            for fund, trust in pairwise(before[-2:]):
                is_of_trust = trust.sort is Sort.TRUST and text[fund.end : trust.start] == " of "
                if is_of_trust and fund.names == each.names:
                    return trust.names[0]
        return ""

    def trust_called(self, words: str) -> str:
        """The full name of a trust that is called by a term or by its name."""
        meaning = self.meaning(words, len(self._texts), 0)
        if meaning:
            return meaning[0]
        return self.all_printed.get(folded(words), words)

    @cached_property
    def _term_pattern(self) -> re.Pattern[str]:
        terms = [term for term in self._terms if _NAMES_A_FUND.search(term) or self._is_short_name(term)]
        terms = list(dict.fromkeys([*terms, *sorted(self._groups)]))
        parts = [rf"{re.escape(term)}(?:s|es)?" for term in sorted(terms, key=len, reverse=True)]
        return re.compile(rf"(?<![\w“\"])(?:{'|'.join(parts)})(?![\w”\"])", re.IGNORECASE) if parts else _NOTHING

    def _is_short_name(self, term: str) -> bool:
        """Whether a term is letters such as "WSP", a role such as "Acquirer", or words of the name that it is for."""
        names = [name for each in self._terms[term] for name in each.names]
        if not names or term in _NEVER_A_FUND:
            return False
        is_abbreviation = len(term) <= _LONGEST_ABBREVIATION and term in self._in_capitals
        words = set(folded(term).split())
        is_part = any(words < set(folded(name).split()) for name in names)
        return is_abbreviation or is_part or role_of(term) is not RoleOf.NONE

    def _find(self, index: int) -> Iterator[Named]:
        text = self._texts[index]
        found = []
        for start, end, is_printed in self._places(index):
            words = text[start:end]
            if is_printed:
                found.append(self._named_as(self.all_printed.get(folded(words), words), index, start, end))
            else:
                found.append(self._term(words, index, start, end))
        found = [each for each in found if not _is_other_name(text, each)]
        found.sort(key=lambda each: each.start)
        yield from sorted([*found, *pointing_in(text, found, partial(self._above, index))], key=lambda each: each.start)

    def _places(self, index: int) -> Iterator[tuple[int, int, bool]]:
        """The start and end of each name and term, and whether it is a full name. Of two that overlap the longer."""
        text = self._texts[index]
        terms = [match.span() for match in self._term_pattern.finditer(text) if _is_term(match)]
        roles = [match.span() for match in ROLE_TERM.finditer(text)]
        behind = {start: end + len(_AND) for start, end in terms if text.startswith(_AND, end)}
        candidates = [(behind.get(start, start), end, True) for start, end in self._printed[index]]
        candidates += [(*span, False) for span in (*terms, *roles)]
        taken = bytearray(len(text))
        for start, end, is_printed in sorted(candidates, key=lambda each: each[0] - each[1]):
            if not any(taken[start:end]):
                taken[start:end] = b"x" * (end - start)
                yield start, end, is_printed

    def _above(self, index: int, number: int) -> tuple[str, ...]:
        """The funds of the nearest heading or list above a passage with this `number` of them; 0 takes any heading."""
        heading = self._heading_above(index)
        if number in {0, len(heading)}:
            return heading
        above = chain(self._together_above(index), self._lists_above(index))
        return next((names for names in above if len(names) == number), ())

    def _together_above(self, index: int) -> Iterator[tuple[str, ...]]:
        """The funds of each sentence of the paragraphs shortly above a passage, the nearest first."""
        for above in range(index - 1, max(-1, index - _SENTENCE_WITHIN), -1):
            text = self._texts[above]
            for start, end in reversed(sentences(text)):
                here = [text[slice(*place)] for place in self._printed[above] if start <= place[0] and place[1] <= end]
                funds = (self.all_printed.get(folded(name), name) for name in here if self.sort_of(name) is Sort.FUND)
                yield tuple(dict.fromkeys(funds))

    def _lists_above(self, index: int) -> Iterator[tuple[str, ...]]:
        """The funds that stand alone on adjacent lines above a passage, the nearest lines first."""
        below: tuple[str, ...] = ()
        for above in range(index - 1, -1, -1):
            alone = tuple(self._names_alone(above))
            if below and not alone:
                yield tuple(dict.fromkeys(below))
            below = (*alone, *below) if alone else ()
        if below:
            yield tuple(dict.fromkeys(below))

    def _heading_above(self, index: int) -> tuple[str, ...]:
        """The funds in the nearest heading above a passage; none if there is no heading with a fund."""
        for above in range(index - 1, max(-1, index - _HEADING_WITHIN), -1):
            text, passage = self._texts[above], self.filing.passages[above]
            places = [text[start:end] for start, end in self._printed[above]]
            funds = [name for name in places if self.sort_of(name) is Sort.FUND]
            if funds and not passage.cells and len(text) <= _LONGEST_HEADING and text.rstrip()[-1] not in ".;:,":
                return tuple(dict.fromkeys(self.all_printed.get(folded(name), name) for name in funds))
        return ()

    def _named_as(self, name: str, index: int, start: int, end: int) -> Named:
        meaning = self.meaning(name, index, start)
        if meaning:
            return self._term(name, index, start, end)
        sort = self._registered.get(name) or self.sort_of(name)
        if sort is Sort.FUND and (longer := self._longer(name)):
            return Named(sort, (longer,), start, end)
        return Named(sort, (name,), start, end)

    def sort_of(self, name: str) -> Sort:
        """Whether a name is that of a fund or of a trust. With a ticker symbol it is always a fund."""
        key = folded(name)
        if key in self._called_trusts:
            return Sort.TRUST
        return Sort.TRUST if is_trust_name(name) and key not in self._stand_alone else Sort.FUND

    def _longer(self, name: str) -> str:
        """The only full name that ends with a shorter one: "Blue Mid Cap Fund" for "Mid Cap Fund". Empty if none."""
        if folded(name) in self._beside_longer:
            return ""
        key = f" {folded(name)}"
        longer = [each for each in self.all_printed if each.endswith(key)]
        longer = [each for each in longer if not _OF_TWO_NAMES.search(each.removesuffix(key))]
        found = [self.all_printed[each] for each in longer if not is_trust_name(self.all_printed[each])]
        return found[0] if len(found) == 1 else ""

    @cached_property
    def _beside_longer(self) -> frozenset[str]:
        """The folded names that are no short forms of longer ones: funds of their own.

        Such a name stands on a line beside that of the longer one, or before it in the sentence that has the longer
        one first.
        """
        found = set()
        for listed in self._lists_above(len(self._texts)):
            alone = [folded(name) for name in listed]
            found |= {name for name in alone if any(longer.endswith(f" {name}") for longer in alone)}
        return frozenset(found | set(self._before_longer()))

    def _before_longer(self) -> Iterator[str]:
        """The folded names before a longer one in the sentence in which the longer one is printed first."""
        seen: set[str] = set()
        for text, places in zip(self._texts, self._printed, strict=True):
            for start, end in sentences(text) if len(places) > 1 else ():
                here = [folded(text[slice(*place)]) for place in places if start <= place[0] and place[1] <= end]
                for number, longer in enumerate(here):
                    if longer not in seen:
                        yield from (name for name in here[:number] if longer.endswith(f" {name}"))
                seen |= set(here)
            seen |= {folded(text[slice(*place)]) for place in places}

    def full_name(self, name: str) -> str:
        """The full name of the fund that a term or a shorter name is for, if there is one alone; otherwise the name."""
        defined = self.meaning(name, len(self._texts), 0) or ()
        if len(defined) == 1 and self.sort_of(defined[0]) is Sort.FUND:
            return self.all_printed.get(folded(defined[0]), defined[0])
        return self._longer(name) or name

    def _term(self, term: str, index: int, start: int, end: int) -> Named:
        names = self.meaning(term, index, start)
        if names is None:
            names = self.meaning(re.sub(r"e?s$", "", term), index, start)
        if names is None and _EACH.search(self._texts[index][max(0, start - 10) : start]):
            names = self.meaning(f"{term}s", index, start)
        names = tuple(dict.fromkeys(self.all_printed.get(folded(each), each) for each in names or ()))
        is_trust = bool(names) and all(self.sort_of(each) is Sort.TRUST for each in names)
        is_trust = is_trust or (not names and term.lower() in {"trust", "company", "registrant"})
        return Named(Sort.TRUST if is_trust else Sort.FUND, names, start, end, self.role_of_term(term), is_term=True)


def _is_other_name(text: str, named: Named) -> bool:
    """Whether a name in brackets is another name of the fund before it."""
    begins = max(0, named.start - _NEAR)
    is_former = _IN_BRACKETS_BEFORE.search(text, begins, named.start) and _UNTIL.match(text, named.end)
    return is_former is not None or _OTHER_NAME.search(text, begins, named.start) is not None


def _is_whole_side(text: str, named: Named, behind: re.Pattern[str]) -> bool:
    """Whether the words directly around a name make it, and not something of it, what is merged."""
    before = _BEFORE_SIDE.search(text, max(0, named.start - _NEAR), named.start)
    is_short_name = named.is_term and not has_noun(text[named.start : named.end])
    begins = is_short_name and text[: named.start].endswith((". ", ".  "))
    return (before is not None or begins) and behind.match(text, named.end) is not None


_OWNS = re.compile(
    r"\b(?:(?:board|trustees|directors|managers|officers)(?: \([^()]*\))? of|"
    r"(?:series|sub-?funds?|portfolios?|funds?) (?:of|within)|behalf of) (?:the )?$",
    re.IGNORECASE,
)
"""What stands before a trust that is not the issuer itself: "the Board of", "a series of"."""
_BEFORE_SIDE = re.compile(
    rf"(?:^[o{BULLETS}]?|[,;(:]|\b(?:of|that|between|for|and|into|with|by|to|in|under it|which|called)) ?(?:the )?$",
    re.IGNORECASE,
)

_BEHIND_NAME = r"(?: \([^()]*\))*(?:,[^,;]{0,60},)?"
_BEHIND_TARGET = re.compile(rf"{_BEHIND_NAME}(?:$|[.,;]| (?:with|into|will|would|is|are|to|shall|by)\b)", re.IGNORECASE)
_BEHIND_ACQUIRER = re.compile(rf"{_BEHIND_NAME}(?:$|[.,;:]| (?:in|and|on|will|would|of)\b)", re.IGNORECASE)


def _is_term(match: re.Match[str]) -> bool:
    """Whether words are printed as a term: with a capital, or as "your fund", and not as "that Fund"."""
    words = match[0]
    is_printed_so = not words[:1].islower() or words.startswith("your ")
    is_pointing = words in _NOUNS_ALONE and _THAT.search(match.string, 0, match.start()) is not None
    return is_printed_so and not is_pointing


_NOUNS_ALONE = frozenset({"Fund", "Portfolio"})
_THAT = re.compile(r"\b(?:that|such) $")


_LONGEST_ABBREVIATION = 6
_NEVER_A_FUND = frozenset({"act", "board", "code", "irs", "merger", "nyse", "plan", "sai", "sec"})
_BOARD_OF = re.compile(r"\b(?:board|trustees|directors|managers)(?: \([^()]*\))? of (?:the )?$", re.IGNORECASE)
_ALL_ASSETS = re.compile(
    r"\b(?:all (?:or substantially all )?of the assets of (?:the )?(?=[A-Z])|"
    r"the assets of (?:the )?(?=[A-Z][^.;,()]{2,60}\bFund,? Inc\b))"
)
_COMPANY_TERM = re.compile(r"(?:Company|Trust|Corporation)\b(?!['’])")
_EACH = re.compile(r"\b(?:each|every) $", re.IGNORECASE)
_A_SERIES_OF = re.compile(r"\b(?:series|sub-?funds?) (?:of|within) (?:the )?$", re.IGNORECASE)
_DASH = re.compile(r" [–—-] ")
_OF_THE_TRUST = re.compile(r"\b(?:series|portfolios?|funds?|trustees) of the Trust\b", re.IGNORECASE)
_THE_TRUST = re.compile(r" ?\(the [“\"]Trust[”\"]\)")
_MAY_HAVE_SERIES = re.compile(r"\b(?:Series|VIP|VIT)$")
"""The end of the name of a trust that stands before its fund: "Blue Investors Series – Blue Bond Portfolio"."""
_AND = " and "
"""What stands between a term and the next name: "between Gold Shares and Red Metals Fund"."""
_OF_TWO_NAMES = re.compile(r"\b(?:and|of|funds?|trusts?|portfolios?|series|inc)\b")
"""What the words before a shorter name have, if they are those of another name."""
_OTHER_NAME = re.compile(
    r" ?\((?:[Ff]ormerly|[Pp]reviously|[Pp]resently|[Cc]urrently|[Nn]ow|to be)"
    r"(?: known as| called| (?:re)?named)?,? (?:the )?$"
)
"""What stands before the other name of a fund: "Blue Fund (formerly known as Red Fund)"."""
_IN_BRACKETS_BEFORE = re.compile(r"\w ?\((?:the |then )?$")
_UNTIL = re.compile(r",? (?:until|till|up to|through|before|prior to|since|from)\b")
"""What stands around the former or later name of a fund: "Blue Fund (the Red Fund until May 1, 2004)"."""
_BETWEEN_NAMES = re.compile(r"(?:,|\band\b|\bor\b|\bof\b|\bthe\b|\([^()]*\)|\s)*", re.IGNORECASE)
_HEADING_WITHIN = 12
_LETTERHEAD = 4
_SENTENCE_WITHIN = 4
_LONGEST_HEADING = 140
_CLOSED_END_FUNDS = re.compile(r"\bClosed[- ]End Funds$", re.IGNORECASE)
"""The end of the name of a family whose members are trusts by themselves."""
_NUMBER_OR_BULLET = re.compile(r"\W*(?:(?:\w{1,3}[.)]|o)\s+)?")
_RUN_IN = re.compile(r" ?(?:[:–—]|\.(?= +[A-Z])| - ).*\bthe (?:Fund|Portfolio|ETF)\b", re.IGNORECASE)
_SOMETHING_OF = re.compile(
    r"(?:\w+\.? )?(?:[\w-]+ ){0,5}(?:(?:liquidation|merger|reorgani[sz]ation|combination|conversion|substitution|"
    r"termination|closing|\w*holders) of|investors in|about|regarding|concerning) (?:the )?",
    re.IGNORECASE,
)
"""What stands before a fund in a heading: "Liquidation of", "Information about the"."""
_DASH_AND_WORDS = re.compile(r"(?: \([^()]*\))? ?[–—-]+ [^.;:?!]{3,100}")
_ALONE = re.compile(r"[\s*†‡®]*(?:\([^()]*\)[\s*†‡]*)*")
_BULLET = re.compile(rf"(?:[{BULLETS}]|o(?= ))\s*")
_FIRST_BULLET = re.compile(r" [•·▪◦*] ?$")
_ALONE_IN_LIST = re.compile(rf"{_ALONE.pattern}[;,]?(?: and)?")
_NOTHING = re.compile(r"(?!)")
_NAMES_A_FUND = re.compile(r"\b(?:funds?|portfolios?|trusts?|etfs?|series|company)$", re.IGNORECASE)
