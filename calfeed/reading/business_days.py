"""Business days of the New York Stock Exchange, its unscheduled closures included."""

from datetime import date, timedelta
from functools import cache
from importlib import import_module
from typing import Any

_DAY = timedelta(days=1)


def is_business_day(day: date) -> bool:
    """Whether the New York Stock Exchange was or will be open; closures that nobody has announced are not known."""
    return day.weekday() < 5 and day not in _holidays()


def business_days_from(day: date, number: int) -> date:
    """The business day that is so many business days after a day, or before it where the number is negative."""
    step = _DAY if number > 0 else -_DAY
    for _ in range(abs(number)):
        day += step
        while not is_business_day(day):
            day += step
    return day


def holiday_on(day: date) -> str:
    """The name of the holiday for which the New York Stock Exchange is closed on a day, or nothing."""
    return str(_holidays().get(day) or "")


@cache
def _holidays() -> Any:
    # Loaded when the first business day is counted: most data needs none, and it takes a while.
    return import_module("holidays").NYSE()
