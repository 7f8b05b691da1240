"""The pair of an event that only tells when something else is so: "until the merger of A into B on May 2, C may …".

The day is that of this pair alone, although the clause names the funds of others too.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from calfeed.filings.funds.named import Named, Sort, folded
from calfeed.filings.funds.pair import Pair

_WHEN = re.compile(
    r"\b(?:until|till|before|after|following|prior to|ahead of|once|when|upon|since|because|as|as of|like|unlike|from)"
    r"(?: (?!and\b|or\b|if\b)[\w-]+){0,6} ?$",
    re.IGNORECASE,
)
"""What begins the words for the event: "until the ", "as of the closing of the merger of "."""
_INTO = re.compile(r"^(?:[’']s)? (?:[\w-]+ ){0,4}(?:into|with|by|to) (?:the )?$", re.IGNORECASE)
_ON = re.compile(r"^(?!.*\b(?:and|or|will|may|shall|while|but)\b)[^;@]{0,60}$", re.IGNORECASE)


def pair_beside(pairs: Sequence[Pair], names: Sequence[Named], text: str, end: int) -> int | None:
    """The number of the pair of such an event, whose day begins at `end`; None if nothing tells of one.

    `names` are those before the day in its clause, and `text` is the passage.
    """
    funds = [each for each in names if each.sort is Sort.FUND and each.names]
    for target, acquiring in list(pairwise(funds))[-1:]:
        begins = _WHEN.search(text[: target.start])
        is_event = begins and _INTO.match(text[target.end : acquiring.start]) and _ON.match(text[acquiring.end : end])
        if not is_event:
            return None
        for number, pair in enumerate(pairs):
            if {folded(pair.target)} == _keys(target) and {folded(pair.acquiring or "")} == _keys(acquiring):
                return number
    return None


def _keys(named: Named) -> set[str]:
    return {folded(name) for name in named.names}
