"""Sentences by which holders must still approve a reorganization, wherever in a filing they stand."""

import re

from calfeed.filings.standing_rules import OTHER_CHANGE

_HOLDERS = r"(?:\w*holders?|(?:contract|policy) ?owners)['’]?s?"
_APPROVAL = (
    rf"(?:{_HOLDERS} (?:approval|vote|consent)|"
    rf"(?:approval|vote|consent)\b[^;:]{{0,60}}?\b(?:of|by|from) (?:[\w’'-]+ ){{0,4}}?{_HOLDERS})"
)
_IS_VOTED_ON = re.compile(
    r"\b(?:subject to|conting\w+ (?:up)?on|condition\w+ (?:up)?on|depend\w+ (?:up)?on|requires?|needs?|pending)\b"
    rf"[^;:]{{0,60}}?\b{_APPROVAL}|"
    rf"\b{_APPROVAL}[^;:]{{0,40}} (?:is|are|will be) (?:required|needed|necessary|(?:being )?sought)\b|"
    rf"\b{_HOLDERS}\b[^;:]{{0,80}} (?:will|must|to|are) (?:first )?(?:be )?(?:being )?(?:asked to |requested to )?"
    r"(?:consider and )?(?:vote on|vote (?:to|for)|approve|consider)\b|"
    rf"\bif\b[^;:,]{{0,60}}?(?: approved by (?:[\w’'-]+ ){{0,3}}?{_HOLDERS}|{_HOLDERS}\b[^;:,]{{0,40}} approve\b)"
)
_REORGANIZATION = re.compile(
    r"\b(?:reorgani[sz]|merge|combination|acquisition|conversion|substitution|liquidation)\w*|\bplans?\b|"
    r"\btransactions?\b|^(?:the )?\w+ approval is required\b"
)
_IS_DENIED = re.compile(
    r"\b(?:not|no|without|neither|nor|cannot)\b|n[’']t\b|"
    r"\b(?:was|were|had been) (?:\w+ )?(?:subject|conting|condition|depend)"
)


def is_voted_on(sentence: str) -> bool:
    """Whether a masked sentence says that holders are still to approve the reorganizations that it is about."""
    return (
        _IS_VOTED_ON.search(sentence) is not None
        and _REORGANIZATION.search(sentence) is not None
        and _IS_DENIED.search(sentence) is None
        and re.search(OTHER_CHANGE, sentence) is None
    )
