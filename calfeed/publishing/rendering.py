"""Renders the objects of a site."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.publishing.manifest import Entry, entry_of
from calfeed.publishing.places import write

CACHE_CONTROL = "public, max-age=300"


class Wanted(NamedTuple):
    """An object to render: its name, its path in `serve`, its feed's address, and its entry in the manifest."""

    name: str
    path: str
    made_of: str
    known: Entry | None


class Rendered(NamedTuple):
    """A rendered object. The body is None if there is nothing more to write: it is the same as before, or written."""

    name: str
    entry: Entry
    media_type: str
    is_new: bool
    body: bytes | None

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes that an object store keeps with it."""
        return {"Content-Type": self.media_type, "Cache-Control": CACHE_CONTROL}


def rendered(resources: Resources, wanted: Iterable[Wanted], folder: Path | None) -> Iterator[Rendered]:
    """Render objects, and write them to the folder, if there is one. Raises BuildError if this fails."""
    for each in wanted:
        found = resources.find(each.path, Choice())
        if found is None:
            raise LookupError(each.path)  # which is a path of these resources
        entry = entry_of(found.body, found.media_type, CACHE_CONTROL)
        is_new = entry != each.known
        if is_new and folder:
            write(folder, each.name, found.body)
        yield Rendered(each.name, entry, found.media_type, is_new, found.body if is_new and not folder else None)
