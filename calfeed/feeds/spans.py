"""Where on the calendar a date phrase is shown."""

from datetime import date, timedelta

from calfeed.model.when import Precision, When

MEETING_LENGTH = timedelta(hours=1)
"""No source says how long a meeting lasts; calendars need an end."""
_DAY = timedelta(days=1)
LONGEST_BANNER = timedelta(days=14)
"""A longer window would cover the calendar: it becomes one day at its start, with its words in the SUMMARY."""


def span_of(when: When) -> tuple[date, date]:
    """The start and the end of a dated milestone's event: both days, the end exclusive, or both instants."""
    if when.clock:
        return when.clock, when.clock + MEETING_LENGTH
    assert when.first is not None  # noqa: S101 -- the caller looked for a dated one
    assert when.last is not None  # noqa: S101
    return when.first, (when.first if is_long_window(when) else when.last) + _DAY


def is_long_window(when: When) -> bool:
    """Whether it is a window that is shown as one day at its start."""
    if when.precision is not Precision.WINDOW or when.first is None or when.last is None:
        return False
    return when.last - when.first >= LONGEST_BANNER
