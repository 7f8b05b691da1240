"""The steps that threads take, and what comes between them: a worker starts while no other thread is within a step.

A process that is forked has one thread, and every lock as it was. A lock that another thread held stays locked in it
for ever: above all that of a module which was being imported. A process that is not forked gets a copy of the data,
which must not change meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

LONGEST_SECONDS = 60
"""How long the start of a worker waits. No step takes that long unless a file system does not answer."""


class Steps:
    """The steps that the threads of a process are taking."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._number = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Take a step; others may be taken at the same time."""
        with self._changed:
            self._number += 1
        try:
            yield
        finally:
            with self._changed:
                self._number -= 1
                self._changed.notify_all()

    @contextmanager
    def between(self) -> Iterator[None]:
        """Wait until no step is being taken, or for LONGEST_SECONDS. From then on none begins or ends."""
        with self._changed:
            self._changed.wait_for(lambda: not self._number, LONGEST_SECONDS)
            yield
