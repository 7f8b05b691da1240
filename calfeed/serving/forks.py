"""A process that starts others by a fork does so between two steps of its other threads, never within one.

A forked process has one thread, and every lock as it was. What another thread held at that moment stays locked in it:
above all the lock of a module that is being imported. A worker that needs the same module would wait forever.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

LONGEST_SECONDS = 60
"""How long a fork waits. Nothing takes that long but a file system that does not answer."""


class _Steps:
    """The steps that the threads of this process take just now."""

    def __init__(self) -> None:
        self.begin_again()

    def begin_again(self) -> None:
        """Forget all steps: a forked process has none of the threads."""
        self.changed = Condition()
        self.number = 0

    def keep_out(self) -> None:
        """Wait until no step is taken, and let none begin until `let_in`."""
        self.changed.acquire()
        self.changed.wait_for(lambda: not self.number, LONGEST_SECONDS)

    def let_in(self) -> None:
        """Let steps begin."""
        self.changed.release()


_steps = _Steps()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_steps.keep_out, after_in_parent=_steps.let_in, after_in_child=_steps.begin_again)


@contextmanager
def between_forks() -> Iterator[None]:
    """Take a step in a thread: a fork waits until it is done, and it waits for a fork that has begun."""
    with _steps.changed:
        _steps.number += 1
    try:
        yield
    finally:
        with _steps.changed:
            _steps.number -= 1
            _steps.changed.notify_all()
