"""Tells the headings of a filing."""

import re

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
