"""What a date phrase states: its days, how firmly, and the part of the day that it names."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Precision(StrEnum):
    """How firmly a phrase states its day or days."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    WINDOW = "window"
    NO_LATER_THAN = "no later than"
    NO_EARLIER_THAN = "no earlier than"
    UNKNOWN = "unknown"


class Anchor(StrEnum):
    """The part of the business day that a phrase names; never turned into a clock time."""

    OPENING = "opening"
    CLOSE = "close of business"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What a date phrase states.

    `words` are the source's own, with white space as single spaces. `first` and `last` are the days, both inclusive,
    and None when the phrase gives none (precision unknown). `qualifier` is what a short text must say beside the day:
    "on or about", "expected fourth quarter of 2011", "before December 1", or nothing. `clock` is the instant in UTC
    where the words give a clock time, `zone` the IANA name of its zone.
    """

    words: str
    first: date | None = None
    last: date | None = None
    precision: Precision = Precision.EXACT
    qualifier: str = ""
    anchor: Anchor | None = None
    clock: datetime | None = None
    zone: str = ""

    @property
    def last_possible(self) -> date | None:
        """The last day on which it can happen as stated; None when the words set no end."""
        return None if self.precision is Precision.NO_EARLIER_THAN else self.last

    @property
    def first_possible(self) -> date | None:
        """The first day on which it can happen as stated; None when the words set no beginning."""
        return None if self.precision is Precision.NO_LATER_THAN else self.first


def in_words(day: date) -> str:
    """A day as filings print it: `February 28, 2008`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
