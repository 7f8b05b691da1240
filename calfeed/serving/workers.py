"""The worker processes of a server: granian starts them, and one that ends by itself is replaced.

Why granian: gunicorn, waitress, uvicorn, hypercorn and cheroot were tried beside it, each with one worker and with 300
clients that asked for 20 times 4.6 MB and read nothing. None of them disconnects all these clients within a minute. So
the system has to do that under any server. Here it does: /health was answered, all the clients were disconnected, and
the worker grew by 82 MB. Without bodies in files it would have grown by 833 MB. uvicorn grew by 15 MB, and sent small
answers at 0.9 times the rate of granian; the others at 0.1 to 0.25 times.
"""

import multiprocessing
import os
from asyncio import AbstractEventLoop
from collections.abc import Callable
from importlib import import_module
from logging import getLogger
from time import monotonic
from typing import Any

from granian import loops
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from calfeed.serving.event_loop import with_first_steps_at_once
from calfeed.serving.rsgi import THREADS
from calfeed.serving.steps import Steps

GRACE_SECONDS = 10
"""How long a worker that is told to end may take to finish its answers."""
HEADERS_MILLISECONDS = 10_000
"""How long a connection may take to send the headers of a request. Idle time before the request counts too."""
MOST_HEADER_BYTES = 64 * 1024
"""How many bytes the first line and the headers of a request may have. A selection of a thousand feeds fits."""
MOST_CONNECTIONS = 8_000
"""How many connections a worker holds at a time, idle ones included. Further ones wait."""
_OTHER_DESCRIPTORS = 64
"""How many descriptors are kept for other things than connections."""
_SOON_SECONDS = 5.5
"""A worker that replaced another and ends after so short a time ends the server."""
_AGAIN_SECONDS = 5
"""After how many seconds a worker that could not be started is started again."""


class WorkersFailedError(RuntimeError):
    """There can be no workers. The message says why."""


class Workers(MPServer):
    """granian with the limits of this server, and with its own way to wait for what happens to the workers.

    granian looks at what has happened first, and then forgets it: a signal or the end of a worker that came meanwhile
    was lost. The server then did not end, or went on with a worker less. Of 380 servers whose threads took turns all
    the time, and of which several workers were killed at once, one went on so.

    This relies on what granian does not promise, so it takes another minor version of it only once that has been tried.
    `_serve_loop` is called when the workers run, and what follows it ends them, also those in `wrks` that have ended
    by themselves; it then exits if `interrupt_children` has any. Of a worker that ends by itself that list gets the
    place in `wrks`, and `main_loop_interrupt` is set. `signal_handler_interrupt` sets both `interrupt_signal` and that.
    `_spawn_worker` makes a worker, which its `start` starts.
    """

    def __init__(self, address: str, port: int, workers: int, started: Callable[[], None], steps: Steps) -> None:
        """`started` is called once the workers have been started; `steps` are those of the threads of this process."""
        super().__init__(
            "calfeed",
            address=address,
            port=port,
            interface=Interfaces.RSGI,
            workers=workers,
            runtime_blocking_threads=THREADS,
            websockets=False,
            # To detect HTTP/2 it would wait for the first bytes without a limit, so silent connections would fill it.
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=HEADERS_MILLISECONDS, max_buffer_size=MOST_HEADER_BYTES),
            backpressure=_most_connections(),
            log_enabled=False,
            workers_kill_timeout=GRACE_SECONDS,
        )
        self._started = started
        self._steps = steps
        self._replaced: dict[int, float] = {}
        """When each worker replaced another, in seconds of the monotonic clock, by its place."""

    def run(self, loader: Callable[[], Any]) -> None:
        """Serve until the server is told to end; `loader` makes the application in a worker.

        Raises WorkersFailedError.
        """
        try:
            self.serve(target_loader=loader, wrap_loader=False)
        except SystemExit:
            # granian exits like this if workers end by themselves. That is no failure if all processes got the signal.
            if not self.interrupt_signal:
                raise WorkersFailedError("the workers keep ending, so this server has ended too") from None
        except (OSError, RuntimeError) as error:  # there can be no more processes, or no more threads
            for worker in multiprocessing.active_children():
                worker.kill()  # else this process would wait for it
            reason = error.strerror if isinstance(error, OSError) else error
            raise WorkersFailedError(f"the workers cannot be started: {reason}") from None

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        """Replace workers that end, until the server is told to end, or they keep ending.

        In the second case `interrupt_children` still has some, and so granian exits.
        """
        self._started()
        ended = self.interrupt_children  # to which the threads that wait for the workers add their places
        while not self.interrupt_signal:
            self.main_loop_interrupt.wait(_AGAIN_SECONDS if ended else None)
            self.main_loop_interrupt.clear()  # before the look: what happens after it wakes this thread again
            for place in tuple(ended):
                if place in self._replaced and monotonic() - self._replaced[place] < _SOON_SECONDS:
                    return
                if self._is_replaced(place, spawn_target, target_loader):
                    ended.remove(place)

    def _is_replaced(self, place: int, spawn_target: Any, target_loader: Any) -> bool:
        """Start a worker in place of one that has ended. Returns whether that was possible."""
        worker: Any = self._spawn_worker(idx=place, target=spawn_target, callback_loader=target_loader)
        try:
            with self._steps.between():
                worker.start()
        except OSError as error:
            getLogger(__name__).error("a worker cannot be started: %s", error.strerror or error)
            return False
        self.wrks[place] = worker
        self._replaced[place] = monotonic()
        return True


@loops.register("auto")
def _event_loop() -> AbstractEventLoop:
    return with_first_steps_at_once(loops.get("uvloop" if "uvloop" in loops else "asyncio"))


def _most_connections() -> int:
    """How many connections a worker may hold, each with a file. Raises the limit of descriptors as far as possible."""
    if os.name != "posix":
        return MOST_CONNECTIONS
    resource = import_module("resource")  # which Windows lacks
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS + _OTHER_DESCRIPTORS
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        soft = allowed
    possible: int = MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else (soft - _OTHER_DESCRIPTORS) // 2
    return max(1, min(MOST_CONNECTIONS, possible))
