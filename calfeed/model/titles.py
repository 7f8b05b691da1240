"""The title of a milestone: what it is and, where readers need to know, whose it is."""

import re

from calfeed.model.kinds import KINDS, Kind
from calfeed.model.plans import Of
from calfeed.model.synonyms import words_for

_WHOSE = {Of.TARGET: "Target's", Of.ACQUIRING: "Acquirer's", Of.BOTH: "Both funds'"}
_TARGET = Of.TARGET  # to look at a member of an enumeration takes 0.15 µs: for the row "folder to catalog"
_FUND = "(?:funds?|sub-funds?|portfolios?|trusts?|series|class(?:es)?|company|companies|corporation|schemes?|etfs?)"
# Compiled where a title is an author's own: for the row "calfeed check of 1,000 plans".
_SAYS_WHOSE = {
    Of.TARGET: rf"\b(?:targets?|(?:target|acquired|selling|merging|transferor) {_FUND})\b",
    Of.ACQUIRING: rf"\b(?:acquirers?|(?:acquiring|surviving|successor|buying|receiving|transferee) {_FUND})\b",
    Of.BOTH: rf"\b(?:both|joint|each {_FUND})\b",
}
_ORDINALS = {
    "first",
    "second",
    "third",
    "fourth",
    "adjourned",
    "adjournment",
    "reconvened",
    "additional",
    "further",
    "joint",
    "final",
}
_ORDINARY = (
    _ORDINALS
    | {word for words in words_for() for word in words.split()}
    | {word.lower() for kind in KINDS for word in kind.label.split() if word[1:].islower()}
)
"""Ordinary words. As the first word of a title they may lose their capital; a name must keep it."""


def title_of(name: str, kind: Kind, of: Of) -> str:
    """The title of a milestone with this key: the kind's label, or the author's own title with a capital.

    "Acquirer's" and the like stand before it, unless the author's title says so itself. The target's milestones are
    marked only where the kind asks for it.
    """
    is_own = name != kind.name
    title = f"{name[0].upper()}{name[1:]}" if is_own else kind.label
    if (of is _TARGET and not kind.needs_of) or (is_own and _says_whose(name, of)):
        return title
    return f"{_WHOSE[of]} {_without_capital(title)}"


def _says_whose(title: str, of: Of) -> bool:
    """Whether a title names the target, the acquirer or both, as `of` says."""
    if re.search(_SAYS_WHOSE[of], title, re.IGNORECASE):
        return True
    both = (Of.TARGET, Of.ACQUIRING)
    return of is Of.BOTH and all(re.search(_SAYS_WHOSE[each], title, re.IGNORECASE) for each in both)


def _without_capital(title: str) -> str:
    """A title as it stands within a sentence: a name such as "SEC", "N-14" or that of a fund keeps its capital."""
    first, _, others = title.partition(" ")
    if first.lower() not in _ORDINARY or not first[1:].islower() or others[:1].isupper():
        return title
    return f"{first.lower()} {others}".rstrip()
