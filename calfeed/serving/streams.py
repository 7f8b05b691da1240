"""Texts for the operator, which nothing ever waits for: neither a full pipe nor a stopped terminal holds a server up.

Asking beforehand whether there is room is no defence: a pipe with a little room left takes the beginning of a text and
then waits. What cannot be written at once goes into a queue that a thread writes, and what finds no room there is left
out.
"""

import atexit
import os
import sys
from collections import deque
from io import TextIOBase
from select import select
from stat import S_ISREG
from threading import Condition, Thread
from typing import TextIO

MOST_WAITING_OCTETS = 1_000_000
"""How much may wait to be written; what comes beyond that is left out."""
LAST_SECONDS = 1
"""How long the end of the process waits for what is still to be written."""
_ATOMIC_OCTETS = 4_096
"""How much is written at once: as much as a pipe takes without mixing it with what other processes write."""
_WITHOUT_WAITING = getattr(os, "RWF_NOWAIT", 0)
"""Linux's flag for a write that takes what there is room for: of pipes and sockets it can, of terminals not."""
STDIN, STDOUT, STDERR = range(3)


def open_standard_descriptors() -> None:
    """Open what is closed of the descriptors 0 to 2 on the null device: another file would take its number."""
    for descriptor in (STDIN, STDOUT, STDERR):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 -- open to the end


def never_wait() -> None:
    """Make what this process writes to stdout and stderr from now on wait for nobody."""
    if not isinstance(sys.stdout, UnhinderedOutput):
        sys.stdout, sys.stderr = UnhinderedOutput(STDOUT), UnhinderedOutput(STDERR)


def finish() -> None:
    """Give what has been written a moment to get out, at the end of a process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, UnhinderedOutput):
            stream.finish()


class UnhinderedOutput(TextIOBase, TextIO):
    """A text stream to a descriptor whose `write` never waits; each call's text is written as a whole or not at all."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        try:
            self._is_file = S_ISREG(os.fstat(descriptor).st_mode)
        except OSError:
            self._is_file = False
        self._begin()
        atexit.register(self.finish)
        if hasattr(os, "register_at_fork"):
            # The thread exists in the parent alone, and the lock may be held there at this moment.
            os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._changed = Condition()
        self._waiting: deque[bytes] = deque()
        self._octets = 0
        self._left_out = 0
        self._thread: Thread | None = None

    def writable(self) -> bool:
        """Always true."""
        return True

    def fileno(self) -> int:
        """The descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Whether a terminal shows it."""
        return os.isatty(self._descriptor)

    def write(self, text: str) -> int:
        """Write a text, now or later, or leave it out where too much waits already; its number of characters."""
        octets = text.encode(self.encoding, self.errors)
        with self._changed:
            if not self._octets:
                octets = self._write_at_once(octets)
            if not octets:
                return len(text)
            if self._octets + len(octets) > MOST_WAITING_OCTETS:
                self._left_out += 1
                return len(text)
            if self._left_out:
                octets = f"({self._left_out:,} messages left out: nobody read them.)\n".encode() + octets
                self._left_out = 0
            self._waiting.append(octets)
            self._octets += len(octets)
            self._changed.notify_all()
            if self._thread is None:
                self._thread = Thread(target=self._write_on, daemon=True)
                self._thread.start()
        return len(text)

    def finish(self) -> None:
        """Wait for what is still to be written, but not for long."""
        with self._changed:
            self._changed.wait_for(lambda: not self._octets, LAST_SECONDS)

    def _write_at_once(self, octets: bytes) -> bytes:
        """What remains of octets after as much as possible has been written without waiting."""
        try:
            if self._is_file:
                return octets[os.write(self._descriptor, octets) :]
            if _WITHOUT_WAITING:
                return octets[os.pwritev(self._descriptor, [octets], -1, _WITHOUT_WAITING) :]
        except OSError:
            # There is no room, or this kind of file cannot do it: the thread sees which.
            return octets
        return octets

    def _write_on(self) -> None:
        changed, waiting = self._changed, self._waiting
        while True:
            with changed:
                changed.wait_for(lambda: bool(waiting))
                octets = waiting.popleft()
                while waiting and len(octets) + len(waiting[0]) <= _ATOMIC_OCTETS:
                    octets += waiting.popleft()
            _write(self._descriptor, octets)
            with changed:
                self._octets -= len(octets)
                changed.notify_all()


def _write(descriptor: int, octets: bytes) -> None:
    """Write octets, however long it takes; what cannot be written is left out."""
    while octets:
        try:
            octets = octets[os.write(descriptor, octets) :]
        except BlockingIOError:  # of a descriptor that whoever gave it has set so
            select([], [descriptor], [])
        except OSError:
            return
