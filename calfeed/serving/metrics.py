"""Figures for Prometheus, on a listener of their own.

The workers tell the parent process of each request, through a pipe; it counts for the server as a whole, and answers.
"""

import os
import threading
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from prometheus_client import CollectorRegistry, Counter, Gauge, start_http_server

from calfeed.feeds.feeds import Feeds
from calfeed.reading.problems import number_of
from calfeed.serving.access_log import Answered, Observer
from calfeed.serving.confidential import part_seen
from calfeed.serving.live import State


class Metrics:
    """The figures, which begin when this is made; plans, events and feeds are those that the public may see."""

    def __init__(self, address: str, port: int, state: State) -> None:
        """Answer at an address and a port from now on; raises OSError where that is not possible."""
        registry = CollectorRegistry()
        self._requests = Counter(
            "calfeed_requests", "Requests answered, by kind and status.", ["kind", "status"], registry=registry
        )
        self._reloads = Counter(
            "calfeed_reloads", "Changes of the data folder, by result.", ["result"], registry=registry
        )
        for result in ("good", "bad"):
            self._reloads.labels(result)  # shown from the beginning, as 0
        gauge = partial(Gauge, registry=registry)
        self._problems = gauge("calfeed_problems", "Problems in the data folder now; what was good last is served.")
        self._taken = gauge("calfeed_data_timestamp_seconds", "When the data that is served was taken from the folder.")
        self._plans = gauge("calfeed_plans", "Plans served to the public.")
        self._events = gauge("calfeed_events", "Events served to the public.")
        self._feeds = gauge("calfeed_feeds", "Feeds served to the public.")
        self._state: State | None = None
        self._take(state)
        self._reader, self._writer = Pipe(duplex=False)
        if os.name == "posix":
            # When the parent cannot keep up, a figure is lost and no answer waits.
            os.set_blocking(self._writer.fileno(), False)
        server, _ = start_http_server(port, address, registry)
        self.address, self.port = address, server.server_port
        if hasattr(os, "register_at_fork"):
            # A worker that outlives its parent for a while must not keep the port.
            os.register_at_fork(after_in_child=server.socket.close)
        threading.Thread(target=self._count, daemon=True).start()

    def observer(self) -> Observer:
        """What a worker is to tell its requests to; it can be sent to another process."""
        return partial(_send, self._writer)

    def changed(self, state: State) -> None:
        """Count a change of the data folder, which led to a state."""
        self._reloads.labels("bad" if state.problems else "good").inc()
        self._take(state)

    def _take(self, state: State) -> None:
        before, self._state = self._state, state
        self._problems.set(number_of(state.problems))
        if before is None or state.catalog is not before.catalog:
            self._taken.set_to_current_time()
        catalog = part_seen(state.catalog, also_hidden=state.hidden)
        feeds = Feeds(catalog)
        self._plans.set(len(catalog.plans))
        self._events.set(feeds.size("all"))
        self._feeds.set(len(feeds.addresses))

    def _count(self) -> None:
        while True:
            kind, status = self._reader.recv_bytes().decode().split()
            self._requests.labels(kind, status).inc()


def _send(writer: Connection, answered: Answered) -> None:
    try:
        writer.send_bytes(f"{_kind(answered.path)} {answered.status}".encode())
    except OSError:
        return


def _kind(path: str) -> str:
    """One of few, whatever is asked for: each would be a series of its own."""
    if path.endswith(".ics"):
        return "feed"
    return "page" if path.endswith("/") else "other"
