"""The production server: granian's workers around the application, and nothing left behind when they end."""

import gc
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from shutil import rmtree
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server import Server

from calfeed.serving.access_log import Observer
from calfeed.serving.application import Application
from calfeed.serving.live import Live
from calfeed.serving.rsgi import THREADS, Edge
from calfeed.serving.scratch import scratch_folder
from calfeed.serving.streams import never_wait

GRACE_SECONDS = 10
"""How long a worker may go on answering what it has begun once it is told to end."""
HEADERS_MILLISECONDS = 10_000
"""How long a connection may take to send a request's headers, the time between two requests included."""
MOST_HEADER_BYTES = 64 * 1024
"""How large a request's first line and headers may be together: a selection of a thousand feeds fits."""
MOST_CONNECTIONS = 8_000
"""How many connections a worker holds at once, idle ones too; more wait until one of these ends."""
TAKES_NOTHING_SECONDS = 30
"""How long a client may take nothing of what is sent to it."""
ENDS_WHO_TAKES_NOTHING = sys.platform == "linux"
"""Whether clients that take nothing are disconnected: only Linux can be told to."""
_MOST_UNSENT_OCTETS = 128 * 1024
"""How much the system keeps of what a client does not take."""
_OTHER_DESCRIPTORS = 64
"""How many descriptors are for other things than connections."""
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


def needs_a_proxy(address: str) -> bool:
    """Whether others can reach a server at this address, and nothing ends those who take nothing: it needs a proxy."""
    return not (ENDS_WHO_TAKES_NOTHING or ip_address(address).is_loopback)


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
    follow: Callable[[], None] | None,
    observers: Collection[Observer] = (),
) -> None:
    """Serve a data folder until SIGINT, SIGTERM or SIGHUP; calls `when_ready` once a worker answers.

    With `follow`, which keeps this process up with the folder until the end, the workers follow it too. They tell
    `observers` of each request.

    Raises WorkersFailedError where the workers keep ending.
    """
    server = _granian(address, port, workers)

    def started() -> None:
        if os.name == "posix":
            threading.Thread(target=_end_when_told, args=(server.signal_handler_interrupt,), daemon=True).start()
        if follow:
            threading.Thread(target=follow, daemon=True).start()
        threading.Thread(target=_announce, args=(reachable_at(address), port, when_ready), daemon=True).start()

    server.on_startup(started)
    if os.name == "posix":
        os.register_at_fork(after_in_child=_hear_again)
    # What has been read stays: looked through by the collector, its memory would become each worker's own.
    gc.collect()
    gc.freeze()
    try:
        with signals_kept_back(), scratch_folder() as folder:
            loader = partial(_worker, live, bool(follow), observers, folder, port)
            server.serve(target_loader=loader, wrap_loader=False)
    except SystemExit:
        # granian's way to say that workers ended by themselves: no failure where everything was told to end at once.
        if not server.interrupt_signal:
            raise WorkersFailedError("the workers keep ending, so this server has ended too") from None


def _granian(address: str, port: int, workers: int) -> Any:
    """The server with its limits, not yet started."""
    return Server(
        "calfeed",
        address=address,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        runtime_blocking_threads=THREADS,
        websockets=False,
        # To tell HTTP/2 from HTTP/1 it would wait for first bytes without end: silent connections would fill it up.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_MILLISECONDS, max_buffer_size=MOST_HEADER_BYTES),
        backpressure=_most_connections(),
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
    )


def _most_connections() -> int:
    """How many connections a worker may hold, each with a file, as far as the system lets it have descriptors."""
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


def _end_when_told(end: Callable[[], object]) -> None:
    """Wait for signals, each of which ends the server; granian itself would start new workers at SIGHUP."""
    while True:
        signal.sigwait(_ENDING)
        end()


def _hear_again() -> None:
    """Let a worker, which begins as its parent is, hear signals: told to end before it has its own handler, too."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def _worker(live: Live, is_followed: bool, observers: Collection[Observer], folder: Path | None, port: int) -> Any:
    """The application, in a worker's process: called by granian once it has started there."""
    if os.name == "posix":
        os.setpgid(0, 0)  # Ctrl+C is for the parent, which ends its workers in order
    never_wait()
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    threading.Thread(target=_end_who_takes_nothing, args=(port,), daemon=True).start()
    gc.enable()  # its parent may have been reading, without the collector
    live = live.forked()
    if is_followed:
        live.catch_up(pauses=2)  # its parent may be behind the workers beside it
    application = Application(live.state, folder)
    if is_followed:
        threading.Thread(target=live.follow, args=(application.take,), daemon=True).start()
    return Edge(application, observers)


def _end_who_takes_nothing(port: int) -> None:
    """Have the system end connections whose clients take nothing of what is sent to them.

    What is set for a socket that listens holds for all its connections. This one is granian's, and listens soon. Only
    Linux can do it, and shows the descriptors of a process.
    """
    if not ENDS_WHO_TAKES_NOTHING:
        return
    while True:
        for path in Path("/proc/self/fd").iterdir():
            with suppress(OSError):  # it has been closed meanwhile
                if str(path.readlink()).startswith("socket:") and _listens(int(path.name), port):
                    return
        time.sleep(0.02)


def _listens(descriptor: int, port: int) -> bool:
    """Whether a socket listens on a port; if so, it is told what is to hold for its connections."""
    with socket.socket(fileno=os.dup(descriptor)) as found:
        if not found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) or found.getsockname()[1] != port:
            return False
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, TAKES_NOTHING_SECONDS * 1000)
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _MOST_UNSENT_OCTETS)
        return True


def _end_with_parent(folder: Path | None) -> None:
    """End this worker when its parent is gone, however that ended: it would serve old data forever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    parent.join()
    if folder:
        rmtree(folder, ignore_errors=True)
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
