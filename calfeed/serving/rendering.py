"""What a site consists of, rendered on all processors: each object once, what objects share once in each process."""

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
"""So many objects are rendered sooner than other processes have started."""
_AHEAD = 3
"""How many batches each process may have rendered before they are taken: so much is held in memory at most."""


class Wanted(NamedTuple):
    """An object to be rendered: its name, the path where `serve` has it, and what the manifest says that is there."""

    name: str
    path: str
    known: Entry | None


class Rendered(NamedTuple):
    """A rendered object; without its body where it is what is there already."""

    name: str
    entry: Entry
    media_type: str
    body: bytes | None

    @property
    def attributes(self) -> dict[str, str]:
        """What a store is to say about it."""
        return _attributes(self.media_type)


def rendered(catalog: Catalog, batches: Sequence[Sequence[Wanted]]) -> Iterator[Rendered]:
    """All objects of all batches, in whatever order they are done; those of one batch share what they are made of."""
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
    """What becomes of batches, no more than so many of them at a time."""
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
    """How processes begin: on Linux as they are, elsewhere as new ones that get the catalog sent."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


# --- in a process that renders ---------------------------------------------------------------------------------------

_here: list[Resources] = []
"""What the process that renders renders from."""


def _begin(catalog: Catalog) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it without a word: its parent speaks
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
