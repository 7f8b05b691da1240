"""Output to the operator that never blocks: neither a full pipe nor a stopped terminal delays an answer.

To ask first whether there is room is not enough: a pipe with a little room takes the beginning of a text, and then the
write blocks. So what cannot be written at once goes into a queue, which a thread writes. What has no room in the queue
is dropped.
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

from calfeed.serving.signals import signals_kept_back

MOST_WAITING_OCTETS = 1_000_000
"""How many bytes the queue holds; what comes beyond that is dropped."""
LAST_SECONDS = 1
"""How long, in seconds, the end of the process waits for the queue."""
_ATOMIC_OCTETS = 4_096
"""How many bytes are written at a time: a pipe does not mix that much with what other processes write."""
_WITHOUT_WAITING = getattr(os, "RWF_NOWAIT", 0)
"""Linux's flag for a write that does not block: it works for pipes and sockets, and not for terminals."""
STDIN, STDOUT, STDERR = range(3)


def open_standard_descriptors() -> None:
    """Open those of the descriptors 0 to 2 that are closed on the null device, or another file would get the number."""
    for descriptor in (STDIN, STDOUT, STDERR):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number, which is this one
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 -- stays open


def never_wait() -> None:
    """From now on, writes of this process to stdout and stderr do not block."""
    if not isinstance(sys.stdout, UnhinderedOutput):
        sys.stdout, sys.stderr = UnhinderedOutput(STDOUT), UnhinderedOutput(STDERR)


def finish() -> None:
    """Wait a moment, at the end of a process, for what is still in the queue."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, UnhinderedOutput):
            stream.finish()


class UnhinderedOutput(TextIOBase, TextIO):
    """A text stream to a descriptor whose `write` never blocks; each text is written as a whole or dropped."""

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
            # A forked process does not have the thread, and may have a copy of the lock while it is held.
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
        """Whether it is a terminal."""
        return os.isatty(self._descriptor)

    def write(self, text: str) -> int:
        """Write a text, put it into the queue, or drop it if the queue is full. Returns its number of characters."""
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
                with signals_kept_back():
                    self._thread.start()
        return len(text)

    def finish(self) -> None:
        """Wait a short time for what is still in the queue."""
        with self._changed:
            self._changed.wait_for(lambda: not self._octets, LAST_SECONDS)

    def _write_at_once(self, octets: bytes) -> bytes:
        """Write as many bytes as possible without blocking. Returns the rest."""
        try:
            if self._is_file:
                return octets[os.write(self._descriptor, octets) :]
            if _WITHOUT_WAITING:
                return octets[os.pwritev(self._descriptor, [octets], -1, _WITHOUT_WAITING) :]
        except OSError:
            # There is no room, or this kind of file does not support it. The thread finds out which.
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
    """Write bytes, however long it takes; what cannot be written is dropped."""
    while octets:
        try:
            octets = octets[os.write(descriptor, octets) :]
        except BlockingIOError:  # the descriptor was made non-blocking by whoever opened it
            select([], [descriptor], [])
        except OSError:
            return
