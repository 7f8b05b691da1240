"""Date phrases: the words of a filing to a `When`, and days back to words.

A phrase has independent parts, each optional but the days:
[lead-in] [precision] [anchor] day or days [anchor] [clock time and zone]. Nothing is guessed and nothing is dropped:
what is not understood is a ValueError whose message says what would be.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from dateutil.parser import parse as parse_complete_date
from dateutil.relativedelta import relativedelta

from calfeed.model.when import MONTHS, WEEKDAYS, Anchor, Dated, Precision, Undated, When, in_words

# ASCII: a Turkish dotless i and a long s are no other ways to write i and s.
_FLAGS = re.IGNORECASE | re.ASCII
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?)"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?\b"
_DAY = (
    rf"(?:{_WEEKDAY},? )?"
    rf"(?:{_MONTH} {_NUMBER},? \d{{4}}|{_NUMBER} {_MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d)(?!\d)"
)
_DAY_WITHOUT_YEAR = rf"(?:{_WEEKDAY},? )?{_MONTH} {_NUMBER}(?!,? \d{{4}})"
_BUSINESS = r" of (?:(?:regular )?(?:business|trading)|the (?:market|nyse|new york stock exchange))"
# A bare "close" or "open" may mean the closing or an opening to investors: it needs a word before or behind it.
_OPENING = (
    r"(?:immediately )?(?:(?:before|prior to|ahead of|at|as of) (?:the )?"
    rf"(?:market open(?:ing)?|open(?:ing)?(?:{_BUSINESS})?)"
    rf"|market open(?:ing)?|the open(?:ing)?(?:{_BUSINESS})?|open(?:ing)?{_BUSINESS})\b"
)
_CLOSE = (
    rf"(?:immediately )?(?:(?:after|following|at|as of|upon) (?:the )?(?:market close|close(?:{_BUSINESS})?)"
    rf"|market close|the close(?:{_BUSINESS})?|close{_BUSINESS})\b"
)
_LEAD_INS = re.compile(
    r"(?:to be held|held|scheduled(?: for| to be held)?|effective|beginning|as of)\b,? ?"
    r"|(?:currently|now) (?=scheduled|expected|anticipated|proposed)"
    r"|(?:on|in|at|the) (?!or )",
    _FLAGS,
)
# These say that the day may move, so they may stand before soft words only, never before a bare day.
_EXPECTED = re.compile(
    r"during\b ?|(?:expected|anticipated|proposed)"
    r"(?: to (?:occur|take place|take effect|become effective|be completed|be held|be mailed|close))?\b ?",
    _FLAGS,
)
_PRECISIONS = (
    (Precision.APPROXIMATE, re.compile(r"(?:on|in) or (?:about|around)\b ?", _FLAGS)),
    (Precision.NO_LATER_THAN, re.compile(r"(?:(?:no|not) later than|on or before|on or prior to|by)\b ?", _FLAGS)),
    (
        Precision.NO_EARLIER_THAN,
        re.compile(
            r"(?:(?:no|not) earlier than|no sooner than|not before|on or after|not until(?:,? at the earliest,?)?)"
            r"(?!\w) ?",
            _FLAGS,
        ),
    ),
)
_BEFORE = re.compile(r"(?:prior to|before)\b ?", _FLAGS)
_ANCHORS = (
    (Anchor.OPENING, re.compile(rf"\(?{_OPENING}\)?,? ?", _FLAGS)),
    (Anchor.CLOSE, re.compile(rf"\(?{_CLOSE}\)?,? ?", _FLAGS)),
)
_CLOCK = re.compile(
    r"(?:at )?(?:(?P<hour>\d{1,2})(?::(?P<minute>\d\d))? ?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>\d{1,2}):(?P<minute24>\d\d)(?: (?P<noon>noon))?|noon\b)"
    r"(?:,? ?\(?(?P<zone>(?!on\b)[a-z]+(?:[/_+-]\w+)*)(?: time)?\)?)?,? ?",
    _FLAGS,
)
_RANGE = re.compile(
    rf"(?:from )?(?P<start>{_DAY}|{_DAY_WITHOUT_YEAR}) ?(?:-|to|through|until) ?"
    rf"(?:(?P<close>{_CLOSE}) )?(?:on )?(?P<end>{_DAY})",
    _FLAGS,
)
_SHORT_RANGE = re.compile(
    rf"(?P<month>{_MONTH}) (?P<start>\d{{1,2}}) ?(?:-|to|through) ?(?P<end>\d{{1,2}}),? (?P<year>\d{{4}})(?!\d)",
    _FLAGS,
)
_ONE_DAY = re.compile(_DAY, _FLAGS)
_DAY_ALONE = re.compile(rf"(?:{'|'.join(MONTHS)}) \d{{1,2}}, \d{{4}}(?=$| at )")
_MONTH_FIRST = re.compile(_MONTH, _FLAGS)
_WEEKDAY_FIRST = re.compile(rf"({_WEEKDAY}),? ", _FLAGS)
_STARTS_WITH_MONTH = re.compile(rf"{_MONTH} ", _FLAGS)
_YEAR = r",? ?(?:of )?(?:calendar year )?(?P<year>\d{4})(?!\d)"
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_WEEK = re.compile(rf"week of (?P<day>{_DAY})", _FLAGS)
_PERIODS = (
    re.compile(rf"(?:(?P<part>early|mid|late)[- ])?(?P<month>{_MONTH}){_YEAR}", _FLAGS),
    re.compile(rf"(?P<part>early|mid|late)[- ]{_YEAR.removeprefix(',? ?')}", _FLAGS),
    re.compile(rf"(?P<quarter>{'|'.join(_ORDINALS)}) quarter{_YEAR}", _FLAGS),
    re.compile(rf"q(?P<quarter>[1-4]){_YEAR}", _FLAGS),
    re.compile(rf"(?P<half>first|1st|second|2nd) half{_YEAR}", _FLAGS),
)
_MONTH_OR_MONTH = re.compile(rf"(?P<first>{_MONTH}) or (?P<last>{_MONTH}{_YEAR})", _FLAGS)
_END_OF = re.compile(r"(?:the )?end of (?:the )?", _FLAGS)
_BARE_YEAR = re.compile(_YEAR, _FLAGS)
_UNDATED = re.compile(
    r"(?:to be (?:announced|determined)|tb[ad]|(?:deferred |postponed )?until further notice)\.?", _FLAGS
)
_NUMERIC = re.compile(r"(?<![\d/.-])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d)(?![\d/.-])")
_RELATIVE = re.compile(
    r"\b(?:days?|weeks?|months?)\b.*\b(?:before|after|prior|preced\w+|follow\w+)\b"
    r"|\b(?:closing|effective|merger|reorganization|liquidation|record|meeting) date\b"
    r"|\beffective immediately\b|\b\d+(?:st|nd|rd|th) day\b|\bpromptly\b"
    r"|\b(?:before|after|prior to|following) the (?:closing|meeting|merger|reorganization|liquidation)\b",
    _FLAGS,
)
_SOFT = re.compile(
    r"\b(?:expected|anticipated|proposed|approximate(?:ly)?|estimated|tentative(?:ly)?|on or (?:about|around))\b",
    _FLAGS,
)
_DASHES = str.maketrans({"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-"})  # noqa: RUF001 -- the dashes of filings
_ZONES = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "phoenix": "America/Phoenix",
    "denver": "America/Denver",
}
_ZONE_ADVICE = (
    "Eastern, Central, Mountain, Pacific, Alaska, Hawaii, Phoenix, Denver, or an IANA name such as America/Chicago"
)
_EXAMPLES = (
    '"November 7, 2007", "on or about April 28, 2008", "after the close of business on May 15, 2024", '
    '"fourth quarter of 2011", "no later than August 15, 2019" or "to be announced"'
)
# The Investment Company Act is of 1940: no milestone under it is older, and a year far ahead is a slip.
_YEARS = range(1940, 2200)
_LONGEST = 200
_PLAIN = re.compile(r"(?P<about>on or about )?(?P<month>[A-Z][a-z]+) (?P<day>\d{1,2}), (?P<year>\d{4})")
_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, start=1)}
_BY_FIRST_LETTERS = {name[:3].lower(): number for name, number in _MONTH_NUMBERS.items()}


@lru_cache(maxsize=65_536)
def read_phrase(phrase: str) -> When:
    """What a date phrase states.

    Raises ValueError, with a message for the author, for a phrase that is not understood, is ambiguous, names a day
    that does not exist or carries a weekday that does not match.
    """
    words = " ".join(phrase.split())
    # Nearly all phrases are one of two plain forms, read here without dateutil: it takes 20 times as long.
    if (plain := _PLAIN.fullmatch(words)) and (day := _plain_day(plain)):
        if plain["about"]:
            return Dated(words=words, first=day, last=day, precision=Precision.APPROXIMATE, qualifier=_ON_OR_ABOUT)
        return Dated(words=words, first=day, last=day)
    return _Reading(words).when()


def read_day(phrase: str) -> date:
    """The one exact day that a phrase states; raises ValueError for anything softer, longer or timed."""
    return read_exact(phrase).first


def read_exact(phrase: str) -> Dated:
    """What a phrase states that gives one exact day; raises ValueError for anything softer, longer or timed."""
    when = read_phrase(phrase)
    if not isinstance(when, Dated) or not when.is_firm or when.first != when.last or when.clock:
        raise ValueError(f'"{when.words}" is not one exact day: write for example "December 14, 2007"')
    return when


_ON_OR_ABOUT = "on or about"


class _Reading:
    """One phrase being read from left to right; `rest` is what is still unread."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.rest = words.translate(_DASHES)
        self.precision: Precision | None = None
        self.before = False
        self.expected = False
        self.ranged = False
        self.anchor: Anchor | None = None
        self.clock: re.Match[str] | None = None

    def when(self) -> When:
        if not self.words:
            raise ValueError(f"the date is empty: write for example {_EXAMPLES}")
        if _UNDATED.fullmatch(self.rest):
            return Undated(words=self.words)
        if len(self.words) > _LONGEST:
            raise ValueError(f"this is too long for a date: write it in at most {_LONGEST} characters")
        if "[" in self.rest:
            raise ValueError(
                f'"{self.words}" has a date in square brackets, which marks a draft: write it once it is final'
            )
        if numeric := _NUMERIC.search(self.rest):
            raise ValueError(f'"{numeric[0]}" is ambiguous: write the month as a word, as in "April 5, 2008"')
        # A phrase that begins with a month has nothing before its days.
        while not _STARTS_WITH_MONTH.match(self.rest) and self._take_front():
            pass
        days = self._take_days()
        if days is None or (self.ranged and days[0] == days[1]):
            raise self._not_understood()
        while self._take_back():
            pass
        if (tail := self.rest.strip()) not in {"", "."}:
            raise self._tail_refused(tail, days[0])
        if self.clock and (days[0] != days[1] or days[2]):
            raise ValueError(f'"{self.words}" gives a clock time without the one day that it belongs to')
        return self._stated(*days)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The match of a pattern at the front of what is unread, which it takes away."""
        if match := pattern.match(self.rest):
            self.rest = self.rest[match.end() :].lstrip(" ")
        return match

    def _take_front(self) -> bool:
        return self._take_clock() or self._take_anchor() or self._take_precision() or self._take_lead_in()

    def _take_back(self) -> bool:
        if self.rest.startswith(", "):
            self.rest = self.rest[2:]
        return self._take_anchor() or self._take_clock()

    def _take_lead_in(self) -> bool:
        if self._take(_EXPECTED):
            self.expected = True
            return True
        return self._take(_LEAD_INS) is not None

    def _take_precision(self) -> bool:
        if self.precision is not None:
            return False
        for precision, pattern in _PRECISIONS:
            if self._take(pattern):
                self.precision = precision
                return True
        # "The close of business before December 1" is of another day, which the words do not name; nor does an hour.
        if self.anchor is None and self.clock is None and self._take(_BEFORE):
            self.precision, self.before = Precision.NO_LATER_THAN, True
            return True
        return False

    def _take_anchor(self) -> bool:
        if self.anchor is not None:
            return False
        for anchor, pattern in _ANCHORS:
            # "from the close of business on ... through ..." is a range of days, anchored at its close.
            ranged = self.rest[:5].lower() == "from " and pattern.match(self.rest, 5)
            if ranged:
                self.rest, self.ranged = self.rest[5:], True
            if self._take(pattern):
                self.anchor = anchor
                return True
        return False

    def _take_clock(self) -> bool:
        if self.clock is not None:
            return False
        # A day such as "7 November 2007" begins with a number too, but with neither a colon nor "a.m." behind it.
        self.clock = self._take(_CLOCK)
        return self.clock is not None

    def _take_days(self) -> tuple[date, date, str] | None:
        """The first day, the last day and, for a window, its words; None where there is no day."""
        if match := self._take(_DAY_ALONE):  # nothing of a range or a week, which need not be looked for
            day = _day(match[0])
            return day, day, ""
        if match := self._take(_RANGE):
            end = _day(match["end"])
            if match["close"] and self.anchor is not Anchor.CLOSE:
                self.anchor = None  # the first day has another, and one anchor cannot say both
            start_words = match["start"]
            # A first day without a year is of the same year as the last.
            start = _day(start_words if re.search(r"\d{4}", start_words) else f"{start_words}, {end.year}")
            return self._ordered(start, end)
        if match := self._take(_SHORT_RANGE):
            month, year = match["month"], match["year"]
            return self._ordered(_day(f"{month} {match['start']}, {year}"), _day(f"{month} {match['end']}, {year}"))
        if match := self._take(_WEEK):
            day = _day(match["day"])
            if day.weekday() > 4:
                raise ValueError(f"{in_words(day)} is a {WEEKDAYS[day.weekday()]}: name a day from Monday to Friday")
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=4), match[0]
        if match := self._take(_ONE_DAY):
            day = _day(match[0])
            return day, day, ""
        return self._take_period()

    def _take_period(self) -> tuple[date, date, str] | None:
        if self.precision is Precision.NO_LATER_THAN and not self.before and self._take(_END_OF):
            if match := self._take(_BARE_YEAR):
                year = _year(match["year"])
                return date(year, 1, 1), date(year, 12, 31), match[0]
            return self._take_one_period()
        if match := self._take(_MONTH_OR_MONTH):
            first, last = _period(f"{match['first']} {match['year']}"), _period(match["last"])
            return self._adjoining(first, last, match[0])
        period = self._take_one_period()
        if period and (rest := re.match(r"or (?:in )?", self.rest, _FLAGS)):
            self.rest = self.rest[rest.end() :]
            second = self._take_one_period()
            if second is None:
                raise self._not_understood()
            return self._adjoining(period, second, f"{period[2]} or {second[2]}")
        return period

    def _take_one_period(self) -> tuple[date, date, str] | None:
        for pattern in _PERIODS:
            if match := self._take(pattern):
                return _period_of(match)
        return None

    def _adjoining(
        self, one: tuple[date, date, str], other: tuple[date, date, str], words: str
    ) -> tuple[date, date, str]:
        if other[0] != one[1] + timedelta(days=1):
            raise ValueError(f'"{words}" leaves a gap: name two periods of which one follows the other')
        return one[0], other[1], words

    def _ordered(self, start: date, end: date) -> tuple[date, date, str]:
        if end <= start:
            raise ValueError(f'"{self.words}" ends before it begins: write both years if it crosses a new year')
        return start, end, ""

    def _stated(self, first: date, last: date, window: str) -> When:
        several = first != last and not window
        precision, qualifier = Precision.EXACT, ""
        if window and not _MONTH_FIRST.match(window) and not window[:2].isupper():
            window = window[:1].lower() + window[1:]
        if self.precision is Precision.NO_EARLIER_THAN:
            last, precision, qualifier = first, self.precision, "no earlier than"
        elif self.before and not self.anchor and not self.clock:
            limit = window or f"{MONTHS[first.month - 1]} {first.day}"
            precision, qualifier = Precision.NO_LATER_THAN, f"before {limit}"
            first = last = first - timedelta(days=1)
        elif self.precision is Precision.NO_LATER_THAN:
            first, precision, qualifier = last, self.precision, "no later than"
        elif window:
            precision, qualifier = Precision.WINDOW, f"expected {window}"
        elif self.precision is Precision.APPROXIMATE:
            precision, qualifier = self.precision, _ON_OR_ABOUT
        elif self.expected:
            raise ValueError(
                f'"{self.words}" says that the day may move, but not how firm it is: '
                f'write "on or about {in_words(first)}"'
            )
        if several and self.precision in {Precision.NO_LATER_THAN, Precision.NO_EARLIER_THAN}:
            raise ValueError(f'"{self.words}" sets a limit with several days: name the one day that is the limit')
        clock, zone = self._instant(self.clock, first) if self.clock else (None, "")
        return Dated(
            words=self.words,
            first=first,
            last=last,
            precision=precision,
            qualifier=qualifier,
            anchor=self.anchor,
            clock=clock,
            zone=zone,
        )

    def _instant(self, clock: re.Match[str], day: date) -> tuple[datetime, str]:
        """The instant of a clock time on a day, in UTC, and its zone's name."""
        zone = _zone_name(clock["zone"])
        local = datetime.combine(day, _time(clock), tzinfo=_zone(zone))
        if local.utcoffset() != local.replace(fold=1).utcoffset():
            raise ValueError(f'"{self.words}": the clocks change at that time, so it is skipped or happens twice')
        return local.astimezone(UTC), zone

    def _tail_refused(self, tail: str, day: date) -> ValueError:
        if _SOFT.search(tail):
            return ValueError(f'"{tail}" says that the day may move: write "on or about {in_words(day)}"')
        return ValueError(
            f'"{tail}" is not part of a date: write the date alone, and what it depends on under "subject to"'
        )

    def _not_understood(self) -> ValueError:
        if _RELATIVE.search(self.words):
            return ValueError(
                f'"{self.words}" counts from another date, which calfeed does not work out yet: write the day itself'
            )
        if re.search(_DAY_WITHOUT_YEAR, self.rest, _FLAGS):
            return ValueError(f'"{self.words}" has no year: write for example "April 28, 2008"')
        return ValueError(f'"{self.words}" is not understood as a date: write for example {_EXAMPLES}')


def _plain_day(plain: re.Match[str]) -> date | None:
    """The day of a match of _PLAIN; None where its word is not a month."""
    month = _MONTH_NUMBERS.get(plain["month"])
    if month is None:
        return None
    year = _year(plain["year"])
    try:
        return date(year, month, int(plain["day"]))
    except ValueError:
        raise ValueError(f'there is no such day as "{plain[0].removeprefix("on or about ")}"') from None


def _year(text: str) -> int:
    if int(text) not in _YEARS:
        raise ValueError(f"the year {text} cannot be meant: write one from {_YEARS[0]} to {_YEARS[-1]}")
    return int(text)


def _day(words: str) -> date:
    """A complete day in words; a weekday printed beside it must match (it is a free check of the date)."""
    weekday = _WEEKDAY_FIRST.match(words)
    complete = words[weekday.end() :] if weekday else words
    plain = _PLAIN.fullmatch(complete)
    if plain is None or (day := _plain_day(plain)) is None:
        try:
            # ISO 8601 strictly: dateutil takes other orders of the numbers too.
            day = date.fromisoformat(complete) if complete[:4].isdigit() else parse_complete_date(complete).date()
        except ValueError:
            raise ValueError(f'there is no such day as "{complete}"') from None
        _year(str(day.year))
    if weekday and not WEEKDAYS[day.weekday()].lower().startswith(weekday[1].rstrip(".").lower()):
        raise ValueError(f"{in_words(day)} is a {WEEKDAYS[day.weekday()]}, not a {weekday[1].rstrip('.')}")
    return day


def _period(words: str) -> tuple[date, date, str]:
    match = _PERIODS[0].fullmatch(words)
    assert match is not None, words  # noqa: S101 -- the caller matched a month and a year
    return _period_of(match)


def _period_of(match: re.Match[str]) -> tuple[date, date, str]:
    """The first and the last day of a named period, and its words.

    Early, mid and late are of a month the 1st to 10th, 11th to 20th and 21st to the end, of a year January to April,
    May to August and September to December.
    """
    found = match.groupdict()
    start = date(_year(found["year"]), 1, 1)
    part = (found.get("part") or "").lower()
    if found.get("month"):
        start = start.replace(month=_BY_FIRST_LETTERS[found["month"][:3].lower()])
        end = start + relativedelta(day=31)
        first, last = {
            "early": (start, start + relativedelta(day=10)),
            "mid": (start + relativedelta(day=11), start + relativedelta(day=20)),
            "late": (start + relativedelta(day=21), end),
        }.get(part, (start, end))
        return first, last, match[0]
    if part:
        months, number = 4, ("early", "mid", "late").index(part) + 1
    elif quarter := found.get("quarter"):
        months, number = 3, _ORDINALS.get(quarter.lower()) or int(quarter)
    else:
        months, number = 6, _ORDINALS[found["half"].lower()]
    first = start + relativedelta(months=months * (number - 1))
    return first, first + relativedelta(months=months, days=-1), match[0]


def _time(clock: re.Match[str]) -> time:
    if clock["half"]:
        hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
        if not 1 <= hour <= 12:
            raise ValueError(f'"{clock[0].strip()}" is not a time of day')
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    elif clock["hour24"]:
        hour, minute = int(clock["hour24"]), int(clock["minute24"])
        if hour <= 12 and not (hour == 12 and minute == 0 and clock["noon"]):
            raise ValueError(f'"{clock["hour24"]}:{clock["minute24"]}" could be morning or afternoon: add a.m. or p.m.')
    else:
        hour, minute = 12, 0
    try:
        return time(hour, minute)
    except ValueError:
        raise ValueError(f'"{clock[0].strip()}" is not a time of day') from None


def _zone_name(words: str | None) -> str:
    if words is None:
        raise ValueError(f"the clock time has no zone: add {_ZONE_ADVICE}")
    if zone := _ZONES.get(words.lower()):
        return zone
    if words.lower() == "local":
        raise ValueError(f'"local time" does not say whose: write {_ZONE_ADVICE}')
    if words.upper() in {"MST", "MT", "MDT"}:
        raise ValueError(
            f'"{words}" is ambiguous, since Arizona keeps no daylight saving time: write Phoenix or Denver'
        )
    if words in _zone_names() and ("/" in words or words == "UTC"):
        return words
    raise ValueError(f'"{words}" is not a time zone calfeed knows: write {_ZONE_ADVICE}')


@cache
def _zone_names() -> frozenset[str]:
    return frozenset((files("tzdata") / "zones").read_text(encoding="utf-8").split())


@cache
def _zone(name: str) -> ZoneInfo:
    # From the tzdata package and never from the system, whose rules may differ from machine to machine.
    rules = files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    return ZoneInfo.from_file(BytesIO(rules), key=name)
