"""Clock times with their zones."""

from datetime import date, datetime, time
from typing import NamedTuple

from calfeed.reading.phrases.errors import PhraseError, Reason
from calfeed.reading.phrases.tokens import Found, Text
from calfeed.reading.phrases.words import CLOCK_LEADS, HALVES_OF_THE_DAY
from calfeed.reading.phrases.zones import ZONE_ADVICE, Zone, instant, zone_at

_HOURS = frozenset({"hours", "hrs", "h", "hour"})


class Clock(NamedTuple):
    """A clock time as printed, in `words` and as a time; `zone` is None where none stands beside it."""

    words: str
    time: time
    zone: Zone | None

    def on(self, day: date) -> datetime:
        """The instant on a day; raises PhraseError where the zone is missing, unclear or not in force on it."""
        if self.zone is None:
            raise PhraseError(Reason.ZONE, f'"{self.words}" has no zone: {ZONE_ADVICE}')
        return instant(day, self.time, self.zone)


class _Digits(NamedTuple):
    hour: int
    minute: int
    end: int
    has_minutes: bool


def clock_at(text: Text, index: int) -> Found[Clock] | None:
    """The clock time in a text at a token: `1:00 p.m. Eastern`, `9.00 a.m.`, `16.30 (Dublin time)`, `12 noon`."""
    lead = CLOCK_LEADS.at(text, index)
    start = lead.end if lead else index
    digits = _digits_at(text, start)
    if "midnight" in {text.at(start), text.at(digits.end) if digits else ""}:
        raise PhraseError(
            Reason.AMBIGUOUS, '"midnight" could be the beginning or the end of the day: give the minute before or after'
        )
    found = _noon(text, start) or _twelve_hours(text, start) or _twenty_four_hours(text, start)
    if found is None:
        return None
    zone = zone_at(text, found.end)
    words = text.between(start, found.end)
    if zone is None:
        return Found(Clock(words, found.meaning, None), found.end)
    return Found(Clock(words, found.meaning, zone.meaning), zone.end)


def _digits_at(text: Text, index: int) -> _Digits | None:
    """An hour with or without its minutes, behind a colon or a dot."""
    hour = text.at(index)
    if not hour.isdecimal() or len(hour) > 2:
        return None
    minute = text.at(index + 2)
    has_minutes = (
        text.at(index + 1) in {":", "."} and len(minute) == 2 and minute.isdecimal() and text.touches(index + 2)
    )
    if has_minutes and text.touches(index + 4) and text.at(index + 4).isdecimal():
        return None  # "10.12.2031" is no time
    if has_minutes:
        return _Digits(int(hour), int(minute), index + 3, has_minutes=True)
    return _Digits(int(hour), 0, index + 1, has_minutes=False)


def _noon(text: Text, index: int) -> Found[time] | None:
    """`noon`, `midday`, `12 noon`, `12:00 noon`."""
    if text.at(index) in {"noon", "midday"}:
        return Found(time(12), index + 1)
    digits = _digits_at(text, index)
    if digits and (digits.hour, digits.minute) == (12, 0):
        is_half = text.at(digits.end) == "pm"
        noon = digits.end + is_half
        if text.at(noon) == "noon":
            return Found(time(12), noon + 1)
        if text.has(noon, "(", "noon", ")"):
            return Found(time(12), noon + 3)
    return None


def _twelve_hours(text: Text, index: int) -> Found[time] | None:
    """`1:00 p.m.`, `11am`, `9.00 A.M.`, `10 o'clock in the morning`."""
    digits = _digits_at(text, index)
    if digits is None:
        return None
    half = HALVES_OF_THE_DAY.at(text, digits.end + (text.at(digits.end) == "o'clock"))
    if half is None:
        return None
    is_past_midnight = digits.hour == 0 and digits.has_minutes and half.meaning == 0
    if (not is_past_midnight and digits.hour not in range(1, 13)) or digits.minute > 59:
        raise _no_time(text, index, half.end)
    return Found(time(digits.hour % 12 + half.meaning, digits.minute), half.end)


def _twenty_four_hours(text: Text, index: int) -> Found[time] | None:
    """`16:30`, `16.30`, `09:00 hours`."""
    digits = _digits_at(text, index)
    if digits is None or not digits.has_minutes:
        return None
    says_hours = text.at(digits.end) in _HOURS
    end = digits.end + says_hours
    if digits.hour > 23 or digits.minute > 59:
        raise _no_time(text, index, end)
    if 1 <= digits.hour <= 12 and not says_hours:
        printed = text.between(index, digits.end)
        raise PhraseError(Reason.AMBIGUOUS, f'"{printed}" could be morning or afternoon: add a.m. or p.m.')
    return Found(time(digits.hour, digits.minute), end)


def _no_time(text: Text, start: int, end: int) -> PhraseError:
    return PhraseError(Reason.IMPOSSIBLE, f'"{text.between(start, end)}" is not a time of day')
