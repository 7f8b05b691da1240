"""Sends objects to a store, several at a time."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from calfeed.publishing.places import Place
from calfeed.publishing.rendering import Rendered

_AT_ONCE = 16
"""How many objects are being sent, and held in memory, at a time."""


def sent(place: Place, made: Iterable[Rendered]) -> Iterator[Rendered]:
    """Send the objects that are not as they were. Yields each once it is there."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        under_way: deque[Future[Rendered]] = deque()
        for each in made:
            if each.body is None:
                yield each
                continue
            if len(under_way) >= _AT_ONCE:
                yield under_way.popleft().result()
            under_way.append(pool.submit(_put, place, each, each.body))
        for last in under_way:
            yield last.result()


def _put(place: Place, made: Rendered, body: bytes) -> Rendered:
    place.put(made.name, body, made.attributes)
    return made
