"""Finds the funds that a text calls by a part of their names: "Core Bond", or "Growth" in "Growth and Core Bond"."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile

from calfeed.filings.funds.named import folded
from calfeed.filings.funds.terms import Place
from calfeed.filings.passages.text import CELL_ENDS

_NOUN = re.compile(r"(?:,?\s+(?:Funds?|Portfolios?|Series|Trust|Shares|ETF|Inc\.?|Class))+$", re.IGNORECASE)


def short_names(names: Sequence[str], others: Iterable[str]) -> dict[str, str]:
    """What a text may call some funds for short, with their full names: "Core Bond" for "Hill Core Bond Fund".

    It is the name without "Fund" or the like, and that without the words at its start that other funds share. A single
    word is none if the name of another fund ends with it.
    """
    every = {_NOUN.sub("", name) for name in (*names, *others)}
    fulls = {name: _NOUN.sub("", name) for name in names}
    with_full = Counter(fulls.values())
    shorts: dict[str, str] = {}
    for name, full in fulls.items():
        family = max((_shared(full, other) for other in every if other != full), default=0)
        rest = " ".join(full.split()[family:])
        is_of_others = _is_single(rest) and any(each.split()[-1:] == [rest] for each in every - {full})
        if family and rest and not is_of_others and rest not in with_full:
            shorts[rest] = "" if rest in shorts else name
    whole = {full: name for name, full in fulls.items() if " " in full and with_full[full] == 1}
    return {**{short: name for short, name in shorts.items() if name}, **whole}


def _shared(one: str, other: str) -> int:
    """How many words at their start two names share."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one.split(), other.split(), strict=False)))


def _is_single(short: str) -> bool:
    return " " not in short and "-" not in short


class ShortNames:
    """The short names of the targets of a filing's pairs, by the numbers of the pairs.

    A short name of several words is one wherever it stands. A single word such as "Growth" says something else as well:
    it is one only in a label, beside another short name, or before a noun or a possessive.
    """

    def __init__(self, targets: Sequence[str], printed: Iterable[str]) -> None:
        self._targets = [folded(target) for target in targets]
        self._shorts = short_names(targets, printed)
        self._words = [frozenset(_WORD.findall(_NOUN.sub("", target))) for target in targets]

    def pairs_called(self, text: str, start: int, end: int, names: Sequence[Place]) -> frozenset[int]:
        """The pairs whose targets a part of a text calls by their short names. `names` are the places of names."""
        places = self._places(text, start, end, names)
        called = {folded(self._shorts[text[place.start : place.end]]) for place in places}
        return frozenset(number for number, target in enumerate(self._targets) if target in called)

    def pairs_hinted(self, text: str, start: int, end: int, names: Sequence[Place]) -> frozenset[int]:
        """The pairs of whose targets a part of a text has a word outside the names that are understood.

        Such a word, as "Growth" in "Growth, Income and Bond", may be a name that is not understood. It begins with a
        capital, and no other target has it. `names` are the places of the names that are understood.
        """
        understood = [*names, *self._places(text, start, end, names)]
        words = {
            found[0]
            for found in _WORD.finditer(text, start, end)
            if not _is_inside(found, understood) and not self._is_place(text[start : found.start()])
        }
        return frozenset(number for number, own in enumerate(self._own_words) if own & words)

    def _is_place(self, before: str) -> bool:
        """Whether what stands before a word is a town, as in "Richmond, Virginia"."""
        town = _TOWN.search(before)
        return town is not None and not any(town[1] in words for words in self._words)

    @cached_property
    def _own_words(self) -> list[frozenset[str]]:
        """The words of each target's name that no other target's name has."""
        return [words.difference(*(other for other in self._words if other != words)) for words in self._words]

    def _places(self, text: str, start: int, end: int, names: Sequence[Place]) -> Iterator[Place]:
        """The places of the short names in a part of a text."""
        if not self._shorts:
            return
        for found in self._short.finditer(text, start, end):
            before, behind = text[start : found.start()], text[found.end() : end]
            is_name = self._is_single_name if _is_single(found[0]) else _is_long_name
            if not _is_inside(found, names) and is_name(found[0], before, behind):
                yield Place(*found.span())

    def _is_single_name(self, word: str, before: str, behind: str) -> bool:
        """Whether a single word stands where a name does, by what stands before and behind it."""
        if _NAME_BEFORE.search(before):
            return False
        if word.isdecimal():
            return _NOUN_BEHIND.match(behind) is not None
        is_label = _LABEL_OPENS.search(before) is not None and _LABEL_CLOSES.match(behind) is not None
        is_beside = self._beside_before.search(before) or self._beside_behind.match(behind)
        return is_label or is_beside is not None or _NOUN_BEHIND.match(behind) is not None

    @cached_property
    def _alternatives(self) -> str:
        return "|".join(sorted(map(re.escape, self._shorts), key=len, reverse=True))

    @cached_property
    def _short(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-])(?:{self._alternatives})(?![\w-])")

    @cached_property
    def _beside_before(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-])(?:{self._alternatives}){_ENDING}{_JOINT}$")

    @cached_property
    def _beside_behind(self) -> re.Pattern[str]:
        return re.compile(rf"{_ENDING}{_JOINT}(?:{self._alternatives})(?![\w-])")


def _is_inside(found: re.Match[str], places: Sequence[Place]) -> bool:
    return any(place.start <= found.start() < place.end for place in places)


_WORD = re.compile(
    r"(?<!Contract )(?<!Asset )(?<!Account )(?<!Cash )(?<!Policy )(?<!Surrender )(?<!Unit )\b[A-Z][\w-]*[a-z]\w*\b"
    r"(?! (?:Exchange|[Tt]ime|[Dd]ay|[Dd]ate|City|Street|Avenue|Road|Act)\b)"
)
"""A word that may be part of a fund's name: not "Value" in "Contract Value", or "Stock" in "Stock Exchange"."""
_TOWN = re.compile(r"\b([A-Z][a-z]+), $")
_FUND = r"(?:Funds?|Portfolios?|Series|ETFs?)"
_ENDING = rf"(?: {_FUND})?(?:['’]s?)?"
_JOINT = r"(?:(?:,|,? and|,? or| &|,? as well as)(?: (?:of|for))?(?: the)? |/)"
_NAME_BEFORE = re.compile(r"(?:(?!(?:For|The|Of|And|In|To|By|As|Both|Only|If|When)\b)\b[A-Z][\w&’-]*|\d)[ -]$")
_LABEL_OPENS = re.compile(rf"(?:^\W*|[(\[:,–—{CELL_ENDS}]\s*| - |\b(?:For|of) (?:the )?)$")
_LABEL_CLOSES = re.compile(rf"\s*(?:[:)\],–—.{CELL_ENDS}]|$| - | (?:the|its) )")
_NOUN_BEHIND = re.compile(rf" {_FUND}\b|['’]s? | (?:share|stock|unit)holders\b")


def _is_long_name(_word: str, _before: str, behind: str) -> bool:
    """Whether a short name of several words is not the start of another name."""
    return re.match(r"(?: [A-Z][\w-]*){0,3} (?:Fund|Portfolio|ETF)\b", behind) is None
