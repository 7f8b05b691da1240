"""Where a site is published: a folder or a place in an object store, and the objects in it."""

import os
import re
import socket
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import IO

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError, NotSupportedError, PreconditionError
from obstore.store import LocalStore, ObjectStore, from_url

LOCK = "calfeed-build.lock"
"""The object that shows that a build is running in a store."""
LOST_SECONDS = 60
"""A running build changes its lock more often than this. A lock that stays as it is for longer is abandoned."""
_RENEWAL_SECONDS = LOST_SECONDS / 4
_ENDING_SECONDS = 5
"""So long the processes of a build that was killed may take to end. They write, and so they hold its lock."""
_STAGED = "#1"
"""What the name of a file ends in until it is whole."""
_SCHEMES = ("s3", "gs", "az")


class BuildError(Exception):
    """The site cannot be built there. The message says why, and what would help."""


class Place:
    """A folder or a place in an object store. `out` is the folder's path, or an address with s3://, gs:// or az://.

    All methods raise BuildError if the place refuses what they do.
    """

    def __init__(self, out: str, data: Path) -> None:
        """Open a place. A folder is made if it is missing. It must not be inside the data folder, nor contain it."""
        self.out = out
        self.folder = None if "://" in out else Path(out)
        """The folder; None for an object store."""
        if self.folder is not None:
            _check_folder(self.folder, data)
        elif (scheme := out.partition("://")[0]) not in _SCHEMES:
            raise BuildError(f'"{scheme}://" is not known: name a folder, or an address with s3://, gs:// or az://')
        with _told(f"open {out}"):
            self._store = self._opened()
        self._lock: _FolderLock | _Lease = _FolderLock(None)

    def _opened(self) -> ObjectStore:
        if self.folder is not None:
            return LocalStore(self.folder, mkdir=True, automatic_cleanup=True)
        try:
            return from_url(self.out, retry_config={"max_retries": 5, "retry_timeout": timedelta(minutes=1)})
        except ValueError as error:
            raise BuildError(f"{self.out} is not an address: {error}") from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other builds out of the place meanwhile. The lock of a build that was killed is ignored."""
        with _told(f"lock {self.out}"):
            self._lock = _locked(self.folder) if self.folder else _Lease(self._store)
        self._refuse_another()
        try:
            yield
        finally:
            with _told(f"unlock {self.out}"):
                self._lock.release()

    def _refuse_another(self) -> None:
        if not self._lock.is_held:
            raise BuildError(f"another build is at work in {self.out}: let it end, then build again")

    def sizes(self, names: Collection[str]) -> dict[str, int]:
        """The size in bytes of each of some objects that is there, by name, whoever put it there."""
        if not names:
            return {}
        with _told(f"read {self.out}"):
            if self.folder:
                return _sizes_in(self.folder, names)
            found = {each["path"]: each["size"] for chunk in obstore.list(self._store) for each in chunk}
            return {name: found[name] for name in names if name in found}

    def get(self, name: str) -> bytes | None:
        """The bytes of an object; None if there is none."""
        with _told(f"read {name} in {self.out}"), suppress(NotFoundError, FileNotFoundError):
            if self.folder:
                return (self.folder / name).read_bytes()
            return bytes(obstore.get(self._store, name).bytes())
        return None

    def put(self, name: str, body: bytes, attributes: Mapping[str, str]) -> None:
        """Write an object, as a whole or not at all. A folder does not keep the attributes."""
        self._refuse_another()
        if self.folder:
            write(self.folder, name, body)
            return
        with _told(f"write {name} in {self.out}"):
            obstore.put(self._store, name, body, attributes=dict(attributes))

    def delete(self, names: Collection[str]) -> None:
        """Delete objects."""
        with _told(f"delete objects in {self.out}"):
            obstore.delete(self._store, list(names))

    def clear_staged(self, names: Iterable[str]) -> None:
        """Delete what a killed build left incomplete beside the files of some objects."""
        if self.folder is None:
            return
        for name in names:
            with _told(f"delete {name}{_STAGED} in {self.out}"), suppress(FileNotFoundError, NotADirectoryError):
                (self.folder / f"{name}{_STAGED}").unlink()


def _sizes_in(folder: Path, names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    if not os.listdir(folder):  # noqa: PTH208 -- a new folder has nothing, which is to be known at once
        return found
    for name in names:
        try:
            found[name] = os.lstat(f"{folder}/{name}").st_size
        except (FileNotFoundError, NotADirectoryError):
            continue
    return found


def write(folder: Path, name: str, body: bytes) -> None:
    """Write an object of a folder: nobody ever reads a part of it. Raises BuildError."""
    # Strings, since to make a Path takes as long as to make the file: for the row "a full build" of
    # `python -m tests.benchmarks`.
    path = f"{folder}/{name}"
    staged = f"{path}{_STAGED}"
    try:
        with _new_file(staged) as file:
            file.write(body)
        os.replace(staged, path)  # noqa: PTH105
    except OSError as error:
        raise _refusal(f"write {name} in {folder}", error) from None


def _new_file(path: str) -> IO[bytes]:
    """A new file, and its folder if that is new too."""
    try:
        return open(path, "xb")  # noqa: PTH123
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        return open(path, "xb")  # noqa: PTH123


@contextmanager
def _told(doing: str) -> Iterator[None]:
    """Turn an error of a store or a file system into a BuildError with one message."""
    try:
        yield
    except (BaseError, OSError) as error:
        raise _refusal(doing, error) from None


def _refusal(doing: str, error: Exception) -> BuildError:
    """What to say of an error of a store or a file system."""
    reason = str(error).partition("\n\nDebug source")[0]
    stated = re.search(r"<Message>\s*([^<\n]+)", reason)
    reason = stated[1] if stated else re.sub(r"^Generic \w+ error: ", "", reason)
    return BuildError(
        f"cannot {doing}: {' '.join(reason.split()).rstrip('.')}; once this is mended, build again: that is safe"
    )


def _check_folder(folder: Path, data: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise BuildError(f"{folder} is a file: name a folder")
    inside, around = folder.resolve(), data.resolve()
    if inside.is_relative_to(around) or around.is_relative_to(inside):
        raise BuildError(f"{folder} and the data in {data} must not lie inside each other: name another folder")


# --- one build at a time ---------------------------------------------------------------------------------------------


class _FolderLock:
    """A lock that the system releases when the process ends, however it ends."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    @property
    def is_held(self) -> bool:
        return self._descriptor is not None

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)


def _locked(folder: Path) -> _FolderLock:
    if os.name != "posix":
        # A file that Windows deletes when its process ends.
        try:
            return _FolderLock(os.open(folder / LOCK, os.O_CREAT | os.O_EXCL | getattr(os, "O_TEMPORARY", 0)))
        except FileExistsError:
            return _FolderLock(None)
    descriptor = os.open(folder, os.O_RDONLY)
    end = monotonic() + _ENDING_SECONDS
    while not _is_locked(descriptor):
        if monotonic() > end:
            os.close(descriptor)
            return _FolderLock(None)
        sleep(0.05)
    return _FolderLock(descriptor)


def _is_locked(descriptor: int) -> bool:
    """Try to lock a folder. Returns False if another build holds it."""
    fcntl = import_module("fcntl")  # which Windows lacks
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass  # a file system without locks
    return True


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
