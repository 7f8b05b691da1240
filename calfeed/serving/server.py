"""The production server: granian's workers around the application, and nothing left behind when they end."""

import gc
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from ipaddress import ip_address
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server import Server

from calfeed.serving.application import Application
from calfeed.serving.live import Live, State
from calfeed.serving.observing import Observed, Observer

GRACE_SECONDS = 10
"""How long a worker may go on answering what it has begun once it is told to end."""
HEADERS_MILLISECONDS = 10_000
"""How long a connection may take to send a request's headers, the time between two requests included."""
MOST_HEADER_BYTES = 64 * 1024
"""How large a request's first line and headers may be together: a selection of a thousand feeds fits."""
MOST_CONNECTIONS = 2_000
"""How many connections a worker holds at once, idle ones too; more wait until one of these ends."""
_ENDING = {signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if os.name == "posix" else [])}


class WorkersFailedError(RuntimeError):
    """The workers ended as often as they were started again."""


def free_address(host: str, port: int) -> tuple[str, int]:
    """The numeric address and the port to listen on; port 0 becomes a free one.

    Raises OSError where the host is unknown or the port is taken: granian's workers share their port, so that a second
    server would start beside the first in silence.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except UnicodeError:
        raise OSError(None, "this is not the name of a host") from None
    family, kind, _, _, address = found[0]
    with socket.socket(family, kind) as probe:
        if os.name == "posix":
            # So that connections of an earlier server, still closing, do not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen()
        listening: tuple[str, int] = probe.getsockname()[:2]
        return listening


def reachable_at(address: str) -> str:
    """Where this machine itself reaches a server that listens on an address: 0.0.0.0 and :: are no places to go to."""
    listening = ip_address(address)
    if not listening.is_unspecified:
        return address
    return "127.0.0.1" if listening.version == 4 else "::1"


@contextmanager
def signals_kept_back() -> Iterator[None]:
    """See to it that no thread that is started meanwhile gets a signal: one of several might, and then do nothing."""
    if os.name != "posix":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(
    live: Live,
    address: str,
    port: int,
    workers: int,
    when_ready: Callable[[], None],
    changed: Callable[[State], None] | None,
    observers: Collection[Observer] = (),
) -> None:
    """Serve a data folder until SIGINT, SIGTERM or SIGHUP; calls `when_ready` once a worker answers.

    With `changed` the folder is followed, and it is called with each new state. The workers tell `observers` of each
    request.

    Raises WorkersFailedError where the workers keep ending.
    """
    server = Server(
        "calfeed",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        # To tell HTTP/2 from HTTP/1 it would wait for first bytes without end: silent connections would fill it up.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_MILLISECONDS, max_buffer_size=MOST_HEADER_BYTES),
        backpressure=MOST_CONNECTIONS,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
    )

    @server.on_startup
    def started() -> None:
        if os.name == "posix":
            threading.Thread(target=_end_when_told, args=(server.signal_handler_interrupt,), daemon=True).start()
        if changed:
            live.hold_at_fork()
            threading.Thread(target=live.follow, args=(changed,), daemon=True).start()
        threading.Thread(target=_announce, args=(reachable_at(address), port, when_ready), daemon=True).start()

    if os.name == "posix":
        os.register_at_fork(after_in_child=_hear_again)
    # What has been read stays: looked through by the collector, its memory would become each worker's own.
    gc.collect()
    gc.freeze()
    try:
        with signals_kept_back():
            server.serve(target_loader=partial(_worker, live, bool(changed), observers), wrap_loader=False)
    except SystemExit:
        # granian's way to say that workers ended by themselves: no failure where everything was told to end at once.
        if not server.interrupt_signal:
            raise WorkersFailedError("the workers keep ending, so this server has ended too") from None


def _end_when_told(end: Callable[[], object]) -> None:
    """Wait for signals, each of which ends the server; granian itself would start new workers at SIGHUP."""
    while True:
        signal.sigwait(_ENDING)
        end()


def _hear_again() -> None:
    """Let a worker, which begins as its parent is, hear signals: told to end before it has its own handler, too."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def _worker(live: Live, is_followed: bool, observers: Collection[Observer]) -> Any:
    """The application, in a worker's process: called by granian once it has started there."""
    if os.name == "posix":
        os.setpgid(0, 0)  # Ctrl+C is for the parent, which ends its workers in order
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if is_followed:
        live.refresh(pauses=2)  # its parent may be behind the workers beside it
    application = Application(live.state)
    if is_followed:
        threading.Thread(target=live.follow, args=(application.take,), daemon=True).start()
    return Observed(application, observers) if observers else application


def _end_with_parent() -> None:
    """End this worker when its parent is gone, however that ended: it would serve old data forever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


def _announce(address: str, port: int, when_ready: Callable[[], None]) -> None:
    while True:
        try:
            socket.create_connection((address, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            when_ready()
            return
