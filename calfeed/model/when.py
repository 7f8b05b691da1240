"""What a date phrase states: its days, how firmly, the part of the day that it names, and what it is counted from.

A phrase either gives a day (`Dated`) or does not (`Undated`); the two are types of their own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from calfeed.model.kinds import DEADLINES, Kind

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Precision(StrEnum):
    """How firmly a phrase states its day or days."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    EXPECTED = "expected"
    WINDOW = "window"
    NO_LATER_THAN = "no later than"
    NO_EARLIER_THAN = "no earlier than"
    UNKNOWN = "unknown"


_LIMITS = frozenset({Precision.NO_LATER_THAN, Precision.NO_EARLIER_THAN})


def limit_of(precision: str, kind: str) -> str:
    """Return the precision of a date of some kind if it leaves one side open, otherwise an empty text.

    "By" a day is no limit of a deadline, of which it says no more than the day.
    """
    is_day_of_deadline = precision == Precision.NO_LATER_THAN and kind in DEADLINES
    return precision if precision in _LIMITS and not is_day_of_deadline else ""


class Anchor(StrEnum):
    """The part of the business day that a phrase names; never turned into a clock time."""

    OPENING = "opening"
    CLOSE = "close of business"


class Unit(StrEnum):
    """What days are counted in; business days are those of the New York Stock Exchange."""

    DAYS = "days"
    BUSINESS_DAYS = "business days"
    WEEKS = "weeks"
    MONTHS = "months"


class Direction(StrEnum):
    """Whether a counted day lies before, on or after the day from which it is counted."""

    BEFORE = "before"
    ON = "on"
    AFTER = "after"


# To look at a member of an enumeration takes 0.15 µs: for the rows "folder to catalog" and "all feeds".
_EXACT = Precision.EXACT
_NO_LATER_THAN = Precision.NO_LATER_THAN
_NO_EARLIER_THAN = Precision.NO_EARLIER_THAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """How a day is counted from another milestone of the reorganization: `amount` units before or after it.

    `base` is the kind of that milestone, or None if the day is counted from the day of the source. `amount` is 0 if the
    phrase means the day of that milestone itself. `base_is` says how far from firm that milestone is: "approximate",
    "expected", "conditional", "subject to change".
    """

    base: Kind | None
    amount: int
    unit: Unit
    direction: Direction
    base_is: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What is counted, from what: `2 business days before the closing`."""
        base = f"the {self.base.name}" if self.base else "the day of the source"
        if self.direction is Direction.ON:
            return f"on {base}"
        unit = str(self.unit) if self.amount > 1 else str(self.unit).removesuffix("s")
        return f"{self.amount} {unit} {self.direction} {base}"


class Dated(NamedTuple):  # a frozen dataclass takes three times as long to make, as with Milestone
    """A date phrase that gives a day, several days or a window.

    `words` are the source's own, with white space as single spaces. `first` and `last` are the days, both inclusive.
    `qualifier` is what a short text must say beside the day: "on or about", "expected fourth quarter of 2011", "before
    December 1", "derived", or nothing. `clock` is the instant in UTC where the words give a clock time, `zone` the IANA
    name of its zone. `derived` says how calfeed counted the day, where the words do not print it. `is_expected_limit`
    says that the day is a limit that the source expects and does not promise: "expected by April 28, 2008".
    """

    words: str
    first: date
    last: date
    precision: Precision = Precision.EXACT
    qualifier: str = ""
    anchor: Anchor | None = None
    clock: datetime | None = None
    zone: str = ""
    derived: Derivation | None = None
    is_expected_limit: bool = False

    @property
    def last_possible(self) -> date | None:
        """The last day that the words allow; None if they set no end."""
        return None if self.precision is _NO_EARLIER_THAN else self.last

    @property
    def first_possible(self) -> date | None:
        """The first day that the words allow; None if they set no beginning."""
        return None if self.precision is _NO_LATER_THAN else self.first

    def is_within(self, other: "Dated") -> bool:
        """Whether the words of another date allow each of its days: a date that narrows to this one has not moved."""
        begin, end = other.first_possible, other.last_possible
        return (begin is None or begin <= self.first) and (end is None or self.last <= end)

    @property
    def is_firm(self) -> bool:
        """Whether the source itself prints the day, and prints it without any word that softens it."""
        return self.precision is _EXACT and self.derived is None


class Undated(NamedTuple):
    """A date phrase that gives no day, such as "to be announced"; `words` are the source's own.

    If its day cannot be counted, `derived` says how it would be, and `reason` why it cannot.
    """

    words: str
    derived: Derivation | None = None
    reason: str = ""

    @property
    def precision(self) -> Precision:
        """Unknown, always."""
        return Precision.UNKNOWN

    @property
    def last_possible(self) -> None:
        """None: the words set no end."""
        return None

    @property
    def first_possible(self) -> None:
        """None: the words set no beginning."""
        return None

    @property
    def qualifier(self) -> str:
        """Nothing: a short text without a day needs no word about how firm it is."""
        return ""


When = Dated | Undated
"""What a date phrase states."""


def in_words(day: date) -> str:
    """A day as filings print it: `February 28, 2008`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def month_in_words(day: date) -> str:
    """The month of a day as filings print it: `February 2008`."""
    return f"{MONTHS[day.month - 1]} {day.year}"
