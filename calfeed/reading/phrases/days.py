"""One day as it is printed."""

import calendar
from datetime import date
from typing import NamedTuple

from calfeed.model.when import MONTHS, WEEKDAYS, in_words
from calfeed.reading.phrases.errors import PhraseError, Reason, WeekdayError
from calfeed.reading.phrases.tokens import Found, Text
from calfeed.reading.phrases.words import ORDINALS
from calfeed.reading.suggestions import near_words

YEARS = range(1940, 2200)
"""The Investment Company Act is of 1940: no milestone under it is older, and a year far ahead is a slip."""
MONTH_NUMBERS = {
    **{name.lower(): number for number, name in enumerate(MONTHS, start=1)},
    **{name.lower()[:3]: number for number, name in enumerate(MONTHS, start=1)},
    "sept": 9,
}
WEEKDAY_NUMBERS = {
    **{name.lower(): number for number, name in enumerate(WEEKDAYS)},
    **{name.lower()[:3]: number for number, name in enumerate(WEEKDAYS)},
    "tues": 1,
    "thur": 3,
    "thurs": 3,
}
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_SEPARATORS = frozenset("./-")


class PrintedDay(NamedTuple):
    """A day as printed; what is not printed is None. `end` is the first token behind it."""

    day: int
    month: int | None
    year: int | None
    weekday: int | None
    end: int


def year_of(number: str) -> int:
    """A year of four digits that can be meant."""
    if int(number) not in YEARS:
        raise PhraseError(
            Reason.IMPOSSIBLE, f"the year {number} cannot be meant: years from {YEARS[0]} to {YEARS[-1]} are understood"
        )
    return int(number)


def is_year(text: Text, index: int) -> bool:
    """Whether a number of four digits stands at a token."""
    return len(text.at(index)) == 4 and text.at(index).isdecimal()


def month_at(text: Text, index: int) -> Found[int] | None:
    """The name of a month, which may be cut short and end with a dot."""
    name = text.at(index)
    if name not in MONTH_NUMBERS:
        return None
    return Found(MONTH_NUMBERS[name], _past_dot(text, index + 1))


def misspelt_month_at(text: Text, index: int) -> str:
    """The month that a misspelt word with a day beside it may have been meant to be; empty if there is none."""
    word = text.at(index)
    if word in MONTH_NUMBERS or not word.isalpha() or not {1, 2} & {_width(text, index - 1), _width(text, index + 1)}:
        return ""
    found = near_words(word, [month.lower() for month in MONTHS])
    return min(found, key=found.__getitem__).capitalize() if found else ""


def misspelt_month(word: str, month: str) -> PhraseError:
    """That a word is no month."""
    return PhraseError(Reason.NOT_UNDERSTOOD, f'"{word}" is not a month: did you mean {month}?')


def _width(text: Text, index: int) -> int:
    """How many digits a number has; 0 of what is none."""
    return len(text.at(index)) if text.at(index).isdecimal() else 0


def weekday_at(text: Text, index: int) -> Found[int] | None:
    """The name of a day of the week, which may be cut short and end with a dot."""
    name = text.at(index)
    if name not in WEEKDAY_NUMBERS:
        return None
    return Found(WEEKDAY_NUMBERS[name], _past_dot(text, index + 1))


def printed_day_at(text: Text, index: int) -> PrintedDay | None:
    """A day with or without its year and its day of the week, or the bare number of one."""
    weekday = weekday_at(text, index)
    start = _past(text, weekday.end, ",", "the") if weekday else index
    found = _month_first(text, start) or _day_first(text, start) or _iso(text, start) or _numeric(text, start)
    if found is None:
        return None
    return found._replace(weekday=weekday.meaning) if weekday else _with_weekday_behind(text, found)


def no_such_day(day: str) -> PhraseError:
    """That a day does not exist."""
    return PhraseError(Reason.IMPOSSIBLE, f"there is no such day as {day}")


def one_day(printed: PrintedDay, month: int, year: int) -> date:
    """A complete day; a day of the week printed beside it must be its own (it is a free check of the date)."""
    if printed.day not in range(1, calendar.monthrange(year, month)[1] + 1):
        raise no_such_day(f"{MONTHS[month - 1]} {printed.day}, {year}")
    day = date(year, month, printed.day)
    if printed.weekday not in {None, day.weekday()}:
        said = WEEKDAYS[printed.weekday or 0]
        raise WeekdayError(Reason.IMPOSSIBLE, f"{in_words(day)} is a {WEEKDAYS[day.weekday()]}, not a {said}")
    return day


def number_at(text: Text, index: int) -> PrintedDay | None:
    """The bare number of a day, perhaps with a year behind it: `14, 2017` in "December 12-14, 2017"."""
    number = _number_at(text, index)
    is_clock = number and (text.at(number.end) in {":", "am", "pm", "'"} or _is_decimal(text, number.end))
    if number is None or is_clock:
        return None
    year = _year_at(text, number.end)
    return PrintedDay(number.meaning, None, year and year.meaning, None, year.end if year else number.end)


def _is_decimal(text: Text, index: int) -> bool:
    return text.at(index) == "." and text.touches(index + 1) and text.at(index + 1).isdecimal()


def _past(text: Text, index: int, *texts: str) -> int:
    """The index behind any of these tokens that stand there one after the other."""
    for each in texts:
        if text.at(index) == each:
            index += 1
    return index


def _past_dot(text: Text, index: int) -> int:
    return index + 1 if text.at(index) == "." and text.touches(index) else index


def _number_at(text: Text, index: int) -> Found[int] | None:
    """The number of a day in its month: `7`, `07`, `7th`."""
    number = text.at(index)
    if not number.isdecimal() or len(number) > 2:
        return None
    is_ordinal = text.at(index + 1) in _ORDINAL_ENDINGS and text.touches(index + 1)
    return Found(int(number), index + 2 if is_ordinal else index + 1)


def _ordinal_at(text: Text, index: int) -> Found[int] | None:
    """The number of a day in words, with its month behind "of": "the first June 2031 dividend" is not of June 1."""
    ordinal = ORDINALS.at(text, index)
    return ordinal if ordinal and "of" in {text.at(ordinal.end), text.at(ordinal.end + 1)} else None


def _year_at(text: Text, index: int) -> Found[int] | None:
    """A year, behind a comma or "of" or neither."""
    index = _past(text, index, ",")
    index = _past(text, index, "of") if text.at(index) == "of" else _past(text, index, "in")
    return Found(year_of(text.at(index)), index + 1) if is_year(text, index) else None


def _month_first(text: Text, index: int) -> PrintedDay | None:
    """`November 7, 2007`, `Nov. 7th 2007`, `Nov-7-2007`; the year may be missing."""
    month = month_at(text, index)
    if month is None:
        return None
    separator = text.at(month.end) if text.at(month.end) in {"-", "/"} else ""
    start = _past(text, month.end, separator, "the")
    number = _number_at(text, start) or ORDINALS.at(text, start)
    if number is None:
        return None
    year = _year_at(text, _past(text, number.end, separator))
    return PrintedDay(number.meaning, month.meaning, year and year.meaning, None, year.end if year else number.end)


def _day_first(text: Text, index: int) -> PrintedDay | None:
    """`7 November 2007`, `7th day of November, 2007`, `7-Nov-2007`; the year, or month and year, may be missing."""
    start = _past(text, index, "the")
    number = _number_at(text, start) or _ordinal_at(text, start)
    if number is None:
        return None
    separator = text.at(number.end) if text.at(number.end) in {"-", "/"} else ""
    month = month_at(text, _past(text, number.end, separator, "day", "of"))
    if month is None:
        return None
    year = _year_at(text, _past(text, month.end, separator))
    if year is None and separator and _is_two_digit_year(text, month.end, separator):
        raise _two_digit_year(text.between(index, month.end + 2))
    return PrintedDay(number.meaning, month.meaning, year and year.meaning, None, year.end if year else month.end)


def _iso(text: Text, index: int) -> PrintedDay | None:
    """`2007-11-07` (ISO 8601)."""
    year, month, day = (text.at(index + offset) for offset in (0, 2, 4))
    is_iso = is_year(text, index) and len(month) == len(day) == 2 and (month + day).isdecimal()
    if not is_iso or {text.at(index + 1), text.at(index + 3)} != {"-"} or not _is_glued(text, index, 5):
        return None
    if int(month) not in range(1, 13):
        raise PhraseError(Reason.IMPOSSIBLE, f'there is no such day as "{text.between(index, index + 5)}"')
    return PrintedDay(int(day), int(month), year_of(year), None, index + 5)


def _is_glued(text: Text, index: int, count: int) -> bool:
    return all(text.touches(index + offset) for offset in range(1, count))


def _numeric(text: Text, index: int) -> PrintedDay | None:
    """`6/27/2025`, `23.9.2016`: a day in numbers, where all that it could mean is one and the same day."""
    numbers = [text.at(index + offset) for offset in (0, 2, 4)]
    separator = text.at(index + 1)
    is_day = all(map(str.isdecimal, numbers)) and separator in _SEPARATORS and text.at(index + 3) == separator
    if not is_day or not _is_glued(text, index, 5):
        return None
    printed = text.between(index, index + 5)
    lengths = [len(number) for number in numbers]
    if max(lengths) == 2:
        raise _two_digit_year(printed)
    if sorted(lengths)[1] > 2 or 4 not in {lengths[0], lengths[2]}:
        return None
    year, one, other = (numbers[0], *numbers[1:]) if lengths[0] == 4 else (numbers[2], *numbers[:2])
    readings = _readings(int(one), int(other), year_of(year))
    if len(readings) > 1:
        raise PhraseError(Reason.AMBIGUOUS, f'"{printed}" is ambiguous: write the month as a word')
    if not readings:
        raise PhraseError(Reason.IMPOSSIBLE, f'there is no such day as "{printed}"')
    day = readings.pop()
    return PrintedDay(day.day, day.month, day.year, None, index + 5)


def _is_two_digit_year(text: Text, index: int, separator: str) -> bool:
    """Whether a separator and two digits are joined to the token before an index, as in "10-Jun-31"."""
    number = text.at(index + 1)
    is_joined = text.at(index) == separator and text.touches(index) and text.touches(index + 1)
    return is_joined and len(number) == 2 and number.isdecimal()


def _two_digit_year(printed: str) -> PhraseError:
    message = f'"{printed}" has a year of two digits: write all four, and the month as a word'
    return PhraseError(Reason.TWO_DIGIT_YEAR, message)


def _readings(one: int, other: int, year: int) -> set[date]:
    found = set()
    for month, day in ((one, other), (other, one)):
        if month in range(1, 13) and day in range(1, calendar.monthrange(year, month)[1] + 1):
            found.add(date(year, month, day))
    return found


def _with_weekday_behind(text: Text, printed: PrintedDay) -> PrintedDay:
    """The day with the day of the week that stands behind it: `June 9, 2017 (a Friday)`."""
    index = printed.end
    if printed.year is None or text.at(index) not in {"(", ","}:
        return printed
    weekday = weekday_at(text, _past(text, index + 1, "a"))
    if weekday is None:
        return printed
    if text.at(index) == ",":
        return printed._replace(weekday=weekday.meaning, end=weekday.end)
    if text.at(weekday.end) != ")":
        return printed
    return printed._replace(weekday=weekday.meaning, end=weekday.end + 1)
