"""Finds the reorganizations of a filing: which fund merges into which, or is liquidated."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from calfeed.filings.clauses import sentences
from calfeed.filings.names import Named, Names, RoleOf, Sort, flat, folded, is_trust_name, role_of
from calfeed.filings.text import Filing, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A target and its acquirer, by the names in the filing; `acquiring` is empty for a liquidation.

    A trust is empty if the filing does not name it. `is_certain` is false if the filing contradicts the pair. `line`
    is the line of the filing that states it first.
    """

    target: str
    target_trust: str = ""
    target_classes: tuple[str, ...] = ()
    acquiring: str = ""
    acquiring_trust: str = ""
    acquiring_classes: tuple[str, ...] = ()
    is_certain: bool = True
    line: int = 0

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """The target, for comparison: its name, its trust and its classes."""
        return folded(self.target), folded(self.target_trust), self.target_classes


_NAME = "\ue000-\ue7ff"
"""Characters that replace the names in a sentence: the first for the first name, and so on."""
_FIRST = ord("\ue000")
_N = f"[{_NAME}]"
_ASIDE = (
    r"(?:\s*\([^()]*\)|\s*[*†‡®]+|,?\s+(?:each |both |also |another |which is )*(?:an? )?(?:\w+ ){0,2}"
    r"(?:series|portfolio|fund|sub-fund)s? of (?:the )?TRUST)*"
)
"""What may stand behind a name in a list: a term in brackets, a footnote's mark, the trust."""
_AND = r"(?:,\s+(?:(?:and|or|as well as)\s+)?|\s+(?:and|or|&|as well as)\s+)(?:the |each of |\(\w{1,4}\)\s*)*"
_LIST = rf"(?:{_N}{_ASIDE}(?:{_AND}{_N}{_ASIDE}){{0,40}})"
_LIST_OF = rf"(?:{_N}{_ASIDE}(?:{_AND}(?:of (?:the )?)?{_N}{_ASIDE}){{0,40}})"
"""A list after "the merger of", as in "of Red Fund and of Blue Fund"."""
_FILLER = rf"[^.;{_NAME}]"
_MERGE = (
    r"(?:merg(?:e|es|ed|ing)|reorgani[sz](?:e|es|ed|ing)|consolidat(?:e|es|ed|ing)|combin(?:e|es|ed|"
    r"ing)|fold(?:s|ed|ing)?|"
    r"convert(?:s|ed|ing)?|absorb(?:ed|s)?|roll(?:s|ed)?|transfer(?:s|red|ring)?|amalgamat(?:e|ed|ing)|acquired)"
)
_MERGER = (
    r"(?:reorgani[sz]ations?|mergers?|consolidations?|combinations?|conversions?|amalgamations?|"
    r"acquisitions?|transfers?)"
)
# Sentences that state a reorganization. Group "t" holds the signs of the targets, "a" those of the acquirers.
_SENTENCES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MERGER} of {_FILLER}{{0,80}}?(?P<t>{_LIST_OF}){_FILLER}{{0,120}}? (?:with and )?(?:into|with|"
        rf"to) {_FILLER}{{0,60}}?(?P<a>{_LIST})",
        rf"(?P<t>{_LIST}){_FILLER}{{0,120}}?\b{_MERGE}\b{_FILLER}{{0,60}}? (?:with and )?(?:into|"
        rf"with) {_FILLER}{{0,60}}?(?P<a>{_LIST})",
        rf"\b{_MERGE} {_FILLER}{{0,60}}?(?P<t>{_LIST}){_FILLER}{{0,60}}? (?:with and )?(?:into|"
        rf"with) {_FILLER}{{0,60}}?(?P<a>{_LIST})",
        rf"(?P<t>{_N})[^.;]{{0,160}}?\b(?:its|their) (?:\w+ )?{_MERGER} (?:with and )?(?:into|"
        rf"with) {_FILLER}{{0,60}}?(?P<a>{_LIST})",
        rf"assets {_FILLER}{{0,60}}?(?:of|belonging to) (?:the )?(?P<t>{_LIST}){_FILLER}{{0,80}}? "
        rf"(?:by|to) (?:the )?(?P<a>{_LIST})",
        rf"(?P<a>{_LIST}){_FILLER}{{0,60}}?\b(?:will|would|is to|to) (?:acquire|"
        rf"take over){_FILLER}{{0,120}}? (?:of|from) (?:the )?(?P<t>{_LIST})",
        rf"(?P<t>{_LIST}){_FILLER}{{0,60}}?\b(?:will|would|is to|to) (?:transfer|convey|hand over|"
        rf"sell){_FILLER}{{0,120}}? to (?:the )?(?P<a>{_LIST})",
        rf"substitut(?:e|ed|ing|ion)(?: of)? {_FILLER}{{0,60}}?(?P<a>{_LIST}){_FILLER}{{0,60}}? for "
        rf"{_FILLER}{{0,60}}?(?P<t>{_LIST})",
        rf"replac(?:e|ed|ing|ement)(?: of)? {_FILLER}{{0,60}}?(?P<t>{_LIST})(?: [\w-]+){{0,6}} (?:with|by) "
        rf"(?:[\w-]+ ){{0,6}}(?P<a>{_LIST})",
        rf"^\W*(?:\w{{1,3}}[.)])? ?(?P<t>{_N})(?:,[^;{_NAME}]{{0,40}}{_N}?)?[^.;{_NAME}]{{0,60}}?,? "
        rf"(?:with and )?(?:into|→|->) (?P<a>{_N})",
        rf"(?P<t>{_N})[^.;]{{0,160}}?\b(?:sale|transfer|conveyance) of {_FILLER}{{0,60}}?\b(?:its|their) assets to "
        rf"{_FILLER}{{0,30}}?(?P<a>{_N})",
        rf"(?P<t>{_LIST}){_FILLER}{{0,60}}? (?:be|is being|was|were|been) (?:acquired|absorbed|succeeded|"
        rf"taken over|replaced|substituted) by {_FILLER}{{0,60}}?(?P<a>{_LIST})",
        rf"\b(?:acquisition|absorption|takeover) of (?:the )?(?P<t>{_LIST}){_FILLER}{{0,60}}? by "
        rf"{_FILLER}{{0,40}}?(?P<a>{_LIST})",
        rf"(?P<t>{_LIST}){_FILLER}{{0,60}}?\b(?:will|would|is to|to) exchange {_FILLER}{{0,80}}? for "
        rf"{_FILLER}{{0,40}}?shares of {_FILLER}{{0,40}}?(?P<a>{_LIST})",
        rf"(?:holders|owners|investors) (?:of|in) {_FILLER}{{0,30}}?(?P<t>{_LIST}){_FILLER}{{0,40}}? "
        rf"(?:will|would) (?:become|receive|be given|get) {_FILLER}{{0,60}}?(?:holders|shares|units|interests|"
        rf"stock) {_FILLER}{{0,20}}?(?:of|in) (?:the )?(?P<a>{_N})",
    )
)
# Further pairs of a sentence that states a merger: "... and of Red Fund into Blue Fund".
_MORE = re.compile(
    rf"(?P<t>{_LIST}){_FILLER}{{0,40}}? (?:with and )?into {_FILLER}{{0,40}}?(?P<a>{_LIST})", re.IGNORECASE
)
_MERGES = re.compile(r"merg|reorgani[sz]|consolidat|combin|amalgamat", re.IGNORECASE)
# The pairs of an agreement: "between (i) Red Fund and Blue Fund and (ii) ...".
_BETWEEN_EACH = re.compile(
    rf"(?:\bbetween (?:\(\w{{1,4}}\) )?|\(\w{{1,4}}\) )(?:the )?(?P<t>{_N}){_ASIDE},? and (?:the )?(?P<a>{_N})",
    re.IGNORECASE,
)
_LIQUIDATIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:liquidat(?:e|ion|ing)|terminat(?:e|ion|ing)|dissol(?:ve|ution)|wind(?:ing)? up|"
        rf"clos(?:e|ing))\b{_FILLER}{{0,90}}?(?P<t>{_LIST})",
        rf"(?P<t>{_LIST}){_FILLER}{{0,80}}?\b(?:be|is|are|to) (?:closed and |terminated and |"
        r"dissolved and )?(?:liquidated|terminated|dissolved|wound up)",
        rf"(?P<t>{_LIST}){_FILLER}{{0,60}}?\bto (?:close and )?(?:liquidate|dissolve)\b",
    )
)
_NOT_SO = re.compile(
    r"\b(?:no part in|not part of|similar name|unrelated|may include|such as|if any|exchange (?:your|their|them))\b",
    re.IGNORECASE,
)
_CLASSES = re.compile(
    r"(?P<from>Class \w+)(?: shares?)?[^.;]{0,120}?\b(?:convert\w*|conversion|"
    r"exchanged)\b[^.;]{0,60}? (?:into|to|for) (?P<to>Class \w+)",
    re.IGNORECASE,
)
_NEAR_CLASSES = 120
_LIQUIDATES = re.compile(r"\bliquidat|\bdissol|\bwound up|\bwinding[- ]up|\bterminat", re.IGNORECASE)


def find_pairs(filing: Filing, names: Names) -> list[Pair]:
    """The reorganizations of a filing, each once, in order."""
    finding = _Finding(filing, names)
    return finding.all()


@dataclass(slots=True)
class _Evidence:
    """A pair, the lines that state it, and the `weight` of these: a table has more than a sentence."""

    pair: Pair
    weight: int = 0
    lines: list[int] = field(default_factory=list)


class _Finding:
    def __init__(self, filing: Filing, names: Names) -> None:
        self.filing = filing
        self.names = names
        self.trusts = _trusts_of_funds(filing, names)
        self.acquiring_trust = _trust_of_acquirers(filing, names)
        self.found: dict[tuple[str, str, str], _Evidence] = {}

    def all(self) -> list[Pair]:
        """All pairs: for each target the one with the most weight."""
        self.from_tables()
        self.from_labels()
        self.from_definitions()
        for index in range(len(self.filing.passages)):
            self.from_sentences(index)
            self.from_each_into(index)
            self.from_same_name(index)
            self.from_classes(index)
        self.from_liquidations()
        return _without_contradictions(self.found.values())

    def add(
        self,
        target: str,
        acquiring: str,
        line: int,
        weight: int,
        trusts: tuple[str, str] = ("", ""),
        classes: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
    ) -> None:
        """Add evidence for a pair. Without `trusts`, those that the filing states elsewhere are taken."""
        if acquiring and folded(target) == folded(acquiring) and trusts[0] == trusts[1] and not any(classes):
            return
        same_name = folded(target) == folded(acquiring)
        target_trust = (
            trusts[0] or ("" if same_name else self.trusts.get(folded(target), "")) or self.default_trust(target)
        )
        acquiring_trust = trusts[1] or self.trusts.get(folded(acquiring), "") or self.acquiring_trust
        acquiring_trust = acquiring_trust or self.default_trust(acquiring)
        acquiring_trust = acquiring_trust if acquiring else ""
        pair = Pair(
            target=target,
            target_trust=target_trust,
            target_classes=classes[0],
            acquiring=acquiring,
            acquiring_trust=acquiring_trust,
            acquiring_classes=classes[1],
            line=line,
        )
        key = folded(target), folded(trusts[0]), folded(acquiring)
        evidence = self.found.setdefault(key, _Evidence(pair))
        evidence.weight += weight
        evidence.lines.append(line)

    def default_trust(self, fund: str) -> str:
        """The trust of a fund if the filing states none: the fund itself if it stands alone, or the issuer."""
        if is_trust_name(fund) or self.names.stands_alone(fund):
            return fund
        return self.names.issuer_of_funds

    # --- tables ---

    def from_tables(self) -> None:
        """Add the pairs of tables with a heading for the targets' column and one for the acquirers'."""
        tables: dict[int, list[Passage]] = {}
        for passage in self.filing.passages:
            if passage.table is not None:
                tables.setdefault(passage.table, []).append(passage)
        for rows in tables.values():
            for place, row in enumerate(rows[:4]):
                columns = _role_columns(row)
                if columns:
                    self.from_rows(rows[place + 1 :], *columns)
                    break
            else:
                self.from_sideways(rows)

    def from_sideways(self, rows: Sequence[Passage]) -> None:
        """Add the pairs of a table on its side: a row of targets, and below it a row of acquirers."""
        targets: dict[int, str] = {}
        for row in rows:
            role = _role_of_heading(_cell_text(row, 0))
            for cell in row.cells[1:]:
                text = _cell_text(row, cell.column)
                if role is RoleOf.TARGET:
                    targets[cell.column] = text
                elif role is RoleOf.ACQUIRING and cell.column in targets:
                    self.add_cells(targets.pop(cell.column), text, row.line_at(0), ["", ""])

    def add_cells(self, target: str, acquiring: str, line: int, trusts: Sequence[str]) -> None:
        """Add the pair of two cells, if both hold a fund; `trusts` are those of the table's headings."""
        names = _cell_name(target), _cell_name(acquiring)
        if all(_looks_like_a_fund(name) and self.is_fund(name) for name in names):
            own = _cell_trust(target, self.names), _cell_trust(acquiring, self.names)
            self.add(*names, line, _TABLE, (own[0] or trusts[0], own[1] or trusts[1]))

    def is_fund(self, name: str) -> bool:
        """Whether a name ends as that of a fund, or begins as another name of the filing does."""
        return re.search(r"\b(?:Fund|Portfolio|ETF|Series)$", name) is not None or self.names.has_family(name)

    def from_rows(self, rows: Sequence[Passage], target_at: int, acquiring_at: int) -> None:
        """Add the pairs of a table. A blank acquirer is the one above; a row with a trust alone heads those below."""
        acquiring, trusts = "", ["", ""]
        for line, cells in _whole_rows(rows, (target_at, acquiring_at)):
            target, acquired_by = cells
            if is_trust_name(_cell_name(target)) and not acquired_by:
                trusts[0] = _cell_name(target)
                continue
            if not target and acquired_by and is_trust_name(_cell_name(acquired_by)):
                trusts[1] = _cell_name(acquired_by)
                continue
            acquiring = acquired_by or acquiring
            if target and acquiring:
                self.add_cells(target, acquiring, line, trusts)

    # --- lines with labels ---

    def from_labels(self) -> None:
        """Add the pairs of lines such as "Acquired Fund: …", each followed by "Acquiring Fund: …"."""
        target: tuple[str, int] | None = None
        for passage in self.filing.passages:
            for match in _LABELLED.finditer(flat(passage.text)):
                role, name = role_of(match["label"]), _cell_name(match["name"])
                line = passage.line_at(match.start())
                if role is RoleOf.TARGET:
                    target = name, line
                elif role is RoleOf.ACQUIRING and target:
                    self.add(target[0], name, target[1], _TABLE)
                    target = None

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

    # --- sentences ---

    def from_sentences(self, index: int) -> None:
        """Add the pairs that the sentences of a passage state."""
        passage = self.filing.passages[index]
        named = self.names.in_passage(index)
        funds = [each for each in named if each.sort is Sort.FUND]
        if len(funds) < 2:
            return
        text = flat(passage.text)
        for start, end in sentences(text):
            inside = [each for each in named if start <= each.start and each.end <= end]
            masked = _BESIDE.sub(" ", _signs(text, start, end, inside))
            if _NOT_SO.search(masked):
                continue
            for pattern in _patterns_for(masked):
                for match in pattern.finditer(masked):
                    self.from_match(match, inside, passage.line_at(start))

    def from_match(self, match: re.Match[str], inside: Sequence[Named], line: int) -> None:
        """Add the pairs of a sentence: all targets with the one acquirer, or each with the acquirer at its place."""
        if _has_role(match["t"], inside, RoleOf.ACQUIRING) or _has_role(match["a"], inside, RoleOf.TARGET):
            return
        targets = _funds(match["t"], inside, self.names)
        acquirers = _funds(match["a"], inside, self.names)
        if not targets or not acquirers:
            return
        trusts = _trust_behind(match, "t", inside, self.names), _trust_behind(match, "a", inside, self.names)
        if len(acquirers) == 1:
            for target in targets:
                self.add(target, acquirers[0], line, _SENTENCE, trusts)
        elif len(targets) == len(acquirers):
            for target, acquiring in zip(targets, acquirers, strict=True):
                self.add(target, acquiring, line, _SENTENCE)

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
                target_trust = self.trusts.get(folded(fund), self.names.issuer_of_funds)
                self.add(fund, fund, passage.line_at(start), _DEFINITION, (target_trust, trusts[-1]))

    # --- classes ---

    def from_classes(self, index: int) -> None:
        """Add a class of a fund that becomes another class of the same fund."""
        passage = self.filing.passages[index]
        text = flat(passage.text)
        match = _CLASSES.search(text)
        if match is None:
            return
        funds = [each for each in self.names.in_passage(index) if each.sort is Sort.FUND and len(each.names) == 1]
        near = [each for each in funds if each.start < match.end() + _NEAR_CLASSES]
        if near:
            fund, line = near[-1].names[0], passage.line_at(match.start())
            self.add(fund, fund, line, _DEFINITION, classes=((match["from"],), (match["to"],)))

    # --- liquidations ---

    def from_liquidations(self) -> None:
        """Add the funds that are liquidated. Beside a merger, only those of which a sentence says so for certain."""
        if not _says_liquidation(self.filing):
            return
        merged = {folded(name) for each in self.found.values() for name in (each.pair.target, each.pair.acquiring)}
        for index, passage in enumerate(self.filing.passages):
            named = self.names.in_passage(index)
            text = flat(passage.text)
            for start, end in sentences(text) if merged else [(0, len(text))]:
                inside = [each for each in named if start <= each.start and each.end <= end]
                masked = _signs(text, start, end, inside)
                if merged and (_MERGES.search(masked) or _MAY.search(masked)):
                    continue
                for target in [*_liquidated(masked, inside, self.names), *self.listed_below(index, masked)]:
                    if folded(target) not in merged:
                        self.add(target, "", passage.line_at(start), _SENTENCE)
        if not merged:
            self.from_liquidation_tables()

    def listed_below(self, index: int, masked: str) -> Iterator[str]:
        """The funds that begin the passages below "will be liquidated:", up to the first that begins otherwise."""
        if not _LIQUIDATED_LIST.search(masked):
            return
        for below in range(index + 1, len(self.filing.passages)):
            row = self.filing.passages[below]
            first = next(iter(self.names.in_passage(below)), None)
            if first is None and row.cells and below == index + 1:
                continue
            is_of_list = first is not None and (row.cells or first.start <= _LONGEST_BULLET)
            if first is None or not is_of_list or first.sort is not Sort.FUND or first.is_term:
                return
            yield from first.names

    def from_liquidation_tables(self) -> None:
        """Add the funds in the first column of tables with a liquidation date in the heading."""
        heads: dict[int, Passage] = {}
        for passage in self.filing.passages:
            if passage.table is None:
                continue
            head = heads.setdefault(passage.table, passage)
            if head is not passage and _LIQUIDATES.search(head.text):
                cell = passage.cells[0]
                name = _cell_name(passage.text[cell.start : cell.end])
                if _looks_like_a_fund(name):
                    self.add(name, "", passage.line_at(0), _TABLE)


def _liquidated(masked: str, inside: Sequence[Named], names: Names) -> Iterator[str]:
    """The funds that a sentence says are liquidated."""
    for pattern in _LIQUIDATIONS:
        for match in pattern.finditer(masked):
            yield from _funds(match["t"], inside, names)


_LIQUIDATED_LIST = re.compile(
    r"\b(?:liquidat(?:ed|e|ion)|dissolved|terminated|wound up)[^.;]{0,80}:\s*$", re.IGNORECASE
)
_LONGEST_BULLET = 6
_INTO_SAME_NAME = re.compile(
    rf"(?P<t>{_LIST}){_FILLER}{{0,80}}? into {_FILLER}{{0,60}}?(?:series|portfolio|fund)s? of (?:the )?TRUST"
    r"[^.;]{0,60}?\b(?:same|identical) name",
    re.IGNORECASE,
)
_MAY = re.compile(r"\b(?:if|may|might|could|would|consider|consisting|unless|instead|such as)\b", re.IGNORECASE)
_TABLE, _DEFINITION, _SENTENCE = 5, 3, 1
_EACH_INTO = re.compile(
    r"\beach (?:of the |\w+ )?(?:fund|portfolio|series)s?\b[^.;]{0,160}?\binto (?:a|one|its) (?:[\w-]+,? ){0,4}"
    r"(?:series|portfolio|fund)s? of (?:the )?",
    re.IGNORECASE,
)
_SAME_NAME = re.compile(r"[^.;]{0,60}?\b(?:same|identical|similar) name")
_LABELLED = re.compile(
    r"(?P<label>\b(?:[A-Z][a-z]+ )?(?:Fund|Portfolio|ETF|"
    r"Series)s?(?: \([^)]*\))?):\s*(?P<name>[A-Z][^:;|\t]{3,120}?)(?=$|\s*[;|\t]|"
    r"\s+[A-Z][a-z]+ (?:Fund|Portfolio):)"
)


def _role_columns(row: Passage) -> tuple[int, int] | None:
    """The columns of the targets and of the acquirers, if a row has headings for both; otherwise None."""
    roles: dict[RoleOf, int] = {}
    for before, cell in zip([None, *row.cells], row.cells, strict=False):
        words = row.text[cell.start : cell.end]
        role = _role_of_heading(words)
        if role is not RoleOf.NONE:
            roles.setdefault(role, cell.column)
        if before and _MERGES_INTO.search(words) and _NAMES_FUNDS.search(row.text[before.start : before.end]):
            roles.setdefault(RoleOf.TARGET, before.column)
    if len(roles) == 2:
        return roles[RoleOf.TARGET], roles[RoleOf.ACQUIRING]
    return None


def _role_of_heading(words: str) -> RoleOf:
    """The role of the funds below, or behind, a heading."""
    if not words or len(words) > _LONGEST_HEADING or re.search(r"\d", words):
        return RoleOf.NONE
    return RoleOf.ACQUIRING if _MERGES_INTO.search(words) else role_of(words)


_LONGEST_HEADING = 60
# The heading of a column of acquirers that is said of the funds in the column before: "will become part of".
_MERGES_INTO = re.compile(
    r"\b(?:into|(?:become|becoming) part of|(?:acquired|absorbed|replaced|succeeded) by|in exchange for shares of)\W*$",
    re.IGNORECASE,
)
_NAMES_FUNDS = re.compile(r"\b(?:funds?|portfolios?|series|options?|subaccounts?)\b", re.IGNORECASE)


def _whole_rows(rows: Sequence[Passage], columns: tuple[int, int]) -> Iterator[tuple[int, list[str]]]:
    """The line and the two cells of each row. A name that continues in the next row is joined."""
    pending: tuple[int, list[str]] | None = None
    for row in rows:
        cells = [_cell_text(row, column) for column in columns]
        if not any(cells):
            continue
        if pending and _is_rest(pending[1], cells):
            pending = pending[0], [" ".join(f"{a} {b}".split()) for a, b in zip(pending[1], cells, strict=True)]
            continue
        if pending:
            yield pending
        pending = row.line_at(0), cells
    if pending:
        yield pending


def _cell_text(row: Passage, column: int) -> str:
    for cell in row.cells:
        if cell.column <= column < cell.column + cell.columns:
            return " ".join(row.text[cell.start : cell.end].split())
    return ""


def _is_rest(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row continues the names of the row above, which lack their last words."""
    target, rest = above[0], cells[0]
    if not target:
        return False
    if not rest:
        return not _is_complete(above[1]) and bool(cells[1])
    return not _is_complete(target) and len(rest.split()) < 5


def _is_complete(name: str) -> bool:
    return (
        not name
        or re.search(
            r"\b(?:Fund|Portfolio|ETF|Series|Trust|Class|Inc\.?)\b[^A-Za-z]*$|[,)]|\bseries of\b", name, re.IGNORECASE
        )
        is not None
    )


def _cell_name(text: str) -> str:
    """The name in a cell, without the number, footnote marks, classes and trust that stand with it."""
    text = " ".join(text.split())
    text = re.sub(r"^\W*(?:\(?\w{1,3}[.)]\s+)?", "", text)
    text = re.split(
        r",?\s*\b(?:a|an|each a|another|also a)\s+(?:newly\s+\w+\s+)?(?:series|portfolio|fund)\b|\s\(|"
        r"\s[–—-]\s(?=Class)|[“\"]|(?:(?<=Fund)|(?<=Portfolio)|(?<=Series))\s+of\s+(?:the\s+)?(?=\w+\s+[A-Z])",
        text,
    )[0]
    return text.strip(" *†‡,;:.¹²³⁴⁵0123456789").removesuffix("®").strip()


def _cell_trust(text: str, names: Names) -> str:
    """The trust in a cell such as "Blue Fund, a series of Blue Trust"; empty if there is none."""
    match = _SERIES_OF.search(text) or _FUND_OF_TRUST.search(text)
    return names.trust_called(match[1].strip(" .,")) if match else ""


_SERIES_OF = re.compile(
    r"\b(?:a|each a|another|both|which is (?:also |likewise )?a|also a) ?(?:\w+ ){0,2}(?:series|"
    r"portfolio|fund|sub-?fund) of (?:the )?([A-Z][^;()“\"]{2,80}?(?:, Inc\.)?)(?=$|[;()“\".]|"
    r",? (?:into|and|with|as)\b|,(?! Inc))",
    re.IGNORECASE,
)


_FUND_OF_TRUST = re.compile(r"\b(?:Fund|Portfolio|Series) of (?:the )?([A-Z]\w* [A-Z][^;()“\"]{2,80})$")


def _looks_like_a_fund(name: str) -> bool:
    words = name.split()
    is_class = re.match(r"(?:\w+ )?(?:Class|Shares?)\b", name) is not None
    is_year = re.search(r"\b(?:19|20)\d\d\b|[?!]", name) is not None
    return 1 < len(words) <= 14 and name[0].isupper() and not is_class and not is_year


_BESIDE = re.compile(r", (?:including|together with|excluding|as well as) [^,;.]{0,100},")
"""What a sentence says beside the fund that it is about: "Red Fund, including the assets of Blue Fund, will merge"."""


def _patterns_for(masked: str) -> Iterator[re.Pattern[str]]:
    """The patterns to look for in a sentence."""
    yield from _SENTENCES
    if _MERGES.search(masked):
        yield _MORE
        if " between " in masked and _PLANS.search(masked):
            yield _BETWEEN_EACH


_PLANS = re.compile(r"\b(?:agreements?|plans?)\b", re.IGNORECASE)


def _signs(text: str, start: int, end: int, inside: Sequence[Named]) -> str:
    """A sentence with a sign of its own for each fund, and the word TRUST for each trust."""
    pieces, place = [], start
    for number, each in enumerate(inside):
        sign = (
            chr(_FIRST + number)
            if each.sort is Sort.FUND and each.names
            else "TRUST"
            if each.sort is Sort.TRUST
            else "FUND"
        )
        pieces += [text[place : each.start], sign]
        place = each.end
    return "".join([*pieces, text[place:end]])


def _named(signs: str, inside: Sequence[Named]) -> list[Named]:
    """The places that some signs stand for."""
    numbers = (ord(sign) - _FIRST for sign in re.findall(_N, signs))
    return [inside[number] for number in numbers if number < len(inside)]


def _has_role(signs: str, inside: Sequence[Named], role: RoleOf) -> bool:
    """Whether a term among some signs gives its fund a role."""
    return any(each.role is role for each in _named(signs, inside))


def _funds(signs: str, inside: Sequence[Named], names_of: Names) -> list[str]:
    """The funds that some signs stand for, each once."""
    names = [name for each in _named(signs, inside) for name in each.names]
    return [name for name in dict.fromkeys(names) if names_of.sort_of(name) is Sort.FUND]


def _trust_behind(match: re.Match[str], group: str, inside: Sequence[Named], names: Names) -> str:
    """The trust of the fund in a group, if "a series of TRUST" follows it; otherwise empty."""
    signs = match[group]
    if len(re.findall(_N, signs)) != 1:
        return ""
    number = ord(re.findall(_N, signs)[0]) - _FIRST
    behind = match.string[match.end(group) : match.end(group) + 60]
    if not re.match(
        r"(?:\s*\([^()]*\))?,?\s*(?:(?:which|that) is )?(?:also |likewise )?(?:a|"
        r"another) (?:\w+ ){0,2}(?:series|portfolio|fund|sub-?fund) of (?:the )?TRUST",
        behind,
    ):
        return ""
    trusts = [each for each in inside[number + 1 :] if each.sort is Sort.TRUST and each.names]
    return trusts[0].names[0] if trusts else ""


def _trusts_of_funds(filing: Filing, names: Names) -> Mapping[str, str]:
    """The trust of each fund that the filing calls "X, a series of Y", unless it states two."""
    found: dict[str, set[str]] = {}
    for index, passage in enumerate(filing.passages):
        named = names.in_passage(index)
        text = flat(passage.text)
        for place, (one, other) in enumerate(pairwise(named)):
            between = text[one.end : other.start]
            is_trust = other.sort is Sort.TRUST and other.names
            if one.sort is not Sort.FUND or not is_trust or not _IS_A_SERIES_OF.fullmatch(between):
                continue
            each_of = _EACH_A_SERIES.search(between) is not None
            for fund in _list_up_to(named, place, text) if each_of else [one]:
                for name in fund.names:
                    found.setdefault(folded(name), set()).add(other.names[0])
    return {name: next(iter(trusts)) for name, trusts in found.items() if len(trusts) == 1}


def _trust_of_acquirers(filing: Filing, names: Names) -> str:
    """The trust of all acquirers, in "into a series of Y" or "each Acquiring Fund is a series of Y"; empty if none."""
    for index, passage in enumerate(filing.passages):
        text = flat(passage.text)
        for before, each in pairwise([None, *names.in_passage(index)]):
            if each is None or each.sort is not Sort.TRUST or not each.names:
                continue
            is_term = before is not None and before.role is RoleOf.ACQUIRING and len(before.names) != 1
            if is_term and before and _IS_A_SERIES_OF.fullmatch(text, before.end, each.start):
                return each.names[0]
            if _INTO_A_SERIES_OF.search(text, 0, each.start):
                return each.names[0]
    return ""


def _list_up_to(named: Sequence[Named], last: int, text: str) -> Iterator[Named]:
    """The funds of the list that ends with one."""
    yield named[last]
    for one, other in pairwise(reversed(named[: last + 1])):
        if other.sort is not Sort.FUND or not _IN_A_LIST.fullmatch(text[other.end : one.start]):
            return
        yield other


_EACH_A_SERIES = re.compile(r"\b(?:each|both|all)\b")
_IN_A_LIST = re.compile(r"(?:\s|,|and|&|\([^()]*\)|\(the|[“”\")(])*")
_INTO_A_SERIES_OF = re.compile(
    r"\binto (?:[a-z][\w-]*,? ){0,5}(?:series|portfolios?|funds?|sub-?funds?) of (?:the )?$", re.IGNORECASE
)
_IS_A_SERIES_OF = re.compile(
    r"(?:\s*\([^()]*\))?,?\s*(?:respectively,? )?(?:(?:which|that|each|both|all)\s)?(?:is |are )?"
    r"(?:also |likewise )?(?:a |"
    r"an |another |each a )?(?:\w+ ){0,2}(?:series|portfolio|fund|sub-?fund)s? of (?:the )?|\s*\(",
    re.IGNORECASE,
)


def _says_liquidation(filing: Filing) -> bool:
    return any(_LIQUIDATES.search(passage.text) for passage in filing.passages)


def _without_contradictions(found: Iterable[_Evidence]) -> list[Pair]:
    """The pairs, each target once. A pair is not certain if its target has two acquirers, or acquires its acquirer."""
    evidence = sorted(found, key=lambda each: each.pair.line)
    by_target: dict[tuple[str, str], list[_Evidence]] = {}
    for each in evidence:
        by_target.setdefault((folded(each.pair.target), folded(each.pair.target_trust)), []).append(each)
    best = [max(each, key=lambda one: one.weight) for each in by_target.values()]
    pairs = []
    for each in best:
        rivals = by_target[folded(each.pair.target), folded(each.pair.target_trust)]
        others = [one for one in rivals if one is not each and one.weight >= each.weight]
        opposite = [
            one
            for one in best
            if one is not each
            and folded(one.pair.target) == folded(each.pair.acquiring)
            and folded(one.pair.acquiring) == folded(each.pair.target)
            and one.weight >= each.weight
            and one.pair.target_trust == each.pair.acquiring_trust
        ]
        if opposite and all(one.weight > each.weight for one in opposite):
            continue
        pairs.append(replace(each.pair, is_certain=not others and not opposite))
    return pairs
