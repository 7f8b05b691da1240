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


class WeekdayError(PhraseError):
    """A day beside a weekday that is not its own."""


def no_day_yet(words: str) -> PhraseError:
    """That words say when the date will be known."""
    return PhraseError(
        Reason.NO_DATE,
        f'"{words}" says when the date will be known, and not which day it is: '
        "write to be announced, and nothing else, as long as the source names no day",
    )
