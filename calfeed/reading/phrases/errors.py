"""Why a date phrase is refused."""

from enum import StrEnum


class Reason(StrEnum):
    """The kind of fault that a refused phrase has."""

    NOT_UNDERSTOOD = "not understood"
    NO_DATE = "no date"
    NO_YEAR = "no year"
    TWO_DIGIT_YEAR = "two-digit year"
    AMBIGUOUS = "ambiguous"
    IMPOSSIBLE = "impossible"
    DRAFT = "draft"
    NOT_ENGLISH = "not English"
    CONDITION = "condition"
    CLAUSE = "clause"
    MAY_CHANGE = "may change"
    OTHER_STATE = "other state"
    ZONE = "zone"
    CONTRADICTION = "contradiction"
    KIND = "kind"
    COUNT = "count"
    TAIL = "tail"


class PhraseError(ValueError):
    """A date phrase that is refused; its text is for the author, `reason` for programs."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
