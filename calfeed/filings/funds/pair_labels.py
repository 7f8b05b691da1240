"""Finds pairs of funds behind labels: "Acquired Fund: …" before each name, or on a line above a list of names."""

import re
from collections.abc import Iterable, Iterator, Sequence

from calfeed.filings.funds.named import Named, Sort
from calfeed.filings.funds.names import Names
from calfeed.filings.funds.pair_tables import PairInTable, cell_name, looks_like_a_fund, role_of_heading
from calfeed.filings.funds.terms import RoleOf, role_of
from calfeed.filings.passages.text import Filing, Passage, flat


def pairs_with_labels(filing: Filing, names: Names) -> Iterator[PairInTable]:
    """The pairs of lines such as "Acquired Fund: …", followed by "Acquiring Fund: …", in either order."""
    pending: dict[RoleOf, list[str]] = {}
    line = 0
    for index, passage in enumerate(filing.passages):
        for label in _LABEL.finditer(flat(passage.text)):
            role = role_of_heading(label["label"])
            funds = _behind_label(label.end(), index, passage, names)
            if role is RoleOf.NONE or not funds:
                continue
            if role in pending:
                pending.clear()
            line = line if pending else passage.line_at(label.start())
            pending[role] = funds
            if len(pending) == 2:
                yield from _each_into_one(pending[RoleOf.TARGET], pending[RoleOf.ACQUIRING], line)
                pending.clear()
    yield from _below_labels(filing, names)
    yield from _before_roles(filing, names)


def _before_roles(filing: Filing, names: Names) -> Iterator[PairInTable]:
    """The pairs of lines whose funds have their roles in brackets: "Red Fund (Target) - Blue Fund (Acquiring Fund)"."""
    for index, passage in enumerate(filing.passages):
        text, targets = flat(passage.text), list[str]()
        for each in names.in_passage(index):
            found = _ROLE_IN_BRACKETS.match(text, each.end) if each.sort is Sort.FUND else None
            role = role_of(found["role"]) if found else RoleOf.NONE
            if role is RoleOf.TARGET:
                targets += each.names
            elif role is RoleOf.ACQUIRING and targets:
                yield from _each_into_one(targets, each.names, passage.line_at(each.start))
                targets = []


_ROLE_IN_BRACKETS = re.compile(r"\s*\((?:the )?(?P<role>[A-Za-z]+)(?: (?:fund|portfolio|series))?\)", re.IGNORECASE)


def _below_labels(filing: Filing, names: Names) -> Iterator[PairInTable]:
    """The pairs of two lists, the first below a line such as "Acquired Funds", the other below "Acquiring Fund"."""
    targets: list[str] = []
    for index, passage in enumerate(filing.passages):
        text = flat(passage.text)
        role = RoleOf.NONE if passage.cells else _role_of_line(text)
        funds = list(_alone_below(index, filing, names)) if role is not RoleOf.NONE else []
        if role is RoleOf.TARGET:
            targets = funds
        elif role is RoleOf.ACQUIRING and targets and funds:
            yield from _each_into_one(targets, funds, passage.line_at(0))
            targets = []


def _role_of_line(text: str) -> RoleOf:
    """The role of the funds below a line that is a label; none if the line is something else."""
    words = text.strip(" :")
    if not words or not words[0].isupper() or words[-1] in ".;?!":
        return RoleOf.NONE
    return role_of_heading(words)


def _alone_below(index: int, filing: Filing, names: Names) -> Iterator[str]:
    """The funds that stand alone in the passages below one, with no more than brackets behind them."""
    for below in range(index + 1, len(filing.passages)):
        passage = filing.passages[below]
        funds = [each for each in names.in_passage(below) if each.sort is Sort.FUND and not each.is_term]
        if passage.cells or _LETTERS.search(_beside(flat(passage.text), funds)):
            return
        yield from (name for each in funds for name in each.names)


def _beside(text: str, funds: Sequence[Named]) -> str:
    """What stands in a text beside some names and outside of brackets."""
    pieces, place = [], 0
    for each in funds:
        pieces.append(text[place : each.start])
        place = each.end
    return _IN_BRACKETS.sub(" ", " ".join([*pieces, text[place:]])).replace(" and ", " ")


_IN_BRACKETS = re.compile(r"\([^()]*\)")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def _each_into_one(targets: Iterable[str], acquirers: Sequence[str], line: int) -> Iterator[PairInTable]:
    if len(acquirers) == 1:
        yield from (PairInTable(target, acquirers[0], line) for target in targets)


def _behind_label(start: int, index: int, passage: Passage, names: Names) -> list[str]:
    """The funds of the list behind a label; a name that ends like none of a fund ends where the line or cell does."""
    text = flat(passage.text)
    found: list[str] = []
    place = start
    for each in names.in_passage(index):
        if each.start < start or each.sort is not Sort.FUND or not each.names:
            continue
        if not _IN_A_LIST.fullmatch(text, place, each.start):
            break
        found += each.names
        place = each.end
    if found:
        return found
    rest = _LABELLED.match(text, start)
    name = cell_name(rest["name"]) if rest else ""
    return [name] if name and looks_like_a_fund(name) else []


_LABEL = re.compile(
    r"\b(?P<label>(?:[A-Z][a-z]+ )?(?:[Ff]und|[Pp]ortfolio|ETF|[Ss]eries)s?(?: [A-Za-z]+){0,3}(?: \([^)]*\))?|"
    r"Target|Acquirer|Successor|Survivor):\s*"
)
_LABELLED = re.compile(r"(?P<name>[A-Z][^:;|\t]{3,120}?)(?=$|\s*[;|\t]|\s+[A-Z][a-z]+ (?:Fund|Portfolio):)")
_IN_A_LIST = re.compile(r"(?:[\s,;]|and|&|the|\([^()]*\))*")
