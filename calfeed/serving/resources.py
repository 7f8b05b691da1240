"""Addresses to bytes: what calfeed answers at each path, the same bytes whoever asks, and from wherever.

A `Representation` is RFC 9110's (section 3.2): the bytes and what must be said about them.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from operator import is_
from pathlib import Path
from threading import Lock

from calfeed.feeds.events import Event
from calfeed.feeds.feeds import Feed, Feeds
from calfeed.formats import atom, ics, pages, subscribing
from calfeed.formats import csv as csv_format
from calfeed.formats import json as json_format
from calfeed.formats.pages import Pages
from calfeed.model import naming
from calfeed.model.catalog import Catalog
from calfeed.model.kinds import KINDS, Kind, kind_at
from calfeed.reading.documents import DOCUMENTS, json_schema
from calfeed.reading.suggestions import did_you_mean

# Nothing is kept from crawlers: some calendars refuse what robots.txt refuses, or where there is none.
_ROBOTS = b"User-agent: *\nAllow: /\n"
_PLAIN_TEXT = "text/plain; charset=utf-8"
_FORMATS = {
    "ics": ics.MEDIA_TYPE,
    "json": json_format.JSON_TYPE,
    "csv": csv_format.CSV_TYPE,
    "atom": atom.ATOM_TYPE,
    "svg": "image/svg+xml",
}
_LOOKS = ("agenda", "timeline")
_STATIC_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": json_format.JSON_TYPE,
    ".svg": "image/svg+xml",
}
_INSIDE, _BESIDE = (Path(__file__).parents[up] / "static" for up in (1, 2))
STATIC = _INSIDE if _INSIDE.is_dir() else _BESIDE
"""The folder of what browsers load: inside an installed package, or beside it in a checkout."""
_SHOWN = 60
"""How many characters of an unknown word an answer repeats."""
_MOST_UNKNOWN = 20
"""How many unknown feeds an answer names."""
_DEEPEST = 20
"""How many slashes a path may have for a page to say that there is nothing: it links upwards as often."""
_MOST_MADE = 1_000
"""How many answers are kept: a crawler asks for all of them once."""
_MOST_MADE_OCTETS = 50_000_000
_MANY_ENTRIES = 2_000
_LARGE = Lock()
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """The bytes at an address, their media type and, for what people download, the name of the file.

    `frame_ancestors` are the sites that may show it in a frame, as a Content-Security-Policy has them.
    """

    body: bytes
    media_type: str
    filename: str = ""
    frame_ancestors: str = "'none'"

    @property
    def etag(self) -> str:
        """A strong validator (RFC 9110 section 8.8.3): the same bytes have the same, on every machine. Unquoted."""
        return sha256(self.body).hexdigest()[:32]


class ChoiceError(ValueError):
    """What a reader asked for cannot be read; the message says what could be."""


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
        self._pages = Pages(catalog, self.feeds)
        self._vevents: dict[str, bytes] = {}
        self._made: dict[tuple[str, str], Representation] = {}
        self._made_octets = 0
        self._static = dict(_static_files())
        self._events: int | None = None

    def updated(self, catalog: Catalog) -> "Resources":
        """What a later catalog has to show. What an edit did not touch is not made again; these stay as they are."""
        before = self.catalog
        if not all(
            map(
                _are,
                ([before.site], before.trusts, before.portfolios),
                ([catalog.site], catalog.trusts, catalog.portfolios),
            )
        ):
            return Resources(catalog)
        later = copy(self)
        later.catalog = catalog
        later.feeds, edit = self.feeds.updated(catalog)
        later._pages = Pages(catalog, later.feeds)
        later._events = None
        later._made = {key: made for key, made in list(self._made.items()) if key[0] not in edit.touched}
        later._made_octets = sum(len(made.body) for made in later._made.values())
        later._vevents = dict(self._vevents)
        for plan in edit.gone:
            for reorganization in plan.reorganizations:
                for milestone in reorganization.milestones:
                    uid = naming.uid(reorganization.key, milestone.slug, catalog.site.domain)
                    later._vevents.pop(uid, None)
        return later

    def find(self, path: str, choice: Choice) -> Representation | None:
        """The representation at a path that begins with a slash, or None where there is none.

        Raises ChoiceError, with a message for the reader, for a choice that cannot be read.
        """
        name, _, extension = path.removeprefix("/").rpartition(".")
        # A picture of an address needs one that the reader's phone can reach.
        if extension in _FORMATS and (extension != "svg" or self.catalog.site.url):
            if name == "selection":
                return self._selection(extension, choice)
            if address := self.feeds.canonical(name):
                _alarm(choice.alarms)  # even where it makes no difference, what cannot be read is said
                if choice.kinds or (choice.alarms and extension in {"ics", "svg"}):
                    return self._render(self.feeds.feed(address), extension, choice)
                # Another name's address has the same bytes, made once.
                return self._once(address, extension, lambda: self._feed(address, extension))
        if path.endswith("/"):
            return self._page(path)
        return self._file(path)

    @property
    def events(self) -> int:
        """How many events there are."""
        if self._events is None:
            self._events = self.feeds.size("all")
        return self._events

    def paths(self) -> Iterator[str]:
        """Every path where there is something, each once; the first page, which leads to all others, is the last.

        Not those that only a running server can answer: /health, and what depends on a choice.
        """
        yield from sorted(self._static)
        yield from ("/robots.txt", "/search.json", *(f"/schema/{name}.json" for name in DOCUMENTS))
        extensions = [extension for extension in _FORMATS if extension != "svg" or self.catalog.site.url]
        for address in self.feeds.all_addresses:
            yield from (f"/{address}.{extension}" for extension in extensions)
            yield f"/{address}/"
            yield from (f"/embed/{look}/{address}/" for look in _LOOKS)
        yield "/"

    def missing(self, path: str) -> Representation:
        """What to say at a path where there is nothing: a page, or for a program one line of text."""
        if path.rpartition(".")[2] in {*_FORMATS, "txt", "js", "css"} or path.count("/") > _DEEPEST:
            return Representation(body=b"There is no such feed here.\n", media_type=_PLAIN_TEXT)
        return _page(self._pages.missing(path))

    def _once(self, address: str, form: str, make: Callable[[], Representation]) -> Representation:
        """What is made of the feed at an address, or of no feed where that is empty; kept for the next who asks."""
        key = (address, form)
        found = self._made.get(key)
        if found is None:
            found = make()
            if len(found.body) > _MOST_MADE_OCTETS // 4:
                return found  # it would drive out all others
            self._made_octets += len(found.body)
            if len(self._made) >= _MOST_MADE or self._made_octets > _MOST_MADE_OCTETS:
                self._made.clear()
                self._made_octets = len(found.body)
            self._made[key] = found
        return found

    def _feed(self, address: str, extension: str) -> Representation:
        return self._render(self.feeds.feed(address), extension, Choice())

    def _selection(self, extension: str, choice: Choice) -> Representation | None:
        known = {name: self.feeds.canonical(name) for name in choice.feeds}
        chosen = [address for address in known.values() if address]
        if not chosen:
            return None
        # They came in with the request: nothing in them may be more than text, nor much of it.
        unknown = sorted("".join(filter(str.isprintable, name))[:_SHOWN] for name, at in known.items() if not at)
        return self._render(self.feeds.selection(chosen, unknown[:_MOST_UNKNOWN]), extension, choice)

    def _render(self, feed: Feed, extension: str, choice: Choice) -> Representation:
        if choice.kinds:
            feed = feed.only([_kind(name) for name in choice.kinds])
        # A document of many entries takes a lot of room while it is made: one at a time.
        with _LARGE if len(feed.entries) > _MANY_ENTRIES and extension != "ics" else nullcontext():
            return self._rendered(feed, extension, choice)

    def _rendered(self, feed: Feed, extension: str, choice: Choice) -> Representation:
        alarm = _alarm(choice.alarms)
        media_type = _FORMATS[extension]
        if extension == "json":
            body = json_format.to_json(feed)
        elif extension == "csv":
            body = csv_format.to_csv(feed)
        elif extension == "atom":
            body = atom.to_atom(feed, self.catalog.site.domain)
        elif extension == "svg":
            body = self._qr_code(feed, choice)
        else:
            encode = self._vevent if alarm is None else lambda event: ics.vevent(event, alarm)
            body = ics.vcalendar(feed, self.catalog.site.events_per_feed, encode)
        filename = f"{feed.address.partition('?')[0].replace('/', '-')}.{extension}"
        return Representation(body=body, media_type=media_type, filename=filename)

    def _qr_code(self, feed: Feed, choice: Choice) -> bytes:
        at, _, query = feed.address.partition("?")
        query = "&".join(filter(None, [query, *(f"alarm={alarm}" for alarm in choice.alarms)]))
        try:
            return subscribing.qr_code(f"{self.catalog.site.url}/{at}.ics{'?' if query else ''}{query}")
        except ValueError:
            raise ChoiceError("this is too much for a QR code: choose less") from None

    def _page(self, path: str) -> Representation | None:
        name = path[1:-1]
        if path == "/":
            return self._once("all", "index", lambda: _page(self._pages.index()))
        if page_of := self.feeds.canonical(name):
            return self._once(page_of, "page", lambda: _page(self._pages.feed(page_of)))
        embed, _, rest = name.partition("/")
        look, _, name = rest.partition("/")
        if embed == "embed" and look in _LOOKS and (address := self.feeds.canonical(name)):
            ancestors = " ".join(self.catalog.site.embed_on) or "'none'"
            return self._once(address, look, lambda: _page(self._pages.embed(look, address), ancestors))
        return None

    def _file(self, path: str) -> Representation | None:
        folder, _, filename = path.removeprefix("/").rpartition("/")
        stem, _, extension = filename.rpartition(".")
        if path == "/robots.txt":
            return Representation(body=_ROBOTS, media_type=_PLAIN_TEXT)
        if path == "/search.json":
            return self._once("", path, lambda: _data(self._pages.search()))
        if folder == "schema" and extension == "json" and stem in DOCUMENTS:
            return self._once("", path, lambda: _data(schema_bytes(stem), "application/schema+json"))
        return self._static.get(path)

    def _vevent(self, event: Event) -> bytes:
        found = self._vevents.get(event.uid)
        if found is None:
            found = self._vevents[event.uid] = ics.vevent(event)
        return found


def schema_bytes(name: str) -> bytes:
    """A document's JSON Schema as it is served and as it lies in static/."""
    return json.dumps(json_schema(name), indent=1).encode() + b"\n"


def _static_files() -> Iterator[tuple[str, Representation]]:
    """What browsers load, by path."""
    for path in STATIC.rglob("*"):
        if path.suffix in _STATIC_TYPES:
            yield f"/static/{path.relative_to(STATIC).as_posix()}", _data(path.read_bytes(), _STATIC_TYPES[path.suffix])


def _are(some: Sequence[object], others: Sequence[object]) -> bool:
    """Whether two sequences hold the very same objects."""
    return len(some) == len(others) and all(map(is_, some, others))


def _page(body: bytes, frame_ancestors: str = "'none'") -> Representation:
    return Representation(body=body, media_type=pages.MEDIA_TYPE, frame_ancestors=frame_ancestors)


def _data(body: bytes, media_type: str = json_format.JSON_TYPE) -> Representation:
    return Representation(body=body, media_type=media_type)


def _kind(name: str) -> Kind:
    if kind := kind_at(name):
        return kind
    shown = name[:_SHOWN]
    raise ChoiceError(f'unknown kind "{shown}"{did_you_mean(shown, (kind.slug for kind in KINDS))}')


def _alarm(values: Sequence[str]) -> timedelta | None:
    """How long before an event to sound an alarm: `7d`, `12h`, `30m` or `2w`."""
    if not values:
        return None
    match = re.fullmatch(r"([1-9][0-9]{0,2})([mhdw])", values[0])
    if match is None or len(values) > 1:
        raise ChoiceError('an alarm is one number of minutes, hours, days or weeks, such as "30m", "12h", "7d" or "2w"')
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
