"""Feeds and events to RFC 5545 bytes. icalendar encodes every value; order and folding are ours."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from icalendar import (
    Alarm,
    Calendar,
    Component,
    Timezone,
    TimezoneStandard,
    vCategory,
    vDDDTypes,
    vDuration,
    vText,
    vUri,
)
from icalendar import Event as VEvent

from calfeed.feeds import Event, Feed, Status

MEDIA_TYPE = "text/calendar; charset=utf-8"
MOST_EVENTS = 1_000
MOST_OCTETS = 900_000
"""With MOST_EVENTS, what Google Calendar still takes in from one address."""

# Without a version: an upgrade must not change every feed's bytes.
_PRODID = "-//calfeed//Reorganization milestones//EN"
# 75 with the space that begins a continuation.
_LINE_OCTETS = 74
_COLOR, _APPLE_COLOR = "steelblue", "#4682B4"


class _Text(vText):
    """TEXT (RFC 5545 section 3.3.11) as it was given: icalendar alone reads a backslash before N as a line break."""

    def to_ical(self) -> bytes:
        return b"\\\\N".join(vText(part).to_ical() for part in self.split("\\N"))


def vevent(event: Event, alarm: timedelta | None = None) -> bytes:
    """An event as a VEVENT (RFC 5545 section 3.6.1), with a VALARM so long before its start if that is asked for."""
    component = VEvent()
    revised = datetime.combine(event.revised, time(), tzinfo=UTC)
    component["UID"] = _Text(event.uid)
    component["DTSTAMP"] = vDDDTypes(revised)
    component["DTSTART"] = vDDDTypes(event.start)
    component["DTEND"] = vDDDTypes(event.end)
    component["SUMMARY"] = _Text(event.summary)
    component["DESCRIPTION"] = _Text(event.description)
    component["CATEGORIES"] = vCategory([_Text(event.kind.label)])
    component["STATUS"] = _Text(event.status)
    component["TRANSP"] = _Text("TRANSPARENT")
    component["X-MICROSOFT-CDO-BUSYSTATUS"] = _Text("FREE")
    component["SEQUENCE"] = _Text(str(event.sequence))
    component["LAST-MODIFIED"] = vDDDTypes(revised)
    if event.url:
        component["URL"] = vUri(event.url)
    if alarm is not None and event.status is not Status.CANCELLED:
        component.add_component(_valarm(event, alarm))
    return _encode(component)


def vcalendar(feed: Feed, most_events: int | None = None, encode: Callable[[Event], bytes] = vevent) -> bytes:
    """A feed as a VCALENDAR (RFC 5545 section 3.6, RFC 7986): `encode` makes an event's bytes.

    It holds at most `most_events` events, or without that number as many as Google takes; the oldest leave it first.
    """
    frame = _encode(_frame(feed))
    newest_first = []
    octets = len(frame)
    for event in reversed(feed.events[-(most_events or MOST_EVENTS) :]):
        body = encode(event)
        octets += len(body)
        if most_events is None and octets > MOST_OCTETS:
            break
        newest_first.append(body)
    end = b"END:VCALENDAR\r\n"
    return frame.removesuffix(end) + (b"".join(reversed(newest_first)) or _encode(_utc())) + end


def _frame(feed: Feed) -> Calendar:
    calendar = Calendar()
    calendar["VERSION"] = _Text("2.0")
    calendar["PRODID"] = _Text(_PRODID)
    calendar["CALSCALE"] = _Text("GREGORIAN")
    # Each twice: RFC 7986 for the standard, X-WR- for Outlook and Google.
    calendar["NAME"] = calendar["X-WR-CALNAME"] = _Text(feed.name)
    calendar["DESCRIPTION"] = calendar["X-WR-CALDESC"] = _Text(feed.description)
    refresh = vDuration(feed.refresh)
    calendar["X-PUBLISHED-TTL"] = refresh
    calendar["REFRESH-INTERVAL"] = vDuration(feed.refresh, params={"VALUE": "DURATION"})
    calendar["COLOR"] = _Text(_COLOR)
    calendar["X-APPLE-CALENDAR-COLOR"] = _Text(_APPLE_COLOR)
    if feed.url:
        calendar["URL"] = vUri(feed.url)
    return calendar


def _utc() -> Timezone:
    """What a feed without events holds, since a calendar needs one component (RFC 5545 section 3.6)."""
    zone = Timezone()
    zone["TZID"] = _Text("UTC")
    standard = TimezoneStandard()
    standard["DTSTART"] = vDDDTypes(datetime(1970, 1, 1))  # noqa: DTZ001 -- a local time, as RFC 5545 section 3.6.5 has it
    standard["TZOFFSETFROM"] = standard["TZOFFSETTO"] = _Text("+0000")
    zone.add_component(standard)
    return zone


def _valarm(event: Event, before: timedelta) -> Alarm:
    """RFC 5545 section 3.6.6."""
    alarm = Alarm()
    alarm["ACTION"] = _Text("DISPLAY")
    alarm["TRIGGER"] = vDuration(-before)
    alarm["DESCRIPTION"] = _Text(event.summary)
    return alarm


def _encode(component: Component) -> bytes:
    return b"".join(_folded(line) for line in component.content_lines(sorted=False) if line)


def _folded(line: str) -> bytes:
    """A content line, folded (RFC 5545 section 3.1) by octets: never within a character nor within an escape.

    icalendar folds between the two backslashes of an escaped one, which some parsers do not forgive.
    """
    octets = line.encode()
    pieces = []
    while len(octets) > _LINE_OCTETS:
        end = _LINE_OCTETS
        while octets[end] & 0b1100_0000 == 0b1000_0000:  # within a UTF-8 character
            end -= 1
        before = octets[:end]
        if (len(before) - len(before.rstrip(b"\\"))) % 2:
            end -= 1
        pieces.append(octets[:end])
        octets = octets[end:]
    return b"\r\n ".join([*pieces, octets]) + b"\r\n"
