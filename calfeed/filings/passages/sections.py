"""Tells the headings of a filing, and what stands above its lists."""

import re

from calfeed.filings.passages.clauses import sentences
from calfeed.filings.passages.text import BULLETS, NUMBER, Filing, Passage, flat

_LONGEST, _VERY_SHORT = 160, 60
_STATES = re.compile(r"\b(?:will|would|is|are|was|were|has|have|may|can|must|should)\b", re.IGNORECASE)
"""Verbs of a sentence, which a heading has not."""
_BULLET = re.compile(rf"\s*(?:[{BULLETS}]|o\b|\([a-z\d]{{1,3}}\))\s*")
_ENDS_SENTENCE = re.compile(r"[.,;:]\W*$")
_RUN_IN = re.compile(rf"\W*(?:(?i:{NUMBER})\s+)?[^.:]{{3,110}}?(?:[.:]|\s[–—])\s")


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


def words_above_list(filing: Filing, index: int) -> str:
    """The words with a colon above the list that a passage is in, in lower case; or nothing."""
    passages = filing.passages
    above = index - 1
    while above > 0 and _LISTED.match(passages[above].text) and _LISTED.match(passages[index].text):
        above -= 1
    text = flat(passages[above].text) if above >= 0 else ""
    if not text.endswith(":") or passages[above].cells:
        return ""
    start = sentences(text)[-1][0]
    return " ".join(text[start:].lower().split()) if len(text) - start < _LONGEST_LEAD_IN else ""


_LISTED = re.compile(rf"\s*(?:[o{BULLETS}]|{NUMBER})\s+\S")
_LONGEST_LEAD_IN = 300
