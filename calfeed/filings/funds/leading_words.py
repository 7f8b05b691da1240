"""Takes the words off printed names that stand before them and look like part of them, as in lines of capitals."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from calfeed.filings.funds.named import folded
from calfeed.filings.funds.terms import DEFINED

Place = tuple[int, int]
"""The start and the end of a name in a text."""


def without_leading_words(texts: Sequence[str], printed: Sequence[Sequence[Place]]) -> list[list[Place]]:
    """The places of the names in each text, without the words before them that are no part of the names."""
    reading = _Names(texts, printed)
    return [list(reading.places(*each)) for each in zip(texts, printed, strict=True)]


class _Names:
    """All names of a filing."""

    def __init__(self, texts: Sequence[str], printed: Sequence[Sequence[Place]]) -> None:
        self._texts = texts
        both = zip(texts, printed, strict=True)
        self._all = frozenset(folded(text[start:end]) for text, places in both for start, end in places)

    def places(self, text: str, places: Sequence[Place]) -> Iterator[Place]:
        """The names of a text: "Plan of Termination for Blue Fund", "DENVER - Blue Fund", "PLANS BLUE FUND"."""
        for start, end in places:
            of_family = list(self._begins_of_families(text, start, end))
            behind = [*(match.end() for match in _FOR.finditer(text, start, end)), *of_family]
            begins = [place for place in behind if folded(text[place:end]) in self._all]
            begins += [place for place in of_family if self._are_of_no_name(text[start:place])]
            begins += self._behind_term(text, start, end)
            begins += [dash.end() for dash in _DASH.finditer(text, start, end) if text[start : dash.start()].isupper()]
            yield max(begins, default=start), end

    def _begins_of_families(self, text: str, start: int, end: int) -> Iterator[int]:
        """Where a name in capitals has the first word of several other names: "HAS MANAGED BLUE BOND FUND"."""
        name = text[start:end]
        if not name.isupper() or self._first_words[first_word(name)] > 1:
            return
        for match in re.finditer(r" (?=\S)", name):
            if self._first_words[first_word(name[match.end() :])] > 1:
                yield start + match.end()
                return

    def _are_of_no_name(self, words: str) -> bool:
        """Whether no more than one name has any of some words."""
        return not any(self._words[word] > 1 for word in folded(words).split())

    def _behind_term(self, text: str, start: int, end: int) -> Iterator[int]:
        """Where another name begins behind a term: "between Gold Shares and Red Metals Fund"."""
        for match in _AND.finditer(text, start, end):
            if text[start : match.start()] in self._defined:
                yield match.end()

    @cached_property
    def _defined(self) -> frozenset[str]:
        """The terms that the filing defines in brackets."""
        return frozenset(match["first"] for text in self._texts for match in DEFINED.finditer(text))

    @cached_property
    def _first_words(self) -> Counter[str]:
        """The first words of the names, each with the number of names that begin with it."""
        return Counter(map(first_word, self._all))

    @cached_property
    def _words(self) -> Counter[str]:
        """The words of the names, each with the number of names that have it."""
        return Counter(word for name in self._all for word in set(name.split()))


def first_word(name: str) -> str:
    """The first word of a name, in lower case, but for "the"."""
    return folded(name).partition(" ")[0]


_AND = re.compile(r" and (?=[A-Z])")
_DASH = re.compile(r" [–—-] ")
_FOR = re.compile(r"\bfor (?:the )?(?=[A-Z])", re.IGNORECASE)
