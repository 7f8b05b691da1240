"""When to look at a data folder: whenever something in it may have changed, and every ten seconds in any case."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from watchfiles import watch

from calfeed.reading.files import traits_of

TICK_SECONDS = 1
"""How often, in seconds, to check whether a folder was replaced, as by a remount. No event reports that."""
TICKS_BETWEEN_LOOKS = 10
"""After how many ticks to look at all files: some file systems report no events, and events may be lost."""


class _Identity(NamedTuple):
    device: int
    inode: int


def wakes(*folders: Path) -> Iterator[None]:
    """Yield whenever it is time to look at the folders, without end. A folder may be missing at first."""
    while True:
        yield
        try:
            yield from _events(*folders)
        except Exception:
            # A folder is gone or cannot be watched: look again after a while.
            time.sleep(TICK_SECONDS)


def _events(*folders: Path) -> Iterator[None]:
    """The same, until a folder is replaced: the new folder is not being watched."""
    before = [_identity(folder) for folder in folders]
    events = watch(
        # Watching the folder of a link does not watch the link's target.
        *(folder.resolve() for folder in folders if _identity(folder)),
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
        if [_identity(folder) for folder in folders] != before:
            return


def _identity(folder: Path) -> _Identity | None:
    traits = traits_of(folder)
    return _Identity(traits.device, traits.inode) if traits else None
