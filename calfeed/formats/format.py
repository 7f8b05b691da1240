"""What a format is: the extension it has in addresses, what is said about its bytes, and how a feed becomes them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from calfeed.feeds.feeds import Feed
from calfeed.model.catalog import Site


class Alarm(NamedTuple):
    """How long before an event an alarm sounds, and the words in which it was asked for, such as `7d`."""

    words: str
    before: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a feed's bytes depend on beside the feed. `encoded` keeps events' bytes by UID from feed to feed."""

    site: Site
    alarm: Alarm | None = None
    encoded: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that every feed has.

    `label` is what pages call it; what has none is a part of pages and is not offered by itself. `needs_url` is for
    what can only be made where the site has a public address, `alarms` for what an alarm changes, `is_limited` for what
    never holds more than some number of milestones. `render` raises ValueError where a feed cannot be said in it.
    """

    extension: str
    media_type: str
    render: Callable[[Feed, Options], bytes]
    label: str = ""
    needs_url: bool = False
    alarms: bool = False
    is_limited: bool = False

    @property
    def type(self) -> str:
        """The media type without its parameters, as links give it."""
        return self.media_type.partition(";")[0]
