"""Figures for Prometheus, on a port of their own.

The workers report each request to the parent process, through a pipe. The parent counts for all of them, and answers.
"""

import os
import threading
from dataclasses import replace
from functools import partial
from itertools import product
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, start_http_server

from calfeed.feeds.feeds import Feeds
from calfeed.reading.overlay import found_in_overlay
from calfeed.reading.problems import Problem, number_of, problems_in
from calfeed.serving.access_log import Answered, Observer
from calfeed.serving.confidential import State

SILENT_SECONDS = 10
"""How long a client of this listener may say nothing."""
_PARTS = ("public", "confidential")


class Metrics:
    """The figures. Counting begins when this is made. The data has figures for each part."""

    def __init__(self, address: str, port: int, state: State) -> None:
        """Answer at an address and a port from now on. Raises OSError if that is not possible."""
        registry = CollectorRegistry()
        self._requests = Counter(
            "calfeed_requests", "Requests answered, by kind and status.", ["kind", "status"], registry=registry
        )
        self._reloads = Counter(
            "calfeed_reloads", "Changes of the data folder, by result.", ["result", "part"], registry=registry
        )
        for result, part in product(("good", "bad"), _PARTS):
            self._reloads.labels(result, part)  # so that a figure of 0 is shown from the beginning
        gauge = partial(Gauge, labelnames=["part"], registry=registry)
        self._problems = gauge("calfeed_problems", "Problems in the data folder now; what was good last is served.")
        self._taken = gauge("calfeed_data_timestamp_seconds", "When the data that is served was taken from the folder.")
        self._plans = gauge("calfeed_plans", "Plans served.")
        self._events = gauge("calfeed_events", "Events served.")
        self._feeds = gauge("calfeed_feeds", "Feeds served.")
        self._state = state
        for part in _PARTS:
            self._taken.labels(part).set_to_current_time()
        self._count_public(state)
        self._count_confidential(state)
        self._reader, self._writer = Pipe(duplex=False)
        if os.name == "posix":
            # If the parent cannot keep up, a request is not counted, and no answer waits.
            os.set_blocking(self._writer.fileno(), False)
        server, _ = start_http_server(port, address, registry)
        _harden(server)
        self.address, self.port = address, server.server_port
        if hasattr(os, "register_at_fork"):
            # A worker that lives longer than its parent must not keep the port.
            os.register_at_fork(after_in_child=server.socket.close)
        threading.Thread(target=self._count, daemon=True).start()

    def observer(self) -> Observer:
        """The observer for the workers; it can be sent to another process."""
        return partial(_send, self._writer)

    def changed(self, state: State) -> None:
        """Count a change of the data folder that led to this state."""
        before, self._state = self._state, state
        if state.catalog is not before.catalog or state.problems != before.problems:
            self._reloads.labels("bad" if state.problems else "good", "public").inc()
            self._count_public(state)
        if state.overlay is not before.overlay or state.readers != before.readers:
            self._reloads.labels("bad" if _in_overlay(state) else "good", "confidential").inc()
            self._count_confidential(state)
        for part, is_another in (
            ("public", state.catalog is not before.catalog),
            ("confidential", state.overlay is not before.overlay),
        ):
            if is_another:
                self._taken.labels(part).set_to_current_time()

    def _count_public(self, state: State) -> None:
        feeds = Feeds(state.catalog)
        self._set("public", state.problems, len(state.catalog.plans), feeds.size("all"), len(feeds.addresses))

    def _count_confidential(self, state: State) -> None:
        """What readers may see beside what is public."""
        overlay = state.overlay
        events = Feeds(replace(state.beneath, plans=overlay.plans)).size("all")
        feeds = len(overlay.trusts) + len(overlay.portfolios) + len(overlay.plans)
        self._set("confidential", _in_overlay(state), len(overlay.plans), events, feeds)

    def _set(self, part: str, problems: tuple[Problem, ...], plans: int, events: int, feeds: int) -> None:
        self._problems.labels(part).set(number_of(problems))
        self._plans.labels(part).set(plans)
        self._events.labels(part).set(events)
        self._feeds.labels(part).set(feeds)

    def _count(self) -> None:
        while True:
            kind, status = self._reader.recv_bytes().decode().split()
            self._requests.labels(kind, status).inc()


def _in_overlay(state: State) -> tuple[Problem, ...]:
    """The problems of confidential files, those between them and the public ones included."""
    return problems_in(found_in_overlay(state.reading, state.overlay, Path()))


def _harden(server: Any) -> None:
    """Let no client of Python's own HTTP server do harm: a silent one ends, and one that breaks off is no error."""
    server.RequestHandlerClass.timeout = SILENT_SECONDS
    server.handle_error = _nothing


def _nothing(_request: object, _client: object) -> None:
    """Do nothing."""


def _send(writer: Connection, answered: Answered) -> None:
    try:
        writer.send_bytes(f"{_kind(answered.path)} {answered.status}".encode())
    except OSError:
        return


def _kind(path: str) -> str:
    """The kind of a request: one of three, since each one is a series of its own in Prometheus."""
    if path.endswith(".ics"):
        return "feed"
    return "page" if path.endswith("/") else "other"
