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
""""Is subject to shareholder approval", "holders will be asked to approve", "submitted to shareholders"."""
_REORGANIZATION = re.compile(
    r"\b(?:reorgani[sz]|merge|combination|acquisition|conversion|substitution|liquidation)\w*|\bplans?\b|"
    r"\btransactions?\b|\bthe proposals?\b|^(?:the )?\w+ approval is required\b|"
    r"^(?:it|this|these|they) (?:is|are|remains?|depends?|requires?|needs?)\b"
)
"""What is voted on, by its nouns or as "it"."""
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
""""The merger is subject to the approval of", "it depends on an exemptive order"."""
_CONDITIONS = r"\bconditions? (?:precedent )?(?:\w+ ){0,6}?(?:met|satisf\w+|fulfil\w+|waived)\b"
_HAS_CONDITIONS = re.compile(
    # "The closing is subject to certain conditions", "the obligations of the parties are subject to conditions"
    r"\b(?:reorgani[sz]ation|merger|combination|acquisition|conversion|substitution|liquidation|transaction|closing|"
    r"completion|consummation|plan|agreement|obligations?)s?\b[^;:]{0,100}? (?:is|are|remains?|will be) "
    r"(?:also |still )?(?:subject to|conting\w+ (?:up)?on|condition(?:ed|al) (?:up)?on|dependent (?:up)?on)\b"
    r"[^;:]{0,90}?\bconditions\b"
    # "Several conditions must be met before the reorganization can be completed"
    rf"|{_CONDITIONS}[^;]{{0,80}}?\b(?:reorgani[sz]ation|merger|conversion|transaction|closing|liquidation)s?\b"
    # "The reorganization will be completed only if certain conditions are satisfied"
    rf"|\b(?:reorgani[sz]ation|merger|conversion|transaction|closing|liquidation)s?\b[^;]{{0,100}}?"
    rf"\b(?:if|unless|until|once|when|before|after|upon|provided)\b[^;]{{0,60}}?{_CONDITIONS}"
)
"""How a sentence says that a reorganization depends on conditions, whichever they are."""
_NO_CONDITIONS = re.compile(
    r"\bconditions?\b[^;]{0,40}\b(?:(?:have|has|had|having) (?:all )?been|were|was)\b|\bmarket conditions\b|"
    r"\b(?:or|whichever|later of)\b[^;]{0,90}\bconditions?\b"
)
"""Conditions that are met, those of markets, and those that only give another day: "or when all conditions are met"."""
_UNLESS = re.compile(rf"\b(?:unless|until)\b.*{_HOLDERS}|\bif\b.*\bnot (?:be )?approve")
"""What is denied is that it happens without them: "if shareholders do not approve it, the Board will consider more"."""


def is_voted_on(sentence: str) -> bool:
    """Whether a masked sentence says that holders are still to approve the reorganizations that it is about."""
    if _IS_DENIED.search(sentence) and not _UNLESS.search(sentence):
        return False
    is_of_it = _REORGANIZATION.search(sentence) is not None and re.search(OTHER_CHANGE, sentence) is None
    return is_of_it and _IS_VOTED_ON.search(sentence) is not None


def awaits_others(sentence: str) -> bool:
    """Whether a masked sentence says that the reorganizations that it is about await an approval, or conditions."""
    is_stated = _AWAITS.search(sentence) is not None and _IS_DENIED.search(sentence) is None
    is_stated = is_stated or has_conditions(sentence)
    return is_stated and re.search(OTHER_CHANGE, sentence) is None


def has_conditions(sentence: str) -> bool:
    """Whether a masked sentence says that the reorganizations that it is about depend on conditions."""
    return _HAS_CONDITIONS.search(sentence) is not None and _NO_CONDITIONS.search(sentence) is None
