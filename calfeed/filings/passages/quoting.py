"""Where words that somebody copied from a filing stand in it."""

import re
from array import array
from collections.abc import Iterator
from typing import NamedTuple

from calfeed.filings.passages.text import Filing, cleaned

# What may differ between a filing and a copy of it: white space, hyphens (of words cut at line ends too), strokes
# between cells, and the shape of quotation marks and dashes.
_PASSED_OVER = re.compile(r"[\s\-‐-―|]+")
_KEPT = re.compile(r"[^\s\-‐-―|]+")
_ONE_SHAPE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "´": "'", "`": "'"})


class Place(NamedTuple):
    """A part of a filing: from where in which passage up to, but without, where."""

    first: int
    start: int
    last: int
    end: int

    def holds(self, index: int, start: int, end: int) -> bool:
        """Whether it has something in common with a part of a passage."""
        return (self.first, self.start) < (index, end) and (index, start) < (self.last, self.end)


class Quoting:
    """The text of a filing, to be searched for words."""

    def __init__(self, filing: Filing) -> None:
        self._indexes = array("L")  # for each character kept: the passage, and the place in it
        self._offsets = array("L")
        pieces = []
        for index, passage in enumerate(filing.passages):
            for match in _KEPT.finditer(passage.text.translate(_ONE_SHAPE)):
                folded = _folded(match[0])
                pieces.append(folded)
                self._indexes.extend([index] * len(folded))
                self._offsets.extend(range(match.start(), match.end()))
        self._text = "".join(pieces)

    def places(self, words: str) -> Iterator[Place]:
        """Where words stand, in the order of the filing."""
        wanted = _folded(_PASSED_OVER.sub("", cleaned(words).translate(_ONE_SHAPE)))
        at = self._text.find(wanted) if wanted else -1
        while at >= 0:
            last = at + len(wanted) - 1
            yield Place(self._indexes[at], self._offsets[at], self._indexes[last], self._offsets[last] + 1)
            at = self._text.find(wanted, at + 1)


def _folded(text: str) -> str:
    """A text in lower case that is as long as before."""
    folded = text.lower()
    return folded if len(folded) == len(text) else text
