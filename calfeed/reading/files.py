"""The files of a data folder on the disk: which there are, their octets, and how to tell that one has changed.

The folder may be somebody else's work and may change at any time. So nothing here waits for a file, raises for what
stands there, or follows a link to where it must not lead.
"""

import errno
import os
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import NamedTuple, TypeAlias

SITE_FILE, READERS_FILE = "site.yaml", "readers.yaml"
TRUSTS_FOLDER, PLANS_FOLDER = "trusts", "plans"
CONFIDENTIAL = "confidential"
"""The folder in a data folder in which all that is confidential lies."""
MOST_BYTES = 1_000_000
"""How large a file may be: a plan of a thousand reorganizations has a third of it."""
_MOST_LINKS = 40
"""How many links one path may lead over, as on Linux."""
_MOST_TRIES = 3
"""How often to read a file that changes while it is read."""
# A pipe in the place of a file must not be waited for; Windows would change line ends.
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# Notepad adds ".txt" to what it saves.
_YAML_NAME = re.compile(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)


class Unreadable(NamedTuple):
    """A file or folder that cannot be read, and the reason, as a message for the author."""

    reason: str
    is_folder: bool = False


Content: TypeAlias = bytes | Unreadable
"""The octets of a file, or why there are none."""
Files: TypeAlias = Mapping[str, Content]
"""The files of a data folder by their paths in it, such as `plans/example.yaml`; of folders, those that are unreadable.

The path of the data folder itself is the empty text.
"""


class Traits(NamedTuple):
    """What tells that a file is another or has changed, without reading it."""

    device: int
    inode: int
    octets: int
    modified: int
    changed: int


class Seen(NamedTuple):
    """A file as it was read: the traits of the links that lead to it and its own, and its content."""

    traits: tuple[Traits, ...]
    content: Content


@dataclass(frozen=True, slots=True)
class Look:
    """What stood in a data folder at one time. Two looks that are equal saw the same files with the same octets.

    `way` has the traits of the links that lead to the folder, and of the folder: several files behind one link become
    others at once when the link does.
    """

    way: tuple[Traits, ...] = ()
    seen: Mapping[str, Seen] = field(default_factory=dict)
    files: Files = field(default_factory=dict, compare=False)
    """The content of each file that was seen."""

    @property
    def changed(self) -> float:
        """When the last change of a file or link was, in seconds of POSIX time; 0 where nothing was seen."""
        traits = (*self.way, *chain.from_iterable(each.traits for each in self.seen.values()))
        return max((each.changed for each in traits), default=0) / 1e9


def is_plan(name: str) -> bool:
    """Whether a path in a data folder is that of a plan."""
    return is_document(name, PLANS_FOLDER)


def is_trust(name: str) -> bool:
    """Whether a path in a data folder is that of a trust."""
    return is_document(name, TRUSTS_FOLDER)


def is_document(name: str, folder: str, suffix: str = ".yaml") -> bool:
    """Whether a path in a data folder is that of a file right in one of the folders there."""
    return name.startswith(f"{folder}/") and name.endswith(suffix) and name.count("/") == 1


def id_of(name: str) -> str:
    """The id that a path in a data folder gives: its file's stem."""
    return name.rpartition("/")[2].rpartition(".")[0]


class Parts(NamedTuple):
    """The files of both parts of a data folder; the paths of the confidential ones are those in their folder."""

    public: Files
    confidential: Files


def parts_of(files: Files) -> Parts:
    """The files of a whole data folder, told apart by their place."""
    prefix = f"{CONFIDENTIAL}/"
    public = {name: content for name, content in files.items() if not name.startswith(prefix)}
    confidential = {name.removeprefix(prefix): files[name] for name in files if name.startswith(prefix)}
    return Parts(public, confidential)


def octets_of(files: Files) -> dict[str, bytes]:
    """The files that have octets."""
    return {name: content for name, content in files.items() if isinstance(content, bytes)}


def traits_of(path: Path | str) -> Traits | None:
    """The traits of a file or folder, or of what a link leads to; None where there is nothing."""
    try:
        return _traits(os.stat(path))  # noqa: PTH116 -- texts in place of Paths, which take longer to make
    except OSError:
        return None


def look_at_public(folder: Path, before: Look | None = None) -> Look:
    """Look at the public files of a data folder, and read each that is not as it was `before`.

    What is confidential is passed over, and no link may lead there.
    """
    return _look_at(folder, before, CONFIDENTIAL)


def look_at_confidential(folder: Path, before: Look | None = None) -> Look:
    """Look at the confidential files of a data folder, and read each that is not as it was `before`.

    Their paths are those in the folder in which they all lie, which may be a link to elsewhere.
    """
    confidential = folder / CONFIDENTIAL
    return _look_at(confidential, before) if os.path.lexists(confidential) else Look()


def _look_at(folder: Path, before: Look | None, without: str = "") -> Look:
    """Look at a folder but for one folder at its top.

    A file whose name does not end as that of a YAML file is passed over, and so is what is hidden.
    """
    # The place itself, not the way to it: a link that is changed meanwhile must not make two folders of one look.
    root = os.path.realpath(folder)
    itself = traits_of(root)
    way = (*_way(folder.as_posix()), *([itself] if itself else []))
    refused = os.path.realpath(f"{root}/{without}") if without else ""
    known = before.seen if before else {}
    seen: dict[str, Seen] = {}
    for found in _listed(root, without, refused):
        if found.problem:
            seen[found.name] = Seen(found.way, found.problem)
        else:
            path = f"{found.folder}/{found.name.rpartition('/')[2]}"
            seen[found.name] = _seen(path, root, refused, found, known.get(found.name))
    return Look(way, seen, {name: each.content for name, each in seen.items()})


class _Found(NamedTuple):
    """A file in a folder whose place is known, or a folder that has a `problem`."""

    name: str
    folder: str
    is_link: bool
    way: tuple[Traits, ...] = ()
    problem: Unreadable | None = None


def _listed(root: str, without: str, refused: str) -> Iterator[_Found]:
    """All files that are named as YAML is, at any depth, and the folders that cannot be read."""
    below: list[tuple[str, str, tuple[Traits, ...]]] = [("", root, ())]
    while below:
        parent, place, way = below.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as error:
            reason = Unreadable(f"the folder cannot be read: {error.strerror or error}", is_folder=True)
            yield _Found(parent.rstrip("/"), place, False, way, reason)
            continue
        for entry in entries:
            name = f"{parent}{entry.name}"
            if entry.name.startswith(".") or name == without:
                continue
            if _YAML_NAME.search(entry.name):
                yield _Found(name, place, entry.is_symlink(), way)
            if entry.is_dir(follow_symlinks=False):
                below.append((f"{name}/", entry.path, way))
            elif name in {TRUSTS_FOLDER, PLANS_FOLDER}:
                target = os.path.realpath(entry.path)
                links = _way(entry.path)
                if problem := _problem_with_folder(target, root, refused):
                    yield _Found(name, place, True, links, problem)
                else:
                    below.append((f"{name}/", target, links))


def _problem_with_folder(target: str, root: str, refused: str) -> Unreadable | None:
    """Why what stands in the place of a folder is none that may be read."""
    if not os.path.isdir(target):  # noqa: PTH112 -- texts, as above
        return Unreadable("this is no folder, nor a link that leads to one", is_folder=True)
    if not _is_inside(target, root):
        reason = "the folder is a link that leads out of the data folder: put a copy of the folder here"
        return Unreadable(reason, is_folder=True)
    if refused and _is_inside(target, refused):
        return Unreadable("the folder is a link to what is confidential: delete it", is_folder=True)
    return None


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder.rstrip(os.sep)}{os.sep}")


def _way(path: str) -> tuple[Traits, ...]:
    """The traits of every link that a path leads over."""
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


def _seen(path: str, root: str, refused: str, found: _Found, before: Seen | None) -> Seen:
    """A file as it is now; its content is read only where it is not as it was before."""
    way = (*found.way, *_way(path)) if found.is_link else found.way
    if before and isinstance(before.content, bytes):
        now = traits_of(path)
        if now and before.traits == (*way, now):
            return before
    if found.is_link and (problem := _problem_with_link(path, root, refused)):
        return Seen(way, problem)
    try:
        return _read(path, way)
    except OSError as error:
        return Seen(way, Unreadable(_reason(error)))


def _problem_with_link(path: str, root: str, refused: str) -> Unreadable | None:
    """Why a link in the place of a file may not be followed."""
    target = os.path.realpath(path)
    if refused and _is_inside(target, refused):
        return Unreadable("the file is a link to what is confidential: delete it")
    leads_to_a_file = os.path.isfile(target) or os.path.isdir(target)  # noqa: PTH112, PTH113 -- texts, as above
    if leads_to_a_file and not _is_inside(target, root):
        return Unreadable("the file is a link that leads out of the data folder: put a copy of the file here")
    return None


def _reason(error: OSError) -> str:
    if error.errno in {errno.ENOENT, errno.ELOOP}:
        return "the file is missing"
    return f"the file cannot be read: {error.strerror or error}"


def _read(path: str, way: tuple[Traits, ...]) -> Seen:
    """Read a file that is a regular one; raises OSError. The octets are those that the file had with these traits."""
    # Looked at first: to open a pipe or a device may do something.
    if problem := _problem_with_file(os.stat(path)):  # noqa: PTH116 -- texts, as above
        return Seen(way, problem)
    file = os.open(path, _OPEN)
    try:
        for _ in range(_MOST_TRIES):
            status = os.fstat(file)
            traits = (*way, _traits(status))
            if problem := _problem_with_file(status):
                return Seen(traits, problem)
            os.lseek(file, 0, os.SEEK_SET)
            content = os.read(file, status.st_size + 1)
            if _traits(os.fstat(file)) == traits[-1] and len(content) == status.st_size:
                return Seen(traits, content)
    finally:
        os.close(file)
    return Seen(way, Unreadable("the file changes while it is read"))


def _problem_with_file(status: os.stat_result) -> Unreadable | None:
    """Why what has this status is not read."""
    if S_ISDIR(status.st_mode):
        return Unreadable(f"the file cannot be read: {os.strerror(errno.EISDIR)}")
    if not S_ISREG(status.st_mode):
        return Unreadable("this is not a regular file")
    if status.st_size > MOST_BYTES:
        size = status.st_size / 1_000_000
        return Unreadable(f"the file has {size:,.1f} MB: more than {MOST_BYTES // 1_000_000} MB is no plan")
    return None


def _traits(status: os.stat_result) -> Traits:
    return Traits(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
