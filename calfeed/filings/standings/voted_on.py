"""Sentences by which holders, or others, must still approve a reorganization, wherever in a filing they stand."""

import re

from calfeed.filings.standings.standing_rules import OTHER_CHANGE

_HOLDERS = r"(?:\w*holders?|(?:contract|policy) ?owners)['’]?s?"
_SOME = r"(?:[\w’'-]+ )"
_APPROVAL = (
    rf"(?:{_HOLDERS} (?:approval|vote|consent)|"
    rf"(?:approval|vote|consent)\b[^;:]{{0,60}}?\b(?:of|by|from) {_SOME}{{0,4}}?{_HOLDERS})"
)
_IS_VOTED_ON = re.compile(
    r"\b(?:subject to|conting\w+ (?:up)?on|condition\w+ (?:up)?on|depend\w+ (?:up)?on|requires?|needs?|pending)\b"
    rf"[^;:]{{0,60}}?\b{_APPROVAL}|"
    rf"\b{_APPROVAL}[^;:]{{0,40}} (?:is|are|will be) (?:required|needed|necessary|(?:being )?sought)\b|"
    rf"\b{_HOLDERS}\b[^;:]{{0,80}} (?:will|must|to|are) (?:first )?(?:be )?(?:being )?(?:asked to |requested to )?"
    r"(?:consider and )?(?:vote on|vote (?:to|for)|approve|consider)\b|"
    r"\b(?:if|unless|until|once|must be|to be|depends on)\b[^;:,]{0,60}?"
    rf"(?:approved by {_SOME}{{0,3}}?{_HOLDERS}|{_HOLDERS}\b[^;:,]{{0,40}} (?:approve|vot(?:e|ing))\b)|"
    rf"\bsubmitted to {_SOME}{{0,6}}?{_HOLDERS}|\bvoting instructions (?:on|for|as to)\b|"
    r"\b(?:seek\w*|solicit\w*|ask\w*|for) (?:their|your) (?:approval|vote|proxy|proxies)\b|"
    rf"\brequires? {_SOME}{{0,3}}?affirmative vote\b"
)
_REORGANIZATION = re.compile(
    r"\b(?:reorgani[sz]|merge|combination|acquisition|conversion|substitution|liquidation)\w*|\bplans?\b|"
    r"\btransactions?\b|\bthe proposals?\b|^(?:the )?\w+ approval is required\b|"
    r"^(?:it|this|these|they) (?:is|are|remains?|depends?|requires?|needs?)\b"
)
_IS_DENIED = re.compile(
    r"\b(?:not|no|neither|nor|cannot)\b|n[’']t\b|\b(?:was|were|had been) (?:\w+ )?(?:subject|conting|condition|depend)"
)
_AWAITS = re.compile(
    r"^(?:(?:the )?(?:completion|consummation|closing) of )?(?:(?:it|this|these|they)\b|"
    r"(?:the |each |this |its )?(?:proposed )?"
    r"(?:reorgani[sz]ation|merger|combination|acquisition|conversion|substitution|liquidation|transaction|closing)s?\b)"
    r"[^,;:]{0,80}? (?:(?:is|are|remains?|will be) (?:also )?(?:subject to|conting\w+ (?:up)?on|"
    r"condition\w+ (?:up)?on)|depends? (?:up)?on|requires?|needs?|awaits?) "
    r".*(?:approval|relief|consent|clearance|(?:sec|exemptive|court) order|orders? (?:of|from|by))"
)
_UNLESS = re.compile(rf"\b(?:unless|until)\b.*{_HOLDERS}|\bif\b.*\bnot (?:be )?approve")
"""What is denied is that it happens without them: "if shareholders do not approve it, the Board will consider more"."""


def is_voted_on(sentence: str) -> bool:
    """Whether a masked sentence says that holders are still to approve the reorganizations that it is about."""
    if _IS_DENIED.search(sentence) and not _UNLESS.search(sentence):
        return False
    is_of_it = _REORGANIZATION.search(sentence) is not None and re.search(OTHER_CHANGE, sentence) is None
    return is_of_it and _IS_VOTED_ON.search(sentence) is not None


def awaits_others(sentence: str) -> bool:
    """Whether a masked sentence says that the reorganizations that it is about await an approval or an order."""
    is_stated = _AWAITS.search(sentence) is not None and _IS_DENIED.search(sentence) is None
    return is_stated and re.search(OTHER_CHANGE, sentence) is None
