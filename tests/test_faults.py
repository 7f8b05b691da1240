"""What goes wrong around a server harms no answer: killed processes, a signal, want of files, a clock that jumps."""

import mmap
import os
import signal
import socket
import subprocess
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

import pytest

from tests.load import (
    BAD,
    Load,
    Started,
    answers_of,
    closing,
    everything,
    get,
    health,
    in_all_workers,
    started,
    under_load,
)
from tests.support import CALFEED, PATIENCE_SECONDS, is_listening, make_folder, need, wait_until
from tests.test_server import listeners, watches_processes


def program(folder: Path, line: str) -> Path:
    """A program that starts calfeed after a line of shell."""
    path = folder / "program"
    path.write_text(f"""#!/bin/sh\n{line} {CALFEED} "$@"\n""", encoding="utf-8")
    path.chmod(0o755)
    return path


def assert_only_broken_connections(load: Load) -> None:
    """Of an answer that had begun, none was cut off: what failed is that there was none."""
    assert [failed for failed in load.ledger.failed if "IncompleteRead" in failed] == []


def are_others(server: Started, before: set[int], workers: int) -> bool:
    """Whether so many workers listen, and none of those before is left."""
    return not server.workers & before and listeners(server.port) == workers


# --- killed processes ------------------------------------------------------------------------------------------------


@watches_processes
def test_workers_that_are_killed_right_after_an_edit_are_replaced_and_serve_it(data: Path) -> None:
    with started(data, "--workers", "3") as server:
        wait_until(lambda: len(server.workers) == 3, "all workers have started")
        with under_load(server.port, data, may_break=True) as load:
            for day, worker in zip(("May 6, 2031", "May 7, 2031", "May 8, 2031"), server.workers, strict=True):
                load.expect(closing(day))
                closing(day)(data)
                os.kill(worker, signal.SIGKILL)
                wait_until(partial(are_others, server, {worker}, 3), "it is replaced")
                load.arrive()
        with under_load(server.port, data) as load:
            load.edit(closing("May 9, 2031"))


@watches_processes
def test_a_worker_that_starts_while_the_data_is_bad_serves_the_last_good_data(data: Path) -> None:
    with started(data, "--workers", "2") as server:
        wait_until(lambda: len(server.workers) == 2, "all workers have started")
        with under_load(server.port, data, may_break=True) as load:
            load.edit(closing("May 6, 2031"))
            load.spoil(BAD)
            before = server.workers
            for worker in before:
                os.kill(worker, signal.SIGKILL)
            wait_until(lambda: are_others(server, before, 2), "they are replaced")
            assert in_all_workers(lambda: health(server.port) == "degraded")
            load.mend(closing("May 7, 2031"))
        assert server.end().count("one.yaml:7:12: ") == 1


@watches_processes
@pytest.mark.parametrize("workers", [1, 3])
def test_workers_that_are_all_killed_again_and_again_end_the_server_in_a_line(data: Path, workers: int) -> None:
    with started(data, "--workers", str(workers)) as server:
        wait_until(lambda: len(server.workers) == workers, "all workers have started")
        while server.process.poll() is None:
            for worker in server.workers:
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
        assert server.process.returncode == 1
        assert server.end() == "Error: the workers keep ending, so this server has ended too\n"
        assert not is_listening(server.port)


@watches_processes
def test_a_server_that_is_killed_leaves_no_worker_and_no_wrong_answer(data: Path) -> None:
    with started(data, "--workers", "3") as server:
        wait_until(lambda: len(server.workers) == 3, "all workers have started")
        workers = server.workers
        with under_load(server.port, data, may_break=True) as load:
            closing("May 6, 2031")(data)
            load.expect(closing("May 6, 2031"))
            server.process.kill()
            wait_until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers), "the workers end")
        assert not is_listening(server.port)


def test_a_server_that_is_told_to_end_finishes_what_it_has_begun(data: Path) -> None:
    with started(data, "--workers", "2") as server, under_load(server.port, data, may_break=True) as load:
        load.edit(closing("May 6, 2031"))
        server.process.terminate()
        assert server.process.wait(PATIENCE_SECONDS) == 0
        assert load.ledger.answers > 0
        assert_only_broken_connections(load)


# --- want ------------------------------------------------------------------------------------------------------------


def test_a_server_that_has_no_more_files_to_open_recovers(data: Path, tmp_path: Path) -> None:
    connections = 200
    with started(data, "--workers", "1", program=program(tmp_path, "ulimit -n 100; exec")) as server:
        with ExitStack() as held:
            for _ in range(connections):
                held.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS))
            closing("May 6, 2031")(data)
        edited = answers_of(data)["/all.ics"]
        wait_until(lambda: get(server.port, "/all.ics") == (200, edited), "it serves the edit")
        with under_load(server.port, data) as load:
            load.recover()
            load.edit(closing("May 7, 2031"))


def test_messages_that_nobody_reads_any_more_stop_nothing(data: Path, tmp_path: Path) -> None:
    last_good = tmp_path / "last-good"
    with started(data, "--last-good", last_good) as server:
        assert server.process.stderr is not None
        server.process.stderr.close()
        kept = last_good.read_bytes()
        with under_load(server.port, data) as load:
            load.edit(closing("May 6, 2031"))
            wait_until(lambda: last_good.read_bytes() != kept, "the last good data is kept")
            kept = last_good.read_bytes()
            load.spoil(BAD)
            load.mend(closing("May 7, 2031"))
            wait_until(lambda: last_good.read_bytes() != kept, "the last good data is kept")


# --- folders ---------------------------------------------------------------------------------------------------------


def test_an_edit_that_no_event_tells_of_is_served_all_the_same(data: Path) -> None:
    path = data / "plans" / "one.yaml"
    with started(data) as server, under_load(server.port, data) as load:
        load.expect(closing("May 6, 2031"))
        # Through memory: Linux tells nobody of it before the file is closed.
        with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as octets:
            at = octets.find(b"May 5, 2031")
            octets[at : at + 5] = b"May 6"
            octets.flush()
            load.arrive()


def test_thousands_of_other_files_and_a_huge_one_hold_nothing_up(data: Path) -> None:
    (data / "notes").mkdir()
    for number in range(20_000):
        (data / "notes" / f"{number}.txt").touch()
    with started(data) as server, under_load(server.port, data) as load:
        load.edit(closing("May 6, 2031"))
        with (data / "plans" / "huge.yaml").open("wb") as file:
            file.truncate(1 << 30)  # which takes no room on the disk
        wait_until(lambda: health(server.port) == "degraded", "it is seen")
        (data / "plans" / "huge.yaml").unlink()
        load.mend(closing("May 7, 2031"))


# --- clocks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [1999, 2099])
def test_a_clock_that_is_decades_wrong_changes_no_answer_and_stops_nothing(
    tmp_path: Path, data: Path, year: int
) -> None:
    faketime = need("faketime", "gives a process a clock of its own")
    # The program itself would stand between us and the server.
    command = [faketime, "-f", "+0", "printenv", "LD_PRELOAD"]
    library = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS).stdout
    with started(data) as server:
        right = everything(server.port)
    starter = program(tmp_path, f"exec env LD_PRELOAD='{library.strip()}' FAKETIME='@{year}-05-05 12:00:00'")
    with started(data, program=starter) as server:
        assert f'"since":"{year}-'.encode() in get(server.port, "/health")[1]
        assert everything(server.port) == right
        with under_load(server.port, data) as load:
            load.edit(closing("May 6, 2031"))
            load.spoil(BAD)
            load.mend(closing("May 7, 2031"))


@watches_processes
def test_messages_that_nobody_reads_hold_nothing_up(data: Path) -> None:
    with started(data, "--workers", "1") as server:
        # More problems than a pipe holds, of which the test reads none.
        make_folder(data, {f"plans/bad-{number}.yaml": f"title: {'x' * 500}: [\n" for number in range(400)})
        wait_until(lambda: health(server.port) == "degraded", "the problems are seen")
        before = server.workers
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        wait_until(lambda: are_others(server, before, 1), "it is replaced")
        assert health(server.port) == "degraded"
        server.process.terminate()
        assert server.process.wait(PATIENCE_SECONDS) == 0
