"""Tells the headings of a filing, and the short names that its text has for its funds."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from calfeed.filings.text import Passage

_LONGEST, _VERY_SHORT = 160, 60
_STATES = re.compile(r"\b(?:will|would|is|are|was|were|has|have|may|can|must|should)\b", re.IGNORECASE)
"""Verbs of a sentence, which a heading has not."""
_BULLET = re.compile(r"\s*(?:[•·▪◦*–—-]|o\b|\([a-z\d]{1,3}\))\s*")
_ENDS_SENTENCE = re.compile(r"[.,;:]\W*$")
_RUN_IN = re.compile(r"\W*(?:\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,4})[.)]\s+)?[^.:]{3,110}?(?:[.:]|\s[–—])\s")


def is_heading(passage: Passage) -> bool:
    """Whether a passage is a heading: alone on its line, no item of a list, and very short or without a verb."""
    text = passage.text
    if passage.cells or len(text) > _LONGEST or _BULLET.match(text) or _ENDS_SENTENCE.search(text):
        return False
    return len(text) <= _VERY_SHORT or _STATES.search(text) is None


def run_in_heading(text: str) -> int:
    """The end of the heading at the start of a passage, as in "Blue Fund. The merger of …"; 0 if there is none."""
    found = _RUN_IN.match(text)
    return found.end() if found and not _STATES.search(found[0]) else 0


_NOUN = re.compile(r"\s+(?:Funds?|Portfolios?|Series|Trust|Shares|ETF|Inc\.?|Class)$", re.IGNORECASE)


def short_names(names: Sequence[str], others: Iterable[str]) -> dict[str, str]:
    """What a text may call some funds for short, with their full names: "Core Bond" for "Hill Core Bond Fund".

    It is the name without the words at its start that other funds share, and without "Fund" or the like. A single word
    such as "Growth" is none, since it says something else as well.
    """
    every = [*names, *others]
    shorts: dict[str, str] = {}
    for name in dict.fromkeys(names):
        words = _NOUN.sub("", name).split()
        family = max((_shared(name, other) for other in every if other != name), default=0)
        rest = " ".join(words[family:])
        if family and (" " in rest or "-" in rest):
            shorts[rest] = "" if rest in shorts else name
    return {short: name for short, name in shorts.items() if name}


def _shared(one: str, other: str) -> int:
    """How many words at their start two names share."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one.split(), other.split(), strict=False)))
