"""What is, or was, published: of a data folder, a built one, a git revision, a served site or a downloaded feed."""

import os
import re
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from urllib.request import Request, urlopen

from calfeed.feeds.differences import Published, PublishedEvent, published
from calfeed.feeds.feeds import Feed, Feeds
from calfeed.formats.from_ics import from_ics
from calfeed.formats.from_json import from_json, published_in
from calfeed.model.catalog import Catalog
from calfeed.model.plans import Plan
from calfeed.reading.files import MOST_BYTES, SITE_FILE, Content, Unreadable, parts_of
from calfeed.reading.folder import load, read
from calfeed.reading.overlay import read_parts, read_whole
from calfeed.reading.presence import addresses_in
from calfeed.reading.problems import InvalidData

GIT = "git:"
"""What a place begins with that is a git revision."""
SECONDS = 60
"""How long git or a server may take to answer."""
_WHERE_GIT_IS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX"})
"""What git sets for its hooks, and what would have it take every folder for the top of the repository."""
_ALL = "all"
_CALENDAR = b"BEGIN:VCALENDAR"
_WEB = re.compile(r"(?:https?|webcal)://", re.IGNORECASE)


class UnreadablePlaceError(Exception):
    """What is published in a place cannot be told; the message says why, and what would help."""


@dataclass(frozen=True, slots=True)
class PlaceRead:
    """What a place publishes; `partial` where it holds only some events, as a feed of one portfolio does."""

    events: Published
    partial: bool = False


def read_place(place: str, folder: Path, *, confidential: bool = False) -> PlaceRead:
    """What is published in a place; with `confidential`, readers' part too.

    A place is a data folder, a folder that `build` made, `git:REVISION` (of the data folder `folder`), the address of a
    served site, or an .ics file. Raises UnreadablePlaceError, and InvalidData for a data folder with problems.
    """
    if place.startswith(GIT):
        return PlaceRead(_of_catalog(_catalog_at(place.removeprefix(GIT), folder, confidential=confidential)))
    path = Path(place)
    if (path / SITE_FILE).is_file():
        return PlaceRead(_of_catalog(read_whole(path).checked() if confidential else load(path)))
    if confidential:
        raise UnreadablePlaceError(
            f"{place} is neither a data folder nor {GIT}REVISION, and only these have both parts: leave out "
            "--confidential, or name one of them"
        )
    if _WEB.match(place):
        return _of_address(place)
    if path.is_dir():
        return _of_site(place, lambda name: _content(path / name))
    return PlaceRead(_of_calendar(_content(path), place), partial=True)


def differing(before: Catalog, after: Catalog) -> tuple[Published, Published]:
    """What each of two catalogs publishes of the plans in which they differ."""
    if (before.site.domain, before.site.url) != (after.site.domain, after.site.url):  # which every event has
        return _of_catalog(before), _of_catalog(after)
    old, new = ({plan.address: plan for plan in each.plans} for each in (before, after))
    gone = tuple(plan for address, plan in old.items() if new.get(address) != plan)
    come = tuple(plan for address, plan in new.items() if old.get(address) != plan)
    return _of_plans(before, gone), _of_plans(after, come)


def _of_plans(catalog: Catalog, plans: tuple[Plan, ...]) -> Published:
    """What a catalog publishes of some of its plans."""
    feeds = Feeds(replace(catalog, trusts=(), portfolios=(), plans=plans))  # to make feeds of others takes time
    return published(event for plan in plans for event in _of_feed(feeds.feed(plan.address)))


def _of_catalog(catalog: Catalog) -> Published:
    """What a catalog publishes."""
    return published(_of_feed(Feeds(catalog).feed(_ALL)))


def _of_feed(feed: Feed) -> Iterator[PublishedEvent]:
    stamps = {event.uid: event.stamp for event in feed.events}
    for event in published_in(feed):
        yield replace(event, stamp=stamps.get(event.uid, event.stamp))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = (
            f"{path} cannot be read: {error.strerror or error}; name a data folder, a built folder, an .ics file, "
            f"{GIT}REVISION or the address of a site"
        )
        raise UnreadablePlaceError(message) from None


def _of_site(place: str, content_of: Callable[[str], bytes]) -> PlaceRead:
    """What a built or served site publishes. Stamps are in its calendar alone, which may lack the oldest events."""
    events = _of_document(content_of(f"{_ALL}.json"), place)
    in_calendar = _of_calendar(content_of(f"{_ALL}.ics"), place)
    return PlaceRead({name: _with_stamp(each, in_calendar.get(name)) for name, each in events.items()})


def _with_stamp(event: PublishedEvent, in_calendar: PublishedEvent | None) -> PublishedEvent:
    """An event with the stamp that it has in the calendar, if that shows the same state of it.

    A site may change after its JSON was read and before its calendar is.
    """
    if in_calendar is None or (in_calendar.sequence, in_calendar.start) != (event.sequence, event.start):
        return event
    return replace(event, stamp=in_calendar.stamp)


def _of_document(content: bytes, place: str) -> Published:
    try:
        return published(from_json(content))
    except ValueError:
        raise UnreadablePlaceError(f"{place} was not built or served by this calfeed: build it again") from None


def _of_calendar(content: bytes, place: str) -> Published:
    try:
        if not content.lstrip(b"\xef\xbb\xbf").startswith(_CALENDAR):
            raise ValueError
        return published(from_ics(content))
    except ValueError:
        raise UnreadablePlaceError(f"{place} is no feed of calfeed: name the .ics file that you downloaded") from None


# --- git -------------------------------------------------------------------------------------------------------------


def _catalog_at(revision: str, folder: Path, *, confidential: bool) -> Catalog:
    """The catalog that a data folder held at a revision; with `confidential`, that of both parts."""
    place = f"{GIT}{revision}"
    if not folder.is_dir():
        raise UnreadablePlaceError(f"{folder} is not a folder: name the data folder too, as in {place} FOLDER")
    if revision.startswith("-") or not revision:
        raise UnreadablePlaceError(f"{place} names no revision: write {GIT}HEAD or {GIT}main")
    parts = parts_of(_files_at(revision, folder))
    try:
        if confidential:
            return read_parts(parts, folder).checked()
        return read(parts.public, folder=folder).checked().without(addresses_in(parts.confidential))
    except InvalidData as error:
        first, *others = error.problems
        more = f" and {len(others)} more" if others else ""
        raise UnreadablePlaceError(f"{place} has problems: {first}{more}; name a revision without any") from None


def _files_at(revision: str, folder: Path) -> dict[str, Content]:
    command = ["git", "-C", str(folder), "archive", "--format=tar", revision, "--", "."]
    environment = {name: value for name, value in os.environ.items() if name not in _WHERE_GIT_IS}
    try:
        archive = subprocess.run(  # noqa: S603 -- no shell
            command, capture_output=True, check=True, timeout=SECONDS, env=environment
        ).stdout
    except FileNotFoundError:
        raise UnreadablePlaceError(f"git is not installed, so {GIT}{revision} cannot be read") from None
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip().splitlines()
        told = reason[0].removeprefix("fatal: ") if reason else "git failed"
        if "untracked" in told or "not a git repository" in told:
            told = f"{folder} is not in git yet: commit it first"
        raise UnreadablePlaceError(f"{GIT}{revision} cannot be read: {told}") from None
    files: dict[str, Content] = {}
    with tarfile.open(fileobj=BytesIO(archive)) as members:
        for member in members:
            name = member.name.removeprefix("./")
            if _is_data(name) and member.isfile():
                content = members.extractfile(member)
                fits = member.size <= MOST_BYTES
                files[name] = content.read() if content and fits else Unreadable("the file is too large")
    return files


def _is_data(name: str) -> bool:
    """Whether a path in the data folder is that of a file that is read; what is hidden does not count."""
    return name.endswith((".yaml", ".yml")) and not any(part.startswith(".") for part in name.split("/"))


# --- the web ---------------------------------------------------------------------------------------------------------


def _of_address(address: str) -> PlaceRead:
    """What a site publishes, or one feed of it."""
    url = re.sub("^webcal", "https", address, flags=re.IGNORECASE)
    if url.partition("?")[0].endswith(".ics"):
        return PlaceRead(_of_calendar(_fetched(url), address), partial=True)
    return _of_site(address, lambda name: _fetched(f"{url.rstrip('/')}/{name}"))


def _fetched(url: str) -> bytes:
    request = Request(url, headers={"User-Agent": "calfeed"})  # noqa: S310 -- the caller saw http or https
    try:
        with urlopen(request, timeout=SECONDS) as response:  # noqa: S310 -- as above
            content: bytes = response.read()
            return content
    except (OSError, HTTPException, ValueError) as error:
        raise UnreadablePlaceError(f"{url} cannot be read: {_reason(error)}") from None


def _reason(error: Exception) -> object:
    """What the system says of an error, without the words of Python around it."""
    reason = getattr(error, "reason", error)  # of HTTPError it is the status in words
    return getattr(reason, "strerror", None) or reason
