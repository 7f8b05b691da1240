"""Feeds and events to RFC 5545 bytes. icalendar encodes every value; order and folding are ours."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, partial
from typing import Any

from icalendar import vDDDTypes, vDuration, vText, vUri
from icalendar.parser import Parameters

from calfeed.feeds import Event, Feed, Status

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


def _midnight(day: date) -> vDDDTypes:
    return vDDDTypes(datetime.combine(day, time(), tzinfo=UTC))


# The value types of the properties that are not TEXT (RFC 5545 section 3.8, RFC 7986 section 5).
_TYPES: dict[str, Callable[..., Any]] = {
    "DTSTAMP": _midnight,
    "DTSTART": vDDDTypes,
    "DTEND": vDDDTypes,
    "LAST-MODIFIED": _midnight,
    "TRIGGER": vDuration,
    "REFRESH-INTERVAL": partial(vDuration, params={"VALUE": "DURATION"}),
    "X-PUBLISHED-TTL": vDuration,
    "URL": vUri,
}


def vevent(event: Event, alarm: timedelta | None = None) -> bytes:
    """An event as a VEVENT (RFC 5545 section 3.6.1), with a VALARM so long before its start if that is asked for."""
    return b"".join(_vevent(event, alarm))


def _vevent(event: Event, alarm: timedelta | None) -> Iterator[bytes]:
    yield _often("BEGIN", "VEVENT")
    yield _line("UID", event.uid)
    yield _often("DTSTAMP", event.revised)
    yield _often("DTSTART", event.start)
    yield _often("DTEND", event.end)
    yield _line("SUMMARY", event.summary)
    yield _line("DESCRIPTION", event.description)
    yield _often("CATEGORIES", event.kind.label)
    yield _often("STATUS", event.status.value)
    yield _often("TRANSP", "TRANSPARENT")
    yield _often("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    yield _often("SEQUENCE", str(event.sequence))
    yield _often("LAST-MODIFIED", event.revised)
    if event.url:
        yield _often("URL", event.url)
    if alarm is not None and event.status is not Status.CANCELLED:
        # RFC 5545 section 3.6.6.
        yield _often("BEGIN", "VALARM")
        yield _often("ACTION", "DISPLAY")
        yield _often("TRIGGER", -alarm)
        yield _line("DESCRIPTION", event.summary)
        yield _often("END", "VALARM")
    yield _often("END", "VEVENT")


def vcalendar(feed: Feed, most_events: int | None = None, encode: Callable[[Event], bytes] = vevent) -> bytes:
    """A feed as a VCALENDAR (RFC 5545 section 3.6, RFC 7986): `encode` makes an event's bytes.

    It holds at most `most_events` events, or without that number as many as Google takes; the oldest leave it first.
    """
    head, end = b"".join(_head(feed)), _often("END", "VCALENDAR")
    newest_first = []
    octets = len(head) + len(end)
    for event in reversed(feed.events[-(most_events or MOST_EVENTS) :]):
        body = encode(event)
        octets += len(body)
        if most_events is None and octets > MOST_OCTETS:
            break
        newest_first.append(body)
    return head + (b"".join(reversed(newest_first)) or b"".join(_utc())) + end


def _head(feed: Feed) -> Iterator[bytes]:
    yield _often("BEGIN", "VCALENDAR")
    yield _often("VERSION", "2.0")
    yield _often("PRODID", _PRODID)
    yield _often("CALSCALE", "GREGORIAN")
    # Each twice: RFC 7986 for the standard, X-WR- for Outlook and Google.
    yield _line("NAME", feed.name)
    yield _line("X-WR-CALNAME", feed.name)
    yield _line("DESCRIPTION", feed.description)
    yield _line("X-WR-CALDESC", feed.description)
    yield _often("X-PUBLISHED-TTL", feed.refresh)
    yield _often("REFRESH-INTERVAL", feed.refresh)
    yield _often("COLOR", _COLOR)
    yield _often("X-APPLE-CALENDAR-COLOR", _APPLE_COLOR)
    if feed.url:
        yield _line("URL", feed.url)


def _utc() -> Iterator[bytes]:
    """The VTIMEZONE of a feed without events, since a calendar needs one component (RFC 5545 section 3.6)."""
    yield _often("BEGIN", "VTIMEZONE")
    yield _often("TZID", "UTC")
    yield _often("BEGIN", "STANDARD")
    yield _often("DTSTART", datetime(1970, 1, 1))  # noqa: DTZ001 -- a local time, as RFC 5545 section 3.6.5 has it
    yield _often("TZOFFSETFROM", "+0000")
    yield _often("TZOFFSETTO", "+0000")
    yield _often("END", "STANDARD")
    yield _often("END", "VTIMEZONE")


def _line(name: str, value: str | date | timedelta) -> bytes:
    """A content line (RFC 5545 section 3.1)."""
    typed = _TYPES.get(name, _Text)(value)
    parameters = b";" + typed.params.to_ical() if typed.params else b""
    return _folded(b"%b%b:%b\r\n" % (name.encode(), parameters, typed.to_ical()))


_often = lru_cache(maxsize=65_536)(_line)
"""The same, kept for the next event: most lines of a feed stand in many events."""


def _folded(line: bytes) -> bytes:
    """A content line with its CRLF, folded (RFC 5545 section 3.1) by octets: never within a character or an escape.

    icalendar folds between the two backslashes of an escaped one, which some parsers do not forgive.
    """
    pieces = []
    while len(line) - len(b"\r\n") > _LINE_OCTETS:
        end = _LINE_OCTETS
        while line[end] & 0b1100_0000 == 0b1000_0000:  # within a UTF-8 character
            end -= 1
        if line[end - 1] == _BACKSLASH:
            end -= (end - len(line[:end].rstrip(b"\\"))) % 2
        elif line[end - 1] == _CARET:  # the escape of parameters (RFC 6868), kept together as icalendar does
            end -= 1
        pieces.append(line[:end])
        line = line[end:]
    return b"\r\n ".join([*pieces, line]) if pieces else line
