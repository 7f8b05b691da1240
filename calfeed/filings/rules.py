"""Applies all rules to a clause."""

from dataclasses import dataclass, field

from calfeed.filings.closing_rules import CLOSING_RULES
from calfeed.filings.dealing_rules import DEALING_RULES
from calfeed.filings.reasons import REASON_RULES
from calfeed.filings.vote_rules import VOTE_RULES

KIND_RULES = (*VOTE_RULES, *DEALING_RULES, *CLOSING_RULES)
"""The rules that give a date its kind."""
RULES = (*REASON_RULES, *KIND_RULES)
"""All rules."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The kinds that a date may be of, those that a sure rule gave, and the reasons why it may be no milestone."""

    kinds: tuple[str, ...] = ()
    sure: frozenset[str] = field(default_factory=frozenset)
    reasons: tuple[str, ...] = ()


def read_clause(clause: str) -> Reading:
    """The kinds and reasons of all rules that fit a masked clause."""
    fitting = [rule for rule in RULES if rule.fits(clause)]
    kinds = dict.fromkeys(rule.kind for rule in fitting if rule.kind)
    sure = frozenset(rule.kind for rule in fitting if rule.kind and rule.sure)
    reasons = dict.fromkeys(rule.reason for rule in fitting if rule.reason)
    return Reading(tuple(kinds), sure, tuple(reasons))
