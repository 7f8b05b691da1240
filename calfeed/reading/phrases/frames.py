"""The words around the day of a phrase, which many plans share: they are read once, for the row "folder to catalog".

The grammar reads "no later than May 5, 2031" part by part, and then "no later than May 19, 2032" again. Here it reads
the words around the day with another day in its place, and keeps the parts. What these state with the day
itself is then worked out as always. A phrase whose other words could have to do with the day is left to the grammar.
"""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from calfeed.model.kinds import Kind
from calfeed.model.when import MONTHS, WEEKDAYS, Dated, in_words
from calfeed.reading.phrases.days import MONTH_NUMBERS, WEEKDAY_NUMBERS, YEARS
from calfeed.reading.phrases.errors import PhraseError
from calfeed.reading.phrases.parts import Parts, end_of, read_parts
from calfeed.reading.phrases.several import Days
from calfeed.reading.phrases.stated import clock_on, stated
from calfeed.reading.phrases.terms import undated_end
from calfeed.reading.phrases.tokens import Text

# Looking for a capital first takes a quarter of the time.
_DAY = re.compile(
    rf"(?=[A-Z])(?<!\w)(?:(?P<weekday>{'|'.join(WEEKDAYS)}), )?"
    rf"(?P<month>{'|'.join(MONTHS)}) (?P<day>[0-9]{{1,2}}), (?P<year>[0-9]{{4}})(?!\w)"
)
_OF_ANOTHER_DAY = re.compile(
    rf"(?<!\w)(?:{'|'.join([*MONTH_NUMBERS, *WEEKDAY_NUMBERS])}|[0-9]{{4}})(?!\w)", re.IGNORECASE
)
_STAND_IN = date(2031, 6, 5)


def read_framed(words: str, inner: str, kind: Kind | None) -> Dated | None:
    """What a phrase with one day in it states, as the grammar reads it; None where that must read it itself.

    `inner` are its words without what stands around all of them.
    """
    printed = _DAY.search(inner)
    if printed is None:
        return None
    weekday, month, number, year = printed.groups()
    before, behind = inner[: printed.start()], inner[printed.end() :]
    parts = _frame(before, behind)
    if parts is None or parts.named is None or int(year) not in YEARS:
        return None
    try:
        day = date(int(year), MONTHS.index(month) + 1, int(number))
        if weekday and weekday != WEEKDAYS[day.weekday()]:
            return None
        if of_stand_in := _of_stand_in(before, behind, kind):
            clock, zone = clock_on(parts.clock, day)
            _, _, _, precision, qualifier, anchor, _, _, derived, is_expected_limit = of_stand_in
            # Without the names of the fields, which take five times as long.
            return Dated(words, day, day, precision, qualifier, anchor, clock, zone, derived, is_expected_limit)
        named = parts.named._replace(what=Days(day, day))
        found = stated(words, replace(parts, named=named), kind)
    except ValueError:  # a day that does not exist, or a PhraseError: the grammar says why, in the words of the phrase
        return None
    return found if isinstance(found, Dated) else None


@lru_cache(maxsize=4_096)
def _of_stand_in(before: str, behind: str, kind: Kind | None) -> Dated | None:
    """What is stated of the stand-in if all but the clock holds for any other day; None where more depends on it."""
    parts = _frame(before, behind)
    try:
        found = stated("", parts, kind) if parts else None
    except PhraseError:  # perhaps of this day alone
        return None
    return found if isinstance(found, Dated) and found.first == found.last == _STAND_IN else None


@lru_cache(maxsize=4_096)
def _frame(before: str, behind: str) -> Parts | None:
    """The parts of a phrase with a day between these words; None where they do not make a phrase of it."""
    if _OF_ANOTHER_DAY.search(f"{before} {behind}"):
        return None
    text = Text(f"{before}{in_words(_STAND_IN)}{behind}")
    try:
        parts = read_parts(text)
    except PhraseError:
        return None
    is_whole = parts.end >= end_of(text) > undated_end(text, 0)
    is_of_one_day = parts.named is not None and parts.named.what == Days(_STAND_IN, _STAND_IN)
    return parts if is_whole and is_of_one_day and not parts.clocks_elsewhere else None
