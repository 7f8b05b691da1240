"""The bytes at an address and what must be said about them; and the place where those already made are kept."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

_MOST = 1_000
"""How many answers are kept: a crawler asks for all of them once."""
_MOST_OCTETS = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """RFC 9110's (section 3.2): bytes, their media type and, for what people download, the name of the file.

    A page also has `frame_ancestors`, the sites that may show it in a frame, as a Content-Security-Policy has them.
    """

    body: bytes
    media_type: str
    filename: str = ""
    frame_ancestors: str = ""

    @property
    def etag(self) -> str:
        """A strong validator (RFC 9110 section 8.8.3): the same bytes have the same, on every machine. Unquoted."""
        return sha256(self.body).hexdigest()[:32]

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it as a page of calfeed's."""
        return bool(self.frame_ancestors)


class Key(NamedTuple):
    """What a kept representation is of: the canonical address of a feed, or nothing, and which form of it."""

    address: str
    form: str


class Kept:
    """Representations that have been made, up to some number and size; when there are more, it begins anew."""

    def __init__(self) -> None:
        self._made: dict[Key, Representation] = {}
        self._octets = 0

    def once(self, key: Key, make: Callable[[], Representation]) -> Representation:
        """What is kept under a key, made now if it is not."""
        found = self._made.get(key)
        if found is None:
            found = make()
            self._keep(key, found)
        return found

    def without(self, addresses: Collection[str]) -> "Kept":
        """All but what is made of the feeds at some addresses."""
        later = Kept()
        for key, made in list(self._made.items()):  # another thread may be adding to it
            if key.address not in addresses:
                later._keep(key, made)
        return later

    def _keep(self, key: Key, made: Representation) -> None:
        size = len(made.body)
        if size > _MOST_OCTETS // 4:
            return  # it would drive out all others
        if len(self._made) >= _MOST or self._octets + size > _MOST_OCTETS:
            self._made.clear()
            self._octets = 0
        self._made[key] = made
        self._octets += size
