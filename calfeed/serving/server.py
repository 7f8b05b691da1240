"""The server: worker processes with the application, all of which end with this process."""

import gc
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from shutil import rmtree
from typing import Any

from calfeed.serving.access_log import Observer
from calfeed.serving.application import Application
from calfeed.serving.live import Live
from calfeed.serving.rsgi import Edge
from calfeed.serving.scratch import scratch_folder
from calfeed.serving.signals import ENDING, signals_kept_back
from calfeed.serving.steps import Steps
from calfeed.serving.streams import never_wait
from calfeed.serving.workers import GRACE_SECONDS, Workers

TAKES_NOTHING_SECONDS = 30
"""A client that accepts no data for so many seconds, while there is some to send, is disconnected."""
ENDS_WHO_TAKES_NOTHING = sys.platform == "linux"
"""Whether clients that take nothing are disconnected: only Linux can be told to."""
_MOST_UNSENT_OCTETS = 128 * 1024
"""How many bytes the system buffers for a client that does not read."""


def free_address(host: str, port: int) -> tuple[str, int]:
    """The numeric address and the port to listen on; port 0 becomes a free one.

    Raises OSError if the host is unknown or the port is taken. granian itself would not notice: its workers share their
    port, so a second server would simply share it too.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except UnicodeError:
        raise OSError(None, "this is not the name of a host") from None
    family, kind, _, _, address = found[0]
    with socket.socket(family, kind) as probe:
        if os.name == "posix":
            # Otherwise connections of an earlier server that are still closing would block the port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen()
        listening: tuple[str, int] = probe.getsockname()[:2]
        return listening


def reachable_at(address: str) -> str:
    """The address at which this machine reaches the server: nobody can connect to 0.0.0.0 or ::."""
    listening = ip_address(address)
    if not listening.is_unspecified:
        return address
    return "127.0.0.1" if listening.version == 4 else "::1"


def needs_a_proxy(address: str) -> bool:
    """Whether others can reach a server at this address, and nothing ends those who take nothing: it needs a proxy."""
    return not (ENDS_WHO_TAKES_NOTHING or is_this_machine_alone(address))


def is_this_machine_alone(address: str) -> bool:
    """Whether only programs on this machine can reach an address."""
    return ip_address(address).is_loopback


def serve(
    live: Live,
    address: str,
    port: int,
    workers: int,
    when_ready: Callable[[], None],
    follow: Callable[[], None] | None,
    observers: Collection[Observer] = (),
) -> None:
    """Serve a data folder until SIGINT, SIGTERM or SIGHUP. Calls `when_ready` once a worker answers.

    `follow` keeps this process up to date with the folder; if there is one, each worker follows the folder by itself.
    The workers call the `observers` for each request.

    Raises WorkersFailedError if the workers keep ending, or cannot be started.
    """

    def started() -> None:
        if os.name == "posix":
            threading.Thread(target=_end_when_told, args=(server.signal_handler_interrupt,), daemon=True).start()
        if follow:
            threading.Thread(target=follow, daemon=True).start()
        announced = (reachable_at(address), port, when_ready, live.steps)
        threading.Thread(target=_announce, args=announced, daemon=True).start()

    server = Workers(address, port, workers, started, live.steps)
    # The collector would write to the objects read so far, and so each worker would need a copy of that memory.
    gc.collect()
    gc.freeze()
    with signals_kept_back(), scratch_folder() as folder:
        server.run(partial(_worker, live, bool(follow), observers, folder, port))


def _end_when_told(end: Callable[[], object]) -> None:
    """Wait for signals, and end the server at each; granian itself would restart the workers at SIGHUP."""
    while True:
        signal.sigwait(ENDING)
        end()


def _worker(live: Live, is_followed: bool, observers: Collection[Observer], folder: Path | None, port: int) -> Any:
    """Make the application in a worker: granian calls this in the new process."""
    if os.name == "posix":
        os.setpgid(0, 0)  # Ctrl+C then signals the parent alone, which ends its workers
        # Forked or not, the process began with the signals blocked. SIGTERM ends it until granian has set its handler.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    never_wait()
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    threading.Thread(target=_end_who_takes_nothing, args=(port,), daemon=True).start()
    gc.enable()  # its parent may have been reading, without the collector
    live.carry_on()
    if is_followed:
        live.catch_up(pauses=2)  # its parent may be behind the workers beside it
    application = Application(live.state, folder)
    if is_followed:
        threading.Thread(target=live.follow, args=(application.take,), daemon=True).start()
    _let_threads_finish()  # last, so that what follows the folder waits for nobody
    return Edge(application, observers)


def _let_threads_finish() -> None:
    """Let a thread of this process go on when it wakes another, where the system is Linux.

    Each request goes from the thread that reads it to one that answers it, and back. Usually Linux changes threads at
    once each time. Under its policy "batch" (sched(7)) a thread first does all that is there to do. There are a third
    as many changes, and a fifth more requests: for the row "a feed that is kept". Threads that start later inherit it.
    """
    if sys.platform == "linux":
        with suppress(OSError):  # where the system is told to forbid it, or the C library has no such call, as musl
            if os.sched_getscheduler(0) == os.SCHED_OTHER:
                os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _end_who_takes_nothing(port: int) -> None:
    """Tell the system to end connections whose clients do not read.

    Options of a listening socket hold for its connections too. granian opens that socket soon after this is called, and
    does not give it away, so it is looked for among the descriptors of the process.
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
    """Whether a socket listens on a port. If so, set the options for its connections."""
    with socket.socket(fileno=os.dup(descriptor)) as found:
        if not found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) or found.getsockname()[1] != port:
            return False
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, TAKES_NOTHING_SECONDS * 1000)
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _MOST_UNSENT_OCTETS)
        return True


def _end_with_parent(folder: Path | None) -> None:
    """End this worker when its parent has ended, even if that was killed: nobody could stop or replace it any more."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    parent.join()
    if folder:
        rmtree(folder, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


def _announce(address: str, port: int, when_ready: Callable[[], None], steps: Steps) -> None:
    while True:
        try:
            socket.create_connection((address, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            with steps.one():
                when_ready()
            return
