"""Clients that read slowly, or not at all: they cost a bounded amount of memory, are ended, and keep nobody out."""

import re
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.load import Started, started
from tests.support import COUNTED, PATIENCE_SECONDS, data_folder, each_of, plan_of, wait_until
from tests.test_hostile_requests import head, open_files
from tests.test_http import ask

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends them, and tells of memory in /proc")

SILENT_READERS = 3_000
SLOW_READERS = 400
LARGE_OCTETS = 4_000_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """A server with one worker, whose largest documents have some megabytes."""
    milestone = f"{{kind: other, date: 'May 1, 2031', note: {'x' * 20_000}}}"
    plan = plan_of({f"title {number}": milestone for number in range(46)}, "a")
    plans = {f"plans/p-{number}.yaml": plan for number in range(5)}
    folder = data_folder(tmp_path_factory.mktemp("large"), plans)
    with open_files(2 * SILENT_READERS), started(folder, "--workers", "1") as server:
        yield server


def connect(server: Started, room: int) -> socket.socket:
    """A connection that takes no more than about so many octets unless they are read."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    connection.settimeout(PATIENCE_SECONDS)
    connection.connect(("127.0.0.1", server.port))
    return connection


def memory(server: Started) -> int:
    """The octets that all workers hold, pages that they share counted for each."""
    found = 0
    for worker in each_of(server.workers):
        resident = re.search(r"^VmRSS:\s+(\d+) kB$", Path(f"/proc/{worker}/status").read_text(), re.MULTILINE)
        assert resident
        found += int(resident[1]) * 1024
    return found


def connections_of(server: Started) -> int:
    """How many connections the server has; one that the system ended for it is known to its client no sooner."""
    rows = (row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return sum(state == "01" and local.endswith(f":{server.port:04X}") for _, local, _, state, *_ in rows)


def test_thousands_that_ask_and_read_nothing_keep_nobody_out_and_are_ended(server: Started) -> None:
    page = "/trusts/example-trust/growth/"
    plain = ask(server, page)
    with ExitStack() as stack:
        silent = [stack.enter_context(connect(server, 4_096)) for _ in range(SILENT_READERS)]
        COUNTED["clients that read nothing"] += len(silent)
        before = memory(server)
        for connection in silent:
            connection.sendall(b"GET /all.csv HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
        for _ in range(20):
            assert ask(server, "/health").status == 200
            assert ask(server, page).lasting == plain.lasting
        assert memory(server) - before < SILENT_READERS * LARGE_OCTETS / 10
        wait_until(lambda: connections_of(server) == 0, "the server ends those who take nothing")
    assert ask(server, page).lasting == plain.lasting


def test_hundreds_that_read_slowly_share_what_they_read(server: Started) -> None:
    plain = ask(server, "/all.csv")
    assert len(plain.body) > LARGE_OCTETS
    with ExitStack() as stack:
        before = memory(server)
        slow = [stack.enter_context(connect(server, 4_096)) for _ in range(SLOW_READERS)]
        for connection in slow:
            connection.sendall(head("/all.csv"))
        for _ in range(5):
            assert [len(connection.recv(1)) for connection in slow] == [1] * SLOW_READERS
            assert ask(server, "/all.csv").lasting == plain.lasting
        assert memory(server) - before < SLOW_READERS * LARGE_OCTETS / 10
        # Who reads on gets all of it, however late.
        with slow[0].makefile("rb") as stream:
            assert stream.read().endswith(plain.body[-1_000:])
