"""Feeds and events as RFC 5545 bytes.

Each event has lines of its own: they are written here, and not by icalendar, for the row "all feeds" of
`python -m tests.benchmarks`. Lines that many events or feeds share are written once.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from calfeed.feeds.events import Event
from calfeed.feeds.feeds import Feed
from calfeed.feeds.status import Status
from calfeed.formats.format import Format, Options

MOST_EVENTS = 1_000
MOST_OCTETS = 900_000
"""With MOST_EVENTS, what Google Calendar still takes in from one address."""
# 75 with the space that begins a continuation.
_LINE_OCTETS = 74
_ESCAPES = _BACKSLASH, _CARET = b"\\^"
_BEYOND_ASCII = 0x80

# Without a version: an upgrade must not change every feed's bytes.
_BEGIN = b"""\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//calfeed//Reorganization milestones//EN\r
CALSCALE:GREGORIAN\r
"""
_END = b"END:VCALENDAR\r\n"
# What a feed without events holds, since a calendar needs one component (RFC 5545 section 3.6).
_UTC_TIMEZONE = b"""\
BEGIN:VTIMEZONE\r
TZID:UTC\r
BEGIN:STANDARD\r
DTSTART:19700101T000000\r
TZOFFSETFROM:+0000\r
TZOFFSETTO:+0000\r
END:STANDARD\r
END:VTIMEZONE\r
"""


def vevent(event: Event, alarm: timedelta | None = None) -> bytes:
    """An event as a VEVENT (RFC 5545 section 3.6.1).

    With `alarm` it has a VALARM so long before its start, unless it is cancelled.
    """
    description = event.description
    stamp = _moment(event.stamp(description))
    return b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            _folded(b"UID:%b\r\n" % event.uid.encode()),  # made of ids, which need no escape
            b"DTSTAMP:%b\r\n" % stamp,
            _span(event.start, event.end),
            _line(b"SUMMARY", event.summary),
            _line(b"DESCRIPTION", description),
            _standing(event.kind.label, event.status),
            b"SEQUENCE:%d\r\nLAST-MODIFIED:%b\r\n" % (event.sequence, stamp),
            _url(event.url),
            _valarm(event.summary, alarm) if alarm and event.status is not Status.CANCELLED else b"",
            b"END:VEVENT\r\n",
        )
    )


def vcalendar(feed: Feed, most_events: int | None = None, encode: Callable[[Event], bytes] = vevent) -> bytes:
    """A feed as a VCALENDAR (RFC 5545 section 3.6, RFC 7986): `encode` makes an event's bytes.

    It holds at most `most_events` events, or without that number as many as Google takes; the oldest leave it first.
    """
    head = _head(feed)
    bodies = list(map(encode, feed.events[-(most_events or MOST_EVENTS) :]))
    if most_events is None:
        excess = len(head) + sum(map(len, bodies)) + len(_END) - MOST_OCTETS
        while excess > 0:
            excess -= len(bodies.pop(0))
    return b"".join((head, *(bodies or [_UTC_TIMEZONE]), _END))


def _render(feed: Feed, options: Options) -> bytes:
    alarm, encoded = options.alarm, options.encoded

    def kept(event: Event) -> bytes:
        found = encoded.get(event.uid)
        if found is None:
            found = encoded[event.uid] = vevent(event)
        return found

    encode = kept if alarm is None else lambda event: vevent(event, alarm.before)
    return vcalendar(feed, options.site.events_per_feed, encode)


FORMAT = Format(
    extension="ics",
    media_type="text/calendar; charset=utf-8",
    label="iCalendar",
    render=_render,
    alarms=True,
    is_limited=True,
)


def _head(feed: Feed) -> bytes:
    """A VCALENDAR's first lines. Outlook and Google do not know the names of RFC 7986, so two properties have two."""
    name, description = _text(feed.name), _text(feed.description)
    return b"".join(
        (
            _BEGIN,
            _folded(b"NAME:%b\r\n" % name),
            _folded(b"X-WR-CALNAME:%b\r\n" % name),
            _folded(b"DESCRIPTION:%b\r\n" % description),
            _folded(b"X-WR-CALDESC:%b\r\n" % description),
            _refresh(feed.refresh),
            b"COLOR:steelblue\r\nX-APPLE-CALENDAR-COLOR:#4682B4\r\n",
            _url(feed.url),
        )
    )


def _valarm(summary: str, before: timedelta) -> bytes:
    """RFC 5545 section 3.6.6."""
    return b"".join(
        (
            b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n",
            b"TRIGGER:-%b\r\n" % _duration(before),
            _line(b"DESCRIPTION", summary),
            b"END:VALARM\r\n",
        )
    )


# --- lines that many events or feeds share ---------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def _span(start: date, end: date) -> bytes:
    """DTSTART and DTEND. A DATE is never a property's usual type, so it is said (RFC 5545 section 3.8.2.4)."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return b"DTSTART:%b\r\nDTEND:%b\r\n" % (_moment(start), _moment(end))
    return b"DTSTART;VALUE=DATE:%b\r\nDTEND;VALUE=DATE:%b\r\n" % (_day(start), _day(end))


@lru_cache(maxsize=1_000)
def _standing(label: str, status: Status) -> bytes:
    return b"%bSTATUS:%b\r\nTRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n" % (
        _line(b"CATEGORIES", label),
        status.encode(),
    )


@lru_cache(maxsize=16)
def _refresh(every: timedelta) -> bytes:
    """RFC 7986 section 5.7 asks for the value's type."""
    return b"X-PUBLISHED-TTL:%b\r\nREFRESH-INTERVAL;VALUE=DURATION:%b\r\n" % (_duration(every), _duration(every))


@lru_cache(maxsize=1_000)
def _url(url: str) -> bytes:
    return _folded(b"URL:%b\r\n" % url.encode()) if url else b""


# --- values and lines ------------------------------------------------------------------------------------------------


def _day(day: date) -> bytes:
    """RFC 5545 section 3.3.4."""
    return b"%04d%02d%02d" % (day.year, day.month, day.day)


def _moment(moment: datetime) -> bytes:
    """RFC 5545 section 3.3.5: an instant in UTC."""
    return b"%bT%02d%02d%02dZ" % (_day(moment), moment.hour, moment.minute, moment.second)


def _duration(length: timedelta) -> bytes:
    """RFC 5545 section 3.3.6: days, hours and minutes."""
    hours, minutes = divmod(length.seconds // 60, 60)
    days = b"%dD" % length.days if length.days else b""
    time = b"".join(b"%d%b" % part for part in ((hours, b"H"), (minutes, b"M")) if part[0])
    return b"P%b%b%b" % (days, b"T" if time else b"", time)


def _text(text: str) -> bytes:
    """RFC 5545 section 3.3.11."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n").encode()


def _line(name: bytes, text: str) -> bytes:
    """The content line (RFC 5545 section 3.1) of a TEXT."""
    return _folded(b"%b:%b\r\n" % (name, _text(text)))


def _folded(line: bytes) -> bytes:
    """A content line with its CRLF, folded (RFC 5545 section 3.1) by octets: never within a character or an escape.

    icalendar folds between the two backslashes of an escaped one, which some parsers do not forgive.
    """
    last = len(line) - len(b"\r\n")
    if last <= _LINE_OCTETS:
        return line
    before_folds = line[_LINE_OCTETS - 1 : last - 1 : _LINE_OCTETS]
    if line.isascii() and b"\\" not in before_folds and b"^" not in before_folds:
        *starts, start = range(0, last, _LINE_OCTETS)
        return b"\r\n ".join([*[line[each : each + _LINE_OCTETS] for each in starts], line[start:]])
    pieces, start, end = [], 0, _LINE_OCTETS
    while end < last:
        if line[end] >= _BEYOND_ASCII or line[end - 1] in _ESCAPES:
            end = _fold(line, start, end)
        pieces.append(line[start:end])
        start, end = end, end + _LINE_OCTETS
    pieces.append(line[start:])
    return b"\r\n ".join(pieces)


def _fold(line: bytes, start: int, end: int) -> int:
    """Where to fold a line at or before `end`."""
    while line[end] & 0b1100_0000 == 0b1000_0000:  # within a UTF-8 character
        end -= 1
    if line[end - 1] == _BACKSLASH:
        escapes = line[start:end]
        end -= (len(escapes) - len(escapes.rstrip(b"\\"))) % 2
    elif line[end - 1] == _CARET:  # the escape of parameters (RFC 6868), kept together as icalendar does
        end -= 1
    return end
