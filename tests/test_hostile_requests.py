"""Requests that are broken or meant to harm: short refusals, nothing from inside, and the others keep being served."""

import resource
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path

import pytest

from tests.support import (
    COUNTED,
    FOUNDING,
    PATIENCE_SECONDS,
    ROOT,
    RunningServer,
    data_folder,
    each_of,
    plan_of,
    serving,
)
from tests.test_http import MIST, ask

CONNECTIONS = 1_000
NOISE = bytes(range(256)) * 4


def head(target: str, *lines: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {target} HTTP/1.1", "Host: x", *lines, "Connection: close", "", ""]).encode()


def connect(server: RunningServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS)


def send(server: RunningServer, octets: bytes) -> bytes:
    """All that the server answers to octets until it closes; it may close before it has read them all."""
    with connect(server) as connection:
        received = b""
        try:
            connection.sendall(octets)
            while part := connection.recv(65_536):
                received += part
        except ConnectionError:
            return received or b"closed"
        return received


def statuses(answer: bytes) -> list[int]:
    """The status of each response in an answer."""
    return [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]


INSIDE = (b"Traceback", b"werkzeug", b"Werkzeug", b"site-packages", b"root:", b"[project]", b".py", str(ROOT).encode())

# --- paths that lead elsewhere ---------------------------------------------------------------------------------------

UP = ("..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "..%00", "%c0%ae%c0%ae", "%u002e%u002e", "....", "..;", "..%09")
SLASHES = ("/", "%2f", "%5c", "\\", "%252f", "//", "%c0%af", "/./", "%ef%bc%8f")
FILES = ("etc/passwd", "pyproject.toml", "data/site.yaml", "calfeed/web.py")
STARTS = ("/", "/static/", "/schema/", "/trusts/", "/embed/agenda/", "//", "/all.ics/")


@pytest.mark.parametrize("start", STARTS)
def test_no_path_leads_to_a_file(founding_server: RunningServer, start: str) -> None:
    targets = [f"{start}{(up + slash) * 6}{file}" for up in UP for slash in SLASHES for file in FILES]
    targets += [f"{start}{slash}{file}" for slash in ("/", "%2f", "%2f%2f", "\\") for file in ("etc/passwd", str(ROOT))]
    # One after the other on one connection: two answers for a request would show.
    requests = b"".join(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for target in targets)
    COUNTED["hostile requests"] += len(targets)
    with connect(founding_server) as connection:
        sender = threading.Thread(target=connection.sendall, args=(requests + head("/health"),))
        sender.start()
        with connection.makefile("rb") as stream:
            answer = stream.read()
        sender.join()
    assert set(statuses(answer)[:-1]) == {404}
    assert len(statuses(answer)) == len(targets) + 1
    assert [word for word in INSIDE if word in answer] == []


# --- one broken request ----------------------------------------------------------------------------------------------

HUGE = "a" * 1_000_000
FEEDS = "&".join(f"feed={number:x}" for number in range(6_000))
CONTINUE = "Expect: 100-continue"
TWO_LENGTHS = ("Content-Length: 5", "Content-Length: 6")
BOTH_LENGTHS = ("Content-Length: 5", "Transfer-Encoding: chunked")
SMUGGLED = b"0\r\n\r\nGET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
CHUNKED = "Transfer-Encoding: chunked"

# Octets, and the statuses with which they may be answered: none of them where the connection is just closed.
BROKEN: dict[str, tuple[bytes, set[int]]] = {
    "HTTP/0.9": (b"GET /\r\n", {400}),
    "a version of its own": (b"GET / HTTP/7.3\r\nHost: x\r\n\r\n", {400}),
    "noise": (NOISE, {400}),
    "zeros": (b"\0" * 100_000, {400}),
    "TLS": (bytes.fromhex("16030102000100") + NOISE, {400}),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9), {400}),
    "NUL in the path": (b"GET /all.ics\0 HTTP/1.1\r\nHost: x\r\n\r\n", {400}),
    "NUL, encoded": (head("/all%00.ics"), {404}),
    "not UTF-8": (b"GET /\xff\xfe.ics HTTP/1.1\r\nHost: x\r\n\r\n", {400}),
    "not UTF-8, encoded": (head("/%ff%fe.ics"), {404}),
    "UTF-8 in the path": (head("/\u202f\U0001f4c5.ics"), {404}),
    "UTF-8 in the query": (head("/all.ics?\u202f=\U0001f4c5&kind=\u202f"), {400}),
    "UTF-8 in a query that counts for nothing": (head("/all.ics?\u202f=\U0001f4c5"), {200}),
    "UTF-8 in the query of a page without its slash": (head("/all?\U0001f4c5"), {308}),
    "broken encoding": (head("/%zz%e%.ics?%zz=%"), {404}),
    "broken header": (b"GET / HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n", {400}),
    "folded header": (head("/", "X: a\r\n b"), {400}),
    "CR in a header": (head("/", "X: a\rb"), {400}),
    "NUL in a header": (head("/", "X: a\0b"), {400}),
    "a path too long": (head(f"/{HUGE}"), {414, 431}),
    "a query too long": (head(f"/all.ics?x={HUGE}"), {414, 431}),
    "a header too long": (head("/", f"X: {HUGE}"), {431}),
    "headers without end": (head("/", *[f"X-{number}: {number}" for number in range(50_000)]), {431}),
    "a long path": (head(f"/{HUGE[:50_000]}.ics"), {404}),
    "a path of many parts": (head("/a" * 25_000 + "/"), {404}),
    "many slashes": (head("/all" + "/" * 50_000 + ".ics"), {404}),
    "many quotes in If-None-Match": (head("/all.ics", "If-None-Match: " + '"' * 50_000), {200}),
    "many tags in If-None-Match": (head("/all.ics", "If-None-Match: " + 'W/"a",' * 8_000), {200}),
    "many ranges": (head("/all.ics", f"Range: bytes={'0-1,' * 8_000}"), {200}),
    "unknown method": (head("/", method="BREW"), {405}),
    "a method in small letters": (head("/", method="get"), {405}),
    "a preflight in small letters": (head("/", method="options"), {405}),
    "a long method": (head("/", method="A" * 5_000), {405}),
    "no method": (head("/", method=""), {400}),
    "CONNECT": (head("example.com:443", method="CONNECT"), {404, 405}),
    "TRACE": (head("/", "Cookie: secret", method="TRACE"), {405}),
    "PROPFIND": (head("/", "Depth: infinity", method="PROPFIND"), {405}),
    "another server's address": (head("http://other.example.com/nope.ics"), {404}),
    "a body behind GET": (head("/health", "Content-Length: 5") + b"hello", {200}),
    "a body that never comes": (head("/health", "Content-Length: 5"), {200}),
    "a body of ten terabytes": (head("/health", f"Content-Length: {10**13}", method="POST") + NOISE * 4_000, {405}),
    "a length below nothing": (head("/health", "Content-Length: -5", method="POST"), {400}),
    "two lengths": (head("/health", *TWO_LENGTHS, method="POST") + b"hello", {400}),
    "two lengths, one in chunks": (head("/health", *BOTH_LENGTHS, method="POST") + SMUGGLED, {400, 405}),
    "chunks": (head("/health", CHUNKED, method="POST") + b"5\r\nhello\r\n0\r\n\r\n", {405}),
    "chunks behind GET": (head("/health", CHUNKED) + b"5\r\nhello\r\n0\r\n\r\n", {200}),
    "broken chunks": (head("/health", CHUNKED, method="POST") + b"zz\r\nhello\r\n", {400, 405}),
    "a chunk too large": (head("/health", CHUNKED, method="POST") + b"f" * 18 + b"\r\nhello", {400, 405}),
    "an unknown coding": (head("/health", "Transfer-Encoding: example", method="POST"), {400, 405}),
    "Expect": (head("/health", CONTINUE, "Content-Length: 5", method="POST"), {405}),
    "Expect something else": (head("/health", "Expect: nonsense"), {200, 417}),
    "an upgrade": (head("/health", "Upgrade: h2c, websocket", "HTTP2-Settings: AAMAAABk"), {200}),
    "a range of all": (head("/all.ics", "Range: bytes=-99999999999999999999"), {200}),
}


@pytest.mark.parametrize(("octets", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_request_is_refused_in_few_words(
    founding_server: RunningServer, octets: bytes, expected: set[int]
) -> None:
    answer = send(founding_server, octets)
    COUNTED["hostile requests"] += 1
    found = statuses(answer)
    assert answer in {b"", b"closed"} or (len(found) == 1 and found[0] in expected), answer[:500]
    assert len(answer) < 20_000
    assert found == [200] or len(answer) < 2_000
    assert [word for word in INSIDE if word in answer] == []
    assert ask(founding_server, "/health").status == 200


@pytest.mark.parametrize("repeated", ["-", ";", "-gzip", ";br", "-x-", '","', '"-gzip,'])
def test_no_condition_takes_long_to_compare(founding_server: RunningServer, repeated: str) -> None:
    condition = f'"{repeated * (60_000 // len(repeated))}x"'
    for _ in range(3):
        answer = send(founding_server, head("/all.ics", f"If-None-Match: {condition}"))
        assert statuses(answer) == [200]


def test_ten_thousand_feeds_are_one_selection_and_few_unknown_ones_are_named(founding_server: RunningServer) -> None:
    one = ask(founding_server, "/selection.ics?feed=all")
    assert ask(founding_server, f"/selection.ics?{'feed=all&' * 5_000}{'x&' * 5_000}").body == one.body
    for name in ("all", MIST):
        answer = ask(founding_server, f"/selection.ics?{FEEDS}&feed={name}")
        assert answer.status == 200
        assert len(answer.body) < len(one.body) + 2_000
    assert ask(founding_server, f"/selection.ics?{FEEDS}").status == 404
    assert ask(founding_server, f"/selection.ics?{FEEDS}{FEEDS}").status in {414, 431}


def test_a_thousand_requests_at_once_are_a_thousand_answers_in_order(founding_server: RunningServer) -> None:
    targets = ["/health", "/all.ics?kind=nope", "/nope.ics", "/robots.txt"] * 250
    requests = b"".join(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for target in targets)
    assert statuses(send(founding_server, requests + head("/health"))) == [200, 400, 404, 200] * 250 + [200]


# --- header injection ------------------------------------------------------------------------------------------------

INJECTED = "%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0a%3Cscript%3Ealert(1)%3C/script%3E"
PLACES = (
    "/{}", "/{}/", "/{}.ics", "/trusts/{}.ics", f"/{MIST}/{{}}.svg", "/embed/agenda/{}/", "/schema/{}.json",
    "/static/{}", "/all.ics?kind={}", "/all.ics?alarm={}", "/all.ics?download={}", "/all.ics?download&{}",
    "/all.csv?{}=1", "/selection.ics?feed={}", "/selection.ics?feed=all&feed={}", "/selection.json?feed=all&feed={}",
    "/selection.atom?feed=all&feed={}", "/selection.csv?feed=all&feed={}", "/all.svg?kind={}", "/all.svg?alarm={}",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("injected", [INJECTED, INJECTED.replace("%0d", ""), "%E5%98%8A%E5%98%8DSet-Cookie:%20evil=1"])
def test_what_is_asked_for_becomes_no_header_and_no_markup(
    founding_server: RunningServer, place: str, injected: str
) -> None:
    answer = ask(founding_server, place.format(injected))
    COUNTED["hostile requests"] += 1
    assert answer.status in {200, 400, 404}
    assert "set-cookie" not in dict(answer.headers)
    assert [value for _, value in answer.headers if "evil" in value] == []
    if "html" in answer["content-type"]:
        assert b"<script>" not in answer.body
    assert answer["x-content-type-options"] == "nosniff"
    if "calendar" in answer["content-type"]:
        assert [line for line in answer.body.split(b"\r\n") if line.startswith(b"Set-Cookie")] == []


# --- slow and silent clients -----------------------------------------------------------------------------------------

# How connections begin that never go on.
SILENT = {
    "nothing": b"",
    "a letter": b"G",
    "half a first line": b"GET /all.ics",
    "half the headers": b"GET /all.ics HTTP/1.1\r\nHost: x\r\nX-",
    "half a body": b"POST /all.ics HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhello",
    "half a chunk": b"POST /all.ics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
    "an answer, never read": b"GET /all.ics HTTP/1.1\r\nHost: x\r\n\r\n",
}


@contextmanager
def open_files(number: int) -> Iterator[None]:
    """Allow this process as many open files, where the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(number, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def ended(connection: socket.socket) -> bool:
    """Wait until the server ends a connection; fails by its timeout where it does not."""
    try:
        while connection.recv(65_536):
            pass
    except ConnectionError:
        return True
    return True


def test_a_thousand_silent_connections_keep_nobody_out_and_are_ended() -> None:
    with open_files(8_192), serving(FOUNDING, "--workers", "1") as server, ExitStack() as stack:
        plain = ask(server, "/all.ics")
        silent = [stack.enter_context(connect(server)) for _ in range(CONNECTIONS)]
        for connection, begun in zip(silent, cycle(SILENT.values()), strict=False):
            connection.sendall(begun)
        for _ in range(20):
            assert ask(server, "/all.ics").lasting == plain.lasting
        assert all(ended(connection) for connection in each_of(silent))
        assert ask(server, "/all.ics").lasting == plain.lasting


def test_headers_that_drip_are_cut_off_however_long_they_go_on(founding_server: RunningServer) -> None:
    with connect(founding_server) as slow:
        slow.sendall(b"GET /all.ics HTTP/1.1\r\nHost: x\r\n")
        slow.settimeout(0.5)
        for number in each_of(range(2 * PATIENCE_SECONDS)):
            try:
                slow.sendall(b"X-%d: a\r\n" % number)
                if slow.recv(1) == b"":
                    break
            except TimeoutError:
                assert ask(founding_server, "/health").status == 200
            except ConnectionError:
                break
        else:
            pytest.fail("the server still waits for the end of the headers")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose feeds are larger than what a connection holds on its way."""
    long = f"{{kind: other, date: 'May 1, 2031', note: {'long ' * 400}}}"
    plan = plan_of({f"title {number}": long for number in range(400)}, "a", acquiring="b")
    return data_folder(tmp_path_factory.mktemp("large"), {"plans/p.yaml": plan})


@pytest.mark.skipif(sys.platform != "linux", reason="it reads the memory of processes in /proc, which Linux has")
def test_clients_that_read_a_byte_at_a_time_keep_nobody_out(large: Path) -> None:
    with open_files(8_192), serving(large, "--workers", "1") as server, ExitStack() as stack:
        plain = ask(server, "/all.json")
        assert len(plain.body) > 500_000
        slow = []
        for _ in range(50):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_024)
            connection.settimeout(PATIENCE_SECONDS)
            connection.connect(("127.0.0.1", server.port))
            connection.sendall(head("/all.json"))
            slow.append(connection)
        for _ in range(5):
            assert [len(connection.recv(1)) for connection in slow] == [1] * len(slow)
            assert ask(server, "/all.json").lasting == plain.lasting
        # Who reads on gets all of it, however late.
        with slow[0].makefile("rb") as stream:
            assert stream.read().endswith(plain.body[-1_000:])


def test_clients_that_leave_in_the_middle_change_nothing(founding_server: RunningServer) -> None:
    for begun in SILENT.values():
        for _ in range(50):
            with connect(founding_server) as connection:
                connection.sendall(begun)
                # An end without farewell: what is on its way meets a closed door.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert ask(founding_server, "/health").status == 200
