"""The files of a data folder on the disk: their names, their bytes, and whether one has changed.

Authors and other programs may change the folder at any time. So no function here waits for a file, raises an error for
its content, or follows a link out of the folder.
"""

import errno
import os
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import NamedTuple, TypeAlias

SITE_FILE, READERS_FILE = "site.yaml", "readers.yaml"
TRUSTS_FOLDER, PLANS_FOLDER = "trusts", "plans"
CONFIDENTIAL = "confidential"
"""The folder, inside the data folder, that holds the confidential files."""
MOST_BYTES = 1_000_000
"""The size limit of a file. A plan of a thousand reorganizations needs a third of it."""
_MOST_LINKS = 40
"""How many symbolic links one path may contain, as on Linux."""
_MOST_TRIES = 3
"""How often to read a file that changes while it is read."""
# Opening a pipe must not wait for its writer. Without O_BINARY, Windows would change line ends.
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# Notepad adds ".txt" to what it saves.
_YAML_NAME = re.compile(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)


class Unreadable(NamedTuple):
    """A file or folder that cannot be read, and the reason, as a message for the author."""

    reason: str
    is_folder: bool = False


Content: TypeAlias = bytes | Unreadable
"""The bytes of a file, or the reason why it has none."""
Files: TypeAlias = Mapping[str, Content]
"""The files of a data folder by their paths in it, such as `plans/example.yaml`, and its unreadable folders.

The path of the data folder itself is the empty string.
"""


class Traits(NamedTuple):
    """The status of a file. If it differs, the file has changed or is another one. Times are in nanoseconds."""

    device: int
    inode: int
    octets: int
    modified: int
    changed: int


class Seen(NamedTuple):
    """A file as it was read: the traits of the symbolic links on its path, then its own, and its content."""

    traits: tuple[Traits, ...]
    content: Content


@dataclass(frozen=True, slots=True)
class Look:
    """The content of a data folder at one time. Two equal looks saw the same files with the same bytes.

    `way` holds the traits of the symbolic links on the folder's path, then those of the folder. Switching one such link
    replaces all files at once.
    """

    way: tuple[Traits, ...] = ()
    seen: Mapping[str, Seen] = field(default_factory=dict)
    files: Files = field(default_factory=dict, compare=False)
    """The content of each file."""

    @property
    def changed(self) -> float:
        """The time of the last change of a file or link, in seconds of POSIX time; 0 if there is none."""
        traits = (*self.way, *chain.from_iterable(each.traits for each in self.seen.values()))
        return max((each.changed for each in traits), default=0) / 1e9


def is_plan(name: str) -> bool:
    """Whether a path in a data folder is a plan's."""
    return is_document(name, PLANS_FOLDER)


def is_trust(name: str) -> bool:
    """Whether a path in a data folder is a trust's."""
    return is_document(name, TRUSTS_FOLDER)


def is_document(name: str, folder: str, suffix: str = ".yaml") -> bool:
    """Whether a path in a data folder is that of a file directly in `folder`."""
    return name.endswith(suffix) and name.startswith(f"{folder}/") and name.count("/") == 1


def id_of(name: str) -> str:
    """The id of the trust or plan in a file: the file's name without its suffix."""
    return name.rpartition("/")[2].rpartition(".")[0]


class Parts(NamedTuple):
    """The files of both parts of a data folder. The paths of the confidential files are relative to their folder."""

    public: Files
    confidential: Files


def parts_of(files: Files) -> Parts:
    """Splits the files of a data folder into the public and the confidential ones."""
    prefix = f"{CONFIDENTIAL}/"
    public = {name: content for name, content in files.items() if not name.startswith(prefix)}
    confidential = {name.removeprefix(prefix): files[name] for name in files if name.startswith(prefix)}
    return Parts(public, confidential)


def octets_of(files: Files) -> dict[str, bytes]:
    """The files that could be read."""
    return {name: content for name, content in files.items() if isinstance(content, bytes)}


def traits_of(path: Path | str) -> Traits | None:
    """The traits of a file or folder, following symbolic links; None if there is none."""
    try:
        return _traits(os.stat(path))  # noqa: PTH116 -- strings: a Path takes longer to make
    except OSError:
        return None


def look_at_public(folder: Path, before: Look | None = None) -> Look:
    """Look at the public files of a data folder, and read those that have changed since `before`.

    Confidential files are skipped, also where a link leads to them.
    """
    return _look_at(folder, before, CONFIDENTIAL)


def look_at_confidential(folder: Path, before: Look | None = None) -> Look:
    """Look at the confidential files of a data folder, and read those that have changed since `before`.

    Their paths are relative to the folder `confidential`, which may be a link to a folder elsewhere.
    """
    confidential = folder / CONFIDENTIAL
    return _look_at(confidential, before) if os.path.lexists(confidential) else Look()


def _look_at(folder: Path, before: Look | None, without: str = "") -> Look:
    """Look at the YAML files of a folder, without those in one folder at its top and without hidden ones."""
    # Resolved once: a link that is switched during the look must not mix two folders.
    root = os.path.realpath(folder)
    itself = traits_of(root)
    way = (*_way(folder.as_posix()), *([itself] if itself else []))
    refused = os.path.realpath(f"{root}/{without}") if without else ""
    seen = _Search(root, without, refused, before.seen if before else {}).all()
    return Look(way, seen, {name: each.content for name, each in seen.items()})


class _Folder(NamedTuple):
    """A folder to look into: what the names of its files begin with, its real path, and the links on the way to it."""

    prefix: str
    path: str
    way: tuple[Traits, ...] = ()


class _Search:
    """A search for the YAML files at any depth below `root`. Files that are as they were `before` are not read again.

    Neither the folder `without` nor anything below the real path `refused` is looked at.
    """

    def __init__(self, root: str, without: str, refused: str, before: Mapping[str, Seen]) -> None:
        self._root = root
        self._without = without
        self._refused = refused
        self._before = before
        self._seen: dict[str, Seen] = {}
        self._below: list[_Folder] = []

    def all(self) -> dict[str, Seen]:
        """The files, and the folders that cannot be read, by their paths below the root."""
        self._below.append(_Folder("", self._root))
        while self._below:
            self._look_into(self._below.pop())
        return self._seen

    def _look_into(self, folder: _Folder) -> None:
        try:
            entries = list(os.scandir(folder.path))
        except OSError as error:
            reason = Unreadable(f"the folder cannot be read: {error.strerror or error}", is_folder=True)
            self._seen[folder.prefix.rstrip("/")] = Seen(folder.way, reason)
            return
        for entry in entries:
            name = folder.prefix + entry.name
            before = self._before.get(name)
            # What most of them are comes first, for the row "one plan of 10,000 edited".
            if before and entry.is_file(follow_symlinks=False) and _is_unchanged(entry.path, folder.way, before):
                self._seen[name] = before
            elif not entry.name.startswith(".") and name != self._without:
                self._look_at(name, entry, folder.way)

    def _look_at(self, name: str, entry: "os.DirEntry[str]", way: tuple[Traits, ...]) -> None:
        if _YAML_NAME.search(entry.name):
            self._seen[name] = self._file(name, entry, way)
        if entry.is_dir(follow_symlinks=False):
            self._below.append(_Folder(f"{name}/", entry.path, way))
        elif name in {TRUSTS_FOLDER, PLANS_FOLDER}:
            self._look_at_link(name, entry.path)

    def _look_at_link(self, name: str, path: str) -> None:
        """Look at what stands in place of a folder: a link to one, or something else."""
        target, links = os.path.realpath(path), _way(path)
        if problem := _problem_with_folder(target, self._root, self._refused):
            self._seen[name] = Seen(links, problem)
        else:
            self._below.append(_Folder(f"{name}/", target, links))

    def _file(self, name: str, entry: "os.DirEntry[str]", way: tuple[Traits, ...]) -> Seen:
        """A file as it is now."""
        path, is_link = entry.path, entry.is_symlink()
        if is_link:
            way = (*way, *_way(path))
        before = self._before.get(name)
        if before and _is_unchanged(path, way, before):
            return before
        if is_link and (problem := _problem_with_link(path, self._root, self._refused)):
            return Seen(way, problem)
        try:
            return _read(path, way, is_regular=entry.is_file(follow_symlinks=False))
        except OSError as error:
            return Seen(way, Unreadable(_reason(error)))


def _is_unchanged(path: str, way: tuple[Traits, ...], before: Seen) -> bool:
    """Whether a file is the same as before. One that could not be opened then has no traits of its own: it is not."""
    try:
        status = os.stat(path)  # noqa: PTH116 -- strings: a Path takes longer to make
    except OSError:
        return False
    return before.traits == (*way, _values(status))


def _problem_with_folder(target: str, root: str, refused: str) -> Unreadable | None:
    """Why a folder may not be read; None if it may."""
    if not os.path.isdir(target):  # noqa: PTH112 -- strings, as above
        return Unreadable("must be a folder or a link to one", is_folder=True)
    if not _is_inside(target, root):
        reason = "the folder is a link that leads out of the data folder: put a copy of the folder here"
        return Unreadable(reason, is_folder=True)
    if refused and _is_inside(target, refused):
        return Unreadable("the folder is a link to what is confidential: delete it", is_folder=True)
    return None


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder.rstrip(os.sep)}{os.sep}")


def _way(path: str) -> tuple[Traits, ...]:
    """The traits of every symbolic link on a path."""
    found: list[Traits] = []
    at = ""
    left = deque(Path(path).absolute().parts)
    while left and len(found) < _MOST_LINKS:
        step = os.path.join(at, left.popleft())  # noqa: PTH118 -- a Path would lose ".."
        try:
            status = os.lstat(step)
            if not S_ISLNK(status.st_mode):
                at = step
                continue
            target = Path(os.readlink(step))  # noqa: PTH115 -- as above
        except OSError:
            return tuple(found)
        found.append(_traits(status))
        left.extendleft(reversed(target.parts))
    return tuple(found)


def _problem_with_link(path: str, root: str, refused: str) -> Unreadable | None:
    """Why a link to a file may not be followed; None if it may."""
    target = os.path.realpath(path)
    if refused and _is_inside(target, refused):
        return Unreadable("the file is a link to what is confidential: delete it")
    leads_to_a_file = os.path.isfile(target) or os.path.isdir(target)  # noqa: PTH112, PTH113 -- strings, as above
    if leads_to_a_file and not _is_inside(target, root):
        return Unreadable("the file is a link that leads out of the data folder: put a copy of the file here")
    return None


def _reason(error: OSError) -> str:
    if error.errno in {errno.ENOENT, errno.ELOOP}:
        return "the file is missing, or a link that leads nowhere"
    return f"the file cannot be read: {error.strerror or error}"


def _read(path: str, way: tuple[Traits, ...], *, is_regular: bool) -> Seen:
    """Read a file that should be regular; the traits are those that it had with these bytes. Raises OSError.

    `is_regular` tells whether it was a moment ago. Another one is looked at before it is opened: opening a device can
    have effects.
    """
    if not is_regular and (problem := _problem_with_file(os.stat(path))):  # noqa: PTH116 -- strings, as above
        return Seen(way, problem)
    file = os.open(path, _OPEN)
    try:
        for _ in range(_MOST_TRIES):
            status = os.fstat(file)
            traits = _traits(status)
            if problem := _problem_with_file(status):
                return Seen((*way, traits), problem)
            content = os.read(file, status.st_size + 1)
            if len(content) == status.st_size and _values(os.fstat(file)) == traits:
                return Seen((*way, traits), content)
            os.lseek(file, 0, os.SEEK_SET)
    finally:
        os.close(file)
    return Seen(way, Unreadable("the file changes while it is read"))


def _problem_with_file(status: os.stat_result) -> Unreadable | None:
    """Why a file with this status is not read; None if it is."""
    if S_ISDIR(status.st_mode):
        return Unreadable("this is a folder, where a file should be: give it a name without .yaml, or delete it")
    if not S_ISREG(status.st_mode):
        return Unreadable("this is not a regular file")
    if status.st_size > MOST_BYTES:
        size = status.st_size / 1_000_000
        return Unreadable(f"the file has {size:,.1f} MB: files over {MOST_BYTES // 1_000_000} MB are refused")
    return None


def _traits(status: os.stat_result) -> Traits:
    return Traits(*_values(status))


def _values(status: os.stat_result) -> tuple[int, int, int, int, int]:
    """The values of the traits: to make Traits of them takes three times as long as to compare them."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
