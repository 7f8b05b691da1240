"""Measure calfeed beside its peers and print a table of ratios.

Ratios are those of medians, and the runs of both sides take turns. Peers come with the extra `benchmarks`, best in an
environment of its own since yaml2ics brings a version of `ics` that the tests do not know; nginx and wrk come from the
system. What is missing is said in the table, and the rest is measured.
"""

import argparse
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from calfeed.feeds.feeds import Feeds
from calfeed.reading.folder import load
from calfeed.serving.choices import Choice
from calfeed.serving.resources import Resources
from tests.benchmarks import peers, web
from tests.benchmarks.generator import generate

SEED = 1
PLANS = 1_000
FEED_BYTES = 20_000
SAMPLED = 40
"""One feed in so many is rebuilt by icalendar; all of them would take minutes."""

NOTES = f"""
Seconds are processor time. Each run is a fresh process, in which imports and what a side has to have before do not
count, unless the row says "whole process".
All feeds: calfeed makes every one of them, and each event once for all feeds that hold it. icalendar makes 1 in
{SAMPLED}, evenly drawn, each from the catalog: it is told which events are in a feed, and makes their texts and bytes.
Its time is multiplied. "all", the largest, is not drawn.
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
    many: int
    """How many plans "the whole industry" has."""
    runs: dict[tuple[str, ...], list[float]] = field(default_factory=dict)

    def data(self, plans: int, *, unlimited: bool = False) -> Path:
        """A data folder of so many plans; an unlimited one has all its events in its calendar of everything."""
        folder = self.scratch / f"{plans}{'-unlimited' if unlimited else ''}"
        if not folder.exists():
            generate(folder, plans, SEED, plans * 6 if unlimited else None)
        return folder

    def work(self, *tasks: tuple[str, ...]) -> list[float]:
        """The median seconds of tasks of `work`, measured in turns."""
        return self._turns([(*_MODULE, *task) for task in tasks], _said)

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

    def spent(self, command: tuple[str, ...]) -> float:
        """The processor time of a whole process."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with self.output.open("wb") as output:
            subprocess.run(command, check=True, stdout=output, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def _turns(self, commands: list[tuple[str, ...]], measure: Callable[[tuple[str, ...]], float]) -> list[float]:
        for _ in range(self.rounds):
            for command in commands:
                runs = self.runs.setdefault(command, [])
                if len(runs) < self.rounds:
                    runs.append(measure(command))
        return [median(self.runs[command]) for command in commands]


_MODULE = (sys.executable, "-m", "tests.benchmarks.work")


def _said(command: tuple[str, ...]) -> float:
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def _faster(stage: str, against: str, ours: float, theirs: float, least: float | None = None) -> Row:
    ratio = theirs / ours
    return Row(
        stage=stage,
        against=against,
        measured=f"{ratio:.1f}x faster",
        details=f"{ours:.3g} s, {theirs:.3g} s",
        wanted=f"{least:g}x" if least else "",
        met=ratio >= least if least else None,
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


def loading(bench: Bench) -> Iterator[Row]:
    """A data folder to a checked catalog."""
    folder = str(bench.data(PLANS))
    ours, theirs = bench.work(("calfeed_load", folder), ("yaml_load", folder))
    yield Row(
        stage=f"data folder → checked catalog, {PLANS:,} plans",
        against="yaml.CSafeLoader, same files, nothing else",
        measured=f"{ours / theirs:.2f}x its time",
        details=f"{ours:.3g} s, {theirs:.3g} s",
        wanted="1.5x or less",
        met=ours / theirs <= 1.5,
    )


def process(bench: Bench) -> Iterator[Row]:
    """YAML to one calendar, from the start of Python to its end."""
    folder = bench.data(PLANS, unlimited=True)
    feed = Feeds(load(folder)).feed("all")
    stage = f"YAML → one calendar of {len(feed.events):,} events, whole process"
    if not (peer := _installed("yaml2ics")):
        yield _missing(stage, "yaml2ics", _INSTALL)
        return
    document = bench.scratch / "yaml2ics.yaml"
    document.write_text(peers.yaml2ics_document(feed), encoding="utf-8")
    ours, theirs = bench.processes(_whole(bench, PLANS), (sys.executable, "-m", "yaml2ics", str(document)))
    for written in (bench.calendar, bench.output):
        assert written.read_bytes().count(b"BEGIN:VEVENT") == len(feed.events)
    yield _faster(stage, peer, ours, theirs, 10)


def _whole(bench: Bench, plans: int) -> tuple[str, ...]:
    program = str(Path(__file__).with_name("whole.py"))
    return (sys.executable, program, str(bench.data(plans, unlimited=True)), str(bench.calendar))


def calendar(bench: Bench) -> Iterator[Row]:
    """Loaded events to one calendar."""
    folder = str(bench.data(PLANS))
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
    yield _faster(f"all feeds of {bench.many:,} plans", peer, everything, rebuilt, 40)
    stage = f"first request after start, {bench.many:,} plans"
    yield _faster(stage, "rendering every feed first", first, everything, 10)


def edit(bench: Bench) -> Iterator[Row]:
    """One plan edited."""
    folder = str(bench.data(bench.many))
    ours, theirs = bench.work(("one_edit", folder), ("calfeed_load", folder))
    yield Row(
        stage=f"one plan edited among {bench.many:,}",
        against="a full load",
        measured=f"{ours / theirs:.2%} of its time",
        details=f"{ours:.3g} s, {theirs:.3g} s",
        wanted="1% or less",
        met=ours / theirs <= 0.01,
    )


def build(bench: Bench) -> Iterator[Row]:
    """A site built again."""
    plans = bench.many // 10
    full, again = [], []
    for number in range(bench.rounds):
        out = bench.scratch / f"site-{number}"
        command = (web.CALFEED, "build", str(out), "--data", str(bench.data(plans)))
        full.append(bench.spent(command))
        before = _touched(out)
        again.append(bench.spent(command))
        assert _touched(out) == before, "a file was touched that had not changed"
    stage = f"build of {plans:,} plans with nothing changed, whole process"
    yield _faster(stage, "a full build", median(again), median(full), 10)


def _touched(folder: Path) -> dict[Path, tuple[int, int]]:
    """Every file with what a rewrite changes: its inode and its time."""
    return {path: (stat.st_ino, stat.st_mtime_ns) for path in folder.rglob("*") if (stat := path.stat())}


def http(bench: Bench) -> Iterator[Row]:
    """Requests a second."""
    if lacking := web.missing():
        yield _missing("GET", "Flask, nginx", lacking)
        return
    data = bench.data(PLANS)
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
    for status, least in ((200, 3.0), (304, 4.0)):
        stage = f"GET of {size}, {status}, {web.CONNECTIONS} connections"
        ours, busy = medians["calfeed", status]
        for label, (theirs, their_busy), wanted in (
            ("bare Flask hello, same granian", medians["hello", 200], least),
            ("Flask and icalendar, same granian", medians["rebuild", status], None),
            ("nginx, the file", medians["nginx", status], 1 / 3),
        ):
            yield Row(
                stage=stage,
                against=label,
                measured=f"{ours / theirs:.2f}x the requests",
                details=f"{ours:,.0f}/s ({busy:.0%} busy), {theirs:,.0f}/s ({their_busy:.0%})",
                wanted=f"{wanted:.2g}x" if wanted else "",
                met=ours / theirs >= wanted if wanted else None,
            )


def memory(bench: Bench) -> Iterator[Row]:
    """What a worker holds."""
    data = bench.data(bench.many)
    addresses = list(Feeds(load(data)).addresses)
    for said, held in web.worker_memory(data, addresses):
        yield Row(
            stage=f"memory of a worker, {bench.many:,} plans",
            against=said,
            measured=f"{held['Pss']:.0f} MB",
            details=f"PSS; RSS {held['Rss']:.0f} MB",
            wanted="300 MB or less",
            met=held["Pss"] <= 300,
        )


def growth(bench: Bench) -> Iterator[Row]:
    """How cost grows with the work."""
    sizes = (bench.many // 100, bench.many // 10, bench.many)
    for said, costs in (
        ("data folder → checked catalog", bench.work(*(("calfeed_load", str(bench.data(size))) for size in sizes))),
        ("all feeds", bench.work(*(("all_feeds", str(bench.data(size))) for size in sizes))),
        ("YAML → one calendar, whole process", bench.processes(*(_whole(bench, size) for size in sizes))),
    ):
        _, some, most = costs
        yield Row(
            stage=f"growth: {said}",
            against=f"from {sizes[1]:,} to {sizes[2]:,} plans",
            measured=f"{most / some:.1f}x",
            details=", ".join(f"{seconds:.3g} s" for seconds in costs),
            wanted="12x or less",
            met=most / some <= 12,
        )


STAGES = (loading, process, calendar, feeds, edit, build, http, memory, growth)


def main() -> None:
    """Measure the stages that are asked for and print the table."""
    names = {stage.__name__: stage for stage in STAGES}
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("stages", nargs="*", metavar="STAGE", help=f"only some of: {', '.join(names)}")
    parser.add_argument("--quick", action="store_true", help="once, with less data: for a glance, not for quoting")
    options = parser.parse_args()
    if unknown := set(options.stages) - set(names):
        parser.error(f"unknown stage: {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        quick = options.quick
        bench = Bench(
            scratch=Path(scratch), rounds=1 if quick else 3, seconds=1 if quick else 3, many=2_000 if quick else 10_000
        )
        for name in options.stages or names:
            print(f"{name} ...", file=sys.stderr, flush=True)
            rows.extend(names[name](bench))
    print(f"Python {platform.python_version()}, {platform.machine()}; seed {SEED}; medians of {bench.rounds}\n")
    print(_table(rows))
    print(NOTES)


def _table(rows: list[Row]) -> str:
    marks = {True: "yes", False: "no", None: ""}
    cells = [("stage", "against", "measured", "calfeed, the other", "at least", "met")]
    cells += [(row.stage, row.against, row.measured, row.details, row.wanted, marks[row.met]) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in cells]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


if __name__ == "__main__":
    main()
