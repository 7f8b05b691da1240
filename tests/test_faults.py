"""What goes wrong around a server harms no answer: killed processes, a signal, want of files, a clock that jumps."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from granian.server.mp import MPServer

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
    plan,
    started,
    under_load,
)
from tests.support import CALFEED, PATIENCE_SECONDS, SITE, is_listening, lacking, make_folder, need, run, wait_until
from tests.test_server import listeners, watches_processes


def program(folder: Path, line: str) -> Path:
    """A program of a few lines of shell."""
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def disturbed(folder: Path, disturbance: str) -> Path:
    """calfeed, disturbed in one of the ways of `tests.disturbed`."""
    copied = Path(__file__).with_name("disturbed.py").read_bytes()
    (folder / "sitecustomize.py").write_bytes(copied)  # which Python imports when it starts
    return program(folder, f'PYTHONPATH=\'{folder}\':"$PYTHONPATH" DISTURBANCE={disturbance} exec {CALFEED} "$@"')


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
            server.hear("as it is now")  # what is bad when a worker starts must be known to its parent as it was
            load.spoil(BAD)
            before = server.workers
            for worker in before:
                os.kill(worker, signal.SIGKILL)
            wait_until(lambda: are_others(server, before, 2), "they are replaced")
            assert in_all_workers(lambda: health(server.port) == "degraded")
            load.mend(closing("May 7, 2031"))
        assert server.end().count("one.yaml:8:12: ") == 1


@watches_processes
def test_a_worker_that_starts_while_its_parent_imports_a_module_serves(data: Path, tmp_path: Path) -> None:
    with started(data, "--workers", "1", program=disturbed(tmp_path, "slow_import")) as server:
        wait_until(lambda: len(server.workers) == 1, "the worker has started")
        before = server.workers
        make_folder(data, {"plans/bad.yaml": "title: [\n"})
        # The first file that cannot be read has a process import the module that finds out why.
        wait_until((tmp_path / f"imports-{server.process.pid}").exists, "the parent reads what is bad")
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        wait_until(lambda: are_others(server, before, 1), "it is replaced")
        wait_until(lambda: health(server.port) == "degraded", "the new worker sees the problem too")


@watches_processes
def test_a_worker_that_is_killed_while_another_is_replaced_is_replaced_too(data: Path, tmp_path: Path) -> None:
    with started(data, "--workers", "2", program=disturbed(tmp_path, "slow_clear")) as server:
        wait_until(lambda: listeners(server.port) == 2, "all workers have started")
        before = server.workers
        (tmp_path / "clears").unlink(missing_ok=True)
        first, second = before
        os.kill(first, signal.SIGKILL)
        wait_until((tmp_path / "clears").exists, "the parent takes notice")
        os.kill(second, signal.SIGKILL)
        wait_until(lambda: are_others(server, before, 2), "both are replaced")


@watches_processes
def test_a_signal_that_comes_while_a_worker_is_replaced_ends_the_server(data: Path, tmp_path: Path) -> None:
    with started(data, "--workers", "2", program=disturbed(tmp_path, "slow_clear")) as server:
        wait_until(lambda: listeners(server.port) == 2, "all workers have started")
        (tmp_path / "clears").unlink(missing_ok=True)
        os.kill(min(server.workers), signal.SIGKILL)
        wait_until((tmp_path / "clears").exists, "the parent takes notice")
        server.process.terminate()
        assert server.process.wait(PATIENCE_SECONDS) == 0


def test_granian_has_what_the_workers_rely_on() -> None:
    server: Any = MPServer("calfeed")
    assert callable(server._serve_loop)
    assert callable(server._spawn_worker)
    assert server.wrks == server.interrupt_children == []
    assert not server.interrupt_signal
    assert not server.main_loop_interrupt.is_set()
    server.signal_handler_interrupt()
    assert server.interrupt_signal
    assert server.main_loop_interrupt.is_set()


@watches_processes
def test_a_worker_that_cannot_be_replaced_is_replaced_later(data: Path, tmp_path: Path) -> None:
    with started(data, "--workers", "2", program=disturbed(tmp_path, "no_more_processes")) as server:
        wait_until(lambda: listeners(server.port) == 2, "all workers have started")
        before = server.workers
        (tmp_path / "most").write_text("2")
        killed = min(before)
        os.kill(killed, signal.SIGKILL)
        assert server.hear("cannot")[-1] == "a worker cannot be started: Resource temporarily unavailable\n"
        with under_load(server.port, data) as load:
            load.edit(closing("May 6, 2031"))
        (tmp_path / "most").unlink()
        wait_until(lambda: are_others(server, {killed}, 2), "it is replaced")
        (tmp_path / "most").write_text("3")
        os.kill(max(before), signal.SIGKILL)
        server.hear("cannot")
        server.process.terminate()
        assert server.process.wait(PATIENCE_SECONDS) == 0


@watches_processes
def test_a_server_that_cannot_start_all_workers_ends_in_a_line(data: Path, tmp_path: Path) -> None:
    (tmp_path / "most").write_text("1")
    command = [str(disturbed(tmp_path, "no_more_processes")), "serve", str(data), "--port", "0"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert ended.stderr == "Error: the workers cannot be started: Resource temporarily unavailable\n"
    assert ended.returncode == 1


@watches_processes
def test_workers_that_are_not_forked_hear_the_signal_that_ends_them(data: Path, tmp_path: Path) -> None:
    with started(data, "--workers", "2", program=disturbed(tmp_path, "spawn")) as server:
        wait_until(lambda: listeners(server.port) == 2, "all workers have started")
        statuses = [Path(f"/proc/{process}/status").read_text() for process in server.workers]
    blocked = [int(status.partition("\nSigBlk:")[2].split()[0], 16) for status in statuses]
    assert len(blocked) == 3  # with a process of Python's own
    assert not any(each & 1 << signal.SIGTERM - 1 for each in blocked)


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


@watches_processes
def test_what_a_killed_server_leaves_is_deleted_by_the_next_and_nothing_else(data: Path, tmp_path: Path) -> None:
    temporary = make_folder(tmp_path / "temporary", {"calfeed-mine/site.yaml": SITE})
    starter = program(tmp_path, f'TMPDIR={temporary} exec {CALFEED} "$@"')

    def there() -> set[Path]:
        return set(temporary.iterdir()) - {temporary / "calfeed-mine"}

    with started(data, program=starter) as killed:
        processes = (*killed.workers, killed.process.pid)
        for name in (signal.SIGSTOP, signal.SIGKILL):
            for process in processes:
                os.kill(process, name)
        killed.process.wait(PATIENCE_SECONDS)
        left = there()
    assert len(left) == 1
    with started(data, program=starter):
        of_first = there()
        assert len(of_first) == 1
        assert left.isdisjoint(of_first)
        with started(data, program=starter):
            assert len(there()) == 2
            assert there() > of_first
    assert there() == set()
    assert (temporary / "calfeed-mine" / "site.yaml").exists()


def test_what_a_server_leaves_that_is_killed_while_it_keeps_its_data_is_deleted_later(
    data: Path, tmp_path: Path
) -> None:
    last_good = tmp_path / "last-good"
    starter = str(disturbed(tmp_path, "killed STEP='os.rename .part'"))
    command = [starter, "serve", str(data), "--port", "0", "--last-good", str(last_good)]
    assert subprocess.run(command, check=False, timeout=PATIENCE_SECONDS).returncode == -signal.SIGKILL
    (left,) = tmp_path.glob("last-good*")
    with started(data, "--last-good", last_good):
        assert left.exists()  # as far as this server knows, another one is writing it
    mine = tmp_path / "last-good.mine.part"
    mine.write_text("mine")
    for path in (left, mine):
        os.utime(path, (0, 0))
    with started(data, "--last-good", last_good):
        assert set(tmp_path.glob("last-good*")) == {last_good, mine}


ADDED = {"plans/three.yaml": plan("a", "May 19, 2031")}


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        ("os.rmdir /plans/three", ADDED, {}),  # its page has been deleted
        ("os.rename /plans/three/index.html#1", {}, {}),
        ("os.rename /calfeed-unfinished.json#1", {}, {}),
        ("os.rename /calfeed-manifest.json#1", {}, {}),
        ("os.rename /plans/three.ics#1", {}, ADDED),
    ],
)
def test_a_build_after_one_that_was_killed_leaves_neither_files_nor_empty_folders(
    data: Path, tmp_path: Path, step: str, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    def built(out: Path, more: Mapping[str, str]) -> set[str]:
        (data / "plans" / "three.yaml").unlink(missing_ok=True)
        assert run("build", out, "--data", make_folder(data, more)).returncode == 0
        return {path.relative_to(out).as_posix() for path in out.rglob("*")}

    built(tmp_path / "site", before)
    (data / "plans" / "three.yaml").unlink(missing_ok=True)
    make_folder(data, {} if before else ADDED)
    command = [str(disturbed(tmp_path, f"killed STEP='{step}'")), "build", str(tmp_path / "site"), "--data", str(data)]
    assert subprocess.run(command, check=False, timeout=PATIENCE_SECONDS).returncode == -signal.SIGKILL
    assert built(tmp_path / "site", after) == built(tmp_path / "fresh", after)


def test_a_build_deletes_what_is_gone_where_a_link_leads_to_its_folder(data: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert run("build", site, "--data", data).returncode == 0
    (site / "plans").rename(tmp_path / "elsewhere")
    (site / "plans").symlink_to(tmp_path / "elsewhere")
    (data / "plans" / "two.yaml").unlink()
    assert run("build", site, "--data", data).returncode == 0
    assert list((site / "plans").glob("two*")) == []
    assert (site / "plans" / "one.ics").exists()


# --- want ------------------------------------------------------------------------------------------------------------


def test_a_server_that_has_no_more_files_to_open_recovers(data: Path, tmp_path: Path) -> None:
    connections = 200
    with started(data, "--workers", "1", program=program(tmp_path, f'ulimit -n 100; exec {CALFEED} "$@"')) as server:
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


# Starts calfeed with a view of the folder DATA at SEEN that is mounted over it. What happens to the files below tells
# nobody who watches the view: a watcher beside calfeed, until that ends, writes what it is told to EVENTS.
BEHIND_A_MOUNT = """\
exec unshare --map-root-user --mount sh -c '
mount -t overlay overlay -o lowerdir=DATA:EMPTY SEEN || exit 9
PYTHON - SEEN EVENTS $$ << WATCHER &
import os, sys
from pathlib import Path
from watchfiles import watch
for changes in watch(sys.argv[1], watch_filter=None, rust_timeout=200, yield_on_timeout=True):
    with Path(sys.argv[2]).open("a") as file:
        print(sorted(changes), file=file)
    if not Path("/proc", sys.argv[3]).exists():
        break
WATCHER
exec CALFEED "$@"' sh "$@"
"""
WITHOUT_WATCHERS = """\
exec unshare --map-root-user sh -c 'echo 0 > /proc/sys/user/max_inotify_instances && exec CALFEED "$@"' sh "$@"
"""


def assert_edits_are_served(data: Path, seen: Path, starter: Path) -> None:
    with started(seen, program=starter) as server, under_load(server.port, data) as load:
        load.edit(closing("May 6, 2031"))
        load.spoil(BAD)
        load.mend(closing("May 7, 2031"))


def may_unshare() -> None:
    """Skip the test where this user may have no name spaces of its own."""
    unshare = need("unshare", "gives a process mounts and limits of its own")
    if subprocess.run([unshare, "--map-root-user", "--mount", "true"], check=False, capture_output=True).returncode:
        lacking("this user may have no name spaces of its own")


def test_edits_that_no_event_tells_of_are_served_all_the_same(data: Path, tmp_path: Path) -> None:
    may_unshare()
    places = {"DATA": data, "EMPTY": tmp_path / "empty", "SEEN": tmp_path / "seen", "EVENTS": tmp_path / "events"}
    places["EMPTY"].mkdir()
    places["SEEN"].mkdir()
    line = BEHIND_A_MOUNT.replace("PYTHON", sys.executable).replace("CALFEED", CALFEED)
    for name, path in places.items():
        line = line.replace(name, str(path))
    assert_edits_are_served(data, places["SEEN"], program(tmp_path, line))
    told = places["EVENTS"].read_text(encoding="utf-8").splitlines()
    assert set(told) == {"[]"}


def test_edits_are_served_where_the_system_lets_nobody_watch(data: Path, tmp_path: Path) -> None:
    may_unshare()
    line = WITHOUT_WATCHERS.replace("CALFEED", CALFEED)
    watching = program(tmp_path, line.replace(CALFEED, f"{sys.executable} -m watchfiles true"))
    assert subprocess.run([watching, data], check=False, capture_output=True, timeout=PATIENCE_SECONDS).returncode
    assert_edits_are_served(data, data, program(tmp_path, line))


def test_many_thousand_other_files_and_a_huge_one_hold_nothing_up(data: Path) -> None:
    (data / "notes").mkdir()
    for number in range(20_000):
        os.close(os.open(f"{data}/notes/{number}.txt", os.O_CREAT))
    with started(data, "--workers", "1") as server, under_load(server.port, data) as load:
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
    fake = f"LD_PRELOAD='{library.strip()}' FAKETIME='@{year}-05-05 12:00:00'"
    starter = program(tmp_path, f'exec env {fake} {CALFEED} "$@"')
    with started(data, program=starter) as server:
        assert f'"since":"{year}-'.encode() in get(server.port, "/health")[1]
        assert everything(server.port) == right
        with under_load(server.port, data) as load:
            load.edit(closing("May 6, 2031"))
            load.spoil(BAD)
            load.mend(closing("May 7, 2031"))


YEAR_SECONDS = 365 * 86_400


def test_a_clock_that_jumps_changes_no_answer_and_delays_no_edit(data: Path, tmp_path: Path) -> None:
    compiler = need("cc", "compiles what makes the clock of a process jump")
    library, offset = tmp_path / "clock.so", tmp_path / "offset"
    source = Path(__file__).with_name("jumping_clock.c")
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source)]
    subprocess.run(command, check=True, timeout=PATIENCE_SECONDS)
    offset.write_bytes(bytes(8))
    starter = program(tmp_path, f"exec env LD_PRELOAD='{library}' CLOCK_OFFSET='{offset}' {CALFEED} \"$@\"")
    with started(data, program=starter) as server, under_load(server.port, data) as load:
        year = datetime.now(UTC).year
        for day, years in enumerate((50, -50, 0), 6):
            with offset.open("r+b") as file:
                file.write((years * YEAR_SECONDS).to_bytes(8, sys.byteorder, signed=True))
            load.edit(closing(f"May {day}, 2031"))
            since = json.loads(get(server.port, "/health")[1])["since"]
            assert abs(int(since[:4]) - year - years) <= 1
        load.spoil(BAD)
        load.mend(closing("May 9, 2031"))


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
        # It waits no longer than for two looks at the folder before it serves, which a busy machine may not give it.
        wait_until(lambda: health(server.port) == "degraded", "the new worker sees the problems too")
        server.process.terminate()
        assert server.process.wait(PATIENCE_SECONDS) == 0
