"""Splits a passage into sentences, and finds the clause around a date."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

from calfeed.filings.passages.text import Passage

_END = re.compile(r"[.?!;][”\"’')\]*†‡]*\s+(?=[“\"(\[•*]*[A-Z0-9])|;\s+")
# Abbreviations. After one of them a new sentence begins only with one of the words below.
_ABBREVIATED = re.compile(
    r"(?:\b(?:Inc|Co|Corp|Ltd|Nos?|St|Mr|Ms|Mrs|Dr|vs|Jr|Sr|L\.L\.C|L\.P|N\.A|U\.S|S\.A|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?"
    r"|Oct|Nov|Dec|[ap]\.m|i\.e|e\.g|[A-Z])\.|\b\d{1,2}\.)[”\"’')\]]*\s+$"
)
_FIRST_WORD = re.compile(
    r"(?:The|A|An|If|In|On|It|This|These|Those|All|No|You|Your|Each|At|As|After|Until|Before|For|From|Proxy|When|Where|"
    r"Upon|Shareholders|Holders|Votes?|Any|There|Effective|Until|Once|Only|Both|Neither|However|Accordingly)\b"
)


def clause_around(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """The start and end of the clause that holds a part of a passage: a sentence, or a row of a table."""
    if passage.cells and len(passage.text) < _LONGEST_ROW:
        return 0, len(passage.text)
    ends = _sentence_ends(passage.text)
    first = bisect_right(ends, start)
    last = bisect_right(ends, max(start, end - 1))
    begins = ends[first - 1] if first else 0
    finishes = ends[last] if last < len(ends) else len(passage.text)
    begins, finishes = max(begins, start - _FAR), min(finishes, end + _FAR)
    text = passage.text[begins:finishes]
    return begins, begins + len(text.rstrip())


_LONGEST_ROW = 400
_FAR = 1_500
"""So many characters from a date, a sentence says nothing of it: no work may grow with each date and each character."""


def sentences(text: str) -> list[tuple[int, int]]:
    """The start and end of each sentence of a text; a semicolon ends one too."""
    return list(pairwise([0, *_sentence_ends(text), len(text)]))


def sentence_behind(passage: Passage, place: int) -> str:
    """The sentence that begins at or behind a place in a passage; nothing in a row of a table, or at the end."""
    text = passage.text
    spans = [] if passage.cells else sentences(text)
    return next((text[start:end] for start, end in spans if start >= place), "")


@lru_cache(maxsize=256)
def _sentence_ends(text: str) -> tuple[int, ...]:
    ends = (match.end() for match in _END.finditer(text))
    return tuple(end for end in ends if not _is_abbreviation(text, end))


def _is_abbreviation(text: str, end: int) -> bool:
    before = text[max(0, end - 12) : end]
    return _ABBREVIATED.search(before) is not None and _FIRST_WORD.match(text, end) is None
