"""What is said to the operator: nothing waits for it, however full the pipe, and no closed descriptor is mistaken."""

import fcntl
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from calfeed.serving.streams import MOST_WAITING_OCTETS, UnhinderedOutput
from tests.load import BAD, closing, get, in_all_workers
from tests.support import CALFEED, PATIENCE_SECONDS, each_of, free_port, need, run, wait_until
from tests.test_server import answer, listeners

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it looks at pipes and descriptors as Linux has them")

SMALL_PIPE_OCTETS = 4_096


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe that holds little: the ends to read and to write."""
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, SMALL_PIPE_OCTETS)
    yield reading, writing
    for end in (reading, writing):
        os.close(end)


def read_until(reading: int, told: bytes) -> bytes:
    """What is read up to a text."""
    said = b""
    while told not in said:
        said += os.read(reading, 65_536)
    return said


# --- a pipe that nobody reads ----------------------------------------------------------------------------------------


def test_an_edit_with_thousands_of_problems_that_nobody_reads_holds_up_nothing_after_it(
    data: Path, tmp_path: Path, pipe: tuple[int, int]
) -> None:
    port, last_good = free_port(), tmp_path / "last-good"
    command = [CALFEED, "serve", str(data), "--port", str(port), "--last-good", str(last_good)]
    with subprocess.Popen(command, stderr=pipe[1]) as process:
        try:
            wait_until(lambda: listeners(port) > 0, "it listens")
            problems = "".join(f"  - target: No Such Portfolio {number}\n" for number in range(3_000))
            BAD(data)
            (data / "plans" / "two.yaml").write_text(f"reorganizations:\n{problems}", encoding="utf-8")
            wait_until(lambda: in_all_workers(lambda: b'"degraded"' in get(port, "/health")[1]), "all know of it")
            kept = last_good.read_bytes()
            closing("June 3, 2031", "plans/two.yaml")(data)
            closing("May 6, 2031")(data)
            wait_until(
                lambda: in_all_workers(lambda: b"DTSTART;VALUE=DATE:20310506" in get(port, "/all.ics")[1]), "edit"
            )
            wait_until(lambda: last_good.read_bytes() != kept, "the parent keeps the good edit too")
        finally:
            process.terminate()
            assert process.wait(PATIENCE_SECONDS) == 0


def test_a_server_whose_warnings_nobody_reads_ends_when_it_is_told_to(data: Path, pipe: tuple[int, int]) -> None:
    plan = (data / "plans" / "one.yaml").read_text(encoding="utf-8")
    for number in range(100):  # the same reorganization in two plans is a warning
        (data / "plans" / f"same-{number}.yaml").write_text(plan, encoding="utf-8")
    port = free_port()
    with subprocess.Popen([CALFEED, "serve", str(data), "--port", str(port)], stderr=pipe[1]) as process:
        try:
            wait_until(lambda: listeners(port) > 0, "it listens")
            process.terminate()
            assert process.wait(PATIENCE_SECONDS) == 0
        finally:
            process.kill()


def test_what_waits_is_written_whole_once_somebody_reads(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    stream = UnhinderedOutput(writing)
    lines = [f"{number} {'x' * 1_000}\n" for number in range(200)]
    for line in each_of(lines):
        assert stream.write(line) == len(line)
    assert read_until(reading, lines[-1].encode()).decode() == "".join(lines)


def test_what_has_no_room_is_left_out_and_said(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    stream = UnhinderedOutput(writing)
    lines = [f"{number} {'x' * 1_000}\n" for number in range(3 * MOST_WAITING_OCTETS // 1_000)]
    for line in lines:
        stream.write(line)
    first = read_until(reading, b"\n800 ").decode()
    assert "".join(lines).startswith(first)
    stream.write("later\n")
    rest = (first + read_until(reading, b"later\n").decode()).splitlines(keepends=True)
    *written, told, last = rest
    left_out = len(lines) - len(written)
    assert 0 < left_out < len(lines)
    assert (written, last) == (lines[: len(written)], "later\n")
    assert told == f"({left_out:,} messages left out: nobody read them.)\n"


def test_several_threads_never_mix_their_lines(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    stream = UnhinderedOutput(writing)

    def say(name: str) -> None:
        for _ in range(100):
            stream.write(f"{name * 500}\n")

    threads = [threading.Thread(target=say, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    said = b""
    while said.count(b"\n") < 400:
        said += os.read(reading, 65_536)
    assert {bytes(set(line)) for line in said.splitlines()} == {b"a", b"b", b"c", b"d"}


def test_a_process_that_is_forked_can_write_whatever_its_parent_was_writing(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    stream = UnhinderedOutput(writing)
    stream.write("x" * 10 * SMALL_PIPE_OCTETS)  # the thread that writes waits
    child = os.fork()
    if child == 0:
        stream.write("from the child\n")
        stream.finish()
        os._exit(0)
    read_until(reading, b"from the child\n")
    assert os.waitpid(child, 0)[1] == 0


def test_where_nobody_can_read_nothing_fails() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    stream = UnhinderedOutput(writing)
    stream.write("lost\n")
    stream.finish()
    os.close(writing)
    stream.write("lost too\n")
    stream.finish()


# --- closed descriptors ----------------------------------------------------------------------------------------------


@contextmanager
def without_descriptors(closed: str, *arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """calfeed with some of the descriptors 0 to 2 closed from the start."""
    line = f'exec "$@" {closed}'
    command = [need("sh", "closes descriptors"), "-c", line, "sh", CALFEED, *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.terminate()


@pytest.mark.parametrize("closed", ["0<&- 1>&- 2>&-", "0<&-", "1>&-", "2>&-", "0<&- 2>&-"])
def test_a_server_opens_descriptors_that_are_closed_on_the_null_device(data: Path, closed: str) -> None:
    port, metrics = free_port(), free_port()
    options = ("--port", str(port), "--metrics", str(metrics), "--access-log", "--workers", "1")
    with without_descriptors(closed, "serve", data, *options) as process:
        wait_until(lambda: process.poll() is not None or listeners(port) > 0, "it listens")
        for _ in range(50):
            assert answer(port, "/all.ics") == 200
        assert b'calfeed_requests_total{kind="feed",status="200"}' in get(metrics, "/metrics")[1]
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for descriptor in map(int, re.findall(r"\d(?=[<>])", closed)):
            for pid in (str(process.pid), *children):
                assert Path(f"/proc/{pid}/fd/{descriptor}").readlink() == Path("/dev/null")


@pytest.mark.parametrize("closed", ["0<&- 2>&-", "2>&-"])
def test_other_commands_need_no_stderr(data: Path, tmp_path: Path, closed: str) -> None:
    for arguments in (("check", data), ("list", data), ("build", tmp_path / "out", "--data", data)):
        with without_descriptors(closed, *arguments) as process:
            said = process.stdout.read() if process.stdout else b""
            assert process.wait(PATIENCE_SECONDS) == 0
        assert said.decode() == run(*arguments).stdout
