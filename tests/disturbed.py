"""Disturbs a program as a busy or a small machine does: Python runs this as `sitecustomize` when the program starts.

The environment variable DISTURBANCE names a function below. Files beside this one tell a test what happens, and the
program what to do.
"""

import errno
import multiprocessing
import os
import signal
import sys
import threading
import time
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from multiprocessing import resource_tracker
from pathlib import Path

_BESIDE = Path(__file__)
_FIRST = os.getpid()


class _Slow(MetaPathFinder):
    """Finds nothing, and takes its time for one module: Python asks it while it holds the lock of that module."""

    def find_spec(self, name: str, _path: object, _target: object = None) -> ModuleSpec | None:
        if name == "calfeed.reading.misfits":
            _BESIDE.with_name(f"imports-{os.getpid()}").touch()
            time.sleep(1)
        return None


def slow_import() -> None:
    """One import takes a second. A process that begins it leaves a file `imports-` with its number."""
    sys.meta_path.insert(0, _Slow())


def slow_clear() -> None:
    """To clear an event takes a second, in the first process. When that begins there is a file `clears`."""
    clear = threading.Event.clear

    def slow(event: threading.Event) -> None:
        if os.getpid() == _FIRST:
            _BESIDE.with_name("clears").touch()
            time.sleep(1)
        clear(event)

    threading.Event.clear = slow  # type: ignore[method-assign,assignment]


def no_more_processes() -> None:
    """The system starts no further processes for the first one while a file `most` says that there were enough."""
    fork, number = os.fork, 0

    def refused() -> int:
        nonlocal number
        limit = _BESIDE.with_name("most")
        if os.getpid() == _FIRST and limit.exists() and number >= int(limit.read_text()):
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        number += 1
        return fork()

    os.fork = refused


def killed() -> None:
    """The process is killed when it is about to do something: STEP is an event of Python's `sys.audit`, and a path."""
    step, _, path = os.environ["STEP"].partition(" ")

    def look(event: str, about: tuple[object, ...]) -> None:
        if event == step and str(about[0]).endswith(path):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)


def spawn() -> None:
    """Processes are not forked but started anew, as on macOS."""
    # To those that are started from here on. One that did the same would start another one, and so on without end.
    os.environ["DISTURBANCE"] = nothing.__name__
    multiprocessing.set_start_method("spawn")
    # Some versions of Python let signals through in a process that starts this, as the first of the others would.
    resource_tracker.ensure_running()


def nothing() -> None:
    """Do nothing."""


globals()[os.environ["DISTURBANCE"]]()
