"""Feeds and events to RFC 5545 bytes, and back.

icalendar encodes durations and offsets, and reads feeds back. The other types of values, of which each event has its
own, are encoded here: that is 20 times as fast, for the row "all feeds" of `python -m tests.benchmarks`.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from icalendar import Calendar, vDuration, vUTCOffset

from calfeed.feeds import components
from calfeed.feeds.components import UTC_TIMEZONE, Component, Property, ValueType
from calfeed.feeds.differences import PublishedEvent
from calfeed.feeds.events import Event
from calfeed.feeds.feeds import Feed
from calfeed.formats.format import Format, Options

MOST_EVENTS = 1_000
MOST_OCTETS = 900_000
"""With MOST_EVENTS, what Google Calendar still takes in from one address."""
# 75 with the space that begins a continuation.
_LINE_OCTETS = 74
_ESCAPES = _BACKSLASH, _CARET = b"\\^"
_BEYOND_ASCII = 0x80
# What every event has of its own; the other lines are shared by many, and are encoded once.
_OWN = frozenset({"UID", "DTSTAMP", "SUMMARY", "DESCRIPTION", "LAST-MODIFIED"})
# What a calendar says once more, for Outlook and Google, which do not know RFC 7986.
_SAID_AGAIN = {"NAME": b"X-WR-CALNAME", "DESCRIPTION": b"X-WR-CALDESC"}


def _text(text: str) -> bytes:
    """RFC 5545 section 3.3.11."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n").encode()


def _day(day: date) -> bytes:
    """RFC 5545 section 3.3.4."""
    return b"%04d%02d%02d" % (day.year, day.month, day.day)


def _moment(moment: datetime) -> bytes:
    """RFC 5545 section 3.3.5: in UTC, or local where it has no zone."""
    zone = b"Z" if moment.tzinfo else b""
    return b"%bT%02d%02d%02d%b" % (_day(moment), moment.hour, moment.minute, moment.second, zone)


_VALUES: dict[ValueType, Callable[[Any], bytes]] = {
    "TEXT": _text,
    "DATE": _day,
    "DATE-TIME": _moment,
    "DURATION": lambda duration: vDuration(duration).to_ical(),  # type: ignore[no-untyped-call]
    "INTEGER": lambda number: b"%d" % number,
    "URI": str.encode,
    "UTC-OFFSET": lambda offset: vUTCOffset(offset).to_ical().encode(),
}
# Where a type must be said: a DATE is never a property's usual type here, and RFC 7986 section 5.7 asks for the other.
_SAYS_TYPE: frozenset[tuple[str, ValueType]] = frozenset(
    {("DTSTART", "DATE"), ("DTEND", "DATE"), ("REFRESH-INTERVAL", "DURATION")}
)


def vevent(event: Event, alarm: timedelta | None = None) -> bytes:
    """An event as a VEVENT (RFC 5545 section 3.6.1), with a VALARM so long before its start if that is asked for."""
    return _written(components.vevent(event, alarm))


def vcalendar(feed: Feed, most_events: int | None = None, encode: Callable[[Event], bytes] = vevent) -> bytes:
    """A feed as a VCALENDAR (RFC 5545 section 3.6, RFC 7986): `encode` makes an event's bytes.

    It holds at most `most_events` events, or without that number as many as Google takes; the oldest leave it first.
    """
    head, end = _head(components.vcalendar(feed)), _end("VCALENDAR")
    bodies = list(map(encode, feed.events[-(most_events or MOST_EVENTS) :]))
    if most_events is None:
        excess = len(head) + sum(map(len, bodies)) + len(end) - MOST_OCTETS
        while excess > 0:
            excess -= len(bodies.pop(0))
    return b"".join((head, *(bodies or [_written(UTC_TIMEZONE)]), end))


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


def _head(calendar: Component) -> bytes:
    """A VCALENDAR's first lines."""
    lines = [_begin(calendar.name)]
    for each in calendar.properties:
        if again := _SAID_AGAIN.get(each.name):
            text = _text(str(each.value))
            lines += _folded(b"%b:%b\r\n" % (each.name.encode(), text)), _folded(b"%b:%b\r\n" % (again, text))
        else:
            lines.append(_shared_line(each))
    return b"".join(lines)


def _written(component: Component) -> bytes:
    name, properties, inner = component
    lines = [_own_line(each) if each[0] in _OWN else _shared_line(each) for each in properties]
    return b"".join([_begin(name), *lines, *map(_written, inner), _end(name)])


@cache
def _begin(name: str) -> bytes:
    return b"BEGIN:%b\r\n" % name.encode()


@cache
def _end(name: str) -> bytes:
    return b"END:%b\r\n" % name.encode()


def _own_line(each: Property) -> bytes:
    """The content line (RFC 5545 section 3.1) of a property."""
    says_type = b";VALUE=%b" % each.type.encode() if (each.name, each.type) in _SAYS_TYPE else b""
    return _folded(b"%b%b:%b\r\n" % (each.name.encode(), says_type, _VALUES[each.type](each.value)))


_shared_line = lru_cache(maxsize=50_000)(_own_line)


def _folded(line: bytes) -> bytes:
    """A content line with its CRLF, folded (RFC 5545 section 3.1) by octets: never within a character or an escape.

    icalendar folds between the two backslashes of an escaped one, which some parsers do not forgive.
    """
    last = len(line) - len(b"\r\n")
    if last <= _LINE_OCTETS:
        return line
    if line.isascii() and b"\\" not in line and b"^" not in line:
        *starts, start = range(0, last, _LINE_OCTETS)
        return b"\r\n ".join([*(line[each : each + _LINE_OCTETS] for each in starts), line[start:]])
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


# --- back ------------------------------------------------------------------------------------------------------------


def from_ics(calendar: bytes) -> list[PublishedEvent]:
    """What a feed's .ics file says of each of its events. Raises ValueError for what is no calendar."""
    try:
        return [_published(event) for event in Calendar.from_ical(calendar).walk("VEVENT")]
    except (LookupError, AttributeError, TypeError) as error:
        raise ValueError(f"this is no feed of calfeed: {error}") from None


def _published(event: Any) -> PublishedEvent:
    return PublishedEvent(
        uid=str(event["UID"]),
        summary=str(event["SUMMARY"]),
        start=event.decoded("DTSTART"),
        end=event.decoded("DTEND"),
        standing=str(event["STATUS"]).lower(),
        sequence=int(event.decoded("SEQUENCE")),
        stamp=event.decoded("DTSTAMP"),
        facts={"description": str(event.get("DESCRIPTION", ""))},
    )
