"""Tells whether a filing speaks of a reorganization that is in none of the pairs that were found in it."""

import re
from collections.abc import Sequence

from calfeed.filings.funds.named import Sort, folded
from calfeed.filings.funds.names import Names
from calfeed.filings.funds.pair import Pair
from calfeed.filings.funds.several import OF_SEVERAL, plans_told
from calfeed.filings.passages.clauses import sentences
from calfeed.filings.passages.text import flat


def lacks_pairs(names: Names, pairs: Sequence[Pair], front: int) -> bool:
    """Whether a filing speaks of more reorganizations or targets than are known, or of a fund of no pair as a target.

    `front` is the number of the last passage of its title.
    """
    texts = [flat(passage.text) for passage in names.filing.passages]
    if len(pairs) == 1 and any(map(OF_SEVERAL.search, texts)):
        return True
    if max(map(plans_told, texts), default=0) > len(pairs):
        return True
    others = _unpaired_titles(names, pairs, front)
    return bool(others) and any(_tells_of(names, others, index) for index in range(front, len(texts)))


def _unpaired_titles(names: Names, pairs: Sequence[Pair], front: int) -> set[str]:
    """The folded names of the funds of no pair that the title names beside a target; none if it names no target."""
    passages = range(min(front, len(names.filing.passages)))
    named = [each for index in passages for each in names.in_passage(index) if each.sort is Sort.FUND]
    titles = {folded(name) for each in named for name in each.names if not each.is_term}
    targets = {folded(pair.target) for pair in pairs}
    acquirers = {folded(pair.acquiring) for pair in pairs}
    return titles - targets - acquirers if titles & targets else set()


def _tells_of(names: Names, funds: set[str], index: int) -> bool:
    """Whether a sentence of a passage tells of the reorganization of one of some funds."""
    text = flat(names.filing.passages[index].text)
    places = [
        each.start for each in names.in_passage(index) if each.names and funds.issuperset(map(folded, each.names))
    ]
    for start, end in sentences(text) if places else ():
        is_named = any(start <= place < end for place in places)
        if is_named and _REORGANIZED.search(text, start, end) and not _NOT_REORGANIZED.search(text, start, end):
            return True
    return False


_REORGANIZED = re.compile(
    r"\b(?:will|would|is|are|shall|to) (?:\w+ ){0,3}(?:reorgani[sz]ed?|merged?|combined?|consolidated?|acquired|cease|"
    r"liquidated?|dissolved?|go)\b|\b(?:its|the|like|similar) (?:reorgani[sz]ation|merger|combination|plan)\b|"
    r"\bsuccessor\b|\bnew home\b",
    re.IGNORECASE,
)
"""What a sentence says of a fund that is reorganized."""
_NOT_REORGANIZED = re.compile(r"\b(?:not|no|unaffected|continues?|acquirer|acquiring)\b", re.IGNORECASE)
