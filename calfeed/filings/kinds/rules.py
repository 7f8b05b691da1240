"""Applies all rules to a clause."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from calfeed.filings.kinds.change_rules import CHANGE_RULES
from calfeed.filings.kinds.closing_rules import CLOSING_RULES
from calfeed.filings.kinds.dealing_rules import DEALING_RULES
from calfeed.filings.kinds.dividend_rules import DIVIDEND_RULES
from calfeed.filings.kinds.exchange_rules import EXCHANGE_RULES
from calfeed.filings.kinds.guessing import Guess
from calfeed.filings.kinds.label_rules import LABEL_RULES
from calfeed.filings.kinds.meeting_rules import MEETING_RULES
from calfeed.filings.kinds.reasons import REASON_RULES
from calfeed.filings.kinds.transfer_rules import TRANSFER_RULES
from calfeed.filings.kinds.vote_rules import VOTE_RULES

KIND_RULES = (
    *LABEL_RULES,
    *VOTE_RULES,
    *MEETING_RULES,
    *DEALING_RULES,
    *TRANSFER_RULES,
    *DIVIDEND_RULES,
    *CLOSING_RULES,
    *EXCHANGE_RULES,
    *CHANGE_RULES,
)
"""The rules that give a date its kind."""
RULES = (*REASON_RULES, *KIND_RULES)
"""All rules."""
_TOGETHER = (
    frozenset({"name change", "subadviser change", "benchmark change", "objective change"}),
    frozenset({"last exchange", "last redemption"}),
    frozenset({"last purchase", "last exchange"}),
)
"""Kinds of which one day may be at once."""


def go_together(*kinds: str) -> bool:
    """Whether one day may be of all of some kinds, so that none of them is a rival of another."""
    return any(set(kinds) <= each for each in _TOGETHER)


@dataclass(frozen=True, slots=True)
class Reading:
    """The kinds that a date may be of, those that a sure rule gave, and the reasons why it may be no milestone."""

    kinds: tuple[str, ...] = ()
    sure: frozenset[str] = field(default_factory=frozenset)
    reasons: tuple[str, ...] = ()


@lru_cache(maxsize=4_096)
def read_clause(clause: str) -> Reading:
    """The kinds and reasons of all rules that fit a masked clause."""
    fitting = [rule for rule in RULES if rule.fits(clause)]
    kinds = dict.fromkeys(rule.kind for rule in fitting if rule.kind)
    sure = frozenset(rule.kind for rule in fitting if rule.kind and rule.sure)
    reasons = dict.fromkeys(rule.reason for rule in fitting if rule.reason)
    return Reading(tuple(kinds), sure, tuple(reasons))


def with_guess(reading: Reading, guess: Guess, is_labelled: bool = False) -> Reading:
    """A reading with the kind that the nearest words tell of: the only one, the same as a rule's, or a rival of it.

    A guess alone is sure only if it is clear and the date `is_labelled` (see `Context.is_labelled`). One that is clear
    makes a rule's kind sure, or is a rival of it.
    """
    if not reading.kinds:
        sure = {guess.kind} if is_labelled and guess.is_clear else ()
        return replace(reading, kinds=(guess.kind,), sure=frozenset(sure))
    if not guess.is_clear:
        return reading
    if guess.kind in reading.sure or (guess.kind in reading.kinds and not reading.sure):
        others = {kind for kind in reading.sure if go_together(kind, guess.kind)}
        return replace(reading, sure=frozenset({guess.kind, *others}))
    kinds = dict.fromkeys((*reading.kinds, guess.kind))
    return replace(reading, kinds=tuple(kinds), sure=reading.sure | {guess.kind})


_LAST = {"closed to purchases": "last purchase"}
"""What begins behind a day, with what that day is the last for."""


def of_last_day(reading: Reading) -> Reading:
    """A reading of a day after which something is closed: it is the last day before that."""
    kinds = dict.fromkeys(_LAST.get(kind, kind) for kind in reading.kinds)
    return replace(reading, kinds=tuple(kinds), sure=frozenset(_LAST.get(kind, kind) for kind in reading.sure))
