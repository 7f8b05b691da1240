"""Servers under load: calfeed, two Flask applications on the same granian, and nginx; wrk asks.

`python -m tests.benchmarks.web hello|rebuild FOLDER ADDRESS PORT` runs one of the two Flask applications.

A server has the first processor to itself and one worker, wrk has the others: the one is measured, not their struggle.
"""

import encodings.idna  # noqa: F401 -- a thread that imported it while granian forks would leave its lock to the worker
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from shutil import which

from flask import Flask, Response, request
from granian.constants import HTTPModes, Interfaces
from granian.server import Server

from calfeed.feeds.feeds import Feeds
from calfeed.model.catalog import Catalog
from calfeed.reading.folder import load
from calfeed.serving import server
from tests.benchmarks.peers import by_icalendar

CONNECTIONS, THREADS = 32, 2
AFTER_EVERY_FEED = "after every feed"
HOST = "127.0.0.1"
START_SECONDS = 120
HELLO = b"Hello, World!"
_SERVER_CPU, _CLIENT_CPUS = "0", f"1-{(os.cpu_count() or 2) - 1}"

CALFEED = str(Path(sys.executable).with_name("calfeed"))
_NGINX = """
daemon off; {user} worker_processes 1; pid {folder}/pid; error_log {folder}/errors crit;
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; etag on; keepalive_requests 1000000;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{
    listen {host}:{port}; root {folder}/root;
    types {{ text/calendar ics; }} charset utf-8; charset_types text/calendar;
    add_header Cache-Control "public, max-age=300"; add_header X-Content-Type-Options nosniff;
  }}
}}
"""


def hello() -> Flask:
    """The least that Flask can do."""
    app = Flask("hello")

    @app.get("/<path:path>")
    def view(path: str) -> bytes:
        return HELLO

    return app


def rebuild(catalog: Catalog, address: str) -> Flask:
    """A view that rebuilds its calendar with icalendar for each request, and only then looks whether it is new."""
    app = Flask("rebuild")
    feed = Feeds(catalog).feed(address)

    @app.get("/<path:path>")
    def view(path: str) -> Response:
        response = Response(by_icalendar(feed), content_type="text/calendar; charset=utf-8")
        response.add_etag()
        response.make_conditional(request)
        return response

    return app


def serve_peer(name: str, folder: str, address: str, port: str) -> None:
    """Serve one of the two by granian's WSGI, which is what Flask applications have there."""
    app = hello() if name == "hello" else rebuild(load(Path(folder)), address)
    peer = Server(
        name,
        address=HOST,
        port=int(port),
        interface=Interfaces.WSGI,
        blocking_threads=4,
        http=HTTPModes.http1,
        log_enabled=False,
    )
    peer.on_startup(threading.Thread(target=_tell_when_it_listens, args=(int(port),), daemon=True).start)
    peer.serve(target_loader=lambda: app, wrap_loader=False)


def _tell_when_it_listens(port: int) -> None:
    while True:
        try:
            socket.create_connection((HOST, port)).close()
        except ConnectionRefusedError:
            time.sleep(0.02)
        else:
            print("Serving", file=sys.stderr, flush=True)
            return


@contextmanager
def running(command: list[str], first_cpu_only: bool = True) -> Iterator[subprocess.Popen[str]]:
    """A server's process, from when it says that it serves."""
    command = _on(_SERVER_CPU, command) if first_cpu_only else command
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        said: list[str] = []  # warnings of the data come first
        while not said or not said[-1].startswith("Serving"):
            said.append(process.stderr.readline())
            if not said[-1]:
                raise RuntimeError("".join(said))
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(START_SECONDS)
        process.stderr.close()


@contextmanager
def _running_nginx(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    user = "user root;" if os.geteuid() == 0 else ""  # its worker must see a folder that is ours alone
    (folder / "conf").write_text(_NGINX.format(folder=folder, host=HOST, port=port, user=user))
    process = subprocess.Popen(_on(_SERVER_CPU, ["nginx", "-p", str(folder), "-c", str(folder / "conf")]))
    try:
        while process.poll() is None:
            try:
                socket.create_connection((HOST, port)).close()
            except ConnectionRefusedError:
                time.sleep(0.02)
            else:
                break
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(START_SECONDS)


def _on(cpus: str, command: list[str]) -> list[str]:
    return ["taskset", "-c", cpus, *command] if (os.cpu_count() or 1) > 1 else command


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs, and where."""

    pid: int
    port: int

    @property
    def spent(self) -> float:
        """The processor time of its processes until now, in seconds."""
        ticks = 0
        for pid in (self.pid, *_children(self.pid)):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


@contextmanager
def servers(data: Path, address: str, body: bytes, scratch: Path) -> Iterator[dict[str, Running]]:
    """All four servers at once, by their names; those that are not asked are idle."""
    ports = {name: server.free_address(HOST, 0)[1] for name in ("calfeed", "hello", "rebuild", "nginx")}
    at = scratch / "root" / f"{address}.ics"
    at.parent.mkdir(parents=True)
    at.write_bytes(body)
    peer = [sys.executable, "-m", "tests.benchmarks.web"]
    commands = {
        "calfeed": [CALFEED, "serve", str(data), "--workers", "1", "--port", str(ports["calfeed"])],
        "hello": [*peer, "hello", str(data), address, str(ports["hello"])],
        "rebuild": [*peer, "rebuild", str(data), address, str(ports["rebuild"])],
    }
    with ExitStack() as stack:
        pids = {name: stack.enter_context(running(command)).pid for name, command in commands.items()}
        pids["nginx"] = stack.enter_context(_running_nginx(scratch, ports["nginx"])).pid
        yield {name: Running(pid, ports[name]) for name, pid in pids.items()}


def get(connection: HTTPConnection, path: str, etag: str = "") -> tuple[int, str, bytes]:
    """The status, ETag and body of one GET, conditional where an ETag is given."""
    connection.request("GET", path, headers={"If-None-Match": etag} if etag else {})
    response = connection.getresponse()
    return response.status, response.headers.get("ETag", ""), response.read()


def etags(running: dict[str, Running], path: str, body: bytes) -> dict[str, str]:
    """The ETag of each server that has one, once each is seen to answer with what it should and to know its ETag."""
    found = {}
    for name, each in running.items():
        connection = HTTPConnection(HOST, each.port, timeout=START_SECONDS)
        status, etag, said = get(connection, path)
        if name == "hello":
            as_it_should = said == HELLO
        elif name == "rebuild":
            as_it_should = said != body and said.count(b"BEGIN:VEVENT") == body.count(b"BEGIN:VEVENT")
        else:
            as_it_should = said == body
        if status != 200 or not as_it_should or (etag and get(connection, path, etag)[0] != 304):
            raise RuntimeError(f"{name} answers {status} {said[:200]!r}")
        if etag:
            found[name] = etag
        connection.close()
    return found


def rate(running: Running, path: str, etag: str, seconds: int) -> tuple[float, float]:
    """Requests a second that a server answers, with 304 to an ETag or else with 200, and how busy its processor is.

    Where that is well below 1, wrk on the other processors could not ask for more.
    """
    header = ["-H", f"If-None-Match: {etag}"] if etag else []
    url = f"http://{HOST}:{running.port}{path}"
    command = ["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", *header, url]
    before = running.spent
    said = subprocess.run(_on(_CLIENT_CPUS, command), check=True, capture_output=True, text=True).stdout
    busy = (running.spent - before) / seconds
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not found or "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    return float(found[1]), busy


def missing() -> str:
    """What has to be installed before servers can be measured, or nothing."""
    lacking = [name for name in ("wrk", "nginx", "taskset") if not which(name)]
    packages = {"taskset": "util-linux"}
    return f"apt install {' '.join(packages.get(name, name) for name in lacking)}" if lacking else ""


def worker_of(process: subprocess.Popen[str]) -> int:
    """The process id of a server's one worker: of its children the largest, since Python may keep a helper too."""
    return max(_children(process.pid), key=lambda pid: memory(pid)["Rss"])


def memory(pid: int) -> dict[str, float]:
    """What a process holds, in MB: Rss counts pages that it shares in full, Pss by its share of them."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return {name: int(value) * 1024 / 1e6 for name, value in re.findall(r"^(Rss|Pss): +(\d+) kB$", text, re.MULTILINE)}


def worker_memory(data: Path, addresses: list[str]) -> Iterator[tuple[str, dict[str, float]]]:
    """The memory of calfeed's worker after a few requests, and after every feed was asked for."""
    port = server.free_address(HOST, 0)[1]
    command = [CALFEED, "serve", str(data), "--workers", "1", "--port", str(port)]
    with running(command, first_cpu_only=False) as process:
        connection = HTTPConnection(HOST, port, timeout=START_SECONDS)
        for said, asked in (("after a few requests", addresses[1:6]), (AFTER_EVERY_FEED, addresses)):
            for address in asked:
                status, _, _ = get(connection, f"/{address}.ics")
                assert status == 200, address
            yield said, memory(worker_of(process))
        connection.close()


if __name__ == "__main__":
    serve_peer(*sys.argv[1:])
