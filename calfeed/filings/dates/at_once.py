"""What is so from the day of the filing on: "effective immediately", "effective as of the date of this Supplement".

A plan takes these words: their day is that of the milestone's source.
"""

import re

from calfeed.filings.dates.mentions import Mention
from calfeed.model.kinds import KINDS, Kind
from calfeed.reading.phrases.stated import Relative

_BEGINNING = {
    "closed to new investors", "closed to purchases", "creation orders end", "sales charge waiver", "transition begins",
    "dealing suspension begins", "name change", "subadviser change", "objective change", "benchmark change",
}  # fmt: skip
AT_ONCE = frozenset(kind for kind in KINDS if kind.name in _BEGINNING)
"""What may be so at once; boards, holders and closings have days of their own."""
_EFFECTIVE = re.compile(
    r"\b(?:effective|beginning|starting|commencing|with)(?: as of| on)?(?: the)? ?(?:immediate(?:ly)?|today|date)\b",
    re.IGNORECASE,
)
_TOLD_BEFORE = re.compile(
    r"\b(?:was|were|had|been|disclosed|announced|stated|said|reported|previous(?:ly)?|if|unless|may|until|through|"
    r"upon|following|after|subject)\b",
    re.IGNORECASE,
)
"""What tells of something that was so from the day of another document on, or may be so."""
_BEFORE = 24


def is_at_once(mention: Mention, kind: Kind | None) -> bool:
    """Whether a date says that a milestone of a kind is so from the day of the filing on."""
    states = mention.reading.states
    if kind not in AT_ONCE or not isinstance(states, Relative) or not states.is_of_source:
        return False
    words = mention.passage.text[max(0, mention.start - _BEFORE) : mention.end]
    return _EFFECTIVE.search(words) is not None and _TOLD_BEFORE.search(mention.clause) is None
