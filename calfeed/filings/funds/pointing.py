"""Finds the words that refer to funds named before them: "this fund", "it", "all three", "the former"."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from calfeed.filings.funds.named import Named, Sort
from calfeed.filings.funds.statements import IS_JOINED
from calfeed.filings.funds.terms import RoleOf
from calfeed.filings.passages.clauses import sentences

Headings = Callable[[int], tuple[str, ...]]
"""The funds of the nearest heading or list above a passage that has so many; of any, if the number is 0."""


def pointing_in(text: str, found: Sequence[Named], above: Headings) -> Iterator[Named]:
    """The places in a text that refer to funds; `found` are its names, in order."""
    funds = [each for each in found if each.sort is Sort.FUND and each.names]
    yield from _to_one(text, found, funds, above)
    yield from _to_several(text, funds, above)


def _to_one(text: str, found: Sequence[Named], funds: Sequence[Named], above: Headings) -> Iterator[Named]:
    ends = [each.end for each in funds]
    for match in _THIS_FUND.finditer(text):
        before = funds[: bisect_right(ends, match.start())]
        inside = any(each.start < match.end() and match.start() < each.end for each in found)
        names = before[-1].names if before else above(0)
        if len(names) == 1 and not inside:
            role = before[-1].role if before else RoleOf.NONE
            yield Named(Sort.FUND, names, *match.span(), role, is_term=True)
    starts = [start for start, _ in sentences(text)] if _IT.search(text) else []
    for match in _IT.finditer(text):
        before = funds[: bisect_right(ends, match.start())]
        is_object = bool(before) and _JOINED_VERB.fullmatch(text, before[-1].end, match.start()) is not None
        names = before[-1].names if is_object else _subject(before, starts) if before else above(0)
        if names:
            yield Named(Sort.FUND, names, *match.span(), is_term=True)
    yield from _to_one_of_two(text, funds)


def _to_one_of_two(text: str, funds: Sequence[Named]) -> Iterator[Named]:
    """The places of "the former" and "the latter", or "the first into … and the second into …"."""
    begins = 0
    for match in _OF_TWO.finditer(text):
        is_first = match[1] in {"former", "first"}
        begins = match.start() if is_first or not begins else begins
        before = list(dict.fromkeys(each.names for each in funds if each.end <= begins))
        of_sentence = max(start for start, _ in sentences(text) if start <= match.start())
        here = list(dict.fromkeys(each.names for each in funds if of_sentence <= each.start and each.end <= begins))
        both = before if len(before) == 2 else here
        if len(both) == 2:
            yield Named(Sort.FUND, both[0 if is_first else 1], *match.span(), is_term=True)


def _to_several(text: str, funds: Sequence[Named], above: Headings) -> Iterator[Named]:
    for match in _SEVERAL.finditer(text):
        number = _NUMBERS.get((match["number"] or match["all"] or match["both"] or "").lower(), 0)
        names = _last_together(text, match.start(), funds, number) or above(number)
        if len(names) > 1:
            yield Named(Sort.FUND, names, *match.span(), is_term=True)
    for match in _EACH_OF_THOSE.finditer(text):
        begins = max(start for start, _ in sentences(text) if start <= match.start())
        before = [each for each in funds if begins <= each.start < match.start()]
        names = _distinct(before)
        if len(names) > 1:
            yield Named(Sort.FUND, names, *match.span(), is_term=True)


def _subject(before: Sequence[Named], starts: Sequence[int]) -> tuple[str, ...]:
    """The names that "it" stands for: of the funds before it the first one of the last sentence that names any.

    `starts` are the places at which sentences begin.
    """
    last = before[-1]
    begins = starts[bisect_right(starts, last.start) - 1]
    for each in reversed(before):
        if each.start < begins:
            break
        last = each
    return last.names


def _last_together(text: str, place: int, funds: Sequence[Named], number: int) -> tuple[str, ...]:
    """The funds of the last sentence before a place that names so many; none if the number is not known."""
    for start, end in reversed(sentences(text[:place])):
        names = _distinct([each for each in funds if start <= each.start and each.end <= end])
        if names and len(names) == number:
            return names
    return ()


def _distinct(funds: Sequence[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in funds for name in each.names))


_THIS_FUND = re.compile(
    r"(?:\b(?:[Tt]his|[Tt]hat|[Ss]uch|said)|(?<=merging )the|(?<=merger of )the|(?<=reorganization of )the) "
    r"(?:fund|portfolio|series)\b|\b(?:that|such) (?:Fund|Portfolio)\b"
)
_IT = re.compile(rf"\b(?:[Ii]t|[Tt]he fund)(?= {IS_JOINED}\b)|(?<=[a-z] )it(?= (?:with and )?(?:into|with)\b)")
_JOINED_VERB = re.compile(r"(?: \([^()]*\)|[\"”]\))?,? and (?:then |to |will |subsequently )?[a-z]+ ")
"""What stands between a fund and an "it" that are objects of two verbs: "close Red Fund and merge it into"."""
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBER = r"(?:two|three|four|five|six)"
_SEVERAL = re.compile(
    rf"\b(?:(?P<both>[Bb]oth)(?: of them| (?:of the )?(?:funds|portfolios))?(?= {IS_JOINED}\b)|[Bb]oth of them\b|"
    r"(?:[Tt]hese|[Bb]oth|[Tt]he|[Aa]ll|[Ee]ach of the|[Aa]ll of the) "
    rf"(?:(?P<number>{_NUMBER}) )?(?:funds|portfolios)\b|[Aa]ll (?P<all>{_NUMBER})\b(?: of them\b)?)"
)
"""Words for several funds: "both", "these funds", "all three", "the two portfolios"."""
_EACH_OF_THOSE = re.compile(r"\beach of (?:those|these)(?: \w+)? (?:funds|portfolios)\b", re.IGNORECASE)
_OF_TWO = re.compile(r"\bthe (former|latter|(?:first|second)(?= (?:in)?to\b| with\b))\b")
