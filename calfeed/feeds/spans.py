"""Where on the calendar a date phrase is shown."""

from datetime import date, timedelta

from calfeed.model.kinds import Kind
from calfeed.model.when import Dated, Precision

MEETING_LENGTH = timedelta(hours=1)
"""No source says how long a meeting lasts; calendars need an end."""
_DAY = timedelta(days=1)
LONGEST_BANNER = timedelta(days=14)
"""A longer window would cover the calendar: it becomes one day at its start, with its words in the SUMMARY."""


def span_of(when: Dated, kind: Kind) -> tuple[date, date]:
    """The start and the end of a dated milestone's event: both days, the end exclusive, or both instants.

    A clock time is the start of an hour. It is the end of one where it is the last moment: that of a limit, and of a
    kind with which something ends.
    """
    if when.clock is None:
        return when.first, (when.first if is_long_window(when) else when.last) + _DAY
    if is_last_moment(when, kind):
        return when.clock - MEETING_LENGTH, when.clock
    return when.clock, when.clock + MEETING_LENGTH


def is_last_moment(when: Dated, kind: Kind) -> bool:
    """Whether a clock time is the last moment, and not the first."""
    return when.clock is not None and (when.precision is Precision.NO_LATER_THAN or kind.ends)


def is_long_window(when: Dated) -> bool:
    """Whether it is a window that is shown as one day at its start."""
    return when.precision is Precision.WINDOW and when.last - when.first >= LONGEST_BANNER
