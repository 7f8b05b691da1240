"""A place in an object store where a site is published, and the lock there."""

import os
import socket
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread
from time import monotonic

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError, NotSupportedError, PreconditionError
from obstore.store import ObjectStore, from_url

from calfeed.publishing.places import LOCK, BuildError, Lock, Place

LOST_SECONDS = 60
"""A running build changes its lock more often than this. A lock that stays as it is for longer is abandoned."""
_RENEWAL_SECONDS = LOST_SECONDS / 4
_SCHEMES = ("s3", "gs", "az")


class Store(Place):
    """A place in an object store."""

    errors = (BaseError, OSError)

    def __init__(self, out: str) -> None:
        """Open a place by its address. Raises BuildError."""
        super().__init__(out)
        if (scheme := out.partition("://")[0]) not in _SCHEMES:
            raise BuildError(f'"{scheme}://" is not known: name a folder, or an address with s3://, gs:// or az://')
        with self.told(f"open {out}"):
            self._store = _opened(out)

    def locked(self) -> Lock:
        """A lock of the place, which another build may hold."""
        return _Lease(self._store)

    def sizes(self, names: Collection[str]) -> dict[str, int]:
        """The size in bytes of each of some objects that is there, by name, whoever put it there."""
        if not names:
            return {}
        with self.told(f"read {self.out}"):
            found = {each["path"]: each["size"] for chunk in obstore.list(self._store) for each in chunk}
        return {name: found[name] for name in names if name in found}

    def get(self, name: str) -> bytes | None:
        """The bytes of an object; None if there is none."""
        with self.told(f"read {name} in {self.out}"), suppress(NotFoundError, FileNotFoundError):
            return bytes(obstore.get(self._store, name).bytes())
        return None

    def put(self, name: str, body: bytes, attributes: Mapping[str, str]) -> None:
        """Write an object, as a whole or not at all."""
        self.refuse_another()
        with self.told(f"write {name} in {self.out}"):
            obstore.put(self._store, name, body, attributes=dict(attributes))

    def delete(self, names: Collection[str]) -> None:
        """Delete objects."""
        with self.told(f"delete objects in {self.out}"):
            obstore.delete(self._store, list(names))

    def clear_staged(self, names: Iterable[str]) -> None:
        """Do nothing: in a store no object is ever there in part."""


def _opened(out: str) -> ObjectStore:
    try:
        return from_url(out, retry_config={"max_retries": 5, "retry_timeout": timedelta(minutes=1)})
    except ValueError as error:
        raise BuildError(f"{out} is not an address: {error}") from None


class _Lease:
    """A lock in an object store: an object that its holder rewrites again and again.

    A lock that does not change for LOST_SECONDS belongs to a build that was killed, and is taken over. The times are
    those of this machine's monotonic clock, so machines whose clocks differ agree.
    """

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._ends = Event()
        self._number = 0
        self._tag = ""
        self.is_held = True
        try:
            self._put(None)
        except AlreadyExistsError:
            self.is_held = self._takes_over()
        except NotSupportedError:
            return  # this store cannot create an object only if it is new
        if self.is_held:
            Thread(target=self._renew, daemon=True).start()

    def release(self) -> None:
        """Delete the lock, if it is still this build's."""
        self._ends.set()
        if self.is_held:
            with suppress(NotFoundError):
                obstore.delete(self._store, LOCK)

    def _put(self, replaced: str | None) -> None:
        """Write the lock: a new one, or a replacement of the one with this ETag."""
        self._number += 1
        sign = f"{socket.gethostname()} {os.getpid()} {self._number}\n".encode()
        put = obstore.put(self._store, LOCK, sign, mode={"e_tag": replaced} if replaced else "create")
        self._tag = put["e_tag"] or ""

    def _takes_over(self) -> bool:
        """Watch the lock of another build; take it over if it does not change. Returns whether that happened."""
        found = self._look()
        end = monotonic() + (0 if _has_ended(found[1]) else LOST_SECONDS)
        while monotonic() < end:
            self._ends.wait(1)
            if self._look() != found:
                return False
        try:
            self._put(found[0])
        except (PreconditionError, NotFoundError):
            return False
        return True

    def _look(self) -> tuple[str, str]:
        found = obstore.get(self._store, LOCK)
        return found.meta["e_tag"] or "", bytes(found.bytes()).decode(errors="replace")

    def _renew(self) -> None:
        while not self._ends.wait(_RENEWAL_SECONDS):
            try:
                self._put(self._tag)
            except (PreconditionError, NotFoundError):
                self.is_held = False  # this process was stopped for so long that another build has taken over
            except BaseError:
                continue


def _has_ended(sign: str) -> bool:
    """Whether a lock belongs to a process of this machine that has ended."""
    host, _, rest = sign.partition(" ")
    number = rest.partition(" ")[0]
    if host != socket.gethostname() or not number.isdigit() or os.name != "posix":
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
