"""Renders the objects of a site on all processors. What several objects share is made once in each process.

What goes to a folder is written by the process that rendered it. What goes to a store is sent to the parent, which
holds the lock there.
"""

import gc
import multiprocessing.context
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from calfeed.formats.pieces import compile_templates
from calfeed.serving.choices import Choice
from calfeed.serving.manifest import Entry, entry_of
from calfeed.serving.places import BuildError, write
from calfeed.serving.resources import Resources

CACHE_CONTROL = "public, max-age=300"
_FEW = 100
"""Up to this many objects, rendering them takes less time than starting other processes."""
_PROCESS = multiprocessing.context.ForkProcess if sys.platform == "linux" else multiprocessing.context.SpawnProcess
"""How a process starts: on Linux by a fork, elsewhere as a new process to which the resources are sent."""
_Connection: TypeAlias = "Connection[Any, Any]"


class Wanted(NamedTuple):
    """An object to render: its name, its path in `serve`, its feed's address, and its entry in the manifest."""

    name: str
    path: str
    made_of: str
    known: Entry | None


class Rendered(NamedTuple):
    """A rendered object. The body is None if there is nothing more to write: it is the same as before, or written."""

    name: str
    entry: Entry
    media_type: str
    is_new: bool
    body: bytes | None

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes that an object store keeps with it."""
        return {"Content-Type": self.media_type, "Cache-Control": CACHE_CONTROL}


def rendered(resources: Resources, batches: Sequence[Sequence[Wanted]], folder: Path | None) -> Iterator[Rendered]:
    """Render the objects of all batches, in any order. The objects of one batch are made of the same events.

    They are written to the folder, if there is one. Raises BuildError if this fails, or if a process that renders is
    killed.
    """
    if sum(map(len, batches)) <= _FEW:
        for batch in batches:
            yield from _render(resources, batch, folder)
        return
    compile_templates()  # once, and not in each process
    processes = [_start(resources, folder) for _ in range(_processors())]
    try:
        yield from _shared_out(batches, [each.connection for each in processes])
    except (EOFError, ConnectionError):
        raise BuildError(
            "a process that rendered has been killed, perhaps for want of memory; once this is mended, build again: "
            "that is safe"
        ) from None
    finally:
        for each in processes:
            each.process.terminate()
            each.process.join()


class _Process(NamedTuple):
    """A process that renders, and the connection to it."""

    process: BaseProcess
    connection: _Connection


def _start(resources: Resources, folder: Path | None) -> _Process:
    """Start a process that renders.

    Each has a connection of its own, whose other end it alone holds. So if it is killed, even while it answers, the
    connection ends. A queue that processes share, such as that of ProcessPoolExecutor, would wait forever.
    """
    ours, theirs = multiprocessing.Pipe()
    process = _PROCESS(target=_serve, args=(theirs, resources, folder), daemon=True)
    process.start()
    theirs.close()
    return _Process(process, ours)


def _shared_out(batches: Iterable[Sequence[Wanted]], connections: Sequence[_Connection]) -> Iterator[Rendered]:
    """The rendered objects of all batches. Each process has one batch at a time, which limits the memory.

    Raises EOFError or ConnectionError if a process is killed, and the errors of rendering.
    """
    waiting = iter(batches)
    busy = []
    for connection, batch in zip(connections, waiting, strict=False):
        connection.send(batch)
        busy.append(connection)
    while busy:
        ready = wait(busy)
        for connection in [each for each in busy if each in ready]:
            done = connection.recv()
            if isinstance(done, Exception):
                raise done
            following = next(waiting, None)
            if following is None:
                busy.remove(connection)
            else:
                connection.send(following)
            yield from done


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))  # fewer than the machine has, where it is shared
    return os.cpu_count() or 1


# --- in a process that renders ---------------------------------------------------------------------------------------


def _serve(connection: _Connection, resources: Resources, folder: Path | None) -> None:
    """Render each batch that comes, until the process is ended."""
    # Ctrl+C reaches all processes of a terminal; the parent ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # to look through what the parent has made would copy all of it
    gc.enable()  # the parent may do without
    while True:
        batch = connection.recv()
        try:
            connection.send(list(_render(resources, batch, folder)))
        except Exception as error:
            connection.send(error)  # the parent raises it


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _render(resources: Resources, batch: Iterable[Wanted], folder: Path | None) -> Iterator[Rendered]:
    for each in batch:
        found = resources.find(each.path, Choice())
        if found is None:
            raise LookupError(each.path)  # which is a path of these resources
        entry = entry_of(found.body, found.media_type, CACHE_CONTROL)
        is_new = entry != each.known
        if is_new and folder:
            write(folder, each.name, found.body)
        yield Rendered(each.name, entry, found.media_type, is_new, found.body if is_new and not folder else None)
