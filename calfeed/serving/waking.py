"""When to look at a data folder: whenever something in it may have changed, and now and then in any case."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from watchfiles import watch

from calfeed.reading.files import traits_of

TICK_SECONDS = 1
"""How often to see whether a folder itself is another, such as after a remount, of which no event tells."""
TICKS_BETWEEN_LOOKS = 10
"""After how many ticks to look at all files: some file systems tell of no events, and some events are lost."""


class _Identity(NamedTuple):
    device: int
    inode: int


def wakes(*folders: Path) -> Iterator[None]:
    """Comes up, forever, when it is time to look at some folders, of which each need not be there yet."""
    while True:
        yield
        try:
            yield from _events(*folders)
        except Exception:
            # One is gone, or cannot be watched: looking tells as much.
            time.sleep(TICK_SECONDS)


def _events(*folders: Path) -> Iterator[None]:
    """The same, until a folder is another: there are no events of the new one."""
    before = [_identity(folder) for folder in folders]
    events = watch(
        # Where a link leads is not watched with the folder that the link is in.
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
