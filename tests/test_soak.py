"""Edits at random, good and bad, under mixed load: no answer is wrong, none fails, and the workers do not grow."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from tests.load import BAD, Edit, Load, Started, closing, plan, started, under_load
from tests.support import SITE, TRUST, wait_until
from tests.test_server import watches_processes

WORKERS = 3
EDITS_TO_WARM_UP = 5
PAUSE_SECONDS = 0.002
"""How long a client waits after each answer in a short soak, so that tests beside it have a processor too."""
SHORT_SECONDS = 60
"""A soak that lasts longer is one that somebody has asked for: it has the machine to itself."""
MOST_GROWTH = 50_000_000
"""Octets that a worker may grow by: as much as it keeps of answers that it has made."""

BROKEN = (
    BAD,
    Edit("plans/one.yaml", "trust: [\n"),
    Edit("plans/one.yaml", ""),
    Edit("site.yaml", "title: Example\n"),
    Edit("trusts/example-trust.yaml", TRUST.replace("Example B", "Example A")),
    Edit("plans/new.yml", "title: Example\n"),
)


class Deletion:
    """Takes a file away."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, folder: Path) -> None:
        (folder / self.name).unlink()


class Move(Deletion):
    """Gives a file another name."""

    def __init__(self, name: str, after: str) -> None:
        super().__init__(name)
        self.after = after

    def __call__(self, folder: Path) -> None:
        (folder / self.name).rename(folder / self.after)


def memory(server: Started) -> dict[int, int]:
    """The octets of memory that each worker has."""
    found = {}
    for worker in server.workers:
        rows = dict(row.split(":", 1) for row in Path(f"/proc/{worker}/status").read_text().splitlines())
        found[worker] = int(rows["VmRSS"].split()[0]) * 1024
    return found


def good_edits(chance: Random) -> Iterator[Callable[[Path], object]]:
    """Edits of any part of the data, each of which can follow those before it."""
    while True:
        day = f"{chance.choice(('May', 'June', 'July'))} {chance.randint(1, 30)}, 2031"
        name = chance.choice(("one", "two"))
        yield closing(day, f"plans/{name}.yaml")
        yield Edit("plans/three.yaml", plan(chance.choice("ab"), day))
        yield Edit("site.yaml", f"{SITE}refresh: {chance.randint(1, 23)} hours\n")
        yield Move("plans/three.yaml", "plans/four.yaml")
        yield Edit("trusts/example-trust.yaml", f"{TRUST}short name: E{chance.randint(1, 999)}\n")
        yield Deletion("plans/four.yaml")


def spoil_and_mend(load: Load, bad: Edit) -> None:
    """Make an edit that is not served, and take it back."""
    path = load.folder / bad.name
    before = path.read_text(encoding="utf-8") if path.exists() else None
    load.spoil(bad)
    if before is None:
        path.unlink()
    else:
        Edit(bad.name, before)(load.folder)
    load.recover()


@watches_processes
def test_no_answer_is_wrong_whatever_is_edited(
    data: Path, pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = pytestconfig.getoption("--soak-seconds")
    pause = PAUSE_SECONDS if seconds <= SHORT_SECONDS else 0
    chance = Random(20310505)  # noqa: S311 -- the same edits each time, nothing secret
    edits = bad_edits = 0
    with started(data, "--workers", str(WORKERS)) as server:
        wait_until(lambda: len(server.workers) == WORKERS, "all workers have started")
        with under_load(server.port, data, pause=pause) as load:
            begin, before = monotonic(), {}
            for edit in good_edits(chance):
                if edits == EDITS_TO_WARM_UP:
                    before = memory(server)
                if edits > EDITS_TO_WARM_UP and monotonic() - begin > seconds:
                    break
                edits += 1
                if chance.random() < 0.2:
                    bad_edits += 1
                    load.arrive()  # what has not been read before a bad edit waits until that is mended
                    spoil_and_mend(load, chance.choice(BROKEN))
                if isinstance(edit, Deletion):
                    # What is gone counts after a second, even if what was edited before or after is not yet at rest.
                    load.arrive()
                    load.expect(Deletion(edit.name))
                load.expect(edit)
                edit(data)
                if chance.random() < 0.8:  # else the next edit comes at once
                    load.arrive()
            load.arrive()
            after = memory(server)
    growth = max(after[worker] - before[worker] for worker in before)
    ledger = load.ledger
    with capsys.disabled():
        print(
            f"\nedits {edits}, bad edits {bad_edits}, answers {ledger.answers} ({ledger.unchanged} of them 304), "
            f"wrong {len(ledger.wrong)}, failed {len(ledger.failed)}, largest growth of a worker {growth / 1e6:.1f} MB"
        )
    assert after.keys() == before.keys()
    assert ledger.unchanged > 0
    assert growth < MOST_GROWTH
