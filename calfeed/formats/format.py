"""What a format is: its extension in addresses, its media type, and how it renders a feed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple, TypeAlias

from calfeed.feeds.feeds import Feed
from calfeed.model.catalog import Site

Octets: TypeAlias = bytes | memoryview
"""Bytes, or a view of some bytes of a document, which takes no time to copy them."""


class Alarm(NamedTuple):
    """How long before an event an alarm sounds, and the words in which it was asked for, such as `7d`."""

    words: str
    before: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a feed's bytes depend on, apart from the feed.

    For other feeds, `documents` keeps the bytes of milestones and reorganizations as JSON, and `rows` those of
    milestones in a spreadsheet. `earlier` are parts of documents that were made before, by the extension of their
    format and the UID: those that would be the same again.
    """

    site: Site
    alarm: Alarm | None = None
    documents: dict[str, bytes] = field(default_factory=dict)
    rows: dict[str, bytes] = field(default_factory=dict)
    earlier: dict[str, dict[str, Octets]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that every feed has.

    `label` is what pages call it; pages offer no link to a format without one. `needs_url` says that only a site with a
    public address has it, `alarms` that an alarm changes its bytes, and `is_limited` that it never holds more than a
    fixed number of milestones. `render` raises ValueError for a feed that the format cannot hold. `parts` takes such a
    document apart again, where it consists of parts: it returns what the document says of milestones, which is the same
    in every feed, by their UIDs. It may leave some out.
    """

    extension: str
    media_type: str
    render: Callable[[Feed, Options], bytes]
    label: str = ""
    needs_url: bool = False
    alarms: bool = False
    is_limited: bool = False
    parts: Callable[[bytes], dict[str, Octets]] | None = None

    @property
    def type(self) -> str:
        """The media type without its parameters, as links give it."""
        return self.media_type.partition(";")[0]
