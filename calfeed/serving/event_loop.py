"""The event loop of a worker, which is left out for requests that need not wait: for the row "a feed that is kept".

granian reads requests in a thread of its own, makes a coroutine of each, and gives it to the event loop by
`call_soon_threadsafe`. To wake the loop and to change threads takes more time than a cached answer does. So each
coroutine takes its first step at once, in granian's thread. One that is not done then goes on in the event loop.
"""

from asyncio import AbstractEventLoop, sleep
from collections.abc import Callable
from contextvars import Context
from types import CoroutineType
from typing import Any


async def go_on_in_loop() -> None:
    """Give way to the event loop. Whatever waits for something must come behind this: before it there is no loop."""
    await sleep(0)


def with_first_steps_at_once(loop: AbstractEventLoop) -> AbstractEventLoop:
    """Return the loop, which from now on leaves out calls with a coroutine that ends with its first step."""
    usual = loop.call_soon_threadsafe

    def call_soon_threadsafe(callback: Callable[..., object], *args: Any, context: Context | None = None) -> Any:
        if args and isinstance(args[0], CoroutineType):
            try:
                args[0].send(None)
            except StopIteration:
                return None
        return usual(callback, *args, context=context)

    # Its class is another one in each system, so the method is replaced in the object.
    loop.call_soon_threadsafe = call_soon_threadsafe  # type: ignore[assignment, method-assign]
    return loop
