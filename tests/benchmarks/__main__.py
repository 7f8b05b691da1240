"""Measure calfeed beside its peers and print a table of ratios.

Ratios are those of medians, and the runs of both sides take turns. Peers come with the extra `benchmarks`, best in an
environment of its own since yaml2ics brings a version of `ics` that the tests do not know; nginx and wrk come from the
system. What is missing is said in the table, and the rest is measured.
"""

import argparse
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import NamedTuple

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.feeds.feeds import Feeds
from calfeed.reading.folder import load
from tests.benchmarks import peers, web
from tests.benchmarks.generator import generate

SEED = 1
ROOT = Path(__file__).resolve().parents[2]  # not from the support of the tests, which needs their packages
SHIPPED = ROOT / "data"
FEED_BYTES = 20_000
SAMPLED = 40
"""One feed in so many is rebuilt by icalendar; all of them would take minutes."""

NOTES = f"""
Seconds are processor time. Each run is a fresh process, in which imports and what a side has to have before do not
count, unless the row says "whole process".
All feeds: calfeed makes every one of them, and each event once for all feeds that hold it. icalendar makes 1 in
{SAMPLED}, evenly drawn, each from the catalog: it is told which events are in a feed, and makes their texts and bytes.
Its time is multiplied. "all", the largest, is not drawn. Both do without Python's collector, as "build" does.
GET: each server has one worker and the first processor, wrk the others. Where a server is not busy throughout, wrk
could not ask for more.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table; `met` is None where there is no target."""

    stage: str
    against: str
    measured: str
    details: str
    wanted: str = ""
    met: bool | None = None


@dataclass(slots=True, kw_only=True)
class Bench:
    """Where and how much to measure; data folders and runs are kept for the stages that follow."""

    scratch: Path
    rounds: int
    seconds: int
    """How long each run of a server is."""
    some: int
    many: int
    """How many plans a large publisher has, and how many "the whole industry" has: ten times as many."""
    baseline: Path | None = None
    """A checkout of calfeed 0.1."""
    runs: dict[tuple[str, ...], list[float]] = field(default_factory=dict)

    def data(self, plans: int, *, unlimited: bool = False) -> Path:
        """A data folder of so many plans; an unlimited one has all its events in its calendar of everything."""
        folder = self.scratch / f"{plans}{'-unlimited' if unlimited else ''}"
        if not folder.exists():
            generate(folder, plans, SEED, plans * 6 if unlimited else None)
        return folder

    def work(self, *tasks: tuple[str, ...]) -> list[float]:
        """The median seconds of tasks of `work`, measured in turns."""
        return self._turns([(*_MODULE, *task) for task in tasks], self.said)

    def processes(self, *commands: tuple[str, ...]) -> list[float]:
        """The median seconds of whole processes, measured in turns."""
        return self._turns(list(commands), self.spent)

    @property
    def calendar(self) -> Path:
        """Where calfeed writes the one calendar of a folder."""
        return self.scratch / "all.ics"

    @property
    def output(self) -> Path:
        """What the process that was measured last has printed."""
        return self.scratch / "output"

    def spent(self, command: tuple[str, ...], **environment: str) -> float:
        """The processor time of a whole process, with what it starts."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with self.output.open("wb") as output:
            subprocess.run(
                command, check=True, stdout=output, stderr=subprocess.DEVNULL, env={**self.environment, **environment}
            )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def said(self, command: tuple[str, ...]) -> float:
        """The seconds that a piece of work says it took."""
        return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=self.environment).stdout)

    @property
    def environment(self) -> dict[str, str]:
        """In which both sides find their modules compiled, as on every second start; a first round is not counted."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, "PYTHONPYCACHEPREFIX": str(self.scratch / "compiled")}

    def _turns(self, commands: list[tuple[str, ...]], measure: Callable[[tuple[str, ...]], float]) -> list[float]:
        for command in commands:
            if command not in self.runs:
                measure(command)
        for _ in range(self.rounds):
            for command in commands:
                runs = self.runs.setdefault(command, [])
                if len(runs) < self.rounds:
                    runs.append(measure(command))
        return [median(self.runs[command]) for command in commands]


_PYTHON = (sys.executable, "-P", "-c")  # -P: the code in PYTHONPATH counts, not that of the folder
_MODULE = (sys.executable, "-m", "tests.benchmarks.work")


def program(name: str) -> str:
    """The path of a program beside this one."""
    return str(Path(__file__).with_name(name))


def _faster(stage: str, against: str, ours: float, theirs: float, least: float | None = None) -> Row:
    ratio = theirs / ours
    return Row(
        stage=stage,
        against=against,
        measured=f"{ratio:.1f}x faster",
        details=f"{ours:.3g} s, {theirs:.3g} s",
        wanted=f"{least:g}x or more" if least else "",
        met=ratio >= least if least else None,
    )


def _within(stage: str, against: str, ours: float, theirs: float, most: float) -> Row:
    """A row for work that is more than its peer's, and should be little more."""
    return Row(
        stage=stage,
        against=against,
        measured=f"{ours / theirs:.2f}x its time",
        details=f"{ours:.3g} s, {theirs:.3g} s",
        wanted=f"{most:g}x or less",
        met=ours / theirs <= most,
    )


def _share(stage: str, against: str, ours: float, theirs: float, most: float) -> Row:
    """A row for work that should be a small part of another."""
    return Row(
        stage=stage,
        against=against,
        measured=f"{ours / theirs:.2%} of its time",
        details=f"{ours:.3g} s, {theirs:.3g} s",
        wanted=f"{most:.0%} or less",
        met=ours / theirs <= most,
    )


def _missing(stage: str, against: str, what: str) -> Row:
    return Row(stage=stage, against=against, measured="not measured", details=what)


def _installed(distribution: str) -> str:
    """A peer with its version, or nothing where it is not installed."""
    try:
        return f"{distribution} {version(distribution)}"
    except PackageNotFoundError:
        return ""


_INSTALL = "pip install -e '.[benchmarks]'"


# --- the stages ------------------------------------------------------------------------------------------------------


def starting(bench: Bench) -> Iterator[Row]:
    """The commands that should take no time."""
    least = (sys.executable, program("least.py"))
    for stage, command, against, peer, most in (
        ("calfeed --version", ("--version",), "import of yaml and pydantic", (*_PYTHON, "import yaml, pydantic"), 1.0),
        ("calfeed check data (what is shipped)", ("check", str(SHIPPED)), "import of yaml, one model", least, 1.5),
    ):
        ours, theirs = bench.processes((web.CALFEED, *command), peer)
        yield _within(f"{stage}, whole process", against, ours, theirs, most)


def loading(bench: Bench) -> Iterator[Row]:
    """A data folder to a checked catalog."""
    for plans in (bench.some, bench.many):
        folder = str(bench.data(plans))
        ours, theirs = bench.work(("calfeed_load", folder), ("yaml_load", folder))
        stage = f"data folder → checked catalog, {plans:,} plans"
        yield _within(stage, "yaml.CSafeLoader, same files, nothing else", ours, theirs, 1.2)


def checking(bench: Bench) -> Iterator[Row]:
    """`calfeed check`, from the start of Python to its end."""
    folder = str(bench.data(bench.some))
    peer = (sys.executable, program("yaml_alone.py"), folder)
    ours, theirs = bench.processes((web.CALFEED, "check", folder), peer)
    yield _within(f"calfeed check of {bench.some:,} plans, whole process", "yaml.CSafeLoader", ours, theirs, 1.6)


def process(bench: Bench) -> Iterator[Row]:
    """YAML to one calendar, from the start of Python to its end."""
    folder = bench.data(bench.some, unlimited=True)
    feed = Feeds(load(folder)).feed("all")
    stage = f"YAML → one calendar of {len(feed.events):,} events, whole process"
    if not (peer := _installed("yaml2ics")):
        yield _missing(stage, "yaml2ics", _INSTALL)
        return
    document = bench.scratch / "yaml2ics.yaml"
    document.write_text(peers.yaml2ics_document(feed), encoding="utf-8")
    ours, theirs = bench.processes(_whole(bench, bench.some), (sys.executable, "-m", "yaml2ics", str(document)))
    for written in (bench.calendar, bench.output):
        assert written.read_bytes().count(b"BEGIN:VEVENT") == len(feed.events)
    yield _faster(stage, peer, ours, theirs, 11)


def _whole(bench: Bench, plans: int) -> tuple[str, ...]:
    return (sys.executable, program("whole.py"), str(bench.data(plans, unlimited=True)), str(bench.calendar))


def calendar(bench: Bench) -> Iterator[Row]:
    """Loaded events to one calendar."""
    folder = str(bench.data(bench.some))
    libraries = {name: label for name in peers.LIBRARIES if (label := _installed(name))}
    ours, *theirs = bench.work(*(("one_calendar", name, folder) for name in ("calfeed", *libraries)))
    for label, seconds in zip(libraries.values(), theirs, strict=True):
        yield _faster("the same events, loaded → one calendar", label, ours, seconds)
    for name in peers.LIBRARIES.keys() - libraries.keys():
        yield _missing("the same events, loaded → one calendar", name, _INSTALL)


def feeds(bench: Bench) -> Iterator[Row]:
    """A catalog to every feed, and to the first."""
    folder = str(bench.data(bench.many))
    everything, first, rebuilt = bench.work(
        ("all_feeds", folder), ("first_feed", folder), ("rebuilt_feeds", folder, str(SAMPLED))
    )
    peer = f"icalendar rebuilt for each feed (reckoned from 1 in {SAMPLED})"
    yield _faster(f"all feeds of {bench.many:,} plans", peer, everything, rebuilt, 60)
    stage = f"first request after start, {bench.many:,} plans"
    yield _faster(stage, "rendering every feed first", first, everything, 10)


def edit(bench: Bench) -> Iterator[Row]:
    """One file edited, in a server that runs."""
    folder = str(bench.data(bench.many))
    edits = {"one_edit": ("one plan", 0.01), "trust_edit": ("one trust", 0.1), "site_edit": ("the site", 0.1)}
    *ours, everything = bench.work(*((task, folder) for task in edits), ("calfeed_load", folder))
    for (what, most), seconds in zip(edits.values(), ours, strict=True):
        yield _share(f"an edit of {what} among {bench.many:,} plans", "reading everything", seconds, everything, most)


def build(bench: Bench) -> Iterator[Row]:
    """A site built, and built again."""
    data = bench.data(bench.some)
    full: list[float] = []
    again: list[float] = []
    edited: list[float] = []
    checked: list[float] = []
    plan = sorted((data / "plans").iterdir())[bench.some // 2]
    text = plan.read_text(encoding="utf-8")
    for number in range(bench.rounds):
        out = bench.scratch / f"site-{number}"
        command = (web.CALFEED, "build", str(out), "--data", str(data))
        full.append(bench.spent(command))
        before = _touched(out)
        again.append(bench.spent(command))
        assert _touched(out) == before, "a file was touched that had not changed"
        try:
            plan.write_text(re.sub(r"(  board approval:) (.*)", _WITH_NOTE, text), encoding="utf-8")
            edited.append(bench.spent(command))
            checked.append(bench.spent((web.CALFEED, "check", str(data))))
        finally:
            plan.write_text(text, encoding="utf-8")
    stage = f"build of {bench.some:,} plans"
    yield _faster(f"{stage} with nothing changed, whole process", "a full build", median(again), median(full), 10)
    beyond = max(median(edited) - median(checked), 0)
    yield _share(f"{stage} after an edit of one, beyond check", "a full build", beyond, median(full), 0.05)
    yield from _full_build(bench)


_WITH_NOTE = r"\1\n    date: \2\n    note: edited"


def _full_build(bench: Bench) -> Iterator[Row]:
    """A full build by the clock on the wall, since it uses all processors, beside that of another calfeed.

    On a machine that has other work the processor time says more.
    """
    stage, data = f"a full build of {bench.some:,} plans", str(bench.data(bench.some))
    if bench.baseline is None:
        yield _missing(stage, "calfeed 0.1", "give a checkout of it: --baseline FOLDER")
        return
    ours: list[_Took] = []
    theirs: list[_Took] = []
    for number in range(bench.rounds):
        for side, root in ((ours, ROOT), (theirs, bench.baseline)):
            out = str(bench.scratch / f"by-the-clock-{number}-{len(side)}-{root.name}")
            command = (*_PYTHON, "from calfeed.cli import main; main()", "build", out, "--data", data)
            start = time.perf_counter()
            spent = bench.spent(command, PYTHONPATH=str(root))
            side.append(_Took(time.perf_counter() - start, spent))
    wall, theirs_wall = (median(each.wall for each in side) for side in (ours, theirs))
    spent, theirs_spent = (median(each.spent for each in side) for side in (ours, theirs))
    yield _faster(f"{stage}, by the clock", "calfeed 0.1", wall, theirs_wall, 4)
    yield _faster(f"{stage}, processor time", "calfeed 0.1", spent, theirs_spent)


class _Took(NamedTuple):
    """The seconds that a command took by the clock, and the processor time that it spent."""

    wall: float
    spent: float


def _touched(folder: Path) -> dict[Path, tuple[int, int]]:
    """Every file with what a rewrite changes: its inode and its time."""
    return {path: (stat.st_ino, stat.st_mtime_ns) for path in folder.rglob("*") if (stat := path.stat())}


def http(bench: Bench) -> Iterator[Row]:
    """Requests a second."""
    if lacking := web.missing():
        yield _missing("GET", "Flask, nginx", lacking)
        return
    data = bench.data(bench.some)
    resources = Resources(load(data))
    bodies = {at: found.body for at in resources.feeds.addresses if (found := resources.find(f"/{at}.ics", Choice()))}
    address = min(bodies, key=lambda at: abs(len(bodies[at]) - FEED_BYTES))
    path = f"/{address}.ics"
    rates: dict[tuple[str, int], list[tuple[float, float]]] = {}
    with web.servers(data, address, bodies[address], bench.scratch / "nginx") as servers:
        etags = web.etags(servers, path, bodies[address])
        for _ in range(bench.rounds):
            for name, running in servers.items():
                rates.setdefault((name, 200), []).append(web.rate(running, path, "", bench.seconds))
            for name, etag in etags.items():
                rates.setdefault((name, 304), []).append(web.rate(servers[name], path, etag, bench.seconds))
    medians = {key: sorted(values)[len(values) // 2] for key, values in rates.items()}
    size = f"{len(bodies[address]) / 1000:.0f} kB"
    for status, least, of_nginx in ((200, 5.0, 0.52), (304, 5.7, 0.45)):
        stage = f"GET of {size}, {status}, {web.CONNECTIONS} connections"
        ours, busy = medians["calfeed", status]
        for label, (theirs, their_busy), wanted in (
            ("bare Flask hello, same granian", medians["hello", 200], least),
            ("Flask and icalendar, same granian", medians["rebuild", status], None),
            ("nginx, the file", medians["nginx", status], of_nginx),
        ):
            yield Row(
                stage=stage,
                against=label,
                measured=f"{ours / theirs:.2f}x the requests",
                details=f"{ours:,.0f}/s ({busy:.0%} busy), {theirs:,.0f}/s ({their_busy:.0%})",
                wanted=f"{wanted:.2g}x or more" if wanted else "",
                met=ours / theirs >= wanted if wanted else None,
            )


def memory(bench: Bench) -> Iterator[Row]:
    """What a worker holds."""
    data = bench.data(bench.many)
    addresses = list(Feeds(load(data)).addresses)
    for said, held in web.worker_memory(data, addresses):
        asked_all = said == web.AFTER_EVERY_FEED
        yield Row(
            stage=f"memory of a worker, {bench.many:,} plans",
            against=said,
            measured=f"{held['Pss']:.0f} MB",
            details=f"PSS; RSS {held['Rss']:.0f} MB",
            wanted="250 MB or less" if asked_all else "",
            met=held["Pss"] <= 250 if asked_all else None,
        )


def growth(bench: Bench) -> Iterator[Row]:
    """How cost grows with the work."""
    sizes = (bench.some, bench.many)
    checks = ((web.CALFEED, "check", str(bench.data(size))) for size in sizes)
    for said, (some, most) in (
        ("data folder → checked catalog", bench.work(*(("calfeed_load", str(bench.data(size))) for size in sizes))),
        ("calfeed check, whole process", bench.processes(*checks)),
        ("all feeds", bench.work(*(("all_feeds", str(bench.data(size))) for size in sizes))),
        ("YAML → one calendar, whole process", bench.processes(*(_whole(bench, size) for size in sizes))),
        ("an edit of one trust", bench.work(*(("trust_edit", str(bench.data(size))) for size in sizes))),
    ):
        yield Row(
            stage=f"growth: {said}",
            against=f"from {bench.some:,} to {bench.many:,} plans",
            measured=f"{most / some:.1f}x",
            details=f"{most:.3g} s, {some:.3g} s",
            wanted="10.5x or less",
            met=most / some <= 10.5,
        )


STAGES = (starting, loading, checking, process, calendar, feeds, edit, build, http, memory, growth)


def main() -> None:
    """Measure the stages that are asked for and print the table."""
    names = {stage.__name__: stage for stage in STAGES}
    options = _options(names)
    rows: list[Row] = []
    began = _load()
    with tempfile.TemporaryDirectory() as scratch:
        quick = options.quick
        bench = Bench(
            scratch=Path(scratch),
            rounds=1 if quick else options.rounds,
            seconds=1 if quick else 3,
            some=100 if quick else 1_000,
            many=1_000 if quick else 10_000,
            baseline=options.baseline,
        )
        for name in options.stages or names:
            print(f"{name} ...", file=sys.stderr, flush=True)
            for row in names[name](bench):
                print(f"  {row.stage}: {row.measured} {row.details}", file=sys.stderr, flush=True)
                rows.append(row)
    print(f"{_state(bench.rounds)}; load {began} at the start, {_load()} at the end\n")
    print(_table(rows))
    print(NOTES)


def _options(names: Collection[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("stages", nargs="*", metavar="STAGE", help=f"only some of: {', '.join(names)}")
    parser.add_argument("--quick", action="store_true", help="once, with a tenth of the data: not for quoting")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side is measured")
    parser.add_argument("--baseline", type=Path, help="a checkout of calfeed 0.1, to compare a full build with")
    options = parser.parse_args()
    if unknown := set(options.stages) - set(names):
        parser.error(f"unknown stage: {', '.join(sorted(unknown))}")
    return options


def _state(rounds: int) -> str:
    """The machine, and the versions of what is measured and of what it is measured by."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pyyaml", "pydantic", "icalendar", "flask", "granian"))
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    return f"{machine}; {libraries}; seed {SEED}; medians of {rounds}"


def _load() -> str:
    """How busy the machine is: processes that ran or waited, over the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def _table(rows: list[Row]) -> str:
    marks = {True: "yes", False: "no", None: ""}
    cells = [("stage", "against", "measured", "calfeed, the other", "wanted", "met")]
    cells += [(row.stage, row.against, row.measured, row.details, row.wanted, marks[row.met]) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in cells]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


if __name__ == "__main__":
    main()
