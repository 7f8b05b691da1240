"""Representations (bytes with their headers), and a cache of those already made."""

from collections.abc import Callable, Collection
from hashlib import sha256
from typing import NamedTuple, TypeAlias

_MOST = 1_000
"""How many answers are kept: a crawler asks for all of them once."""
MOST_OCTETS = 16_000_000
"""How many bytes are kept, for the row "memory of a worker": the server keeps answers too, large ones in files."""


class Representation(NamedTuple):  # a frozen dataclass takes longer to make: for the row "all feeds"
    """A representation as in RFC 9110 section 3.2: bytes and their media type.

    That of a feed also has the feed's `address` and the `extension` of its format. A page has `frame_ancestors`: the
    sites that may show it in a frame, as in a Content-Security-Policy.
    """

    body: bytes
    media_type: str
    address: str = ""
    extension: str = ""
    frame_ancestors: str = ""

    @property
    def filename(self) -> str:
        """The name of a file with a feed, for downloads; empty for what is no feed."""
        return f"{self.address.partition('?')[0].replace('/', '-')}.{self.extension}" if self.extension else ""

    @property
    def etag(self) -> str:
        """The strong ETag (RFC 9110 section 8.8.3), without quotes: a digest of the bytes, equal on every machine."""
        return sha256(self.body).hexdigest()[:32]

    @property
    def is_page(self) -> bool:
        """Whether it is an HTML page."""
        return bool(self.frame_ancestors)


Key: TypeAlias = tuple[str, str]
"""The key of a cached representation: the canonical address of a feed (or nothing), and the form."""


class Kept:
    """A cache of representations, limited in number and size; it is emptied when it is full."""

    def __init__(self, most_octets: int = MOST_OCTETS) -> None:
        self._most_octets = most_octets
        self._made: dict[Key, Representation] = {}
        self._octets = 0

    def once(self, key: Key, make: Callable[[], Representation]) -> Representation:
        """The representation with a key, made now if it is not in the cache."""
        return self.get(key) or self.keep(key, make())

    def get(self, key: Key) -> Representation | None:
        """The representation with a key, or None where it is not in the cache."""
        return self._made.get(key)

    def keep(self, key: Key, made: Representation) -> Representation:
        """Put a representation into the cache, if it has room for it, and return it."""
        size = len(made.body)
        if size > self._most_octets // 4:
            return made  # it would leave no room for the others
        if len(self._made) >= _MOST or self._octets + size > self._most_octets:
            self._made.clear()
            self._octets = 0
        self._made[key] = made
        self._octets += size
        return made

    def without(self, addresses: Collection[str]) -> "Kept":
        """A copy without the representations of the feeds at some addresses."""
        later = Kept(self._most_octets)
        for key, made in list(self._made.items()):  # another thread may be adding to it
            address, _ = key
            if address not in addresses:
                later.keep(key, made)
        return later
