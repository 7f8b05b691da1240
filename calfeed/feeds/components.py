"""Feeds and events as components of properties, in the words of RFC 5545 and RFC 7986: for every calendar format.

No format is in it: a TEXT is not yet escaped, a DATE is a `date`, a DATE-TIME an aware `datetime` in UTC.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from calfeed.feeds.events import Event
from calfeed.feeds.feeds import Feed
from calfeed.feeds.status import Status

# Without a version: an upgrade must not change every feed's bytes.
_PRODID = "-//calfeed//Reorganization milestones//EN"


ValueType: TypeAlias = Literal["TEXT", "DATE", "DATE-TIME", "DURATION", "INTEGER", "URI", "UTC-OFFSET"]
"""The types of values that calfeed uses (RFC 5545 section 3.3). Texts, since an enum's hash is slow."""


class Property(NamedTuple):
    """A property's name, its value and the value's type; an offset from UTC is a `timedelta`, as a duration is."""

    name: str
    value: str | int | date | timedelta
    type: ValueType = "TEXT"


class Component(NamedTuple):
    """A component (RFC 5545 section 3.6): its name, its properties in order, and the components in it."""

    name: str
    properties: tuple[Property, ...]
    components: "tuple[Component, ...]" = ()


def vevent(event: Event, alarm: timedelta | None = None) -> Component:
    """An event (RFC 5545 section 3.6.1); with `alarm` it has a VALARM so long before its start, unless cancelled."""
    description = event.description
    stamp = event.stamp(description)
    properties = (
        Property("UID", event.uid),
        Property("DTSTAMP", stamp, "DATE-TIME"),
        _moment("DTSTART", event.start),
        _moment("DTEND", event.end),
        Property("SUMMARY", event.summary),
        Property("DESCRIPTION", description),
        *_standing(event.kind.label, event.status.value),
        _sequence(event.sequence),
        Property("LAST-MODIFIED", stamp, "DATE-TIME"),
        *_url(event.url),
    )
    if alarm is None or event.status is Status.CANCELLED:
        return Component("VEVENT", properties)
    return Component("VEVENT", properties, (_valarm(event, alarm),))


def vcalendar(feed: Feed) -> Component:
    """A feed (RFC 5545 section 3.6, RFC 7986) without its events."""
    return Component(
        "VCALENDAR",
        (
            *_OF_ALL_FEEDS,
            Property("NAME", feed.name),
            Property("DESCRIPTION", feed.description),
            *_of_site(feed.refresh),
            *_url(feed.url),
        ),
    )


def _valarm(event: Event, alarm: timedelta) -> Component:
    """RFC 5545 section 3.6.6."""
    return Component(
        "VALARM",
        (
            Property("ACTION", "DISPLAY"),
            Property("TRIGGER", -alarm, "DURATION"),
            Property("DESCRIPTION", event.summary),
        ),
    )


# Many feeds or events share these: they are made once.

_OF_ALL_FEEDS = (Property("VERSION", "2.0"), Property("PRODID", _PRODID), Property("CALSCALE", "GREGORIAN"))


@lru_cache(maxsize=16)
def _of_site(refresh: timedelta) -> tuple[Property, ...]:
    return (
        Property("X-PUBLISHED-TTL", refresh, "DURATION"),
        Property("REFRESH-INTERVAL", refresh, "DURATION"),
        Property("COLOR", "steelblue"),
        Property("X-APPLE-CALENDAR-COLOR", "#4682B4"),
    )


@lru_cache(maxsize=20_000)
def _moment(name: str, moment: date) -> Property:
    return Property(name, moment, "DATE-TIME" if isinstance(moment, datetime) else "DATE")


@lru_cache(maxsize=256)
def _standing(label: str, status: str) -> tuple[Property, ...]:
    return (
        Property("CATEGORIES", label),
        Property("STATUS", status),
        Property("TRANSP", "TRANSPARENT"),
        Property("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
    )


@lru_cache(maxsize=256)
def _sequence(number: int) -> Property:
    return Property("SEQUENCE", number, "INTEGER")


@lru_cache(maxsize=1_024)
def _url(url: str) -> tuple[Property, ...]:
    return (Property("URL", url, "URI"),) if url else ()


UTC_TIMEZONE = Component(
    "VTIMEZONE",
    (Property("TZID", "UTC"),),
    (
        Component(
            "STANDARD",
            (
                # Local, as RFC 5545 section 3.6.5 has it.
                Property("DTSTART", datetime(1970, 1, 1), "DATE-TIME"),  # noqa: DTZ001 -- local time
                Property("TZOFFSETFROM", timedelta(), "UTC-OFFSET"),
                Property("TZOFFSETTO", timedelta(), "UTC-OFFSET"),
            ),
        ),
    ),
)
"""What a feed without events holds, since a calendar needs one component (RFC 5545 section 3.6)."""
