"""Business days of the New York Stock Exchange, its unscheduled closures included.

The table of its closures beside this module is printed from the library `holidays`, and a test holds the two equal. The
library itself imports the calendars of 250 countries, which took a third of the time of `calfeed check`; and feeds
must not differ between machines that have different versions of it.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

_DAY = timedelta(days=1)
_SATURDAY = 5


def is_business_day(day: date) -> bool:
    """Whether the New York Stock Exchange was or will be open; closures that nobody has announced are not known."""
    return day.weekday() < _SATURDAY and day.isoformat() not in _holidays()


def business_days_from(day: date, number: int) -> date:
    """The business day that is so many business days after a day, or before it where the number is negative."""
    step = _DAY if number > 0 else -_DAY
    for _ in range(abs(number)):
        day += step
        while not is_business_day(day):
            day += step
    return day


def holiday_on(day: date) -> str:
    """The reason why the New York Stock Exchange is closed on a weekday, or nothing."""
    return _holidays().get(day.isoformat(), "")


@cache
def _holidays() -> dict[str, str]:
    """Each weekday on which it is closed, as `YYYY-MM-DD`, with the reason."""
    table = Path(__file__).with_name("exchange_holidays.txt").read_text(encoding="utf-8")
    return dict(line.split(" ", 1) for line in table.splitlines())
