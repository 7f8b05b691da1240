"""The search among a site's trusts, portfolios and plans, for readers without script.

The script of the pages searches by the same rules, in `static/search.js`: one test tries both.

- Case, accents, punctuation and hyphens make no difference, nor do words such as "fund" and "portfolio".
- All words must be found in one name, or in one name and those of its trust. A word counts where one begins with it;
  `midcap` is found in "Mid-Cap", and `mid cap` in "Midcap".
- First comes what is called exactly so, then names that begin so, then names with the words, then those where a
  trust's name helps, then what belongs to a trust with the words. Plans come behind portfolios, two places later.
- A word of which nothing begins is taken for the nearest known one.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from calfeed.formats.directory import Listed
from calfeed.reading.suggestions import misspelt

MOST_FOUND = 50
_BEHIND = 2
_GENERIC = frozenset({"fund", "funds", "portfolio", "portfolios", "trust", "trusts", "series", "the", "inc"})
_WORD = re.compile(r"[^\W_]+")


class Found(NamedTuple):
    """What a search found, best first; `meant` are the words that it took for the given ones, where it had to."""

    hits: tuple[Listed, ...]
    meant: tuple[str, ...] = ()
    more: int = 0
    """How many were found beyond those that are given."""


class _Name(NamedTuple):
    """A name, ready to be searched: its telling words in one, and a text in which each word begins behind a space.

    In that text each word is followed by those behind it without a gap, so that `midcap` begins in "Mid-Cap".
    """

    joined: str
    beginnings: str


class _Row(NamedTuple):
    listed: Listed
    names: tuple[_Name, ...]


def words_of(text: str) -> list[str]:
    """The words of a text by which it is searched: without accents, case and punctuation."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    return _WORD.findall("".join(each for each in plain if not unicodedata.category(each).startswith("M")).lower())


def telling(words: list[str]) -> list[str]:
    """The words that tell names apart: those that are not generic or, where there are no others, all."""
    return [word for word in words if word not in _GENERIC] or words


class Search:
    """A directory, ready to be searched."""

    def __init__(self, listed: Sequence[Listed]) -> None:
        self._rows = [_Row(each, tuple(_name(name) for name in each.names)) for each in listed]
        trusts = {row.listed.address: row for row in self._rows if not row.listed.trusts}
        self._trusts = {address: "".join(name.beginnings for name in row.names) for address, row in trusts.items()}

    def find(self, query: str) -> Found:
        """What a text finds: at most MOST_FOUND."""
        words = telling(words_of(query))
        if not words:
            return Found(())
        hits = self._hits(words)
        meant: tuple[str, ...] = ()
        if not hits:
            meant = tuple(self._known(word) for word in words)
            hits = self._hits(meant)
        return Found(tuple(hits[:MOST_FOUND]), meant if hits else (), max(0, len(hits) - MOST_FOUND))

    def _hits(self, words: Sequence[str]) -> list[Listed]:
        ranked = []
        for number, row in enumerate(self._rows):
            rank = self._rank(words, row)
            if rank is not None:
                ranked.append((rank, number))
        return [self._rows[number].listed for _, number in sorted(ranked)]

    def _rank(self, words: Sequence[str], row: _Row) -> int | None:
        """How well the words fit: the lower, the better; None where they do not."""
        joined = "".join(words)
        if row.listed.cik and joined.removeprefix("cik").lstrip("0") == row.listed.cik.lstrip("0"):
            return 0
        context = "".join(self._trusts.get(address, "") for address in row.listed.trusts)
        ranks = [_rank_of_name(words, joined, name, context) for name in row.names]
        rank = min((rank for rank in ranks if rank is not None), default=None)
        return rank + _BEHIND if rank and row.listed.address.startswith("plans/") else rank

    def _known(self, word: str) -> str:
        """A word as it is known, or the nearest that is."""
        return misspelt(word, self._vocabulary) or word

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted({word for row in self._rows for name in row.listed.names for word in words_of(name)})


def _name(name: str) -> _Name:
    words = words_of(name)
    return _Name("".join(telling(words)), "".join(f" {''.join(words[number:])}" for number in range(len(words))))


def _rank_of_name(words: Sequence[str], joined: str, name: _Name, context: str) -> int | None:
    if name.joined == joined:
        return 0
    if name.joined.startswith(joined):
        return 1
    if _all_begin(words, name.beginnings):
        return 2
    if not context or not _all_begin(words, name.beginnings + context):
        return None
    return 3 if any(f" {word}" in name.beginnings for word in words) else 4


def _all_begin(words: Sequence[str], beginnings: str) -> bool:
    """Whether something begins with each of the words, or with two of them in one."""
    number = 0
    while number < len(words):
        if f" {words[number]}" in beginnings:
            number += 1
        elif number + 1 < len(words) and f" {words[number]}{words[number + 1]}" in beginnings:
            number += 2
        else:
            return False
    return True
