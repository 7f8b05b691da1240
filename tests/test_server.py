"""The server as processes: how it starts, what it refuses, and that nothing of it is left however it ends."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.support import (
    CALFEED,
    FOUNDING,
    PATIENCE_SECONDS,
    SITE,
    data_folder,
    each_of,
    free_port,
    is_listening,
    make_folder,
    plan_of,
    run,
    serving,
    trust_of,
    wait_until,
)

watches_processes = pytest.mark.skipif(sys.platform != "linux", reason="it finds processes in /proc, which Linux has")


def living(session: int) -> set[int]:
    """The processes of a session that have not ended."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended since
            state, _, _, of_session = (process / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(of_session) == session and state != "Z":
                found.add(int(process.name))
    return found


def listeners(port: int) -> int:
    """How many sockets listen on a port: each worker has its own."""
    rows = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return sum(row.split()[1].endswith(f":{port:04X}") and row.split()[3] == "0A" for row in rows)


def pauses(process: int) -> int:
    """How many times the main thread of a process has waited: that of a worker runs the event loop."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("\nvoluntary_ctxt_switches:")[2].split()[0])


def answer(port: int, target: str = "/health", host: str = "127.0.0.1") -> int:
    """The status with which a server answers; raises OSError where it does not."""
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", target)
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()


class Session:
    """`calfeed serve` in a session of its own, by which all its processes are found."""

    def __init__(self, data: Path, workers: int) -> None:
        self.process = subprocess.Popen(
            [CALFEED, "serve", str(data), "--port", "0", "--workers", str(workers)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self.port = 0

    def wait_for_workers(self, workers: int) -> None:
        """Wait until all workers listen: the server says that it is ready when the first does."""
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        assert line.startswith("Serving "), line
        self.port = int(line.rstrip("/\n").rpartition(":")[2])
        wait_until(lambda: listeners(self.port) == workers, f"{workers} workers listen")

    @property
    def workers(self) -> set[int]:
        return living(self.process.pid) - {self.process.pid}

    def end(self) -> tuple[int, list[str]]:
        """Wait until all of it has ended; the exit code, and what it said on stderr beside the list of feeds."""
        code = self.process.wait(PATIENCE_SECONDS)
        wait_until(lambda: not living(self.process.pid), "every process of the server ends")
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        assert self.process.stdout.read() == ""
        return code, [line for line in self.process.stderr.read().splitlines() if not line.startswith("  ")]


@contextmanager
def session(data: Path, workers: int = 2) -> Iterator[Session]:
    server = Session(data, workers)
    with server.process:  # closes its pipes
        try:
            server.wait_for_workers(workers)
            yield server
        finally:
            server.process.kill()  # first, since it replaces workers
            for process in living(server.process.pid) - {server.process.pid}:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)


# --- starting --------------------------------------------------------------------------------------------------------


def test_it_says_where_it_listens_and_which_feeds_there_are(tmp_path: Path) -> None:
    portfolios = {f"portfolio-{number}": f"Example {number} Portfolio" for number in range(25)}
    data = data_folder(tmp_path, {"trusts/example-trust.yaml": trust_of(**portfolios)})
    with serving(data) as server:
        at = f"http://127.0.0.1:{server.port}"
        assert server.first_line == f"Serving 27 feeds at {at}/\n"
        assert server.process.stderr is not None
        shown = [server.process.stderr.readline() for _ in range(21)]
        assert shown[:2] == [f"  {at}/all.ics  Example\n", f"  {at}/trusts/example-trust.ics  Example Trust\n"]
        assert shown[19] == f"  {at}/trusts/example-trust/portfolio-17.ics  Example 17 (Example Trust)\n"
        assert shown[20].startswith("  and 7 more")
        for line in each_of(shown[:20]):
            assert answer(server.port, line.split()[0].removeprefix(at)) == 200


def test_it_listens_on_the_port_that_is_asked_for() -> None:
    port = free_port()
    with serving(FOUNDING, "--port", str(port), "--workers", "1") as server:
        assert server.first_line == f"Serving 8 feeds at http://127.0.0.1:{port}/\n"
        assert answer(port) == 200


def test_it_listens_on_another_address() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError as error:
        pytest.skip(f"this machine has no IPv6: {error}")
    with serving(FOUNDING, "--host", "::1", "--workers", "1") as server:
        assert server.first_line == f"Serving 8 feeds at http://[::1]:{server.port}/\n"
        assert answer(server.port, host="::1") == 200


@watches_processes
@pytest.mark.parametrize("workers", [1, 3])
def test_as_many_workers_answer_as_are_asked_for(workers: int) -> None:
    with session(FOUNDING, workers) as server:
        assert len(server.workers) == workers
        assert {answer(server.port) for _ in range(4 * workers)} == {200}


# --- what it refuses -------------------------------------------------------------------------------------------------


def test_data_with_problems_is_not_served(tmp_path: Path) -> None:
    data = make_folder(tmp_path, {"site.yaml": "title: Example\n", "plans/c.yaml": "- x\n"})
    port = free_port()
    result = run("serve", data, "--port", str(port))
    assert (result.returncode, result.stdout) == (1, "")
    assert "site.yaml:" in result.stderr
    assert "plans/c.yaml:" in result.stderr
    assert "Serving" not in result.stderr
    assert not is_listening(port)


def assert_refused_in_a_line(result: subprocess.CompletedProcess[str], *naming: str) -> None:
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith("Error: cannot listen on ")
    for part in each_of(naming):
        assert part in result.stderr


def test_warnings_are_told_at_the_start_and_after_an_edit_and_stop_nothing(tmp_path: Path) -> None:
    data = shutil.copytree(FOUNDING, tmp_path / "data")
    plan = data / "plans" / "met-investors-2007-12.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("February 28, 2008", "March 1, 2008"), encoding="utf-8")
    place = f"{plan.as_posix()}:"
    command = [CALFEED, "serve", str(data), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            assert process.stderr is not None
            first = [process.stderr.readline() for _ in range(3)]
            plan.write_text(text.replace("February 28, 2008", "March 2, 2008"), encoding="utf-8")
            rest: list[str] = []
            while not rest or "1 warning" not in rest[-1]:
                rest.append(process.stderr.readline())
        finally:
            process.terminate()
    assert first[0].startswith(place)
    assert ": warning: special meeting is on March 1, 2008, a Saturday" in first[0]
    assert first[1:2] == [f"1 warning in {data}.\n"]
    assert first[2].startswith("Serving ")
    assert any(line.startswith(place) and "March 2, 2008, a Sunday" in line for line in rest)
    assert any(line.startswith("Serving ") and line.endswith("as it is now.\n") for line in rest)


def test_a_port_in_use_is_refused_in_a_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("serve", FOUNDING, "--port", str(port))
        assert_refused_in_a_line(result, "127.0.0.1", str(port))


def test_a_port_of_another_calfeed_is_refused_and_that_one_goes_on() -> None:
    with serving(FOUNDING) as first:
        result = run("serve", FOUNDING, "--port", str(first.port))
        assert_refused_in_a_line(result, "127.0.0.1", str(first.port))
        assert {answer(first.port) for _ in range(8)} == {200}


@pytest.mark.parametrize("host", ["no-such-host.invalid", "double..dot", "192.0.2.1"])
def test_an_address_that_is_not_this_machine_s_is_refused_in_a_line(host: str) -> None:
    assert_refused_in_a_line(run("serve", FOUNDING, "--port", "0", "--host", host), host)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 -- it ends before it listens
@pytest.mark.parametrize("ends_them", [True, False])
def test_it_asks_for_a_proxy_where_others_reach_it_and_nothing_ends_clients_that_read_nothing(
    host: str, ends_them: bool
) -> None:
    # As on another system.
    program = (
        f"from calfeed.serving import server as s; s.ENDS_WHO_TAKES_NOTHING = {ends_them}; import calfeed.cli as c"
    )
    arguments = ["serve", str(FOUNDING / "plans"), "--host", host, "--port", "0"]
    command = [sys.executable, "-c", f"{program}; c.main({arguments})"]
    said = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE_SECONDS).stderr
    assert ("put a proxy such as nginx in front" in said) == (host != "127.0.0.1" and not ends_them)


# --- ending ----------------------------------------------------------------------------------------------------------


@watches_processes
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_and_leaves_no_process(name: str) -> None:
    with (
        session(FOUNDING) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS) as idle,
    ):
        # A browser keeps its connection; that is no reason to go on.
        idle.sendall(b"HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(12) == b"HTTP/1.1 200"
        os.kill(server.process.pid, signal.Signals[name])
        code, said = server.end()
        assert (code, said) == (0, ["Stopped."])
        assert not is_listening(server.port)


@watches_processes
def test_ctrl_c_in_a_terminal_ends_it_in_order() -> None:
    # A terminal sends it to every process of the foreground group, not to one.
    with session(FOUNDING) as server:
        os.killpg(server.process.pid, signal.SIGINT)
        code, said = server.end()
        assert (code, said) == (0, ["Stopped."])


@watches_processes
def test_workers_end_when_their_parent_is_killed() -> None:
    with session(FOUNDING, workers=3) as server:
        server.process.kill()
        assert server.end() == (-signal.SIGKILL, [])
        assert not is_listening(server.port)


@watches_processes
def test_a_server_that_was_paused_hears_what_it_was_told_meanwhile() -> None:
    with session(FOUNDING, workers=1) as server:
        for signal_number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGCONT):
            server.process.send_signal(signal_number)
        code, said = server.end()
        assert (code, said) == (0, ["Stopped."])


@watches_processes
def test_the_event_loop_is_not_woken_for_cached_answers() -> None:
    asked = 100
    with session(FOUNDING, workers=1) as server:
        answer(server.port, "/all.ics")
        (worker,) = server.workers
        before = pauses(worker)
        assert [answer(server.port, "/all.ics") for _ in range(asked)] == [200] * asked
        woken = pauses(worker) - before
    assert woken < asked // 2


@watches_processes
def test_a_thread_of_a_worker_goes_on_when_it_wakes_another() -> None:
    with session(FOUNDING, workers=1) as server:
        (worker,) = server.workers
        policies = [os.sched_getscheduler(int(task.name)) for task in Path(f"/proc/{worker}/task").iterdir()]
        assert policies.count(os.SCHED_BATCH) > 1, "granian reads requests in threads of its own"
        assert policies.count(os.SCHED_OTHER) > 1, "what follows the folder is none of them"


@watches_processes
def test_a_worker_keeps_the_policy_that_its_operator_has_chosen() -> None:
    with session(FOUNDING, workers=1) as server:
        os.sched_setscheduler(server.process.pid, os.SCHED_IDLE, os.sched_param(0))
        (worker,) = server.workers
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda: bool(server.workers - {worker}) and is_listening(server.port), "another worker listens")
        assert {os.sched_getscheduler(another) for another in server.workers} == {os.SCHED_IDLE}


@watches_processes
def test_a_worker_that_is_killed_is_replaced() -> None:
    with session(FOUNDING, workers=1) as server:
        (worker,) = server.workers
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda: bool(server.workers - {worker}) and is_listening(server.port), "another worker listens")
        assert answer(server.port) == 200
        server.process.terminate()
        code, said = server.end()
        assert (code, said) == (0, ["Stopped."])


@watches_processes
def test_a_request_that_has_begun_is_finished(tmp_path: Path) -> None:
    # Larger than what the system keeps for a connection, so that the server is still sending when it is told to end.
    note = "x" * 20_000
    notes = {f"note {n}": f"{{kind: other, date: 'March 3, 2031', note: {note}}}" for n in range(40)}
    portfolios = {f"p{number}": f"Fund {number}" for number in range(13)}
    plans = {f"plans/example-{number}.yaml": plan_of(notes, f"p{number}") for number in range(13)}
    documents = {"site.yaml": SITE + "events per feed: 1000\n", "trusts/example-trust.yaml": trust_of(**portfolios)}
    documents |= plans
    with session(data_folder(tmp_path, documents)) as server, socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(PATIENCE_SECONDS)
        reader.connect(("127.0.0.1", server.port))
        reader.sendall(b"GET /all.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        beginning = reader.recv(1000)
        server.process.terminate()
        wait_until(lambda: not is_listening(server.port), "it stops listening")
        with reader.makefile("rb") as stream:
            response = beginning + stream.read()
        head, _, body = response.partition(b"\r\n\r\n")
        assert len(body) > 13 * 40 * len(note)
        assert f"content-length: {len(body)}\r\n".encode() in head.lower()
        assert body.endswith(b"END:VCALENDAR\r\n")
        code, said = server.end()
        assert (code, said) == (0, ["Stopped."])
