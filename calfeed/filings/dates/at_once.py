"""What is so from the day of the filing on: "effective immediately", "effective as of the date of this Supplement".

A plan takes these words: their day is that of the milestone's source.
"""

import re

from calfeed.filings.dates.mentions import Mention
from calfeed.filings.passages.text import Filing
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
    r"\b(?:was|were|had|been|disclosed|announce[sd]?|stated|states|said|told|tells?|reported|describe[sd]?|provide[sd]|"
    r"previous(?:ly)?|last (?:week|month|year)|began|became|changed|stopped|ceased|took|appointed)\b|"
    r"(?<!is )(?<!are )(?<!be )\bclosed\b",
    re.IGNORECASE,
)
"""What tells of something that was so from another day on."""
_MAY_BE = re.compile(
    r"\b(?:if|unless|may(?! \d)|could|would|can|right to|votes?|until|through|upon|after|once|when|thereafter|subject|"
    r"(?<!the )following)\b",
    re.IGNORECASE,
)
"""What tells of something that may be so, or of another time at which it begins: "immediately upon the closing"."""
_AT_ANOTHER = re.compile(
    r"^,? (?:on|as of|at|with|in (?!view|light|anticipation|connection|preparation))\b", re.IGNORECASE
)
"""What stands behind words that say how soon after something else it is so: "immediately on the closing"."""
_REPEATS = re.compile(
    r"\b(?:amended|restated|revised|corrected|updated) (?:and \w+ )?(?:supplement|notice|press release|letter|"
    r"announcement)\b|"
    r"\b(?:supersed|amend|restat|replac|updat|correct)(?:e?s|ing) (?:and \w+ )?(?:in (?:its|their) entirety )?"
    r"(?:the|our|its|all|any|that|each) (?:[\w-]+ ){0,4}?(?:supplements?|notices?|press releases?|letters?)\b|"
    r"\b8-K/A\b|\bsupplement dated [^.;]{0,24}, (?:as )?(?:amended|revised|corrected|updated|restated)\b",
    re.IGNORECASE,
)
"""What tells of a filing that repeats what an earlier one said."""
_BEFORE = 24


def is_at_once(mention: Mention, kind: Kind | None) -> bool:
    """Whether a date says that a milestone of a kind is so from the day of the filing on."""
    states = mention.reading.states
    if kind not in AT_ONCE or not isinstance(states, Relative) or not states.is_of_source:
        return False
    words = mention.passage.text[max(0, mention.start - _BEFORE) : mention.end]
    is_told_otherwise = _TOLD_BEFORE.search(mention.clause) or _MAY_BE.search(mention.clause)
    is_at_another = _AT_ANOTHER.search(mention.passage.text[mention.end :])
    return _EFFECTIVE.search(words) is not None and not (is_told_otherwise or is_at_another)


def repeats_another(filing: Filing) -> bool:
    """Whether a filing repeats an earlier one, of whose day "immediately" may speak."""
    return any(_REPEATS.search(passage.text) for passage in filing.passages)
