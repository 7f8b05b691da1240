"""The same events written by other libraries, each in the way that its documentation shows.

Peers are imported by name when they are asked for: they are no dependencies of the tests.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from importlib import import_module
from io import BytesIO

import yaml
from icalendar import Calendar, vDuration, vText
from icalendar import Event as VEvent

from calfeed.feeds.events import Event
from calfeed.feeds.feeds import Feed


def by_icalendar(feed: Feed) -> bytes:
    """The feed by icalendar alone, as a view that builds its calendar for each request does it."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//peer//Reorganization milestones//EN")
    calendar.add("calscale", "GREGORIAN")
    for name, value in (("name", feed.name), ("x-wr-calname", feed.name)):
        calendar.add(name, vText(value))
    for name, value in (("description", feed.description), ("x-wr-caldesc", feed.description)):
        calendar.add(name, vText(value))
    calendar.add("x-published-ttl", vDuration(feed.refresh))
    calendar.add("refresh-interval", vDuration(feed.refresh), parameters={"VALUE": "DURATION"})
    calendar.add("color", "steelblue")
    calendar.add("x-apple-calendar-color", "#4682B4")
    for event in feed.events:
        component = VEvent()
        stamp = event.stamp
        component.add("uid", event.uid)
        component.add("dtstamp", stamp)
        component.add("dtstart", event.start)
        component.add("dtend", event.end)
        component.add("summary", event.summary)
        component.add("description", event.description)
        component.add("categories", [event.kind.label])
        component.add("status", event.status.value)
        component.add("transp", "TRANSPARENT")
        component.add("x-microsoft-cdo-busystatus", "FREE")
        component.add("sequence", event.sequence)
        component.add("last-modified", stamp)
        if event.url:
            component.add("url", event.url)
        calendar.add_component(component)
    made: bytes = calendar.to_ical()
    return made


def by_ical(feed: Feed) -> bytes:
    """The feed by `ical`, the library of Home Assistant."""
    event_class = import_module("ical.event").Event
    calendar = import_module("ical.calendar").Calendar()
    for event in feed.events:
        calendar.events.append(
            event_class(
                uid=event.uid,
                dtstamp=_stamp(event),
                dtstart=event.start,
                dtend=event.end,
                summary=event.summary,
                description=event.description,
                categories=[event.kind.label],
                status=event.status.value,
                transparency="TRANSPARENT",
                sequence=event.sequence,
                last_modified=_stamp(event),
                **({"url": event.url} if event.url else {}),
            )
        )
    text: str = import_module("ical.calendar_stream").IcsCalendarStream.calendar_to_ics(calendar)
    return text.encode()


def by_ics(feed: Feed) -> bytes:
    """The feed by `ics`, which has no SEQUENCE of its own."""
    ics = import_module("ics")
    calendar = ics.Calendar()
    # A set until 0.7, a list from 0.8, which comes with yaml2ics.
    take_in = calendar.events.add if isinstance(calendar.events, set) else calendar.events.append
    for event in feed.events:
        timed = isinstance(event.start, datetime)
        made = ics.Event(
            event.summary,
            event.start,
            event.end if timed else None,
            uid=event.uid,
            description=event.description,
            categories={event.kind.label},
            status=event.status.value,
            transparent=True,
            last_modified=_stamp(event),
            url=event.url or None,
        )
        if not timed:
            made.make_all_day()
        take_in(made)
    text: str = calendar.serialize()
    return text.encode()


def by_django_ical(feed: Feed) -> bytes:
    """The feed by django-ical."""
    settings = import_module("django.conf").settings
    if not settings.configured:
        settings.configure(USE_TZ=True)
    made = import_module("django_ical.feedgenerator").ICal20Feed(
        title=feed.name, link="https://calendars.example.com/", description=feed.description
    )
    for event in feed.events:
        made.add_item(
            unique_id=event.uid,
            title=event.summary,
            link=event.url or "https://calendars.example.com/",
            description=event.description,
            start_datetime=event.start,
            end_datetime=event.end,
            updateddate=_stamp(event),
            timestamp=_stamp(event),
            categories=[event.kind.label],
            status=event.status.value,
            transparency="TRANSPARENT",
            sequence=event.sequence,
        )
    out = BytesIO()
    made.write(out, "utf-8")
    return out.getvalue()


LIBRARIES: Mapping[str, Callable[[Feed], bytes]] = {
    "icalendar": by_icalendar,
    "ical": by_ical,
    "ics": by_ics,
    "django-ical": by_django_ical,
}


def yaml2ics_document(feed: Feed) -> str:
    """The feed's events as yaml2ics wants them written; an event of whole days has one day there."""
    document = {"name": feed.name, "events": list(_yaml2ics_events(feed.events))}
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


class _Dumper(yaml.CSafeDumper):
    """Texts of several lines as people write them."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _yaml2ics_events(events: Iterable[Event]) -> Iterable[dict[str, object]]:
    for event in events:
        entry: dict[str, object] = {
            "uid": event.uid,
            "summary": event.summary,
            "description": event.description,
            "begin": _naive(event.start),
            "categories": [event.kind.label],
            "status": event.status.value,
            "transparent": True,
            "last_modified": _naive(_stamp(event)),
            "ics": f"SEQUENCE:{event.sequence}\nX-MICROSOFT-CDO-BUSYSTATUS:FREE",
        }
        if isinstance(event.start, datetime):
            entry["end"] = _naive(event.end)
        if event.url:
            entry["url"] = event.url
        yield entry


def _naive(day: date) -> date:
    return day.replace(tzinfo=None) if isinstance(day, datetime) else day


def _stamp(event: Event) -> datetime:
    return event.stamp
