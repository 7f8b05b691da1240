"""The data folder as it is served: what was read last without problems, kept up with the files.

Each process of a server follows the folder by itself, so that none waits for another. Bad data changes nothing that is
served, but for one thing: what it marks as confidential, and who may not see that any more, counts at once.

What an edit leaves half done is not served. What has changed is read only once no file has changed for a while, and not
while git is at work in the folder; and it counts only where no file has changed meanwhile. A file that has become
shorter, or whose last line has no end, may be half written, even where it makes sense as it is: it has more time. What
remains is a program that writes a file in place, stops at the end of a line for longer than this, and had written fewer
lines before: such a file is taken at its word.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from logging import getLogger
from pathlib import Path
from threading import Lock
from typing import Any

from watchfiles import watch

from calfeed.model.catalog import Catalog
from calfeed.reading.documents import ReadersDocument
from calfeed.reading.files import Look, Traits, Unreadable, look_at, traits_of
from calfeed.reading.folder import PLANS_FOLDER, Reading, read
from calfeed.reading.problems import InvalidData, Location, Problem
from calfeed.reading.readers import NOBODY, READERS_FILE, Readers, check_readers
from calfeed.reading.shapes import check_shape
from calfeed.reading.yaml import content_of, read_file
from calfeed.serving.confidential import marked_by, marks_in

QUIET_SECONDS = 0.25
"""How long no file may change before what has changed is read."""
LONG_QUIET_SECONDS = 1.5
"""The same where a file may be half written."""
MOST_PAUSES = 20
"""How many such pauses to wait for before files that never rest are read all the same."""
MOST_READINGS = 3
"""How often to read again what has changed while it was read."""
GIT_SECONDS = 10
"""How long to wait for a git command to end; one that ended in disorder leaves its lock behind."""
TICK_SECONDS = 1
"""How often to see whether the folder itself is another, such as after a remount, of which no event tells."""
TICKS_BETWEEN_LOOKS = 10
"""After how many ticks to look at all files: some file systems tell of no events, and some events are lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is to be served: the last good catalog, and what was found in the folder since.

    `hidden` are the addresses that count as confidential beside those that the catalog marks; `problems` are why the
    folder, as it is now, is not served.
    """

    catalog: Catalog
    hidden: frozenset[str] = frozenset()
    readers: Readers = NOBODY
    problems: tuple[Problem, ...] = ()


class Live:
    """A data folder and its `state`."""

    def __init__(self, folder: Path, last_good: Catalog | None = None) -> None:
        """Read a folder; raises InvalidData where it has problems and there is no last good catalog to serve."""
        self._path = folder
        self._lock = Lock()
        self._lock_left_behind: Traits | None = None  # by git
        self._take: Callable[[State], None] | None = None
        self._taken: State | None = None
        self._look = look_at(folder)
        self._reading: Reading | None = None
        self.state: State
        if last_good:
            self.state = self._read(self._look, State(catalog=last_good))
        else:
            self._reading = read(self._look.files, folder=folder)
            if self._reading.catalog is None:
                raise InvalidData(self._reading.problems)
            self.state = State(catalog=self._reading.catalog, readers=_readers(folder))

    def __getstate__(self) -> dict[str, Any]:
        """Without the lock, which no other process can have, and without who is told in this one."""
        return vars(self) | {"_lock": None, "_take": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state | {"_lock": Lock()})

    def hold_at_fork(self) -> None:
        """See to it that a process that is forked never finds the folder half read."""
        if hasattr(os, "register_at_fork"):
            release = self._lock.release
            os.register_at_fork(before=self._lock.acquire, after_in_parent=release, after_in_child=release)

    def refresh(self, pauses: int = MOST_PAUSES) -> bool:
        """Read what has changed in the folder since it was read last; whether the state is another now.

        Waits for at most so many `pauses` in which nothing has changed.
        """
        before = self.state
        for reading in range(MOST_READINGS):
            try:
                look = self._settled(pauses)
                if look == self._look and self._reading:
                    break
                with self._lock:
                    state = self._read(look, self.state)
                    if self._looks() == look or reading == MOST_READINGS - 1:
                        self._look, self.state = look, state
                        break
            except Exception as error:
                with self._lock:
                    self._fail(error)
                break
        return self.state is not before

    def follow(self, take: Callable[[State], None]) -> None:
        """Keep up with the folder forever; calls `take` with each new state."""
        self._take, self._taken = take, self.state
        for _ in self._wakes():
            self.refresh()
            self._hand_over()

    def _hand_over(self) -> None:
        state = self.state
        if self._take is None or state is self._taken:
            return
        try:
            self._take(state)
        except Exception:
            # Whatever it was, it is tried again: a process that no longer follows would be the worst.
            getLogger(__name__).exception("the data as it is now cannot be served")
        else:
            self._taken = state

    def _tighten(self, look: Look) -> None:
        """Take from the state at once what may no longer be seen, and add nothing: that waits until all has settled."""
        state = self.state
        changed = self._changed(look)
        readers = state.readers
        if READERS_FILE in changed:
            still = _readers(self._path).readers
            readers = Readers(tuple(reader for reader in readers.readers if reader in still))
        hidden = state.hidden | (marks_in(self._path, state.catalog, changed) - marked_by(state.catalog))
        if (readers, hidden) != (state.readers, state.hidden):
            self.state = replace(state, readers=readers, hidden=hidden)
            self._hand_over()

    def _read(self, look: Look, before: State) -> State:
        """The state that a look leads to; `before` itself where it is the same."""
        problems: tuple[Problem, ...] = ()
        hidden: frozenset[str] = frozenset()
        catalog = before.catalog
        self._reading = read(look.files, self._reading, folder=self._path)
        if self._reading.catalog and (self._reading.catalog.plans or not catalog.plans):
            catalog = self._reading.catalog
        else:
            problems = self._reading.problems or (self._emptied(),)
            # While there are problems, nothing comes back: what is marked now may be gone from the file next.
            hidden = before.hidden | marks_in(self._path, catalog, look.seen)
        readers = _readers(self._path)
        state = State(catalog=catalog, hidden=hidden, readers=readers, problems=problems)
        is_same = catalog is before.catalog and (hidden, readers, problems) == (
            before.hidden,
            before.readers,
            before.problems,
        )
        return before if is_same else state

    def _emptied(self) -> Problem:
        message = "all plans are gone: put one back, or restart the server without the last good data"
        return Problem(Location((self._path / PLANS_FOLDER).as_posix()), message)

    def _fail(self, error: Exception) -> None:
        """Go on with what is served after a mistake of ours, or of the system, and read everything the next time."""
        before = self.state
        self._reading = None
        message = f"calfeed cannot read this folder ({type(error).__name__}), which is no mistake in the data"
        problems = (Problem(Location(self._path.as_posix()), message),)
        hidden = before.hidden
        with suppress(Exception):
            hidden |= marks_in(self._path, before.catalog, self._look.seen)
        if (problems, hidden) != (before.problems, before.hidden):
            getLogger(__name__).error("the data folder cannot be read", exc_info=error)
            self.state = replace(before, problems=problems, hidden=hidden, readers=NOBODY)

    def _wakes(self) -> Iterator[None]:
        """Comes up, forever, whenever something in the folder may have changed, and now and then in any case."""
        while True:
            yield
            try:
                yield from self._events()
            except Exception:
                # It is gone, or cannot be watched: looking tells as much.
                time.sleep(TICK_SECONDS)

    def _events(self) -> Iterator[None]:
        """The same, until the folder is another: after a remount there are no events of the new one."""
        identity = traits_of(self._path)
        events = watch(
            self._path,
            watch_filter=None,
            step=100,
            rust_timeout=TICK_SECONDS * 1000,
            yield_on_timeout=True,
            raise_interrupt=False,
            poll_delay_ms=TICK_SECONDS * 1000,
        )
        for tick, changes in enumerate(events):
            if changes or tick % TICKS_BETWEEN_LOOKS == 0:
                yield
            now = traits_of(self._path)
            if identity is None or now is None or now[:2] != identity[:2]:
                return

    def _settled(self, pauses: int) -> Look:
        """The files once nothing has changed for a while; without a wait where they are as they were read last."""
        look = self._looks()
        for _ in range(pauses):
            if look == self._look:
                break
            self._tighten(look)
            self._wait_for_git()
            time.sleep(LONG_QUIET_SECONDS if self._may_be_half_written(look) else QUIET_SECONDS)
            before, look = look, self._looks()
            if look == before and not self._git_lock():
                break
        return look

    def _looks(self) -> Look:
        return look_at(self._path, self._look)

    def _changed(self, look: Look) -> list[str]:
        """The files that are not as they were read last, and those that have come or gone."""
        return [name for name in look.seen.keys() | self._look.seen if look.seen.get(name) != self._look.seen.get(name)]

    def _may_be_half_written(self, look: Look) -> bool:
        """Whether a changed file has become shorter, or its last line has no end."""
        before = self._look.files
        for name, content in look.files.items():
            known = before.get(name)
            # Not who may see what: a line less there counts at once.
            if content == known or name == READERS_FILE or isinstance(content, Unreadable):
                continue
            if isinstance(known, bytes) and len(content) < len(known):
                return True
            if not content.endswith((b"\n", b"\r")):
                return True
        return False

    def _wait_for_git(self) -> None:
        """Wait while git is at work: it may be about to change more files."""
        for _ in range(round(GIT_SECONDS / QUIET_SECONDS)):
            lock = self._git_lock()
            if lock is None:
                return
            time.sleep(QUIET_SECONDS)
            self._tighten(self._looks())
        self._lock_left_behind = self._git_lock()

    def _git_lock(self) -> Traits | None:
        """The lock that git has while it changes the files of its repository, but for one that it left behind."""
        folder = self._path.resolve()
        for parent in (folder, *folder.parents):
            git = parent / ".git"
            if git.is_file():  # of a worktree, or of a repository in another, it says where the rest is
                git = parent / content_of(git, parent).decode(errors="replace").removeprefix("gitdir:").strip()
            if git.is_dir():
                lock = traits_of(git / "index.lock")
                return lock if lock != self._lock_left_behind else None
        return None


def _readers(folder: Path) -> Readers:
    """The readers as their file names them now, whatever else is wrong; none where there is no such file."""
    return check_readers(check_shape(read_file(folder / READERS_FILE, folder), ReadersDocument))
