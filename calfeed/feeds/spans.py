"""The days or the hour on which a calendar shows a date phrase."""

from datetime import date, timedelta

from calfeed.model.kinds import Kind
from calfeed.model.when import Dated, Precision

MEETING_LENGTH = timedelta(hours=1)
"""The length of an event with a clock time: calendars need an end, and no source says how long it lasts."""
_DAY = timedelta(days=1)
# Each look at a member of an enumeration takes 0.15 µs: for the row "all feeds".
_WINDOW, _NO_LATER_THAN, _NO_EARLIER_THAN = Precision.WINDOW, Precision.NO_LATER_THAN, Precision.NO_EARLIER_THAN
LONGEST_BANNER = timedelta(days=14)
"""The longest window that is shown in full. Of a longer one, only the first day is: it would cover the calendar."""


def start_of(when: Dated, kind: Kind) -> date:
    """The start of a dated milestone's event: a day, or an instant.

    An event with a clock time lasts one hour and starts at that time. If the time is the last moment (of a limit, or of
    a kind that ends something), the event ends at that time.
    """
    if when.clock is None:
        return when.first
    return when.clock - MEETING_LENGTH if is_last_moment(when, kind) else when.clock


def span_of(when: Dated, kind: Kind) -> tuple[date, date]:
    """The start and the end of a dated milestone's event: two days, the end exclusive, or two instants."""
    if when.clock:
        start = start_of(when, kind)
        return start, start + MEETING_LENGTH
    return when.first, (when.first if is_long_window(when) else when.last) + _DAY


def is_last_moment(when: Dated, kind: Kind) -> bool:
    """Whether a clock time is the last moment, and not the first."""
    is_end = kind.ends and when.precision is not _NO_EARLIER_THAN
    return when.clock is not None and (when.precision is _NO_LATER_THAN or is_end)


def is_long_window(when: Dated) -> bool:
    """Whether it is a window so long that only its first day is shown."""
    return when.precision is _WINDOW and when.last - when.first >= LONGEST_BANNER
