"""Addresses to bytes: what calfeed answers at each path, the same bytes whoever asks, and from wherever.

A `Representation` is RFC 9110's (section 3.2): the bytes and what must be said about them.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from calfeed import ics, pages
from calfeed.catalog import Catalog
from calfeed.documents import DOCUMENTS, json_schema
from calfeed.feeds import Event, Feed, Feeds
from calfeed.kinds import KINDS, Kind, kind_at
from calfeed.problems import did_you_mean

# Nothing is kept from crawlers: some calendars refuse what robots.txt refuses, or where there is none.
_ROBOTS = b"User-agent: *\nAllow: /\n"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """The bytes at an address, their media type, and the name of a file they are saved under."""

    body: bytes
    media_type: str
    filename: str

    @property
    def etag(self) -> str:
        """A strong validator (RFC 9110 section 8.8.3): the same bytes have the same, on every machine. Unquoted."""
        return sha256(self.body).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reader asks for beside the path: the values of `kind`, `alarm` and `feed`, as given."""

    kinds: Sequence[str] = ()
    alarms: Sequence[str] = ()
    feeds: Sequence[str] = ()


class Resources:
    """All that a catalog has to show, made when it is first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.feeds = Feeds(catalog)
        self._vevents: dict[str, bytes] = {}
        self._calendars: dict[str, Representation] = {}

    def find(self, path: str, choice: Choice) -> Representation | None:
        """The representation at a path that begins with a slash, or None where there is none.

        Raises ValueError, with a message for the reader, for a choice that cannot be read.
        """
        if path == "/":
            return Representation(body=pages.index(self.feeds), media_type=pages.MEDIA_TYPE, filename="index.html")
        if path == "/robots.txt":
            return Representation(body=_ROBOTS, media_type="text/plain; charset=utf-8", filename="robots.txt")
        if path == "/selection.ics":
            return self._selection(choice)
        if path.startswith("/schema/") and path.endswith(".json"):
            return _schema(path.removeprefix("/schema/").removesuffix(".json"))
        if path.endswith(".ics"):
            address = self.feeds.canonical(path.removeprefix("/").removesuffix(".ics"))
            return self._calendar(address, choice) if address else None
        return None

    def _calendar(self, address: str, choice: Choice) -> Representation:
        filename = f"{address.replace('/', '-')}.ics"
        if choice.kinds or choice.alarms:
            return self._render(self.feeds.feed(address), choice, filename)
        if address not in self._calendars:
            self._calendars[address] = self._render(self.feeds.feed(address), choice, filename)
        return self._calendars[address]

    def _selection(self, choice: Choice) -> Representation | None:
        known = {name: self.feeds.canonical(name) for name in choice.feeds}
        chosen = [address for address in known.values() if address]
        if not chosen:
            return None
        # They came in with the request: nothing in them may be more than text.
        unknown = ("".join(filter(str.isprintable, name)) for name, address in known.items() if not address)
        return self._render(self.feeds.selection(chosen, unknown), choice, "selection.ics")

    def _render(self, feed: Feed, choice: Choice, filename: str) -> Representation:
        if choice.kinds:
            feed = feed.only([_kind(name) for name in choice.kinds])
        alarm = _alarm(choice.alarms)
        limit = self.catalog.site.events_per_feed
        encode = self._vevent if alarm is None else lambda event: ics.vevent(event, alarm)
        return Representation(body=ics.vcalendar(feed, limit, encode), media_type=ics.MEDIA_TYPE, filename=filename)

    def _vevent(self, event: Event) -> bytes:
        if event.uid not in self._vevents:
            self._vevents[event.uid] = ics.vevent(event)
        return self._vevents[event.uid]


def schema_bytes(name: str) -> bytes:
    """A document's JSON Schema as it is served and as it lies in static/."""
    return json.dumps(json_schema(name), indent=1).encode() + b"\n"


def _schema(name: str) -> Representation | None:
    if name not in DOCUMENTS:
        return None
    return Representation(body=schema_bytes(name), media_type="application/schema+json", filename=f"{name}.json")


def _kind(name: str) -> Kind:
    if kind := kind_at(name):
        return kind
    raise ValueError(f'unknown kind "{name}"{did_you_mean(name, (kind.slug for kind in KINDS))}')


def _alarm(values: Sequence[str]) -> timedelta | None:
    """How long before an event to sound an alarm: `7d`, `12h`, `30m` or `2w`."""
    if not values:
        return None
    match = re.fullmatch(r"([1-9][0-9]{0,2})([mhdw])", values[0])
    if match is None or len(values) > 1:
        raise ValueError('an alarm is one number of minutes, hours, days or weeks, such as "30m", "12h", "7d" or "2w"')
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
