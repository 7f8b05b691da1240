"""Whether files have come to rest, so that no edit is read half done. Times are in seconds of any clock.

Files are at rest once none has changed for a while and git is not at work in the folder. A file that has become
shorter, or whose last line has no end, may be half written, even if it can be read: it gets more time. Not detected: an
in-place write that pauses after a complete line and is already longer than the old file.
"""

import time
from collections.abc import Collection
from pathlib import Path
from typing import Generic, TypeVar

from calfeed.reading.files import READERS_FILE, Content, Files, Look, Traits, traits_of

QUIET_SECONDS = 0.25
"""The files are read once none has changed for so long. Until then they are looked at as often."""
LONG_QUIET_SECONDS = 1.5
"""The same where a file may be half written."""
GIT_SECONDS = 10.0
"""How long to wait for a git command to end; one that ended in disorder leaves its lock behind."""
_LINE_ENDS = (b"\n", b"\r")
_T = TypeVar("_T")


class Rest(Generic[_T]):
    """How long something has stayed as it is, by looks at it."""

    def __init__(self, value: _T, since: float) -> None:
        self._value = value
        self._since = since

    def seconds(self, value: _T, now: float) -> float:
        """For how long it has been as it is now."""
        if value != self._value:
            self._value, self._since = value, now
        return now - self._since


class GitLock:
    """The lock that git has while it changes the files of the repository that a folder is in.

    Look at it before the files: git may end while they are read, and some may have been read before it was done.
    """

    def __init__(self, folder: Path, now: float) -> None:
        self._folder = folder
        lock = self._found()
        self._rest = Rest(lock, now - _seconds_since(lock.changed / 1e9) if lock else now)
        self.is_held = False
        """Whether git was at work at the last look; a lock that stays has been left behind."""

    def look(self, now: float) -> None:
        """Look whether git is at work."""
        lock = self._found()
        self.is_held = self._rest.seconds(lock, now) < GIT_SECONDS and lock is not None

    def _found(self) -> Traits | None:
        try:
            return self._lock_above(self._folder.resolve())
        except (OSError, RuntimeError):  # the folder may not be read, or is a link to itself
            return None

    def _lock_above(self, folder: Path) -> Traits | None:
        for parent in (folder, *folder.parents):
            git = parent / ".git"
            if git.is_file():  # of a worktree, or of a repository in another, it says where the rest is
                git = parent / _text(git).removeprefix("gitdir:").strip()
            if git.is_dir():
                return traits_of(git / "index.lock")
        return None


class Settling:
    """When the files of one part of a data folder have come to rest."""

    def __init__(self, look: Look, locks: Collection[GitLock], now: float) -> None:
        self._rest = Rest(look, now - _seconds_since(look.changed))
        self._locks = locks

    def is_at_rest(self, look: Look, before: Files, now: float) -> bool:
        """Whether the files have come to rest; `before` are the files that were read last."""
        seconds = self._rest.seconds(look, now)
        needed = LONG_QUIET_SECONDS if _may_be_half_written(before, look.files) else QUIET_SECONDS
        return seconds >= needed and not any(lock.is_held for lock in self._locks)


class SettlingReaders:
    """When the file with the readers has come to rest, whatever the other files do."""

    def __init__(self, content: Content | None, now: float) -> None:
        self._rest = Rest(content, now)

    def is_at_rest(self, content: Content | None, now: float) -> bool:
        """Whether it has come to rest with this content."""
        seconds = self._rest.seconds(content, now)
        is_whole = not isinstance(content, bytes) or content.endswith(_LINE_ENDS)
        return seconds >= (QUIET_SECONDS if is_whole else LONG_QUIET_SECONDS)


def _may_be_half_written(before: Files, now: Files) -> bool:
    """Whether a changed file has become shorter, or its last line has no end."""
    for name, content in now.items():
        known = before.get(name)
        if content == known or name == READERS_FILE or not isinstance(content, bytes):
            continue
        is_shorter = isinstance(known, bytes) and len(content) < len(known)
        if is_shorter or not content.endswith(_LINE_ENDS):
            return True
    return False


def _seconds_since(changed: float) -> float:
    """For how long something has not changed that did so at a POSIX time, by the clock that says so."""
    return max(0.0, time.time() - changed)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
