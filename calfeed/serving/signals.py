"""The signals that end the server, and which threads get them."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = {signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if os.name == "posix" else [])}
"""The signals that end the server."""


@contextmanager
def signals_kept_back() -> Iterator[None]:
    """Block signals for the threads that are started meanwhile: one of them might get a signal and ignore it."""
    if os.name != "posix":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
