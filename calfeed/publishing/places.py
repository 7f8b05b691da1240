"""Where a site is published: a folder, or a place in an object store."""

import errno
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from time import monotonic, sleep
from typing import IO, Protocol

from calfeed.reading.files import CONFIDENTIAL

LOCK = "calfeed-build.lock"
"""The object that shows that a build is running in a store; on Windows, the file that does so in a folder."""
_ENDING_SECONDS = 5
"""So long the processes of a build that was killed may take to end. They write, and so they hold its lock."""
_STAGED = "#1"
"""What the name of a file ends in until it is whole."""


class BuildError(Exception):
    """The site cannot be built there. The message says why, and what would help."""


class Lock(Protocol):
    """What keeps other builds out of a place."""

    @property
    def is_held(self) -> bool:
        """Whether it does so, still."""

    def release(self) -> None:
        """Let other builds in."""


class Place(ABC):
    """A place for objects, each with a name. All methods raise BuildError if the place refuses what they do."""

    folder: Path | None = None
    """The folder; None for an object store."""
    errors: tuple[type[Exception], ...] = (OSError,)
    """What is raised where the place refuses something."""

    def __init__(self, out: str) -> None:
        """`out` is what the place is called in messages."""
        self.out = out
        self._lock: Lock | None = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other builds out of the place meanwhile. The lock of a build that was killed is ignored."""
        with self.told(f"lock {self.out}"):
            lock = self._lock = self.locked()
        self.refuse_another()
        try:
            yield
        finally:
            with self.told(f"unlock {self.out}"):
                lock.release()

    def refuse_another(self) -> None:
        """Raise BuildError if another build has the lock."""
        if self._lock and not self._lock.is_held:
            raise BuildError(f"another build is at work in {self.out}: let it end, then build again")

    @contextmanager
    def told(self, doing: str) -> Iterator[None]:
        """Turn an error of the place into a BuildError with one message."""
        try:
            yield
        except self.errors as error:
            raise _refusal(doing, error) from None

    @abstractmethod
    def locked(self) -> Lock:
        """A lock of the place, which another build may hold."""

    @abstractmethod
    def sizes(self, names: Collection[str]) -> dict[str, int]:
        """The size in bytes of each of some objects that is there, by name, whoever put it there."""

    @abstractmethod
    def get(self, name: str) -> bytes | None:
        """The bytes of an object; None if there is none."""

    @abstractmethod
    def put(self, name: str, body: bytes, attributes: Mapping[str, str]) -> None:
        """Write an object, as a whole or not at all. A folder does not keep the attributes."""

    @abstractmethod
    def delete(self, names: Collection[str]) -> None:
        """Delete objects."""

    @abstractmethod
    def clear_staged(self, names: Iterable[str]) -> None:
        """Delete what a killed build left of some objects: incomplete files beside theirs, and empty folders."""


def place_at(out: str, data: Path) -> Place:
    """The place that a user means by the path of a folder, or by an address with s3://, gs:// or az://.

    A folder is made if it is missing. It must not be inside the data folder, nor contain it. Raises BuildError.
    """
    if "://" not in out:
        return _FolderPlace(out, data)
    # Imported where there is a store, since it takes long: for the row "build after an edit".
    store: Callable[[str], Place] = import_module("calfeed.publishing.stores").Store
    return store(out)


class _FolderPlace(Place):
    """A folder on this machine, or one that it has mounted."""

    def __init__(self, out: str, data: Path) -> None:
        super().__init__(out)
        self.folder: Path = Path(out)
        _check_folder(self.folder, data)
        with self.told(f"open {out}"):
            self.folder.mkdir(parents=True, exist_ok=True)

    def locked(self) -> Lock:
        return _locked(self.folder)

    def sizes(self, names: Collection[str]) -> dict[str, int]:
        with self.told(f"read {self.out}"):
            return _sizes_in(self.folder, names)

    def get(self, name: str) -> bytes | None:
        with self.told(f"read {name} in {self.out}"), suppress(FileNotFoundError):
            return (self.folder / name).read_bytes()
        return None

    def put(self, name: str, body: bytes, attributes: Mapping[str, str]) -> None:
        self.refuse_another()
        write(self.folder, name, body)

    def delete(self, names: Collection[str]) -> None:
        """Delete files, and the folders that are empty then."""
        for name in names:
            with self.told(f"delete {name} in {self.out}"), suppress(FileNotFoundError):
                self._inside(name).unlink()
                _remove_empty(self.folder, name)

    def clear_staged(self, names: Iterable[str]) -> None:
        for name in names:
            with self.told(f"delete {name}{_STAGED} in {self.out}"), suppress(NotADirectoryError):
                self._inside(f"{name}{_STAGED}").unlink(missing_ok=True)
                _remove_empty(self.folder, name)

    def _inside(self, name: str) -> Path:
        """The path of an object. Raises BuildError if it is outside the folder, as in a manifest that is spoilt."""
        path = Path(name)
        if path.is_absolute() or ".." in path.parts:
            raise BuildError(f'the manifest in {self.out} lists "{name}", which is outside it: name an empty place')
        return self.folder / path


def _remove_empty(folder: Path, name: str) -> None:
    """Remove the folders that a file was in, as far as they are empty."""
    for above in (folder / name).parents:
        if above == folder:
            return
        try:
            above.rmdir()
        except FileNotFoundError:
            continue
        except OSError as error:
            if error.errno in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR}:  # the last one of a link to a folder
                return
            raise


def _sizes_in(folder: Path, names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    if not os.listdir(folder):  # noqa: PTH208 -- a new folder has nothing, which is to be known at once
        return found
    at = str(folder)  # not made of the path for each of 24,000 files: for the row "build after an edit"
    for name in names:
        try:
            found[name] = os.lstat(f"{at}/{name}").st_size
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
    for part in (data, data / CONFIDENTIAL):  # which may be a link to a folder elsewhere
        inside, around = Path(os.path.realpath(folder)), Path(os.path.realpath(part))
        if inside.is_relative_to(around) or around.is_relative_to(inside):
            raise BuildError(f"{folder} and the data in {part} must not lie inside each other: name another folder")


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
