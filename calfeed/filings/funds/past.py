"""Tells the mergers that a filing plans from those that it says are off, or took place long before it."""

import re
from functools import cached_property
from typing import NamedTuple

from calfeed.filings.funds.statement import ASIDE, SIGN
from calfeed.filings.passages.clauses import sentences
from calfeed.filings.passages.denials import CALLED_OFF
from calfeed.filings.passages.subjects import CARRIED_OUT
from calfeed.filings.passages.text import Filing
from calfeed.model.when import MONTHS


class _Month(NamedTuple):
    """A month of a year; 0 for a month that is not said."""

    year: int
    month: int

    def months_before(self, other: "_Month") -> int:
        """How many months it lies before another one."""
        return (other.year - self.year) * 12 + other.month - self.month


class Past:
    """What a filing says of the past, by the sentences in which each name stands as one sign."""

    def __init__(self, filing: Filing) -> None:
        self._filing = filing

    def is_over(self, sentence: str) -> bool:
        """Whether a sentence says that a merger took place before the filing, or that there will be none."""
        is_so = _OFF_OR_OVER.search(sentence) is not None and not _ONLY_IF.search(sentence)
        return is_so or self.is_history(sentence)

    def is_history(self, sentence: str) -> bool:
        """Whether all days of a sentence are years before the filing and nothing will happen, or its words say so."""
        months = _months(sentence)
        is_long_ago = _LONG_AGO.search(sentence) is not None and not _IS_PLANNED.search(sentence)
        is_of_old_days = bool(months) and max(months).year < self._month.year - 1
        return is_long_ago or (is_of_old_days and not _WILL.search(sentence))

    def is_done(self, statement: re.Match[str]) -> bool:
        """Whether a statement is about a merger that was done in a month well before that of the filing."""
        sentence = statement.string
        if _IS_TO_BE.search(sentence):
            return False
        was_done = _WAS_DONE.search(sentence, 0, statement.end() + _NEAR) is not None
        return _IS_RECORD.search(sentence) is not None or (was_done and self._is_of_earlier_month(sentence))

    def has_taken_place(self, passage: str) -> bool:
        """Whether a sentence of a passage says that its merger took place in a month well before that of the filing."""
        done = (passage[start:end] for start, end in sentences(passage) if _TOOK_PLACE.search(passage, start, end))
        return any(self._is_of_earlier_month(each) and not _IS_TO_BE.search(each) for each in done)

    def is_old(self, row: str) -> bool:
        """Whether all days of a row of a table are more than a year before the filing."""
        months = _months(row)
        return bool(months) and max(months).months_before(self._month) > _A_YEAR

    def _is_of_earlier_month(self, sentence: str) -> bool:
        """Whether all days of a sentence are well before the filing."""
        months = _months(sentence)
        return bool(months) and max(months).months_before(self._month) >= _RECENT_MONTHS

    @cached_property
    def _month(self) -> _Month:
        """The latest month in the first passage of the filing that has one; of the year 0 if there is none."""
        found = (_months(passage.text) for passage in self._filing.passages)
        return max(next(filter(None, found), [_Month(0, 0)]))


_NEAR = 60
_A_YEAR = 12
_RECENT_MONTHS = 2
"""A merger that was done in this month or the one before is the plan of a filing that reports it."""


def is_yes_or_no(sentence: str) -> bool:
    """Whether a sentence is a question that "no" may answer: "Is Red Fund being liquidated?"."""
    return _YES_OR_NO.search(sentence.rstrip()) is not None


def without_struck_out(text: str) -> str:
    """A text with blanks for the words in quotation marks that it says are deleted or replaced."""
    return _STRUCK_OUT.sub(lambda match: " " * len(match[0]), text)


_STRUCK_OUT = re.compile(
    r"[“\"][^“”\"]{20,}[”\"]"
    r"(?=[^.“”\"]{0,80}\b(?:is|are) (?:hereby )?(?:deleted|removed|struck|replaced|superseded)\b)",
    re.IGNORECASE,
)
"""Words in quotation marks that are deleted: "“The merger of Red Fund …” is hereby deleted"."""


def says_off(sentence: str) -> bool:
    """Whether a sentence says that there will be no merger, and not that there might be none."""
    return _IS_OFF.search(sentence) is not None and not (_ONLY_IF.search(sentence) or MAY.search(sentence))


def _months(text: str) -> list[_Month]:
    """The months of the days in a text."""
    found = _DAY_WITH_YEAR.findall(text)
    return [_Month(int(year), _MONTHS.get(month.lower(), 0)) for month, year in found]


_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
_DAY_WITH_YEAR = re.compile(rf"\b({'|'.join(_MONTHS)}|in) (?:\d{{1,2}}, ?)?((?:19|20)\d\d)\b", re.IGNORECASE)
_WILL_NOT = (
    r"will (?:not|no longer) (?:now )?(?:take place|occur|proceed|go (?:ahead|forward)|"
    r"be (?:completed|pursued|carried out))"
)
_OFF_OR_OVER = re.compile(
    rf"\b(?:was|were|been|has|have|had) (?:\w+ ){{0,2}}(?:{CALLED_OFF}|{CARRIED_OUT}|"
    r"closed)\b|\b(?:took (?:place|effect)|became effective|closed (?:on|in)|rejected|defeated|declined|"
    r"(?:turned|voted) down|voted against|did not approve|"
    rf"(?:not|never|no longer) (?:been |now )?(?:approved|planned|proposed|contemplated)|{_WILL_NOT})\b",
    re.IGNORECASE,
)
"""What says that a merger was completed, or that it will not be."""
_DONE = (
    r"(?:acquired|absorbed|assumed|succeeded|purchased|merged|reorgani[sz]ed|combined|consolidated|converted|"
    r"transferred|sold|contributed|exchanged|liquidated|became|replaced|substituted)"
)
_WAS_DONE = re.compile(
    rf"\b(?:was|were|has|have|had)(?: been)? (?:\w+ ){{0,2}}?{_DONE}\b|{SIGN}{ASIDE},? (?:(?:which|that|\w+ly|then) )*"
    rf"{_DONE}\b|\b(?:was|were|has been|had been) (?:\w+ ){{0,2}}?{CARRIED_OUT}\b|"
    r"\btook (?:place|effect)\b|\bbecame effective\b|\boccurred\b|"
    r"\b(?:as a (?:result|part)|(?:pursuant|due) to|following|after|prior to|before|until|since) (?:of )?"
    r"(?:the|its|their|a) (?:\w+ )?(?:reorgani[sz]ation|merger|acquisition)\b",
    re.IGNORECASE,
)
"""What says that a merger was done: "Blue Fund acquired the assets of Red Fund", "Red Fund was merged into …"."""
_IS_RECORD = re.compile(
    r"\b(?:performance|returns?|total return|track record|financial (?:highlights|statements)|predecessor fund|"
    r"accounting survivor|has the (?:\w+ )?record of|is (?:the|a) (?:\w+ )?successor (?:to|of))\b",
    re.IGNORECASE,
)
"""Words of sentences that tell where the record of a fund comes from, where nothing in them is still to come."""
_TOOK_PLACE = re.compile(
    r"\b(?:merger|reorganization|acquisition|combination|transaction|conversion)s? (?:then )?(?:took (?:place|effect)|"
    rf"(?:was|were) {CARRIED_OUT}|became effective|occurred|closed)\b",
    re.IGNORECASE,
)
""""The merger took place", "the reorganization was completed"."""
_IS_TO_BE = re.compile(
    r"\b(?:will|would|shall|(?:is|are|was|were) to|to be|approved|agreed|decided|determined|resolved|announced|"
    r"proposed|planned|voted|signed|entered into)\b(?! by (?:the )?(?:\w+holders|holders|owners)\b)",
    re.IGNORECASE,
)
"""What says that a merger was then still to come."""
_LONG_AGO = re.compile(
    r"\b(?:last year|(?:years?|months) (?:ago|earlier)|earlier this year|"
    r"in (?:the past|earlier years|previous years))\b",
    re.IGNORECASE,
)
_IS_PLANNED = re.compile(
    r"\b(?:will|would|shall|to be|approved|agreed|decided|announced|proposed?|plan(?:s|ned)?)\b", re.IGNORECASE
)
"""What says of a merger that it was done before the filing, without a day, and what says that it is still to come."""
_WILL = re.compile(r"\b(?:will|shall)\b", re.IGNORECASE)
_ONLY_IF = re.compile(r"\b(?:if|unless|until|should|once|after|whether)\b", re.IGNORECASE)
_IS_OFF = re.compile(
    rf"\b(?:merger|reorganization|combination|proposal|plan|transaction|agreement)s?\b[^.;]{{0,120}}\b(?:{CALLED_OFF}|"
    rf"{_WILL_NOT}|did not (?:approve|receive)|not (?:be )?approved|rejected|voted down)\b|"
    r"\b(?:cancel(?:l?ed)?|abandon(?:ed)?|withdr[ae]wn?|terminated?|rescind(?:ed)?|call(?:ed)? off|"
    r"not to proceed with|not go ahead with|did not approve|"
    r"rejected|voted against) (?:the|that|this|its|their) (?:\w+ )?"
    r"(?:merger|reorganization|combination|proposal|plan)\b|"
    r"\brescinded (?:its|their|the|that) approval\b",
    re.IGNORECASE,
)
"""What says that there will be no merger."""
_YES_OR_NO = re.compile(
    r"^(?:Q[.:]?\s*)?(?:is|are|will|would|does|do|did|has|have|can|should)\b[^?]*\?$", re.IGNORECASE
)
MAY = re.compile(r"\b(?:if|may(?! \d)|might|could|would|consider|consisting|unless|instead|such as)\b", re.IGNORECASE)
"""What says that something is only possible."""
