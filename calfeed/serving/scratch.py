"""The temporary folder of a server, for large answers.

A file in it is locked as long as a process of the server runs. So the next server knows the folder of one that was
killed with all its workers, and deletes it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

_PREFIX = "calfeed-"
_LOCK = "calfeed-serve.lock"


@contextmanager
def scratch_folder() -> Iterator[Path | None]:
    """A folder that exists as long as the server runs; None if none can be made."""
    try:
        _delete_abandoned()
        folder = _made()
    except OSError:
        yield None
        return
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def _made() -> Path:
    while True:
        folder = Path(mkdtemp(prefix=_PREFIX))
        # The descriptor stays open: workers that are forked have it too, and so hold the lock until the last one ends.
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT)
        try:
            _lock(descriptor)
        except BlockingIOError:
            os.close(descriptor)  # another server has locked it first, to delete the folder
            continue
        except OSError:
            return folder
        if (folder / _LOCK).exists():
            return folder
        os.close(descriptor)


def _delete_abandoned() -> None:
    """Delete the folders of this user's servers of which no process is left."""
    if os.name != "posix":
        return
    for path in Path(gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
            try:
                _lock(descriptor)
                rmtree(path.parent, ignore_errors=True)
            finally:
                os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Lock a file without waiting. Raises BlockingIOError if another process has it, OSError if there are no locks."""
    if os.name != "posix":
        return
    fcntl = import_module("fcntl")  # which Windows lacks
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
