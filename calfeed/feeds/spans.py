"""The days or the hour on which a calendar shows a date phrase."""

from datetime import date, timedelta
from functools import lru_cache
from typing import TypeAlias

from calfeed.model.kinds import Kind
from calfeed.model.when import Dated, Precision

MEETING_LENGTH = timedelta(hours=1)
"""The length of an event with a clock time: calendars need an end, and no source says how long it lasts."""
_DAY = timedelta(days=1)
# Each look at a member of an enumeration takes 0.15 µs: for the row "all feeds".
_WINDOW, _NO_LATER_THAN, _NO_EARLIER_THAN = Precision.WINDOW, Precision.NO_LATER_THAN, Precision.NO_EARLIER_THAN
LONGEST_BANNER = timedelta(days=14)
"""The longest window that is shown in full. Of a longer one, only the first day is: it would cover the calendar."""


Span: TypeAlias = tuple[date, date]
"""The start and the end of an event: two days, the end exclusive, or two instants."""


def span_of(when: Dated, kind: Kind) -> Span:
    """The start and the end of a dated milestone's event.

    An event with a clock time lasts one hour and starts at that time. If the time is the last moment (of a limit, or of
    a kind that ends something), the event ends at that time.
    """
    clock = when.clock
    if clock is None:
        return _days(when.first, when.first if is_long_window(when) else when.last)
    if is_last_moment(when, kind):
        return clock - MEETING_LENGTH, clock
    return clock, clock + MEETING_LENGTH


@lru_cache(maxsize=10_000)  # many events are on one day, and their entries share its span: for the row "all feeds"
def _days(first: date, last: date) -> Span:
    return first, last + _DAY


def is_last_moment(when: Dated, kind: Kind) -> bool:
    """Whether a clock time is the last moment, and not the first."""
    is_end = kind.ends and when.precision is not _NO_EARLIER_THAN
    return when.clock is not None and (when.precision is _NO_LATER_THAN or is_end)


def is_long_window(when: Dated) -> bool:
    """Whether it is a window so long that only its first day is shown."""
    return when.precision is _WINDOW and when.last - when.first >= LONGEST_BANNER
