"""Feeds and events to RFC 5545 bytes. icalendar encodes every value; order and folding are ours."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from icalendar import vDate, vDatetime, vDuration, vText, vUri
from icalendar.parser import Parameters

from calfeed.feeds.events import Event
from calfeed.feeds.feeds import Feed
from calfeed.feeds.status import Status

MEDIA_TYPE = "text/calendar; charset=utf-8"
MOST_EVENTS = 1_000
MOST_OCTETS = 900_000
"""With MOST_EVENTS, what Google Calendar still takes in from one address."""
# Without a version: an upgrade must not change every feed's bytes.
_PRODID = "-//calfeed//Reorganization milestones//EN"
# 75 with the space that begins a continuation.
_LINE_OCTETS = 74
_BACKSLASH, _CARET = b"\\^"
_COLOR, _APPLE_COLOR = "steelblue", "#4682B4"


class _Text(vText):
    """TEXT (RFC 5545 section 3.3.11) as it was given: icalendar alone reads a backslash before N as a line break.

    It has no parameters, and so need not make new ones each time.
    """

    params = Parameters()
    encoding = "utf-8"

    def __new__(cls, text: str) -> "_Text":
        return str.__new__(cls, text)

    def to_ical(self) -> bytes:
        if "\\N" in self:
            return b"\\\\N".join(vText(part).to_ical() for part in self.split("\\N"))
        return vText.to_ical(self)


def vevent(event: Event, alarm: timedelta | None = None) -> bytes:
    """An event as a VEVENT (RFC 5545 section 3.6.1), with a VALARM so long before its start if that is asked for."""
    revised = _midnight(event.revised)
    return b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            _text(b"UID", event.uid),
            b"DTSTAMP%bDTSTART%bDTEND%b" % (revised, _moment(event.start), _moment(event.end)),
            _text(b"SUMMARY", event.summary),
            _text(b"DESCRIPTION", event.description),
            _standing(event.kind.label, event.status.value),
            _sequence(event.sequence),
            b"LAST-MODIFIED%b" % revised,
            _url(event.url),
            b"" if alarm is None or event.status is Status.CANCELLED else _valarm(event, alarm),
            b"END:VEVENT\r\n",
        )
    )


def _valarm(event: Event, alarm: timedelta) -> bytes:
    """RFC 5545 section 3.6.6."""
    return b"".join(
        (
            b"BEGIN:VALARM\r\n",
            _text(b"ACTION", "DISPLAY"),
            _line(b"TRIGGER", vDuration(-alarm)),
            _text(b"DESCRIPTION", event.summary),
            b"END:VALARM\r\n",
        )
    )


@lru_cache(maxsize=256)
def _standing(label: str, status: str) -> bytes:
    """The lines that all events of a kind and a status share."""
    return b"".join(
        (
            _text(b"CATEGORIES", label),
            _text(b"STATUS", status),
            _text(b"TRANSP", "TRANSPARENT"),
            _text(b"X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
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
    return b"".join((head, *(bodies or [_utc()]), _END))


_END = b"END:VCALENDAR\r\n"


def _head(feed: Feed) -> bytes:
    name, description = _Text(feed.name).to_ical(), _Text(feed.description).to_ical()
    return b"".join(
        (
            _BEGINNING,
            # Each twice: RFC 7986 for the standard, X-WR- for Outlook and Google.
            _folded(b"NAME:%b\r\n" % name),
            _folded(b"X-WR-CALNAME:%b\r\n" % name),
            _folded(b"DESCRIPTION:%b\r\n" % description),
            _folded(b"X-WR-CALDESC:%b\r\n" % description),
            _looks(feed.refresh),
            _url(feed.url),
        )
    )


@lru_cache(maxsize=16)
def _looks(refresh: timedelta) -> bytes:
    """The lines that all feeds of a site share."""
    return b"".join(
        (
            _line(b"X-PUBLISHED-TTL", vDuration(refresh)),
            _line(b"REFRESH-INTERVAL", vDuration(refresh, params={"VALUE": "DURATION"})),
            _text(b"COLOR", _COLOR),
            _text(b"X-APPLE-CALENDAR-COLOR", _APPLE_COLOR),
        )
    )


def _utc() -> bytes:
    """The VTIMEZONE of a feed without events, since a calendar needs one component (RFC 5545 section 3.6)."""
    return b"".join(
        (
            b"BEGIN:VTIMEZONE\r\n",
            _text(b"TZID", "UTC"),
            b"BEGIN:STANDARD\r\n",
            _line(b"DTSTART", vDatetime(datetime(1970, 1, 1))),  # noqa: DTZ001 -- local, as RFC 5545 section 3.6.5 has it
            _text(b"TZOFFSETFROM", "+0000"),
            _text(b"TZOFFSETTO", "+0000"),
            b"END:STANDARD\r\nEND:VTIMEZONE\r\n",
        )
    )


def _text(name: bytes, text: str) -> bytes:
    """A content line (RFC 5545 section 3.1) whose value is TEXT."""
    return _folded(b"%b:%b\r\n" % (name, _Text(text).to_ical()))


def _line(name: bytes, value: Any) -> bytes:
    """A content line with a value of another of icalendar's types, and the parameters that it gives it."""
    return _folded(name + _behind_name(value))


def _behind_name(value: Any) -> bytes:
    parameters = b";" + value.params.to_ical() if value.params else b""
    return b"%b:%b\r\n" % (parameters, value.to_ical())


@lru_cache(maxsize=1_024)
def _url(url: str) -> bytes:
    """The line with a URL; nothing without one."""
    return _line(b"URL", vUri(url)) if url else b""


@lru_cache(maxsize=256)
def _sequence(number: int) -> bytes:
    return _text(b"SEQUENCE", str(number))


_IS_DATE = Parameters({"VALUE": "DATE"}).to_ical()


@lru_cache(maxsize=20_000)
def _moment(day: date) -> bytes:
    if isinstance(day, datetime):
        return _behind_name(vDatetime(day))
    value: Any = vDate(day)
    return b";%b:%b\r\n" % (_IS_DATE, value.to_ical())


@lru_cache(maxsize=10_000)
def _midnight(day: date) -> bytes:
    return _behind_name(vDatetime(datetime.combine(day, time(), tzinfo=UTC)))


def _folded(line: bytes) -> bytes:
    """A content line with its CRLF, folded (RFC 5545 section 3.1) by octets: never within a character or an escape.

    icalendar folds between the two backslashes of an escaped one, which some parsers do not forgive.
    """
    pieces, start = [], 0
    while (end := start + _LINE_OCTETS) < len(line) - len(b"\r\n"):
        while line[end] & 0b1100_0000 == 0b1000_0000:  # within a UTF-8 character
            end -= 1
        if line[end - 1] == _BACKSLASH:
            escapes = line[start:end]
            end -= (len(escapes) - len(escapes.rstrip(b"\\"))) % 2
        elif line[end - 1] == _CARET:  # the escape of parameters (RFC 6868), kept together as icalendar does
            end -= 1
        pieces.append(line[start:end])
        start = end
    return b"\r\n ".join([*pieces, line[start:]]) if pieces else line


_BEGINNING = b"BEGIN:VCALENDAR\r\n" + b"".join(
    (_text(b"VERSION", "2.0"), _text(b"PRODID", _PRODID), _text(b"CALSCALE", "GREGORIAN"))
)
