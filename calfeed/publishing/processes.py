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

from calfeed.addresses.resources import Resources
from calfeed.formats.pieces import compile_templates
from calfeed.publishing.places import BuildError
from calfeed.publishing.rendering import Rendered, Wanted, rendered

_PROCESS = multiprocessing.context.ForkProcess if sys.platform == "linux" else multiprocessing.context.SpawnProcess
"""How a process starts: on Linux by a fork, elsewhere as a new process to which the resources are sent."""
_Connection: TypeAlias = "Connection[Any, Any]"


_MOST_OF_A_BATCH = 400
"""How many objects a process renders before it sends them, all of them at once."""


def rendered_by_several(resources: Resources, wanted: Iterable[Wanted], folder: Path | None) -> Iterator[Rendered]:
    """Render objects in any order, and write them to the folder, if there is one.

    Raises BuildError if this fails, or if a process that renders is killed.
    """
    compile_templates()  # once, and not in each process
    processes = [_start(resources, folder) for _ in range(_processors())]
    try:
        yield from _shared_out(_batches(resources, wanted), [each.connection for each in processes])
    except (EOFError, ConnectionError):
        raise BuildError(
            "a process that rendered has been killed, perhaps for want of memory; once this is mended, build again: "
            "that is safe"
        ) from None
    finally:
        for each in processes:
            each.process.terminate()
            each.process.join()


def _batches(resources: Resources, wanted: Iterable[Wanted]) -> list[list[Wanted]]:
    """Batches of objects. Those of one trust and its plans share much, so they are together.

    Objects that are made of all plans are large: each is a batch, and they go first.
    """
    large, others = [], dict[str, list[Wanted]]()
    for each in wanted:
        if each.made_of == "all":
            large.append([each])
        else:
            others.setdefault(_trust_of(resources, each.made_of), []).append(each)
    return large + [
        together[start : start + _MOST_OF_A_BATCH]
        for together in others.values()
        for start in range(0, len(together), _MOST_OF_A_BATCH)
    ]


def _trust_of(resources: Resources, address: str) -> str:
    """The address of the trust that a feed belongs to; of a plan's, the first target's. May be empty."""
    if address.startswith("plans/"):
        return next((each.target.trust.address for each in resources.feeds.reorganizations(address)), "")
    return "/".join(address.split("/")[:2])


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
    # What is rendered leaves nothing for Python's collector, which would take 2 % of the time of a full build: for that
    # row. To look through what the parent has made would also copy all of it.
    gc.disable()
    while True:
        batch = connection.recv()
        try:
            connection.send(list(rendered(resources, batch, folder)))
        except Exception as error:
            connection.send(error)  # the parent raises it


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
