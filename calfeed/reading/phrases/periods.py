"""Named stretches of time: months, quarters, halves and years, parts of them, and weeks."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from calfeed.model.when import WEEKDAYS, in_words
from calfeed.reading.phrases.days import is_year, month_at, printed_day_at, year_of
from calfeed.reading.phrases.errors import PhraseError, Reason
from calfeed.reading.phrases.several import days_at
from calfeed.reading.phrases.tokens import Found, Text
from calfeed.reading.phrases.words import (
    HALVES,
    JOINTS,
    OF_YEAR,
    OPENERS,
    PARTS,
    QUARTERS,
    UNITS,
    WEEKS,
    Joint,
    Part,
    Week,
)

_DAY = timedelta(days=1)


class Period(NamedTuple):
    """The first and the last day of a period; `is_whole` says that it is a whole month, quarter, half or year."""

    first: date
    last: date
    is_whole: bool


class _Parts(NamedTuple):
    """From which part of a month or a year to which."""

    first: Part
    last: Part


class _Stretch(NamedTuple):
    """From which day of a month to which; where the month is shorter, to its last."""

    first: int
    last: int


class _Month(NamedTuple):
    """A month, and the days of it that are meant; its year may stand behind the month that it is joined to."""

    month: int
    days: _Stretch | None
    year: int | None


_HALVES_OF_A_MONTH = {1: _Stretch(1, 15), 2: _Stretch(16, 31)}


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or of an earlier one; where that month is shorter its last day."""
    return day + relativedelta(months=months)


def period_at(text: Text, index: int) -> Found[Period] | None:
    """The period that a text names at a token, or several periods of which each follows the one before."""
    opener = OPENERS.at(text, index)
    first = _one_period_at(text, opener.end if opener else index)
    if first is None:
        return None
    joint = JOINTS.at(text, first.end)
    second = _one_period_at(text, joint.end) if joint else None
    if joint is None or second is None:
        return None if opener else _complete_alone(first)
    if opener and opener.meaning is not joint.meaning:
        return None
    return _joined(text, [first, second], joint.meaning if opener is None else Joint.TO)


def _complete_alone(found: Found["Period | _Month"]) -> Found[Period] | None:
    """A period by itself, which needs its year."""
    period = found.meaning
    if isinstance(period, Period):
        return Found(period, found.end)
    return None if period.year is None else Found(_month(period, period.year), found.end)


def _joined(text: Text, found: list[Found["Period | _Month"]], joint: Joint) -> Found[Period] | None:
    """Periods joined to each other; more may follow ("April, May or June 2020")."""
    while (further := JOINTS.at(text, found[-1].end)) and (period := _one_period_at(text, further.end)):
        joint = further.meaning
        found.append(period)
    periods: list[Period] = []
    year: int | None = None
    for meaning, _ in reversed(found):
        if isinstance(meaning, Period):
            periods.insert(0, meaning)
            year = year or meaning.first.year
            continue
        year = meaning.year or year
        if year is None:
            return _complete_alone(found[0])
        periods.insert(0, _month(meaning, year))
    if joint is not Joint.TO and any(later.first != earlier.last + _DAY for earlier, later in pairwise(periods)):
        raise PhraseError(Reason.CONTRADICTION, "these periods leave a gap: each must follow the one before")
    if periods[-1].first <= periods[0].first:
        raise PhraseError(Reason.CONTRADICTION, "the second of these periods is not after the first")
    return Found(Period(periods[0].first, periods[-1].last, is_whole=False), found[-1].end)


def _one_period_at(text: Text, index: int) -> Found[Period | _Month] | None:
    index += text.at(index) == "the"
    return _week(text, index) or _month_of_year(text, index) or _part_of_year(text, index) or _whole_year(text, index)


# --- weeks -----------------------------------------------------------------------------------------------------------


def _week(text: Text, index: int) -> Found[Period | _Month] | None:
    """`week of January 19, 2012`: Monday to Friday around that day."""
    week = WEEKS.at(text, index)
    days = days_at(text, week.end) if week else None
    if week is None or days is None or days.meaning.first != days.meaning.last:
        return None
    day = days.meaning.first
    monday = day - timedelta(days=day.weekday())
    at_fault = (
        day.weekday() > 4
        or (week.meaning is Week.FIRST and day != monday)
        or (week.meaning is Week.LAST and day != monday + timedelta(days=4))
    )
    if at_fault:
        which = {Week.ANY: "a day from Monday to Friday", Week.FIRST: "its Monday", Week.LAST: "its Friday"}
        named = f"{in_words(day)} is a {WEEKDAYS[day.weekday()]}"
        message = f"{named}: a week is Monday to Friday, and is named by {which[week.meaning]}"
        raise PhraseError(Reason.AMBIGUOUS, message)
    return Found(Period(monday, monday + timedelta(days=4), is_whole=False), days.end)


# --- months ----------------------------------------------------------------------------------------------------------


def _month_of_year(text: Text, index: int) -> Found[Period | _Month] | None:
    """`April 2020`, `mid-March, 2017`, `first half of April 2019`; the year may be missing."""
    days = _days_of_month_at(text, index)
    start = days.end if days else index
    start += 2 if text.has(start, "month", "of") else 0
    month = month_at(text, start)
    if month is None or printed_day_at(text, start) is not None:
        return None
    year = _year_at(text, month.end)
    found = _Month(month.meaning, days.meaning if days else None, year.meaning if year else None)
    return Found(found, year.end if year else month.end)


def _days_of_month_at(text: Text, index: int) -> Found[_Stretch] | None:
    """Part of a month: its 1st to 10th, 11th to 20th, or 21st to end; or one of its halves."""
    if parts := _parts_at(text, index):
        first, last = parts.meaning
        return Found(_Stretch(10 * first.value - 9, 31 if last is Part.LATE else 10 * last.value), parts.end)
    halves = HALVES.at(text, index)
    if halves is None or text.at(halves.end) != "of":
        return None
    return Found(_HALVES_OF_A_MONTH[halves.meaning[0]], halves.end + 1)


def _parts_at(text: Text, index: int) -> Found[_Parts] | None:
    """`early`, `mid`, `late`, or two of them that follow each other: `mid to late`."""
    first = PARTS.at(text, index)
    if first is None:
        return None
    joint = JOINTS.at(text, first.end)
    last = PARTS.at(text, joint.end + text.is_hyphen(joint.end)) if joint else None
    if last is None or last.meaning.value != first.meaning.value + 1:
        last = first
    return Found(_Parts(first.meaning, last.meaning), last.end + text.is_hyphen(last.end))


def _month(found: _Month, year: int) -> Period:
    """A month of a year, or part of it."""
    length = monthrange(year, found.month)[1]
    first, last = found.days or _Stretch(1, 31)
    start, end = (date(year, found.month, min(day, length)) for day in (first, last))
    return Period(start, end, is_whole=found.days is None)


# --- years and their parts -------------------------------------------------------------------------------------------


def _year_at(text: Text, index: int) -> Found[int] | None:
    """A year, behind "of", "calendar year" and the like."""
    words = OF_YEAR.at(text, index)
    start = words.end if words else index
    return Found(year_of(text.at(start)), start + 1) if is_year(text, start) else None


def _part_of_year(text: Text, index: int) -> Found[Period | _Month] | None:
    """`fourth quarter of 2011`, `Q4 2011`, `second half of 2021`, `late 2010`."""
    for table, length in ((QUARTERS, 3), (HALVES, 6)):
        if (numbers := table.at(text, index)) and (year := _year_at(text, numbers.end)):
            first, last = (_months_of(year.meaning, length, number) for number in numbers.meaning)
            return Found(Period(first.first, last.last, is_whole=first == last), year.end)
    parts = _parts_at(text, index)
    year = _year_at(text, parts.end) if parts else None
    return Found(_thirds(parts.meaning, year.meaning), year.end) if parts and year else None


def _thirds(parts: _Parts, year: int) -> Period:
    """Part of a year: January to April, May to August, September to December."""
    first, last = (_months_of(year, 4, part.value) for part in parts)
    return Period(first.first, last.last, is_whole=False)


def _months_of(year: int, length: int, number: int) -> Period:
    """A part of a year, of so many months."""
    last_month = length * number
    last_day = monthrange(year, last_month)[1]
    return Period(date(year, last_month - length + 1, 1), date(year, last_month, last_day), is_whole=True)


def _whole_year(text: Text, index: int) -> Found[Period | _Month] | None:
    """`2031`, `calendar year 2031`."""
    is_none = text.at(index) in {",", "of"} or UNITS.at(text, index + 1)  # "1000 days after"
    year = None if is_none else _year_at(text, index)
    return Found(_months_of(year.meaning, 12, 1), year.end) if year else None
