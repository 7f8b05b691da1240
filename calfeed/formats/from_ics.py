"""What a feed's .ics file says, read back by icalendar."""

from typing import Any

from icalendar import Calendar

from calfeed.feeds.differences import PublishedEvent


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
