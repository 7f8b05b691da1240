"""The data folder as it is served: what was read last without problems, kept up with the files.

Each process of a server follows the folder by itself, so that none waits for another. Bad data changes nothing that is
served, but for one thing: what it marks as confidential, and who may see that, counts at once.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from watchfiles import watch

from calfeed.catalog import Catalog, DataFolder
from calfeed.confidential import marks_in
from calfeed.documents import ReadersDocument, check_shape
from calfeed.problems import InvalidData, Problem
from calfeed.reader import read_file
from calfeed.readers import NOBODY, READERS_FILE, Readers, check_readers

QUIET_MILLISECONDS = 250
"""How long no file may change before what has changed is read: an editor or git may not be done yet."""
LONGEST_WAIT_MILLISECONDS = 5_000
"""How long to wait for such a pause."""
TICK_MILLISECONDS = 1_000
"""How often to see whether the folder itself is another, such as after a remount, of which no event tells."""
TICKS_BETWEEN_CHECKS = 60
"""After how many ticks to compare all files: some file systems tell of no events."""


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
        self._folder = DataFolder(folder, last_good)
        self._lock = Lock()
        self.state: State
        if last_good:
            self.state = State(catalog=last_good)
            self.refresh()
        else:
            self.state = State(catalog=self._folder.load(), readers=_readers(folder))

    def __getstate__(self) -> dict[str, Any]:
        """Without the lock, which no other process can have."""
        return {name: value for name, value in vars(self).items() if name != "_lock"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, _lock=Lock())

    def hold_at_fork(self) -> None:
        """See to it that a process that is forked never finds the folder half read."""
        if hasattr(os, "register_at_fork"):
            release = self._lock.release
            os.register_at_fork(before=self._lock.acquire, after_in_parent=release, after_in_child=release)

    def refresh(self, changed: Iterable[Path] | None = None) -> bool:
        """Read what has changed in the folder, without a list all that has; whether the state is another now."""
        with self._lock:
            before = self.state
            problems: tuple[Problem, ...] = ()
            hidden: frozenset[str] = frozenset()
            catalog = before.catalog
            try:
                catalog = self._folder.reread(self._folder.changed() if changed is None else changed)
            except InvalidData as error:
                problems = error.problems
                hidden = marks_in(self._path, catalog)
            readers = _readers(self._path)
            if catalog is before.catalog and (hidden, readers, problems) == (
                before.hidden,
                before.readers,
                before.problems,
            ):
                return False
            self.state = State(catalog=catalog, hidden=hidden, readers=readers, problems=problems)
            return True

    def follow(self, changed: Callable[[State], None]) -> None:
        """Keep up with the folder forever; calls `changed` with each new state."""
        while True:
            try:
                for concerned in self._watched():
                    if self.refresh(concerned):
                        changed(self.state)
            except OSError:  # it is gone, or cannot be watched
                if self.refresh():
                    changed(self.state)
                time.sleep(TICK_MILLISECONDS / 1000)

    def _watched(self) -> Iterator[list[Path] | None]:
        """What has changed each time, None for what only comparing can tell, until the folder is another."""
        identity = _identity(self._path)
        root = self._path.absolute()
        events = watch(
            root,
            watch_filter=None,
            debounce=LONGEST_WAIT_MILLISECONDS,
            step=QUIET_MILLISECONDS,
            rust_timeout=TICK_MILLISECONDS,
            yield_on_timeout=True,
            raise_interrupt=False,
        )
        for tick, changes in enumerate(events):
            if tick % TICKS_BETWEEN_CHECKS == 0:
                yield None  # at first too: something may have changed before the first event could tell
            if changes:
                yield self._concerned(Path(path).relative_to(root) for _, path in changes)
            if _identity(self._path) != identity:
                yield None
                return

    def _concerned(self, changed: Iterable[Path]) -> list[Path] | None:
        """The documents among paths inside the folder; None where one may be a folder, or a link to another version."""
        documents = []
        for path in changed:
            if any(part.startswith(".") and not part.startswith("..") for part in path.parts):
                continue
            if path.suffix == ".yaml":
                documents.append(self._path / path)
            elif not path.suffix or path.suffix == ".yml" or path.name.startswith(".."):
                return None
        return documents


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _readers(folder: Path) -> Readers:
    """The readers as their file names them now, whatever else is wrong; none where there is no such file."""
    return check_readers(check_shape(read_file(folder / READERS_FILE, folder), ReadersDocument))
