"""Renders the objects of a site on all processors. What several objects share is made once in each process."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import NamedTuple

from calfeed.model.catalog import Catalog
from calfeed.serving.choices import Choice
from calfeed.serving.manifest import Entry, entry_of
from calfeed.serving.places import BuildError
from calfeed.serving.resources import Resources

CACHE_CONTROL = "public, max-age=300"
_FEW = 100
"""Up to this many objects, rendering them takes less time than starting other processes."""
_AHEAD = 3
"""How many rendered batches of each process may wait to be written. This limits the memory that they need."""


class Wanted(NamedTuple):
    """An object to render: its name, its path in `serve`, and its entry in the manifest."""

    name: str
    path: str
    known: Entry | None


class Rendered(NamedTuple):
    """A rendered object. The body is None if it is the same as before."""

    name: str
    entry: Entry
    media_type: str
    body: bytes | None

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes that an object store keeps with it."""
        return _attributes(self.media_type)


def rendered(catalog: Catalog, batches: Sequence[Sequence[Wanted]]) -> Iterator[Rendered]:
    """Render the objects of all batches, in any order. The objects of one batch are made of the same events."""
    if sum(map(len, batches)) <= _FEW:
        resources = Resources(catalog)
        for batch in batches:
            yield from _render(resources, batch)
        return
    processes = _processors()
    pool = ProcessPoolExecutor(processes, _context(), _begin, (catalog,))
    try:
        for done in _in_flight(pool, batches, processes * _AHEAD):
            yield from done
    except BrokenProcessPool:
        raise BuildError(
            "a process that rendered has been killed, perhaps for want of memory; once this is mended, build again: "
            "that is safe"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _in_flight(
    pool: ProcessPoolExecutor, batches: Iterable[Sequence[Wanted]], most: int
) -> Iterator[Sequence[Rendered]]:
    """The rendered batches; at most `most` of them are being rendered at a time."""
    waiting = iter(batches)
    flying: set[Future[list[Rendered]]] = set()
    while True:
        flying |= {pool.submit(_render_here, batch) for batch in islice(waiting, most - len(flying))}
        if not flying:
            return
        done, flying = wait(flying, return_when=FIRST_COMPLETED)
        for each in done:
            yield each.result()


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))  # fewer than the machine has, where it is shared
    return os.cpu_count() or 1


def _context() -> multiprocessing.context.BaseContext:
    """How processes start: on Linux by a fork, elsewhere as new processes to which the catalog is sent."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


# --- in a process that renders ---------------------------------------------------------------------------------------

_here: list[Resources] = []
"""The resources of a process that renders."""


def _begin(catalog: Catalog) -> None:
    # Ctrl+C reaches all processes of a terminal. The parent ends this one; otherwise it would take it for killed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _here.append(Resources(catalog))
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _render_here(batch: Sequence[Wanted]) -> list[Rendered]:
    return list(_render(_here[0], batch))


def _render(resources: Resources, batch: Iterable[Wanted]) -> Iterator[Rendered]:
    for name, path, known in batch:
        found = resources.find(path, Choice())
        if found is None:
            raise LookupError(path)  # which is a path of these resources
        entry = entry_of(found.body, _attributes(found.media_type))
        yield Rendered(name, entry, found.media_type, None if entry == known else found.body)


def _attributes(media_type: str) -> dict[str, str]:
    return {"Content-Type": media_type, "Cache-Control": CACHE_CONTROL}
