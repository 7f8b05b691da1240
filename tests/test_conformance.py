"""Calendars and parsers by others, run as people run them, read in each feed what calfeed wrote.

The parsers in Python are tests/gate.py's; each of the others is one process for all feeds. They run in a time zone
west of UTC, where a day that is taken for midnight in UTC would become the day before.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.feeds.events import Event
from calfeed.feeds.status import Status
from calfeed.formats.ics import vcalendar, vevent
from calfeed.reading.folder import load
from tests.gate import read_by_ics
from tests.support import PATIENCE_SECONDS, RunningServer, each_of, lacking, need, npm_packages
from tests.test_feeds import ALPHA_INTO_BETA, GOLDEN, SCENARIOS, SPANS, calendar, made
from tests.test_ics import DESCRIPTIONS, EVENT, FEED, NAMES, SUMMARIES

READERS = Path(__file__).parent / "readers"
# The latest node-ical that runs on Node.js 18, which is Debian 12's.
PACKAGES = ("node-ical@0.25.6", "ical.js@2.2.1", "ts-ics@2.4.6")
ENVIRONMENT = {**os.environ, "TZ": "America/New_York", "PYTHONUTF8": "1", "NO_PROXY": "127.0.0.1"}

# UID, SUMMARY, DESCRIPTION, DTSTART, DTEND and STATUS of an event; days and instants in ISO 8601.
Row: TypeAlias = tuple[str, ...]
Corpus: TypeAlias = dict[Path, list[Row]]


def output(*command: str | Path) -> str:
    """What a program prints; it may not complain."""
    done = subprocess.run(
        list(map(str, command)), env=ENVIRONMENT, capture_output=True, encoding="utf-8", timeout=PATIENCE_SECONDS
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout[-2000:]
    return done.stdout


# --- the feeds -------------------------------------------------------------------------------------------------------


def rows(feed: bytes) -> list[Row]:
    """The events of a feed as icalendar reads them; the tests that render it have others agree with that."""
    return [
        (event.uid, str(event.summary), str(event.description), iso(event.start), iso(event.end), str(event.status))
        for event in Calendar.from_ical(feed).events
    ]


def iso(moment: date) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def sampled(summary: str, description: str, status: Status, start: date, length: int) -> Event:
    unit = timedelta(hours=1) if isinstance(start, datetime) else timedelta(days=1)
    end = start + length * unit
    return EVENT._replace(summary=summary, description=description, status=status, start=start, end=end)


MOMENTS = st.dates(date(2031, 1, 1), date(2031, 12, 31)) | st.datetimes(
    datetime(2031, 1, 1),  # noqa: DTZ001 -- hypothesis wants them without a zone
    datetime(2031, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
# Without an empty DESCRIPTION, which calfeed never writes and libical does not take.
EVENTS = st.lists(
    st.builds(sampled, SUMMARIES, DESCRIPTIONS.filter(bool), st.sampled_from(Status), MOMENTS, st.integers(1, 14)),
    max_size=6,
)


def samples(count: int) -> list[bytes]:
    """The same number of generated feeds every time."""
    feeds: list[bytes] = []

    @given(EVENTS, NAMES, NAMES, st.sampled_from([None, timedelta(days=7)]))
    @settings(deadline=None, derandomize=True, max_examples=count, phases=[Phase.generate])
    def write(events: list[Event], name: str, description: str, alarm: timedelta | None) -> None:
        own = [
            event._replace(uid=f"sample-{len(feeds)}.event-{number}@calendars.example.com")
            for number, event in enumerate(events)
        ]
        in_order = tuple(sorted(own, key=lambda event: (str(event.start), event.uid)))
        feed = FEED._replace(name=name, description=description)
        feeds.append(vcalendar(feed, [vevent(event, alarm) for event in in_order]))

    write()
    return feeds


def written(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every feed, with a name: golden, of the scenarios, of every form of date, and generated."""
    for path in sorted(GOLDEN.rglob("*.ics")):
        yield f"golden/{path.relative_to(GOLDEN).as_posix()}", path.read_bytes()
    for scenario in SCENARIOS:
        resources = Resources(load(scenario))
        for address in resources.feeds.addresses:
            yield f"{scenario.name}/{address}", calendar(resources, address)
    phrases = [*SPANS, "July 15, 2031 at 1:00 p.m. Phoenix", "February 28, 2031 at 11:30 p.m. Eastern"]
    milestones = "".join(f"  date {n}: {{kind: other, date: '{phrase}'}}\n" for n, phrase in enumerate(phrases))
    cancelled = "  closing: {date: 'May 15, 2031', cancelled: {source: letter}}\n"
    dates = made(folder, f"{ALPHA_INTO_BETA}milestones:\n{milestones}{cancelled}")
    yield "dates", calendar(dates, "all")
    yield "dates with alarms", calendar(dates, "all", Choice(alarms=("7d",)))
    yield "no event", calendar(dates, "trusts/other-trust/delta")
    for number, feed in enumerate(samples(60)):
        yield f"sample {number}", feed


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The files of all feeds, each with what calfeed put into it."""
    folder = tmp_path_factory.mktemp("corpus")
    found: Corpus = {}
    for name, feed in written(tmp_path_factory.mktemp("data")):
        path = folder / f"{len(found):03}-{re.sub('[ /.]', '-', name)}.ics"
        path.write_bytes(feed)
        found[path] = rows(feed)
    return found


def with_every_event(corpus: Corpus) -> Corpus:
    """The feeds without those whose events all stand in a feed before: a trust's in the one of everything."""
    kept: Corpus = {}
    seen: set[Row] = set()
    for path, events in corpus.items():
        if not seen.issuperset(events) or not events:
            kept[path] = events
            seen.update(events)
    return kept


def assert_read(got: Mapping[str, object], expected: Mapping[str, object]) -> None:
    """Everything by name is as expected; shows only what is not."""
    assert {name: got.get(name) for name in expected if got.get(name) != expected[name]} == {}
    assert got.keys() == expected.keys()


# --- parsers in other languages --------------------------------------------------------------------------------------


def exactly(text: str) -> str:
    return text


def loosely(text: str) -> str:
    """The same for what was written and for what node-ical or khal makes of it.

    Both take an escaped backslash before n or N for a line break; khal strips a DESCRIPTION, and adds a line break to
    one that ends with a backslash.
    """
    return re.sub(r"\\+(?:[nN\n]|$)", "\n", text).strip()


def texts_by(read: Callable[[str], str], row: Iterable[str]) -> Row:
    """An event with its SUMMARY and DESCRIPTION as a parser is known to read them."""
    uid, summary, description, *rest = row
    return (uid, read(summary), read(description), *rest)


def assert_feeds(corpus: Corpus, got: Mapping[str, list[list[str]]], read: Callable[[str], str]) -> None:
    assert_read(
        {path: [texts_by(read, row) for row in events] for path, events in got.items()},
        {str(path): [texts_by(read, row) for row in events] for path, events in corpus.items()},
    )


def test_ics_reads_every_event(corpus: Corpus) -> None:
    for path in each_of(with_every_event(corpus)):
        read_by_ics(path.read_bytes())


def test_libical_reads_every_feed(corpus: Corpus) -> None:
    python = "/usr/bin/python3"  # Debian's own, whichever comes first on the PATH: its packages are for no other
    binding = "import gi; gi.require_version('ICalGLib', '3.0')"
    if not Path(python).exists() or subprocess.run([python, "-c", binding], capture_output=True).returncode:
        lacking("Debian's python3-gi and gir1.2-ical-3.0 are missing: libical reads every feed")
    assert_feeds(corpus, json.loads(output(python, READERS / "libical.py", *corpus)), exactly)


def test_vobject_reads_every_feed_and_finds_each_valid(corpus: Corpus) -> None:
    php = need("php", "sabre/vobject, which many servers of calendars use, reads every feed")
    if subprocess.run([php, "-r", 'require "Sabre/VObject/autoload.php";'], capture_output=True).returncode:
        lacking("Debian's php-sabre-vobject is missing: it reads every feed")
    assert_feeds(corpus, json.loads(output(php, READERS / "vobject.php", *corpus)), loosely)


@pytest.fixture(scope="module")
def by_javascript(request: pytest.FixtureRequest, corpus: Corpus) -> dict[str, dict[str, list[list[str]] | None]]:
    """What each parser in JavaScript reads; None of a feed that it is known to misread."""
    node = need("node", "parsers in JavaScript read every feed")
    packages = npm_packages(request.config, "it installs ical.js, node-ical and ts-ics", *PACKAGES)
    read: dict[str, dict[str, list[list[str]] | None]] = json.loads(
        output(node, READERS / "javascript.mjs", packages, *corpus)
    )
    return read


@pytest.mark.parametrize(("parser", "read"), [("ical.js", exactly), ("node-ical", loosely), ("ts-ics", exactly)])
def test_javascript_reads_every_feed(
    corpus: Corpus,
    by_javascript: dict[str, dict[str, list[list[str]] | None]],
    parser: str,
    read: Callable[[str], str],
) -> None:
    got = {path: events for path, events in by_javascript[parser].items() if events is not None}
    assert len(got) > len(corpus) / 2
    assert_feeds({path: events for path, events in corpus.items() if str(path) in got}, got, read)


# --- khal ------------------------------------------------------------------------------------------------------------

# calendar, UID, SUMMARY, DESCRIPTION, start, end and STATUS, each as often as there are days on which khal shows it.
Shown: TypeAlias = Counter[Row]


def program(name: str) -> Path:
    """A program of the tests' own Python environment."""
    return Path(sys.executable).with_name(name)


class Khal:
    """khal with calendars of its own, each a folder that holds a file for an event."""

    def __init__(self, folder: Path, calendars: Mapping[str, Path]) -> None:
        self.command = (program("khal"), "-c", folder / "khal.conf")
        sections = "".join(f"[[{name}]]\npath = {path}\n" for name, path in calendars.items())
        (folder / "khal.conf").write_text(
            f"[calendars]\n{sections}[sqlite]\npath = :memory:\n[locale]\n"
            "local_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\n"
            "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%dT%H:%M:%SZ\nlongdatetimeformat = %Y-%m-%dT%H:%M:%SZ\n",
            encoding="utf-8",
        )

    def shown(self, first: str, end: str) -> Shown:
        """What it lists, day by day."""
        fields = ("calendar", "uid", "title", "description", "start-long", "end-long", "status")
        asked = [part for field in fields for part in ("--json", field)]
        days = output(*self.command, "list", *asked, first, end).splitlines()
        return Counter(
            (event["calendar"], *texts_by(loosely, [event[field].strip() for field in fields[1:]]))
            for day in days
            for event in json.loads(day)
        )


def to_show(calendars: Mapping[str, Iterable[Row]]) -> Shown:
    """Events as khal shows them: once for each day in UTC, an all-day one with its last day as the end."""
    shown: Shown = Counter()
    for name, events in calendars.items():
        for row in events:
            uid, summary, description, *span, status = texts_by(loosely, row)
            start, end = map(datetime.fromisoformat, span)
            last = (end - timedelta.resolution).date()
            shown_end = span[1] if "T" in span[1] else last.isoformat()
            shown[name, uid, summary, description, span[0], shown_end, status] = (last - start.date()).days + 1
    return shown


def span_of(feeds: Iterable[list[Row]]) -> tuple[str, str]:
    """The first day of all, and one after the last."""
    moments = [datetime.fromisoformat(moment).date() for events in feeds for row in events for moment in row[3:5]]
    return min(moments).isoformat(), (max(moments) + timedelta(days=1)).isoformat()


def test_khal_imports_feeds_and_shows_each_event_on_its_days(tmp_path: Path, corpus: Corpus) -> None:
    corpus = with_every_event(corpus)
    khal = Khal(tmp_path, {"imported": tmp_path / "imported"})
    (tmp_path / "imported").mkdir()
    output(*khal.command, "import", "--batch", "-a", "imported", *corpus)
    # An event that comes again, as the scenarios have it, replaces what it was.
    latest = {row[0]: row for events in corpus.values() for row in events}
    assert khal.shown(*span_of(corpus.values())) == to_show({"imported": latest.values()})


# --- clients ---------------------------------------------------------------------------------------------------------


class Vdirsyncer:
    """vdirsyncer with pairs of a calendar elsewhere and a folder here, which khal shows."""

    def __init__(self, folder: Path, storages: Mapping[str, str]) -> None:
        self.folder = folder
        self.folders = {name: folder / name for name in storages}
        for path in self.folders.values():
            path.mkdir()
        pairs = "".join(
            f'[pair {name}]\na = "{name}_there"\nb = "{name}_here"\ncollections = null\n'
            f"[storage {name}_there]\n{storage}\n"
            f'[storage {name}_here]\ntype = "filesystem"\npath = "{self.folders[name]}"\nfileext = ".ics"\n'
            for name, storage in storages.items()
        )
        (folder / "vdirsyncer.conf").write_text(
            f'[general]\nstatus_path = "{folder / "status"}"\n{pairs}', encoding="utf-8"
        )
        self.run("discover")

    def run(self, what: str) -> str:
        config = self.folder / "vdirsyncer.conf"
        return output(program("vdirsyncer"), "--verbosity", "WARNING", "--config", config, what)

    @property
    def files(self) -> dict[Path, tuple[int, bytes]]:
        """When each file was written, and what is in it."""
        found = (path for folder in self.folders.values() for path in folder.iterdir())
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in found}

    def shown(self, first: str, end: str) -> Shown:
        return Khal(self.folder, self.folders).shown(first, end)


def test_vdirsyncer_takes_feeds_apart_as_they_are(tmp_path: Path, corpus: Corpus) -> None:
    corpus = with_every_event(corpus)
    named = {f"feed{number}": path for number, path in enumerate(corpus)}
    for name, path in named.items():
        shutil.copy(path, tmp_path / f"{name}.ics")  # it writes to such a file, too
    client = Vdirsyncer(tmp_path, {name: f'type = "singlefile"\npath = "{tmp_path / name}.ics"' for name in named})
    client.run("sync")
    assert client.shown(*span_of(corpus.values())) == to_show({name: corpus[path] for name, path in named.items()})


@pytest.fixture(scope="module")
def golden_feeds(founding_server: RunningServer) -> dict[str, Path]:
    """The golden files by the addresses at which a server has the same."""
    address = f"http://127.0.0.1:{founding_server.port}"
    return {f"{address}/{path.relative_to(GOLDEN).as_posix()}": path for path in sorted(GOLDEN.rglob("*.ics"))}


def test_vdirsyncer_fetches_every_golden_feed_and_finds_nothing_new_the_second_time(
    tmp_path: Path, golden_feeds: dict[str, Path]
) -> None:
    # It asks without If-None-Match and compares what it gets, without UID, of which it makes its own.
    named = {f"feed{number}": url for number, url in enumerate(golden_feeds)}
    client = Vdirsyncer(tmp_path, {name: f'type = "http"\nurl = "{url}"' for name, url in named.items()})
    client.run("sync")
    golden = {name: rows(golden_feeds[url].read_bytes()) for name, url in named.items()}
    shown, expected = client.shown(*span_of(golden.values())), to_show(golden)
    without_uid = [Counter({(row[0], *row[2:]): days for row, days in each.items()}) for each in (shown, expected)]
    assert without_uid[0] == without_uid[1]
    assert len(shown) == len(expected)

    kept = client.files
    client.run("sync")
    assert client.files == kept


def test_curl_has_every_golden_feed_once_and_is_then_told_that_nothing_changed(
    tmp_path: Path, golden_feeds: dict[str, Path]
) -> None:
    curl = need("curl", "it fetches feeds and asks again with their ETag")
    for number, (url, golden) in each_of(enumerate(golden_feeds.items())):
        etag, here = tmp_path / f"{number}.etag", tmp_path / f"{number}.ics"
        command = (curl, "--silent", "--show-error", "--noproxy", "*", "--etag-save", etag, "--etag-compare", etag)
        told = [output(*command, "--output", here, "--write-out", "%{http_code} %{size_download}", url) for _ in "12"]
        assert told == [f"200 {golden.stat().st_size}", "304 0"]
        assert here.read_bytes() == golden.read_bytes()
