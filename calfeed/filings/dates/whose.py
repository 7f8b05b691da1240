"""Whose vote, or whose change of name and the like, a date is about: the target's, or that of both funds."""

import re
from collections.abc import Sequence

from calfeed.filings.dates.doubts import OF_HOLDERS
from calfeed.model.kinds import KINDS
from calfeed.model.plans import Of

_TERM = r"(?: \([^()]*\))?"
_JOINED = rf"{_TERM},? (?:and|or|as well as)(?: (?:in|of|for))?(?: the)? "
_HOLDERS_OF = r"\b(?:\w*holders|owners|investors|members|meetings?)(?: of record)? (?:in|of|for) "
_OF_BOTH_NAMED = re.compile(
    rf"{_HOLDERS_OF}(?:(?:both|each|either) )?(?:of )?(?:the )?(?:target{_JOINED}acquirer|acquirer{_JOINED}target)\b"
)
_OF_BOTH_COUNTED = re.compile(
    rf"{_HOLDERS_OF}(?:(?:both|each|either)(?: of)?(?: the)?(?: two)?|the two) "
    r"(?:funds?|portfolios?|trusts?|compan(?:y|ies))\b"
)
_BOTH_HAVE = re.compile(r"\b(?:both|each)(?: of the)? (?:fund|portfolio)(?:['’]s|s['’])")
_CHANGES = frozenset(kind.name for kind in KINDS if kind.needs_of)
_PAIR = ("target", "acquirer")
_JOINT = re.compile(r"\bjoint (?:(?:special|annual|general|extraordinary) ){0,2}meetings?\b")


def whose_vote(masked: Sequence[str], words: str, name: str, *, funds: int) -> Of | None:
    """Whose vote or change a date of some kind is about; None if that must be asked.

    `masked` are the masked clauses around it, the best first, and `words` the clause as it is printed. `funds` is how
    many funds the filing names, if it has one pair; 0 if it has several, of which "each fund" may be every target.
    A joint meeting of one pair may be one at which the holders of other funds vote on other things.
    """
    if name not in OF_HOLDERS:
        is_of_both = name in _CHANGES and funds == len(_PAIR) and _BOTH_HAVE.search(words.lower())
        return Of.BOTH if is_of_both else Of.TARGET
    is_counted = funds > 0 and _OF_BOTH_COUNTED.search(words.lower()) is not None
    if any(map(_OF_BOTH_NAMED.search, masked)) or (is_counted and funds == len(_PAIR)):
        return Of.BOTH
    return None if is_counted or (funds and _JOINT.search(masked[0])) else Of.TARGET


def is_of_acquirer(clause: str) -> bool:
    """Whether a masked clause, or its item with the date, names the acquirer and no target, or says what it does."""
    if _ACQUIRER_ACTS.search(clause):
        return True
    return any("acquirer" in part and _OTHERS.search(part) is None for part in (clause, _item(clause)))


_ACQUIRER_ACTS = re.compile(
    r"(?:^|[,;] (?:and |but )?)(?:the )?acquirer (?:also )?(?:will|is to|is expected to|expects to|intends to|"
    r"plans to) (?:\w+ )?(?:pay|declare|distribute|make|close|stop|change|begin|remain)\b[^;]*@"
)
"""What the acquirer does, also if the target is named behind it: "Blue Fund will pay a dividend after Red Fund"."""
_OTHERS = re.compile(r"\btargets?\b|\beach fund\b|\bboth\b")
_ITEM = re.compile(r"[;,]?(?: and| or)? \((?:[ivx]+|\d|[a-e])\) ")


def _item(clause: str) -> str:
    """The item of a list in a sentence that has the date: "approved (i) …, and (ii) …"."""
    return next((part for part in _ITEM.split(clause) if "@" in part), clause)
