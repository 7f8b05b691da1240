"""Finds the reorganizations of a filing: which fund merges into which, or is liquidated."""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from calfeed.filings.funds.fund_trusts import FundTrusts, trust_beside
from calfeed.filings.funds.joined import joined_lists, joined_titles
from calfeed.filings.funds.named import Named, Sort, folded, is_bank, is_class, is_firm, is_separate_account
from calfeed.filings.funds.names import Names
from calfeed.filings.funds.pair import Evidence, Pair, without_contradictions
from calfeed.filings.funds.pair_labels import pairs_with_labels
from calfeed.filings.funds.pair_tables import IS_LIQUIDATED, cell_name, looks_like_a_fund, pairs_in_tables
from calfeed.filings.funds.past import MAY, Past, is_yes_or_no, says_off, without_struck_out
from calfeed.filings.funds.split import classes_before
from calfeed.filings.funds.statement import ASIDE, FIRST_SIGN, LIST, OTHER_WORDS, SIGN, signs_of, with_signs
from calfeed.filings.funds.statements import (
    CEASES,
    IS_JOINED,
    MERGES,
    SURVIVES,
    TOGETHER,
    acquirers_in,
    liquidations_in,
    open_statements_in,
    statements_in,
    what_is_planned,
)
from calfeed.filings.funds.terms import RoleOf, role_of
from calfeed.filings.passages.clauses import sentences
from calfeed.filings.passages.text import CELL_ENDS, Filing, Passage, flat

_CLASSES = re.compile(
    r"(?P<from>Class \w+)(?: shares?)?[^.;]{0,120}?\b(?:convert\w*|conversion|"
    r"exchanged)\b[^.;]{0,60}? (?:into|to|for) (?P<to>Class \w+)",
    re.IGNORECASE,
)
"""Which class of a fund becomes which: "Class B shares will convert into Class A"."""
_BY_AGE = re.compile(
    r"\b(?:after|within|for|at least) (?:\w+ ){1,3}(?:years|months)\b|\banniversary|"
    r"\b(?:years?|months?) (?:after|from|following|of) (?:the |their |its )?(?:purchase|issu|date)",
    re.IGNORECASE,
)
"""What says that each share becomes one of another class in time: that is no event of the class."""
_NEAR_CLASSES = 120
_LIQUIDATES = re.compile(
    r"\bliquidat|\bredeem\w* all\b|\bassets (?:will be )?distributed\b|\bout of business\b|\bshares will be redeemed\b|"
    r"\bdissol|\bwound (?:up|down)|\bwind(?:ing)?\b|\bterminat|\bcease operations",
    re.IGNORECASE,
)
"""Words of a liquidation."""


def find_pairs(filing: Filing, names: Names) -> list[Pair]:
    """The reorganizations of a filing, each once, in order."""
    finding = _Finding(filing, names)
    return finding.all()


class _Sentence(NamedTuple):
    """A sentence: its start in the passage, the places of names inside it, and its text with their signs."""

    start: int
    inside: Sequence[Named]
    masked: str


class _Finding:
    def __init__(self, filing: Filing, names: Names) -> None:
        self.filing = filing
        self.names = names
        self.trusts = FundTrusts(filing, names)
        self.past = Past(filing)
        self.found: dict[tuple[str, str, str], Evidence] = {}

    def all(self) -> list[Pair]:
        """All pairs: for each target the one with the most weight."""
        old = self.old_rows()
        for each in (*pairs_in_tables(self.filing, self.names), *pairs_with_labels(self.filing, self.names)):
            if each.line in old:
                continue
            self.add(each.target, each.acquiring, each.line, _TABLE, (each.target_trust, each.acquiring_trust))
        self.from_definitions()
        for index in range(len(self.filing.passages)):
            self.from_sentences(index)
            self.from_each_into(index)
            self.from_list_into(index)
            self.from_same_name(index)
        self.from_joined()
        self.from_open_statements()
        self.from_mergers_into_one()
        if not self.found:
            self.from_roles()
        if not self.found:
            self.from_only_target()
        if not self.found:
            self.from_classes()
        off = self.called_off()
        self.from_liquidations(off)
        return without_contradictions(self.found.values(), off)

    def old_rows(self) -> frozenset[int]:
        """The lines of the rows of tables that tell of mergers of earlier years."""
        heads: dict[int, Passage] = {}
        found = set()
        for passage in self.filing.passages:
            head = heads.setdefault(passage.table, passage) if passage.table is not None else passage
            if head is not passage and self.past.is_old(passage.text) and not _BEGINNING.search(head.text):
                found.add(passage.line_at(0))
        return frozenset(found)

    def add(
        self,
        target: str,
        acquiring: str,
        line: int,
        weight: int,
        trusts: tuple[str, str] = ("", ""),
        classes: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
        spoken_of: tuple[str, ...] = (),
    ) -> None:
        """Add evidence for a pair. Without `trusts`, those that the filing states elsewhere are taken.

        `spoken_of` are the classes of the target that the statement is about. A fund that goes into one of the same
        name leaves another trust. Which one, is not guessed; the pair is not certain unless the trust that it goes into
        is said with it.
        """
        is_one_name = folded(target) == folded(acquiring) and not any(classes)
        if is_one_name and weight == _TABLE and not any(trusts):
            trusts = "", self.trusts.of_all_of_role(RoleOf.ACQUIRING)
        if (is_one_name and trusts[0] == trusts[1]) or (is_class(target) and is_class(acquiring)):
            return
        if is_separate_account(target) or is_separate_account(acquiring) or is_firm(acquiring) or is_bank(target):
            return
        acquiring_trust = self.trusts.of_acquirer(acquiring, trusts[1])
        target_trust = self.trusts.of_target(target, acquiring, trusts[0])
        pair = Pair(
            target=target,
            target_trust="" if is_one_name and target_trust == acquiring_trust else target_trust,
            target_classes=classes[0],
            acquiring=acquiring,
            acquiring_trust=acquiring_trust,
            acquiring_classes=classes[1],
            is_certain=bool(trusts[1]) or not is_one_name,
            line=line,
        )
        key = folded(target), folded(trusts[0]), folded(acquiring)
        self.found.setdefault(key, Evidence(pair)).count(line, weight, spoken_of)

    # --- definitions ---

    def from_definitions(self) -> None:
        """Add the pair of a passage that defines one term for a target and one for an acquirer."""
        for index, passage in enumerate(self.filing.passages):
            roles: dict[RoleOf, list[str]] = {}
            for each in self.names.defined_in(index):
                if len(each.names) == 1 and self.names.sort_of(each.names[0]) is Sort.FUND:
                    roles.setdefault(each.role, []).append(each.names[0])
            targets, acquirers = roles.get(RoleOf.TARGET, []), roles.get(RoleOf.ACQUIRING, [])
            if len(set(targets)) == 1 and len(set(acquirers)) == 1:
                self.add(targets[0], acquirers[0], passage.line_at(0), _DEFINITION)

    def from_roles(self) -> None:
        """Add the pairs of the funds whose roles are said apart from each other, if there is one acquirer."""
        roles = self.roles()
        acquirers = list(roles[RoleOf.ACQUIRING])
        if len(acquirers) == 1 and acquirers[0] not in roles[RoleOf.TARGET]:
            for target, line in roles[RoleOf.TARGET].items():
                self.add(target, acquirers[0], line, _DEFINITION)

    def roles(self) -> dict[RoleOf, dict[str, int]]:
        """The funds of each role that the filing states apart from the other role, with their lines."""
        roles: dict[RoleOf, dict[str, int]] = {RoleOf.TARGET: {}, RoleOf.ACQUIRING: {}, RoleOf.NONE: {}}
        for index, passage in enumerate(self.filing.passages):
            for each in (*self.names.defined_in(index), *self.said_to_be(index)):
                for name in each.names:
                    if self.names.sort_of(name) is Sort.FUND:
                        roles[each.role].setdefault(name, passage.line_at(each.start))
        for both, line in self.together():
            for one, other in (both, both[::-1]):
                if list(roles[RoleOf.ACQUIRING]) == [one] or self.is_said_of(one, _IS_THE_ONE):
                    roles[RoleOf.TARGET].setdefault(other, line)
                    roles[RoleOf.ACQUIRING].setdefault(one, line)
                elif list(roles[RoleOf.TARGET]) == [one] or self.is_said_of(one, _IS_NO_MORE):
                    roles[RoleOf.ACQUIRING].setdefault(other, line)
                    roles[RoleOf.TARGET].setdefault(one, line)
        return roles

    def is_said_of(self, fund: str, words: re.Pattern[str]) -> bool:
        """Whether a sentence says of a fund what some words say of their group `fund`."""
        return any(
            fund in _funds(match["fund"], each.inside, self.names)
            for index in range(len(self.filing.passages))
            for each in self.masked_sentences(index)
            for match in words.finditer(each.masked)
        )

    def from_only_target(self) -> None:
        """Add the pair of the one fund that the filing is about, if its sentences about mergers name one acquirer."""
        if not any(MERGES.search(passage.text) for passage in self.filing.passages):
            return
        acquirers = self.acquirers_alone()
        target = self.names.only_fund or self.only_trust() or self.other_of_two(acquirers)
        acquirers.pop(target, None)
        ended = {folded(fund) for fund, _, masked in self.ended() if not _may_end_a_merger(masked)}
        if target and len(acquirers) == 1 and folded(target) not in ended:
            ((acquiring, line),) = acquirers.items()
            self.add(target, acquiring, line, _SENTENCE)

    def acquirers_alone(self) -> dict[str, int]:
        """The funds that sentences say are acquirers, without a target, with their lines."""
        acquirers: dict[str, int] = {}
        for index, passage in enumerate(self.filing.passages):
            for each in self.masked_sentences(index):
                for match in () if self.past.is_over(each.masked) else acquirers_in(each.masked):
                    for name in _funds(match["a"], each.inside, self.names):
                        acquirers.setdefault(name, passage.line_at(each.start))
        return acquirers

    def other_of_two(self, acquirers: Iterable[str]) -> str:
        """The other one of the only two funds that the filing names, if one of them is the only acquirer."""
        funds = [name for name in self.names.all_printed.values() if self.names.sort_of(name) is Sort.FUND]
        others = [name for name in funds if name not in acquirers]
        return others[0] if len(funds) == 2 and len(others) == 1 else ""

    def only_trust(self) -> str:
        """The trust that made the filing, if a sentence merges it by "its", and no fund is its own; otherwise nothing.

        A closed-end fund may be called a trust throughout.
        """
        issuer = self.names.issuer_of_funds
        funds = [name for name in self.names.all_printed.values() if self.names.sort_of(name) is Sort.FUND]
        others = {self.trusts.of_fund(name) for name in funds} - {issuer}
        is_merged = any(_ITS_MERGER.search(passage.text) for passage in self.filing.passages)
        return issuer if len(funds) == len(others) == 1 and is_merged else ""

    def from_mergers_into_one(self) -> None:
        """Add the funds of "the merger of Red Fund", if the filing says of all mergers that they are into one fund."""
        acquirers = {folded(each.pair.acquiring): each.pair.acquiring for each in self.found.values()}
        if len(acquirers) != 1:
            return
        (acquirer,) = acquirers.values()
        into: list[str] = []
        mergers: list[tuple[str, int]] = []
        ended: list[str] = []
        for index, passage in enumerate(self.filing.passages):
            for each in self.masked_sentences(index):
                for match in _MERGERS_INTO.finditer(each.masked):
                    into += _funds(match["a"], each.inside, self.names)
                into += [acquirer] if _INTO_THE_SAME.search(each.masked) else []
                for match in _MERGER_OF.finditer(each.masked):
                    line, of_sentence = passage.line_at(each.start), _funds(match["t"], each.inside, self.names)
                    mergers += [(name, line) for name in of_sentence]
                    ended += of_sentence if self.past.is_over(each.masked) else ()
        taken = {folded(each.pair.target) for each in self.found.values()} | {*acquirers, *map(folded, ended)}
        for target, line in mergers if acquirer in into else ():
            if folded(target) not in taken:
                self.add(target, acquirer, line, _SENTENCE)

    def masked_sentences(self, index: int) -> Iterator[_Sentence]:
        """The sentences of a passage."""
        text, named = self.holds(index)
        for start, end in () if self.past.has_taken_place(text) else sentences(text):
            inside = [each for each in named if start <= each.start and each.end <= end]
            yield _Sentence(start, inside, _signs(text, start, end, inside))

    def holds(self, index: int) -> tuple[str, list[Named]]:
        """The text of a passage, and the places of names in it, without the words that the filing strikes out."""
        text = flat(self.filing.passages[index].text)
        holds = without_struck_out(text)
        return holds, [each for each in self.names.in_passage(index) if holds[each.start : each.end].strip()]

    def said_to_be(self, index: int) -> Iterator[Named]:
        """The funds of which a passage says that they are "the surviving fund" or the like."""
        text, named = flat(self.filing.passages[index].text), self.names.in_passage(index)
        masked = _signs(text, 0, len(text), named)
        for match in _SAID_TO_BE.finditer(masked):
            for each in _named(match["fund"], named):
                yield replace(each, role=role_of(match["role"]))
        for pattern, role in ((_IS_TO_JOIN, RoleOf.TARGET), (_IS_JOINED_BY, RoleOf.ACQUIRING)):
            for match in pattern.finditer(masked):
                yield from (replace(each, role=role) for each in _named(match["fund"], named))

    def together(self) -> Iterator[tuple[tuple[str, str], int]]:
        """The two funds of each "combination of Red Fund and Blue Fund", and the line."""
        for index, passage in enumerate(self.filing.passages):
            for each in self.masked_sentences(index):
                match = None if self.past.is_over(each.masked) else TOGETHER.search(what_is_planned(each.masked))
                named = _named(match[0], each.inside) if match else []
                both = _funds(match[0], each.inside, self.names) if match else []
                if len(both) == 2 and not any(_is_of_a_manager(fund, flat(passage.text)) for fund in named):
                    yield (both[0], both[1]), passage.line_at(each.start)

    # --- sentences ---

    def from_sentences(self, index: int) -> None:
        """Add the pairs that the sentences of a passage state."""
        passage = self.filing.passages[index]
        text, named = self.holds(index)
        funds = [each for each in named if each.sort is Sort.FUND]
        if len(funds) < 2:
            return
        for start, end in () if self.past.has_taken_place(text) else sentences(text):
            if self.past.is_history(text[start:end]) or is_yes_or_no(text[start:end]):
                continue
            inside = [each for each in named if start <= each.start and each.end <= end]
            for match in statements_in(_signs(text, start, end, inside)):
                self.from_match(match, inside, text, passage.line_at(start))

    def from_joined(self) -> None:
        """Add what lines of titles, and items of lists with the words that lead to them, state of funds in no pair."""
        taken = {folded(each.pair.target) for each in self.found.values()}
        for item in (*joined_titles(self.filing, self.names), *joined_lists(self.filing, self.names)):
            masked = _signs(item.text, 0, len(item.text), item.inside)
            if self.past.is_over(masked):
                continue
            for match in statements_in(masked):
                if not taken & {folded(name) for name in _funds(match["t"], item.inside, self.names)}:
                    self.from_match(match, item.inside, item.text, item.line)

    def from_open_statements(self) -> None:
        """Add what sentences with any verb state of funds that no other statement pairs otherwise."""
        paired = {(folded(each.pair.target), folded(each.pair.acquiring)) for each in self.found.values()}
        targets, acquirers = {target for target, _ in paired}, {acquiring for _, acquiring in paired}
        targets |= {folded(target) for target, _, masked in self.ended() if not _may_end_a_merger(masked)}
        for index, passage in enumerate(self.filing.passages):
            for each in self.masked_sentences(index):
                for match in () if self.past.is_over(each.masked) else open_statements_in(each.masked):
                    stated = set(self.stated(match, each.inside))
                    if {target for target, _ in stated} & {acquiring for _, acquiring in stated}:
                        continue
                    new = stated - paired
                    contradict = [pair for pair in new if pair[0] in targets | acquirers or pair[1] in targets]
                    if new and not contradict:
                        self.from_match(match, each.inside, flat(passage.text), passage.line_at(each.start))

    def stated(self, match: re.Match[str], inside: Sequence[Named]) -> Iterator[tuple[str, str]]:
        """Each target of a statement with each acquirer, by their folded names."""
        for target in _funds(match["t"], inside, self.names):
            for acquiring in _funds(match["a"], inside, self.names):
                yield folded(target), folded(acquiring)

    def from_match(self, match: re.Match[str], inside: Sequence[Named], text: str, line: int) -> None:
        """Add the pairs of a sentence: all targets with the one acquirer, or each with the acquirer at its place."""
        if _has_role(match["t"], inside, RoleOf.ACQUIRING) or _has_role(match["a"], inside, RoleOf.TARGET):
            return
        if self.past.is_done(match):
            return
        if any(_is_of_a_manager(each, text) for each in _named(match["t"] + match["a"], inside)):
            return
        targets = _funds(match["t"], inside, self.names)
        acquirers = _funds(match["a"], inside, self.names)
        targets = [name for name in targets if not self.is_entered(name, match["t"], inside, text)]
        if not _MERGES_OR_ENDS.search(match.string) and _is_master(acquirers) is not _is_master(targets):
            return
        if not targets or not acquirers:
            return
        trusts = self.trust_of_one(match["t"], inside, text), self.trust_of_one(match["a"], inside, text)
        if len(acquirers) == 1:
            spoken_of = classes_before(match) if len(targets) == 1 else ()
            for target in targets:
                self.add(target, acquirers[0], line, _SENTENCE, trusts, spoken_of=spoken_of)
        elif len(targets) == len(acquirers):
            for target, acquiring in zip(targets, acquirers, strict=True):
                self.add(target, acquiring, line, _SENTENCE, ("", _trust_before(match["a"], inside, text)))

    def trust_of_one(self, signs: str, inside: Sequence[Named], text: str) -> str:
        """The trust of a fund that is alone in its place, if the sentence or its term says it; otherwise empty."""
        numbers = [number for number in signs_of(signs) if number < len(inside)]
        if len({inside[number].names for number in numbers}) != 1:
            return ""
        fund = inside[numbers[0]]
        of_term = self.names.trust_of_term(text[fund.start : fund.end]) if fund.is_term else ""
        return trust_beside(text, inside, numbers[0]) or of_term

    def is_entered(self, name: str, signs: str, inside: Sequence[Named], text: str) -> bool:
        """Whether "into" stands directly before a target, as in "Red Fund into Blue Fund and Green Fund into …"."""
        places = [each for each in _named(signs, inside) if name in each.names]
        return all(_INTO.search(text, max(0, each.start - _NEAR), each.start) for each in places)

    def from_each_into(self, index: int) -> None:
        """Add the pairs of "each Fund listed above would be reorganized into a new series of Y of the same name"."""
        passage = self.filing.passages[index]
        text = flat(passage.text)
        match = _EACH_INTO.search(text)
        behind = [each for each in self.names.in_passage(index) if match and each.start == match.end() and each.names]
        if not behind or not _SAME_NAME.match(text, behind[0].end):
            return
        for fund in self.names.alone_above(index):
            if self.names.sort_of(fund) is Sort.FUND:
                self.add(fund, fund, passage.line_at(0), _DEFINITION, (self.names.issuer, behind[0].names[0]))

    def from_list_into(self, index: int) -> None:
        """Add the pairs of "the merger of the following funds into Blue Fund:" and the list below it."""
        text, named = flat(self.filing.passages[index].text), self.names.in_passage(index)
        match = _LIST_INTO.search(_signs(text, 0, len(text), named))
        acquirers = _funds(match["a"], named, self.names) if match else []
        for target in self.begin_below(index) if len(acquirers) == 1 else ():
            self.add(target, acquirers[0], self.filing.passages[index].line_at(0), _DEFINITION)

    def from_same_name(self, index: int) -> None:
        """Add the pairs of "Red Fund will be reorganized into a series of Y that will have the same name"."""
        passage = self.filing.passages[index]
        text, named = flat(passage.text), self.names.in_passage(index)
        for start, end in sentences(text):
            inside = [each for each in named if start <= each.start and each.end <= end]
            match = _INTO_SAME_NAME.search(_signs(text, start, end, inside))
            trusts = [each.names[0] for each in inside if each.sort is Sort.TRUST and each.names]
            if not match or not trusts:
                continue
            for fund in _funds(match["t"], inside, self.names):
                self.add(fund, fund, passage.line_at(start), _DEFINITION, (self.trusts.of_fund(fund), trusts[-1]))

    # --- classes ---

    def from_classes(self) -> None:
        """Add a class of a fund that becomes another class of the same fund; beside a merger that is no pair."""
        for index, passage in enumerate(self.filing.passages):
            text = flat(passage.text)
            match = _CLASSES.search(text)
            if match is None or _BY_AGE.search(text, match.start(), match.end() + _NEAR_CLASSES):
                continue
            if MAY.search(match[0]):
                continue
            funds = [each for each in self.names.in_passage(index) if each.sort is Sort.FUND and len(each.names) == 1]
            before = [each for each in funds if each.start < match.end()]
            near = [*before[-1:], *(each for each in funds if match.end() <= each.start < match.end() + _NEAR_CLASSES)]
            if near:
                fund, line = near[0].names[0], passage.line_at(match.start())
                self.add(fund, fund, line, _DEFINITION, classes=((match["from"],), (match["to"],)))

    # --- liquidations ---

    def called_off(self) -> list[Evidence]:
        """The pairs of which a passage says that there will be no merger.

        Of a target with several acquirers, the passage names the acquirer, and none that another pair has for it. Where
        the filing has one pair alone, the passage names no acquirer, and speaks of a liquidation.
        """
        by_target: dict[str, list[Evidence]] = {}
        for each in self.found.values():
            by_target.setdefault(folded(each.pair.target), []).append(each)
        off: list[Evidence] = []
        for index, passage in enumerate(self.filing.passages):
            text = flat(passage.text)
            said = [each.inside for each in self.masked_sentences(index) if says_off(each.masked)]
            if not said:
                continue
            here = {folded(name) for each in self.names.in_passage(index) for name in each.names}
            of_sentences = {folded(name) for inside in said for each in inside for name in each.names}
            is_of_only = len(self.found) == 1 and _LIQUIDATES.search(text) is not None
            off += self.found.values() if is_of_only else ()
            for rivals in by_target.values():
                named = [each for each in rivals if folded(each.pair.acquiring) in of_sentences]
                named = named or [each for each in rivals if folded(each.pair.acquiring) in here]
                off += named if len(named) == 1 else ()
        return off

    def from_liquidations(self, off: Sequence[Evidence]) -> None:
        """Add the funds that are liquidated. Beside a merger, only those of which a sentence says so for certain."""
        if not any(_LIQUIDATES.search(passage.text) for passage in self.filing.passages):
            return
        going_on = [each.pair for each in self.found.values() if each not in off]
        merged = {folded(name) for pair in going_on for name in (pair.target, pair.acquiring)}
        for target, line, masked in self.ended():
            is_of_a_merger = folded(target) in merged or (bool(merged) and _may_be_of_a_merger(masked))
            if not is_of_a_merger:
                self.add(target, "", line, _SENTENCE)
        self.from_liquidation_rows()
        if not merged:
            self.from_liquidation_tables()

    def ended(self) -> Iterator[tuple[str, int, str]]:
        """The funds of which a sentence says that they are liquidated, with its line, and the sentence with signs."""
        for index, passage in enumerate(self.filing.passages):
            for each in self.masked_sentences(index):
                if _NOT_ENDED.search(each.masked) or is_yes_or_no(each.masked):
                    continue
                line = passage.line_at(each.start)
                for target in _liquidated(each.masked, each.inside, self.names):
                    if not _is_master([target]):
                        yield target, line, each.masked
                for target in self.listed_below(index, each.masked):
                    yield target, line, each.masked

    def listed_below(self, index: int, masked: str) -> Iterator[str]:
        """The funds that begin the passages below "will be liquidated:", up to the first that begins otherwise."""
        if _LIST_BEGUN.search(masked):
            yield from self.names.alone_below(index)
        if _LIQUIDATED_LIST.search(masked):
            yield from self.begin_below(index)

    def begin_below(self, index: int) -> Iterator[str]:
        """The funds that begin the passages below one, up to the first that begins otherwise."""
        for below in range(index + 1, len(self.filing.passages)):
            row = self.filing.passages[below]
            first = next(iter(self.names.in_passage(below)), None)
            if first is None and row.cells and below == index + 1:
                continue
            is_of_list = first is not None and (row.cells or self.is_listed(below, first))
            if first is None or not is_of_list or first.sort is not Sort.FUND or first.is_term:
                return
            yield from first.names

    def is_listed(self, index: int, first: Named) -> bool:
        """Whether a passage is an item of a list: its first name stands (nearly) alone, so that it is no sentence."""
        text, named = flat(self.filing.passages[index].text), self.names.in_passage(index)
        behind = _IN_BRACKETS.sub(" ", _signs(text, 0, len(text), named).partition(chr(FIRST_SIGN))[2])
        words = {word.lower() for word in _LETTERS.findall(behind)}
        return first.start <= _LONGEST_BULLET and words <= _WORDS_OF_LISTS

    def from_liquidation_rows(self) -> None:
        """Add the funds in the first column of rows in which another cell says "Liquidate" or the like."""
        for passage in self.filing.passages:
            cells = [passage.text[cell.start : cell.end].strip() for cell in passage.cells]
            name = cell_name(cells[0]) if cells else ""
            if any(map(IS_LIQUIDATED.fullmatch, cells[1:])) and looks_like_a_fund(name):
                self.add(name, "", passage.line_at(0), _TABLE)

    def from_liquidation_tables(self) -> None:
        """Add the funds in the first column of tables with a liquidation date in the heading."""
        for head, *rows in self.filing.tables.values():
            for row in rows if _LIQUIDATES.search(head.text) else ():
                cell = row.cells[0]
                name = cell_name(row.text[cell.start : cell.end])
                if looks_like_a_fund(name):
                    self.add(name, "", row.line_at(0), _TABLE)


_SAID_TO_BE = re.compile(
    rf"(?P<fund>{SIGN}){OTHER_WORDS}{{0,40}}?\b(?:is|be|being|as) the (?P<role>[a-z]+)(?: or [a-z]+)? "
    r"(?:fund|portfolio|etf|series|corporation|company|entity)\b",
    re.IGNORECASE,
)
"""A role that a sentence gives to a fund: "Blue Fund will be the surviving fund"."""

_IS_THE_ONE = re.compile(rf"(?P<fund>{SIGN})(?:\s*\([^()]*\))? {SURVIVES}", re.IGNORECASE)
_IS_NO_MORE = re.compile(rf"(?P<fund>{SIGN})(?:\s*\([^()]*\))? {CEASES}", re.IGNORECASE)
_IS_TO_JOIN = re.compile(rf"(?P<fund>{SIGN})(?:\s*\([^()]*\))? {IS_JOINED}\b", re.IGNORECASE)
_IS_JOINED_BY = re.compile(
    rf"(?P<fund>{SIGN}){OTHER_WORDS}{{0,60}}?\bbe the (?:fund|portfolio|series|etf|one) "
    r"(?:(?:into |with )?which|that) (?:it|they)\b",
    re.IGNORECASE,
)
"""What says of a fund, apart from the other, that it is a target or the acquirer: "is the fund that it joins"."""


def _may_be_of_a_merger(masked: str) -> bool:
    """Whether a sentence may speak of the liquidation that ends a merger. If it states the pair, that is known."""
    is_merger = MERGES.search(masked) is not None and not any(statements_in(masked))
    return is_merger or MAY.search(masked) is not None


def _may_end_a_merger(masked: str) -> bool:
    """Whether a sentence may speak of the last step of a merger: what its target has goes somewhere before."""
    return _may_be_of_a_merger(masked) or _LAST_STEP.search(masked) is not None or any(open_statements_in(masked))


_LAST_STEP = re.compile(
    r"\b(?:then|thereafter|afterwards|thereupon|subsequently|after|upon|following)\b", re.IGNORECASE
)


def _liquidated(masked: str, inside: Sequence[Named], names: Names) -> Iterator[str]:
    """The funds that a sentence says are liquidated."""
    for match in liquidations_in(masked):
        start, end = match.span("t")
        is_other = _RECEIVES.search(match.string, 0, start) or _HAS_WHAT_ENDS.match(match.string, end)
        is_aside = _IN_AN_ASIDE.search(match.string, 0, start) and match.string.startswith(",", end)
        is_of_row = CELL_ENDS in match[0]
        if not is_other and not is_aside and not is_of_row and not _of_a_fund(match.string, start):
            yield from _funds(match["t"], inside, names)


_IN_AN_ASIDE = re.compile(r",[^.;,]*\b(?:whose|which|who|that|after|since|because)\b[^.;,]*\b(?:in)?to (?:the )?$")
"""What stands before an acquirer in an aside, so that another fund ends: ", whose merger into Blue Fund failed,"."""
_RECEIVES = re.compile(
    r"\b(?:invests? in|(?:shares|units|interests) (?:of|in)|"
    r"(?:moved|(?:transferr?|convey|contribut)\w*|paid|allocated|go|"
    r"goes)\b[^.;]{0,60}\b(?:in|to|into)) (?:the )?$",
    re.IGNORECASE,
)
"""What stands before a fund to which what another pays out goes, or of which only some shares end."""
_HAS_WHAT_ENDS = re.compile(
    r"['’]s? (?!(?:[\w-]+ ){0,3}?(?:assets|portfolio(?! holdings)|business|affairs|operations|\w*holders|investors|"
    r"board|trustees|directors|liquidation|dissolution|termination|closing|closure|series)\b)|"
    r"[^.;]{0,40}\b(?:its|their|(?:has|owns) an?) (?:[\w-]+ ){0,2}[\w-]+,? (?:that|which) (?:will|would|is|are|was)\b",
    re.IGNORECASE,
)
"""What stands behind a fund of which only something that it has ends: "Red Fund's subsidiary will be dissolved"."""


def _of_a_fund(masked: str, start: int) -> bool:
    """Whether the fund at a place only has what ends: "the 12b-1 plan of Red Fund will be terminated"."""
    owned = _OWNED.search(masked, 0, start)
    return owned is not None and not _IS_FUND_ITSELF.fullmatch(owned["what"])


_OWNED = re.compile(r"\b(?P<what>[\w-]+) (?:of|for|between) (?:each of )?(?:the )?$", re.IGNORECASE)
_IS_FUND_ITSELF = re.compile(
    r"(?:liquidat|dissol|terminat|wind|clos|merg|reorgani)\w*|up|down|assets|portfolios?|business|affairs|operations|"
    r"\w*holders|owners|investors|board|trustees|directors|each|all|any|both|either|one|two|three|series|behalf|case|"
    r"dates?",
    re.IGNORECASE,
)
"""The words before "of Red Fund" that speak of the fund itself."""


_LIQUIDATED_LIST = re.compile(
    r"\b(?:liquidat(?:ed|e|ion)|dissolved|terminated|wound up)[^.;]{0,80}:\s*$", re.IGNORECASE
)
_MERGERS_INTO = re.compile(
    rf"\b(?:mergers|reorganizations|combinations)\b{OTHER_WORDS}{{0,40}}?\binto (?:the )?(?P<a>{SIGN})", re.IGNORECASE
)
_MERGER_OF = re.compile(rf"\b(?:merger|reorganization|combination) of (?:the )?(?P<t>{SIGN})", re.IGNORECASE)
_ITS_MERGER = re.compile(
    r"\b(?:its|the trust[’']s) (?:\w+ )?(?:merger|reorganization|consolidation)\b|"
    r"\b(?:merger|reorganization|consolidation) of the trust\b",
    re.IGNORECASE,
)
"""A merger of the trust as a whole."""
_INTO_THE_SAME = re.compile(rf"{_MERGER_OF.pattern}{ASIDE} into the same (?:fund|portfolio|series)\b", re.IGNORECASE)
_LIST_INTO = re.compile(
    rf"\b(?:following|listed below|named below|below)\b{OTHER_WORDS}{{0,80}}?\b(?:into|with) (?:the )?(?P<a>{SIGN})"
    r"[^.;:]{0,60}:\s*$",
    re.IGNORECASE,
)
"""What leads to a list of targets: "the following funds will be merged into Blue Fund:"."""
_LIST_BEGUN = re.compile(rf"\b(?:liquidat|dissol|terminat|wind|wound)[^.;]{{0,80}}:\s*{SIGN}[^\w.]*$", re.IGNORECASE)
"""The words above a list whose first name stands on their line."""
_LONGEST_BULLET = 6
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_LETTERS = re.compile(r"[^\W\d_]+")
_CALENDAR_WORDS = frozenset(name.lower() for name in (*calendar.month_name[1:], *calendar.day_name))
_WORDS_OF_LISTS = _CALENDAR_WORDS | {
    "a", "about", "an", "and", "at", "business", "by", "class", "classes", "close", "each", "effective", "end", "in",
    "of", "on", "or", "portfolio", "series", "shares", "the", "trust", *"abcdefghijklmnopqrstuvwxyz",
}  # fmt: skip
"""What may stand behind a name in a list, beside its brackets: its trust, its classes, its day."""
_INTO_SAME_NAME = re.compile(
    rf"(?P<t>{LIST}){OTHER_WORDS}{{0,80}}? into {OTHER_WORDS}{{0,60}}?(?:series|portfolio|fund)s? of (?:the )?TRUST"
    r"[^.;]{0,60}?\b(?:same|identical) name",
    re.IGNORECASE,
)
""""Red Fund and Blue Fund will go into series of Green Trust with the same names"."""
_NOT_ENDED = re.compile(
    r"\b(?:remains? open|is not (?:to be )?(?:affected|liquidated|closed|part))\b|"
    r"\b(?:agreement|contract|arrangement|waiver)s?\b[^;]{0,120}\bterminat|"
    r"\bterminat\w*\b[^;]{0,60}\b(?:agreement|contract|arrangement|waiver)s?\b|"
    r"\bnot to (?:liquidat|terminat|dissol|close|wind)|\bno (?:plans?|intention) to|"
    r"\b(?:may|might|could|can) (?:\w+ ){0,4}(?:decide|choose|elect|determine|vote) to\b|"
    r"\b(?:may|might|could|can) (?:\w+ ){0,2}(?:liquidat|terminat|dissol|close|wind|wound)|"
    r"\bif\b[^;]{0,80}\b(?:(?:not|fails? to) approved?|rejects?)\b|\bin (?:the event|case) of\b|"
    rf"\b(?:if|should|whenever|in case) (?:the |a |any )?{SIGN} [^,;]{{0,60}}(?:liquidat|terminat|dissol|wound|clos)|"
    r"\bnot (?:(?!and |but )\w+ ){0,3}(?:liquidat|terminat|dissol|wound|closed)|\bneither\b",
    re.IGNORECASE,
)
"""What says that a fund is not liquidated, or only perhaps, or that a contract ends."""
_TABLE, _DEFINITION, _SENTENCE = 5, 3, 1
_BEGINNING = re.compile(r"\b(?:inception|organi[sz]ed|commence\w*|established|began|created|as of)\b", re.IGNORECASE)
"""What the heading of a column says of days that are none of a merger."""
_EACH_INTO = re.compile(
    r"\beach (?:of the |\w+ )?(?:fund|portfolio|series)s?\b[^.;]{0,160}?\binto (?:a|one|its) (?:[\w-]+,? ){0,4}"
    r"(?:series|portfolio|fund)s? of (?:the )?",
    re.IGNORECASE,
)
""""Each Fund will be reorganized into a newly created series of"."""
_SAME_NAME = re.compile(r"[^.;]{0,60}?\b(?:same|identical|similar) name")


def _signs(text: str, start: int, end: int, inside: Sequence[Named]) -> str:
    """A sentence with a sign of its own for each fund, and the word TRUST for each trust."""
    words = {}
    for number, each in enumerate(inside):
        if each.sort is Sort.TRUST:
            words[number] = "TRUST"
        elif not each.names:
            words[number] = "FUND"
    return with_signs(text, start, end, inside, words)


_MERGES_OR_ENDS = re.compile(rf"{MERGES.pattern}|{_LIQUIDATES.pattern}", re.IGNORECASE)


def _is_master(names: Sequence[str]) -> bool:
    """Whether all names are those of master portfolios, in which other funds invest what they have."""
    return all(" master " in f" {name.lower()} " for name in names)


def _named(signs: str, inside: Sequence[Named]) -> list[Named]:
    """The places that some signs stand for."""
    return [inside[number] for number in signs_of(signs) if number < len(inside)]


def _is_of_a_manager(fund: Named, text: str) -> bool:
    """Whether a place names a fund in order to say whose adviser, or the like, is meant."""
    before = _MANAGER_OF.search(text, max(0, fund.start - _NEAR), fund.start)
    return before is not None or _ITS_MANAGER.match(text, fund.end) is not None


_NEAR = 60
_INTO = re.compile(r"\binto (?:the )?$", re.IGNORECASE)
_MANAGERS = r"(?:sub-?)?(?:advis[eo]r|manager|parent|sponsor|administrator|distributor|custodian|transfer agent)s?"
_MANAGER_OF = re.compile(rf"\b{_MANAGERS} (?:of|to|for) (?:the )?$", re.IGNORECASE)
_ITS_MANAGER = re.compile(rf"['’]s?,? (?:\w+ ){{0,2}}{_MANAGERS}\b", re.IGNORECASE)


def _has_role(signs: str, inside: Sequence[Named], role: RoleOf) -> bool:
    """Whether a term among some signs gives its fund a role."""
    return any(each.role is role for each in _named(signs, inside))


def _funds(signs: str, inside: Sequence[Named], names_of: Names) -> list[str]:
    """The funds that some signs stand for, each once."""
    names = [name for each in _named(signs, inside) for name in each.names]
    return [name for name in dict.fromkeys(names) if names_of.sort_of(name) is Sort.FUND]


def _trust_before(signs: str, inside: Sequence[Named], text: str) -> str:
    """The trust of a list of new funds, if it stands before the list: "new series of Blue Trust, called …"."""
    numbers = [number for number in signs_of(signs) if number < len(inside)]
    return trust_beside(text, inside[: numbers[0] + 1], numbers[0]) if numbers else ""
