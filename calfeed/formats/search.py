"""The search among a site's trusts, portfolios and plans, for readers without script.

The script of the pages searches by the same rules, in `static/search.js`. One test tries both.

- Case, accents, punctuation and hyphens make no difference, nor do share classes and words such as "fund".
- All words must be found in one name, or in one name and those of its trust. A word is found where one begins with it.
- Spaces make no difference: "midcap" is found in "Mid-Cap", and "mid cap" in "Midcap".
- Equal names come first, then names that begin with the query, then names with all the words, then names that need a
  word of their trust's name, and last what belongs to a trust with all the words. A plan ranks two steps lower.
- Near spellings count only where nothing else is found.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from calfeed.formats.directory import Listed
from calfeed.reading.suggestions import near_words

MOST_FOUND = 50
_MOST_WORDS = 20
_LONGEST_RUN = 3
"""How many words of a query may stand as one word in a name."""
_BEHIND = 2
_GENERIC = frozenset(
    {"fund", "funds", "portfolio", "portfolios", "trust", "trusts", "series", "share", "shares"}
    | {"inc", "llc", "ltd", "corp", "cik"}
)
_JOINING = frozenset({"and", "of", "the"})
_LEFT_AWAY = re.compile("['\u2019\u02bc\u2122\u2120\u00ae]")
"""Apostrophes, and the marks of trade marks."""
_NOT_OF_THE_NAME = re.compile(r"\b(?:a series of|class(?:es)? [a-z0-9]{1,2})\b", re.ASCII)
_WORD = re.compile(r"\d+|[^\W\d_]+")
_LAST = "\U0010ffff"


class Found(NamedTuple):
    """What a search found, best first; `meant` are the words that it searched for instead of misspelt ones."""

    hits: tuple[Listed, ...]
    meant: tuple[str, ...] = ()
    more: int = 0
    """How many more were found than `hits` holds."""


class _Name(NamedTuple):
    """A name, the row that has it, its telling words joined, and its beginnings (see `_beginnings`)."""

    row: int
    joined: str
    beginnings: tuple[str, ...]


class _Run(NamedTuple):
    """Words of a query that follow each other, by their places in it; the end is exclusive."""

    start: int
    end: int


_Fits = dict[_Run, set[int]]
"""The numbers of the names in which a run of words is found."""


def words_of(text: str) -> list[str]:
    """The words of a text by which it is searched: without accents, case, punctuation and leading zeros."""
    plain = unicodedata.normalize("NFKD", _LEFT_AWAY.sub("", text))
    letters = "".join(each for each in plain if not unicodedata.category(each).startswith("M")).lower()
    words = _WORD.findall(_NOT_OF_THE_NAME.sub(" ", letters)) or _WORD.findall(letters)
    return [word.lstrip("0") or word for word in words if word not in _JOINING] or words


def telling(words: Sequence[str]) -> Sequence[str]:
    """The words that tell names apart: those that are not generic or, where there are no others, all."""
    return [word for word in words if word not in _GENERIC] or words


class Search:
    """An index of what a site has, made once and asked often."""

    def __init__(self, listed: Sequence[Listed]) -> None:
        self._listed = listed
        self._names: list[_Name] = []
        self._of_trust: dict[str, list[int]] = {}
        self._vocabulary: dict[str, str] = {}
        """The words of names, and every two that follow each other joined, with how they are written."""
        numbers: dict[str, list[int]] = {}
        for row, each in enumerate(listed):
            for name in each.searched:
                self._add(row, words_of(name), numbers)
        self._beginnings = sorted(numbers)
        self._numbers = [numbers[beginning] for beginning in self._beginnings]

    def _add(self, row: int, words: Sequence[str], numbers: dict[str, list[int]]) -> None:
        """Add a name of a row; `numbers` are those of the names with a beginning."""
        number, joined = len(self._names), "".join(telling(words))
        self._names.append(_Name(row, joined, _beginnings(words, joined)))
        for beginning in self._names[number].beginnings:
            numbers.setdefault(beginning, []).append(number)
        for trust in self._listed[row].trusts:
            self._of_trust.setdefault(trust, []).append(number)
        self._vocabulary.update((word, word) for word in words)
        for one, other in pairwise(words):
            self._vocabulary.setdefault(f"{one}{other}", f"{one} {other}")

    def find(self, query: str) -> Found:
        """What a text finds: at most MOST_FOUND."""
        words = telling(words_of(query))[:_MOST_WORDS]
        rows = self._rows(words, lambda run: [run])
        if rows or not words:
            return self._found(rows)
        for near in (self._nearest, self._near):
            if rows := self._rows(words, near):
                return self._found(rows, self._meant(words, near, rows[0]))
        return Found(())

    def _found(self, rows: Sequence[int], meant: tuple[str, ...] = ()) -> Found:
        hits = tuple(self._listed[row] for row in rows[:MOST_FOUND])
        return Found(hits, meant, max(0, len(rows) - MOST_FOUND))

    def _rows(self, words: Sequence[str], taken_for: Callable[[str], Iterable[str]]) -> list[int]:
        """The rows that fit the words, best first; `taken_for` gives what a word may stand for."""
        runs = [_Run(at, end) for end in range(len(words) + 1) for at in range(max(0, end - _LONGEST_RUN), end)]
        own: _Fits = {run: self._with("".join(words[run.start : run.end]), taken_for) for run in runs}
        with_trusts = {run: fits | self._through_trusts(fits) for run, fits in own.items()}
        in_name = _with_all(own, len(words))
        with_one = set().union(*(own[_Run(at, at + 1)] for at in range(len(words))))
        best: dict[int, int] = {}
        for number in _with_all(with_trusts, len(words)):
            rank = 2 if number in in_name else 3 if number in with_one else 4
            self._note(best, number, self._closer(self._names[number].joined, "".join(words), rank))
        return sorted(best, key=lambda row: (best[row], row))

    def _note(self, best: dict[int, int], number: int, rank: int) -> None:
        """Note the rank of a name, if it is the best so far of its row."""
        row = self._names[number].row
        if rank and self._listed[row].is_plan:
            rank += _BEHIND
        best[row] = min(rank, best.get(row, rank))

    @staticmethod
    def _closer(name: str, query: str, rank: int) -> int:
        """The rank of a name: 0 if it equals the query, 1 if it begins with it, otherwise the given one."""
        return 0 if name == query else 1 if name.startswith(query) else rank

    def _with(self, run: str, taken_for: Callable[[str], Iterable[str]]) -> set[int]:
        """The names that have a beginning with one of the words that a run may stand for."""
        found: set[int] = set()
        for word in taken_for(run):
            first, behind = bisect_left(self._beginnings, word), bisect_left(self._beginnings, f"{word}{_LAST}")
            found.update(chain.from_iterable(self._numbers[first:behind]))
        return found

    def _through_trusts(self, fits: set[int]) -> set[int]:
        """The names of what belongs to the trusts whose names are among some."""
        trusts = {self._listed[self._names[number].row].address for number in fits}
        return set(chain.from_iterable(self._of_trust.get(address, ()) for address in trusts))

    def _near(self, word: str) -> list[str]:
        """The known words that are spelt nearly like a word, the nearest first."""
        slips = near_words(word, self._vocabulary)
        return sorted(slips, key=lambda known: (slips[known], known))

    def _nearest(self, word: str) -> list[str]:
        """The known words with the fewest slips; for a word that a known one begins with, that word alone."""
        at = bisect_left(self._beginnings, word)
        if self._beginnings[at : at + 1] and self._beginnings[at].startswith(word):
            return [word]
        slips = near_words(word, self._vocabulary)
        return sorted(known for known in slips if slips[known] == min(slips.values()))

    def _meant(self, words: Sequence[str], near: Callable[[str], list[str]], row: int) -> tuple[str, ...]:
        """What the words stand for in a row that was found; empty where they are all spelt as they are there."""
        addresses = {self._listed[row].address, *self._listed[row].trusts}
        there = [name for name in self._names if self._listed[name.row].address in addresses]
        begin = [beginning for name in there for beginning in name.beginnings]
        meant = []
        for word in words:
            fitting = (known for known in near(word) if any(each.startswith(known) for each in begin))
            known = next(fitting, word)
            meant.append(self._vocabulary.get(known, known))
        return () if meant == list(words) else tuple(meant)


def _with_all(fits: _Fits, count: int) -> set[int]:
    """The names in which every word of a query is found, each alone or in a run."""
    reached: list[set[int]] = [set()]
    for end in range(1, count + 1):
        found: set[int] = set()
        for start in range(max(0, end - _LONGEST_RUN), end):
            there = fits[_Run(start, end)]
            found |= there & reached[start] if start else there
        reached.append(found)
    return reached[count]


def _beginnings(words: Sequence[str], joined: str) -> tuple[str, ...]:
    """Where words begin, each with those behind it without a gap, so that `midcap` begins in "Mid-Cap"."""
    found = ["".join(words[at:]) for at in range(len(words))]
    if found and not found[0].startswith(joined):
        found.append(joined)
    return tuple(found)
