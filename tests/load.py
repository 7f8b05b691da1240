"""Clients that ask a server without pause while its data changes, and check every answer to its last octet."""

import http.client
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import pytest

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.reading.folder import load
from tests.support import (
    CALFEED,
    COUNTED,
    PATIENCE_SECONDS,
    SITE,
    TRUST,
    Process,
    RunningServer,
    plan_of,
    start,
    wait_until,
)


def plan(target: str, closing: str) -> str:
    """A plan with two milestones, of a merger into a fund elsewhere."""
    return plan_of({"closing": closing, "record date": "March 3, 2031"}, target, acquiring="{name: Elsewhere Fund}")


ONE, TWO = plan("a", "May 5, 2031"), plan("b", "June 2, 2031")
DOCUMENTS = {"site.yaml": SITE, "trusts/example-trust.yaml": TRUST, "plans/one.yaml": ONE, "plans/two.yaml": TWO}


def write(folder: Path, name: str, text: str) -> None:
    """Save a file as plain editors do: in place."""
    (folder / name).write_text(text, encoding="utf-8")


def closing(day: str, name: str = "plans/one.yaml") -> "Edit":
    """The edit that closes a plan on another day."""
    return Edit(name, re.sub("closing: .*", f"closing: {day}", DOCUMENTS[name]))


class Edit:
    """Saves a file with another text."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def __call__(self, folder: Path) -> None:
        write(folder, self.name, self.text)


BAD = closing("May 55, 2031")


TARGETS = (
    "/all.ics",
    "/plans/one.ics",
    "/trusts/example-trust.ics",
    "/trusts/example-trust/a.ics",
    "/all.ics?kind=closing",
    "/selection.ics?feed=plans/one&feed=plans/two",
    "/all.json",
    "/all.csv",
    "/all.atom",
    "/",
    "/plans/one/",
    "/search.json",
)
CLIENTS = 2
REQUESTS_A_CONNECTION = 10
PAUSE_SECONDS = 0.02
"""How long a client waits after each answer, so that tests which run meanwhile have a processor too."""
CONNECTIONS_TO_MEET_ALL = 30
"""So many new connections meet every worker: that they miss one of three is less likely than 1 in 50,000."""

Answers = dict[str, bytes | None]
"""What a folder has at each target; None where there is nothing."""


def answers_of(folder: Path, targets: Iterable[str] = TARGETS) -> Answers:
    """What a server that only ever knew this folder answers."""
    resources = Resources(load(folder))
    found: Answers = {}
    for target in targets:
        url = urlsplit(target)
        query = parse_qs(url.query)
        there = resources.find(url.path, Choice(kinds=query.get("kind", ()), feeds=query.get("feed", ())))
        found[target] = there.body if there else None
    return found


@dataclass(slots=True)
class Ledger:
    """What clients got: how many answers, 304s among them, and each that was wrong or failed."""

    answers: int = 0
    unchanged: int = 0
    wrong: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


class Started(RunningServer):
    """A running server, and what it said before it was ready."""

    def __init__(self, process: Process, first_line: str, said: str) -> None:
        super().__init__(process, first_line)
        self.said = said

    @property
    def workers(self) -> set[int]:
        """The processes that it has started, where Linux tells of them; none once it has ended."""
        pid = self.process.pid
        with suppress(FileNotFoundError, ProcessLookupError):
            return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
        return set()

    def hear(self, told: str) -> list[str]:
        """Wait until it says something; its lines up to then, without the addresses of feeds.

        A server that never says so is ended, and the test fails.
        """
        assert self.process.stderr is not None
        patience = threading.Timer(PATIENCE_SECONDS, self.process.terminate)
        patience.start()
        heard = []
        try:
            for line in self.process.stderr:
                if line.startswith(("  http", "  and ")):
                    continue
                heard.append(line)
                if told in line:
                    return heard
        finally:
            patience.cancel()
        pytest.fail("".join(heard))

    def end(self) -> str:
        """End it in order; what it said since it was ready, but for the addresses of feeds."""
        self.process.terminate()
        assert self.process.stderr is not None
        return "".join(line for line in self.process.stderr if not line.startswith(("  http", "  and ")))


@contextmanager
def started(data: Path, *options: str | Path, program: str | Path = CALFEED) -> Iterator[Started]:
    """A server like that of `serving`, which may have to tell of problems before it is ready."""
    with start("serve", data, "--port", "0", *options, program=program) as process:
        try:
            assert process.stderr is not None
            said: list[str] = []
            line = ""
            for line in process.stderr:
                if re.fullmatch(r"Serving [\d,]+ feeds? at .*\n", line):
                    break
                said.append(line)
            else:
                pytest.fail("".join(said))
            yield Started(process, line, "".join(said))
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def get(port: int, target: str) -> tuple[int, bytes]:
    """Status and body of one answer, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", target)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def health(port: int) -> str:
    """The state that a worker tells."""
    status: str = json.loads(get(port, "/health")[1])["status"]
    return status


def everything(port: int) -> dict[str, tuple[int, str | None, bytes]]:
    """Status, validator and body at each target."""
    found = {}
    for target in TARGETS:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        connection.request("GET", target)
        response = connection.getresponse()
        found[target] = response.status, response.headers["ETag"], response.read()
        connection.close()
    return found


def in_all_workers(holds: Callable[[], bool]) -> bool:
    """Whether something that one connection shows holds for many in a row, so that no worker is left out."""
    return all(holds() for _ in range(CONNECTIONS_TO_MEET_ALL))


class Load:
    """Clients of a server, and what they may be answered: any version from the `first` allowed to the last."""

    def __init__(self, port: int, folder: Path, targets: Iterable[str], seed: int, pause: float) -> None:
        self.port = port
        self.pause = pause
        self.folder = folder
        self.targets = tuple(targets)
        self.ledger = Ledger()
        self.versions = [answers_of(folder, self.targets)]
        self.first = 0
        self._ends = threading.Event()
        self._counting = threading.Lock()
        self._clients = [threading.Thread(target=self._ask, args=(seed + number,)) for number in range(CLIENTS)]

    def start(self) -> None:
        """Begin to ask."""
        for client in self._clients:
            client.start()

    def stop(self) -> None:
        """Ask no more; returns when every client has had its last answer."""
        self._ends.set()
        for client in self._clients:
            client.join()

    def expect(self, edit: Callable[[Path], object]) -> None:
        """Allow what the folder will say after an edit, which is tried on a copy of it.

        A plan that is gone is withdrawn whether or not the rest has been read yet: that is allowed too.
        """
        with TemporaryDirectory() as copies:
            others = shutil.ignore_patterns("notes")  # no data, and there may be very many
            copy = Path(shutil.copytree(self.folder, Path(copies) / "data", symlinks=True, ignore=others))
            edit(copy)
            for plan in set((self.folder / "plans").iterdir()):
                if not (copy / "plans" / plan.name).exists():
                    without = Path(shutil.copytree(self.folder, Path(copies) / f"without {plan.name}", symlinks=True))
                    (without / "plans" / plan.name).unlink()
                    self.versions.append(answers_of(without, self.targets))
            self.versions.append(answers_of(copy, self.targets))

    def edit(self, edit: Callable[[Path], object]) -> None:
        """Edit the folder; returns when all workers serve it, from when on nothing older is right."""
        self.expect(edit)
        edit(self.folder)
        self.arrive()

    def arrive(self) -> None:
        """Wait until all workers serve the last version; nothing older is right any more."""
        wait_until(lambda: in_all_workers(self._is_last), "all workers serve the last edit")
        self.first = len(self.versions) - 1

    def spoil(self, edit: Callable[[Path], object]) -> None:
        """Make a bad edit; returns when all workers know of it. What they serve stays as it is."""
        edit(self.folder)
        wait_until(lambda: in_all_workers(lambda: health(self.port) == "degraded"), "all workers know of the problem")
        assert in_all_workers(self._is_last)

    def mend(self, edit: Callable[[Path], object]) -> None:
        """Make a good edit after a bad one; returns when all workers serve it and none knows of a problem."""
        self.edit(edit)
        self.recover()

    def recover(self) -> None:
        """Wait until no worker knows of a problem."""
        wait_until(lambda: in_all_workers(lambda: health(self.port) == "ok"), "no worker knows of a problem")

    def _is_last(self) -> bool:
        target = self.targets[0]
        return get(self.port, target)[1] == self.versions[-1][target]

    def _ask(self, seed: int) -> None:
        chance = Random(seed)  # noqa: S311 -- the same requests each time, nothing secret
        for _ in count():
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
            known: dict[str, tuple[str, bytes]] = {}
            try:
                for _ in range(REQUESTS_A_CONNECTION):
                    if self._ends.is_set():
                        return
                    self._ask_once(connection, chance.choice(self.targets), known)
                    self._ends.wait(self.pause)
            except (OSError, http.client.HTTPException) as error:
                with self._counting:
                    self.ledger.failed.append(repr(error))
            finally:
                connection.close()

    def _ask_once(
        self, connection: http.client.HTTPConnection, target: str, known: dict[str, tuple[str, bytes]]
    ) -> None:
        etag, body = known.get(target, ("", b""))
        first = self.first
        connection.request("GET", target, headers={"If-None-Match": etag} if etag else {})
        response = connection.getresponse()
        received = response.read()
        allowed = [version[target] for version in self.versions[first:]]
        if response.status == 304:
            is_right = body in allowed
        elif response.status == 200:
            is_right = received in allowed and response.headers["Content-Length"] == str(len(received))
            known[target] = response.headers["ETag"], received
        else:
            is_right = response.status == 404 and None in allowed
        with self._counting:
            self.ledger.answers += 1
            self.ledger.unchanged += response.status == 304
            if not is_right:
                self.ledger.wrong.append(f"{response.status} {target}: {received[:200]!r}")


@contextmanager
def under_load(
    port: int,
    folder: Path,
    targets: Iterable[str] = TARGETS,
    *,
    seed: int = 1,
    pause: float = PAUSE_SECONDS,
    may_break: bool = False,
) -> Iterator[Load]:
    """Clients that ask a server for what a folder has, from now on; in the end each answer must have been right.

    Where connections `may_break`, since processes are killed, answers may be missing, but none may be wrong.
    """
    load = Load(port, folder, targets, seed, pause)
    load.start()
    try:
        yield load
    finally:
        load.stop()
        COUNTED["answers under load"] += load.ledger.answers
        COUNTED["answers under load that were wrong"] += len(load.ledger.wrong)
    assert load.ledger.answers > 0
    assert not load.ledger.wrong, "\n".join(load.ledger.wrong)
    assert may_break or load.ledger.failed == []
